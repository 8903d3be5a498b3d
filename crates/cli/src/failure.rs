//! Why a command did not do what it was asked, ready to be printed.

use std::{error::Error, path::Path};

use circle_vault::VaultError;
use circlekeeper::{ConveningRefusal, KeeperError, SeriesRefusal};
use commons::{Refused, Rule};
use report::Arg;
use serde::Serialize;
use serde_json::{Map, Value};
use store_sqlite::StoreError;

use crate::{
    cause,
    exit::Exit,
    texts::{self, text},
    trouble::{Trouble, Troubles},
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
    /// What is wrong in a file, place by place.
    pub(crate) faults: Vec<Trouble>,
    /// How to go on.
    pub(crate) help: String,
    /// The rule that refuses.
    pub(crate) rule: Option<Rule>,
    /// What else a program should know.
    #[serde(flatten)]
    pub(crate) more: Map<String, Value>,
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
        let (message, help) = texts::refusal(code, args);
        Self(Box::new(Reason {
            code: code.to_owned(),
            message,
            causes: Vec::new(),
            lines: Vec::new(),
            faults: Vec::new(),
            help,
            rule: None,
            more: Map::new(),
        }))
    }

    /// With every single thing that is wrong.
    pub(crate) fn listing(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.0.lines.extend(lines);
        self
    }

    /// With everything that is wrong in a file.
    pub(crate) fn with_troubles(mut self, troubles: Troubles) -> Self {
        let total = troubles.total();
        self.0.faults = troubles.sorted();
        let printed = self.0.faults.iter().take(Troubles::PRINTED);
        let lines: Vec<_> = printed.map(Trouble::told).collect();
        let more = total - lines.len();
        self.0.lines.extend(lines);
        if more > 0 {
            self.0.lines.push(texts::say("trouble-more", &[("n", texts::count(more))]));
        }
        self
    }

    /// With something more for programs.
    pub(crate) fn knowing(mut self, name: &str, value: impl Serialize) -> Self {
        self.0.more.insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        self
    }

    /// With what the operating system says.
    pub(crate) fn because(mut self, cause: &(dyn Error + 'static)) -> Self {
        self.0.causes.extend(cause::chain(Some(cause)));
        self
    }

    /// What is wrong with one file of several, to be told beside what is wrong with the others.
    pub(crate) fn in_file(self, file: &str) -> Vec<Trouble> {
        let Reason { code, message, causes, faults, help, .. } = *self.0;
        if faults.is_empty() {
            let what = [message].into_iter().chain(causes).collect::<Vec<_>>().join(" ");
            let at = Trouble {
                file: None,
                line: None,
                column: None,
                field: None,
                code,
                what,
                to_do: help,
            };
            return vec![at.in_file(file)];
        }
        faults.into_iter().map(|fault| fault.in_file(file)).collect()
    }

    /// A refusal of another room, in the catalog's words for its code.
    pub(crate) fn refused(error: &dyn Refused) -> Self {
        let mut failure = Self::new(error.code(), &texts::figures(&error.figures()));
        failure.0.causes = cause::chain(error.source());
        failure.0.rule = error.rule();
        failure
    }

    /// Something without a name that cannot be read.
    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self::new("cli.unreadable", &[]).because(error)
    }

    /// A file or a folder that cannot be read.
    pub(crate) fn unreadable_at(path: &Path, error: &std::io::Error) -> Self {
        Self::new("cli.unreadable", &[]).saying_of("cli.unreadable_at", path).because(error)
    }

    /// Something without a name that cannot be written.
    pub(crate) fn not_written(error: &std::io::Error) -> Self {
        Self::new("cli.not_written", &[]).because(error)
    }

    /// A file or a folder that cannot be written.
    pub(crate) fn not_written_at(path: &Path, error: &std::io::Error) -> Self {
        Self::new("cli.not_written", &[]).saying_of("cli.not_written_at", path).because(error)
    }

    /// The same code, in the words for one whose file is known.
    fn saying_of(mut self, words: &str, path: &Path) -> Self {
        let file = Arg::from(path.display().to_string());
        (self.0.message, self.0.help) = texts::refusal(words, &[("file", file)]);
        self
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
        if let KeeperError::Convening { refused } = &error {
            return failure.listing(refused.iter().map(circle_line));
        }
        if let KeeperError::Series { refused } = &error {
            return failure.listing(refused.iter().flat_map(lines_of));
        }
        failure
    }
}

/// A session of a series that is refused: a line for each rule.
fn lines_of(refusal: &SeriesRefusal) -> Vec<String> {
    let why = &refusal.why;
    let told = if let KeeperError::Gate { unmet } = why {
        unmet.iter().map(line_of).collect()
    } else {
        let (what, out) = texts::refusal(why.code(), &texts::figures(&why.figures()));
        let rule = why.rule().map(|rule| text!("error-rule", rule = rule.to_string()));
        let told = [Some(what), rule, Some(out)];
        vec![told.into_iter().flatten().collect::<Vec<_>>().join(" ")]
    };
    let (number, on) = (refusal.number.to_string(), refusal.on.to_string());
    let line = |what: String| {
        text!("error-series-line", number = number.as_str(), on = on.as_str(), what = what)
    };
    told.into_iter().map(line).collect()
}

/// Why a circle is not convened. Who it is about is not said.
fn circle_line(refusal: &ConveningRefusal) -> String {
    let (what, out) = texts::refusal(refusal.why.code(), &texts::figures(&refusal.why.figures()));
    text!("error-circle-line", number = (refusal.circle + 1).to_string(), what = what, out = out)
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
        Self::from(Troubles::from(&faults))
    }
}

impl From<Troubles> for Failure {
    fn from(troubles: Troubles) -> Self {
        let total = texts::count(troubles.total());
        Self::new("cli.faults", &[("n", total)]).with_troubles(troubles)
    }
}
