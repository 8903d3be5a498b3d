//! Lists of people, in and out.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use circle_access::{Action, Asker, Purpose, Relation, Role, may};
use circlekeeper::{Identity, NewPerson, PersonLine, Standing};
use commons::{DataClass, EventSet, MemberId, Private};
use interchange::{
    EncodingChoice, Mapping, PEOPLE, PersonRow, ReadOptions, Separator, SeparatorChoice, Table,
    people_template, read_people,
};
use safety_protocols::{Consent, Mode, Proof, Scope, ShelfLife, noon};
use serde_json::json;

use super::{Desk, doubts, erase};
use crate::{
    args::{
        ConsentWord, EncodingWord, PeopleImport, PeopleList, Reading, SeparatorWord, StandingWord,
    },
    ask,
    exit::Exit,
    failure::Failure,
    place,
    screen::is_attended,
    store::{self, Opened},
    texts::{self, text},
};

/// The largest table that is read, in bytes (C4: 20 MiB).
pub(crate) const LARGEST: u64 = 20 << 20;

/// Reads a table as the options say.
pub(crate) fn table(file: &std::path::Path, reading: &Reading) -> Result<Table, Failure> {
    let encoding = match reading.encoding {
        EncodingWord::Auto => EncodingChoice::default(),
        EncodingWord::Windows1252 => EncodingChoice::Windows1252,
        EncodingWord::Latin1 => EncodingChoice::Latin1,
    };
    let separator = match reading.separator {
        SeparatorWord::Auto => SeparatorChoice::default(),
        SeparatorWord::Comma => SeparatorChoice::Is(Separator::Comma),
        SeparatorWord::Semicolon => SeparatorChoice::Is(Separator::Semicolon),
        SeparatorWord::Tab => SeparatorChoice::Is(Separator::Tab),
    };
    let options = ReadOptions { encoding, separator, ..ReadOptions::default() };
    let bytes = place::read(file, LARGEST)?;
    Ok(Table::read(&place::label(file), &bytes, &options)?)
}

/// The columns that were named.
pub(crate) fn mapping(named: &[(&'static str, &Option<String>)]) -> Mapping {
    let named = named.iter().filter_map(|(field, column)| Some((*field, column.as_ref()?)));
    named.fold(Mapping::default(), |mapping, (field, column)| mapping.with(field, column))
}

pub(crate) fn template(desk: &mut Desk) -> Result<Exit, Failure> {
    let bytes =
        people_template().map_err(|error| Failure::new("cli.template", &[]).because(&error))?;
    let text = String::from_utf8_lossy(&bytes);
    desk.screen.say(text.trim_start_matches('\u{feff}').trim_end());
    desk.screen.answer(&json!({ "text": text }));
    Ok(Exit::Done)
}

pub(crate) fn import(desk: &mut Desk, args: &PeopleImport) -> Result<Exit, Failure> {
    let table = table(&args.file, &args.reading)?;
    let columns = mapping(&[("id", &args.id), ("name", &args.name)]);
    let mut rows = read_people(&table, &columns)?;
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let skipped = if args.skip_known { skip_known(&mut keeper, &mut rows)? } else { 0 };
    let consents = consents(&mut keeper, args)?;
    let identities: Vec<Identity> = rows.iter().map(identity).collect();
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    let doubts = doubts::of(&mut keeper, &lines, &identities)?;
    if !doubts.is_empty() && !args.accept_duplicates {
        decide(&doubts)?;
    }
    let on = args.on.map_or_else(|| keeper.today(), Ok)?;
    let standing = standing(args.standing);
    let people: Vec<_> =
        identities.into_iter().map(|identity| NewPerson { identity, standing, on }).collect();
    let enrolled = keeper.enroll(&people)?;
    let members: Vec<MemberId> = enrolled.iter().map(|(_, member)| *member).collect();
    for (scopes, proof, at) in &consents {
        keeper.give_consent(&members, None, scopes, proof, *at)?;
    }
    let passed_over = columns.passed_over(&table, &PEOPLE);
    tell(desk, args, &table, &rows, members.len(), skipped);
    if !passed_over.is_empty() {
        desk.screen.say(text!("import-passed-over", columns = passed_over.join(", ")));
    }
    desk.screen.answer(&json!({
        "enrolled": members.len(),
        "skipped": skipped,
        "passed_over": passed_over,
        "doubts": doubts,
        "encoding": table.encoding().to_string(),
        "separator": table.separator().to_string(),
        "codes": members.iter().map(|member| member.short()).collect::<Vec<_>>(),
    }));
    Ok(Exit::Done)
}

fn tell(
    desk: &mut Desk,
    args: &PeopleImport,
    table: &Table,
    rows: &[PersonRow],
    enrolled: usize,
    skipped: usize,
) {
    let (encoding, separator) = (table.encoding().to_string(), table.separator().to_string());
    desk.screen.say(text!("import-read", encoding = encoding, separator = separator));
    desk.screen.say(texts::say("import-enrolled", &[("n", texts::count(enrolled))]));
    if skipped > 0 {
        desk.screen.say(texts::say("import-skipped", &[("n", texts::count(skipped))]));
    }
    let seated = rows.iter().filter(|row| row.circle.is_some()).count();
    if seated > 0 {
        desk.screen.say(texts::say("import-circles", &[("n", texts::count(seated))]));
    }
    if args.measure_consent_on.is_none() {
        desk.screen.say(text!("import-no-consent"));
    }
}

/// Leaves out the rows whose number is here already.
fn skip_known(keeper: &mut Opened, rows: &mut Vec<PersonRow>) -> Result<usize, Failure> {
    let here: BTreeSet<String> = keeper
        .people()?
        .into_iter()
        .filter_map(|line| line.identity.known().and_then(|known| known.external_id.clone()))
        .collect();
    let before = rows.len();
    rows.retain(|row| row.id.as_ref().is_none_or(|id| !here.contains(id.as_str())));
    Ok(before - rows.len())
}

/// Asks whether the doubtful rows are other people.
fn decide(doubts: &[doubts::Doubt]) -> Result<(), Failure> {
    let failure = Failure::new("cli.doubts", &[("n", texts::count(doubts.len()))])
        .listing(doubts.iter().map(doubts::Doubt::told));
    if !is_attended() {
        return Err(failure);
    }
    for line in &failure.lines {
        crate::screen::remark(line);
    }
    if ask::yes(&text!("ask-other-people"))? { Ok(()) } else { Err(failure) }
}

/// Who a row is. Whoever has no name in the list is called by their number there.
fn identity(row: &PersonRow) -> Identity {
    let id = row.id.as_ref().map(|id| id.as_str().to_owned());
    Identity {
        name: row.name.clone().or_else(|| id.clone()).unwrap_or_default(),
        birth_year: row.birth_year.and_then(|year| u16::try_from(year).ok()),
        sex: row.sex.clone(),
        phone: row.phone.clone(),
        language: row.language.clone(),
        place: row.place.clone(),
        external_id: id,
    }
}

const fn standing(word: StandingWord) -> Standing {
    match word {
        StandingWord::Participant => Standing::Participant,
        StandingWord::Facilitator => Standing::Facilitator,
        StandingWord::Supervisor => Standing::Supervisor,
        StandingWord::Staff => Standing::Staff,
    }
}

type Given = (Vec<Scope>, Proof, DateTime<Utc>);

/// The consents that everybody on the list gave, as the options say: each scope on its own day.
fn consents(keeper: &mut Opened, args: &PeopleImport) -> Result<Vec<Given>, Failure> {
    let Some(mode) = args.consent_mode else { return Ok(Vec::new()) };
    let witness = match &args.witness {
        Some(code) => Some(erase::find(&keeper.people()?, code)?.member),
        None => None,
    };
    let mode = match mode {
        ConsentWord::Signed => Mode::Signed,
        ConsentWord::Spoken => Mode::Spoken,
        ConsentWord::Thumb => Mode::Thumb,
    };
    let (language, text_version) = (args.consent_language.clone(), args.consent_text.clone());
    let proof = Proof { mode, language, text_version, witness };
    let zone = keeper.founded()?.zone;
    let now = keeper.now();
    let today = keeper.today()?;
    let none_named = args.measure_consent_on.is_none() && args.risk_consent_on.is_none();
    let taking_part = args.consent_on.or(none_named.then_some(today));
    let asked: [(Option<NaiveDate>, Vec<Scope>); 3] = [
        (taking_part, vec![Scope::Participate, Scope::KeepRecords]),
        (args.measure_consent_on, vec![Scope::MeasureOutcomes]),
        (args.risk_consent_on, vec![Scope::MeasureRiskItems]),
    ];
    let mut given = Vec::new();
    for (on, scopes) in asked {
        let Some(on) = on else { continue };
        if today < on {
            return Err(Failure::new("cli.future", &[("today", today.to_string().into())]));
        }
        let at = noon(on, zone).min(now);
        would_hold(&scopes, &proof, at)?;
        given.push((scopes, proof.clone(), at));
    }
    Ok(given)
}

/// Whether such a consent could be given at all, asked before anybody is enrolled.
fn would_hold(scopes: &[Scope], proof: &Proof, at: DateTime<Utc>) -> Result<(), Failure> {
    for scope in scopes {
        Consent::default()
            .give(scope.clone(), proof.clone(), at, ShelfLife::LONGEST, EventSet::new())
            .map_err(|error| Failure::refused(&error))?;
    }
    Ok(())
}

pub(crate) fn list(desk: &mut Desk, args: &PeopleList) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = if args.codes {
        store::look(&place, &mut desk.screen)?
    } else {
        let asker = Asker::wearing(Role::Coordinator);
        let (class, here) = (DataClass::Identity, Relation::Program);
        may(&asker, Action::Read, class, here, Purpose::Coordinate)
            .view()
            .map_err(|refusal| Failure::refused(&refusal))?;
        store::looked_into(&place, &desk.globals, &mut desk.screen)?
    };
    let mut people = keeper.people()?;
    people.sort_by_cached_key(|line| {
        let name = line.identity.known().map(|identity| identity.name.to_lowercase());
        (name.is_none(), name, line.member.short())
    });
    let heads =
        [text!("head-code"), text!("head-name"), text!("head-standing"), text!("head-since")];
    desk.screen.table(&heads, people.iter().map(row));
    desk.screen.say(texts::say("people-count", &[("n", texts::count(people.len()))]));
    desk.screen.answer(&json!({ "people": people.iter().map(told).collect::<Vec<_>>() }));
    Ok(Exit::Done)
}

fn row(line: &PersonLine) -> Vec<String> {
    let name = match &line.identity {
        Private::Known(identity) => identity.name.clone(),
        Private::Locked => text!("name-locked"),
        Private::Erased => text!("name-erased"),
    };
    let standing = texts::code("standing", &standing_code(line.standing));
    vec![line.member.short(), name, standing, line.since.to_string()]
}

fn standing_code(standing: Standing) -> String {
    let value = serde_json::to_value(standing).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn told(line: &PersonLine) -> serde_json::Value {
    let identity = line.identity.known();
    json!({
        "code": line.member.short(),
        "member": line.member,
        "standing": line.standing,
        "since": line.since,
        "erased": matches!(line.identity, Private::Erased),
        "name": identity.map(|identity| &identity.name),
        "birth_year": identity.and_then(|identity| identity.birth_year),
        "external_id": identity.and_then(|identity| identity.external_id.as_ref()),
    })
}
