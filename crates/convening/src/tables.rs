//! Lists as tables.

/// The columns of lists.
const COLUMNS: [&str; 20] = [
    "id",
    "code",
    "name",
    "place",
    "x",
    "y",
    "languages",
    "times",
    "topics",
    "needs",
    "company",
    "sex",
    "birth_year",
    "together",
    "apart",
    "barred",
    "ready",
    "circles",
    "circle",
    "line",
];

/// Whether lists have a column of this name already.
pub(crate) fn is_column(word: &str) -> bool {
    COLUMNS.contains(&word)
}
