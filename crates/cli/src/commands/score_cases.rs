//! Cases of other programs, a line of JSON each, answered a line each.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
};

use outcomes::case::{Case, CaseAnswer};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::shelf::Shelf;
use crate::{exit::Exit, failure::Failure};

/// A whole file of cases, as the golden ones are kept.
#[derive(Deserialize)]
struct Collection {
    cases: Vec<Case>,
}

pub(crate) fn run(shelf: &mut Shelf, file: Option<&str>) -> Result<Exit, Failure> {
    let input: Box<dyn BufRead> = match file {
        None | Some("-") => Box::new(io::stdin().lock()),
        Some(path) => {
            Box::new(BufReader::new(File::open(path).map_err(|error| Failure::unreadable(&error))?))
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let sound = answer_all(shelf, input, &mut out).map_err(|error| Failure::unreadable(&error))?;
    // Whoever stopped reading does not want the rest.
    let _ = out.flush();
    Ok(if sound { Exit::Done } else { Exit::Refused })
}

/// Answers every case, and says whether every line was one.
fn answer_all(
    shelf: &mut Shelf,
    mut input: impl BufRead,
    out: &mut impl Write,
) -> io::Result<bool> {
    let mut sound = true;
    let mut number = 0_u64;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(sound);
        }
        number += 1;
        if number == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Case>(&bytes) {
            Ok(case) => sound &= one(shelf, &case, out),
            Err(_) if number == 1 && begins_a_collection(&bytes) => {
                input.read_to_end(&mut bytes)?;
                return Ok(collection(shelf, &bytes, out));
            }
            Err(error) => {
                sound = false;
                line(out, &bad(number, error.column()));
            }
        }
    }
}

/// Whether the first line is the beginning of one object over many lines, or holds many cases.
fn begins_a_collection(bytes: &[u8]) -> bool {
    match serde_json::from_slice::<serde_json::Value>(bytes) {
        Ok(value) => value.get("cases").is_some(),
        Err(error) => error.is_eof(),
    }
}

fn collection(shelf: &mut Shelf, bytes: &[u8], out: &mut impl Write) -> bool {
    match serde_json::from_slice::<Collection>(bytes) {
        Ok(collection) => {
            collection.cases.iter().map(|case| one(shelf, case, out)).fold(true, |a, b| a & b)
        }
        Err(error) => {
            let number = u64::try_from(error.line()).unwrap_or(u64::MAX);
            line(out, &bad(number, error.column()));
            false
        }
    }
}

/// Answers a case, and says whether its instrument is here.
fn one(shelf: &mut Shelf, case: &Case, out: &mut impl Write) -> bool {
    let answer: (CaseAnswer, bool) = match shelf.find(case.instrument()) {
        Some(instrument) => (case.answer(instrument), true),
        None => (case.unknown_instrument(), false),
    };
    line(out, &answer.0);
    answer.1
}

/// What is said of a line that is no case: where it stands, and nothing of what stands there.
fn bad(line: u64, column: usize) -> serde_json::Value {
    json!({ "ok": false, "line": line, "error": { "kind": "not_a_case", "line": line, "column": column } })
}

/// One line of JSON.
pub(crate) fn line(out: &mut impl Write, answer: &impl Serialize) {
    let text = serde_json::to_string(answer).unwrap_or_default();
    if writeln!(out, "{text}").is_err() {
        // Whoever stopped reading does not want the rest.
        std::process::exit(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(input: &str) -> (bool, Vec<serde_json::Value>) {
        let mut out = Vec::new();
        let sound = answer_all(&mut Shelf::default(), input.as_bytes(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        (sound, text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    #[test]
    fn every_line_is_answered_and_a_bad_one_is_named_by_its_number_alone() {
        let (sound, answers) = answered(
            "\u{feff}{\"id\": \"a\", \"instrument\": \"phq-2\", \"items\": [3, 3]}\r\n\
             \n\
             {\"id\": \"b\", \"items\": [\"Kamikazi\"]}\n\
             {\"id\": \"c\", \"instrument\": \"bdi\", \"items\": [1]}\n\
             {\"id\": \"d\", \"instrument\": \"phq-9\", \"items\": [0, 0, 0, 0, 0, 0, 0, null, 1]}",
        );
        assert!(!sound && answers.len() == 4);
        assert_eq!((&answers[0]["id"], &answers[0]["case"]), (&json!("a"), &json!(true)));
        assert_eq!(answers[1]["error"]["kind"], "not_a_case");
        assert_eq!(answers[1]["line"], 3);
        assert!(!answers[1].to_string().contains("Kamikazi"));
        assert_eq!((&answers[2]["id"], &answers[2]["ok"]), (&json!("c"), &json!(false)));
        assert_eq!(answers[3]["safety_item"], json!({ "item": 9, "value": 1, "flag": true }));
        assert!(answered("").0, "no case at all is no fault");
    }

    #[test]
    fn a_whole_file_of_cases_is_read_too() {
        let case = "{\n\"id\": \"a\",\n\"instrument\": \"phq-2\",\n\"items\": [0, 0]\n}";
        let (sound, answers) =
            answered(&format!("{{\n\"n\": 2,\n\"cases\": [{case}, {case}]\n}}\n"));
        assert!(sound && answers.len() == 2 && answers[1]["total"] == 0.0);
        let (sound, answers) = answered("{\n\"cases\": [{\n\"id\": 3\n}]}");
        assert!(!sound && answers.len() == 1 && answers[0]["error"]["line"] == 4);
    }
}
