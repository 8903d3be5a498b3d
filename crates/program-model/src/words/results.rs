//! Words about measures, money and data.

use crate::words::words;

words! {
    /// What a measure is for.
    pub enum Purpose {
        /// The main outcome.
        Primary = "primary",
        /// Another outcome.
        Secondary = "secondary",
        /// How the program was lived.
        Process = "process",
        /// A story, told with consent.
        Story = "story",
    }

    /// Whether an instrument may be used freely.
    pub enum Rights {
        /// Free to use.
        Free = "free",
        /// Its owner's permission is needed first.
        Permission = "permission",
        /// Nobody has checked yet: ask before use.
        Unchecked = "unchecked",
        /// The program's own question.
        Own = "own",
    }

    /// How an instrument is filled in.
    pub enum Answering {
        /// Anywhere quiet.
        Plain = "plain",
        /// Alone with one trained person, never with a partner or relative near.
        Private = "private",
    }

    /// From where a timepoint is counted.
    pub enum Anchor {
        /// From a session's day.
        Session = "session",
        /// From the day a phase was entered.
        PhaseStart = "phase_start",
        /// From the day a phase was left.
        PhaseEnd = "phase_end",
        /// From the last session's day.
        LastSession = "last_session",
    }

    /// What members pay.
    pub enum ToMember {
        /// Nothing, ever.
        None = "none",
        /// A gift that nobody is asked for.
        Optional = "optional",
        /// By means; nothing is a valid amount.
        Sliding = "sliding",
        /// Decided by the program; nothing is a valid amount.
        Parameter = "parameter",
    }

    /// What a term of an incentive formula rewards.
    pub enum Rewards {
        /// How much was done.
        Volume = "volume",
        /// How well it was done.
        Quality = "quality",
        /// How safely it was done.
        Safety = "safety",
    }

    /// What leaves the house unless somebody decides otherwise.
    pub enum Export {
        /// Nothing.
        Deny = "deny",
        /// Suppressed tables only.
        Suppressed = "suppressed",
    }
}
