//! The circle: 22 meetings in which staff facilitate, observe and leave, then independence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use circle_model::{
    CloseReason, Decision, Evidence, LeaveReason, LocalTime, Proposal, Record, Step,
};
use circlekeeper::{NewGroup, NewSheet, SessionDraft, Standing, UnitWords, gates::StandBy};
use commons::{ClassId, Code, MemberId, UnitId};
use event_log::EventLog;
use safety_protocols::{
    Arrangement, Cadence, Category, Scope, Severity, SupervisionEvent, SupervisionMode,
};

use super::Play;
use crate::{RehearsalError, answers, diary::Happening, error::there, marks::mark, stage::later};

/// Meetings of the circle.
const MEETINGS: usize = 22;
/// The meeting after which one member moves away: week 24.
const LAST_OF_ONE: usize = 12;
/// Places that stay empty: 144 possible, 126 filled.
const EMPTY: usize = 18;
/// What is done in the center, in turn.
const ACTIVITIES: [&str; 5] = ["talk", "art", "writing", "play", "exercise"];
const WHO5: Code = Code::of("who-5");

impl<L: EventLog> Play<'_, L> {
    /// Forms the circle, seats its members and opens it.
    pub(super) fn circle(
        &mut self,
        members: &[MemberId],
        class: ClassId,
    ) -> Result<UnitId, RehearsalError> {
        let formed = later(self.founded, 14);
        let terms = there(self.model.terms().ok(), "terms of a circle")?;
        let words = UnitWords { name: "Made-up circle".into(), place: None };
        let unit = self.stage.keeper.form_group(&NewGroup { terms, words, on: formed })?;
        let screened = Evidence { screened: 7, ..Evidence::default() };
        self.enter(unit, "p0", &Evidence::default(), formed)?;
        self.enter(unit, "p1", &screened, self.week(1))?;
        let day = later(self.week(12), 3);
        self.stage.go_to(day, 10);
        let scopes = [
            Scope::Participate,
            Scope::KeepRecords,
            Scope::ObserverPresent,
            Scope::MeasureOutcomes,
        ];
        self.stage.consent(members, Some(unit), &scopes, self.staff)?;
        let arrangement = Arrangement::Supervised(Cadence::Fortnightly);
        let keeper = &mut self.stage.keeper;
        keeper.arrange_supervision(unit, self.supervisor, self.deputy, arrangement, day)?;
        keeper.admit(unit, members, day, None)?;
        keeper.assign(unit, self.staff, &Code::of("staff_facilitator"), day)?;
        self.measure(unit, members, "start", day)?;
        self.agree(unit, members, day)?;
        self.stage.keeper.open_group(unit, day)?;
        let done = self.modules_done(class, members, day)?;
        let taught = Evidence { modules_done: done, ..Evidence::default() };
        self.enter(unit, "p2", &taught, self.week(13))?;
        Ok(unit)
    }

    /// Modules that every member attended or made up.
    fn modules_done(
        &mut self,
        class: ClassId,
        members: &[MemberId],
        on: NaiveDate,
    ) -> Result<u16, RehearsalError> {
        let file = self.stage.keeper.class(class)?;
        let done = |member: &MemberId| {
            let attended = file.class.attended(*member, on);
            attended.union(&file.class.made_up(*member, on)).count()
        };
        let least = members.iter().map(done).min().unwrap_or(0);
        Ok(u16::try_from(least).unwrap_or(u16::MAX))
    }

    fn agree(
        &mut self,
        unit: UnitId,
        members: &[MemberId],
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let model = self.model.clone();
        let rules = self.stage.ground_rules(&model)?;
        let all = members.iter().copied().collect();
        Ok(self.stage.keeper.adopt_agreement(unit, rules, &Code::of("en"), &all, on)?)
    }

    fn enter(
        &mut self,
        unit: UnitId,
        phase: &'static str,
        more: &Evidence,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        self.stage.go_to(on, 9);
        let (by, why) = (Code::of("coordinator"), Code::of("planned"));
        let step = Step { phase: Code::of(phase), by, why };
        Ok(self.stage.keeper.enter_phase(unit, &step, more, on)?)
    }

    fn measure(
        &mut self,
        unit: UnitId,
        members: &[MemberId],
        timepoint: &'static str,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let better = if timepoint == "start" { 12 } else { 7 };
        let sheets: Vec<NewSheet> = members
            .iter()
            .map(|member| NewSheet {
                member: *member,
                unit: Some(unit),
                instrument: WHO5,
                language: Code::of("en"),
                timepoint: Code::of(timepoint),
                on,
                answers: answers::who5(better, &mut self.stage.chance),
            })
            .collect();
        let at = self.stage.now();
        self.stage.keeper.record_sheets(&sheets, at)?;
        Ok(())
    }

    /// Lives the 22 meetings. Returns who moved away.
    pub(super) fn meet(
        &mut self,
        unit: UnitId,
        members: &[MemberId],
    ) -> Result<MemberId, RehearsalError> {
        let moved = there(members.last().copied(), "member")?;
        let mut absent = self.absences(members);
        for meeting in 1..=MEETINGS {
            self.stage.tell("meet", meeting - 1, MEETINGS);
            let week = meeting + 12;
            let monday = self.week(week);
            self.diary.catch_up(&mut self.stage, monday)?;
            if week.is_multiple_of(4) {
                self.stage.call_card(monday)?;
            }
            if week == 20 {
                self.stage.assure_services(monday)?;
            }
            self.step_back(unit, members, moved, week)?;
            let day = later(self.week(week), 1);
            let here: Vec<MemberId> = members
                .iter()
                .copied()
                .filter(|member| meeting <= LAST_OF_ONE || *member != moved)
                .collect();
            self.supervise(unit, meeting, day)?;
            let missing = absent.remove(&meeting).unwrap_or_default();
            self.session(unit, &here, &missing, meeting, day)?;
            if meeting == LAST_OF_ONE {
                let why = LeaveReason::MovedAway;
                self.stage.keeper.leave(unit, moved, later(day, 1), why)?;
            }
            self.happens(unit, members, meeting, day)?;
        }
        self.stage.tell("meet", MEETINGS, MEETINGS);
        let left = later(self.week(34), 2);
        self.enter(unit, "p5", &Evidence::default(), left)?;
        let stayed: Vec<MemberId> =
            members.iter().copied().filter(|member| *member != moved).collect();
        self.measure(unit, &stayed, "end", left)?;
        Ok(moved)
    }

    /// Who misses which meeting: eighteen places, none of them of somebody whose turn it is to lead.
    fn absences(&mut self, members: &[MemberId]) -> BTreeMap<usize, BTreeSet<MemberId>> {
        let mut places = Vec::new();
        for meeting in 1..=MEETINGS {
            let here = if meeting <= LAST_OF_ONE { 7 } else { 6 };
            let led_by = turns(meeting);
            places.extend(
                (0..here).filter(|place| !led_by.contains(place)).map(|place| (meeting, place)),
            );
        }
        self.stage.chance.shuffle(&mut places);
        let mut absent: BTreeMap<usize, BTreeSet<MemberId>> = BTreeMap::new();
        for (meeting, place) in places.into_iter().take(EMPTY) {
            absent.entry(meeting).or_default().extend(members.get(place));
        }
        absent
    }

    /// Staff step back: facilitator, observer, absent and on call.
    fn step_back(
        &mut self,
        unit: UnitId,
        members: &[MemberId],
        moved: MemberId,
        week: usize,
    ) -> Result<(), RehearsalError> {
        let day = self.week(week);
        self.stage.go_to(day, 9);
        match week {
            19 => {
                self.enter(unit, "p3", &Evidence::default(), day)?;
                let role = Code::of("observer_mentor");
                Ok(self.stage.keeper.assign(unit, self.staff, &role, day)?)
            }
            27 => {
                let phase = Decision::EnterPhase { phase: Code::of("p4") };
                let present: BTreeSet<MemberId> =
                    members.iter().copied().filter(|member| *member != moved).collect();
                self.stage.keeper.decided(unit, &phase, &present, &present, day)?;
                let signed =
                    Evidence { signed: vec![Code::of("observer_mentor")], ..Evidence::default() };
                // Nothing more is arranged: the phase asks for consultation by itself.
                self.enter(unit, "p4", &signed, day)
            }
            _ => Ok(()),
        }
    }

    /// Supervision every fortnight while staff are there; consultation offered when they are not.
    fn supervise(
        &mut self,
        unit: UnitId,
        meeting: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let keeper = &mut self.stage.keeper;
        if meeting <= 14 && meeting % 2 == 1 {
            let mode = SupervisionMode::OneToOne;
            keeper.record_supervision(unit, &SupervisionEvent::Held { on, minutes: 60, mode })?;
        }
        if meeting == 3 || meeting == 13 {
            let seen = SupervisionEvent::Observed { on, harmful_seen: false };
            keeper.record_supervision(unit, &seen)?;
        }
        if meeting == 17 || meeting == 21 {
            keeper.record_supervision(unit, &SupervisionEvent::Offered { on })?;
        }
        Ok(())
    }

    fn session(
        &mut self,
        unit: UnitId,
        here: &[MemberId],
        missing: &BTreeSet<MemberId>,
        meeting: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        self.stage.go_to(on, 17);
        let role = if meeting <= 6 { "member" } else { "peer_facilitator" };
        let mut led_by = BTreeMap::new();
        for turn in turns(meeting) {
            led_by.extend(Self::in_turn(here, turn, role));
        }
        let mut others = BTreeMap::new();
        if meeting <= 6 {
            led_by.insert(self.staff, Code::of("staff_facilitator"));
        } else if meeting <= 14 {
            others.insert(self.staff, Code::of("observer_mentor"));
        }
        let time = NaiveTime::from_hms_opt(18, 0, 0).unwrap_or_default();
        let at = LocalTime { date: on, time, zone: self.stage.zone };
        let number = u16::try_from(meeting).unwrap_or(u16::MAX);
        let proposal = Proposal {
            number,
            at,
            minutes: 90,
            theme: None,
            led_by: led_by.clone(),
            substitute: None,
        };
        let session = self.stage.keeper.plan_session(unit, &proposal, &StandBy::default())?;
        self.stage.keeper.world_mut().wait(180);
        let chance = &mut self.stage.chance;
        let marks =
            here.iter().map(|member| (*member, mark(!missing.contains(member), chance))).collect();
        let activity = ACTIVITIES.get(meeting % ACTIVITIES.len()).copied().unwrap_or("talk");
        let segments =
            self.model.terms().map(|terms| terms.get().agenda.segments.clone()).unwrap_or_default();
        let activities = [Code::of("talk"), Code::of(activity)].into();
        let record = Record { on, minutes: 90, segments, activities, led_by, others, marks };
        let draft = SessionDraft { record, reasons: BTreeMap::new() };
        self.stage.keeper.record_session(unit, session, &draft)?;
        Ok(())
    }

    /// One thing to watch, one urgent matter; both are followed to their end.
    fn happens(
        &mut self,
        unit: UnitId,
        members: &[MemberId],
        meeting: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let (severity, category, place) = match meeting {
            4 => (Severity::S3, Category::Distress, 1),
            9 => (Severity::S2, Category::PartnerViolence, 3),
            _ => return Ok(()),
        };
        let member = there(members.get(place).copied(), "member")?;
        let it = Happening { member, unit, severity, category };
        self.diary.happens(&mut self.stage, it, on)?;
        Ok(())
    }

    /// Week 48: six come back together, look back, and three of them begin circles of their own.
    pub(super) fn reconvene(
        &mut self,
        unit: UnitId,
        stayed: &[MemberId],
    ) -> Result<Vec<UnitId>, RehearsalError> {
        self.stage.tell("end", 0, 3);
        for week in [38, 42, 46] {
            let on = self.week(week);
            self.stage.go_to(on, 9);
            self.stage.keeper.record_supervision(unit, &SupervisionEvent::Offered { on })?;
            self.stage.call_card(on)?;
        }
        let day = later(self.week(48), 2);
        self.stage.assure_services(day)?;
        self.diary.catch_up(&mut self.stage, day)?;
        self.enter(unit, "p6", &Evidence::default(), day)?;
        for member in stayed {
            self.stage.keeper.reviewed(unit, *member, day)?;
        }
        self.measure(unit, stayed, "reconvene", day)?;
        let on = later(day, 1);
        self.enter(unit, "p7", &Evidence::default(), on)?;
        let present: BTreeSet<MemberId> = stayed.iter().copied().collect();
        let mut children = Vec::new();
        for founder in stayed.iter().take(3) {
            let share = Decision::ShareFounder { member: *founder };
            self.stage.keeper.decided(unit, &share, &present, &present, on)?;
            let terms = there(self.model.terms().ok(), "terms of a circle")?;
            let name = format!("Made-up child circle {}", children.len() + 1);
            let new = NewGroup { terms, words: UnitWords { name, place: None }, on };
            let child = self.stage.keeper.form_child(unit, *founder, &[*founder].into(), &new)?;
            children.push(child);
        }
        // The circle has come to its planned end; its founders are free to sit in their own.
        self.stage.keeper.close_group(unit, CloseReason::Completed, later(on, 1))?;
        for (place, (child, founder)) in children.iter().zip(stayed).enumerate() {
            self.stage.tell("end", place, 3);
            self.launch(*child, *founder, 5 + place, later(on, 14))?;
        }
        self.stage.tell("end", 3, 3);
        Ok(children)
    }

    fn launch(
        &mut self,
        child: UnitId,
        founder: MemberId,
        size: usize,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        self.stage.go_to(on, 10);
        let mut members = self.stage.enroll(size - 1, Standing::Participant, on)?;
        let seat = [Scope::Participate, Scope::KeepRecords];
        self.stage.consent(&members, Some(child), &seat, founder)?;
        members.push(founder);
        self.stage.keeper.admit(child, &members, on, None)?;
        let fortnightly = Arrangement::Supervised(Cadence::Fortnightly);
        let (one, two) = (self.supervisor, self.deputy);
        self.stage.keeper.arrange_supervision(child, one, two, fortnightly, on)?;
        self.agree(child, &members, on)?;
        Ok(self.stage.keeper.open_group(child, on)?)
    }
}

/// Whose turn it is to lead a part, by place: in the first six meetings everybody once, and two
/// in the sixth; then two at a time of the six who stay.
fn turns(meeting: usize) -> Vec<usize> {
    match meeting {
        1..=5 => vec![meeting - 1],
        6 => vec![5, 6],
        _ => vec![meeting % 6, (meeting + 1) % 6],
    }
}
