//! When in a program something was measured, as names of columns and files say it.

use std::collections::BTreeMap;

use commons::Code;

/// When something was measured: stages sort as they follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stage(u32);

/// Words for before, in the middle and after, in several languages.
const BEFORE: &[&str] = &[
    "pre",
    "baseline",
    "bl",
    "before",
    "start",
    "intake",
    "entry",
    "begin",
    "beginning",
    "avant",
    "debut",
    "inicio",
    "antes",
    "pretest",
    "enrolment",
    "enrollment",
    "initial",
    "mwanzo",
    "mbere",
];
const MIDDLE: &[&str] = &["mid", "midline", "middle", "ml", "milieu", "medio", "interim", "hagati"];
const AFTER: &[&str] = &[
    "post",
    "endline",
    "el",
    "after",
    "end",
    "final",
    "apres",
    "fin",
    "despues",
    "posttest",
    "exit",
    "discharge",
    "mwisho",
    "nyuma",
];
const LATER: &[&str] = &["followup", "fu", "suivi", "seguimiento", "later"];
/// Words before the number of a measurement.
const NUMBERED: &[&str] = &[
    "t",
    "w",
    "wave",
    "time",
    "timepoint",
    "tp",
    "visit",
    "round",
    "vague",
    "visite",
    "passage",
    "ronda",
    "visita",
    "measure",
    "assessment",
    "survey",
    "occasion",
    "phase",
];
const MONTHS: &[&str] = &["m", "mo", "mth", "month", "months", "mois", "mes", "meses"];
const WEEKS: &[&str] = &["wk", "week", "weeks", "semaine", "semaines"];

impl Stage {
    const FIRST: Self = Self(0);
    const MIDDLE: Self = Self(500);
    const AFTER: Self = Self(1_000);

    /// The measurement of that number.
    pub(super) const fn number(n: u32) -> Self {
        Self(if n < 50 { n * 10 } else { 490 })
    }

    fn months(n: u32) -> Self {
        Self(1_100 + 40 * n.min(1_000))
    }

    fn weeks(n: u32) -> Self {
        Self(1_100 + 10 * n.min(1_000))
    }

    /// The stage that words begin with, and how many of them say it.
    pub(super) fn read(words: &[String]) -> Option<(Self, usize)> {
        let word = |place: usize| words.get(place).map(String::as_str);
        let is = |place: usize, list: &[&str]| word(place).is_some_and(|word| list.contains(&word));
        let number = |place: usize| word(place).and_then(|word| word.parse::<u32>().ok());
        if word(0) == Some("follow") && word(1) == Some("up") {
            let rest = Self::read(words.get(2..).unwrap_or_default());
            return Some(rest.map_or((Self::months(1), 2), |(stage, used)| (stage, used + 2)));
        }
        if is(0, LATER) {
            return Some(match number(1) {
                Some(n) => (Self::months(n), 2),
                None => (Self::months(1), 1),
            });
        }
        if is(0, NUMBERED) && number(1).is_some_and(|n| n < 50) {
            return number(1).map(|n| (Self::number(n), 2));
        }
        for (units, of) in [(MONTHS, Self::months as fn(u32) -> Self), (WEEKS, Self::weeks)] {
            if let (Some(n), true) = (number(0), is(1, units)) {
                return Some((of(n), 2));
            }
            if let (true, Some(n)) = (is(0, units), number(1)) {
                return Some((of(n), 2));
            }
        }
        // "base line", "end line", "mid line", "pre test".
        let two = usize::from(is(1, &["line", "test"]));
        let lists = [(BEFORE, Self::FIRST), (MIDDLE, Self::MIDDLE), (AFTER, Self::AFTER)];
        if two == 1 && word(0) == Some("base") {
            return Some((Self::FIRST, 2));
        }
        lists.into_iter().find(|(list, _)| is(0, list)).map(|(_, stage)| (stage, 1 + two))
    }

    /// The stage that any of the words says: of a file's name, of a group, of an answer.
    pub(super) fn anywhere(words: &[String]) -> Option<Self> {
        (0..words.len())
            .find_map(|from| Self::read(words.get(from..).unwrap_or_default()))
            .map(|(stage, _)| stage)
    }

    /// The words by which any of these says this stage, as one: `pre`, `2m`.
    pub(super) fn said_in(self, words: &[String]) -> Option<String> {
        (0..words.len()).find_map(|from| {
            let rest = words.get(from..)?;
            let (stage, used) = Self::read(rest)?;
            (stage == self).then(|| rest.iter().take(used).map(String::as_str).collect())
        })
    }

    /// The stage that an answer of a column of waves says: a number, or words.
    pub(super) fn of_answer(answer: &str) -> Option<Self> {
        match answer.parse::<u32>() {
            Ok(n) if n < 50 => Some(Self::number(n)),
            Ok(_) => None,
            Err(_) => Self::anywhere(&super::name::words(answer)),
        }
    }
}

/// The codes of the timepoints of a plan: as the data call them, such as `pre` and `post`, or else
/// `t0`, `t1` and so on, in the order of the stages.
#[derive(Debug, Clone, Default)]
pub(super) struct Stages {
    known: BTreeMap<Stage, Said>,
}

#[derive(Debug, Clone, Default)]
struct Said {
    word: Option<String>,
    places: Vec<String>,
}

impl Stages {
    /// Notes a stage: what it is called, if anything, and where it was read.
    pub(super) fn note(&mut self, stage: Stage, word: Option<String>, place: String) {
        let said = self.known.entry(stage).or_default();
        if said.word.is_none() {
            said.word = word.filter(|word| word.parse::<Code>().is_ok());
        }
        if !said.places.contains(&place) {
            said.places.push(place);
        }
    }

    pub(super) fn code(&self, stage: Stage) -> String {
        let word = self.known.get(&stage).and_then(|said| said.word.clone());
        let place = self.known.keys().position(|known| *known == stage).unwrap_or(0);
        word.unwrap_or_else(|| format!("t{}", place + self.from()))
    }

    /// Numbers begin where the data begin: waves 1, 2, 3 are `t1`, `t2`, `t3`.
    fn from(&self) -> usize {
        let mut numbered = (1..).map(Stage::number).zip(self.known.keys());
        let are_from_one = numbered.all(|(number, known)| number == *known);
        usize::from(!self.known.is_empty() && are_from_one)
    }

    /// Each code in order, with the places where it was read.
    pub(super) fn all(&self) -> Vec<(String, &[String])> {
        let each = self.known.iter();
        each.map(|(stage, said)| (self.code(*stage), said.places.as_slice())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::name::words;
    use super::*;

    #[test]
    fn stages_follow_each_other_however_they_are_said() {
        let order = ["baseline", "wave 1", "mid", "endline", "1 month", "2m", "follow-up 3 months"];
        let stages: Vec<_> =
            order.iter().map(|text| Stage::anywhere(&words(text)).unwrap()).collect();
        assert!(stages.is_sorted() && stages[0] < stages[6], "{stages:?}");
        for before in ["pre", "T0", "W0", "Base line", "avant", "Pre-test", "wave0"] {
            assert_eq!(Stage::anywhere(&words(before)), Some(Stage::FIRST), "{before}");
        }
        assert_eq!(Stage::anywhere(&words("interest")), None);
        assert_eq!(Stage::of_answer("2"), Some(Stage::number(2)));
        assert_eq!(Stage::of_answer("Endline survey"), Some(Stage::AFTER));
    }

    #[test]
    fn timepoints_are_called_as_the_data_call_them() {
        let mut stages = Stages::default();
        for n in 1..=3 {
            stages.note(Stage::number(n), None, n.to_string());
        }
        assert_eq!(stages.code(Stage::number(3)), "t3");
        stages.note(Stage::FIRST, Some("pre".to_owned()), String::new());
        assert_eq!(stages.code(Stage::FIRST), "pre");
        assert_eq!(stages.code(Stage::number(3)), "t3");
    }
}
