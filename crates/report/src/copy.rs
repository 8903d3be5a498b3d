//! Words to be copied: a sentence for a board, and the methods as a paragraph for a paper.

use maud::{Markup, html};
use outcomes::Better;
use outcomes::figures::{ChangeFigures, Named, ScaleFigures, Shown};
use outcomes::suppression::{Audience, Tally};

use crate::change::of_few_circles;
use crate::parts::Words;
use crate::scale::{named, timepoint};
use crate::{Arg, page};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    let scales = &words.figures.scales;
    html! {
        section.copy aria-labelledby="copy" {
            h2 #copy { (words.say("copy")) }
            @if !scales.is_empty() {
                h3 { (words.say("board")) }
                @for scale in scales {
                    @match sentence(words, scale) {
                        Ok(text) => p.to-copy { (text) },
                        Err(text) => div.kept-back { p { (text) } },
                    }
                }
            }
            h3 { (words.say("paragraph")) }
            p.to-copy { (paragraph(words)) }
        }
    }
}

/// One honest sentence about an instrument, or why there is none. It is to be passed on, so it takes as many
/// people as a report for others does.
fn sentence(words: &Words<'_>, scale: &ScaleFigures) -> Result<String, String> {
    let floor = words.figures.floor.max(Audience::Outside.floor());
    let refused = |key: &str| {
        let [name] = named(scale);
        Err(words.with(key, &[name, ("floor", floor.into())]))
    };
    let found = match &scale.change {
        Shown::Shown(found) => found,
        Shown::Hidden(_) => return refused("board-refused-kept-back"),
        Shown::NoFigure(_) => return refused("board-refused-nobody"),
    };
    if scale.asked == Tally::Hidden {
        return refused("board-refused-kept-back");
    }
    match found.both {
        Tally::Exactly { n } | Tally::AtLeast { n } if floor <= n => Ok(said(words, scale, found)),
        Tally::Exactly { .. } | Tally::AtLeast { .. } | Tally::FewerThan { .. } => {
            refused("board-refused-few")
        }
        Tally::Hidden => refused("board-refused-kept-back"),
    }
}

fn said(words: &Words<'_>, scale: &ScaleFigures, found: &ChangeFigures) -> String {
    let (low, high) = (found.interval.low, found.interval.high);
    let (key, sign) = if high < 0.0 {
        ("board-fell", -1.0)
    } else if 0.0 < low {
        ("board-rose", 1.0)
    } else {
        ("board-unclear", 1.0)
    };
    let ends = if sign < 0.0 { [-high, -low] } else { [low, high] };
    let number = |x: f64| Arg::Text(words.number(x));
    let good = match scale.better {
        Better::Lower => high < 0.0,
        Better::Higher => 0.0 < low,
    };
    let way = words.say(if good { "board-for-better" } else { "board-for-worse" });
    let [name] = named(scale);
    let args = [
        name,
        ("asked", words.tally(scale.asked).into()),
        ("both", words.tally(found.both).into()),
        ("before", timepoint(words, scale, &found.before).into()),
        ("after", timepoint(words, scale, &found.after).into()),
        ("points", number(sign * found.mean)),
        ("low", number(ends[0])),
        ("high", number(ends[1])),
        ("way", way.into()),
        ("few", of_few_circles(words, found).into()),
    ];
    words.with(key, &args)
}

/// The methods in sentences, with how many at each step and where everything comes from.
fn paragraph(words: &Words<'_>) -> String {
    let figures = words.figures;
    let people = ("people", figures.reach.people);
    let units = [("units", figures.reach.units.into())];
    let mut sentences = vec![words.with_tally("paragraph-people", people, &units)];
    for scale in &figures.scales {
        sentences.extend(of_scale(words, scale));
    }
    sentences.extend(page::unreadable(words));
    sentences.extend(page::method_lines(words, "paragraph"));
    sentences.push(words.say("methods-caution"));
    sentences.push(format!("{}.", page::made_on(words)));
    sentences.join(" ")
}

fn of_scale(words: &Words<'_>, scale: &ScaleFigures) -> Vec<String> {
    let [name] = named(scale);
    let args = [
        name.clone(),
        ("version", scale.version.as_str().into()),
        ("source", scale.source.as_str().into()),
    ];
    let mut sentences = vec![words.with_tally("paragraph-scale", ("asked", scale.asked), &args)];
    if let Some(waves) = scale.waves.shown().filter(|waves| !waves.is_empty()) {
        let at = |wave: &outcomes::figures::WaveFigures| {
            let time = timepoint(words, scale, &wave.timepoint.code);
            words.with_tally("paragraph-at", ("n", wave.measured), &[("time", time.into())])
        };
        let list: Vec<String> = waves.iter().map(at).collect();
        let list = list.join(&words.say("list-separator"));
        sentences.push(words.with("paragraph-measured", &[("list", list.into())]));
    }
    if let Some(found) = scale.change.shown() {
        sentences.push(words.with_tally("paragraph-both", ("both", found.both), &[]));
    }
    let reading = |key: &str, by: &Named, points: String| {
        let args = [
            ("id", by.id.as_str().into()),
            ("population", by.population.as_str().into()),
            ("source", by.source.as_str().into()),
            ("evidence", words.wording.variant("methods-evidence", &by.evidence, &[]).into()),
            ("points", points.into()),
        ];
        words.with(key, &args)
    };
    sentences.extend(scale.read_by.as_ref().map(|by| reading("paragraph-read", by, String::new())));
    let reliable = scale.reliable.as_ref().and_then(|found| found.shown());
    let beyond = |found: &outcomes::figures::ReliableFigures| {
        reading("paragraph-beyond", &found.by, words.points(found.points))
    };
    sentences.extend(reliable.map(beyond));
    sentences
}
