//! Taking in what another copy sent.

use std::collections::{BTreeMap, BTreeSet};

use commons::OriginId;

use super::blank;
use crate::{
    AbsorbError, Absorbed, Clock, Digest, Event, Fork, Head, Leave, Part, Place, Row, Rows, Sent,
    Spot,
};

/// Takes in everything that was sent, or nothing.
///
/// The union is by event id. Erasure wins over everything that comes before or after it; other
/// than that, an event whole wins over one whose header, parts or place are damaged or lost, so
/// merging with a good copy mends a bad one.
///
/// # Errors
///
/// [`AbsorbError`]; then nothing has been written.
pub fn absorb<R: Rows>(rows: &mut R, sent: &[Sent]) -> Result<Absorbed, AbsorbError<R::Error>> {
    let arrivals = linked(rows, sent)?;
    let mut leave = super::leave(rows).map_err(AbsorbError::Store)?;
    let news = arriving_leave(&arrivals);
    leave.add(&mut news.clone());

    let own = rows.own().map_err(AbsorbError::Store)?.and_then(|own| own.head());
    let mut merge = Merge { rows, own, leave, seen: Clock::default(), done: Absorbed::default() };
    for arrival in &arrivals {
        merge.take(arrival).map_err(AbsorbError::Store)?;
    }
    let mut done = merge.finish().map_err(AbsorbError::Store)?;
    done.touched.append(&mut blank(rows, &news).map_err(AbsorbError::Store)?);
    for key in &done.touched {
        rows.drop_card(*key).map_err(AbsorbError::Store)?;
    }
    done.forks = forks(rows, &arrivals).map_err(AbsorbError::Store)?;
    done.quarantined.sort_unstable();
    done.quarantined.dedup();
    Ok(done)
}

/// Something sent, with its place in the chain.
struct Arrival<'a> {
    place: Place,
    previous: Digest,
    event: Option<&'a Event>,
}

/// Brings what was sent into the order of its chains, and wants each to follow from something that
/// is here or came along.
fn linked<'a, R: Rows>(
    rows: &R,
    sent: &'a [Sent],
) -> Result<Vec<Arrival<'a>>, AbsorbError<R::Error>> {
    let mut arrivals: Vec<_> = sent.iter().map(arrival).collect();
    arrivals.sort_by_key(|arrival| arrival.place);
    let mut along: BTreeSet<(OriginId, u64, Digest)> = BTreeSet::new();
    for Arrival { place, previous, .. } in &arrivals {
        let spot = place.spot();
        let Some(before) = place.seq.checked_sub(1) else {
            return Err(AbsorbError::Unlinked { spot });
        };
        let follows = if before == 0 {
            *previous == Digest::START
        } else {
            along.contains(&(place.origin, before, *previous))
                || rows
                    .places(place.origin, before)
                    .map_err(AbsorbError::Store)?
                    .iter()
                    .any(|known| known.link == *previous)
        };
        if !follows {
            return Err(AbsorbError::Unlinked { spot });
        }
        along.insert((place.origin, place.seq, place.link));
    }
    Ok(arrivals)
}

fn arrival(sent: &Sent) -> Arrival<'_> {
    let Spot { origin, seq, id } = sent.spot();
    let (previous, body) = (sent.previous(), sent.body());
    Arrival {
        place: Place { origin, seq, link: previous.link(body), body, id },
        previous,
        event: match sent {
            Sent::Whole { event, .. } => Some(event),
            Sent::Withheld { .. } => None,
        },
    }
}

fn arriving_leave(arrivals: &[Arrival<'_>]) -> Leave {
    let mut leave = Leave::default();
    for event in arrivals.iter().filter_map(|arrival| arrival.event) {
        leave.take(event);
    }
    leave
}

struct Merge<'r, R> {
    rows: &'r mut R,
    /// Where the store itself stands.
    own: Option<Head>,
    leave: Leave,
    seen: Clock,
    done: Absorbed,
}

impl<R: Rows> Merge<'_, R> {
    fn take(&mut self, arrival: &Arrival<'_>) -> Result<(), R::Error> {
        let Some(event) = arrival.event else { return self.withheld(arrival) };
        let here = self.rows.at(&arrival.place)?;
        let namesake = match &here {
            Some(row) if row.place.id == Some(event.id()) => None,
            _ => self.rows.row(event.id())?,
        };
        if namesake.as_ref().is_some_and(|row| is_rival(row, &arrival.place)) {
            return self.quarantine(arrival, event, here.is_some());
        }
        // A row with this id whose place was altered is this event too.
        match here.or(namesake) {
            Some(row) => self.mend(arrival, event, row),
            None => self.add(arrival, event),
        }
    }

    /// A place whose event did not come along.
    fn withheld(&mut self, arrival: &Arrival<'_>) -> Result<(), R::Error> {
        let Place { origin, seq, link, .. } = arrival.place;
        if self.rows.places(origin, seq)?.iter().any(|known| known.link == link) {
            self.done.known += 1;
            return Ok(());
        }
        self.add_place(arrival, None)
    }

    /// Adds an event that was not here.
    fn add(&mut self, arrival: &Arrival<'_>, event: &Event) -> Result<(), R::Error> {
        let event = self.allowed(event);
        self.note(&event);
        self.add_place(arrival, Some(&event))
    }

    /// The event without what was erased.
    fn allowed(&self, event: &Event) -> Event {
        event.clone().without(|head| self.leave.covers(event.id(), head))
    }

    /// Notes whose cards it makes old, and by what clock it was written.
    fn note(&mut self, event: &Event) {
        self.done.touched.extend(event.header().keys.iter());
        self.seen.see(event.header().recorded);
    }

    /// Sets the store's clock past everything that came in.
    fn finish(self) -> Result<Absorbed, R::Error> {
        if let Some(mut own) = self.rows.own()? {
            own.clock = own.clock.max(self.seen);
            self.rows.put_own(&own)?;
        }
        Ok(self.done)
    }

    fn add_place(&mut self, arrival: &Arrival<'_>, event: Option<&Event>) -> Result<(), R::Error> {
        let ends = self.ends_a_branch(&arrival.place)?;
        self.rows.put(&arrival.place, event)?;
        self.done.new += 1;
        let Place { origin, .. } = arrival.place;
        if ends {
            self.rows.move_tip(arrival.previous, arrival.place.head())
        } else {
            self.rows.drop_tip(origin, arrival.previous)
        }
    }

    /// Whether nothing that is here follows this place, and the store itself does not stand there.
    fn ends_a_branch(&self, place: &Place) -> Result<bool, R::Error> {
        if self.own == Some(place.head()) {
            return Ok(false);
        }
        let next = self.rows.places(place.origin, place.seq + 1)?;
        Ok(!next.iter().any(|next| place.link.link(next.body) == next.link))
    }

    /// An id that is here already with other content: the chain goes on, the event is kept aside.
    fn quarantine(
        &mut self,
        arrival: &Arrival<'_>,
        event: &Event,
        here: bool,
    ) -> Result<(), R::Error> {
        let aside = self.allowed(event);
        self.rows.put_quarantined(&aside)?;
        self.done.quarantined.push(event.id());
        if here {
            self.done.known += 1;
            return Ok(());
        }
        let place = Place { id: None, ..arrival.place };
        self.add_place(&Arrival { place, ..*arrival }, None)
    }

    /// An event that is here, or of which only the place is: whatever is better in the other copy
    /// is taken over, unless it was erased.
    fn mend(&mut self, arrival: &Arrival<'_>, event: &Event, row: Row) -> Result<(), R::Error> {
        let (was, withheld) = (row.place, row.header.is_none());
        let kept = row.parts.clone();
        let ours = row.check().0;
        let better = self.allowed(event).filled(|head| {
            let mut found = kept.iter().filter(|(number, _)| *number == head.number);
            let covered = self.leave.covers(event.id(), head);
            found.next().and_then(|(_, bytes)| bytes.clone()).filter(|_| !covered)
        });
        if let Some(ours) = &ours
            && was == arrival.place
            && !is_better(&better, ours)
            && self.rows.finds(ours)?
            && self.rows.is_filed(ours)?
        {
            self.done.known += 1;
            return Ok(());
        }
        self.note(&better);
        if withheld {
            self.done.new += 1;
        } else {
            self.done.known += 1;
            self.done.mended += 1;
        }
        self.rows.replace(&was, &arrival.place, &better)
    }
}

/// Whether one copy of an event has a part that the other lacks.
fn is_better(one: &Event, other: &Event) -> bool {
    let here = |part: &Part| part.bytes().is_some();
    one.parts().zip(other.parts()).any(|((_, one), (_, other))| here(one) && !here(other))
}

/// Whether a row with the id of what arrives is another event, and not the same one altered.
fn is_rival(row: &Row, place: &Place) -> bool {
    let known = row.place;
    if known.link == place.link {
        return false;
    }
    let whole = row.header.as_deref().map(Digest::of) == Some(known.body);
    let same_spot = (known.origin, known.seq) == (place.origin, place.seq);
    !(same_spot && (known.body == place.body || !whole))
}

/// The numbers among what arrived that more than one event has.
fn forks<R: Rows>(rows: &R, arrivals: &[Arrival<'_>]) -> Result<Vec<Fork>, R::Error> {
    let numbers: BTreeSet<_> =
        arrivals.iter().map(|arrival| (arrival.place.origin, arrival.place.seq)).collect();
    let mut forks: BTreeMap<OriginId, Fork> = BTreeMap::new();
    for (origin, seq) in numbers {
        let links: BTreeSet<_> = rows.places(origin, seq)?.iter().map(|place| place.link).collect();
        if links.len() > 1 {
            forks.entry(origin).or_insert(Fork { origin, seq, links });
        }
    }
    Ok(forks.into_values().collect())
}
