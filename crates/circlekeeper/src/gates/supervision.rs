//! Who stands by whom, what the phase asks for, and how much one supervisor carries.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{Days, NaiveDate};
use circle_model::GroupEvent;
use commons::{Code, MemberId, UnitId};
use event_log::EventLog;
use program_model::Model;
use safety_protocols::{
    Arrangement, Asked, LateLimits, Lateness, Load, LoadLimits, PeerLeadPlan, PhaseAsks, Rulebook,
    arrangement_for,
};

use super::{facilitators, supervisors};
use crate::{DocumentKind, Keeper, KeeperError, Surroundings, UnitFile};

/// How long a unit counts as young, in days: half a year (SV-02).
const HALF_A_YEAR: u64 = 183;

/// What the rules need to know to ask for an arrangement in a phase.
struct Asking<'a> {
    model: Option<&'a Model>,
    model_id: &'a Code,
    phases: Vec<&'a Code>,
    books: &'a [Arc<Rulebook>],
    young_until: NaiveDate,
}

impl Asking<'_> {
    /// What a phase asks for: as the model says of it; else of the next phase of which it says
    /// something, or the last one before. Where no model can be read, as the rulebook says, whose
    /// last word is weekly.
    fn arrangement(&self, phase: &Code, on: NaiveDate) -> Arrangement {
        let place = self.phases.iter().position(|one| *one == phase).unwrap_or(0);
        let said = |phase: &&Code| self.model.and_then(|model| model.arrangement(phase));
        let (before, after) = self.phases.split_at(place.min(self.phases.len()));
        let of_model = after.iter().find_map(said).or_else(|| before.iter().rev().find_map(said));
        of_model.unwrap_or_else(|| {
            let young = on < self.young_until;
            let of_book = |book: &Arc<Rulebook>| arrangement_for(book, self.model_id, phase, young);
            let strictest = self.books.iter().map(of_book).min();
            strictest.unwrap_or_else(|| {
                arrangement_for(Rulebook::strictest(), self.model_id, phase, young)
            })
        })
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// What supervision the phases of a unit ask for, as they were entered.
    pub(crate) fn phase_asks(&mut self, file: &UnitFile) -> Result<PhaseAsks, KeeperError> {
        let Some(terms) = file.group.terms() else { return Ok(PhaseAsks::default()) };
        let model = self.model_of(file)?;
        let books = self.program()?.rulebooks_in_force();
        let formed = file.group.formed_on().unwrap_or(NaiveDate::MIN);
        let asking = Asking {
            model: model.as_deref(),
            model_id: &terms.get().model.id,
            phases: terms.get().plan.phases().iter().map(|phase| &phase.id).collect(),
            books: &books,
            young_until: formed.checked_add_days(Days::new(HALF_A_YEAR)).unwrap_or(NaiveDate::MAX),
        };
        let live: BTreeSet<_> = file.group.facts().map(|(id, _)| id).collect();
        let none = Code::of("none");
        let first = asking.phases.first().copied().unwrap_or(&none);
        let mut asked = vec![Asked {
            since: NaiveDate::MIN,
            entry: None,
            arrangement: asking.arrangement(first, formed),
            taken_back: false,
        }];
        asked.extend(file.group.ever().filter_map(|(id, fact)| {
            let GroupEvent::PhaseEntered { phase, on, .. } = fact else { return None };
            let arrangement = asking.arrangement(phase, *on);
            let taken_back = !live.contains(&id);
            Some(Asked { since: *on, entry: Some(id), arrangement, taken_back })
        }));
        // Of two phases entered on one day the further one is asked, and staff only step back.
        asked.sort_by_key(|one| (one.since, one.arrangement, one.entry));
        Ok(PhaseAsks::new(asked))
    }

    /// The model of a unit's terms, where it can be read.
    pub(crate) fn model_of(&mut self, file: &UnitFile) -> Result<Option<Arc<Model>>, KeeperError> {
        let Some(terms) = file.group.terms() else { return Ok(None) };
        match self.model(&terms.get().model.id) {
            Ok(model) => Ok(Some(model)),
            Err(KeeperError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether a unit is paused because supervision is late, under any rulebook in force (SP-03).
    pub(super) fn is_paused(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<bool, KeeperError> {
        let asks = self.phase_asks(file)?;
        let late = |book: Arc<Rulebook>| {
            file.supervision.lateness(on, LateLimits::of(&book), &asks) == Lateness::Paused
        };
        Ok(self.program()?.rulebooks_in_force().into_iter().any(late))
    }

    /// Whether somebody supervises a unit, as its supervisor or deputy.
    pub(crate) fn supervises(
        &mut self,
        unit: UnitId,
        member: MemberId,
    ) -> Result<bool, KeeperError> {
        Ok(self.unit(unit)?.supervision.stand_by(NaiveDate::MAX).contains(&member))
    }

    /// Everybody who facilitates a group that somebody supervises on a day.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn supervisees(
        &mut self,
        supervisor: MemberId,
        on: NaiveDate,
    ) -> Result<BTreeSet<MemberId>, KeeperError> {
        let mut seen = BTreeSet::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            if supervisors(&file, on).contains(&supervisor)
                && !matches!(file.group.life(), circle_model::Life::Ended { .. })
            {
                seen.extend(facilitators(&file, on));
            }
        }
        Ok(seen)
    }

    /// Weighs whom a supervisor would see: a warning above ten, a refusal above twelve without
    /// that supervisor's own recorded plan, in which senior assistants lead peer supervision.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn supervision_load(
        &mut self,
        supervisor: MemberId,
        seen: &BTreeSet<MemberId>,
    ) -> Result<Load, KeeperError> {
        let program = self.program()?;
        let plan = self.peer_lead_plan(supervisor)?.map(|(_, plan)| plan);
        let mut heaviest = Load::Light;
        for book in program.rulebooks_in_force() {
            let load = LoadLimits::of(&book).weigh(seen, plan.as_ref());
            heaviest = heaviest.max(load.map_err(KeeperError::refused)?);
        }
        Ok(heaviest)
    }

    /// The plan that a supervisor recorded last, and the event that adopted it.
    pub(crate) fn peer_lead_plan(
        &mut self,
        supervisor: MemberId,
    ) -> Result<Option<(commons::EventId, PeerLeadPlan)>, KeeperError> {
        let program = self.program()?;
        let plans = program.documents(DocumentKind::PeerLeadPlan).filter_map(|(id, adopted)| {
            let plan: PeerLeadPlan = serde_json::from_slice(&adopted.bytes).ok()?;
            (plan.supervisor == supervisor).then_some((adopted.on, id, plan))
        });
        let last = plans.max_by_key(|(on, id, _)| (*on, *id));
        Ok(last.map(|(_, id, plan)| (id, plan)))
    }
}
