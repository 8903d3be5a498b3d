//! The social healing program: assistants trained, groups of twenty formed, sixteen weeks lived.

mod assistants;
mod endings;
mod groups;
mod weeks;

use chrono::NaiveDate;
use chrono_tz::Tz;
use circle_vault::RecoveryCode;
use circlekeeper::{Keeper, KeeperError, Standing};
use commons::{Code, DocumentId, MemberId, UnitId};
use event_log::EventLog;
use program_model::Model;

use crate::{
    Counts, Options, Progress, RehearsalError, Sector, World,
    diary::Diary,
    error::there,
    marks::Weeks,
    stage::{Place, Stage, later},
};

/// A program that was played to its end.
pub struct Played<L> {
    /// The program, unlocked, on the last day of the play.
    pub keeper: Keeper<L, World>,
    /// The recovery code of the demo store.
    pub recovery: RecoveryCode,
    /// What was played, read back from the program.
    pub counts: Counts,
    /// The groups of the first sector.
    pub sector: Vec<UnitId>,
    /// People who had no place in a group of their own size: they wait.
    pub waiting: u32,
}

/// The groups of the first sector.
const SECTOR: usize = 6;
/// People of a group.
const SEATS: usize = 20;
/// The most people that are played: ten times the published program.
const MOST: u32 = 33_000;

/// One group while it is played.
struct Circle {
    unit: UnitId,
    members: Vec<MemberId>,
    weeks: Vec<Weeks>,
    /// PHQ-9 totals before and after; none where somebody declines or is not there.
    scores: Vec<(Option<i64>, Option<i64>)>,
    assistants: [MemberId; 2],
    supervisor: MemberId,
    /// Its number, from 0.
    number: usize,
}

impl Circle {
    const fn is_of_sector(&self) -> bool {
        self.number < SECTOR
    }
}

/// The whole play.
struct Play<'a, L: EventLog> {
    stage: Stage<'a, L>,
    diary: Diary,
    model: Model,
    agreement: DocumentId,
    constitution: DocumentId,
    supervisors: Vec<MemberId>,
    assistants: Vec<MemberId>,
    circles: Vec<Circle>,
    calendar: Calendar,
    waiting: u32,
}

/// The days of the play.
#[derive(Debug, Clone, Copy)]
struct Calendar {
    founded: NaiveDate,
}

impl Calendar {
    /// Assistants learn for three weeks from here.
    fn training(self) -> NaiveDate {
        later(self.founded, 14)
    }

    /// Groups are formed, consents heard and first measures taken.
    fn forming(self) -> NaiveDate {
        later(self.founded, 35)
    }

    /// The Monday of a week of sessions, from 1.
    fn week(self, week: usize) -> NaiveDate {
        later(self.founded, 42 + 7 * (week - 1))
    }

    /// The day on which a group meets in a week.
    fn session(self, week: usize, group: usize) -> NaiveDate {
        later(self.week(week), group % 5)
    }
}

/// The role of the assistants in the shipped model.
const ASSISTANT: Code = Code::of("community_healing_assistant");
/// The instruments that are asked in full.
const PHQ9: Code = Code::of("phq-9");
const GAD7: Code = Code::of("gad-7");
const WHO5: Code = Code::of("who-5");

/// Plays the social healing program through its use cases: 200 assistants for 3,300 people at the
/// published size, and the first sector in the exact numbers of its scenario.
///
/// The store must be empty; what is founded in it is a demo, for ever.
///
/// # Errors
///
/// [`RehearsalError::People`] below the 120 of the first sector, and whatever the program refuses.
pub fn play_social_healing<L: EventLog>(
    log: L,
    options: &Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<Played<L>, RehearsalError> {
    let fewest = 120;
    if !(fewest..=MOST).contains(&options.people) {
        return Err(RehearsalError::People { people: options.people, fewest, most: MOST });
    }
    let model = there(program_model::ready("social-healing-group"), "social healing group")?;
    let place = Place { zone: Tz::Africa__Kigali, jurisdiction: "rw", language: "rw" };
    let mut stage = Stage::found(log, options, place, &model, progress)?;
    let agreement = stage.ground_rules(&model)?;
    let supervisors = supervisors(&mut stage, options)?;
    let kind = circlekeeper::DocumentKind::Constitution;
    let constitution = stage.keeper.adopt(kind, b"MADE-UP constitution of a savings group")?;
    let mut play = Play {
        stage,
        diary: Diary::default(),
        model,
        agreement,
        constitution,
        supervisors,
        assistants: Vec::new(),
        circles: Vec::new(),
        calendar: Calendar { founded: options.founded },
        waiting: 0,
    };
    play.stage.tell("found", 3, 3);
    play.train(assistants_for(options.people))?;
    play.form(options.people as usize)?;
    play.meet()?;
    play.end()?;
    play.finish()
}

/// Twelve assistants for the first sector, and 188 for the 3,180 others of the published program.
fn assistants_for(people: u32) -> usize {
    let others = people.saturating_sub(120);
    12 + (others * 188).div_ceil(3180) as usize
}

/// As many supervisors as SV-05 lets stand without a plan of peer supervision: twelve assistants
/// each at most, and always a deputy.
fn supervisors<L: EventLog>(
    stage: &mut Stage<'_, L>,
    options: &Options,
) -> Result<Vec<MemberId>, RehearsalError> {
    let needed = assistants_for(options.people).div_ceil(SEEN_AT_MOST).max(2);
    stage.enroll(needed, Standing::Supervisor, options.founded)
}

/// Assistants that one supervisor sees (SV-05: above twelve a plan is needed).
const SEEN_AT_MOST: usize = 12;

impl<L: EventLog> Play<'_, L> {
    fn finish(mut self) -> Result<Played<L>, RehearsalError> {
        self.stage.tell("count", 0, 1);
        // Pages half full cost a third of the file: what is written is laid side by side once.
        self.stage.keeper.log_mut().compact().map_err(KeeperError::store)?;
        let counts = Counts::read(&mut self.stage.keeper)?;
        self.stage.tell("count", 1, 1);
        let sector = self.circles.iter().take(SECTOR).map(|circle| circle.unit).collect();
        Ok(Played {
            keeper: self.stage.keeper,
            recovery: self.stage.recovery,
            counts,
            sector,
            waiting: self.waiting,
        })
    }
}

impl<L: EventLog> Played<L> {
    /// The first sector as the program remembers it.
    ///
    /// # Errors
    ///
    /// Whatever the store says.
    pub fn sector(&mut self) -> Result<Sector, RehearsalError> {
        Sector::read(&mut self.keeper, &self.sector)
    }
}
