//! Small closed vocabularies: slots of the week, languages, topics, needs.
//!
//! A program numbers its own words; the words themselves belong to whoever asks.

use serde::{Deserialize, Serialize};

/// Why a number is none of a small vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("the number must be below {limit}, not {number}")]
pub struct FewError {
    /// The number that was given.
    pub number: u8,
    /// How many there may be.
    pub limit: u8,
}

impl commons::Refused for FewError {
    fn code(&self) -> &'static str {
        "formation.too-many-words"
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }
    fn rule(&self) -> Option<commons::Rule> {
        None
    }
    fn way_out(&self) -> &'static str {
        "number the slots, languages, topics and needs from nothing up, without gaps"
    }
}

macro_rules! few {
    ($(#[$one_doc:meta])* $one:ident, $(#[$many_doc:meta])* $many:ident($bits:ty)) => {
        $(#[$one_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "u8", into = "u8")]
        pub struct $one(
            // Invariant: below LIMIT.
            u8,
        );

        impl $one {
            /// How many a program may have.
            pub const LIMIT: u8 = {
                assert!(<$bits>::BITS <= 128);
                #[expect(clippy::cast_possible_truncation, reason = "at most 128, as was just seen")]
                { <$bits>::BITS as u8 }
            };

            /// The one of this number.
            ///
            /// # Errors
            ///
            /// [`FewError`] when there may not be so many.
            pub const fn new(number: u8) -> Result<Self, FewError> {
                if number < Self::LIMIT {
                    Ok(Self(number))
                } else {
                    Err(FewError { number, limit: Self::LIMIT })
                }
            }

            /// Its number.
            #[must_use]
            pub const fn number(self) -> u8 {
                self.0
            }
        }

        impl TryFrom<u8> for $one {
            type Error = FewError;
            fn try_from(number: u8) -> Result<Self, FewError> {
                Self::new(number)
            }
        }

        impl From<$one> for u8 {
            fn from(one: $one) -> Self {
                one.0
            }
        }

        $(#[$many_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $many($bits);

        impl $many {
            /// None at all.
            pub const NONE: Self = Self(0);

            /// Those whose bits are set.
            #[must_use]
            pub const fn of_bits(bits: $bits) -> Self {
                Self(bits)
            }

            /// With one more.
            #[must_use]
            pub const fn and(self, one: $one) -> Self {
                Self(self.0 | 1 << one.0)
            }

            /// Whether one is among them.
            #[must_use]
            pub const fn has(self, one: $one) -> bool {
                self.0 >> one.0 & 1 == 1
            }

            /// Whether there is none.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// How many there are.
            #[must_use]
            pub const fn len(self) -> u32 {
                self.0.count_ones()
            }

            /// Those of both.
            #[must_use]
            pub const fn shared(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// Whether all of them are among the other's.
            #[must_use]
            pub const fn within(self, other: Self) -> bool {
                self.0 & !other.0 == 0
            }

            /// Each, in the order of their numbers.
            pub fn iter(self) -> impl Iterator<Item = $one> {
                (0..$one::LIMIT).filter(move |n| self.0 >> n & 1 == 1).map($one)
            }
        }

        impl FromIterator<$one> for $many {
            fn from_iter<I: IntoIterator<Item = $one>>(ones: I) -> Self {
                ones.into_iter().fold(Self::NONE, Self::and)
            }
        }
    };
}

few! {
    /// A time of the week at which a circle can meet, by its number.
    Slot,
    /// Times of the week.
    Slots(u128)
}

few! {
    /// A language, by its number.
    Language,
    /// Languages that somebody speaks.
    Languages(u64)
}

few! {
    /// Something that people wish to share, or that a facilitator knows well, by its number.
    Topic,
    /// Topics.
    Topics(u64)
}

few! {
    /// Something that somebody cannot do without, such as a room without stairs, by its number.
    Need,
    /// Needs of a person, or those that a facilitator's room meets.
    Needs(u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_ends_at_its_limit() {
        assert_eq!(Slot::new(127).map(Slot::number), Ok(127));
        assert_eq!(Slot::new(128), Err(FewError { number: 128, limit: 128 }));
        assert_eq!(Language::new(64), Err(FewError { number: 64, limit: 64 }));
        assert!(serde_json::from_str::<Topic>("64").is_err());
    }

    #[test]
    fn what_two_people_share_is_in_both() {
        let slots = |numbers: &[u8]| numbers.iter().map(|n| Slot(*n)).collect::<Slots>();
        let (mary, joy) = (slots(&[1, 5, 127]), slots(&[5, 6, 127]));
        assert_eq!(mary.shared(joy), slots(&[127, 5]));
        assert!(mary.shared(joy).within(joy) && !mary.within(joy));
        assert_eq!(mary.iter().map(Slot::number).collect::<Vec<_>>(), [1, 5, 127]);
        assert_eq!(Slots::NONE.len(), 0);
    }
}
