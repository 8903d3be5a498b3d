//! The help of the command line, as a page.

use std::{collections::VecDeque, path::Path};

use crate::{
    metadata::Metadata,
    trouble::Trouble,
    workspace::{self, Workspace, answer},
};

/// The width to which help is wrapped, in characters.
const WIDTH: &str = "100";

const BEGINNING: &str = "# The command line\n\nWhat `circlekeeper --help` and the help of each command print, \
written by `cargo xtask regen`.\n";

/// Asks the command line for the help of every command there is, however deep.
pub(super) fn page(workspace: &Workspace) -> Result<String, Trouble> {
    workspace::run(workspace.cargo("build --locked --quiet -p cli".split(' ')))?;
    let target = Metadata::of(workspace)?.target_directory;
    let program =
        target.join("debug").join(format!("circlekeeper{}", std::env::consts::EXE_SUFFIX));
    let mut page = BEGINNING.to_owned();
    let mut to_ask = VecDeque::from([Vec::<String>::new()]);
    while let Some(path) = to_ask.pop_front() {
        let help = help(workspace, &program, &path)?;
        page.push_str(&section(&path, &help));
        // Depth first, so that a command is followed by its own.
        for name in commands(&help).into_iter().rev() {
            to_ask.push_front(path.iter().cloned().chain([name]).collect());
        }
    }
    Ok(page)
}

fn help(workspace: &Workspace, program: &Path, path: &[String]) -> Result<String, Trouble> {
    let mut command = workspace.program(program);
    command.args(path).arg("--help").env("COLUMNS", WIDTH).env("NO_COLOR", "1");
    for variable in ["LANG", "LC_ALL", "LANGUAGE"] {
        command.env_remove(variable);
    }
    let text = answer(command)?;
    if text.trim().is_empty() {
        return Err(Trouble::data("the help of the command line", "it prints nothing"));
    }
    Ok(text.replace(std::env::consts::EXE_SUFFIX, ""))
}

fn section(path: &[String], help: &str) -> String {
    let name: Vec<_> =
        ["circlekeeper"].into_iter().chain(path.iter().map(String::as_str)).collect();
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    format!("\n## {}\n\n```text\n{}\n```\n", name.join(" "), lines.join("\n").trim())
}

/// The names under `Commands:`; `help` says nothing new.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| line.trim_end() != "Commands:").skip(1);
    listed
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|rest| rest.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_in_the_help() {
        let help = "Keeps circles.\n\nUsage: circlekeeper <COMMAND>\n\nCommands:\n  init    Begins a program\n  \
                    due     What is due,\n          and by when\n  help    Prints this\n\nOptions:\n  -h, --help  Prints help\n";
        assert_eq!(commands(help), ["init", "due"]);
        assert!(commands("Usage: circlekeeper init\n\nOptions:\n  -h  Help\n").is_empty());
    }

    #[test]
    fn each_command_has_its_section() {
        assert_eq!(
            section(&["models".into(), "list".into()], "Lists.  \n\n"),
            "\n## circlekeeper models list\n\n```text\nLists.\n```\n"
        );
    }
}
