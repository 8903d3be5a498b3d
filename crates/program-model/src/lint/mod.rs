//! What a file may get wrong though every single value in it is well formed.

mod agenda;
mod measures;
mod names;
mod people;
mod rules;
mod sources;
mod time;

use crate::{
    fault::Fault,
    tree::{Row, Spot},
    walk::{Findings, nearest},
};

/// Notes whatever does not hold together in a file.
pub(crate) fn lint(root: &Row<'_>, findings: &mut Findings<'_>) {
    sources::lint(root, findings);
    people::lint(root, findings);
    time::lint(root, findings);
    agenda::lint(root, findings);
    measures::lint(root, findings);
    names::lint(root, findings);
    rules::lint(root, findings);
}

/// The names by which the rows of a list are told apart.
fn labels<'t>(root: &Row<'t>, list: &str, label: &str) -> Vec<&'t str> {
    root.rows(list).iter().filter_map(|row| row.text(label)).collect()
}

/// Notes a name that is not among those there are.
fn among(what: &'static str, name: &str, known: &[&str], spot: Spot, findings: &mut Findings<'_>) {
    if !known.contains(&name) {
        let meant = nearest(name, known.iter().copied());
        findings.add(spot, Fault::NoSuch { what, name: name.to_owned(), meant });
    }
}

/// Notes two figures of a row that stand in the wrong order. A missing one is no matter.
fn ordered(row: &Row<'_>, less: &'static str, more: &'static str, findings: &mut Findings<'_>) {
    let (Some(a), Some(b)) = (row.whole::<i64>(less), row.whole::<i64>(more)) else { return };
    if b < a {
        findings.add(row.spot_of(less), Fault::Order { less, a, more, b });
    }
}

/// Notes a figure that is greater than a figure of another row.
fn at_most(
    (row, less): (&Row<'_>, &'static str),
    (other, more): (&Row<'_>, &'static str),
    findings: &mut Findings<'_>,
) {
    let (Some(a), Some(b)) = (row.whole::<i64>(less), other.whole::<i64>(more)) else { return };
    if b < a {
        findings.add(row.spot_of(less), Fault::Order { less, a, more, b });
    }
}

/// Notes parts that do not add up to a total.
fn adds_up(what: &'static str, parts: &[i64], total: i64, spot: Spot, findings: &mut Findings<'_>) {
    let sum = parts.iter().fold(0_i64, |sum, part| sum.saturating_add(*part));
    if sum != total {
        findings.add(spot, Fault::Sum { what, sum, total });
    }
}
