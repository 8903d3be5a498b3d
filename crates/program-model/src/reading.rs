//! Turns a file in which nothing was found wrong into values.

use commons::{Code, Rule};

use crate::tree::Row;

/// Something a field of a file can be read as.
pub(crate) trait Value: Sized {
    /// The value, or nothing where the field is missing or holds something else.
    fn value(row: &Row<'_>, field: &str) -> Option<Self>;
}

/// Something a list of a file can be read as.
pub(crate) trait Element: Sized {
    /// All of them, or nothing where one of them cannot be read.
    fn all(row: &Row<'_>, field: &str) -> Option<Vec<Self>>;
}

impl<V: Value> Value for Option<V> {
    fn value(row: &Row<'_>, field: &str) -> Option<Self> {
        Some(V::value(row, field))
    }
}

impl<E: Element> Value for Vec<E> {
    fn value(row: &Row<'_>, field: &str) -> Option<Self> {
        E::all(row, field)
    }
}

impl Value for bool {
    /// What is not said is not so.
    fn value(row: &Row<'_>, field: &str) -> Option<Self> {
        Some(row.flag(field).unwrap_or(false))
    }
}

impl Value for String {
    fn value(row: &Row<'_>, field: &str) -> Option<Self> {
        row.words(field)
    }
}

impl Value for Code {
    fn value(row: &Row<'_>, field: &str) -> Option<Self> {
        row.code(field)
    }
}

impl Value for Rule {
    fn value(row: &Row<'_>, field: &str) -> Option<Self> {
        row.text(field)?.parse().ok()
    }
}

impl Element for Code {
    fn all(row: &Row<'_>, field: &str) -> Option<Vec<Self>> {
        Some(row.codes(field))
    }
}

impl Element for String {
    fn all(row: &Row<'_>, field: &str) -> Option<Vec<Self>> {
        Some(row.texts(field).into_iter().map(|(text, _)| text.to_owned()).collect())
    }
}

impl Element for u16 {
    fn all(row: &Row<'_>, field: &str) -> Option<Vec<Self>> {
        Some(row.wholes(field))
    }
}

impl Element for (Code, i64) {
    fn all(row: &Row<'_>, field: &str) -> Option<Vec<Self>> {
        let figures = row.figures(field).into_iter();
        figures.map(|(name, figure)| Some((name.parse().ok()?, figure))).collect()
    }
}

macro_rules! wholes {
    ($($number:ty)*) => {$(
        impl Value for $number {
            fn value(row: &Row<'_>, field: &str) -> Option<Self> {
                row.whole(field)
            }
        }
    )*};
}

wholes! { u8 u16 u32 i16 i64 }

/// Declares what a table of the file becomes: a field is read from the key of its name.
macro_rules! parts {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident { $( $(#[$note:meta])* pub $field:ident: $kind:ty, )* }
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name { $( $(#[$note])* pub $field: $kind, )* }

        impl $name {
            pub(crate) fn read(row: &crate::tree::Row<'_>) -> Option<Self> {
                Some(Self { $( $field: crate::reading::Value::value(row, stringify!($field))?, )* })
            }
        }

        impl crate::reading::Value for $name {
            fn value(row: &crate::tree::Row<'_>, field: &str) -> Option<Self> {
                Self::read(&row.row(field)?)
            }
        }

        impl crate::reading::Element for $name {
            fn all(row: &crate::tree::Row<'_>, field: &str) -> Option<Vec<Self>> {
                row.rows(field).iter().map(Self::read).collect()
            }
        }
    )*};
}

pub(crate) use parts;
