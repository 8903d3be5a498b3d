//! What is measured, when, and how much of it people are asked to bear.

use crate::{
    fault::Fault,
    lint::{adds_up, people::says},
    tree::Row,
    walk::Findings,
    words::{Anchor, Asked, Charter, Rewards, Rights},
};

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    for timepoint in root.rows("timepoints") {
        anchor(&timepoint, findings);
    }
    let measures = root.rows("measures");
    for measure in &measures {
        instrument(measure, findings);
    }
    if !measures.is_empty() {
        burden(root, &measures, findings);
        danger(root, &measures, findings);
        consent(root, Asked::MeasureOutcomes, findings);
    }
    for figure in root.rows("figures") {
        let parts: Vec<i64> = figure.figures("parts").into_iter().map(|(_, part)| part).collect();
        if let (Some(total), true) = (figure.whole("total"), figure.has("parts")) {
            adds_up("the parts", &parts, total, figure.spot_of("total"), findings);
        }
    }
    for incentive in root.rows("incentives") {
        formula(&incentive, findings);
    }
}

fn anchor(timepoint: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(anchor) = timepoint.choice::<Anchor>("anchor") else { return };
    let needs = match anchor {
        Anchor::Session => "session",
        Anchor::PhaseStart | Anchor::PhaseEnd => "phase",
        Anchor::LastSession => return,
    };
    if !timepoint.has(needs) {
        let spot = timepoint.spot_of("anchor");
        findings.add(spot, Fault::AnchorNeeds { anchor: anchor.as_str(), needs });
    }
}

fn instrument(measure: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(id) = measure.text("instrument") else { return };
    let instrument = id.to_owned();
    if measure.flag("scored") == Some(true) && !outcomes::built_in_ids().any(|known| known == id) {
        findings
            .add(measure.spot_of("scored"), Fault::NotScored { instrument: instrument.clone() });
    }
    if says(measure, "rights", Rights::Permission) || says(measure, "rights", Rights::Unchecked) {
        findings.add(measure.spot_of("rights"), Fault::AskOwner { instrument });
    }
}

fn burden(root: &Row<'_>, measures: &[Row<'_>], findings: &mut Findings<'_>) {
    let Some(measuring) = root.row("measuring") else {
        findings.add(root.spot_of("measures"), Fault::NoBurdenLimit);
        return;
    };
    let Some(most) = measuring.whole::<i64>("minutes_max") else { return };
    for timepoint in root.rows("timepoints") {
        let Some(id) = timepoint.text("id") else { continue };
        let taken = measures
            .iter()
            .filter(|row| row.texts("timepoints").iter().any(|(text, _)| *text == id));
        let minutes: i64 = taken.filter_map(|row| row.whole::<i64>("minutes")).sum();
        if most < minutes {
            findings.add(
                timepoint.spot_of("id"),
                Fault::Burden { timepoint: id.to_owned(), minutes, most },
            );
        }
    }
}

/// Instruments that ask about danger to oneself need their own consent, and a charter that does not promise silence.
fn danger(root: &Row<'_>, measures: &[Row<'_>], findings: &mut Findings<'_>) {
    let asks = |measure: &&Row<'_>| {
        let instrument = measure.code("instrument").and_then(|id| outcomes::built_in(&id));
        instrument.is_some_and(|instrument| !instrument.scoring().safety().is_empty())
    };
    let asking: Vec<&Row<'_>> = measures.iter().filter(asks).collect();
    if asking.is_empty() {
        return;
    }
    consent(root, Asked::MeasureRiskItems, findings);
    let charter = root.row("safety").and_then(|safety| safety.choice::<Charter>("charter"));
    if charter == Some(Charter::MutualNoAssessment) {
        for measure in asking {
            let instrument = measure.words("instrument").unwrap_or_default();
            findings.add(measure.spot_of("instrument"), Fault::PromisedNotToAsk { instrument });
        }
    }
}

fn consent(root: &Row<'_>, asked: Asked, findings: &mut Findings<'_>) {
    let Some(consent) = root.row("consent") else { return };
    if !consent.rows("scopes").iter().any(|scope| says(scope, "scope", asked)) {
        findings.add(consent.spot_of("scopes"), Fault::NoConsent { scope: asked.as_str() });
    }
}

fn formula(incentive: &Row<'_>, findings: &mut Findings<'_>) {
    let terms = incentive.rows("terms");
    let weights: Option<Vec<i64>> = terms.iter().map(|term| term.whole("weight_percent")).collect();
    if let Some(weights) = weights {
        adds_up("the weights", &weights, 100, incentive.spot_of("terms"), findings);
    }
    if !terms.is_empty() && terms.iter().all(|term| says(term, "rewards", Rewards::Volume)) {
        findings.add(incentive.spot_of("terms"), Fault::IncentiveByHeads);
    }
}
