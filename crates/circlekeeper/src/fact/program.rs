//! What happens to a program as a whole.

use chrono::NaiveDate;
use chrono_tz::Tz;
use commons::{Code, DocumentId, EventSet, ProgramId};
use event_log::{Digest, KeyId};
use safety_protocols::SetAside;
use serde::{Deserialize, Serialize};

/// A fact of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProgramEvent {
    /// It was founded.
    Founded {
        /// The program itself.
        program: ProgramId,
        /// The day.
        on: NaiveDate,
        /// The zone by which its sessions are held.
        #[cfg_attr(feature = "schema", schemars(with = "super::shapes::Zone"))]
        zone: Tz,
        /// The law it works under, such as `rw` or `us-ca`.
        jurisdiction: Code,
        /// Whether it is a rehearsal with made-up people. It stays one for ever.
        demo: bool,
        /// The key of the safeguarding compartment.
        #[cfg_attr(feature = "schema", schemars(with = "uuid::Uuid"))]
        safeguarding: KeyId,
    },
    /// A document was adopted. Its bytes are the second open part of the event: a model, a
    /// rulebook, a crisis card and a service hold nothing about a person.
    DocumentAdopted {
        /// The document.
        document: DocumentId,
        /// What it is.
        kind: DocumentKind,
        /// The hash of its bytes.
        #[cfg_attr(feature = "schema", schemars(with = "super::shapes::Hash"))]
        hash: Digest,
        /// The adoptions that it takes the place of.
        cites: EventSet,
        /// The day.
        on: NaiveDate,
    },
    /// A role above its owner set one duty aside, with a reason (ENG-08). It stays in view.
    DutySetAside(SetAside),
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DocumentKind {
    /// The model of a program, in TOML.
    Model,
    /// The rules it works under, in TOML.
    Rulebook,
    /// Ground rules of a group.
    Agreement,
    /// The crisis card.
    CrisisCard,
    /// A service of the directory.
    Service,
    /// The constitution of a savings group.
    Constitution,
    /// A plan in which senior assistants lead peer supervision.
    PeerLeadPlan,
}
