//! A new program: its store, its first model, its card and its recovery sheet.

use std::path::PathBuf;

use chrono_tz::Tz;
use circle_vault::{Cost, Locked, RecoveryCode, VaultError};
use circlekeeper::{Founding, Keeper, Recovery};
use program_model::Model;
use serde_json::json;
use zeroize::Zeroizing;

use super::{Desk, models};
use crate::{
    args::Init,
    ask, card_file,
    exit::Exit,
    failure::Failure,
    law,
    place::{self, Place},
    screen::{Screen, is_attended},
    store::{self, Opened},
    texts::text,
    world::{self, World},
};

/// How often a part of the recovery code may be typed wrongly.
const TRIES: u32 = 3;

/// What is to be founded, once everything was asked.
struct Wanted {
    founding: Founding,
    model: Model,
    sheet: Option<PathBuf>,
}

pub(crate) fn run(desk: &mut Desk, args: &Init) -> Result<Exit, Failure> {
    let place = desk.place()?;
    if store::is_taken(&place) {
        return Err(store_sqlite::StoreError::Exists.into());
    }
    if !is_attended() && !args.yes_i_wrote_it_down {
        return Err(Failure::new("cli.sheet_unconfirmed", &[]));
    }
    if desk.screen.json() && args.recovery_out.is_none() {
        return Err(Failure::new("cli.sheet_nowhere", &[]));
    }
    let wanted = asked(desk, args)?;
    // The code is written down before there is a program that could be lost without it.
    let recovery = Recovery::draw(&mut World);
    show(desk, args, &wanted, &recovery)?;
    let done =
        found(&place, &wanted, &recovery).and_then(|keeper| tell(desk, &place, &keeper, &wanted));
    if done.is_err()
        && let Some(file) = &wanted.sheet
    {
        let _ = std::fs::remove_file(file);
    }
    done
}

/// Shows the recovery sheet and has part of it typed back.
fn show(desk: &mut Desk, args: &Init, wanted: &Wanted, recovery: &Recovery) -> Result<(), Failure> {
    let sheet = sheet(&recovery.code, &recovery.program.short());
    if let Some(file) = &wanted.sheet {
        place::write(file, format!("{}\n", *sheet).as_bytes())?;
    } else {
        desk.screen.say(&*sheet);
    }
    if args.yes_i_wrote_it_down {
        return Ok(());
    }
    if wanted.sheet.is_none() {
        ask::line(&text!("ask-written-down"))?;
        Screen::clear();
    }
    confirm(&recovery.code.reveal())
}

/// Makes the store and the program in it.
fn found(place: &Place, wanted: &Wanted, recovery: &Recovery) -> Result<Opened, Failure> {
    let log = store::create(place)?;
    let founded = Keeper::found_with(log, World, &wanted.founding, recovery);
    let made = founded.map_err(Failure::from).and_then(|mut keeper| {
        keeper.adopt_model(&wanted.model)?;
        card_file::refresh(place, &mut keeper)?;
        Ok(keeper)
    });
    // Another program that was quicker has founded its own there: that one stays.
    made.inspect_err(|failure| {
        if failure.code != "keeper.program_there" {
            store::discard(place);
        }
    })
}

/// Asks for whatever no option says.
fn asked(desk: &Desk, args: &Init) -> Result<Wanted, Failure> {
    let given = |value: &Option<String>, question: String| match value {
        Some(value) => Ok(value.clone()),
        None => ask::line(&question),
    };
    let zone = given(&args.zone, text!("ask-zone"))?;
    let zone: Tz = zone.parse().map_err(|_| Failure::new("cli.zone", &[]))?;
    let jurisdiction = law::named(&given(&args.jurisdiction, text!("ask-jurisdiction"))?)?;
    let model = models::named(&given(&args.model, text!("ask-model", ids = models::ready_ids()))?)?;
    let passphrase = new_passphrase(desk)?;
    let cost = if args.weak_for_tests { Cost::TEST } else { Cost::USUAL };
    let founding = Founding { passphrase, cost, zone, jurisdiction, demo: false };
    Ok(Wanted { founding, model, sheet: args.recovery_out.clone() })
}

/// The passphrase of the program: given, or typed twice.
fn new_passphrase(desk: &Desk) -> Result<Zeroizing<String>, Failure> {
    let passphrase = match store::given_passphrase(&desk.globals)? {
        Some(given) => given,
        None if is_attended() => {
            let first = ask::secret(&text!("ask-new-passphrase"))?;
            if *first != *ask::secret(&text!("ask-passphrase-again"))? {
                return Err(Failure::new("cli.passphrases_differ", &[]));
            }
            first
        }
        None => return Err(Failure::new("cli.no_passphrase", &[])),
    };
    if passphrase.chars().count() < Locked::PASSPHRASE_LEAST {
        return Err(VaultError::ShortPassphrase { fewest: Locked::PASSPHRASE_LEAST }.into());
    }
    Ok(passphrase)
}

fn tell(desk: &mut Desk, place: &Place, keeper: &Opened, wanted: &Wanted) -> Result<Exit, Failure> {
    desk.screen.gap();
    let (dir, model) = (place.dir().display().to_string(), wanted.model.name().to_owned());
    desk.screen.say(text!("init-done", dir = dir, model = model));
    if let Some(file) = &wanted.sheet {
        desk.screen.say(text!("init-sheet", file = file.display().to_string()));
    }
    let law_known = law::is_known(&wanted.founding.jurisdiction);
    if !law_known {
        desk.screen.say(text!("init-law-unknown", law = wanted.founding.jurisdiction.as_str()));
    }
    desk.screen.say(text!("init-next"));
    desk.screen.answer(&json!({
        "program": keeper.program_id(),
        "dir": place.dir(),
        "model": wanted.model.id(),
        "recovery_sheet": wanted.sheet,
        "rules_of_that_law": law_known,
    }));
    Ok(Exit::Done)
}

/// The recovery sheet: the one thing by which a forgotten passphrase is survived.
fn sheet(code: &RecoveryCode, program: &str) -> Zeroizing<String> {
    let today = world::now().date_naive().to_string();
    let code = code.reveal().to_string();
    Zeroizing::new(text!("recovery-sheet", program = program, date = today, code = code))
}

/// Asks for two of the six groups of the code.
fn confirm(code: &str) -> Result<(), Failure> {
    let groups: Vec<&str> = code.split('-').collect();
    let [one, other] = world::random::<2>();
    let first = usize::from(one) % groups.len().max(1);
    let step = 1 + usize::from(other) % groups.len().saturating_sub(1).max(1);
    let second = (first + step) % groups.len().max(1);
    for place in [first.min(second), first.max(second)] {
        let group = groups.get(place).copied().unwrap_or_default();
        let question = text!("ask-group", n = u64::try_from(place + 1).unwrap_or(0));
        let mut tries = 0;
        while !ask::line(&question)?.eq_ignore_ascii_case(group) {
            tries += 1;
            if tries == TRIES {
                return Err(Failure::new("cli.sheet_wrong", &[]));
            }
        }
    }
    Ok(())
}
