//! Backups in two files, and putting them back.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use circlekeeper::{Asking, Keeper, KeeperError, Surroundings};
use event_log::EventLog;
use serde_json::json;
use store_sqlite::{Backup as Files, Restoring, SqliteLog, StoreError};

use super::{Desk, verify};
use crate::{
    args::{Backup, Restore},
    card_file,
    exit::Exit,
    failure::Failure,
    place::Place,
    screen::remark,
    store,
    texts::{self, text},
    world::{self, World},
};

/// The setting under which a store remembers its last backup: milliseconds since 1970, big-endian.
const LAST: &str = "backup.last_ms";

/// How long a backup of keys may be kept, in days (B5 2: an erased person must not come back).
const KEYS_DAYS: i64 = 35;

/// When the last backup was made, as the store remembers.
pub(crate) fn last(log: &SqliteLog) -> Result<Option<DateTime<Utc>>, Failure> {
    let bytes = log.setting(LAST)?;
    let bytes = bytes.and_then(|bytes| <[u8; 8]>::try_from(bytes.as_slice()).ok());
    Ok(bytes.and_then(|bytes| DateTime::from_timestamp_millis(i64::from_be_bytes(bytes))))
}

pub(crate) fn run(desk: &mut Desk, args: &Backup) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let keys = args.keys_to.as_ref().unwrap_or(&args.folder);
    if is_within(place.dir(), &args.folder) || is_within(place.dir(), keys) {
        return Err(Failure::new("cli.backup_here", &[]));
    }
    let files = Files::apart(&args.folder, keys);
    let mut keeper = match store::open(&place, &mut desk.screen) {
        // What can only be read can be saved all the same.
        Err(failure) if failure.code == "store.read_only" => store::look(&place, &mut desk.screen)?,
        opened => opened?,
    };
    let now = world::now().timestamp_millis();
    keeper.log().backup(&files, now)?;
    // The backup stands, whether or not the store can remember its day.
    let _ = keeper.log_mut().put_setting(LAST, &now.to_be_bytes());
    desk.screen.say(text!("backup-events", file = files.events.display().to_string()));
    desk.screen.say(text!("backup-keys", file = files.keys.display().to_string()));
    desk.screen.say(text!("backup-apart", days = u64::try_from(KEYS_DAYS).unwrap_or(0)));
    let heads = heads(desk, keeper.log())?;
    desk.screen.answer(&json!({ "events": files.events, "keys": files.keys, "heads": heads }));
    Ok(Exit::Done)
}

/// Whether a folder, made or not, is the other one or lies in it.
fn is_within(dir: &Path, folder: &Path) -> bool {
    let Ok(dir) = dir.canonicalize() else { return false };
    let Ok(folder) = std::path::absolute(folder) else { return false };
    let known = folder.ancestors().find_map(|above| above.canonicalize().ok());
    known.is_some_and(|known| known.starts_with(dir))
}

/// Prints the ends of the chains, to be compared with paper.
fn heads(desk: &mut Desk, log: &SqliteLog) -> Result<Vec<event_log::Head>, Failure> {
    let heads = log.heads()?;
    for head in &heads {
        let (origin, link) = (head.origin.short(), verify::link(head.link));
        desk.screen.say(text!("verify-head", origin = origin, seq = head.seq, link = link));
    }
    Ok(heads)
}

pub(crate) fn restore(desk: &mut Desk, args: &Restore) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut files = Files::in_folder(&args.folder);
    if let Some(keys) = &args.keys {
        files.keys.clone_from(keys);
    }
    is_backup(&files)?;
    let with_keys = !args.without_keys;
    if with_keys {
        are_young(&files, args.old_keys)?;
    }
    let log = put_back(&place, &files, with_keys)?;
    let mut keeper = Keeper::open(log, World)?;
    if keeper.founded()?.demo {
        desk.screen.mark_demo();
    }
    card_file::refresh(&place, &mut keeper)?;
    let events: u64 = keeper.log().heads()?.iter().map(|head| head.seq).sum();
    let people = keeper.people(&Asking::coordinator())?.len();
    let dir = place.dir().display().to_string();
    desk.screen.say(text!("restore-done", dir = dir));
    desk.screen.say(texts::say(
        "restore-counts",
        &[("events", report::Arg::Count(events)), ("people", texts::count(people))],
    ));
    if !with_keys {
        desk.screen.say(text!("restore-locked"));
    }
    let heads = heads(desk, keeper.log())?;
    desk.screen.answer(&json!({
        "dir": place.dir(),
        "events": events,
        "people": people,
        "keys": with_keys,
        "heads": heads,
    }));
    Ok(Exit::Done)
}

/// Whether there are events of a program, before anything is made of them.
fn is_backup(files: &Files) -> Result<(), Failure> {
    let no_backup = || Failure::new("cli.no_backup", &[]);
    let log = match SqliteLog::open_read_only(&files.events) {
        Err(StoreError::Missing | StoreError::NotAStore) => return Err(no_backup()),
        opened => opened?,
    };
    match Keeper::open(log, World) {
        Err(KeeperError::NoProgram) => Err(no_backup()),
        opened => Ok(opened.map(drop)?),
    }
}

/// Whether the keys are young enough: old ones could bring back who was erased since.
fn are_young(files: &Files, even_old: bool) -> Result<(), Failure> {
    let made = match files.made_ms() {
        Err(StoreError::Missing) => return Err(Failure::new("cli.no_keys", &[])),
        made => made?.and_then(DateTime::from_timestamp_millis),
    };
    let age = made.map(|made| world::now().signed_duration_since(made));
    if age.is_some_and(|age| age <= TimeDelta::days(KEYS_DAYS)) {
        return Ok(());
    }
    let days = u64::try_from(KEYS_DAYS).unwrap_or(0);
    if !even_old {
        return Err(Failure::new("cli.old_keys", &[("days", report::Arg::Count(days))]));
    }
    remark(&text!("restore-old-keys", days = days));
    Ok(())
}

fn put_back(place: &Place, files: &Files, with_keys: bool) -> Result<SqliteLog, Failure> {
    std::fs::create_dir_all(place.dir()).map_err(|error| Failure::not_written(&error))?;
    let keys = with_keys.then_some(files.keys.as_path());
    let restoring =
        Restoring { visit: store::visit(), erased: World.event_id(), salt: world::random() };
    let device = store::device(place)?;
    Ok(store_sqlite::restore(&files.events, keys, &place.store(), &device, &restoring)?)
}
