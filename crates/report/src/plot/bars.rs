//! Bars from left to right, one for each row of a table.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{ACCENT, INK, draw, real, text};

/// Rows of bars.
pub(crate) struct Bars {
    /// What each is called, and how many.
    pub(crate) rows: Vec<(String, u64)>,
    /// What stands at the end of each.
    pub(crate) values: Vec<String>,
    pub(crate) axis: String,
}

const LABELS: u32 = 96;

pub(crate) fn bars(found: &Bars) -> Option<String> {
    let count = u32::try_from(found.rows.len()).ok().filter(|n| *n > 0)?;
    let most = found.rows.iter().map(|(_, n)| *n).max().filter(|n| *n > 0)?;
    draw(56 + 26 * count, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(6)
            .margin_right(48)
            .x_label_area_size(42)
            .y_label_area_size(LABELS)
            .build_cartesian_2d(0.0..real(most), 0.0..f64::from(count))
            .ok()?;
        chart
            .configure_mesh()
            .disable_mesh()
            .disable_y_axis()
            .x_labels(6)
            .x_label_formatter(&|n| format!("{n:.0}"))
            .label_style(text(13))
            .axis_desc_style(text(13))
            .axis_style(INK)
            .x_desc(found.axis.as_str())
            .draw()
            .ok()?;
        let rows = found.rows.iter().zip(&found.values).zip(1_u32..);
        for (((label, n), value), place) in rows {
            let level = f64::from(count - place);
            let corners = [(0.0, level + 0.16), (real(*n), level + 0.84)];
            chart.draw_series([Rectangle::new(corners, ACCENT.filled())]).ok()?;
            let (x, y) = chart.backend_coord(&(real(*n), level + 0.5));
            let (left, top) = area.get_base_pixel();
            let beside = |pos| text(13).pos(Pos::new(pos, VPos::Center));
            area.draw(&Text::new(value.clone(), (x - left + 5, y - top), beside(HPos::Left)))
                .ok()?;
            let edge = i32::try_from(LABELS).ok()?;
            area.draw(&Text::new(label.clone(), (edge - 2, y - top), beside(HPos::Right))).ok()?;
        }
        Some(())
    })
}
