//! The crisis card: seven slots, each filled or saying what to use instead.

mod watch;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commons::{Code, Refused, Rule};
use serde::{Deserialize, Serialize};

pub use watch::{CardEvent, CardFault, CardKind, CardLimits, CardWatch, TestCall};

/// One of the seven contacts of a card, in the order in which they are read (DR-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The number of the emergency services.
    Emergency,
    /// The line for people who think of ending their life.
    SuicideLine,
    /// The line for children.
    ChildLine,
    /// The line for people who meet violence.
    ViolenceLine,
    /// Poison and overdose.
    Poison,
    /// The program's own person on call.
    OnCall,
    /// The nearest hospital.
    Hospital,
}

impl Slot {
    /// All seven, in the order of the card.
    pub const ALL: [Self; 7] = [
        Self::Emergency,
        Self::SuicideLine,
        Self::ChildLine,
        Self::ViolenceLine,
        Self::Poison,
        Self::OnCall,
        Self::Hospital,
    ];

    /// Its code, by which frontends find its label.
    #[must_use]
    pub const fn code(self) -> Code {
        Code::of(match self {
            Self::Emergency => "emergency",
            Self::SuicideLine => "suicide_line",
            Self::ChildLine => "child_line",
            Self::ViolenceLine => "violence_line",
            Self::Poison => "poison",
            Self::OnCall => "on_call",
            Self::Hospital => "hospital",
        })
    }
}

/// Somebody to call, or a place to go to. Public: it names services, and a person only on call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// The name, as people there know it.
    pub name: String,
    /// The number to call, or the address to go to.
    pub reach: String,
    /// When: `always`, or hours as people say them.
    #[serde(default)]
    pub hours: String,
    /// The languages spoken.
    #[serde(default)]
    pub languages: Vec<Code>,
}

/// What stands in a slot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "slot", rename_all = "snake_case")]
pub enum Entry {
    /// A contact.
    Filled(Contact),
    /// There is none here; this one is used instead.
    NoneHere {
        /// Which.
        use_instead: Slot,
    },
}

/// The card of one place, in one language: a document outside any event.
///
/// It may be incomplete, and opens all the same: a gate refuses to *publish* a card with an empty
/// slot, nothing ever refuses to *show* one (DR-07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrisisCard {
    /// The place, as people there call it.
    pub place: String,
    /// The language it is written in.
    pub language: Code,
    /// The day it was last looked through.
    pub dated: NaiveDate,
    /// Its slots.
    #[serde(default)]
    pub slots: BTreeMap<Slot, Entry>,
}

/// Why a card may not be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum CardError {
    /// Slots are empty, or send to one that is.
    #[error("{} of 7 slots lead nowhere", .slots.len())]
    Empty {
        /// Which.
        slots: Vec<Slot>,
    },
}

impl Refused for CardError {
    fn code(&self) -> &'static str {
        "card.empty_slots"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("DR-02"))
    }

    fn way_out(&self) -> &'static str {
        "Fill each slot, or say which other one to use instead."
    }
}

/// One line of a card, to be printed or read out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardLine<'a> {
    /// The slot; its label is in the catalog of the frontend.
    pub slot: Slot,
    /// Whom to reach, where anybody is named.
    pub contact: Option<&'a Contact>,
    /// The slot that is used instead of this one.
    pub instead: Option<Slot>,
}

impl CrisisCard {
    /// Whom a slot leads to, through the slots that send elsewhere; `None` where it leads nowhere.
    #[must_use]
    pub fn reaches(&self, slot: Slot) -> Option<&Contact> {
        let mut at = slot;
        for _ in Slot::ALL {
            match self.slots.get(&at)? {
                Entry::Filled(contact) if contact.reach.trim().is_empty() => return None,
                Entry::Filled(contact) => return Some(contact),
                Entry::NoneHere { use_instead } => at = *use_instead,
            }
        }
        None
    }

    /// The slots that lead nowhere.
    #[must_use]
    pub fn empty_slots(&self) -> Vec<Slot> {
        Slot::ALL.into_iter().filter(|slot| self.reaches(*slot).is_none()).collect()
    }

    /// Decides whether it may be published.
    ///
    /// # Errors
    ///
    /// Slots that are empty, or that send in a circle.
    pub fn publishable(&self) -> Result<(), CardError> {
        let slots = self.empty_slots();
        if slots.is_empty() { Ok(()) } else { Err(CardError::Empty { slots }) }
    }

    /// Its seven lines, in order. A slot that sends elsewhere shows whom it leads to.
    pub fn lines(&self) -> impl Iterator<Item = CardLine<'_>> {
        Slot::ALL.into_iter().map(|slot| CardLine {
            slot,
            contact: self.reaches(slot),
            instead: match self.slots.get(&slot) {
                Some(Entry::NoneHere { use_instead }) => Some(*use_instead),
                Some(Entry::Filled(_)) | None => None,
            },
        })
    }

    /// Its text, one line for each slot that leads somewhere, with the labels of a frontend.
    ///
    /// There is no heading, and nothing in it says why anybody carries it.
    #[must_use]
    pub fn plain_text(&self, label: impl Fn(Slot) -> String) -> String {
        let mut text = String::new();
        for line in self.lines() {
            let Some(contact) = line.contact else {
                continue;
            };
            let parts = [
                label(line.slot),
                contact.reach.clone(),
                contact.name.clone(),
                contact.hours.clone(),
            ];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            text.push_str(&parts.join("  "));
            text.push('\n');
        }
        text.push_str(&self.dated.to_string());
        text.push('\n');
        text
    }
}
