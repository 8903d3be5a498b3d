//! The words a table of tables is written in: what a model file may hold.
//!
//! One description serves three readers: the walker that checks a file, the differences between
//! two files, and the JSON Schema.

/// A table of the file.
#[derive(Debug)]
pub(crate) struct Table {
    /// What it is called in the schema.
    pub(crate) name: &'static str,
    /// What it says.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema prints it"))]
    pub(crate) about: &'static str,
    /// The field by which the rows of a list are told apart, or nothing.
    pub(crate) label: &'static str,
    /// What it may hold.
    pub(crate) fields: &'static [Field],
}

/// A field of a table.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its key.
    pub(crate) name: &'static str,
    /// What it means, with its unit.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema prints it"))]
    pub(crate) about: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it must be there.
    pub(crate) needed: bool,
}

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Text for people, at most so many characters.
    Words(usize),
    /// A harmless short code.
    Code,
    /// The id of a rule.
    Rule,
    /// A day, `YYYY-MM-DD`, in quotes.
    Date,
    /// A whole number, both ends included.
    Whole(i64, i64),
    /// True or false.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of such values.
    List(&'static Kind),
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Rows(&'static Table),
    /// A list of tables of which each is one of these, told apart by its field `when`.
    Cases(&'static [Table]),
    /// A table of codes and whole numbers.
    Figures,
    /// Where the figures of this table come from.
    Basis,
}

impl Table {
    /// The field of a name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Kind {
    /// What is wanted, in words.
    pub(crate) const fn wanted(&self) -> &'static str {
        match self {
            Self::Words(_) | Self::Code | Self::Rule | Self::Date | Self::OneOf(_) => {
                "text in quotes"
            }
            Self::Whole(..) => "a whole number",
            Self::Flag => "true or false",
            Self::List(_) => "a list in square brackets",
            Self::Table(_) | Self::Figures => "a table",
            Self::Rows(_) | Self::Cases(_) => "a list of tables",
            Self::Basis => "text in quotes, or a table of field names and texts",
        }
    }

    /// Whether it is a parameter, which has to say what it rests on.
    pub(crate) const fn is_parameter(&self) -> bool {
        match self {
            Self::Whole(..) | Self::Flag | Self::OneOf(_) | Self::List(_) | Self::Figures => true,
            Self::Words(_)
            | Self::Code
            | Self::Rule
            | Self::Date
            | Self::Table(_)
            | Self::Rows(_)
            | Self::Cases(_)
            | Self::Basis => false,
        }
    }
}

/// A field that must be there.
pub(crate) const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, about, kind, needed: true }
}

/// A field that may be there.
pub(crate) const fn allowed(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, about, kind, needed: false }
}
