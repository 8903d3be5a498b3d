//! Who takes part: the tables that have one row for each person.

use super::About;
use super::lines::{Lines, column_name, quoted};
use super::roles::Roles;
use super::seen::Seen;

/// The table of people, where there is one: of the tables with one row for each person, one
/// without sheets and attendance, or else one that tells more of people than their answers.
fn table<'a>(about: &About<'a>) -> Option<(&'a Seen, &'a Roles)> {
    let one_row = |seen: &Seen, role: &Roles| {
        let column = role.person.as_ref().and_then(|guess| seen.column(guess.column));
        // Somebody may stand in it twice by mistake.
        column.is_some_and(|column| 10 * seen.rows <= 11 * column.sketch.distinct() + 10)
    };
    let has_more =
        |role: &Roles| role.unit.is_some() || !role.groupings.is_empty() || role.left.is_some();
    let all = about.each().filter(|(_, seen, role)| one_row(seen, role));
    let only = all.clone().find(|(_, _, role)| {
        !role.has_sheets()
            && role.attendance.is_none()
            && role.join.is_none()
            && role.found.unsure.is_empty()
    });
    only.or_else(|| all.clone().find(|(_, _, role)| has_more(role)))
        .map(|(_, seen, role)| (seen, role))
}

/// The groupings that people are told apart by: a name for each, and its column.
pub(super) fn groupings(about: &About<'_>) -> Vec<(String, String)> {
    let Some((seen, role)) = table(about) else { return Vec::new() };
    let columns = role.groupings.iter().filter_map(|place| seen.column(*place));
    columns.map(|column| (code(&column.parsed.words().join("_")), column.name.clone())).collect()
}

/// Words as a code.
fn code(words: &str) -> String {
    let code: String =
        words.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
    if code.is_empty() { "grouping".to_owned() } else { code }
}

pub(super) fn write(about: &About<'_>, lines: &mut Lines) {
    let Some((seen, role)) = table(about) else {
        lines.blank();
        lines.comment(
            "No table has one row for each person: whoever has a sheet or a mark takes part.",
        );
        for (_, seen, role) in about.each() {
            let told = role.unit.iter().chain(&role.groupings);
            let told: Vec<String> = told.map(|place| column_name(seen, *place)).collect();
            if !told.is_empty() {
                let line = format!("[[people]] file = {}", quoted(&seen.file));
                lines.open(
                    &line,
                    &format!("{} tell of people, but each stands in several rows", told.join(", ")),
                );
            }
        }
        return;
    };
    lines.blank();
    lines.line("[[people]]");
    lines.file(seen);
    lines.person(seen, role);
    if let Some(unit) = role.unit {
        lines.column("unit", seen, unit, "by its name");
    } else {
        lines.open("unit = ", "no column says which circle; without it nothing is told of circles");
    }
    if let Some(joined) = role.joined {
        lines.column("joined", seen, joined, "by its name; numbers of sessions");
    }
    if let Some(left) = role.left {
        lines.column("left", seen, left, "by its name; numbers of sessions");
    }
    let groupings = groupings(about);
    if !groupings.is_empty() {
        let pairs: Vec<String> =
            groupings.iter().map(|(name, column)| format!("{name} = {}", quoted(column))).collect();
        lines.guess(
            &format!("groupings = {{ {} }}", pairs.join(", ")),
            "columns of few texts, by their names",
        );
    }
    if let Some(name) = role.name {
        lines.column(
            "name",
            seen,
            name,
            "only compared, to find people who stand in it twice; never kept or shown",
        );
    }
    for place in &role.perhaps {
        let few =
            seen.column(*place).and_then(|column| column.texts()).map_or(0, |texts| texts.len());
        let line = format!("groupings: {} = ", column_name(seen, *place));
        lines.open(
            &line,
            &format!("{few} different texts; a grouping, if they are no names of people"),
        );
    }
}
