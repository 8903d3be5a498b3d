//! What all sections share: words, counts, and what is kept back.

use maud::{Markup, html};
use outcomes::figures::{Hidden, Shown};
use outcomes::stats::NoFigure;
use outcomes::suppression::{Cell, Tally};
use outcomes::{Figures, Points};
use std::cell::RefCell;

use crate::tables::{Cell as TableCell, Table};
use crate::{About, Arg, Stamp, Wording};

/// The words and figures of one report.
pub(crate) struct Words<'a> {
    pub(crate) wording: &'a Wording,
    pub(crate) figures: &'a Figures,
    pub(crate) stamp: &'a Stamp,
    /// What was kept back already: the same reason is not told at length twice.
    told: RefCell<Vec<Hidden>>,
}

/// The sections that a report has.
#[expect(clippy::struct_excessive_bools, reason = "each is a section of its own")]
#[derive(Clone, Copy)]
pub(crate) struct Has {
    pub(crate) attendance: bool,
    pub(crate) retention: bool,
    /// Safety, referrals and duties.
    pub(crate) work: bool,
    pub(crate) groups: bool,
    pub(crate) circles: bool,
}

impl<'a> Words<'a> {
    pub(crate) const fn new(wording: &'a Wording, figures: &'a Figures, stamp: &'a Stamp) -> Self {
        Self { wording, figures, stamp, told: RefCell::new(Vec::new()) }
    }

    /// Whether it is about files.
    pub(crate) const fn of_files(&self) -> bool {
        matches!(self.stamp.about, About::Files(_))
    }

    /// What there is to say. Files that say nothing of a thing leave it out; a program that keeps no record of it says
    /// that there is none.
    pub(crate) fn has(&self) -> Has {
        let (figures, of_files) = (self.figures, self.of_files());
        let is_whole = matches!(self.stamp.about, About::Program(_));
        Has {
            attendance: !of_files || !is_nothing(&figures.attendance),
            retention: !of_files || !is_nothing(&figures.retention),
            work: is_whole,
            groups: figures.breakdowns.iter().any(|found| !found.rows.is_empty()),
            circles: !of_files || !is_nothing(&figures.circles),
        }
    }

    pub(crate) fn say(&self, key: &str) -> String {
        self.wording.say(key, &[])
    }

    pub(crate) fn with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.wording.say(key, args)
    }

    pub(crate) fn count(&self, n: u64) -> String {
        self.with("tally-exactly", &[("n", n.into())])
    }

    pub(crate) fn tally(&self, tally: Tally) -> String {
        match tally {
            Tally::Exactly { n } => self.count(n),
            Tally::FewerThan { n } => self.with("tally-fewer", &[("n", n.into())]),
            Tally::AtLeast { n } => self.with("tally-least", &[("n", n.into())]),
            Tally::Hidden => self.say("tally-hidden"),
        }
    }

    /// A share of seats taken in a row: where it is not told although there are marks, it is hidden.
    pub(crate) const fn attendance(&self, share: Option<f64>) -> TableCell {
        match share {
            Some(share) => TableCell::Share(share, 0),
            None if is_nothing(&self.figures.attendance) => TableCell::Nothing,
            None => TableCell::Hidden,
        }
    }

    /// A sentence with a count of people in it; where that is kept back, the sentence that says so (`-hidden`).
    pub(crate) fn with_tally(
        &self,
        key: &str,
        (name, tally): (&str, Tally),
        args: &[(&str, Arg)],
    ) -> String {
        let args = [&[(name, self.tally(tally).into())], args].concat();
        match tally {
            Tally::Hidden => self.with(&format!("{key}-hidden"), &args),
            Tally::Exactly { .. } | Tally::FewerThan { .. } | Tally::AtLeast { .. } => {
                self.with(key, &args)
            }
        }
    }

    pub(crate) fn cell(&self, cell: Cell) -> String {
        cell.shown().map_or_else(|| self.say("cell-hidden"), |n| self.count(n))
    }

    /// Points as a decimal number, with no more places than they have, up to three.
    pub(crate) fn points(&self, points: Points) -> String {
        let points = points.to_f64();
        let is_whole = |places: &i32| {
            let scaled = points * 10_f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6
        };
        let places = (0..3).find(is_whole).and_then(|places| usize::try_from(places).ok());
        self.wording.number(points, places.unwrap_or(3))
    }

    pub(crate) fn number(&self, number: f64) -> String {
        self.wording.number(number, 1)
    }

    /// A figure, or the reason why there is none.
    pub(crate) fn shown<T>(&self, shown: &Shown<T>, draw: impl FnOnce(&T) -> Markup) -> Markup {
        match shown {
            Shown::Shown(figure) => draw(figure),
            Shown::Hidden(hidden) => self.hidden(hidden),
            Shown::NoFigure(reason) => self.no_figure(*reason),
        }
    }

    /// Why something is kept back, what may be said instead, what would show.
    pub(crate) fn hidden(&self, hidden: &Hidden) -> Markup {
        self.hidden_titled(&self.say("hidden-title"), hidden)
    }

    /// The same of several parts, which are named: one note for all that share a reason.
    pub(crate) fn kept_back(&self, mut parts: Vec<(String, &Hidden)>) -> Markup {
        let mut notes = Vec::new();
        while let Some(hidden) = parts.first().map(|(_, hidden)| *hidden) {
            let (same, rest): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|(_, it)| *it == hidden);
            let names: Vec<String> = same.into_iter().map(|(name, _)| name).collect();
            let list = names.join(&self.say("list-separator"));
            let title = self.with("hidden-named", &[("list", list.into())]);
            notes.push(self.hidden_titled(&title, hidden));
            parts = rest;
        }
        html! { @for note in notes { (note) } }
    }

    /// The same of one part, by what it is called.
    pub(crate) fn hidden_part(&self, part: &str, hidden: &Hidden) -> Markup {
        self.kept_back(vec![(self.say(part), hidden)])
    }

    fn hidden_titled(&self, title: &str, hidden: &Hidden) -> Markup {
        let [why, rest @ ..] = self.reasons(hidden);
        let told = self.told.borrow().contains(hidden);
        if !told {
            self.told.borrow_mut().push(hidden.clone());
        }
        html! {
            div.kept-back {
                p { strong { (title) } " " (why) @if told { " " (self.say("hidden-again")) } }
                @if !told { @for line in rest.iter().filter(|line| !line.is_empty()) { p { (line) } } }
            }
        }
    }

    /// The same as lines: why, what may be said instead, what would show; empty where nothing is.
    pub(crate) fn reasons(&self, hidden: &Hidden) -> [String; 3] {
        let floor = [("floor", Arg::Count(hidden.floor))];
        let list = |key: &str, items: Vec<String>| {
            let text = items.join(&self.say("list-separator"));
            if items.is_empty() { String::new() } else { self.with(key, &[("list", text.into())]) }
        };
        let instead = hidden.instead.iter();
        let instead = instead.map(|it| self.wording.variant("instead", it, &floor)).collect();
        let coarser = hidden.coarser.iter();
        let coarser = coarser.map(|it| self.wording.variant("coarser", it, &floor)).collect();
        [
            self.wording.variant("hidden", &hidden.why, &floor),
            list("hidden-instead", instead),
            list("hidden-coarser", coarser),
        ]
    }

    /// The tables of a figure; where it is kept back, one without rows that says why.
    pub(crate) fn tables_of<T>(
        &self,
        shown: &Shown<T>,
        kept_back: impl FnOnce() -> Table,
        tables: impl FnOnce(&T) -> Vec<Table>,
    ) -> Vec<Table> {
        match shown {
            Shown::Shown(figure) => tables(figure),
            Shown::Hidden(hidden) => vec![kept_back().keeping_back(self.lines(hidden))],
            Shown::NoFigure(_) => Vec::new(),
        }
    }

    /// The reasons that there are, for a table.
    pub(crate) fn lines(&self, hidden: &Hidden) -> Vec<String> {
        self.reasons(hidden).into_iter().filter(|line| !line.is_empty()).collect()
    }

    pub(crate) fn no_figure(&self, reason: NoFigure) -> Markup {
        let text = match reason {
            NoFigure::TooFew { n, wanted } => {
                self.with("none-too_few", &[("n", n.into()), ("wanted", wanted.into())])
            }
            NoFigure::NoSpread { n } => self.with("none-no_spread", &[("n", n.into())]),
            NoFigure::NotRecorded => self.say("none-not_recorded"),
            NoFigure::NotANumber => self.say("none-not_a_number"),
            // Whatever a later release adds is at least no figure.
            NoFigure::Nothing | _ => self.say("none-nothing"),
        };
        html! { div.kept-back { p { strong { (self.say("none-title")) } " " (text) } } }
    }
}

/// A plot beside what stands under it; under each other where the table is too wide for half of a page.
pub(crate) fn beside(plot: &Markup, table: &Markup, is_wide: bool) -> Markup {
    html! {
        @if is_wide { (plot) (table) } @else { div.pair.plotted { div { (plot) } div { (table) } } }
    }
}

const fn is_nothing<T>(shown: &Shown<T>) -> bool {
    matches!(shown, Shown::NoFigure(NoFigure::Nothing))
}

/// What is kept back of a figure.
pub(crate) const fn kept<T>(shown: &Shown<T>) -> Option<&Hidden> {
    match shown {
        Shown::Hidden(hidden) => Some(hidden),
        Shown::Shown(_) | Shown::NoFigure(_) => None,
    }
}
