//! What points are taken to mean: bands, cut-offs and change thresholds, each with its source.

use std::{cmp::Ordering, collections::BTreeMap};

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::{ContextIs, Points, Score};

/// How well a figure from the world was checked before it came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Quoted from memory or not found: never a default, and shown as such.
    Unverified,
    /// Read in a public source that repeats the original.
    Secondary,
    /// Read in the source named.
    Read,
}

/// Where an interpretation comes from and whom it was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Its id; every reading carries it, and only readings of one id are compared.
    pub id: Code,
    /// The people it was studied with.
    pub population: String,
    /// Where anyone can read it.
    pub source: String,
    /// How well it was checked.
    pub evidence: Evidence,
    /// Whether it is used when nobody chooses.
    pub default: bool,
}

/// One band and the total that opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// The code of the band.
    pub band: Code,
    /// The lowest total in it, after rounding.
    pub from: Points,
}

/// Bands of severity: ascending edges, the first at the lowest total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "written::Bands", into = "written::Bands")]
pub struct Bands {
    /// Id, source, population.
    pub provenance: Provenance,
    /// The scale or conversion it reads; the total where there is none.
    pub on: Option<Code>,
    /// Whom it is for, where it is not for everybody.
    pub when: Option<ContextIs>,
    /// The bands, ascending.
    pub edges: Vec<Edge>,
}

/// On which side of a cut-off a total counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// At the cut-off or above.
    AtOrAbove,
    /// At the cut-off or below.
    AtOrBelow,
}

/// A cut-off: a total at which a sheet "screens positive". It starts a conversation, no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "written::CutOff", into = "written::CutOff")]
pub struct CutOff {
    /// Id, source, population.
    pub provenance: Provenance,
    /// The scale or conversion it reads; the total where there is none.
    pub on: Option<Code>,
    /// Whom it is for, where it is not for everybody.
    pub when: Option<ContextIs>,
    /// The points at the cut.
    pub at: Points,
    /// Which side counts.
    pub side: Side,
}

impl CutOff {
    /// Whether the side that counts is that of the worse totals, by which way is better. Some cut-offs mark the good
    /// side: a PCL-5 of 28 or fewer.
    #[must_use]
    pub const fn marks_worse(&self, better: crate::Better) -> bool {
        self.side.is_worse(better)
    }
}

impl Side {
    /// Whether it is the side of the worse totals, by which way is better.
    #[must_use]
    pub const fn is_worse(self, better: crate::Better) -> bool {
        matches!(
            (self, better),
            (Self::AtOrAbove, crate::Better::Lower) | (Self::AtOrBelow, crate::Better::Higher)
        )
    }
}

/// A change, in points, that is larger than the noise of the instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "written::ChangeThreshold", into = "written::ChangeThreshold")]
pub struct ChangeThreshold {
    /// Id, source, population.
    pub provenance: Provenance,
    /// The scale or conversion whose change it weighs; the total where there is none.
    pub on: Option<Code>,
    /// A change of so many points or more counts.
    pub points: Points,
}

/// One level and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The code of the level.
    pub level: Code,
    /// How many items each count must reach, all of them. The lowest level takes nothing.
    #[serde(default)]
    pub needs: BTreeMap<Code, u8>,
}

/// Ordered levels by counting; the highest whose needs are met is the level. Never a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "written::Levels", into = "written::Levels")]
pub struct Levels {
    /// Id, source, population.
    pub provenance: Provenance,
    /// Whom they are for, where they are not for everybody.
    pub when: Option<ContextIs>,
    /// The levels, ascending; the first needs nothing.
    pub steps: Vec<Step>,
}

/// One of the four kinds of interpretation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interpretation<'a> {
    /// Bands of severity.
    Bands(&'a Bands),
    /// A cut-off.
    CutOff(&'a CutOff),
    /// A threshold of change.
    Change(&'a ChangeThreshold),
    /// Levels by counting.
    Levels(&'a Levels),
}

impl<'a> Interpretation<'a> {
    /// Where it comes from.
    #[must_use]
    pub const fn provenance(self) -> &'a Provenance {
        match self {
            Self::Bands(bands) => &bands.provenance,
            Self::CutOff(cut) => &cut.provenance,
            Self::Change(change) => &change.provenance,
            Self::Levels(levels) => &levels.provenance,
        }
    }

    /// The scale or conversion it reads; the total, or counts, where there is none.
    #[must_use]
    pub const fn on(self) -> Option<&'a Code> {
        match self {
            Self::Bands(bands) => bands.on.as_ref(),
            Self::CutOff(cut) => cut.on.as_ref(),
            Self::Change(change) => change.on.as_ref(),
            Self::Levels(_) => None,
        }
    }

    /// Whom it is for, where it is not for everybody.
    #[must_use]
    pub const fn when(self) -> Option<&'a ContextIs> {
        match self {
            Self::Bands(bands) => bands.when.as_ref(),
            Self::CutOff(cut) => cut.when.as_ref(),
            Self::Levels(levels) => levels.when.as_ref(),
            Self::Change(_) => None,
        }
    }
}

/// A total read by one interpretation: a band, and its place in the order of bands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reading {
    /// The interpretation that reads so.
    pub interpretation: Code,
    /// The band, or the side of the cut-off.
    pub band: Code,
    /// Its place in ascending order of points, from 0.
    pub rank: u8,
}

/// Two readings by different interpretations, which say nothing about each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("readings by `{left}` and by `{right}` are not compared")]
pub struct DifferentInterpretations {
    /// The one.
    pub left: Code,
    /// The other.
    pub right: Code,
}

impl commons::Refused for DifferentInterpretations {
    fn code(&self) -> &'static str {
        "reading.different_interpretations"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "Read both totals by the same interpretation, then compare."
    }
}

impl Reading {
    /// Whether this reading is of fewer or more points than another.
    ///
    /// # Errors
    ///
    /// [`DifferentInterpretations`] unless both were read by the same one: 10 and more in Ohio
    /// and 11 and more in Harare are two questions.
    pub fn compare(&self, other: &Self) -> Result<Ordering, DifferentInterpretations> {
        if self.interpretation == other.interpretation {
            Ok(self.rank.cmp(&other.rank))
        } else {
            Err(DifferentInterpretations {
                left: self.interpretation.clone(),
                right: other.interpretation.clone(),
            })
        }
    }
}

/// The code of a total that a cut-off does not count.
const NOT_COUNTED: Code = Code::of("not_at_cut_off");
/// The code of a total that a cut-off counts.
const COUNTED: Code = Code::of("at_cut_off");

impl Bands {
    /// The band of a total, where there is one.
    #[must_use]
    pub fn read(&self, score: &Score, places: u8) -> Option<Reading> {
        self.read_points(score.points()?, places)
    }

    /// The band of so many points, where there is one.
    #[must_use]
    pub fn read_points(&self, points: Points, places: u8) -> Option<Reading> {
        let rank = self.rank(points, places)?;
        Some(Reading {
            interpretation: self.provenance.id.clone(),
            band: self.edges.get(usize::from(rank))?.band.clone(),
            rank,
        })
    }

    /// The place of a total among the bands, from 0.
    #[must_use]
    pub fn rank(&self, points: Points, places: u8) -> Option<u8> {
        let rounded = points.rounded(places);
        let reached = self.edges.iter().take_while(|edge| edge.from <= rounded).count();
        u8::try_from(reached.checked_sub(1)?).ok()
    }

    /// The codes of the bands, ascending.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.edges.iter().map(|edge| &edge.band)
    }
}

impl CutOff {
    /// Whether a total counts, rounded half up to so many places.
    #[must_use]
    pub fn counts(&self, points: Points, places: u8) -> bool {
        let rounded = points.rounded(places);
        match self.side {
            Side::AtOrAbove => self.at <= rounded,
            Side::AtOrBelow => rounded <= self.at,
        }
    }

    /// The side of the cut-off on which a score lies, where there is one.
    #[must_use]
    pub fn read(&self, score: &Score, places: u8) -> Option<Reading> {
        Some(self.read_points(score.points()?, places))
    }

    /// The side of the cut-off on which so many points lie.
    #[must_use]
    pub fn read_points(&self, points: Points, places: u8) -> Reading {
        let [low, high] = self.codes();
        let rank = self.rank(points, places);
        Reading {
            interpretation: self.provenance.id.clone(),
            band: if rank == 0 { low } else { high },
            rank,
        }
    }

    /// The place of a total in ascending order of points: 0 below the line, 1 above it.
    #[must_use]
    pub fn rank(&self, points: Points, places: u8) -> u8 {
        let counts = self.counts(points, places);
        u8::from(counts == (self.side == Side::AtOrAbove))
    }

    /// The rule in signs, such as `>= 10`.
    #[must_use]
    pub fn rule(&self) -> String {
        match self.side {
            Side::AtOrAbove => format!(">= {}", self.at.decimal()),
            Side::AtOrBelow => format!("<= {}", self.at.decimal()),
        }
    }

    /// The codes of the two sides, in ascending order of points.
    #[must_use]
    pub fn codes(&self) -> [Code; 2] {
        match self.side {
            Side::AtOrAbove => [NOT_COUNTED, COUNTED],
            Side::AtOrBelow => [COUNTED, NOT_COUNTED],
        }
    }
}

impl Levels {
    /// The highest level whose needs are met, where all counts it asks for are known.
    #[must_use]
    pub fn read(&self, count: impl Fn(&Code) -> Option<u8>) -> Option<Reading> {
        let mut reached = None;
        for (step, rank) in self.steps.iter().zip(0_u8..) {
            let mut met = true;
            for (id, least) in &step.needs {
                met &= *least <= count(id)?;
            }
            if met {
                reached = Some((step.level.clone(), rank));
            }
        }
        let (band, rank) = reached?;
        Some(Reading { interpretation: self.provenance.id.clone(), band, rank })
    }

    /// The highest level, where what is surely counted meets its needs: no other answer can change it.
    #[must_use]
    pub fn settled(&self, at_least: impl Fn(&Code) -> u8) -> Option<Reading> {
        let (last, before) = self.steps.split_last()?;
        let met = last.needs.iter().all(|(id, least)| *least <= at_least(id));
        let rank = u8::try_from(before.len()).ok()?;
        (met && !last.needs.is_empty()).then(|| Reading {
            interpretation: self.provenance.id.clone(),
            band: last.level.clone(),
            rank,
        })
    }
}

/// What became of one person's total between two sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// Better by the threshold or more.
    Improved,
    /// Changed by less than the threshold.
    Unchanged,
    /// Worse by the threshold or more.
    Worse,
}

impl ChangeThreshold {
    /// What a change of `after - before` points amounts to.
    ///
    /// Exact totals are compared, not rounded ones; the threshold itself counts (`>=`), as in the
    /// NHS Talking Therapies definitions, whose thresholds were rounded up beforehand.
    #[must_use]
    pub fn shift(&self, before: Points, after: Points, better: crate::Better) -> Shift {
        let rise = |from: Points, to: Points| {
            // to - from >= threshold, over the common denominator.
            let (fd, td) = (i128::from(from.denominator()), i128::from(to.denominator()));
            let difference = i128::from(to.numerator()) * fd - i128::from(from.numerator()) * td;
            let (num, den) = (self.points.numerator(), self.points.denominator());
            difference * i128::from(den) >= i128::from(num) * fd * td
        };
        let (up, down) = (rise(before, after), rise(after, before));
        match (up, down, better) {
            (true, false, crate::Better::Higher) | (false, true, crate::Better::Lower) => {
                Shift::Improved
            }
            (false, true, crate::Better::Higher) | (true, false, crate::Better::Lower) => {
                Shift::Worse
            }
            (true, true, _) | (false, false, _) => Shift::Unchanged,
        }
    }
}

/// The shapes in a file: provenance and figures side by side, and nothing unknown among them.
mod written {
    use commons::Code;
    use serde::{Deserialize, Serialize};

    use super::{Edge, Evidence, Provenance, Side, Step};
    use crate::{ContextIs, Points};

    macro_rules! written {
        ($name:ident { $($field:ident: $type:ty),+ }) => {
            #[derive(Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name {
                id: Code,
                population: String,
                source: String,
                evidence: Evidence,
                #[serde(default)]
                default: bool,
                $($field: $type,)+
            }

            impl From<$name> for super::$name {
                fn from(written: $name) -> Self {
                    Self {
                        provenance: Provenance {
                            id: written.id,
                            population: written.population,
                            source: written.source,
                            evidence: written.evidence,
                            default: written.default,
                        },
                        $($field: written.$field,)+
                    }
                }
            }

            impl From<super::$name> for $name {
                fn from(known: super::$name) -> Self {
                    Self {
                        id: known.provenance.id,
                        population: known.provenance.population,
                        source: known.provenance.source,
                        evidence: known.provenance.evidence,
                        default: known.provenance.default,
                        $($field: known.$field,)+
                    }
                }
            }
        };
    }

    written!(Bands { on: Option<Code>, when: Option<ContextIs>, edges: Vec<Edge> });
    written!(CutOff { on: Option<Code>, when: Option<ContextIs>, at: Points, side: Side });
    written!(ChangeThreshold { on: Option<Code>, points: Points });
    written!(Levels { when: Option<ContextIs>, steps: Vec<Step> });
}
