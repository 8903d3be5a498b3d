//! What a report is asked to show.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use commons::Code;
use serde::{Deserialize, Serialize};

use crate::{
    Bands, ChangeThreshold, CutOff, Evidence, Instrument, Interpretation, Points, Side,
    suppression::Audience,
};

/// A point in the program at which people are measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timepoint {
    /// Its code, such as `t0`.
    pub code: Code,
    /// The session at which it falls, by its number in the unit; 0 before the first.
    pub session: u16,
}

/// When a person counts as having left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Leaving {
    /// When their leaving was recorded.
    #[default]
    Recorded,
    /// Nothing says who left: neither a record of it, nor a rule by which it follows from who came.
    Unknown,
    /// After the last session they came to, when they missed so many up to the end.
    Missed {
        /// How many sessions in a row, at least.
        sessions: u16,
    },
}

/// What is shown of one instrument, and how its totals are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    pub(super) instrument: Instrument,
    pub(super) reader: Option<Reader>,
    pub(super) change: Option<ChangeThreshold>,
    pub(super) asked: Option<AskedBy>,
}

/// The model that asks an instrument, and when it does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AskedBy {
    pub(super) model: Option<Code>,
    pub(super) timepoints: Vec<Timepoint>,
}

/// What reads totals into bands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reader {
    Bands(Bands),
    CutOff(CutOff),
}

impl Reader {
    pub(super) fn interpretation(&self) -> Interpretation<'_> {
        match self {
            Self::Bands(bands) => Interpretation::Bands(bands),
            Self::CutOff(cut) => Interpretation::CutOff(cut),
        }
    }

    pub(super) const fn cut_off(&self) -> Option<(Points, Side)> {
        match self {
            Self::Bands(_) => None,
            Self::CutOff(cut) => Some((cut.at, cut.side)),
        }
    }

    pub(super) fn codes(&self) -> Vec<Code> {
        match self {
            Self::Bands(bands) => bands.codes().cloned().collect(),
            Self::CutOff(cut) => cut.codes().to_vec(),
        }
    }

    pub(super) fn rank(&self, points: Points, places: u8) -> Option<usize> {
        match self {
            Self::Bands(bands) => bands.rank(points, places).map(usize::from),
            Self::CutOff(cut) => Some(usize::from(cut.rank(points, places))),
        }
    }
}

impl Scale {
    /// An instrument read by its own defaults: bands, else a cut-off, and a threshold of change.
    #[must_use]
    pub fn with_defaults(instrument: Instrument) -> Self {
        let bands = instrument.default_bands().cloned().map(Reader::Bands);
        let cut = instrument.default_cut_off().cloned().map(Reader::CutOff);
        let change = instrument.default_change().cloned();
        Self { reader: bands.or(cut), change, instrument, asked: None }
    }

    /// An instrument read by chosen interpretations. Unverified ones may be chosen; they say so.
    ///
    /// # Errors
    ///
    /// [`PlanError::NoSuchInterpretation`] when the instrument has none of that id and kind that reads
    /// its total.
    pub fn with(
        instrument: Instrument,
        reader: Option<&Code>,
        change: Option<&Code>,
    ) -> Result<Self, PlanError> {
        let missing = |id: &Code| PlanError::NoSuchInterpretation {
            instrument: instrument.id().clone(),
            id: id.clone(),
        };
        let found = |id: &Code| match instrument.interpretation(id) {
            Some(Interpretation::Bands(bands)) if bands.on.is_none() => {
                Ok(Reader::Bands(bands.clone()))
            }
            Some(Interpretation::CutOff(cut)) if cut.on.is_none() => {
                Ok(Reader::CutOff(cut.clone()))
            }
            Some(_) | None => Err(missing(id)),
        };
        let threshold = |id: &Code| match instrument.interpretation(id) {
            Some(Interpretation::Change(change)) if change.on.is_none() => Ok(change.clone()),
            Some(_) | None => Err(missing(id)),
        };
        let (reader, change) = (reader.map(found).transpose()?, change.map(threshold).transpose()?);
        Ok(Self { instrument, reader, change, asked: None })
    }

    /// Only people in units of one model are asked, and at these timepoints; without a model,
    /// everybody is. Else everybody is asked at every timepoint of the plan.
    #[must_use]
    pub fn asked(mut self, model: Option<Code>, timepoints: Vec<Timepoint>) -> Self {
        self.asked = Some(AskedBy { model, timepoints });
        self
    }

    pub(super) fn model(&self) -> Option<&Code> {
        self.asked.as_ref().and_then(|asked| asked.model.as_ref())
    }

    pub(super) fn own_timepoints(&self) -> Option<&[Timepoint]> {
        self.asked.as_ref().map(|asked| asked.timepoints.as_slice())
    }
}

/// The days that a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Why a plan cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum PlanError {
    /// The instrument has no interpretation of that id and kind.
    #[error("`{instrument}` has no interpretation `{id}` of that kind")]
    NoSuchInterpretation {
        /// The instrument.
        instrument: Code,
        /// The id.
        id: Code,
    },
    /// Two timepoints of one code.
    #[error("the timepoint `{code}` is named twice")]
    TimepointTwice {
        /// The code.
        code: Code,
    },
    /// Timepoints that do not follow each other.
    #[error("the timepoint `{code}` comes before the one named before it")]
    TimepointsOutOfOrder {
        /// The code.
        code: Code,
    },
    /// Two scales of one instrument, asked by the same model.
    #[error("the instrument `{instrument}` is shown twice")]
    InstrumentTwice {
        /// The instrument.
        instrument: Code,
    },
    /// A period that ends before it begins.
    #[error("the period ends before it begins")]
    EmptyPeriod,
}

impl commons::Refused for PlanError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchInterpretation { .. } => "plan.no_such_interpretation",
            Self::TimepointTwice { .. } => "plan.timepoint_twice",
            Self::TimepointsOutOfOrder { .. } => "plan.timepoints_out_of_order",
            Self::InstrumentTwice { .. } => "plan.instrument_twice",
            Self::EmptyPeriod => "plan.empty_period",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::NoSuchInterpretation { .. } => "Choose one of the instrument's own, or none.",
            Self::TimepointTwice { .. } => "Give each timepoint its own code.",
            Self::TimepointsOutOfOrder { .. } => "Name timepoints in the order of their sessions.",
            Self::InstrumentTwice { .. } => "Show each instrument once, by one interpretation.",
            Self::EmptyPeriod => "Let the period end on the day it begins, or later.",
        }
    }
}

/// What a report is asked to show, and to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct FigurePlan {
    pub(super) title: Code,
    pub(super) audience: Audience,
    pub(super) floor: u64,
    pub(super) period: Option<Period>,
    pub(super) timepoints: Vec<Timepoint>,
    pub(super) scales: Vec<Scale>,
    pub(super) leaving: Leaving,
    pub(super) completion: Option<Completion>,
    pub(super) breakdowns: Vec<Code>,
    pub(super) each_person: bool,
}

/// When somebody completes the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// How many sessions of their unit they come to, at least.
    pub sessions: u16,
    /// The model that says so, where only people in its units can complete.
    pub model: Option<Code>,
}

impl FigurePlan {
    /// A plan: what, for whom, measured when and by what. The first timepoint is "before", the
    /// last is "after".
    ///
    /// # Errors
    ///
    /// [`PlanError`] when timepoints or instruments are named twice or out of order.
    pub fn new(
        title: Code,
        audience: Audience,
        timepoints: Vec<Timepoint>,
        scales: Vec<Scale>,
    ) -> Result<Self, PlanError> {
        follow_each_other(&timepoints)?;
        for scale in &scales {
            follow_each_other(scale.own_timepoints().unwrap_or_default())?;
        }
        let mut instruments = BTreeSet::new();
        for scale in &scales {
            let instrument = scale.instrument.id();
            if !instruments.insert((instrument, scale.model())) {
                return Err(PlanError::InstrumentTwice { instrument: instrument.clone() });
            }
        }
        Ok(Self {
            title,
            floor: audience.floor(),
            audience,
            period: None,
            timepoints,
            scales,
            leaving: Leaving::default(),
            completion: None,
            breakdowns: Vec::new(),
            each_person: false,
        })
    }

    /// The days the report is about, for its title; the cohort holds what belongs to them.
    ///
    /// # Errors
    ///
    /// [`PlanError::EmptyPeriod`].
    pub fn during(mut self, period: Period) -> Result<Self, PlanError> {
        if period.to < period.from {
            return Err(PlanError::EmptyPeriod);
        }
        self.period = Some(period);
        Ok(self)
    }

    /// What it is called: a code that catalogs turn into words.
    #[must_use]
    pub fn titled(mut self, title: Code) -> Self {
        self.title = title;
        self
    }

    /// When a person counts as having left.
    #[must_use]
    pub const fn leaving(mut self, leaving: Leaving) -> Self {
        self.leaving = leaving;
        self
    }

    /// Hides counts of fewer people than this, where the audience's own floor is lower.
    #[must_use]
    pub fn floor(mut self, floor: u64) -> Self {
        self.floor = self.floor.max(floor);
        self
    }

    /// Groupings by which figures are broken down.
    #[must_use]
    pub fn by(mut self, groupings: Vec<Code>) -> Self {
        self.breakdowns = groupings;
        self
    }

    /// Shows the totals of each person, where few were measured. Only the program's own team is shown them:
    /// for any other audience nothing changes.
    #[must_use]
    pub const fn each_person(mut self) -> Self {
        self.each_person = true;
        self
    }

    /// When a person completes the program.
    #[must_use]
    pub fn completion(mut self, completion: Completion) -> Self {
        self.completion = Some(completion);
        self
    }
}

fn follow_each_other(timepoints: &[Timepoint]) -> Result<(), PlanError> {
    let mut codes = BTreeSet::new();
    let mut latest = 0;
    for timepoint in timepoints {
        let code = timepoint.code.clone();
        if timepoint.session < latest {
            return Err(PlanError::TimepointsOutOfOrder { code });
        }
        latest = timepoint.session;
        if !codes.insert(&timepoint.code) {
            return Err(PlanError::TimepointTwice { code });
        }
    }
    Ok(())
}

/// An interpretation as a report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: Code,
    /// The people it was studied with.
    pub population: String,
    /// Where anyone can read it.
    pub source: String,
    /// How well it was checked.
    pub evidence: Evidence,
}

impl From<Interpretation<'_>> for Named {
    fn from(interpretation: Interpretation<'_>) -> Self {
        let provenance = interpretation.provenance();
        Self {
            id: provenance.id.clone(),
            population: provenance.population.clone(),
            source: provenance.source.clone(),
            evidence: provenance.evidence,
        }
    }
}
