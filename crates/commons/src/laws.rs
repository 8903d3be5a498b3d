//! The laws every aggregate keeps, as property tests for ours and for yours.
//!
//! Each law is a plain function for the body of a `proptest!` test: give it a history (or
//! attempts to live one) and it panics with what differed.
//!
//! ```
//! # use commons::{Aggregate, Breach, EventId, Fact, Facts, Mend, Standing, laws};
//! # use std::collections::BTreeSet;
//! # #[derive(Clone, Debug, PartialEq)] struct Lit;
//! # impl Fact for Lit { type Kind = (); fn standing(&self) -> Standing { Standing::Record } fn mends(&self) -> Option<Mend<'_, ()>> { None } }
//! # #[derive(Clone, Debug, Default, PartialEq)] struct Lamp(Facts<Lit>);
//! # impl Aggregate for Lamp { type Event = Lit; type Kind = ();
//! #   fn apply(&mut self, id: EventId, event: &Lit) { self.0.take(id, event) }
//! #   fn breaches(&self) -> BTreeSet<Breach<()>> { BTreeSet::new() }
//! #   fn settled(&self) -> BTreeSet<Breach<()>> { self.0.settled() } }
//! laws::commutes::<Lamp>(&[(EventId::number(1), Lit), (EventId::number(2), Lit)], 7);
//! ```

use std::{collections::BTreeSet, fmt::Debug};

use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Aggregate, Breach, EventId, Fact, Standing};

/// The ids of [`event_id`] are below this.
const FIRST_OTHER: u128 = 400;

/// Any event id, few enough that the same one returns.
pub fn event_id() -> impl Strategy<Value = EventId> {
    (1..FIRST_OTHER).prop_map(EventId::number)
}

/// A history whose events have their own ids, from bare events.
pub fn numbered<E>(events: impl IntoIterator<Item = E>) -> Vec<(EventId, E)> {
    events.into_iter().zip(1_u128..).map(|(event, n)| (EventId::number(n), event)).collect()
}

/// A history whose ids say nothing of the order of its events: clocks that were wrong.
///
/// The ids are spread over 1 to twice the number of events, so that later ones can fall between.
pub fn shuffled<E>(events: impl IntoIterator<Item = E>, seed: u64) -> Vec<(EventId, E)> {
    let events: Vec<E> = events.into_iter().collect();
    let mut ids: Vec<u128> = (1..).take(events.len() * 2).collect();
    shuffle(&mut ids, seed);
    events.into_iter().zip(ids).map(|(event, n)| (EventId::number(n), event)).collect()
}

/// The same set of events gives the same state in any order and any number of times.
///
/// # Panics
///
/// When a shuffled or doubled history gives another state or other breaches.
pub fn commutes<A>(history: &[(EventId, A::Event)], seed: u64)
where
    A: Aggregate + PartialEq + Debug,
    A::Kind: Debug,
{
    let in_order = replay::<A>(history.iter());
    let reversed = replay::<A>(history.iter().rev());
    assert_eq!(in_order, reversed, "the state depends on the order of events");
    let mut shuffled: Vec<_> = history.iter().chain(history).collect();
    shuffle(&mut shuffled, seed);
    let doubled = replay::<A>(shuffled.into_iter());
    assert_eq!(in_order, doubled, "the state depends on order or on repetition");
    assert_eq!(in_order.breaches(), doubled.breaches(), "the breaches depend on order");
}

/// A decision that returns a plan adds no breach that was not there before.
///
/// `decide` turns an attempt into an event, or into nothing where it was refused.
/// Returns the history that was lived, for further laws.
///
/// # Panics
///
/// When an accepted plan adds a breach.
pub fn decisions_add_no_breach<A, T>(
    attempts: &[T],
    decide: impl Fn(&A, &T) -> Option<A::Event>,
) -> Vec<(EventId, A::Event)>
where
    A: Aggregate,
    A::Event: Debug,
    A::Kind: Debug,
{
    let mut state = A::default();
    let mut history = Vec::new();
    for (attempt, n) in attempts.iter().zip(0_u128..) {
        let Some(event) = decide(&state, attempt) else {
            continue;
        };
        // Ids in another order than the decisions: a clock may be wrong. None that an attempt could have cited by chance
        // before it was given: who cites an event has seen it.
        let id = EventId::number(FIRST_OTHER + (n ^ 11));
        if event.standing() == Standing::Plan {
            let added = state.check(id, &event);
            assert!(added.is_ok(), "an accepted plan {event:?} breaks a rule: {added:?}");
        }
        state.apply(id, &event);
        history.push((id, event));
    }
    history
}

/// What was settled stays settled until an event joins it.
///
/// Settles every open breach of the history with `settle`, replays with the settlements at
/// random places, and wants nothing open; then adds `news`, with ids from before, between and
/// after the history's where there is room, and wants every reopened breach to name one of them.
///
/// # Panics
///
/// When a settled breach is open, or reopens without news.
pub fn settled_stays_settled<A>(
    history: &[(EventId, A::Event)],
    news: &[A::Event],
    settle: impl Fn(&Breach<A::Kind>) -> A::Event,
    seed: u64,
) where
    A: Aggregate,
    A::Kind: Debug,
{
    let mut events = history.to_vec();
    let state = replay::<A>(events.iter());
    for (breach, n) in state.breaches().iter().zip(1_000_000_u128..) {
        events.push((EventId::number(n), settle(breach)));
    }
    let mut order: Vec<_> = events.iter().collect();
    shuffle(&mut order, seed);
    let settled = replay::<A>(order.into_iter());
    assert!(settled.open_breaches().is_empty(), "still open: {:?}", settled.open_breaches());

    let mut after = settled;
    let mut fresh = Vec::new();
    for (event, id) in news.iter().zip(unused(history, seed)) {
        after.apply(id, event);
        fresh.push(id);
    }
    for breach in after.open_breaches() {
        assert!(
            fresh.iter().any(|id| breach.events.contains(id)),
            "reopened without news: {breach:?}"
        );
    }
}

/// Events written by an older release are read, and written again say the same.
///
/// # Panics
///
/// When a line is not read, or reads as something else than it says.
pub fn old_bytes_still_read<E>(lines: &str)
where
    E: Serialize + DeserializeOwned,
{
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        #[expect(clippy::panic, reason = "a law that is broken stops the test")]
        let event: E = match serde_json::from_str(line) {
            Ok(event) => event,
            Err(error) => panic!("an old event is not read any more: {error}: {line}"),
        };
        let old: serde_json::Value = serde_json::from_str(line).expect("it was read just now");
        let new = serde_json::to_value(&event).expect("an event is written as JSON");
        assert_eq!(old, new, "an old event reads as something else");
    }
}

/// An aggregate is a plain value: written and read, it is the same.
///
/// # Panics
///
/// When the state that comes back differs.
pub fn survives_serde<A>(state: &A)
where
    A: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let bytes = serde_json::to_string(state).expect("an aggregate is a plain value");
    let back: A = serde_json::from_str(&bytes).expect("and reads as it was written");
    assert_eq!(*state, back);
}

/// Ids that no event of the history has: those between its own in random order, then later ones.
fn unused<E>(history: &[(EventId, E)], seed: u64) -> impl Iterator<Item = EventId> {
    let used: BTreeSet<EventId> = history.iter().map(|(id, _)| *id).collect();
    let ids = (1..).take(history.len() * 2).map(EventId::number);
    let mut between: Vec<_> = ids.filter(|id| !used.contains(id)).collect();
    shuffle(&mut between, seed);
    between.into_iter().chain((2_000_000..).map(EventId::number))
}

fn replay<'a, A: Aggregate>(history: impl Iterator<Item = &'a (EventId, A::Event)>) -> A
where
    A::Event: 'a,
{
    A::replay(history.map(|(id, event)| (*id, event)))
}

/// Fisher and Yates' shuffle with a small generator of its own: the order is test data, no more.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for last in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let pick = usize::try_from(state % (last as u64 + 1)).unwrap_or(0);
        items.swap(last, pick);
    }
}
