//! The two commands of the README, so that what people are told to type is what the merge check runs.

use crate::{trouble::Trouble, workspace::Workspace};

const FILE: &str = "README.md";

/// Signs by which a shell would make something else of the line.
const SHELL: [char; 12] = ['|', '&', ';', '<', '>', '$', '`', '*', '?', '~', '"', '\''];

/// The words of the command under `<!-- command NAME -->`: the one line of the fenced block after it.
pub(crate) fn command(workspace: &Workspace, name: &str) -> Result<Vec<String>, Trouble> {
    find(&workspace.read(FILE)?, name).map_err(|why| Trouble::data(FILE, why))
}

fn find(text: &str, name: &str) -> Result<Vec<String>, String> {
    let marker = format!("<!-- command {name} -->");
    let (_, after) =
        text.split_once(&marker).ok_or_else(|| format!("there is no `{marker}` in it"))?;
    let mut lines = after.lines().skip_while(|line| line.trim().is_empty());
    if !lines.next().is_some_and(|line| line.trim_start().starts_with("```")) {
        return Err(format!("no fenced block follows `{marker}`"));
    }
    let block: Vec<_> = lines.take_while(|line| !line.trim_start().starts_with("```")).collect();
    let [line] = block.as_slice() else {
        return Err(format!(
            "one line is wanted in the block after `{marker}`, not {}",
            block.len()
        ));
    };
    if line.contains(SHELL) {
        return Err(format!("`{line}` needs a shell; a plain command is wanted"));
    }
    let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
    if words.first().is_some_and(|word| word == "cargo") {
        Ok(words)
    } else {
        Err(format!("`{line}` does not begin with `cargo`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_commands_stand_in_the_readme() {
        for name in ["one", "two"] {
            assert!(command(&Workspace::here(), name).is_ok(), "{name}");
        }
    }

    #[track_caller]
    fn check(text: &str, want: Result<&[&str], &str>) {
        let found = find(text, "two");
        match want {
            Ok(words) => assert_eq!(found.unwrap(), words),
            Err(why) => {
                assert!(found.as_ref().is_err_and(|error| error.contains(why)), "{found:?}")
            }
        }
    }

    #[test]
    fn only_a_plain_command_is_run() {
        check(
            "<!-- command two -->\n```sh\ncargo test --workspace\n```\n",
            Ok(&["cargo", "test", "--workspace"]),
        );
        check("<!-- command two -->\n\n```\ncargo test\n```\n", Ok(&["cargo", "test"]));
        check("", Err("there is no"));
        check("<!-- command two -->\ncargo test\n", Err("no fenced block"));
        check("<!-- command two -->\n```\ncargo test\ncargo run\n```\n", Err("not 2"));
        check("<!-- command two -->\n```\ncargo test; true\n```\n", Err("needs a shell"));
        check("<!-- command two -->\n```\ntrue\n```\n", Err("does not begin"));
    }
}
