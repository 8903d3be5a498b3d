//! Runs of columns that are the items of an instrument, and totals that were scored elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use outcomes::{Instrument, Wording, built_ins};

use super::family::{self, ItemName, Part};
use super::name::plain;
use super::seen::Seen;
use super::stage::Stage;

/// The items of an instrument, as columns of a table in the order of the questionnaire.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) instrument: Instrument,
    pub(super) stage: Option<Stage>,
    pub(super) items: Vec<usize>,
    /// Why this is thought to be so.
    pub(super) because: String,
}

/// A column of totals.
#[derive(Clone)]
pub(super) struct Total {
    pub(super) instrument: Instrument,
    pub(super) stage: Option<Stage>,
    pub(super) column: usize,
}

/// What looks like a questionnaire and cannot be told.
#[derive(Debug, Clone)]
pub(super) struct Unsure {
    pub(super) columns: Vec<usize>,
    pub(super) stage: Option<Stage>,
    pub(super) why: String,
    pub(super) could: Could,
}

/// What unsure columns could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Could {
    /// The items of one of these instruments; of an own one where none is named.
    Items(Vec<String>),
    /// Totals of an own instrument of that name.
    Total(String),
    /// Nothing whole.
    Part,
}

/// All that was found in one table.
#[derive(Clone, Default)]
pub(super) struct Found {
    pub(super) runs: Vec<Run>,
    pub(super) totals: Vec<Total>,
    pub(super) unsure: Vec<Unsure>,
}

impl Found {
    /// The columns that are part of something that was found.
    pub(super) fn columns(&self) -> BTreeSet<usize> {
        let runs = self.runs.iter().flat_map(|run| &run.items);
        let unsure = self.unsure.iter().flat_map(|unsure| &unsure.columns);
        let totals = self.totals.iter().map(|total| &total.column);
        runs.chain(unsure).chain(totals).copied().collect()
    }
}

pub(super) fn find(seen: &Seen, taken: &BTreeSet<usize>) -> Found {
    let mut found = by_name(seen, taken);
    let mut taken: BTreeSet<usize> = taken.union(&found.columns()).copied().collect();
    let worded = by_wording(seen, &taken);
    found.runs.extend(worded);
    taken.extend(found.columns());
    found.unsure.extend(numbered(seen, &taken));
    taken.extend(found.columns());
    found.unsure.extend(repeated(seen, &taken));
    found
}

/// Which columns have which item, by the way their names are written and when.
type Named<'a> = BTreeMap<(&'static str, Option<Stage>), Vec<(Part, bool, usize)>>;

fn by_name(seen: &Seen, taken: &BTreeSet<usize>) -> Found {
    let mut named: Named<'_> = BTreeMap::new();
    let mut families = BTreeMap::new();
    for (place, column) in seen.columns.iter().enumerate() {
        let name = ItemName::read(&column.parsed).filter(|_| !taken.contains(&place));
        if let Some(name) = name {
            families.insert(name.family.alias, name.family);
            let parts = named.entry((name.family.alias, name.stage)).or_default();
            parts.push((name.part, !name.is_plain, place));
        }
    }
    let mut found = Found::default();
    for ((alias, stage), mut parts) in named {
        // An item whose name says nothing more comes before one with words behind.
        parts.sort();
        let Some(family) = families.get(alias) else { continue };
        let mut items: BTreeMap<u8, usize> = BTreeMap::new();
        for (part, _, place) in &parts {
            if let Part::Item(n) = part {
                items.entry(*n).or_insert(*place);
            }
        }
        let candidates: Vec<Instrument> = family::instruments(family).collect();
        found.items(alias, stage, &items, &candidates);
        if let [(Part::Item(n), _, place)] = parts.as_slice()
            && let Some(whole) = family::called(&format!("{alias}{n}"))
        {
            // `who5_pre` by itself is no fifth item, but a WHO-5.
            let candidates: Vec<Instrument> = family::instruments(whole).collect();
            found.total(seen, (Part::Bare, *place), stage, &candidates);
        }
        let totals = parts.iter().filter(|(part, ..)| !matches!(part, Part::Item(_)));
        for (part, _, place) in totals {
            found.total(seen, (*part, *place), stage, &candidates);
        }
    }
    found
}

impl Found {
    fn items(
        &mut self,
        alias: &str,
        stage: Option<Stage>,
        items: &BTreeMap<u8, usize>,
        candidates: &[Instrument],
    ) {
        // One column alone is no questionnaire.
        if items.len() < 2 {
            return;
        }
        let all = |instrument: &&Instrument| {
            (1..=instrument.scoring().items()).all(|item| items.contains_key(&item))
        };
        // As many items as there are, or nearly: a PHQ with ten has a question on difficulty.
        let most = items.keys().max().copied().unwrap_or(0);
        let fits = candidates.iter().filter(all);
        let best = fits.min_by_key(|instrument| most.abs_diff(instrument.scoring().items()));
        if let Some(instrument) = best {
            let n = instrument.scoring().items();
            let places = (1..=n).filter_map(|item| items.get(&item)).copied().collect();
            let because = format!("{n} columns are numbered and called `{alias}`");
            self.runs.push(Run { instrument: instrument.clone(), stage, items: places, because });
            return;
        }
        let wanted: Vec<String> = candidates
            .iter()
            .map(|one| format!("{} has {}", one.id(), one.scoring().items()))
            .collect();
        let numbers: Vec<String> = items.keys().map(u8::to_string).collect();
        self.unsure.push(Unsure {
            columns: items.values().copied().collect(),
            stage,
            why: format!(
                "columns called `{alias}` with the numbers {}; {}",
                numbers.join(", "),
                wanted.join(", ")
            ),
            could: Could::Part,
        });
    }

    fn total(
        &mut self,
        seen: &Seen,
        (part, place): (Part, usize),
        stage: Option<Stage>,
        candidates: &[Instrument],
    ) {
        let Some(column) = seen.column(place) else { return };
        let Some(instrument) = candidates.first().filter(|_| 0 < column.numbers()) else {
            return;
        };
        let (_, highest) = instrument.scoring().codes();
        // A bare name is a total only where it goes beyond an answer.
        let beyond = column.range.is_some_and(|(_, high)| i64::from(highest) < high);
        if part == Part::Total || beyond {
            let instrument = instrument.clone();
            self.totals.push(Total { instrument, stage, column: place });
        }
    }
}

/// Runs whose columns carry the questions themselves.
fn by_wording(seen: &Seen, taken: &BTreeSet<usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let headers: Vec<(usize, String)> = seen
        .columns
        .iter()
        .enumerate()
        .filter(|(place, _)| !taken.contains(place))
        .map(|(place, column)| (place, plain(&column.name)))
        .filter(|(_, header)| 12 <= header.len())
        .collect();
    if headers.is_empty() {
        return runs;
    }
    let mut instruments = built_ins();
    // The longest first: the PHQ-9 has all questions of the PHQ-2. What only reads another's answers
    // anew comes last.
    instruments
        .sort_by_key(|one| (std::cmp::Reverse(one.scoring().items()), one.id().as_str().len()));
    for instrument in instruments {
        let Some(wording) = Wording::built_in(&instrument, &Code::of("en")) else { continue };
        let column = |item: &str| {
            let item = plain(item);
            let says = |header: &str| header.contains(&item) || item.starts_with(header);
            headers.iter().find(|(_, header)| says(header)).map(|(place, _)| *place)
        };
        let items: Option<Vec<usize>> = wording.items().map(column).collect();
        let Some(items) = items else { continue };
        let different: BTreeSet<usize> = items.iter().copied().collect();
        let is_new = |run: &Run| run.items.iter().all(|place| !different.contains(place));
        if different.len() == items.len() && runs.iter().all(is_new) {
            let because = "the columns carry its questions".to_owned();
            runs.push(Run { instrument, stage: None, items, because });
        }
    }
    runs
}

/// Columns that are numbered from 1 on and hold few whole numbers each: some questionnaire, by
/// the look of it.
fn numbered(seen: &Seen, taken: &BTreeSet<usize>) -> Vec<Unsure> {
    let mut stems: BTreeMap<String, BTreeMap<u32, usize>> = BTreeMap::new();
    for (place, column) in seen.columns.iter().enumerate() {
        let Some((number, stem)) = column.parsed.words().split_last() else { continue };
        if let Ok(n) = number.parse::<u32>()
            && !taken.contains(&place)
            && (column.is_whole() || column.answers(12).is_some_and(|texts| 2 <= texts.len()))
        {
            stems.entry(stem.join("_")).or_default().insert(n, place);
        }
    }
    let runs = stems.into_iter().filter(|(_, items)| 2 <= items.len());
    runs.filter(|(_, items)| items.keys().copied().eq((1_u32..).take(items.len())))
        .map(|(stem, items)| {
            let low =
                items.values().filter_map(|place| seen.column(*place)?.range).map(|r| r.0).min();
            let high =
                items.values().filter_map(|place| seen.column(*place)?.range).map(|r| r.1).max();
            let (low, high) = (low.unwrap_or(0), high.unwrap_or(0));
            let in_words =
                items.values().any(|place| seen.column(*place).is_some_and(|it| !it.is_whole()));
            let fits = |one: &Instrument| {
                let (lowest, highest) = one.scoring().codes();
                !in_words
                    && usize::from(one.scoring().items()) == items.len()
                    && i64::from(lowest) <= low
                    && high <= i64::from(highest)
            };
            let could: Vec<String> = built_ins()
                .iter()
                .filter(|one| fits(one) && one.scoring().has_total())
                .map(|one| one.id().to_string())
                .collect();
            let said = match could.as_slice() {
                [] => "no built-in instrument has so many items with such answers".to_owned(),
                some => format!("as many items with such answers have {}", some.join(", ")),
            };
            let answers = if in_words {
                "answers in words, which a map of values turns into codes".to_owned()
            } else {
                format!("whole numbers from {low} to {high}")
            };
            Unsure {
                why: format!("{} columns called `{stem}` with {answers}; {said}", items.len()),
                columns: items.into_values().collect(),
                stage: None,
                could: Could::Items(could),
            }
        })
        .collect()
}

/// Columns of numbers whose names differ in their stage alone, such as `bdi_pre` and `bdi_post`.
fn repeated(seen: &Seen, taken: &BTreeSet<usize>) -> Vec<Unsure> {
    let mut stems: BTreeMap<String, Vec<(Stage, usize)>> = BTreeMap::new();
    for (place, column) in seen.columns.iter().enumerate() {
        let words = column.parsed.words();
        if taken.contains(&place) || !column.is_number() {
            continue;
        }
        // Behind the stem, or before it.
        let behind = (1..words.len()).find_map(|from| {
            let (stem, tail) = words.split_at_checked(from)?;
            let (stage, used) = Stage::read(tail)?;
            (used == tail.len()).then(|| (stem.join("_"), stage))
        });
        let before = || {
            let (stage, used) = Stage::read(words)?;
            let stem = words.get(used..)?.join("_");
            // `pre` and `post`, and nothing else.
            let stem = if stem.is_empty() { "total".to_owned() } else { stem };
            Some((stem, stage))
        };
        if let Some((stem, stage)) = behind.or_else(before) {
            stems.entry(stem).or_default().push((stage, place));
        }
    }
    let several = stems.into_iter().filter(|(_, columns)| 2 <= columns.len());
    let of_stem = |(stem, columns): (String, Vec<(Stage, usize)>)| {
        columns.into_iter().map(move |(stage, place)| Unsure {
            columns: vec![place],
            stage: Some(stage),
            why: format!("numbers called `{stem}`, measured more than once; no built-in instrument is called so"),
            could: Could::Total(stem.clone()),
        })
    };
    several.flat_map(of_stem).collect()
}
