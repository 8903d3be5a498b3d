//! All that a merge needs, in the order of the merge check.
//!
//! Every step uses the same profile, and none sets `RUSTFLAGS`, so that the crates of others are
//! compiled as seldom as can be: once to be read, once to be run, once for the release.

use std::time::{Duration, Instant};

use crate::{
    alone,
    console::say,
    crash, layers, licenses, names, readme, regen, tidy,
    trouble::Trouble,
    workspace::{self, Workspace},
};

/// A step: its name, and what it does.
struct Step {
    name: &'static str,
    work: fn(&Workspace) -> Result<(), Trouble>,
}

/// The steps in order: what is quick and often wrong comes first.
const STEPS: [Step; 11] = [
    Step { name: "fmt", work: |workspace| cargo(workspace, &["fmt", "--all", "--check"]) },
    Step { name: "tidy", work: tidy::run },
    Step { name: "layers", work: layers::run },
    Step { name: "licenses", work: licenses::run },
    Step { name: "names", work: names::run },
    Step { name: "clippy", work: clippy },
    Step { name: "test", work: test },
    Step { name: "docs", work: docs },
    Step { name: "regen", work: |workspace| regen::run(workspace, true) },
    Step { name: "alone", work: alone::run },
    Step { name: "crash", work: |workspace| crash::run(workspace, 200, 1) },
];

/// How a step went.
struct Went {
    name: &'static str,
    took: Option<Duration>,
}

/// Runs the steps and prints the seconds of each; stops at the first that fails.
///
/// # Errors
///
/// [`Trouble::UnknownStep`] before anything runs; else what the failing step said.
pub(crate) fn run(workspace: &Workspace, skip: &[String]) -> Result<(), Trouble> {
    if let Some(unknown) = skip.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        return Err(Trouble::UnknownStep(unknown.clone(), known.join(", ")));
    }
    let mut went = Vec::new();
    let mut outcome = Ok(());
    for step in &STEPS {
        if skip.iter().any(|name| name == step.name) {
            went.push(Went { name: step.name, took: None });
            continue;
        }
        say(format_args!("\n== {}", step.name));
        let start = Instant::now();
        outcome = (step.work)(workspace);
        let took = start.elapsed();
        say(format_args!("== {}: {:.1} s", step.name, took.as_secs_f64()));
        went.push(Went { name: step.name, took: Some(took) });
        if outcome.is_err() {
            break;
        }
    }
    say(format_args!("\n{}", table(&went, outcome.is_err())));
    outcome
}

fn table(went: &[Went], failed: bool) -> String {
    let mut text = String::from("step        seconds\n");
    for (step, left) in went.iter().zip((0..went.len()).rev()) {
        let seconds = step
            .took
            .map_or_else(|| "skipped".to_owned(), |took| format!("{:.1}", took.as_secs_f64()));
        let mark = if failed && left == 0 { "  failed" } else { "" };
        text.push_str(&format!("{:10} {seconds:>8}{mark}\n", step.name));
    }
    let total: Duration = went.iter().filter_map(|step| step.took).sum();
    text.push_str(&format!("{:10} {:>8.1}", "total", total.as_secs_f64()));
    text
}

fn cargo(workspace: &Workspace, words: &[&str]) -> Result<(), Trouble> {
    workspace::run(workspace.cargo(words.iter().copied()))
}

fn clippy(workspace: &Workspace) -> Result<(), Trouble> {
    let words = "clippy --locked --workspace --all-targets --all-features -- -D warnings";
    workspace::run(workspace.cargo(words.split(' ')))
}

/// The README's own command, word for word.
fn test(workspace: &Workspace) -> Result<(), Trouble> {
    let words = readme::command(workspace, "two")?;
    say(format_args!("{}", words.join(" ")));
    workspace::run(workspace.cargo(words.iter().skip(1).map(String::as_str)))
}

fn docs(workspace: &Workspace) -> Result<(), Trouble> {
    let mut command =
        workspace.cargo("doc --locked --workspace --no-deps --all-features".split(' '));
    command.env("RUSTDOCFLAGS", "-D warnings");
    workspace::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_does_not_exist_is_not_skipped() {
        let error = run(&Workspace::here(), &["tests".into()]).unwrap_err();
        assert!(
            error.to_string().starts_with("there is no step `tests`; the steps are: fmt, tidy,"),
            "{error}"
        );
    }

    #[test]
    fn the_table_says_what_failed_and_what_was_left_out() {
        let took = |seconds| Some(Duration::from_millis(seconds));
        let went = [
            Went { name: "fmt", took: took(1_240) },
            Went { name: "tidy", took: None },
            Went { name: "test", took: took(60_000) },
        ];
        let want = "step        seconds\nfmt             1.2\ntidy        skipped\ntest           60.0  failed\ntotal          61.2";
        assert_eq!(table(&went, true), want);
        assert!(!table(&went, false).contains("failed"));
    }
}
