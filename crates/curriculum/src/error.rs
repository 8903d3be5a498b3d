//! Why something was refused.

use commons::{EventSet, Refused, Rule};

use crate::Lacks;

/// Why a plan for a class was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum ClassError {
    /// There is no class yet.
    #[error("the class is not announced")]
    NotAnnounced,
    /// There is one already.
    #[error("the class is announced already")]
    AlreadyAnnounced,
    /// What was recorded before does not fit the course.
    #[error("{breaches} records do not fit this course")]
    DoesNotFit {
        /// How many breaches it would make.
        breaches: usize,
    },
    /// Every seat is taken.
    #[error("all {most} seats are taken")]
    Full {
        /// The most people the class seats.
        most: u16,
    },
    /// Already enrolled on that day or later.
    #[error("already enrolled")]
    AlreadyEnrolled,
    /// Something is missing first.
    #[error("{lacks}")]
    Lacks {
        /// All that is missing.
        #[serde(skip)]
        lacks: Lacks,
    },
    /// Completed already.
    #[error("completed already")]
    AlreadyCompleted,
    /// Nothing is suspended.
    #[error("nothing is suspended")]
    NotSuspended,
    /// The certificate was issued already.
    #[error("certificate issued already by {} event", events.len())]
    CertificateTaken {
        /// The events that issued it.
        events: EventSet,
    },
    /// That completion was certified already.
    #[error("that completion was certified already")]
    CertificateStands,
    /// The calendar ends before the certificate does.
    #[error("the calendar ends before {months} months are over")]
    CalendarEnds {
        /// The months of validity.
        months: u16,
    },
}

impl From<Lacks> for ClassError {
    fn from(lacks: Lacks) -> Self {
        Self::Lacks { lacks }
    }
}

impl Refused for ClassError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAnnounced => "class.not_announced",
            Self::AlreadyAnnounced => "class.already_announced",
            Self::DoesNotFit { .. } => "class.does_not_fit",
            Self::Full { .. } => "class.full",
            Self::AlreadyEnrolled => "class.already_enrolled",
            Self::Lacks { .. } => "class.lacks",
            Self::AlreadyCompleted => "class.already_completed",
            Self::NotSuspended => "class.not_suspended",
            Self::CertificateTaken { .. } => "class.certificate_taken",
            Self::CertificateStands => "class.certificate_stands",
            Self::CalendarEnds { .. } => "class.calendar_ends",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Full { .. } => Some(Rule::of("U-01")),
            Self::Lacks { lacks } => lacks.rule(),
            Self::NotAnnounced
            | Self::AlreadyAnnounced
            | Self::DoesNotFit { .. }
            | Self::AlreadyEnrolled
            | Self::AlreadyCompleted
            | Self::NotSuspended
            | Self::CertificateTaken { .. }
            | Self::CertificateStands
            | Self::CalendarEnds { .. } => None,
        }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NotAnnounced => "Announce the class with its course first.",
            Self::AlreadyAnnounced => {
                "Announce another class, or take back the first announcement if it was a mistake."
            }
            Self::DoesNotFit { .. } => {
                "Take back the records that belong to another class, or announce the course they were made for."
            }
            Self::Full { .. } => "Offer a place in the next cohort.",
            Self::AlreadyEnrolled => "Nothing needs to be done.",
            Self::Lacks { .. } => "Record what is missing once it has happened, then decide again.",
            Self::AlreadyCompleted => "Nothing needs to be done.",
            Self::NotSuspended => "Nothing needs to be done.",
            Self::CertificateTaken { .. } => "Issue the certificate under a new id.",
            Self::CertificateStands => {
                "Print the one that was issued, or take it back first if it was a mistake."
            }
            Self::CalendarEnds { .. } => "Correct the day or the months of validity.",
        }
    }
}
