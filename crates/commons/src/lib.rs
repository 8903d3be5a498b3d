//! Ids, facts, breaches and private values: what every room of Circlekeeper shares.
//!
//! This crate knows no circle, no score and no store. It holds the few ideas
//! that make the others simple:
//!
//! * An [`Aggregate`] is the set of its dated facts. Taking a fact in never
//!   fails and never depends on order.
//! * What is wrong is asked of the state: a [`Breach`] is a kind and the ids of
//!   the events that make it, so a person can settle exactly that.
//! * A *plan* that would add a breach is refused; a *record* of what happened
//!   never is ([`Standing`]).
//! * Words about people are [`Private`]: known, locked or erased, and no rule
//!   looks inside.
//!
//! | To | Start at |
//! | --- | --- |
//! | give a thing its own id type | [`id!`], [`MemberId`] |
//! | write an aggregate | [`Facts`], [`Aggregate`] |
//! | test one against the laws | the `laws` module (feature `laws`) |
//! | refuse with a rule and a way out | [`Refused`], [`Rule`] |
//!
//! ```
//! use commons::{Code, Rule};
//!
//! let role: Code = "peer_facilitator".parse()?;
//! assert_eq!(role.as_str(), "peer_facilitator");
//! assert_eq!(Rule::of("HC-01").as_str(), "HC-01");
//! # Ok::<(), commons::CodeError>(())
//! ```

mod aggregate;
mod breach;
mod code;
mod data_class;
mod facts;
mod ids;
#[cfg(feature = "laws")]
pub mod laws;
mod private;
mod refused;
mod rule;

pub use aggregate::{Aggregate, Fact, Mend, Standing};
pub use breach::{Breach, EventSet};
pub use code::{Code, CodeError};
pub use data_class::{DataClass, UnknownClass};
pub use facts::Facts;
pub use ids::{
    CertificateId, ClassId, DocumentId, EventId, IdError, MatterId, MemberId, OriginId, PersonId,
    ProgramId, ReferralId, ServiceId, SessionId, UnitId,
};
pub use private::Private;
pub use refused::Refused;
pub use rule::{Rule, RuleError};

#[doc(hidden)]
pub mod __private {
    pub use crate::ids::short_code;
    #[cfg(feature = "schema")]
    pub use schemars;
    pub use serde;
    pub use uuid;
}
