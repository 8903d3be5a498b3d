//! What is wrong, across every room: asked of the state, never remembered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::{Life, Lineage};
use commons::{Aggregate, Breach, EventSet, MemberId, Rule, UnitId};
use event_log::EventLog;
use serde::Serialize;

use crate::{Keeper, KeeperError, Surroundings};

/// One thing that is wrong and that nobody has settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The unit, where it is of one.
    pub unit: Option<UnitId>,
    /// The room that finds it.
    pub room: &'static str,
    /// Its kind, as the room names it.
    pub kind: String,
    /// The rule that is broken, where one is.
    pub rule: Option<Rule>,
    /// The events that make it.
    pub events: EventSet,
}

fn finding<K: Serialize>(
    unit: Option<UnitId>,
    room: &'static str,
    rule: Option<Rule>,
    breach: Breach<K>,
) -> Finding {
    let kind =
        serde_json::to_value(&breach.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    Finding { unit, room, kind: kind.unwrap_or_default(), rule, events: breach.events }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everything that is wrong and not settled, one line for each real conflict.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn findings(&mut self) -> Result<Vec<Finding>, KeeperError> {
        let mut found = BTreeSet::new();
        let mut seats: BTreeMap<MemberId, Vec<(UnitId, commons::EventId, NaiveDate, NaiveDate)>> =
            BTreeMap::new();
        let mut groups = Vec::new();
        for unit in self.units()? {
            let Some(file) = self.unit_if_whole(unit)? else { continue };
            for breach in
                file.group.open_breaches().into_iter().chain(file.meetings().open_breaches())
            {
                found.insert(finding(Some(unit), "group", Some(breach.kind.rule()), breach));
            }
            for session in file.sessions.values() {
                found.extend(
                    session
                        .open_breaches()
                        .into_iter()
                        .map(|breach| finding(Some(unit), "session", None, breach)),
                );
            }
            for measures in file.measures.values() {
                found.extend(
                    measures
                        .open_breaches()
                        .into_iter()
                        .map(|breach| finding(Some(unit), "measures", None, breach)),
                );
            }
            for consent in file.consents.values() {
                found.extend(
                    consent
                        .open_breaches()
                        .into_iter()
                        .map(|breach| finding(Some(unit), "consent", None, breach)),
                );
            }
            for matter in file.matters.values() {
                found.extend(
                    matter
                        .open_breaches()
                        .into_iter()
                        .map(|breach| finding(Some(unit), "matter", None, breach)),
                );
            }
            for referral in file.referrals.values() {
                found.extend(
                    referral
                        .open_breaches()
                        .into_iter()
                        .map(|breach| finding(Some(unit), "referral", None, breach)),
                );
            }
            found.extend(
                file.supervision
                    .open_breaches()
                    .into_iter()
                    .map(|breach| finding(Some(unit), "supervision", None, breach)),
            );
            let ended = match file.group.life() {
                Life::Ended { on, .. } => Some(on),
                Life::Unborn | Life::Gathering | Life::Meeting { .. } => None,
            };
            for stay in file.group.roster().stays() {
                let until =
                    [stay.until, ended].into_iter().flatten().min().unwrap_or(NaiveDate::MAX);
                seats.entry(stay.member).or_default().push((unit, stay.joined, stay.from, until));
            }
            groups.push(file.group.clone());
        }
        found.extend(seated_twice(&seats));
        for breach in Lineage::of(&groups).breaches() {
            let kind = "own_ancestor".to_owned();
            found.insert(Finding {
                unit: None,
                room: "lineage",
                kind,
                rule: Some(Rule::of("U-15")),
                events: breach.events,
            });
        }
        Ok(found.into_iter().collect())
    }
}

/// People who sit in two groups at a time, each pair of joinings once.
fn seated_twice(
    seats: &BTreeMap<MemberId, Vec<(UnitId, commons::EventId, NaiveDate, NaiveDate)>>,
) -> BTreeSet<Finding> {
    let mut found = BTreeSet::new();
    for stays in seats.values() {
        for (place, one) in stays.iter().enumerate() {
            for other in stays.iter().skip(place + 1).filter(|other| other.0 != one.0) {
                if one.2 < other.3 && other.2 < one.3 {
                    let events = [one.1, other.1].into();
                    let kind = "seated_twice".to_owned();
                    found.insert(Finding {
                        unit: Some(one.0),
                        room: "groups",
                        kind,
                        rule: Some(Rule::of("U-10")),
                        events,
                    });
                }
            }
        }
    }
    found
}
