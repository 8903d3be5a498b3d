//! What people say of when, where and among whom they can sit, taken in from a table.

use std::{collections::BTreeMap, path::Path};

use circlekeeper::{Asking, PersonLine, Wishes};
use commons::MemberId;
use convening::Columns;
use interchange::Place;
use serde_json::json;

use super::gather;
use crate::{
    args::Form,
    commands::{Desk, doubts, erase, not_future, tables},
    exit::Exit,
    failure::Failure,
    place, store, texts,
    trouble::{Trouble, Troubles},
};

pub(super) fn take_in(desk: &mut Desk, args: &Form, file: &Path) -> Result<Exit, Failure> {
    let aspects = match &args.rules {
        Some(file) => gather::rules(file, None)?.aspects().to_vec(),
        None => Vec::new(),
    };
    let table = gather::table(file, &args.reading)?;
    let of_wishes = Columns::of_wishes(&aspects);
    let names: Vec<_> = of_wishes.names().collect();
    let columns = tables::mapping(&[], &args.reading, &names)?;
    gather::tell_passed_over(&of_wishes, &table, &columns);
    let read = convening::read_wishes(&table, &columns, &aspects);
    let label = place::label(file);
    let mut troubles = Troubles::default();
    for fault in read.faults.iter() {
        troubles.push(gather::trouble(fault).in_file(&label));
    }
    troubles.add_untold(read.faults.total().saturating_sub(read.faults.iter().len()));
    let place = desk.place()?;
    let mut keeper = store::unlocked(&place, &desk.globals, &mut desk.screen)?;
    let today = keeper.today()?;
    let on = not_future(args.on.unwrap_or(today), today)?;
    let known = Known::of(&keeper.people(&Asking::coordinator())?);
    let (mut told, mut lines) = (Vec::new(), BTreeMap::new());
    for row in read.found {
        let member = match known.find(&row.key) {
            Ok(member) => member,
            Err(code) => {
                troubles.push(Trouble::at(&Place::line(row.line), code, &[]).in_file(&label));
                continue;
            }
        };
        // The same key twice was told as the list was read.
        let first = lines.insert(member, (row.line, row.key.clone()));
        if let Some((first, _)) = first.filter(|(_, key)| *key != row.key) {
            let args = [("first", texts::count(usize::try_from(first).unwrap_or(usize::MAX)))];
            let twice = Trouble::at(&Place::line(row.line), "wishes.twice", &args);
            troubles.push(twice.in_file(&label));
        }
        told.push((member, row.wishes));
    }
    if !troubles.is_empty() {
        return Err(gather::wrong(troubles));
    }
    keeper.tell_wishes(&told, on)?;
    let free = told.iter().filter(|(_, wishes): &&(MemberId, Wishes)| !wishes.times.is_empty());
    let counts = [("n", texts::count(told.len())), ("free", texts::count(free.count()))];
    desk.screen.say(texts::say("form-wishes-taken", &counts));
    let codes: Vec<_> = told.iter().map(|(member, _)| member.short()).collect();
    desk.screen.answer(&json!({ "told": told.len(), "codes": codes, "on": on }));
    Ok(Exit::Done)
}

/// Who is called how: by the code of an enrolment, or by the number of another list.
struct Known {
    codes: BTreeMap<String, Vec<MemberId>>,
    numbers: BTreeMap<String, Vec<MemberId>>,
}

impl Known {
    fn of(people: &[PersonLine]) -> Self {
        let (mut codes, mut numbers) = (BTreeMap::new(), BTreeMap::new());
        for line in people {
            codes.entry(line.member.short()).or_insert_with(Vec::new).push(line.member);
            codes.entry(line.member.to_string()).or_insert_with(Vec::new).push(line.member);
            let number = line.identity.known().and_then(|it| it.external_id.as_deref());
            if let Some(number) = number {
                numbers.entry(doubts::exact(number)).or_insert_with(Vec::new).push(line.member);
            }
        }
        Self { codes, numbers }
    }

    /// Who a row is of, or the code of what is wrong.
    fn find(&self, key: &str) -> Result<MemberId, &'static str> {
        let whole = key.trim().to_lowercase();
        let found = self
            .numbers
            .get(&doubts::exact(key))
            .or_else(|| self.codes.get(&whole))
            .or_else(|| self.codes.get(&erase::written(key)));
        match found.map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            Some(_) => Err("wishes.several"),
            None => Err("wishes.nobody"),
        }
    }
}
