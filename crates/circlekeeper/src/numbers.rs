//! The program as a cohort: what reports are made of.
//!
//! Only open facts are read, so that a report is the same locked and unlocked, and the same after
//! somebody was erased. Where somebody lives is sealed: no area is told.

mod part;
mod plan;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use circle_access::Action;
use circle_model::{HeldSession, Mark, Outcome};
use commons::{DataClass, MemberId, UnitId};
use event_log::{Event, EventLog};
use outcomes::{Cohort, Enrolment, PersonIx, SessionState, SheetState, UnitIx};

use crate::{Asking, Keeper, KeeperError, MemberFile, Standing, Surroundings, UnitFile};

pub use part::Part;

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everybody who was enrolled to sit in a circle, once each, with what they came to and what
    /// was measured. No name is read: it works on enrolments, erased ones too.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] for whom no figures are, [`KeeperError::Damaged`] where anything that it counts is damaged, [`KeeperError::Store`].
    pub fn cohort(&mut self, asking: &Asking, now: DateTime<Utc>) -> Result<Cohort, KeeperError> {
        self.cohort_of(asking, now, &Part::default())
    }

    /// The same of a part of them, in the circles where they sit. Incidents, referrals, duties and trainings
    /// are counted for the whole program only: a part knows nothing of them.
    ///
    /// # Errors
    ///
    /// As [`cohort`](Self::cohort).
    pub fn cohort_of(
        &mut self,
        asking: &Asking,
        now: DateTime<Utc>,
        part: &Part,
    ) -> Result<Cohort, KeeperError> {
        self.may(asking, Action::Export, DataClass::Aggregates)?;
        let seated = if part.is_whole() { None } else { Some(self.seated(part)?) };
        let chosen = seated.as_ref().map(|seated| &seated.chosen);
        let mut cohort = Cohort::default();
        cohort.every_mark_is_here();
        let mut people = BTreeMap::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            let roster = file.group.roster();
            let mut stays = roster.stays().iter();
            if chosen.is_none_or(|it| stays.any(|stay| it.contains(&stay.member))) {
                self.take_unit(&mut cohort, unit, &file, &mut people, chosen)?;
            }
        }
        let sits = |member: &MemberId| match &seated {
            Some(seated) => seated.all.contains(member),
            None => people.contains_key(member),
        };
        self.take_unseated(&mut cohort, &sits, part)?;
        if part.is_whole() {
            cohort.work = self.work(now)?;
        }
        // A report that is short of a circle without saying so would be worse than none.
        self.nothing_damaged()?;
        Ok(cohort)
    }

    fn take_unit(
        &mut self,
        cohort: &mut Cohort,
        unit: UnitId,
        file: &UnitFile,
        people: &mut BTreeMap<MemberId, PersonIx>,
        chosen: Option<&BTreeSet<MemberId>>,
    ) -> Result<(), KeeperError> {
        let model = part::model(file);
        let place = cohort.unit(unit, model.as_ref()).map_err(KeeperError::refused)?;
        for session in file.sessions.values() {
            let (state, number, minutes) = session_state(session);
            cohort.session(place, number, state, minutes).map_err(KeeperError::refused)?;
        }
        let meetings = file.meetings();
        let held = meetings.held();
        let mut seats = seats(file, &held, place);
        seats.retain(|member, _| chosen.is_none_or(|chosen| chosen.contains(member)));
        for (member, seat) in &seats {
            match people.get(member) {
                // A person is one, in however many circles they sit.
                Some(person) => cohort.seat(*person, *seat).map_err(KeeperError::refused)?,
                None => {
                    let person = cohort.person(*seat).map_err(KeeperError::refused)?;
                    take_sheets(cohort, person, &*self.member(*member)?)?;
                    people.insert(*member, person);
                }
            }
        }
        for session in &held {
            for (member, mark) in session.session.marks() {
                // A guest of one evening has no seat, and is no seat that stayed empty.
                if let Some(person) = people.get(&member).filter(|_| seats.contains_key(&member)) {
                    let (number, mark) = (session.number.max(1), counted(mark));
                    cohort.mark(*person, place, number, mark).map_err(KeeperError::refused)?;
                }
            }
        }
        Ok(())
    }

    /// Once anybody was measured: people who were enrolled and sit in no circle. They were to be
    /// measured as well, and leaving them out would make losses look smaller. Whoever waits for a
    /// place, or was asked to wait when they were screened, does not count yet.
    fn take_unseated(
        &mut self,
        cohort: &mut Cohort,
        sits: &dyn Fn(&MemberId) -> bool,
        part: &Part,
    ) -> Result<(), KeeperError> {
        let measured = self.log.read_kind("measures.").map_err(KeeperError::store)?;
        if measured.events.is_empty() {
            return Ok(());
        }
        let today = self.today()?;
        let enrolled = self.log.read_kind("member.enrolled").map_err(KeeperError::store)?;
        let streams: BTreeSet<MemberId> = enrolled.events.iter().map(stream).collect();
        for member in streams.into_iter().filter(|member| !sits(member)) {
            let file = self.member(member)?;
            if part.has_unseated(file.enrolled) && self.is_asked(member, &file, today)? {
                let person = cohort.unseated().map_err(KeeperError::refused)?;
                take_sheets(cohort, person, &file)?;
            }
        }
        Ok(())
    }

    /// Whether somebody who sits nowhere was to be measured.
    fn is_asked(
        &mut self,
        member: MemberId,
        file: &MemberFile,
        today: NaiveDate,
    ) -> Result<bool, KeeperError> {
        if !matches!(file.enrolled, Some((Standing::Participant, _))) {
            return Ok(false);
        }
        if !file.measures.asked().is_empty() {
            return Ok(true);
        }
        let mut waits = !file.waits.is_empty();
        for class in &file.classes {
            waits |= self.class(*class)?.class.deferred(today).contains(&member);
        }
        Ok(!waits)
    }
}

/// Who sat in a unit, and from which session to which. Somebody who left and came again kept one seat.
fn seats(file: &UnitFile, held: &[HeldSession<'_>], unit: UnitIx) -> BTreeMap<MemberId, Enrolment> {
    // The number of the last session held by a day; 0 before the first.
    let last = |by: &dyn Fn(NaiveDate) -> bool| {
        let held = held.iter().filter(|session| by(session.on));
        held.map(|session| session.number.max(1)).max().unwrap_or(0).min(Cohort::LONGEST)
    };
    let mut seats: BTreeMap<MemberId, Enrolment> = BTreeMap::new();
    for stay in file.group.roster().stays() {
        let joined = (last(&|on| on < stay.from) + 1).min(Cohort::LONGEST);
        let left = stay.until.map(|until| last(&|on| on <= until));
        seats
            .entry(stay.member)
            .and_modify(|seat| {
                seat.joined = seat.joined.min(joined);
                seat.left = seat.left.zip(left).map(|(one, other)| one.max(other));
            })
            .or_insert(Enrolment { unit, joined, left });
    }
    seats
}

/// The member, matter or class whose stream an event is of.
fn stream<T: From<uuid::Uuid>>(event: &Event) -> T {
    uuid::Uuid::from(event.header().keys.stream()).into()
}

fn session_state(session: &circle_model::Session) -> (SessionState, u16, u32) {
    let number = session.planned().map_or(1, |planned| planned.number.clamp(1, Cohort::LONGEST));
    let minutes = session.records().map(|(_, record)| u32::from(record.minutes)).max().unwrap_or(0);
    let state = match session.outcome() {
        Outcome::Held { .. } => SessionState::Held,
        Outcome::NotHeld { .. } => SessionState::DidNotHappen,
        Outcome::Planned => SessionState::Planned,
    };
    (state, number, minutes)
}

const fn counted(mark: Mark) -> outcomes::Mark {
    match mark {
        Mark::Present => outcomes::Mark::Present,
        Mark::Late => outcomes::Mark::Late,
        Mark::LeftEarly => outcomes::Mark::LeftEarly,
        Mark::Excused => outcomes::Mark::Excused,
        Mark::Explained => outcomes::Mark::Absent,
        Mark::Unexplained => outcomes::Mark::Unexplained,
    }
}

fn take_sheets(
    cohort: &mut Cohort,
    person: PersonIx,
    file: &MemberFile,
) -> Result<(), KeeperError> {
    for (instrument, timepoint) in file.measures.asked() {
        let wave = file.measures.wave(&instrument, &timepoint);
        if let Some(state) = SheetState::of(&wave) {
            cohort.sheet(person, &instrument, &timepoint, state).map_err(KeeperError::refused)?;
        }
    }
    Ok(())
}
