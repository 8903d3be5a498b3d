//! What changed against the last release of the same report.

use std::collections::BTreeSet;

use commons::Code;
use outcomes::figures::Figures;
use serde::{Deserialize, Serialize};

use super::indicator::{Actual, Basis, Indicator, Measure};
use super::manifest::{Difference, Manifest};

/// A figure that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// What it counts or measures.
    pub what: Measure,
    /// The instrument, for what is a figure of one.
    pub instrument: Option<Code>,
    /// What the last release said.
    pub was: Actual,
    /// What is said now.
    pub is: Actual,
}

/// What changed against the last release, and what may have changed it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The figures that are not what they were.
    pub figures: Vec<Changed>,
    /// What the release was made of and is different now; one of these, or several, changed them.
    pub causes: Vec<Difference>,
}

/// What changed from the figures of one release to those of the next, where the manifests of both
/// say what may have changed it.
#[must_use]
pub fn changes(was: (&Figures, &Manifest), is: (&Figures, &Manifest), basis: Basis) -> Changes {
    let known = Measure::ALL.into_iter().filter(|what| basis.knows(*what));
    let asked = known.flat_map(|what| {
        let instruments: BTreeSet<Option<Code>> = if what.is_of_instrument() {
            let scales = was.0.scales.iter().chain(&is.0.scales);
            scales.map(|scale| Some(scale.instrument.clone())).collect()
        } else {
            BTreeSet::from([None])
        };
        instruments.into_iter().map(move |instrument| Indicator {
            what,
            instrument,
            label: None,
            baseline: None,
            target: None,
            source: None,
        })
    });
    let figures = asked.filter_map(|asked| {
        let (before, now) = (asked.row(was.0, basis).actual, asked.row(is.0, basis).actual);
        let Indicator { what, instrument, .. } = asked;
        (!before.says_the_same(&now)).then_some(Changed { what, instrument, was: before, is: now })
    });
    let figures: Vec<_> = figures.collect();
    let causes = was.1.differences(is.1).into_iter().filter(Difference::is_cause);
    // What changed nothing is no cause.
    let causes = causes.filter(|_| !figures.is_empty()).collect();
    Changes { figures, causes }
}
