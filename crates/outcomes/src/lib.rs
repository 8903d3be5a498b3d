#![doc = include_str!("../README.md")]

mod answer;
#[cfg(feature = "proptest1")]
pub mod arb;
mod cohort;
pub mod definition;
mod event;
pub mod figures;
mod instrument;
mod interpretation;
mod library;
mod measures;
mod points;
mod score;
pub mod stats;
pub mod suppression;

pub use answer::{Answer, ItemAnswers};
pub use cohort::{
    Cohort, CohortError, Enrolment, Mark, PersonIx, SessionState, SheetState, UnitIx, Work,
};
pub use definition::{Better, Definition};
pub use event::{
    DeclineReason, MeasuresBreach, MeasuresEvent, SettleReason, Sheet, Total, VoidReason,
};
pub use figures::{FigurePlan, Figures};
pub use instrument::{Fault, Faults, Instrument, InstrumentError, Scoring};
pub use interpretation::{
    Bands, ChangeThreshold, CutOff, DifferentInterpretations, Edge, Evidence, Interpretation,
    Provenance, Reading, Shift, Side,
};
pub use library::{built_in, built_in_ids, built_ins};
pub use measures::{Measures, MeasuresError, Wave};
pub use points::{Points, PointsError};
pub use score::{NotScorable, SafetyAnswer, SafetyFlag, Score, Scored, score};
