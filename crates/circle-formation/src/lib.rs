//! Who sits with whom, who waits, and why.
//!
//! A [`Roster`] has people, facilitators, and what holds between them; [`Rules`] say what must hold of every circle and
//! [`Weights`] what unmet wishes cost. [`form`] answers with a [`Proposal`]: circles, each with its facilitator, time and
//! language, what they cost by parts, and what no formation could cost less than. It breaks no rule, ever; [`check`] is
//! written apart from it and says so. The same roster, seed and work give the same answer on any machine: this crate reads no
//! clock, starts no thread, and reckons in whole numbers.
//!
//! | To | Start at |
//! | --- | --- |
//! | say who there is | [`Person`], [`Facilitator`], [`Roster`] |
//! | say what must hold and what is wished for | [`Rules`], [`Weights`] |
//! | form circles | [`form`], [`form_watched`] |
//! | take latecomers in and move nobody | [`extend`] |
//! | say why somebody sits or waits, and what would help | [`Reasons`] |
//! | find rules that leave no way | [`Roster::impasse`] |
//! | check circles, however they were made | [`check`], [`Cost::of`] |
//!
//! ```
//! use circle_formation::{
//!     Effort, Facilitator, Languages, Person, Place, Reasons, Roster, Rules, Sizes, Slots, Weights,
//!     check, form,
//! };
//!
//! let rules = Rules::new(Sizes::new(2, 3, 4)?);
//! let mut roster = Roster::new(rules, Weights::usual());
//! let (here, kinyarwanda) = (Place(0), Languages::of_bits(0b1));
//! let (monday, tuesday) = (Slots::of_bits(0b01), Slots::of_bits(0b10));
//! let mary = roster.person(Person::new(here, kinyarwanda, monday))?;
//! let joy = roster.person(Person::new(here, kinyarwanda, monday))?;
//! let grace = roster.person(Person::new(here, kinyarwanda, tuesday))?;
//! roster.facilitator(Facilitator::new(here, kinyarwanda, monday))?;
//!
//! let proposal = form(&roster, Effort { seed: 1, work: 10_000 });
//! let circles = proposal.formation();
//! assert!(check(&roster, circles).is_empty());
//! assert!(circles.seat(mary).is_some() && circles.seat(mary) == circles.seat(joy));
//! assert!(proposal.is_proven());
//!
//! // Nobody who speaks her language is free when she is.
//! let waits = Reasons::of(&roster, circles).waits(grace).ok_or("she waits")?;
//! assert_eq!((waits.within_reach, waits.no_slot), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

mod apart;
#[cfg(feature = "proptest1")]
pub mod arb;
mod check;
mod cost;
mod facilitator;
mod few;
mod form;
mod formation;
mod impasse;
mod late;
mod person;
mod place;
mod reasons;
mod roster;
mod rules;
mod sizes;
mod solve;

pub use apart::{ApartPermit, ApartReason};
pub use check::{Breach, check};
pub use cost::Cost;
pub use facilitator::{Facilitator, Fit, Readiness};
pub use few::{FewError, Language, Languages, Need, Needs, Slot, Slots, Topic, Topics};
pub use form::{Effort, Proposal, form, form_watched};
pub use formation::{Circle, CircleIx, Formation, FormationError};
pub use impasse::{Demand, Impasse, Ruling};
pub use late::{Ask, ExtendError, Extension, Moving, extend, extend_watched, moved};
pub use person::{Aspect, Company, Kind, Person};
pub use place::{Place, Spot, SpotError};
pub use reasons::{Because, Change, Opening, Reasons, Seated, Waits};
pub use roster::{FacilitatorIx, PersonIx, Roster, RosterError};
pub use rules::{Gathering, Liking, Mixing, Reach, Rules, Weight, WeightError, Weights};
pub use sizes::{Sizes, SizesError};
pub use solve::watch::Progress;
