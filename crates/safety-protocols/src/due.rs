//! What is due now, sorted by what can still be done.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use commons::Code;
use serde::Serialize;

use crate::{Caution, Obligation, Severity};

/// How pressing an obligation is, the most pressing first.
///
/// Exhaustive on purpose, so that no frontend overlooks a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Begun at once or grave, and open: first, late or not.
    Now,
    /// Can still be done in time, within the next 24 hours.
    Today,
    /// Late, and still worth doing. The latest to become late stand first: there is most to save.
    Late,
    /// Its moment has passed by more than a day; what can be done is to say what was done instead.
    Passed,
    /// Not due yet, or without a day.
    Ahead,
}

/// An open obligation, seen at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due<'a> {
    /// The obligation.
    pub obligation: &'a Obligation,
    /// How pressing it is.
    pub urgency: Urgency,
    /// How late it is; nothing when it is in time.
    #[serde(serialize_with = "seconds")]
    pub late_by: Option<TimeDelta>,
    /// How long after it happened it was known: the sheets came six days later.
    #[serde(serialize_with = "seconds_of")]
    pub known_after: TimeDelta,
    /// The role that holds it now.
    pub held_by: &'a Code,
    /// What to know before trusting it.
    pub cautions: BTreeSet<Caution>,
}

/// The open obligations that are due within 24 hours or late, the most pressing first.
#[must_use]
pub fn due(obligations: &[Obligation], now: DateTime<Utc>) -> Vec<Due<'_>> {
    within(obligations, now, TimeDelta::hours(24))
}

/// The same, looking some days ahead; what has no day is in it.
#[must_use]
pub fn ahead(obligations: &[Obligation], now: DateTime<Utc>, days: u16) -> Vec<Due<'_>> {
    within(obligations, now, TimeDelta::days(i64::from(days)))
}

fn within(obligations: &[Obligation], now: DateTime<Utc>, horizon: TimeDelta) -> Vec<Due<'_>> {
    let last = now.checked_add_signed(horizon).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let mut list: Vec<_> = obligations
        .iter()
        .filter(|one| one.is_open())
        .filter(|one| at(one).is_none_or(|due| due <= last) || one.at_once)
        .map(|one| look(one, now))
        .collect();
    list.sort_by_key(|one| {
        let due = at(one.obligation);
        let late_first = one.late_by.map_or(0, |late| late.num_seconds());
        (one.urgency, late_first, due.is_none(), due, one.obligation)
    });
    list
}

fn at(obligation: &Obligation) -> Option<DateTime<Utc>> {
    obligation.binds_at.or(obligation.due_at)
}

fn look(obligation: &Obligation, now: DateTime<Utc>) -> Due<'_> {
    let late_by = at(obligation).filter(|due| *due < now).map(|due| now.signed_duration_since(due));
    let mut cautions = obligation.cautions.clone();
    if obligation.recheck_by.is_some_and(|by| by < now.date_naive()) {
        cautions.insert(Caution::PastRecheck);
    }
    Due {
        obligation,
        urgency: urgency(obligation, now, late_by),
        late_by,
        known_after: obligation
            .known_at
            .signed_duration_since(obligation.happened_at)
            .max(TimeDelta::zero()),
        held_by: obligation.held_by(now),
        cautions,
    }
}

fn urgency(one: &Obligation, now: DateTime<Utc>, late_by: Option<TimeDelta>) -> Urgency {
    let a_day = TimeDelta::hours(24);
    let within_a_day = at(one).is_some_and(|due| due.signed_duration_since(now) <= a_day);
    let grave = one.severity.is_some_and(Severity::is_urgent);
    match late_by {
        Some(late) if one.momentary && a_day < late => Urgency::Passed,
        _ if one.at_once || (grave && within_a_day) => Urgency::Now,
        Some(_) if one.momentary => Urgency::Now,
        Some(_) => Urgency::Late,
        None if within_a_day => Urgency::Today,
        None => Urgency::Ahead,
    }
}

fn seconds<S: serde::Serializer>(span: &Option<TimeDelta>, to: S) -> Result<S::Ok, S::Error> {
    span.map(|span| span.num_seconds()).serialize(to)
}

fn seconds_of<S: serde::Serializer>(span: &TimeDelta, to: S) -> Result<S::Ok, S::Error> {
    span.num_seconds().serialize(to)
}
