//! Who asks: every way out of the program asks the access table first (law 4).
//!
//! Two ways need no asking: the crisis card, which nothing may stand before, and what opens
//! without a key (codes, days and counts of a locked program).

use circle_access::{Action, Asker, Purpose, Relation, Role, View, may};
use commons::{DataClass, Refused, Rule};
use event_log::EventLog;

use crate::{Keeper, KeeperError, Surroundings};

/// Somebody who asks: in which hat, how they stand to what they ask for, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Who, in which hat, with what was established for this one request.
    pub asker: Asker,
    /// How they stand to the record.
    pub relation: Relation,
    /// What for.
    pub purpose: Purpose,
}

impl Asking {
    /// Somebody in a role, over the whole program, for a purpose.
    #[must_use]
    pub const fn of(role: Role, purpose: Purpose) -> Self {
        Self { asker: Asker::wearing(role), relation: Relation::Program, purpose }
    }

    /// A coordinator who runs the program.
    #[must_use]
    pub const fn coordinator() -> Self {
        Self::of(Role::Coordinator, Purpose::Coordinate)
    }

    /// The safeguarding lead, who keeps people safe.
    #[must_use]
    pub const fn safeguarding() -> Self {
        Self::of(Role::SafeguardingLead, Purpose::Safety)
    }

    /// A keeper who opens a circle of their own.
    #[must_use]
    pub const fn own_circle() -> Self {
        Self {
            asker: Asker::wearing(Role::Keeper),
            relation: Relation::OwnCircle,
            purpose: Purpose::Facilitate,
        }
    }
}

/// The role may see a part of it, and the words are all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this role sees only a part of this kind of data")]
struct OnlyPart;

impl Refused for OnlyPart {
    fn code(&self) -> &'static str {
        "access.only_part"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("ENG-02"))
    }
    fn way_out(&self) -> &'static str {
        "ask somebody whose role sees it, or for the counts"
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Asks the access table whether somebody may do something with a class of data, and in which view.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] with why not. What no cell allows is refused.
    pub fn may(
        &self,
        asking: &Asking,
        action: Action,
        class: DataClass,
    ) -> Result<View, KeeperError> {
        let Asking { asker, relation, purpose } = asking;
        may(asker, action, class, *relation, *purpose).view().map_err(KeeperError::refused)
    }

    /// Asks whether somebody may read words of a class as they stand. A locked keeper has none to show.
    pub(crate) fn may_read(&self, asking: &Asking, class: DataClass) -> Result<(), KeeperError> {
        if !self.is_unlocked() {
            return Ok(());
        }
        match self.may(asking, Action::Read, class)? {
            View::Plain => Ok(()),
            View::Part
            | View::Pseudonymous
            | View::Aggregates
            | View::Flag
            | View::Packet
            | View::Sealed => Err(KeeperError::refused(OnlyPart)),
        }
    }
}
