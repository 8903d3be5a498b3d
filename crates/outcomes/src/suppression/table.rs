//! Tables with margins, and what an attacker can work out from them.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::cell::is_small;

/// What an attacker knows of one hidden cell, given all shown cells and all margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0.
    pub col: usize,
    /// The least it can be.
    pub low: u64,
    /// The most it can be.
    pub high: u64,
}

/// What an attacker knows of all hidden cells of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// The exact bounds of every hidden cell, over all tables of whole numbers that fit.
    pub bounds: Vec<Bound>,
    /// Small cells that are shown, or hidden and solved all the same.
    pub disclosed: Vec<(usize, usize)>,
}

impl Audit {
    /// The hidden cells that can be solved.
    pub fn solved(&self) -> impl Iterator<Item = (usize, usize)> {
        let solved = self.bounds.iter().filter(|bound| bound.low == bound.high);
        solved.map(|bound| (bound.row, bound.col))
    }

    /// Whether no small cell is disclosed.
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        self.disclosed.is_empty()
    }
}

/// A table of counts with a mask; ragged rows are filled with zeros.
#[derive(Clone)]
struct Grid {
    cols: usize,
    counts: Vec<u64>,
    hidden: Vec<bool>,
}

impl Grid {
    fn new(table: &[Vec<u64>], hidden: &[Vec<bool>]) -> Self {
        let cols = table.iter().map(Vec::len).max().unwrap_or(0);
        let mut grid = Self { cols, counts: Vec::new(), hidden: Vec::new() };
        for (number, row) in table.iter().enumerate() {
            let mask = hidden.get(number);
            for col in 0..cols {
                grid.counts.push(row.get(col).copied().unwrap_or(0));
                let is_hidden = mask.and_then(|mask| mask.get(col)).copied();
                grid.hidden.push(is_hidden.unwrap_or(false));
            }
        }
        grid
    }

    fn rows(&self) -> usize {
        self.counts.len().checked_div(self.cols).unwrap_or(0)
    }

    fn count(&self, row: usize, col: usize) -> u64 {
        self.counts.get(row * self.cols + col).copied().unwrap_or(0)
    }

    fn is_hidden(&self, row: usize, col: usize) -> bool {
        self.hidden.get(row * self.cols + col).copied().unwrap_or(false)
    }

    fn hide(&mut self, row: usize, col: usize) {
        if let Some(cell) = self.hidden.get_mut(row * self.cols + col) {
            *cell = true;
        }
    }

    fn shift(&mut self, row: usize, col: usize, up: bool, by: u64) {
        if let Some(count) = self.counts.get_mut(row * self.cols + col) {
            *count = if up { count.saturating_add(by) } else { count.saturating_sub(by) };
        }
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, cols) = (self.rows(), self.cols);
        (0..rows).flat_map(move |row| (0..cols).map(move |col| (row, col)))
    }

    fn bound(&self, row: usize, col: usize) -> Bound {
        let count = self.count(row, col);
        // More here must be taken from this column and given back to this row, and the reverse.
        let (rise, fall) = (
            self.clone().flow(Node::Col(col), Node::Row(row), (row, col)),
            self.clone().flow(Node::Row(row), Node::Col(col), (row, col)),
        );
        Bound { row, col, low: count.saturating_sub(fall), high: count.saturating_add(rise) }
    }

    /// The largest flow through hidden cells: a step from row to column raises a cell without
    /// limit, one from column to row lowers it to zero at most (Ford & Fulkerson 1956, shortest
    /// paths first). The cell in question is left out.
    fn flow(mut self, from: Node, to: Node, apart: (usize, usize)) -> u64 {
        let mut total = 0;
        while let Some(path) = self.path(from, to, apart) {
            let lowered = path.iter().filter(|step| !step.raises);
            let Some(least) = lowered.map(|step| self.count(step.row, step.col)).min() else {
                break;
            };
            for step in &path {
                self.shift(step.row, step.col, step.raises, least);
            }
            total = u64::saturating_add(total, least);
        }
        total
    }

    fn path(&self, from: Node, to: Node, apart: (usize, usize)) -> Option<Vec<Step>> {
        let mut came: std::collections::BTreeMap<Node, Step> = std::collections::BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for step in self.steps(node) {
                let next = step.to();
                if (step.row, step.col) == apart || next == from || came.contains_key(&next) {
                    continue;
                }
                came.insert(next, step);
                if next == to {
                    return Some(trace(&came, from, to));
                }
                queue.push_back(next);
            }
        }
        None
    }

    fn steps(&self, node: Node) -> Vec<Step> {
        let raise = |row, col, raises| Step { row, col, raises };
        match node {
            Node::Row(row) => (0..self.cols)
                .filter(|col| self.is_hidden(row, *col))
                .map(|col| raise(row, col, true))
                .collect(),
            Node::Col(col) => (0..self.rows())
                .filter(|row| self.is_hidden(*row, col) && self.count(*row, col) > 0)
                .map(|row| raise(row, col, false))
                .collect(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Row(usize),
    Col(usize),
}

#[derive(Clone, Copy)]
struct Step {
    row: usize,
    col: usize,
    raises: bool,
}

impl Step {
    const fn to(self) -> Node {
        if self.raises { Node::Col(self.col) } else { Node::Row(self.row) }
    }
    const fn from(self) -> Node {
        if self.raises { Node::Row(self.row) } else { Node::Col(self.col) }
    }
}

fn trace(came: &std::collections::BTreeMap<Node, Step>, from: Node, to: Node) -> Vec<Step> {
    let (mut path, mut node) = (Vec::new(), to);
    while node != from {
        let Some(step) = came.get(&node) else { break };
        path.push(*step);
        node = step.from();
    }
    path
}

/// What an attacker who sees the shown cells and all row and column totals knows of the rest.
///
/// Bounds are exact, by largest flows in the graph of rows and columns. A small cell counts as
/// disclosed when it is shown or can be solved.
#[must_use]
pub fn audit(table: &[Vec<u64>], hidden: &[Vec<bool>], floor: u64) -> Audit {
    audit_grid(&Grid::new(table, hidden), floor)
}

fn audit_grid(grid: &Grid, floor: u64) -> Audit {
    let (mut bounds, mut disclosed) = (Vec::new(), Vec::new());
    for (row, col) in grid.cells() {
        let small = is_small(grid.count(row, col), floor);
        if !grid.is_hidden(row, col) {
            if small {
                disclosed.push((row, col));
            }
            continue;
        }
        let bound = grid.bound(row, col);
        if small && bound.low == bound.high {
            disclosed.push((row, col));
        }
        bounds.push(bound);
    }
    Audit { bounds, disclosed }
}

/// Hides the small cells of a table whose margins are told, and others until the audit is safe.
///
/// Returns the mask: `true` is hidden. A small cell must not be solvable, and must be possible
/// at `floor` or more as far as an attacker knows; where even hiding every cell cannot give that
/// (a margin is itself small), the margins must be hidden too, which [`audit`] then shows.
#[must_use]
pub fn suppress_table(table: &[Vec<u64>], floor: u64) -> Vec<Vec<bool>> {
    let mut grid = Grid::new(table, &[]);
    for (row, col) in grid.cells() {
        if is_small(grid.count(row, col), floor) {
            grid.hide(row, col);
        }
    }
    while let Some((row, col)) = exposed(&grid, floor) {
        if !hide_rectangle(&mut grid, row, col) && !hide_smallest(&mut grid) {
            break;
        }
    }
    let cells = |row| (0..grid.cols).map(move |col| (row, col));
    (0..grid.rows())
        .map(|row| cells(row).map(|(row, col)| grid.is_hidden(row, col)).collect())
        .collect()
}

fn exposed(grid: &Grid, floor: u64) -> Option<(usize, usize)> {
    let small = |(row, col): &(usize, usize)| is_small(grid.count(*row, *col), floor);
    grid.cells().filter(small).find(|(row, col)| {
        let bound = grid.bound(*row, *col);
        bound.low == bound.high || bound.high < floor
    })
}

/// Hides the cheapest three cells that make a rectangle with this one; false if none is left.
fn hide_rectangle(grid: &mut Grid, row: usize, col: usize) -> bool {
    let corners = |r: usize, c: usize| [(row, c), (r, col), (r, c)];
    let price = |(r, c): &(usize, usize)| {
        let open = corners(*r, *c).into_iter().filter(|(r, c)| !grid.is_hidden(*r, *c));
        let counts = open.map(|(r, c)| grid.count(r, c));
        // A zero protects little: take it only where nothing else is left.
        let zeros = corners(*r, *c).into_iter().filter(|(r, c)| grid.count(*r, *c) == 0).count();
        (zeros, counts.clone().sum::<u64>(), counts.count())
    };
    let others = grid.cells().filter(|(r, c)| *r != row && *c != col);
    let news = others.filter(|place| price(place).2 > 0);
    let Some((r, c)) = news.min_by_key(price) else {
        return false;
    };
    for (r, c) in corners(r, c) {
        grid.hide(r, c);
    }
    true
}

fn hide_smallest(grid: &mut Grid) -> bool {
    let open = grid.cells().filter(|(row, col)| !grid.is_hidden(*row, *col));
    let Some((row, col)) = open.min_by_key(|(row, col)| grid.count(*row, *col)) else {
        return false;
    };
    grid.hide(row, col);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every table of whole numbers with the same margins and shown cells, the slow way.
    fn enumerate(table: &[Vec<u64>], hidden: &[Vec<bool>]) -> Vec<(u64, u64)> {
        let cols = table[0].len();
        let places: Vec<(usize, usize)> = (0..table.len())
            .flat_map(|r| (0..cols).map(move |c| (r, c)))
            .filter(|(r, c)| hidden[*r][*c])
            .collect();
        let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
        let columns: Vec<u64> = (0..cols).map(|c| table.iter().map(|row| row[c]).sum()).collect();
        let mut work = table.to_vec();
        let mut bounds = vec![(u64::MAX, 0); places.len()];
        fn go(
            at: usize,
            places: &[(usize, usize)],
            work: &mut Vec<Vec<u64>>,
            rows: &[u64],
            columns: &[u64],
            bounds: &mut [(u64, u64)],
        ) {
            let Some((r, c)) = places.get(at).copied() else {
                let fits =
                    work.iter().zip(rows).all(|(row, want)| row.iter().sum::<u64>() == *want)
                        && columns
                            .iter()
                            .enumerate()
                            .all(|(c, want)| work.iter().map(|row| row[c]).sum::<u64>() == *want);
                if fits {
                    for ((r, c), bound) in places.iter().zip(bounds) {
                        bound.0 = bound.0.min(work[*r][*c]);
                        bound.1 = bound.1.max(work[*r][*c]);
                    }
                }
                return;
            };
            let keep = work[r][c];
            for value in 0..=rows[r].min(columns[c]) {
                work[r][c] = value;
                go(at + 1, places, work, rows, columns, bounds);
            }
            work[r][c] = keep;
        }
        go(0, &places, &mut work, &rows, &columns, &mut bounds);
        bounds
    }

    proptest! {
        #[test]
        fn the_attacker_of_the_audit_knows_what_one_who_tries_all_tables_knows(
            table in proptest::collection::vec(proptest::collection::vec(0_u64..5, 3), 2..=3),
            mask in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 3), 3),
        ) {
            let mask: Vec<Vec<bool>> = mask.into_iter().take(table.len()).collect();
            prop_assume!(mask.iter().flatten().filter(|h| **h).count() <= 5);
            let found: Vec<(u64, u64)> =
                audit(&table, &mask, 3).bounds.iter().map(|b| (b.low, b.high)).collect();
            prop_assert_eq!(found, enumerate(&table, &mask));
        }

        #[test]
        fn nobody_solves_a_small_cell_of_a_table(
            table in proptest::collection::vec(proptest::collection::vec(0_u64..30, 2..5), 2..5),
        ) {
            let cols = table.iter().map(Vec::len).max().unwrap_or(0);
            let table: Vec<Vec<u64>> = table.into_iter()
                .map(|mut row| { row.resize(cols, 0); row }).collect();
            let large = |n: u64| n == 0 || n >= 5;
            prop_assume!(table.iter().all(|row| large(row.iter().sum())));
            prop_assume!((0..cols).all(|c| large(table.iter().map(|row| row[c]).sum())));
            let mask = suppress_table(&table, 5);
            let all = mask.iter().flatten().all(|hidden| *hidden);
            let found = audit(&table, &mask, 5);
            prop_assert!(found.is_safe() || all, "{:?} {:?}", table, mask);
        }
    }
}
