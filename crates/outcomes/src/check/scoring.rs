//! What can be wrong with the scoring of a definition.

use std::collections::BTreeSet;

use super::{Ranges, scale};
use crate::{
    Condition, Fault, Points,
    definition::{
        Combine, CountDefinition, Definition, Gate, GateKind, ScaleDefinition, ScoringDefinition,
    },
    instrument::codes_of,
};

pub(super) fn faults(definition: &Definition, faults: &mut Vec<Fault>) {
    let raw = &definition.scoring;
    if raw.items == 0 {
        faults.push(Fault::NoItems);
    }
    codes(raw, faults);
    safety(raw, faults);
    named(raw, "`required`", &raw.required, faults);
    total(definition, faults);
    for gate in &raw.gates {
        self::gate(raw, gate, faults);
    }
    for scale in &raw.scales {
        self::scale_faults(raw, scale, faults);
    }
    for count in &raw.counts {
        self::count(raw, count, faults);
    }
    ids_once(raw, faults);
    if raw.source.trim().is_empty() {
        faults.push(Fault::NoSource { id: definition.id.clone() });
    }
    if let Some(codes) = &definition.codes {
        if !codes.items.is_empty() && codes.items.len() != usize::from(raw.items) {
            let found = codes.items.len();
            faults.push(Fault::CodesMissing { found, items: raw.items });
        }
        if codes.source.trim().is_empty() {
            faults.push(Fault::NoSource { id: definition.id.clone() });
        }
    }
}

fn codes(raw: &ScoringDefinition, faults: &mut Vec<Fault>) {
    let own = raw.ranges.iter().map(|range| (range.lowest, range.highest));
    for (lowest, highest) in std::iter::once((raw.lowest, raw.highest)).chain(own) {
        if highest <= lowest {
            faults.push(Fault::EmptyRange { lowest, highest });
        }
    }
    let exceptional: Vec<u8> = raw.ranges.iter().flat_map(|range| range.items.clone()).collect();
    named(raw, "`ranges`", &exceptional, faults);
    named(raw, "`reversed`", &raw.reversed, faults);
}

fn safety(raw: &ScoringDefinition, faults: &mut Vec<Fault>) {
    let items: Vec<u8> = raw.safety.iter().map(|safety| safety.item).collect();
    named(raw, "`safety`", &items, faults);
    for safety in &raw.safety {
        if !reachable(raw, safety.item, safety.raised_from) {
            let (item, raised_from) = (safety.item, safety.raised_from);
            faults.push(Fault::SafetyOutOfRange { item, raised_from });
        }
    }
}

/// Whether some answers to an item reach a code and others do not.
fn reachable(raw: &ScoringDefinition, item: u8, from: i16) -> bool {
    let (lowest, highest) = codes_of(raw, item);
    lowest < from && from <= highest
}

fn total(definition: &Definition, faults: &mut Vec<Fault>) {
    let raw = &definition.scoring;
    if let Some(missing) = raw.missing_up_to
        && raw.items > 0
        && raw.items <= missing
    {
        faults.push(Fault::AllMissing { missing, items: raw.items });
    }
    match raw.combine {
        Combine::Sum | Combine::Mean => {
            if raw.missing_up_to.is_none() {
                faults.push(Fault::NoMissingRule);
            }
            if raw.missing_up_to.unwrap_or(0) > 0 && !raw.ranges.is_empty() {
                faults.push(Fault::MixedRanges { id: definition.id.clone() });
            }
        }
        Combine::Scales => {
            if raw.of.is_empty() {
                faults.push(Fault::NoneNamed { id: definition.id.clone() });
            }
        }
        Combine::Nothing => {}
    }
    for id in raw.of.iter().filter(|id| scale(raw, id).is_none()) {
        faults.push(Fault::NoSuchFigure { id: id.clone() });
    }
    multiplier(raw.times, faults);
    places(raw.places, faults);
}

fn multiplier(times: Points, faults: &mut Vec<Fault>) {
    if times <= Points::ZERO {
        faults.push(Fault::TimesZero);
    }
}

fn places(places: u8, faults: &mut Vec<Fault>) {
    if places > 4 {
        faults.push(Fault::TooManyPlaces { places });
    }
}

fn gate(raw: &ScoringDefinition, gate: &Gate, faults: &mut Vec<Fault>) {
    named(raw, "`closes` of a gate", &gate.closes, faults);
    if let Condition::Item { item, is } = gate.when {
        named(raw, "`when` of a gate", &[item], faults);
        let (lowest, highest) = codes_of(raw, item);
        if is < lowest || highest < is {
            faults.push(Fault::GateNeverCloses { item, is });
        }
        if gate.closes.contains(&item) {
            faults.push(Fault::GateOnItself { item });
        }
    }
    let counts_nothing = gate.kind != GateKind::Skip;
    for item in gate.closes.iter().filter(|_| counts_nothing) {
        if codes_of(raw, *item).0 != 0 || raw.reversed.contains(item) {
            faults.push(Fault::ClosedNotZero { item: *item });
        }
    }
}

fn scale_faults(raw: &ScoringDefinition, scale: &ScaleDefinition, faults: &mut Vec<Fault>) {
    named(raw, &format!("the scale `{}`", scale.id), &scale.items, faults);
    let items = u8::try_from(scale.items.len()).unwrap_or(u8::MAX);
    if items == 0 {
        faults.push(Fault::NoneNamed { id: scale.id.clone() });
    } else if items <= scale.missing_up_to {
        faults.push(Fault::AllMissing { missing: scale.missing_up_to, items });
    }
    let ranges: BTreeSet<_> = scale.items.iter().map(|item| codes_of(raw, *item)).collect();
    if scale.missing_up_to > 0 && ranges.len() > 1 {
        faults.push(Fault::MixedRanges { id: scale.id.clone() });
    }
    multiplier(scale.times, faults);
    places(scale.places, faults);
    places(scale.rounded_to.unwrap_or(0), faults);
}

fn count(raw: &ScoringDefinition, count: &CountDefinition, faults: &mut Vec<Fault>) {
    let list = format!("the count `{}`", count.id);
    named(raw, &list, &count.items, faults);
    if count.items.is_empty() {
        faults.push(Fault::NoneNamed { id: count.id.clone() });
    }
    let exceptions: Vec<u8> = count.exceptions.iter().map(|exception| exception.item).collect();
    let list = format!("`exceptions` of the count `{}`", count.id);
    named(raw, &list, &exceptions, faults);
    for item in exceptions.iter().filter(|item| !count.items.contains(item)) {
        faults.push(Fault::NoSuchItem { list: list.clone(), item: *item, items: raw.items });
    }
    for item in &count.items {
        let from = count.threshold(*item);
        if !reachable(raw, *item, from) {
            let (id, item) = (count.id.clone(), *item);
            faults.push(Fault::CountOutOfRange { id, item, from });
        }
    }
}

impl CountDefinition {
    /// From which code an item counts.
    pub(crate) fn threshold(&self, item: u8) -> i16 {
        let own = self.exceptions.iter().find(|exception| exception.item == item);
        own.map_or(self.from, |exception| exception.from)
    }
}

fn ids_once(raw: &ScoringDefinition, faults: &mut Vec<Fault>) {
    let scales = raw.scales.iter().map(|scale| &scale.id);
    let conversions = raw.conversions.iter().map(|conversion| &conversion.id);
    let mut figures = BTreeSet::new();
    for id in scales.chain(conversions) {
        if !figures.insert(id) {
            faults.push(Fault::IdTwice { id: id.clone() });
        }
    }
    let mut counts = BTreeSet::new();
    for count in &raw.counts {
        if !counts.insert(&count.id) {
            faults.push(Fault::IdTwice { id: count.id.clone() });
        }
    }
}

fn named(raw: &ScoringDefinition, list: &str, named: &[u8], faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for item in named {
        if *item == 0 || raw.items < *item {
            faults.push(Fault::NoSuchItem { list: list.to_owned(), item: *item, items: raw.items });
        }
        if !seen.insert(*item) {
            faults.push(Fault::ItemTwice { list: list.to_owned(), item: *item });
        }
    }
}

pub(super) fn conversion_faults(raw: &ScoringDefinition, ranges: &Ranges, faults: &mut Vec<Fault>) {
    for conversion in &raw.conversions {
        let id = || conversion.id.clone();
        let line = conversion.times.is_some() || conversion.plus.is_some();
        places(conversion.places.unwrap_or(0), faults);
        if line != conversion.table.is_empty() || conversion.times == Some(Points::ZERO) {
            faults.push(Fault::LineOrTable { id: id() });
        }
        let Some((lowest, highest)) = ranges.get(&None).copied() else {
            faults.push(Fault::NoTotal { id: id() });
            continue;
        };
        if conversion.table.is_empty() {
            continue;
        }
        if raw.missing_up_to != Some(0) {
            faults.push(Fault::TableNeedsComplete { id: id() });
        }
        let from = conversion.table.iter().map(|(from, _)| *from);
        let wanted = (lowest.numerator()..=highest.numerator()).map(Points::whole);
        let whole = lowest.is_whole() && highest.is_whole();
        if !whole || !from.eq(wanted) {
            faults.push(Fault::TableRows { id: id(), lowest, highest });
        }
    }
}
