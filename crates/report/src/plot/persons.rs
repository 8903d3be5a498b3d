//! Each person as a line from first to last, and as a dot of first against last.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{ACCENT, Chart, Drawn, GRID, INK, draw, real, text};

/// Whoever fared worse: dark in gray too, and told apart by a thicker line.
const WORSE: RGBColor = RGBColor(154, 62, 20);
const SAME: RGBColor = RGBColor(120, 128, 140);

/// How somebody fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Better,
    Same,
    Worse,
}

impl Way {
    const fn color(self) -> RGBColor {
        match self {
            Self::Better => ACCENT,
            Self::Same => SAME,
            Self::Worse => WORSE,
        }
    }

    const fn width(self) -> u32 {
        match self {
            Self::Better | Self::Same => 1,
            Self::Worse => 2,
        }
    }
}

/// So many people from one total to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) before: f64,
    pub(crate) after: f64,
    pub(crate) people: u64,
    pub(crate) way: Way,
}

/// Everybody of one instrument.
pub(crate) struct People {
    pub(crate) pairs: Vec<Pair>,
    /// The lowest total and the highest.
    pub(crate) range: (f64, f64),
    /// The first time and the last.
    pub(crate) heads: [String; 2],
    /// What better, same and worse are called.
    pub(crate) ways: [String; 3],
    /// Where the sides of the cut-off meet.
    pub(crate) cut: Option<f64>,
    /// The change that is larger than the noise.
    pub(crate) noise: Option<f64>,
    /// What the line of no change and those of the noise are called.
    pub(crate) lines: [String; 2],
    pub(crate) axis: String,
}

const KEY: u32 = 26;

/// One line for each person.
pub(crate) fn paired(found: &People) -> Option<String> {
    let (low, high) = found.range;
    draw(300, |area| {
        let (top, below) = area.split_vertically(KEY);
        key(&top, &found.ways)?;
        let mut chart = ChartBuilder::on(&below)
            .margin(8)
            .margin_right(30)
            .x_label_area_size(30)
            .y_label_area_size(48)
            .build_cartesian_2d(0.0..1.0, low..high)
            .ok()?;
        frame(&mut chart, &found.axis)?;
        if let Some(cut) = found.cut {
            dashed(&mut chart, (0.0, cut), (1.0, cut), INK)?;
        }
        // Those who fared worse lie on top: they are looked for first.
        for way in [Way::Better, Way::Same, Way::Worse] {
            for pair in found.pairs.iter().filter(|pair| pair.way == way) {
                let ends = [(0.06, pair.before), (0.94, pair.after)];
                let width = way.width() + u32::try_from(pair.people - 1).unwrap_or(0).min(4);
                let style = way.color().stroke_width(width);
                chart.draw_series([PathElement::new(ends.to_vec(), style)]).ok()?;
                let dots = ends.map(|end| Circle::new(end, 3, way.color().filled()));
                chart.draw_series(dots).ok()?;
            }
        }
        let (left, top) = below.get_base_pixel();
        for (at, head) in [0.06, 0.94].into_iter().zip(&found.heads) {
            let (x, y) = chart.backend_coord(&(at, low));
            let style = text(13).pos(Pos::new(HPos::Center, VPos::Top));
            below.draw(&Text::new(head.clone(), (x - left, y - top + 8), style)).ok()?;
        }
        Some(())
    })
}

/// First against last, with the lines of no change, of the noise and of the cut-off.
pub(crate) fn quadrant(found: &People) -> Option<String> {
    let (low, high) = found.range;
    draw(400, |area| {
        let (top, below) = area.split_vertically(KEY);
        key(&top, &found.ways)?;
        let mut chart = ChartBuilder::on(&below)
            .margin(8)
            .margin_right(18)
            .x_label_area_size(42)
            .y_label_area_size(48)
            .build_cartesian_2d(low..high, low..high)
            .ok()?;
        let [first, last] = &found.heads;
        chart
            .configure_mesh()
            .disable_mesh()
            .x_labels(7)
            .y_labels(7)
            .axis_style(INK)
            .label_style(text(13))
            .axis_desc_style(text(13))
            .x_label_formatter(&|total| format!("{total:.0}"))
            .y_label_formatter(&|total| format!("{total:.0}"))
            .x_desc(first.as_str())
            .y_desc(last.as_str())
            .draw()
            .ok()?;
        let same = PathElement::new(vec![(low, low), (high, high)], INK.stroke_width(1));
        chart.draw_series([same]).ok()?;
        for noise in found.noise.into_iter().flat_map(|noise| [noise, -noise]) {
            let (from, to) = (low.max(low - noise), high.min(high - noise));
            dashed(&mut chart, (from, from + noise), (to, to + noise), SAME)?;
        }
        if let Some(cut) = found.cut {
            dashed(&mut chart, (cut, low), (cut, high), INK)?;
            dashed(&mut chart, (low, cut), (high, cut), INK)?;
        }
        for pair in &found.pairs {
            let size = 3.0 + 1.5 * real(pair.people).sqrt();
            #[expect(clippy::cast_possible_truncation, reason = "a few units of a picture")]
            let size = size as i32;
            let at = (pair.before, pair.after);
            match pair.way {
                Way::Worse => {
                    let dot = TriangleMarker::new(at, size + 1, WORSE.filled());
                    chart.draw_series([dot]).ok()?;
                }
                Way::Better | Way::Same => {
                    let dot = Circle::new(at, size, pair.way.color().mix(0.75).filled());
                    chart.draw_series([dot]).ok()?;
                }
            }
        }
        names(&chart, &below, found)
    })
}

/// A dashed line from one point to another.
fn dashed(chart: &mut Chart<'_, '_>, from: (f64, f64), to: (f64, f64), color: RGBColor) -> Drawn {
    const DASHES: u32 = 36;
    let along = |part: u32| {
        let t = f64::from(part) / f64::from(2 * DASHES - 1);
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
    };
    let dashes = (0..DASHES).map(|dash| {
        PathElement::new(vec![along(2 * dash), along(2 * dash + 1)], color.stroke_width(1))
    });
    chart.draw_series(dashes).ok()?;
    Some(())
}

/// What the lines are called, at their upper ends.
fn names(
    chart: &Chart<'_, '_>,
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    found: &People,
) -> Drawn {
    let (_, high) = found.range;
    let (left, top) = area.get_base_pixel();
    let [same, noise] = &found.lines;
    let name = |words: &String, at: (f64, f64)| {
        let (x, y) = chart.backend_coord(&at);
        let style = text(11).pos(Pos::new(HPos::Right, VPos::Bottom));
        area.draw(&Text::new(words.clone(), (x - left - 4, y - top), style)).ok()
    };
    name(same, (high, high))?;
    if let Some(points) = found.noise {
        name(noise, (high, high - points))?;
    }
    Some(())
}

fn frame(chart: &mut Chart<'_, '_>, axis: &str) -> Drawn {
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .y_labels(7)
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(INK)
        .label_style(text(13))
        .axis_desc_style(text(13))
        .y_label_formatter(&|total| format!("{total:.0}"))
        .y_desc(axis)
        .draw()
        .ok()
}

fn key(area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>, ways: &[String; 3]) -> Drawn {
    let mut across = 14;
    for (way, words) in [Way::Better, Way::Same, Way::Worse].into_iter().zip(ways) {
        let line = vec![(across, 14), (across + 20, 14)];
        area.draw(&PathElement::new(line, way.color().stroke_width(1 + way.width()))).ok()?;
        let style = text(13).pos(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(words.clone(), (across + 26, 14), style)).ok()?;
        across += 44 + 7 * i32::try_from(words.chars().count()).ok()?;
    }
    Some(())
}
