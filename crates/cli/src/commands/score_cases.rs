//! Cases of other programs, a line of JSON each, answered a line each.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Cursor, Read, Write},
};

use outcomes::case::{Case, CaseAnswer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::shelf::Shelf;
use crate::{exit::Exit, failure::Failure};

/// A whole file of cases, as the golden ones are kept.
#[derive(Deserialize)]
struct Collection {
    cases: Vec<Case>,
}

/// How much is read and written at once, in bytes.
const CHUNK: usize = 64 * 1024;

pub(crate) fn run(shelf: &mut Shelf, file: Option<&str>) -> Result<Exit, Failure> {
    let input: Box<dyn Read> = match file {
        None | Some("-") => Box::new(io::stdin().lock()),
        Some(path) => Box::new(File::open(path).map_err(|error| Failure::unreadable(&error))?),
    };
    let mut out = BufWriter::with_capacity(CHUNK, io::stdout().lock());
    let mut cases =
        Cases { shelf, input: BufReader::with_capacity(CHUNK, input), out: &mut out, sound: true };
    let done = cases.answer_all();
    let sound = cases.sound;
    // Whoever stopped reading does not want the rest.
    let _ = out.flush();
    done.map_err(|error| Failure::unreadable(&error))?;
    Ok(if sound { Exit::Done } else { Exit::Refused })
}

/// Cases on their way to their answers.
struct Cases<'a, R, W> {
    shelf: &'a mut Shelf,
    input: BufReader<R>,
    out: &'a mut W,
    // Whether every line was a case, and every case came to something.
    sound: bool,
}

impl<R: Read, W: Write> Cases<'_, R, W> {
    /// Answers every case.
    fn answer_all(&mut self) -> io::Result<()> {
        let mut number = 0;
        let mut bytes = Vec::new();
        while self.next(&mut bytes)? {
            number += 1;
            if number > 1 {
                self.answer(&bytes, number)?;
                continue;
            }
            if bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
            number = self.begin(&bytes)?;
        }
        Ok(())
    }

    /// The next line. Answers go out before anybody waits for one.
    fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        bytes.clear();
        if !self.input.buffer().contains(&b'\n') && self.out.flush().is_err() {
            stopped();
        }
        Ok(self.input.read_until(b'\n', bytes)? > 0)
    }

    /// Answers the first line, or the collection that begins in it, and says how many lines that took.
    ///
    /// A collection is one JSON document over several lines that comes to its `cases` before anything
    /// is wrong with it. Whatever else the first line is, the next ones are answered by themselves.
    fn begin(&mut self, first: &[u8]) -> io::Result<u64> {
        let mut lines = vec![first.to_vec()];
        let mut whole = first.to_vec();
        while whole.len() < CHUNK && is_cut_off(&whole) {
            if lines.len() > 1 && whole.windows(7).any(|word| word == b"\"cases\"") {
                let rest = Cursor::new(whole).chain(&mut self.input);
                let found = serde_json::from_reader(BufReader::new(rest));
                self.collection(found, 1)?;
                io::copy(&mut self.input, &mut io::sink())?;
                return Ok(u64::MAX);
            }
            let mut bytes = Vec::new();
            if !self.next(&mut bytes)? {
                break;
            }
            whole.extend_from_slice(&bytes);
            lines.push(bytes);
        }
        let mut number = 0;
        for bytes in lines {
            number += 1;
            self.answer(&bytes, number)?;
        }
        Ok(number)
    }

    /// Answers a line.
    fn answer(&mut self, bytes: &[u8], number: u64) -> io::Result<()> {
        let bytes = bytes.trim_ascii_end();
        if bytes.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(bytes) {
            Ok(case) => self.one(&case),
            Err(_) if number == 1 && is_collection(bytes) => {
                self.collection(serde_json::from_slice(bytes), number)?;
            }
            Err(error) => self.bad(number, error.column()),
        }
        Ok(())
    }

    fn collection(&mut self, found: serde_json::Result<Collection>, number: u64) -> io::Result<()> {
        match found {
            Err(error) if error.is_io() => return Err(error.into()),
            Ok(found) => found.cases.iter().for_each(|case| self.one(case)),
            Err(error) => {
                let line = u64::try_from(error.line().max(1)).unwrap_or(u64::MAX);
                self.bad(number.saturating_add(line - 1), error.column());
            }
        }
        Ok(())
    }

    /// Answers a case.
    fn one(&mut self, case: &Case) {
        let answer: CaseAnswer = match self.shelf.find(case.instrument()) {
            Some(instrument) => case.answer(instrument),
            None => case.unknown_instrument(),
        };
        self.sound &= answer.is_ok();
        line(self.out, &answer);
    }

    /// Says of a line that it is no case: where it stands, and nothing of what stands there.
    fn bad(&mut self, line: u64, column: usize) {
        self.sound = false;
        let error = json!({ "kind": "not_a_case", "line": line, "column": column });
        self::line(self.out, &json!({ "ok": false, "line": line, "error": error }));
    }
}

/// Whether JSON ends before it is whole, and nothing was wrong with it until then.
fn is_cut_off(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_err_and(|error| error.is_eof())
}

/// Whether a line is a whole collection by itself.
fn is_collection(bytes: &[u8]) -> bool {
    let found = serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let cases = found.get("cases").and_then(Value::as_array);
    found.get("instrument").is_none() && cases.is_some_and(|cases| !cases.is_empty())
}

/// One line of JSON.
pub(crate) fn line(out: &mut impl Write, answer: &impl Serialize) {
    let text = serde_json::to_string(answer).unwrap_or_default();
    if writeln!(out, "{text}").is_err() {
        stopped();
    }
}

/// Whoever stopped reading does not want the rest.
fn stopped() -> ! {
    std::process::exit(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(input: &str) -> (bool, Vec<serde_json::Value>) {
        let mut out = Vec::new();
        let mut shelf = Shelf::default();
        let input = BufReader::new(input.as_bytes());
        let mut cases = Cases { shelf: &mut shelf, input, out: &mut out, sound: true };
        cases.answer_all().unwrap();
        let sound = cases.sound;
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
        let (sound, answers) = answered(&format!("{{\"cases\": [\n{case},\n{case}\n]}}\n"));
        assert!(sound && answers.len() == 2);
        let case = case.replace('\n', "");
        let (sound, answers) = answered(&format!("{{\"cases\": [{case}, {case}]}}\n{case}\n"));
        assert!(sound && answers.len() == 3, "a collection in one line takes no other with it");
    }

    #[test]
    fn a_first_line_that_is_cut_off_takes_no_other_with_it() {
        let case = "{\"id\": 1, \"instrument\": \"phq-2\", \"items\": [0, 0]}\n";
        for first in [
            "{\"id\":0,\"instrument\":\"phq-9\",\"items\":[0,0",
            "{\"id\":0,\"instrument\":\"phq-9\",\"items\":[0,0,",
            "{\"id\":0,\"instr",
            "{",
            "{\"id\":0,\"context\":",
            "[",
            "{\"cases\":[],\"id\":1}",
            "{\"cases\":[{\"id\":1}]}",
        ] {
            for more in [1, 2, 5] {
                let (sound, answers) = answered(&format!("{first}\n{}", case.repeat(more)));
                let bad: Vec<_> = answers.iter().filter(|it| it.get("line").is_some()).collect();
                assert!(!sound && bad.len() == 1 && bad[0]["line"] == 1, "{first}: {answers:?}");
                assert!(bad[0]["error"]["column"].as_u64() > Some(0), "{first}: {answers:?}");
                assert_eq!(answers.len(), more + 1, "{first}");
            }
        }
        let (sound, answers) = answered(&format!("\n{}", case.repeat(2)));
        assert!(sound && answers.len() == 2);
    }

    /// A reader that says what was written before it is asked for more.
    struct Asking<'a> {
        lines: Vec<&'a [u8]>,
        said: &'a std::cell::RefCell<Vec<u8>>,
        lengths: Vec<usize>,
    }

    impl Read for &mut Asking<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.lengths.push(self.said.borrow().iter().filter(|byte| **byte == b'\n').count());
            if self.lines.is_empty() {
                return Ok(0);
            }
            self.lines.remove(0).read(into)
        }
    }

    struct Saying<'a>(&'a std::cell::RefCell<Vec<u8>>);

    impl Write for Saying<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_asks_one_case_at_a_time_is_answered_before_the_next() {
        let said = std::cell::RefCell::new(Vec::new());
        let case = b"{\"instrument\": \"phq-2\", \"items\": [0, 0]}\n";
        let mut asking = Asking { lines: vec![case, case, case], said: &said, lengths: vec![] };
        let mut out = BufWriter::new(Saying(&said));
        let mut shelf = Shelf::default();
        let input = BufReader::new(&mut asking);
        Cases { shelf: &mut shelf, input, out: &mut out, sound: true }.answer_all().unwrap();
        drop(out);
        assert_eq!(asking.lengths, [0, 1, 2, 3]);
    }

    #[test]
    fn an_instrument_that_is_not_here_is_not_kept() {
        let mut shelf = Shelf::default();
        for id in 0..100 {
            assert!(shelf.find(&id.to_string()).is_none());
        }
        assert!(shelf.find("phq-2").is_some() && shelf.len() == 1);
    }
}
