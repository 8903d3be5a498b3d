//! Modules that say nothing of themselves, are named by nobody, or go on for too long.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::Manners;
use crate::{
    fault::Fault,
    metadata::Metadata,
    workspace::{TextFile, Workspace},
};

/// A module whose first line does not say what it is for.
pub(super) fn silent(file: &TextFile) -> Option<Fault> {
    let first = file.text.lines().find(|line| !line.starts_with("#!"));
    let included = file.text.lines().any(|line| line.starts_with("#![doc = include_str!("));
    if included || first.is_some_and(|line| line.starts_with("//! ")) {
        return None;
    }
    Some(Fault::on_line(
        &file.path,
        1,
        "says nothing of itself; begin with a `//!` line that tells what it is for",
    ))
}

/// A module longer than people like to read.
pub(super) fn long(file: &TextFile, manners: &Manners) -> Option<Fault> {
    let lines = file.text.lines().count();
    if lines <= manners.most_lines || manners.long.iter().any(|long| long.path == file.path) {
        return None;
    }
    let words =
        format!("{lines} lines, over {}; give each noun a file of its own", manners.most_lines);
    Some(Fault::at(&*file.path, words))
}

/// Rust files that no `mod` line and no manifest names: they are never compiled, so a test in one never runs.
pub(super) fn orphans(
    workspace: &Workspace,
    metadata: &Metadata,
    files: &[TextFile],
) -> Vec<Fault> {
    let rust: Vec<_> = files.iter().filter(|file| file.is("rs")).collect();
    let mut named = BTreeSet::new();
    let mut to_read: Vec<(String, bool)> = metadata
        .ours()
        .flat_map(|package| &package.targets)
        .map(|target| (workspace.name_of(&target.src_path), true))
        .collect();
    while let Some((path, is_root)) = to_read.pop() {
        let Some(file) = rust.iter().find(|file| file.path == path) else {
            continue;
        };
        if named.insert(path) {
            to_read.extend(children(file, is_root).into_iter().map(|child| (child, false)));
        }
    }
    let orphans = rust.iter().filter(|file| !named.contains(&file.path));
    orphans
        .map(|file| {
            Fault::at(
                &*file.path,
                "no `mod` line names it, so it is never compiled; name it or take it out",
            )
        })
        .collect()
}

/// The files that the `mod` lines of a file may mean.
fn children(file: &TextFile, is_root: bool) -> Vec<String> {
    let path = Path::new(&file.path);
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let is_mod = path.file_name().is_some_and(|name| name == "mod.rs");
    let below = if is_root || is_mod { folder.to_path_buf() } else { path.with_extension("") };
    let mut found = Vec::new();
    let mut elsewhere: Option<&str> = None;
    for (_, line) in file.lines() {
        let line = line.trim();
        if let Some(named) =
            line.strip_prefix("#[path = \"").and_then(|rest| rest.strip_suffix("\"]"))
        {
            elsewhere = Some(named);
        } else if let Some(name) = module(line) {
            match elsewhere.take() {
                Some(named) => found.push(written(folder, named)),
                None => {
                    found.push(written(&below, &format!("{name}.rs")));
                    found.push(written(&below, &format!("{name}/mod.rs")));
                }
            }
        }
    }
    found
}

/// The name in `pub(crate) mod name;`.
fn module(line: &str) -> Option<&str> {
    let line = line.strip_suffix(';')?;
    let (before, name) = line.split_once("mod ")?;
    let before = before.trim_end();
    let visible = before.is_empty()
        || before == "pub"
        || (before.starts_with("pub(") && before.ends_with(')'));
    let plain = name.chars().all(|character| character.is_alphanumeric() || character == '_');
    (visible && plain).then_some(name)
}

fn written(folder: &Path, name: &str) -> String {
    let mut path = PathBuf::new();
    for part in folder.join(name).components() {
        match part {
            std::path::Component::ParentDir => {
                path.pop();
            }
            std::path::Component::CurDir => {}
            std::path::Component::Normal(_)
            | std::path::Component::RootDir
            | std::path::Component::Prefix(_) => path.push(part),
        }
    }
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_module_says_what_it_is_for() {
        let said = |text| silent(&file("a.rs", text)).is_none();
        assert!(said("//! Seats.\n"));
        assert!(said("#![no_std]\n//! Seats.\n"));
        assert!(said("#![doc = include_str!(\"../README.md\")]\n"));
        assert!(!said("use std::fmt;\n//! Seats.\n"));
        assert!(!said("/// Seats.\n"));
        assert!(!said(""));
    }

    #[test]
    fn a_mod_line_names_a_file_wherever_it_may_lie() {
        let named = |path, text, is_root| children(&file(path, text), is_root);
        assert_eq!(
            named("c/src/lib.rs", "mod seats;\n", true),
            ["c/src/seats.rs", "c/src/seats/mod.rs"]
        );
        assert_eq!(
            named("c/tests/it/main.rs", "mod seats;", true),
            ["c/tests/it/seats.rs", "c/tests/it/seats/mod.rs"]
        );
        assert_eq!(
            named("c/src/tidy.rs", "pub(crate) mod words;", false).first().unwrap(),
            "c/src/tidy/words.rs"
        );
        assert_eq!(named("c/src/x/mod.rs", "mod y;", false).first().unwrap(), "c/src/x/y.rs");
        assert_eq!(
            named("c/src/lib.rs", "#[path = \"../other/z.rs\"]\nmod z;", true),
            ["c/other/z.rs"]
        );
        assert!(
            named("c/src/lib.rs", "mod tests {\n// mod seats;\nlet model = \"mod x;\";", true)
                .is_empty()
        );
    }

    #[test]
    fn a_test_that_nobody_names_is_found() {
        let metadata: Metadata = serde_json::from_value(serde_json::json!({
            "target_directory": "t",
            "packages": [{
                "name": "c", "version": "1.0.0", "source": null, "license": "MIT",
                "manifest_path": "c/Cargo.toml", "publish": null, "dependencies": [], "features": {},
                "targets": [{ "name": "it", "kind": ["test"], "src_path": "c/tests/it/main.rs" }]
            }]
        }))
        .unwrap();
        let files = [
            file("c/tests/it/main.rs", "mod named;"),
            file("c/tests/it/named.rs", "mod inner;"),
            file("c/tests/it/named/inner.rs", ""),
            file("c/tests/it/forgotten.rs", "#[test] fn never_runs() {}"),
        ];
        let places: Vec<_> = orphans(&Workspace::here(), &metadata, &files)
            .into_iter()
            .map(|fault| fault.place)
            .collect();
        assert_eq!(places, ["c/tests/it/forgotten.rs"]);
    }
}
