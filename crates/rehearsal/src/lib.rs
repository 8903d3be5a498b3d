//! Whole programs played from a seed, through the use cases that people call.
//!
//! Two programs are played here from founding to farewell, with made-up people: the social healing
//! program at its published size, and one healing circle with the circles that grow out of it.
//! Every save is a call of [`circlekeeper::Keeper`]: there is no shortcut into the store. What a
//! play says at its end, it has read back from the program.
//!
//! | To | Start at |
//! | --- | --- |
//! | play the social healing program | [`play_social_healing`], [`Options`] |
//! | look at its first sector | [`Sector`] |
//! | play a healing circle | [`play_healing_circle`], [`Circle`] |
//! | let days pass in a program of your own | [`World`] |
//!
//! ```
//! use event_log::{DeviceId, MemoryLog, Visit};
//! use rehearsal::{Options, play_healing_circle};
//!
//! let visit = Visit::new(commons::Code::of("example-1"), 0, [7; 48]);
//! let log = MemoryLog::open(DeviceId::number(1), &visit);
//! let options = Options { cost: circle_vault::Cost::TEST, ..Options::new(1) };
//! let played = play_healing_circle(log, &options, &mut |_| {})?;
//! assert_eq!(played.circle.attended, 126);
//! # Ok::<(), rehearsal::RehearsalError>(())
//! ```

mod answers;
mod chance;
mod counts;
mod diary;
mod error;
mod healing;
mod marks;
mod names;
mod sector;
mod social;
mod stage;
mod world;

pub use counts::Counts;
pub use error::RehearsalError;
pub use healing::{COST_USD, Circle, HealingPlayed, play_healing_circle};
pub use sector::{Paired, Sector};
pub use social::{Played, play_social_healing};
pub use stage::{Options, Progress};
pub use world::World;
