//! Plots as inline SVG, drawn by `plotters`.
//!
//! Color is never alone: bands go from light to dark, are outlined and labelled, and every plot
//! stands over a table with the same figures. A plot that cannot be drawn is left out; its table stays.

mod bars;
mod dots;
mod flow;
mod persons;
mod ribbons;

use maud::{Markup, PreEscaped, html};
use outcomes::figures::{AttendanceRow, Retention, RetentionPoint};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::wording::rounded;

pub(crate) use bars::{Bars, bars};
pub(crate) use dots::{Dot, Dots, dots};
pub(crate) use flow::{Flow, Stage, flow};
pub(crate) use persons::{Pair, People, Way, paired, quadrant};
pub(crate) use ribbons::{Ribbons, ribbons};

/// Ink for lines and text: dark enough on white for any text size.
const INK: RGBColor = RGBColor(31, 41, 55);
/// The one accent: dark blue, also dark in gray.
const ACCENT: RGBColor = RGBColor(20, 78, 124);
const GRID: RGBColor = RGBColor(210, 214, 220);
/// Of a plot that has half of a page beside its table, or a phone for itself.
const WIDTH: u32 = 400;
/// Of a plot that stands alone.
const WIDE: u32 = 480;

type Chart<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Option<()>;

/// A plot with its text alternative; nothing where it could not be drawn.
pub(crate) fn figure(id: &str, title: &str, desc: &str, svg: Option<String>) -> Markup {
    let described = svg.and_then(|svg| {
        let (_, drawing) = svg.split_once('>')?;
        let (_, size) = svg.split_once("viewBox=\"")?;
        let (size, _) = size.split_once('"')?;
        Some((size.to_owned(), drawing.trim_end().trim_end_matches("</svg>").to_owned()))
    });
    html! {
        @if let Some((size, drawing)) = described {
            figure {
                div.plot {
                    svg viewBox=(size) role="img" aria-labelledby={ (id) "-title " (id) "-desc" }
                        xmlns="http://www.w3.org/2000/svg" {
                        title id={ (id) "-title" } { (title) }
                        desc id={ (id) "-desc" } { (desc) }
                        (PreEscaped(drawing))
                    }
                }
                figcaption { (title) }
            }
        }
    }
}

fn draw(
    height: u32,
    fill: impl FnOnce(&DrawingArea<SVGBackend<'_>, plotters::coord::Shift>) -> Drawn,
) -> Option<String> {
    draw_wide(WIDTH, height, fill)
}

fn draw_wide(
    width: u32,
    height: u32,
    fill: impl FnOnce(&DrawingArea<SVGBackend<'_>, plotters::coord::Shift>) -> Drawn,
) -> Option<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
        fill(&area)?;
        area.present().ok()?;
    }
    Some(svg)
}

fn text(size: u32) -> TextStyle<'static> {
    TextStyle::from(("sans-serif", f64::from(size) * 1.24).into_font()).color(&INK)
}

/// A number at an axis: no longer than it has to be, without the error of a binary fraction.
fn tick(x: f64) -> String {
    format!("{}", rounded(x, 6)).replace('-', "\u{2212}")
}

/// Words cut to so many characters at their end, where they are more: the whole stands in the text beside the plot.
fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// So many lines at most, the last one cut at its end where there are more.
fn lines_of(words: &str, most: usize, lines: usize) -> Vec<String> {
    let all = wrapped(words, most);
    let Some(last) = lines.checked_sub(1).filter(|_| lines < all.len()) else { return all };
    let (kept, rest) = all.split_at(last);
    let rest = shortened(&format!("{} \u{2026}", rest.join(" ")), most);
    kept.iter().cloned().chain([rest]).collect()
}

/// Words in lines of so many characters; a longer word stands alone, cut at its end.
fn wrapped(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace().map(|word| shortened(word, most)) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(&word);
            }
            Some(_) | None => lines.push(word),
        }
    }
    lines
}

fn centered(size: u32) -> TextStyle<'static> {
    text(size).pos(Pos::new(HPos::Center, VPos::Center))
}

#[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
const fn real(n: u64) -> f64 {
    n as f64
}

/// A frame with sessions across and per cents up.
fn by_session(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    (first, last): (f64, f64),
    axes: &[String; 2],
    fill: impl FnOnce(&mut Chart<'_, '_>) -> Drawn,
) -> Drawn {
    let [x, y] = axes;
    let mut chart = ChartBuilder::on(area)
        .margin(8)
        .margin_right(14)
        .x_label_area_size(42)
        .y_label_area_size(48)
        .build_cartesian_2d(first..last, 0.0..100.0)
        .ok()?;
    let marks = (last - first).min(16.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 16")]
    let labels = marks.max(1.0) as usize + 1;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .y_labels(6)
        .x_labels(labels)
        .x_label_formatter(&|session| whole_session(*session))
        .y_label_formatter(&|share| format!("{share:.0}"))
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(INK)
        .label_style(text(13))
        .axis_desc_style(text(13))
        .x_desc(x.as_str())
        .y_desc(y.as_str())
        .draw()
        .ok()?;
    fill(&mut chart)
}

fn whole_session(session: f64) -> String {
    if (session - session.round()).abs() < 1e-6 { format!("{session:.0}") } else { String::new() }
}

/// Bars of attendance; joined sessions make one wide bar.
pub(crate) fn attendance(rows: &[AttendanceRow], axes: &[String; 2]) -> Option<String> {
    let first = f64::from(rows.first()?.from) - 0.6;
    let last = f64::from(rows.last()?.to) + 0.6;
    draw_wide(WIDE, 250, |area| {
        by_session(area, (first, last), axes, |chart| {
            let bars = rows.iter().map(|row| {
                let (from, to) = (f64::from(row.from) - 0.38, f64::from(row.to) + 0.38);
                Rectangle::new([(from, 0.0), (to, row.share * 100.0)], ACCENT.filled())
            });
            chart.draw_series(bars).ok()?;
            if rows.len() <= 20 {
                let labels = rows.iter().map(|row| {
                    let middle = f64::midpoint(f64::from(row.from), f64::from(row.to));
                    let height = (row.share * 100.0 - 5.0).max(4.0);
                    Text::new(
                        format!("{:.0}", rounded(row.share, 2) * 100.0),
                        (middle, height),
                        centered(11).color(&WHITE),
                    )
                });
                chart.draw_series(labels).ok()?;
            }
            Some(())
        })
    })
}

/// The retention curve as steps, its band behind it.
pub(crate) fn retention(found: &Retention, axes: &[String; 2]) -> Option<String> {
    let end = f64::from(found.last_session.max(1));
    draw_wide(WIDE, 250, |area| {
        by_session(area, (0.0, end), axes, |chart| {
            let steps = |read: &dyn Fn(&RetentionPoint) -> f64| stairs(&found.curve, end, read);
            let mut band = steps(&|step| step.interval.map_or(step.stays, |it| it.high));
            let mut low = steps(&|step| step.interval.map_or(step.stays, |it| it.low));
            low.reverse();
            band.append(&mut low);
            chart.draw_series([Polygon::new(band, ACCENT.mix(0.22))]).ok()?;
            let line = steps(&|step| step.stays);
            chart.draw_series(LineSeries::new(line, ACCENT.stroke_width(3))).ok()?;
            Some(())
        })
    })
}

fn stairs(
    curve: &[RetentionPoint],
    end: f64,
    read: &dyn Fn(&RetentionPoint) -> f64,
) -> Vec<(f64, f64)> {
    let mut level = 100.0;
    let mut line = vec![(0.0, level)];
    for step in curve {
        let session = f64::from(step.session);
        line.push((session, level));
        level = read(step) * 100.0;
        line.push((session, level));
    }
    line.push((end, level));
    line
}

/// One bar of a stacked plot.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) bands: Vec<Option<u64>>,
    pub(crate) hidden: u64,
    pub(crate) unmeasured: u64,
    pub(crate) total: u64,
}

/// One piece of a bar: where it starts and ends, in per cent, and how it looks.
struct Piece {
    from: f64,
    to: f64,
    look: Look,
}

/// How a piece looks, in the plot and in its key.
#[derive(Clone, Copy)]
enum Look {
    Band(RGBColor, RGBColor),
    Hidden,
    Unmeasured,
}

impl Look {
    /// The look of the n-th of so many bands: from light to dark, in color and in gray.
    fn band(place: usize, of: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a handful of bands")]
        let depth = if of > 1 { place as f64 / (of - 1) as f64 } else { 0.5 };
        let (light, dark) = ((222.0, 235.0, 247.0), (8.0, 48.0, 92.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let mix = |a: f64, b: f64| (a + (b - a) * depth).round() as u8;
        let fill = RGBColor(mix(light.0, dark.0), mix(light.1, dark.1), mix(light.2, dark.2));
        Self::Band(fill, if depth > 0.45 { WHITE } else { INK })
    }

    const fn fill(self) -> RGBColor {
        match self {
            Self::Band(fill, _) => fill,
            Self::Hidden => RGBColor(176, 180, 188),
            Self::Unmeasured => WHITE,
        }
    }

    const fn ink(self) -> RGBColor {
        match self {
            Self::Band(_, ink) => ink,
            Self::Hidden | Self::Unmeasured => INK,
        }
    }
}

fn pieces(bar: &Bar) -> Vec<Piece> {
    let (mut pieces, mut at) = (Vec::new(), 0.0);
    let mut add = |n: u64, look| {
        let to = at + 100.0 * real(n) / real(bar.total.max(1));
        if n > 0 {
            pieces.push(Piece { from: at, to, look });
        }
        at = to;
    };
    for (place, count) in bar.bands.iter().enumerate() {
        add(count.unwrap_or(0), Look::band(place, bar.bands.len()));
    }
    add(bar.hidden, Look::Hidden);
    add(bar.unmeasured, Look::Unmeasured);
    pieces
}

/// Room for what a bar is called.
const BAR_LABELS: u32 = 84;

/// One stacked bar for each time, with a key.
pub(crate) fn bands(
    bars: &[Bar],
    labels: &[String],
    rest: &[String; 2],
    axis: &str,
) -> Option<String> {
    let key = key(bars, labels, rest);
    let lines = u32::try_from(key.last().map_or(1, |(_, _, line, _)| line + 1)).ok()?;
    let count = u32::try_from(bars.len()).ok()?;
    let key_height = 12 + 24 * lines;
    draw(64 + 48 * count + key_height, |area| {
        let (top, below) = area.split_vertically(key_height);
        draw_key(&top, &key)?;
        let mut chart = ChartBuilder::on(&below)
            .margin(6)
            .margin_right(18)
            .x_label_area_size(42)
            .y_label_area_size(BAR_LABELS)
            .build_cartesian_2d(0.0..100.0, 0.0..f64::from(count))
            .ok()?;
        chart
            .configure_mesh()
            .disable_mesh()
            .disable_y_axis()
            .x_labels(6)
            .x_label_formatter(&|share| format!("{share:.0}"))
            .label_style(text(13))
            .axis_desc_style(text(13))
            .axis_style(INK)
            .x_desc(axis)
            .draw()
            .ok()?;
        for (bar, place) in bars.iter().zip(1_u32..) {
            draw_bar(&mut chart, &below, bar, f64::from(count - place))?;
        }
        Some(())
    })
}

fn draw_bar(
    chart: &mut Chart<'_, '_>,
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    bar: &Bar,
    bottom: f64,
) -> Drawn {
    for piece in pieces(bar) {
        let corners = [(piece.from, bottom + 0.14), (piece.to, bottom + 0.86)];
        let filled = Rectangle::new(corners, piece.look.fill().filled());
        let outline = Rectangle::new(corners, INK.stroke_width(1));
        chart.draw_series([filled, outline]).ok()?;
        let width = piece.to - piece.from;
        if width >= 6.0 {
            let middle = (f64::midpoint(piece.from, piece.to), bottom + 0.5);
            let ink = piece.look.ink();
            let style = centered(12).color(&ink);
            chart
                .draw_series([Text::new(format!("{:.0}", rounded(width, 0)), middle, style)])
                .ok()?;
        }
    }
    let (x, y) = chart.backend_coord(&(0.0, bottom + 0.5));
    let (left, top) = area.get_base_pixel();
    beside_axis(area, lines_of(&bar.label, 9, 3), (x - left - 8, y - top))
}

/// Lines that end beside an axis, about a height.
fn beside_axis(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    lines: Vec<String>,
    (x, y): (i32, i32),
) -> Drawn {
    let first = y - 15 * (i32::try_from(lines.len()).ok()? - 1) / 2;
    for (words, number) in lines.into_iter().zip(0..) {
        let style = text(13).pos(Pos::new(HPos::Right, VPos::Center));
        area.draw(&Text::new(words, (x, first + 15 * number), style)).ok()?;
    }
    Some(())
}

/// The key: look, words, line and place across.
fn key(bars: &[Bar], labels: &[String], rest: &[String; 2]) -> Vec<(Look, String, i32, i32)> {
    let [hidden, unmeasured] = rest;
    let mut items: Vec<(Look, String)> = labels
        .iter()
        .enumerate()
        .map(|(place, label)| (Look::band(place, labels.len()), shortened(label, 48)))
        .collect();
    if bars.iter().any(|bar| bar.hidden > 0) {
        items.push((Look::Hidden, hidden.clone()));
    }
    if bars.iter().any(|bar| bar.unmeasured > 0) {
        items.push((Look::Unmeasured, unmeasured.clone()));
    }
    let (mut line, mut across) = (0, 14);
    let mut placed = Vec::new();
    for (look, label) in items {
        let width = 32 + 7 * i32::try_from(label.chars().count()).unwrap_or(0);
        if across + width > WIDTH.cast_signed() && across > 14 {
            line += 1;
            across = 14;
        }
        placed.push((look, label, line, across));
        across += width;
    }
    placed
}

fn draw_key(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    key: &[(Look, String, i32, i32)],
) -> Drawn {
    for (look, label, line, across) in key {
        let (x, y) = (*across, 8 + 24 * line);
        area.draw(&Rectangle::new([(x, y), (x + 16, y + 16)], look.fill().filled())).ok()?;
        area.draw(&Rectangle::new([(x, y), (x + 16, y + 16)], INK.stroke_width(1))).ok()?;
        let style = text(13).pos(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(label.clone(), (x + 22, y + 8), style)).ok()?;
    }
    Some(())
}

/// What the plot of a change shows.
pub(crate) struct ChangeMarks {
    pub(crate) mean: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) label: String,
    /// What lies to the left of zero and to the right of it.
    pub(crate) sides: [String; 2],
    pub(crate) axis: String,
}

/// A dot with its interval beside the line of no change.
pub(crate) fn change(marks: &ChangeMarks) -> Option<String> {
    let reach = marks.low.abs().max(marks.high.abs()).max(1.0) * 1.2;
    draw(150, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(8)
            .margin_left(16)
            .margin_right(16)
            .x_label_area_size(42)
            .build_cartesian_2d(-reach..reach, 0.0..1.0)
            .ok()?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(9)
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .label_style(text(13))
            .axis_desc_style(text(13))
            .axis_style(INK)
            .x_label_formatter(&|x| tick(*x))
            .x_desc(marks.axis.as_str())
            .draw()
            .ok()?;
        draw_change(&mut chart, marks, reach)
    })
}

fn draw_change(chart: &mut Chart<'_, '_>, marks: &ChangeMarks, reach: f64) -> Drawn {
    let line = |from: (f64, f64), to: (f64, f64), width: u32, color: RGBColor| {
        PathElement::new(vec![from, to], color.stroke_width(width))
    };
    let (low, high, level) = (marks.low, marks.high, 0.42);
    chart
        .draw_series([
            line((0.0, 0.0), (0.0, 1.0), 2, INK),
            line((low, level), (high, level), 3, ACCENT),
            line((low, level - 0.1), (low, level + 0.1), 3, ACCENT),
            line((high, level - 0.1), (high, level + 0.1), 3, ACCENT),
        ])
        .ok()?;
    chart.draw_series([Circle::new((marks.mean, level), 6, ACCENT.filled())]).ok()?;
    let label = Text::new(marks.label.clone(), (marks.mean, level + 0.28), centered(15));
    chart.draw_series([label]).ok()?;
    let [left, right] = &marks.sides;
    let side = |words: &String, x: f64, anchor| {
        let style = text(13).pos(Pos::new(anchor, VPos::Center));
        Text::new(words.clone(), (x, 0.9), style)
    };
    let (left, right) = (format!("\u{2190} {left}"), format!("{right} \u{2192}"));
    let sides = [side(&left, -reach * 0.98, HPos::Left), side(&right, reach * 0.98, HPos::Right)];
    chart.draw_series(sides).ok()?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_cut_at_its_end_and_never_at_its_beginning() {
        assert_eq!(shortened("Kicukiro", 8), "Kicukiro");
        assert_eq!(shortened("kicukiro-nyarugunga-kanombe", 12), "kicukiro-ny\u{2026}");
        let lines = lines_of("Months 12 follow up visit", 9, 3);
        assert_eq!(lines, ["Months 12", "follow up", "visit"]);
        assert_eq!(lines_of("one two three four five", 5, 2), ["one", "two\u{2026}"]);
    }

    #[test]
    fn an_axis_shows_no_error_of_a_binary_fraction() {
        assert_eq!(tick(-0.000_000_000_000_000_055), "0");
        assert_eq!(tick(-0.1 - 0.2), "\u{2212}0.3");
        assert_eq!(tick(2.5), "2.5");
    }
}
