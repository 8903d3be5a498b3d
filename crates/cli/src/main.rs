//! The binary `circlekeeper`: the use cases at a terminal.
//!
//! It reads the clock, the random source, the files and the passphrase, calls one use case for each
//! command, and prints what came of it. It decides nothing: rules live in the rooms beneath it.

mod args;
mod ask;
mod card_file;
mod cause;
mod commands;
mod exit;
mod failure;
mod help;
mod law;
mod made;
mod paper;
mod place;
mod progress;
mod screen;
mod store;
#[cfg(test)]
mod text_checks;
mod texts;
mod trouble;
mod world;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::{
    args::Cli,
    commands::Desk,
    exit::Exit,
    failure::Failure,
    screen::{Screen, remark},
    texts::text,
};

fn main() -> ExitCode {
    let asked = asked_language(std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()));
    if !texts::speak(asked.as_deref()) {
        remark(&text!("language-unknown"));
    }
    let command = help::worded(Cli::command());
    let parsed = command.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    let mut desk = Desk { screen: Screen::new(cli.globals.json), globals: cli.globals };
    match commands::run(&mut desk, cli.command) {
        Ok(exit) => ExitCode::from(exit.number()),
        Err(failure) => {
            desk.screen.fail(&failure);
            ExitCode::from(failure.exit().number())
        }
    }
}

/// A command line that was not understood, or one that asked for help. A program gets the former as
/// JSON; what was typed is not repeated to it.
fn not_understood(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::from(Exit::Done.number());
    }
    if std::env::args_os().any(|arg| arg == "--json") {
        let failure = Failure::new("cli.usage", &[]).knowing("kind", format!("{:?}", error.kind()));
        Screen::new(true).answer_failure(&failure);
    }
    ExitCode::from(Exit::Usage.number())
}

/// The language that was asked for, read before anything is worded.
fn asked_language(args: impl Iterator<Item = String>) -> Option<String> {
    let mut args = args.skip(1);
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--language") {
            Some("") => return args.next(),
            Some(rest) if rest.starts_with('=') => return rest.get(1..).map(str::to_owned),
            Some(_) | None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_read_before_anything_is_said() {
        let asked = |line: &str| asked_language(line.split(' ').map(str::to_owned));
        assert_eq!(asked("circlekeeper due --language rw").as_deref(), Some("rw"));
        assert_eq!(asked("circlekeeper --language=en due").as_deref(), Some("en"));
        assert_eq!(asked("circlekeeper due"), None);
    }
}
