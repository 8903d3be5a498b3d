//! Those who are to sit in circles, and those who lead them, in their own words.

use std::{collections::BTreeSet, fmt};

use circle_formation::{Aspect, Readiness};
use circle_model::MeetingTime;
use circlekeeper::Wishes;
use commons::Code;

/// Somebody who is to sit in a circle. `Debug` prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Entrant {
    /// By what they are called in lists and commands: a number of theirs, or a code.
    pub key: String,
    /// Their name, where lists may show it.
    pub name: Option<String>,
    /// The year of birth.
    pub birth_year: Option<u16>,
    /// The sex, as the program's form words it.
    pub sex: Option<Code>,
    /// What they say.
    pub wishes: Wishes,
    /// With whom they are to sit, by key.
    pub together: BTreeSet<String>,
    /// With whom they never sit, by key. It is told to nobody.
    pub apart: BTreeSet<String>,
    /// With whom they never sit, by the key of a leader. It is told to nobody.
    pub barred: BTreeSet<String>,
    /// The line of the table on which they stand, where they come from one.
    pub line: Option<u64>,
}

impl Entrant {
    /// Somebody of whom nothing is known but a key.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            name: None,
            birth_year: None,
            sex: None,
            wishes: Wishes::default(),
            together: BTreeSet::new(),
            apart: BTreeSet::new(),
            barred: BTreeSet::new(),
            line: None,
        }
    }

    /// What they are in an aspect that is called so.
    pub(crate) fn kind(&self, aspect: Aspect, word: &Code) -> Option<&Code> {
        match aspect {
            Aspect::Sex => self.sex.as_ref(),
            Aspect::First | Aspect::Second | Aspect::Third => self.wishes.aspects.get(word),
        }
    }
}

impl fmt::Debug for Entrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entrant([private])")
    }
}

/// Somebody who leads circles. `Debug` prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Leader {
    /// By what they are called in lists and commands.
    pub key: String,
    /// Their name, where lists may show it.
    pub name: Option<String>,
    /// What they say.
    pub wishes: Wishes,
    /// Whether they may lead.
    pub readiness: Readiness,
    /// When they lead already, and for how many minutes.
    pub busy: Vec<(MeetingTime, u16)>,
    /// The line of the table on which they stand, where they come from one.
    pub line: Option<u64>,
}

impl Leader {
    /// Somebody who leads alone, and of whom nothing else is known but a key.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            name: None,
            wishes: Wishes::default(),
            readiness: Readiness::Ready,
            busy: Vec::new(),
            line: None,
        }
    }
}

impl fmt::Debug for Leader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Leader([private])")
    }
}

/// Everybody of a program, or of two files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// Who is to sit.
    pub entrants: Vec<Entrant>,
    /// Who can lead.
    pub leaders: Vec<Leader>,
}
