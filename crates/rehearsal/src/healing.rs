//! One healing circle, from nine intake forms to the three circles that grow out of it.

mod circle;
mod meetings;
mod workshops;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use circle_vault::RecoveryCode;
use circlekeeper::{Keeper, Standing};
use commons::{ClassId, MemberId, UnitId};
use event_log::EventLog;
use program_model::Model;

use crate::{
    Counts, Options, Progress, RehearsalError, World,
    diary::Diary,
    error::there,
    stage::{Place, Stage, later},
};

pub use circle::Circle;

/// What the eight months cost in the scenario, in US dollars.
pub const COST_USD: u64 = 5600;

/// A healing circle that was played to its end.
pub struct HealingPlayed<L> {
    /// The program, unlocked, on the last day of the play.
    pub keeper: Keeper<L, World>,
    /// The recovery code of the demo store.
    pub recovery: RecoveryCode,
    /// What was played, read back from the program.
    pub counts: Counts,
    /// The circle and those that grew out of it, read back from the program.
    pub circle: Circle,
}

/// The whole play.
struct Play<'a, L: EventLog> {
    stage: Stage<'a, L>,
    diary: Diary,
    model: Model,
    founded: NaiveDate,
    staff: MemberId,
    supervisor: MemberId,
    deputy: MemberId,
}

impl<L: EventLog> Play<'_, L> {
    /// The Monday of a week of the model, from 1. The four weeks before are for intake.
    fn week(&self, week: usize) -> NaiveDate {
        later(self.founded, 28 + 7 * (week - 1))
    }
}

/// Plays one healing circle through its use cases, in the numbers of the model's scenario: nine
/// forms, seven people, six workshops, 22 meetings, a reconvening, and three new circles.
///
/// The store must be empty; what is founded in it is a demo, for ever.
///
/// # Errors
///
/// Whatever the program refuses.
pub fn play_healing_circle<L: EventLog>(
    log: L,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<HealingPlayed<L>, RehearsalError> {
    let model = there(program_model::ready("healing-circle"), "healing circle")?;
    let place = Place { zone: Tz::America__Los_Angeles, jurisdiction: "us-ca", language: "en" };
    // The model's 48 weeks end within a year and a day of the founding.
    let founded = options.founded - chrono::Days::new(7 * 28);
    let options = Options { founded, ..options.clone() };
    let mut stage = Stage::found(log, &options, place, &model, progress)?;
    let staff = stage.enroll(1, Standing::Facilitator, founded)?;
    let others = stage.enroll(2, Standing::Supervisor, founded)?;
    let (staff, supervisor, deputy) = match (&staff[..], &others[..]) {
        ([staff], [one, two]) => (*staff, *one, *two),
        _ => return Err(RehearsalError::Model { what: "staff" }),
    };
    stage.tell("found", 3, 3);
    let diary = Diary::default();
    let mut play = Play { stage, diary, model, founded, staff, supervisor, deputy };
    play.mentor()?;
    let (members, class) = play.screen_and_teach()?;
    let unit = play.circle(&members, class)?;
    let moved = play.meet(unit, &members)?;
    let stayed: Vec<MemberId> = members.iter().copied().filter(|one| *one != moved).collect();
    let children = play.reconvene(unit, &stayed)?;
    play.finish(unit, class, &children)
}

impl<L: EventLog> Play<'_, L> {
    fn finish(
        mut self,
        unit: UnitId,
        class: ClassId,
        children: &[UnitId],
    ) -> Result<HealingPlayed<L>, RehearsalError> {
        self.stage.tell("count", 0, 1);
        let counts = Counts::read(&mut self.stage.keeper)?;
        let circle = Circle::read(&mut self.stage.keeper, unit, class, children)?;
        self.stage.tell("count", 1, 1);
        let Stage { keeper, recovery, .. } = self.stage;
        Ok(HealingPlayed { keeper, recovery, counts, circle })
    }

    /// People in turn, each in a role.
    fn in_turn(
        members: &[MemberId],
        turn: usize,
        role: &'static str,
    ) -> BTreeMap<MemberId, commons::Code> {
        let who = members.get(turn % members.len().max(1));
        who.map(|member| (*member, commons::Code::of(role))).into_iter().collect()
    }
}
