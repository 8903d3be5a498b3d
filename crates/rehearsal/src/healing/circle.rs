//! What became of the circle, as the program remembers it.

use std::collections::BTreeSet;

use circle_model::Lineage;
use circlekeeper::{Keeper, Surroundings};
use commons::{ClassId, MemberId, UnitId};
use event_log::EventLog;
use serde::Serialize;

use super::COST_USD;
use crate::RehearsalError;

/// A healing circle and the circles that grew out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Circle {
    /// The circle.
    pub unit: UnitId,
    /// Those that grew out of it.
    pub children: Vec<UnitId>,
    /// People who were screened.
    pub forms: u64,
    /// People who were ready.
    pub ready: u64,
    /// People who wait.
    pub deferred: u64,
    /// Attendances of the workshops.
    pub workshops_attended: u64,
    /// Places of the workshops.
    pub workshops_possible: u64,
    /// Workshops that were made up.
    pub made_up: u64,
    /// People who completed the workshops.
    pub healers: u64,
    /// Meetings held.
    pub meetings: u64,
    /// Places that could have been filled.
    pub possible: u64,
    /// Places filled.
    pub attended: u64,
    /// Phases that were entered, in their order.
    pub phases: Vec<commons::Code>,
    /// People whose time was looked back on.
    pub reviews: u64,
    /// Days from the end of the time with staff to the reconvening.
    pub reconvened_after_days: i64,
    /// Matters.
    pub matters: u64,
    /// Matters that are closed.
    pub matters_closed: u64,
    /// People of each circle that grew out of it.
    pub child_sizes: Vec<u64>,
    /// People in those circles who were not in this one.
    pub new_people: u64,
    /// Generations of circles.
    pub generations: usize,
    /// Circles that are their own ancestors.
    pub cycles: usize,
    /// What the program cost for each person who completed the workshops, in US dollars.
    pub usd_per_healer: u64,
}

impl Circle {
    /// Reads a circle back. Works locked.
    ///
    /// # Errors
    ///
    /// Whatever the store says.
    pub fn read<L: EventLog, S: Surroundings>(
        keeper: &mut Keeper<L, S>,
        unit: UnitId,
        class: ClassId,
        children: &[UnitId],
    ) -> Result<Self, RehearsalError> {
        let today = keeper.today()?;
        let taught = keeper.class(class)?;
        let (workshops_attended, workshops_possible) = taught.class.attendance(today);
        let enrolled = taught.class.enrolled(today);
        let (ready, deferred) = (taught.class.ready(today), taught.class.deferred(today));
        let healers = taught.class.completed(today).len() as u64;
        let file = keeper.unit(unit)?;
        let delivery = file.meetings().delivery();
        let days_between = file
            .group
            .entered(&commons::Code::of("p5"))
            .zip(file.group.entered(&commons::Code::of("p6")));
        let own: BTreeSet<MemberId> =
            file.group.roster().stays().iter().map(|stay| stay.member).collect();
        let (mut groups, mut child_sizes, mut new) =
            (vec![file.group.clone()], vec![], BTreeSet::new());
        for child in children {
            let child = keeper.unit(*child)?;
            let members: BTreeSet<MemberId> =
                child.group.roster().seated(today).map(|stay| stay.member).collect();
            child_sizes.push(members.len() as u64);
            new.extend(members.difference(&own).copied());
            groups.push(child.group.clone());
        }
        let lineage = Lineage::of(&groups);
        let made_up = enrolled.iter().map(|member| taught.class.made_up(*member, today).len());
        Ok(Self {
            unit,
            children: children.to_vec(),
            forms: ready.union(&deferred).count() as u64,
            ready: ready.len() as u64,
            deferred: deferred.len() as u64,
            workshops_attended: workshops_attended as u64,
            workshops_possible: workshops_possible as u64,
            made_up: made_up.sum::<usize>() as u64,
            healers,
            meetings: delivery.held.into(),
            possible: delivery.possible.into(),
            attended: delivery.attended.into(),
            phases: phases(&file.group),
            reviews: file.group.reviewed().len() as u64,
            reconvened_after_days: days_between.map_or(0, |(one, two)| (two - one).num_days()),
            matters: file.matters.len() as u64,
            matters_closed: file.matters.values().filter(|it| it.is_closed()).count() as u64,
            child_sizes,
            new_people: new.len() as u64,
            generations: lineage.generations(),
            cycles: lineage.breaches().len(),
            usd_per_healer: COST_USD.checked_div(healers).unwrap_or(0),
        })
    }
}

fn phases(group: &circle_model::Group) -> Vec<commons::Code> {
    let terms = group.terms();
    let plan = terms.into_iter().flat_map(|terms| terms.get().plan.phases());
    plan.filter(|phase| group.entered(&phase.id).is_some()).map(|phase| phase.id.clone()).collect()
}
