//! What happened, in words that any rule understands.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use commons::{
    CertificateId, ClassId, Code, DocumentId, EventId, EventSet, MatterId, MemberId, ProgramId,
    ReferralId, ServiceId, SessionId, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::{Moments, Severity};

/// What a rule speaks about: never a name, always an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Subject {
    /// The whole program.
    Program(ProgramId),
    /// A group, a case, a place or a class that hosts sessions.
    Unit(UnitId),
    /// One enrolment of a person, a keeper's too.
    Member(MemberId),
    /// A matter that somebody looks after.
    Matter(MatterId),
    /// A referral.
    Referral(ReferralId),
    /// A service in the directory.
    Service(ServiceId),
    /// One session.
    Session(SessionId),
    /// A class.
    Class(ClassId),
    /// A certificate or an authorization to lead.
    Certificate(CertificateId),
    /// A document: an agreement, a crisis card.
    Document(DocumentId),
}

/// Where, under which terms and under which rules something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Circumstances {
    /// The zone whose days and midnights count.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub zone: Tz,
    /// What rules may ask about: `jurisdiction`, `model`, `phase`, `charter`, `setting`, `severity`.
    pub attributes: BTreeMap<Code, Code>,
    /// Planned moments that some deadlines wait for.
    #[serde(default)]
    pub moments: Moments,
    /// The rulebooks in force; none means the shipped one. Two adopted at once both hold.
    #[serde(default)]
    pub rulebooks: BTreeSet<DocumentId>,
}

impl Circumstances {
    /// Circumstances of which only the zone is known.
    #[must_use]
    pub const fn new(zone: Tz) -> Self {
        Self {
            zone,
            attributes: BTreeMap::new(),
            moments: Moments {
                session_ends_at: None,
                next_session_at: None,
                next_supervision_at: None,
                agreed_by: None,
            },
            rulebooks: BTreeSet::new(),
        }
    }

    /// The same with one more attribute.
    #[must_use]
    pub fn with(mut self, name: Code, value: Code) -> Self {
        self.attributes.insert(name, value);
        self
    }
}

impl Ord for Circumstances {
    fn cmp(&self, other: &Self) -> Ordering {
        self.zone
            .name()
            .cmp(other.zone.name())
            .then_with(|| self.attributes.cmp(&other.attributes))
            .then_with(|| self.moments.cmp(&other.moments))
            .then_with(|| self.rulebooks.cmp(&other.rulebooks))
    }
}

impl PartialOrd for Circumstances {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Something that happened, told to the rules.
///
/// The application makes these from the events of every domain, so the rules see no circle, no
/// score and no name. An occurrence may open obligations, answer earlier ones, or both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Occurrence {
    /// What kind of thing, such as `matter.opened` or `group.below_fewest`.
    pub kind: Code,
    /// The event that tells it.
    pub event: EventId,
    /// What it is about.
    pub subject: Subject,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When anyone acting for the program first knew (ENG-03); never when it was typed in.
    pub known_at: DateTime<Utc>,
    /// Where and under which terms.
    pub circumstances: Circumstances,
    /// The openings that it answers.
    #[serde(default)]
    pub answers: EventSet,
    /// What it shows for that.
    #[serde(default)]
    pub evidence: BTreeSet<Code>,
    /// Other subjects that turned out to be the same thing: one clock, from the earliest awareness.
    #[serde(default)]
    pub joins: BTreeSet<Subject>,
}

impl Occurrence {
    /// Something that happened and was known at one instant.
    #[must_use]
    pub fn new(
        kind: Code,
        event: EventId,
        subject: Subject,
        at: DateTime<Utc>,
        circumstances: Circumstances,
    ) -> Self {
        Self {
            kind,
            event,
            subject,
            happened_at: at,
            known_at: at,
            circumstances,
            answers: EventSet::new(),
            evidence: BTreeSet::new(),
            joins: BTreeSet::new(),
        }
    }

    /// The same, known only later (or told with an earlier awareness).
    #[must_use]
    pub const fn known_at(mut self, known_at: DateTime<Utc>) -> Self {
        self.known_at = known_at;
        self
    }

    /// The same with one more attribute.
    #[must_use]
    pub fn with(mut self, name: Code, value: Code) -> Self {
        self.circumstances.attributes.insert(name, value);
        self
    }

    /// The same, answering openings with a piece of evidence.
    #[must_use]
    pub fn answering(
        mut self,
        openings: impl IntoIterator<Item = EventId>,
        evidence: impl IntoIterator<Item = Code>,
    ) -> Self {
        self.answers.extend(openings);
        self.evidence.extend(evidence);
        self
    }

    /// The same, telling that another subject is the same thing.
    #[must_use]
    pub fn joining(mut self, other: Subject) -> Self {
        self.joins.insert(other);
        self
    }

    /// One of its attributes.
    #[must_use]
    pub fn attribute(&self, name: &Code) -> Option<&Code> {
        self.circumstances.attributes.get(name)
    }

    /// How severe it is, where that was said.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.attribute(&attribute::SEVERITY).and_then(|code| code.as_str().parse().ok())
    }
}

/// The names of attributes that shipped rules ask about.
pub mod attribute {
    use commons::Code;

    /// Which law holds: `us-tx`, `rw`, `gb-eng`.
    pub const JURISDICTION: Code = Code::of("jurisdiction");
    /// The program model: `healing-circle`.
    pub const MODEL: Code = Code::of("model");
    /// The phase of the unit: `p4`.
    pub const PHASE: Code = Code::of("phase");
    /// What the circle promised about danger to oneself.
    pub const CHARTER: Code = Code::of("charter");
    /// In school hours, in a clinic, at home.
    pub const SETTING: Code = Code::of("setting");
    /// The severity, `s0` to `s4`.
    pub const SEVERITY: Code = Code::of("severity");
    /// The urgency of a referral.
    pub const URGENCY: Code = Code::of("urgency");
    /// What a first conversation about danger to oneself came to.
    pub const TRIAGE: Code = Code::of("triage");
    /// How supervision is arranged: `weekly`, `fortnightly`, `four_weekly`, `peer`.
    pub const ARRANGEMENT: Code = Code::of("arrangement");
    /// Why something ended, such as `revoked`.
    pub const REASON: Code = Code::of("reason");
    /// Which scope a consent is about.
    pub const SCOPE: Code = Code::of("scope");
    /// Which row was set aside.
    pub const ROW: Code = Code::of("row");
}

/// Evidence that answers an obligation although nobody did what it asked for. No act may pass for
/// one of these: each has an event of its own.
pub mod evidence {
    use commons::Code;

    /// The opening was entered by mistake. Where several accounts opened one duty, each must be.
    pub const VOIDED: Code = Code::of("voided");
    /// What is known now shows that nothing called for it: a mark was put right, a joining came in
    /// late. The opening stays in the list, and opens again where that is taken back.
    pub const CORRECTED: Code = Code::of("corrected");
    /// A role above the actor set one row aside with a reason, in view of all (ENG-08).
    pub const OVERRIDDEN: Code = Code::of("overridden");
    /// The severity that opened it was lowered by those who may. It answers what that severity
    /// asked for, and nothing else.
    pub const LOWERED: Code = Code::of("lowered");

    /// All of them.
    pub const RESERVED: [Code; 4] = [VOIDED, CORRECTED, OVERRIDDEN, LOWERED];
}
