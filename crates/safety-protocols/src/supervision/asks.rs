//! What supervision model and phase ask for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commons::{Code, EventId, Rule};

use super::{Arrangement, Cadence};
use crate::{Rulebook, attribute};

/// Which arrangement a phase of a model asks for: the rows of `SV-15`, the most particular first.
///
/// In the independent phases of a healing circle there is no staff to supervise: peer consultation
/// is offered, a contact outside is named, and nothing is ever paused (settled between SV-01, SV-08,
/// SP-03 and HC-06). Where no row speaks, it is weekly: the strictest.
#[must_use]
pub fn arrangement_for(
    book: &Rulebook,
    model: &Code,
    phase: &Code,
    first_half_year: bool,
) -> Arrangement {
    let stage = Code::of(if first_half_year { "first_half_year" } else { "after" });
    let told = BTreeMap::from([
        (attribute::MODEL, model),
        (attribute::PHASE, phase),
        (Code::of("stage"), &stage),
    ]);
    book.rows()
        .iter()
        .filter(|row| row.rule == SV_15 && row.standing == crate::RowStanding::InForce)
        .filter(|row| {
            row.only_where
                .iter()
                .all(|(name, values)| told.get(name).is_some_and(|value| values.contains(*value)))
        })
        .filter_map(|row| Some((row.only_where.len(), Arrangement::from_code(&row.what)?)))
        // Of rows equally particular the stricter.
        .max_by_key(|(particular, asked)| (*particular, std::cmp::Reverse(*asked)))
        .map_or(Arrangement::Supervised(Cadence::Weekly), |(_, asked)| asked)
}

const SV_15: Rule = Rule::of("SV-15");

/// What model and phase ask for, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The first day.
    pub since: NaiveDate,
    /// The entry into the phase that asks for it; none before the first phase.
    pub entry: Option<EventId>,
    /// In which form.
    pub arrangement: Arrangement,
    /// Whether the entry was a mistake: what it opened stays in the list, and it asks for nothing.
    pub taken_back: bool,
}

/// What was asked for over time, the phase entered later after the earlier one.
///
/// Where a phase sends staff away, it asks for peer consultation, and whatever was arranged for
/// the time before holds no longer: no circle is paused for lacking staff it must not have
/// (settled between SV-01, SV-08, SP-03 and HC-06). Otherwise the stricter of both holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhaseAsks(Vec<Asked>);

impl PhaseAsks {
    /// What was asked for, in the order in which the phases were entered.
    #[must_use]
    pub const fn new(asked: Vec<Asked>) -> Self {
        Self(asked)
    }

    /// What is asked for on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&Asked> {
        self.standing().rfind(|asked| asked.since <= day)
    }

    fn standing(&self) -> impl DoubleEndedIterator<Item = &Asked> {
        self.0.iter().filter(|asked| !asked.taken_back)
    }

    /// What holds on a day of an arrangement.
    pub(super) fn hold(&self, arranged: Arrangement, day: NaiveDate) -> Arrangement {
        match self.on(day).map(|asked| asked.arrangement) {
            Some(Arrangement::PeerConsultation) => Arrangement::PeerConsultation,
            Some(asked) => asked.min(arranged),
            None => arranged,
        }
    }

    /// Entries into phases that ask for peer consultation.
    pub(super) fn independence(&self) -> impl Iterator<Item = (EventId, &Asked)> {
        let alone = |asked: &&Asked| asked.arrangement == Arrangement::PeerConsultation;
        self.0.iter().filter(alone).filter_map(|asked| Some((asked.entry?, asked)))
    }

    /// The day since which peer consultation is asked for without a break, where it is on a day.
    pub(super) fn independent_since(&self, day: NaiveDate) -> Option<NaiveDate> {
        let until = self.standing().filter(|asked| asked.since <= day).rev();
        let alone = |asked: &&Asked| asked.arrangement == Arrangement::PeerConsultation;
        until.take_while(alone).map(|asked| asked.since).last()
    }
}
