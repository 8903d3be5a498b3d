//! Nine forms, seven people, six workshops.

use std::collections::BTreeMap;

use circlekeeper::Standing;
use commons::{ClassId, Code, MemberId};
use curriculum::{
    Answer, Aspect, ClassEvent, DeferralReason, MakeUp, Mark, Onward, Outcome, Readiness, Screening,
};
use event_log::EventLog;
use safety_protocols::HelpBy;

use super::Play;
use crate::{
    RehearsalError,
    diary::Goes,
    error::there,
    stage::{course, later},
};

/// Who misses which workshop: two of the 42 attendances, both made up.
const MISSED: [(usize, u16); 2] = [(2, 4), (5, 2)];

impl<L: EventLog> Play<'_, L> {
    /// The member of staff learns to step back in time.
    pub(super) fn mentor(&mut self) -> Result<(), RehearsalError> {
        let course = course(&self.model, "mentor")?;
        let (staff, by, day) = (self.staff, self.supervisor, self.founded);
        let keeper = &mut self.stage.keeper;
        let class = keeper.announce_class(&course, Code::of("mentors"), 5, day)?;
        keeper.screen(class, staff, &Screening::all_ready(day, by))?;
        keeper.enroll_in_class(class, staff, day)?;
        let on = |module: u16| later(day, usize::from(module));
        self.stage.hold_modules(class, &course, on, |_| [(staff, Mark::Present)].into())?;
        let roles = [Code::of("staff_facilitator"), Code::of("observer_mentor")];
        self.stage.graduate(class, staff, &roles, by, later(day, 3))
    }

    /// Screens nine people and teaches the seven who are ready.
    pub(super) fn screen_and_teach(&mut self) -> Result<(Vec<MemberId>, ClassId), RehearsalError> {
        self.stage.tell("train", 0, 6);
        let day = later(self.founded, 7);
        self.stage.go_to(day, 10);
        let forms = self.stage.enroll(9, Standing::Participant, day)?;
        let course = course(&self.model, "healer")?;
        let cohort = Code::of("first-circle");
        let class = self.stage.keeper.announce_class(&course, cohort, 7, day)?;
        let (ready, waiting) = forms.split_at(7);
        for member in ready {
            let screening = Screening::all_ready(day, self.staff);
            self.stage.keeper.screen(class, *member, &screening)?;
            self.stage.keeper.enroll_in_class(class, *member, day)?;
        }
        self.defer(class, waiting)?;
        let monday = self.week(1);
        let on = |module: u16| later(monday, 14 * (usize::from(module) - 1));
        let marks = |module: u16| -> BTreeMap<MemberId, Mark> {
            let missed = |place: usize| MISSED.contains(&(place, module));
            let mark = |place| if missed(place) { Mark::Absent } else { Mark::Present };
            ready.iter().enumerate().map(|(place, member)| (*member, mark(place))).collect()
        };
        self.stage.hold_modules(class, &course, on, marks)?;
        for (place, module) in MISSED {
            let member = there(ready.get(place).copied(), "member")?;
            let made = ClassEvent::MadeUp {
                member,
                module,
                minutes: 180,
                way: MakeUp::WithTrainer,
                on: later(on(6), 1),
            };
            self.stage.keeper.record_class(class, &made)?;
        }
        let done = later(on(6), 2);
        self.stage.go_to(done, 10);
        for member in ready {
            let roles = [Code::of("peer_facilitator")];
            self.stage.graduate(class, *member, &roles, self.staff, done)?;
        }
        self.stage.tell("train", 6, 6);
        Ok((ready.to_vec(), class))
    }

    /// One is in an acute crisis and is referred, one has no time and is asked again.
    fn defer(&mut self, class: ClassId, waiting: &[MemberId]) -> Result<(), RehearsalError> {
        let day = later(self.founded, 7);
        let again = later(day, 90);
        let [crisis, busy] = waiting else { return Ok(()) };
        let category = Code::of("crisis-emergency");
        let later_on = [
            (crisis, Aspect::Stability, DeferralReason::AcuteCrisis, Onward::Referral { category }),
            (busy, Aspect::Time, DeferralReason::NoTime, Onward::Again { from: again }),
        ];
        for (member, not_yet, reason, onward) in later_on {
            let answer = |aspect| {
                let readiness =
                    if aspect == not_yet { Readiness::NotYet } else { Readiness::Ready };
                (aspect, Answer { readiness, on: day, by: self.staff })
            };
            let outcome = Outcome::Deferred { reason, onward };
            let screening = Screening::new(Aspect::ALL.map(answer), outcome, day, self.staff);
            let screening = there(screening.ok(), "sheet of a screening")?;
            self.stage.keeper.screen(class, *member, &screening)?;
        }
        let whom = (*crisis, None, self.staff);
        let to = ("crisis-emergency", HelpBy::Urgent);
        self.diary.refers(&mut self.stage, whom, to, Goes::ToTheEnd, day)?;
        Ok(())
    }
}
