//! A proposal as a page: the week at a glance, each circle with who sits in it and why, and who waits.
//!
//! It loads nothing from anywhere and runs nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveTime, Weekday};
use circle_formation::{Circle, CircleIx, Reasons};
use maud::{Markup, html};

use super::{
    gather::Gathered,
    propose::{self, Proposed},
    told::Words,
};
use crate::{
    paper,
    texts::{self, text},
};

pub(super) struct Page<'a> {
    pub(super) gathered: &'a Gathered,
    pub(super) proposed: &'a Proposed,
    pub(super) words: &'a Words<'a>,
    pub(super) reasons: &'a Reasons<'a>,
}

/// The circles that begin at one time of the day, by day.
type Row<'a> = BTreeMap<u32, Vec<(CircleIx, &'a Circle)>>;

impl Page<'_> {
    pub(super) fn html(&self) -> String {
        let body = html! { (self.head()) (self.week()) (self.circles()) (self.waiting()) };
        paper::page(&text!("form-page-title"), STYLE, &body)
    }

    fn head(&self) -> Markup {
        html! {
            header {
                @if self.gathered.demo { p.demo { (text!("demo-line")) } }
                h1 { (text!("form-page-title")) }
                p.on { (text!("form-page-on", on = self.gathered.on.to_string())) }
                @for line in propose::figures(self.gathered, self.proposed, self.words) { p { (line) } }
                p.inside { (text!("form-page-inside")) }
            }
        }
    }

    /// The week: days beside each other, times below each other, circles where they meet.
    fn week(&self) -> Markup {
        let mut rows: BTreeMap<NaiveTime, Row<'_>> = BTreeMap::new();
        let mut days = BTreeSet::new();
        for (ix, circle) in self.proposed.formation.circles() {
            let Some(time) = self.words.hall.time(circle.slot) else { continue };
            let day = time.day.num_days_from_monday();
            days.insert(day);
            rows.entry(time.at).or_default().entry(day).or_default().push((ix, circle));
        }
        html! {
            @if !rows.is_empty() {
                section.week {
                    h2 { (text!("form-page-week")) }
                    div.scroll { table {
                        thead { tr {
                            th {}
                            @for day in &days { th scope="col" { (weekday(*day)) } }
                        } }
                        tbody { @for (at, row) in &rows { tr {
                            th scope="row" { (at.format("%H:%M")) }
                            @for day in &days { td {
                                @for (ix, circle) in row.get(day).into_iter().flatten() { (self.chip(*ix, circle)) }
                            } }
                        } } }
                    } }
                }
            }
        }
    }

    fn chip(&self, ix: CircleIx, circle: &Circle) -> Markup {
        let rules = self.gathered.hall.roster().rules().sizes;
        let share = circle.members.len() * 100 / usize::from(rules.most()).max(1);
        let size = texts::say("form-page-size", &[("n", texts::count(circle.members.len()))]);
        html! {
            a.chip href=(format!("#circle-{}", ix.number() + 1)) style=(format!("--full: {share}%")) {
                strong { (ix.number() + 1) }
                span { (size) }
                span.where { (self.words.place(circle)) }
            }
        }
    }

    fn circles(&self) -> Markup {
        html! {
            section.circles {
                @for (ix, circle) in self.proposed.formation.circles() {
                    article id=(format!("circle-{}", ix.number() + 1)) {
                        h2 {
                            span.number { (ix.number() + 1) }
                            (self.words.time(circle.slot)) " · " (self.words.place(circle))
                        }
                        p { (text!(
                            "form-page-led",
                            leads = self.words.leads(circle.facilitator),
                            language = self.words.language(circle.language),
                            n = u64::try_from(circle.members.len()).unwrap_or(u64::MAX)
                        )) }
                        table.people { tbody { @for person in &circle.members { tr {
                            th scope="row" { (self.words.who(*person)) }
                            td { @if let Some(seated) = self.reasons.seated(*person) { (self.words.because(&seated)) } }
                        } } } }
                    }
                }
            }
        }
    }

    fn waiting(&self) -> Markup {
        let waiting: Vec<_> = self.proposed.formation.waiting().collect();
        html! {
            @if !waiting.is_empty() {
                section.waiting {
                    h2 { (texts::say("form-waiting", &[("n", texts::count(waiting.len()))])) }
                    div.scroll { table {
                        thead { tr {
                            th { (text!("head-person")) }
                            th { (text!("head-why")) }
                            th { (text!("head-would-help")) }
                        } }
                        tbody { @for person in &waiting { tr {
                            th scope="row" { (self.words.who(*person)) }
                            td { @if let Some(line) = self.words.waits(self.reasons, *person) { (line) } }
                            td { @for line in self.words.changes(self.reasons, *person) { p { (line) } } }
                        } } }
                    } }
                    @for line in propose::impasses(self.gathered, self.words, &waiting) { p { (line) } }
                }
            }
        }
    }
}

fn weekday(day: u32) -> String {
    let known = u8::try_from(day).ok().and_then(|day| Weekday::try_from(day).ok());
    known.map(|_| texts::code("weekday", &day.to_string())).unwrap_or_default()
}

const STYLE: &str = include_str!("page.css");
