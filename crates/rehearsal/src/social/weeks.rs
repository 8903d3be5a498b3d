//! Sixteen weeks: sessions planned and written down, supervision, late arrivals, incidents.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use circle_model::{Evidence, LeaveReason, LocalTime, Mark, Proposal, Record};
use circlekeeper::{KeeperError, SessionDraft, Standing, WaitReason, gates::StandBy};
use commons::{Code, MemberId, Rule};
use event_log::EventLog;
use safety_protocols::{Category, HelpBy, Scope, Severity, SupervisionEvent, SupervisionMode};

use super::{ASSISTANT, Circle, Play, SECTOR};
use crate::{
    RehearsalError,
    diary::{Goes, Happening},
    marks::{SESSIONS, mark},
    stage::later,
};

/// The session at which each phase begins.
const PHASES: [(usize, &str); 3] = [(4, "trust"), (9, "care"), (13, "direction")];

/// Emergencies of the first sector: week and group.
const EMERGENCIES: [(usize, usize); 3] = [(3, 0), (6, 2), (9, 4)];

/// Referrals of the first sector: week, group, category and urgency. The last two wait for an answer.
const REFERRALS: [(usize, usize, &str, HelpBy); 11] = [
    (2, 1, "mental-health-care", HelpBy::Routine),
    (3, 0, "crisis-emergency", HelpBy::Urgent),
    (4, 3, "physical-care", HelpBy::Routine),
    (5, 4, "mental-health-care", HelpBy::Soon),
    (6, 2, "crisis-emergency", HelpBy::Urgent),
    (7, 5, "intimate-partner-violence", HelpBy::Soon),
    (8, 0, "mental-health-care", HelpBy::Routine),
    (9, 4, "crisis-emergency", HelpBy::Urgent),
    (10, 1, "physical-care", HelpBy::Routine),
    (13, 3, "mental-health-care", HelpBy::Routine),
    (14, 5, "mental-health-care", HelpBy::Routine),
];
const ATTENDED: usize = 9;

impl<L: EventLog> Play<'_, L> {
    /// Lives the sixteen weeks, day by day.
    pub(super) fn meet(&mut self) -> Result<(), RehearsalError> {
        let all = self.circles.len() * SESSIONS;
        let circles = std::mem::take(&mut self.circles);
        let mut done = 0;
        for week in 1..=SESSIONS {
            if week % 4 == 1 {
                let day = self.calendar.week(week);
                self.stage.go_to(day, 7);
                self.stage.call_card(day)?;
            }
            for weekday in 0..5 {
                self.diary.catch_up(&mut self.stage, later(self.calendar.week(week), weekday))?;
                for circle in circles.iter().filter(|circle| circle.number % 5 == weekday) {
                    self.stage.tell("meet", done, all);
                    self.week(circle, week)?;
                    done += 1;
                }
            }
        }
        self.stage.tell("meet", done, all);
        self.circles = circles;
        Ok(())
    }

    fn week(&mut self, circle: &Circle, week: usize) -> Result<(), RehearsalError> {
        let day = self.calendar.session(week, circle.number);
        self.stage.go_to(day, 8);
        self.supervise(circle, week, day)?;
        if week == 1 {
            let (unit, rules) = (circle.unit, self.agreement);
            let all = circle.members.iter().copied().collect();
            self.stage.keeper.adopt_agreement(unit, rules, &Code::of("rw"), &all, day)?;
        }
        if let Some((_, phase)) = PHASES.iter().find(|(session, _)| *session == week) {
            self.enter(circle.unit, Code::of(phase), Evidence::default(), day)?;
        }
        if week == 4 {
            self.late_arrivals(circle, day)?;
        }
        self.session(circle, week, day)?;
        self.leavings(circle, week, day)?;
        self.happenings(circle, week, day)?;
        match week {
            8 => {
                let scores = self.midway(circle, week);
                self.measure(circle, &scores, Code::of("t1"), false, day)
            }
            15 => self.last_measures(circle, day),
            _ => Ok(()),
        }
    }

    /// Every fourteen days, and an observed session early on and at the storms. Now and then one
    /// is missed, as it is in life.
    fn supervise(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let missed = circle.number % 23 == 22 && week == 5;
        if week % 2 == 1 && !missed {
            let mode = SupervisionMode::Group;
            let held = SupervisionEvent::Held { on, minutes: 90, mode };
            self.stage.keeper.record_supervision(circle.unit, &held)?;
        }
        if week == 3 || week == 10 {
            let seen = SupervisionEvent::Observed { on, harmful_seen: false };
            self.stage.keeper.record_supervision(circle.unit, &seen)?;
        }
        Ok(())
    }

    fn session(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let time = NaiveTime::from_hms_opt(9 + 5 * (u32::from(circle.number % 2 == 1)), 0, 0);
        let at = LocalTime { date: on, time: time.unwrap_or_default(), zone: self.stage.zone };
        let led_by: BTreeMap<MemberId, Code> =
            circle.assistants.map(|assistant| (assistant, ASSISTANT)).into();
        let number = u16::try_from(week).unwrap_or(u16::MAX);
        let theme = self.model.content().syllabus.get(week - 1).map(|lesson| lesson.theme.clone());
        let proposal =
            Proposal { number, at, minutes: 120, theme, led_by: led_by.clone(), substitute: None };
        let stand_by = StandBy { reachable: [circle.supervisor].into(), ..StandBy::default() };
        let session = self.stage.keeper.plan_session(circle.unit, &proposal, &stand_by)?;
        self.stage.keeper.world_mut().wait(200);
        let draft = SessionDraft {
            record: self.record(circle, week, on, led_by),
            reasons: BTreeMap::new(),
        };
        self.stage.keeper.record_session(circle.unit, session, &draft)?;
        Ok(())
    }

    fn record(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
        led_by: BTreeMap<MemberId, Code>,
    ) -> Record {
        let agenda = self.model.terms().map(|terms| terms.get().agenda.clone()).unwrap_or_default();
        let observed = week == 3 || week == 10;
        let supervisor = (circle.supervisor, Code::of("psychologist_supervisor"));
        let pairs = circle.members.iter().zip(&circle.weeks);
        let here = pairs.filter(|(_, weeks)| weeks.last.is_none_or(|last| week <= last));
        let chance = &mut self.stage.chance;
        let marks: BTreeMap<MemberId, Mark> =
            here.map(|(member, weeks)| (*member, mark(weeks.comes_to(week), chance))).collect();
        Record {
            on,
            minutes: 110 + u16::try_from(chance.below(5) * 5).unwrap_or(0),
            segments: agenda.segments,
            activities: [Code::of("movement"), Code::of("breathing"), Code::of("story")].into(),
            led_by,
            others: observed.then_some(supervisor).into_iter().collect(),
            marks,
        }
    }

    /// Somebody comes in week four: refused kindly, and on the list for the next cohort (SH-04).
    fn late_arrivals(&mut self, circle: &Circle, on: NaiveDate) -> Result<(), RehearsalError> {
        let comes = if circle.is_of_sector() {
            circle.number == 1 || circle.number == 3
        } else {
            circle.number.is_multiple_of(10)
        };
        if !comes {
            return Ok(());
        }
        let [witness, _] = circle.assistants;
        for member in self.stage.enroll(1, Standing::Participant, on)? {
            let seat = [Scope::Participate, Scope::KeepRecords];
            self.stage.consent(&[member], None, &seat, witness)?;
            let rule = Rule::of("SH-04");
            match self.stage.keeper.admit(circle.unit, &[member], on, None) {
                Err(KeeperError::Refused(refused)) if refused.rule() == Some(rule.clone()) => {}
                Err(error) => return Err(error.into()),
                Ok(()) => return Err(RehearsalError::NotRefused { rule }),
            }
            let why = WaitReason::TooLate;
            self.stage.keeper.wait_list(member, Some(circle.unit), why, on)?;
        }
        Ok(())
    }

    fn leavings(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        for (member, weeks) in circle.members.iter().zip(&circle.weeks) {
            if weeks.last == Some(week) {
                let why = LeaveReason::StoppedComing;
                self.stage.keeper.leave(circle.unit, *member, on, why)?;
            }
        }
        Ok(())
    }

    fn happenings(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        if circle.is_of_sector() {
            self.in_sector(circle, week, on)
        } else {
            self.elsewhere(circle, week, on)
        }
    }

    fn in_sector(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        debug_assert!(circle.number < SECTOR, "only the first groups are of the sector");
        let [witness, _] = circle.assistants;
        // The last of the list stay to the end.
        let Some(member) = circle.members.get(19 - week % 4).copied() else { return Ok(()) };
        if EMERGENCIES.contains(&(week, circle.number)) {
            let category = Category::SuicideRisk;
            let it = Happening { member, unit: circle.unit, severity: Severity::S1, category };
            self.diary.happens(&mut self.stage, it, on)?;
        }
        for (place, (at, group, category, urgency)) in REFERRALS.iter().enumerate() {
            if (*at, *group) == (week, circle.number) {
                let goes = if place < ATTENDED { Goes::ToTheEnd } else { Goes::Pending };
                let whom = (member, Some(circle.unit), witness);
                self.diary.refers(&mut self.stage, whom, (category, *urgency), goes, on)?;
            }
        }
        Ok(())
    }

    /// In any other group something happens now and then; a few matters are left undone.
    fn elsewhere(
        &mut self,
        circle: &Circle,
        week: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let [witness, _] = circle.assistants;
        let there = circle.members.iter().zip(&circle.weeks);
        let there: Vec<_> = there.filter(|(_, weeks)| weeks.last.is_none()).collect();
        let chance = &mut self.stage.chance;
        let Some((member, _)) = chance.pick(&there).copied() else { return Ok(()) };
        let (drawn, refers, goes) = (chance.below(100), chance.percent(8), chance.percent(80));
        let severity = match drawn {
            0 => Some((Severity::S1, Category::Medical)),
            1 => Some((Severity::S2, Category::PartnerViolence)),
            2..=4 => Some((Severity::S3, Category::Distress)),
            5..=7 => Some((Severity::S4, Category::Conflict)),
            _ => None,
        };
        if let Some((severity, category)) = severity {
            let it = Happening { member: *member, unit: circle.unit, severity, category };
            if week % 5 == 4 && severity == Severity::S3 {
                self.left_undone(it, on)?;
            } else {
                self.diary.happens(&mut self.stage, it, on)?;
            }
        }
        if refers {
            let goes = if goes { Goes::ToTheEnd } else { Goes::Pending };
            let whom = (*member, Some(circle.unit), witness);
            let to = ("mental-health-care", HelpBy::Routine);
            self.diary.refers(&mut self.stage, whom, to, goes, on)?;
        }
        Ok(())
    }

    /// Recorded, and then nobody does anything: it shows as overdue.
    fn left_undone(&mut self, it: Happening, on: NaiveDate) -> Result<(), RehearsalError> {
        let _: NaiveDate = on;
        let at = self.stage.now();
        let content = safety_protocols::MatterContent {
            category: it.category,
            physical: safety_protocols::Harm::None,
            psychological: safety_protocols::Harm::Low,
            concerns: vec![it.member],
            reported_by: None,
            unit: Some(it.unit),
            account: "Made up for a rehearsal.".into(),
            written_at: at,
        };
        self.stage.keeper.open_matter(it.severity, at, Some(at), &content)?;
        Ok(())
    }

    /// Whoever came in week eight is about half way.
    fn midway(&mut self, circle: &Circle, week: usize) -> Vec<Option<i64>> {
        let scores = circle.scores.iter().zip(&circle.weeks);
        scores
            .map(|((before, after), weeks)| {
                let between = (*before)? + (*after).unwrap_or((*before)?);
                weeks.comes_to(week).then_some(between / 2)
            })
            .collect()
    }

    fn last_measures(&mut self, circle: &Circle, on: NaiveDate) -> Result<(), RehearsalError> {
        let [witness, _] = circle.assistants;
        let scores: Vec<_> = circle.scores.iter().map(|(_, after)| *after).collect();
        let pairs = circle.members.iter().zip(&circle.scores);
        let now_willing: BTreeSet<MemberId> = pairs
            .filter(|(_, (before, after))| before.is_none() && after.is_some())
            .map(|(member, _)| *member)
            .collect();
        let now_willing: Vec<_> = now_willing.into_iter().collect();
        if !now_willing.is_empty() {
            let scopes = [Scope::MeasureOutcomes, Scope::MeasureRiskItems];
            self.stage.consent(&now_willing, Some(circle.unit), &scopes, witness)?;
        }
        self.measure(circle, &scores, Code::of("t2"), true, on)
    }
}
