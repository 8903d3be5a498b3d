//! What somebody asked of a report by name, in the words of the page.

use analysis::release::{
    Actual, Built, Changes, Difference, How, Indicator, IndicatorRow, Measure,
};
use chrono::NaiveDate;
use commons::Code;
use outcomes::suppression::Tally;
use report::{Brief, ChangedLine, IndicatorLine, Reading, Since, Unit};

use crate::texts::{self, text};

/// The title, the indicators and what changed, as the page and its tables have them.
pub(crate) fn brief(built: &Built, since: Option<(&Changes, NaiveDate)>) -> Brief {
    let definition = &built.definition;
    Brief {
        name: definition.name.clone(),
        title: definition.title.clone(),
        groups: definition.filter.clone(),
        indicators: built.indicators.iter().map(|row| indicator(built, row)).collect(),
        since: since.map(|(changes, made_on)| Since {
            made_on,
            figures: changes
                .figures
                .iter()
                .map(|it| ChangedLine {
                    label: called(built, it.what, it.instrument.as_ref()),
                    unit: unit(it.what),
                    was: reading(&it.was),
                    is: reading(&it.is),
                })
                .collect(),
            causes: changes.causes.iter().map(difference).collect(),
        }),
    }
}

fn indicator(built: &Built, row: &IndicatorRow) -> IndicatorLine {
    let Indicator { what, baseline, target, source, .. } = row.asked.clone();
    IndicatorLine {
        label: label(built, row),
        unit: unit(what),
        baseline,
        target,
        actual: reading(&row.actual),
        source,
    }
}

/// What whoever asked calls an indicator, or what it is called by itself.
pub(crate) fn label(built: &Built, row: &IndicatorRow) -> String {
    let Indicator { what, instrument, label, .. } = &row.asked;
    label.clone().unwrap_or_else(|| called(built, *what, instrument.as_ref()))
}

/// What a measure is called by itself, with the proper name of its questionnaire.
fn called(built: &Built, what: Measure, instrument: Option<&Code>) -> String {
    let said = texts::code("measure", what.as_str());
    let Some(instrument) = instrument else { return said };
    let scales = built.figures.scales.iter();
    let name = scales.filter(|it| it.instrument == *instrument).map(|it| it.name.as_str()).next();
    format!("{said} ({})", name.unwrap_or(instrument.as_str()))
}

const fn unit(what: Measure) -> Unit {
    if what.is_share() {
        Unit::Share
    } else if matches!(what, Measure::MeanChange) {
        Unit::Tenths
    } else {
        Unit::Whole
    }
}

fn reading(actual: &Actual) -> Reading {
    match actual {
        Actual::Number { n, interval } => {
            Reading::Number { n: *n, ends: interval.map(|it| (it.low, it.high)) }
        }
        Actual::Bound { tally: Tally::FewerThan { n } } => Reading::FewerThan { n: *n },
        Actual::Bound { tally } => Reading::AtLeast { n: tally.least() },
        Actual::Hidden { .. } => Reading::Hidden,
        Actual::NoFigure { .. } => Reading::NoFigure,
        Actual::NotInReport | _ => Reading::NotInReport,
    }
}

/// One thing in which two releases differ, in words.
pub(crate) fn difference(difference: &Difference) -> String {
    let how = |how: &How| match how {
        How::Changed => text!("release-changed"),
        How::Gone => text!("release-gone"),
        How::New => text!("release-new"),
    };
    match difference {
        Difference::Software { was, is } => {
            text!("release-software", was = was.as_str(), is = is.as_str())
        }
        Difference::Book { own: true } => text!("release-own-definition"),
        Difference::Book { .. } => text!("release-book"),
        Difference::Plan => text!("release-plan"),
        Difference::Records => text!("release-records"),
        Difference::Data { file, how: it } => {
            text!("release-data", file = file.as_str(), how = how(it))
        }
        Difference::Earlier { release, how: it } => {
            text!("release-beside", release = release.as_str(), how = how(it))
        }
        Difference::Instrument { instrument, how: it } => {
            text!("release-instrument", instrument = instrument.as_str(), how = how(it))
        }
        Difference::Interpretations => text!("release-interpretations"),
        Difference::Altered { file, how } => match how {
            How::Changed => text!("release-altered", file = file.as_str()),
            How::Gone => text!("release-file-gone", file = file.as_str()),
            How::New => text!("release-file-added", file = file.as_str()),
        },
        Difference::File { file, how: it } => {
            text!("release-file", file = file.as_str(), how = how(it))
        }
        _ => text!("release-changed"),
    }
}
