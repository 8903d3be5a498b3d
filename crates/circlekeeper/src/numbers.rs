//! The program as a cohort: what reports are made of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use circle_model::{Mark, Outcome};
use commons::{Code, DataClass, EventId, MemberId, Private};
use event_log::EventLog;
use outcomes::{
    Cohort, Enrolment, FigurePlan, PersonIx, SafetyFlag, SessionState, SheetState, Work,
    figures::{Scale, Timepoint},
    suppression::Audience,
};
use program_model::{Anchor, Content, Model};
use safety_protocols::{Progress, due};

use crate::{Keeper, KeeperError, MemberFile, SheetWords, Standing, Surroundings, UnitFile};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everybody who was enrolled to sit in a circle, with what they came to and what was measured.
    /// No name is read: it works on enrolments, erased ones too.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Damaged`] where anything that it counts is damaged, [`KeeperError::Store`].
    pub fn cohort(&mut self, now: DateTime<Utc>) -> Result<Cohort, KeeperError> {
        let mut cohort = Cohort::default();
        let flags = self.safety_flags()?;
        let mut seen = BTreeMap::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            self.take_unit(&mut cohort, unit, &file, &mut seen, &flags)?;
        }
        self.take_unseated(&mut cohort, &seen, &flags)?;
        cohort.work = self.work(now)?;
        // A report that is short of a circle without saying so would be worse than none.
        self.nothing_damaged()?;
        Ok(cohort)
    }

    fn take_unit(
        &mut self,
        cohort: &mut Cohort,
        unit: commons::UnitId,
        file: &UnitFile,
        seen: &mut BTreeMap<MemberId, PersonIx>,
        flags: &Flags,
    ) -> Result<(), KeeperError> {
        let place = cohort.unit(unit).map_err(KeeperError::refused)?;
        let first = file
            .meetings()
            .held()
            .first()
            .map(|session| session.on)
            .or_else(|| file.group.formed_on());
        let week = |day: NaiveDate| first.map_or(1, |first| week_of(first, day));
        for session in file.sessions.values() {
            let (state, number, minutes) = session_state(session);
            cohort.session(place, number, state, minutes).map_err(KeeperError::refused)?;
        }
        for stay in file.group.roster().stays() {
            let left = stay.until.map(week);
            let enrolment = Enrolment { unit: place, joined: week(stay.from), left };
            let person = cohort.person(enrolment, None).map_err(KeeperError::refused)?;
            seen.insert(stay.member, person);
            take_sheets(cohort, person, &*self.member(stay.member)?, flags)?;
        }
        for session in file.meetings().held() {
            for (member, mark) in session.session.marks() {
                if let Some(person) = seen.get(&member) {
                    cohort
                        .mark(*person, session.number.max(1), counted(mark))
                        .map_err(KeeperError::refused)?;
                }
            }
        }
        Ok(())
    }

    /// People who were measured and sit in no group: they count too. Whoever only waits does not.
    fn take_unseated(
        &mut self,
        cohort: &mut Cohort,
        seen: &BTreeMap<MemberId, PersonIx>,
        flags: &Flags,
    ) -> Result<(), KeeperError> {
        let enrolled = self.log.read_kind("member.enrolled").map_err(KeeperError::store)?;
        let streams: Vec<MemberId> = enrolled
            .events
            .iter()
            .map(|event| uuid::Uuid::from(event.header().keys.stream()).into())
            .collect();
        let mut nowhere = None;
        for member in streams.into_iter().filter(|member| !seen.contains_key(member)) {
            let file = self.member(member)?;
            let participant =
                file.enrolled.is_some_and(|(standing, _)| standing == Standing::Participant);
            if !participant || file.measures.asked().is_empty() {
                continue;
            }
            let unit = match nowhere {
                Some(unit) => unit,
                None => *nowhere
                    .insert(cohort.unit(commons::UnitId::number(0)).map_err(KeeperError::refused)?),
            };
            let person = cohort
                .person(Enrolment { unit, joined: 1, left: None }, None)
                .map_err(KeeperError::refused)?;
            take_sheets(cohort, person, &file, flags)?;
        }
        Ok(())
    }

    /// What the safety items say, read from the sealed answers. Where they cannot be read, locked
    /// or erased, it is unknown; it is never a "no".
    fn safety_flags(&mut self) -> Result<Flags, KeeperError> {
        let recorded = self.log.read_kind("measures.").map_err(KeeperError::store)?;
        let mut flags = Flags::new();
        for event in &recorded.events {
            if event.parts().all(|(head, _)| head.class != DataClass::RiskAnswers) {
                continue;
            }
            let words: Private<SheetWords> = self.words(event, DataClass::RiskAnswers)?;
            let flag = match words.known() {
                Some(words) => {
                    let instrument = self.instrument(&words.instrument)?;
                    outcomes::score(&instrument, words.answers.as_slice()).flag()
                }
                None => SafetyFlag::Unknown,
            };
            flags.insert(event.id(), flag);
        }
        Ok(flags)
    }

    fn work(&mut self, now: DateTime<Utc>) -> Result<Work, KeeperError> {
        let mut work = Work::default();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            for matter in file.matters.values() {
                if let Some(severity) = matter.severity() {
                    *work.incidents.entry(severity.code()).or_default() += 1;
                }
            }
            for referral in file.referrals.values() {
                if referral.progress() < Progress::Completed {
                    work.referrals_open += 1;
                } else {
                    work.referrals_closed += 1;
                }
            }
        }
        let duties = self.duties()?;
        for late in due(&duties, now).iter().filter(|due| due.late_by.is_some()) {
            *work.overdue.entry(late.obligation.what.clone()).or_default() += 1;
        }
        let enrolled = self.people_by_standing()?;
        work.facilitators = enrolled.get(&Standing::Facilitator).copied().unwrap_or(0);
        work.supervisors = enrolled.get(&Standing::Supervisor).copied().unwrap_or(0);
        Ok(work)
    }

    fn people_by_standing(&mut self) -> Result<BTreeMap<Standing, u64>, KeeperError> {
        let enrolled = self.log.read_kind("member.enrolled").map_err(KeeperError::store)?;
        let mut counts = BTreeMap::new();
        for event in &enrolled.events {
            let member: MemberId = uuid::Uuid::from(event.header().keys.stream()).into();
            if let Some((standing, _)) = self.member(member)?.enrolled {
                *counts.entry(standing).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// What a report over the program shows: its model's timepoints, and every scale that was used.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn figure_plan(&mut self, audience: Audience) -> Result<FigurePlan, KeeperError> {
        let models = self.models()?;
        let mut seen = BTreeSet::new();
        let mut instruments = BTreeSet::new();
        let used = self.log.read_kind("measures.recorded").map_err(KeeperError::store)?;
        for event in &used.events {
            let fact = event.open().map(|open| {
                crate::Fact::decode(&event.header().kind, event.header().version, open)
            });
            if let Some(Ok(crate::Fact::Measures(outcomes::MeasuresEvent::Recorded { sheet }))) =
                fact
            {
                seen.insert(sheet.timepoint);
                instruments.insert(sheet.instrument);
            }
        }
        let points = timepoints(&models, &seen);
        // What makes no total, such as a check-out, has no figure of many people.
        let with_total = instruments.iter().filter_map(outcomes::built_in);
        let with_total = with_total.filter(|instrument| instrument.scoring().has_total());
        let scales = with_total.map(Scale::with_defaults).collect();
        let title = models.first().map_or(Code::of("program"), |model| model.id().clone());
        FigurePlan::new(title, audience, points, scales).map_err(KeeperError::refused)
    }
}

/// The timepoints of the models that are in use, up to the last one at which anybody was measured:
/// change is told to there, and a wave whose time has not come is nobody's fault.
fn timepoints(models: &[Model], seen: &BTreeSet<Code>) -> Vec<Timepoint> {
    let mut points: BTreeMap<Code, u16> = BTreeMap::new();
    for model in models {
        let content = model.content();
        let own: Vec<_> =
            content.timepoints.iter().map(|point| (&point.id, week_in(content, point))).collect();
        let last = own.iter().filter(|(id, _)| seen.contains(*id)).map(|(_, week)| *week).max();
        let told = own.into_iter().filter(|(_, week)| match last {
            Some(last) => *week <= last,
            None => seen.is_empty(),
        });
        for (id, week) in told {
            points.entry(id.clone()).or_insert(week);
        }
    }
    // A timepoint of no model stands before all others: nothing is known of its time.
    for id in seen {
        points.entry(id.clone()).or_insert(0);
    }
    let mut points: Vec<Timepoint> =
        points.into_iter().map(|(code, week)| Timepoint { code, week }).collect();
    points.sort_by(|one, other| (one.week, &one.code).cmp(&(other.week, &other.code)));
    points
}

/// The week of a timepoint, counted from the first session.
fn week_in(content: &Content, point: &program_model::Timepoint) -> u16 {
    let meets = content.phases.iter().find(|phase| phase.first_session.is_some());
    let first = meets.map_or(1, |phase| phase.first_week);
    let phase =
        content.phases.iter().find(|phase| point.phase.as_ref().is_some_and(|id| *id == phase.id));
    let week = match point.anchor {
        Anchor::Session => return point.session.unwrap_or(1),
        Anchor::PhaseStart => phase.map(|phase| phase.first_week),
        Anchor::PhaseEnd => phase.map(|phase| phase.last_week.unwrap_or(phase.first_week)),
        Anchor::LastSession => {
            let last = i16::try_from(content.cadence.sessions).unwrap_or(i16::MAX);
            Some(last.saturating_add(first - 1).saturating_add(point.opens_days / 7))
        }
    };
    let week = week.unwrap_or(first).saturating_sub(first).saturating_add(1);
    u16::try_from(week).unwrap_or(1)
}

fn week_of(first: NaiveDate, day: NaiveDate) -> u16 {
    let weeks = (day - first).num_days().div_euclid(7) + 1;
    u16::try_from(weeks.max(1)).unwrap_or(1).min(Cohort::LONGEST)
}

fn session_state(session: &circle_model::Session) -> (SessionState, u16, u32) {
    let number = session.planned().map_or(1, |planned| planned.number.max(1));
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

/// What the safety items of each sheet say, by the event that recorded it.
type Flags = BTreeMap<EventId, SafetyFlag>;

fn take_sheets(
    cohort: &mut Cohort,
    person: PersonIx,
    file: &MemberFile,
    flags: &Flags,
) -> Result<(), KeeperError> {
    let flag = |id: EventId| flags.get(&id).copied().unwrap_or(SafetyFlag::NotAsked);
    for (instrument, timepoint) in file.measures.asked() {
        let wave = file.measures.wave(&instrument, &timepoint);
        if let Some(state) = SheetState::of(&wave, flag) {
            cohort.sheet(person, &instrument, &timepoint, state).map_err(KeeperError::refused)?;
        }
    }
    Ok(())
}
