//! What a reader would stumble over.
//!
//! Each check is a small module; what they look for is data (`tidy.toml`).

mod events;
mod glossary;
mod modules;
mod paths;
mod sources;
mod words;

use serde::Deserialize;

use crate::{
    console::say,
    fault::{self, Fault},
    metadata::Metadata,
    rules,
    trouble::Trouble,
    workspace::{TextFile, Workspace},
};

const FILE: &str = "xtask/tidy.toml";

/// What to look for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manners {
    most_lines: usize,
    unfinished: Vec<String>,
    machine_paths: Vec<String>,
    about_people: Vec<String>,
    texts: Vec<String>,
    sourced: Vec<Sourced>,
    allow: Vec<Allowed>,
    #[serde(default)]
    long: Vec<Long>,
}

/// Tables that must say where their numbers were read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sourced {
    /// The beginning of the files' paths.
    files: String,
    /// Tables, or arrays of tables, at the top of each file.
    tables: Vec<String>,
    /// The key that names the source.
    key: String,
}

/// A word that may stand somewhere.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    word: String,
    #[serde(default)]
    path: String,
    phrase: Option<String>,
    reason: String,
}

/// A file that may be long.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Long {
    path: String,
    reason: String,
}

impl Manners {
    fn shipped() -> Result<Self, Trouble> {
        toml::from_str(include_str!("../tidy.toml")).map_err(|error| Trouble::data(FILE, error))
    }
}

/// Looks everywhere.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Trouble> {
    let (faults, files) = faults(workspace)?;
    say(format_args!("{files} text files read"));
    fault::report("tidy", faults)
}

fn faults(workspace: &Workspace) -> Result<(Vec<Fault>, usize), Trouble> {
    let manners = Manners::shipped()?;
    let files = workspace.files()?;
    let metadata = Metadata::of(workspace)?;
    let mut faults = modules::orphans(workspace, &metadata, &files);
    faults.extend(sources::empty_guards(&manners.sourced, &files));
    faults.extend(events::unlisted(&files));
    faults.extend(glossary::astray(&files));
    faults.extend(rules::astray(&files));
    faults.extend(words::stale(&manners, &files));
    for file in &files {
        faults.extend(of_file(file, &manners));
    }
    faults.extend(
        manners.long.iter().filter(|long| !files.iter().any(|file| file.path == long.path)).map(
            |long| {
                Fault::at(
                    FILE,
                    format!("`{}` may be long (\"{}\") but is not there", long.path, long.reason),
                )
            },
        ),
    );
    Ok((faults, files.len()))
}

fn of_file(file: &TextFile, manners: &Manners) -> Vec<Fault> {
    let mut faults = words::unfit(file, manners);
    faults.extend(events::roomy(file));
    faults.extend(paths::outward(file));
    if file.is("rs") {
        faults.extend(modules::silent(file));
        faults.extend(modules::long(file, manners));
        faults.extend(events::open_text(file));
    }
    if file.is("toml") {
        faults.extend(manners.sourced.iter().flat_map(|rule| sources::missing(file, rule)));
        faults.extend(sources::unverified_defaults(file));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_stumbles_over_nothing() {
        let (faults, files) = faults(&Workspace::here()).unwrap();
        assert!(files > 50, "only {files} files were read");
        assert!(faults.is_empty(), "{}", fault::listed(&faults));
    }
}
