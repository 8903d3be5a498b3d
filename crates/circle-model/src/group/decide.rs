//! What may be planned for a group: each decision returns an event or says why not.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use commons::{Aggregate, Code, DocumentId, EventId, MemberId, UnitId};

use super::{
    CloseReason, Decision, GrewFrom, Group, GroupBreach, GroupError, GroupEvent, LeaveReason, Life,
    people,
};
use crate::{Evidence, Holder, Joining, Role, Shown, Stance, Terms};

/// Somebody asks to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// Who.
    pub member: MemberId,
    /// The day.
    pub on: NaiveDate,
    /// Sessions the group has held before that day.
    pub sessions_held: u16,
    /// Visits as a guest before that day.
    pub visits: u8,
    /// The group's decision to welcome them, where there is one.
    pub consent: Option<EventId>,
}

/// A phase to enter: which, who decided it, and why (U-09).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The phase.
    pub phase: Code,
    /// The role of who decided it.
    pub by: Code,
    /// Why, as a word of a list.
    pub why: Code,
}

/// The id under which a plan is tried out before it has one of its own.
pub(crate) const TRIAL: EventId = EventId::from_bytes([0xFF; 16]);

impl Group {
    /// Forms a group on these terms.
    #[must_use]
    pub fn form(unit: UnitId, terms: Terms, on: NaiveDate) -> GroupEvent {
        GroupEvent::Formed { unit, terms: Box::new(terms), on, grew_from: None }
    }

    /// Forms a group that grows out of this one (HC-07).
    ///
    /// `shared` are the members of this group who come along, the founder among them.
    ///
    /// # Errors
    ///
    /// [`GroupError::NotShared`] where the founder or somebody who comes along is no member that day;
    /// [`GroupError::FounderNotReviewed`] before the founder's review is recorded here;
    /// [`GroupError::FounderAlone`] when nobody else comes along and this group did not agree to that;
    /// [`GroupError::NotFormed`] when this group is none.
    pub fn form_child(
        &self,
        unit: UnitId,
        terms: Terms,
        founder: MemberId,
        shared: &BTreeSet<MemberId>,
        on: NaiveDate,
    ) -> Result<GroupEvent, GroupError> {
        let parent = self.unit().ok_or(GroupError::NotFormed)?;
        if !self.reviewed().contains(&founder) {
            return Err(GroupError::FounderNotReviewed);
        }
        let members = self.members_on(on);
        if !members.contains(&founder) || !shared.is_subset(&members) {
            return Err(GroupError::NotShared);
        }
        let alone = shared.iter().all(|member| *member == founder);
        if alone && !self.all_agreed(&Decision::ShareFounder { member: founder }, on) {
            return Err(GroupError::FounderAlone);
        }
        let grew_from = Some(GrewFrom { parent, founder });
        Ok(GroupEvent::Formed { unit, terms: Box::new(terms), on, grew_from })
    }

    /// Changes the terms, and says who agreed and why (U-16).
    ///
    /// # Errors
    ///
    /// [`GroupError::NotFormed`], [`GroupError::Ended`], or [`GroupError::Breaks`] where the new
    /// terms do not fit the group as it is (fewer seats than people, say). What they would do to the
    /// sessions, [`crate::Meetings::adapt`] says.
    pub fn adapt(
        &self,
        terms: Terms,
        why: Code,
        agreed_by: Code,
        on: NaiveDate,
    ) -> Result<GroupEvent, GroupError> {
        self.going_on(on)?;
        let cited = self.cited_terms();
        let cites =
            self.terms_facts().map(|(id, ..)| id).filter(|id| !cited.contains(id)).collect();
        self.tried(GroupEvent::TermsAdapted { terms: Box::new(terms), cites, why, agreed_by, on })
    }

    /// Decides whether a person may take a seat on a day.
    ///
    /// # Errors
    ///
    /// [`GroupError::Full`] when every seat is taken (U-01, HC-01); [`GroupError::AlreadyMember`];
    /// [`GroupError::JoinCutOff`] after the session until which people join (SH-04);
    /// [`GroupError::NeedsConsent`] where the members present decide (HC-09); [`GroupError::Visits`]
    /// before the visits as a guest; [`GroupError::DropIn`] where nobody becomes a member.
    pub fn admit(&self, admission: Admission) -> Result<GroupEvent, GroupError> {
        let Admission { member, on, sessions_held, visits, consent } = admission;
        let terms = self.going_on(on)?.get();
        let roster = self.roster();
        if roster.seated(on).any(|stay| stay.member == member) {
            return Err(GroupError::AlreadyMember);
        }
        let (seated, most) = (roster.count(on), terms.seats.most());
        if seated >= most {
            return Err(GroupError::Full { seated, most });
        }
        match terms.joining {
            Joining::UntilSession { session } if session <= sessions_held => {
                return Err(GroupError::JoinCutOff { held: sessions_held, session });
            }
            Joining::AfterVisits { fewest, most }
                if self.is_open_on(on) && (visits < fewest || most < visits) =>
            {
                return Err(GroupError::Visits { visits, fewest, most });
            }
            Joining::ByConsent
                if self.is_open_on(on) && !self.consents(consent, member, on, None) =>
            {
                return Err(GroupError::NeedsConsent);
            }
            Joining::DropIn => return Err(GroupError::DropIn),
            Joining::UntilSession { .. } | Joining::AfterVisits { .. } | Joining::ByConsent => {}
        }
        self.tried(GroupEvent::Joined { member, on, consent })
    }

    /// Records that a person left. Never refused.
    #[must_use]
    pub fn left(&self, member: MemberId, on: NaiveDate, why: LeaveReason) -> GroupEvent {
        GroupEvent::Left { member, on, why, cites: self.roster().open_joinings(member) }
    }

    /// Decides whether a person may take a role from a day on.
    ///
    /// # Errors
    ///
    /// [`GroupError::RoleForbidden`] (U-03, HC-02), [`GroupError::RoleUnknown`],
    /// [`GroupError::RoleNotNow`] where the phase has no such role (HC-04),
    /// [`GroupError::RoleTaken`], [`GroupError::RoleOfMembers`], [`GroupError::EndsBefore`].
    pub fn assign(
        &self,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Result<GroupEvent, GroupError> {
        let known = self.role_on(role, on)?;
        if let Some(until) = until.filter(|until| *until < on) {
            return Err(GroupError::EndsBefore { on, until });
        }
        if !self.role_exists_on(known, on) {
            return Err(GroupError::RoleNotNow { role: role.clone() });
        }
        if known.holder == Holder::Member
            && !self.roster().seated(on).any(|stay| stay.member == member)
        {
            return Err(GroupError::RoleOfMembers { role: role.clone() });
        }
        let mut holders = self.in_role(role, on);
        holders.insert(member);
        if people(holders.len()) > known.most {
            return Err(GroupError::RoleTaken { role: role.clone(), most: known.most });
        }
        self.tried(GroupEvent::Assigned { member, role: role.clone(), on, until })
    }

    /// Records that a person gave a role back. Never refused.
    #[must_use]
    pub fn released(&self, member: MemberId, role: &Code, on: NaiveDate) -> GroupEvent {
        let held = self.posts().into_iter();
        let cites =
            held.filter(|post| post.member == member && post.role == *role).map(|post| post.event);
        GroupEvent::Released { member, on, cites: cites.collect() }
    }

    /// Adopts ground rules, or a new version of them, with every member's word (U-06).
    ///
    /// # Errors
    ///
    /// [`GroupError::NotAgreed`] where a member who is seated that day has not agreed.
    pub fn adopt_agreement(
        &self,
        document: DocumentId,
        language: Code,
        by: BTreeSet<MemberId>,
        on: NaiveDate,
    ) -> Result<GroupEvent, GroupError> {
        self.going_on(on)?;
        let members = self.members_on(on);
        if members.is_empty() || !members.is_subset(&by) {
            let agreed = people(members.intersection(&by).count());
            return Err(GroupError::NotAgreed { agreed, members: people(members.len()) });
        }
        let cites = self.standing_adoptions().iter().map(|adoption| adoption.event).collect();
        let version = self.agreement().map_or(1, |now| now.version.saturating_add(1));
        Ok(GroupEvent::AgreementAdopted { document, version, language, by, cites, on })
    }

    /// Opens the group: it begins to meet.
    ///
    /// # Errors
    ///
    /// [`GroupError::TooFew`] below the fewest (U-01), [`GroupError::AlreadyOpen`], [`GroupError::NotFormed`], [`GroupError::Ended`].
    pub fn open(&self, on: NaiveDate) -> Result<GroupEvent, GroupError> {
        let terms = self.going_on(on)?;
        if let Life::Meeting { since } = self.life() {
            return Err(GroupError::AlreadyOpen { since });
        }
        let (seated, fewest) = (self.roster().count(on), terms.get().seats.fewest());
        let drop_in = terms.get().joining == Joining::DropIn;
        if seated < fewest && !drop_in {
            return Err(GroupError::TooFew { seated, fewest });
        }
        self.tried(GroupEvent::Opened { on, cites: [].into() })
    }

    /// Decides whether the group may enter a phase.
    ///
    /// What the present phase asks before it is left and what the next asks before it is entered
    /// must both be met; every condition that is not is listed, and what was seen of the others is kept.
    ///
    /// # Errors
    ///
    /// [`GroupError::NotNext`], [`GroupError::Backdated`] or [`GroupError::Unmet`] (U-09),
    /// [`GroupError::NotFormed`], [`GroupError::Ended`].
    pub fn enter(&self, step: &Step, known: &Evidence) -> Result<GroupEvent, GroupError> {
        let Step { phase, by, why } = step;
        let terms = self.going_on(known.on)?.get();
        let left = self.standing_entries();
        if let Some(last) = left.iter().map(|entry| entry.on).max().filter(|last| known.on < *last)
        {
            return Err(GroupError::Backdated { on: known.on, last });
        }
        let present = self.phase_on(known.on);
        let next = terms.plan.after(present.map(|phase| &phase.id));
        let Some(next) = next.filter(|next| next.id == *phase) else {
            return Err(GroupError::NotNext {
                phase: phase.clone(),
                next: next.map(|next| next.id.clone()),
            });
        };
        let asked = present.into_iter().flat_map(|phase| &phase.exit).chain(&next.entry);
        let (mut unmet, mut evidence) = (BTreeSet::new(), Vec::new());
        for condition in asked.cloned() {
            match condition.seen(known) {
                Some(seen) => evidence.push(Shown { condition, seen }),
                None => _ = unmet.insert(condition),
            }
        }
        if !unmet.is_empty() {
            let unmet = unmet.into_iter().collect();
            return Err(GroupError::Unmet { phase: phase.clone(), unmet });
        }
        self.tried(GroupEvent::PhaseEntered {
            phase: phase.clone(),
            cites: left.iter().map(|entry| entry.event).collect(),
            by: by.clone(),
            why: why.clone(),
            signed_by: known.signed.iter().cloned().collect(),
            evidence,
            on: known.on,
        })
    }

    /// Lets staff step back in for a time, with a reason and a last day (HC-04).
    ///
    /// # Errors
    ///
    /// [`GroupError::NoStepIn`] where that is no step in, [`GroupError::EndsBefore`], [`GroupError::NotFormed`], [`GroupError::Ended`].
    pub fn step_back_in(
        &self,
        stance: Stance,
        why: Code,
        on: NaiveDate,
        until: NaiveDate,
    ) -> Result<GroupEvent, GroupError> {
        self.going_on(on)?;
        if until < on {
            return Err(GroupError::EndsBefore { on, until });
        }
        if let Some(now) =
            self.phase_on(on).and_then(|phase| phase.stance).filter(|now| *now <= stance)
        {
            return Err(GroupError::NoStepIn { now, asked: stance });
        }
        self.tried(GroupEvent::SteppedBackIn { stance, why, on, until })
    }

    /// Ends the group.
    ///
    /// # Errors
    ///
    /// [`GroupError::NotFormed`], [`GroupError::Ended`] where it has ended.
    pub fn close(&self, why: CloseReason, on: NaiveDate) -> Result<GroupEvent, GroupError> {
        self.going_on(on)?;
        let formed = self.formed().map(|(id, ..)| id);
        let cites = formed.chain(self.openings().map(|(id, ..)| id)).collect();
        self.tried(GroupEvent::Closed { on, why, cites })
    }

    /// A role that is known and not forbidden by the terms that were set last.
    ///
    /// # Errors
    ///
    /// [`GroupError::RoleForbidden`], [`GroupError::RoleUnknown`], [`GroupError::NotFormed`], [`GroupError::Ended`].
    pub fn role(&self, id: &Code) -> Result<&Role, GroupError> {
        self.role_on(id, NaiveDate::MAX)
    }

    /// A role that is known and not forbidden on a day.
    ///
    /// # Errors
    ///
    /// [`GroupError::RoleForbidden`], [`GroupError::RoleUnknown`], [`GroupError::NotFormed`], [`GroupError::Ended`].
    pub fn role_on(&self, id: &Code, day: NaiveDate) -> Result<&Role, GroupError> {
        let terms = self.going_on(day)?;
        if terms.forbids(id) {
            return Err(GroupError::RoleForbidden { role: id.clone() });
        }
        terms.role(id).ok_or_else(|| GroupError::RoleUnknown { role: id.clone() })
    }

    /// Whether a role exists on a day: its phase has come, or staff have stepped back in.
    #[must_use]
    pub fn role_exists_on(&self, role: &Role, day: NaiveDate) -> bool {
        let Some((_, terms)) = self.terms_on(day) else {
            return false;
        };
        let stepped_in = self.steps_in().any(|(_, _, days)| days.contains(day));
        let phase = self.phase_on(day).map(|phase| &phase.id);
        terms.role_exists_in(role, phase) || (stepped_in && role.holder == Holder::Staff)
    }

    /// Whether it had begun to meet before a day.
    fn is_open_on(&self, day: NaiveDate) -> bool {
        self.openings().any(|(_, on, _)| on < day)
    }

    /// The terms of a day, of a group that was formed and has not ended.
    fn going_on(&self, day: NaiveDate) -> Result<&Terms, GroupError> {
        match self.life() {
            Life::Ended { on, .. } => Err(GroupError::Ended { on }),
            Life::Unborn => Err(GroupError::NotFormed),
            Life::Gathering | Life::Meeting { .. } => {
                self.terms_on(day).map(|(_, terms)| terms).ok_or(GroupError::NotFormed)
            }
        }
    }

    /// The plan, if it breaks nothing that was whole.
    fn tried(&self, event: GroupEvent) -> Result<GroupEvent, GroupError> {
        match self.check(TRIAL, &event) {
            Ok(()) => Ok(event),
            Err(added) => {
                let kinds: BTreeSet<GroupBreach> =
                    added.into_iter().map(|breach| breach.kind).collect();
                Err(GroupError::Breaks { breaches: kinds.into_iter().collect() })
            }
        }
    }
}
