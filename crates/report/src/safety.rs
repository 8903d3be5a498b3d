//! Safety and referrals as counts, and what is overdue.

use maud::{Markup, html};

use crate::parts::{Table, Words};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    let safety = &words.figures.safety;
    let row = |key: &str, n| vec![words.say(key), words.tally(n)];
    let mut rows = vec![row("safety-raised", safety.raised)];
    let incidents = safety.incidents.iter();
    rows.extend(
        incidents
            .map(|(code, n)| vec![words.wording.code("incident", code.as_str()), words.tally(*n)]),
    );
    rows.push(row("referrals-closed", safety.referrals_closed));
    rows.push(row("referrals-ended", safety.referrals_ended));
    rows.push(row("referrals-open", safety.referrals_open));
    let table = Table {
        caption: words.say("safety-caption"),
        heads: vec![words.say("safety-what"), words.say("safety-count")],
        rows,
    };
    html! {
        section aria-labelledby="safety" {
            h2 #safety { (words.say("safety")) }
            @if safety.incidents.is_empty() { p { (words.say("safety-none")) } }
            (table.draw())
        }
    }
}

pub(crate) fn overdue(words: &Words<'_>) -> Markup {
    let due: Vec<_> = words.figures.overdue.iter().filter(|(_, n)| n.exact() != Some(0)).collect();
    let rows = due
        .iter()
        .map(|(kind, n)| vec![words.wording.code("duty", kind.as_str()), words.tally(*n)]);
    let table = Table {
        caption: words.say("overdue-caption"),
        heads: vec![words.say("overdue-kind"), words.say("overdue-count")],
        rows: rows.collect(),
    };
    html! {
        section aria-labelledby="overdue" {
            h2 #overdue { (words.say("overdue")) }
            @if due.is_empty() { p { (words.say("overdue-none")) } } @else { (table.draw()) }
        }
    }
}
