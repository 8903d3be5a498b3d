//! What the parts of a plan say of each other.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use interchange::settings::nearest;
use outcomes::suppression::Audience;

use super::fault::{Named, PlanFault};
use super::parse::Section;
use super::{Plan, ScaleColumns, expand};

/// Notes names that lead nowhere, what stands there twice, and texts with two meanings.
pub(super) fn check(plan: &Plan, top: &Section<'_>) {
    if let Some(found) = plan.floor.filter(|floor| *floor < plan.audience.floor()) {
        top.wrong("floor", PlanFault::FloorTooLow { found, least: plan.audience.floor() });
    }
    if plan.each_person && plan.audience == Audience::Outside {
        top.wrong("each_person", PlanFault::NotForOutside);
    }
    once(top, "timepoints", "code", plan.timepoints.iter().map(|it| &it.code));
    once(top, "instruments", "id", plan.instruments.iter().map(|it| &it.id));
    let groupings: BTreeSet<&Code> =
        plan.people.iter().flat_map(|file| file.groupings.keys()).collect();
    for by in plan.breakdowns.iter().filter(|by| !groupings.contains(by)) {
        top.wrong("breakdowns", no_such(Named::Grouping, by, groupings.iter().copied()));
    }
    one_meaning(top, "missing", plan.missing.keys());
    for map in plan.values.values() {
        one_meaning(top, "values", map.keys());
        let reasons: BTreeSet<_> = plan.missing.keys().map(|text| text.to_lowercase()).collect();
        for text in map.keys().filter(|text| reasons.contains(&text.to_lowercase())) {
            top.wrong("values", PlanFault::TwoMeanings { text: text.clone() });
        }
    }
    let sections = top.sections("sheets");
    // Where one of them could not be read, which is which cannot be told.
    let even = sections.len() == plan.sheets.len();
    for (file, section) in plan.sheets.iter().zip(&sections).filter(|_| even) {
        let known = || plan.timepoints.iter().map(|it| &it.code);
        let named = file.timepoint.iter().map(|code| ("timepoint", code));
        let mapped = file.timepoints.values().map(|code| ("timepoints", code));
        for (key, code) in named.chain(mapped) {
            if !known().any(|it| it == code) {
                section.wrong(key, no_such(Named::Timepoint, code, known()));
            }
        }
        let scales = section.sections("scales");
        let even = scales.len() == file.scales.len();
        for (scale, section) in file.scales.iter().zip(&scales).filter(|_| even) {
            scale_check(plan, scale, section);
        }
    }
}

fn scale_check(plan: &Plan, scale: &ScaleColumns, section: &Section<'_>) {
    let timepoints = || plan.timepoints.iter().map(|it| &it.code);
    let instruments = || plan.instruments.iter().map(|it| &it.id);
    if let Some(code) = scale.timepoint.as_ref().filter(|code| !timepoints().any(|it| it == *code))
    {
        section.wrong("timepoint", no_such(Named::Timepoint, code, timepoints()));
    }
    if let Some(code) = scale.values.as_ref().filter(|code| !plan.values.contains_key(*code)) {
        section.wrong("values", no_such(Named::Values, code, plan.values.keys()));
    }
    let Some(used) = plan.instruments.iter().find(|it| it.id == scale.instrument) else {
        section.wrong("instrument", no_such(Named::Instrument, &scale.instrument, instruments()));
        return;
    };
    let built_in = used.own.is_none().then(|| outcomes::built_in(&used.id)).flatten();
    let found = scale.items.iter().filter_map(|item| expand(item)).flatten().count();
    let wanted = built_in.map(|instrument| usize::from(instrument.scoring().items()));
    if let Some(wanted) = wanted.filter(|wanted| found != *wanted && scale.total.is_none()) {
        let instrument = used.id.to_string();
        section.wrong("items", PlanFault::ItemCount { instrument, found, wanted });
    }
}

fn no_such<'a>(what: Named, name: &Code, known: impl Iterator<Item = &'a Code>) -> PlanFault {
    let meant = nearest(name.as_str(), known.map(Code::as_str));
    PlanFault::NoSuch { what, name: name.to_string(), meant }
}

/// Notes codes that stand in a list of tables twice.
fn once<'a>(
    top: &Section<'_>,
    list: &'static str,
    key: &'static str,
    codes: impl Iterator<Item = &'a Code>,
) {
    let mut seen = BTreeMap::new();
    for (code, section) in codes.zip(&top.sections(list)) {
        let first = *seen.entry(code).or_insert_with(|| section.line(key));
        if first != section.line(key) {
            section.wrong(key, PlanFault::Twice { name: code.to_string(), first });
        }
    }
}

/// Notes texts that differ in capital letters alone.
fn one_meaning<'a>(top: &Section<'_>, key: &'static str, texts: impl Iterator<Item = &'a String>) {
    let mut seen = BTreeSet::new();
    for text in texts {
        if !seen.insert(text.trim().to_lowercase()) {
            top.wrong(key, PlanFault::TwoMeanings { text: text.clone() });
        }
    }
}
