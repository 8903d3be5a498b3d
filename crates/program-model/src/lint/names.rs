//! Names that have to be found elsewhere in the file.

use crate::{
    fault::Fault,
    lint::{among, labels},
    shipped::shipped,
    tree::{Row, Spot},
    walk::{Findings, nearest},
};

/// The names a file gives to its parts.
struct Names<'t> {
    roles: Vec<&'t str>,
    phases: Vec<&'t str>,
    training: Vec<&'t str>,
    timepoints: Vec<&'t str>,
    categories: Vec<&'t str>,
    scopes: Vec<&'t str>,
}

pub(super) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    let safety = root.row("safety");
    let consent = root.row("consent");
    let names = Names {
        roles: labels(root, "roles", "id"),
        phases: labels(root, "phases", "id"),
        training: labels(root, "training", "id"),
        timepoints: labels(root, "timepoints", "id"),
        categories: safety
            .iter()
            .flat_map(|safety| safety.texts("referral_categories"))
            .map(|(text, _)| text)
            .collect(),
        scopes: consent.iter().flat_map(|consent| labels(consent, "scopes", "scope")).collect(),
    };
    names.in_roles(root, findings);
    names.in_plans(root, findings);
    names.in_safety(root, findings);
    names.in_conditions(root, findings);
    after_phase(root, findings);
}

/// A list of names and what each of them is.
type Known<'n, 't> = (&'static str, &'n [&'t str]);

/// Notes a field whose name is not known.
fn one(row: &Row<'_>, field: &str, (what, known): Known<'_, '_>, findings: &mut Findings<'_>) {
    if let Some(name) = row.text(field) {
        among(what, name, known, row.spot_of(field), findings);
    }
}

/// Notes the names of a list that are not known.
fn each(row: &Row<'_>, field: &str, (what, known): Known<'_, '_>, findings: &mut Findings<'_>) {
    for (name, spot) in row.texts(field) {
        among(what, name, known, spot, findings);
    }
}

impl Names<'_> {
    fn in_roles(&self, root: &Row<'_>, findings: &mut Findings<'_>) {
        for role in root.rows("roles") {
            each(&role, "training", ("training", &self.training), findings);
            each(&role, "forbidden_with", ("role", &self.roles), findings);
            one(&role, "from_phase", ("phase", &self.phases), findings);
            one(&role, "until_phase", ("phase", &self.phases), findings);
            self.phase_order(&role, findings);
        }
        for incentive in root.rows("incentives") {
            one(&incentive, "role", ("role", &self.roles), findings);
        }
        if let Some(data) = root.row("data") {
            each(&data, "scores_visible_to", ("role", &self.roles), findings);
        }
    }

    fn phase_order(&self, role: &Row<'_>, findings: &mut Findings<'_>) {
        let place = |field| {
            let name = role.text(field)?;
            i64::try_from(self.phases.iter().position(|phase| *phase == name)? + 1).ok()
        };
        if let (Some(a), Some(b)) = (place("from_phase"), place("until_phase"))
            && b < a
        {
            let fault = Fault::Order { less: "from_phase", a, more: "until_phase", b };
            findings.add(role.spot_of("from_phase"), fault);
        }
    }

    fn in_plans(&self, root: &Row<'_>, findings: &mut Findings<'_>) {
        if let Some(supervision) = root.row("supervision") {
            one(&supervision, "by", ("role", &self.roles), findings);
            for contact in supervision.rows("contacts") {
                each(&contact, "phases", ("phase", &self.phases), findings);
            }
        }
        for training in root.rows("training") {
            one(&training, "phase", ("phase", &self.phases), findings);
        }
        for lesson in root.rows("syllabus") {
            one(&lesson, "phase", ("phase", &self.phases), findings);
            one(&lesson, "timepoint", ("timepoint", &self.timepoints), findings);
        }
        for timepoint in root.rows("timepoints") {
            one(&timepoint, "phase", ("phase", &self.phases), findings);
        }
        for measure in root.rows("measures") {
            each(&measure, "timepoints", ("timepoint", &self.timepoints), findings);
        }
    }

    fn in_safety(&self, root: &Row<'_>, findings: &mut Findings<'_>) {
        let category = ("referral category", self.categories.as_slice());
        if let Some(safety) = root.row("safety") {
            each(&safety, "on_call", ("role", &self.roles), findings);
            each(&safety, "on_call_phases", ("phase", &self.phases), findings);
            for exclusion in safety.rows("exclusions") {
                one(&exclusion, "refer", category, findings);
            }
        }
        if let Some(screening) = root.row("screening") {
            for deferral in screening.rows("deferrals") {
                one(&deferral, "refer", category, findings);
            }
        }
    }

    fn in_conditions(&self, root: &Row<'_>, findings: &mut Findings<'_>) {
        let phases = root.rows("phases");
        let of_phases =
            phases.iter().flat_map(|phase| ["enter", "exit"].map(|field| phase.rows(field)));
        let after = root.rows("after_phase");
        let of_after = after.iter().map(|after| after.rows("conditions"));
        for condition in of_phases.chain(of_after).flatten() {
            one(&condition, "role", ("role", &self.roles), findings);
            one(&condition, "timepoint", ("timepoint", &self.timepoints), findings);
            one(&condition, "training", ("training", &self.training), findings);
            one(&condition, "scope", ("scope of consent", &self.scopes), findings);
        }
    }
}

fn after_phase(root: &Row<'_>, findings: &mut Findings<'_>) {
    let own = root.text("id");
    for after in root.rows("after_phase") {
        let Some(model) = after.text("model") else { continue };
        if own != Some(model) && !shipped().iter().any(|known| known.id == *model) {
            unknown_model(model, after.spot_of("model"), findings);
        }
    }
}

fn unknown_model(model: &str, spot: Spot, findings: &mut Findings<'_>) {
    let meant = nearest(model, shipped().iter().map(|known| known.id.as_str()));
    findings.add(spot, Fault::UnknownModel { model: model.to_owned(), meant });
}
