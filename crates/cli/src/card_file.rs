//! The crisis card as plain files beside the store, which need no key and no program.

use chrono::NaiveDate;
use circlekeeper::{Keeper, Surroundings};
use event_log::EventLog;
use maud::{Markup, html};
use safety_protocols::{CrisisCard, Slot};

use crate::{
    failure::Failure,
    paper,
    place::{self, Place},
    texts::{self, text},
};

/// The longest file that can be a card, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Where the card that is shown comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    /// The plain file beside the store.
    File,
    /// The store.
    Store,
    /// The program itself: general advice without numbers.
    BuiltIn,
}

/// The card of the plain file, where there is one.
pub(crate) fn kept(place: &Place) -> Option<String> {
    let bytes = place::read(&place.card_text(), LONGEST).ok()?;
    String::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty())
}

/// The card that comes with the program: what to do, and room for numbers.
pub(crate) fn built_in() -> String {
    format!("{}\n{}", text!("card-advice"), text!("card-without-numbers"))
}

/// The text of a card: its numbers, and what to do until somebody comes.
pub(crate) fn text_of(card: &CrisisCard, demo: bool) -> String {
    let text = format!("{}{}\n", card.plain_text(label), text!("card-advice"));
    if demo { format!("{}\n{text}", text!("demo-line")) } else { text }
}

/// What a slot is called.
pub(crate) fn label(slot: Slot) -> String {
    texts::code("slot", slot.code().as_str())
}

/// The printable page of a card: its title says nothing of what it is.
pub(crate) fn page(text: &str) -> String {
    paper::page(&text!("card-title"), STYLE, &lines(text))
}

/// The lines of a card, with whom to call in large.
pub(crate) fn lines(text: &str) -> Markup {
    html! {
        @for line in text.lines().filter(|line| !line.trim().is_empty()) {
            @match contact(line) {
                Some((label, reach, rest)) => p { (label) " " strong { (reach) } " " (rest) },
                None => p { (line) },
            }
        }
    }
}

/// A line of a slot: its label, whom to call, and the rest.
fn contact(line: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = line.split_once("  ")?;
    let is_slot = Slot::ALL.into_iter().any(|slot| self::label(slot) == label);
    let (reach, rest) = rest.split_once("  ").unwrap_or((rest, ""));
    is_slot.then_some((label, reach, rest))
}

const STYLE: &str = include_str!("card.css");

/// Writes the two files anew, from this text.
pub(crate) fn write(place: &Place, text: &str) -> Result<(), Failure> {
    std::fs::create_dir_all(place.dir()).map_err(|error| Failure::not_written(&error))?;
    place::write(&place.card_text(), text.as_bytes())?;
    place::write(&place.card_page(), page(text).as_bytes())
}

/// Writes the two files anew from what the store holds: the published card, else the built-in one.
pub(crate) fn refresh<L: EventLog, S: Surroundings>(
    place: &Place,
    keeper: &mut Keeper<L, S>,
) -> Result<(), Failure> {
    let demo = keeper.founded()?.demo;
    let text = match keeper.card()? {
        Some(card) => text_of(&card, demo),
        None if demo => format!("{}\n{}", text!("demo-line"), built_in()),
        None => built_in(),
    };
    write(place, &text)
}

/// Reads a card that somebody filled in, as TOML or JSON. Where it cannot be read, the place is told
/// and nothing of what stands there: a telephone number may.
pub(crate) fn parse(text: &str, today: NaiveDate) -> Result<CrisisCard, Failure> {
    let form: Form = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| {
            let place = (error.line(), error.column());
            unreadable(Some(place).filter(|(line, _)| *line > 0))
        })?
    } else {
        toml::from_str(text)
            .map_err(|error| unreadable(error.span().map(|span| place_of(text, span.start))))?
    };
    form.card(today)
}

fn unreadable(place: Option<(usize, usize)>) -> Failure {
    let Some((line, column)) = place else { return Failure::new("cli.card_format", &[]) };
    let args = [("line", line.to_string().into()), ("column", column.to_string().into())];
    Failure::new("cli.card_format_at", &args).knowing("line", line).knowing("column", column)
}

/// The line and the column of a byte of a text, from 1.
fn place_of(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

use form::Form;

mod form {
    //! A card as people fill it in.

    use std::collections::BTreeMap;

    use chrono::NaiveDate;
    use commons::Code;
    use safety_protocols::{CardContact, CardEntry, CrisisCard, Slot};
    use serde::Deserialize;

    use crate::{commands::not_future, failure::Failure};

    /// A card as people fill it in.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Form {
        place: String,
        #[serde(default = "english")]
        language: Code,
        #[serde(default)]
        dated: Option<String>,
        slots: BTreeMap<Slot, Filled>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Filled {
        #[serde(default)]
        name: String,
        #[serde(default)]
        reach: String,
        #[serde(default)]
        hours: String,
        #[serde(default)]
        languages: Vec<Code>,
        #[serde(default)]
        use_instead: Option<Slot>,
        /// The word by which the program itself tells the two kinds apart.
        #[serde(default, rename = "slot")]
        _kind: Option<String>,
    }

    const fn english() -> Code {
        Code::of("en")
    }

    impl Form {
        /// The card, where every slot leads somewhere.
        pub(crate) fn card(self, today: NaiveDate) -> Result<CrisisCard, Failure> {
            let dated = day(self.dated.as_deref(), today)?;
            let slots = self.slots.into_iter().map(|(slot, filled)| (slot, filled.entry()));
            let card = CrisisCard {
                place: self.place,
                language: self.language,
                dated,
                slots: slots.collect(),
            };
            card.publishable().map_err(|error| {
                Failure::refused(&error).listing(card.empty_slots().into_iter().map(super::label))
            })?;
            Ok(card)
        }
    }

    /// The day on which it was looked through: today, where nothing is said; never one that was left
    /// empty, and never one that is yet to come.
    fn day(written: Option<&str>, today: NaiveDate) -> Result<NaiveDate, Failure> {
        let Some(written) = written else { return Ok(today) };
        let unreadable = |_| Failure::new("cli.card_undated", &[]);
        let day: NaiveDate = written.trim().parse().map_err(unreadable)?;
        not_future(day, today)
    }

    impl Filled {
        fn entry(self) -> CardEntry {
            match self.use_instead {
                Some(use_instead) => CardEntry::NoneHere { use_instead },
                None => CardEntry::Filled(CardContact {
                    name: self.name,
                    reach: self.reach,
                    hours: self.hours,
                    languages: self.languages,
                }),
            }
        }
    }
}
