//! The calendar of a program: its sessions as appointments, and which of them cannot both be.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono::{NaiveDate, TimeDelta};
use circle_model::{
    Booking, Clash, LocalTime, NotHeldReason, Outcome, Session, SessionEvent, Travel, clashes,
};
use commons::{Code, DataClass, EventSet, MemberId, Private, Rule, SessionId, UnitId};
use event_log::EventLog;

use crate::{Finding, Keeper, KeeperError, Surroundings, UnitWords};

/// A session with its time: what stands in a calendar. Times, codes and counts, and no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The unit that meets.
    pub unit: UnitId,
    /// The session.
    pub session: SessionId,
    /// Its number in the unit.
    pub number: u16,
    /// The day and the time on the wall.
    pub at: LocalTime,
    /// How long, in minutes.
    pub minutes: u16,
    /// Its theme.
    pub theme: Option<Code>,
    /// Who is to lead, and in which role.
    pub led_by: BTreeMap<MemberId, Code>,
    /// Who of them stands in.
    pub substitute: Option<MemberId>,
    /// What became of it.
    pub state: State,
    /// How often it was moved, called off or taken back: the revision of a calendar entry.
    pub changes: u32,
}

/// What became of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is still to come, or nobody wrote it down.
    ToCome,
    /// It took place.
    Held,
    /// It did not, for a reason.
    NotHeld(NotHeldReason),
    /// Its planning was a mistake.
    TakenBack,
}

impl Appointment {
    /// The appointment of a session that was ever planned.
    fn of(unit: UnitId, id: SessionId, session: &Session) -> Option<Self> {
        let (mut plan, mut at, mut changes) = (None, None, 0);
        for (_, fact) in session.ever() {
            match fact {
                SessionEvent::Planned { .. } => plan = plan.or(Some(fact)),
                SessionEvent::Moved { at: to, .. } => {
                    at = Some(*to);
                    changes += 1;
                }
                SessionEvent::NotHeld { .. } | SessionEvent::Voided { .. } => changes += 1,
                SessionEvent::Held(_)
                | SessionEvent::Corrected { .. }
                | SessionEvent::HeadsCounted { .. }
                | SessionEvent::Reviewed { .. }
                | SessionEvent::Settled { .. } => {}
                _ => {}
            }
        }
        let Some(SessionEvent::Planned {
            number,
            at: first,
            minutes,
            theme,
            led_by,
            substitute,
            ..
        }) = plan
        else {
            return None;
        };
        let state = match session.outcome() {
            Outcome::Held { .. } => State::Held,
            Outcome::NotHeld { why, .. } => State::NotHeld(why),
            Outcome::Planned if session.planned().is_none() => State::TakenBack,
            Outcome::Planned => State::ToCome,
        };
        let live = session.planned();
        Some(Self {
            unit,
            session: id,
            number: live.map_or(*number, |live| live.number),
            at: session.at().or(at).unwrap_or(*first),
            minutes: live.map_or(*minutes, |live| live.minutes),
            theme: live.map_or(theme.as_ref(), |live| live.theme).cloned(),
            led_by: live.map_or(led_by, |live| live.led_by).clone(),
            substitute: live.map_or(*substitute, |live| live.substitute),
            state,
            changes,
        })
    }
}

/// A seat of a unit, with its row on sheets of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// The row, from 1, in the order in which people joined. Whoever left leaves their row empty; a
    /// merge that brings an earlier joining moves the rows after it.
    pub row: u16,
    /// Who sits there.
    pub member: MemberId,
}

/// Where a unit meets, to be told apart from another place and never shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Room(String);

impl Room {
    /// The room that somebody calls so, whichever letters are large and however it is spaced.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        (!words.is_empty()).then(|| Self(words.join(" ")))
    }
}

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Room([private])")
    }
}

/// A session as one that takes somebody's time and a room; none where it takes neither.
pub(crate) fn booking(
    id: SessionId,
    session: &Session,
    room: Option<&Room>,
) -> Option<Booking<Room>> {
    let (planned, at) = (session.planned()?, session.at()?);
    if let Outcome::NotHeld { .. } = session.outcome() {
        return None;
    }
    let starts_at = at.instant().0;
    Some(Booking {
        session: id,
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(planned.minutes.into()),
        led_by: planned.led_by.keys().copied().collect(),
        room: room.cloned(),
    })
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// The appointments of every unit, or of one, in the order of their times. Works locked.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] where the unit is not here, [`KeeperError::Store`].
    pub fn appointments(&mut self, unit: Option<UnitId>) -> Result<Vec<Appointment>, KeeperError> {
        let units = match unit {
            Some(unit) => {
                self.unit(unit)?;
                vec![unit]
            }
            None => self.units()?,
        };
        let mut all = Vec::new();
        for unit in units {
            let Some(file) = self.unit_if_whole(unit)? else { continue };
            let sessions = file.sessions.iter();
            all.extend(sessions.filter_map(|(id, session)| Appointment::of(unit, *id, session)));
        }
        all.sort_by_key(|it| (it.at.instant().0, it.unit, it.number, it.session));
        Ok(all)
    }

    /// The seats of a unit that are taken on a day, by their rows. Works locked.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn seats(&mut self, unit: UnitId, on: NaiveDate) -> Result<Vec<Seat>, KeeperError> {
        let roster = self.unit(unit)?.group.roster();
        let mut stays: Vec<_> = roster.stays().iter().collect();
        stays.sort_by_key(|stay| stay.joined);
        let mut known = BTreeSet::new();
        stays.retain(|stay| known.insert(stay.member));
        let here: BTreeSet<MemberId> = roster.seated(on).map(|stay| stay.member).collect();
        let seats = (1..).zip(stays).map(|(row, stay)| Seat { row, member: stay.member });
        Ok(seats.filter(|seat| here.contains(&seat.member)).collect())
    }

    /// Sixteen bytes that stand for something outside of the program: always the same for its id and
    /// for a use, and leading nobody back to it who has not the passphrase.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`].
    pub fn alias(&self, used_for: &Code, of: &[u8]) -> Result<[u8; 16], KeeperError> {
        let vault = self.keys.unlocked().ok_or(KeeperError::Locked)?;
        let words = [b"circlekeeper alias 1 ".as_slice(), used_for.as_str().as_bytes(), b" ", of];
        let print = vault.fingerprint(&words.concat());
        let mut alias = [0; 16];
        alias.iter_mut().zip(print).for_each(|(to, from)| *to = from);
        Ok(alias)
    }

    /// Where a unit meets, where it was written down and can be read.
    pub(crate) fn room_of(&mut self, unit: UnitId) -> Result<Option<Room>, KeeperError> {
        if let Some(known) = self.rooms.get(&unit) {
            return Ok(known.clone());
        }
        let named = self.unit_if_whole(unit)?.and_then(|file| file.named.clone());
        let Some(event) = named.filter(|_| self.is_unlocked()) else { return Ok(None) };
        let words: Private<UnitWords> = self.words(&event, DataClass::Schedule)?;
        let place = words.known().and_then(|words| words.place.as_deref());
        let room = place.and_then(Room::called);
        self.rooms.insert(unit, room.clone());
        Ok(room)
    }

    /// Sessions to come that cannot both be, which a merge may bring together: each pair once. Locked,
    /// nobody can tell who shares a room.
    pub(crate) fn clash_findings(&mut self) -> Result<BTreeSet<Finding>, KeeperError> {
        let mut bookings = Vec::new();
        let mut made: BTreeMap<SessionId, (UnitId, EventSet)> = BTreeMap::new();
        for unit in self.units()? {
            let Some(file) = self.unit_if_whole(unit)? else { continue };
            let room = self.room_of(unit)?;
            let to_come =
                file.sessions.iter().filter(|(_, session)| session.outcome() == Outcome::Planned);
            for (id, session) in to_come {
                let Some(booking) = booking(*id, session, room.as_ref()) else { continue };
                bookings.push(booking);
                made.insert(*id, (unit, session.timed_by()));
            }
        }
        let found = clashes(&bookings, &Travel::default()).into_iter();
        Ok(found.filter_map(|clash| finding(clash, &made)).collect())
    }
}

fn finding(clash: Clash, made: &BTreeMap<SessionId, (UnitId, EventSet)>) -> Option<Finding> {
    let (first, second) = clash.sessions();
    let ((unit, first), (_, second)) = (made.get(&first)?, made.get(&second)?);
    let kind = match clash {
        Clash::Leader { .. } => "leader_elsewhere",
        Clash::Room { .. } => "room_taken",
    };
    Some(Finding {
        unit: Some(*unit),
        room: "calendar",
        kind: kind.to_owned(),
        rule: Some(Rule::of("U-10")),
        events: first.union(second).copied().collect(),
    })
}
