//! Making and opening the store of a program.

use std::path::{Path, PathBuf};

use circle_vault::RecoveryCode;
use circlekeeper::{Keeper, KeeperError, Surroundings};
use commons::Code;
use event_log::{Damage, DeviceId, EventLog, Visit, Weight};
use store_sqlite::{Device, SqliteLog};
use zeroize::Zeroizing;

use crate::{
    args::Globals,
    ask,
    failure::Failure,
    place::{self, Place},
    screen::{Screen, is_attended},
    texts::{self, text},
    world::{self, World},
};

/// A program, opened.
pub(crate) type Opened = Keeper<SqliteLog, World>;

/// The software as origins and reports name it.
pub(crate) const SOFTWARE: &str = concat!("circlekeeper-", env!("CARGO_PKG_VERSION"));

/// The passphrase of every demo: its people are invented, so it guards nothing.
pub(crate) const DEMO_PASSPHRASE: &str = "demo-demo-demo";

/// Who this device is. Makes its folder where there is none.
pub(crate) fn device(place: &Place) -> Result<Device, Failure> {
    let random: DeviceId = World.id();
    Device::at(place.state(), random).map_err(|error| Failure::not_written(&error))
}

/// The clock and the randomness that an opening needs.
pub(crate) fn visit() -> Visit {
    let software = SOFTWARE.parse().unwrap_or(Code::of("circlekeeper"));
    Visit::new(software, world::now().timestamp_millis(), world::random())
}

/// Makes an empty store, or goes on with one that was begun.
pub(crate) fn create(place: &Place) -> Result<SqliteLog, Failure> {
    std::fs::create_dir_all(place.dir()).map_err(|error| Failure::not_written(&error))?;
    if is_begun(place) {
        return Ok(SqliteLog::open(&place.store(), &device(place)?, &visit())?);
    }
    Ok(SqliteLog::create(&place.store(), &device(place)?, &visit())?)
}

/// Whether there is a file that nothing may be founded in.
pub(crate) fn is_taken(place: &Place) -> bool {
    let empty = std::fs::metadata(place.store()).is_ok_and(|file| file.len() == 0);
    place.store().exists() && !empty && !is_begun(place)
}

/// Whether there is a store without a program in it: its making was cut off.
fn is_begun(place: &Place) -> bool {
    let opened = SqliteLog::open_read_only(&place.store());
    opened.is_ok_and(|log| matches!(Keeper::open(log, World), Err(KeeperError::NoProgram)))
}

/// Takes away a store that was made a moment ago and holds nothing yet.
pub(crate) fn discard(place: &Place) {
    let store = place.store();
    for ending in ["", "-wal", "-shm"] {
        let mut file = store.clone().into_os_string();
        file.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(file));
    }
}

/// Opens the program to write, locked.
pub(crate) fn open(place: &Place, screen: &mut Screen) -> Result<Opened, Failure> {
    // A store that is not there is told before a device folder is made for it.
    drop(SqliteLog::open_read_only(&place.store())?);
    let log = SqliteLog::open(&place.store(), &device(place)?, &visit())?;
    begin(log, screen)
}

/// Opens the program to look at, locked: nothing is written.
pub(crate) fn look(place: &Place, screen: &mut Screen) -> Result<Opened, Failure> {
    begin(SqliteLog::open_read_only(&place.store())?, screen)
}

/// Opens the program to write, with the passphrase.
pub(crate) fn unlocked(
    place: &Place,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Opened, Failure> {
    let mut keeper = open(place, screen)?;
    unlock(&mut keeper, globals, screen)?;
    Ok(keeper)
}

/// Opens the program to look at, with the passphrase.
pub(crate) fn looked_into(
    place: &Place,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Opened, Failure> {
    let mut keeper = look(place, screen)?;
    unlock(&mut keeper, globals, screen)?;
    Ok(keeper)
}

fn begin(log: SqliteLog, screen: &mut Screen) -> Result<Opened, Failure> {
    let mut keeper = Keeper::open(log, World)?;
    if keeper.founded().is_ok_and(|founded| founded.demo) {
        screen.mark_demo();
    }
    Ok(keeper)
}

/// The places of the store that are harmed.
pub(crate) fn harm(log: &SqliteLog) -> Result<Vec<Damage>, Failure> {
    let verdict = log.verify(&mut |_, _| {})?;
    Ok(verdict.damage.into_iter().filter(|damage| damage.weight() == Weight::Harm).collect())
}

/// Why something that nobody named was not found: because the store is damaged, if it is.
pub(crate) fn blame<S: Surroundings>(keeper: &Keeper<SqliteLog, S>, error: KeeperError) -> Failure {
    if let KeeperError::NotFound { .. } = &error
        && let Ok(harm) = harm(keeper.log())
        && !harm.is_empty()
    {
        let count = [("n", texts::count(harm.len()))];
        let lines = harm.iter().map(crate::commands::verify::told);
        return Failure::new("cli.damaged", &count).listing(lines);
    }
    error.into()
}

/// Unlocks it by the passphrase, or by a recovery code where one is given.
pub(crate) fn unlock(
    keeper: &mut Opened,
    globals: &Globals,
    screen: &Screen,
) -> Result<(), Failure> {
    if let Some(file) = &globals.recovery_code_file {
        let typed = Zeroizing::new(place::read_text(file)?);
        let code = typed.trim().parse::<RecoveryCode>();
        let code = code.map_err(|_| Failure::new("cli.recovery_code", &[]))?;
        return Ok(keeper.recover(&code)?);
    }
    // Whatever passphrase somebody has set for their own program, a demo opens by itself.
    if screen.is_demo() && keeper.unlock(DEMO_PASSPHRASE).is_ok() {
        return Ok(());
    }
    let passphrase = match given_passphrase(globals)? {
        Some(given) => given,
        None if is_attended() => ask::secret(&text!("ask-passphrase"))?,
        None => return Err(Failure::new("cli.no_passphrase", &[])),
    };
    Ok(keeper.unlock(&passphrase)?)
}

/// The passphrase from a file or the environment.
pub(crate) fn given_passphrase(globals: &Globals) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(file) = &globals.passphrase_file {
        return first_line(file).map(Some);
    }
    Ok(std::env::var("CIRCLEKEEPER_PASSPHRASE").ok().map(Zeroizing::new))
}

fn first_line(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = Zeroizing::new(place::read_text(file)?);
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}
