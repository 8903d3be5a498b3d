//! Days on which a rhythm is not kept, as people write them.

use std::path::Path;

use chrono::NaiveDate;
use circle_model::{Days, Exception, NotHeldReason};
use clap::ValueEnum;

use crate::{args::ReasonWord, failure::Failure, place, texts};

/// The exceptions of every `--skip`: days, or files with a line for each.
pub(crate) fn exceptions(
    skips: &[String],
    reason: NotHeldReason,
) -> Result<Vec<Exception>, Failure> {
    let (mut exceptions, mut wrong) = (Vec::new(), Vec::new());
    for skip in skips {
        let parts: Vec<&str> = skip.split(',').collect();
        if let Some(days) =
            parts.iter().map(|part| of_line(part, reason)).collect::<Option<Vec<_>>>()
        {
            exceptions.extend(days);
            continue;
        }
        let path = Path::new(skip);
        if !path.exists() {
            return Err(Failure::new("cli.days", &[]));
        }
        for (number, line) in (1..).zip(place::read_text(path)?.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            match of_line(line, reason) {
                _ if line.is_empty() => {}
                Some(exception) => exceptions.push(exception),
                None => wrong.push(number),
            }
        }
    }
    if wrong.is_empty() {
        return Ok(exceptions);
    }
    let lines = wrong.iter().map(|line: &usize| texts::text!("days-line", line = line.to_string()));
    Err(Failure::new("cli.days_file", &[("n", texts::count(wrong.len()))])
        .listing(lines)
        .knowing("lines", &wrong))
}

/// `DATE`, `DATE..DATE` or, for a session that is moved, `DATE=DATE`; a reason may follow.
fn of_line(line: &str, otherwise: NotHeldReason) -> Option<Exception> {
    let (days, word) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
    let why = match word.trim() {
        "" => otherwise,
        word => ReasonWord::from_str(word, true).ok()?.into(),
    };
    let date = |text: &str| text.trim().parse::<NaiveDate>().ok();
    if let Some((from, to)) = days.split_once('=') {
        return Some(Exception::moved(date(from)?, date(to)?, why));
    }
    let (from, until) = days.split_once("..").unwrap_or((days, days));
    let (from, until) = (date(from)?, date(until)?);
    let days = Days { from, until: Some(until) };
    (from <= until).then_some(Exception { days, why, instead: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let other = NotHeldReason::Other;
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let one = Exception::skip(day("2026-05-01"), other);
        assert_eq!(of_line(" 2026-05-01 ", other), Some(one));
        let moved = Exception::moved(day("2026-05-01"), day("2026-05-02"), NotHeldReason::Holiday);
        assert_eq!(of_line("2026-05-01=2026-05-02 holiday", other), Some(moved));
        let week = of_line("2026-04-07..2026-04-13 commemoration", other).unwrap();
        assert_eq!(
            (week.days.until, week.why),
            (Some(day("2026-04-13")), NotHeldReason::Commemoration)
        );
        for wrong in ["", "1 May", "2026-05-02..2026-05-01", "2026-05-01 party", "2026-05-01="] {
            assert_eq!(of_line(wrong, other), None, "{wrong}");
        }
    }
}
