//! The way from everybody who was to be asked to those measured at both ends, as boxes.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Drawn, INK, draw, text};

/// One time at which people were to be measured.
pub(crate) struct Stage {
    /// The time.
    pub(crate) time: String,
    /// How many were measured.
    pub(crate) measured: String,
    /// How many were not, and why, line by line; empty where everybody was.
    pub(crate) not: Vec<String>,
}

/// The boxes from top to bottom.
pub(crate) struct Flow {
    pub(crate) asked: String,
    pub(crate) stages: Vec<Stage>,
    /// Both ends, and how many were measured at both.
    pub(crate) both: Option<[String; 2]>,
}

type Area<'a, 'b> = &'a DrawingArea<SVGBackend<'b>, plotters::coord::Shift>;

const LINE: i32 = 16;
const GAP: i32 = 12;
const SPINE: i32 = 16;
const LEFT: (i32, i32) = (32, 164);
const RIGHT: (i32, i32) = (178, 396);
const TINT: RGBColor = RGBColor(238, 243, 248);

/// A box with its lines.
struct Block {
    across: (i32, i32),
    top: i32,
    bottom: i32,
    lines: Vec<String>,
    fill: RGBColor,
}

/// Every stage is counted of everybody asked: a tree and no chain, since who is measured late need not have been
/// measured early.
pub(crate) fn flow(flow: &Flow) -> Option<String> {
    let (mut blocks, mut top) = (Vec::new(), 6);
    let mut place = |parts: Vec<((i32, i32), Vec<String>, RGBColor)>| {
        let lines = parts.iter().map(|(_, lines, _)| lines.len()).max().unwrap_or(1);
        let bottom = top + 14 + LINE * i32::try_from(lines).unwrap_or(1);
        let block = |(across, lines, fill)| Block { across, top, bottom, lines, fill };
        blocks.push(parts.into_iter().map(block).collect::<Vec<_>>());
        top = bottom + GAP;
    };
    place(vec![((4, RIGHT.1), wrapped(&flow.asked, (4, RIGHT.1)), TINT)]);
    for stage in &flow.stages {
        let mut parts = vec![(LEFT, lines([&stage.time, &stage.measured]), TINT)];
        if !stage.not.is_empty() {
            let lines = stage.not.iter().flat_map(|line| wrapped(line, RIGHT)).collect();
            parts.push((RIGHT, lines, WHITE));
        }
        place(parts);
    }
    if let Some(both) = &flow.both {
        place(vec![(LEFT, lines(both.each_ref()), TINT)]);
    }
    draw(u32::try_from(top).ok()?, |area| {
        let middle = |block: &Block| i32::midpoint(block.top, block.bottom);
        let rows = || blocks.iter().skip(1).filter_map(|row| row.first());
        if let (Some(first), Some(last)) =
            (blocks.first().and_then(|row| row.first()), rows().next_back())
        {
            line(area, (SPINE, first.bottom), (SPINE, middle(last)))?;
        }
        for row in rows() {
            line(area, (SPINE, middle(row)), (LEFT.0, middle(row)))?;
        }
        for row in &blocks {
            if let [one, other] = &row[..] {
                line(area, (one.across.1, middle(one)), (other.across.0, middle(one)))?;
            }
            for block in row {
                draw_block(area, block)?;
            }
        }
        Some(())
    })
}

fn line(area: Area<'_, '_>, from: (i32, i32), to: (i32, i32)) -> Drawn {
    area.draw(&PathElement::new(vec![from, to], INK.stroke_width(1))).ok()
}

fn draw_block(area: Area<'_, '_>, block: &Block) -> Drawn {
    let corners = [(block.across.0, block.top), (block.across.1, block.bottom)];
    area.draw(&Rectangle::new(corners, block.fill.filled())).ok()?;
    area.draw(&Rectangle::new(corners, INK.stroke_width(1))).ok()?;
    let lines = i32::try_from(block.lines.len()).ok()?;
    let first = i32::midpoint(block.top, block.bottom) - LINE * (lines - 1) / 2;
    for (words, number) in block.lines.iter().zip(0..) {
        let style = text(13).pos(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(words.clone(), (block.across.0 + 8, first + LINE * number), style))
            .ok()?;
    }
    Some(())
}

fn lines(said: [&String; 2]) -> Vec<String> {
    said.into_iter().flat_map(|line| wrapped(line, LEFT)).collect()
}

/// Words in lines that fit a box, by the usual width of a letter.
fn wrapped(words: &str, (from, to): (i32, i32)) -> Vec<String> {
    super::wrapped(words, usize::try_from((to - from - 12) * 10 / 74).unwrap_or(20))
}
