//! Looking at every byte of every event, and at the keys that open them.

use std::{collections::BTreeSet, fmt};

use commons::OriginId;

use crate::{
    Damage, Digest, Event, Fork, Head, KeyId, Leave, Part, Place, Row, Rows, Span, Verdict, Wrapped,
};

/// Looks at every byte of every event, at every link, and at what the engine says of its tables.
///
/// It goes on as far as the store can be read at all: what fails is a finding.
pub fn verify<R: Rows>(rows: &R, progress: &mut dyn FnMut(u64, u64)) -> Verdict
where
    R::Error: fmt::Display,
{
    let mut inspection = Inspection::default();
    let all = inspection.or_note(rows.len()).unwrap_or(0);
    let leave = inspection.or_note(super::leave(rows)).unwrap_or_default();
    let own = inspection.or_note(rows.own_damage()).unwrap_or_default();
    inspection.damage.extend(own);
    let aside = inspection.or_note(rows.quarantined()).unwrap_or_default();
    inspection.set_aside(&leave, &aside);
    for origin in inspection.or_note(rows.origins()).unwrap_or_default() {
        inspection.origin(rows, &leave, origin, &mut |done| progress(done, all));
    }
    let remembered = inspection.memories(rows, &leave);
    inspection.or_note(remembered);
    progress(inspection.events, all);
    Verdict { events: inspection.events, damage: inspection.damage }
}

/// How many unreadable events of one origin are stepped over before the rest is given up.
const STEPS_MOST: usize = 1_000;

#[derive(Default)]
struct Inspection {
    events: u64,
    damage: BTreeSet<Damage>,
    /// The bodies of the events kept aside: their places are no mystery.
    aside: BTreeSet<Digest>,
    /// The keys under which something is sealed.
    sealing: BTreeSet<KeyId>,
    /// The tips that the rows make, to compare with those remembered.
    tips: BTreeSet<Head>,
    seq: u64,
    /// The links of the number before this one, and of this one, as stored and as computed: one
    /// altered link is then one finding, not two.
    behind: BTreeSet<Digest>,
    abreast: BTreeSet<Digest>,
    /// The places of this number, for forks and tips.
    places: Vec<Place>,
    before: Vec<Place>,
}

impl Inspection {
    /// The value, or a finding of what the store says.
    fn or_note<T, E: fmt::Display>(&mut self, outcome: Result<T, E>) -> Option<T> {
        outcome
            .map_err(|error| {
                let finding = error.to_string();
                self.damage.insert(Damage::File { finding });
            })
            .ok()
    }

    /// Goes through one origin, stepping over what cannot be read.
    fn origin<R: Rows>(
        &mut self,
        rows: &R,
        leave: &Leave,
        origin: OriginId,
        progress: &mut dyn FnMut(u64),
    ) where
        R::Error: fmt::Display,
    {
        self.abreast.insert(Digest::START);
        let mut from = 0;
        let mut steps = 0;
        while steps < STEPS_MOST {
            steps += 1;
            let walked = rows.walk(Span::After(origin, from), &mut |row| {
                from = row.place.seq;
                self.row(rows, leave, row)?;
                if self.events.is_multiple_of(1024) {
                    progress(self.events);
                }
                Ok(())
            });
            let Err(error) = walked else { break };
            self.damage.insert(Damage::Unreadable {
                origin,
                seq: from + 1,
                finding: error.to_string(),
            });
            from += 1;
        }
        self.end_origin();
    }

    fn row<R: Rows>(&mut self, rows: &R, leave: &Leave, row: Row) -> Result<(), R::Error> {
        self.events += 1;
        let place = row.place;
        self.link(place);
        let withheld = row.header.is_none();
        let (event, damage) = row.check();
        if withheld && damage.is_empty() {
            self.withheld(place);
        }
        self.damage.extend(damage);
        if let Some(event) = event {
            self.parts(leave, &event);
            if !rows.finds(&event)? {
                let spot = place.spot();
                self.damage.insert(Damage::Unfound { spot });
            }
        }
        Ok(())
    }

    /// A place without an event, unless more is known of it.
    fn withheld(&mut self, place: Place) {
        let spot = place.spot();
        if !self.aside.contains(&place.body) && !self.damage.contains(&Damage::Lost { spot }) {
            self.damage.insert(Damage::Withheld { spot });
        }
    }

    /// What is kept aside is shown, and erased like everything else.
    fn set_aside(&mut self, leave: &Leave, aside: &[Event]) {
        for event in aside {
            self.aside.insert(event.header().body());
            self.damage.insert(Damage::Quarantined { id: event.id() });
            for (head, part) in event.parts() {
                if part.bytes().is_some() && leave.covers(event.id(), head) {
                    let (spot, number) = (event.spot(), head.number);
                    self.damage.insert(Damage::Unblanked { spot, number });
                }
            }
        }
    }

    fn parts(&mut self, leave: &Leave, event: &Event) {
        for (head, part) in event.parts() {
            let (spot, number) = (event.spot(), head.number);
            if part.bytes().is_some() && head.key != KeyId::OPEN {
                self.sealing.insert(head.key);
            }
            match (part, leave.covers(event.id(), head)) {
                (Part::Empty, false) => self.damage.insert(Damage::Empty { spot, number }),
                (Part::Bytes(_), true) => self.damage.insert(Damage::Unblanked { spot, number }),
                (Part::Empty | Part::Damaged, true) | (Part::Bytes(_) | Part::Damaged, false) => {
                    continue;
                }
            };
        }
    }

    fn link(&mut self, place: Place) {
        if self.seq != place.seq {
            self.next_number(place);
        }
        let previous = self.behind.iter().find(|link| link.link(place.body) == place.link);
        match previous {
            Some(previous) => {
                let previous = *previous;
                self.before.retain(|before| before.link != previous);
            }
            None => {
                self.damage.insert(Damage::Link { spot: place.spot() });
                let computed: Vec<_> = self.behind.iter().map(|l| l.link(place.body)).collect();
                self.abreast.extend(computed);
                self.before.clear();
            }
        }
        self.abreast.insert(place.link);
        self.places.push(place);
    }

    /// Goes on to a higher number of the same origin.
    fn next_number(&mut self, place: Place) {
        self.fork();
        if self.seq + 1 < place.seq {
            self.damage.insert(Damage::Gap {
                origin: place.origin,
                first: self.seq + 1,
                last: place.seq - 1,
            });
        }
        self.tips.extend(self.before.drain(..).map(|place| place.head()));
        self.before = std::mem::take(&mut self.places);
        self.behind = std::mem::take(&mut self.abreast);
        self.seq = place.seq;
    }

    fn end_origin(&mut self) {
        self.fork();
        let ends = self.before.drain(..).chain(self.places.drain(..));
        self.tips.extend(ends.map(|place| place.head()));
        self.behind.clear();
        self.abreast.clear();
        self.seq = 0;
    }

    fn fork(&mut self) {
        if let [first, _, ..] = self.places.as_slice() {
            self.damage.insert(Damage::Fork(Fork {
                origin: first.origin,
                seq: first.seq,
                links: self.places.iter().map(|place| place.link).collect(),
            }));
        }
    }

    /// Compares what the store remembers with what its rows say.
    fn memories<R: Rows>(&mut self, rows: &R, leave: &Leave) -> Result<(), R::Error> {
        let own = rows.own()?.and_then(|own| own.head());
        let remembered: BTreeSet<Head> = super::heads(rows)?.into_iter().collect();
        for head in remembered.symmetric_difference(&self.tips) {
            let origin = head.origin;
            // A copy may have written on after the store's own last event: then that is no tip,
            // and still what the store remembers.
            let places = rows.places(origin, head.seq)?;
            let is_own = own == Some(*head) && places.iter().any(|place| place.link == head.link);
            if !is_own {
                self.damage.insert(Damage::Tip { origin });
            }
        }
        for (key, known) in rows.wrapped_all()? {
            self.sealing.remove(&key);
            self.damage.extend(key_damage(key, &known, leave));
        }
        if !self.sealing.is_empty() {
            let keys = u64::try_from(self.sealing.len()).unwrap_or(u64::MAX);
            self.damage.insert(Damage::Keyless { keys });
        }
        Ok(())
    }
}

/// What is wrong with an owner's key.
fn key_damage(key: KeyId, known: &Wrapped, leave: &Leave) -> Option<Damage> {
    match (known, leave.keys().contains(&key)) {
        (Wrapped::Here(_) | Wrapped::Damaged, true) => Some(Damage::Undead { key }),
        (Wrapped::Damaged, false) => Some(Damage::Wrapped { key }),
        (Wrapped::Erased, false) => Some(Damage::Destroyed { key }),
        (Wrapped::Here(_), false) | (Wrapped::Erased, true) | (Wrapped::Unknown, _) => None,
    }
}
