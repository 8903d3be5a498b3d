//! Every event of every room, under one roof: what the log holds.

mod member;
mod person;
mod program;
#[cfg(feature = "schema")]
mod shapes;

use circle_model::{CaseEvent, GroupEvent, PlaceEvent, SessionEvent};
use commons::DataClass;
use curriculum::ClassEvent;
use event_log::Kind;
use outcomes::MeasuresEvent;
use safety_protocols::{
    CardEvent, ConsentEvent, MatterEvent, ReferralEvent, ServiceEvent, SupervisionEvent,
};
use serde::{Serialize, de::DeserializeOwned};

pub use member::{MemberEvent, Standing, WaitReason};
pub use person::PersonEvent;
pub use program::{DocumentKind, ProgramEvent};

/// A fact of the program.
///
/// The log knows facts by a neutral type name (`group.joined`) and a version; this is the one
/// place where names meet types.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// Of the program itself.
    Program(ProgramEvent),
    /// Of a person.
    Person(PersonEvent),
    /// Of an enrolment.
    Member(MemberEvent),
    /// Of a group.
    Group(GroupEvent),
    /// Of a session.
    Session(SessionEvent),
    /// Of a case.
    Case(CaseEvent),
    /// Of a place.
    Place(PlaceEvent),
    /// Of a class.
    Class(ClassEvent),
    /// Of somebody's consent.
    Consent(ConsentEvent),
    /// Of somebody's measures.
    Measures(MeasuresEvent),
    /// Of a matter.
    Matter(MatterEvent),
    /// Of a referral.
    Referral(ReferralEvent),
    /// Of the supervision of a unit.
    Supervision(SupervisionEvent),
    /// Of the crisis card.
    Card(CardEvent),
    /// Of a service of the directory.
    Service(ServiceEvent),
}

/// A type name that this release does not know, or a shape it cannot read.
///
/// It is kept and passed on; what it belongs to is shown as written by a newer release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an event of type {kind}, version {version}, is not known to this release")]
pub struct UnknownFact {
    /// The type name.
    pub kind: Kind,
    /// The version.
    pub version: u16,
}

/// The version of every event shape of this release.
pub const VERSION: u16 = 1;

/// How the JSON of every event begins.
const TAG: &str = "{\"event\":\"";

impl Fact {
    /// The first half of its type name.
    #[must_use]
    pub const fn room(&self) -> &'static str {
        match self {
            Self::Program(_) => "program",
            Self::Person(_) => "person",
            Self::Member(_) => "member",
            Self::Group(_) => "group",
            Self::Session(_) => "session",
            Self::Case(_) => "case",
            Self::Place(_) => "place",
            Self::Class(_) => "class",
            Self::Consent(_) => "consent",
            Self::Measures(_) => "measures",
            Self::Matter(_) => "matter",
            Self::Referral(_) => "referral",
            Self::Supervision(_) => "supervision",
            Self::Card(_) => "card",
            Self::Service(_) => "service",
        }
    }

    /// The class of data its open part holds.
    #[must_use]
    pub const fn class(&self) -> DataClass {
        match self {
            Self::Program(_) | Self::Card(_) | Self::Service(_) => DataClass::Public,
            Self::Person(_) | Self::Member(_) => DataClass::Identity,
            Self::Group(_) => DataClass::Schedule,
            Self::Session(_) | Self::Place(_) => DataClass::Attendance,
            Self::Case(_) | Self::Class(_) => DataClass::SessionRecord,
            Self::Consent(_) => DataClass::Consent,
            Self::Measures(_) => DataClass::Scores,
            Self::Matter(_) => DataClass::Incident,
            Self::Referral(_) => DataClass::Referral,
            Self::Supervision(_) => DataClass::Supervision,
        }
    }

    /// Whether it is a plan, which may be refused, or a record, which never is.
    #[must_use]
    pub fn standing(&self) -> commons::Standing {
        use commons::Fact as _;
        match self {
            Self::Group(event) => event.standing(),
            Self::Session(event) => event.standing(),
            Self::Case(event) => event.standing(),
            Self::Place(event) => event.standing(),
            Self::Class(event) => event.standing(),
            Self::Consent(event) => event.standing(),
            Self::Measures(event) => event.standing(),
            Self::Matter(event) => event.standing(),
            Self::Referral(event) => event.standing(),
            Self::Supervision(event) => event.standing(),
            Self::Card(event) => event.standing(),
            Self::Service(event) => event.standing(),
            Self::Program(crate::ProgramEvent::DutySetAside(_)) => commons::Standing::Plan,
            Self::Program(_) | Self::Person(_) | Self::Member(_) => commons::Standing::Record,
        }
    }

    /// Its type name and its bytes, as they are kept.
    ///
    /// # Errors
    ///
    /// None in practice: every fact is written as JSON that begins with its name.
    pub fn encode(&self) -> Result<(Kind, Vec<u8>), serde_json::Error> {
        let json = match self {
            Self::Program(event) => json(event),
            Self::Person(event) => json(event),
            Self::Member(event) => json(event),
            Self::Group(event) => json(event),
            Self::Session(event) => json(event),
            Self::Case(event) => json(event),
            Self::Place(event) => json(event),
            Self::Class(event) => json(event),
            Self::Consent(event) => json(event),
            Self::Measures(event) => json(event),
            Self::Matter(event) => json(event),
            Self::Referral(event) => json(event),
            Self::Supervision(event) => json(event),
            Self::Card(event) => json(event),
            Self::Service(event) => json(event),
        }?;
        let name =
            json.strip_prefix(TAG).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let kind = format!("{}.{name}", self.room()).parse().map_err(serde::de::Error::custom)?;
        Ok((kind, json.into_bytes()))
    }

    /// Reads a fact.
    ///
    /// # Errors
    ///
    /// [`UnknownFact`], where a newer release wrote it.
    pub fn decode(kind: &Kind, version: u16, open: &[u8]) -> Result<Self, UnknownFact> {
        let unknown = || UnknownFact { kind: kind.clone(), version };
        let (room, name) = kind.as_str().split_once('.').ok_or_else(unknown)?;
        // The header and the open part name the event; where they differ, neither is believed.
        let same =
            open.strip_prefix(TAG.as_bytes()).and_then(|rest| rest.strip_prefix(name.as_bytes()));
        if version != VERSION || !same.is_some_and(|rest| rest.starts_with(b"\"")) {
            return Err(unknown());
        }
        match room {
            "program" => read(open).map(Self::Program),
            "person" => read(open).map(Self::Person),
            "member" => read(open).map(Self::Member),
            "group" => read(open).map(Self::Group),
            "session" => read(open).map(Self::Session),
            "case" => read(open).map(Self::Case),
            "place" => read(open).map(Self::Place),
            "class" => read(open).map(Self::Class),
            "consent" => read(open).map(Self::Consent),
            "measures" => read(open).map(Self::Measures),
            "matter" => read(open).map(Self::Matter),
            "referral" => read(open).map(Self::Referral),
            "supervision" => read(open).map(Self::Supervision),
            "card" => read(open).map(Self::Card),
            "service" => read(open).map(Self::Service),
            _ => None,
        }
        .ok_or_else(unknown)
    }
}

fn json<E: Serialize>(event: &E) -> Result<String, serde_json::Error> {
    serde_json::to_string(event)
}

fn read<E: DeserializeOwned>(open: &[u8]) -> Option<E> {
    serde_json::from_slice(open).ok()
}
