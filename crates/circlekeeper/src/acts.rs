//! What people do with a program: one method of [`Keeper`](crate::Keeper) each, by what they do it to.

mod classes;
mod company;
mod consents;
mod convening;
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
mod wishes;

pub use company::CompanyLine;
pub use consents::Release;
pub use convening::NewCircle;
pub use erasing::Erasure;
pub use founding::{Founding, Recovery};
pub use groups::NewGroup;
pub(crate) use groups::present;
pub use measures::{Kept, NewSheet, SheetRecorded};
pub use people::{ConsentGiven, NewPeople, NewPerson, PeopleSeen, PersonLine};
pub use series::{SeriesStep, SeriesWish};
pub use sessions::{SessionDraft, SessionSaved, WrittenDown};
pub use wishes::{Leading, Seatable, Seating, convening_role};
