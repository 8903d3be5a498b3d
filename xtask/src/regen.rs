//! Pages and schemas that are written by a program, and checked to be what it would write.
//!
//! To add one, write a function that makes its pages and add a row to [`GENERATED`].

mod help;
mod schemas;

use crate::{
    console::say,
    fault::{self, Fault},
    rules,
    trouble::Trouble,
    workspace::Workspace,
};

/// Something that is written by a program.
struct Generated {
    /// What it is.
    name: &'static str,
    /// Makes its pages.
    make: fn(&Workspace) -> Result<Vec<Page>, Trouble>,
}

/// One text that is written by a program.
#[derive(Debug, PartialEq, Eq)]
struct Page {
    /// The file it stands in, from the root.
    file: String,
    /// Where in the file.
    place: Place,
    /// What it says.
    text: String,
}

/// Where a text stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is the whole file.
    Whole,
    /// Between `<!-- NAME: begin … -->` and `<!-- NAME: end -->`.
    Between(&'static str),
}

/// Everything that is generated.
const GENERATED: &[Generated] = &[
    Generated { name: "the table of rules", make: rule_table },
    Generated { name: "the schemas", make: schemas::pages },
    Generated { name: "the help of the command line", make: command_line },
];

fn rule_table(workspace: &Workspace) -> Result<Vec<Page>, Trouble> {
    let text = rules::table(workspace)?;
    Ok(vec![Page { file: "ARCHITECTURE.md".to_owned(), place: Place::Between("rules"), text }])
}

fn command_line(workspace: &Workspace) -> Result<Vec<Page>, Trouble> {
    let text = help::page(workspace)?;
    Ok(vec![Page { file: "docs/command-line.md".to_owned(), place: Place::Whole, text }])
}

/// Writes everything that differs again; with `check`, fails where anything differs.
///
/// # Errors
///
/// What could not be made, and with `check` each file that is not current.
pub(crate) fn run(workspace: &Workspace, check: bool) -> Result<(), Trouble> {
    let mut faults = Vec::new();
    for generated in GENERATED {
        let pages = match (generated.make)(workspace) {
            Ok(pages) => pages,
            Err(trouble) => {
                faults.push(Fault::at(generated.name, trouble.to_string()));
                continue;
            }
        };
        for page in &pages {
            if is_current(workspace, page)? {
                continue;
            }
            if check {
                let words = "is not what would be written; run `cargo xtask regen` and commit";
                faults.push(Fault::at(&*page.file, words));
            } else {
                write(workspace, page)?;
                say(format_args!("written: {}", page.file));
            }
        }
    }
    fault::report("regen", faults)
}

fn is_current(workspace: &Workspace, page: &Page) -> Result<bool, Trouble> {
    let old = old(workspace, page)?;
    Ok(old.as_deref().map(unix) == Some(placed(old.as_deref(), &page.text, page.place)))
}

fn write(workspace: &Workspace, page: &Page) -> Result<(), Trouble> {
    let old = old(workspace, page)?;
    workspace.write(&page.file, &placed(old.as_deref(), &page.text, page.place))
}

fn old(workspace: &Workspace, page: &Page) -> Result<Option<String>, Trouble> {
    if workspace.path(&page.file).exists() {
        workspace.read(&page.file).map(Some)
    } else {
        Ok(None)
    }
}

/// Line ends as we write them, whatever the checkout made of them.
fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// A file with the text in its place; a place that is not there yet is made at the end.
fn placed(old: Option<&str>, made: &str, place: Place) -> String {
    let made = made.trim_end();
    let Place::Between(name) = place else {
        return format!("{made}\n");
    };
    let old = old.map(unix).unwrap_or_default();
    let begin = format!("<!-- {name}: begin");
    let end = format!("<!-- {name}: end -->");
    let written = format!("{begin}, written by `cargo xtask regen` -->\n\n{made}\n\n{end}");
    let parts = old.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&end)?;
        Some((before, after))
    });
    match parts {
        Some((before, after)) => format!("{before}{written}{after}"),
        None if old.trim().is_empty() => format!("{written}\n"),
        None => format!("{}\n\n{written}\n", old.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_put_in_its_place_and_the_rest_is_left_alone() {
        let place = Place::Between("rules");
        let first = placed(Some("# Page\n"), "| a |\n", place);
        assert_eq!(
            first,
            "# Page\n\n<!-- rules: begin, written by `cargo xtask regen` -->\n\n| a |\n\n<!-- rules: end -->\n"
        );
        assert_eq!(placed(Some(&first), "| a |", place), first, "written again it is the same");
        let longer = format!("{first}\n## After\n");
        let second = placed(Some(&longer), "| b |", place);
        assert_eq!(second, longer.replace("| a |", "| b |"));
        assert_eq!(placed(Some(&first.replace('\n', "\r\n")), "| a |", place), first);
        assert_eq!(placed(None, "all of it\n\n", Place::Whole), "all of it\n");
    }
}
