//! The calendar: sessions planned, moved, called off, shown, and taken along.

mod days;
mod feeds;
mod marks;
mod page;
mod plan;
mod sheets;
mod show;
mod whom;

use circle_model::NotHeldReason;

pub(crate) use feeds::export;
pub(crate) use marks::{enter, take_in};
pub(crate) use plan::{plan, reschedule, skip};
pub(crate) use sheets::sheets;
pub(crate) use show::show;

use super::Desk;
use crate::args::ReasonWord;

impl From<ReasonWord> for NotHeldReason {
    fn from(word: ReasonWord) -> Self {
        match word {
            ReasonWord::Holiday => Self::Holiday,
            ReasonWord::Commemoration => Self::Commemoration,
            ReasonWord::Weather => Self::Weather,
            ReasonWord::NoFacilitator => Self::NoFacilitator,
            ReasonWord::TooFew => Self::TooFew,
            ReasonWord::NoPlace => Self::NoPlace,
            ReasonWord::Unsafe => Self::Unsafe,
            ReasonWord::Other => Self::Other,
        }
    }
}

/// The word for a reason, as data has it.
pub(crate) fn reason(why: NotHeldReason) -> String {
    let value = serde_json::to_value(why).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
