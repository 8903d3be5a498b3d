//! Who is kept apart and who is to sit together: noted, listed by who may know, lifted.

use chrono::NaiveDate;
use circlekeeper::{Asking, CompanyLine, Pair, PersonLine};
use commons::{EventId, PersonId};
use convening::Lists;
use serde_json::json;

use crate::{
    args::{Form, HatWord},
    commands::{Desk, erase, not_future},
    exit::Exit,
    failure::Failure,
    store::{self, Opened},
    texts::{self, text},
    trouble::Troubles,
};

/// Whether the options note, list or lift pairs.
pub(super) fn are_noted(args: &Form) -> bool {
    let noted = !args.keep_apart.is_empty() || !args.together.is_empty();
    noted || args.pairs || args.lift.is_some()
}

pub(super) fn run(desk: &mut Desk, args: &Form) -> Result<Exit, Failure> {
    let place = desk.place()?;
    if args.pairs {
        let mut keeper = store::looked_into(&place, &desk.globals, &mut desk.screen)?;
        return list(desk, &mut keeper, args);
    }
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    let on = not_future(args.on.unwrap_or(today), today)?;
    if let Some(code) = &args.lift {
        return lift(desk, &mut keeper, args, code, on);
    }
    let people = keeper.people(&Asking::coordinator())?;
    let person = |code: &str| {
        let line = erase::find(&people, code)?;
        line.person.known().copied().ok_or_else(|| Failure::new("cli.nobody", &[]))
    };
    // All of them are looked up before one is written down.
    let mut noted: Vec<(Pair, PersonId, PersonId)> = Vec::new();
    for (pair, typed) in typed(args) {
        let (one, other) = two(typed)?;
        noted.push((pair, person(one)?, person(other)?));
    }
    for (_, one, other) in &noted {
        if one == other {
            return Err(Failure::new("formation.one-person", &[]));
        }
    }
    for (pair, one, other) in &noted {
        keeper.note_company(*pair, *one, *other, on)?;
    }
    for (kind, id) in [(Pair::Apart, "form-noted-apart"), (Pair::Together, "form-noted-together")] {
        let n = noted.iter().filter(|(pair, ..)| *pair == kind).count();
        if n > 0 {
            desk.screen.say(texts::say(id, &[("n", texts::count(n))]));
        }
    }
    desk.screen.answer(&json!({ "noted": noted.len(), "on": on }));
    Ok(Exit::Done)
}

fn typed(args: &Form) -> impl Iterator<Item = (Pair, &str)> {
    let apart = args.keep_apart.iter().map(|pair| (Pair::Apart, pair.as_str()));
    apart.chain(args.together.iter().map(|pair| (Pair::Together, pair.as_str())))
}

/// The two codes of a pair.
fn two(typed: &str) -> Result<(&str, &str), Failure> {
    let pair = typed.split_once(',').map(|(one, other)| (one.trim(), other.trim()));
    pair.filter(|(one, other)| !one.is_empty() && !other.is_empty() && !other.contains(','))
        .ok_or_else(|| Failure::new("cli.not_a_pair", &[]))
}

/// Puts the pairs of the options into lists that come from files; what is wrong with a pair is told of its option.
pub(super) fn in_lists(args: &Form, lists: &mut Lists, troubles: &mut Troubles) {
    for (pair, typed) in typed(args) {
        if let Err(failure) = in_list(pair, typed, lists) {
            troubles.extend(failure.in_file(match pair {
                Pair::Apart => "--keep-apart",
                Pair::Together => "--together",
            }));
        }
    }
}

fn in_list(pair: Pair, typed: &str, lists: &mut Lists) -> Result<(), Failure> {
    let (one, other) = two(typed)?;
    if one == other {
        return Err(Failure::new("formation.one-person", &[]));
    }
    let leads = |key: &str| lists.leaders.iter().any(|it| it.key == key);
    // Somebody who leads is barred, whichever of the two is named first; whoever sits may lead too.
    let sits = |key: &str| lists.entrants.iter().any(|it| it.key == key);
    let (one, other) = if sits(one) { (one, other) } else { (other, one) };
    let barred = pair == Pair::Apart && !sits(other) && leads(other);
    if !sits(one) || !(barred || sits(other)) {
        return Err(Failure::new("cli.nobody_in_list", &[]));
    }
    let other = other.to_owned();
    for entrant in lists.entrants.iter_mut().filter(|it| it.key == one).take(1) {
        match pair {
            Pair::Apart if barred => entrant.barred.insert(other.clone()),
            Pair::Apart => entrant.apart.insert(other.clone()),
            Pair::Together => entrant.together.insert(other.clone()),
        };
    }
    Ok(())
}

fn asking(args: &Form) -> Asking {
    match args.hat {
        Some(HatWord::SafeguardingLead) => Asking::safeguarding(),
        Some(HatWord::Coordinator) | None => Asking::coordinator(),
    }
}

/// Lists the pairs for who may know, each with the code by which it is lifted.
fn list(desk: &mut Desk, keeper: &mut Opened, args: &Form) -> Result<Exit, Failure> {
    let lines = keeper.company(&asking(args))?;
    let people = keeper.people(&Asking::coordinator())?;
    let heads = [
        text!("head-code"),
        text!("head-pair"),
        text!("head-person"),
        text!("head-person"),
        text!("head-since"),
        text!("head-both-in"),
    ];
    let row = |line: &CompanyLine| {
        let pair = word(line.pair);
        let (one, other) = (codes(&people, line.one, args), codes(&people, line.other, args));
        let both: Vec<_> = line.both_in.iter().map(|unit| unit.short()).collect();
        vec![line.event.short(), pair, one, other, line.on.to_string(), both.join(", ")]
    };
    desk.screen.table(&heads, lines.iter().map(row).collect::<Vec<_>>());
    desk.screen.say(texts::say("form-pairs", &[("n", texts::count(lines.len()))]));
    let told = lines.iter().map(|line| {
        json!({
            "code": line.event.short(),
            "event": line.event,
            "pair": line.pair,
            "people": [line.one, line.other],
            "codes": [codes(&people, line.one, args), codes(&people, line.other, args)],
            "on": line.on,
            "both_in": line.both_in,
        })
    });
    desk.screen.answer(&json!({ "pairs": told.collect::<Vec<_>>() }));
    Ok(Exit::Done)
}

fn word(pair: Pair) -> String {
    match pair {
        Pair::Apart => text!("pair-apart"),
        Pair::Together => text!("pair-together"),
    }
}

/// The enrolments of a person, and their name where that was asked for.
fn codes(people: &[PersonLine], person: PersonId, args: &Form) -> String {
    let lines = people.iter().filter(|line| line.person.known() == Some(&person));
    let called = |line: &PersonLine| match line.identity.known().filter(|_| args.names) {
        Some(identity) => {
            text!("form-named", key = line.member.short(), name = identity.name.as_str())
        }
        None => line.member.short(),
    };
    lines.map(called).collect::<Vec<_>>().join(", ")
}

fn lift(
    desk: &mut Desk,
    keeper: &mut Opened,
    args: &Form,
    code: &str,
    on: NaiveDate,
) -> Result<Exit, Failure> {
    let asking = asking(args);
    let typed = erase::written(code);
    let known = keeper.company(&asking)?;
    let found: Vec<EventId> =
        known.iter().map(|line| line.event).filter(|event| event.short() == typed).collect();
    let [event] = found.as_slice() else { return Err(Failure::new("cli.no_pair", &[])) };
    keeper.lift_company(&asking, *event, on)?;
    desk.screen.say(text!("form-lifted"));
    desk.screen.answer(&json!({ "lifted": event, "on": on }));
    Ok(Exit::Done)
}
