//! Writes sample reports of invented people: `cargo run -p report --example sample -- DIR`.
//!
//! A program of 3,300 for the inside and for the outside, and a single circle of seven.
#![expect(clippy::print_stdout, reason = "an example says what it wrote")]

use std::{error::Error, fs, path::Path};

use chrono::NaiveDate;
use commons::{Code, UnitId};
use outcomes::figures::{Completion, Period, Scale, Timepoint};
use outcomes::suppression::Audience;
use outcomes::{
    Answer, Cohort, Enrolment, FigurePlan, Instrument, Mark, Referrals, SessionState, SheetState,
    score,
};
use report::{About, Stamp, Wording, html, workbook};

/// A small generator with a printed seed: the same people every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.roll(n) == 0
    }
}

fn sheet(dice: &mut Dice, instrument: &Instrument, burden: u64) -> SheetState {
    let (low, high) = instrument.scoring().codes();
    let better = instrument.scoring().better() == outcomes::Better::Higher;
    let answers: Vec<Answer> = (0..instrument.scoring().items())
        .map(|item| {
            // Thoughts of being better off dead are rarer than the other troubles.
            let burden = if item == 8 { burden.saturating_sub(8) } else { burden };
            if dice.one_in(140) {
                return Answer::Missing;
            }
            let span = u64::from((high - low).unsigned_abs());
            let heavy = (burden * span + dice.roll(24)) / 20;
            let code = i16::try_from(heavy.min(span)).unwrap_or(0);
            Answer::Given(if better { high - code } else { low + code })
        })
        .collect();
    SheetState::from(&score(instrument, &answers))
}

fn cohort(
    seed: u64,
    circles: u128,
    seats: u64,
    instruments: &[Instrument],
) -> Result<Cohort, Box<dyn Error>> {
    let mut dice = Dice(seed);
    let mut cohort = Cohort::default();
    let areas = ["gatore", "kirehe", "mahama", "nyamugari"];
    for (circle, area) in (0..circles).zip(areas.into_iter().cycle()) {
        let unit = cohort.unit(UnitId::number(circle * 7_919 + 13), None)?;
        let area = cohort.group(&Cohort::AREA, &area.parse()?)?;
        for week in 1..=16 {
            let state =
                if dice.one_in(60) { SessionState::DidNotHappen } else { SessionState::Held };
            cohort.session(unit, week, state, 120)?;
        }
        for _ in 0..seats {
            let left = dice.one_in(14).then(|| u16::try_from(2 + dice.roll(13)).unwrap_or(2));
            let person = cohort.person(Enrolment { unit, joined: 1, left })?;
            cohort.put_into(person, area)?;
            for week in 1..=left.unwrap_or(16) {
                let mark = match dice.roll(100) + u64::from(week) / 3 {
                    0..=82 => Mark::Present,
                    83..=86 => Mark::Late,
                    87 => Mark::LeftEarly,
                    88..=92 => Mark::Excused,
                    93..=98 => Mark::Absent,
                    _ => Mark::Unexplained,
                };
                cohort.mark(person, unit, week, mark)?;
            }
            let burden = 2 + dice.roll(10) + dice.roll(5);
            let declines = dice.one_in(60);
            for instrument in instruments {
                for (timepoint, week, relief) in [("t0", 0, 0), ("t2", 16, 3)] {
                    if left.is_some_and(|left| left < week) || (week > 0 && dice.one_in(30)) {
                        continue;
                    }
                    let lighter = burden.saturating_sub(if relief > 0 { dice.roll(7) } else { 0 });
                    let state = if declines {
                        SheetState::Declined
                    } else {
                        sheet(&mut dice, instrument, lighter)
                    };
                    cohort.sheet(person, instrument.id(), &timepoint.parse()?, state)?;
                }
            }
        }
    }
    Ok(cohort)
}

fn plan(
    title: &str,
    audience: Audience,
    instruments: &[Instrument],
) -> Result<FigurePlan, Box<dyn Error>> {
    let timepoints = vec![
        Timepoint { code: "t0".parse()?, session: 0 },
        Timepoint { code: "t2".parse()?, session: 16 },
    ];
    let scales = instruments.iter().cloned().map(Scale::with_defaults).collect();
    let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).ok_or("no such day");
    let period = Period { from: day(3, 2)?, to: day(6, 26)? };
    Ok(FigurePlan::new(title.parse()?, audience, timepoints, scales)?
        .during(period)?
        .completion(Completion { sessions: 12, model: None })
        .by(vec![Cohort::AREA]))
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/sample-report".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let words = Wording::english()?;
    let ids = [Code::of("phq-9"), Code::of("gad-7"), Code::of("who-5")];
    let instruments: Vec<Instrument> = ids.iter().filter_map(outcomes::built_in).collect();
    let mut large = cohort(20_260_302, 165, 20, &instruments)?;
    large.work.modules_planned = 2_640;
    large.work.modules_delivered = 2_597;
    large.work.facilitators = 330;
    large.work.supervisors = 17;
    for (severity, n) in [("s0", 41), ("s1", 3), ("s2", 12), ("s3", 88)] {
        large.work.incidents.insert(severity.parse()?, n);
    }
    large.work.referrals = Referrals { closed: 141, ended: 11, open: 14 };
    large.work.raised = 96;
    large.work.overdue.insert("supervision".parse()?, 6);
    large.work.overdue.insert("referral-closure".parse()?, 4);
    large.work.stories = 21;
    let mut small = cohort(7, 1, 7, &instruments)?;
    (small.work.modules_planned, small.work.modules_delivered) = (6, 6);
    small.work.facilitators = 2;
    for (name, title, cohort, audience) in [
        ("large-inside", "social-healing-group", &large, Audience::Inside),
        ("large-outside", "social-healing-group", &large, Audience::Outside),
        ("small-inside", "healing-circle", &small, Audience::Inside),
        ("small-outside", "healing-circle", &small, Audience::Outside),
    ] {
        let figures = cohort.figures(&plan(title, audience, &instruments)?);
        let stamp = Stamp {
            made_on: NaiveDate::from_ymd_opt(2026, 7, 1).ok_or("no such day")?,
            about: About::Program("sample".parse()?),
            demo: true,
            software: concat!("circlekeeper ", env!("CARGO_PKG_VERSION")).to_owned(),
            brief: None,
            unreadable: 0,
        };
        let page = html(&figures, &words, &stamp);
        let file = folder.join(format!("{name}.html"));
        fs::write(&file, &page)?;
        fs::write(folder.join(format!("{name}.json")), serde_json::to_string_pretty(&figures)?)?;
        fs::write(folder.join(format!("{name}.xlsx")), workbook(&figures, &words, &stamp)?)?;
        println!("{} ({} kB)", file.display(), page.len() / 1000);
    }
    Ok(())
}
