//! Rows of a list that may be somebody who is here already, twice in the list, or erased.

use std::collections::BTreeMap;

use circlekeeper::{Asking, Identity};
use commons::Private;
use interchange::{are_alike, plain_name};
use serde::Serialize;

use crate::{failure::Failure, store::Opened, texts::text};

/// A row about which somebody should decide. It holds lines and codes, never a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Doubt {
    /// The line of the file.
    pub(crate) line: u64,
    /// What it may be the same as.
    pub(crate) same_as: SameAs,
    /// By what.
    pub(crate) by: By,
}

/// What a row may be the same as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SameAs {
    /// An earlier line of the file.
    Line(u64),
    /// Somebody who is here, by the code of their enrolment.
    Code(String),
    /// Somebody who was erased.
    Erased,
}

/// By what two records look the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    Number,
    Phone,
    Name,
    LikeName,
}

impl Doubt {
    /// It in words.
    pub(crate) fn told(&self) -> String {
        let line = self.line;
        let by = match self.by {
            By::Number => text!("by-number"),
            By::Phone => text!("by-phone"),
            By::Name => text!("by-name"),
            By::LikeName => text!("by-like-name"),
        };
        match &self.same_as {
            SameAs::Line(other) => text!("doubt-line", line = line, other = *other, by = by),
            SameAs::Code(code) => text!("doubt-here", line = line, code = code.as_str(), by = by),
            SameAs::Erased => text!("doubt-erased", line = line),
        }
    }
}

/// Somebody, by what they may be known again.
struct Known<'a> {
    who: SameAs,
    identity: &'a Identity,
    /// The name in small letters, its words in order of the alphabet: lists turn names around.
    name: String,
}

impl<'a> Known<'a> {
    fn new(who: SameAs, identity: &'a Identity) -> Self {
        Self { who, identity, name: plain_name(&identity.name) }
    }
}

/// Everything that should be asked about these rows, by line.
pub(crate) fn of(
    keeper: &mut Opened,
    lines: &[u64],
    identities: &[Identity],
) -> Result<Vec<Doubt>, Failure> {
    let here = keeper.people(&Asking::coordinator())?;
    let mut shelf = Shelf::default();
    for person in &here {
        if let Private::Known(identity) = &person.identity {
            shelf.put(Known::new(SameAs::Code(person.member.short()), identity));
        }
    }
    let mut doubts = Vec::new();
    for (line, identity) in lines.iter().zip(identities) {
        let known = Known::new(SameAs::Line(*line), identity);
        doubts.extend(shelf.like(&known).map(|(same_as, by)| Doubt { line: *line, same_as, by }));
        shelf.put(known);
    }
    for place in keeper.maybe_erased(identities)? {
        let line = lines.get(place).copied().unwrap_or_default();
        doubts.push(Doubt { line, same_as: SameAs::Erased, by: By::Number });
    }
    doubts.sort();
    Ok(doubts)
}

/// Everybody seen so far, by number, by telephone, by name, and by the first letter and year.
#[derive(Default)]
struct Shelf<'a> {
    numbers: BTreeMap<String, SameAs>,
    phones: BTreeMap<String, SameAs>,
    names: BTreeMap<String, Vec<Known<'a>>>,
    drawers: BTreeMap<(u16, char), Vec<(String, SameAs)>>,
}

impl<'a> Shelf<'a> {
    fn put(&mut self, known: Known<'a>) {
        if let Some(number) = &known.identity.external_id {
            self.numbers.entry(exact(number)).or_insert_with(|| known.who.clone());
        }
        if let Some(phone) = &known.identity.phone {
            self.phones.entry(exact(phone)).or_insert_with(|| known.who.clone());
        }
        if let Some(drawer) = drawer(&known) {
            self.drawers.entry(drawer).or_default().push((known.name.clone(), known.who.clone()));
        }
        if !known.name.is_empty() {
            self.names.entry(known.name.clone()).or_default().push(known);
        }
    }

    /// The nearest match of each kind; the surest one alone.
    fn like(&self, row: &Known<'_>) -> Option<(SameAs, By)> {
        let number = row.identity.external_id.as_deref().map(exact);
        if let Some(who) = number.and_then(|number| self.numbers.get(&number)) {
            return Some((who.clone(), By::Number));
        }
        let phone = row.identity.phone.as_deref().map(exact);
        if let Some(who) = phone.and_then(|phone| self.phones.get(&phone)) {
            return Some((who.clone(), By::Phone));
        }
        let namesakes = self.names.get(&row.name).into_iter().flatten();
        if let Some(known) = namesakes.into_iter().find(|known| years_agree(known, row)) {
            return Some((known.who.clone(), By::Name));
        }
        let others = drawer(row).and_then(|drawer| self.drawers.get(&drawer)).into_iter().flatten();
        let alike = others.into_iter().find(|(name, _)| are_alike(name, &row.name));
        alike.map(|(_, who)| (who.clone(), By::LikeName))
    }
}

/// Names that are only alike are asked about where the birth year is known and the same.
fn drawer(known: &Known<'_>) -> Option<(u16, char)> {
    Some((known.identity.birth_year?, known.name.chars().next()?))
}

fn years_agree(one: &Known<'_>, other: &Known<'_>) -> bool {
    match (one.identity.birth_year, other.identity.birth_year) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => true,
    }
}

/// A number without what people put between its digits.
pub(crate) fn exact(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, year: Option<u16>, id: Option<&str>) -> Identity {
        Identity {
            name: name.into(),
            birth_year: year,
            external_id: id.map(str::to_owned),
            ..Identity::default()
        }
    }

    #[track_caller]
    fn check(known: &Identity, row: &Identity, want: Option<By>) {
        let mut shelf = Shelf::default();
        shelf.put(Known::new(SameAs::Line(2), known));
        let found = shelf.like(&Known::new(SameAs::Line(3), row));
        assert_eq!(found.map(|(_, by)| by), want);
    }

    #[test]
    fn namesakes_are_asked_about_and_strangers_are_not() {
        let uwase = person("Uwase Marie", Some(1990), None);
        check(&uwase, &person("MARIE  uwase", Some(1990), None), Some(By::Name));
        check(&uwase, &person("Marie Uwase", None, None), Some(By::Name));
        check(&uwase, &person("Marie Uwase", Some(1991), None), None);
        check(&uwase, &person("Marie Uwasse", Some(1990), None), Some(By::LikeName));
        check(&uwase, &person("Marie Uwasse", None, None), None);
        check(&uwase, &person("Mutoni Grace", Some(1990), None), None);
        let numbered = person("A", None, Some("K-7"));
        check(&numbered, &person("B", None, Some("k 7")), Some(By::Number));
        check(&numbered, &person("B", None, Some("k 8")), None);
        check(&person("A", None, Some("1-2")), &person("B", None, Some("2-1")), None);
    }
}
