#![doc = include_str!("../README.md")]

mod answers;
mod columns;
mod crew;
mod fault;
mod files;
mod letters;
mod names;
mod plan;
mod read;
pub mod release;
mod suggest;
mod told;

pub use fault::{Fault, FaultKind, Faults};
pub use files::{Files, Folder, Source};
pub use plan::{
    AttendanceFile, Choice, Decision, Encoded, FileName, Finding, InstrumentUse, Join, Leaving,
    Named, PeopleFile, Plan, PlanFault, PlanFaults, ScaleColumns, Separated, Shape, SheetsFile,
    Timepoint, WhenEmpty,
};
pub use read::{Care, Filter, Taken, read};
pub use suggest::{Seen, Suggestion, suggest};
pub use told::{Alike, Doubtful, FileTold, Role, Told};
