//! Who was asked, who was measured at each time, why others were not, who was measured at both ends.

use maud::{Markup, html};
use outcomes::figures::{ScaleFigures, Unmeasured, WaveFigures};
use outcomes::suppression::{Cell as Count, Tally};

use crate::parts::{Words, beside};
use crate::plot;
use crate::scale::{by_time, name, named, timepoint};
use crate::tables::{Cell, Column, Table};

pub(crate) fn part(
    words: &Words<'_>,
    scale: &ScaleFigures,
    waves: &[WaveFigures],
    id: &str,
) -> Markup {
    let title = words.with("flow-plot", &named(scale));
    let flow = boxes(words, scale, waves);
    let plot = plot::figure(&format!("{id}-flow"), &title, &desc(&flow), plot::flow(&flow));
    let table = table(words, scale, waves).draw(words);
    html! { div.block { (beside(&plot, &table, waves.len() > 4)) } }
}

/// What the boxes say, one sentence for each.
fn desc(flow: &plot::Flow) -> String {
    let at = |time: &str, measured: &str| format!("{time}: {measured}");
    let stages = flow.stages.iter().flat_map(|stage| {
        std::iter::once(at(&stage.time, &stage.measured)).chain(stage.not.iter().cloned())
    });
    let both = flow.both.as_ref().map(|[ends, measured]| at(ends, measured));
    let all = std::iter::once(flow.asked.clone()).chain(stages).chain(both);
    all.map(|line| format!("{line}.")).collect::<Vec<_>>().join(" ")
}

fn boxes(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures]) -> plot::Flow {
    let stage = |wave: &WaveFigures| {
        let time = timepoint(words, scale, &wave.timepoint.code);
        let reasons = reasons(words, wave).into_iter().filter(|(_, n)| n.shown() != Some(0));
        let mut not: Vec<String> = reasons
            .map(|(reason, n)| {
                let n = words.cell(n);
                words.with("flow-reason", &[("reason", reason.into()), ("n", n.into())])
            })
            .collect();
        if !not.is_empty() {
            let n = words.cell(rest(scale, wave));
            not.insert(0, words.with("flow-not-measured", &[("n", n.into())]));
        }
        plot::Stage {
            time,
            measured: words.with_tally("flow-measured", ("n", wave.measured), &[]),
            not,
        }
    };
    plot::Flow {
        asked: words.with_tally("flow-asked", ("n", scale.asked), &[]),
        stages: waves.iter().map(stage).collect(),
        both: both(scale).map(|n| {
            let measured = words.with_tally("flow-measured", ("n", n), &[]);
            [words.say("flow-ends"), measured]
        }),
    }
}

/// How many were measured at both ends, where that is told.
fn both(scale: &ScaleFigures) -> Option<Tally> {
    scale.change.shown().map(|found| found.both)
}

/// How many were not measured.
fn rest(scale: &ScaleFigures, wave: &WaveFigures) -> Count {
    let rest = scale.asked.exact().zip(wave.measured.exact());
    rest.map_or(Count::Hidden, |(all, n)| Count::Shown { n: all.saturating_sub(n) })
}

fn reasons(words: &Words<'_>, wave: &WaveFigures) -> Vec<(String, Count)> {
    let cells = wave.unmeasured.iter().copied().chain(std::iter::repeat(Count::Hidden));
    let reasons = Unmeasured::ALL.iter().zip(cells);
    reasons.map(|(reason, n)| (words.wording.variant("unmeasured", reason, &[]), n)).collect()
}

/// The boxes as a table.
pub(crate) fn table(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures]) -> Table {
    let row = |label: String, read: &dyn Fn(&WaveFigures) -> Cell| {
        let mut row = vec![Cell::Text(label)];
        row.extend(waves.iter().map(read));
        row
    };
    let mut rows = vec![
        row(words.say("change-enrolled"), &|_| scale.asked.into()),
        row(words.say("bands-measured"), &|wave| wave.measured.into()),
        row(words.say("bands-not-measured"), &|wave| rest(scale, wave).into()),
    ];
    let by_wave: Vec<_> = waves.iter().map(|wave| reasons(words, wave)).collect();
    for (place, reason) in Unmeasured::ALL.iter().enumerate() {
        let at =
            |reasons: &Vec<(String, Count)>| reasons.get(place).map_or(Count::Hidden, |it| it.1);
        // A reason that applies to nobody at any time needs no row.
        if by_wave.iter().any(|reasons| at(reasons).shown() != Some(0)) {
            let reason = words.wording.variant("unmeasured", reason, &[]);
            let label = words.with("flow-reason-row", &[("reason", reason.into())]);
            let cells = by_wave.iter().map(|reasons| Cell::from(at(reasons)));
            rows.push(std::iter::once(Cell::Text(label)).chain(cells).collect());
        }
    }
    if let Some(both) = both(scale) {
        let last = waves.len().saturating_sub(1);
        let mut row = vec![Cell::Text(words.say("change-both"))];
        row.extend((0..waves.len()).map(|place| match place == last {
            true => both.into(),
            false => Cell::Nothing,
        }));
        rows.push(row);
    }
    let columns = by_time(words, scale, "flow-who", Column::One);
    Table::new(name(scale, "flow"), words.with("flow-caption", &named(scale)), columns).with(rows)
}
