//! What `cargo metadata` says of the workspace, as far as the chores ask.

use std::path::PathBuf;

use serde::Deserialize;

use crate::{
    trouble::Trouble,
    workspace::{Workspace, answer},
};

/// The whole answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    /// Our crates and everything they stand on, for every target.
    pub(crate) packages: Vec<Package>,
    /// Where builds go.
    pub(crate) target_directory: PathBuf,
}

/// One crate.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// The registry it comes from; none for our own.
    pub(crate) source: Option<String>,
    /// Its license, as an SPDX expression.
    pub(crate) license: Option<String>,
    /// Where its manifest is.
    pub(crate) manifest_path: PathBuf,
    /// The registries it may be published to; an empty list means none.
    pub(crate) publish: Option<Vec<String>>,
    /// What it asks for by itself.
    pub(crate) dependencies: Vec<Dependency>,
    /// What is built from it.
    pub(crate) targets: Vec<Target>,
    /// Its features, by name.
    pub(crate) features: std::collections::BTreeMap<String, Vec<String>>,
}

/// One line of a manifest's dependencies.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    /// The crate.
    pub(crate) name: String,
    /// `dev`, `build`, or none for an ordinary one.
    pub(crate) kind: Option<String>,
    /// Whether a feature turns it on.
    pub(crate) optional: bool,
    /// The folder, for our own.
    pub(crate) path: Option<PathBuf>,
}

/// One thing built from a crate: a library, a program, a test.
#[derive(Debug, Deserialize)]
pub(crate) struct Target {
    /// The file it begins in.
    pub(crate) src_path: PathBuf,
}

impl Metadata {
    /// Asks cargo.
    pub(crate) fn of(workspace: &Workspace) -> Result<Self, Trouble> {
        let text = answer(workspace.cargo(["metadata", "--format-version", "1", "--quiet"]))?;
        serde_json::from_str(&text)
            .map_err(|error| Trouble::data("the answer of `cargo metadata`", error))
    }

    /// Our own crates.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| package.is_ours())
    }

    /// The crates of others.
    pub(crate) fn theirs(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| !package.is_ours())
    }

    /// One of our own crates, by name.
    pub(crate) fn our(&self, name: &str) -> Option<&Package> {
        self.ours().find(|package| package.name == name)
    }
}

impl Package {
    /// Whether it is a member of this workspace.
    pub(crate) const fn is_ours(&self) -> bool {
        self.source.is_none()
    }

    /// Whether it may be published.
    pub(crate) fn is_published(&self) -> bool {
        self.publish.as_ref().is_none_or(|registries| !registries.is_empty())
    }
}
