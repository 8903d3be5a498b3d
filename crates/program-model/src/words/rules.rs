//! Words about rules.

use crate::words::words;

words! {
    /// Whether breaking a rule is refused or shown.
    pub enum Level {
        /// Plans that would break it are refused; what happened is a breach.
        Must = "MUST",
        /// It is shown as a warning with the rule's id.
        Should = "SHOULD",
    }

    /// Whether a rule speaks of plans or of what happened.
    pub enum Stands {
        /// Plans and permissions: refused.
        Plan = "plan",
        /// What happened: recorded, and shown where it breaks the rule.
        Record = "record",
        /// Both.
        Both = "both",
    }

    /// How a rule is kept.
    pub enum Keeping {
        /// A type cannot hold anything else.
        Type = "type",
        /// A decision refuses the plan.
        RefusedPlan = "refused_plan",
        /// A breach of the state.
        Breach = "breach",
        /// A gate over several rooms.
        Gate = "gate",
        /// An obligation with a due date.
        Obligation = "obligation",
    }
}
