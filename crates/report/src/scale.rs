//! One instrument: bands, change, who was not measured, sheets to look at.

use maud::{Markup, html};
use outcomes::figures::{Hidden, ScaleFigures, WaveFigures};
use outcomes::suppression::{Cell as Count, Tally};
use outcomes::{Better, Evidence, Side};

use crate::parts::{Words, beside, kept};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, change, crossing, dose, flow, moves, page, persons, plot, spread};

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
            (words.shown(&scale.waves, |waves| html! {
                @if !waves.is_empty() {
                    (flow::part(words, scale, waves, &id))
                    (bands(words, scale, waves, &id))
                }
            }))
            @if scale.waves.shown().is_some_and(Vec::is_empty) {
                p { (words.say("scale-none")) }
            } @else if scale.waves.shown().is_some_and(|waves| waves.len() < 2) {
                p { (words.say("change-once")) }
            } @else {
                (change::part(words, scale, &id))
                (spread::part(words, scale, &id))
                (persons::part(words, scale, &id))
                (crossing::part(words, scale, &id))
                (moves::part(words, scale))
                (dose::part(words, scale, &id))
                (words.kept_back(kept_back(words, scale)))
            }
        }
    }
}

/// The parts of its change that are kept back, by what they are called.
fn kept_back<'a>(words: &Words<'_>, scale: &'a ScaleFigures) -> Vec<(String, &'a Hidden)> {
    // Where all is kept back, the note above is enough.
    if scale.waves.shown().is_none() {
        return Vec::new();
    }
    let parts = [
        ("change-part", kept(&scale.change)),
        ("reliable-part", scale.reliable.as_ref().and_then(kept)),
        ("spread-part", kept(&scale.spread)),
        ("crossing-part", scale.recovery.as_ref().and_then(kept)),
        ("moves-part", scale.moves.as_ref().and_then(kept)),
        ("dose-part", kept(&scale.dose)),
    ];
    parts.into_iter().filter_map(|(key, hidden)| Some((words.say(key), hidden?))).collect()
}

fn asked(words: &Words<'_>, scale: &ScaleFigures) -> String {
    let asked = ("asked", scale.asked);
    let models: std::collections::BTreeSet<_> =
        words.figures.scales.iter().map(|scale| &scale.model).collect();
    match &scale.model {
        Some(model) if models.len() > 1 => {
            let model = words.wording.code("model", model.as_str());
            words.with_tally("scale-asked-in", asked, &[("model", model.into())])
        }
        Some(_) | None => words.with_tally("scale-asked", asked, &[]),
    }
}

fn range(words: &Words<'_>, scale: &ScaleFigures) -> String {
    let key = match scale.better {
        Better::Lower => "scale-better-lower",
        Better::Higher => "scale-better-higher",
    };
    let (low, high) = scale.range;
    words.with(key, &[("low", words.points(low).into()), ("high", words.points(high).into())])
}

pub(crate) fn named<'a>(scale: &ScaleFigures) -> [(&'a str, Arg); 1] {
    [("name", scale.name.as_str().into())]
}

/// What a timepoint of a questionnaire is called: by the catalog, by its months or weeks such as `3m`, or as it is
/// written.
pub(crate) fn timepoint(words: &Words<'_>, scale: &ScaleFigures, code: &commons::Code) -> String {
    by_place(words, scale, code).unwrap_or_else(|| by_code(words, code.as_str()))
}

/// In files the number of a wave says no more than its place: of two, the second is the end and not the middle. The
/// models of a program say by it what they mean.
fn by_place(words: &Words<'_>, scale: &ScaleFigures, code: &commons::Code) -> Option<String> {
    let number = code.as_str().strip_prefix('t').filter(|_| words.of_files())?;
    number.parse::<u8>().ok()?;
    let waves = scale.waves.shown()?;
    let place = waves.iter().position(|wave| wave.timepoint.code == *code)?;
    let key = match (place, waves.len()) {
        (_, 1) => return None,
        (0, _) => "timepoint-start",
        (place, all) if place + 1 == all => "timepoint-end",
        (1, 3) => "timepoint-mid",
        (_, _) => return Some(page::capital(code.as_str())),
    };
    Some(words.say(key))
}

fn by_code(words: &Words<'_>, code: &str) -> String {
    let after = |ending: char, key: &str| {
        let n = code.strip_suffix(ending)?.parse::<u64>().ok()?;
        Some(words.with(key, &[("n", n.into())]))
    };
    let known = words.wording.find(&format!("timepoint-{}", code.replace('.', "-")), &[]);
    let known = known.or_else(|| after('m', "timepoint-months"));
    let known = known.or_else(|| after('w', "timepoint-weeks"));
    known.unwrap_or_else(|| page::capital(&code.replace(['-', '_'], " ")))
}

fn bands(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures], id: &str) -> Markup {
    if scale.bands.is_empty() || waves.is_empty() {
        return html! {
            (band_table(words, scale).with(band_rows(words, scale, waves)).draw(words))
        };
    }
    // A bar of which nothing may be told is no picture.
    let told = |wave: &&WaveFigures| wave.bands.iter().any(|cell| cell.shown() > Some(0));
    let bars: Vec<_> =
        waves.iter().filter(told).filter_map(|wave| bar(words, scale, wave)).collect();
    let labels = labels(words, scale);
    let axis = words.say("bands-axis");
    let rest = [words.say("bands-hidden"), words.say("bands-not-measured")];
    let plot = html! {
        @if !bars.is_empty() {
            (plot::figure(
                &format!("{id}-bands"),
                &words.with("bands-plot", &named(scale)),
                &bands_desc(words, &bars, &labels, &rest),
                plot::bands(&bars, &labels, &rest, &axis),
            ))
        }
    };
    let table = band_table(words, scale).with(band_rows(words, scale, waves)).draw(words);
    html! {
        div.block {
            (beside(&plot, &table, bars.is_empty() || waves.len() > 2))
            p.note {
                (words.say("bands-share-note"))
                @if scale.has_safety_items { " " (words.say("bands-safety-note")) }
            }
        }
        @if let Some(hidden) = &scale.bands_kept_back { (words.hidden_part("bands-part", hidden)) }
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
            return codes.map(|band| band_name(words, band)).collect();
        }
        Some((_, Side::AtOrAbove)) => ["cut-below", "cut-at_or_above"],
        Some((_, Side::AtOrBelow)) => ["cut-at_or_below", "cut-above"],
    };
    let at = scale.cut_off.map_or_else(String::new, |(at, _)| words.points(at));
    keys.iter().map(|key| words.with(key, &[("at", at.as_str().into())])).collect()
}

/// What a band is called: catalogs that speak of one sheet write bands within a sentence.
pub(crate) fn band_name(words: &Words<'_>, band: &commons::Code) -> String {
    page::capital(&words.wording.code("band", band.as_str()))
}

/// The first timepoint and the last, as they are called.
pub(crate) fn ends(words: &Words<'_>, scale: &ScaleFigures) -> [String; 2] {
    let waves = scale.waves.shown().map(Vec::as_slice).unwrap_or_default();
    let say = |wave: Option<&WaveFigures>, key: &str| {
        wave.map_or_else(|| words.say(key), |wave| timepoint(words, scale, &wave.timepoint.code))
    };
    [say(waves.first(), "crossing-first"), say(waves.last(), "crossing-last")]
}

/// One bar: who lies in each band, who is hidden, who was not measured.
fn bar(words: &Words<'_>, scale: &ScaleFigures, wave: &WaveFigures) -> Option<plot::Bar> {
    let total = scale.asked.exact().filter(|n| *n > 0)?;
    let shown = |cells: &[Count]| cells.iter().filter_map(|cell| cell.shown()).sum::<u64>();
    let told = shown(&wave.bands);
    let unmeasured = match wave.measured {
        Tally::Exactly { n } => total.saturating_sub(n),
        Tally::FewerThan { .. } | Tally::AtLeast { .. } | Tally::Hidden => shown(&wave.unmeasured),
    };
    Some(plot::Bar {
        label: timepoint(words, scale, &wave.timepoint.code),
        bands: wave.bands.iter().map(|cell| cell.shown()).collect(),
        hidden: total.saturating_sub(told + unmeasured),
        unmeasured,
        total,
    })
}

/// The tables of an instrument.
pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let mut tables = words.tables_of(
        &scale.waves,
        || band_table(words, scale),
        |waves| {
            if waves.is_empty() {
                return Vec::new();
            }
            let bands = band_table(words, scale).with(band_rows(words, scale, waves));
            let kept_back = scale.bands_kept_back.as_ref();
            let bands = bands.keeping_back(kept_back.map(|it| words.lines(it)).unwrap_or_default());
            vec![flow::table(words, scale, waves), bands]
        },
    );
    tables.extend(change::tables(words, scale));
    tables.extend(spread::tables(words, scale));
    tables.extend(persons::tables(words, scale));
    tables.extend(crossing::tables(words, scale));
    tables.extend(moves::tables(words, scale));
    tables.extend(dose::tables(words, scale));
    tables
}

/// The name of one of its tables.
pub(crate) fn name(scale: &ScaleFigures, what: &str) -> String {
    match &scale.model {
        Some(model) => format!("{}-{model}-{what}", scale.instrument),
        None => format!("{}-{what}", scale.instrument),
    }
}

/// One column for each timepoint, by the kind of column.
pub(crate) fn by_time(
    words: &Words<'_>,
    scale: &ScaleFigures,
    first: &str,
    column: impl Fn(String) -> Column,
) -> Vec<Column> {
    let waves = scale.waves.shown().map(Vec::as_slice).unwrap_or_default();
    let times = waves.iter().map(|wave| column(timepoint(words, scale, &wave.timepoint.code)));
    std::iter::once(Column::One(words.say(first))).chain(times).collect()
}

/// Everybody who was asked, once at each time: in a band or not measured.
fn band_table(words: &Words<'_>, scale: &ScaleFigures) -> Table {
    let column = |time: String| {
        let share = words.with("bands-share", &[("time", time.as_str().into())]);
        Column::Share(time.clone(), [time, share])
    };
    let columns = by_time(words, scale, "bands-band", column);
    Table::new(name(scale, "bands"), words.with("bands-caption", &named(scale)), columns)
}

fn band_rows(words: &Words<'_>, scale: &ScaleFigures, waves: &[WaveFigures]) -> Vec<Vec<Cell>> {
    let asked = scale.asked.exact().filter(|of| *of > 0);
    let share = |n: Option<u64>| match (n, asked) {
        (Some(n), Some(of)) => [Cell::Count(n), Cell::share(real(n) / real(of))],
        (Some(n), None) => [Cell::Count(n), Cell::Nothing],
        (None, _) => [Cell::Hidden, Cell::Nothing],
    };
    let alone = |cell: Cell| [cell, Cell::Nothing];
    let row = |label: String, read: &dyn Fn(&WaveFigures) -> [Cell; 2]| {
        let mut row = vec![Cell::Text(label)];
        row.extend(waves.iter().flat_map(read));
        row
    };
    let measured = |wave: &WaveFigures| match wave.measured.exact() {
        Some(n) => share(Some(n)),
        None => alone(wave.measured.into()),
    };
    let band = |wave: &WaveFigures, place: usize| wave.bands.get(place).and_then(|it| it.shown());
    let labels = labels(words, scale).into_iter().enumerate();
    let mut rows: Vec<Vec<Cell>> =
        labels.map(|(place, label)| row(label, &|wave| share(band(wave, place)))).collect();
    let rest = |wave: &WaveFigures| {
        share(asked.zip(wave.measured.exact()).map(|(of, n)| of.saturating_sub(n)))
    };
    rows.extend([
        row(words.say("bands-not-measured"), &rest),
        row(words.say("bands-measured"), &measured),
        row(words.say("bands-prorated"), &|wave| alone(wave.prorated.into())),
        row(words.say("bands-mean"), &|wave| alone(Cell::number(wave.mean))),
    ]);
    if waves.iter().any(|wave| wave.sd.is_some()) {
        rows.push(row(words.say("bands-sd"), &|wave| alone(Cell::number(wave.sd))));
    }
    rows
}

#[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
const fn real(n: u64) -> f64 {
    n as f64
}
