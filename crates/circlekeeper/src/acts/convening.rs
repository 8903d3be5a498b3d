//! Many circles convened at once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::{Admission, Group};
use commons::{Aggregate, Code, MemberId, UnitId};
use event_log::EventLog;

use super::{
    company::{Apart, NoPlaceHere},
    groups::{NewGroup, present},
};
use crate::{
    ConveningRefusal, Fact, Keeper, KeeperError, MemberEvent, Surroundings, WaitReason, gates,
    keeper::{Plan, Reads, Saying},
};

/// A circle to convene: the group, who sits in it and who leads it.
#[derive(Debug, Clone)]
pub struct NewCircle {
    /// The group.
    pub group: NewGroup,
    /// Who sits in it.
    pub members: Vec<MemberId>,
    /// Who leads it, and in which role.
    pub leads: Vec<(MemberId, Code)>,
    /// Who is to lead it and has no role yet. It is kept nowhere; who sits in it is looked at beside them.
    pub to_lead: Vec<MemberId>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Convenes circles, all of them or none: forms each, seats its people and gives its leaders their roles, by the same
    /// rules as one by one. Whoever waits is put on the waiting list, unless they stand there already.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Convening`] with every refusal of every circle, [`KeeperError::NotFound`], [`KeeperError::Locked`],
    /// [`KeeperError::Store`].
    pub fn convene(
        &mut self,
        circles: &[NewCircle],
        waiting: &[MemberId],
        on: NaiveDate,
    ) -> Result<Vec<UnitId>, KeeperError> {
        self.decide(|keeper, reads| {
            let mut plan = Plan::default();
            let (mut units, mut refused) = (Vec::new(), Vec::new());
            let mut rules = Rules { apart: keeper.apart()?, taken: BTreeSet::new() };
            for (n, circle) in circles.iter().enumerate() {
                let mut refusals = Vec::new();
                units.push(keeper.convene_one(
                    circle,
                    &mut rules,
                    &mut plan,
                    reads,
                    &mut refusals,
                )?);
                let told = |(member, why)| ConveningRefusal { circle: n, member, why };
                refused.extend(refusals.into_iter().map(told));
            }
            if !refused.is_empty() {
                return Err(KeeperError::Convening { refused });
            }
            for member in waiting {
                let waits = keeper.member_read(*member, reads)?;
                if waits.waits.values().any(|(why, _)| *why == WaitReason::NoGroup) {
                    continue;
                }
                let (why, unit) = (WaitReason::NoGroup, None);
                let fact = MemberEvent::WaitListed { member: *member, why, unit, on };
                plan.sayings.push(Saying::new(*member, Fact::Member(fact)));
            }
            Ok((plan, units))
        })
    }

    fn convene_one(
        &mut self,
        circle: &NewCircle,
        rules: &mut Rules,
        plan: &mut Plan,
        reads: &mut Reads,
        refusals: &mut Vec<(Option<MemberId>, KeeperError)>,
    ) -> Result<UnitId, KeeperError> {
        let unit: UnitId = self.world.id();
        let on = circle.group.on;
        let formed = Group::form(unit, circle.group.terms.clone(), on);
        let mut group = Group::default();
        group.apply(self.world.event_id(), &formed);
        let forming = self.forming(unit, formed, &circle.group.words)?;
        plan.sayings.extend(forming.sayings);
        plan.new_keys.extend(forming.new_keys);
        // Why somebody has no place is not told, nor who it is: each circle says it once, whatever the reason and however often.
        let mut fits = true;
        for member in &circle.members {
            self.member_read(*member, reads)?;
            let admission =
                Admission { member: *member, on, sessions_held: 0, visits: 0, consent: None };
            let here = present(&group, on);
            let is_free = rules.taken.insert(*member)
                && is_kept(self.seated_nowhere_else(unit, *member, on, reads))?;
            if !is_free || !is_kept(rules.apart.has_place(*member, here))? {
                fits = false;
                continue;
            }
            match group.admit(admission).map_err(KeeperError::refused) {
                Ok(joined) => self.say(unit, *member, joined, &mut group, plan),
                Err(why) => refusals.push((Some(*member), refusal(why)?)),
            }
        }
        for leader in &circle.to_lead {
            let beside = present(&group, on);
            let sits = circle.members.contains(leader);
            fits &= !sits && is_kept(rules.apart.has_place(*leader, beside))?;
        }
        for (member, role) in &circle.leads {
            self.member_read(*member, reads)?;
            if !is_kept(rules.apart.has_place(*member, present(&group, on)))? {
                fits = false;
                continue;
            }
            let trained = group.role(role).map(|role| role.trained).map_err(KeeperError::refused);
            let post = trained
                .and_then(|trained| match trained && !self.may_lead(*member, role, on)? {
                    true => Err(KeeperError::refused(gates::NotAuthorized { role: role.clone() })),
                    false => Ok(()),
                })
                .and_then(|()| group.assign(*member, role, on, None).map_err(KeeperError::refused));
            match post {
                Ok(assigned) => self.say(unit, *member, assigned, &mut group, plan),
                Err(why) => refusals.push((Some(*member), refusal(why)?)),
            }
        }
        if !fits {
            refusals.insert(0, (None, KeeperError::refused(NoPlaceHere)));
        }
        Ok(unit)
    }

    fn say(
        &mut self,
        unit: UnitId,
        member: MemberId,
        event: circle_model::GroupEvent,
        group: &mut Group,
        plan: &mut Plan,
    ) {
        let id = self.world.event_id();
        group.apply(id, &event);
        let mut saying = Saying::new(unit, Fact::Group(event)).and(member);
        saying.id = Some(id);
        plan.sayings.push(saying);
    }
}

/// What holds across circles that are convened together.
struct Rules {
    apart: Apart,
    /// Who sits already.
    taken: BTreeSet<MemberId>,
}

/// Whether a rule is kept; whatever else went wrong ends it all.
fn is_kept(rule: Result<(), KeeperError>) -> Result<bool, KeeperError> {
    match rule {
        Ok(()) => Ok(true),
        Err(why) => refusal(why).map(|_| false),
    }
}

/// A refusal is told beside the others; whatever else went wrong ends it all.
fn refusal(why: KeeperError) -> Result<KeeperError, KeeperError> {
    if matches!(why, KeeperError::Refused(_) | KeeperError::Gate { .. }) {
        Ok(why)
    } else {
        Err(why)
    }
}
