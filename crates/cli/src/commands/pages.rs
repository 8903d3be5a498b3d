//! Completions and manual pages.

use std::io::Write;

use clap::CommandFactory;

use crate::{
    args::{Cli, Completions, Man},
    exit::Exit,
    failure::Failure,
    help,
};

pub(crate) fn completions(args: &Completions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    let mut command = help::worded(Cli::command());
    clap_complete::generate(args.shell, &mut command, "circlekeeper", &mut script);
    print(&script)
}

pub(crate) fn man(args: &Man) -> Result<Exit, Failure> {
    let command = help::worded(Cli::command());
    let failed = |error| Failure::not_written(&error);
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).map_err(failed)?;
        clap_mangen::generate_to(command, folder).map_err(failed)?;
        return Ok(Exit::Done);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(failed)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    std::io::stdout().write_all(bytes).map_err(|error| Failure::not_written(&error))?;
    Ok(Exit::Done)
}
