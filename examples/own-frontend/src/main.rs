//! A frontend of one's own: the domain crates over a text file, and nothing else of Circlekeeper.
//!
//! ```text
//! cargo run -p own-frontend -- circle.ndjson form
//! cargo run -p own-frontend -- circle.ndjson join 1
//! cargo run -p own-frontend -- circle.ndjson open
//! cargo run -p own-frontend -- circle.ndjson show
//! cargo run -p own-frontend -- circle.ndjson score 1 0 2 1 0 0 1 0 0
//! ```
//!
//! Each line of the file is one event with its id. Nothing is ever changed in it; the circle is
//! whatever its lines say, in any order.
#![expect(clippy::print_stdout, reason = "it talks to a person at a terminal")]

use std::{
    error::Error,
    fs::{self, OpenOptions},
    io::Write,
};

use chrono::NaiveDate;
use circle_model::{Admission, Group, GroupEvent};
use commons::{Aggregate, Code, EventId, MemberId, Refused, UnitId};
use outcomes::{Answer, Score};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [file, "form"] => decide(file, |_| form()),
        [file, "join", person] => {
            let member = MemberId::number(person.parse()?);
            decide(file, |circle| said(circle.admit(admission(member))))
        }
        [file, "open"] => decide(file, |circle| said(circle.open(today()))),
        [file, "show"] => show(&read(file)?),
        [_, "score", answers @ ..] => score(answers),
        _ => Err("say FILE and one of: form, join NUMBER, open, show, score ANSWERS".into()),
    }
}

/// Reads the circle, lets it decide, and writes the event down if there is one.
fn decide(
    file: &str,
    decision: impl FnOnce(&Group) -> Result<GroupEvent, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let lines = fs::read_to_string(file).unwrap_or_default();
    let event = decision(&replay(&lines)?)?;
    // A frontend with more than one writer brings ids of its own, such as UUIDs.
    let id = EventId::number(lines.lines().count() as u128 + 1);
    let mut log = OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(log, "{}", serde_json::to_string(&(id, &event))?)?;
    log.sync_all()?;
    println!("written: {} event(s)", lines.lines().count() + 1);
    Ok(())
}

fn read(file: &str) -> Result<Group, Box<dyn Error>> {
    replay(&fs::read_to_string(file)?)
}

fn replay(lines: &str) -> Result<Group, Box<dyn Error>> {
    let mut circle = Group::default();
    for line in lines.lines() {
        let (id, event): (EventId, GroupEvent) = serde_json::from_str(line)?;
        circle.apply(id, &event);
    }
    Ok(circle)
}

/// The shipped healing circle, without the application around it.
fn form() -> Result<GroupEvent, Box<dyn Error>> {
    let model = program_model::ready("healing-circle").ok_or("the model is shipped")?;
    Ok(Group::form(UnitId::number(1), model.terms()?, today()))
}

fn admission(member: MemberId) -> Admission {
    Admission { member, on: today(), sessions_held: 0, visits: 0, consent: None }
}

/// A refusal in words: what, by which rule, and how to go on.
fn said<T, E: Refused>(decision: Result<T, E>) -> Result<T, Box<dyn Error>> {
    decision.map_err(|error| {
        let rule = error.rule().map_or_else(String::new, |rule| format!(" ({rule})"));
        format!("refused: {error}{rule}; {}", error.way_out()).into()
    })
}

fn show(circle: &Group) -> Result<(), Box<dyn Error>> {
    let terms = circle.terms().ok_or("form the circle first")?;
    let seats = terms.get().seats;
    println!("{:?}", circle.life());
    println!("{} of {} seats taken", circle.roster().count(today()), seats.most());
    for breach in circle.open_breaches() {
        println!("look at: {:?} ({})", breach.kind, breach.kind.rule());
    }
    Ok(())
}

/// A PHQ-9 from nine answers; `-` stands for one that was left out.
fn score(answers: &[&str]) -> Result<(), Box<dyn Error>> {
    let phq9 = outcomes::built_in(&Code::of("phq-9")).ok_or("the instrument is built in")?;
    let answers: Vec<Answer> = answers.iter().map(|word| Answer::from(word.parse().ok())).collect();
    let scored = outcomes::score(&phq9, &answers);
    match scored.score {
        Score::Complete { points } => println!("total: {}", points.to_f64()),
        Score::Prorated { points, .. } => {
            println!("total: {} (from {} of {})", points.to_f64(), scored.answered, scored.of);
        }
        Score::NoTotal => println!("no total is made of it"),
        Score::NotScorable { reason } => println!("not scorable: {reason:?}"),
    }
    println!("safety item: {:?}", scored.flag());
    Ok(())
}

/// A frontend reads the clock itself; this one keeps to a fixed day, so that its words stay the same.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default()
}
