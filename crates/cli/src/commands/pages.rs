//! Completions and manual pages.

use std::io::{ErrorKind, Write};

use clap::CommandFactory;
use serde_json::json;

use super::Desk;
use crate::{
    args::{Cli, Completions, Man},
    exit::Exit,
    failure::Failure,
    help,
};

pub(crate) fn completions(desk: &mut Desk, args: &Completions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    let mut command = help::worded(Cli::command());
    clap_complete::generate(args.shell, &mut command, "circlekeeper", &mut script);
    print(desk, &script)
}

pub(crate) fn man(desk: &mut Desk, args: &Man) -> Result<Exit, Failure> {
    let command = help::worded(Cli::command());
    let failed = |error| Failure::not_written(&error);
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(command, folder).map_err(failed)?;
        desk.screen.answer(&json!({ "folder": folder }));
        return Ok(Exit::Done);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(failed)?;
    print(desk, &page)
}

/// Prints a script or a page as it is. Whoever stopped reading does not want the rest.
fn print(desk: &mut Desk, bytes: &[u8]) -> Result<Exit, Failure> {
    if desk.screen.json() {
        desk.screen.answer(&json!({ "text": String::from_utf8_lossy(bytes) }));
        return Ok(Exit::Done);
    }
    let mut to = std::io::stdout().lock();
    match to.write_all(bytes).and_then(|()| to.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::not_written(&error)),
        Ok(()) | Err(_) => Ok(Exit::Done),
    }
}
