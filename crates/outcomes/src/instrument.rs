//! A questionnaire that can be scored: a checked definition.

use std::collections::BTreeSet;

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::definition::{Coding, Combine, Definition, Rights, SafetyItem, ScoringDefinition};
use crate::{Bands, Better, ChangeThreshold, CutOff, Evidence, Interpretation, Points};

/// A questionnaire: how it is scored, what its totals are taken to mean, whose its words are.
///
/// Built from TOML or from Rust through the same checks, so a value that exists can be scored.
/// The wording of items is not part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Definition", into = "Definition")]
pub struct Instrument {
    definition: Definition,
    scoring: Scoring,
}

/// How an instrument is scored; checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoring {
    // Invariants: 1 <= items; lowest < highest; every named item is one of them;
    // missing_up_to < items; 1 <= times; the whole range fits in `Points`.
    raw: ScoringDefinition,
    lowest_total: Points,
    highest_total: Points,
}

/// One thing that is wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// There is nothing to answer.
    #[error("an instrument has at least one item")]
    NoItems,
    /// No code is above the lowest.
    #[error("the highest code {highest} is not above the lowest code {lowest}")]
    EmptyRange {
        /// As written.
        lowest: i16,
        /// As written.
        highest: i16,
    },
    /// An item that the questionnaire does not have.
    #[error("item {item} is named, but there are {items} items, counted from 1")]
    NoSuchItem {
        /// As written.
        item: u8,
        /// How many there are.
        items: u8,
    },
    /// An item named twice in one list.
    #[error("item {item} is named twice")]
    ItemTwice {
        /// Its place.
        item: u8,
    },
    /// A safety threshold that no answer, or every answer, reaches.
    #[error(
        "safety item {item} is raised from {raised_from}, which is not above the lowest code and up to the highest"
    )]
    SafetyOutOfRange {
        /// Its place.
        item: u8,
        /// As written.
        raised_from: i16,
    },
    /// A sheet with no answer would be scored.
    #[error("{missing} missing answers are allowed of {items} items")]
    AllMissing {
        /// As written.
        missing: u8,
        /// How many items there are.
        items: u8,
    },
    /// The multiplier is zero.
    #[error("a total is multiplied by 1 or more")]
    TimesZero,
    /// More decimal places than a band can tell apart.
    #[error("totals are rounded to {places} places; 4 at most")]
    TooManyPlaces {
        /// As written.
        places: u8,
    },
    /// Totals that do not fit.
    #[error("the totals of this instrument are too large to be kept exactly")]
    TooLarge,
    /// A rule without an address.
    #[error("`{id}` says no source")]
    NoSource {
        /// The interpretation, or the instrument itself.
        id: Code,
    },
    /// A reading that does not say with whom it was studied.
    #[error("`{id}` says no population")]
    NoPopulation {
        /// The interpretation.
        id: Code,
    },
    /// Two interpretations of one id.
    #[error("the id `{id}` is used twice")]
    IdTwice {
        /// The id.
        id: Code,
    },
    /// Something unverified that would be used when nobody chooses.
    #[error("`{id}` is unverified, so it cannot be the default")]
    UnverifiedDefault {
        /// The interpretation.
        id: Code,
    },
    /// Two defaults of one kind.
    #[error("`{id}` is a second default of its kind")]
    TwoDefaults {
        /// The second one.
        id: Code,
    },
    /// Bands that do not begin at the lowest total or do not ascend.
    #[error("the bands of `{id}` do not start at {lowest} and ascend")]
    BandsOutOfOrder {
        /// The interpretation.
        id: Code,
        /// The lowest total.
        lowest: Points,
    },
    /// A number of points that no sheet can have.
    #[error("`{id}` names {points} points, outside {lowest} to {highest}")]
    OutsideRange {
        /// The interpretation.
        id: Code,
        /// As written.
        points: Points,
        /// The lowest total.
        lowest: Points,
        /// The highest total.
        highest: Points,
    },
    /// Not one code for each item.
    #[error("{found} item codes for {items} items")]
    CodesMissing {
        /// How many codes there are.
        found: usize,
        /// How many items there are.
        items: u8,
    },
}

/// Everything that is wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Faults(pub Vec<Fault>);

/// Why a text is not an instrument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InstrumentError {
    /// It is not TOML of the right shape; the message says line and column.
    #[error("not an instrument file")]
    Shape(#[source] Box<toml::de::Error>),
    /// It says something that cannot be.
    #[error(transparent)]
    Faults(#[from] Faults),
}

impl Instrument {
    /// Reads an instrument from TOML.
    ///
    /// # Errors
    ///
    /// [`InstrumentError::Shape`] when it does not parse, [`InstrumentError::Faults`] with all that
    /// is wrong when it does.
    pub fn from_toml(text: &str) -> Result<Self, InstrumentError> {
        let definition: Definition =
            toml::from_str(text).map_err(|error| InstrumentError::Shape(Box::new(error)))?;
        Ok(Self::try_from(definition)?)
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> &Code {
        &self.definition.id
    }

    /// The version of its definition.
    #[must_use]
    pub const fn version(&self) -> &Code {
        &self.definition.version
    }

    /// Its proper name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.definition.name
    }

    /// How it is scored.
    #[must_use]
    pub const fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// Whose its wording is.
    #[must_use]
    pub const fn rights(&self) -> &Rights {
        &self.definition.rights
    }

    /// Public codes, where they were confirmed.
    #[must_use]
    pub const fn codes(&self) -> Option<&Coding> {
        self.definition.codes.as_ref()
    }

    /// All interpretations.
    pub fn interpretations(&self) -> impl Iterator<Item = Interpretation<'_>> {
        let bands = self.definition.bands.iter().map(Interpretation::Bands);
        let cuts = self.definition.cut_offs.iter().map(Interpretation::CutOff);
        bands.chain(cuts).chain(self.definition.changes.iter().map(Interpretation::Change))
    }

    /// The interpretation of an id.
    #[must_use]
    pub fn interpretation(&self, id: &Code) -> Option<Interpretation<'_>> {
        self.interpretations().find(|found| found.provenance().id == *id)
    }

    /// The bands used when nobody chooses.
    #[must_use]
    pub fn default_bands(&self) -> Option<&Bands> {
        self.definition.bands.iter().find(|bands| bands.provenance.default)
    }

    /// The cut-off used when nobody chooses.
    #[must_use]
    pub fn default_cut_off(&self) -> Option<&CutOff> {
        self.definition.cut_offs.iter().find(|cut| cut.provenance.default)
    }

    /// The threshold of change used when nobody chooses.
    #[must_use]
    pub fn default_change(&self) -> Option<&ChangeThreshold> {
        self.definition.changes.iter().find(|change| change.provenance.default)
    }
}

impl Scoring {
    /// How many items there are, at least one.
    #[must_use]
    pub const fn items(&self) -> u8 {
        self.raw.items
    }

    /// The lowest and the highest raw code.
    #[must_use]
    pub const fn codes(&self) -> (i16, i16) {
        (self.raw.lowest, self.raw.highest)
    }

    /// The lowest and the highest total, in points.
    #[must_use]
    pub const fn range(&self) -> (Points, Points) {
        (self.lowest_total, self.highest_total)
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(&self) -> Better {
        self.raw.better
    }

    /// How many answers may be missing.
    #[must_use]
    pub const fn missing_up_to(&self) -> u8 {
        self.raw.missing_up_to
    }

    /// To how many decimal places bands and cut-offs round a total.
    #[must_use]
    pub const fn places(&self) -> u8 {
        self.raw.places
    }

    /// The items that must reach the safety protocol.
    #[must_use]
    pub fn safety(&self) -> &[SafetyItem] {
        &self.raw.safety
    }

    /// Whether an item, counted from 1, must reach the safety protocol.
    #[must_use]
    pub fn is_safety_item(&self, item: u8) -> bool {
        self.raw.safety.iter().any(|safety| safety.item == item)
    }

    /// Where the rule can be read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.raw.source
    }

    /// How well the rule was checked.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.raw.evidence
    }

    /// A raw code, reversed where its item is.
    pub(crate) fn keyed(&self, item: u8, code: i16) -> i64 {
        if self.raw.reversed.contains(&item) {
            i64::from(self.raw.lowest) + i64::from(self.raw.highest) - i64::from(code)
        } else {
            i64::from(code)
        }
    }

    /// The total of a sum over so many answered items, the others standing at their mean.
    pub(crate) fn total(&self, sum: i64, answered: u8) -> Option<Points> {
        total(&self.raw, sum, answered)
    }
}

fn total(raw: &ScoringDefinition, sum: i64, answered: u8) -> Option<Points> {
    let times = i64::from(raw.times);
    let num = match raw.combine {
        Combine::Sum => sum * times * i64::from(raw.items),
        Combine::Mean => sum * times,
    };
    Points::ratio(num, i64::from(answered)).ok()
}

impl TryFrom<Definition> for Instrument {
    type Error = Faults;
    fn try_from(definition: Definition) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        scoring_faults(&definition, &mut faults);
        let raw = &definition.scoring;
        let ends = [raw.lowest, raw.highest]
            .map(|code| total(raw, i64::from(code) * i64::from(raw.items), raw.items));
        let [Some(lowest_total), Some(highest_total)] = ends else {
            if faults.is_empty() {
                faults.push(Fault::TooLarge);
            }
            return Err(Faults(faults));
        };
        provenance_faults(&definition, &mut faults);
        // A range that is wrong itself would blame every number beside it.
        if faults.is_empty() {
            interpretation_faults(&definition, (lowest_total, highest_total), &mut faults);
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let scoring = Scoring { raw: definition.scoring.clone(), lowest_total, highest_total };
        Ok(Self { definition, scoring })
    }
}

impl From<Instrument> for Definition {
    fn from(instrument: Instrument) -> Self {
        instrument.definition
    }
}

fn scoring_faults(definition: &Definition, faults: &mut Vec<Fault>) {
    let raw = &definition.scoring;
    let items = raw.items;
    if items == 0 {
        faults.push(Fault::NoItems);
    }
    if raw.highest <= raw.lowest {
        faults.push(Fault::EmptyRange { lowest: raw.lowest, highest: raw.highest });
    }
    named_items(items, raw.reversed.iter().copied(), faults);
    named_items(items, raw.safety.iter().map(|safety| safety.item), faults);
    for safety in &raw.safety {
        if safety.raised_from <= raw.lowest || raw.highest < safety.raised_from {
            faults.push(Fault::SafetyOutOfRange {
                item: safety.item,
                raised_from: safety.raised_from,
            });
        }
    }
    if items > 0 && items <= raw.missing_up_to {
        faults.push(Fault::AllMissing { missing: raw.missing_up_to, items });
    }
    if raw.times == 0 {
        faults.push(Fault::TimesZero);
    }
    if raw.places > 4 {
        faults.push(Fault::TooManyPlaces { places: raw.places });
    }
    if raw.source.trim().is_empty() {
        faults.push(Fault::NoSource { id: definition.id.clone() });
    }
    if let Some(codes) = &definition.codes
        && !codes.items.is_empty()
        && codes.items.len() != usize::from(items)
    {
        faults.push(Fault::CodesMissing { found: codes.items.len(), items });
    }
}

fn named_items(items: u8, named: impl Iterator<Item = u8>, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for item in named {
        if item == 0 || items < item {
            faults.push(Fault::NoSuchItem { item, items });
        }
        if !seen.insert(item) {
            faults.push(Fault::ItemTwice { item });
        }
    }
}

fn interpretation_faults(
    definition: &Definition,
    (lowest, highest): (Points, Points),
    faults: &mut Vec<Fault>,
) {
    let outside =
        |id: &Code, points: Points| Fault::OutsideRange { id: id.clone(), points, lowest, highest };
    for bands in &definition.bands {
        let id = &bands.provenance.id;
        let edges: Vec<Points> = bands.edges.iter().map(|edge| edge.from).collect();
        let ascends = edges.is_sorted_by(|left, right| left < right);
        if edges.first() != Some(&lowest) || !ascends || edges.len() > usize::from(u8::MAX) {
            faults.push(Fault::BandsOutOfOrder { id: id.clone(), lowest });
        }
        let beyond = edges.iter().filter(|edge| highest < **edge);
        faults.extend(beyond.map(|edge| outside(id, *edge)));
    }
    for cut in &definition.cut_offs {
        if cut.at < lowest || highest < cut.at {
            faults.push(outside(&cut.provenance.id, cut.at));
        }
    }
    for change in &definition.changes {
        // Invariant: the range is not empty, so a change has a largest size.
        let span = highest.to_f64() - lowest.to_f64();
        if change.points <= Points::ZERO || span < change.points.to_f64() {
            faults.push(outside(&change.provenance.id, change.points));
        }
    }
}

fn provenance_faults(definition: &Definition, faults: &mut Vec<Fault>) {
    let bands = definition.bands.iter().map(|bands| &bands.provenance);
    let cuts = definition.cut_offs.iter().map(|cut| &cut.provenance);
    let changes = definition.changes.iter().map(|change| &change.provenance);
    let mut ids = BTreeSet::new();
    for provenance in bands.clone().chain(cuts.clone()).chain(changes.clone()) {
        let id = provenance.id.clone();
        if provenance.source.trim().is_empty() {
            faults.push(Fault::NoSource { id: id.clone() });
        }
        if provenance.population.trim().is_empty() {
            faults.push(Fault::NoPopulation { id: id.clone() });
        }
        if provenance.default && provenance.evidence == Evidence::Unverified {
            faults.push(Fault::UnverifiedDefault { id: id.clone() });
        }
        if !ids.insert(id.clone()) {
            faults.push(Fault::IdTwice { id });
        }
    }
    let kinds: [Vec<_>; 3] = [bands.collect(), cuts.collect(), changes.collect()];
    for kind in kinds {
        let defaults = kind.iter().filter(|provenance| provenance.default);
        faults.extend(defaults.skip(1).map(|second| Fault::TwoDefaults { id: second.id.clone() }));
    }
}
