//! The closed vocabularies of a model file.

mod care;
mod people;
mod results;
mod rules;
mod shape;

pub use care::{Asked, Before, Charter, Gravity, Lateness, LoadOf, Support};
pub use people::{ActivityKind, Membership, Refill, RoleKind, Scope, SegmentKind, Special, Stance};
pub use results::{Anchor, Answering, Export, Purpose, Rewards, Rights, ToMember};
pub use rules::{Keeping, Level, Stands};
pub use shape::{About, Shape, State};

/// A word of a closed vocabulary.
pub(crate) trait Word: Copy {
    /// The value that a word stands for.
    fn of(word: &str) -> Option<Self>;
}

/// Declares vocabularies: each an enum, and the words by which a file writes it.
macro_rules! words {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$note:meta])* $variant:ident = $word:literal, )* }
    )*) => {$(
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name { $( $(#[$note])* #[serde(rename = $word)] $variant, )* }

        impl $name {
            /// Every one, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The words of all of them, as a model file writes them.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// Its word in a model file.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl crate::reading::Value for $name {
            fn value(row: &crate::tree::Row<'_>, field: &str) -> Option<Self> {
                row.choice(field)
            }
        }

        impl crate::reading::Element for $name {
            fn all(row: &crate::tree::Row<'_>, field: &str) -> Option<Vec<Self>> {
                Some(row.choices(field))
            }
        }

        impl crate::words::Word for $name {
            fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    )*};
}

pub(crate) use words;
