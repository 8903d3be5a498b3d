//! Two copies of a program become one.

use event_log::{Absorbed, Damage, EventLog, Weight};
use serde::Serialize;

use crate::{Finding, Keeper, KeeperError, Surroundings, keeper::setting};

/// What a merge brought.
#[derive(Debug, Clone, Serialize)]
pub struct Merged {
    /// Events that were new here.
    pub new: u64,
    /// Events that were here already.
    pub known: u64,
    /// Events that were damaged here, or short of something, and are better now.
    pub mended: u64,
    /// Owner keys that were unknown, altered or lost here.
    pub keys: u64,
    /// Places that are damaged in the other copy: what is damaged there did not come.
    pub damaged_there: usize,
    /// Places that are still damaged here.
    pub damaged_here: usize,
    /// Events kept aside, because their id was here with other content.
    pub quarantined: usize,
    /// Places where one history became two.
    pub forks: usize,
    /// Whether what was erased is off the disk; see [`crate::Erasure::off_disk`].
    pub off_disk: bool,
    /// What is wrong now and was not before.
    pub conflicts: Vec<Finding>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Takes in everything that another copy of this program has and this one has not, or has
    /// better.
    ///
    /// Nothing is taken away and nothing is decided: what no longer fits together is listed. A copy
    /// in which anything is damaged or withheld asks for everything, since what is missing in the
    /// middle of a chain is not seen from its end.
    ///
    /// # Errors
    ///
    /// [`KeeperError::DemoAndReal`], [`KeeperError::OtherProgram`], [`KeeperError::Store`].
    pub fn merge<M: EventLog>(&mut self, other: &M) -> Result<Merged, KeeperError> {
        self.same_program(other)?;
        let before = self.findings()?;
        let damaged_there = harmed(other)?.harm;
        let landmarks = match harmed(&self.log)? {
            Condition { harm: 0, withheld: 0 } => {
                self.log.landmarks().map_err(KeeperError::store)?
            }
            _ => Vec::new(),
        };
        let sent = other.since(&landmarks).map_err(KeeperError::store)?;
        let keys = other.wrapped_all().map_err(KeeperError::store)?;
        let absorbed: Absorbed = self
            .log
            .absorb(&sent)
            .map_err(|error| KeeperError::store(Absorbing(error.to_string())))?;
        let keys = self.log.adopt_keys(&keys).map_err(KeeperError::store)?;
        self.keys.forget();
        self.clear_shelf();
        let off_disk = self.finish_erasing().is_ok();
        let mut conflicts = self.findings()?;
        conflicts.retain(|finding| !before.contains(finding));
        Ok(Merged {
            new: absorbed.new,
            known: absorbed.known,
            mended: absorbed.mended,
            keys,
            damaged_there,
            damaged_here: harmed(&self.log)?.harm,
            quarantined: absorbed.quarantined.len(),
            forks: absorbed.forks.len(),
            off_disk,
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

/// How a copy is, in two counts.
struct Condition {
    harm: usize,
    withheld: usize,
}

fn harmed<L: EventLog>(log: &L) -> Result<Condition, KeeperError> {
    let damage = log.verify(&mut |_, _| {}).map_err(KeeperError::store)?.damage;
    let harm = damage.iter().filter(|found| found.weight() == Weight::Harm).count();
    let withheld = damage.iter().filter(|found| matches!(found, Damage::Withheld { .. })).count();
    Ok(Condition { harm, withheld })
}

/// What the other copy sent was refused whole.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Absorbing(String);
