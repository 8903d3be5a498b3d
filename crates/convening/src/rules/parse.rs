//! Rules as TOML.

use std::{fmt::Write as _, num::NonZeroU32};

use circle_formation::{
    Aspect, Gathering, Liking, Mixing, Reach, Rules, Sizes, Spot, Weight, Weights,
};
use commons::Code;
use interchange::settings::{self, nearest};

use super::{
    FormingRules, aspect_word,
    fault::{RulesFaultKind, RulesFaults},
};

/// A table of a file of rules.
type Section<'a> = settings::Section<'a, RulesFaultKind>;

/// The longest file of rules, in bytes: our own figure.
const LONGEST: usize = 1 << 16;
/// The furthest that two spots of a map can be from each other, in its units.
const FURTHEST: i64 = Spot::LIMIT as i64 * 4;
/// The most years between the youngest and the oldest that can be asked for.
const SPAN: i64 = 120;

const LIKINGS: [(&str, Liking); 2] = [("alike", Liking::Alike), ("varied", Liking::Varied)];
const OWN_PLACE: &str = "own-place";

impl FormingRules {
    /// Reads rules. Sizes that a program's model has already may be left out; where the text has some, they count.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, by line and column.
    pub fn parse(text: &str, sizes: Option<Sizes>) -> Result<Self, RulesFaults> {
        settings::read(text, LONGEST, |top| rules(top, sizes))
    }
}

fn rules(top: &Section<'_>, given: Option<Sizes>) -> Option<FormingRules> {
    let own = sizes(top);
    // Where there are sizes and they cannot be read, that was noted.
    let sizes = if top.has("sizes") { own } else { given };
    let sizes = top.needed("sizes", sizes);
    let (least, most) = (FormingRules::MINUTES.start(), FormingRules::MINUTES.end());
    let minutes = top.whole("minutes", i64::from(*least), i64::from(*most));
    let (least, most) = (FormingRules::LEADERS.start(), FormingRules::LEADERS.end());
    let leaders = top.whole("leaders", i64::from(*least), i64::from(*most));
    let aspects: Vec<Code> = top
        .list("aspects", |word, others: &[Code]| aspect_word(word, others).map(|()| word.clone()));
    let reach = reach(top);
    let age_span_years = top.whole("age_span_years", 1, SPAN);
    let one_sex = top.yes_or_no("one_sex").unwrap_or(false);
    let nobody_alone = top.list("nobody_alone", |word, others: &[Aspect]| {
        let aspect = aspect_of(word, &aspects)?;
        if others.contains(&aspect) { Err(RulesFaultKind::AspectTwice) } else { Ok(aspect) }
    });
    let mut weights = weights(top);
    weights.mixing =
        top.sections("mixing").iter().filter_map(|section| mixing(section, &aspects)).collect();
    let gathering = if one_sex { Gathering::OneSex } else { Gathering::Mixed };
    let rules = sizes.map(|sizes| Rules { sizes, reach, age_span_years, nobody_alone, gathering });
    top.done(rules.map(|rules| FormingRules { rules, weights, minutes, leaders, aspects }))
}

fn sizes(top: &Section<'_>) -> Option<Sizes> {
    let section = table(top, "sizes", "a table such as { fewest = 5, usual = 6, most = 7 }")?;
    let size = |key| section.needed(key, section.whole(key, 1, i64::from(Sizes::LIMIT)));
    let (fewest, usual, most) = (size("fewest"), size("usual"), size("most"));
    let sizes = fewest.zip(usual).zip(most);
    let ((fewest, usual), most) = section.done(sizes)?;
    let sizes = Sizes::new(fewest, usual, most).ok();
    if sizes.is_none() {
        top.wrong("sizes", RulesFaultKind::Sizes { fewest, usual, most });
    }
    sizes
}

/// A table that is wanted in words of its own.
fn table<'a>(top: &Section<'a>, key: &'static str, wanted: &'static str) -> Option<Section<'a>> {
    top.section_or(key, || RulesFaultKind::OtherForm { wanted })
}

fn reach(top: &Section<'_>) -> Reach {
    const KEY: &str = "reach";
    if !top.has(KEY) || top.is_text(KEY) {
        return top.word(KEY, &[(OWN_PLACE, Reach::OwnPlace)]).unwrap_or(Reach::OwnPlace);
    }
    let wanted = "\"own-place\", { within = 30 } or { own_place_within = 30 }";
    let Some(section) = table(top, KEY, wanted) else { return Reach::OwnPlace };
    let within = section.whole("within", 0, FURTHEST).map(Reach::Within);
    let own = section.whole("own_place_within", 0, FURTHEST).map(Reach::OwnPlaceWithin);
    if section.has("within") == section.has("own_place_within") {
        top.wrong(KEY, RulesFaultKind::OneReach);
    }
    section.done(within.or(own)).unwrap_or(Reach::OwnPlace)
}

fn weights(top: &Section<'_>) -> Weights {
    let mut weights = Weights::usual();
    let Some(section) = top.section("weights") else { return weights };
    let parts: [(&'static str, &mut Weight); 7] = [
        ("waiting", &mut weights.waiting),
        ("travel", &mut weights.travel),
        ("topics", &mut weights.topics),
        ("own_sex", &mut weights.own_sex),
        ("bonds", &mut weights.bonds),
        ("evenness", &mut weights.evenness),
        ("support", &mut weights.support),
    ];
    for (key, part) in parts {
        if let Some(weight) = weight(&section, key) {
            *part = weight;
        }
    }
    let step = section.whole("travel_step", 1, FURTHEST).and_then(NonZeroU32::new);
    weights.travel_step = step.unwrap_or(weights.travel_step);
    section.done(Some(weights.clone())).unwrap_or(weights)
}

fn weight(section: &Section<'_>, key: &'static str) -> Option<Weight> {
    Weight::new(section.whole(key, 0, i64::from(Weight::LIMIT))?).ok()
}

fn mixing(section: &Section<'_>, aspects: &[Code]) -> Option<Mixing> {
    let aspect = section.read("aspect", |word| aspect_of(word, aspects));
    let aspect = section.needed("aspect", aspect);
    let liking = section.needed("want", section.word("want", &LIKINGS));
    let weight = section.needed("weight", weight(section, "weight"));
    let mixing = aspect.zip(liking).zip(weight);
    let mixing = mixing.map(|((aspect, liking), weight)| Mixing { aspect, liking, weight });
    section.done(mixing)
}

/// The aspect of a word.
fn aspect_of(word: &Code, aspects: &[Code]) -> Result<Aspect, RulesFaultKind> {
    const SEX: &Code = &FormingRules::SEX;
    let words = || [SEX].into_iter().chain(aspects);
    let found = words().zip(Aspect::ALL).find(|(other, _)| *other == word);
    found.map(|(_, aspect)| aspect).ok_or_else(|| {
        let meant = nearest(word.as_str(), words().map(Code::as_str));
        RulesFaultKind::NoSuchAspect { meant }
    })
}

impl FormingRules {
    /// The rules as a file, with a comment for each of them, for people to fill in: what is not asked for stands there behind
    /// a `#`. Read again, they are the same.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let Rules { sizes, reach, age_span_years, nobody_alone, gathering } = &self.rules;
        let word = |aspect: Aspect| self.word(aspect).map_or("", Code::as_str);
        let list = |words: Vec<&str>| {
            let words: Vec<_> = words.into_iter().map(|word| format!("\"{word}\"")).collect();
            format!("[{}]", words.join(", "))
        };
        let mut text = Text(String::from("# How circles are formed.\n"));
        let (fewest, usual, most) = (sizes.fewest(), sizes.target(), sizes.most());
        text.note("How many people a circle opens with, usually has, and holds at most.");
        text.line(
            true,
            &format!("sizes = {{ fewest = {fewest}, usual = {usual}, most = {most} }}"),
        );
        text.note("How long a circle meets, in minutes.");
        text.line(self.minutes.is_some(), &format!("minutes = {}", self.minutes()));
        text.note("How many lead a circle together.");
        text.line(self.leaders.is_some(), &format!("leaders = {}", self.leaders()));
        text.note("How far people may have to go: \"own-place\"; { within = 30 } units of the map; { own_place_within = 30 }, which is both.");
        text.line(
            true,
            &match reach {
                Reach::OwnPlace => format!("reach = \"{OWN_PLACE}\""),
                Reach::Within(most) => format!("reach = {{ within = {most} }}"),
                Reach::OwnPlaceWithin(most) => format!("reach = {{ own_place_within = {most} }}"),
            },
        );
        text.note("The most years between the youngest and the oldest of a circle.");
        text.line(
            age_span_years.is_some(),
            &format!("age_span_years = {}", age_span_years.unwrap_or(15)),
        );
        text.note("Whether no circle holds people of two sexes.");
        text.line(true, &format!("one_sex = {}", *gathering == Gathering::OneSex));
        text.note("What people are alike or different in beside their sex: at most three words of your own. Each is a column of the list of people.");
        let own = self.aspects.iter().map(Code::as_str).collect::<Vec<_>>();
        let example = |words: Vec<&'static str>| list(words);
        let aspects = if own.is_empty() { example(vec!["generation"]) } else { list(own.clone()) };
        text.line(!own.is_empty(), &format!("aspects = {aspects}"));
        text.note("In what nobody is the only one of their kind in a circle.");
        let alone: Vec<_> = nobody_alone.iter().map(|aspect| word(*aspect)).collect();
        let is_asked = !alone.is_empty();
        let alone = if is_asked { list(alone) } else { example(vec!["sex"]) };
        text.line(is_asked, &format!("nobody_alone = {alone}"));
        text.weights(&self.weights);
        for mixing in &self.weights.mixing {
            text.mixing(true, word(mixing.aspect), mixing.liking, mixing.weight);
        }
        if self.weights.mixing.is_empty() {
            text.mixing(false, "sex", Liking::Varied, Weight::default());
        }
        text.0
    }
}

/// A file as it is written.
struct Text(String);

impl Text {
    fn note(&mut self, note: &str) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "\n# {note}\n");
    }

    /// A line; behind a `#` where it does not hold.
    fn line(&mut self, holds: bool, line: &str) {
        let _ = writeln!(self.0, "{}{line}", if holds { "" } else { "# " });
    }

    fn weights(&mut self, weights: &Weights) {
        self.note("What unmet wishes cost. Only their proportions matter; 0 says that a wish does not count.");
        self.line(true, "[weights]");
        let parts = [
            ("waiting", weights.waiting.get(), "each person who waits"),
            ("travel", weights.travel.get(), "each full step of the way of each person"),
            ("travel_step", weights.travel_step.get(), "how long a step is, in units of the map"),
            (
                "topics",
                weights.topics.get(),
                "each person whose facilitator shares none of their topics",
            ),
            (
                "own_sex",
                weights.own_sex.get(),
                "each person in a mixed circle who wishes for their own sex",
            ),
            ("bonds", weights.bonds.get(), "each two who are to sit together and do not"),
            ("evenness", weights.evenness.get(), "each person above or below the usual number"),
            ("support", weights.support.get(), "each circle whose facilitator needs support"),
        ];
        for (key, weight, about) in parts {
            self.line(true, &format!("{:<20}# {about}", format!("{key} = {weight}")));
        }
    }

    fn mixing(&mut self, holds: bool, aspect: &str, liking: Liking, weight: Weight) {
        let want = LIKINGS.iter().find(|(_, it)| *it == liking).map_or("", |(word, _)| *word);
        self.note("In what people are to be \"alike\" or \"varied\", and what each costs who stands against it.");
        self.line(holds, "[[mixing]]");
        self.line(holds, &format!("aspect = \"{aspect}\""));
        self.line(holds, &format!("want = \"{want}\""));
        self.line(holds, &format!("weight = {}", weight.get()));
    }
}
