//! Two copies of a program become one.

use event_log::{Absorbed, EventLog};
use serde::Serialize;

use crate::{Finding, Keeper, KeeperError, Surroundings, keeper::setting};

/// What a merge brought.
#[derive(Debug, Clone, Serialize)]
pub struct Merged {
    /// Events that were new here.
    pub new: u64,
    /// Events that were here already.
    pub known: u64,
    /// Events kept aside, because their id was here with other content.
    pub quarantined: usize,
    /// Places where one history became two.
    pub forks: usize,
    /// What is wrong now and was not before.
    pub conflicts: Vec<Finding>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Takes in everything that another copy of this program has and this one has not.
    ///
    /// Nothing is taken away and nothing is decided: what no longer fits together is listed.
    ///
    /// # Errors
    ///
    /// [`KeeperError::DemoAndReal`], [`KeeperError::OtherProgram`], [`KeeperError::Store`].
    pub fn merge<M: EventLog>(&mut self, other: &M) -> Result<Merged, KeeperError> {
        self.same_program(other)?;
        let before = self.findings()?;
        let landmarks = self.log.landmarks().map_err(KeeperError::store)?;
        let sent = other.since(&landmarks).map_err(KeeperError::store)?;
        let keys = other.wrapped_all().map_err(KeeperError::store)?;
        let absorbed: Absorbed = self
            .log
            .absorb(&sent)
            .map_err(|error| KeeperError::store(Absorbing(error.to_string())))?;
        self.log.adopt_keys(&keys).map_err(KeeperError::store)?;
        // An erasure that came along must not leave a name on a card or in a free page.
        self.log.drop_cards().map_err(KeeperError::store)?;
        self.log.compact().map_err(KeeperError::store)?;
        self.clear_shelf();
        let mut conflicts = self.findings()?;
        conflicts.retain(|finding| !before.contains(finding));
        Ok(Merged {
            new: absorbed.new,
            known: absorbed.known,
            quarantined: absorbed.quarantined.len(),
            forks: absorbed.forks.len(),
            conflicts,
        })
    }

    fn same_program<M: EventLog>(&mut self, other: &M) -> Result<(), KeeperError> {
        let theirs = other
            .setting(setting::PROGRAM)
            .map_err(KeeperError::store)?
            .ok_or(KeeperError::NoProgram)?;
        if theirs == self.program_id().bytes() {
            return Ok(());
        }
        let founded = other.read_kind("program.founded").map_err(KeeperError::store)?;
        let demo = founded.events.iter().any(|event| {
            let fact = event.open().map(|open| {
                crate::Fact::decode(&event.header().kind, event.header().version, open)
            });
            matches!(
                fact,
                Some(Ok(crate::Fact::Program(crate::ProgramEvent::Founded { demo: true, .. })))
            )
        });
        if demo == self.founded()?.demo {
            Err(KeeperError::OtherProgram)
        } else {
            Err(KeeperError::DemoAndReal)
        }
    }
}

/// What the other copy sent was refused whole.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Absorbing(String);
