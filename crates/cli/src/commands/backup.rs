//! Backups in two files, and putting them back.

use chrono::{DateTime, TimeDelta, Utc};
use circlekeeper::{Keeper, Surroundings};
use event_log::EventLog;
use serde_json::json;
use store_sqlite::{Backup as Files, Restoring, SqliteLog};

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
    let mut keeper = store::open(&place, &mut desk.screen)?;
    let now = world::now().timestamp_millis();
    let files = keeper.log().backup(&args.folder, now)?;
    keeper.log_mut().put_setting(LAST, &now.to_be_bytes())?;
    desk.screen.say(text!("backup-events", file = files.events.display().to_string()));
    desk.screen.say(text!("backup-keys", file = files.keys.display().to_string()));
    desk.screen.say(text!("backup-apart", days = u64::try_from(KEYS_DAYS).unwrap_or(0)));
    let heads = heads(desk, keeper.log())?;
    desk.screen.answer(&json!({ "events": files.events, "keys": files.keys, "heads": heads }));
    Ok(Exit::Done)
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
    let files = Files::in_folder(&args.folder);
    let with_keys = !args.without_keys;
    if with_keys {
        warn_of_old_keys(&files)?;
    }
    let log = put_back(&place, &files, with_keys)?;
    let mut keeper = Keeper::open(log, World)?;
    if keeper.founded()?.demo {
        desk.screen.mark_demo();
    }
    card_file::refresh(&place, &mut keeper)?;
    let events: u64 = keeper.log().heads()?.iter().map(|head| head.seq).sum();
    let people = keeper.people()?.len();
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

fn warn_of_old_keys(files: &Files) -> Result<(), Failure> {
    let made = files.made_ms()?.and_then(DateTime::from_timestamp_millis);
    let Some(made) = made else { return Ok(()) };
    if world::now().signed_duration_since(made) > TimeDelta::days(KEYS_DAYS) {
        remark(&text!("restore-old-keys", days = u64::try_from(KEYS_DAYS).unwrap_or(0)));
    }
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
