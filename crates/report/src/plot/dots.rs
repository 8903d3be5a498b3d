//! Dots beside each other, with their intervals where there are some.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{ACCENT, Chart, Drawn, GRID, INK, beside_axis, draw, lines_of, text, tick};

/// One row: its words, its dot, the ends of its interval.
pub(crate) struct Dot {
    pub(crate) label: String,
    pub(crate) at: f64,
    pub(crate) ends: Option<(f64, f64)>,
    /// What stands beside the dot.
    pub(crate) value: String,
}

/// Rows of dots over one axis.
pub(crate) struct Dots {
    pub(crate) rows: Vec<Dot>,
    /// Where the axis starts and ends.
    pub(crate) range: (f64, f64),
    /// Whether zero is a line of its own.
    pub(crate) zero: bool,
    pub(crate) axis: String,
}

impl Dots {
    /// Rows of changes, on an axis that shows where no change lies.
    pub(crate) fn around_zero(rows: Vec<Dot>, axis: String) -> Self {
        let ends = rows.iter().flat_map(|row| {
            let (low, high) = row.ends.unwrap_or((row.at, row.at));
            [low, row.at, high]
        });
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        let room = ((high - low) * 0.12).max(0.5);
        Self { rows, range: (low - room, high + room), zero: true, axis }
    }
}

const LABELS: i32 = 132;

pub(crate) fn dots(found: &Dots) -> Option<String> {
    let count = u32::try_from(found.rows.len()).ok().filter(|n| *n > 0)?;
    let (low, high) = found.range;
    draw(58 + 42 * count, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(6)
            .margin_right(34)
            .x_label_area_size(42)
            .y_label_area_size(LABELS)
            .build_cartesian_2d(low..high, 0.0..f64::from(count))
            .ok()?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(6)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .label_style(text(13))
            .axis_desc_style(text(13))
            .axis_style(INK)
            .x_label_formatter(&|x| tick(*x))
            .x_desc(found.axis.as_str())
            .draw()
            .ok()?;
        if found.zero {
            let line = vec![(0.0, 0.0), (0.0, f64::from(count))];
            chart.draw_series([PathElement::new(line, INK.stroke_width(2))]).ok()?;
        }
        for (row, place) in found.rows.iter().zip(1_u32..) {
            draw_row(&mut chart, area, row, f64::from(count - place) + 0.5)?;
        }
        Some(())
    })
}

fn draw_row(
    chart: &mut Chart<'_, '_>,
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    row: &Dot,
    level: f64,
) -> Drawn {
    if let Some((low, high)) = row.ends {
        let line = |from, to| PathElement::new(vec![from, to], ACCENT.stroke_width(3));
        let cap = |x: f64| line((x, level - 0.14), (x, level + 0.14));
        chart.draw_series([line((low, level), (high, level)), cap(low), cap(high)]).ok()?;
    }
    chart.draw_series([Circle::new((row.at, level), 5, ACCENT.filled())]).ok()?;
    let (x, y) = chart.backend_coord(&(row.at, level));
    let above = text(12).pos(Pos::new(HPos::Center, VPos::Bottom));
    area.draw(&Text::new(row.value.clone(), (x, y - 7), above)).ok()?;
    beside_axis(area, lines_of(&row.label, 16, 2), (LABELS - 4, y))
}
