//! Measures, completion, money, and what may follow.

use circle_model::Condition;
use commons::Code;

use crate::{
    reading::parts,
    words::{Anchor, Answering, Purpose, Rewards, Rights, ToMember},
};

parts! {
    /// A window in which measures are taken.
    pub struct Timepoint {
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// From where its days are counted.
        pub anchor: Anchor,
        /// The session, for [`Anchor::Session`].
        pub session: Option<u16>,
        /// The phase, for [`Anchor::PhaseStart`] and [`Anchor::PhaseEnd`].
        pub phase: Option<Code>,
        /// It opens so many days after its anchor; negative is before.
        pub opens_days: i16,
        /// It closes so many days after its anchor.
        pub closes_days: i16,
    }

    /// Something that is measured.
    pub struct Measure {
        /// The id of the instrument.
        pub instrument: Code,
        /// What people call it.
        pub title: String,
        /// What it is for.
        pub purpose: Purpose,
        /// When it is taken.
        pub timepoints: Vec<Code>,
        /// Minutes it takes one person.
        pub minutes: u16,
        /// Whether this software scores it.
        pub scored: bool,
        /// Whether it may be used freely.
        pub rights: Rights,
        /// How it is filled in; not said means plainly.
        pub setting: Option<Answering>,
    }

    /// How much measuring people are asked to bear.
    pub struct Measuring {
        /// Most minutes at one timepoint.
        pub minutes_max: u16,
        /// The version of the outcomes plan.
        pub plan_version: u16,
    }

    /// When somebody has completed.
    pub struct Completion {
        /// Sessions attended, or more.
        pub attended_at_least: u16,
        /// Whether a certificate is given, and only then.
        pub certificate: bool,
    }

    /// What members pay, and what the program may cost.
    pub struct Fees {
        /// What members pay.
        pub to_member: ToMember,
        /// Whether paying nothing is always a valid amount.
        pub nothing_is_valid: bool,
        /// The most a member may be asked for, in minor units of the currency.
        pub most_minor: Option<i64>,
        /// What one person's place may cost the program, in minor units.
        pub cost_per_person_max_minor: Option<i64>,
        /// The currency, three letters of ISO 4217.
        pub currency: Option<String>,
    }

    /// How a role is paid by performance.
    pub struct Incentive {
        /// The role.
        pub role: Code,
        /// The terms of the formula.
        pub terms: Vec<IncentiveTerm>,
    }

    /// A term of the formula.
    pub struct IncentiveTerm {
        /// What is counted.
        pub id: Code,
        /// Its weight, in percent.
        pub weight_percent: u16,
        /// What it rewards.
        pub rewards: Rewards,
    }

    /// A model that may follow.
    pub struct AfterPhase {
        /// The id of the model.
        pub model: Code,
        /// Whether each person is free to take part.
        pub optional: bool,
        /// What must be so first.
        pub conditions: Vec<Condition>,
    }
}
