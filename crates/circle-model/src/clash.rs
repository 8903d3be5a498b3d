//! Sessions that cannot both be: somebody in two rooms at once, or two circles in one room.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use commons::{MemberId, SessionId};

/// A session as the calendar sees it: when, where, and who leads.
///
/// A room is whatever the caller tells rooms apart by; this crate never learns what one is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking<R> {
    /// The session.
    pub session: SessionId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Who leads it, whoever stands in among them.
    pub led_by: BTreeSet<MemberId>,
    /// Where; none where nobody can tell.
    pub room: Option<R>,
}

/// How long the way from one room to another takes, in minutes, both ways alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel<R> {
    ways: BTreeMap<(R, R), u16>,
    otherwise: u16,
}

impl<R> Default for Travel<R> {
    fn default() -> Self {
        Self { ways: BTreeMap::new(), otherwise: 0 }
    }
}

impl<R: Ord + Clone> Travel<R> {
    /// So many minutes between any two rooms of which nothing else is said.
    #[must_use]
    pub const fn otherwise(minutes: u16) -> Self {
        Self { ways: BTreeMap::new(), otherwise: minutes }
    }

    /// With the way between two rooms.
    #[must_use]
    pub fn with(mut self, one: &R, other: &R, minutes: u16) -> Self {
        self.ways.insert(ordered(one, other), minutes);
        self
    }

    /// Minutes from one room to another. Within a room, and where a room is not known, none.
    #[must_use]
    pub fn minutes(&self, from: Option<&R>, to: Option<&R>) -> u16 {
        let (Some(from), Some(to)) = (from, to) else { return 0 };
        if from == to {
            return 0;
        }
        self.ways.get(&ordered(from, to)).copied().unwrap_or(self.otherwise)
    }

    /// The longest way.
    fn longest(&self) -> u16 {
        self.ways.values().copied().max().unwrap_or(0).max(self.otherwise)
    }
}

fn ordered<R: Ord + Clone>(one: &R, other: &R) -> (R, R) {
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    (one.clone(), other.clone())
}

/// Two sessions that cannot both be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// Somebody is to lead both, and they overlap or the way between them takes longer than there is time.
    Leader {
        /// Who.
        who: MemberId,
        /// The session that starts first.
        first: SessionId,
        /// The other.
        second: SessionId,
    },
    /// Both are in one room, and they overlap.
    Room {
        /// The session that starts first.
        first: SessionId,
        /// The other.
        second: SessionId,
    },
}

impl Clash {
    /// The two sessions, the one that starts first before the other.
    #[must_use]
    pub const fn sessions(self) -> (SessionId, SessionId) {
        match self {
            Self::Leader { first, second, .. } | Self::Room { first, second } => (first, second),
        }
    }
}

/// Every two sessions that cannot both be, in the order of their times.
#[must_use]
pub fn clashes<R: Ord + Clone>(bookings: &[Booking<R>], travel: &Travel<R>) -> Vec<Clash> {
    let mut sorted: Vec<&Booking<R>> = bookings.iter().collect();
    sorted.sort_by_key(|booking| (booking.starts_at, booking.session));
    let longest = TimeDelta::minutes(travel.longest().into());
    let mut found = Vec::new();
    for (place, first) in sorted.iter().enumerate() {
        let later = sorted.iter().skip(place + 1);
        let near = later.take_while(|second| second.starts_at - first.ends_at < longest);
        found.extend(near.flat_map(|second| between(first, second, travel)));
    }
    found
}

/// What keeps two sessions from both being, where the first starts no later.
fn between<R: Ord + Clone>(
    first: &Booking<R>,
    second: &Booking<R>,
    travel: &Travel<R>,
) -> Vec<Clash> {
    let (one, other) = (first.session, second.session);
    let free = second.starts_at - first.ends_at;
    let overlap = free < TimeDelta::zero();
    let way = travel.minutes(first.room.as_ref(), second.room.as_ref());
    let mut found = Vec::new();
    if overlap || free < TimeDelta::minutes(way.into()) {
        let both = first.led_by.intersection(&second.led_by);
        found.extend(both.map(|who| Clash::Leader { who: *who, first: one, second: other }));
    }
    if overlap && first.room.is_some() && first.room == second.room {
        found.push(Clash::Room { first: one, second: other });
    }
    found
}
