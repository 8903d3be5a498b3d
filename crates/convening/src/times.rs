//! The times of the week at which circles can begin, and who is free at which.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use circle_formation::{Slot, Slots};
use circle_model::{FreeTime, MeetingTime};

use crate::{Entrant, Leader};

/// The times at which circles can begin, in the order of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Times {
    // Invariant: in rising order, at most Slot::LIMIT of them.
    slots: Vec<MeetingTime>,
    left_out: usize,
    minutes: u16,
}

impl Times {
    /// What those who lead name: single times, and in a span its beginning and every full hour after it. Times that people
    /// name come after them, where somebody who leads is free: those that suit most first, as many as there is room for.
    ///
    /// Where those who lead name more than there is room for, it says how many.
    pub(crate) fn of(
        leaders: &[Leader],
        entrants: &[Entrant],
        minutes: u16,
    ) -> Result<Self, usize> {
        let leading = distinct(leaders.iter().flat_map(|leader| &leader.wishes.times));
        let coming = distinct(entrants.iter().flat_map(|entrant| &entrant.wishes.times));
        let slots: BTreeSet<MeetingTime> =
            leading.iter().flat_map(|free| free.beginnings(minutes)).collect();
        if slots.len() > usize::from(Slot::LIMIT) {
            return Err(slots.len());
        }
        let mut times = Self { slots: slots.into_iter().collect(), left_out: 0, minutes };
        times.add_of_people(&leading, &coming);
        Ok(times)
    }

    /// No time at all.
    pub(crate) const fn none(minutes: u16) -> Self {
        Self { slots: Vec::new(), left_out: 0, minutes }
    }

    fn add_of_people(&mut self, leading: &[FreeTime], coming: &[FreeTime]) {
        let minutes = self.minutes;
        let hold = |time: MeetingTime| -> BTreeSet<usize> {
            let all = leading.iter().chain(coming).zip(0..);
            all.filter(|(free, _)| free.holds(time, minutes)).map(|(_, n)| n).collect()
        };
        let named: BTreeSet<MeetingTime> =
            coming.iter().filter_map(|free| free.beginnings(minutes).next()).collect();
        let is_led = |time: &MeetingTime| leading.iter().any(|free| free.holds(*time, minutes));
        let is_new = |time: &MeetingTime| self.slots.binary_search(time).is_err();
        let fresh = named.into_iter().filter(|time| is_new(time) && is_led(time));
        let mut fresh: Vec<_> = fresh.map(|time| (time, hold(time))).collect();
        fresh.sort_by_key(|(time, free)| (Reverse(free.len()), *time));
        let mut kept: Vec<_> = self.slots.iter().map(|time| (*time, hold(*time))).collect();
        for (time, free) in fresh {
            // Whoever is free then is free at another time too: it opens nothing to anybody.
            if kept.iter().any(|(_, other)| free.is_subset(other)) {
                continue;
            }
            if kept.len() < usize::from(Slot::LIMIT) {
                kept.push((time, free));
            } else {
                self.left_out += 1;
            }
        }
        self.slots = kept.into_iter().map(|(time, _)| time).collect();
        self.slots.sort_unstable();
    }

    /// How many times that people name were left out for want of room.
    pub(crate) const fn left_out(&self) -> usize {
        self.left_out
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<MeetingTime> {
        self.slots.get(usize::from(slot.number())).copied()
    }

    pub(crate) fn slot_of(&self, time: MeetingTime) -> Option<Slot> {
        Slot::new(u8::try_from(self.slots.binary_search(&time).ok()?).ok()?).ok()
    }

    fn numbered(&self) -> impl Iterator<Item = (Slot, MeetingTime)> {
        (0..Slot::LIMIT).filter_map(|n| Slot::new(n).ok()).zip(self.slots.iter().copied())
    }

    /// When somebody is free.
    pub(crate) fn free(&self, times: &[FreeTime]) -> Slots {
        let holds = |time| times.iter().any(|free| free.holds(time, self.minutes));
        self.numbered().filter(|(_, time)| holds(*time)).map(|(slot, _)| slot).collect()
    }

    /// Those of some times that overlap none of others, each with the minutes it takes.
    pub(crate) fn without(&self, slots: Slots, busy: &[(MeetingTime, u16)]) -> Slots {
        let meets = |time: MeetingTime| {
            busy.iter().any(|(other, minutes)| {
                let after = (minute(time) + WEEK - minute(*other)) % WEEK;
                after < u32::from(*minutes) || WEEK - after < u32::from(self.minutes)
            })
        };
        let free = self.numbered().filter(|(slot, time)| slots.has(*slot) && !meets(*time));
        free.map(|(slot, _)| slot).collect()
    }

    /// When somebody can lead several circles: of the times when they are free, those that do not overlap and together suit
    /// the most people.
    pub(crate) fn apart(&self, free: Slots, wanted: &BTreeMap<Slot, u64>) -> Slots {
        let free: Vec<_> = self.numbered().filter(|(slot, _)| free.has(*slot)).collect();
        // The best of the first so many: what it is worth, and which they are.
        let mut best: Vec<((u64, usize), Slots)> = vec![((0, 0), Slots::NONE)];
        for (n, (slot, time)) in free.iter().enumerate() {
            let before = free.iter().take(n).filter(|(_, other)| self.ends_before(*other, *time));
            let (worth, slots) = best.get(before.count()).copied().unwrap_or_default();
            let people = wanted.get(slot).copied().unwrap_or(0);
            let with = ((worth.0 + people, worth.1 + 1), slots.and(*slot));
            let without = best.last().copied().unwrap_or_default();
            best.push(if with.0 > without.0 { with } else { without });
        }
        best.last().map_or(Slots::NONE, |(_, slots)| *slots)
    }

    fn ends_before(&self, one: MeetingTime, other: MeetingTime) -> bool {
        minute(one) + u32::from(self.minutes) <= minute(other)
    }
}

/// A week, in minutes.
const WEEK: u32 = 7 * 24 * 60;

fn minute(time: MeetingTime) -> u32 {
    use chrono::Timelike;
    time.day.num_days_from_monday() * 24 * 60 + time.at.hour() * 60 + time.at.minute()
}

/// Each time once, whoever is free then.
fn distinct<'a>(times: impl Iterator<Item = &'a FreeTime>) -> Vec<FreeTime> {
    let each: BTreeMap<String, FreeTime> = times.map(|free| (free.to_string(), *free)).collect();
    each.into_values().collect()
}
