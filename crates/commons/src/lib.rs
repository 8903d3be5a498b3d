#![doc = include_str!("../README.md")]

mod aggregate;
mod breach;
mod code;
mod data_class;
mod facts;
mod figures;
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
pub use figures::{Figure, Figures};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_may_be_sent_and_shared() {
        const fn shared<T: Send + Sync>() {}
        shared::<Breach<()>>();
        shared::<Facts<()>>();
        shared::<Private<String>>();
        shared::<Code>();
        shared::<Rule>();
        shared::<EventId>();
        shared::<DataClass>();
    }
}
