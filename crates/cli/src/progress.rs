//! A bar that shows how far a long work is, for people at a terminal alone.

use indicatif::{ProgressBar, ProgressStyle};

use crate::screen::shows_progress;

/// A bar on the standard error, or nothing where nobody looks.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(crate) fn new(json: bool) -> Self {
        let bar = shows_progress(json).then(|| {
            let bar = ProgressBar::new(0);
            let style = ProgressStyle::with_template(TEMPLATE);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self(bar)
    }

    /// So much of so much is done.
    pub(crate) fn at(&self, done: u64, all: u64) {
        if let Some(bar) = &self.0 {
            bar.set_length(all);
            bar.set_position(done);
        }
    }

    /// What is being done.
    pub(crate) fn stage(&self, words: String) {
        if let Some(bar) = &self.0 {
            bar.set_message(words);
        }
    }

    pub(crate) fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

const TEMPLATE: &str = "{msg} {bar:40} {percent}% {elapsed}";
