//! How instruments are called in names of columns.

use outcomes::Instrument;

use super::name::Name;
use super::stage::Stage;

/// A way in which columns are called, and the instruments that may be meant, the likeliest first.
pub(super) struct Family {
    pub(super) alias: &'static str,
    pub(super) instruments: &'static [&'static str],
}

macro_rules! families {
    ($($alias:literal => $($id:literal)+;)*) => {
        &[$(Family { alias: $alias, instruments: &[$($id),+] }),*]
    };
}

/// The longest alias that fits a name wins, so that `phq9_1` is an item of the PHQ-9 and `phq_9` its ninth.
const FAMILIES: &[Family] = families! {
    "phq" => "phq-9" "phq-8" "phq-15" "phq-4" "phq-2";
    "phq9" => "phq-9" "phq-8" "phq-2";
    "phq8" => "phq-8" "phq-2";
    "phq2" => "phq-2";
    "phq4" => "phq-4";
    "phq15" => "phq-15";
    "gad" => "gad-7" "gad-2";
    "gad7" => "gad-7" "gad-2";
    "gad2" => "gad-2";
    "who" => "who-5";
    "who5" => "who-5";
    "whodas" => "whodas-12-simple";
    "whodas12" => "whodas-12-simple";
    "wemwbs" => "wemwbs" "swemwbs";
    "wemwbs14" => "wemwbs";
    "swemwbs" => "swemwbs";
    "swemwbs7" => "swemwbs";
    "mhi" => "mhi-5";
    "mhi5" => "mhi-5";
    "pcl" => "pcl-5";
    "pcl5" => "pcl-5";
    "pcptsd" => "pc-ptsd-5";
    "pcptsd5" => "pc-ptsd-5";
    "k" => "k10" "k6";
    "kessler" => "k10" "k6";
    "k6" => "k6";
    "k10" => "k10";
    "ssq" => "ssq-14";
    "ssq14" => "ssq-14";
    "srq" => "srq-20";
    "srq20" => "srq-20";
    "core" => "core-10" "core-om";
    "core10" => "core-10";
    "coreom" => "core-om";
    "barc" => "barc-10";
    "barc10" => "barc-10";
    "risc" => "cd-risc-10";
    "cdrisc" => "cd-risc-10";
    "cdrisc10" => "cd-risc-10";
    "brs" => "brs";
    "rse" => "rosenberg";
    "rses" => "rosenberg";
    "rosenberg" => "rosenberg";
    "ucla" => "ucla-3";
    "ucla3" => "ucla-3";
    "sascat" => "sascat";
    "sdq" => "sdq-total";
    "cbi" => "cbi";
    "proqol" => "proqol-5";
    "proqol5" => "proqol-5";
    "audit" => "audit-c";
    "auditc" => "audit-c";
    "cssrs" => "c-ssrs-screener";
    "checkout" => "circle-check-out";
    "circlecheckout" => "circle-check-out";
};

/// Words beside the number of an item that say nothing.
const FILLERS: &[&str] =
    &["item", "items", "q", "question", "i", "no", "nr", "n", "it", "num", "quest"];
/// Words for a total.
const TOTALS: &[&str] =
    &["total", "tot", "sum", "score", "points", "totalscore", "sumscore", "totale"];

/// What a name of a column says of a questionnaire.
#[derive(Clone, Copy)]
pub(super) struct ItemName {
    pub(super) family: &'static Family,
    pub(super) part: Part,
    /// When, where the name or a group says so.
    pub(super) stage: Option<Stage>,
    /// Whether words follow that say something else: `phq_1_other`.
    pub(super) is_plain: bool,
}

/// An item by its number from 1, a total, or neither for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Item(u8),
    Total,
    Bare,
}

impl ItemName {
    /// What a name says, if it names an instrument that is built in.
    pub(super) fn read(name: &Name) -> Option<Self> {
        let own = name.words();
        let outer = || name.groups().iter().rev().find_map(|group| Stage::anywhere(group));
        let with_group = || {
            // `ssq/3`: the group is the stem.
            let group = name.groups().last()?;
            let number = own.first().is_some_and(|word| word.parse::<u8>().is_ok());
            number.then(|| [group.as_slice(), own].concat())
        };
        let found =
            read_words(own).or_else(|| with_group().and_then(|words| read_words(&words)))?;
        Some(Self { stage: found.stage.or_else(outer), ..found })
    }
}

fn read_words(words: &[String]) -> Option<ItemName> {
    let (lead, used) = match Stage::read(words) {
        Some((stage, used)) => (Some(stage), used),
        None => (None, 0),
    };
    let after_lead = words.get(used..).unwrap_or_default();
    // A stage that leads may as well be no stage: `w1` of something else does no harm, since no
    // instrument follows.
    let mut stems: Vec<(&Family, usize)> = FAMILIES
        .iter()
        .filter_map(|family| stem(after_lead, family.alias).map(|used| (family, used)))
        .collect();
    stems.sort_by_key(|(family, _)| std::cmp::Reverse(family.alias.len()));
    let read = |(family, used): &(&'static Family, usize)| {
        rest(after_lead.get(*used..).unwrap_or_default(), family)
    };
    let found: Vec<ItemName> = stems.iter().filter_map(read).collect();
    // A name with a number beats one without: `phq_9` is an item, not a PHQ-9 that says nothing.
    let best = found.iter().find(|found| found.part != Part::Bare).or_else(|| found.first())?;
    Some(ItemName { stage: best.stage.or(lead), ..*best })
}

/// How many words make an alias, where they begin with it.
fn stem(words: &[String], alias: &str) -> Option<usize> {
    let mut rest = alias;
    for (used, word) in words.iter().enumerate() {
        if rest.is_empty() {
            return Some(used);
        }
        rest = rest.strip_prefix(word.as_str())?;
    }
    rest.is_empty().then_some(words.len())
}

fn rest(words: &[String], family: &'static Family) -> Option<ItemName> {
    let mut found = ItemName { family, part: Part::Bare, stage: None, is_plain: true };
    let mut place = 0;
    while let Some(word) = words.get(place) {
        let left = words.get(place..).unwrap_or_default();
        if let Some((stage, used)) = Stage::read(left).filter(|_| found.stage.is_none()) {
            found.stage = Some(stage);
            place += used;
            continue;
        }
        match word.parse::<u8>() {
            Ok(n) if found.part == Part::Bare && 0 < n => found.part = Part::Item(n),
            Ok(_) => found.is_plain = false,
            Err(_) if TOTALS.contains(&word.as_str()) && found.part == Part::Bare => {
                found.part = Part::Total;
            }
            Err(_) if FILLERS.contains(&word.as_str()) => {}
            // `phqualified` is no PHQ: words before a number must say nothing.
            Err(_) if found.part == Part::Bare => return None,
            Err(_) => found.is_plain = false,
        }
        place += 1;
    }
    Some(found)
}

/// The family of that alias.
pub(super) fn called(alias: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.alias == alias)
}

/// The instruments that a family may mean.
pub(super) fn instruments(family: &Family) -> impl Iterator<Item = Instrument> {
    family.instruments.iter().filter_map(|id| outcomes::built_in(&id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, want: Option<(&str, Part)>) {
        let found = ItemName::read(&Name::of(name));
        assert_eq!(found.map(|found| (found.family.alias, found.part)), want, "{name}");
    }

    #[test]
    fn items_are_known_by_many_names() {
        check("phq1", Some(("phq", Part::Item(1))));
        check("PHQ9_09", Some(("phq9", Part::Item(9))));
        check("phq_9", Some(("phq", Part::Item(9))));
        check("phq/phq_3", Some(("phq", Part::Item(3))));
        check("ssq/3", Some(("ssq", Part::Item(3))));
        check("PHQ-9 item 4", Some(("phq9", Part::Item(4))));
        check("GAD7 Q2: not being able to stop worrying", Some(("gad7", Part::Item(2))));
        check("K6_1", Some(("k6", Part::Item(1))));
        check("k10", Some(("k", Part::Item(10))));
        check("phq9_total_post", Some(("phq9", Part::Total)));
        // Alone it may be a total of the WHO-5; see `called`.
        check("who5_pre", Some(("who", Part::Item(5))));
        check("phone1", None);
        check("kids1", None);
        check("who_told_you", None);
        check("phq_other_1", None);
    }

    #[test]
    fn the_stage_stands_before_behind_or_between() {
        let stage = |name: &str| ItemName::read(&Name::of(name)).and_then(|found| found.stage);
        let t1 = Some(Stage::number(1));
        for name in ["phq1_t1", "t1_phq1", "phq_t1_1", "phq9_1_w1", "wave1/phq/phq_1", "W1phq9_1"] {
            assert_eq!(stage(name), t1, "{name}");
        }
        assert_eq!(stage("phq_1"), None);
        assert!(stage("phq1_pre") < stage("phq1_post"));
        assert!(stage("phq1_post") < stage("phq1_3m"));
    }

    #[test]
    fn every_family_means_instruments_that_are_there() {
        for family in FAMILIES {
            assert_eq!(instruments(family).count(), family.instruments.len(), "{}", family.alias);
        }
    }
}
