//! What people do with a program: one method of [`Keeper`](crate::Keeper) each, by what they do it to.

mod classes;
mod consents;
mod documents;
mod erasing;
mod founding;
mod groups;
mod matters;
mod measures;
mod mending;
mod people;
mod referrals;
mod series;
mod sessions;
mod supervision;

pub use consents::Release;
pub use erasing::Erasure;
pub use founding::{Founding, Recovery};
pub use groups::NewGroup;
pub use measures::{Kept, NewSheet, SheetRecorded};
pub use people::{ConsentGiven, NewPeople, NewPerson, PeopleSeen, PersonLine};
pub use series::{SeriesStep, SeriesWish};
pub use sessions::{SessionDraft, SessionSaved, WrittenDown};
