//! One sheet of paper for a session: who came on its front, how it goes on its back.
//!
//! Its title says nothing of what it is, and people stand on it by their codes. It loads nothing from
//! anywhere and runs nothing.

use chrono::{NaiveTime, TimeDelta};
use circlekeeper::{Appointment, Seat};
use interchange::PaperMark;
use maud::{Markup, html};

use super::show::when;
use crate::{
    card_file, paper,
    texts::{self, text},
};

/// The fewest rows of a front.
const ROWS: u16 = 20;

/// The most characters of a card, and the most parts of a session, that are set wide.
const LONG_CARD: usize = 1_300;
const MANY_PARTS: usize = 8;

/// What stands on a sheet.
pub(super) struct Page {
    pub(super) session: Appointment,
    pub(super) seats: Vec<Seat>,
    /// What people are called, for those seats of which it was asked.
    pub(super) names: Vec<(Seat, String)>,
    pub(super) leaders: Vec<Leader>,
    /// The theme, and what is done in it.
    pub(super) theme: Option<(String, Option<String>)>,
    /// What is special about the session, a line each.
    pub(super) special: Vec<String>,
    pub(super) parts: Vec<Part>,
    /// What is done in the center, where the model leaves the choice.
    pub(super) choices: Vec<String>,
    /// The crisis card.
    pub(super) card: String,
    pub(super) demo: bool,
}

/// Somebody who leads.
pub(super) struct Leader {
    pub(super) code: String,
    pub(super) name: Option<String>,
    pub(super) role: String,
}

/// A part of the session.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) minutes: u16,
}

impl Page {
    pub(super) fn html(&self) -> String {
        let body = html! {
            section.front { (self.head()) (self.rows()) (self.foot()) }
            section.back class=[self.is_long().then_some("dense")] { (self.head()) (self.guide()) (self.card()) }
        };
        paper::page(&text!("sheet-title"), STYLE, &body)
    }

    /// Whether the back is set closer, so that it stays one page.
    fn is_long(&self) -> bool {
        self.card.chars().count() > LONG_CARD || self.parts.len() > MANY_PARTS
    }

    fn head(&self) -> Markup {
        let it = &self.session;
        html! {
            @if self.demo { p.demo { (text!("demo-line")) } }
            header {
                p.which { (it.unit.short()) " · " strong { (it.number) } }
                p.when { (when(it.at)) " · " (text!("sheet-minutes", n = u64::from(it.minutes))) }
            }
        }
    }

    /// A row for each seat, and some for who comes new.
    fn rows(&self) -> Markup {
        let last = self.seats.iter().map(|seat| seat.row).max().unwrap_or(0).max(ROWS);
        let seat = |row: u16| self.seats.iter().find(|seat| seat.row == row);
        let named = !self.names.is_empty();
        html! {
            table.marks style=(format!("--rows: {last}")) {
                thead { tr {
                    th.row {}
                    th.seat { (text!("sheet-seat")) }
                    @if named { th.name { (text!("head-name")) } }
                    @for mark in PaperMark::ALL {
                        th.box { span.letter { (letter(mark)) } span.word { (word(mark)) } }
                    }
                } }
                tbody { @for row in 1..=last {
                    tr class=[seat(row).is_none().then_some("free")] {
                        td.row { (row) }
                        td.seat { @if let Some(seat) = seat(row) { (seat.member.short()) } }
                        @if named { td.name { (self.name(row)) } }
                        @for mark in PaperMark::ALL {
                            td.box { span { @if seat(row).is_some() { (letter(mark)) } } }
                        }
                    }
                } }
            }
        }
    }

    fn name(&self, row: u16) -> &str {
        let named = self.names.iter().find(|(seat, _)| seat.row == row);
        named.map_or("", |(_, name)| name)
    }

    fn foot(&self) -> Markup {
        html! {
            footer {
                div.heads {
                    p.label { (text!("sheet-heads")) small { (text!("sheet-heads-how")) } }
                    span.blank {}
                }
                div.held {
                    p { (text!("sheet-began")) span.line {} (text!("sheet-ended")) span.line {} }
                    p {
                        (text!("sheet-led"))
                        @for leader in &self.leaders { span.tick {} (leader.code) " " }
                        span.tick {} span.line {}
                    }
                }
                p.how { (text!("sheet-how", circle = self.session.unit.short(), number = self.session.number.to_string())) }
                p.how {
                    @if self.names.is_empty() { (text!("sheet-worry")) }
                    @else { (text!("sheet-worry-named")) }
                }
            }
        }
    }

    fn guide(&self) -> Markup {
        html! {
            @if let Some((theme, practice)) = &self.theme {
                h1 { (theme) }
                @if let Some(practice) = practice { p.practice { (practice) } }
            }
            @for line in &self.special { p.special { (line) } }
            @if !self.leaders.is_empty() {
                p.leads { (text!("sheet-leads")) " "
                    @for (n, leader) in self.leaders.iter().enumerate() {
                        @if n > 0 { ", " }
                        b { (leader.code) }
                        @if let Some(name) = &leader.name { " " (name) }
                        " (" (leader.role) ")"
                    }
                }
            }
            table.parts { tbody { @for (from, until, part) in self.timed() {
                tr {
                    td.time { (from.format("%H:%M").to_string()) "–" (until.format("%H:%M").to_string()) }
                    td.minutes { (text!("sheet-minutes", n = u64::from(part.minutes))) }
                    td.title { (part.title) }
                    td.done { span.tick {} }
                }
            } } }
            @if !self.choices.is_empty() {
                p.choices { (text!("sheet-choices", kinds = self.choices.join(", "))) }
            }
            div.notes { p.label { (text!("sheet-notes")) } }
        }
    }

    /// The parts with their times on the wall.
    fn timed(&self) -> Vec<(NaiveTime, NaiveTime, &Part)> {
        let mut at = self.session.at.time;
        let timed = self.parts.iter().map(|part| {
            let from = at;
            at = from.overflowing_add_signed(TimeDelta::minutes(part.minutes.into())).0;
            (from, at, part)
        });
        timed.collect()
    }

    fn card(&self) -> Markup {
        html! { aside.card { (card_file::lines(&self.card)) } }
    }
}

/// The letter of a mark as a sheet has it: large, so that an l is no 1.
const fn letter(mark: PaperMark) -> char {
    mark.letter().to_ascii_uppercase()
}

/// What a mark is called over its column.
pub(super) fn word(mark: PaperMark) -> String {
    texts::code("mark-of", mark.letter().encode_utf8(&mut [0; 4]))
}

const STYLE: &str = include_str!("sheet.css");
