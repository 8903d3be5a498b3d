//! Who comes and who does not: attendance with exact totals.

use circle_model::Mark;

use crate::chance::Chance;

/// Sessions of a social healing group.
pub(crate) const SESSIONS: usize = 16;

/// One person's sixteen weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weeks {
    /// Whether they come, session by session.
    pub(crate) comes: [bool; SESSIONS],
    /// The session after which they have left, where they leave.
    pub(crate) last: Option<usize>,
}

impl Weeks {
    /// Somebody who comes so often, on days drawn at random.
    pub(crate) fn coming(times: usize, chance: &mut Chance) -> Self {
        let mut comes = [false; SESSIONS];
        comes.iter_mut().take(times).for_each(|comes| *comes = true);
        chance.shuffle(&mut comes);
        Self { comes, last: None }
    }

    /// Somebody who comes so often and then no more, and whose leaving is noticed at a session.
    pub(crate) fn stopping(times: usize, noticed: usize) -> Self {
        let comes = std::array::from_fn(|session| session < times);
        Self { comes, last: Some(noticed) }
    }

    pub(crate) fn comes_to(&self, number: usize) -> bool {
        number.checked_sub(1).and_then(|place| self.comes.get(place)).copied().unwrap_or(false)
    }

    /// How often they come in all.
    #[cfg(test)]
    fn times(&self) -> usize {
        self.comes.iter().filter(|comes| **comes).count()
    }
}

/// How somebody came, or did not.
pub(crate) fn mark(comes: bool, chance: &mut Chance) -> Mark {
    match (comes, chance.below(20)) {
        (true, 0) => Mark::Late,
        (true, 1) => Mark::LeftEarly,
        (true, _) => Mark::Present,
        (false, 0..=7) => Mark::Excused,
        (false, 8..=13) => Mark::Explained,
        (false, _) => Mark::Unexplained,
    }
}

/// The first sector: six groups of twenty. 1,656 of 1,920 places are filled: 111 people complete
/// (twelve times or more), five come and do not complete, four drop out.
pub(crate) fn sector(chance: &mut Chance) -> Vec<Vec<Weeks>> {
    // Who does not complete, by group. Dropping out is noticed when the group ends.
    let gone: [&[usize]; 6] = [&[3], &[], &[], &[4], &[], &[5, 2]];
    let rarely: [&[usize]; 6] = [&[10], &[11], &[], &[9], &[8, 10], &[]];
    let few: usize = gone.iter().chain(&rarely).flat_map(|times| times.iter()).sum();
    let completing = 120 - 9;
    let mut often = often(completing, 1656 - few, chance).into_iter();
    let mut groups = Vec::new();
    for (gone, rarely) in gone.iter().zip(rarely) {
        let mut group: Vec<Weeks> =
            gone.iter().map(|times| Weeks::stopping(*times, SESSIONS)).collect();
        group.extend(rarely.iter().map(|times| Weeks::coming(*times, chance)));
        while group.len() < 20 {
            group.push(Weeks::coming(often.next().unwrap_or(SESSIONS), chance));
        }
        groups.push(group);
    }
    groups
}

/// How often each of those who complete comes: twelve to sixteen times, so many in all.
fn often(people: usize, all: usize, chance: &mut Chance) -> Vec<usize> {
    let mut times: Vec<usize> = (0..people).map(|_| 13 + chance.below(3)).collect();
    while times.iter().sum::<usize>() != all {
        let more = times.iter().sum::<usize>() < all;
        let place = chance.below(people);
        if let Some(times) = times.get_mut(place) {
            if more && *times < SESSIONS {
                *times += 1;
            } else if !more && *times > 12 {
                *times -= 1;
            }
        }
    }
    times
}

/// Any other group: most come to most sessions, up to three leave on the way.
pub(crate) fn group(people: usize, chance: &mut Chance) -> Vec<Weeks> {
    let leaving = chance.below(4);
    let mut group = Vec::with_capacity(people);
    for place in 0..people {
        group.push(if place < leaving {
            let times = 2 + chance.below(8);
            Weeks::stopping(times, (times + 2).min(SESSIONS))
        } else if chance.percent(5) {
            let times = 6 + chance.below(6);
            Weeks::coming(times, chance)
        } else {
            let times = 12 + chance.below(5);
            Weeks::coming(times, chance)
        });
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sector_adds_up_for_every_seed() {
        for seed in 0..40 {
            let sector = sector(&mut Chance::new(seed));
            let all: Vec<&Weeks> = sector.iter().flatten().collect();
            assert_eq!(all.len(), 120);
            assert_eq!(all.iter().map(|weeks| weeks.times()).sum::<usize>(), 1656);
            assert_eq!(all.iter().filter(|weeks| weeks.times() >= 12).count(), 111);
            assert_eq!(all.iter().filter(|weeks| weeks.last.is_some()).count(), 4);
        }
    }
}
