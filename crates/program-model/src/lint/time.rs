//! Weeks, phases and sessions that have to follow each other.

use crate::{
    fault::Fault,
    lint::{at_most, ordered},
    tree::Row,
    walk::Findings,
};

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    if let Some(cadence) = root.row("cadence") {
        rhythm(&cadence, findings);
        within_the_plan(root, &cadence, findings);
        phases(root, &cadence, findings);
        syllabus(root, &cadence, findings);
    }
}

fn rhythm(cadence: &Row<'_>, findings: &mut Findings<'_>) {
    let asked = cadence.flag("community_decides") != Some(false);
    let given = ["period_days", "rrule", "community_decides"].into_iter();
    let found = given
        .filter(|field| cadence.has(field) && (asked || *field != "community_decides"))
        .count();
    if found != 1 {
        findings.add(cadence.spot.clone(), Fault::Rhythm { found });
    }
    if let (Some(slack), Some(period)) =
        (cadence.whole::<i64>("slack_days"), cadence.whole::<i64>("period_days"))
        && period <= slack
    {
        let spot = cadence.spot_of("slack_days");
        findings.add(
            spot,
            Fault::Order {
                less: "slack_days",
                a: slack,
                more: "period_days less 1",
                b: period - 1,
            },
        );
    }
    ordered(cadence, "period_days", "max_gap_days", findings);
}

/// Figures in sessions that may not go beyond the plan.
fn within_the_plan(root: &Row<'_>, cadence: &Row<'_>, findings: &mut Findings<'_>) {
    let plan = (cadence, "sessions");
    if let Some(group) = root.row("group") {
        at_most((&group, "join_until_session"), plan, findings);
    }
    if let Some(completion) = root.row("completion") {
        at_most((&completion, "attended_at_least"), plan, findings);
    }
    if let Some(safety) = root.row("safety") {
        at_most((&safety, "card_read_at_session"), plan, findings);
    }
    let supervision = root.row("supervision");
    for observation in supervision.iter().flat_map(|supervision| supervision.rows("observations")) {
        ordered(&observation, "first_session", "last_session", findings);
        at_most((&observation, "last_session"), plan, findings);
    }
    for timepoint in root.rows("timepoints") {
        at_most((&timepoint, "session"), plan, findings);
        ordered(&timepoint, "opens_days", "closes_days", findings);
    }
}

fn phases(root: &Row<'_>, cadence: &Row<'_>, findings: &mut Findings<'_>) {
    let phases = root.rows("phases");
    for phase in &phases {
        ordered(phase, "first_week", "last_week", findings);
        ordered(phase, "first_session", "last_session", findings);
    }
    weeks(&phases, findings);
    sessions(&phases, cadence, findings);
}

/// Each phase begins in the last week of the one before or in the week after it.
fn weeks(phases: &[Row<'_>], findings: &mut Findings<'_>) {
    for pair in phases.windows(2) {
        let [before, after] = pair else { continue };
        let Some(found) = after.whole::<i64>("first_week") else { continue };
        let ended = before.whole::<i64>("last_week").or_else(|| before.whole("first_week"));
        let Some(ended) = ended else { continue };
        if found != ended && found != ended + 1 {
            let spot = after.spot_of("first_week");
            findings.add(spot, Fault::Phases { unit: "week", wanted: ended + 1, found });
        }
    }
}

/// The phases with sessions hold all of them, in order and once.
fn sessions(phases: &[Row<'_>], cadence: &Row<'_>, findings: &mut Findings<'_>) {
    let mut wanted = 1;
    for phase in phases {
        let (Some(first), Some(last)) =
            (phase.whole::<i64>("first_session"), phase.whole::<i64>("last_session"))
        else {
            continue;
        };
        if first != wanted {
            let spot = phase.spot_of("first_session");
            findings.add(spot, Fault::Phases { unit: "session", wanted, found: first });
        }
        wanted = last.saturating_add(1);
    }
    let last = wanted - 1;
    let sessions =
        cadence.whole::<i64>("sessions").filter(|sessions| 0 < last && last != *sessions);
    if let Some(sessions) = sessions {
        findings.add(cadence.spot_of("sessions"), Fault::PhasesEnd { last, sessions });
    }
}

fn syllabus(root: &Row<'_>, cadence: &Row<'_>, findings: &mut Findings<'_>) {
    let phases = root.rows("phases");
    let lessons = root.rows("syllabus");
    for (wanted, lesson) in (1_i64..).zip(&lessons) {
        let Some(n) = lesson.whole::<i64>("n") else { continue };
        if n != wanted {
            findings.add(lesson.spot_of("n"), Fault::Numbering { wanted, found: n });
        }
        let named = phases
            .iter()
            .find(|phase| phase.text("id").is_some() && phase.text("id") == lesson.text("phase"));
        let holds = |phase: &Row<'_>| {
            let first = phase.whole::<i64>("first_session").is_some_and(|first| first <= n);
            first && phase.whole::<i64>("last_session").is_some_and(|last| n <= last)
        };
        if let Some(phase) = named.filter(|phase| !holds(phase)) {
            let phase = phase.text("id").unwrap_or_default().to_owned();
            findings.add(lesson.spot_of("phase"), Fault::OutsidePhase { session: n, phase });
        }
        if lesson.whole::<i64>("needs_sessions_held").is_some_and(|needs| n <= needs) {
            let spot = lesson.spot_of("needs_sessions_held");
            findings.add(
                spot,
                Fault::NeedsLater {
                    module: n,
                    needs: lesson.whole("needs_sessions_held").unwrap_or(n),
                },
            );
        }
    }
    if let (Some(sessions), Some(_)) = (cadence.whole::<i64>("sessions"), lessons.first()) {
        let count = i64::try_from(lessons.len()).unwrap_or(i64::MAX);
        if count != sessions {
            let fault =
                Fault::Sum { what: "the sessions of the syllabus", sum: count, total: sessions };
            findings.add(root.spot_of("syllabus"), fault);
        }
    }
}
