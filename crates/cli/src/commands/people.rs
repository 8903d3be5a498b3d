//! Lists of people, in and out.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use circlekeeper::{
    Asking, ConsentGiven, Identity, KeeperError, NewPeople, NewPerson, PersonLine, Standing,
};
use commons::{EventSet, MemberId, Private};
use interchange::{PEOPLE, PersonRow, Place, Table, people_template, read_people};
use safety_protocols::{Consent, Mode, Proof, Scope, ShelfLife, noon};
use serde_json::json;

use super::{Desk, doubts, erase, tables};
use crate::{
    args::{ConsentWord, PeopleImport, PeopleList, StandingWord},
    ask,
    exit::Exit,
    failure::Failure,
    screen::{is_attended, remark},
    store::{self, Opened},
    texts::{self, text},
    trouble::{Trouble, Troubles},
};

/// The most doubts that are asked about one by one.
const ASKED: usize = 100;

pub(crate) fn template(desk: &mut Desk) -> Result<Exit, Failure> {
    let bytes = people_template().map_err(|_| Failure::new("cli.template", &[]))?;
    let text = String::from_utf8_lossy(&bytes);
    desk.screen.say(text.trim_start_matches('\u{feff}').trim_end());
    // Beside the table, so that it does not end up in the file as a row.
    let columns = PEOPLE.map(|field| (field.name, texts::code("column", field.name)));
    if !desk.screen.json() {
        for (name, words) in &columns {
            remark(&text!("template-column", name = *name, words = words.as_str()));
        }
    }
    let columns: serde_json::Map<_, _> =
        columns.into_iter().map(|(name, words)| (name.to_owned(), words.into())).collect();
    desk.screen.answer(&json!({ "text": text, "columns": columns }));
    Ok(Exit::Done)
}

pub(crate) fn import(desk: &mut Desk, args: &PeopleImport) -> Result<Exit, Failure> {
    let table = tables::read(&args.file, &args.reading)?;
    let named = [("id", &args.id), ("name", &args.name)];
    let columns = tables::mapping(&named, &args.reading, &PEOPLE.map(|field| field.name))?;
    let reading = read_people(&table, &columns);
    let mut rows = reading.found;
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    let on = not_future(args.on.unwrap_or(today), today)?;
    let consents = consents(&mut keeper, args)?;
    let mut skipped = 0;
    let (enrolled, doubts) = loop {
        // Looked at first: who is enrolled or erased meanwhile is compared anew.
        let seen = Some(keeper.people_seen()?);
        if args.skip_known {
            skipped += skip_known(&mut keeper, &mut rows)?;
        }
        let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
        let people: Vec<_> = rows.iter().map(|row| new_person(row, args.standing, on)).collect();
        let identities: Vec<Identity> = people.iter().map(|new| new.identity.clone()).collect();
        let doubts = doubts::of(&mut keeper, &lines, &identities)?;
        let mut troubles = Troubles::from(&reading.faults);
        for (line, _) in lines.iter().zip(&people).filter(|(_, new)| new.may_be_minor()) {
            troubles.push(Trouble::at(&Place::line(*line), "people.minor", &[]));
        }
        decide(troubles, &doubts, args.accept_duplicates)?;
        match keeper.enroll_all(&NewPeople { people: &people, consents: &consents, seen }) {
            Ok(enrolled) => break (enrolled, doubts),
            Err(KeeperError::PeopleChanged) => {}
            Err(error) => return Err(error.into()),
        }
    };
    let members: Vec<MemberId> = enrolled.iter().map(|(_, member)| *member).collect();
    let passed_over = columns.passed_over(&table, &PEOPLE);
    tell(desk, args, &table, &rows, members.len(), skipped);
    if !passed_over.is_empty() {
        let columns: Vec<_> = passed_over.iter().map(ToString::to_string).collect();
        desk.screen.say(text!("import-passed-over", columns = columns.join(", ")));
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

/// A day that an option says, unless it is yet to come.
pub(crate) fn not_future(on: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Failure> {
    if on <= today {
        return Ok(on);
    }
    Err(Failure::new("cli.future", &[("today", today.to_string().into())]))
}

fn tell(
    desk: &mut Desk,
    args: &PeopleImport,
    table: &Table,
    rows: &[PersonRow],
    enrolled: usize,
    skipped: usize,
) {
    let encoding = table.encoding().to_string();
    let separator = texts::code("separator", &table.separator().to_string());
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

/// Leaves out the rows whose number is here already, however it is written.
fn skip_known(keeper: &mut Opened, rows: &mut Vec<PersonRow>) -> Result<usize, Failure> {
    let here: BTreeSet<String> = keeper
        .people(&Asking::coordinator())?
        .into_iter()
        .filter_map(|line| line.identity.known()?.external_id.as_deref().map(doubts::exact))
        .collect();
    let before = rows.len();
    rows.retain(|row| row.id.as_ref().is_none_or(|id| !here.contains(&doubts::exact(id.as_str()))));
    Ok(before - rows.len())
}

/// Everything that is wrong or doubtful, in one answer; of doubts alone it asks whether they are other people.
fn decide(troubles: Troubles, doubts: &[doubts::Doubt], accepted: bool) -> Result<(), Failure> {
    let doubts = if accepted { &[] } else { doubts };
    let mut lines: Vec<_> = doubts.iter().take(ASKED).map(doubts::Doubt::told).collect();
    if doubts.len() > ASKED {
        lines.push(texts::say("trouble-more", &[("n", texts::count(doubts.len() - ASKED))]));
    }
    if !troubles.is_empty() {
        return Err(Failure::from(troubles).listing(lines).knowing("doubts", doubts));
    }
    if doubts.is_empty() {
        return Ok(());
    }
    let failure = Failure::new("cli.doubts", &[("n", texts::count(doubts.len()))])
        .listing(lines)
        .knowing("doubts", doubts);
    if !is_attended() {
        return Err(failure);
    }
    for line in &failure.lines {
        remark(line);
    }
    if ask::yes(&text!("ask-other-people"))? { Ok(()) } else { Err(failure) }
}

fn new_person(row: &PersonRow, standing: StandingWord, on: NaiveDate) -> NewPerson {
    let standing = match standing {
        StandingWord::Participant => Standing::Participant,
        StandingWord::Facilitator => Standing::Facilitator,
        StandingWord::Supervisor => Standing::Supervisor,
        StandingWord::Staff => Standing::Staff,
    };
    NewPerson { identity: identity(row), standing, on }
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

/// The consents that everybody on the list gave, as the options say: each scope on its own day.
fn consents(keeper: &mut Opened, args: &PeopleImport) -> Result<Vec<ConsentGiven>, Failure> {
    let Some(mode) = args.consent_mode else { return Ok(Vec::new()) };
    let witness = match &args.witness {
        Some(code) => Some(erase::find(&keeper.people(&Asking::coordinator())?, code)?.member),
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
        not_future(on, today)?;
        let at = noon(on, zone).min(now);
        would_hold(&scopes, &proof, at)?;
        given.push(ConsentGiven { scopes, proof: proof.clone(), at });
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
        store::looked_into(&place, &desk.globals, &mut desk.screen)?
    };
    let mut people = keeper.people(&Asking::coordinator())?;
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
        Private::Damaged => text!("name-damaged"),
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
