//! What a demo tells at its end: counts, the scenario of its model, what is due, and where to go on.

use serde_json::{Value, json};

use super::{
    Desk,
    demo::{self, Told},
    due_lines,
};
use crate::{
    place::Place,
    texts::{self, text},
};

pub(crate) fn tell(
    desk: &mut Desk,
    told: &Told,
    place: &Place,
    seed: u64,
    seconds: f64,
    bytes: u64,
) {
    let counts = json!(told.counts);
    desk.screen.head(&text!("demo-counts"));
    let mut rows = rows(&counts);
    rows.push(vec![texts::code("figure", "seconds"), texts::words().number(seconds, 1)]);
    rows.push(vec![texts::code("figure", "store"), text!("mib", n = mib(bytes))]);
    let heads = [text!("head-figure"), text!("head-count")];
    desk.screen.table(&heads, rows);
    desk.screen.head(&text!("demo-scenario"));
    desk.screen.table(&heads, self::rows(&told.scenario));
    due(desk, told);
    next(desk, place, seed);
    desk.screen.answer(&json!({
        "people": told.counts.people,
        "circles": told.counts.circles,
        "sessions": told.counts.sessions,
        "marks": told.counts.marks,
        "measures": told.counts.measures,
        "incidents": told.counts.incidents,
        "seconds": seconds,
        "seed": seed,
        "store_bytes": bytes,
        "dir": place.dir(),
        "counts": told.counts,
        "scenario": told.scenario,
        "due": told.due.iter().map(|(urgency, what, n)| {
            json!({ "urgency": urgency, "what": what, "count": n })
        }).collect::<Vec<_>>(),
        "reports": demo::reports(place.dir()).map(|(_, file)| file),
    }));
}

/// What is due on the last day, counted by kind.
fn due(desk: &mut Desk, told: &Told) {
    desk.screen.head(&text!("demo-due"));
    if told.due.is_empty() {
        desk.screen.say(text!("due-none"));
    }
    let mut last = None;
    for (urgency, what, n) in &told.due {
        if last != Some(*urgency) {
            let here = told.due.iter().filter(|(other, ..)| other == urgency);
            desk.screen.say(due_lines::urgency(*urgency, here.map(|(.., n)| n).sum()));
            last = Some(*urgency);
        }
        let duty = texts::code("duty", what);
        let args = [("n", texts::count(*n)), ("duty", duty.into())];
        desk.screen.say(texts::say("due-more-of", &args));
    }
}

/// Where everything is, and which commands to try next.
fn next(desk: &mut Desk, place: &Place, seed: u64) {
    let dir = place.dir().display().to_string();
    desk.screen.gap();
    desk.screen.say(text!("demo-where", dir = dir.as_str(), seed = seed.to_string()));
    for (_, file) in demo::reports(place.dir()) {
        desk.screen.say(text!("demo-report", file = file.display().to_string()));
    }
    desk.screen.say(demo::passphrase());
    desk.screen.gap();
    desk.screen.say(text!("demo-next", dir = dir));
}

/// The figures of an answer, in the order of its type where that is known.
fn rows(value: &Value) -> Vec<Vec<String>> {
    let mut rows: Vec<(String, String)> = Vec::new();
    flatten("", value, &mut rows);
    let place = |path: &str| ORDER.iter().position(|other| *other == path).unwrap_or(ORDER.len());
    rows.sort_by_key(|(path, _)| place(path));
    rows.into_iter().map(|(path, figure)| vec![texts::code("figure", &path), figure]).collect()
}

/// The order in which figures are read; others come after.
const ORDER: &[&str] = &[
    "people",
    "groups",
    "circles",
    "supervisors",
    "facilitators",
    "assistants",
    "most_seen",
    "forms",
    "ready",
    "deferred",
    "workshops_possible",
    "workshops_attended",
    "made_up",
    "healers",
    "sessions",
    "meetings",
    "marks",
    "possible",
    "attended",
    "completed",
    "not_completed",
    "dropped_out",
    "refused_late",
    "waiting",
    "measures",
    "measured_before",
    "declined_before",
    "measured_after",
    "phq9-people",
    "phq9-before",
    "phq9-before_sd",
    "phq9-after",
    "phq9-after_sd",
    "incidents",
    "incidents_open",
    "matters",
    "matters_closed",
    "emergencies",
    "emergencies_closed",
    "referrals",
    "referrals_open",
    "referrals_attended",
    "reviews",
    "reconvened_after_days",
    "merges_offered",
    "savings",
    "going_on",
    "child_sizes",
    "new_people",
    "generations",
    "cycles",
    "usd_per_healer",
];

fn flatten(path: &str, value: &Value, rows: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}-{name}") };
                flatten(&path, value, rows);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) => {}
        Value::Array(values) if values.iter().any(|value| !value.is_number()) => {}
        Value::Array(values) => {
            let all: Vec<_> = values.iter().map(number).collect();
            rows.push((path.to_owned(), all.join(", ")));
        }
        Value::Number(_) => rows.push((path.to_owned(), number(value))),
    }
}

fn number(value: &Value) -> String {
    match (value.as_u64(), value.as_f64()) {
        (Some(n), _) => text!("plain-count", n = n),
        (None, Some(n)) => texts::words().number(n, 1),
        (None, None) => value.to_string(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no store comes near 2^53 bytes")]
fn mib(bytes: u64) -> String {
    texts::words().number(bytes as f64 / f64::from(1 << 20), 1)
}
