//! What is sealed: the only types of this crate that hold people's words.

use commons::{Code, DataClass, MemberId, PersonId};
use event_log::KeyId;
use outcomes::ItemAnswers;
use serde::{Deserialize, Serialize};

/// Who somebody is. Sealed with the person's key, class 3.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// The name, as it was said or written.
    pub name: String,
    /// The year of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_year: Option<u16>,
    /// The sex, as the program's form words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Code>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The language, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Code>,
    /// The village or quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The number that another list gives them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity([private])")
    }
}

/// Which person an enrolment is of. Sealed with the key of the enrolment, class 3; destroying
/// that key unlinks everything that is kept under the enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The person.
    pub person: PersonId,
}

/// Which other record is of the same human. Sealed with the key of one of the two, class 3: the log
/// shows that somebody has two records, and not which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamePerson {
    /// The other record.
    pub other: PersonId,
}

/// What a unit is called and where it meets. Sealed with the unit's key, class 2.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnitWords {
    /// Its name.
    pub name: String,
    /// Where it meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl std::fmt::Debug for UnitWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnitWords([private])")
    }
}

/// The answers of a sheet, item by item. Sealed with the member's key, class 9 or 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetWords {
    /// The instrument.
    pub instrument: Code,
    /// The answers.
    pub answers: ItemAnswers,
}

/// Why somebody did not come. Sealed with the member's key, class 7.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonWords {
    /// Who.
    pub member: MemberId,
    /// The reason, as it was given.
    pub reason: String,
}

impl std::fmt::Debug for ReasonWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReasonWords([private])")
    }
}

/// A part to seal: for whom, of which class, and what.
#[derive(Clone, PartialEq, Eq)]
pub struct ToSeal {
    /// The key of its owner.
    pub owner: KeyId,
    /// Its class.
    pub class: DataClass,
    /// Its JSON.
    pub json: Vec<u8>,
}

impl ToSeal {
    /// A part of these words.
    ///
    /// # Errors
    ///
    /// None in practice: words are written as JSON.
    pub fn new<W: Serialize>(
        owner: KeyId,
        class: DataClass,
        words: &W,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self { owner, class, json: serde_json::to_vec(words)? })
    }
}

impl std::fmt::Debug for ToSeal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ToSeal({:?}, [private])", self.class)
    }
}

/// Whom a referral or a matter is about. Sealed with the member's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLink {
    /// The enrolment.
    pub member: MemberId,
}
