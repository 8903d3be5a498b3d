//! Screening, supervision, agreement, consent and safety.

use commons::Code;

use crate::{
    reading::parts,
    words::{Asked, Before, Charter, Lateness, LoadOf, SegmentKind, Support},
};

parts! {
    /// What is talked about with somebody before training.
    pub struct Screening {
        /// The aspects, all of them recorded.
        pub aspects: Vec<Code>,
        /// What follows when the time is not right.
        pub deferrals: Vec<Deferral>,
    }

    /// A reason to wait, and what is offered.
    pub struct Deferral {
        /// The reason.
        pub reason: Code,
        /// The category of service that is offered.
        pub refer: Option<Code>,
        /// When to talk again, in days.
        pub again_after_days: Option<u16>,
    }

    /// Who stands behind those who lead.
    pub struct Supervision {
        /// The role that supervises.
        pub by: Code,
        /// How many one supervisor carries; above it a warning.
        pub load: u16,
        /// What the load is counted in.
        pub load_of: LoadOf,
        /// How often, by phase.
        pub contacts: Vec<Contact>,
        /// Live observations of sessions.
        pub observations: Vec<Observation>,
    }

    /// Supervision in some phases.
    pub struct Contact {
        /// Its id.
        pub id: Code,
        /// The phases.
        pub phases: Vec<Code>,
        /// What kind of contact it is.
        pub kind: Support,
        /// Days from one contact to the next.
        pub every_days: u16,
        /// What follows when it is late.
        pub when_late: Lateness,
    }

    /// Live observations between two sessions.
    pub struct Observation {
        /// Its id.
        pub id: Code,
        /// From this session.
        pub first_session: u16,
        /// To this session.
        pub last_session: u16,
        /// How many.
        pub times: u16,
    }

    /// Something the unit is asked to agree to.
    pub struct GroundRule {
        /// Its id.
        pub id: Code,
        /// The rule, in plain words.
        pub text: String,
        /// Whether the unit may not leave it out.
        pub mandatory: bool,
    }

    /// What people are asked. Each scope can be refused alone.
    pub struct Consent {
        /// After how many months people are asked again.
        pub months: u8,
        /// The same of questions about danger to oneself.
        pub risk_months: u8,
        /// The scopes.
        pub scopes: Vec<ConsentScope>,
    }

    /// One thing people are asked.
    pub struct ConsentScope {
        /// The scope.
        pub scope: Asked,
        /// Before what it is asked.
        pub before: Before,
    }

    /// What must stand before the program opens.
    pub struct Safety {
        /// How thoughts of suicide are met.
        pub charter: Charter,
        /// Categories of which at least one active service is known.
        pub referral_categories: Vec<Code>,
        /// Roles of which somebody is on call.
        pub on_call: Vec<Code>,
        /// Phases in which the number is staffed; all, where none is named.
        pub on_call_phases: Vec<Code>,
        /// The session at which the crisis card is read aloud.
        pub card_read_at_session: Option<u16>,
        /// After a hard session, pairs ask each other within so many hours.
        pub buddy_check_hours: Option<u16>,
        /// Why somebody may not start now, and where they are brought.
        pub exclusions: Vec<Exclusion>,
        /// Who needs a gentler version of which part.
        pub cautions: Vec<Caution>,
        /// Months of the year, 1 to 12, in which on-call is raised.
        pub raised_months: Vec<u16>,
    }

    /// A reason not to start now, and the way that is offered instead.
    pub struct Exclusion {
        /// The reason.
        pub reason: Code,
        /// The category of service that is offered.
        pub refer: Code,
    }

    /// A caution in a kind of part.
    pub struct Caution {
        /// Its id.
        pub id: Code,
        /// The kind of part.
        pub kind: SegmentKind,
        /// What to do, in plain words.
        pub text: String,
    }
}
