//! From which band to which people went, and each person where a team asks for it.

use commons::Code;
use outcomes::figures::{FigurePlan, Figures, Moves, Persons, Scale, Shown, Timepoint};
use outcomes::suppression::Audience;
use outcomes::{Cohort, Points, SheetState};

use crate::instrument;

const T0: Code = Code::of("t0");
const T2: Code = Code::of("t2");
/// A total in each band of the PHQ-9.
const TOTALS: [i32; 5] = [2, 7, 12, 17, 23];

fn plan(audience: Audience) -> FigurePlan {
    let timepoints = vec![Timepoint { code: T0, session: 0 }, Timepoint { code: T2, session: 16 }];
    let scales = vec![Scale::with_defaults(instrument("phq-9"))];
    FigurePlan::new(Code::of("whole"), audience, timepoints, scales).unwrap()
}

/// So many people from each band to each.
fn cohort(moves: &[(usize, usize, u64)]) -> Cohort {
    let mut cohort = Cohort::default();
    let scored =
        |place: usize| SheetState::Scored { points: Points::whole(TOTALS[place]), prorated: false };
    for (from, to, people) in moves {
        for _ in 0..*people {
            let person = cohort.unseated().unwrap();
            cohort.sheet(person, &Code::of("phq-9"), &T0, scored(*from)).unwrap();
            cohort.sheet(person, &Code::of("phq-9"), &T2, scored(*to)).unwrap();
        }
    }
    cohort
}

fn told(figures: &Figures) -> Option<&Moves> {
    figures.scales[0].moves.as_ref().and_then(Shown::shown)
}

const WIDE: [(usize, usize, u64); 9] = [
    (4, 4, 20),
    (4, 2, 20),
    (4, 0, 20),
    (3, 3, 20),
    (3, 1, 20),
    (2, 1, 20),
    (2, 3, 20),
    (1, 0, 20),
    (1, 1, 20),
];

#[test]
fn the_bands_of_both_ends_stand_beside_each_other_where_everybody_is_one_of_many() {
    let figures = cohort(&WIDE).figures(&plan(Audience::Outside));
    let found = told(&figures).unwrap();
    assert_eq!(found.bands.len(), 5, "{found:?}");
    assert_eq!(found.cells[4], [20, 0, 20, 0, 20]);
    assert_eq!(found.cells.iter().flatten().sum::<u64>(), 180);
}

#[test]
fn bands_are_joined_until_nobody_stands_alone_and_no_further_than_the_cut_off() {
    // A few went from severe to mild: apart from those who went to minimal they could be recognized.
    let few = [&WIDE[..], &[(4, 1, 3)]].concat();
    let cohort = cohort(&few);
    let outside = cohort.figures(&plan(Audience::Outside));
    let found = told(&outside).unwrap();
    assert!(found.bands.len() < 5, "{found:?}");
    assert!(found.cells.iter().flatten().all(|n| *n == 0 || 11 <= *n));
    let joined: Vec<usize> = found.bands.iter().map(Vec::len).collect();
    assert_eq!(joined[0] + joined.get(1).filter(|_| joined[0] < 2).unwrap_or(&0), 2);
    // Few people in all: nothing.
    let figures = cohort_of_few().figures(&plan(Audience::Outside));
    assert!(told(&figures).is_none());
}

fn cohort_of_few() -> Cohort {
    cohort(&[(4, 0, 3), (3, 1, 4)])
}

#[test]
fn a_team_that_asks_sees_each_person_and_nobody_else_does() {
    let few = cohort_of_few();
    let asked = few.figures(&plan(Audience::Inside).each_person());
    let found = asked.scales[0].persons.as_ref().unwrap();
    let totals =
        found.totals.iter().map(|it| (it.before.numerator(), it.after.numerator(), it.people));
    assert_eq!(totals.collect::<Vec<_>>(), [(17, 7, 4), (23, 2, 3)]);
    assert_eq!(
        (found.cut_off.unwrap().0, found.noise.unwrap()),
        (Points::whole(10), Points::whole(6))
    );
    assert!(few.figures(&plan(Audience::Inside)).scales[0].persons.is_none());
    assert!(few.figures(&plan(Audience::Outside).each_person()).scales[0].persons.is_none());
    // Fewer than the floor are not shown, and more than can be told apart neither.
    let two = cohort(&[(4, 0, 2)]).figures(&plan(Audience::Inside).each_person());
    assert!(two.scales[0].persons.is_none());
    let many = cohort(&[(4, 0, Persons::MOST), (3, 0, 1)]);
    assert!(many.figures(&plan(Audience::Inside).each_person()).scales[0].persons.is_none());
}
