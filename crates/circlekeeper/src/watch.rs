//! What is wrong and needs two rooms to see: came without consent, led without being authorized.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commons::{Code, EventId, MemberId, Rule, UnitId};
use event_log::EventLog;
use safety_protocols::{Scope, end_of_day};

use crate::{Finding, Keeper, KeeperError, Surroundings, UnitFile};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// What is wrong with the sessions of a unit, seen together with its members and their training.
    pub(crate) fn watched(
        &mut self,
        unit: UnitId,
        file: &UnitFile,
    ) -> Result<Vec<Finding>, KeeperError> {
        let mut found = Vec::new();
        let mut trained: BTreeMap<(MemberId, &Code, NaiveDate), bool> = BTreeMap::new();
        for session in file.meetings().held() {
            let mut add = |kind: &'static str, rule: &'static str, event: EventId| {
                let (kind, rule) = (kind.to_owned(), Some(Rule::of(rule)));
                let events = [event].into();
                found.push(Finding { unit: Some(unit), room: "session", kind, rule, events });
            };
            for (member, mark) in session.session.marks() {
                if mark.attended() && !self.said_yes(file, member, session.on)? {
                    add("attended_without_consent", "U-05", session.event);
                }
            }
            // Who was named to stand in is flagged by the meetings themselves.
            let stands_in = session.session.planned().and_then(|planned| planned.substitute);
            for (member, role) in &session.record.led_by {
                if stands_in == Some(*member) {
                    continue;
                }
                let asks = file.group.role(role).is_ok_and(|role| role.trained);
                let place = (*member, role, session.on);
                let fit = match trained.get(&place) {
                    Some(fit) => *fit,
                    None => !asks || self.may_lead(*member, role, session.on)?,
                };
                trained.insert(place, fit);
                if !fit {
                    add("led_unauthorized", "U-04", session.event);
                }
            }
        }
        Ok(found)
    }

    /// Whether somebody who came had said yes to taking part, that day at the latest (U-05).
    fn said_yes(
        &mut self,
        file: &UnitFile,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<bool, KeeperError> {
        let at = end_of_day(on, self.founded()?.zone);
        let here = file.consents.get(&member);
        if here.is_some_and(|consent| consent.allows(&Scope::Participate, at)) {
            return Ok(true);
        }
        match self.member(member) {
            Ok(known) => Ok(known.consent.allows(&Scope::Participate, at)),
            Err(KeeperError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
