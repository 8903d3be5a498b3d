//! The help of every command, from the catalog.
//!
//! A command `people import` finds its line at `help-people-import`, its example at
//! `help-people-import-example`, and its option `--on` at `help-people-import-on`, or at
//! `help-any-on` where several commands share it.

use clap::{Arg, Command};

use crate::texts;

/// The whole command line with its words.
pub(crate) fn worded(command: Command) -> Command {
    let exits = texts::say("help-exits", &[]);
    let mut command = word(command, "help");
    let example = texts::say("help-example", &[]);
    command = command.after_help(format!("{example}\n\n{exits}"));
    command
}

fn word(command: Command, key: &str) -> Command {
    let root = key == "help";
    let about = texts::find(if root { "help-about" } else { key }, &[]).unwrap_or_default();
    let mut command = command.about(about);
    if !root && let Some(example) = texts::find(&format!("{key}-example"), &[]) {
        command = command.after_help(example);
    }
    let key_of_arg = key.to_owned();
    command = command.mut_args(move |arg| word_arg(arg, &key_of_arg));
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let key = format!("{key}-{name}");
        command = command.mut_subcommand(name, |sub| word(sub, &key));
    }
    command
}

fn word_arg(arg: Arg, key: &str) -> Arg {
    let name = arg.get_id().as_str().replace('_', "-");
    let arg =
        if arg.is_global_set() { arg.help_heading(texts::say("help-heading", &[])) } else { arg };
    let own = texts::find(&format!("{key}-{name}"), &[]);
    match own.or_else(|| texts::find(&format!("help-any-{name}"), &[])) {
        Some(help) => arg.help(help),
        None => arg,
    }
}
