//! What is wrong, across every room: asked of the state, never remembered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::{Group, Life, Lineage};
use commons::{
    Aggregate, Breach, ClassId, EventId, EventSet, MatterId, MemberId, Private, ReferralId, Rule,
    UnitId,
};
use event_log::{Event, EventLog, Key};
use serde::Serialize;

use crate::{
    ClassFile, Keeper, KeeperError, MatterFile, MemberFile, ReferralFile, Surroundings, UnitFile,
};

/// One thing that is wrong and that nobody has settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The unit, where it is of one.
    pub unit: Option<UnitId>,
    /// The room that finds it.
    pub room: &'static str,
    /// Its kind, as the room names it.
    pub kind: String,
    /// The rule that is broken, where one is.
    pub rule: Option<Rule>,
    /// The events that make it.
    pub events: EventSet,
}

fn finding<K: Serialize>(
    unit: Option<UnitId>,
    room: &'static str,
    rule: Option<Rule>,
    breach: Breach<K>,
) -> Finding {
    let kind =
        serde_json::to_value(&breach.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    Finding { unit, room, kind: kind.unwrap_or_default(), rule, events: breach.events }
}

/// Somebody's place in a group: the joining, from which day on, and until which.
struct Seat {
    unit: UnitId,
    joined: EventId,
    from: NaiveDate,
    until: NaiveDate,
}

/// What is found on a walk through the units, and what the walk learns for the rest.
#[derive(Default)]
struct Walk {
    found: BTreeSet<Finding>,
    seats: BTreeMap<MemberId, Vec<Seat>>,
    groups: Vec<Group>,
    /// In which unit a member, a matter or a referral is at home.
    homes: BTreeMap<Key, UnitId>,
}

impl Walk {
    fn through(&mut self, unit: UnitId, file: &UnitFile) {
        let open = file.group.open_breaches().into_iter().chain(file.meetings().open_breaches());
        for breach in open {
            self.found.insert(finding(Some(unit), "group", Some(breach.kind.rule()), breach));
        }
        for session in file.sessions.values() {
            self.judge(Some(unit), "session", session);
        }
        self.judge(Some(unit), "supervision", &file.supervision);
        let members = file.measures.keys().chain(file.consents.keys()).map(|id| Key::from(*id));
        let matters = file.matters.keys().map(|id| Key::from(*id));
        let referrals = file.referrals.keys().map(|id| Key::from(*id));
        self.homes.extend(members.chain(matters).chain(referrals).map(|key| (key, unit)));
        self.seat(unit, file);
        self.groups.push(file.group.clone());
    }

    fn judge<A: Aggregate>(&mut self, unit: Option<UnitId>, room: &'static str, one: &A)
    where
        A::Kind: Serialize,
    {
        let open = one.open_breaches().into_iter();
        self.found.extend(open.map(|breach| finding(unit, room, None, breach)));
    }

    /// Judges a stream by all of its events, wherever they were written.
    fn judge_stream<A: Aggregate>(&mut self, of: impl Into<Key>, room: &'static str, one: &A)
    where
        A::Kind: Serialize,
    {
        self.judge(self.homes.get(&of.into()).copied(), room, one);
    }

    fn seat(&mut self, unit: UnitId, file: &UnitFile) {
        let ended = match file.group.life() {
            Life::Ended { on, .. } => Some(on),
            Life::Unborn | Life::Gathering | Life::Meeting { .. } => None,
        };
        for stay in file.group.roster().stays() {
            let until = [stay.until, ended].into_iter().flatten().min().unwrap_or(NaiveDate::MAX);
            let seat = Seat { unit, joined: stay.joined, from: stay.from, until };
            self.seats.entry(stay.member).or_default().push(seat);
        }
    }

    /// What only several groups together show.
    fn across(&mut self) {
        self.found.extend(seated_twice(&self.seats));
        for breach in Lineage::of(&self.groups).breaches() {
            self.found.insert(Finding {
                unit: None,
                room: "lineage",
                kind: "own_ancestor".to_owned(),
                rule: Some(Rule::of("U-15")),
                events: breach.events,
            });
        }
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everything that is wrong and not settled, one line for each real conflict: in groups, and of
    /// people, classes, matters and referrals that are in none.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn findings(&mut self) -> Result<Vec<Finding>, KeeperError> {
        let mut walk = Walk::default();
        for unit in self.units()? {
            let Some(file) = self.unit_if_whole(unit)? else { continue };
            walk.through(unit, &file);
            walk.found.extend(self.watched(unit, &file)?);
        }
        walk.across();
        walk.found.extend(self.clash_findings()?);
        for (member, file) in self.streams::<MemberId, MemberFile>("measures.")? {
            walk.judge_stream(member, "measures", &file.measures);
        }
        for (member, file) in self.streams::<MemberId, MemberFile>("consent.")? {
            walk.judge_stream(member, "consent", &file.consent);
        }
        for (matter, file) in self.streams::<MatterId, MatterFile>("matter.")? {
            walk.judge_stream(matter, "matter", &file.matter);
        }
        for (referral, file) in self.streams::<ReferralId, ReferralFile>("referral.")? {
            walk.judge_stream(referral, "referral", &file.referral);
        }
        for (class, file) in self.streams::<ClassId, ClassFile>("class.")? {
            walk.judge_stream(class, "class", &file.class);
        }
        walk.found.extend(self.half_erased()?);
        Ok(walk.found.into_iter().collect())
    }

    /// Enrolments that lead to somebody who was erased: another copy enrolled them once more before
    /// it heard of it. Erasing that enrolment finishes it. Locked, nobody can tell.
    fn half_erased(&mut self) -> Result<Vec<Finding>, KeeperError> {
        let mut found = Vec::new();
        if !self.is_unlocked() {
            return Ok(found);
        }
        for line in self.person_lines()? {
            if let (Private::Known(_), Private::Erased) = (&line.person, &line.identity) {
                let link = self.member(line.member)?.link.as_ref().map(Event::id);
                found.push(Finding {
                    unit: None,
                    room: "people",
                    kind: "half_erased".to_owned(),
                    rule: None,
                    events: link.into_iter().collect(),
                });
            }
        }
        Ok(found)
    }
}

/// People who sit in two groups at a time, each pair of joinings once.
fn seated_twice(seats: &BTreeMap<MemberId, Vec<Seat>>) -> BTreeSet<Finding> {
    let mut found = BTreeSet::new();
    for stays in seats.values() {
        for (place, one) in stays.iter().enumerate() {
            for other in stays.iter().skip(place + 1).filter(|other| other.unit != one.unit) {
                if one.from < other.until && other.from < one.until {
                    found.insert(Finding {
                        unit: Some(one.unit),
                        room: "groups",
                        kind: "seated_twice".to_owned(),
                        rule: Some(Rule::of("U-10")),
                        events: [one.joined, other.joined].into(),
                    });
                }
            }
        }
    }
    found
}
