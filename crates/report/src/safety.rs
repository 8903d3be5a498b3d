//! Safety and referrals as counts, and what is overdue.

use maud::{Markup, html};

use crate::parts::Words;
use crate::tables::{Cell, Column, Table};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    html! {
        section aria-labelledby="safety" {
            h2 #safety { (words.say("safety")) }
            @if words.figures.safety.incidents.is_empty() { p { (words.say("safety-none")) } }
            (counts(words).draw(words))
        }
    }
}

pub(crate) fn overdue(words: &Words<'_>) -> Markup {
    let table = duties(words);
    html! {
        section aria-labelledby="overdue" {
            h2 #overdue { (words.say("overdue")) }
            @if table.rows.is_empty() { p { (words.say("overdue-none")) } } @else { (table.draw(words)) }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>) -> Vec<Table> {
    vec![counts(words), duties(words)]
}

fn counts(words: &Words<'_>) -> Table {
    let safety = &words.figures.safety;
    let row = |key: &str, n| vec![words.say(key).into(), Cell::from(n)];
    let incident = |(code, n): &(commons::Code, _)| {
        vec![words.wording.code("incident", code.as_str()).into(), Cell::from(*n)]
    };
    let heads = ["safety-what", "safety-count"].map(|key| Column::One(words.say(key)));
    Table::new("safety", words.say("safety-caption"), heads.to_vec())
        .with([row("safety-raised", safety.raised)])
        .with(safety.incidents.iter().map(incident))
        .with([
            row("referrals-closed", safety.referrals_closed),
            row("referrals-ended", safety.referrals_ended),
            row("referrals-open", safety.referrals_open),
        ])
}

fn duties(words: &Words<'_>) -> Table {
    let due = words.figures.overdue.iter().filter(|(_, n)| n.exact() != Some(0));
    let row = |(kind, n): &(commons::Code, _)| {
        vec![words.wording.code("duty", kind.as_str()).into(), Cell::from(*n)]
    };
    let heads = ["overdue-kind", "overdue-count"].map(|key| Column::One(words.say(key)));
    Table::new("overdue", words.say("overdue-caption"), heads.to_vec()).with(due.map(row))
}
