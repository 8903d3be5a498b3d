//! What a group tells the rules: too few members, seats filled again, phases ended.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::{GroupEvent, Shape};
use commons::{Code, EventId};
use safety_protocols::{Circumstances, Occurrence, Subject, end_of_day, evidence};

use super::{on_day, stays::closed};
use crate::UnitFile;

/// What the rules should know of a group.
pub(super) fn tell(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let mut told = below_fewest(file, subject, here);
    told.extend(refilled(file, subject, here));
    told.extend(phases_ended(file, subject, here));
    told.extend(taken_back(file, subject, here));
    told
}

/// The end of a group answers what it was still to do: nobody supervises or affirms what is over.
pub(super) fn ended(
    file: &UnitFile,
    subject: Subject,
    told: &[Occurrence],
    here: &Circumstances,
) -> Option<Occurrence> {
    let (on, event) = closed(file)?;
    let until = end_of_day(on, here.zone);
    let openings = told.iter().filter(|one| one.happened_at <= until).map(|one| one.event);
    let over = on_day(Code::of("group.ended"), event, subject, on, here);
    Some(over.answering(openings, [Code::of("ended"), Code::of("closed")]))
}

/// The same occurrence; where what is known now shows that nothing called for it, it answers itself.
pub(super) fn called_for(one: Occurrence, called: bool) -> Occurrence {
    if called {
        return one;
    }
    let event = one.event;
    one.answering([event], [evidence::CORRECTED])
}

/// The first day on which it ever was said to meet, mistakes included.
fn ever_opened(file: &UnitFile) -> Option<NaiveDate> {
    let openings = file.group.ever().filter_map(|(_, fact)| {
        if let GroupEvent::Opened { on, .. } = fact { Some(*on) } else { None }
    });
    openings.min()
}

/// A closed group below its fewest members decides to go on, to merge or to end (U-02), within
/// the days of its own terms. Any leaving could be the one that brought it there.
fn below_fewest(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let Some(opened) = ever_opened(file) else { return Vec::new() };
    let below = below_now(file);
    let mut fell = BTreeMap::new();
    let mut told = Vec::new();
    for (id, fact) in file.group.ever() {
        let GroupEvent::Left { on, .. } = fact else { continue };
        if *on < opened {
            continue;
        }
        let mut one = on_day(Code::of("group.below_fewest"), id, subject, *on, here);
        let last = file.group.decides_by(*on);
        one.circumstances.moments.agreed_by = last.map(|last| end_of_day(last, here.zone));
        told.push(called_for(one, below.contains(&id)));
        fell.insert(id, *on);
    }
    if fell.is_empty() {
        return told;
    }
    for (id, fact) in file.group.facts() {
        let Some((on, shows)) = went_on(file, fact) else { continue };
        let answers = fell.iter().filter(|(_, since)| **since <= on).map(|(event, _)| *event);
        let answer = on_day(Code::of("group.went_on"), id, subject, on, here);
        told.push(answer.answering(answers, [Code::of(shows)]));
    }
    told
}

/// The leavings that brought a closed group below its fewest while it met.
fn below_now(file: &UnitFile) -> BTreeSet<EventId> {
    let closed =
        |on| file.group.terms_on(on).is_some_and(|(_, terms)| terms.get().shape == Shape::Closed);
    let fell = file.group.fell_below().into_iter();
    // Where a model switches the rule off, its terms give no day.
    let decides = fell.filter(|(_, on)| closed(*on) && file.group.decides_by(*on).is_some());
    decides.map(|(event, _)| event).collect()
}

/// How a group below its fewest members went on, if this event says so.
fn went_on(file: &UnitFile, fact: &GroupEvent) -> Option<(NaiveDate, &'static str)> {
    use circle_model::Decision::{End, GoOn, Merge};
    if let GroupEvent::Decided { what, on, present, agreed, .. } = fact {
        // Half of those who were there do not decide for the others.
        let words = [(*what == GoOn, "continued"), (*what == End, "closed")];
        let merged = (matches!(what, Merge { .. }), "merged");
        let (_, shows) = words.into_iter().chain([merged]).find(|(said, _)| *said)?;
        (agreed.len() * 2 > present.len()).then_some((*on, shows))
    } else if let GroupEvent::Closed { on, .. } = fact {
        Some((*on, "closed"))
    } else if let GroupEvent::Joined { on, .. } = fact {
        let fewest = file.group.terms()?.get().seats.fewest();
        (fewest <= file.group.roster().count(*on)).then_some((*on, "refilled"))
    } else {
        None
    }
}

/// After somebody joined an open circle, the ground rules are affirmed again (HC-09, GR-03).
fn refilled(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let Some(ever) = ever_opened(file) else { return Vec::new() };
    let opened = file.group.opened_on();
    let seated: BTreeSet<EventId> = file.group.facts().map(|(id, _)| id).collect();
    let mut told = Vec::new();
    let mut joined = BTreeMap::new();
    for (id, fact) in file.group.ever() {
        let GroupEvent::Joined { on, .. } = fact else { continue };
        if *on <= ever {
            continue;
        }
        let called = seated.contains(&id) && opened.is_some_and(|opened| opened < *on);
        for kind in ["member.refilled", "member.joined"] {
            told.push(called_for(on_day(Code::of(kind), id, subject, *on, here), called));
        }
        joined.insert(id, *on);
    }
    if joined.is_empty() {
        return told;
    }
    for (id, fact) in file.group.facts() {
        if let GroupEvent::AgreementAffirmed { on, .. } | GroupEvent::AgreementAdopted { on, .. } =
            fact
        {
            // One word of one member does not speak for the others (U-06).
            if !file.group.affirmed_by_all(*on) {
                continue;
            }
            let answers = joined.iter().filter(|(_, since)| *since <= on).map(|(event, _)| *event);
            let answer = on_day(Code::of("agreement.affirmed"), id, subject, *on, here);
            told.push(answer.answering(answers, [Code::of("agreement_reaffirmed")]));
        }
    }
    told
}

/// The end of a phase: some open a date to come back together (HC-08).
fn phases_ended(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let entries = || {
        file.group.ever().filter_map(|(id, fact)| {
            let GroupEvent::PhaseEntered { phase, cites, on, .. } = fact else { return None };
            Some((id, phase, cites, *on))
        })
    };
    let entered: BTreeMap<EventId, &Code> = entries().map(|(id, phase, ..)| (id, phase)).collect();
    let mut told = Vec::new();
    let mut opened = BTreeSet::new();
    for (id, _, cites, on) in entries() {
        for before in cites.iter().filter_map(|entry| entered.get(entry)) {
            if let Ok(kind) = format!("phase.{before}_ended").parse() {
                opened.insert((on, id));
                told.push(on_day(kind, id, subject, on, here));
            }
        }
    }
    let live: BTreeSet<EventId> = file.group.facts().map(|(id, _)| id).collect();
    let again = entries().filter(|(id, phase, ..)| phase.as_str() == "p6" && live.contains(id));
    for (id, _, _, on) in again {
        let reconvened = on_day(Code::of("group.reconvened"), id, subject, on, here);
        let before = opened.iter().filter(|(since, other)| *since <= on && *other != id);
        let answers = before.map(|(_, other)| *other);
        told.push(reconvened.answering(answers, [Code::of("reconvened")]));
    }
    told
}

/// Entries that were a mistake: what they opened stays in the list, and is answered so.
fn taken_back(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let days: BTreeMap<EventId, NaiveDate> =
        file.group.ever().filter_map(|(id, fact)| Some((id, day_of(fact)?))).collect();
    let voided = file.group.ever().filter_map(|(id, fact)| {
        let GroupEvent::Voided { entry, .. } = fact else { return None };
        let one = on_day(Code::of("group.voided"), id, subject, *days.get(entry)?, here);
        Some(one.answering([*entry], [evidence::VOIDED]))
    });
    voided.collect()
}

/// The day of an entry that can open a duty.
const fn day_of(fact: &GroupEvent) -> Option<NaiveDate> {
    if let GroupEvent::Left { on, .. }
    | GroupEvent::Joined { on, .. }
    | GroupEvent::PhaseEntered { on, .. } = fact
    {
        Some(*on)
    } else {
        None
    }
}
