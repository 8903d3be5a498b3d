//! One instrument: bands, change, who was not measured, sheets to look at.

use maud::{Markup, html};
use outcomes::figures::{ChangeFigures, ReliableFigures, ScaleFigures, Unmeasured, WaveFigures};
use outcomes::suppression::{Cell, Tally};
use outcomes::{Better, Evidence, Side};

use crate::parts::{Table, Words};
use crate::{Arg, plot};

pub(crate) fn section(words: &Words<'_>, scale: &ScaleFigures, number: usize) -> Markup {
    let id = format!("scale-{number}");
    html! {
        section.scale aria-labelledby=(id) {
            h2 id=(id) { (scale.name) }
            p { (range(words, scale)) " " (asked(words, scale)) }
            @if let Some(named) = &scale.read_by {
                p.note {
                    (words.with("scale-read-by", &[
                        ("id", named.id.as_str().into()),
                        ("population", named.population.as_str().into()),
                    ]))
                    @if named.evidence == Evidence::Unverified { " " strong { (words.say("scale-unverified")) } }
                }
            }
            (words.shown(&scale.waves, |waves| bands(words, scale, waves, &id)))
            @if let Some(found) = scale.change.shown() {
                (change_part(words, scale, found, &id))
            } @else if let Some(waves) = scale.waves.shown() {
                // Where both are kept back, the note above is enough.
                @if waves.len() < 2 {
                    p { (words.say("change-once")) }
                } @else {
                    (words.shown(&scale.change, |_| html! {}))
                }
            }
        }
    }
}

fn asked(words: &Words<'_>, scale: &ScaleFigures) -> String {
    let asked = ("asked", words.tally(scale.asked).into());
    let models: std::collections::BTreeSet<_> =
        words.figures.scales.iter().map(|scale| &scale.model).collect();
    match &scale.model {
        Some(model) if models.len() > 1 => {
            let model = words.wording.code("model", model.as_str());
            words.with("scale-asked-in", &[asked, ("model", model.into())])
        }
        Some(_) | None => words.with("scale-asked", &[asked]),
    }
}

fn range(words: &Words<'_>, scale: &ScaleFigures) -> String {
    let key = match scale.better {
        Better::Lower => "scale-better-lower",
        Better::Higher => "scale-better-higher",
    };
    let (low, high) = scale.range;
    words.with(key, &[("low", low.to_string().into()), ("high", high.to_string().into())])
}

fn named<'a>(scale: &ScaleFigures) -> [(&'a str, Arg); 1] {
    [("name", scale.name.as_str().into())]
}

fn timepoint(words: &Words<'_>, code: &commons::Code) -> String {
    words.wording.code("timepoint", code.as_str())
}

fn bands(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures], id: &str) -> Markup {
    if scale.bands.is_empty() || waves.is_empty() {
        return html! {
            (band_table(words, scale, waves).draw())
            (unmeasured(words, scale, waves))
        };
    }
    // A bar of which nothing may be told is no picture.
    let told = |wave: &&WaveFigures| wave.bands.iter().any(|cell| cell.shown() > Some(0));
    let bars: Vec<_> =
        waves.iter().filter(told).filter_map(|wave| bar(words, scale, wave)).collect();
    let labels = labels(words, scale);
    let axis = words.say("bands-axis");
    let rest = [words.say("bands-hidden"), words.say("bands-not-measured")];
    html! {
        div.block {
            @if !bars.is_empty() {
                (plot::figure(
                    &format!("{id}-bands"),
                    &words.with("bands-plot", &named(scale)),
                    &bands_desc(words, &bars, &labels, &rest),
                    plot::bands(&bars, &labels, &rest, &axis),
                ))
            }
            (band_table(words, scale, waves).draw())
            (words.hidden_note(waves.iter().flat_map(|wave| wave.bands.iter().copied())))
            p.note {
                (words.say("bands-share-note"))
                @if scale.has_safety_items { " " (words.say("bands-safety-note")) }
            }
        }
        @if let Some(hidden) = &scale.bands_kept_back { (words.hidden(hidden)) }
        (unmeasured(words, scale, waves))
    }
}

/// What the bars show, in words: for each time how many of the people asked lie in each band.
fn bands_desc(
    words: &Words<'_>,
    bars: &[plot::Bar],
    labels: &[String],
    rest: &[String; 2],
) -> String {
    let part = |label: &String, n: u64, of: u64| {
        let share = words.wording.percent(real(n) / real(of.max(1)), 1);
        let args = [("label", label.as_str().into()), ("n", n.into()), ("share", share.into())];
        words.with("bands-desc-part", &args)
    };
    let bar = |bar: &plot::Bar| {
        let bands = labels.iter().zip(&bar.bands);
        let mut parts: Vec<String> =
            bands.filter_map(|(label, n)| Some(part(label, (*n)?, bar.total))).collect();
        for (label, n) in rest.iter().zip([bar.hidden, bar.unmeasured]) {
            if n > 0 {
                parts.push(part(label, n, bar.total));
            }
        }
        let list = parts.join(&words.say("list-separator"));
        words.with("bands-desc-bar", &[("time", bar.label.as_str().into()), ("list", list.into())])
    };
    let bars: Vec<String> = bars.iter().map(bar).collect();
    words.with("bands-plot-desc", &[("bars", bars.join(" ").into())])
}

/// What the bands are called; those that a cut-off makes say its points.
fn labels(words: &Words<'_>, scale: &ScaleFigures) -> Vec<String> {
    let keys = match scale.cut_off {
        None => {
            let codes = scale.bands.iter();
            return codes.map(|band| words.wording.code("band", band.as_str())).collect();
        }
        Some((_, Side::AtOrAbove)) => ["cut-below", "cut-at_or_above"],
        Some((_, Side::AtOrBelow)) => ["cut-at_or_below", "cut-above"],
    };
    let at = scale.cut_off.map_or_else(String::new, |(at, _)| at.to_string());
    keys.iter().map(|key| words.with(key, &[("at", at.as_str().into())])).collect()
}

/// One bar: who lies in each band, who is hidden, who was not measured.
fn bar(words: &Words<'_>, scale: &ScaleFigures, wave: &WaveFigures) -> Option<plot::Bar> {
    let total = scale.asked.exact().filter(|n| *n > 0)?;
    let shown = |cells: &[Cell]| cells.iter().filter_map(|cell| cell.shown()).sum::<u64>();
    let told = shown(&wave.bands);
    let unmeasured = match wave.measured {
        Tally::Exactly { n } => total.saturating_sub(n),
        Tally::FewerThan { .. } | Tally::AtLeast { .. } | Tally::Hidden => shown(&wave.unmeasured),
    };
    Some(plot::Bar {
        label: timepoint(words, &wave.timepoint.code),
        bands: wave.bands.iter().map(|cell| cell.shown()).collect(),
        hidden: total.saturating_sub(told + unmeasured),
        unmeasured,
        total,
    })
}

/// Everybody who was asked, once at each time: in a band or not measured.
fn band_table(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures]) -> Table {
    let asked = scale.asked.exact().filter(|of| *of > 0);
    let share = |n: Option<u64>| match (n, asked) {
        (Some(n), Some(of)) => {
            let share = words.wording.percent(real(n) / real(of), 1);
            words.with("cell-share", &[("n", n.into()), ("share", share.into())])
        }
        (Some(n), None) => words.count(n),
        (None, _) => words.say("cell-hidden"),
    };
    let row = |label: String, read: &dyn Fn(&WaveFigures) -> String| {
        let mut row = vec![label];
        row.extend(waves.iter().map(read));
        row
    };
    let measured = |wave: &WaveFigures| match wave.measured.exact() {
        Some(n) => share(Some(n)),
        None => words.tally(wave.measured),
    };
    let labels = labels(words, scale).into_iter().enumerate();
    let band = |wave: &WaveFigures, place: usize| wave.bands.get(place).and_then(|it| it.shown());
    // A band of which nothing is told at any time needs no row: a note says why it is kept back.
    let told = |place: usize| waves.iter().any(|wave| band(wave, place).is_some());
    let labels = labels.filter(|(place, _)| told(*place));
    let mut rows: Vec<Vec<String>> =
        labels.map(|(place, label)| row(label, &|wave| share(band(wave, place)))).collect();
    let rest = |wave: &WaveFigures| {
        share(asked.zip(wave.measured.exact()).map(|(of, n)| of.saturating_sub(n)))
    };
    rows.extend([
        row(words.say("bands-not-measured"), &rest),
        row(words.say("bands-measured"), &measured),
        row(words.say("bands-prorated"), &|wave| words.tally(wave.prorated)),
        row(words.say("bands-mean"), &|wave| mean(words, wave)),
    ]);
    let mut heads = vec![words.say("bands-band")];
    heads.extend(waves.iter().map(|wave| timepoint(words, &wave.timepoint.code)));
    Table { caption: words.with("bands-caption", &named(scale)), heads, rows }
}

fn mean(words: &Words<'_>, wave: &WaveFigures) -> String {
    let Some(mean) = wave.mean.map(|mean| words.number(mean)) else {
        return words.say("cell-none");
    };
    match wave.sd {
        Some(sd) => {
            let args = [("mean", mean.into()), ("sd", words.number(sd).into())];
            words.with("bands-mean-sd", &args)
        }
        None => mean,
    }
}

fn change_part(words: &Words<'_>, scale: &ScaleFigures, found: &ChangeFigures, id: &str) -> Markup {
    let ends = [
        ("before", timepoint(words, &found.before).into()),
        ("after", timepoint(words, &found.after).into()),
    ];
    html! {
        div.block {
        h3 { (words.with("change", &ends)) }
        (change_plot(words, scale, found, id))
        div.pair {
            div {
                (change_table(words, scale, found).draw())
                p.note { (words.say("change-attrition")) }
            }
            @if let Some(reliable) = &scale.reliable {
                div { (words.shown(reliable, |found| reliable_table(words, scale, found))) }
            }
        }
        }
    }
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

fn change_table(words: &Words<'_>, scale: &ScaleFigures, found: &ChangeFigures) -> Table {
    let mut rows = vec![
        ("change-enrolled", words.tally(scale.asked)),
        ("change-both", words.tally(found.both)),
        ("change-mean", words.number(found.mean)),
        ("change-interval", words.interval(found.interval)),
    ];
    // What is not told has no row: a dash would say no more.
    let more = [
        ("change-sd", found.sd),
        ("change-baseline-both", found.baseline_of_both),
        ("change-baseline-lost", found.baseline_of_lost),
    ];
    rows.extend(more.into_iter().filter_map(|(key, x)| Some((key, words.number(x?)))));
    Table {
        caption: words.with("change-caption", &named(scale)),
        heads: vec![words.say("change-what"), words.say("change-figure")],
        rows: rows.into_iter().map(|(key, value)| vec![words.say(key), value]).collect(),
    }
}

fn reliable_table(words: &Words<'_>, scale: &ScaleFigures, found: &ReliableFigures) -> Markup {
    let points = ("points", Arg::Text(found.points.to_string()));
    let tallies = [found.improved, found.unchanged, found.worse, found.not_measured_twice];
    let keys = ["reliable-improved", "reliable-unchanged", "reliable-worse", "reliable-not"];
    let [name] = named(scale);
    let row = |(key, tally): (&&str, Tally)| {
        vec![words.with(key, std::slice::from_ref(&points)), words.tally(tally)]
    };
    let table = Table {
        caption: words.with("reliable-caption", &[name, points.clone()]),
        heads: vec![words.say("reliable-what"), words.say("reliable-people")],
        rows: keys.iter().zip(tallies).map(row).collect(),
    };
    let hidden = tallies.contains(&Tally::Hidden).then_some(Cell::Hidden);
    html! { (table.draw()) (words.hidden_note(hidden)) }
}

fn unmeasured(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures]) -> Markup {
    let cells = || waves.iter().flat_map(|wave| wave.unmeasured.iter().copied());
    if cells().all(|cell| cell.shown() == Some(0)) {
        return html! { p { (words.say("unmeasured-all")) } };
    }
    let mut heads = vec![words.say("unmeasured-reason")];
    heads.extend(waves.iter().map(|wave| timepoint(words, &wave.timepoint.code)));
    let at = |wave: &WaveFigures, place: usize| {
        wave.unmeasured.get(place).copied().unwrap_or(Cell::Hidden)
    };
    let row = |(place, reason): (usize, &Unmeasured)| {
        let mut row = vec![words.wording.variant("unmeasured", reason, &[])];
        row.extend(waves.iter().map(|wave| words.cell(at(wave, place))));
        row
    };
    // A reason that applies to nobody at any time needs no row.
    let applies = |(place, _): &(usize, &Unmeasured)| {
        waves.iter().any(|wave| at(wave, *place).shown() != Some(0))
    };
    let table = Table {
        caption: words.with("unmeasured-caption", &named(scale)),
        heads,
        rows: Unmeasured::ALL.iter().enumerate().filter(applies).map(row).collect(),
    };
    html! { div.block { (table.draw()) (words.hidden_note(cells())) } }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
const fn real(n: u64) -> f64 {
    n as f64
}
