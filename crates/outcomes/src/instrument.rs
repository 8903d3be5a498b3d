//! A questionnaire that can be scored: a checked definition.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::{
    Answer, Asks, Bands, Better, ChangeThreshold, Condition, Context, CutOff, Evidence, Faults,
    InstrumentError, Interpretation, Levels, Points, Reading, SafetyAnswer, Scored,
    definition::{
        AnswerDefinition, Coding, Combine, Conversion, CountDefinition, Definition, Gate, Rights,
        SafetyItem, ScaleDefinition, ScoringDefinition,
    },
};

/// A questionnaire: how it is scored, what its totals are taken to mean, whose its words are.
///
/// Built from TOML or from Rust through the same checks, so a value that exists can be scored.
/// The wording of items is not part of it: see [`crate::wording`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Definition", into = "Definition")]
pub struct Instrument {
    definition: Definition,
    scoring: Scoring,
}

/// How an instrument is scored; checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoring {
    // Invariants: 1 <= items; every range has two codes at least; every named item is one of them;
    // every named scale, count and conversion is there; all figures fit in `Points`.
    raw: ScoringDefinition,
    // The lowest and highest points of the total (under no id), of each scale and conversion.
    ranges: BTreeMap<Option<Code>, (Points, Points)>,
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

    /// What its plain answer says.
    #[must_use]
    pub const fn answer(&self) -> Option<&AnswerDefinition> {
        self.definition.answer.as_ref()
    }

    /// All interpretations.
    pub fn interpretations(&self) -> impl Iterator<Item = Interpretation<'_>> {
        let bands = self.definition.bands.iter().map(Interpretation::Bands);
        let cuts = self.definition.cut_offs.iter().map(Interpretation::CutOff);
        let levels = self.definition.levels.iter().map(Interpretation::Levels);
        let changes = self.definition.changes.iter().map(Interpretation::Change);
        bands.chain(cuts).chain(levels).chain(changes)
    }

    /// The interpretation of an id.
    #[must_use]
    pub fn interpretation(&self, id: &Code) -> Option<Interpretation<'_>> {
        self.interpretations().find(|found| found.provenance().id == *id)
    }

    /// Those used when nobody chooses, for a person of whom so much is known.
    pub fn defaults<'a>(
        &'a self,
        context: &'a Context,
    ) -> impl Iterator<Item = Interpretation<'a>> {
        let applies = |found: &Interpretation<'_>| found.when().is_none_or(|it| context.says(it));
        self.interpretations()
            .filter(|found| found.provenance().default)
            .filter(move |found| applies(found))
    }

    /// What its gates and readings ask of a person.
    #[must_use]
    pub fn asks(&self) -> Asks {
        let gates = self.scoring.gates().iter().filter_map(|gate| match &gate.when {
            Condition::Context(fact) => Some(fact),
            Condition::Item { .. } => None,
        });
        Asks::of(gates.chain(self.interpretations().filter_map(|found| found.when())))
    }

    /// Under which names something is asked for and not told, or not in a way that is known, so that a
    /// default reading is not made, or answers count as missing that may not concern the person.
    #[must_use]
    pub fn not_told(&self, answers: &[Answer], context: &Context) -> BTreeSet<Code> {
        let asks = self.asks();
        if asks.is_empty() {
            return BTreeSet::new();
        }
        let untold = |name: &Code| !asks.is_told(name, context);
        let mut names = BTreeSet::new();
        let defaults: Vec<_> =
            self.interpretations().filter(|found| found.provenance().default).collect();
        for found in &defaults {
            let of_one_kind = |other: &&Interpretation<'_>| {
                std::mem::discriminant(*other) == std::mem::discriminant(found)
                    && other.on() == found.on()
            };
            let applies =
                |other: &Interpretation<'_>| other.when().is_none_or(|when| context.says(when));
            if !defaults.iter().filter(of_one_kind).any(applies) {
                names.extend(found.when().map(|when| when.context.clone()).filter(untold));
            }
        }
        let is_missing = |item: &u8| {
            let place = usize::from(*item).checked_sub(1);
            place.and_then(|at| answers.get(at)).is_none_or(|answer| answer.given().is_none())
        };
        for gate in self.scoring.gates() {
            if let Condition::Context(fact) = &gate.when {
                let told_oddly = context.get(&fact.context).is_some();
                if untold(&fact.context) && (told_oddly || gate.closes.iter().any(is_missing)) {
                    names.insert(fact.context.clone());
                }
            }
        }
        names
    }

    /// The bands of the total used when nobody chooses, for everybody.
    #[must_use]
    pub fn default_bands(&self) -> Option<&Bands> {
        let total = |bands: &&Bands| bands.on.is_none() && bands.when.is_none();
        self.definition.bands.iter().filter(total).find(|bands| bands.provenance.default)
    }

    /// The cut-off of the total used when nobody chooses, for everybody.
    #[must_use]
    pub fn default_cut_off(&self) -> Option<&CutOff> {
        let total = |cut: &&CutOff| cut.on.is_none() && cut.when.is_none();
        self.definition.cut_offs.iter().filter(total).find(|cut| cut.provenance.default)
    }

    /// The threshold of change of the total used when nobody chooses.
    #[must_use]
    pub fn default_change(&self) -> Option<&ChangeThreshold> {
        let total = |change: &&ChangeThreshold| change.on.is_none();
        self.definition.changes.iter().filter(total).find(|change| change.provenance.default)
    }

    /// The levels used when nobody chooses, for everybody.
    #[must_use]
    pub fn default_levels(&self) -> Option<&Levels> {
        let all = |levels: &&Levels| levels.when.is_none();
        self.definition.levels.iter().filter(all).find(|levels| levels.provenance.default)
    }

    /// What a scored sheet says by one of this instrument's interpretations. A threshold of
    /// change reads two sheets and never one.
    #[must_use]
    pub fn read(&self, by: Interpretation<'_>, scored: &Scored) -> Option<Reading> {
        let points = || scored.figure(by.on());
        let places = self.scoring.figure_places(by.on());
        match by {
            Interpretation::Bands(bands) => bands.read_points(points()?, places),
            Interpretation::CutOff(cut) => Some(cut.read_points(points()?, places)),
            Interpretation::Levels(levels) => levels
                .read(|id| scored.count(id))
                .or_else(|| levels.settled(|id| self.raised_in(id, scored))),
            Interpretation::Change(_) => None,
        }
    }

    /// How many safety items of a count are raised and reach it, whatever becomes of the other items.
    fn raised_in(&self, count: &Code, scored: &Scored) -> u8 {
        let raw = self.scoring.raw();
        let Some(count) = raw.counts.iter().find(|found| found.id == *count) else { return 0 };
        let reaches = |answer: &&SafetyAnswer| match answer {
            SafetyAnswer::Raised { item, value } => {
                count.items.contains(item)
                    && i64::from(count.threshold(*item)) <= keyed(raw, *item, *value)
            }
            SafetyAnswer::NotRaised { .. }
            | SafetyAnswer::Skipped { .. }
            | SafetyAnswer::Unknown { .. } => false,
        };
        u8::try_from(scored.safety.iter().filter(reaches).count()).unwrap_or(u8::MAX)
    }
}

impl Scoring {
    pub(crate) const fn new(
        raw: ScoringDefinition,
        ranges: BTreeMap<Option<Code>, (Points, Points)>,
    ) -> Self {
        Self { raw, ranges }
    }

    pub(crate) const fn raw(&self) -> &ScoringDefinition {
        &self.raw
    }

    /// How many items there are, at least one.
    #[must_use]
    pub const fn items(&self) -> u8 {
        self.raw.items
    }

    /// The lowest and the highest raw code of any item.
    #[must_use]
    pub fn codes(&self) -> (i16, i16) {
        let ranges = (1..=self.raw.items).map(|item| self.codes_of(item));
        ranges.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))).unwrap_or_default()
    }

    /// The lowest and the highest raw code of an item.
    #[must_use]
    pub fn codes_of(&self, item: u8) -> (i16, i16) {
        codes_of(&self.raw, item)
    }

    /// Whether a total is made.
    #[must_use]
    pub const fn has_total(&self) -> bool {
        !matches!(self.raw.combine, Combine::Nothing)
    }

    /// The lowest and the highest total, in points; both nothing where no total is made.
    #[must_use]
    pub fn range(&self) -> (Points, Points) {
        self.figure_range(None).unwrap_or((Points::ZERO, Points::ZERO))
    }

    /// The lowest and the highest points of a scale or conversion, or of the total.
    #[must_use]
    pub fn figure_range(&self, figure: Option<&Code>) -> Option<(Points, Points)> {
        self.ranges.get(&figure.cloned()).copied()
    }

    /// To how many decimal places bands and cut-offs round a scale, a conversion or the total.
    #[must_use]
    pub fn figure_places(&self, figure: Option<&Code>) -> u8 {
        let Some(id) = figure else { return self.raw.places };
        let scale = self.raw.scales.iter().find(|scale| scale.id == *id).map(|scale| scale.places);
        let conversion = || self.raw.conversions.iter().find(|conversion| conversion.id == *id);
        scale.or_else(|| conversion().and_then(|conversion| conversion.places)).unwrap_or(4)
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(&self) -> Better {
        self.raw.better
    }

    /// The items that are reversed before they are combined.
    #[must_use]
    pub fn reversed(&self) -> &[u8] {
        &self.raw.reversed
    }

    /// How many answers may be missing, where the sheet has a limit of its own.
    #[must_use]
    pub const fn missing_up_to(&self) -> Option<u8> {
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

    /// Answers and facts that close other items.
    #[must_use]
    pub fn gates(&self) -> &[Gate] {
        &self.raw.gates
    }

    /// Parts of the items that are scored by themselves.
    #[must_use]
    pub fn scales(&self) -> &[ScaleDefinition] {
        &self.raw.scales
    }

    /// What is counted.
    #[must_use]
    pub fn counts(&self) -> &[CountDefinition] {
        &self.raw.counts
    }

    /// The total on other footings.
    #[must_use]
    pub fn conversions(&self) -> &[Conversion] {
        &self.raw.conversions
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
}

/// The lowest and the highest raw code of an item.
pub(crate) fn codes_of(raw: &ScoringDefinition, item: u8) -> (i16, i16) {
    let own = raw.ranges.iter().find(|range| range.items.contains(&item));
    own.map_or((raw.lowest, raw.highest), |range| (range.lowest, range.highest))
}

/// A raw code, reversed where its item is.
pub(crate) fn keyed(raw: &ScoringDefinition, item: u8, code: i16) -> i64 {
    if raw.reversed.contains(&item) {
        let (lowest, highest) = codes_of(raw, item);
        i64::from(lowest) + i64::from(highest) - i64::from(code)
    } else {
        i64::from(code)
    }
}

impl TryFrom<Definition> for Instrument {
    type Error = Faults;
    fn try_from(definition: Definition) -> Result<Self, Faults> {
        let scoring = crate::check::check(&definition)?;
        Ok(Self { definition, scoring })
    }
}

impl From<Instrument> for Definition {
    fn from(instrument: Instrument) -> Self {
        instrument.definition
    }
}
