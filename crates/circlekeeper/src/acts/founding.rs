//! Founding a program.

use chrono_tz::Tz;
use circle_vault::{Cost, Fresh, Locked, Nonce, RecoveryCode};
use commons::{Code, ProgramId};
use event_log::{EventLog, KeyId};
use zeroize::Zeroizing;

use crate::{
    Fact, Keeper, KeeperError, ProgramEvent, Surroundings,
    keeper::{Plan, Saying, setting},
};

/// What is needed to found a program.
#[derive(Clone)]
pub struct Founding {
    /// The passphrase.
    pub passphrase: String,
    /// What one try of it costs.
    pub cost: Cost,
    /// The zone by which its sessions are held.
    pub zone: Tz,
    /// The law it works under, such as `rw` or `us-ca`.
    pub jurisdiction: Code,
    /// Whether it is a rehearsal with made-up people.
    pub demo: bool,
}

impl std::fmt::Debug for Founding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Founding({}, {})", self.zone, self.jurisdiction)
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Founds a program in an empty store, and gives the recovery code to print.
    ///
    /// # Errors
    ///
    /// [`KeeperError::ProgramThere`], [`KeeperError::Vault`] where the passphrase is too short,
    /// [`KeeperError::Store`].
    pub fn found(
        mut log: L,
        mut world: S,
        founding: &Founding,
    ) -> Result<(Self, RecoveryCode), KeeperError> {
        if log.setting(setting::PROGRAM).map_err(KeeperError::store)?.is_some() {
            return Err(KeeperError::ProgramThere);
        }
        let fresh = Fresh {
            program_key: Zeroizing::new(world.bytes()),
            salt: world.bytes(),
            nonce: Nonce(world.bytes()),
        };
        let (mut locked, unlocked) = Locked::create(fresh, &founding.passphrase, founding.cost)?;
        let code = RecoveryCode::new(world.bytes());
        locked.add_recovery(&unlocked, &code, Nonce(world.bytes()))?;
        let program: ProgramId = world.id();
        log.put_setting(setting::VAULT, &locked.to_bytes()).map_err(KeeperError::store)?;
        log.put_setting(setting::PROGRAM, &program.bytes()).map_err(KeeperError::store)?;
        let mut keeper = Self::over(log, world, program);
        keeper.keys.unlock(unlocked);
        keeper.say_founded(program, founding)?;
        Ok((keeper, code))
    }

    fn say_founded(&mut self, program: ProgramId, founding: &Founding) -> Result<(), KeeperError> {
        let Founding { zone, ref jurisdiction, demo, .. } = *founding;
        self.decide(|keeper, _| {
            let (safeguarding, root): (KeyId, _) = keeper.new_key();
            let on = keeper.world.now().with_timezone(&zone).date_naive();
            let jurisdiction = jurisdiction.clone();
            let fact =
                ProgramEvent::Founded { program, on, zone, jurisdiction, demo, safeguarding };
            let sayings = vec![Saying::new(program, Fact::Program(fact))];
            Ok((Plan { sayings, new_keys: vec![(safeguarding, root)] }, ()))
        })
    }
}
