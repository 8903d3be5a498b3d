//! How many keepers one supervisor sees.

use std::collections::BTreeSet;

use commons::{MemberId, Refused, Rule};
use serde::{Deserialize, Serialize};

use crate::Rulebook;

/// A recorded plan of one supervisor, in which senior assistants lead peer supervision and the
/// supervisor sees each of these leads. It says nothing for any other supervisor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PeerLeadPlan {
    /// Whose plan it is.
    pub supervisor: MemberId,
    /// Who lead. Who is not seen by that supervisor leads nobody.
    pub leads: BTreeSet<MemberId>,
}

/// The figures of SV-05, as settled for programs with many assistants: our own defaults, since no
/// agreed ratio was found (WHO 2018, recommendation 6, asks for an "appropriate" one).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LoadLimits {
    /// More supervisees than that are warned about.
    pub warn_above: u16,
    /// More than that need a plan.
    pub plan_above: u16,
}

/// How heavy a supervisor's load is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Load {
    /// Within reach.
    Light,
    /// Allowed, and shown.
    Heavy {
        /// How many keepers the supervisor sees in person.
        seen: u16,
    },
}

/// Why one more keeper may not be put under a supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum LoadError {
    /// Too many, and no plan for peer supervision.
    #[error("{supervisees} supervisees and no plan of peer supervision: {most} is the most")]
    NoPlan {
        /// How many.
        supervisees: u16,
        /// The most without a plan.
        most: u16,
    },
    /// The plan does not reach: too many for each lead, or too many leads for the supervisor.
    #[error("{leads} leads do not reach {supervisees} supervisees")]
    PlanTooThin {
        /// How many.
        supervisees: u16,
        /// How many lead.
        leads: u16,
    },
}

impl Refused for LoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPlan { .. } => "supervision.no_plan",
            Self::PlanTooThin { .. } => "supervision.plan_too_thin",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(SV_05)
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NoPlan { .. } => {
                "Record a plan in which senior assistants lead peer supervision, or name another supervisor."
            }
            Self::PlanTooThin { .. } => "Name more leads, or another supervisor.",
        }
    }
}

const SV_05: Rule = Rule::of("SV-05");

impl LoadLimits {
    /// The figures of a rulebook. Those it lacks are the strictest we ship.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let limit = |name, strictest| {
            book.limit(&SV_05, &commons::Code::of(name))
                .and_then(|figure| u16::try_from(figure).ok())
                .unwrap_or(strictest)
        };
        Self { warn_above: limit("warn_above", 10), plan_above: limit("plan_above", 12) }
    }

    /// Weighs those whom a supervisor stands by, with or without that supervisor's recorded plan.
    ///
    /// # Errors
    ///
    /// Too many without a plan; or a plan with too few leads to reach everyone, or with more leads
    /// than the supervisor can see.
    pub fn weigh(
        self,
        seen: &BTreeSet<MemberId>,
        plan: Option<&PeerLeadPlan>,
    ) -> Result<Load, LoadError> {
        let count = |many: usize| u16::try_from(many).unwrap_or(u16::MAX);
        let supervisees = count(seen.len());
        if supervisees <= self.warn_above {
            return Ok(Load::Light);
        }
        if supervisees <= self.plan_above {
            return Ok(Load::Heavy { seen: supervisees });
        }
        let Some(plan) = plan else {
            return Err(LoadError::NoPlan { supervisees, most: self.plan_above });
        };
        let leads = count(plan.leads.intersection(seen).count());
        let reached = u32::from(leads) * u32::from(self.warn_above) + u32::from(leads);
        if leads > self.plan_above || reached < u32::from(supervisees) {
            return Err(LoadError::PlanTooThin { supervisees, leads });
        }
        Ok(Load::Heavy { seen: leads })
    }
}
