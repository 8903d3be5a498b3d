//! One type for each kind of id, so that a member is never passed where a unit is meant.

use std::fmt;

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: 32 hexadecimal digits are wanted, with or without hyphens")]
pub struct IdError;

/// Makes an id type: 16 bytes, its own type, written as a UUID.
///
/// The caller brings the bytes. Ids of people and units are random (version 4),
/// since a time inside an id would say when somebody came; only event ids carry
/// their time (version 7).
///
/// ```
/// commons::id! {
///     /// A bench in a park.
///     pub struct BenchId;
/// }
/// let bench = BenchId::from_bytes([7; 16]);
/// assert_eq!(bench.to_string().parse::<BenchId>(), Ok(bench));
/// ```
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* pub struct $name:ident;) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            $crate::__private::serde::Serialize, $crate::__private::serde::Deserialize,
        )]
        #[serde(crate = "commons::__private::serde", transparent)]
        pub struct $name($crate::__private::uuid::Uuid);

        impl $name {
            /// The id made of these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self($crate::__private::uuid::Uuid::from_bytes(bytes))
            }

            /// Its 16 bytes.
            #[must_use]
            pub const fn bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// The number `n` as an id, for tests and examples.
            #[must_use]
            pub const fn number(n: u128) -> Self {
                Self($crate::__private::uuid::Uuid::from_u128(n))
            }

            /// A short code for people to say and write, such as `7F3K-Q`: twenty bits of the
            /// id and a check character. Two ids may share one; it finds, it does not identify.
            #[must_use]
            pub fn short(self) -> String {
                $crate::__private::short_code(self.bytes())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::IdError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| $crate::IdError)
            }
        }

        impl From<$crate::__private::uuid::Uuid> for $name {
            fn from(id: $crate::__private::uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for $crate::__private::uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        $crate::__id_schema!($name);
    };
}

#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! __id_schema {
    ($name:ident) => {
        impl $crate::__private::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(
                _: &mut $crate::__private::schemars::SchemaGenerator,
            ) -> $crate::__private::schemars::Schema {
                $crate::__private::schemars::json_schema!({ "type": "string", "format": "uuid" })
            }
        }
    };
}

#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __id_schema {
    ($name:ident) => {};
}

/// Crockford's thirty-two characters: no I, L, O or U, which are misread on paper.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Four characters of the last twenty bits and a check character over them.
#[must_use]
pub fn short_code(bytes: [u8; 16]) -> String {
    let [.., a, b, c] = bytes;
    let bits = (u32::from(a) << 16 | u32::from(b) << 8 | u32::from(c)) & 0xF_FFFF;
    let character =
        |value: u32| CROCKFORD.get((value & 31) as usize).copied().map_or('?', char::from);
    let mut code: String = [15, 10, 5, 0].iter().map(|shift| character(bits >> shift)).collect();
    code.push('-');
    // 37 would be Crockford's own divisor; 31 keeps the check inside the alphabet and still
    // catches every single wrong character and every swap of neighbours but one pair.
    code.push(character(bits % 31));
    code
}

// The macro names this crate by its path so that it also works here.
extern crate self as commons;

id! {
    /// An event: made in the order of time (UUID version 7), unique in every copy of the log.
    pub struct EventId;
}
id! {
    /// One incarnation of one store on one device.
    pub struct OriginId;
}
id! {
    /// A program: an organization's circles, people and papers in one place and language.
    pub struct ProgramId;
}
id! {
    /// A human being, known to the program. Never in a unit, a session or a score.
    pub struct PersonId;
}
id! {
    /// One enrolment of one person: the only name by which units, sessions and scores know them.
    pub struct MemberId;
}
id! {
    /// Whatever hosts sessions: a group, a case, a place or a class.
    pub struct UnitId;
}
id! {
    /// One occasion on which a unit meets.
    pub struct SessionId;
}
id! {
    /// A class: one run of a course.
    pub struct ClassId;
}
id! {
    /// A certificate or an authorization to lead.
    pub struct CertificateId;
}
id! {
    /// A matter that somebody must look after: an incident, a disclosure, an answer to follow up.
    pub struct MatterId;
}
id! {
    /// A referral from a keeper to a service.
    pub struct ReferralId;
}
id! {
    /// A service in the directory.
    pub struct ServiceId;
}
id! {
    /// An adopted document: a model, a rulebook, an agreement.
    pub struct DocumentId;
}

impl fmt::LowerHex for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::LowerHex::fmt(&self.0.simple(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_and_read_the_same() {
        let id = MemberId::number(0x1234_5678_9abc_def0_1234_5678_9abc_def0);
        assert_eq!(id.to_string(), "12345678-9abc-def0-1234-56789abcdef0");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("Jane".parse::<MemberId>(), Err(IdError));
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{id}\""));
    }

    #[test]
    fn a_short_code_shows_a_wrong_character() {
        let right = MemberId::number(0xABCDE).short();
        let wrong = MemberId::number(0xABCDF).short();
        assert_eq!(right.len(), 6);
        assert_ne!(right.chars().last(), wrong.chars().last());
    }
}
