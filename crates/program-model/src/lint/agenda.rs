//! Parts of a session, modules of a training, shares of activities.

use crate::{
    fault::Fault,
    lint::{adds_up, people::says},
    tree::Row,
    walk::Findings,
    words::SegmentKind,
};

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    if let Some(agenda) = root.row("agenda") {
        minutes(root, &agenda, findings);
        sharing(root, &agenda, findings);
    }
    for training in root.rows("training") {
        modules(&training, findings);
        hours(&training, findings);
    }
    activities(root, findings);
}

fn minutes(root: &Row<'_>, agenda: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(total) = root.row("cadence").and_then(|cadence| cadence.whole("minutes")) else {
        return;
    };
    if !agenda.has("segments") {
        return;
    }
    let segments = agenda.rows("segments");
    let parts: Option<Vec<i64>> = segments.iter().map(|segment| segment.whole("minutes")).collect();
    if let Some(parts) = parts {
        adds_up("the minutes of the parts", &parts, total, agenda.spot_of("segments"), findings);
    }
}

/// Where the order is fixed, or SH-05 asks for it, sharing stands between what prepares and what settles.
fn sharing(root: &Row<'_>, agenda: &Row<'_>, findings: &mut Findings<'_>) {
    let asked = root.rows("rules").iter().any(|rule| rule.text("id") == Some("SH-05"));
    if !asked && agenda.flag("fixed_order") != Some(true) {
        return;
    }
    let segments = agenda.rows("segments");
    let is = |kinds: &'static [SegmentKind]| {
        move |segment: &Row<'_>| kinds.iter().any(|kind| says(segment, "kind", *kind))
    };
    let shares = is(&[SegmentKind::Share]);
    let Some(first) = segments.iter().position(shares) else { return };
    let last = segments.iter().rposition(shares).unwrap_or(first);
    if !segments.iter().take(first).any(is(&[SegmentKind::Movement, SegmentKind::Breathing])) {
        findings.add(agenda.spot_of("segments"), Fault::SharingUnheld { before: true });
    }
    if !segments.iter().skip(last + 1).any(is(&[SegmentKind::Settle])) {
        findings.add(agenda.spot_of("segments"), Fault::SharingUnheld { before: false });
    }
}

fn modules(training: &Row<'_>, findings: &mut Findings<'_>) {
    let modules = training.rows("modules");
    for (wanted, module) in (1_i64..).zip(&modules) {
        let Some(n) = module.whole::<i64>("n") else { continue };
        if n != wanted {
            findings.add(module.spot_of("n"), Fault::Numbering { wanted, found: n });
        }
        for needs in module.wholes::<i64>("needs").into_iter().filter(|needs| n <= *needs) {
            findings.add(module.spot_of("needs"), Fault::NeedsLater { module: n, needs });
        }
    }
    let count = i64::try_from(modules.len()).unwrap_or(i64::MAX);
    if let Some(a) = training.whole::<i64>("attend_at_least").filter(|least| count < *least) {
        let fault = Fault::Order { less: "attend_at_least", a, more: "modules", b: count };
        findings.add(training.spot_of("attend_at_least"), fault);
    }
}

fn hours(training: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(hours) = training.whole::<i64>("hours") else { return };
    let mut parts = training.rows("modules");
    parts.extend(training.rows("components"));
    let minutes: Option<Vec<i64>> = parts.iter().map(|part| part.whole("minutes")).collect();
    if let Some(minutes) = minutes.filter(|minutes| !minutes.is_empty()) {
        let spot = training.spot_of("hours");
        adds_up("the minutes of the training", &minutes, hours * 60, spot, findings);
    }
}

fn activities(root: &Row<'_>, findings: &mut Findings<'_>) {
    let activities = root.rows("activities");
    let shares: Option<Vec<i64>> =
        activities.iter().map(|row| row.whole("share_percent")).collect();
    if let Some(shares) = shares.filter(|shares| !shares.is_empty()) {
        adds_up("the shares of the activities", &shares, 100, root.spot_of("activities"), findings);
    }
    if !root.rows("rules").iter().any(|rule| rule.text("id") == Some("HC-05")) {
        return;
    }
    let trainings = root.rows("training");
    let safe: Vec<i64> = trainings
        .iter()
        .flat_map(|training| training.rows("modules"))
        .filter(|module| module.flag("safety") == Some(true))
        .filter_map(|module| module.whole("n"))
        .collect();
    for activity in activities.iter().filter(|row| row.flag("personal_story") == Some(true)) {
        if !activity.whole("needs_module").is_some_and(|module| safe.contains(&module)) {
            findings.add(activity.spot.clone(), Fault::StoriesBeforeSafety);
        }
    }
}
