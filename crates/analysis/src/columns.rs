//! Which column a plan means.

use interchange::Row;

use crate::plan::nearest;

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// The place of a column.
    At(usize),
    /// No column.
    Nowhere,
    /// Two that could be meant.
    Between(usize, usize),
}

/// The column of a name: the one that is called so, else the only one whose path of groups ends so:
/// `survey/phq/phq_1` answers to `phq_1` and to `phq/phq_1`.
pub(crate) fn find(names: &[String], wanted: &str) -> Found {
    let wanted = wanted.trim();
    let exact = only(names, |name| name == wanted);
    if exact != Found::Nowhere {
        return exact;
    }
    let ends = |name: &str| name.strip_suffix(wanted).is_some_and(|path| path.ends_with('/'));
    if wanted.is_empty() { Found::Nowhere } else { only(names, ends) }
}

/// The column that is called nearly so, from 1: what the file calls it may be somebody's own words. 0 where none is.
pub(crate) fn like(names: &[String], wanted: &str) -> usize {
    let last = |name: &str| name.rsplit('/').next().unwrap_or_default().trim().to_lowercase();
    let plain: Vec<String> = names.iter().map(|name| last(name)).collect();
    // The column of one question is not that of the next.
    let numbers = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let wanted = last(wanted);
    let number = numbers(&wanted);
    let words = plain.iter().map(String::as_str).filter(|name| numbers(name) == number);
    let found = nearest(&wanted, words);
    let place = found.and_then(|found| plain.iter().position(|name| *name == found));
    place.map_or(0, |place| place + 1)
}

fn only(names: &[String], is: impl Fn(&str) -> bool) -> Found {
    let mut places = (0..).zip(names).filter(|(_, name)| is(name)).map(|(place, _)| place);
    match (places.next(), places.next()) {
        (None, _) => Found::Nowhere,
        (Some(only), None) => Found::At(only),
        (Some(first), Some(second)) => Found::Between(first, second),
    }
}

/// A column of answers: a column of its own, or one of the choices that another lists (`sleep food`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) column: usize,
    pub(crate) choice: Option<String>,
}

/// The column of an item. What is called `need/sleep` is looked for as a column of 0 and 1, and then as
/// the choice `sleep` of the column `need`: exports write a question of several choices in both ways.
pub(crate) fn find_item(names: &[String], wanted: &str) -> Result<Item, Found> {
    match find(names, wanted) {
        Found::At(column) => Ok(Item { column, choice: None }),
        Found::Nowhere => {
            let parts = wanted.trim().rsplit_once('/');
            let found = parts.map(|(list, choice)| (find(names, list), choice));
            match found {
                Some((Found::At(column), choice)) => {
                    Ok(Item { column, choice: Some(choice.to_owned()) })
                }
                Some((other, _)) => Err(other),
                None => Err(Found::Nowhere),
            }
        }
        between @ Found::Between(..) => Err(between),
    }
}

/// A cell without spaces around it, quickly where it has none.
#[inline]
pub(crate) fn trimmed(row: Row<'_>, column: usize) -> &[u8] {
    let bytes = row.bytes(column);
    match bytes {
        [] => bytes,
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_graphic() => bytes,
        [only] if only.is_ascii_alphanumeric() => bytes,
        _ => spaced(row, column),
    }
}

/// The same of a cell that may have spaces.
#[cold]
fn spaced(row: Row<'_>, column: usize) -> &[u8] {
    row.cell(column).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_answers_to_the_end_of_its_path() {
        let names = ["_id", "consent/pid", "phq/phq_1", "end/phq/phq_1", "a/x", "b/x", "y", "c/y"];
        let names = names.map(str::to_owned);
        let check = |wanted, want| assert_eq!(find(&names, wanted), want, "{wanted}");
        check("pid", Found::At(1));
        check("phq/phq_1", Found::At(2));
        check("end/phq/phq_1", Found::At(3));
        check("x", Found::Between(4, 5));
        check("y", Found::At(6));
        check("id", Found::Nowhere);
        check("", Found::Nowhere);
    }

    #[test]
    fn a_column_that_is_called_nearly_so_is_known_by_its_number() {
        let names = ["grp/PID", "wave", "q1"].map(str::to_owned);
        for (wanted, want) in [("pdi", 1), ("Wave", 2), ("grp/Q_1", 3), ("q2", 0), ("district", 0)]
        {
            assert_eq!(like(&names, wanted), want, "{wanted}");
        }
    }

    #[test]
    fn a_choice_is_a_column_or_in_a_list() {
        let wide = ["need/sleep", "need/food"].map(str::to_owned);
        assert_eq!(find_item(&wide, "need/food"), Ok(Item { column: 1, choice: None }));
        let list = ["grp/need"].map(str::to_owned);
        let food = Item { column: 0, choice: Some("food".to_owned()) };
        assert_eq!(find_item(&list, "need/food"), Ok(food));
        assert_eq!(find_item(&list, "other"), Err(Found::Nowhere));
    }
}
