//! Answers of people who do not exist: totals with a given mean and spread, item by item.

use outcomes::{Answer, ItemAnswers};

use crate::chance::Chance;

/// Totals that add up exactly: how many, their sum, the sum of their squares, and their range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) people: usize,
    pub(crate) sum: i64,
    pub(crate) squares: i64,
    pub(crate) most: i64,
}

/// PHQ-9 before: 110 people, mean 11.2, deviation 5.4. The sum is met exactly (1,232); integers
/// come as near as 5.3993 to the deviation.
pub(crate) const BEFORE: Spread = Spread { people: 110, sum: 1232, squares: 16_976, most: 24 };

/// PHQ-9 after: 110 people, mean 6.3, deviation 4.6. The sum is met exactly (693); integers come
/// as near as 4.6007 to the deviation.
pub(crate) const AFTER: Spread = Spread { people: 110, sum: 693, squares: 6_673, most: 22 };

/// Totals of that spread, the lowest first.
///
/// They begin as a rough bell and are nudged, one up and another down, until sum and squares are met.
pub(crate) fn totals(spread: Spread, chance: &mut Chance) -> Vec<i64> {
    let people = i64::try_from(spread.people.max(1)).unwrap_or(1);
    let mean = spread.sum / people;
    let variance = (spread.squares / people - mean * mean).max(0);
    let deviation = i64::from(u32::try_from(variance).unwrap_or(0).isqrt());
    let draw = |chance: &mut Chance| {
        (mean + deviation * i64::from(chance.bell()) / 1000).clamp(0, spread.most)
    };
    let mut totals: Vec<i64> = (0..spread.people).map(|_| draw(chance)).collect();
    // Each pass nudges one or two totals; far fewer than the bound are needed.
    for _ in 0..200_000 {
        let sum: i64 = totals.iter().sum();
        if sum != spread.sum {
            nudge(&mut totals, (spread.sum - sum).signum(), spread.most, chance);
            continue;
        }
        let squares: i64 = totals.iter().map(|total| total * total).sum();
        if squares == spread.squares {
            break;
        }
        trade(&mut totals, spread.squares - squares, spread.most, chance);
    }
    totals.sort_unstable();
    totals
}

fn nudge(totals: &mut [i64], by: i64, most: i64, chance: &mut Chance) {
    let place = chance.below(totals.len());
    if let Some(total) = totals.get_mut(place) {
        *total = (*total + by).clamp(0, most);
    }
}

/// One goes up by 1 and another down by 1: the sum stays, the squares change by 2(up - down) + 2.
fn trade(totals: &mut [i64], wanted: i64, most: i64, chance: &mut Chance) {
    let (up, down) = (chance.below(totals.len()), chance.below(totals.len()));
    let (Some(higher), Some(lower)) = (totals.get(up).copied(), totals.get(down).copied()) else {
        return;
    };
    let change = 2 * (higher - lower) + 2;
    let nearer = (wanted - change).abs() < wanted.abs();
    if up != down && higher < most && 0 < lower && nearer {
        if let Some(total) = totals.get_mut(up) {
            *total += 1;
        }
        if let Some(total) = totals.get_mut(down) {
            *total -= 1;
        }
    }
}

/// A total spread over items at random.
fn spread_over(total: i64, items: usize, highest: i16, chance: &mut Chance) -> Vec<i16> {
    let mut answers = vec![0_i16; items];
    let most = i64::from(highest) * i64::try_from(items).unwrap_or(0);
    let mut left = total.clamp(0, most);
    while left > 0 {
        let place = chance.below(items);
        if let Some(answer) = answers.get_mut(place).filter(|answer| **answer < highest) {
            *answer += 1;
            left -= 1;
        }
    }
    answers
}

fn sheet(answers: impl IntoIterator<Item = i16>) -> ItemAnswers {
    ItemAnswers::new(answers.into_iter().map(Answer::Given))
}

/// PHQ-9 answers of a total of at most 24, or 27 where item nine is raised.
pub(crate) fn phq9(total: i64, raised: bool, chance: &mut Chance) -> ItemAnswers {
    let ninth = i16::from(raised && total > 0);
    let mut answers = spread_over(total - i64::from(ninth), 8, 3, chance);
    answers.push(ninth);
    sheet(answers)
}

/// GAD-7 answers that go about with a PHQ-9 total.
pub(crate) fn gad7(phq9: i64, chance: &mut Chance) -> ItemAnswers {
    let total = (phq9 * 7 / 9 + i64::from(chance.bell()) * 2 / 1000).clamp(0, 21);
    sheet(spread_over(total, 7, 3, chance))
}

/// WHO-5 answers that go about with a PHQ-9 total: the worse one, the lower the other.
pub(crate) fn who5(phq9: i64, chance: &mut Chance) -> ItemAnswers {
    let total = (20 - phq9 * 3 / 4 + i64::from(chance.bell()) * 3 / 1000).clamp(0, 25);
    sheet(spread_over(total, 5, 5, chance))
}

/// The same answers with some left out.
pub(crate) fn leave_out(answers: &ItemAnswers, missing: usize, chance: &mut Chance) -> ItemAnswers {
    let mut given: Vec<Answer> = answers.as_slice().to_vec();
    for _ in 0..missing {
        let place = chance.below(given.len());
        if let Some(answer) = given.get_mut(place) {
            *answer = Answer::Missing;
        }
    }
    ItemAnswers::new(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_add_up_exactly_for_every_seed() {
        for seed in 0..60 {
            for spread in [BEFORE, AFTER] {
                let totals = totals(spread, &mut Chance::new(seed));
                assert_eq!(totals.len(), spread.people);
                assert_eq!(totals.iter().sum::<i64>(), spread.sum, "seed {seed}");
                let squares: i64 = totals.iter().map(|total| total * total).sum();
                assert_eq!(squares, spread.squares, "seed {seed}");
                assert!(totals.iter().all(|total| (0..=spread.most).contains(total)));
            }
        }
    }

    #[test]
    fn items_add_up_to_the_total_and_item_nine_is_raised_only_when_asked() {
        let mut chance = Chance::new(3);
        for total in 0..=24 {
            for raised in [false, true] {
                let answers = phq9(total, raised, &mut chance);
                let given: Vec<i16> =
                    answers.as_slice().iter().filter_map(|answer| answer.given()).collect();
                assert_eq!(given.len(), 9);
                assert_eq!(given.iter().map(|answer| i64::from(*answer)).sum::<i64>(), total);
                assert_eq!(given[8] > 0, raised && total > 0);
            }
        }
    }
}
