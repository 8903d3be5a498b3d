//! Who has completed a group.

use commons::{Refused, Rule};
use serde::{Deserialize, Serialize};

/// How many sessions a participant of a group attends to have completed it (SH-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompletionRule {
    /// The fewest sessions attended.
    pub attended_least: u16,
    /// Of how many that the program holds.
    pub of: u16,
}

/// Whether a participant completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// Attended enough; a certificate may be given.
    Completed,
    /// Not yet, and the sessions that remain are enough.
    Possible {
        /// Sessions still to be attended.
        missing: u16,
    },
    /// Attended too few, and too few sessions remain.
    Missed {
        /// Sessions that were missing.
        missing: u16,
    },
}

/// Why a participant gets no certificate of completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("attended {attended} sessions of the {least} that completing takes")]
pub struct NotCompleted {
    /// Sessions attended.
    pub attended: u16,
    /// The fewest that complete.
    pub least: u16,
}

impl CompletionRule {
    /// Twelve of sixteen: the social healing group's figure, a default of ours (SH-08).
    pub const SOCIAL_HEALING_GROUP: Self = Self { attended_least: 12, of: 16 };

    /// Whether a participant who attended so many of the sessions held so far completed.
    #[must_use]
    pub const fn completion(self, attended: u16, held: u16) -> Completion {
        let missing = self.attended_least.saturating_sub(attended);
        let remain = self.of.saturating_sub(held);
        if missing == 0 {
            Completion::Completed
        } else if missing <= remain {
            Completion::Possible { missing }
        } else {
            Completion::Missed { missing }
        }
    }

    /// Decides whether a participant may get a certificate of completion.
    ///
    /// # Errors
    ///
    /// [`NotCompleted`] where too few sessions were attended.
    pub const fn certify(self, attended: u16) -> Result<(), NotCompleted> {
        if attended >= self.attended_least {
            Ok(())
        } else {
            Err(NotCompleted { attended, least: self.attended_least })
        }
    }
}

impl Refused for NotCompleted {
    fn code(&self) -> &'static str {
        "completion.too_few_sessions"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("SH-08"))
    }
    fn way_out(&self) -> &'static str {
        "Say that they took part, without a certificate of completion, or offer a place in the next cohort."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_of_sixteen_complete() {
        let rule = CompletionRule::SOCIAL_HEALING_GROUP;
        assert_eq!(rule.completion(12, 16), Completion::Completed);
        assert_eq!(rule.completion(11, 16), Completion::Missed { missing: 1 });
        assert_eq!(rule.completion(11, 15), Completion::Possible { missing: 1 });
        assert_eq!(rule.completion(0, 4), Completion::Possible { missing: 12 });
        assert_eq!(rule.completion(0, 5), Completion::Missed { missing: 12 });
        assert_eq!(rule.certify(12), Ok(()));
        let refused = rule.certify(11).expect_err("one too few");
        assert_eq!((refused.attended, refused.least), (11, 12));
        assert_eq!(refused.rule(), Some(Rule::of("SH-08")));
    }
}
