//! What must be in place before a group opens.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::Holder;
use commons::{Code, MemberId, UnitId};
use event_log::EventLog;
use safety_protocols::{
    Assurance, AssuranceLimits, CardEntry, CardLimits, CrisisCard, Load, Modal, Requirement,
    Rulebook, Scope, ScopeState, Service, ServiceStatus, Slot, Verdict, When, end_of_day,
};

use super::{NoConsent, looked_at, supervisors};
use crate::{Keeper, KeeperError, ProgramFile, Surroundings, UnitFile};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everything that must be in place before a group opens.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn opening_gate(&mut self, unit: UnitId, on: NaiveDate) -> Result<Verdict, KeeperError> {
        let file = self.unit(unit)?;
        let program = self.program()?;
        let mut wanted = vec![on_call(&program, &file, on)];
        for book in program.rulebooks_in_force() {
            wanted.extend(self.safety_plan(&file, &book, on)?);
        }
        wanted.extend(self.consent_of_all(&file, on)?);
        let supervised = file.supervision.arrangement(on).is_some();
        wanted.push(looked_at("SV-01", "supervisor", "name_supervisor", "coordinator", supervised));
        wanted.push(self.load_is_light(&file, on)?);
        wanted.extend(self.roles_filled(&file, on)?);
        let agreed = file.group.agreement().is_some();
        wanted.push(Requirement {
            modal: Modal::Should,
            when: When::AtFirstMeeting,
            ..looked_at("U-06", "agreement", "adopt_agreement", "keeper", agreed)
        });
        Ok(Verdict::of(wanted, &[], None))
    }

    /// The safety plan of U-07: the card with its numbers, and somebody to refer to for each need.
    fn safety_plan(
        &mut self,
        file: &UnitFile,
        book: &Rulebook,
        on: NaiveDate,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let program = self.program()?;
        let published = program.card.published(on).is_some();
        let untested = program.card.faults(on, CardLimits::of(book)).len();
        let mut wanted = vec![
            looked_at("U-07", "crisis_card", "publish_card", "coordinator", published),
            Requirement {
                modal: Modal::Should,
                missing: u32::try_from(untested).ok(),
                ..looked_at("DR-03", "card_calls", "call_numbers", "coordinator", untested == 0)
            },
        ];
        // A group whose model cannot be read cannot be helped by what the model asks for.
        let Some(model) = self.model_of(file)? else {
            wanted.push(looked_at("U-07", "model", "adopt_model", "coordinator", false));
            return Ok(wanted);
        };
        let limits = AssuranceLimits::of(book);
        let helped: BTreeSet<&Code> = program
            .services
            .values()
            .filter(|service| is_usable(service, limits, on))
            .flat_map(Service::categories)
            .collect();
        for category in &model.content().safety.referral_categories {
            let met = helped.contains(category);
            wanted.push(Requirement {
                what: category.clone(),
                ..looked_at("U-07", "category", "list_service", "coordinator", met)
            });
        }
        Ok(wanted)
    }

    /// A supervisor with many to see is warned about (SV-05).
    fn load_is_light(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<Requirement, KeeperError> {
        let mut heavy = false;
        for supervisor in supervisors(file, on) {
            let seen = self.supervisees(supervisor, on)?;
            heavy |= self.supervision_load(supervisor, &seen).is_ok_and(|load| load != Load::Light);
        }
        Ok(Requirement {
            modal: Modal::Should,
            ..looked_at("SV-05", "supervisees", "share_supervision", "coordinator", !heavy)
        })
    }

    /// Consent to take part, of everybody who is seated (U-05). Who took their word back and has
    /// not left yet keeps nobody else from meeting: that is only warned about.
    pub(super) fn consent_of_all(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<[Requirement; 2], KeeperError> {
        let states = self.consents(file, on)?;
        let count = |no: &dyn Fn(&ScopeState) -> bool| {
            u32::try_from(states.iter().filter(|state| no(state)).count()).ok()
        };
        let said_yes = |state: &ScopeState| matches!(state, ScopeState::Given { .. });
        let took_back = |state: &ScopeState| matches!(state, ScopeState::Withdrawn);
        let meets = file.group.opened_on().is_some_and(|opened| opened <= on);
        let excused = |state: &ScopeState| meets && took_back(state);
        let without = count(&|state| !said_yes(state) && !excused(state));
        let withdrawn = count(&excused);
        let wanted = |what, way_out, missing: Option<u32>| Requirement {
            missing: missing.filter(|many| *many > 0),
            ..looked_at("U-05", what, way_out, "keeper", missing == Some(0))
        };
        let gone = wanted("withdrawn", "record_leaving", withdrawn);
        Ok([
            wanted("consent", "ask_consent", without),
            Requirement { modal: Modal::Should, ..gone },
        ])
    }

    fn consents(&mut self, file: &UnitFile, on: NaiveDate) -> Result<Vec<ScopeState>, KeeperError> {
        let at = end_of_day(on, self.founded()?.zone);
        let mut states = Vec::new();
        for stay in file.group.roster().seated(on) {
            states.push(self.member(stay.member)?.consent.state(&Scope::Participate, at));
        }
        Ok(states)
    }

    pub(super) fn without_consent(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<u32, KeeperError> {
        let states = self.consents(file, on)?;
        let without = states.iter().filter(|state| !matches!(state, ScopeState::Given { .. }));
        Ok(u32::try_from(without.count()).unwrap_or(u32::MAX))
    }

    /// Whether somebody said yes to taking part, on the day they would begin (U-05).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where they did not, [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn may_take_part(&mut self, member: MemberId, on: NaiveDate) -> Result<(), KeeperError> {
        let at = end_of_day(on, self.founded()?.zone);
        if self.member(member)?.consent.allows(&Scope::Participate, at) {
            return Ok(());
        }
        Err(KeeperError::refused(NoConsent))
    }

    /// The facilitators that the terms ask for, assigned and authorized (U-04, SH-03).
    fn roles_filled(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let mut wanted = Vec::new();
        let Some(terms) = file.group.terms() else { return Ok(wanted) };
        let phase = file.group.phase_on(on).map(|phase| &phase.id);
        let asked = terms
            .get()
            .roles
            .iter()
            .filter(|role| role.holder == Holder::Facilitator && role.fewest > 0);
        for role in asked.filter(|role| terms.role_exists_in(role, phase)) {
            let mut ready = 0_u32;
            for member in file.group.in_role(&role.id, on) {
                if !role.trained || self.may_lead(member, &role.id, on)? {
                    ready += 1;
                }
            }
            let missing = u32::from(role.fewest).checked_sub(ready).filter(|missing| *missing > 0);
            let met = missing.is_none();
            let what = role.id.clone();
            wanted.push(Requirement {
                what,
                missing,
                ..looked_at("U-04", "role", "assign_trained", "coordinator", met)
            });
        }
        Ok(wanted)
    }

    /// Whether somebody is authorized for a role on a day.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn may_lead(
        &mut self,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<bool, KeeperError> {
        Ok(self.authorization(member, role, on)?.is_some_and(|found| found.is_authorized()))
    }
}

/// The escalation ladder of U-07: two people stand by, by name, and the card says whom to call.
fn on_call(program: &ProgramFile, file: &UnitFile, on: NaiveDate) -> Requirement {
    let named = file.supervision.stand_by(on).len() >= 2;
    let document = program.card.published(on).and_then(|(_, id)| program.document(id));
    let card: Option<CrisisCard> = document.and_then(|it| serde_json::from_slice(&it.bytes).ok());
    let reached = card
        .is_some_and(|card| matches!(card.slots.get(&Slot::OnCall), Some(CardEntry::Filled(_))));
    looked_at("U-07", "on_call", "name_on_call", "coordinator", named && reached)
}

fn is_usable(service: &Service, limits: AssuranceLimits, on: NaiveDate) -> bool {
    service.status(on) == ServiceStatus::Active
        && !matches!(service.assurance(on, limits), Assurance::Refused { .. })
}
