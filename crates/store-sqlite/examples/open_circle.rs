//! How long it takes until a facilitator sees her circle: twenty people, how often each came, when
//! last, and the last PHQ-9.
//!
//! A store of so many people is built once (people, groups and names through the application's own
//! use cases; joinings, sessions and sheets as the same events, many to a save, since it is the
//! opening that is measured), the card of every circle is computed, and then circles are opened at
//! random: from their cards, and by folding their events anew.
//!
//! `cargo run --release -p store-sqlite --example open_circle [PEOPLE [QUERIES [FOLDER]]]`

#[expect(dead_code, reason = "the examples share more than each of them needs")]
mod support;

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use circle_model::{GroupEvent, LocalTime, Mark, Record, SessionEvent};
use circle_vault::Cost;
use circlekeeper::{
    Asking, Fact, Founding, Identity, Keeper, NewGroup, NewPerson, Standing, Surroundings,
    UnitWords,
};
use commons::{Code, DataClass, MemberId, SessionId, UnitId};
use event_log::{Batch, Draft, DraftPart, EventLog, Key, KeyId, Keys, RulebookMark};
use outcomes::{Answer, Instrument, Measures, Sheet, score};
use store_sqlite::SqliteLog;
use support::{Trouble, cpu_seconds};

const SEATS: usize = 20;
const PASSPHRASE: &str = "a store to measure with";

fn main() -> Result<(), Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let people: usize = words.first().map_or(Ok(3_300), |word| word.parse())?;
    let queries: usize = words.get(1).map_or(Ok(10_000), |word| word.parse())?;
    let folder =
        words.get(2).map_or_else(|| std::env::temp_dir().join("open_circle"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{people}.store"));
    let mut out = std::io::stdout().lock();
    let mut keeper = if path.exists() { opened(&path)? } else { build(&path, people, &mut out)? };
    let units = keeper.units()?;
    let mut from_card = Vec::with_capacity(queries);
    let mut folded = Vec::with_capacity(queries / 10);
    let (mut state, mut attended) = (1_u64, 0_u64);
    let cpu = cpu_seconds();
    for n in 0..queries + 20 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = usize::try_from(state >> 33)? % units.len();
        let unit = *units.get(pick).ok_or("a unit")?;
        let start = Instant::now();
        let card = keeper.unit_card(&Asking::own_circle(), unit)?;
        if n >= 20 {
            from_card.push(start.elapsed());
            attended += card.people.iter().map(|one| u64::from(one.attended)).sum::<u64>();
        }
    }
    let spent = cpu_seconds().zip(cpu).map_or(f64::NAN, |(now, then)| now - then);
    for n in 0..(queries / 10).min(units.len()) {
        let unit = *units.get(n * 7 % units.len()).ok_or("a unit")?;
        let start = Instant::now();
        keeper.compute_card(unit)?;
        folded.push(start.elapsed());
    }
    writeln!(
        out,
        "{people} people, {} circles, store {} MB",
        units.len(),
        std::fs::metadata(&path)?.len() / 1_000_000
    )?;
    tell(&mut out, "from its card", &mut from_card)?;
    tell(&mut out, "by its events ", &mut folded)?;
    writeln!(
        out,
        "CPU {:.1} us an opening; seats taken, summed: {attended}",
        spent / (queries + 20) as f64 * 1e6
    )?;
    Ok(())
}

fn tell(
    out: &mut impl Write,
    what: &str,
    times: &mut [std::time::Duration],
) -> Result<(), Trouble> {
    times.sort_unstable();
    let at = |share: usize| {
        times.get(times.len() * share / 100).map_or(f64::NAN, |time| time.as_secs_f64() * 1e6)
    };
    writeln!(out, "{what}: p50 {:.1} p90 {:.1} p99 {:.1} us", at(50), at(90), at(99))?;
    Ok(())
}

/// A clock that stands still and chance that repeats itself: the same store each time.
struct Still(u64);

impl Surroundings for Still {
    fn now(&mut self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap_or_default()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            // SplitMix64, Steele, Lea and Flood 2014: test data, no secret.
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let word = (z ^ (z >> 31)).to_le_bytes();
            for (byte, random) in chunk.iter_mut().zip(word) {
                *byte = random;
            }
        }
    }
}

type Store = Keeper<SqliteLog, Still>;

fn opened(path: &Path) -> Result<Store, Trouble> {
    let mut keeper = Keeper::open(support::open(path)?, Still(2))?;
    keeper.unlock(PASSPHRASE)?;
    Ok(keeper)
}

fn build(path: &Path, people: usize, out: &mut impl Write) -> Result<Store, Trouble> {
    let founding = Founding {
        passphrase: PASSPHRASE.to_owned().into(),
        cost: Cost::TEST,
        zone: chrono_tz::Africa::Kigali,
        jurisdiction: Code::of("rw"),
        demo: true,
    };
    let (mut keeper, _) = Keeper::found(support::open(path)?, Still(1), &founding)?;
    let model = program_model::ready("social-healing-group").ok_or("a shipped model")?;
    let terms = model.terms()?;
    let phq9 = outcomes::built_in(&Code::of("phq-9")).ok_or("an instrument")?;
    let start = Instant::now();
    let groups = people.div_ceil(SEATS);
    let mut chance = Still(7);
    for first in (0..groups).step_by(100) {
        let last = (first + 100).min(groups);
        let names = (first * SEATS..last * SEATS).map(|n| newcomer(n, on(0)));
        let members: Vec<MemberId> = keeper
            .enroll(&names.collect::<Vec<_>>())?
            .into_iter()
            .map(|(_, member)| member)
            .collect();
        let mut drafts = Vec::new();
        for (group, seated) in (first..last).zip(members.chunks(SEATS)) {
            let words = UnitWords { name: format!("Circle {group}"), place: None };
            let unit = keeper.form_group(&NewGroup { terms: terms.clone(), words, on: on(0) })?;
            drafts.extend(lived(unit, seated, &phq9, &mut chance)?);
        }
        let wall = keeper.now().timestamp_millis();
        keeper.log_mut().append(&Batch { drafts, ..Batch::default() }, wall)?;
        if first % 5_000 == 0 {
            writeln!(
                out,
                "built {last} of {groups} circles, {:.0} s",
                start.elapsed().as_secs_f64()
            )?;
        }
    }
    for unit in keeper.units()? {
        keeper.compute_card(unit)?;
    }
    writeln!(out, "built in {:.0} s", start.elapsed().as_secs_f64())?;
    Ok(keeper)
}

fn newcomer(n: usize, on: NaiveDate) -> NewPerson {
    let identity = Identity { name: format!("Person {n}"), ..Identity::default() };
    NewPerson { identity, standing: Standing::Participant, on }
}

fn on(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default() + Days::new(days)
}

/// Sixteen weeks of a group: its joinings, its sessions, and a PHQ-9 of everybody three times.
fn lived(
    unit: UnitId,
    seated: &[MemberId],
    phq9: &Instrument,
    chance: &mut Still,
) -> Result<Vec<Draft>, Trouble> {
    let mut drafts = Vec::new();
    for member in seated {
        let joined = GroupEvent::Joined { member: *member, on: on(0), consent: None };
        drafts.push(draft(&[unit.into(), (*member).into()], &Fact::Group(joined), chance)?);
    }
    drafts.push(draft(
        &[unit.into()],
        &Fact::Group(GroupEvent::Opened { on: on(0), cites: [].into() }),
        chance,
    )?);
    for number in 1..=16_u16 {
        let session: SessionId = chance.id();
        let day = on(u64::from(number - 1) * 7);
        let time = NaiveTime::from_hms_opt(14, 0, 0).unwrap_or_default();
        let at = LocalTime { date: day, time, zone: chrono_tz::Africa::Kigali };
        let planned = SessionEvent::Planned {
            host: unit,
            number,
            at,
            minutes: 120,
            theme: None,
            substitute: None,
            led_by: BTreeMap::new(),
        };
        let held = SessionEvent::Held(Record {
            on: day,
            minutes: 120,
            segments: Vec::new(),
            activities: [].into(),
            led_by: BTreeMap::new(),
            others: BTreeMap::new(),
            marks: seated
                .iter()
                .zip(0_u16..)
                .map(|(member, seat)| (*member, mark(seat, number)))
                .collect(),
        });
        for event in [planned, held] {
            drafts.push(draft(&[session.into(), unit.into()], &Fact::Session(event), chance)?);
        }
    }
    for (timepoint, days) in [("t0", 0), ("t1", 56), ("t2", 112)] {
        for (member, seat) in seated.iter().zip(0_i16..) {
            let answers: Vec<Answer> =
                (0..9_i16).map(|item| Answer::Given((item + seat) % 4)).collect();
            let scored = score(phq9, &answers);
            let sheet = Sheet::of(phq9, &scored, Code::of("rw"), Code::of(timepoint), on(days));
            let fact = Fact::Measures(Measures::record(sheet));
            drafts.push(draft(&[(*member).into(), unit.into()], &fact, chance)?);
        }
    }
    Ok(drafts)
}

const fn mark(seat: u16, number: u16) -> Mark {
    match (seat * 7 + number * 13) % 12 {
        0..=7 => Mark::Present,
        8 => Mark::Late,
        9 => Mark::Excused,
        _ => Mark::Unexplained,
    }
}

fn draft(keys: &[Key], fact: &Fact, chance: &mut Still) -> Result<Draft, Trouble> {
    let (kind, bytes) = fact.encode()?;
    let open: DataClass = fact.class();
    Ok(Draft {
        id: chance.event_id(),
        keys: Keys::new(keys)?,
        rulebook: RulebookMark::default(),
        kind,
        version: circlekeeper::VERSION,
        salt: chance.bytes(),
        parts: vec![DraftPart { key: KeyId::OPEN, class: open, bytes }],
    })
}
