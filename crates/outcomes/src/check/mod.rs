//! Whether a definition can be scored: all that is wrong with it, not the first thing alone.

mod answer;
mod readings;
mod scoring;

use std::collections::BTreeMap;

use commons::Code;

use crate::{
    Fault, Faults, Points, Scoring,
    definition::{Combine, Conversion, Definition, ScaleDefinition, ScoringDefinition},
    instrument::keyed,
    rule::Rule,
};

/// The lowest and highest points of each figure; the total has no id.
type Ranges = BTreeMap<Option<Code>, (Points, Points)>;

/// The scoring of a definition, or everything that is wrong with the definition.
pub(crate) fn check(definition: &Definition) -> Result<Scoring, Faults> {
    let mut faults = Vec::new();
    scoring::faults(definition, &mut faults);
    let raw = &definition.scoring;
    let ranges = ranges(raw);
    if ranges.is_none() && faults.is_empty() {
        faults.push(Fault::TooLarge);
    }
    readings::provenance_faults(definition, &mut faults);
    // A range that is wrong itself would blame every number beside it.
    let ranges = ranges.filter(|_| faults.is_empty());
    if let Some(ranges) = &ranges {
        scoring::conversion_faults(raw, ranges, &mut faults);
        readings::faults(definition, ranges, &mut faults);
        answer::faults(definition, &mut faults);
    }
    match ranges {
        Some(ranges) if faults.is_empty() => Ok(Scoring::new(raw.clone(), ranges)),
        Some(_) | None => Err(Faults(faults)),
    }
}

fn ranges(raw: &ScoringDefinition) -> Option<Ranges> {
    let mut ranges = Ranges::new();
    for scale in &raw.scales {
        ranges.insert(Some(scale.id.clone()), range(raw, Rule::of_scale(scale), &scale.items)?);
    }
    let total = match raw.combine {
        Combine::Sum | Combine::Mean => {
            let all: Vec<u8> = (1..=raw.items).collect();
            Some(range(raw, Rule::of_total(raw)?, &all)?)
        }
        Combine::Scales => Some(range_of_scales(raw, &ranges)?),
        Combine::Nothing => None,
    };
    if let Some(total) = total {
        ranges.insert(None, total);
        for conversion in &raw.conversions {
            ranges.insert(Some(conversion.id.clone()), converted(conversion, total)?);
        }
    }
    Some(ranges)
}

/// The lowest and highest points by a rule, where every prorated score in between fits too.
fn range(raw: &ScoringDefinition, rule: Rule, items: &[u8]) -> Option<(Points, Points)> {
    let ends = |item: u8| {
        let (lowest, highest) = crate::instrument::codes_of(raw, item);
        let (a, b) = (keyed(raw, item, lowest), keyed(raw, item, highest));
        (a.min(b), a.max(b))
    };
    let (low, high) =
        items.iter().map(|item| ends(*item)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let n = u8::try_from(items.len()).ok()?;
    let (lowest, highest) = (rule.points(low, n, n)?, rule.points(high, n, n)?);
    fits(lowest, n).then_some(())?;
    fits(highest, n).then_some(())?;
    Some((lowest, highest))
}

/// Whether points of this size are kept exactly when up to `n` answers divide them.
fn fits(points: Points, n: u8) -> bool {
    let den = i64::from(points.denominator()) * i64::from(n.max(1));
    let num = i64::from(points.numerator()).abs() * i64::from(n.max(1));
    i32::try_from(num).is_ok() && u16::try_from(den).is_ok()
}

fn range_of_scales(raw: &ScoringDefinition, ranges: &Ranges) -> Option<(Points, Points)> {
    let mut sum = (Points::ZERO, Points::ZERO);
    for id in &raw.of {
        // A scale that is not there is a fault of its own.
        if let Some((low, high)) = ranges.get(&Some(id.clone())) {
            sum = (sum.0.plus(*low).ok()?, sum.1.plus(*high).ok()?);
        }
    }
    let apply = |points: Points| points.times(raw.times).ok()?.plus(raw.plus).ok();
    Some((apply(sum.0)?, apply(sum.1)?))
}

fn converted(conversion: &Conversion, total: (Points, Points)) -> Option<(Points, Points)> {
    if let (Some((_, first)), Some((_, last))) = (conversion.table.first(), conversion.table.last())
    {
        return Some((*first.min(last), *first.max(last)));
    }
    let (a, b) = (conversion.line(total.0)?, conversion.line(total.1)?);
    Some((a.min(b), a.max(b)))
}

impl Conversion {
    /// The points on the line.
    pub(crate) fn line(&self, total: Points) -> Option<Points> {
        let scaled = total.times(self.times.unwrap_or(Points::ONE)).ok()?;
        scaled.plus(self.plus.unwrap_or(Points::ZERO)).ok()
    }

    /// A total on this footing, where it has a place there.
    pub(crate) fn convert(&self, total: Points) -> Option<Points> {
        let points = if self.table.is_empty() {
            self.line(total)?
        } else {
            self.table.iter().find(|(from, _)| *from == total)?.1
        };
        Some(self.places.map_or(points, |places| points.rounded(places)))
    }
}

/// The scales of a list of ids, and the ids of none.
fn scale<'a>(raw: &'a ScoringDefinition, id: &Code) -> Option<&'a ScaleDefinition> {
    raw.scales.iter().find(|scale| scale.id == *id)
}
