//! Whether we may ship what we stand on.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::{
    console::say,
    fault::{self, Fault},
    metadata::{Metadata, Package},
    spdx::Expression,
    trouble::Trouble,
    workspace::Workspace,
};

const FILE: &str = "xtask/licenses.toml";

/// What we accept, from `xtask/licenses.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    /// The license of our own crates.
    ours: String,
    /// Licenses, each with why it is accepted.
    license: BTreeMap<String, String>,
    /// Crates that state their license in another way than by an expression we accept.
    #[serde(default, rename = "crate")]
    crates: BTreeMap<String, Judged>,
}

/// A crate whose license a person has read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Judged {
    /// What the crate states: judged again when that changes.
    states: String,
    /// Why it may be used all the same.
    reason: String,
}

/// Checks every dependency for every target, and lists what is there in more than one version.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Trouble> {
    let metadata = Metadata::of(workspace)?;
    let faults = faults(&accepted()?, &metadata);
    let duplicates = duplicates(&metadata);
    for (name, versions) in &duplicates {
        let versions: Vec<_> = versions.iter().copied().collect();
        say(format_args!("twice: {name} {}", versions.join(", ")));
    }
    say(format_args!(
        "{} crates of others, {} of them in more than one version",
        metadata.theirs().count(),
        duplicates.len()
    ));
    fault::report("licenses", faults)
}

fn accepted() -> Result<Accepted, Trouble> {
    toml::from_str(include_str!("../licenses.toml")).map_err(|error| Trouble::data(FILE, error))
}

fn faults(accepted: &Accepted, metadata: &Metadata) -> Vec<Fault> {
    let list: BTreeSet<String> = accepted.license.keys().cloned().collect();
    let mut faults: Vec<_> =
        metadata.theirs().filter_map(|package| of_others(package, accepted, &list)).collect();
    for package in metadata.ours() {
        if package.license.as_deref() != Some(&*accepted.ours) {
            let words = format!("is not under {}; say `license.workspace = true`", accepted.ours);
            faults.push(Fault::at(&*package.name, words));
        }
    }
    for (name, judged) in &accepted.crates {
        if !metadata.theirs().any(|package| package.name == *name) {
            let words = format!(
                "judged in {FILE} (\"{}\") and used no more; take the row out",
                judged.reason
            );
            faults.push(Fault::at(name, words));
        }
    }
    faults
}

fn of_others(package: &Package, accepted: &Accepted, list: &BTreeSet<String>) -> Option<Fault> {
    let stated = package.license.as_deref().unwrap_or("nothing");
    if accepted.crates.get(&package.name).is_some_and(|judged| judged.states == stated) {
        return None;
    }
    let why = match Expression::parse(stated) {
        Ok(expression) if expression.is_met_by(list) => return None,
        Ok(expression) => format!("{expression} cannot be met by the licenses of {FILE}"),
        Err(error) => format!("its license `{stated}` cannot be read: {error}"),
    };
    let place = format!("{} {}", package.name, package.version);
    Some(Fault::at(
        place,
        format!("{why}; take another crate, or read it and add a row with the reason"),
    ))
}

fn duplicates(metadata: &Metadata) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in metadata.theirs() {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_we_stand_on_may_be_shipped() {
        let metadata = Metadata::of(&Workspace::here()).unwrap();
        assert!(metadata.theirs().count() > 20, "the dependencies were not read");
        let faults = faults(&accepted().unwrap(), &metadata);
        assert!(faults.is_empty(), "{}", fault::listed(&faults));
    }

    #[test]
    fn a_license_that_binds_us_is_a_fault() {
        let metadata = |license: &str| -> Metadata {
            serde_json::from_value(serde_json::json!({
                "target_directory": "t",
                "packages": [{
                    "name": "x", "version": "1.0.0", "source": "registry", "license": license,
                    "manifest_path": "x/Cargo.toml", "publish": null,
                    "dependencies": [], "targets": [], "features": {}
                }]
            }))
            .unwrap()
        };
        let mut accepted = accepted().unwrap();
        accepted.crates.clear();
        let count = |license, accepted: &Accepted| faults(accepted, &metadata(license)).len();
        assert_eq!(count("MIT", &accepted), 0);
        assert_eq!(count("AGPL-3.0-only", &accepted), 1);
        assert_eq!(count("", &accepted), 1);

        let judged = Judged { states: "AGPL-3.0-only".into(), reason: "a test".into() };
        accepted.crates.insert("x".into(), judged);
        assert_eq!(count("AGPL-3.0-only", &accepted), 0);
        assert_eq!(count("AGPL-3.0-or-later", &accepted), 1, "it is judged again when it changes");
    }
}
