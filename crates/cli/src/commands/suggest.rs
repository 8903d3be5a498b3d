//! A plan suggested by looking at the files.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use analysis::Seen;
use interchange::{ReadOptions, Rows};
use serde_json::json;

use super::Desk;
use crate::{
    exit::Exit,
    failure::Failure,
    place,
    texts::{self, text},
    trouble::{Trouble, Troubles},
};

pub(crate) fn run(desk: &mut Desk, files: &[PathBuf], out: Option<&Path>) -> Result<Exit, Failure> {
    let seen: Vec<Seen> = files.iter().map(|file| look(file)).collect::<Result<_, _>>()?;
    let plan = analysis::suggest(&seen);
    match out {
        Some(out) => {
            if out.exists() {
                return Err(Failure::new("cli.plan_there", &[]));
            }
            place::write(out, plan.toml.as_bytes())?;
            desk.screen.say(text!("suggest-done", file = out.display().to_string()));
        }
        None => desk.screen.say(plan.toml.trim_end()),
    }
    let counts = [("guesses", texts::count(plan.guesses)), ("open", texts::count(plan.open))];
    if out.is_some() {
        desk.screen.say(texts::say("suggest-check", &counts));
    }
    desk.screen.answer(&json!({
        "file": out,
        "plan": plan.toml,
        "guesses": plan.guesses,
        "open": plan.open,
    }));
    Ok(Exit::Done)
}

/// Looks at every row of a file.
fn look(file: &Path) -> Result<Seen, Failure> {
    let label = place::label(file);
    let source = File::open(file).map_err(|error| Failure::unreadable(&error))?;
    let (source, options) = (BufReader::new(source), ReadOptions::default());
    let is_workbook = label.to_lowercase().ends_with(".xlsx");
    let rows = if is_workbook {
        Rows::sheet(&label, source, None, &options)
    } else {
        Rows::read(&label, source, &options)
    };
    let mut rows = rows.map_err(|faults| in_file(&faults, &label))?;
    let mut seen = Seen::begin(&label, rows.names().iter().map(String::as_str));
    let columns = rows.names().len();
    while let Some(row) = rows.next_row() {
        seen.row((0..columns).map(|column| row.cell(column)));
    }
    if rows.is_broken() { Err(in_file(&rows.faults(), &label)) } else { Ok(seen) }
}

fn in_file(faults: &interchange::Faults, label: &str) -> Failure {
    let mut troubles = Troubles::default();
    for fault in faults.iter() {
        troubles.push(Trouble::from(fault).in_file(label));
    }
    troubles.add_untold(faults.total().saturating_sub(faults.iter().count()));
    Failure::from(troubles)
}
