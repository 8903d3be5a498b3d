//! Founding a program.

use chrono_tz::Tz;
use circle_vault::{Cost, Fresh, Locked, Nonce, RecoveryCode};
use commons::{Code, DocumentId, EventSet, ProgramId};
use event_log::{Digest, EventLog, KeyId};
use safety_protocols::Rulebook;
use zeroize::Zeroizing;

use crate::{
    DocumentKind, Fact, Keeper, KeeperError, ProgramEvent, Surroundings,
    keeper::{Plan, Saying, setting},
};

/// What is needed to found a program.
#[derive(Clone)]
pub struct Founding {
    /// The passphrase.
    pub passphrase: Zeroizing<String>,
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

/// The id of a program and the code that opens it when the passphrase is forgotten, drawn before
/// anything is written: whoever founds it can have the code written down first.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// The program.
    pub program: ProgramId,
    /// The code to print.
    pub code: RecoveryCode,
}

impl Recovery {
    /// A new one.
    pub fn draw(world: &mut impl Surroundings) -> Self {
        Self { program: world.id(), code: RecoveryCode::new(world.bytes()) }
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Founds a program in an empty store, and gives the recovery code to print.
    ///
    /// # Errors
    ///
    /// As [`found_with`](Self::found_with).
    pub fn found(
        log: L,
        mut world: S,
        founding: &Founding,
    ) -> Result<(Self, RecoveryCode), KeeperError> {
        let recovery = Recovery::draw(&mut world);
        let keeper = Self::found_with(log, world, founding, &recovery)?;
        Ok((keeper, recovery.code))
    }

    /// Founds a program in an empty store: its vault, its name and its first fact are one
    /// transaction.
    ///
    /// # Errors
    ///
    /// [`KeeperError::ProgramThere`], [`KeeperError::Vault`] where the passphrase is too short,
    /// [`KeeperError::Store`].
    pub fn found_with(
        log: L,
        mut world: S,
        founding: &Founding,
        recovery: &Recovery,
    ) -> Result<Self, KeeperError> {
        if log.setting(setting::PROGRAM).map_err(KeeperError::store)?.is_some() {
            return Err(KeeperError::ProgramThere);
        }
        let fresh = Fresh {
            program_key: Zeroizing::new(world.bytes()),
            salt: world.bytes(),
            nonce: Nonce(world.bytes()),
        };
        let (mut locked, unlocked) = Locked::create(fresh, &founding.passphrase, founding.cost)?;
        locked.add_recovery(&unlocked, &recovery.code, Nonce(world.bytes()))?;
        let mut keeper = Self::over(log, world, recovery.program);
        keeper.keys.unlock(unlocked);
        keeper.say_founded(&locked, founding)?;
        Ok(keeper)
    }

    fn say_founded(&mut self, locked: &Locked, founding: &Founding) -> Result<(), KeeperError> {
        let Founding { zone, ref jurisdiction, demo, .. } = *founding;
        let program = self.program_id();
        self.decide(|keeper, _| {
            let (safeguarding, root): (KeyId, _) = keeper.new_key();
            let on = keeper.world.now().with_timezone(&zone).date_naive();
            let jurisdiction = jurisdiction.clone();
            let fact =
                ProgramEvent::Founded { program, on, zone, jurisdiction, demo, safeguarding };
            let settings = vec![
                (setting::VAULT.to_owned(), locked.to_bytes()),
                (setting::PROGRAM.to_owned(), program.bytes().to_vec()),
            ];
            let sayings = vec![Saying::new(program, Fact::Program(fact)), keeper.first_rules(on)];
            Ok((Plan { sayings, new_keys: vec![(safeguarding, root)], settings }, ()))
        })
    }

    /// The rules a program begins under: the shipped ones, adopted by their bytes, so that what is
    /// opened under them is read under them whatever a later release ships (ENG-06).
    fn first_rules(&mut self, on: chrono::NaiveDate) -> Saying {
        let document: DocumentId = self.world.id();
        let bytes = Rulebook::shipped_document().as_bytes();
        let (kind, hash) = (DocumentKind::Rulebook, Digest::of(bytes));
        let cites = EventSet::new();
        let fact = ProgramEvent::DocumentAdopted { document, kind, hash, cites, on };
        let mut saying = Saying::new(self.program_id(), Fact::Program(fact));
        saying.document = Some(bytes.to_vec());
        saying
    }
}
