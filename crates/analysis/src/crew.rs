//! The people whom the files speak of, by their codes.

use std::collections::BTreeMap;

use outcomes::{PersonIx, UnitIx};

use crate::names::Names;

/// What a code leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    /// The person in the cohort; nothing for who is left out.
    pub(crate) person: Option<PersonIx>,
    /// Their number among all who are in it, from 0.
    pub(crate) number: u32,
    /// The place of their unit among all, or `NOWHERE`.
    pub(crate) unit: u32,
}

/// The unit of whoever sits in none.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Everybody, by their codes.
#[derive(Debug, Default)]
pub(crate) struct Crew {
    pub(crate) names: Names,
    pub(crate) members: Vec<Member>,
    pub(crate) units: Vec<UnitIx>,
    pub(crate) unit_names: Names,
    /// How many are in the cohort.
    pub(crate) people: u32,
    /// Whether every row of the files of people could be read: else nobody is told that they are in none.
    pub(crate) is_whole: bool,
    // Codes that somebody decided belong to an earlier one.
    aliases: BTreeMap<String, String>,
}

impl Crew {
    pub(crate) fn new(same: &[crate::plan::Decision]) -> Self {
        let mut aliases = BTreeMap::new();
        for decision in same {
            let Some((first, others)) = decision.people.split_first() else { continue };
            let first = aliases.get(first).unwrap_or(first).clone();
            aliases.extend(others.iter().map(|other| (other.clone(), first.clone())));
        }
        Self { aliases, is_whole: true, ..Self::default() }
    }

    /// The code that stands for a person, where somebody decided about theirs.
    pub(crate) fn standing<'c>(&'c self, code: &'c [u8]) -> &'c [u8] {
        if self.aliases.is_empty() {
            return code;
        }
        let text = std::str::from_utf8(code).unwrap_or_default();
        self.aliases.get(text).map_or(code, |first| first.as_bytes())
    }

    /// Somebody by their code, who probably stands soon behind the place of whoever was found last.
    #[inline]
    pub(crate) fn find(&self, last: &mut usize, code: &[u8]) -> Option<&Member> {
        let place = self.names.find_near(*last, self.standing(code))?;
        *last = place + 1;
        self.members.get(place)
    }

    pub(crate) fn unit(&self, member: &Member) -> Option<UnitIx> {
        self.units.get(member.unit as usize).copied()
    }
}
