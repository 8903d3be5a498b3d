//! Change beside sessions attended.

use maud::{Markup, html};
use outcomes::figures::{Dose, DoseStep, ScaleFigures};

use crate::parts::{Words, beside};
use crate::scale::{name, named};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, course, plot};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures, id: &str) -> Markup {
    let Some(found) = scale.dose.shown() else { return html! {} };
    let said = found.steps.iter().map(|step| {
        let args = [
            ("label", label(words, step).into()),
            ("mean", words.number(step.mean).into()),
            ("n", step.people.into()),
        ];
        words.with("dose-desc-part", &args)
    });
    let list = said.collect::<Vec<_>>().join(&words.say("list-separator"));
    let hundredths = |x: f64| Arg::Text(words.wording.number(x, 2));
    let slope = [
        ("slope", hundredths(found.slope)),
        ("low", hundredths(found.interval.low)),
        ("high", hundredths(found.interval.high)),
    ];
    let plot = plot::figure(
        &format!("{id}-dose"),
        &words.with("dose-plot", &named(scale)),
        &words.with("dose-desc", &[("list", list.into())]),
        plot::dots(&dots(words, found)),
    );
    html! {
        div.block {
            h3 { (words.say("dose")) }
            (beside(&plot, &table(words, scale).with(rows(words, found)).draw(words), false))
            p.note {
                (words.with("dose-slope", &slope)) " " (words.say("dose-association"))
                @if let Some(unmarked) = course::unmarked(words) { " " (unmarked) }
            }
        }
    }
}

fn dots(words: &Words<'_>, found: &Dose) -> plot::Dots {
    let row = |step: &DoseStep| plot::Dot {
        label: label(words, step),
        at: step.mean,
        ends: Some((step.interval.low, step.interval.high)),
        value: words.number(step.mean),
    };
    let rows = found.steps.iter().map(row).collect();
    plot::Dots::around_zero(rows, words.say("change-axis"))
}

/// How often they came whom a step counts; the first is open below and the last above.
fn label(words: &Words<'_>, step: &DoseStep) -> String {
    let arg = |end: u16| Arg::Count(u64::from(end));
    match (step.from, step.to) {
        (Some(from), Some(to)) if from == to => {
            words.with("dose-sessions-one", &[("from", arg(from))])
        }
        (Some(from), Some(to)) => {
            words.with("dose-sessions", &[("from", arg(from)), ("to", arg(to))])
        }
        (None, Some(to)) => words.with("dose-sessions-to", &[("to", arg(to))]),
        (Some(from), None) => words.with("dose-sessions-from", &[("from", arg(from))]),
        (None, None) => words.say("dose-sessions-any"),
    }
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let kept_back = || table(words, scale);
    words.tables_of(&scale.dose, kept_back, |found| {
        vec![table(words, scale).with(rows(words, found))]
    })
}

fn table(words: &Words<'_>, scale: &ScaleFigures) -> Table {
    let columns = vec![
        Column::One(words.say("dose-came")),
        Column::One(words.say("dose-people")),
        Column::One(words.say("dose-mean")),
        Column::Interval(
            words.say("change-interval"),
            ["staying-low", "staying-high"].map(|key| words.say(key)),
        ),
    ];
    Table::new(name(scale, "sessions"), words.with("dose-caption", &named(scale)), columns)
}

fn rows(words: &Words<'_>, found: &Dose) -> Vec<Vec<Cell>> {
    let row = |step: &DoseStep| {
        vec![
            label(words, step).into(),
            step.people.into(),
            Cell::number(step.mean),
            Cell::number(step.interval.low),
            Cell::number(step.interval.high),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = found.steps.iter().map(row).collect();
    rows.push(vec![
        words.say("dose-each").into(),
        Cell::Nothing,
        Cell::Number(found.slope, 2),
        Cell::Number(found.interval.low, 2),
        Cell::Number(found.interval.high, 2),
    ]);
    rows
}
