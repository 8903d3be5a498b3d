//! What was delivered, beside what was planned; who came, and how often.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Code, MemberId};

use super::Meetings;
use crate::{NotHeldReason, Outcome, group::people};

/// Whether somebody has completed: come to as many sessions as the terms ask for (SH-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// Came often enough; a certificate may be given.
    Completed,
    /// Not yet, and the sessions that remain are enough.
    Possible {
        /// Sessions still to come to.
        missing: u16,
    },
    /// Came too rarely, and too few sessions remain.
    Missed {
        /// Sessions that were missing.
        missing: u16,
    },
}

/// How often somebody came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Sessions they came to.
    pub attended: u16,
    /// Sessions held while they belonged to the group.
    pub possible: u16,
    /// Sessions missed in a row, up to the last one held.
    pub missed_in_a_row: u16,
}

/// What was delivered, beside what was planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Sessions of the terms.
    pub planned: u16,
    /// Sessions held.
    pub held: u16,
    /// Sessions that did not happen, by reason.
    pub not_held: BTreeMap<NotHeldReason, u16>,
    /// Minutes of the terms, for the sessions held.
    pub minutes_planned: u32,
    /// Minutes held.
    pub minutes_held: u32,
    /// Places that could have been filled.
    pub possible: u32,
    /// Places filled.
    pub attended: u32,
    /// Sessions by activity.
    pub activities: BTreeMap<Code, u16>,
    /// Different members who led.
    pub leaders: u16,
}

impl Meetings<'_> {
    /// How often a person came.
    #[must_use]
    pub fn turnout(&self, member: MemberId) -> Turnout {
        let roster = self.group.roster();
        let mut turnout = Turnout::default();
        for session in self.held() {
            if !roster.belonged(member, session.on) {
                continue;
            }
            turnout.possible += 1;
            if session.session.marks().get(&member).is_some_and(|mark| mark.attended()) {
                turnout.attended += 1;
                turnout.missed_in_a_row = 0;
            } else {
                turnout.missed_in_a_row += 1;
            }
        }
        turnout
    }

    /// Whether a person has come often enough to have completed, or still can (SH-08); nothing where
    /// nobody counts. The terms of the last session held say how often that is.
    #[must_use]
    pub fn completion(&self, member: MemberId) -> Option<Completion> {
        let held = self.held();
        let day = held.last().map_or(NaiveDate::MIN, |last| last.on);
        let terms = self.group.terms_on(day)?.1.get();
        let missing = terms.completed_at?.saturating_sub(self.turnout(member).attended);
        let remain = terms.cadence.sessions().saturating_sub(people(held.len()));
        Some(match missing {
            0 => Completion::Completed,
            _ if missing <= remain => Completion::Possible { missing },
            _ => Completion::Missed { missing },
        })
    }

    /// Whether a person has come often enough to have completed (SH-08).
    #[must_use]
    pub fn completed(&self, member: MemberId) -> bool {
        self.completion(member) == Some(Completion::Completed)
    }

    /// What was delivered, beside what was planned.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        let Some(terms) = self.group.terms() else {
            return Delivery::default();
        };
        let roster = self.group.roster();
        let mut delivery =
            Delivery { planned: terms.get().cadence.sessions(), ..Delivery::default() };
        let mut leaders = BTreeSet::new();
        for session in self.held() {
            delivery.held += 1;
            let agreed = self.group.terms_on(session.on).map_or(terms, |(_, terms)| terms);
            delivery.minutes_planned += u32::from(agreed.get().cadence.minutes());
            delivery.minutes_held += u32::from(session.record.minutes);
            let marks = session.session.marks();
            let belonged: BTreeSet<_> = roster
                .stays()
                .iter()
                .filter(|stay| stay.belonged_on(session.on))
                .map(|stay| stay.member)
                .collect();
            delivery.possible += u32::from(people(belonged.len()));
            let came = belonged
                .iter()
                .filter(|member| marks.get(member).is_some_and(|mark| mark.attended()));
            delivery.attended += u32::from(people(came.count()));
            for activity in &session.record.activities {
                *delivery.activities.entry(activity.clone()).or_default() += 1;
            }
            leaders.extend(session.session.leaders().intersection(&belonged).copied());
        }
        delivery.leaders = people(leaders.len());
        for session in self.sessions.values() {
            if let Outcome::NotHeld { why, .. } = session.outcome() {
                *delivery.not_held.entry(why).or_default() += 1;
            }
        }
        delivery
    }
}
