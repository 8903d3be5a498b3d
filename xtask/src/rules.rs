//! The table of rules: for each, whether it is a plan or a record, where it lives, which test proves it.

use serde::Deserialize;

use crate::{
    fault::Fault,
    trouble::Trouble,
    workspace::{TextFile, Workspace},
};

/// Where the table is kept; the crate reads the same file.
pub(crate) const FILE: &str = "crates/program-model/rules-table.toml";

#[derive(Debug, Deserialize)]
struct Table {
    rules: Vec<Row>,
}

/// One rule, as far as the page shows it.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    level: String,
    says: String,
    stands: String,
    kept_by: Vec<String>,
    lives: Vec<String>,
    #[serde(default)]
    proved_by: Vec<String>,
}

/// The rules as a Markdown table.
pub(crate) fn table(workspace: &Workspace) -> Result<String, Trouble> {
    let table = read(&workspace.read(FILE)?).map_err(|error| Trouble::data(FILE, error))?;
    Ok(markdown(&table.rules))
}

fn read(text: &str) -> Result<Table, toml::de::Error> {
    toml::from_str(text)
}

/// Rules that live nowhere, that no test proves, or whose test is not there.
pub(crate) fn astray(files: &[TextFile]) -> Vec<Fault> {
    let Some(file) = files.iter().find(|file| file.path == FILE) else {
        return vec![Fault::at(
            FILE,
            "there is none; each rule must say where it lives and what proves it",
        )];
    };
    match read(&file.text) {
        Ok(table) => table.rules.iter().flat_map(|row| astray_row(row, files)).collect(),
        Err(error) => vec![Fault::at(FILE, format!("cannot be read: {error}"))],
    }
}

fn astray_row(row: &Row, files: &[TextFile]) -> Vec<Fault> {
    let Row { id, lives, proved_by, .. } = row;
    let mut faults = Vec::new();
    for (list, what) in [(lives, "lives nowhere"), (proved_by, "is proved by no test")] {
        if list.is_empty() {
            faults.push(Fault::at(FILE, format!("{id} {what}")));
        }
    }
    for place in lives.iter().filter(|place| !is_there(place, files)) {
        faults.push(Fault::at(FILE, format!("{id} lives in `{place}`, which is not there")));
    }
    for test in proved_by.iter().filter(|test| !is_tested(test, files)) {
        faults.push(Fault::at(
            FILE,
            format!("{id} is proved by `{test}`, and there is no such test (`path::name`)"),
        ));
    }
    faults
}

fn is_there(place: &str, files: &[TextFile]) -> bool {
    let folder = format!("{}/", place.trim_end_matches('/'));
    files.iter().any(|file| file.path == place || file.path.starts_with(&folder))
}

fn is_tested(test: &str, files: &[TextFile]) -> bool {
    let Some((path, name)) = test.rsplit_once("::") else { return false };
    files.iter().any(|file| file.path == path && has_test(&file.text, name))
}

/// Whether a function of that name is a test that runs: `#[test]` stands above it, with nothing between but
/// remarks and attributes, none of which leaves it out. (Inside of `proptest!` it does so too.)
fn has_test(text: &str, name: &str) -> bool {
    let opening = format!("fn {name}(");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut here = lines.iter().enumerate().filter(|(_, line)| line.starts_with(&opening));
    here.any(|(place, _)| {
        let above = lines.iter().take(place).rev();
        let above = above.take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        let above: Vec<_> = above.collect();
        above.contains(&&"#[test]") && !above.iter().any(|line| line.starts_with("#[ignore"))
    })
}

fn markdown(rows: &[Row]) -> String {
    let mut text = String::from(
        "| Rule | Says | Plan or record | Kept by | Lives in | Proved by |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let lives = coded(&row.lives);
        let tests: Vec<_> = row
            .proved_by
            .iter()
            .map(|test| test.rsplit("::").next().unwrap_or(test).replace('_', " "))
            .collect();
        text.push_str(&format!(
            "| {} {} | {} | {} | {} | {lives} | {} |\n",
            row.id,
            row.level,
            row.says.replace('|', "/"),
            row.stands,
            row.kept_by.join(", ").replace('_', " "),
            tests.join("; "),
        ));
    }
    text
}

fn coded(names: &[String]) -> String {
    let coded: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    coded.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(row: &str) -> Vec<TextFile> {
        let rule = "[[rules]]\nid = \"HC-01\"\nlevel = \"MUST\"\nfixed = true\nkey = \"hc-01\"\n\
                    says = \"five to seven | while running\"\nstands = \"plan\"\nkept_by = [\"refused_plan\", \"breach\"]\nabout = []\n";
        [
            (FILE, format!("{rule}{row}")),
            ("crates/x/src/seats.rs", String::new()),
            ("crates/x/tests/it/seats.rs", "#[test]\n// Both sides.\nfn seven_may_sit() {}\nfn helps() {}\n#[test]\n#[ignore]\nfn later() {}".to_owned()),
        ]
        .map(|(path, text)| TextFile { path: path.into(), text })
        .into()
    }

    #[track_caller]
    fn check(row: &str, want: usize) {
        let faults = astray(&files(row));
        assert_eq!(faults.len(), want, "{faults:?}");
    }

    #[test]
    fn a_rule_names_a_file_and_a_test_that_are_there() {
        check(
            "lives = [\"crates/x/src/seats.rs\"]\nproved_by = [\"crates/x/tests/it/seats.rs::seven_may_sit\"]",
            0,
        );
        check(
            "lives = [\"crates/x\"]\nproved_by = [\"crates/x/tests/it/seats.rs::seven_may_sit\"]",
            0,
        );
        check(
            "lives = [\"crates/y\"]\nproved_by = [\"crates/x/tests/it/seats.rs::eight_may_sit\"]",
            2,
        );
        check("lives = [\"crates/x\"]\nproved_by = [\"seven_may_sit\"]", 1);
        check("lives = [\"crates/x\"]\nproved_by = [\"crates/x/tests/it/seats.rs::helps\"]", 1);
        check("lives = [\"crates/x\"]\nproved_by = [\"crates/x/tests/it/seats.rs::later\"]", 1);
        check("lives = []", 2);
        check("lives = 1", 1);
        assert_eq!(astray(&[]).len(), 1);
    }

    #[test]
    fn the_table_has_a_line_for_each_rule() {
        let files = files(
            "lives = [\"crates/x\"]\nproved_by = [\"crates/x/tests/it/seats.rs::seven_may_sit\"]",
        );
        let text = markdown(&read(&files.first().unwrap().text).unwrap().rules);
        assert_eq!(
            text.lines().last(),
            Some(
                "| HC-01 MUST | five to seven / while running | plan | refused plan, breach | `crates/x` | seven may sit |"
            )
        );
    }
}
