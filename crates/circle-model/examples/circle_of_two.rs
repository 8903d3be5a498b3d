//! A circle of two, in which a third person finds no seat.

use chrono::NaiveDate;
use circle_model::{
    Admission, Agenda, Cadence, Group, Joining, ModelRef, Plan, Seats, Shape, Terms, TermsDraft,
};
use commons::{Aggregate, Code, EventId, MemberId, UnitId};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let terms = Terms::new(TermsDraft {
        model: ModelRef { id: Code::of("pair"), version: 1 },
        shape: Shape::Closed,
        seats: Seats::new(2, 2, 2)?,
        joining: Joining::ByConsent,
        cadence: Cadence::new(7, 3, 6, 60, 25)?,
        roles: vec![],
        forbidden_roles: vec![Code::of("clinician")],
        plan: Plan::default(),
        agenda: Agenda::default(),
        completed_at: None,
        decide_within_days: Some(14),
        fixed_rules: vec![],
    })?;
    let on = NaiveDate::from_ymd_opt(2026, 3, 2).ok_or("a day")?;
    let mut pair = Group::default();
    pair.apply(EventId::number(1), &Group::form(UnitId::number(1), terms, on));

    let ask = |n| Admission {
        member: MemberId::number(n),
        on,
        sessions_held: 0,
        visits: 0,
        consent: None,
    };
    for n in [1, 2] {
        let joined = pair.admit(ask(n))?;
        pair.apply(EventId::number(n + 1), &joined);
    }
    let refused = pair.admit(ask(3));
    assert_eq!(refused.map_err(|error| error.to_string()), Err("the group is full: 2 of 2".into()));
    Ok(())
}
