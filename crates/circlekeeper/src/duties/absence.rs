//! Two sessions missed in a row: somebody goes to see, or calls (SH-10).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::{GroupEvent, SessionEvent};
use commons::{Code, EventId, MemberId, SessionId};
use safety_protocols::{Circumstances, Occurrence, Subject};

use super::{group::called_for, on_day, stays::closed};
use crate::UnitFile;

/// A session that somebody was ever said to have missed: its day, who wrote so, which it was.
type Miss = (NaiveDate, EventId, SessionId);

/// What the rules should know of who stayed away, and of who came back, left or was reached.
pub(super) fn tell(file: &UnitFile, here: &Circumstances) -> Vec<Occurrence> {
    let now = as_known_now(file);
    let mut told = Vec::new();
    let mut opened: BTreeMap<MemberId, Vec<(NaiveDate, EventId)>> = BTreeMap::new();
    for (member, misses) in ever_missed(file) {
        for (on, event, session) in &misses {
            // Any absence that follows another could be the second in a row.
            let earlier = |miss: &Miss| (miss.0, miss.1) < (*on, *event) && miss.2 != *session;
            if !misses.iter().any(earlier) {
                continue;
            }
            let subject = Subject::Member(member);
            let one = on_day(Code::of("session.absent_twice"), *event, subject, *on, here);
            told.push(called_for(one, now.twice.contains(&(*event, member))));
            opened.entry(member).or_default().push((*on, *event));
        }
    }
    told.extend(answers(file, &now, &opened, here));
    told
}

/// What answers a visit that is due: coming back, leaving, the end of the group, being reached.
fn answers(
    file: &UnitFile,
    now: &Now,
    opened: &BTreeMap<MemberId, Vec<(NaiveDate, EventId)>>,
    here: &Circumstances,
) -> Vec<Occurrence> {
    let answer = |kind, event, member: MemberId, on: NaiveDate, shows| {
        let openings = opened.get(&member)?.iter().filter(|(since, _)| *since <= on);
        let one = on_day(Code::of(kind), event, Subject::Member(member), on, here);
        Some(one.answering(openings.map(|(_, opening)| *opening), [Code::of(shows)]))
    };
    let mut told: Vec<Option<Occurrence>> = Vec::new();
    for (event, member, on) in &now.came {
        told.push(answer("session.came_back", *event, *member, *on, "came_back"));
    }
    for (id, fact) in file.group.facts() {
        if let GroupEvent::Left { member, on, .. } = fact {
            told.push(answer("member.left", id, *member, *on, "left"));
        }
    }
    if let Some((on, event)) = closed(file) {
        told.extend(opened.keys().map(|member| answer("group.ended", event, *member, on, "left")));
    }
    for (id, (member, reached, on)) in &file.contacts {
        let tried = file.contacts.values().filter(|(who, _, day)| who == member && day <= on);
        let shows = match (reached, tried.count()) {
            (true, _) => "contacted",
            (false, 3..) => "contact_tried_thrice",
            (false, _) => "contact_tried",
        };
        told.push(answer("member.contacted", *id, *member, *on, shows));
    }
    told.into_iter().flatten().collect()
}

/// For each member, every session that any account ever said they missed, first to last.
fn ever_missed(file: &UnitFile) -> BTreeMap<MemberId, BTreeSet<Miss>> {
    let joined: Vec<(MemberId, NaiveDate)> = file
        .group
        .ever()
        .filter_map(|(_, fact)| {
            if let GroupEvent::Joined { member, on, .. } = fact {
                Some((*member, *on))
            } else {
                None
            }
        })
        .collect();
    let mut missed: BTreeMap<MemberId, BTreeSet<Miss>> = BTreeMap::new();
    for (id, session) in &file.sessions {
        let corrected: BTreeSet<MemberId> = session
            .ever()
            .filter_map(|(_, fact)| {
                let SessionEvent::Corrected { member, mark, .. } = fact else { return None };
                (!mark.attended()).then_some(*member)
            })
            .collect();
        for (event, fact) in session.ever() {
            let SessionEvent::Held(record) = fact else { continue };
            let came = |member: &MemberId| {
                record.marks.get(member).is_some_and(|mark| mark.attended())
                    && !corrected.contains(member)
            };
            for (member, _) in joined.iter().filter(|(_, from)| *from <= record.on) {
                if !came(member) {
                    missed.entry(*member).or_default().insert((record.on, event, *id));
                }
            }
        }
    }
    missed
}

/// Who missed two sessions in a row, and who came, as far as is known now.
#[derive(Default)]
struct Now {
    twice: BTreeSet<(EventId, MemberId)>,
    came: Vec<(EventId, MemberId, NaiveDate)>,
}

fn as_known_now(file: &UnitFile) -> Now {
    let mut now = Now::default();
    let roster = file.group.roster();
    let mut row: BTreeMap<MemberId, u16> = BTreeMap::new();
    for session in file.meetings().held() {
        let marks = session.session.marks();
        let belonged = roster.stays().iter().filter(|stay| stay.belonged_on(session.on));
        for member in belonged.map(|stay| stay.member).collect::<BTreeSet<_>>() {
            let missed = row.entry(member).or_default();
            if marks.get(&member).is_some_and(|mark| mark.attended()) {
                now.came.push((session.event, member, session.on));
                *missed = 0;
            } else {
                *missed += 1;
                if *missed == 2 {
                    now.twice.insert((session.event, member));
                }
            }
        }
    }
    now
}
