//! Those who are to sit in circles, and those who lead them, in their own words.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use circle_formation::{Company, Readiness};
use commons::Code;
use serde::{Deserialize, Serialize};

use crate::FreeTime;

/// What somebody says of when, where and with whom they can sit, or lead: personal, so that `Debug` does not print it.
///
/// What is not said is empty. An empty set of languages or times is no language and no time, as
/// [`Person`](circle_formation::Person) has it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// The village or quarter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where on the program's own map, in its units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<(i32, i32)>,
    /// The languages they speak.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub languages: BTreeSet<Code>,
    /// When they are free.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<FreeTime>,
    /// What they wish to share, or know well.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub topics: BTreeSet<Code>,
    /// What they cannot do without, or what the room they lead in has.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub needs: BTreeSet<Code>,
    /// Whether they wish to sit among their own sex.
    #[serde(skip_serializing_if = "is_any")]
    pub company: Company,
    /// What they are in the program's own aspects, such as `generation = "elder"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub aspects: BTreeMap<Code, Code>,
    /// How many circles they can lead at once; one where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circles: Option<u8>,
}

fn is_any(company: &Company) -> bool {
    *company == Company::Any
}

impl fmt::Debug for Wishes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wishes([private])")
    }
}

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
