//! The chores of the workspace: `cargo xtask …`.
//!
//! Whatever a merge needs stands here, in Rust, so that a laptop and the merge check do the
//! same thing in the same order. No chore reaches the network beyond what `cargo` itself does.
//!
//! | To | Run |
//! | --- | --- |
//! | know whether a change may be merged | `cargo xtask ci` |
//! | find what a reader would stumble over | `cargo xtask tidy` |
//! | see who may know whom | `cargo xtask layers`, `layers.toml` |
//! | write the generated pages again | `cargo xtask regen` |
//! | kill a writer two hundred times | `cargo xtask crash --count 200` |
//! | compare with what other programs computed | `cargo xtask golden FILE…` |

mod alone;
mod ci;
mod console;
mod crash;
mod fault;
mod golden;
mod layers;
mod licenses;
mod metadata;
mod names;
mod random;
mod readme;
mod regen;
mod rules;
mod spdx;
mod tidy;
mod trouble;
mod workspace;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{trouble::Trouble, workspace::Workspace};

/// The chores of the workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version, about)]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

/// One chore.
#[derive(Debug, Subcommand)]
enum Chore {
    /// Runs all that a merge needs, in the order of the merge check, and stops at the first failure.
    Ci {
        /// A step to leave out, for local use; may be given again.
        #[arg(long = "skip", value_name = "STEP")]
        skip: Vec<String>,
    },
    /// Finds what a reader would stumble over: silent modules, orphaned tests, numbers without a source.
    Tidy,
    /// Checks who may know whom, and that no rule crate reaches a clock, a file or a store.
    Layers,
    /// Checks that the license of every dependency is one we accept; lists duplicate versions.
    Licenses,
    /// Builds each domain crate by itself, so that no other lends it a feature.
    Alone,
    /// Writes the generated schemas, tables and help pages again.
    Regen {
        /// Writes nothing; fails where a page differs from what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Kills a writer at random moments and checks that no acknowledged save was lost.
    Crash {
        /// How many times the writer is killed.
        #[arg(long, default_value_t = 200)]
        count: u32,
        /// The seed of the random moments.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Runs cases that other programs have computed; lists passes and failures of each statistic.
    Golden {
        /// A file of cases: a list, an object with `cases`, or one on each line.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Shows which crate names were free on crates.io, and when somebody looked.
    Names,
}

fn main() -> ExitCode {
    match run(Chores::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            console::warn(format_args!("error: {trouble}"));
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<(), Trouble> {
    let workspace = Workspace::here();
    match chore {
        Chore::Ci { skip } => ci::run(&workspace, &skip),
        Chore::Tidy => tidy::run(&workspace),
        Chore::Layers => layers::run(&workspace),
        Chore::Licenses => licenses::run(&workspace),
        Chore::Alone => alone::run(&workspace),
        Chore::Regen { check } => regen::run(&workspace, check),
        Chore::Crash { count, seed } => crash::run(&workspace, count, seed),
        Chore::Golden { files } => golden::run(&workspace, &files),
        Chore::Names => names::run(&workspace),
    }
}
