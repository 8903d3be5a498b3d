//! A proposal convened: through the same gates as by hand, all of it or none.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::Role;
use circlekeeper::{NewCircle, NewGroup, UnitWords, convening_role};
use commons::{Code, MemberId};
use serde_json::json;

use super::{
    gather::{Gathered, Program},
    propose::Proposed,
    told::Words,
};
use crate::{
    args::Form,
    ask,
    commands::{Desk, not_future},
    exit::Exit,
    failure::Failure,
    screen::is_attended,
    store::Opened,
    texts::{self, text},
};

pub(super) fn accept(
    desk: &mut Desk,
    args: &Form,
    gathered: Gathered,
    proposed: &Proposed,
) -> Result<Exit, Failure> {
    let Gathered { hall, on, program, .. } = gathered;
    let Some(Program { mut keeper, terms, members, .. }) = program else {
        return Err(Failure::new("cli.form_without_program", &[]));
    };
    let on = not_future(on, keeper.today()?)?;
    let words = Words { hall: &hall, names: args.names };
    let circles: Vec<_> = proposed.formation.circles().collect();
    if circles.is_empty() {
        return Err(Failure::new("cli.no_circle", &[]));
    }
    desk.screen
        .table(&words.circle_heads(), circles.iter().map(|(ix, it)| words.circle_row(*ix, it)));
    let waits = proposed.formation.waiting().count();
    if is_attended() && !args.yes {
        let counts = [("circles", texts::count(circles.len())), ("waiting", texts::count(waits))];
        if !ask::yes(&texts::say("form-ask-convene", &counts))? {
            return Err(Failure::new("cli.form_left", &[]));
        }
    }
    let member = |key: &str| members.get(key).copied();
    // A role that begins with a later phase is given then, and to nobody before they are authorized.
    let role = convening_role(&terms);
    let mut roles =
        Roles { given: role.filter(|role| role.from_phase.is_none()), trainees: BTreeSet::new() };
    let mut wanted = Vec::with_capacity(circles.len());
    for (ix, circle) in &circles {
        let place = Some(words.place(circle)).filter(|place| !place.is_empty());
        let number = (ix.number() + 1).to_string();
        let name = text!("form-unit-name", number = number, time = words.time(circle.slot));
        let leaders = hall.team(circle.facilitator).iter().filter_map(|it| member(&it.key));
        let to_lead = leaders.clone().collect();
        let leads = roles.of(&mut keeper, leaders, on)?;
        let sits = circle.members.iter().filter_map(|ix| member(words.key(*ix)));
        let group = NewGroup { terms: terms.clone(), words: UnitWords { name, place }, on };
        wanted.push(NewCircle { group, members: sits.collect(), leads, to_lead });
    }
    let waiting = proposed.formation.waiting().filter_map(|ix| member(words.key(ix)));
    let units = keeper.convene(&wanted, &waiting.collect::<Vec<_>>(), on)?;
    desk.screen.gap();
    let counts = [("circles", texts::count(units.len())), ("waiting", texts::count(waits))];
    desk.screen.say(texts::say("form-convened", &counts));
    let heads = [text!("head-circle"), text!("head-code"), text!("head-when"), text!("head-leads")];
    let rows = circles.iter().zip(&units).map(|((ix, circle), unit)| {
        let number = (ix.number() + 1).to_string();
        vec![number, unit.short(), words.time(circle.slot), words.leads(circle.facilitator)]
    });
    desk.screen.table(&heads, rows.collect::<Vec<_>>());
    if !roles.trainees.is_empty() {
        let who: Vec<_> = roles.trainees.iter().map(|it| it.short()).collect();
        let args = [("n", texts::count(who.len())), ("who", who.join(", ").into())];
        desk.screen.say(texts::say("form-trainees", &args));
    }
    if let Some(role) = role.filter(|_| roles.given.is_none()) {
        let phase = role.from_phase.as_ref().map(ToString::to_string).unwrap_or_default();
        let role = texts::code("role", role.id.as_str());
        desk.screen.say(text!("form-role-later", role = role, phase = phase));
    }
    desk.screen.tell(text!("form-next-open"));
    desk.screen.say(text!("form-next-plan"));
    let told = circles.iter().zip(&units).map(|((ix, circle), unit)| {
        let mut told = words.circle_json(*ix, circle);
        if let Some(told) = told.as_object_mut() {
            told.insert("unit".to_owned(), json!(unit));
            told.insert("unit_code".to_owned(), json!(unit.short()));
        }
        told
    });
    desk.screen
        .answer(&json!({ "convened": told.collect::<Vec<_>>(), "waiting": waits, "on": on }));
    Ok(Exit::Done)
}

/// Who is given the role of leading, and who has to be authorized first.
struct Roles<'a> {
    given: Option<&'a Role>,
    trainees: BTreeSet<MemberId>,
}

impl Roles<'_> {
    fn of(
        &mut self,
        keeper: &mut Opened,
        leaders: impl Iterator<Item = MemberId>,
        on: NaiveDate,
    ) -> Result<Vec<(MemberId, Code)>, Failure> {
        let Some(role) = self.given else { return Ok(Vec::new()) };
        let mut leads = Vec::new();
        for leader in leaders {
            if role.trained && !keeper.may_lead(leader, &role.id, on)? {
                self.trainees.insert(leader);
            } else {
                leads.push((leader, role.id.clone()));
            }
        }
        Ok(leads)
    }
}
