//! Paths that climb out of the project, which must stand alone.

use crate::{fault::Fault, workspace::TextFile};

const UP: &str = "../";

/// Marks of a path that is read from where the file lies; any other path in code is read from the root.
const FROM_THE_FILE: [&str; 4] = ["include_str!", "include_bytes!", "include!", "#[path"];

/// Paths that lead out of the project. A test may follow one, and must say when nothing is there.
pub(super) fn outward(file: &TextFile) -> Vec<Fault> {
    if file.is_test() || !["rs", "toml", "md"].iter().any(|kind| file.is(kind)) {
        return Vec::new();
    }
    let text = if file.is("rs") { file.code() } else { &file.text };
    let lines = (1..).zip(text.lines());
    let out = lines
        .filter(|(_, line)| climbs(line).any(|(before, steps)| steps > depth(file, line, before)));
    out.map(|(number, _)| {
        Fault::on_line(
            &file.path,
            number,
            "a path leads out of the project, which must stand alone",
        )
    })
    .collect()
}

/// How many folders lie between the root and the place from which a path is read.
fn depth(file: &TextFile, line: &str, before: &str) -> usize {
    let folders = file.path.split('/').count() - 1;
    if before.ends_with('/') {
        // It goes on from the folder of the crate, which a macro put before it.
        let crates = ["crates/", "examples/"].iter().any(|folder| file.path.starts_with(folder));
        return folders.min(if crates { 2 } else { 1 });
    }
    let from_the_file = !file.is("rs") || FROM_THE_FILE.iter().any(|mark| line.contains(mark));
    if from_the_file { folders } else { 0 }
}

/// Each run of `../` in a line: what stands before it, and how many steps it takes.
fn climbs(line: &str) -> impl Iterator<Item = (&str, usize)> {
    let starts = line
        .match_indices(UP)
        .filter(|(start, _)| !line.get(..*start).is_some_and(|before| before.ends_with(UP)));
    starts.filter_map(|(start, _)| {
        let (before, mut rest) = line.split_at_checked(start)?;
        let mut steps = 0;
        while let Some(further) = rest.strip_prefix(UP) {
            (rest, steps) = (further, steps + 1);
        }
        // What climbs to nowhere is not a path.
        rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
            .then_some((before, steps))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, leads_out: bool) {
        let file = TextFile { path: path.into(), text: text.into() };
        assert_eq!(!outward(&file).is_empty(), leads_out, "{path}: {text}");
    }

    #[test]
    fn only_a_test_may_look_outside() {
        check("crates/x/src/a.rs", r#"include_str!("../../../a.toml")"#, false);
        check("crates/x/src/a.rs", r#"include_str!("../../../../a.toml")"#, true);
        check("crates/x/src/a.rs", r#"concat!(env!("CARGO_MANIFEST_DIR"), "/../../a")"#, false);
        check("crates/x/src/a.rs", r#"concat!(env!("CARGO_MANIFEST_DIR"), "/../../../a")"#, true);
        check("xtask/src/a.rs", r#"concat!(env!("CARGO_MANIFEST_DIR"), "/../../a")"#, true);
        check("crates/x/src/a.rs", r#"read("../a")"#, true);
        check("crates/x/tests/it/a.rs", r#"read("../a")"#, false);
        check("crates/x/src/a.rs", "#[cfg(test)]\nmod tests { read(\"../a\") }", false);
        check("crates/x/Cargo.toml", r#"x = { path = "../y" }"#, false);
        check("crates/x/src/a.rs", r#"strip_prefix("../")"#, false);
        check("Cargo.toml", r#"x = { path = "../y" }"#, true);
        check("README.md", "[here](../other/README.md)", true);
    }
}
