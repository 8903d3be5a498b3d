//! The page as a whole.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commons::{Code, UnitId};
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use outcomes::figures::Named;
use outcomes::stats::Method;
use outcomes::{
    Figures,
    suppression::{Audience, Tally},
};

use crate::parts::Words;
use crate::{
    Arg, Brief, Wording, breakdown, brief, circles, completers, copy, course, glance, reach,
    safety, scale,
};

const STYLE: &str = include_str!("report.css");

/// What is printed about the report itself. For whom it is made, the figures say.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    /// The day it was made.
    pub made_on: NaiveDate,
    /// What it is about.
    pub about: About,
    /// Whether its people are invented: then every page says so.
    pub demo: bool,
    /// What made it, with its version.
    pub software: String,
    /// How many answers, totals and marks could not be read and count as missing: none, unless somebody
    /// allowed it.
    pub unreadable: u64,
    /// What somebody asked of it by name, where somebody did.
    pub brief: Option<Brief>,
}

/// What a report is about, and so what it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A program that keeps its records here, by its code.
    Program(Code),
    /// A part of its people, of whom no incident, referral, duty or training is counted apart.
    Part(Code),
    /// Files of an evaluation, with what they call the circles. They know of no incident, no referral and no duty, so
    /// that a report says nothing of them: not that there were none.
    Files(BTreeMap<UnitId, String>),
}

/// The report as one HTML file.
#[must_use]
pub fn html(figures: &Figures, wording: &Wording, stamp: &Stamp) -> String {
    let words = Words::new(wording, figures, stamp);
    let title = title(&words);
    let head_title =
        if stamp.demo { format!("{}: {title}", words.say("demo-mark")) } else { title.clone() };
    markup! {
        (DOCTYPE)
        html lang=(wording.language()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(stamp.software);
                title { (head_title) }
                style { (PreEscaped(STYLE)) }
                @if stamp.demo { style { (PreEscaped(margin_mark(&words.say("demo-mark")))) } }
            }
            body class=[stamp.demo.then_some("demo")] {
                @if stamp.demo { div.mark aria-hidden="true" { (words.say("demo-mark")) } }
                (header(&words, &title))
                main { (sections(&words)) }
                footer { p { (made_on(&words)) } }
            }
        }
    }
    .into_string()
}

/// The mark in the margin of each printed page, as a style sheet.
fn margin_mark(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == ' ';
    // A style sheet has no markup in it: whatever is no letter or digit is written as its number and a space.
    let text: String = text
        .chars()
        .map(|c| if plain(c) { c.to_string() } else { format!("\\{:06x} ", u32::from(c)) })
        .collect();
    format!("@page {{ @bottom-left {{ content: \"{text}\"; font-weight: bold; }} }}")
}

fn header(words: &Words<'_>, title: &str) -> Markup {
    let [audience, facts @ ..] = &facts(words)[..] else { return markup! {} };
    markup! {
        header {
            @if words.stamp.demo { p.notice.demo-notice role="note" { strong { (words.say("demo-notice")) } } }
            h1 { (title) }
            p.subtitle { (facts.join(" · ")) }
            p.audience { (audience) }
            @if let Some(line) = unreadable(words) { p.notice role="note" { (line) } }
        }
    }
}

pub(crate) fn title(words: &Words<'_>) -> String {
    match &words.stamp.brief {
        Some(brief) => brief.title.clone(),
        None => {
            let title = words.figures.title.as_str();
            let known = words.wording.find(&format!("title-{}", title.replace('.', "-")), &[]);
            known.unwrap_or_else(|| capital(&title.replace(['-', '_'], " ")))
        }
    }
}

/// With a capital at the beginning.
pub(crate) fn capital(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What is said of the report itself, line by line, first of all for whom it is.
pub(crate) fn facts(words: &Words<'_>) -> Vec<String> {
    let figures = words.figures;
    let audience = match figures.audience {
        Audience::Inside if figures.scales.iter().any(|scale| scale.persons.is_some()) => {
            "audience-inside-persons"
        }
        Audience::Inside => "audience-inside",
        Audience::Outside => "audience-outside",
    };
    let mut facts = vec![
        words.with(audience, &[("floor", figures.floor.into())]),
        match &words.stamp.about {
            About::Program(program) => {
                words.with("subtitle", &[("program", program.as_str().into())])
            }
            About::Part(program) => {
                words.with("subtitle-part", &[("program", program.as_str().into())])
            }
            About::Files(_) => words.say("subtitle-files"),
        },
    ];
    if let Some(period) = figures.period {
        let day = |day| Arg::Text(words.wording.date(day));
        // A report by name is of those who joined in its period.
        let is_whole = matches!(words.stamp.about, About::Program(_));
        let joined = words.stamp.brief.is_some() && !is_whole;
        let key = if joined { "period-joined" } else { "period" };
        facts.push(words.with(key, &[("from", day(period.from)), ("to", day(period.to))]));
    }
    facts.extend(brief::of_whom(words));
    facts.push(made_on(words));
    facts
}

/// What was counted as missing since it could not be read. A few are not told exactly: each is an answer of somebody.
pub(crate) fn unreadable(words: &Words<'_>) -> Option<String> {
    let tally = words.stamp.unreadable_told(words.figures.floor)?;
    Some(words.with("unreadable", &[("n", words.tally(tally).into())]))
}

impl Stamp {
    /// How many answers, totals and marks count as missing since they could not be read, as exactly as a report with
    /// this floor may tell it; nothing where all could be read.
    #[must_use]
    pub const fn unreadable_told(&self, floor: u64) -> Option<Tally> {
        if self.unreadable == 0 { None } else { Some(Tally::of(self.unreadable, floor)) }
    }
}

/// What must be read beside the figures, line by line.
pub(crate) fn notes(words: &Words<'_>) -> Vec<String> {
    let hidden = [("hidden", words.say("cell-hidden").into())];
    let mut notes = vec![words.say("methods-caution"), words.with("note-hidden-cells", &hidden)];
    notes.extend(unreadable(words));
    notes.extend(method_lines(words, "method"));
    notes
}

/// The methods that the figures used, each in a sentence.
pub(crate) fn method_lines(words: &Words<'_>, kind: &str) -> Vec<String> {
    let figures = words.figures;
    let most = [("most", figures.floor.saturating_sub(1).into())];
    // Where nothing is said of staying, nothing is said of how it was reckoned.
    let stays = figures.retention.shown().is_some();
    let told =
        |method: &&Method| **method != Method::MeanT && (stays || **method != Method::KaplanMeier);
    let methods = figures.methods.iter().filter(told);
    let sentence = |method: &Method| {
        let said = words.wording.variant(kind, method, &most);
        // How staying was reckoned is not known without who counts as gone.
        match figures.retention.shown().filter(|_| *method == Method::KaplanMeier) {
            Some(found) => format!("{said} {}", course::leaving(words, found.leaving)),
            None => said,
        }
    };
    methods.map(sentence).collect()
}

pub(crate) fn made_on(words: &Words<'_>) -> String {
    let date = Arg::Text(words.wording.date(words.stamp.made_on));
    words.with("made-on", &[("date", date), ("software", words.stamp.software.as_str().into())])
}

fn sections(words: &Words<'_>) -> Markup {
    let figures = words.figures;
    let has = words.has();
    markup! {
        (glance::section(words))
        (contents(words))
        (brief::sections(words))
        (reach::section(words))
        @if has.attendance { (course::attendance(words)) }
        @if has.retention { (course::retention(words)) }
        (completers::section(words))
        @for (number, found) in figures.scales.iter().enumerate() { (scale::section(words, found, number)) }
        @if has.work { (safety::section(words)) (safety::overdue(words)) }
        @if has.groups { (breakdown::section(words)) }
        @if has.circles { (circles::section(words)) }
        (copy::section(words))
        (methods(words))
    }
}

fn contents(words: &Words<'_>) -> Markup {
    let has = words.has();
    let link = |id: &str, text: String| markup! { li { a href={ "#" (id) } { (text) } } };
    let before = [
        (has.attendance, "attendance"),
        (has.retention, "retention"),
        (completers::is_there(words), "completers"),
    ];
    let after = [
        (has.work, "safety"),
        (has.work, "overdue"),
        (has.groups, "groups"),
        (has.circles, "circles"),
        (true, "copy"),
        (true, "methods"),
    ];
    let links = |parts: &[(bool, &str)]| {
        let parts = parts.iter().filter(|(there, _)| *there);
        let links = parts.map(|(_, id)| link(id, words.say(id)));
        markup! { @for link in links { (link) } }
    };
    markup! {
        nav aria-labelledby="contents" {
            h2 #contents { (words.say("contents")) }
            ul {
                (links(&brief::parts(words)))
                (link("reach", words.say(reach::title(words))))
                (links(&before))
                @for (number, found) in words.figures.scales.iter().enumerate() {
                    (link(&format!("scale-{number}"), found.name.clone()))
                }
                (links(&after))
            }
        }
    }
}

fn methods(words: &Words<'_>) -> Markup {
    let figures = words.figures;
    markup! {
        section aria-labelledby="methods" {
            div.block {
                h2 #methods { (words.say("methods")) }
                p.caution { (words.say("methods-caution")) }
            }
            ul {
                @if let Some(line) = unreadable(words) { li { (line) } }
                @for line in method_lines(words, "method") { li { (line) } }
            }
            @if !figures.scales.is_empty() {
                h3 { (words.say("methods-instruments")) }
                ul {
                    @for scale in &figures.scales {
                        li {
                            (words.with("methods-instrument", &[
                                ("name", scale.name.as_str().into()),
                                ("version", scale.version.as_str().into()),
                                ("source", scale.source.as_str().into()),
                            ]))
                            ul {
                                @if let Some(named) = &scale.read_by { (reading(words, named)) }
                                @if let Some(found) = scale.reliable.as_ref().and_then(|r| r.shown()) {
                                    (reading(words, &found.by))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reading(words: &Words<'_>, named: &Named) -> Markup {
    let args = [
        ("id", named.id.as_str().into()),
        ("population", named.population.as_str().into()),
        ("source", named.source.as_str().into()),
    ];
    markup! {
        li {
            (words.with("methods-reading", &args))
            " (" (words.wording.variant("methods-evidence", &named.evidence, &[])) ")"
        }
    }
}
