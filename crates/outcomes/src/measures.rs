//! The measures of one member: sheets, declines and corrections.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, Breach, Code, EventId, EventSet, Facts};
use serde::{Deserialize, Serialize};

use crate::event::{DeclineReason, MeasuresBreach, MeasuresEvent, SettleReason, Sheet, VoidReason};

/// The measures of one member, over the whole of one enrolment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Measures {
    facts: Facts<MeasuresEvent>,
}

/// What stands for one instrument at one timepoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wave<'a> {
    /// A sheet.
    Measured(EventId, &'a Sheet),
    /// The member declined.
    Declined(DeclineReason),
    /// Two sheets stand, and nobody has decided between them.
    Undecided,
    /// Nothing is known.
    Missing,
}

/// Why a change to the record is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum MeasuresError {
    /// There is no such sheet, or it was taken back.
    #[error("no standing sheet {entry}")]
    NoSuchSheet {
        /// The id that was cited.
        entry: EventId,
    },
    /// A correction that cites nothing corrects nothing.
    #[error("a correction cites at least one sheet")]
    CitesNothing,
    /// There is no such entry.
    #[error("no entry {entry}")]
    NoSuchEntry {
        /// The id that was named.
        entry: EventId,
    },
    /// Nothing is wrong in this way, or it was settled already.
    #[error("no open breach {kind:?} of {events} entries")]
    NotOpen {
        /// The kind that was named.
        kind: MeasuresBreach,
        /// How many events were named.
        events: usize,
    },
}

impl commons::Refused for MeasuresError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchSheet { .. } => "measures.no_such_sheet",
            Self::CitesNothing => "measures.cites_nothing",
            Self::NoSuchEntry { .. } => "measures.no_such_entry",
            Self::NotOpen { .. } => "measures.not_open",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        match self {
            Self::NoSuchSheet { .. } => "Look the sheet up again: it may have been taken back.",
            Self::CitesNothing => "Name the sheet that is wrong, or record a new one.",
            Self::NoSuchEntry { .. } => "Look the entry up again.",
            Self::NotOpen { .. } => "Nothing needs to be done: ask again for what is open.",
        }
    }
}

impl Measures {
    /// A sheet that was filled in. Records are never refused.
    #[must_use]
    pub const fn record(sheet: Sheet) -> MeasuresEvent {
        MeasuresEvent::Recorded { sheet }
    }

    /// A member declined; with no instrument, all of them.
    #[must_use]
    pub const fn decline(
        instrument: Option<Code>,
        timepoint: Code,
        on: NaiveDate,
        reason: DeclineReason,
    ) -> MeasuresEvent {
        MeasuresEvent::Declined { instrument, timepoint, on, reason }
    }

    /// Corrects sheets that stand, by one that replaces them all.
    ///
    /// # Errors
    ///
    /// [`MeasuresError::CitesNothing`] and [`MeasuresError::NoSuchSheet`].
    pub fn correct(&self, cites: EventSet, sheet: Sheet) -> Result<MeasuresEvent, MeasuresError> {
        if cites.is_empty() {
            return Err(MeasuresError::CitesNothing);
        }
        match cites.iter().find(|entry| self.sheet(**entry).is_none()) {
            Some(entry) => Err(MeasuresError::NoSuchSheet { entry: *entry }),
            None => Ok(MeasuresEvent::Corrected { cites, sheet }),
        }
    }

    /// Takes back an entry that was a mistake.
    ///
    /// # Errors
    ///
    /// [`MeasuresError::NoSuchEntry`] when it is not here or counts no longer.
    pub fn void(&self, entry: EventId, reason: VoidReason) -> Result<MeasuresEvent, MeasuresError> {
        match self.facts.get(entry) {
            Some(_) => Ok(MeasuresEvent::Voided { entry, reason }),
            None => Err(MeasuresError::NoSuchEntry { entry }),
        }
    }

    /// Accepts a breach as it is: the later sheet counts.
    ///
    /// # Errors
    ///
    /// [`MeasuresError::NotOpen`] when nothing is wrong in this way.
    pub fn settle(
        &self,
        breach: Breach<MeasuresBreach>,
        reason: SettleReason,
    ) -> Result<MeasuresEvent, MeasuresError> {
        if self.open_breaches().contains(&breach) {
            Ok(MeasuresEvent::Settled { breach, reason })
        } else {
            Err(MeasuresError::NotOpen { kind: breach.kind, events: breach.events.len() })
        }
    }

    /// What was asked of this member, instrument by instrument and timepoint by timepoint: every
    /// sheet that stands, and every refusal that names an instrument.
    #[must_use]
    pub fn asked(&self) -> BTreeSet<(Code, Code)> {
        let sheets = self.sheets();
        let measured =
            sheets.values().map(|sheet| (sheet.instrument.clone(), sheet.timepoint.clone()));
        let declined = self.facts.live().filter_map(|(_, fact)| {
            let MeasuresEvent::Declined { instrument: Some(instrument), timepoint, .. } = fact
            else {
                return None;
            };
            Some((instrument.clone(), timepoint.clone()))
        });
        measured.chain(declined).collect()
    }

    /// Whether this member filled in a sheet at a timepoint, or said that they would not.
    #[must_use]
    pub fn answered(&self, timepoint: &Code) -> bool {
        let declined = self.facts.live().any(|(_, fact)| {
            matches!(fact, MeasuresEvent::Declined { timepoint: asked, .. } if asked == timepoint)
        });
        declined || self.sheets().values().any(|sheet| sheet.timepoint == *timepoint)
    }

    /// The sheets that stand: recorded or corrected, and not replaced by a correction.
    #[must_use]
    pub fn sheets(&self) -> BTreeMap<EventId, &Sheet> {
        let replaced: EventSet = self.facts.live().flat_map(|(_, fact)| cited(fact)).collect();
        let standing = |(id, fact)| Some((id, sheet_of(fact)?));
        self.facts.live().filter(|(id, _)| !replaced.contains(id)).filter_map(standing).collect()
    }

    /// What stands for an instrument at a timepoint.
    ///
    /// Of two sheets, none counts until a person decides; where the breach was settled, the later does.
    #[must_use]
    pub fn wave(&self, instrument: &Code, timepoint: &Code) -> Wave<'_> {
        let standing = self.sheets();
        let here = || standing.iter().filter(|(_, sheet)| is_of(sheet, instrument, timepoint));
        let Some((id, sheet)) = here().max_by_key(|(id, sheet)| (sheet.on, **id)) else {
            return self.declined(instrument, timepoint);
        };
        let ids: EventSet = here().map(|(id, _)| *id).collect();
        let open = |breach: &Breach<_>| !breach.events.is_disjoint(&ids);
        if ids.len() > 1 && self.open_breaches().iter().any(open) {
            Wave::Undecided
        } else {
            Wave::Measured(*id, sheet)
        }
    }

    fn declined(&self, instrument: &Code, timepoint: &Code) -> Wave<'_> {
        let declines = self.facts.live().filter_map(|(id, fact)| match fact {
            MeasuresEvent::Declined { instrument: which, timepoint: when, on, reason } => {
                let meant = which.as_ref().is_none_or(|which| which == instrument);
                (meant && when == timepoint).then_some((*on, id, *reason))
            }
            MeasuresEvent::Recorded { .. }
            | MeasuresEvent::Corrected { .. }
            | MeasuresEvent::Voided { .. }
            | MeasuresEvent::Settled { .. } => None,
        });
        match declines.max_by_key(|(on, id, _)| (*on, *id)) {
            Some((_, _, reason)) => Wave::Declined(reason),
            None => Wave::Missing,
        }
    }

    fn sheet(&self, id: EventId) -> Option<&Sheet> {
        self.facts.get(id).and_then(sheet_of)
    }

    /// A sheet and all that it goes back to, through every correction.
    fn ancestry(&self, id: EventId) -> EventSet {
        let (mut seen, mut next) = (EventSet::new(), vec![id]);
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(self.facts.get(id).into_iter().flat_map(cited));
            }
        }
        seen
    }

    /// Whether an entry is a correction of others.
    fn corrects(&self, id: EventId) -> bool {
        self.facts.get(id).is_some_and(|fact| cited(fact).next().is_some())
    }

    /// The standing sheets in families: those that go back to a common first sheet.
    fn families(&self, ids: impl Iterator<Item = EventId>) -> Vec<(EventSet, EventSet)> {
        let mut families: Vec<(EventSet, EventSet)> = Vec::new();
        for id in ids {
            // The first sheets that it goes back to, known here or not.
            let mut roots = self.ancestry(id);
            roots.retain(|root| !self.corrects(*root));
            let mut members = EventSet::from([id]);
            families.retain(|(known, others)| {
                let apart = known.is_disjoint(&roots);
                if !apart {
                    roots.extend(known);
                    members.extend(others);
                }
                apart
            });
            families.push((roots, members));
        }
        families
    }
}

impl Aggregate for Measures {
    type Event = MeasuresEvent;
    type Kind = MeasuresBreach;

    fn apply(&mut self, id: EventId, event: &MeasuresEvent) {
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<MeasuresBreach>> {
        let standing = self.sheets();
        let mut breaches = BTreeSet::new();
        for (_, members) in self.families(standing.keys().copied()) {
            if members.len() > 1 {
                // A correction between them, itself corrected, can be what makes them one family.
                let family = members.iter().flat_map(|member| self.ancestry(*member));
                let events =
                    family.filter(|event| self.corrects(*event)).chain(members.iter().copied());
                breaches.insert(Breach::new(MeasuresBreach::CorrectedTwice, events));
            }
        }
        let mut waves: BTreeMap<(&Code, &Code), EventSet> = BTreeMap::new();
        for (id, sheet) in &standing {
            let wave = waves.entry((&sheet.instrument, &sheet.timepoint)).or_default();
            wave.insert(*id);
        }
        for members in waves.into_values() {
            if self.families(members.iter().copied()).len() > 1 {
                breaches.insert(Breach::new(MeasuresBreach::WaveTwice, members));
            }
        }
        breaches
    }

    fn settled(&self) -> BTreeSet<Breach<MeasuresBreach>> {
        self.facts.settled()
    }
}

fn is_of(sheet: &Sheet, instrument: &Code, timepoint: &Code) -> bool {
    sheet.instrument == *instrument && sheet.timepoint == *timepoint
}

fn sheet_of(fact: &MeasuresEvent) -> Option<&Sheet> {
    match fact {
        MeasuresEvent::Recorded { sheet } | MeasuresEvent::Corrected { sheet, .. } => Some(sheet),
        MeasuresEvent::Declined { .. }
        | MeasuresEvent::Voided { .. }
        | MeasuresEvent::Settled { .. } => None,
    }
}

fn cited(fact: &MeasuresEvent) -> impl Iterator<Item = EventId> + use<'_> {
    let cites = match fact {
        MeasuresEvent::Corrected { cites, .. } => Some(cites),
        MeasuresEvent::Recorded { .. }
        | MeasuresEvent::Declined { .. }
        | MeasuresEvent::Voided { .. }
        | MeasuresEvent::Settled { .. } => None,
    };
    cites.into_iter().flatten().copied()
}
