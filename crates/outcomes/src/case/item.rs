//! One answer as other languages write it.

use serde::{Deserialize, Deserializer, de};

/// A raw code of any size, so that one out of range is told as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item(pub(super) Option<i64>);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Item;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a whole number, or null for a missing answer")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Item, E> {
                Ok(Item(None))
            }
            fn visit_none<E: de::Error>(self) -> Result<Item, E> {
                Ok(Item(None))
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Item, D::Error> {
                deserializer.deserialize_any(self)
            }
            fn visit_i64<E: de::Error>(self, code: i64) -> Result<Item, E> {
                Ok(Item(Some(code)))
            }
            fn visit_u64<E: de::Error>(self, code: u64) -> Result<Item, E> {
                Ok(Item(Some(i64::try_from(code).unwrap_or(i64::MAX))))
            }
            fn visit_f64<E: de::Error>(self, code: f64) -> Result<Item, E> {
                // Other languages write 2 as 2.0. Half an answer is none.
                if code.fract() == 0.0 && code.abs() < f64::from(i32::MAX) {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "whole and small, as checked"
                    )]
                    return Ok(Item(Some(code as i64)));
                }
                Err(E::invalid_value(de::Unexpected::Float(code), &self))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
