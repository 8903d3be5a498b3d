//! How the program, the store and the card are, on one page. Works locked.

use chrono::{DateTime, Utc};
use circle_vault::{Cost, Locked};
use event_log::{EventLog, Weight};
use safety_protocols::{CardFault, CardLimits, Rulebook};
use serde::Serialize;
use serde_json::json;

use super::{Desk, backup, verify};
use crate::{
    card_file,
    exit::Exit,
    failure::Failure,
    place::Place,
    progress::Progress,
    store::{self, Opened},
    texts::{self, text},
    world,
};

/// How old a backup may grow before somebody is told, in days: our own figure.
const BACKUP_DAYS: i64 = 7;

/// How one thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Well,
    Look,
    Bad,
}

/// One line of the page.
#[derive(Debug, Clone, Serialize)]
struct Line {
    what: &'static str,
    state: State,
    says: String,
}

/// The page, as it grows.
#[derive(Default)]
struct Page(Vec<Line>);

impl Page {
    fn put(&mut self, what: &'static str, state: State, says: String) {
        self.0.push(Line { what, state, says });
    }
}

pub(crate) fn run(desk: &mut Desk) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut page = Page::default();
    page.put("software", State::Well, store::SOFTWARE.replace('-', " "));
    page.put("zones", State::Well, chrono_tz::IANA_TZDB_VERSION.to_owned());
    card_file(&mut page, &place);
    match store::look(&place, &mut desk.screen) {
        Ok(mut keeper) => program(desk, &mut page, &place, &mut keeper)?,
        Err(failure) => {
            page.put("store", State::Bad, failure.message.clone());
            return print(desk, &page, failure.exit());
        }
    }
    let bad = page.0.iter().any(|line| line.what == "integrity" && line.state == State::Bad);
    print(desk, &page, if bad { Exit::Damaged } else { Exit::Done })
}

fn print(desk: &mut Desk, page: &Page, exit: Exit) -> Result<Exit, Failure> {
    let rows = page.0.iter().map(|line| {
        let state = match line.state {
            State::Well => text!("state-well"),
            State::Look => text!("state-look"),
            State::Bad => text!("state-bad"),
        };
        vec![state, texts::code("doctor", line.what), line.says.clone()]
    });
    let rows: Vec<_> = rows.collect();
    desk.screen.table(&[], rows);
    desk.screen.answer(&json!({ "checks": page.0, "exit": exit.number() }));
    Ok(exit)
}

fn card_file(page: &mut Page, place: &Place) {
    match card_file::kept(place) {
        Some(_) => page.put("card-file", State::Well, place.card_text().display().to_string()),
        None => page.put("card-file", State::Look, text!("doctor-says-no-card-file")),
    }
}

fn program(
    desk: &Desk,
    page: &mut Page,
    place: &Place,
    keeper: &mut Opened,
) -> Result<(), Failure> {
    let now = world::now();
    size(page, place);
    integrity(desk, page, keeper)?;
    origin(page, place, keeper)?;
    backup_age(page, keeper, now);
    if !desk.screen.is_demo() {
        passphrase(page, keeper);
    }
    rules(page, keeper)?;
    card_calls(page, keeper)?;
    Ok(())
}

fn size(page: &mut Page, place: &Place) {
    let bytes = std::fs::metadata(place.store()).map_or(0, |meta| meta.len());
    let kib = bytes.div_ceil(1024);
    page.put("store", State::Well, text!("doctor-size", kib = kib));
}

fn integrity(desk: &Desk, page: &mut Page, keeper: &Opened) -> Result<(), Failure> {
    let bar = Progress::new(desk.screen.json());
    let verdict = keeper.log().verify(&mut |done, all| bar.at(done, all))?;
    bar.end();
    let harm = verdict.damage.iter().filter(|damage| damage.weight() == Weight::Harm).count();
    let notices = verdict.damage.len() - harm;
    let events = ("events", report::Arg::Count(verdict.events));
    if harm > 0 {
        let says = texts::say("doctor-says-harmed", &[events, ("n", texts::count(harm))]);
        page.put("integrity", State::Bad, says);
    } else if notices > 0 {
        let says = texts::say("doctor-says-notices", &[events, ("n", texts::count(notices))]);
        page.put("integrity", State::Look, says);
    } else {
        page.put("integrity", State::Well, texts::say("doctor-says-whole", &[events]));
    }
    for damage in verdict.damage.iter().take(5) {
        page.put("damage", State::Look, verify::told(damage));
    }
    Ok(())
}

fn origin(page: &mut Page, place: &Place, keeper: &Opened) -> Result<(), Failure> {
    let origin = keeper.log().origin()?;
    // A device folder is not made only to look.
    let known =
        place.state().join("device").exists() && store::device(place)?.mark(origin).is_some();
    let code = origin.short();
    if known {
        page.put("origin", State::Well, text!("doctor-says-origin", code = code));
    } else {
        page.put("origin", State::Look, text!("doctor-says-origin-new", code = code));
    }
    Ok(())
}

fn backup_age(page: &mut Page, keeper: &Opened, now: DateTime<Utc>) {
    // A day that was altered is none; what was altered stands on the line of integrity.
    let Some(last) = backup::last(keeper.log()).ok().flatten() else {
        page.put("backup", State::Look, text!("doctor-says-no-backup"));
        return;
    };
    let days = now.signed_duration_since(last).num_days();
    let state = if days > BACKUP_DAYS { State::Look } else { State::Well };
    page.put("backup", state, text!("doctor-says-backup", days = u64::try_from(days).unwrap_or(0)));
}

/// Whether a try of the passphrase costs what it should.
fn passphrase(page: &mut Page, keeper: &Opened) {
    let vault = keeper.log().setting("vault").map_err(Failure::from);
    let locked =
        match vault.and_then(|kept| Ok(kept.map(|kept| Locked::from_bytes(&kept)).transpose()?)) {
            Ok(Some(locked)) => locked,
            Ok(None) => {
                page.put("passphrase", State::Look, text!("doctor-says-no-vault"));
                return;
            }
            Err(failure) => {
                page.put("passphrase", State::Bad, failure.message.clone());
                return;
            }
        };
    let cost = locked.cost();
    let (mib, passes) = (u64::from(cost.memory_kib / 1024), u64::from(cost.passes));
    let says = text!("doctor-says-passphrase", mib = mib, passes = passes);
    let weak = cost.memory_kib < Cost::USUAL.memory_kib || cost.passes < Cost::USUAL.passes;
    page.put("passphrase", if weak { State::Look } else { State::Well }, says);
    if locked.recovery_codes() == 0 {
        page.put("recovery", State::Bad, text!("doctor-says-no-recovery"));
    }
}

/// Rows of rules whose sources should have been read again. They keep working.
fn rules(page: &mut Page, keeper: &mut Opened) -> Result<(), Failure> {
    let today = keeper.today()?;
    let past: Vec<String> =
        Rulebook::shipped().past_recheck(today).map(|row| row.name.to_string()).collect();
    let rows = Rulebook::shipped().rows().len();
    if past.is_empty() {
        page.put(
            "rules",
            State::Well,
            texts::say("doctor-says-rules", &[("n", texts::count(rows))]),
        );
    } else {
        let args = [("n", texts::count(past.len())), ("rows", past.join(", ").into())];
        page.put("rules", State::Look, texts::say("doctor-says-rules-past", &args));
    }
    Ok(())
}

/// Contacts of the card that nobody has called lately (DR-03).
fn card_calls(page: &mut Page, keeper: &mut Opened) -> Result<(), Failure> {
    let today = keeper.today()?;
    let limits = CardLimits::of(Rulebook::shipped());
    let faults = keeper.program()?.card.faults(today, limits);
    if faults.is_empty() {
        page.put("card", State::Well, text!("doctor-says-card"));
    }
    for fault in faults {
        let (state, says) = match fault {
            CardFault::NotPublished => (State::Look, text!("doctor-says-card-none")),
            CardFault::Empty { slot } => {
                (State::Bad, text!("doctor-says-card-empty", slot = card_file::label(slot)))
            }
            CardFault::NeverCalled { slot } => {
                (State::Look, text!("doctor-says-card-never", slot = card_file::label(slot)))
            }
            CardFault::CalledLongAgo { slot, days } => {
                let slot = card_file::label(slot);
                (State::Look, text!("doctor-says-card-long", slot = slot, days = u64::from(days)))
            }
            CardFault::NotReached { slot } => {
                (State::Bad, text!("doctor-says-card-silent", slot = card_file::label(slot)))
            }
        };
        page.put("card", state, says);
    }
    Ok(())
}
