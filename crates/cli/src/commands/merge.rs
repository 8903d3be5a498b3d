//! Two copies of a program become one.

use circlekeeper::Merged;
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
    let other = SqliteLog::open_read_only(&other).map_err(no_copy)?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let merged = keeper.merge(&other).map_err(no_copy)?;
    card_file::refresh(&place, &mut keeper)?;
    tell(desk, &merged);
    desk.screen.answer(&json!({ "merged": merged }));
    Ok(Exit::Done)
}

/// Where the other copy is not there, or is no program, that is said; it is not about our own.
fn no_copy(error: impl Into<Failure>) -> Failure {
    let failure = error.into();
    match failure.code.as_str() {
        "store.missing" | "store.not_a_store" | "keeper.no_program" => {
            Failure::new("cli.no_copy", &[])
        }
        _ => failure,
    }
}

fn tell(desk: &mut Desk, merged: &Merged) {
    desk.screen.say(texts::say(
        "merge-done",
        &[("new", report::Arg::Count(merged.new)), ("known", report::Arg::Count(merged.known))],
    ));
    let counted = [
        ("merge-mended", usize::try_from(merged.mended).unwrap_or(usize::MAX)),
        ("merge-damaged-there", merged.damaged_there),
        ("merge-damaged-here", merged.damaged_here),
        ("merge-quarantined", merged.quarantined),
        ("merge-forks", merged.forks),
    ];
    for (id, n) in counted {
        if n > 0 {
            desk.screen.say(texts::say(id, &[("n", texts::count(n))]));
        }
    }
    if !merged.off_disk {
        desk.screen.say(text!("erase-on-disk"));
    }
    if !merged.conflicts.is_empty() {
        let n = texts::count(merged.conflicts.len());
        desk.screen.head(&texts::say("merge-conflicts", &[("n", n)]));
        for conflict in &merged.conflicts {
            desk.screen.say(due_lines::finding(conflict));
        }
    } else if merged.damaged_there + merged.damaged_here == 0 {
        desk.screen.say(text!("merge-fits"));
    }
}
