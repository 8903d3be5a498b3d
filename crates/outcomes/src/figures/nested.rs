//! Rows of one table that lie within a row of another: villages in districts, circles in areas.
//!
//! Each table is told so that nobody works a few people out of it and of the total. Beside another one that is not
//! enough: a district less the villages in it that have a row is what the other villages count. Which rows lie in
//! which is seen by who is in them: whoever knows the place knows it too.

use std::collections::BTreeMap;

use commons::{Code, UnitId};

use super::scale::AskedScale;
use super::{Asked, Breakdown, CircleChange, Circles, Shown};
use crate::Cohort;
use crate::suppression::{Cell, Tally, is_small};

/// The tables whose rows are parts of the people.
pub(super) struct Tables<'f> {
    pub(super) areas: &'f mut [(Code, Cell)],
    pub(super) circles: &'f mut Shown<Circles>,
    pub(super) breakdowns: &'f mut [Breakdown],
}

/// A table: in which row each person is, and what is counted in each row: first the people, then for each scale
/// those who were measured twice.
struct Rows {
    of: Vec<u32>,
    counted: Vec<Counted>,
}

/// One count in every row, and in which rows it is told.
struct Counted {
    counts: Vec<u64>,
    told: Vec<bool>,
    /// Whether the sum of all is told.
    sum: bool,
}

/// Who was measured twice on a scale, and whether it is told how many.
struct Twice {
    people: Vec<bool>,
    is_told: bool,
}

impl Twice {
    fn of(scale: &AskedScale<'_>) -> Self {
        let mut people = vec![false; scale.asked.cohort.people()];
        scale.each_pair(|person, before, after| {
            if let Some(twice) = people.get_mut(person.place) {
                *twice = before.is_some() && after.is_some();
            }
        });
        Self { people, is_told: scale.both_told.exact().is_some() }
    }
}

impl Counted {
    fn is_told(&self, row: usize) -> bool {
        self.told.get(row).copied().unwrap_or(false)
    }

    fn count(&self, row: usize) -> u64 {
        self.counts.get(row).copied().unwrap_or(0)
    }
}

impl Asked<'_> {
    /// Keeps back rows until none of a table tells of a few people beside those of another.
    pub(super) fn part_nested(&self, scales: &[AskedScale<'_>], tables: Tables<'_>) {
        let Tables { areas, circles, breakdowns } = tables;
        let scales: &[Twice] = &scales.iter().map(Twice::of).collect::<Vec<_>>();
        let mut rows = Vec::new();
        for breakdown in breakdowns.iter() {
            let row = |group: Option<&Code>| {
                let row = breakdown.rows.iter().find(|row| row.group.as_ref() == group)?;
                row.people.shown().map(|_| row.changes.as_slice())
            };
            rows.push(self.rows_by(&breakdown.by, scales, row));
        }
        // Where areas are a breakdown as well, they are the same rows.
        let mut by_area = breakdowns.iter().position(|it| it.by == Cohort::AREA);
        if by_area.is_none() && !areas.is_empty() {
            let told = |group: Option<&Code>| {
                let (_, cell) = areas.iter().find(|(area, _)| Some(area) == group)?;
                cell.shown().map(|_| [].as_slice())
            };
            by_area = Some(rows.len());
            rows.push(self.rows_by(&Cohort::AREA, scales, told));
        }
        let by_circle = circles.shown().map(|circles| {
            rows.push(self.rows_by_circle(circles, scales));
            rows.len() - 1
        });
        if !part(&mut rows, self.floor()) {
            return;
        }
        for (breakdown, rows) in breakdowns.iter_mut().zip(&rows) {
            let places = self.places(&breakdown.by);
            for row in &mut breakdown.rows {
                let place = places.get(&row.group.as_ref()).copied().unwrap_or(usize::MAX);
                if rows.keep(place, &mut row.changes) {
                    continue;
                }
                (row.people, row.attendance) = (Cell::Hidden, None);
                row.changes.clear();
            }
        }
        if let Some(rows) = by_area.and_then(|it| rows.get(it)) {
            let places = self.places(&Cohort::AREA);
            for (area, cell) in areas {
                let place = places.get(&Some(area)).copied().unwrap_or(usize::MAX);
                if !rows.keep(place, &mut []) {
                    *cell = Cell::Hidden;
                }
            }
        }
        if let (Shown::Shown(circles), Some(rows)) =
            (circles, by_circle.and_then(|it| rows.get(it)))
        {
            let (before, places) = (circles.rows.len(), self.places_of_circles());
            circles.rows.retain_mut(|row| {
                let place = places.get(&row.unit).copied().unwrap_or(usize::MAX);
                rows.keep(place, &mut row.changes)
            });
            circles.without_row += (before - circles.rows.len()) as u64;
        }
    }

    /// The place of each group of a grouping, those in none last.
    fn places(&self, by: &Code) -> BTreeMap<Option<&Code>, usize> {
        let groups = self.cohort.grouping(by).map(|it| it.groups.as_slice()).unwrap_or_default();
        groups.iter().map(Some).chain([None]).zip(0..).collect()
    }

    fn places_of_circles(&self) -> BTreeMap<UnitId, usize> {
        self.cohort.roll.units.iter().map(|unit| unit.id).zip(0..).collect()
    }

    fn rows_by<'r>(
        &self,
        by: &Code,
        scales: &[Twice],
        told: impl Fn(Option<&Code>) -> Option<&'r [CircleChange]>,
    ) -> Rows {
        let (grouping, places) = (self.cohort.grouping(by), self.places(by));
        let none = places.len() - 1;
        let of = |person: crate::Person<'_>| {
            small(grouping.and_then(|it| it.get(person.place)).unwrap_or(none))
        };
        let of = self.cohort.each().map(of).collect();
        let told = places.iter().filter_map(|(group, place)| Some((*place, told(*group)?)));
        Rows::of(of, places.len(), scales, told)
    }

    /// Circles by the seat that people took first, as sheets are counted; at the end those without one.
    fn rows_by_circle(&self, circles: &Circles, scales: &[Twice]) -> Rows {
        let units = &self.cohort.roll.units;
        let none = small(units.len());
        let of = |person: crate::Person<'_>| person.seat().map_or(none, |seat| seat.unit);
        let of = self.cohort.each().map(of).collect();
        let places = self.places_of_circles();
        let told = circles
            .rows
            .iter()
            .filter_map(|row| Some((*places.get(&row.unit)?, row.changes.as_slice())));
        Rows::of(of, units.len() + 1, scales, told)
    }
}

impl Rows {
    fn of<'r>(
        of: Vec<u32>,
        rows: usize,
        scales: &[Twice],
        told: impl Iterator<Item = (usize, &'r [CircleChange])>,
    ) -> Self {
        let sums = scales.iter().map(|scale| scale.is_told);
        let empty = |sum| Counted { counts: vec![0; rows], told: vec![false; rows], sum };
        let mut counted: Vec<Counted> = std::iter::once(true).chain(sums).map(empty).collect();
        let add = |counted: &mut Counted, row: u32| {
            if let Some(count) = counted.counts.get_mut(row as usize) {
                *count += 1;
            }
        };
        if let [people, twice @ ..] = counted.as_mut_slice() {
            of.iter().for_each(|row| add(people, *row));
            for (scale, twice) in scales.iter().zip(twice) {
                let measured = of.iter().zip(&scale.people).filter(|(_, measured)| **measured);
                measured.for_each(|(row, _)| add(twice, *row));
            }
        }
        for (row, changes) in told {
            // The people first; of each scale where it is told exactly.
            let exact = changes.iter().map(|change| change.both.exact().is_some());
            for (counted, exact) in counted.iter_mut().zip(std::iter::once(true).chain(exact)) {
                if let Some(told) = counted.told.get_mut(row) {
                    *told = exact;
                }
            }
        }
        Self { of, counted }
    }

    /// Whether a row stays that was told; of what was exact and is kept back, its counts are taken out.
    fn keep(&self, row: usize, changes: &mut [CircleChange]) -> bool {
        let Some((people, twice)) = self.counted.split_first() else { return true };
        for (change, twice) in changes.iter_mut().zip(twice) {
            if change.both.exact().is_some() && !twice.is_told(row) {
                (change.both, change.mean) = (Tally::Hidden, None);
            }
        }
        people.is_told(row)
    }
}

/// Keeps back rows of tables beside one another; whether any was.
fn part(tables: &mut [Rows], floor: u64) -> bool {
    let pairs = (0..tables.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let pairs: Vec<_> = pairs.filter_map(|pair| Some((pair, Beside::of(tables, pair)?))).collect();
    let mut any = false;
    loop {
        let mut more = false;
        for ((one, other), beside) in &pairs {
            let Ok([one, other]) = tables.get_disjoint_mut([*one, *other]) else { continue };
            more |= part_two(one, other, &beside.others, floor);
            more |= part_two(other, one, &beside.ones, floor);
        }
        if !more {
            return any;
        }
        any = true;
    }
}

/// Of two tables, for each row the rows of the other in which its people are.
struct Beside {
    others: Vec<Vec<usize>>,
    ones: Vec<Vec<usize>>,
}

impl Beside {
    fn of(tables: &[Rows], (one, other): (usize, usize)) -> Option<Self> {
        let (one, other) = (tables.get(one)?, tables.get(other)?);
        let mut pairs: Vec<(u32, u32)> =
            one.of.iter().copied().zip(other.of.iter().copied()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let rows = |table: &Rows| table.counted.first().map_or(0, |it| it.counts.len());
        let mut others = vec![Vec::new(); rows(one)];
        let mut ones = vec![Vec::new(); rows(other)];
        for (one, other) in pairs {
            let (one, other) = (one as usize, other as usize);
            if let Some((others, ones)) = others.get_mut(one).zip(ones.get_mut(other)) {
                others.push(other);
                ones.push(one);
            }
        }
        Some(Self { others, ones })
    }
}

/// Keeps back rows of either table, so that rows of the outer one less those of the inner one that lie in them are
/// nobody or enough people; whether any was.
fn part_two(inner: &mut Rows, outer: &mut Rows, lies: &[Vec<usize>], floor: u64) -> bool {
    let mut any = false;
    for column in 0..inner.counted.len() {
        let found = {
            let sizes = inner.counted.first().zip(outer.counted.first());
            let counted = inner.counted.get(column).zip(outer.counted.get(column));
            let Some((sizes, counted)) = sizes.zip(counted) else { continue };
            untold(counted, sizes, lies, floor)
        };
        any |= !(found.0.is_empty() && found.1.is_empty());
        for (rows, hidden) in [(&mut *inner, found.0), (&mut *outer, found.1)] {
            // Who is not told as people is not told as anything else.
            let last = if column == 0 { rows.counted.len() } else { column + 1 };
            for counted in rows.counted.iter_mut().take(last).skip(column) {
                for row in &hidden {
                    if let Some(told) = counted.told.get_mut(*row) {
                        *told = false;
                    }
                }
            }
        }
    }
    any
}

/// What is left of a row, or of all rows together that are not told: how many people, how many of them are counted, and
/// the smallest row that was taken from it.
#[derive(Default)]
struct Rest {
    people: u64,
    count: u64,
    smallest: Option<(u64, usize)>,
}

/// The rows of the inner and of the outer table that must not be told.
fn untold(
    (inner, outer): (&Counted, &Counted),
    (inner_sizes, outer_sizes): (&Counted, &Counted),
    lies: &[Vec<usize>],
    floor: u64,
) -> (Vec<usize>, Vec<usize>) {
    let whole = |row: usize| outer.is_told(row).then_some(row);
    let mut rests: BTreeMap<Option<usize>, Rest> = BTreeMap::new();
    for row in 0..outer.counts.len() {
        let rest = rests.entry(whole(row)).or_default();
        rest.people += outer_sizes.count(row);
        rest.count += outer.count(row);
    }
    // In which whole all people of some rows are, if in one.
    let in_one = |rows: &mut dyn Iterator<Item = usize>| {
        let mut wholes = rows.map(whole);
        let first = wholes.next()?;
        wholes.all(|other| other == first).then_some(first)
    };
    let rows = || (0..inner.counts.len()).filter(|row| 0 < inner_sizes.count(*row));
    let of = |row: usize| lies.get(row).into_iter().flatten().copied();
    for row in rows().filter(|row| inner.is_told(*row)) {
        let rest = in_one(&mut of(row)).and_then(|whole| rests.get_mut(&whole));
        if let Some(rest) = rest {
            rest.people -= inner_sizes.count(row);
            rest.count -= inner.count(row);
            let this = (inner.count(row), row);
            rest.smallest = Some(rest.smallest.map_or(this, |known| known.min(this)));
        }
    }
    // Those that are not told are known together, by the sum of all.
    let others = || rows().filter(|row| inner.sum && !inner.is_told(*row));
    let whole = in_one(&mut others().flat_map(of));
    if let Some(rest) = whole.and_then(|whole| rests.get_mut(&whole)) {
        rest.people -= others().map(|row| inner_sizes.count(row)).sum::<u64>();
        rest.count -= others().map(|row| inner.count(row)).sum::<u64>();
    }
    let few =
        |rest: &Rest| is_small(rest.count, floor) || is_small(rest.people - rest.count, floor);
    let smallest = rows().filter(|row| inner.is_told(*row)).min_by_key(|row| inner.count(*row));
    let (mut from_inner, mut from_outer) = (Vec::new(), Vec::new());
    let known = |whole: Option<usize>| whole.is_some() || outer.sum;
    let leaks = rests.iter().filter(|(whole, rest)| known(**whole) && 0 < rest.people && few(rest));
    for (whole, rest) in leaks {
        match (rest.smallest.map(|(_, row)| row).or(smallest), whole) {
            (Some(row), _) => from_inner.push(row),
            (None, Some(whole)) => from_outer.push(*whole),
            (None, None) => {}
        }
    }
    (from_inner, from_outer)
}

/// The number of a row; there are fewer than people.
fn small(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
