//! Groups: formed, filled, opened, led through their phases, closed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::{
    CloseReason, Decision, Evidence, Group, GroupBreach, GroupError, GroupEvent, LeaveReason,
    Stance, Step, Terms,
};
use commons::{Breach, Code, DataClass, DocumentId, EventId, MemberId, Private, Rule, UnitId};
use event_log::EventLog;
use safety_protocols::{Modal, Obligation, Requirement, Verdict, When};

use crate::{
    Asking, Fact, Keeper, KeeperError, Surroundings, ToSeal, UnitFile, UnitWords,
    keeper::{Plan, Saying},
};

/// A group to form.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// What it agreed to be.
    pub terms: Terms,
    /// What it is called, and where it meets.
    pub words: UnitWords,
    /// The day.
    pub on: NaiveDate,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Forms a group.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn form_group(&mut self, new: &NewGroup) -> Result<UnitId, KeeperError> {
        self.decide(|keeper, _| {
            let unit: UnitId = keeper.world.id();
            let formed = Group::form(unit, new.terms.clone(), new.on);
            Ok((keeper.forming(unit, formed, &new.words)?, unit))
        })
    }

    /// Forms a group that grows out of another: its founder's review is recorded there, and others
    /// come along or the parent agreed (HC-07).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn form_child(
        &mut self,
        parent: UnitId,
        founder: MemberId,
        shared: &BTreeSet<MemberId>,
        new: &NewGroup,
    ) -> Result<UnitId, KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(parent, reads)?;
            let unit: UnitId = keeper.world.id();
            let formed = file.group.form_child(unit, new.terms.clone(), founder, shared, new.on);
            Ok((keeper.forming(unit, formed.map_err(KeeperError::refused)?, &new.words)?, unit))
        })
    }

    pub(crate) fn forming(
        &mut self,
        unit: UnitId,
        formed: GroupEvent,
        words: &UnitWords,
    ) -> Result<Plan, KeeperError> {
        let (key, root) = self.new_key();
        let program = self.program_id();
        let named = ToSeal::new(key, DataClass::Schedule, words)?;
        let saying = Saying::new(unit, Fact::Group(formed)).and(program).sealing(named);
        Ok(Plan { sayings: vec![saying], new_keys: vec![(key, root)], ..Plan::default() })
    }

    /// Every group, by the day it was formed.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn units(&mut self) -> Result<Vec<UnitId>, KeeperError> {
        Ok(self.program()?.units.clone())
    }

    /// What a group is called, for somebody who may know, where it can be read.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::NotFound`], [`KeeperError::Store`],
    /// [`KeeperError::Seal`].
    pub fn unit_words(
        &mut self,
        asking: &Asking,
        unit: UnitId,
    ) -> Result<Private<UnitWords>, KeeperError> {
        self.may_read(asking, DataClass::Schedule)?;
        let missing = || KeeperError::NotFound { what: "group", id: unit.short() };
        let event = self.unit(unit)?.named.clone().ok_or_else(missing)?;
        self.words(&event, DataClass::Schedule)
    }

    /// Seats people, one after the other: all of them, or nobody.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] (full, too late, no consent of those present or, once the group
    /// meets, of their own, seated in another closed group, no place there as it is), [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn admit(
        &mut self,
        unit: UnitId,
        people: &[MemberId],
        on: NaiveDate,
        consent: Option<EventId>,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let mut group = file.group.clone();
            let apart = keeper.apart()?;
            let mut sayings = Vec::with_capacity(people.len());
            for member in people {
                keeper.seated_nowhere_else(unit, *member, on, reads)?;
                apart.has_place(*member, present(&group, on))?;
                let admission = file.meetings().admission(*member, on, consent);
                let joined = group.admit(admission).map_err(KeeperError::refused)?;
                if file.group.opened_on().is_some_and(|opened| opened <= on) {
                    keeper.may_take_part(*member, on)?;
                }
                let id = keeper.world.event_id();
                commons::Aggregate::apply(&mut group, id, &joined);
                let mut saying = Saying::new(unit, Fact::Group(joined)).and(*member);
                saying.id = Some(id);
                sayings.push(saying);
            }
            Ok((sayings, ()))
        })
    }

    /// Nobody sits in two closed groups at a time.
    pub(crate) fn seated_nowhere_else(
        &mut self,
        unit: UnitId,
        member: MemberId,
        on: NaiveDate,
        reads: &mut crate::keeper::Reads,
    ) -> Result<(), KeeperError> {
        let joined: BTreeSet<UnitId> =
            self.member_read(member, reads)?.joined.values().copied().collect();
        for other in joined.into_iter().filter(|other| *other != unit) {
            let file = self.unit_read(other, reads)?;
            let ended = matches!(file.group.life(), circle_model::Life::Ended { .. });
            if !ended && file.group.roster().seated(on).any(|stay| stay.member == member) {
                return Err(KeeperError::refused(SeatedElsewhere));
            }
        }
        Ok(())
    }

    /// Records that somebody left. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn leave(
        &mut self,
        unit: UnitId,
        member: MemberId,
        on: NaiveDate,
        why: LeaveReason,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, Some(member), |file| Ok(file.group.left(member, on, why)))
    }

    /// Gives somebody a role, if they are trained for it where the terms ask (SH-03, U-04).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where they are not authorized, supervise the group themselves, or
    /// would be one too many for their supervisor (SV-05), and the rest as ever.
    pub fn assign(
        &mut self,
        unit: UnitId,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        let gate = |keeper: &mut Self| keeper.may_take(unit, member, role, on);
        self.in_group_after(gate, unit, Some(member), |file| {
            file.group.assign(member, role, on, None)
        })
    }

    /// Whether somebody may take a role: trained for it, not the group's own supervisor, and not
    /// one too many for who stands by.
    fn may_take(
        &mut self,
        unit: UnitId,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        let file = self.unit(unit)?;
        let trained = file.group.role(role).map_err(KeeperError::refused)?.trained;
        if trained && !self.may_lead(member, role, on)? {
            return Err(KeeperError::refused(crate::gates::NotAuthorized { role: role.clone() }));
        }
        if self.supervises(unit, member)? {
            return Err(KeeperError::refused(crate::gates::SupervisorLeads));
        }
        self.apart()?.has_place(member, present(&file.group, on))?;
        if trained {
            for supervisor in crate::gates::supervisors(&file, on) {
                let mut seen = self.supervisees(supervisor, on)?;
                seen.insert(member);
                self.supervision_load(supervisor, &seen)?;
            }
        }
        Ok(())
    }

    /// Records what the group decided. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn decided(
        &mut self,
        unit: UnitId,
        what: &Decision,
        present: &BTreeSet<MemberId>,
        agreed: &BTreeSet<MemberId>,
        on: NaiveDate,
    ) -> Result<EventId, KeeperError> {
        let id = self.world.event_id();
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            let event = file.group.decide(what.clone(), present.clone(), agreed.clone(), on);
            let mut saying = Saying::new(unit, Fact::Group(event));
            saying.id = Some(id);
            Ok((saying, id))
        })
    }

    /// Adopts ground rules with every member's word (U-06).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where somebody has not agreed, and the rest as ever.
    pub fn adopt_agreement(
        &mut self,
        unit: UnitId,
        document: DocumentId,
        language: &Code,
        by: &BTreeSet<MemberId>,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, None, |file| {
            file.group.adopt_agreement(document, language.clone(), by.clone(), on)
        })
    }

    /// Records that members agreed to the ground rules again. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] without ground rules, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn affirm_agreement(
        &mut self,
        unit: UnitId,
        by: &BTreeSet<MemberId>,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        let agreement = self.unit(unit)?.group.agreement();
        let missing = || KeeperError::NotFound { what: "agreement", id: unit.short() };
        let adoption = agreement.ok_or_else(missing)?.adoption;
        self.in_group(unit, None, |_| {
            Ok(GroupEvent::AgreementAffirmed { adoption, by: by.clone(), on })
        })
    }

    /// Opens a group, once everything that must be in place is (U-01, U-04, U-05, U-07, SV-01).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Gate`] with every rule that is not met, [`KeeperError::Refused`], and the rest as ever.
    pub fn open_group(&mut self, unit: UnitId, on: NaiveDate) -> Result<(), KeeperError> {
        let gate = |keeper: &mut Self| passed(keeper.opening_gate(unit, on)?);
        self.in_group_after(gate, unit, None, |file| file.group.open(on))
    }

    /// Enters the next phase, once what the plan asks for is true (U-09) and nothing urgent is left to do
    /// in the phase that ends (U-08).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Gate`] while an urgent duty is due, [`KeeperError::Refused`] with every condition
    /// that is not met, and the rest as ever.
    pub fn enter_phase(
        &mut self,
        unit: UnitId,
        step: &Step,
        more: &Evidence,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            let file = keeper.unit_read(unit, reads)?;
            if file.group.phase_on(on).is_some() {
                passed(keeper.phase_gate(unit, on)?)?;
            }
            let known = keeper.evidence(unit, &step.phase, more, on)?;
            let entered = file.group.enter(step, &known).map_err(KeeperError::refused)?;
            Ok((Saying::new(unit, Fact::Group(entered)), ()))
        })
    }

    /// Whether a duty of a grave matter is due by the end of a day: no phase ends over it (U-08).
    ///
    /// A check-in that is due weeks later does not hold a group up; it stays in the list of duties, and
    /// the group does not close before it is done.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn phase_gate(&mut self, unit: UnitId, on: NaiveDate) -> Result<Verdict, KeeperError> {
        let by = safety_protocols::end_of_day(on, self.founded()?.zone);
        let file = self.unit(unit)?;
        let grave = file.matters.iter().filter(|(_, matter)| {
            !matter.is_closed() && matter.severity().is_some_and(|severity| severity.is_urgent())
        });
        let mut due = 0_u32;
        for (matter, _) in grave {
            let duties = self.duties_of_matter(*matter)?.into_iter();
            let pressing = |duty: &Obligation| {
                let until = duty.binds_at.or(duty.due_at);
                duty.is_open() && duty.modal == Modal::Must && until.is_none_or(|until| until <= by)
            };
            due = due
                .saturating_add(u32::try_from(duties.filter(pressing).count()).unwrap_or(u32::MAX));
        }
        let wanted = Requirement {
            rule: Rule::of("U-08"),
            modal: Modal::Must,
            what: Code::of("urgent_duties"),
            met: due == 0,
            way_out: Code::of("do_what_is_due"),
            who: Code::of("supervisor"),
            when: When::SomeoneElse,
            missing: (due > 0).then_some(due),
        };
        Ok(Verdict::of([wanted], &[], None))
    }

    /// Lets staff step back in for a time (HC-04).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], and the rest as ever.
    pub fn step_back_in(
        &mut self,
        unit: UnitId,
        stance: Stance,
        why: &Code,
        on: NaiveDate,
        until: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, None, |file| file.group.step_back_in(stance, why.clone(), on, until))
    }

    /// Records that somebody's time in the group was looked back on (HC-07).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn reviewed(
        &mut self,
        unit: UnitId,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, Some(member), |_| Ok(GroupEvent::Reviewed { member, on }))
    }

    /// Records that what is wrong with a group or its sessions was looked at and may stand. It opens
    /// again only when another event joins it. Never refused.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn settle(
        &mut self,
        unit: UnitId,
        breach: &Breach<GroupBreach>,
        reason: &Code,
    ) -> Result<(), KeeperError> {
        self.in_group(unit, None, |_| {
            Ok(GroupEvent::Settled { breach: breach.clone(), reason: reason.clone() })
        })
    }

    /// Closes a group, once no grave matter is open there (U-08).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Gate`], [`KeeperError::Refused`], and the rest as ever.
    pub fn close_group(
        &mut self,
        unit: UnitId,
        why: CloseReason,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        let gate = |keeper: &mut Self| passed(keeper.closing_gate(unit)?);
        self.in_group_after(gate, unit, None, |file| file.group.close(why, on))
    }

    /// Lets a group go on as another kind of group: ten volunteers, an elected committee and a
    /// constitution first (SH-09). Going on is always voluntary, and healing does not depend on it.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Gate`] with every rule that is not met, and the rest as ever.
    pub fn go_on_as(
        &mut self,
        unit: UnitId,
        going: &crate::gates::GoingOn,
        on: NaiveDate,
    ) -> Result<EventId, KeeperError> {
        let verdict = crate::gates::going_on_gate(going);
        if !verdict.passes() {
            return Err(KeeperError::Gate { unmet: verdict.refused });
        }
        let what = Decision::Continue { model: going.model.clone() };
        let present: BTreeSet<_> =
            self.unit(unit)?.group.roster().seated(on).map(|stay| stay.member).collect();
        self.decided(unit, &what, &present, &going.volunteers, on)
    }

    pub(crate) fn in_group(
        &mut self,
        unit: UnitId,
        member: Option<MemberId>,
        decision: impl Fn(&UnitFile) -> Result<GroupEvent, GroupError>,
    ) -> Result<(), KeeperError> {
        self.in_group_after(|_| Ok(()), unit, member, decision)
    }

    /// A decision that other rooms may stand against. What the gate reads, the decision read.
    fn in_group_after(
        &mut self,
        gate: impl Fn(&mut Self) -> Result<(), KeeperError>,
        unit: UnitId,
        member: Option<MemberId>,
        decision: impl Fn(&UnitFile) -> Result<GroupEvent, GroupError>,
    ) -> Result<(), KeeperError> {
        self.decide(|keeper, reads| {
            gate(keeper)?;
            let file = keeper.unit_read(unit, reads)?;
            let event = decision(&file).map_err(KeeperError::refused)?;
            let saying = Saying::new(unit, Fact::Group(event));
            Ok((member.map_or(saying.clone(), |member| saying.and(member)), ()))
        })
    }
}

/// Everybody who sits in a group or holds a role in it on a day.
pub(crate) fn present(group: &Group, on: NaiveDate) -> BTreeSet<MemberId> {
    let seated = group.roster().seated(on).map(|stay| stay.member).collect::<Vec<_>>();
    let posts = group.posts().into_iter().filter(|post| post.days.contains(on));
    seated.into_iter().chain(posts.map(|post| post.member)).collect()
}

/// A gate that must pass.
pub(crate) fn passed(verdict: Verdict) -> Result<(), KeeperError> {
    if verdict.passes() { Ok(()) } else { Err(KeeperError::Gate { unmet: verdict.refused }) }
}

/// Somebody sits in another closed group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this person sits in another group that has not ended")]
pub(crate) struct SeatedElsewhere;

impl commons::Refused for SeatedElsewhere {
    fn code(&self) -> &'static str {
        "group.seated_elsewhere"
    }
    fn rule(&self) -> Option<commons::Rule> {
        Some(commons::Rule::of("U-10"))
    }
    fn way_out(&self) -> &'static str {
        "record that they left the other group first, or keep them there"
    }
}
