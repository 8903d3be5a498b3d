//! One answer as other languages write it.

use serde::{Deserialize, Deserializer, de};

/// An answer, whatever stands in its place: one that cannot be read takes no other with it, and no
/// safety item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// Nothing was ticked.
    Missing,
    /// A raw code of any size, so that one out of range is told as it came.
    Code(i64),
    /// No code: a text, half a number, yes or no.
    NoWholeNumber,
    /// A whole number that no sheet holds and no 64 bits do.
    TooLarge,
}

/// Below it every whole number is kept exactly where it is written with a point.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Item;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number, or null for a missing answer")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Item, E> {
                Ok(Item::Missing)
            }
            fn visit_none<E: de::Error>(self) -> Result<Item, E> {
                Ok(Item::Missing)
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Item, D::Error> {
                deserializer.deserialize_any(self)
            }
            fn visit_i64<E: de::Error>(self, code: i64) -> Result<Item, E> {
                Ok(Item::Code(code))
            }
            fn visit_u64<E: de::Error>(self, code: u64) -> Result<Item, E> {
                Ok(i64::try_from(code).map_or(Item::TooLarge, Item::Code))
            }
            fn visit_f64<E: de::Error>(self, code: f64) -> Result<Item, E> {
                // Other languages write 2 as 2.0. Half an answer is none.
                if code.fract() != 0.0 || !code.is_finite() {
                    return Ok(Item::NoWholeNumber);
                }
                if code.abs() < EXACT {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "whole and small enough, as checked"
                    )]
                    return Ok(Item::Code(code as i64));
                }
                Ok(Item::TooLarge)
            }
            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Item, E> {
                Ok(Item::NoWholeNumber)
            }
            fn visit_str<E: de::Error>(self, _: &str) -> Result<Item, E> {
                Ok(Item::NoWholeNumber)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Item, A::Error> {
                while seq.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(Item::NoWholeNumber)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
                while map.next_entry::<de::IgnoredAny, de::IgnoredAny>()?.is_some() {}
                Ok(Item::NoWholeNumber)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
