//! What a person still lacks.

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDate;
use commons::{Code, Rule};

use crate::Stage;

/// One thing that keeps a person from completing, from being authorized, or from leading today.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lacking {
    /// The class was never announced.
    Announcement,
    /// Not enrolled on that day.
    Enrollment,
    /// Not screened yet (FR-01).
    Screening,
    /// Screened, and deferred since that day (FR-01).
    Deferred {
        /// The day of the earliest deferral that stands.
        since: NaiveDate,
    },
    /// Present at too few modules.
    Attendance {
        /// Modules attended.
        attended: u16,
        /// The fewest to attend.
        least: u16,
    },
    /// Modules neither attended nor made up.
    Modules {
        /// Their numbers.
        missing: BTreeSet<u16>,
    },
    /// Too few minutes taught (FR-02).
    Minutes {
        /// Minutes taught to this person.
        taught: u32,
        /// The fewest.
        least: u32,
    },
    /// A component was never completed (SH-03).
    Component {
        /// Which one.
        component: Code,
    },
    /// A component has run out (FR-07).
    ComponentLapsed {
        /// Which one.
        component: Code,
        /// The last day on which it was valid.
        through: NaiveDate,
    },
    /// The course is not completed.
    Completion,
    /// The training or its certificate has run out (MH-02).
    TrainingLapsed {
        /// The last day on which it was valid.
        through: NaiveDate,
    },
    /// A skill was not yet seen at the basic level (FR-03).
    Competence {
        /// Which skill.
        item: Code,
    },
    /// A skill was seen at the harmful level, and no retest cites it (FR-03, FR-04).
    Harmful {
        /// Which skill.
        item: Code,
    },
    /// The rung below was not reached (FR-05).
    Rung {
        /// The rung that comes first.
        first: Stage,
    },
    /// The course does not prepare for that role.
    Role,
    /// Nobody took the decision: completed is not authorized.
    Authorization,
    /// The authorization rests.
    Suspended {
        /// Since the earliest suspension that stands.
        since: NaiveDate,
    },
    /// A completion or an authorization of this person is itself in question and not settled.
    Contested,
}

impl Lacking {
    /// The rule that asks for it, where one does.
    #[must_use]
    pub const fn rule(&self) -> Option<Rule> {
        match self {
            Self::Screening | Self::Deferred { .. } => Some(Rule::of("FR-01")),
            Self::Minutes { .. } => Some(Rule::of("FR-02")),
            Self::Component { .. } | Self::Completion => Some(Rule::of("SH-03")),
            Self::ComponentLapsed { .. } => Some(Rule::of("FR-07")),
            Self::TrainingLapsed { .. } => Some(Rule::of("MH-02")),
            Self::Competence { .. } | Self::Harmful { .. } => Some(Rule::of("FR-03")),
            Self::Rung { .. } => Some(Rule::of("FR-05")),
            Self::Authorization => Some(Rule::of("U-04")),
            Self::Announcement
            | Self::Enrollment
            | Self::Attendance { .. }
            | Self::Modules { .. }
            | Self::Role
            | Self::Suspended { .. }
            | Self::Contested => None,
        }
    }
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Announcement => f.write_str("the class is not announced"),
            Self::Enrollment => f.write_str("not enrolled"),
            Self::Screening => f.write_str("not screened"),
            Self::Deferred { since } => write!(f, "deferred since {since}"),
            Self::Attendance { attended, least } => {
                write!(f, "attended {attended} of at least {least} modules")
            }
            Self::Modules { missing } => write!(f, "modules to make up: {}", Numbers(missing)),
            Self::Minutes { taught, least } => {
                write!(f, "taught {taught} of at least {least} minutes")
            }
            Self::Component { component } => write!(f, "component {component} is missing"),
            Self::ComponentLapsed { component, through } => {
                write!(f, "component {component} was valid through {through}")
            }
            Self::Completion => f.write_str("the course is not completed"),
            Self::TrainingLapsed { through } => {
                write!(f, "the training was valid through {through}")
            }
            Self::Competence { item } => write!(f, "skill {item} was not seen at the basic level"),
            Self::Harmful { item } => write!(f, "skill {item} was seen at the harmful level"),
            Self::Rung { first } => write!(f, "{first:?} comes first"),
            Self::Role => f.write_str("the course does not prepare for that role"),
            Self::Authorization => f.write_str("completed is not authorized"),
            Self::Suspended { since } => write!(f, "suspended since {since}"),
            Self::Contested => f.write_str("a completion or an authorization is in question"),
        }
    }
}

struct Numbers<'a>(&'a BTreeSet<u16>);

impl fmt::Display for Numbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, n) in self.0.iter().enumerate() {
            write!(f, "{}{n}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// All that a person still lacks, at least one thing, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacks(
    // Invariant: not empty.
    BTreeSet<Lacking>,
);

impl Lacks {
    /// All of these, if there are any.
    pub(crate) fn any(lacking: impl IntoIterator<Item = Lacking>) -> Option<Self> {
        let all: BTreeSet<_> = lacking.into_iter().collect();
        (!all.is_empty()).then_some(Self(all))
    }

    /// This, beside whatever else is lacking.
    pub(crate) fn with(others: Option<Self>, lacking: Lacking) -> Self {
        let mut all = others.map(|lacks| lacks.0).unwrap_or_default();
        all.insert(lacking);
        Self(all)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Lacking> {
        self.0.iter()
    }

    /// Whether this is among them.
    #[must_use]
    pub fn contains(&self, lacking: &Lacking) -> bool {
        self.0.contains(lacking)
    }

    /// The first rule that asks for one of them.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        self.0.iter().find_map(Lacking::rule)
    }
}

impl fmt::Display for Lacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, lacking) in self.0.iter().enumerate() {
            write!(f, "{}{lacking}", if i == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}
