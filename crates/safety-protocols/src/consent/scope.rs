//! The separate switches of consent.

use commons::{Code, MatterId, ServiceId};
use serde::{Deserialize, Serialize};

/// One use of a person's data or presence, asked for and refusable by itself (A3 of the rules).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "scope", rename_all = "snake_case")]
pub enum Scope {
    /// To take part.
    Participate,
    /// That records are kept.
    KeepRecords,
    /// To be reached by a channel.
    Contact {
        /// Which: `call`, `sms`, `visit`.
        channel: Code,
    },
    /// That sheets are filled in.
    MeasureOutcomes,
    /// That questions about danger to oneself are asked.
    MeasureRiskItems,
    /// That the supervisor hears.
    ShareWithSupervisor,
    /// That an observer, mentor or visitor is in the room.
    ObserverPresent,
    /// To be referred to a service.
    Refer {
        /// Which.
        service: ServiceId,
    },
    /// That an evaluation uses the records.
    Evaluate,
    /// To be counted in reports.
    AggregateReporting,
    /// That a story is told.
    Story {
        /// Where: `report`, `training`.
        purpose: Code,
    },
    /// That a photograph or recording is made.
    PhotoAudio {
        /// What for.
        purpose: Code,
    },
    /// That data are stored in another country.
    StoreAbroad {
        /// Which.
        country: Code,
    },
    /// To be reached after leaving.
    RecontactAfterExit,
    /// That a guardian is told of a matter.
    GuardianInformed {
        /// Which.
        matter: MatterId,
    },
}

impl Scope {
    /// Its kind, without what it names.
    #[must_use]
    pub const fn code(&self) -> Code {
        Code::of(match self {
            Self::Participate => "participate",
            Self::KeepRecords => "keep_records",
            Self::Contact { .. } => "contact",
            Self::MeasureOutcomes => "measure_outcomes",
            Self::MeasureRiskItems => "measure_risk_items",
            Self::ShareWithSupervisor => "share_with_supervisor",
            Self::ObserverPresent => "observer_present",
            Self::Refer { .. } => "refer",
            Self::Evaluate => "evaluate",
            Self::AggregateReporting => "aggregate_reporting",
            Self::Story { .. } => "story",
            Self::PhotoAudio { .. } => "photo_audio",
            Self::StoreAbroad { .. } => "store_abroad",
            Self::RecontactAfterExit => "recontact_after_exit",
            Self::GuardianInformed { .. } => "guardian_informed",
        })
    }

    /// Whether one cannot take part without it: to be there, and that it is written down who was.
    ///
    /// Everything else may be refused and the seat stays (CO-02, CO-04).
    #[must_use]
    pub const fn comes_with_a_seat(&self) -> bool {
        matches!(self, Self::Participate | Self::KeepRecords)
    }
}
