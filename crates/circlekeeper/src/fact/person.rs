//! What happens to what is known of a person.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use commons::{Code, EventId, PersonId};
use event_log::KeyId;
use serde::{Deserialize, Serialize};

/// A fact about the record of a person. Who it is stands in sealed parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PersonEvent {
    /// Somebody became known to the program. Name and contact are sealed.
    Registered {
        /// The person.
        person: PersonId,
        /// The day.
        on: NaiveDate,
    },
    /// Two records are of one human. Which the other is stands in a sealed part, under the key of
    /// this one.
    SamePerson {
        /// One record.
        person: PersonId,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody is to sit with another person, or never with them. Which of the two, and who the
    /// other is, stands in a sealed part, under the key of this one.
    Company {
        /// One of the two.
        person: PersonId,
        /// The day.
        on: NaiveDate,
    },
    /// What was said of somebody's company no longer holds.
    CompanyLifted {
        /// The one of the two in whose record it stands.
        person: PersonId,
        /// The event that said it.
        lifts: EventId,
        /// The day.
        on: NaiveDate,
    },
    /// Erasure was asked for.
    ErasureAsked {
        /// The person.
        person: PersonId,
        /// The day.
        on: NaiveDate,
        /// By whom, as a role.
        by: Code,
    },
    /// What was sealed under these keys is gone: they are destroyed.
    ///
    /// The log reads `keys` itself ([`event_log::Erased`]). There is one event for each key, in no
    /// person's stream, so that an erasure does not join what it unlinks.
    Erased {
        /// The keys that were destroyed.
        #[cfg_attr(feature = "schema", schemars(with = "BTreeSet<uuid::Uuid>"))]
        keys: BTreeSet<KeyId>,
        /// The day.
        on: NaiveDate,
    },
    /// Somebody who was erased would be known again by these keyed fingerprints: an import that
    /// meets one asks. Nobody without the program's key can read anything from them.
    Tombstoned {
        /// The fingerprints.
        #[cfg_attr(feature = "schema", schemars(with = "BTreeSet<super::shapes::Hash>"))]
        fingerprints: BTreeSet<event_log::Digest>,
        /// The day.
        on: NaiveDate,
    },
}
