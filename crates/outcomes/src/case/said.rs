//! What an answer says: a small tree that keeps its order.

use serde::{Serialize, Serializer, ser::SerializeMap};

/// One value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Null,
    Flag(bool),
    Whole(i64),
    Real(f64),
    Word(String),
    List(Vec<Said>),
    Object(Vec<(String, Said)>),
}

impl Said {
    pub(super) fn word(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

/// An object of these keys.
pub(super) fn object<'a>(lines: impl IntoIterator<Item = (&'a str, Said)>) -> Said {
    Said::Object(lines.into_iter().map(|(key, said)| (key.to_owned(), said)).collect())
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Real(number) => serializer.serialize_f64(*number),
            Self::Word(word) => serializer.serialize_str(word),
            Self::List(list) => list.serialize(serializer),
            Self::Object(lines) => {
                let mut map = serializer.serialize_map(Some(lines.len()))?;
                for (key, said) in lines {
                    map.serialize_entry(key, said)?;
                }
                map.end()
            }
        }
    }
}
