//! Who belongs, who leads, who waits.

use crate::{
    fault::Fault,
    lint::{at_most, labels, ordered},
    tree::Row,
    walk::Findings,
    words::{Asked, Before, Lateness, Membership, RoleKind, Shape, Stance, Word},
};

/// The category without which no program opens (U-07).
const CRISIS: &str = "crisis-emergency";

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    if let Some(group) = root.row("group") {
        sizes(&group, findings);
        membership(root, &group, findings);
    }
    roles(root, findings);
    screening(root, findings);
    safety(root, findings);
    consent(root, findings);
    supervision(root, findings);
    fees(root, findings);
}

fn sizes(group: &Row<'_>, findings: &mut Findings<'_>) {
    let figure = |field| group.whole::<i64>(field);
    if let (Some(min), Some(target), Some(max)) = (figure("min"), figure("target"), figure("max"))
        && !(min <= target && target <= max)
    {
        findings.add(group.spot_of("min"), Fault::SizesOrder { min, target, max });
    }
    at_most((group, "min_present"), (group, "max"), findings);
    at_most((group, "guest_visits_min"), (group, "guest_visits_max"), findings);
}

fn membership(root: &Row<'_>, group: &Row<'_>, findings: &mut Findings<'_>) {
    let shape = root.choice::<Shape>("shape");
    let membership = group.choice::<Membership>("membership");
    if let (Some(shape), Some(membership)) = (shape, membership)
        && !shape.memberships().contains(&membership)
    {
        let spot = group.spot_of("membership");
        findings.add(spot, Fault::MembershipOfShape { shape, membership });
    }
}

fn roles(root: &Row<'_>, findings: &mut Findings<'_>) {
    let forbidden = labels(root, "forbidden_roles", "id");
    let roles = root.rows("roles");
    for role in &roles {
        ordered(role, "min", "max", findings);
        if let Some(id) = role.text("id").filter(|id| forbidden.contains(id)) {
            findings.add(role.spot_of("id"), Fault::RoleForbidden { role: id.to_owned() });
        }
    }
    let participant = RoleKind::Participant.as_str();
    if !roles.is_empty() && !roles.iter().any(|role| role.text("kind") == Some(participant)) {
        findings.add(root.spot_of("roles"), Fault::NoParticipant);
    }
}

fn screening(root: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(screening) = root.row("screening") else { return };
    for deferral in screening.rows("deferrals") {
        if !deferral.has("refer") && !deferral.has("again_after_days") {
            findings.add(deferral.spot.clone(), Fault::DeferralNowhere);
        }
    }
}

fn safety(root: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(safety) = root.row("safety") else { return };
    let listed = safety.has("referral_categories");
    if listed && !safety.texts("referral_categories").iter().any(|(text, _)| *text == CRISIS) {
        let spot = safety.spot_of("referral_categories");
        findings.add(spot, Fault::NoCrisisCategory { category: CRISIS });
    }
}

/// Nobody's place depends on a consent beyond being there and being written down (CO-02).
fn consent(root: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(consent) = root.row("consent") else { return };
    for scope in
        consent.rows("scopes").iter().filter(|scope| says(scope, "before", Before::Attendance))
    {
        let asked = scope.choice::<Asked>("scope");
        if let Some(asked) =
            asked.filter(|asked| !matches!(asked, Asked::Participate | Asked::KeepRecords))
        {
            findings.add(scope.spot_of("before"), Fault::Bundled { scope: asked.as_str() });
        }
    }
}

/// No unit is paused for lacking staff that its phase sends away.
fn supervision(root: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(supervision) = root.row("supervision") else { return };
    let alone = |phase: &Row<'_>| {
        says(phase, "stance", Stance::OnCall) || says(phase, "stance", Stance::Consult)
    };
    let phases: Vec<Row<'_>> = root.rows("phases").into_iter().filter(alone).collect();
    for contact in supervision.rows("contacts") {
        if !says(&contact, "when_late", Lateness::Pause) {
            continue;
        }
        for (name, spot) in contact.texts("phases") {
            if phases.iter().any(|phase| phase.text("id") == Some(name)) {
                findings.add(spot, Fault::PauseWithoutStaff { phase: name.to_owned() });
            }
        }
    }
}

fn fees(root: &Row<'_>, findings: &mut Findings<'_>) {
    let Some(fees) = root.row("fees") else { return };
    let asks = fees
        .text("to_member")
        .is_some_and(|word| matches!(word, "optional" | "sliding" | "parameter"));
    let forbids = root.rows("rules").into_iter().find(|rule| rule.text("id") == Some("HC-03"));
    if let (true, Some(rule)) = (asks, forbids.and_then(|rule| rule.text("id")?.parse().ok())) {
        findings.add(fees.spot_of("to_member"), Fault::FeeForbidden { rule });
    }
    if asks && fees.flag("nothing_is_valid") != Some(true) {
        findings.add(fees.spot_of("to_member"), Fault::FeeGates);
    }
    let amount =
        ["most_minor", "cost_per_person_max_minor"].into_iter().find(|field| fees.has(field));
    if let (Some(field), false) = (amount, fees.has("currency")) {
        findings.add(fees.spot_of(field), Fault::NoCurrency);
    }
}

/// Whether a word of the file stands for a value.
pub(super) fn says<W: Word + PartialEq>(row: &Row<'_>, field: &str, wanted: W) -> bool {
    row.choice::<W>(field) == Some(wanted)
}
