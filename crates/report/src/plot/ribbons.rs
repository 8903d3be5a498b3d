//! People on two sides of a cut-off, first and last, as two pillars and the ribbons between them.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{ACCENT, Drawn, INK, WIDTH, draw, real, text, wrapped};

/// What the ribbons join: first side to last side.
pub(crate) struct Ribbons {
    /// The first time and the last.
    pub(crate) heads: [String; 2],
    /// The side that counts, and the other.
    pub(crate) sides: [String; 2],
    /// From each side at first to each side at last.
    pub(crate) counts: [[u64; 2]; 2],
    /// The same as words.
    pub(crate) said: [[String; 2]; 2],
}

type Area<'a, 'b> = &'a DrawingArea<SVGBackend<'b>, plotters::coord::Shift>;

const TOP: f64 = 34.0;
const TALL: f64 = 200.0;
const BETWEEN: f64 = 10.0;
const PILLAR: i32 = 14;
const LEFT: i32 = 104;

/// How each ribbon looks: those who stayed are pale, those who crossed are full.
const LOOKS: [[RGBColor; 2]; 2] = [
    [RGBColor(190, 198, 208), RGBColor(122, 164, 200)],
    [RGBColor(150, 124, 110), RGBColor(226, 230, 236)],
];

pub(crate) fn ribbons(found: &Ribbons) -> Option<String> {
    let [[a, b], [c, d]] = found.counts;
    let all = a + b + c + d;
    if all == 0 {
        return None;
    }
    let tall = |n: u64| TALL * real(n) / real(all);
    let below = |above: u64| TOP + tall(above) + BETWEEN;
    // Where each ribbon begins on the left pillar and ends on the right one.
    let left = [[TOP, TOP + tall(a)], [below(a + b), below(a + b) + tall(c)]];
    let right = [[TOP, below(a + c)], [TOP + tall(a), below(a + c) + tall(b)]];
    draw(258, |area| {
        let (from, to) = (LEFT + PILLAR, WIDTH.cast_signed() - LEFT - PILLAR);
        for (row, counts) in found.counts.iter().enumerate() {
            for (column, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
                let at =
                    |tops: &[[f64; 2]; 2]| tops.get(row).and_then(|row| row.get(column)).copied();
                let look = LOOKS.get(row)?.get(column)?;
                ribbon(area, (from, at(&left)?), (to, at(&right)?), tall(*n), look)?;
            }
        }
        pillar(area, found, 0, [(TOP, a + b), (below(a + b), c + d)].map(|(y, n)| (y, tall(n))))?;
        pillar(area, found, 1, [(TOP, a + c), (below(a + c), b + d)].map(|(y, n)| (y, tall(n))))?;
        for (row, counts) in found.counts.iter().enumerate() {
            for (column, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
                let y = left.get(row)?.get(column)? + tall(*n) / 2.0;
                let end = right.get(row)?.get(column)? + tall(*n) / 2.0;
                // Near the left pillar ribbons do not cross yet.
                let y = y + (end - y) * smooth(0.13);
                let words = found.said.get(row)?.get(column)?;
                let style = text(12).pos(Pos::new(HPos::Center, VPos::Center));
                area.draw(&Text::new(words.clone(), (from + 30, whole(y)), style)).ok()?;
            }
        }
        Some(())
    })
}

fn pillar(area: Area<'_, '_>, found: &Ribbons, end: usize, parts: [(f64, f64); 2]) -> Drawn {
    let (x, anchor, words_at) = if end == 0 {
        (LEFT, HPos::Right, LEFT - 8)
    } else {
        let x = WIDTH.cast_signed() - LEFT - PILLAR;
        (x, HPos::Left, x + PILLAR + 8)
    };
    let head = text(13).pos(Pos::new(anchor, VPos::Center));
    let head_at = if end == 0 { x + PILLAR } else { x };
    area.draw(&Text::new(found.heads.get(end)?.clone(), (head_at, 14), head)).ok()?;
    for ((y, tall), side) in
        parts.into_iter().zip(&found.sides).filter(|((_, tall), _)| *tall > 0.0)
    {
        let corners = [(x, whole(y)), (x + PILLAR, whole(y + tall).max(whole(y) + 1))];
        area.draw(&Rectangle::new(corners, ACCENT.filled())).ok()?;
        let lines = wrapped(side, 13);
        let first = whole(y + tall / 2.0) - 15 * (i32::try_from(lines.len()).ok()? - 1) / 2;
        for (line, number) in lines.into_iter().zip(0..) {
            let style = text(13).color(&INK).pos(Pos::new(anchor, VPos::Center));
            area.draw(&Text::new(line, (words_at, first + 15 * number), style)).ok()?;
        }
    }
    Some(())
}

fn ribbon(
    area: Area<'_, '_>,
    (from, start): (i32, f64),
    (to, end): (i32, f64),
    tall: f64,
    look: &RGBColor,
) -> Drawn {
    const STEPS: i32 = 24;
    let along = |step: i32, down: f64| {
        let t = f64::from(step) / f64::from(STEPS);
        let x = f64::from(from) + f64::from(to - from) * t;
        (whole(x), whole(start + (end - start) * smooth(t) + down))
    };
    let mut edge: Vec<(i32, i32)> = (0..=STEPS).map(|step| along(step, 0.0)).collect();
    edge.extend((0..=STEPS).rev().map(|step| along(step, tall)));
    area.draw(&Polygon::new(edge, look.mix(0.85))).ok()
}

/// From 0 to 1, level at both ends.
fn smooth(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

#[expect(clippy::cast_possible_truncation, reason = "places on a small picture")]
const fn whole(x: f64) -> i32 {
    x.round() as i32
}
