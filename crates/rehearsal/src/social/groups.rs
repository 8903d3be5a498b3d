//! Groups: formed, supervised, led, filled, measured for the first time and opened.

use chrono::NaiveDate;
use circle_model::{Evidence, Step};
use circlekeeper::{NewGroup, NewSheet, Standing, UnitWords, WaitReason};
use commons::{Code, MemberId, UnitId};
use event_log::EventLog;
use outcomes::DeclineReason;
use safety_protocols::{Arrangement, Cadence, Scope};

use super::{ASSISTANT, Circle, GAD7, PHQ9, Play, SEATS, SECTOR, SEEN_AT_MOST, WHO5};
use crate::{
    RehearsalError, answers,
    error::there,
    marks::{self, Weeks},
    stage::later,
};

/// Before and after, where each was measured.
type Scores = (Option<i64>, Option<i64>);

impl<L: EventLog> Play<'_, L> {
    /// Forms every group and opens it; who is left over waits for the next cohort.
    pub(super) fn form(&mut self, people: usize) -> Result<(), RehearsalError> {
        let day = self.calendar.forming();
        let groups = people / SEATS;
        let mut sector = marks::sector(&mut self.stage.chance).into_iter();
        let mut scores = self.sector_scores(sector.as_slice()).into_iter();
        for number in 0..groups {
            self.stage.tell("form", number, groups);
            let weeks =
                sector.next().unwrap_or_else(|| marks::group(SEATS, &mut self.stage.chance));
            let scores = scores.next().unwrap_or_else(|| self.scores_of(&weeks));
            self.stage.go_to(day, 9);
            let circle = self.gather(number, weeks, scores, day)?;
            self.first_measures(&circle, later(day, 2))?;
            self.open(&circle, later(day, 4))?;
            self.circles.push(circle);
        }
        self.stage.tell("form", groups, groups);
        self.stage.go_to(day, 10);
        for member in self.stage.enroll(people % SEATS, Standing::Participant, day)? {
            self.stage.keeper.wait_list(member, None, WaitReason::NoGroup, day)?;
            self.waiting += 1;
        }
        Ok(())
    }

    /// The scores of the first sector: 110 people measured twice with exact sums, eight only
    /// before, and the two who declined before only after.
    fn sector_scores(&mut self, sector: &[Vec<Weeks>]) -> Vec<Vec<Scores>> {
        let chance = &mut self.stage.chance;
        let mut before = answers::totals(answers::BEFORE, chance);
        let mut after = answers::totals(answers::AFTER, chance);
        // Neighbors trade places, so that the two go together without being one order.
        for both in [&mut before, &mut after] {
            both.chunks_mut(22).for_each(|chunk| chance.shuffle(chunk));
        }
        let mut both: Vec<Scores> =
            before.into_iter().zip(after).map(|(one, two)| (Some(one), Some(two))).collect();
        both.extend([(None, Some(5)), (None, Some(8))]);
        both.extend([7, 9, 12, 16].map(|before| (Some(before), None)));
        chance.shuffle(&mut both);
        let mut gone =
            [(Some(13), None), (Some(18), None), (Some(9), None), (Some(6), None)].into_iter();
        let mut both = both.into_iter();
        let mut one = |weeks: &Weeks| {
            if weeks.last.is_some() { gone.next() } else { both.next() }.unwrap_or_default()
        };
        sector.iter().map(|group| group.iter().map(&mut one).collect()).collect()
    }

    /// The scores of any other group: a bell before and a bell after, going together.
    fn scores_of(&mut self, weeks: &[Weeks]) -> Vec<Scores> {
        let chance = &mut self.stage.chance;
        let mut scores = Vec::with_capacity(weeks.len());
        for weeks in weeks {
            let burden = i64::from(chance.bell());
            let before = (11_200 + burden * 54 / 10).clamp(0, 24_000) / 1000;
            let own = i64::from(chance.bell());
            let after = (6_300 + burden * 30 / 10 + own * 35 / 10).clamp(0, 24_000) / 1000;
            let declines = chance.percent(2);
            let there = weeks.last.is_none() && !chance.percent(4);
            scores.push(((!declines).then_some(before), there.then_some(after)));
        }
        scores
    }

    fn gather(
        &mut self,
        number: usize,
        weeks: Vec<Weeks>,
        scores: Vec<Scores>,
        on: NaiveDate,
    ) -> Result<Circle, RehearsalError> {
        let members = self.stage.enroll(SEATS, Standing::Participant, on)?;
        let terms = there(self.model.terms().ok(), "terms of a group")?;
        let words = UnitWords {
            name: format!("Made-up group {}", number + 1),
            place: Some(format!("Under made-up tree {}", number + 1)),
        };
        let unit = self.stage.keeper.form_group(&NewGroup { terms, words, on })?;
        let assistants = self.assistants_of(number)?;
        let (supervisor, deputy) = self.supervisor_of(assistants)?;
        let arrangement = Arrangement::Supervised(Cadence::Fortnightly);
        self.stage.keeper.arrange_supervision(unit, supervisor, deputy, arrangement, on)?;
        for assistant in assistants {
            self.stage.keeper.assign(unit, assistant, &ASSISTANT, on)?;
        }
        self.stage.keeper.admit(unit, &members, on, None)?;
        self.enter(unit, Code::of("prepare"), Evidence::default(), on)?;
        Ok(Circle { unit, members, weeks, scores, assistants, supervisor, number })
    }

    /// Two assistants for each group: those of the first sector for it alone, the others in turn.
    fn assistants_of(&self, number: usize) -> Result<[MemberId; 2], RehearsalError> {
        let (first, pairs) = if number < SECTOR {
            (number * 2, 0)
        } else {
            let pairs = (self.assistants.len() - 12) / 2;
            (12 + (number - SECTOR) % pairs.max(1) * 2, pairs)
        };
        let pair = self.assistants.get(first..first + 2);
        // Too few others for a pair of their own: the first sector's help out.
        let pair = if pairs == 0 && number >= SECTOR { self.assistants.get(..2) } else { pair };
        there(pair.and_then(|pair| <[MemberId; 2]>::try_from(pair).ok()), "assistant")
    }

    /// Supervisors see assistants by twelves; the next one stands in.
    fn supervisor_of(
        &self,
        assistants: [MemberId; 2],
    ) -> Result<(MemberId, MemberId), RehearsalError> {
        let place = self.assistants.iter().position(|one| assistants.contains(one)).unwrap_or(0);
        let all = self.supervisors.len().max(1);
        let at = |place: usize| there(self.supervisors.get(place % all).copied(), "supervisor");
        Ok((at(place / SEEN_AT_MOST)?, at(place / SEEN_AT_MOST + 1)?))
    }

    fn first_measures(&mut self, circle: &Circle, on: NaiveDate) -> Result<(), RehearsalError> {
        let [witness, _] = circle.assistants;
        let unit = Some(circle.unit);
        self.stage.go_to(on, 9);
        let seat = [Scope::Participate, Scope::KeepRecords];
        self.stage.consent(&circle.members, unit, &seat, witness)?;
        let scores: Vec<_> = circle.scores.iter().map(|(before, _)| *before).collect();
        let asked = |measured: bool| -> Vec<MemberId> {
            let pairs = circle.members.iter().zip(&scores);
            pairs.filter(|(_, score)| score.is_some() == measured).map(|(one, _)| *one).collect()
        };
        let measured = asked(true);
        let scopes = [Scope::MeasureOutcomes, Scope::MeasureRiskItems];
        self.stage.consent(&measured, unit, &scopes, witness)?;
        self.measure(circle, &scores, Code::of("t0"), true, on)?;
        let declined: Vec<_> = asked(false).into_iter().map(|member| (member, unit)).collect();
        if declined.is_empty() {
            return Ok(());
        }
        for instrument in [PHQ9, GAD7, WHO5] {
            let (t0, why) = (Code::of("t0"), DeclineReason::NotNow);
            self.stage.keeper.decline_sheets(&declined, Some(&instrument), &t0, why, on)?;
        }
        Ok(())
    }

    /// Sheets of everybody with a score, in one save; what somebody must look after is looked after.
    pub(super) fn measure(
        &mut self,
        circle: &Circle,
        scores: &[Option<i64>],
        timepoint: Code,
        in_full: bool,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let mut sheets = Vec::new();
        let plays_exactly = circle.is_of_sector();
        for (member, score) in circle.members.iter().zip(scores) {
            let Some(score) = *score else { continue };
            let chance = &mut self.stage.chance;
            // Nothing grave stays open where the first sector ends.
            let calm = plays_exactly && timepoint == "t2";
            let raised = chance.percent(if score >= 10 { 6 } else { 1 }) && !calm;
            let mut phq9 = answers::phq9(score, raised, chance);
            if !plays_exactly && chance.percent(3) {
                let missing = 1 + chance.below(3);
                phq9 = answers::leave_out(&phq9, missing, chance);
            }
            let mut sheet = |instrument: Code, answers| {
                sheets.push(NewSheet {
                    member: *member,
                    unit: Some(circle.unit),
                    instrument,
                    language: Code::of("rw"),
                    timepoint: timepoint.clone(),
                    on,
                    answers,
                });
            };
            sheet(PHQ9, phq9);
            if in_full {
                let mut gad7 = answers::gad7(score, chance);
                if chance.percent(2) {
                    gad7 = answers::leave_out(&gad7, 1, chance);
                }
                sheet(GAD7, gad7);
                sheet(WHO5, answers::who5(score, chance));
            }
        }
        let at = self.stage.now();
        let recorded = self.stage.keeper.record_sheets(&sheets, at)?;
        for matter in recorded.iter().filter_map(|one| one.matter) {
            let severity = safety_protocols::Severity::S2;
            self.diary.look_after(&mut self.stage, matter, severity, on)?;
        }
        Ok(())
    }

    fn open(&mut self, circle: &Circle, on: NaiveDate) -> Result<(), RehearsalError> {
        self.stage.go_to(on, 9);
        self.stage.keeper.open_group(circle.unit, on)?;
        self.enter(circle.unit, Code::of("safety"), Evidence::default(), on)
    }

    pub(super) fn enter(
        &mut self,
        unit: UnitId,
        phase: Code,
        more: Evidence,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let step = Step { phase, by: Code::of("coordinator"), why: Code::of("planned") };
        Ok(self.stage.keeper.enter_phase(unit, &step, &more, on)?)
    }
}
