//! Change from the first timepoint to the last.

use maud::{Markup, html};
use outcomes::Better;
use outcomes::figures::{ChangeFigures, ReliableFigures, ScaleFigures, Shown};

use crate::parts::Words;
use crate::scale::{name, named, timepoint};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, plot};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures, id: &str) -> Markup {
    let reliable = scale.reliable.as_ref().and_then(Shown::shown);
    let reliable = reliable.map(|found| reliable_table(words, scale, Some(found)).draw(words));
    let found = match &scale.change {
        Shown::Shown(found) => found,
        Shown::NoFigure(reason) => return words.no_figure(*reason),
        Shown::Hidden(_) => return reliable.unwrap_or_default(),
    };
    let ends = [
        ("before", timepoint(words, scale, &found.before).into()),
        ("after", timepoint(words, scale, &found.after).into()),
    ];
    html! {
        div.block {
            h3 { (words.with("change", &ends)) }
            (cautions(words, scale))
            div.pair {
                div { (change_plot(words, scale, found, id)) }
                @if let Some(plot) = ends_plot(words, scale, found, id) { div { (plot) } }
            }
            div.pair {
                div {
                    (change_table(words, scale).with(change_rows(words, scale, found)).draw(words))
                    p.note {
                        (words.say("change-attrition"))
                        @for line in of_circles(words, found) { " " (line) }
                        @for line in of_interval(words, scale, found) { " " (line) }
                    }
                }
                @if let Some(reliable) = reliable { div { (reliable) } }
            }
        }
    }
}

/// Below so many circles, standard errors that count clustering are uncertain themselves (Pustejovsky & Tipton 2018).
const MANY: u64 = 30;

/// Below so many circles, an interval is a third wider than one of many circles: Student's t on four degrees of
/// freedom against the normal curve, 2.78 against 1.96.
const FEW: u64 = 6;

/// Why an interval that holds no change may say so little: of how few circles it is; nothing where they are more.
pub(crate) fn of_few_circles(words: &Words<'_>, found: &ChangeFigures) -> String {
    let few = found.clusters.filter(|clusters| clusters.units < FEW);
    few.map(|few| words.with("of-few-circles", &[("units", few.units.into())])).unwrap_or_default()
}

/// What circles do to the interval.
fn of_circles(words: &Words<'_>, found: &ChangeFigures) -> Vec<String> {
    let Some(clusters) = found.clusters else {
        let is_one = words.figures.reach.units == 1;
        return is_one.then(|| words.say("change-one-circle")).into_iter().collect();
    };
    let alike = 1.0 < clusters.design_effect;
    let df = [("units", clusters.units.into()), ("df", clusters.units.saturating_sub(1).into())];
    let mut lines = vec![
        words.say(if alike { "change-clusters" } else { "change-clusters-none" }),
        words.with("change-circles", &df),
    ];
    if clusters.units < MANY {
        lines.push(words.say("change-circles-few"));
    }
    lines
}

/// How the interval is rounded, and where its ends say nothing.
fn of_interval(words: &Words<'_>, scale: &ScaleFigures, found: &ChangeFigures) -> Vec<String> {
    let (least, greatest) = scale.range;
    let most = greatest.to_f64() - least.to_f64();
    let ends = [-found.interval.low, found.interval.high];
    let cut = ends.iter().filter(|end| most <= **end).count();
    // A mean moves by half a step and an end by another: so far from zero it may have been on the other side.
    let near = ends.iter().all(|end| 0.0 <= *end) && ends.iter().any(|end| *end < 1.5 * found.step);
    let step = [("step", Arg::Text(words.number(found.step)))];
    let lines = [
        (cut == 1, "change-clipped"),
        (cut == 2, "change-says-nothing"),
        (0.1 < found.step, "change-rounded"),
        (near, "change-rounded-zero"),
    ];
    let said = lines.into_iter().filter(|(is, _)| *is);
    said.map(|(_, key)| words.with(key, &step)).collect()
}

/// What a careful reader keeps in mind beside the figures that follow.
fn cautions(words: &Words<'_>, scale: &ScaleFigures) -> Markup {
    html! {
        @if !scale.cautions.is_empty() {
            div.cautions role="note" {
                p { strong { (words.say("cautions")) } }
                ul {
                    @for caution in &scale.cautions { li { (words.wording.variant("caution", caution, &[])) } }
                }
            }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let kept_back = || change_table(words, scale);
    let mut tables = words.tables_of(&scale.change, kept_back, |found| {
        vec![change_table(words, scale).with(change_rows(words, scale, found))]
    });
    if let Some(reliable) = &scale.reliable {
        let kept_back = || reliable_table(words, scale, None);
        tables.extend(words.tables_of(reliable, kept_back, |found| {
            vec![reliable_table(words, scale, Some(found))]
        }));
    }
    tables
}

fn change_plot(words: &Words<'_>, scale: &ScaleFigures, found: &ChangeFigures, id: &str) -> Markup {
    let number = |x| Arg::Text(words.number(x));
    let desc = words.with(
        "change-plot-desc",
        &[
            ("mean", number(found.mean)),
            ("low", number(found.interval.low)),
            ("high", number(found.interval.high)),
        ],
    );
    let sides = match scale.better {
        Better::Lower => ["change-better", "change-worse"],
        Better::Higher => ["change-worse", "change-better"],
    };
    let marks = plot::ChangeMarks {
        mean: found.mean,
        low: found.interval.low,
        high: found.interval.high,
        label: words.number(found.mean),
        sides: sides.map(|key| words.say(key)),
        axis: words.say("change-axis"),
    };
    plot::figure(
        &format!("{id}-change"),
        &words.with("change-plot", &named(scale)),
        &desc,
        plot::change(&marks),
    )
}

/// Those measured at the end beside those who were not, by how they began.
fn ends_plot(
    words: &Words<'_>,
    scale: &ScaleFigures,
    found: &ChangeFigures,
    id: &str,
) -> Option<Markup> {
    let (both, lost) = found.baseline_of_both.zip(found.baseline_of_lost)?;
    let dot = |key: &str, at: f64| plot::Dot {
        label: words.say(key),
        at,
        ends: None,
        value: words.number(at),
    };
    let (low, high) = scale.range;
    let dots = plot::Dots {
        rows: vec![dot("ends-both", both), dot("ends-lost", lost)],
        range: (low.to_f64(), high.to_f64()),
        zero: false,
        axis: words.say("ends-axis"),
    };
    let number = |x| Arg::Text(words.number(x));
    let desc = words.with("ends-plot-desc", &[("both", number(both)), ("lost", number(lost))]);
    Some(plot::figure(
        &format!("{id}-ends"),
        &words.with("ends-plot", &named(scale)),
        &desc,
        plot::dots(&dots),
    ))
}

fn change_table(words: &Words<'_>, scale: &ScaleFigures) -> Table {
    let columns = vec![
        Column::One(words.say("change-what")),
        Column::Interval(
            words.say("change-figure"),
            ["change-figure", "change-up-to"].map(|key| words.say(key)),
        ),
    ];
    Table::new(name(scale, "change"), words.with("change-caption", &named(scale)), columns)
}

fn change_rows(words: &Words<'_>, scale: &ScaleFigures, found: &ChangeFigures) -> Vec<Vec<Cell>> {
    let row = |key: &str, cell: Cell, to: Cell| vec![words.say(key).into(), cell, to];
    let mut rows = vec![
        row("change-enrolled", scale.asked.into(), Cell::Nothing),
        row("change-both", found.both.into(), Cell::Nothing),
        row("change-mean", Cell::number(found.mean), Cell::Nothing),
        row("change-interval", Cell::number(found.interval.low), Cell::number(found.interval.high)),
    ];
    // What is not told has no row: a dash would say no more.
    let more = [
        ("change-sd", found.sd),
        ("change-baseline-both", found.baseline_of_both),
        ("change-baseline-lost", found.baseline_of_lost),
    ];
    let told = more.into_iter().filter(|(_, x)| x.is_some());
    rows.extend(told.map(|(key, x)| row(key, Cell::number(x), Cell::Nothing)));
    if let Some(found) = found.clusters {
        rows.extend([
            row("change-units", Cell::Count(found.units), Cell::Nothing),
            row("change-icc", Cell::Number(found.icc, 2), Cell::Nothing),
            row("change-design-effect", Cell::Number(found.design_effect, 1), Cell::Nothing),
        ]);
    }
    rows
}

/// The changes beyond noise; without figures, the table that is kept back.
fn reliable_table(
    words: &Words<'_>,
    scale: &ScaleFigures,
    found: Option<&ReliableFigures>,
) -> Table {
    let points =
        ("points", Arg::Text(found.map_or_else(String::new, |it| words.points(it.points))));
    let [name_of] = named(scale);
    let caption = match found {
        Some(_) => words.with("reliable-caption", &[name_of, points.clone()]),
        None => words.with("reliable-kept-back", &[name_of]),
    };
    let heads = ["reliable-what", "reliable-people"].map(|key| Column::One(words.say(key)));
    let rows = found.map(|found| {
        let rows = [
            ("reliable-improved", found.improved),
            ("reliable-unchanged", found.unchanged),
            ("reliable-worse", found.worse),
            ("reliable-not", found.not_measured_twice),
        ];
        rows.map(|(key, tally)| {
            vec![words.with(key, std::slice::from_ref(&points)).into(), Cell::from(tally)]
        })
    });
    Table::new(name(scale, "beyond-noise"), caption, heads.to_vec())
        .with(rows.into_iter().flatten())
}
