//! The wording of items and answers: data of its own, since its rights are not ours.
//!
//! An instrument is scored without it. What comes with this library stands behind one feature for
//! each class of rights; an organization loads its own text or translation through the same checks.

use commons::Code;
use serde::{Deserialize, Serialize};

use crate::{Evidence, Instrument, definition::TextRights};

/// The label of one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The code.
    pub code: i16,
    /// What is printed beside it.
    pub label: String,
}

/// The labels of the codes of some items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The items; all of them where it is left out.
    #[serde(default)]
    pub items: Vec<u8>,
    /// Their labels: each code, or the two ends.
    pub labels: Vec<Label>,
}

/// A wording as written, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordingDefinition {
    /// The instrument it is the wording of.
    pub instrument: Code,
    /// Its language, such as `en` or `rw`.
    pub language: Code,
    /// The credit line to show with it.
    pub credit: String,
    /// Who gave leave to use it, where the rights ask for that.
    pub permission: Option<String>,
    /// Where the wording was read, or who translated it.
    pub source: String,
    /// How well it was compared with the form.
    pub evidence: Evidence,
    /// What is printed above the items.
    pub stem: String,
    /// The items, in the order of the questionnaire.
    pub items: Vec<String>,
    /// What the codes are called.
    pub options: Vec<Options>,
}

/// The wording of an instrument in one language; checked against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Wording(WordingDefinition);

/// One thing that is wrong with a wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordingFault {
    /// It is the wording of another instrument.
    #[error("this is the wording of `{found}`, not of `{wanted}`")]
    OtherInstrument {
        /// The instrument that was asked for.
        wanted: Code,
        /// As written.
        found: Code,
    },
    /// Not one text for each item.
    #[error("{found} texts for {items} items")]
    ItemCount {
        /// How many texts there are.
        found: usize,
        /// How many items there are.
        items: u8,
    },
    /// An item without words.
    #[error("item {item} has no words")]
    Empty {
        /// The item.
        item: u8,
    },
    /// Labels for an item that is not there.
    #[error("labels name item {item}, which is not there")]
    NoSuchItem {
        /// As written.
        item: u8,
    },
    /// An item whose answers have no labels, or twice.
    #[error("item {item} has {found} lists of labels; one is wanted")]
    Labels {
        /// The item.
        item: u8,
        /// How many there are.
        found: usize,
    },
    /// A list of labels that does not fit the codes of an item.
    #[error(
        "the labels of item {item} are not those of the codes {lowest} to {highest}, each once, or of both ends"
    )]
    Codes {
        /// The item.
        item: u8,
        /// Its lowest code.
        lowest: i16,
        /// Its highest code.
        highest: i16,
    },
    /// The credit line is missing.
    #[error("no credit line is given")]
    NoCredit,
    /// The source is missing.
    #[error("no source is given: where the wording was read, or who translated it")]
    NoSource,
    /// Nobody said yes to its use.
    #[error("the owner must be asked (`{ask}`): say in `permission` who gave leave")]
    NoPermission {
        /// Where to ask.
        ask: String,
    },
}

/// Why a text is no wording of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordingError {
    /// It is not TOML of the right shape; the message says line and column.
    #[error("not a wording file")]
    Shape(#[source] Box<toml::de::Error>),
    /// It does not fit the instrument: everything that is wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<WordingFault>),
}

impl Wording {
    /// Checks a wording against its instrument.
    ///
    /// # Errors
    ///
    /// [`WordingError::Faults`] with everything that is wrong.
    pub fn new(
        definition: WordingDefinition,
        instrument: &Instrument,
    ) -> Result<Self, WordingError> {
        let faults = faults(&definition, instrument);
        if faults.is_empty() { Ok(Self(definition)) } else { Err(WordingError::Faults(faults)) }
    }

    /// Reads a wording from TOML.
    ///
    /// # Errors
    ///
    /// [`WordingError::Shape`] when it does not parse, [`WordingError::Faults`] with all that is
    /// wrong when it does.
    pub fn from_toml(text: &str, instrument: &Instrument) -> Result<Self, WordingError> {
        let definition =
            toml::from_str(text).map_err(|error| WordingError::Shape(Box::new(error)))?;
        Self::new(definition, instrument)
    }

    /// The wording that comes with this library, where the rights and the features allow it.
    #[must_use]
    pub fn built_in(instrument: &Instrument, language: &Code) -> Option<Self> {
        let text = embedded()
            .find(|text| *instrument.id() == text.instrument && *language == text.language)?;
        // A test reads every file, so nothing is lost here.
        Self::from_toml(text.toml, instrument).ok()
    }

    /// Its language.
    #[must_use]
    pub const fn language(&self) -> &Code {
        &self.0.language
    }

    /// The credit line to show with it.
    #[must_use]
    pub fn credit(&self) -> &str {
        &self.0.credit
    }

    /// Where the wording was read, or who translated it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// How well it was compared with the form.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.0.evidence
    }

    /// What is printed above the items.
    #[must_use]
    pub fn stem(&self) -> &str {
        &self.0.stem
    }

    /// The words of an item, counted from 1.
    #[must_use]
    pub fn item(&self, item: u8) -> Option<&str> {
        self.0.items.get(usize::from(item).checked_sub(1)?).map(String::as_str)
    }

    /// The items, in the order of the questionnaire.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.0.items.iter().map(String::as_str)
    }

    /// The labels of an item's codes, ascending.
    #[must_use]
    pub fn labels(&self, item: u8) -> &[Label] {
        let found = self.0.options.iter().find(|options| options.are_of(item));
        found.map_or(&[], |options| &options.labels)
    }
}

impl Options {
    fn are_of(&self, item: u8) -> bool {
        self.items.is_empty() || self.items.contains(&item)
    }

    /// Whether these are the labels of all codes, ascending, or of both ends.
    fn fit(&self, (lowest, highest): (i16, i16)) -> bool {
        let codes: Vec<i16> = self.labels.iter().map(|label| label.code).collect();
        let named = self.labels.iter().all(|label| !label.label.trim().is_empty());
        named && (codes == [lowest, highest] || codes.iter().copied().eq(lowest..=highest))
    }
}

fn faults(definition: &WordingDefinition, instrument: &Instrument) -> Vec<WordingFault> {
    let mut faults = Vec::new();
    if definition.instrument != *instrument.id() {
        let (wanted, found) = (instrument.id().clone(), definition.instrument.clone());
        faults.push(WordingFault::OtherInstrument { wanted, found });
    }
    items(definition, instrument, &mut faults);
    if definition.credit.trim().is_empty() && instrument.rights().text != TextRights::Own {
        faults.push(WordingFault::NoCredit);
    }
    if definition.source.trim().is_empty() {
        faults.push(WordingFault::NoSource);
    }
    let leave = definition.permission.as_deref().is_some_and(|leave| !leave.trim().is_empty());
    if instrument.rights().text.must_ask() && !leave {
        faults.push(WordingFault::NoPermission { ask: instrument.rights().ask.clone() });
    }
    faults
}

fn items(definition: &WordingDefinition, instrument: &Instrument, faults: &mut Vec<WordingFault>) {
    let items = instrument.scoring().items();
    if definition.items.len() != usize::from(items) {
        faults.push(WordingFault::ItemCount { found: definition.items.len(), items });
    }
    for (text, item) in definition.items.iter().zip(1_u8..) {
        if text.trim().is_empty() {
            faults.push(WordingFault::Empty { item });
        }
    }
    let named = definition.options.iter().flat_map(|options| &options.items);
    for item in named.filter(|item| **item == 0 || items < **item) {
        faults.push(WordingFault::NoSuchItem { item: *item });
    }
    for item in 1..=items {
        let lists: Vec<_> =
            definition.options.iter().filter(|options| options.are_of(item)).collect();
        let (lowest, highest) = instrument.scoring().codes_of(item);
        match lists.as_slice() {
            [one] if one.fit((lowest, highest)) => {}
            [_] => faults.push(WordingFault::Codes { item, lowest, highest }),
            several => faults.push(WordingFault::Labels { item, found: several.len() }),
        }
    }
}

/// A file of this library.
struct Embedded {
    instrument: &'static str,
    language: &'static str,
    toml: &'static str,
}

#[cfg(any(feature = "text-public-domain", feature = "text-with-credit", feature = "text-own"))]
macro_rules! english {
    ($($id:literal)*) => {
        &[$(Embedded {
            instrument: $id,
            language: "en",
            toml: include_str!(concat!("../instruments/text/en/", $id, ".toml")),
        }),*]
    };
}

/// Works of a government that belong to everybody.
#[cfg(feature = "text-public-domain")]
const PUBLIC_DOMAIN: &[Embedded] = english! { "pcl-5" "pc-ptsd-5" };
#[cfg(not(feature = "text-public-domain"))]
const PUBLIC_DOMAIN: &[Embedded] = &[];

/// What may be shown and translated with its credit line.
#[cfg(feature = "text-with-credit")]
const WITH_CREDIT: &[Embedded] = english! {
    "phq-9" "phq-9-dx" "phq-8" "phq-2" "gad-7" "gad-2" "phq-4" "phq-15" "k6" "k10" "barc-10"
};
#[cfg(not(feature = "text-with-credit"))]
const WITH_CREDIT: &[Embedded] = &[];

/// Our own.
#[cfg(feature = "text-own")]
const OWN: &[Embedded] = english! { "circle-check-out" };
#[cfg(not(feature = "text-own"))]
const OWN: &[Embedded] = &[];

fn embedded() -> impl Iterator<Item = &'static Embedded> {
    [PUBLIC_DOMAIN, WITH_CREDIT, OWN].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_fits_its_instrument_and_its_rights() {
        for text in embedded() {
            let id: Code = text.instrument.parse().unwrap();
            let instrument = crate::built_in(&id).unwrap();
            let wording = Wording::from_toml(text.toml, &instrument);
            let wording = wording.unwrap_or_else(|error| panic!("{id}: {error:?}"));
            assert_eq!(wording.language(), text.language);
            assert!(!instrument.rights().text.must_ask(), "{id}");
            if instrument.rights().text != TextRights::Own {
                assert_eq!(wording.credit(), instrument.rights().credit, "{id}");
            }
        }
        for (list, rights) in [
            (PUBLIC_DOMAIN, TextRights::PublicDomain),
            (WITH_CREDIT, TextRights::WithCredit),
            (OWN, TextRights::Own),
        ] {
            for text in list {
                let instrument = crate::built_in(&text.instrument.parse().unwrap()).unwrap();
                assert_eq!(instrument.rights().text, rights, "{}", text.instrument);
            }
        }
    }
}
