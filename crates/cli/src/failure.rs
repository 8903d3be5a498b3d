//! Why a command did not do what it was asked, ready to be printed.

use std::error::Error;

use circle_vault::VaultError;
use circlekeeper::KeeperError;
use commons::{Refused, Rule};
use report::Arg;
use serde::Serialize;
use store_sqlite::StoreError;

use crate::{
    exit::Exit,
    texts::{self, text},
};

/// Why a command did not do what it was asked.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct Failure(Box<Reason>);

/// A stable code, and words from the catalog.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Reason {
    /// The stable code.
    pub(crate) code: String,
    /// What was refused or failed.
    pub(crate) message: String,
    /// What lies behind it, the nearest first.
    pub(crate) causes: Vec<String>,
    /// Every single thing that is wrong, where there are several.
    pub(crate) lines: Vec<String>,
    /// How to go on.
    pub(crate) help: String,
    /// The rule that refuses.
    pub(crate) rule: Option<Rule>,
}

impl std::ops::Deref for Failure {
    type Target = Reason;
    fn deref(&self) -> &Reason {
        &self.0
    }
}

impl Failure {
    /// One of the command line's own, by the id of its message and of its `-help`.
    pub(crate) fn new(code: &str, args: &[(&str, Arg)]) -> Self {
        let key = key(code);
        Self(Box::new(Reason {
            code: code.to_owned(),
            message: texts::say(&key, args),
            causes: Vec::new(),
            lines: Vec::new(),
            help: texts::say(&format!("{key}-help"), args),
            rule: None,
        }))
    }

    /// With every single thing that is wrong.
    pub(crate) fn listing(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.0.lines.extend(lines);
        self
    }

    /// With what the operating system says.
    pub(crate) fn because(mut self, cause: &dyn Error) -> Self {
        self.0.causes.extend(chain(Some(cause)));
        self
    }

    /// A refusal of another room: the catalog's words for its code, or its own.
    pub(crate) fn refused(error: &dyn Refused) -> Self {
        let key = key(error.code());
        Self(Box::new(Reason {
            code: error.code().to_owned(),
            message: texts::find(&key, &[]).unwrap_or_else(|| error.to_string()),
            causes: chain(error.source()),
            lines: Vec::new(),
            help: texts::find(&format!("{key}-help"), &[])
                .unwrap_or_else(|| error.way_out().to_owned()),
            rule: error.rule(),
        }))
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self::new("cli.unreadable", &[]).because(error)
    }

    /// A file that cannot be written.
    pub(crate) fn not_written(error: &std::io::Error) -> Self {
        Self::new("cli.not_written", &[]).because(error)
    }

    /// How the program ends.
    pub(crate) fn exit(&self) -> Exit {
        Exit::of(&self.code)
    }

    /// The lines to print: what, why, every single thing, and how to go on.
    pub(crate) fn told(&self) -> Vec<(Mark, String)> {
        let rule = self.rule.as_ref().map(|rule| text!("error-rule", rule = rule.to_string()));
        let message = [Some(self.message.clone()), rule].into_iter().flatten().collect::<Vec<_>>();
        let mut told = vec![(Mark::Error, message.join(" "))];
        told.extend(self.lines.iter().map(|line| (Mark::Item, line.clone())));
        told.extend(self.causes.iter().map(|cause| (Mark::Cause, cause.clone())));
        told.push((Mark::Help, self.help.clone()));
        told
    }
}

/// What a line of an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Error,
    Item,
    Cause,
    Help,
}

fn key(code: &str) -> String {
    format!("error-{}", code.replace(['.', '_'], "-"))
}

fn chain(from: Option<&dyn Error>) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next = from;
    while let Some(error) = next {
        let words = error.to_string();
        if causes.last() != Some(&words) {
            causes.push(words);
        }
        next = error.source();
    }
    causes
}

/// The store's own error, somewhere behind another one.
fn store_behind<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a StoreError> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(store) = error.downcast_ref::<StoreError>() {
            return Some(store);
        }
        next = error.source();
    }
    None
}

impl From<KeeperError> for Failure {
    fn from(error: KeeperError) -> Self {
        if let KeeperError::Refused(refused) = &error {
            return Self::refused(&**refused);
        }
        if let KeeperError::Vault(vault) = &error {
            return Self::refused(vault);
        }
        if let KeeperError::Store(source) = &error
            && let Some(store) = store_behind(&**source)
        {
            return Self::refused(store);
        }
        let failure = Self::refused(&error);
        if let KeeperError::Gate { unmet } = &error {
            return failure.listing(unmet.iter().map(line_of));
        }
        failure
    }
}

/// A rule that is not met, with its way out.
fn line_of(unmet: &safety_protocols::Unmet) -> String {
    text!(
        "error-unmet",
        rule = unmet.rule.to_string(),
        what = texts::code("gate", unmet.what.as_str()),
        out = texts::code("way", unmet.way_out.as_str()),
        who = texts::code("who", unmet.who.as_str()),
    )
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::refused(&error)
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::refused(&error)
    }
}

impl From<interchange::Faults> for Failure {
    /// Every fault with its line and column, and what to do about each.
    fn from(faults: interchange::Faults) -> Self {
        let total = texts::count(faults.total());
        let lines = faults.iter().map(|fault| {
            let place = fault.to_string();
            text!("fault-line", place = place, out = fault.way_out())
        });
        let more = faults.total() - faults.iter().len();
        let more = (more > 0).then(|| texts::say("fault-more", &[("n", texts::count(more))]));
        Self::new("cli.faults", &[("n", total)]).listing(lines.chain(more))
    }
}
