//! Taking in what another copy sent.

use std::collections::{BTreeMap, BTreeSet};

use commons::OriginId;

use super::blank;
use crate::{
    AbsorbError, Absorbed, Clock, Digest, Event, Fork, Leave, Part, Place, Row, Rows, Sent, Spot,
};

/// Takes in everything that was sent, or nothing.
///
/// The union is by event id. Erasure wins over everything that comes before or after it; other
/// than that, a part with the right bytes wins over one that is empty or damaged, so merging with
/// a good copy mends a bad one.
///
/// # Errors
///
/// [`AbsorbError`]; then nothing has been written.
pub fn absorb<R: Rows>(rows: &mut R, sent: &[Sent]) -> Result<Absorbed, AbsorbError<R::Error>> {
    let arrivals = linked(rows, sent)?;
    let mut leave = super::leave(rows).map_err(AbsorbError::Store)?;
    let news = arriving_leave(&arrivals);
    leave.add(&mut news.clone());

    let mut merge = Merge { rows, leave, seen: Clock::default(), done: Absorbed::default() };
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
    leave: Leave,
    seen: Clock,
    done: Absorbed,
}

impl<R: Rows> Merge<'_, R> {
    fn take(&mut self, arrival: &Arrival<'_>) -> Result<(), R::Error> {
        let place = arrival.place;
        let here = self
            .rows
            .places(place.origin, place.seq)?
            .into_iter()
            .find(|known| known.link == place.link);
        let known = arrival.event.map(|event| self.rows.row(event.id())).transpose()?.flatten();
        match (arrival.event, known) {
            (Some(event), Some(row)) if row.place.link != place.link => {
                self.quarantine(arrival, event, here.is_some())
            }
            (Some(event), Some(row)) => self.mend(event, row),
            (Some(event), None) => self.add(arrival, event, here.is_some()),
            (None, _) if here.is_some() => {
                self.done.known += 1;
                Ok(())
            }
            (None, _) => self.add_place(arrival, None),
        }
    }

    /// Adds an event that was not here, or was here only as a withheld one.
    fn add(&mut self, arrival: &Arrival<'_>, event: &Event, fills: bool) -> Result<(), R::Error> {
        let leave = &self.leave;
        let event = event.clone().without(|head| leave.covers(event.id(), head));
        self.done.touched.extend(event.header().keys.iter());
        self.seen.see(event.header().recorded);
        if fills {
            self.done.new += 1;
            return self.rows.fill(&arrival.place, &event);
        }
        self.add_place(arrival, Some(&event))
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
        self.rows.put(&arrival.place, event)?;
        self.done.new += 1;
        self.rows.move_tip(arrival.previous, arrival.place.head())
    }

    /// An id that is here already with other content: the chain goes on, the event is kept aside.
    fn quarantine(
        &mut self,
        arrival: &Arrival<'_>,
        event: &Event,
        here: bool,
    ) -> Result<(), R::Error> {
        let leave = &self.leave;
        let aside = event.clone().without(|head| leave.covers(event.id(), head));
        self.rows.put_quarantined(&aside)?;
        self.done.quarantined.push(event.id());
        if here {
            self.done.known += 1;
            return Ok(());
        }
        let place = Place { id: None, ..arrival.place };
        self.add_place(&Arrival { place, ..*arrival }, None)
    }

    /// An event that is here: its empty and damaged parts are filled, unless they were erased.
    fn mend(&mut self, event: &Event, row: Row) -> Result<(), R::Error> {
        self.done.known += 1;
        let mut ours: BTreeMap<u8, Vec<u8>> =
            row.parts.into_iter().filter_map(|(number, bytes)| Some((number, bytes?))).collect();
        for (head, part) in event.parts() {
            let Part::Bytes(bytes) = part else { continue };
            let same = ours.remove(&head.number).is_some_and(|ours| ours == *bytes);
            if !same && !self.leave.covers(event.id(), head) {
                self.rows.put_part(event.id(), head.number, Some(bytes))?;
                self.done.mended += 1;
                self.done.touched.extend(event.header().keys.iter());
            }
        }
        Ok(())
    }
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
