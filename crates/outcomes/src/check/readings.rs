//! What can be wrong with the interpretations of a definition.

use std::collections::BTreeSet;

use commons::Code;

use super::Ranges;
use crate::{
    Bands, Evidence, Fault, Interpretation, Levels, Points, definition::Definition,
    interpretation::Provenance,
};

fn all(definition: &Definition) -> impl Iterator<Item = Interpretation<'_>> {
    let bands = definition.bands.iter().map(Interpretation::Bands);
    let cuts = definition.cut_offs.iter().map(Interpretation::CutOff);
    let changes = definition.changes.iter().map(Interpretation::Change);
    let levels = definition.levels.iter().map(Interpretation::Levels);
    bands.chain(cuts).chain(changes).chain(levels)
}

/// The kind of an interpretation, so that each kind has a default of its own.
const fn kind(interpretation: Interpretation<'_>) -> u8 {
    match interpretation {
        Interpretation::Bands(_) => 0,
        Interpretation::CutOff(_) => 1,
        Interpretation::Change(_) => 2,
        Interpretation::Levels(_) => 3,
    }
}

pub(super) fn provenance_faults(definition: &Definition, faults: &mut Vec<Fault>) {
    let mut ids = BTreeSet::new();
    for interpretation in all(definition) {
        one(interpretation.provenance(), &mut ids, faults);
    }
    let defaults: Vec<_> = all(definition).filter(|found| found.provenance().default).collect();
    for (place, second) in defaults.iter().enumerate() {
        let same = |first: &Interpretation<'_>| {
            let when = first.when().is_none() || first.when() == second.when();
            kind(*first) == kind(*second) && first.on() == second.on() && when
        };
        if defaults.iter().take(place).any(same) {
            faults.push(Fault::TwoDefaults { id: second.provenance().id.clone() });
        }
    }
}

fn one(provenance: &Provenance, ids: &mut BTreeSet<Code>, faults: &mut Vec<Fault>) {
    let id = provenance.id.clone();
    if provenance.source.trim().is_empty() {
        faults.push(Fault::NoSource { id: id.clone() });
    }
    if provenance.population.trim().is_empty() {
        faults.push(Fault::NoPopulation { id: id.clone() });
    }
    if provenance.default && provenance.evidence == Evidence::Unverified {
        faults.push(Fault::UnverifiedDefault { id: id.clone() });
    }
    if !ids.insert(id.clone()) {
        faults.push(Fault::IdTwice { id });
    }
}

pub(super) fn faults(definition: &Definition, ranges: &Ranges, faults: &mut Vec<Fault>) {
    for interpretation in all(definition) {
        let id = &interpretation.provenance().id;
        if let Interpretation::Levels(levels) = interpretation {
            self::levels(definition, levels, faults);
            continue;
        }
        let Some(range) = ranges.get(&interpretation.on().cloned()) else {
            faults.push(match interpretation.on() {
                Some(figure) => Fault::NoSuchFigure { id: figure.clone() },
                None => Fault::NoTotal { id: id.clone() },
            });
            continue;
        };
        match interpretation {
            Interpretation::Bands(bands) => self::bands(bands, *range, faults),
            Interpretation::CutOff(cut) => inside(id, cut.at, *range, faults),
            Interpretation::Change(change) => {
                // Invariant: the range is not empty, so a change has a largest size.
                let span = range.1.to_f64() - range.0.to_f64();
                if change.points <= Points::ZERO || span < change.points.to_f64() {
                    faults.push(outside(id, change.points, *range));
                }
            }
            Interpretation::Levels(_) => {}
        }
    }
}

fn outside(id: &Code, points: Points, (lowest, highest): (Points, Points)) -> Fault {
    Fault::OutsideRange { id: id.clone(), points, lowest, highest }
}

fn inside(id: &Code, at: Points, range: (Points, Points), faults: &mut Vec<Fault>) {
    if at < range.0 || range.1 < at {
        faults.push(outside(id, at, range));
    }
}

fn bands(bands: &Bands, range: (Points, Points), faults: &mut Vec<Fault>) {
    let id = &bands.provenance.id;
    let edges: Vec<Points> = bands.edges.iter().map(|edge| edge.from).collect();
    let ascends = edges.is_sorted_by(|left, right| left < right);
    if edges.first() != Some(&range.0) || !ascends || edges.len() > usize::from(u8::MAX) {
        faults.push(Fault::BandsOutOfOrder { id: id.clone(), lowest: range.0 });
    }
    let beyond = edges.iter().filter(|edge| range.1 < **edge);
    faults.extend(beyond.map(|edge| outside(id, *edge, range)));
}

fn levels(definition: &Definition, levels: &Levels, faults: &mut Vec<Fault>) {
    let id = &levels.provenance.id;
    let (first, rest) = match levels.steps.split_first() {
        Some((first, rest)) => (first.needs.is_empty(), rest),
        None => (false, &[] as &[_]),
    };
    let few = levels.steps.len() <= usize::from(u8::MAX);
    if !first || !few || rest.iter().any(|step| step.needs.is_empty()) {
        faults.push(Fault::StepsOutOfOrder { id: id.clone() });
    }
    let needs = levels.steps.iter().flat_map(|step| &step.needs);
    for (count, needs) in needs {
        let found = definition.scoring.counts.iter().find(|found| found.id == *count);
        let Some(found) = found else {
            faults.push(Fault::NoSuchFigure { id: count.clone() });
            continue;
        };
        let items = found.items.len();
        if *needs == 0 || items < usize::from(*needs) {
            let (id, count, needs) = (id.clone(), count.clone(), *needs);
            faults.push(Fault::NeedsTooMany { id, count, needs, items });
        }
    }
}
