//! Cases that other programs have computed, run against our statistics and scorers.

use std::path::{Path, PathBuf};

use crate::{
    trouble::Trouble,
    workspace::{self, Workspace},
};

/// Runs files of golden vectors: lists what passes and what does not.
///
/// # Errors
///
/// A case fails, or a file cannot be read.
pub(crate) fn run(workspace: &Workspace, files: &[PathBuf]) -> Result<(), Trouble> {
    let words = "run --locked --quiet --package xtask --features golden --bin golden --";
    let mut command = workspace.cargo(words.split(' '));
    for file in files {
        // The program runs in the root, a path was typed where the person is.
        command.arg(absolute(file)?);
    }
    workspace::run(command)
}

fn absolute(file: &Path) -> Result<PathBuf, Trouble> {
    std::path::absolute(file).map_err(Trouble::file(file))
}
