//! Who stood where by a cut-off, first and last.

use maud::{Markup, html};
use outcomes::Side;
use outcomes::figures::{Recovery, ScaleFigures};

use crate::parts::{Words, beside};
use crate::scale::{ends, name, named};
use crate::tables::{Cell, Column, Table};
use crate::{Arg, plot};

pub(crate) fn part(words: &Words<'_>, scale: &ScaleFigures, id: &str) -> Markup {
    let Some(found) = scale.recovery.as_ref().and_then(|it| it.shown()) else { return html! {} };
    let [first, last] = ends(words, scale);
    let [counts, not] = sides(words, scale, found);
    let said = ways(words, scale, found).into_iter().map(|(from, to, n)| {
        let args = [
            ("first", first.as_str().into()),
            ("from", from.into()),
            ("last", last.as_str().into()),
            ("to", to.into()),
            ("n", n.into()),
        ];
        words.with("crossing-desc-part", &args)
    });
    let list = said.collect::<Vec<_>>().join(&words.say("list-separator"));
    let ribbons = plot::Ribbons {
        heads: [first.clone(), last.clone()],
        sides: [counts, not],
        counts: [
            [found.stayed_case, found.left_caseness],
            [found.entered_caseness, found.stayed_below],
        ],
        said: [
            [found.stayed_case, found.left_caseness],
            [found.entered_caseness, found.stayed_below],
        ]
        .map(|row| row.map(|n| words.count(n))),
    };
    let by = [
        ("id", Arg::from(found.by.id.as_str())),
        ("population", found.by.population.as_str().into()),
    ];
    let plot = plot::figure(
        &format!("{id}-crossing"),
        &words.with("crossing-plot", &named(scale)),
        &words.with("crossing-desc", &[("list", list.into())]),
        plot::ribbons(&ribbons),
    );
    html! {
        div.block {
            h3 { (words.say("crossing")) }
            (beside(&plot, &table(words, scale, Some(found)).draw(words), false))
            p.note { (words.with("crossing-note", &by)) }
        }
    }
}

pub(crate) fn tables(words: &Words<'_>, scale: &ScaleFigures) -> Vec<Table> {
    let Some(recovery) = &scale.recovery else { return Vec::new() };
    let kept_back = || table(words, scale, None);
    words.tables_of(recovery, kept_back, |found| vec![table(words, scale, Some(found))])
}

fn table(words: &Words<'_>, scale: &ScaleFigures, found: Option<&Recovery>) -> Table {
    let [first, last] = ends(words, scale);
    let heads = [first, last, words.say("crossing-people")].map(Column::One);
    let ways = found.map(|found| ways(words, scale, found)).unwrap_or_default();
    let mut rows: Vec<Vec<Cell>> =
        ways.into_iter().map(|(from, to, n)| vec![from.into(), to.into(), n.into()]).collect();
    let left = found.filter(|found| scale.reliable.is_some() && found.left_caseness > 0);
    if let Some(found) = left {
        let reliably = found.reliably_recovered.map_or(Cell::Hidden, Cell::Count);
        rows.insert(1, vec![words.say("crossing-reliably").into(), Cell::Nothing, reliably]);
    }
    let caption = words.with("crossing-caption", &named(scale));
    Table::new(name(scale, "crossing"), caption, heads.to_vec()).with(rows)
}

/// The four ways, from side to side, those who left the worse side first.
fn ways(words: &Words<'_>, scale: &ScaleFigures, found: &Recovery) -> Vec<(String, String, u64)> {
    let [counts, not] = sides(words, scale, found);
    let way = |from: &String, to: &String, n| (from.clone(), to.clone(), n);
    vec![
        way(&counts, &not, found.left_caseness),
        way(&counts, &counts, found.stayed_case),
        way(&not, &counts, found.entered_caseness),
        way(&not, &not, found.stayed_below),
    ]
}

/// The side of the cut-off where totals are worse, and the other.
fn sides(words: &Words<'_>, scale: &ScaleFigures, found: &Recovery) -> [String; 2] {
    let at = [("at", Arg::Text(words.points(found.at)))];
    let mut keys = match found.side {
        Side::AtOrAbove => ["side-at_or_above", "side-below"],
        Side::AtOrBelow => ["side-at_or_below", "side-above"],
    };
    if !found.side.is_worse(scale.better) {
        keys.reverse();
    }
    keys.map(|key| words.with(key, &at))
}
