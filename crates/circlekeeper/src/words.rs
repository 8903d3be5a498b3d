//! What is sealed: the only types of this crate that hold people's words.

use std::collections::{BTreeMap, BTreeSet};

use circle_formation::Company;
use circle_model::FreeTime;
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

/// What somebody says of when, where and among whom they can sit in a circle, or lead one. Sealed with the member's key, class 3.
///
/// What is not said is empty.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// The village or quarter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where on the program's own map, in its units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<(i32, i32)>,
    /// The languages they speak.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub languages: BTreeSet<Code>,
    /// When they are free.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<FreeTime>,
    /// What they wish to share, or know well.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub topics: BTreeSet<Code>,
    /// What they cannot do without, or what the room they lead in has.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub needs: BTreeSet<Code>,
    /// Whether they wish to sit among their own sex.
    #[serde(skip_serializing_if = "is_any")]
    pub company: Company,
    /// What they are in the program's own aspects, such as `generation = "elder"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub aspects: BTreeMap<Code, Code>,
    /// With whom they always lead: the word of their team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Code>,
    /// How many circles they can lead at once; one where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circles: Option<u8>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_any(company: &Company) -> bool {
    *company == Company::Any
}

impl std::fmt::Debug for Wishes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wishes([private])")
    }
}

/// Whom somebody never sits with, or is to sit with. Sealed with the key of one of the two, class 4: the log shows that
/// something is so, and neither which nor with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyWords {
    /// Which of the two.
    pub pair: Pair,
    /// The other.
    pub other: PersonId,
}

/// What holds between two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pair {
    /// They never sit in one circle, nor does one lead a circle of the other (PG-09).
    Apart,
    /// They wish to sit together, such as those who were referred together.
    Together,
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
