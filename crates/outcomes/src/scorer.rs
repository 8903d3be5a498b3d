//! Answers to points.

use crate::{
    Answer, Condition, Context, Instrument, NotScorable, SafetyAnswer, Score, Scored,
    definition::{Combine, CountDefinition, GateKind, ScoringDefinition},
    instrument::{codes_of, keyed},
    rule::Rule,
    score::{Converted, CountScore, ScaleScore},
};

/// Scores a sheet of a person of whom nothing else is known.
///
/// The item count is checked first, then the range, then gates, then missing answers; the first
/// that fails is the reason. A missing answer is never a zero. A prorated total keeps its exact
/// fraction.
#[must_use]
pub fn score(instrument: &Instrument, answers: &[Answer]) -> Scored {
    score_with(instrument, answers, &Context::default())
}

/// Scores a sheet of a person of whom something is known: whether an item concerns them, whether
/// the sheet ends early.
#[must_use]
pub fn score_with(instrument: &Instrument, answers: &[Answer], context: &Context) -> Scored {
    let raw = instrument.scoring().raw();
    let sheet = Sheet::new(raw, answers, context);
    let checked = sheet.check();
    let reason = |reason| Score::NotScorable { reason };
    let scales: Vec<ScaleScore> = raw
        .scales
        .iter()
        .map(|scale| {
            let rule = Rule::of_scale(scale);
            let part = sheet.part(&scale.items);
            let score = match checked {
                Ok(()) => part.score(rule, scale.missing_up_to).unwrap_or_else(reason),
                Err(error) => reason(error),
            };
            ScaleScore { scale: scale.id.clone(), score }
        })
        .collect();
    let score = match checked.and_then(|()| sheet.limit()) {
        Ok(()) => sheet.total(&scales).unwrap_or_else(reason),
        Err(error) => reason(error),
    };
    let given = answers.iter().filter(|answer| answer.given().is_some()).count();
    Scored {
        score,
        answered: u8::try_from(given).unwrap_or(u8::MAX),
        of: raw.items,
        ended_early: sheet.ended_early,
        conversions: conversions(raw, score),
        counts: sheet.counts(checked.is_ok()),
        safety: sheet.safety(),
        scales,
    }
}

fn conversions(raw: &ScoringDefinition, score: Score) -> Vec<Converted> {
    let Some(total) = score.points() else { return Vec::new() };
    let convert = |conversion: &crate::definition::Conversion| {
        let points = conversion.convert(total)?;
        Some(Converted { conversion: conversion.id.clone(), points })
    };
    raw.conversions.iter().filter_map(convert).collect()
}

/// Answers beside the rules for them.
struct Sheet<'a> {
    raw: &'a ScoringDefinition,
    answers: &'a [Answer],
    // On a sheet of another length nobody knows which answer belongs to which item.
    fits: bool,
    // For each item, what closes it.
    closed: Vec<Option<GateKind>>,
    ended_early: bool,
}

/// Some of the items of a sheet: what was asked, what was answered, and their sum.
struct Part {
    asked: u8,
    answered: u8,
    sum: i64,
    items: u8,
}

impl Part {
    fn score(&self, rule: Rule, missing_up_to: u8) -> Result<Score, NotScorable> {
        // Not more answers than questions, as counted.
        let missing = self.asked.saturating_sub(self.answered);
        let points = (missing <= missing_up_to)
            .then(|| rule.points(self.sum, self.answered, self.asked))
            .flatten();
        match points {
            Some(points) if missing == 0 => Ok(Score::Complete { points }),
            Some(points) => Ok(Score::Prorated { points, answered: self.answered, of: self.items }),
            None => Err(NotScorable::TooManyMissing { missing, allowed: missing_up_to }),
        }
    }
}

impl<'a> Sheet<'a> {
    fn new(raw: &'a ScoringDefinition, answers: &'a [Answer], context: &Context) -> Self {
        let fits = answers.len() == usize::from(raw.items);
        let mut sheet = Self { raw, answers, fits, closed: Vec::new(), ended_early: false };
        sheet.closed = vec![None; usize::from(raw.items)];
        for gate in &raw.gates {
            let shut = match &gate.when {
                Condition::Item { item, is } => sheet.given(*item) == Some(*is),
                Condition::Context(fact) => context.says(fact),
            };
            if !shut {
                continue;
            }
            sheet.ended_early |= gate.kind == GateKind::Stop;
            for item in &gate.closes {
                let place = usize::from(*item).checked_sub(1);
                if let Some(closed) = place.and_then(|place| sheet.closed.get_mut(place)) {
                    *closed = Some(gate.kind);
                }
            }
        }
        sheet
    }

    /// The code that was ticked, where it is one of the sheet's or not.
    fn given(&self, item: u8) -> Option<i16> {
        let place = usize::from(item).checked_sub(1).filter(|_| self.fits)?;
        self.answers.get(place)?.given()
    }

    /// The code that was ticked, where it is one of the sheet's.
    fn valid(&self, item: u8) -> Option<i16> {
        let (lowest, highest) = codes_of(self.raw, item);
        self.given(item).filter(|value| lowest <= *value && *value <= highest)
    }

    fn closed_by(&self, item: u8) -> Option<GateKind> {
        *self.closed.get(usize::from(item).checked_sub(1)?)?
    }

    /// Whether the person was to answer an item.
    fn is_asked(&self, item: u8) -> bool {
        self.closed_by(item).is_none() || self.given(item).is_some()
    }

    /// What is wrong with the sheet as a whole, before anything is missing from it.
    fn check(&self) -> Result<(), NotScorable> {
        if !self.fits {
            let got = u16::try_from(self.answers.len()).unwrap_or(u16::MAX);
            return Err(NotScorable::WrongItemCount { expected: self.raw.items, got });
        }
        for item in 1..=self.raw.items {
            let (min, max) = codes_of(self.raw, item);
            match self.given(item) {
                Some(value) if value < min || max < value => {
                    return Err(NotScorable::OutOfRange { item, value, min, max });
                }
                Some(_) | None => {}
            }
        }
        for item in (1..=self.raw.items).filter(|item| self.given(*item).is_some()) {
            match self.closed_by(item) {
                Some(GateKind::NotApplicable) => {
                    return Err(NotScorable::NotApplicableItemAnswered { item });
                }
                Some(GateKind::Stop) => return Err(NotScorable::GatedItemsAnswered { item }),
                Some(GateKind::Skip) | None => {}
            }
        }
        let missing = |item: &&u8| self.is_asked(**item) && self.given(**item).is_none();
        match self.raw.required.iter().find(missing) {
            Some(item) => Err(NotScorable::RequiredItemMissing { item: *item }),
            None => Ok(()),
        }
    }

    /// Whether few enough answers are missing, where the sheet has a limit.
    fn limit(&self) -> Result<(), NotScorable> {
        let all: Vec<u8> = (1..=self.raw.items).collect();
        let part = self.part(&all);
        let missing = part.asked.saturating_sub(part.answered);
        match self.raw.missing_up_to {
            Some(allowed) if allowed < missing => {
                Err(NotScorable::TooManyMissing { missing, allowed })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn part(&self, items: &[u8]) -> Part {
        let mut part = Part { asked: 0, answered: 0, sum: 0, items: 0 };
        for item in items {
            part.items = part.items.saturating_add(1);
            if !self.is_asked(*item) {
                continue;
            }
            part.asked = part.asked.saturating_add(1);
            if let Some(value) = self.given(*item) {
                part.answered = part.answered.saturating_add(1);
                part.sum += keyed(self.raw, *item, value);
            }
        }
        part
    }

    fn total(&self, scales: &[ScaleScore]) -> Result<Score, NotScorable> {
        match (self.raw.combine, Rule::of_total(self.raw)) {
            (_, Some(rule)) => {
                let all: Vec<u8> = (1..=self.raw.items).collect();
                self.part(&all).score(rule, self.raw.missing_up_to.unwrap_or(0))
            }
            (Combine::Scales, None) => self.sum_of(scales),
            (Combine::Sum | Combine::Mean | Combine::Nothing, None) => Ok(Score::NoTotal),
        }
    }

    fn sum_of(&self, scales: &[ScaleScore]) -> Result<Score, NotScorable> {
        let named: Vec<&ScaleScore> =
            scales.iter().filter(|found| self.raw.of.contains(&found.scale)).collect();
        let missing = named.iter().filter(|found| found.score.points().is_none()).count();
        let add = |sum: crate::Points, found: &&ScaleScore| sum.plus(found.score.points()?).ok();
        let sum = named.iter().try_fold(crate::Points::ZERO, add);
        let total = sum.and_then(|sum| sum.times(self.raw.times).ok()?.plus(self.raw.plus).ok());
        let Some(points) = total else {
            let scales = u8::try_from(missing).unwrap_or(u8::MAX);
            return Err(NotScorable::ScalesMissing { scales });
        };
        let is_prorated = |found: &&ScaleScore| matches!(found.score, Score::Prorated { .. });
        if !named.iter().any(is_prorated) {
            return Ok(Score::Complete { points });
        }
        let whole = self.raw.scales.iter().filter(|scale| self.raw.of.contains(&scale.id));
        let items: Vec<u8> = whole.flat_map(|scale| scale.items.clone()).collect();
        let part = self.part(&items);
        Ok(Score::Prorated { points, answered: part.answered, of: part.items })
    }

    fn counts(&self, sound: bool) -> Vec<CountScore> {
        let count = |count: &CountDefinition| CountScore {
            count: count.id.clone(),
            items: self.counted(count).filter(|_| sound),
        };
        self.raw.counts.iter().map(count).collect()
    }

    /// How many items reach their code; unknown where one that was asked is missing.
    fn counted(&self, count: &CountDefinition) -> Option<u8> {
        let mut reached = 0_u8;
        for item in count.items.iter().filter(|item| self.is_asked(**item)) {
            let value = keyed(self.raw, *item, self.given(*item)?);
            reached += u8::from(i64::from(count.threshold(*item)) <= value);
        }
        Some(reached)
    }

    fn safety(&self) -> Vec<SafetyAnswer> {
        let one = |safety: &crate::definition::SafetyItem| {
            let item = safety.item;
            match self.valid(item) {
                Some(value) if safety.raised_from <= value => SafetyAnswer::Raised { item, value },
                Some(value) => SafetyAnswer::NotRaised { item, value },
                None if self.given(item).is_none() && self.closed_by(item).is_some() => {
                    SafetyAnswer::Skipped { item }
                }
                None => SafetyAnswer::Unknown { item },
            }
        };
        self.raw.safety.iter().map(one).collect()
    }
}
