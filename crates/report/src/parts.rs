//! What all sections share: words, counts, tables, and tables that are kept back.

use std::cell::RefCell;

use maud::{Markup, html};
use outcomes::Figures;
use outcomes::figures::{Hidden, Shown};
use outcomes::stats::{Interval, NoFigure};
use outcomes::suppression::{Cell, Tally};

use crate::{Arg, Wording};

/// The words and figures of one report.
pub(crate) struct Words<'a> {
    pub(crate) wording: &'a Wording,
    pub(crate) figures: &'a Figures,
    /// What was kept back already: the same reason is not told at length twice.
    told: RefCell<Vec<Hidden>>,
}

/// A table with its caption, column heads, and rows whose first cell is their head.
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl<'a> Words<'a> {
    pub(crate) const fn new(wording: &'a Wording, figures: &'a Figures) -> Self {
        Self { wording, figures, told: RefCell::new(Vec::new()) }
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

    pub(crate) fn cell(&self, cell: Cell) -> String {
        cell.shown().map_or_else(|| self.say("cell-hidden"), |n| self.count(n))
    }

    pub(crate) fn number(&self, number: f64) -> String {
        self.wording.number(number, 1)
    }

    pub(crate) fn interval(&self, interval: Interval) -> String {
        let (low, high) = (self.number(interval.low), self.number(interval.high));
        self.with("interval", &[("low", low.into()), ("high", high.into())])
    }

    pub(crate) fn shares(&self, interval: Interval) -> String {
        let percent = |share| Arg::Text(self.wording.percent(share, 1));
        let args = [("low", percent(interval.low)), ("high", percent(interval.high))];
        self.with("interval", &args)
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
        let floor = [("floor", Arg::Count(hidden.floor))];
        let why = self.wording.variant("hidden", &hidden.why, &floor);
        let told = self.told.borrow().contains(hidden);
        if told {
            return html! {
                div.kept-back {
                    p { strong { (self.say("hidden-title")) } " " (why) " " (self.say("hidden-again")) }
                }
            };
        }
        self.told.borrow_mut().push(hidden.clone());
        let list = |key: &str, items: Vec<String>| {
            let text = items.join(&self.say("list-separator"));
            html! { @if !items.is_empty() { p { (self.with(key, &[("list", text.into())])) } } }
        };
        html! {
            div.kept-back {
                p { strong { (self.say("hidden-title")) } " " (why) }
                (list("hidden-instead", hidden.instead.iter().map(|it| self.wording.variant("instead", it, &floor)).collect()))
                (list("hidden-coarser", hidden.coarser.iter().map(|it| self.wording.variant("coarser", it, &floor)).collect()))
            }
        }
    }

    fn no_figure(&self, reason: NoFigure) -> Markup {
        let text = match reason {
            NoFigure::TooFew { n, wanted } => {
                self.with("none-too_few", &[("n", n.into()), ("wanted", wanted.into())])
            }
            NoFigure::NoSpread { n } => self.with("none-no_spread", &[("n", n.into())]),
            NoFigure::NotANumber => self.say("none-not_a_number"),
            // Whatever a later release adds is at least no figure.
            NoFigure::Nothing | _ => self.say("none-nothing"),
        };
        html! { div.kept-back { p { strong { (self.say("none-title")) } " " (text) } } }
    }

    /// The note under tables with hidden cells.
    pub(crate) fn hidden_note(&self, cells: impl IntoIterator<Item = Cell>) -> Markup {
        let any = cells.into_iter().any(|cell| cell.shown().is_none());
        let hidden = Arg::Text(self.say("cell-hidden"));
        html! { @if any { p.note { (self.with("note-hidden-cells", &[("hidden", hidden)])) } } }
    }
}

impl Table {
    pub(crate) fn draw(&self) -> Markup {
        html! {
            div.table tabindex="0" role="region" aria-label=(self.caption) {
                table {
                    caption { (self.caption) }
                    thead { tr { @for head in &self.heads { th scope="col" { (head) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                @for (place, cell) in row.iter().enumerate() {
                                    @if place == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
