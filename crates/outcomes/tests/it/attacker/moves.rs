//! From band to band: whatever the table leaves open beside the other figures.

use outcomes::Better;
use outcomes::figures::{Moves, ScaleFigures, Shown, WaveFigures};

use super::solve::{self, Known};

/// A stretch of changes in whole points, both ends within, and how many lie in it.
type Stretch = (i64, i64, u64);

pub(super) fn moves(scale: &ScaleFigures, known: &mut Known) -> bool {
    let Some(found) = scale.moves.as_ref().and_then(Shown::shown) else { return false };
    let ends = ends(scale, found);
    assert_eq!(ends.len(), found.cells.len(), "{found:?}");
    for row in &found.cells {
        for n in row {
            known.solved("moved from band to band", [*n]);
        }
        assert!(row.iter().filter(|n| **n > 0).count() != 1, "all of a band went one way");
    }
    losses(scale, found, known);
    let both: u64 = found.cells.iter().flatten().sum();
    for (low, high, people) in stretches(scale) {
        let within = |change: i64| low <= change && change <= high;
        known.solved("changed so, and not within cells", [people - inside(found, &ends, within)]);
        let others = inside(found, &ends, |change| !within(change));
        known.solved("changed otherwise, and not within cells", [both - people - others]);
    }
    crossings(scale, found, &ends, known);
    true
}

/// How many lie in cells of which every change is one of these.
fn inside(found: &Moves, ends: &[(i64, i64)], is: impl Fn(i64) -> bool) -> u64 {
    let mut sum = 0;
    for (row, first) in found.cells.iter().zip(ends) {
        for (n, last) in row.iter().zip(ends) {
            let mut changes =
                (first.0..=first.1).flat_map(|before| (last.0..=last.1).map(move |it| it - before));
            if changes.all(&is) {
                sum += n;
            }
        }
    }
    sum
}

/// The lowest and the highest total of each group of bands.
fn ends(scale: &ScaleFigures, found: &Moves) -> Vec<(i64, i64)> {
    let totals = solve::totals(scale);
    let place = |code: &commons::Code| scale.bands.iter().position(|band| band == code).unwrap();
    let whole = |x: f64| format!("{x:.0}").parse::<i64>().unwrap();
    let group = |bands: &Vec<commons::Code>| {
        let (first, last) = (place(bands.first().unwrap()), place(bands.last().unwrap()));
        (whole(totals[first].0), whole(totals[last].1))
    };
    found.bands.iter().map(group).collect()
}

fn losses(scale: &ScaleFigures, found: &Moves, known: &mut Known) {
    let waves = scale.waves.shown().unwrap();
    let (first, last) = (&waves[0], &waves[waves.len() - 1]);
    let mut from = 0;
    for (group, bands) in found.bands.iter().enumerate() {
        let places = from..from + bands.len();
        from = places.end;
        let of = |wave: &WaveFigures| -> u64 {
            let sum = |own: bool| -> Option<u64> {
                let cells = wave.bands.iter().enumerate();
                let cells = cells.filter(|(place, _)| places.contains(place) == own);
                cells.map(|(_, cell)| cell.shown()).sum()
            };
            let all = || wave.measured.exact().unwrap();
            sum(true).unwrap_or_else(|| all() - sum(false).unwrap())
        };
        let row: u64 = found.cells[group].iter().sum();
        let column: u64 = found.cells.iter().map(|row| row[group]).sum();
        known.solved("lost from a band", [of(first) - row]);
        known.solved("new in a band", [of(last) - column]);
    }
}

/// Every stretch of changes that is told, alone and with its neighbors.
fn stretches(scale: &ScaleFigures) -> Vec<Stretch> {
    const FAR: i64 = 1_000;
    let mut rows: Vec<Vec<Stretch>> = Vec::new();
    if let Some(bins) = scale.spread.shown() {
        let ends = [bins[0].from, bins[bins.len() - 1].to];
        assert_eq!(ends, [None, None], "the greatest change is one person's");
        let bin = |bin: &outcomes::figures::SpreadBin| {
            let (from, to) = (bin.from.map(i64::from), bin.to.map(i64::from));
            (from.unwrap_or(-FAR), to.unwrap_or(FAR), bin.people)
        };
        rows.push(bins.iter().map(bin).collect());
    }
    let shifts = scale.reliable.as_ref().and_then(Shown::shown).and_then(|found| {
        let [better, same, worse] =
            [found.improved.exact()?, found.unchanged.exact()?, found.worse.exact()?];
        let (fell, rose) =
            if scale.better == Better::Lower { (better, worse) } else { (worse, better) };
        let noise = i64::from(found.points.numerator());
        Some(vec![(-FAR, -noise, fell), (1 - noise, noise - 1, same), (noise, FAR, rose)])
    });
    rows.extend(shifts);
    let mut all = Vec::new();
    for row in rows {
        for from in 0..row.len() {
            for to in from..row.len() {
                all.push((row[from].0, row[to].1, row[from..=to].iter().map(|it| it.2).sum()));
            }
        }
    }
    all
}

/// The four ways across the cut-off are sums of cells; and who crossed it by more than the noise.
fn crossings(scale: &ScaleFigures, found: &Moves, ends: &[(i64, i64)], known: &mut Known) {
    let told = scale.recovery.as_ref().and_then(Shown::shown).expect("it is told beside it");
    let at = i64::from(told.at.numerator());
    let case = |group: usize| {
        assert_eq!(at <= ends[group].0, at <= ends[group].1, "a group on both sides");
        at <= ends[group].0
    };
    let (mut left, mut far, mut near) = (0, 0, 0);
    let noise = scale.reliable.as_ref().and_then(Shown::shown);
    let noise = noise.map_or(0, |found| i64::from(found.points.numerator()));
    for (row, counts) in found.cells.iter().enumerate() {
        for (column, n) in counts.iter().enumerate().filter(|(it, _)| case(row) && !case(*it)) {
            left += n;
            let changes = (ends[column].0 - ends[row].1, ends[column].1 - ends[row].0);
            far += if changes.1 <= -noise { *n } else { 0 };
            near += if -noise < changes.0 { *n } else { 0 };
        }
    }
    assert_eq!(left, told.left_caseness);
    if let Some(reliably) = told.reliably_recovered {
        known.solved("recovered, and not within cells", [reliably - far]);
        known.solved("crossed within the noise, and not within cells", [left - reliably - near]);
    }
}
