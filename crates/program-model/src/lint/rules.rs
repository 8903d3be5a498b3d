//! The rules of a model: known, given their figures, and about something that can happen.

use commons::Rule;

use crate::{
    adaptation::matches,
    fault::Fault,
    leaves::leaves,
    rule_table::{RuleRow, rule_of, rule_table},
    tree::Row,
    walk::{Findings, nearest},
    words::{Level, Shape},
};

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    let rules = root.rows("rules");
    let paths: Vec<String> = leaves(root).into_keys().collect();
    for rule in &rules {
        let Some(id) = rule.text("id").and_then(|id| id.parse::<Rule>().ok()) else { continue };
        let Some(known) = rule_of(&id) else {
            let meant = nearest(id.as_str(), rule_table().iter().map(|row| row.id.as_str()));
            findings.add(rule.spot_of("id"), Fault::UnknownRule { rule: id.to_string(), meant });
            continue;
        };
        params(rule, known, findings);
        shape(root, rule, known, findings);
        as_published(rule, known, findings);
        for (pattern, spot) in rule.texts("governs") {
            if !paths.iter().any(|path| matches(pattern, path)) {
                findings.add(spot, Fault::DeadPath { pattern: pattern.to_owned() });
            }
        }
    }
    switched_off(root, &rules, findings);
}

fn params(rule: &Row<'_>, known: &RuleRow, findings: &mut Findings<'_>) {
    let given = rule.figures("params");
    for (param, _) in &given {
        if !known.params.iter().any(|name| name == *param) {
            let fault = Fault::NoSuchParam { rule: known.id.clone(), param: (*param).to_owned() };
            findings.add(rule.spot_of("params"), fault);
        }
    }
    for name in known.params.iter().filter(|name| !given.iter().any(|(param, _)| **name == *param))
    {
        let fault = Fault::ParamMissing { rule: known.id.clone(), param: name.to_string() };
        findings.add(rule.spot_of("params"), fault);
    }
}

/// A MUST about what cannot happen would only seem to protect somebody.
fn shape(root: &Row<'_>, rule: &Row<'_>, known: &RuleRow, findings: &mut Findings<'_>) {
    let Some(shape) = root.choice::<Shape>("shape") else { return };
    if rule.choice("level") != Some(Level::Must) {
        return;
    }
    for about in known.about.iter().filter(|about| !shape.produces().contains(about)) {
        let fault = Fault::RuleOfShape { rule: known.id.clone(), about: *about, shape };
        findings.add(rule.spot_of("id"), fault);
    }
}

fn as_published(rule: &Row<'_>, known: &RuleRow, findings: &mut Findings<'_>) {
    let level = rule.choice::<Level>("level").is_some_and(|level| level != known.level);
    let fixed = rule.flag("fixed").is_some_and(|fixed| fixed != known.fixed);
    if level || fixed {
        findings.add(rule.spot_of("level"), Fault::RuleDiffers { rule: known.id.clone() });
    }
}

/// Only universal rules are switched off by name; one that takes figures is given them or switched off.
fn switched_off(root: &Row<'_>, rules: &[Row<'_>], findings: &mut Findings<'_>) {
    let off = root.rows("switched_off");
    for row in &off {
        let Some(rule) = row.text("rule").and_then(|id| id.parse::<Rule>().ok()) else { continue };
        if !rule_of(&rule).is_some_and(RuleRow::is_universal) {
            findings.add(row.spot_of("rule"), Fault::NotUniversal { rule });
        }
    }
    let named = |rows: &[Row<'_>], field: &str, id: &str| {
        rows.iter().any(|row| row.text(field) == Some(id))
    };
    let Some(shape) = root.choice::<Shape>("shape") else { return };
    let applies = |row: &&RuleRow| {
        row.is_universal() && row.about.iter().all(|about| shape.produces().contains(about))
    };
    for row in rule_table().iter().filter(applies) {
        let id = row.id.as_str();
        if !named(rules, "id", id) && !named(&off, "rule", id) {
            for param in &row.params {
                let fault = Fault::ParamMissing { rule: row.id.clone(), param: param.to_string() };
                findings.add(root.spot_of("rules"), fault);
            }
        }
    }
}
