//! Looks at every byte of every event, and names what is damaged.

use event_log::{Damage, EventLog, Spot, Weight};
use serde_json::json;
use store_sqlite::SqliteLog;

use super::Desk;
use crate::{
    exit::Exit,
    failure::Failure,
    progress::Progress,
    store,
    texts::{self, text},
};

pub(crate) fn run(desk: &mut Desk) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let log = SqliteLog::open_read_only(&place.store())?;
    // Whether it is a demo; a program that cannot be read does not keep its log from being looked at.
    let program = store::look(&place, &mut desk.screen);
    let is_lost = program.is_err_and(|failure| failure.code == "keeper.no_program");
    let bar = Progress::new(desk.screen.json());
    let verdict = log.verify(&mut |done, all| bar.at(done, all))?;
    bar.end();
    let harm = verdict.damage.iter().filter(|damage| damage.weight() == Weight::Harm).count();
    let harm = harm + usize::from(is_lost);
    let is_withheld = |damage: &&Damage| matches!(damage, Damage::Withheld { .. });
    let withheld = verdict.damage.iter().filter(is_withheld).count();
    let args = [("n", report::Arg::Count(verdict.events))];
    desk.screen.say(texts::say("verify-events", &args));
    for damage in verdict.damage.iter().filter(|damage| !is_withheld(damage)) {
        desk.screen.say(told(damage));
    }
    if withheld > 0 {
        desk.screen.say(texts::say("verify-withheld", &[("n", texts::count(withheld))]));
    }
    if is_lost {
        desk.screen.say(text!("verify-no-program"));
    }
    let heads = log.heads()?;
    for head in &heads {
        let (origin, link) = (head.origin.short(), link(head.link));
        desk.screen.say(text!("verify-head", origin = origin, seq = head.seq, link = link));
    }
    let exit = if harm == 0 { Exit::Done } else { Exit::Damaged };
    if harm == 0 {
        desk.screen.say(text!("verify-whole"));
    } else {
        desk.screen.say(texts::say("verify-harmed", &[("n", texts::count(harm))]));
    }
    let damage: Vec<_> = verdict
        .damage
        .iter()
        .map(|damage| {
            json!({
                "words": told(damage),
                "harm": damage.weight() == Weight::Harm,
                "event": damage.event(),
            })
        })
        .collect();
    desk.screen.answer(&json!({
        "events": verdict.events,
        "damage": damage,
        "withheld": withheld,
        "heads": heads,
        "exit": exit.number(),
    }));
    Ok(exit)
}

/// The first digits of a link, for a comparison with paper.
pub(crate) fn link(digest: event_log::Digest) -> String {
    digest.to_string().chars().take(16).collect()
}

/// One thing that is not as it should be, in words: where, and what.
pub(crate) fn told(damage: &Damage) -> String {
    let at = |spot: &Spot| {
        let (origin, seq) = (spot.origin.short(), spot.seq);
        match spot.id {
            Some(id) => text!("spot-event", event = id.short(), seq = seq, origin = origin),
            None => text!("spot", seq = seq, origin = origin),
        }
    };
    match damage {
        Damage::Withheld { spot } => text!("damage-withheld", at = at(spot)),
        Damage::Lost { spot } => text!("damage-lost", at = at(spot)),
        Damage::Misfiled { spot, number } => {
            text!("damage-misfiled", at = at(spot), part = u64::from(*number))
        }
        Damage::Header { spot, why } => {
            text!("damage-header", at = at(spot), why = why.to_string())
        }
        Damage::Body { spot } => text!("damage-body", at = at(spot)),
        Damage::Part { spot, number } => {
            text!("damage-part", at = at(spot), part = u64::from(*number))
        }
        Damage::Empty { spot, number } => {
            text!("damage-empty", at = at(spot), part = u64::from(*number))
        }
        Damage::Unblanked { spot, number } => {
            text!("damage-unblanked", at = at(spot), part = u64::from(*number))
        }
        Damage::Link { spot } => text!("damage-link", at = at(spot)),
        Damage::Unfound { spot } => text!("damage-unfound", at = at(spot)),
        Damage::Gap { origin, first, last } => {
            text!("damage-gap", origin = origin.short(), first = *first, last = *last)
        }
        Damage::Tip { origin } => text!("damage-tip", origin = origin.short()),
        Damage::Fork(fork) => text!("damage-fork", origin = fork.origin.short(), seq = fork.seq),
        Damage::Quarantined { id } => text!("damage-quarantined", event = id.short()),
        Damage::Unreadable { origin, seq, finding } => text!(
            "damage-unreadable",
            origin = origin.short(),
            seq = *seq,
            finding = finding.as_str(),
        ),
        Damage::Count { key, found, events } => {
            text!("damage-count", key = key.to_string(), found = *found, events = *events,)
        }
        Damage::Undead { key } => text!("damage-undead", key = key.short()),
        Damage::Wrapped { key } => text!("damage-wrapped", key = key.short()),
        Damage::Destroyed { key } => text!("damage-destroyed", key = key.short()),
        Damage::Keyless { keys } => {
            texts::say("damage-keyless", &[("n", report::Arg::Count(*keys))])
        }
        Damage::Setting { name } => text!("damage-setting", name = name.as_str()),
        Damage::File { finding } => text!("damage-file", finding = finding.as_str()),
        other => other.to_string(),
    }
}
