//! The figures of a refusal by their names, so that it can be said in any language.

use std::fmt;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A figure of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// A count or another whole number; of a list, how many it holds.
    Number(i64),
    /// A day, an id or a code; `none` where there is no figure. Never a name, and never anybody's words.
    Text(String),
}

impl From<u64> for Figure {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<String> for Figure {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The figures of a refusal, by the names of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures(Vec<(&'static str, Figure)>);

impl Figures {
    /// The fields of an error, read as serde writes them: whatever the error says by its `Display`,
    /// a message of another language can say too.
    ///
    /// ```
    /// use commons::{Figure, Figures};
    ///
    /// #[derive(serde::Serialize)]
    /// enum SeatError {
    ///     Full { most: u16 },
    /// }
    /// let figures = Figures::of(&SeatError::Full { most: 7 });
    /// assert_eq!(figures.get("most"), Some(&Figure::Number(7)));
    /// ```
    #[must_use]
    pub fn of(error: &impl Serialize) -> Self {
        let mut figures = Self::default();
        // Invariant: reading never fails; what is no figure is passed over.
        let _ = error.serialize(Reader { into: &mut figures.0, name: None });
        figures
    }

    /// With one more.
    #[must_use]
    pub fn and(mut self, name: &'static str, figure: impl Into<Figure>) -> Self {
        self.0.push((name, figure.into()));
        self
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Figure> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, figure)| figure)
    }

    /// Each with its name, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Figure)> {
        self.0.iter().map(|(name, figure)| (*name, figure))
    }
}

/// Reads one value: the error itself while there is no name yet, else one of its fields.
struct Reader<'a> {
    into: &'a mut Vec<(&'static str, Figure)>,
    name: Option<&'static str>,
}

impl<'a> Reader<'a> {
    fn put(self, figure: Figure) -> Result<(), fmt::Error> {
        if let Some(name) = self.name {
            self.into.push((name, figure));
        }
        Ok(())
    }

    fn inside(self) -> Inside<'a> {
        Inside { into: self.into, name: self.name, count: 0 }
    }
}

/// Reads what is inside of a value: the fields of the error, or the length of a list in it.
struct Inside<'a> {
    into: &'a mut Vec<(&'static str, Figure)>,
    name: Option<&'static str>,
    count: i64,
}

impl Inside<'_> {
    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        match self.name {
            None => value.serialize(Reader { into: self.into, name: Some(name) }),
            Some(_) => Ok(()),
        }
    }

    fn element(&mut self) -> Result<(), fmt::Error> {
        self.count += 1;
        Ok(())
    }

    fn counted(self) -> Result<(), fmt::Error> {
        Reader { into: self.into, name: self.name }.put(Figure::Number(self.count))
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty),*) => {
        $(fn $method(self, number: $type) -> Result<(), fmt::Error> {
            self.put(Figure::Number(i64::try_from(number).unwrap_or(i64::MAX)))
        })*
    };
}

macro_rules! texts {
    ($($method:ident $type:ty),*) => {
        $(fn $method(self, text: $type) -> Result<(), fmt::Error> {
            self.put(Figure::Text(text.to_string()))
        })*
    };
}

impl<'a> Serializer for Reader<'a> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Inside<'a>;

    numbers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );
    texts!(serialize_bool bool, serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_str &str);

    fn serialize_bytes(self, _: &[u8]) -> Result<(), fmt::Error> {
        Ok(())
    }
    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.put(Figure::Text("none".to_owned()))
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), fmt::Error> {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), fmt::Error> {
        Ok(())
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), fmt::Error> {
        self.put(Figure::Text(variant.to_owned()))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, fmt::Error> {
        Ok(self.inside())
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, fmt::Error> {
        Ok(self.inside())
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, fmt::Error> {
        Ok(self.inside())
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, fmt::Error> {
        Ok(self.inside())
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, fmt::Error> {
        Ok(self.inside())
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, fmt::Error> {
        Ok(self.inside())
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, fmt::Error> {
        // Of a value with parts of its own, a field says which kind it is.
        if let Some(name) = self.name {
            self.into.push((name, Figure::Text(variant.to_owned())));
        }
        Ok(self.inside())
    }
}

macro_rules! elements {
    ($($kind:ident $method:ident),*) => {
        $(impl $kind for Inside<'_> {
            type Ok = ();
            type Error = fmt::Error;
            fn $method<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
                self.element()
            }
            fn end(self) -> Result<(), fmt::Error> {
                self.counted()
            }
        })*
    };
}

elements!(
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
);

impl SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
        self.element()
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }
    fn end(self) -> Result<(), fmt::Error> {
        self.counted()
    }
}

macro_rules! fields {
    ($($kind:ident),*) => {
        $(impl $kind for Inside<'_> {
            type Ok = ();
            type Error = fmt::Error;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), fmt::Error> {
                self.field(name, value)
            }
            fn end(self) -> Result<(), fmt::Error> {
                Ok(())
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[derive(serde::Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Wrapped { depth: u8 },
    }

    #[derive(serde::Serialize)]
    enum Refusal {
        Nothing,
        Full { most: u16, role: Code, kind: Kind, other: Kind, slots: Vec<Kind>, day: Option<u8> },
        Of(Box<Refusal>),
    }

    #[test]
    fn fields_are_figures_by_their_names() {
        let full = || Refusal::Full {
            most: 7,
            role: Code::of("member"),
            kind: Kind::Plain,
            other: Kind::Wrapped { depth: 1 },
            slots: vec![Kind::Plain, Kind::Plain],
            day: None,
        };
        let want = [
            ("most", Figure::Number(7)),
            ("role", Figure::Text("member".into())),
            ("kind", Figure::Text("plain".into())),
            ("other", Figure::Text("wrapped".into())),
            ("slots", Figure::Number(2)),
            ("day", Figure::Text("none".into())),
        ];
        for refusal in [full(), Refusal::Of(Box::new(full()))] {
            let figures = Figures::of(&refusal);
            let found: Vec<_> =
                figures.iter().map(|(name, figure)| (name, figure.clone())).collect();
            assert_eq!(found, want);
        }
        assert_eq!(Figures::of(&Refusal::Nothing), Figures::default());
    }
}
