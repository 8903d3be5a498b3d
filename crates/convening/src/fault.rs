//! What is wrong with lists, and where.

use std::fmt;

use commons::{Code, Figures, Refused, Rule};
use interchange::Place;
use serde::Serialize;

/// Which list something is wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Those who are to sit.
    People,
    /// Those who can lead.
    Facilitators,
    /// Who sits where.
    Seats,
}

/// Something that is wrong with a list, in one place.
///
/// It tells places, codes and figures: no key, no name, and never which of the columns `together`, `apart` and `barred` it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListFault {
    list: Option<List>,
    place: Place,
    row: Option<usize>,
    kind: ListFaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ListFaultKind {
    /// The table or one of its cells cannot be read.
    #[error(transparent)]
    Table(interchange::FaultKind),
    /// Not a time of the week.
    #[error("not a time of the week")]
    NotATime,
    /// Not one of the words for company.
    #[error("not one of any, wished and needed")]
    NotACompany,
    /// Not one of the words for readiness.
    #[error("not one of yes, with support and no")]
    NotAReadiness,
    /// One of the two numbers of a spot is not there.
    #[error("a spot has two numbers")]
    HalfASpot,
    /// A spot off the map.
    #[error("a spot lies within {limit} units of the middle of the map")]
    OffTheMap {
        /// The furthest, in units of the map.
        limit: u32,
    },
    /// Two rows have the same key.
    #[error("the same key as an earlier row")]
    KeyTwice,
    /// Nobody has a key.
    #[error("a key that nobody has")]
    UnknownKey,
    /// Somebody is named beside themselves.
    #[error("somebody is named with themselves")]
    Oneself,
    /// Nobody can be of that age.
    #[error("nobody alive was born in that year")]
    NotBorn,
    /// The sex has to be known and is not.
    #[error("the sex is not said, and somebody sits among their own alone")]
    SexUnknown,
    /// There is nobody who is to sit.
    #[error("there is nobody to seat")]
    NobodyToSeat,
    /// There is nobody who can lead.
    #[error("there is nobody to lead")]
    NobodyToLead,
    /// No time is named at which a circle could begin.
    #[error("nobody who leads is free at a time that is named")]
    NoTimes,
    /// A team of another number than lead a circle.
    #[error("a team of {found}, where {wanted} lead a circle")]
    TeamSize {
        /// How many are in it.
        found: usize,
        /// How many lead a circle.
        wanted: usize,
    },
    /// A team whose members are of several places.
    #[error("a team is of one place")]
    TeamPlaces,
    /// Nobody leads together with so many.
    #[error("no {leaders} of those who lead share a place, a time and a language")]
    NoTeams {
        /// How many lead a circle.
        leaders: u8,
    },
    /// More people than are formed into circles at once.
    #[error("at most {limit} people, and as many who lead")]
    TooManyPeople {
        /// The most.
        limit: u32,
    },
    /// Circles could begin at too many different times.
    #[error("{found} different times at which circles could begin; at most {limit}")]
    TooManyTimes {
        /// How many there are.
        found: usize,
        /// The most.
        limit: usize,
    },
    /// Too many languages.
    #[error("{found} different languages; at most {limit}")]
    TooManyLanguages {
        /// How many there are.
        found: usize,
        /// The most.
        limit: usize,
    },
    /// Too many topics.
    #[error("{found} different topics; at most {limit}")]
    TooManyTopics {
        /// How many there are.
        found: usize,
        /// The most.
        limit: usize,
    },
    /// Too many needs.
    #[error("{found} different needs; at most {limit}")]
    TooManyNeeds {
        /// How many there are.
        found: usize,
        /// The most.
        limit: usize,
    },
    /// Too many kinds of one aspect.
    #[error("{found} different kinds of {aspect}; at most {limit}")]
    TooManyKinds {
        /// Of which aspect.
        aspect: Code,
        /// How many there are.
        found: usize,
        /// The most.
        limit: usize,
    },
    /// A circle that nobody leads.
    #[error("nobody leads this circle")]
    NotLed,
    /// Several who do not lead together.
    #[error("these do not lead together")]
    NotATeam,
    /// Rows of one circle say different things.
    #[error("another row of this circle, line {first}, says otherwise")]
    Disagrees {
        /// The line that says it first.
        first: u64,
    },
    /// No circle can begin at that time.
    #[error("no circle can begin at that time")]
    NoSuchTime,
    /// Nobody speaks that language.
    #[error("nobody of these lists speaks that language")]
    NoSuchLanguage,
    /// A column by a name that is nearly one of those that are known.
    #[error("no column that is known here; `{meant}`?")]
    ColumnMeant {
        /// What may be meant.
        meant: String,
    },
    /// Somebody is in the list of people and not in the table of seats.
    #[error("somebody of the list is not in the table of seats")]
    NotInTable,
}

/// Everything that is wrong with lists, by list, line and column.
///
/// The first [`ListFaults::MOST`] are kept; [`total`](Self::total) counts them all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFaults {
    list: Vec<ListFault>,
    total: usize,
}

/// What was read of a table, and everything that is wrong with it. Rows with a fault are in it as far as they can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListReading<T> {
    /// What could be read.
    pub found: T,
    /// Everything that is wrong.
    pub faults: ListFaults,
}

impl<T> ListReading<T> {
    /// What was read, where nothing is wrong.
    ///
    /// # Errors
    ///
    /// The faults.
    pub fn whole(self) -> Result<T, ListFaults> {
        if self.faults.is_empty() { Ok(self.found) } else { Err(self.faults) }
    }
}

impl ListFault {
    pub(crate) const fn new(list: List, place: Place, kind: ListFaultKind) -> Self {
        Self { list: Some(list), place, row: None, kind }
    }

    /// Something wrong with a list as a whole.
    pub(crate) const fn of_list(list: List, kind: ListFaultKind) -> Self {
        Self { list: Some(list), place: Place::FILE, row: None, kind }
    }

    /// Something wrong with all lists together.
    pub(crate) const fn of_all(kind: ListFaultKind) -> Self {
        Self { list: None, place: Place::FILE, row: None, kind }
    }

    /// Something wrong with one row of a list, counted from 0, which stands on a line where it comes from a table.
    pub(crate) fn at_row(list: List, row: usize, line: Option<u64>, kind: ListFaultKind) -> Self {
        let place = line.map_or(Place::FILE, Place::line);
        Self { list: Some(list), place, row: Some(row), kind }
    }

    /// Which list it is about; nothing where it is all of them.
    #[must_use]
    pub const fn list(&self) -> Option<List> {
        self.list
    }

    /// Where in the table that the list comes from.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Whose row of the list it is, counted from 0, where it is one.
    #[must_use]
    pub const fn row(&self) -> Option<usize> {
        self.row
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> &ListFaultKind {
        &self.kind
    }
}

impl Refused for ListFault {
    fn code(&self) -> &'static str {
        self.kind.code()
    }
    /// The figures of what is wrong, and as `cell` the field that it stands in.
    fn figures(&self) -> Figures {
        let figures = self.kind.figures();
        match self.place.field {
            Some(field) => figures.and("cell", field.to_owned()),
            None => figures,
        }
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        self.kind.way_out()
    }
}

impl Refused for ListFaultKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Table(kind) => kind.code(),
            Self::NotATime => "convening.not_a_time",
            Self::NotACompany => "convening.not_a_company",
            Self::NotAReadiness => "convening.not_a_readiness",
            Self::HalfASpot => "convening.half_a_spot",
            Self::OffTheMap { .. } => "convening.off_the_map",
            Self::KeyTwice => "convening.key_twice",
            Self::UnknownKey => "convening.unknown_key",
            Self::Oneself => "convening.oneself",
            Self::NotBorn => "convening.not_born",
            Self::SexUnknown => "convening.sex_unknown",
            Self::NobodyToSeat => "convening.nobody_to_seat",
            Self::NobodyToLead => "convening.nobody_to_lead",
            Self::NoTimes => "convening.no_times",
            Self::TeamSize { .. } => "convening.team_size",
            Self::TeamPlaces => "convening.team_places",
            Self::NoTeams { .. } => "convening.no_teams",
            Self::NotATeam => "convening.not_a_team",
            Self::TooManyPeople { .. } => "convening.too_many_people",
            Self::TooManyTimes { .. } => "convening.too_many_times",
            Self::TooManyLanguages { .. } => "convening.too_many_languages",
            Self::TooManyTopics { .. } => "convening.too_many_topics",
            Self::TooManyNeeds { .. } => "convening.too_many_needs",
            Self::TooManyKinds { .. } => "convening.too_many_kinds",
            Self::NotLed => "convening.not_led",
            Self::Disagrees { .. } => "convening.disagrees",
            Self::NoSuchTime => "convening.no_such_time",
            Self::NoSuchLanguage => "convening.no_such_language",
            Self::ColumnMeant { .. } => "convening.column_meant",
            Self::NotInTable => "convening.not_in_table",
        }
    }
    fn figures(&self) -> Figures {
        if let Self::Table(kind) = self { Figures::of(kind) } else { Figures::of(self) }
    }
    fn rule(&self) -> Option<Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::Table(kind) => kind.way_out(),
            Self::NotATime => {
                "Write a day and hours, such as mon 14:00, mon 14:00-17:00, or mon for the whole day; a semicolon between two."
            }
            Self::NotACompany => "Write any, wished or needed.",
            Self::NotAReadiness => "Write yes, with support or no.",
            Self::HalfASpot => "Write both x and y, or neither.",
            Self::OffTheMap { .. } => {
                "Measure the map in larger units, such as steps of 100 meters."
            }
            Self::KeyTwice => "Give each a number or a name of their own.",
            Self::UnknownKey => {
                "Look at the keys that the row names: write each as its own row writes it."
            }
            Self::Oneself => "Name somebody else, or take the key out.",
            Self::NotBorn => "Correct the year of birth, or leave the cell empty.",
            Self::SexUnknown => {
                "Fill in a word for the sex; any word of your own is one, such as unsaid."
            }
            Self::NobodyToSeat => "Write down who is to sit.",
            Self::NobodyToLead => "Write down who can lead.",
            Self::NoTimes => {
                "Write for those who lead when a circle could begin, such as mon 14:00 or mon 14:00-17:00."
            }
            Self::TeamSize { .. } => {
                "Write the same team for as many as lead a circle, or leave it empty."
            }
            Self::TeamPlaces => "Give all of a team the same place, or only one of them any.",
            Self::NoTeams { .. } => {
                "Write down more who lead, or more times and languages of those who do."
            }
            Self::NotATeam => "Write the keys of one team, as the table had them.",
            Self::TooManyPeople { .. } => "Form circles region by region.",
            Self::TooManyTimes { .. } => {
                "Let those who lead agree on fewer times, such as full hours."
            }
            Self::TooManyLanguages { .. }
            | Self::TooManyTopics { .. }
            | Self::TooManyNeeds { .. }
            | Self::TooManyKinds { .. } => {
                "Use one word for one thing: correct what is written in several ways."
            }
            Self::NotLed => "Write the key of who leads it in one of its rows at least.",
            Self::Disagrees { .. } => {
                "Give all rows of a circle the same facilitator, time and language; cells may be left empty where another row says it."
            }
            Self::NoSuchTime => "Choose one of the times at which those who lead are free.",
            Self::NoSuchLanguage => "Choose one of the languages of the lists.",
            Self::ColumnMeant { .. } => {
                "Correct the name of the column; where it tells something else, call it otherwise or take it out."
            }
            Self::NotInTable => {
                "Give everybody of the list a row in the table; who waits has an empty circle."
            }
        }
    }
}

impl fmt::Display for ListFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list {
            Some(List::People) => f.write_str("people")?,
            Some(List::Facilitators) => f.write_str("facilitators")?,
            Some(List::Seats) => f.write_str("seats")?,
            None => f.write_str("lists")?,
        }
        if let Some(line) = self.place.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = self.place.column {
            write!(f, ", column {column}")?;
        }
        if let Some(field) = self.place.field {
            write!(f, " ({field})")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for ListFault {}

impl ListFaults {
    /// The most that are kept.
    pub const MOST: usize = 1_000;

    pub(crate) fn push(&mut self, fault: ListFault) {
        self.total += 1;
        if self.list.len() < Self::MOST {
            self.list.push(fault);
        }
    }

    /// What a table said of itself.
    pub(crate) fn take_table(&mut self, list: List, faults: &interchange::Faults) {
        for fault in faults {
            let kind = ListFaultKind::Table(fault.kind().clone());
            self.push(ListFault::new(list, fault.place().clone(), kind));
        }
        self.total += faults.total() - faults.iter().len();
    }

    /// All of them, in order.
    pub(crate) fn sorted(mut self) -> Self {
        self.list.sort();
        self
    }

    /// Each that is kept, by list, line and column.
    pub fn iter(&self) -> std::slice::Iter<'_, ListFault> {
        self.list.iter()
    }

    /// How many there are, kept or not.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }
}

impl<'a> IntoIterator for &'a ListFaults {
    type Item = &'a ListFault;
    type IntoIter = std::slice::Iter<'a, ListFault>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for ListFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.list.first() {
            write!(f, "{first}")?;
        }
        match self.total.saturating_sub(1) {
            0 => Ok(()),
            more => write!(f, " (and {more} more)"),
        }
    }
}

impl std::error::Error for ListFaults {}
