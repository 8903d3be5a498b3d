//! Erasing a person.

use circlekeeper::{Asking, PersonLine};
use commons::Private;
use report::Arg;
use serde_json::json;

use super::Desk;
use crate::{
    args::Erase,
    ask,
    exit::Exit,
    failure::Failure,
    screen::is_attended,
    store::{self, Opened},
    texts::{self, text},
};

pub(crate) fn run(desk: &mut Desk, args: &Erase) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let people = keeper.people(&Asking::coordinator())?;
    let person = match find(&people, &args.code)?.person {
        Private::Known(person) => person,
        Private::Erased => return finish(desk, &mut keeper),
        Private::Locked | Private::Damaged => return Err(Failure::new("cli.no_link", &[])),
    };
    if is_attended() && !ask::yes(&text!("ask-erase", code = args.code.as_str()))? {
        return Err(Failure::new("cli.not_erased", &[]));
    }
    let erasure = keeper.erase(person)?;
    desk.screen.say(texts::say(
        "erase-done",
        &[
            ("records", texts::count(erasure.records)),
            ("enrolments", texts::count(erasure.enrolments)),
            ("keys", texts::count(erasure.keys)),
        ],
    ));
    if !erasure.off_disk {
        desk.screen.say(text!("erase-on-disk"));
    }
    desk.screen.say(text!("erase-left"));
    desk.screen.answer(&json!({ "erased": erasure, "at": keeper.now() }));
    Ok(Exit::Done)
}

/// Somebody who is erased already: what an earlier try could not take off the disk goes now.
fn finish(desk: &mut Desk, keeper: &mut Opened) -> Result<Exit, Failure> {
    let finished = keeper.finish_erasing()?;
    desk.screen.say(text!("erase-already"));
    if finished {
        desk.screen.say(text!("erase-finished"));
    }
    desk.screen.say(text!("erase-left"));
    let erased = json!({ "records": 0, "enrolments": 0, "keys": 0, "off_disk": true });
    desk.screen.answer(&json!({ "erased": erased, "at": keeper.now() }));
    Ok(Exit::Done)
}

/// The one enrolment that a code names: a short code as it is printed, or a whole id. Two may share
/// a short code; then the whole ids are listed.
pub(crate) fn find<'a>(people: &'a [PersonLine], code: &str) -> Result<&'a PersonLine, Failure> {
    let typed = written(code);
    let named = |line: &&PersonLine| {
        line.member.short() == typed || line.member.to_string().eq_ignore_ascii_case(code.trim())
    };
    let found: Vec<_> = people.iter().filter(named).collect();
    match found.as_slice() {
        [one] => Ok(one),
        // Whoever typed a name does not want it repeated on a screen or in a log.
        [] => Err(Failure::new("cli.nobody", &[])),
        several => Err(Failure::new("cli.several", &[("code", Arg::from(typed))])
            .listing(several.iter().map(|line| line.member.to_string()))),
    }
}

/// A short code as it is printed, however it was typed: in small letters, with O for 0 and I or L
/// for 1, with or without its hyphen.
pub(crate) fn written(code: &str) -> String {
    let mut typed: String = code
        .trim()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    if typed.len() == 5 {
        typed.insert(4, '-');
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;
    use circlekeeper::Standing;
    use commons::{MemberId, PersonId};

    #[test]
    fn a_code_finds_its_person_however_it_is_typed() {
        let person = |n: u128| PersonLine {
            person: Private::Known(PersonId::number(n)),
            member: MemberId::number(n),
            standing: Standing::Participant,
            since: "2026-11-22".parse().unwrap(),
            identity: Private::Locked,
        };
        // The second and the third share their last twenty bits.
        let people = [person(0xABCDE), person(0x10_0001), person(0x20_0001)];
        let short = MemberId::number(0xABCDE).short();
        let check = |code: &str, want: Result<u128, &str>| {
            let found = find(&people, code).map(|line| line.member);
            let found = found.map_err(|failure| failure.code.clone());
            assert_eq!(found, want.map(MemberId::number).map_err(str::to_owned), "{code}");
        };
        check(&short, Ok(0xABCDE));
        check(&short.to_lowercase().replace('-', ""), Ok(0xABCDE));
        check(&MemberId::number(0x20_0001).to_string(), Ok(0x20_0001));
        check(&MemberId::number(0x20_0001).short(), Err("cli.several"));
        check("ZZZZ-Z", Err("cli.nobody"));
        for name in ["Marie Uwase", "Marie", "uwase"] {
            check(name, Err("cli.nobody"));
            let told = find(&people, name).map(|_| ()).unwrap_err().told();
            assert!(!told.iter().any(|(_, line)| line.contains(name)), "a name is never repeated");
        }
    }
}
