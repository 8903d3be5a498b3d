//! Why a referral may not be sent, completed or resumed.

use commons::{Refused, Rule};

use super::Progress;

/// Why a referral may not be sent, completed or resumed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum ReferralError {
    /// Nothing was drafted, so its urgency is unknown.
    #[error("the referral was never drafted")]
    NeverDrafted,
    /// No release covers it.
    #[error("no release to this service, and it is no emergency")]
    NoRelease,
    /// The member said no.
    #[error("the member said no; {standing} entries stand")]
    MemberSaidNo {
        /// How many.
        standing: usize,
    },
    /// The service was last checked too long ago, or is closed.
    #[error("the service was last checked {days:?} days ago")]
    StaleService {
        /// Days since it was last checked; none when it never was, or is closed.
        days: Option<u32>,
    },
    /// Neither the service nor the member has said anything.
    #[error("the loop is open: service's word {service}, member's word {member}")]
    LoopOpen {
        /// Whether the service said what came of it.
        service: bool,
        /// Whether the member was asked.
        member: bool,
    },
    /// It stands somewhere else.
    #[error("the referral does not stand where that can be done")]
    Progress {
        /// Where it stands.
        at: Progress,
    },
}

impl Refused for ReferralError {
    fn code(&self) -> &'static str {
        match self {
            Self::NeverDrafted => "referral.never_drafted",
            Self::NoRelease => "referral.no_release",
            Self::MemberSaidNo { .. } => "referral.member_said_no",
            Self::StaleService { .. } => "referral.stale_service",
            Self::LoopOpen { .. } => "referral.loop_open",
            Self::Progress { .. } => "referral.progress",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::NeverDrafted => Some(Rule::of("RF-03")),
            Self::NoRelease => Some(Rule::of("RF-01")),
            Self::MemberSaidNo { .. } => Some(Rule::of("RF-10")),
            Self::StaleService { .. } => Some(Rule::of("RF-02")),
            Self::LoopOpen { .. } => Some(Rule::of("RF-09")),
            Self::Progress { .. } => None,
        }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NeverDrafted => {
                "Draft it with the member first, and say how soon help is needed."
            }
            Self::NoRelease => "Ask the member for a release to this service.",
            Self::MemberSaidNo { .. } => {
                "Ask the member again, and resume it citing what they said."
            }
            Self::StaleService { .. } => "Call the service, record the check, or choose another.",
            Self::LoopOpen { .. } => {
                "Ask the service what came of it, and the member whether it helped."
            }
            Self::Progress { .. } => "Look at where the referral stands first.",
        }
    }
}
