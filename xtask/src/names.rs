//! The names under which our crates may be published.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    console::say,
    fault::{self, Fault},
    metadata::Metadata,
    trouble::Trouble,
    workspace::Workspace,
};

const FILE: &str = "xtask/names.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    name: BTreeMap<String, Looked>,
}

/// What somebody saw on crates.io.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Looked {
    free: bool,
    on: toml::value::Datetime,
}

impl Names {
    fn shipped() -> Result<Self, Trouble> {
        toml::from_str(include_str!("../names.toml")).map_err(|error| Trouble::data(FILE, error))
    }
}

/// Prints what was seen, and fails where a crate to be published was never looked up.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Trouble> {
    let names = Names::shipped()?;
    for (name, looked) in &names.name {
        let state = if looked.free { "free" } else { "taken" };
        say(format_args!("{name:20} {state:5} on {}", looked.on));
    }
    fault::report("names", unready(&names, &Metadata::of(workspace)?))
}

fn unready(names: &Names, metadata: &Metadata) -> Vec<Fault> {
    let published = metadata.ours().filter(|package| package.is_published());
    published
        .filter_map(|package| match names.name.get(&package.name) {
            Some(Looked { free: true, .. }) => None,
            Some(_) => {
                Some(Fault::at(&*package.name, "its name is taken on crates.io; choose another"))
            }
            None => Some(Fault::at(
                &*package.name,
                format!(
                    "nobody looked whether its name is free; look on crates.io and add it to {FILE}"
                ),
            )),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_to_be_published_has_a_free_name() {
        let metadata = Metadata::of(&Workspace::here()).unwrap();
        let mut names = Names::shipped().unwrap();
        assert_eq!(fault::listed(&unready(&names, &metadata)), "");

        names.name.remove("outcomes");
        names.name.get_mut("commons").unwrap().free = false;
        let places: Vec<_> =
            unready(&names, &metadata).into_iter().map(|fault| fault.place).collect();
        assert_eq!(places, ["commons", "outcomes"]);
    }
}
