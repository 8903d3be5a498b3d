//! Two copies of a program become one.

use serde_json::json;
use store_sqlite::SqliteLog;

use super::{Desk, due_lines};
use crate::{
    args::Merge,
    card_file,
    exit::Exit,
    failure::Failure,
    store,
    texts::{self, text},
};

pub(crate) fn run(desk: &mut Desk, args: &Merge) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let other = if args.other.is_dir() {
        place.with_dir(args.other.clone()).store()
    } else {
        args.other.clone()
    };
    let other = SqliteLog::open_read_only(&other)?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let merged = keeper.merge(&other)?;
    card_file::refresh(&place, &mut keeper)?;
    desk.screen.say(texts::say(
        "merge-done",
        &[("new", report::Arg::Count(merged.new)), ("known", report::Arg::Count(merged.known))],
    ));
    for (id, n) in [("merge-quarantined", merged.quarantined), ("merge-forks", merged.forks)] {
        if n > 0 {
            desk.screen.say(texts::say(id, &[("n", texts::count(n))]));
        }
    }
    if merged.conflicts.is_empty() {
        desk.screen.say(text!("merge-fits"));
    } else {
        let n = texts::count(merged.conflicts.len());
        desk.screen.head(&texts::say("merge-conflicts", &[("n", n)]));
        for conflict in &merged.conflicts {
            desk.screen.say(due_lines::finding(conflict));
        }
    }
    desk.screen.answer(&json!({ "merged": merged }));
    Ok(Exit::Done)
}
