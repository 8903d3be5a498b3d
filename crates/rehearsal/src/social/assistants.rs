//! Community Healing Assistants: screened, taught for three weeks, healed themselves, authorized.

use circlekeeper::Standing;
use commons::{ClassId, Code, MemberId};
use curriculum::{ClassEvent, Course, Mark, Screening};
use event_log::EventLog;

use super::{ASSISTANT, Play};
use crate::{
    RehearsalError,
    stage::{course, later},
};

/// The most people in one class.
const CLASS: usize = 25;

impl<L: EventLog> Play<'_, L> {
    /// Trains that many assistants, class by class.
    pub(super) fn train(&mut self, assistants: usize) -> Result<(), RehearsalError> {
        let course = course(&self.model, "cha")?;
        let mut trained = 0;
        // The first class is that of the first sector.
        for size in std::iter::once(12).chain(std::iter::repeat(CLASS)) {
            if assistants <= trained {
                break;
            }
            self.stage.tell("train", trained, assistants);
            let size = size.min(assistants - trained);
            self.class(&course, size)?;
            trained += size;
        }
        self.stage.tell("train", trained, assistants);
        Ok(())
    }

    fn class(&mut self, course: &Course, size: usize) -> Result<(), RehearsalError> {
        let first = self.calendar.training();
        let screened = later(self.calendar.founded, 7);
        let Some(by) = self.supervisors.first().copied() else { return Ok(()) };
        self.stage.go_to(screened, 9);
        let learners = self.stage.enroll(size, Standing::Facilitator, screened)?;
        let cohort = Code::of("first-cohort");
        let most = u16::try_from(CLASS).unwrap_or(u16::MAX);
        let class = self.stage.keeper.announce_class(course, cohort, most, screened)?;
        for learner in &learners {
            self.stage.keeper.screen(class, *learner, &Screening::all_ready(screened, by))?;
            self.stage.keeper.enroll_in_class(class, *learner, screened)?;
        }
        let day = |module: u16| later(first, usize::from(module) * 2 - 2);
        self.stage.hold_modules(class, course, day, |_| {
            learners.iter().map(|learner| (*learner, Mark::Present)).collect()
        })?;
        self.heal_and_graduate(class, &learners, by)?;
        self.assistants.extend(learners);
        Ok(())
    }

    /// Nobody leads before their own healing (SH-03).
    fn heal_and_graduate(
        &mut self,
        class: ClassId,
        learners: &[MemberId],
        by: MemberId,
    ) -> Result<(), RehearsalError> {
        let last = later(self.calendar.training(), 18);
        self.stage.go_to(last, 16);
        for learner in learners {
            let healed = ClassEvent::ComponentCompleted {
                member: *learner,
                component: Code::of("own_healing"),
                on: last,
            };
            self.stage.keeper.record_class(class, &healed)?;
            self.stage.graduate(class, *learner, &[ASSISTANT], by, last)?;
        }
        Ok(())
    }
}
