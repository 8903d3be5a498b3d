//! The one function that every way out asks.

use commons::DataClass;

use crate::{
    Action, Asker, Cell, Condition, Decision, Purpose, Reach, Refusal, Relation, View, cell,
};

/// Decides whether somebody may do something with a record of a class, to which they stand so, for a purpose.
///
/// What is public is read by everybody. Otherwise, in this order: the subject of a matter is refused
/// (PV-04), then the table and the purposes decide, then the hard lines of the action.
/// What no cell allows is refused.
pub fn may(
    asker: &Asker,
    action: Action,
    class: DataClass,
    relation: Relation,
    purpose: Purpose,
) -> Decision {
    match judge(asker, action, class, relation, purpose) {
        Ok(view) => Decision::Allowed(view),
        Err(refusal) => Decision::Refused(refusal),
    }
}

fn judge(
    asker: &Asker,
    action: Action,
    class: DataClass,
    relation: Relation,
    purpose: Purpose,
) -> Result<View, Refusal> {
    if class == DataClass::Public && matches!(action, Action::Read | Action::Export) {
        return Ok(View::Plain);
    }
    if relation == Relation::SubjectOfMatter && is_matter(class) {
        return Err(Refusal::SubjectOfMatter);
    }
    let cell = cell(class, asker.hat());
    match cell.reach {
        Reach::Nothing => return Err(Refusal::NotForThisRole),
        Reach::LeadDecides => return Err(Refusal::LeadDecides),
        Reach::DueProcess => return Err(Refusal::DueProcessOnly),
        Reach::Own
        | Reach::Circle
        | Reach::Supervised
        | Reach::Program
        | Reach::Packet
        | Reach::Glass => {}
    }
    if !purpose.serves(asker.hat(), class) {
        return Err(Refusal::NotForThisPurpose);
    }
    if !cell.reach.covers(relation) {
        return Err(Refusal::OutOfReach);
    }
    act(action, class, cell)?;
    match cell.needs {
        Some(condition) if !asker.has(condition) => Err(Refusal::Unproven(condition)),
        Some(_) | None => Ok(cell.view),
    }
}

/// The hard lines of each action.
fn act(action: Action, class: DataClass, cell: Cell) -> Result<(), Refusal> {
    let glass = cell.reach == Reach::Glass;
    match action {
        Action::BreakGlass if glass => Ok(()),
        Action::BreakGlass => Err(Refusal::NoGlass),
        Action::Read | Action::Write | Action::Export if glass => Err(Refusal::GlassOnly),
        Action::Write if !cell.writes => Err(Refusal::NotToBeChanged),
        Action::Export if is_never_in_bulk(class) => Err(Refusal::NeverInBulk),
        Action::Export if cell.needs == Some(Condition::PacketConsented) => {
            Err(Refusal::OneAtATime)
        }
        Action::Read | Action::Write | Action::Export => Ok(()),
    }
}

/// The classes that speak of a matter with a subject (PV-04).
const fn is_matter(class: DataClass) -> bool {
    matches!(class, DataClass::Incident | DataClass::Safeguarding | DataClass::Complaint)
}

/// The classes that never leave in bulk, not even as counts by this way (PV-05); their counts
/// are [`DataClass::Aggregates`].
const fn is_never_in_bulk(class: DataClass) -> bool {
    matches!(
        class,
        DataClass::SafeContact
            | DataClass::Notes
            | DataClass::RiskAnswers
            | DataClass::SafetyPlan
            | DataClass::Incident
            | DataClass::Safeguarding
    )
}
