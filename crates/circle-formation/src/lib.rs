//! Who sits with whom.

mod check;
mod cost;
mod facilitator;
mod few;
mod form;
mod formation;
mod person;
mod place;
mod roster;
mod rules;
mod sizes;
mod solve;

pub use check::{Breach, check};
pub use cost::Cost;
pub use facilitator::{Facilitator, Fit, Readiness};
pub use few::{FewError, Language, Languages, Need, Needs, Slot, Slots, Topic, Topics};
pub use form::{Effort, Proposal, form, form_watched};
pub use formation::{Circle, CircleIx, Formation, FormationError};
pub use person::{Aspect, Company, Kind, Person};
pub use place::{Place, Spot, SpotError};
pub use roster::{FacilitatorIx, PersonIx, Roster, RosterError};
pub use rules::{Gathering, Liking, Mixing, Reach, Rules, Weight, WeightError, Weights};
pub use sizes::{Sizes, SizesError};
pub use solve::watch::Progress;
