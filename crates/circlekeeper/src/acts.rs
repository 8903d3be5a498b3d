//! What people do with a program: one method of [`Keeper`](crate::Keeper) each, by what they do it to.

mod classes;
mod consents;
mod documents;
mod founding;
mod groups;
mod matters;
mod measures;
mod mending;
mod people;
mod referrals;
mod sessions;
mod supervision;

pub use founding::Founding;
pub use groups::NewGroup;
pub use measures::{NewSheet, SheetRecorded};
pub use people::{Erasure, NewPerson, PersonLine};
pub use sessions::{SessionDraft, SessionSaved};
