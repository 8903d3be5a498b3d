//! The people that a report is about, where it is not about all.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Code, MemberId, UnitId};
use event_log::EventLog;
use outcomes::figures::Period;

use crate::{Keeper, KeeperError, Standing, Surroundings, UnitFile};

/// The people that a report is about: everybody who joined in these days, in these groups.
///
/// Whoever sits in several circles belongs to the one that they joined first, so that each person is in
/// one group of each grouping, or in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The days on which they joined; all days where nothing is said.
    pub joined: Option<Period>,
    /// By each grouping that is named, the groups whose people they are.
    pub groups: BTreeMap<Code, BTreeSet<Code>>,
}

/// Who sits in a circle.
pub(super) struct Seated {
    /// Everybody.
    pub(super) all: BTreeSet<MemberId>,
    /// Those in the part.
    pub(super) chosen: BTreeSet<MemberId>,
}

/// Where somebody sat first, and since when.
struct First {
    on: NaiveDate,
    unit: UnitId,
    circle: Option<Code>,
    model: Option<Code>,
}

impl Part {
    /// The grouping by circle; a group is the short code of one, in small letters.
    pub const CIRCLE: Code = Code::of("circle");
    /// The grouping by the model of the circle.
    pub const MODEL: Code = Code::of("model");
    /// All groupings that open facts tell. Where somebody lives and who they are is sealed.
    pub const GROUPINGS: [Code; 2] = [Self::CIRCLE, Self::MODEL];

    /// Whether it is everybody.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.joined.is_none() && self.groups.is_empty()
    }

    fn has_day(&self, on: NaiveDate) -> bool {
        self.joined.is_none_or(|period| period.from <= on && on <= period.to)
    }

    /// Whether somebody who sits nowhere, and so in no group, is one of them.
    pub(super) fn has_unseated(&self, enrolled: Option<(Standing, NaiveDate)>) -> bool {
        let joined = || enrolled.is_some_and(|(_, on)| self.has_day(on));
        self.is_whole() || (self.groups.is_empty() && joined())
    }

    fn has(&self, first: &First) -> bool {
        let is_in = |(by, groups): (&Code, &BTreeSet<Code>)| {
            let known = [(Self::CIRCLE, &first.circle), (Self::MODEL, &first.model)];
            let own = known.iter().find(|(known, _)| known == by).and_then(|(_, own)| own.as_ref());
            own.is_some_and(|own| groups.contains(own))
        };
        self.has_day(first.on) && self.groups.iter().all(is_in)
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// The groups that a part names and no circle here is.
    ///
    /// # Errors
    ///
    /// [`KeeperError`] where a circle cannot be read.
    pub fn absent(&mut self, part: &Part) -> Result<BTreeMap<Code, BTreeSet<Code>>, KeeperError> {
        let mut absent = part.groups.clone();
        let units = if absent.is_empty() { Vec::new() } else { self.units()? };
        for unit in units {
            let file = self.unit(unit)?;
            for (by, group) in [(Part::CIRCLE, circle(unit)), (Part::MODEL, model(&file))] {
                if let Some((groups, group)) = absent.get_mut(&by).zip(group) {
                    groups.remove(&group);
                }
            }
        }
        absent.retain(|_, groups| !groups.is_empty());
        Ok(absent)
    }

    /// Who sits in a circle, and who of them is in a part.
    pub(super) fn seated(&mut self, part: &Part) -> Result<Seated, KeeperError> {
        let mut firsts: BTreeMap<MemberId, First> = BTreeMap::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            let (circle, model) = (circle(unit), model(&file));
            for stay in file.group.roster().stays() {
                let first =
                    || First { on: stay.from, unit, circle: circle.clone(), model: model.clone() };
                let known = firsts.entry(stay.member).or_insert_with(first);
                if (stay.from, unit) < (known.on, known.unit) {
                    *known = first();
                }
            }
        }
        let chosen = firsts.iter().filter(|(_, first)| part.has(first));
        let chosen = chosen.map(|(member, _)| *member).collect();
        Ok(Seated { all: firsts.into_keys().collect(), chosen })
    }
}

fn circle(unit: UnitId) -> Option<Code> {
    unit.short().to_lowercase().parse().ok()
}

pub(super) fn model(file: &UnitFile) -> Option<Code> {
    file.group.terms().map(|terms| terms.get().model.id.clone())
}
