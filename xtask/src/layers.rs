//! Who may know whom.
//!
//! The arrows are data (`layers.toml`); this reads what the manifests ask for, what each crate's
//! tree holds when it is built alone, and what its code says, and names every arrow that points up.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    fault::{self, Fault},
    metadata::{Dependency, Metadata, Package},
    trouble::Trouble,
    workspace::{TextFile, Workspace, answer},
};

const FILE: &str = "xtask/layers.toml";

/// The plan of the house.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rooms {
    kind: BTreeMap<String, Kind>,
    room: BTreeMap<String, Room>,
}

/// What every room of a kind keeps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    #[serde(default)]
    knows: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    off: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unsaid: Vec<String>,
}

/// One crate of ours.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    kind: String,
    #[serde(default)]
    knows: Vec<String>,
    /// None where any crate of others may be used.
    uses: Option<Vec<String>>,
    #[serde(default)]
    optional: Vec<String>,
    #[serde(default)]
    tests_know: Vec<String>,
}

/// One crate in a tree, with the features that are on.
#[derive(Debug, PartialEq, Eq)]
struct Leaf<'a> {
    name: &'a str,
    features: Vec<&'a str>,
}

impl Rooms {
    /// The plan as it is kept beside the code.
    pub(crate) fn shipped() -> Result<Self, Trouble> {
        toml::from_str(include_str!("../layers.toml")).map_err(|error| Trouble::data(FILE, error))
    }

    /// The domain crates, in order of name.
    pub(crate) fn domain(&self) -> impl Iterator<Item = &str> {
        self.of_kind("domain")
    }

    fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.room.iter().filter(move |(_, room)| room.kind == kind).map(|(name, _)| &**name)
    }

    fn kind_of(&self, room: &str) -> Option<&str> {
        self.room.get(room).map(|room| &*room.kind)
    }
}

/// Checks every arrow.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Trouble> {
    fault::report("layers", faults(workspace)?)
}

fn faults(workspace: &Workspace) -> Result<Vec<Fault>, Trouble> {
    let rooms = Rooms::shipped()?;
    let metadata = Metadata::of(workspace)?;
    let files = workspace.files()?;
    let mut faults = plan_faults(&rooms, &metadata);
    for package in metadata.ours() {
        let Some(room) = rooms.room.get(&package.name) else {
            continue;
        };
        faults.extend(
            package
                .dependencies
                .iter()
                .filter_map(|dependency| edge_fault(package, dependency, room)),
        );
        let Some(kind) = rooms.kind.get(&room.kind) else {
            continue;
        };
        let folder =
            workspace.name_of(package.manifest_path.parent().unwrap_or(&package.manifest_path));
        faults.extend(files.iter().flat_map(|file| spoken(file, &folder, &room.kind, kind)));
        if !kind.never.is_empty() {
            let tree = tree(workspace, package)?;
            faults.extend(
                tree.lines()
                    .filter_map(leaf)
                    .flat_map(|leaf| leaf_faults(&package.name, &leaf, &room.kind, kind)),
            );
        }
    }
    Ok(faults)
}

/// Whether the plan names every crate, and keeps its own arrows.
fn plan_faults(rooms: &Rooms, metadata: &Metadata) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in metadata.ours() {
        if !rooms.room.contains_key(&package.name) {
            faults.push(Fault::at(
                FILE,
                format!("no room for `{}`; add one with its kind", package.name),
            ));
        }
    }
    for (name, room) in &rooms.room {
        if metadata.our(name).is_none() {
            faults.push(Fault::at(
                FILE,
                format!("a room for `{name}`, which is no crate of ours; take it out"),
            ));
        }
        let Some(kind) = rooms.kind.get(&room.kind) else {
            faults
                .push(Fault::at(FILE, format!("`{name}` is of the unknown kind `{}`", room.kind)));
            continue;
        };
        for known in &room.knows {
            match rooms.kind_of(known) {
                None => faults
                    .push(Fault::at(FILE, format!("`{name}` knows `{known}`, which is no room"))),
                Some(below) if kind.knows.iter().any(|allowed| allowed == below) => {}
                Some(below) => faults.push(Fault::at(
                    FILE,
                    format!(
                        "`{name}` ({}) may not know `{known}` ({below}): arrows point down only",
                        room.kind
                    ),
                )),
            }
        }
    }
    faults
}

/// What is wrong with one line of a manifest.
fn edge_fault(package: &Package, dependency: &Dependency, room: &Room) -> Option<Fault> {
    let (from, to) = (&package.name, &dependency.name);
    let lists = |list: &[String]| list.iter().any(|name| name == to);
    let is_for_tests = dependency.kind.as_deref() == Some("dev");
    let words = if dependency.path.is_some() {
        if to == from || lists(&room.knows) || (is_for_tests && lists(&room.tests_know)) {
            return None;
        }
        format!(
            "{from} -> {to}: {} crate that may know {}; put what needs both into `circlekeeper`, as a gate, or change {FILE} and ARCHITECTURE.md",
            a(&room.kind),
            named(&room.knows)
        )
    } else {
        let uses = room.uses.as_ref()?;
        if is_for_tests || lists(uses) || (dependency.optional && lists(&room.optional)) {
            return None;
        }
        let how = if lists(&room.optional) {
            "only behind a feature (`optional = true`)"
        } else {
            "not on its short list"
        };
        format!("{from} -> {to}: {how}; {} crate stands on {}", a(&room.kind), named(uses))
    };
    Some(Fault::at(&**from, words))
}

/// A kind with its article.
fn a(kind: &str) -> String {
    if kind.starts_with('a') { format!("an {kind}") } else { format!("a {kind}") }
}

fn named(list: &[String]) -> String {
    if list.is_empty() { "nobody".to_owned() } else { list.join(", ") }
}

/// The tree of a crate built alone, for every target: one crate a line, `name version|features`.
fn tree(workspace: &Workspace, package: &Package) -> Result<String, Trouble> {
    let mut words = vec![
        "tree",
        "--quiet",
        "-p",
        &package.name,
        "-e",
        "normal,build",
        "--target",
        "all",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p}|{f}",
    ];
    if package.features.contains_key("schema") {
        words.extend(["--features", "schema"]);
    }
    answer(workspace.cargo(words))
}

fn leaf(line: &str) -> Option<Leaf<'_>> {
    let (package, features) = line.split_once('|')?;
    let name = package.split_whitespace().next()?;
    let features =
        features.split(',').map(str::trim).filter(|feature| !feature.is_empty()).collect();
    Some(Leaf { name, features })
}

fn leaf_faults(room: &str, leaf: &Leaf<'_>, kind_name: &str, kind: &Kind) -> Vec<Fault> {
    let mut faults = Vec::new();
    if kind.never.iter().any(|never| never == leaf.name) {
        let words = format!(
            "{room} -> … -> {}: no {kind_name} crate reaches it; see `cargo tree -p {room} -i {}`",
            leaf.name, leaf.name
        );
        faults.push(Fault::at(room, words));
    }
    let off = kind.off.get(leaf.name).map_or(&[][..], Vec::as_slice);
    for feature in off.iter().filter(|feature| leaf.features.contains(&feature.as_str())) {
        let words = format!(
            "{room} -> … -> {}/{feature}: the feature must be off in {} crate, or the clock and chance come in",
            leaf.name,
            a(kind_name)
        );
        faults.push(Fault::at(room, words));
    }
    faults
}

/// Words that a crate of this kind does not say.
fn spoken(file: &TextFile, folder: &str, kind_name: &str, kind: &Kind) -> Vec<Fault> {
    let sources = format!("{folder}/src/");
    if !file.is("rs") || !file.path.starts_with(&sources) {
        return Vec::new();
    }
    let lines = (1..).zip(file.code().lines());
    let code = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.flat_map(|(number, line)| {
        let said = kind.unsaid.iter().filter(move |word| line.contains(&***word));
        said.map(move |word| {
            let words = format!(
                "`{word}` in {} crate; take it in as an argument, or do it further up",
                a(kind_name)
            );
            Fault::on_line(&file.path, number, words)
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_point_down_only() {
        let faults = faults(&Workspace::here()).unwrap();
        assert!(faults.is_empty(), "{}", fault::listed(&faults));
    }

    fn room(uses: &[&str], optional: &[&str], knows: &[&str]) -> Room {
        let owned = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        Room {
            kind: "domain".into(),
            knows: owned(knows),
            uses: Some(owned(uses)),
            optional: owned(optional),
            tests_know: vec![],
        }
    }

    #[track_caller]
    fn check(to: &str, kind: Option<&str>, optional: bool, ours: bool, allowed: bool) {
        let package: Package = serde_json::from_value(serde_json::json!({
            "name": "outcomes", "version": "1.0.0", "source": null, "license": "MIT",
            "manifest_path": "x/Cargo.toml", "publish": null,
            "dependencies": [{ "name": to, "kind": kind, "optional": optional, "path": ours.then_some("x") }],
            "targets": [], "features": {}
        }))
        .unwrap();
        let room = room(&["serde"], &["schemars"], &["commons"]);
        let fault = package
            .dependencies
            .iter()
            .find_map(|dependency| edge_fault(&package, dependency, &room));
        assert_eq!(fault.is_none(), allowed, "{to}: {fault:?}");
    }

    #[test]
    fn a_domain_crate_stands_on_its_short_list() {
        check("serde", None, false, false, true);
        check("regex", None, false, false, false);
        check("regex", Some("build"), false, false, false);
        check("regex", Some("dev"), false, false, true);
        check("schemars", None, true, false, true);
        check("schemars", None, false, false, false);
        check("commons", None, false, true, true);
        check("circle-model", None, false, true, false);
        check("circle-model", Some("dev"), false, true, false);
    }

    #[test]
    fn a_clock_is_found_however_deep_it_lies() {
        let rooms = Rooms::shipped().unwrap();
        let domain = rooms.kind.get("domain").unwrap();
        let found = |line| leaf_faults("outcomes", &leaf(line).unwrap(), "domain", domain).len();
        assert_eq!(found("chrono v0.4.45|alloc,serde,std"), 0);
        assert_eq!(found("chrono v0.4.45|alloc,clock,now,serde,std"), 2);
        assert_eq!(found("uuid v1.29.3|rng,serde,std,v4"), 2);
        assert_eq!(found("getrandom v0.4.0|std"), 1);
        assert_eq!(found("commons v0.1.0 (/here/crates/commons)|"), 0);
    }

    #[test]
    fn what_code_does_is_seen_and_what_it_says_of_itself_is_not() {
        let rooms = Rooms::shipped().unwrap();
        let domain = rooms.kind.get("domain").unwrap();
        let text =
            "// std::fs is not for us\nuse std::fs;\n#[cfg(test)]\nmod tests { use std::fs; }";
        let file = TextFile { path: "crates/outcomes/src/a.rs".into(), text: text.into() };
        let places: Vec<_> = spoken(&file, "crates/outcomes", "domain", domain)
            .into_iter()
            .map(|fault| fault.place)
            .collect();
        assert_eq!(places, ["crates/outcomes/src/a.rs:2"]);
        assert!(spoken(&file, "crates/curriculum", "domain", domain).is_empty());
    }

    #[test]
    fn a_plan_that_points_up_is_a_fault_of_the_plan() {
        let metadata = Metadata::of(&Workspace::here()).unwrap();
        let mut rooms = Rooms::shipped().unwrap();
        assert_eq!(fault::listed(&plan_faults(&rooms, &metadata)), "");
        rooms.room.get_mut("event-log").unwrap().knows.push("store-sqlite".into());
        rooms.room.remove("report");
        let words = fault::listed(&plan_faults(&rooms, &metadata));
        assert!(
            words.contains("`event-log` (port) may not know `store-sqlite` (adapter)"),
            "{words}"
        );
        assert!(words.contains("no room for `report`"), "{words}");
    }
}
