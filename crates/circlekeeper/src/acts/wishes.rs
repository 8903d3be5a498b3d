//! When, where and among whom people can sit; who waits for a circle, and who can lead one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use circle_formation::Readiness;
use circle_model::{Holder, Life, MeetingTime, Role, Scope, Terms};
use commons::{DataClass, MemberId, Private, UnitId};
use event_log::EventLog;

use crate::{
    Asking, Fact, Keeper, KeeperError, MemberEvent, PersonLine, Standing, State, Surroundings,
    ToSeal, Wishes, gates, keeper::Saying,
};

/// Somebody who waits for a circle.
#[derive(Debug, Clone)]
pub struct Seatable {
    /// Who.
    pub line: PersonLine,
    /// What they said.
    pub wishes: Wishes,
}

/// Somebody who can lead circles.
#[derive(Debug, Clone)]
pub struct Leading {
    /// Who.
    pub line: PersonLine,
    /// What they said.
    pub wishes: Wishes,
    /// Whether they may lead.
    pub readiness: Readiness,
    /// How many circles they lead: by a role in one that has not ended, or by sessions to come.
    pub leads: usize,
    /// When they lead already, as far as it is planned, and for how many minutes.
    pub busy: BTreeSet<(MeetingTime, u16)>,
}

/// Who waits for a circle, and who can lead one.
#[derive(Debug, Clone)]
pub struct Seating {
    /// Who waits, in the order of enrolment.
    pub people: Vec<Seatable>,
    /// Who can lead.
    pub leaders: Vec<Leading>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Records what people said of when, where and among whom they can sit, or lead. It takes the place of what each of them
    /// said before. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn tell_wishes(
        &mut self,
        told: &[(MemberId, Wishes)],
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let mut sayings = Vec::with_capacity(told.len());
            for (member, wishes) in told {
                let no_key = || KeeperError::NotFound { what: "key", id: member.short() };
                let key = keeper.member_read(*member, reads)?.key.ok_or_else(no_key)?;
                let fact = Fact::Member(MemberEvent::WishesTold { member: *member, on });
                let words = ToSeal::new(key, DataClass::Identity, wishes)?;
                sayings.push(Saying::new(*member, fact).sealing(words));
            }
            Ok((sayings, ()))
        })
    }

    /// What everybody said last, for somebody who may know.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn wishes(
        &mut self,
        asking: &Asking,
    ) -> Result<BTreeMap<MemberId, Private<Wishes>>, KeeperError> {
        self.may_read(asking, DataClass::Identity)?;
        let said = self.log.read_kind("member.wishes_told").map_err(KeeperError::store)?;
        let mut newest = BTreeMap::new();
        for event in &said.events {
            let header = event.header();
            let fact = event.open().map(|open| Fact::decode(&header.kind, header.version, open));
            let Some(Ok(Fact::Member(MemberEvent::WishesTold { member, on }))) = fact else {
                continue;
            };
            let known = newest.entry(member).or_insert((on, event));
            if (known.0, known.1.id()) < (on, event.id()) {
                *known = (on, event);
            }
        }
        let mut wishes = BTreeMap::new();
        for (member, (_, event)) in newest {
            wishes.insert(member, self.words(event, DataClass::Identity)?);
        }
        Ok(wishes)
    }

    /// Who waits for a circle and who can lead one by these terms, for somebody who may know who they are. Whoever sits in a
    /// circle that has not ended waits for none; whoever cannot be read, or was erased, is left out.
    ///
    /// Where somebody said no place or language, those of their record stand in.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn seating(
        &mut self,
        asking: &Asking,
        terms: &Terms,
        on: NaiveDate,
    ) -> Result<Seating, KeeperError> {
        if !self.is_unlocked() {
            return Err(KeeperError::Locked);
        }
        let mut wishes = self.wishes(asking)?;
        let mut busy = self.busy(on)?;
        let mut seated = BTreeSet::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            if matches!(file.group.life(), Life::Ended { .. }) {
                continue;
            }
            seated.extend(file.group.roster().seated(on).map(|stay| stay.member));
            for leader in gates::facilitators(&file, on) {
                busy.entry(leader).or_default().units.insert(unit);
            }
        }
        let role = convening_role(terms).cloned();
        let mut seating = Seating { people: Vec::new(), leaders: Vec::new() };
        for line in self.people(asking)? {
            let Some(identity) = line.identity.known() else { continue };
            let said = wishes.remove(&line.member).and_then(|said| said.known().cloned());
            let mut said = said.unwrap_or_default();
            said.place = said.place.or_else(|| identity.place.clone());
            if said.languages.is_empty() {
                said.languages.extend(identity.language.clone());
            }
            let (member, wishes) = (line.member, said);
            match line.standing {
                Standing::Participant if !seated.contains(&member) => {
                    seating.people.push(Seatable { line, wishes });
                }
                Standing::Facilitator | Standing::Staff => {
                    let readiness = match &role {
                        Some(role) if role.trained && !self.may_lead(member, &role.id, on)? => {
                            // Where the role begins with a later phase, there is time to train.
                            let later = role.from_phase.is_some();
                            if later { Readiness::WithSupport } else { Readiness::NotYet }
                        }
                        _ => Readiness::Ready,
                    };
                    let Busy { units, times } = busy.remove(&member).unwrap_or_default();
                    let (leads, busy) = (units.len(), times);
                    seating.leaders.push(Leading { line, wishes, readiness, leads, busy });
                }
                Standing::Participant | Standing::Supervisor => {}
            }
        }
        Ok(seating)
    }

    /// What people lead, by the sessions that are still to come.
    fn busy(&mut self, on: NaiveDate) -> Result<BTreeMap<MemberId, Busy>, KeeperError> {
        let mut busy: BTreeMap<MemberId, Busy> = BTreeMap::new();
        for session in self.appointments(None)? {
            let day = session.at.date;
            if session.state != State::ToCome || day < on {
                continue;
            }
            let time = MeetingTime { day: day.weekday(), at: session.at.time };
            for member in session.led_by.keys() {
                let busy = busy.entry(*member).or_default();
                busy.units.insert(session.unit);
                busy.times.insert((time, session.minutes));
            }
        }
        Ok(busy)
    }
}

/// What somebody leads already.
#[derive(Default)]
struct Busy {
    units: BTreeSet<UnitId>,
    times: BTreeSet<(MeetingTime, u16)>,
}

/// The role of whoever leads a circle: the first of the terms that facilitators or staff hold in the unit. Where it begins with a
/// phase, nobody can be given it before.
#[must_use]
pub fn convening_role(terms: &Terms) -> Option<&Role> {
    terms.get().roles.iter().find(|role| {
        role.scope == Scope::Unit && matches!(role.holder, Holder::Facilitator | Holder::Staff)
    })
}
