//! Who took part and what was delivered.

use maud::{Markup, html};

use crate::parts::{Table, Words};

pub(crate) fn section(words: &Words<'_>) -> Markup {
    let reach = &words.figures.reach;
    html! {
        section aria-labelledby="reach" {
            h2 #reach { (words.say("reach")) }
            div.pair {
                div { (counts(words).draw()) }
                @if reach.areas.len() > 1 {
                    div {
                        (areas(words).draw())
                        (words.hidden_note(reach.areas.iter().map(|(_, cell)| *cell)))
                    }
                }
            }
        }
    }
}

fn counts(words: &Words<'_>) -> Table {
    let (reach, delivery) = (&words.figures.reach, &words.figures.delivery);
    let part = |part: u64, whole: u64| {
        words.with("yes-of", &[("part", part.into()), ("whole", whole.into())])
    };
    let sessions = part(delivery.sessions_held, delivery.sessions_planned);
    let mut rows = vec![
        ("reach-people", words.tally(reach.people)),
        ("reach-units", words.count(reach.units)),
        ("reach-facilitators", words.count(reach.facilitators)),
        ("reach-supervisors", words.count(reach.supervisors)),
        ("reach-sessions", sessions),
        ("reach-hours", words.wording.number(delivery.hours, 0)),
    ];
    if delivery.modules_planned > 0 {
        rows.push(("reach-modules", part(delivery.modules_delivered, delivery.modules_planned)));
    }
    if delivery.stories > 0 {
        rows.push(("reach-stories", words.count(delivery.stories)));
    }
    Table {
        caption: words.say("reach-caption"),
        heads: vec![words.say("reach-what"), words.say("reach-count")],
        rows: rows.into_iter().map(|(key, value)| vec![words.say(key), value]).collect(),
    }
}

fn areas(words: &Words<'_>) -> Table {
    let areas = words.figures.reach.areas.iter();
    let row = |(area, cell): &(commons::Code, _)| {
        vec![words.wording.code("area", area.as_str()), words.cell(*cell)]
    };
    Table {
        caption: words.say("areas-caption"),
        heads: vec![words.say("areas-area"), words.say("areas-people")],
        rows: areas.map(row).collect(),
    }
}
