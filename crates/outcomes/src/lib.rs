#![doc = include_str!("../README.md")]

mod answer;
#[cfg(feature = "proptest1")]
pub mod arb;
pub mod case;
mod check;
mod cohort;
mod context;
pub mod definition;
mod event;
mod fault;
pub mod figures;
#[cfg(feature = "golden")]
pub mod golden;
mod instrument;
mod interpretation;
mod library;
mod measures;
mod points;
mod rule;
mod score;
mod scorer;
pub mod stats;
pub mod suppression;
pub mod wording;

pub use answer::{Answer, ItemAnswers};
pub use cohort::{
    AnswerCounts, Cohort, CohortError, ColumnIx, Enrolment, GroupIx, Mark, Marks, Nesting, Person,
    PersonIx, Referrals, SessionState, SheetScorer, SheetState, Sheets, Totals, UnitIx, Work,
};
pub use context::{Asks, Condition, Context, ContextIs, Known};
pub use definition::{Better, Definition};
pub use event::{
    DeclineReason, MeasuresBreach, MeasuresEvent, SettleReason, Sheet, Total, VoidReason,
};
pub use fault::{Fault, Faults, InstrumentError, in_plain_words};
pub use figures::{FigurePlan, Figures};
pub use instrument::{Instrument, Scoring};
pub use interpretation::{
    Bands, ChangeThreshold, CutOff, DifferentInterpretations, Edge, Evidence, Interpretation,
    Levels, Provenance, Reading, Shift, Side, Step,
};
pub use library::{OWN_EXAMPLE, built_in, built_in_ids, built_ins};
pub use measures::{Measures, MeasuresError, Wave};
pub use points::{Points, PointsError};
pub use score::{
    Converted, CountScore, NotScorable, SafetyAnswer, SafetyFlag, ScaleScore, Score, Scored,
};
pub use scorer::{score, score_with};
pub use wording::Wording;
