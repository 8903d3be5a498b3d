//! What can be wrong with a definition.

use commons::Code;

use crate::Points;

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
    #[error("{list} names item {item}, but there are {items} items, counted from 1")]
    NoSuchItem {
        /// The list that names it.
        list: String,
        /// As written.
        item: u8,
        /// How many there are.
        items: u8,
    },
    /// An item named twice in one list.
    #[error("{list} names item {item} twice")]
    ItemTwice {
        /// The list that names it.
        list: String,
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
    /// A sum or a mean that does not say what becomes of missing answers.
    #[error("a sum or a mean says how many answers may be missing (`missing_up_to`)")]
    NoMissingRule,
    /// Missing answers would stand at the mean of items with other codes.
    #[error(
        "`{id}` lets answers be missing, and its items have not all the same codes: no mean stands for them"
    )]
    MixedRanges {
        /// The scale, or the instrument.
        id: Code,
    },
    /// The multiplier is nothing or less.
    #[error("a total is multiplied by more than 0")]
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
    /// A list of items that is empty.
    #[error("`{id}` names no items")]
    NoneNamed {
        /// The scale, count or instrument.
        id: Code,
    },
    /// A gate that closes the item it asks.
    #[error("a gate closes item {item}, by whose answer it closes")]
    GateOnItself {
        /// The item.
        item: u8,
    },
    /// A condition on an answer that the item does not have.
    #[error("a gate asks whether item {item} is {is}, which is not among its codes")]
    GateNeverCloses {
        /// The item.
        item: u8,
        /// As written.
        is: i16,
    },
    /// A closed item that would count something.
    #[error(
        "item {item} counts nothing when a gate closes it, so its lowest code is 0 and it is not reversed"
    )]
    ClosedNotZero {
        /// The item.
        item: u8,
    },
    /// A count from a code that no answer, or every answer, reaches.
    #[error(
        "`{id}` counts item {item} from {from}, which is not above its lowest code and up to its highest"
    )]
    CountOutOfRange {
        /// The count.
        id: Code,
        /// The item.
        item: u8,
        /// As written.
        from: i16,
    },
    /// A scale, conversion or count that is not there.
    #[error("`{id}` is named, and is none of this instrument's")]
    NoSuchFigure {
        /// As written.
        id: Code,
    },
    /// A conversion that is neither a line nor a table, or both.
    #[error("`{id}` is a line (`times`, `plus`) or a table, one of them")]
    LineOrTable {
        /// The conversion.
        id: Code,
    },
    /// A table with rows too few, too many or out of order.
    #[error("the table of `{id}` has not one row for each whole total from {lowest} to {highest}")]
    TableRows {
        /// The conversion.
        id: Code,
        /// The lowest total.
        lowest: Points,
        /// The highest total.
        highest: Points,
    },
    /// A table that prorated totals would fall through.
    #[error("`{id}` reads whole totals, so no answer may be missing")]
    TableNeedsComplete {
        /// The conversion.
        id: Code,
    },
    /// Something that reads a total where there is none.
    #[error("`{id}` reads the total, and this instrument makes none")]
    NoTotal {
        /// The interpretation or conversion.
        id: Code,
    },
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
    /// Two of one id.
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
    /// Two defaults of one kind, for the same figure and the same people.
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
    /// Levels that do not begin with nothing and go on with something.
    #[error("the first level of `{id}` needs nothing, and each after it something")]
    StepsOutOfOrder {
        /// The interpretation.
        id: Code,
    },
    /// A level that nobody or everybody reaches.
    #[error("`{id}` needs {needs} of `{count}`, which has {items} items")]
    NeedsTooMany {
        /// The interpretation.
        id: Code,
        /// The count.
        count: Code,
        /// As written.
        needs: u8,
        /// How many items it has.
        items: usize,
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
    /// An answer by an interpretation that is not there, or of another kind.
    #[error("the answer names `{id}`, which is no reading of that kind here")]
    NoSuchReading {
        /// As written.
        id: Code,
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

/// What is wrong with the shape of a TOML file, in one line and without the names of types.
#[must_use]
pub fn in_plain_words(shape: &toml::de::Error) -> String {
    let words = [
        ("\n", " "),
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected i16", "expected a whole number from -32768 to 32767"),
        ("expected struct", "expected a table:"),
        ("expected a sequence", "expected a list in [ ]"),
        ("unknown variant", "unknown word"),
    ];
    let said = shape.message().trim_end().to_owned();
    words.iter().fold(said, |said, (from, to)| said.replace(from, to))
}
