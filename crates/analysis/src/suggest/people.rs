//! Who takes part: the tables that have one row for each person.

use super::About;
use super::lines::{Lines, column_name, quoted};
use super::roles::Roles;
use super::seen::Seen;

/// The tables of people, by their places: of the tables with one row for each person, those without
/// sheets and attendance, each of other people than those before it; or else one that tells more of
/// people than their answers.
pub(super) fn tables(about: &About<'_>) -> Vec<usize> {
    let one_row = |seen: &Seen, role: &Roles| {
        let column = role.person.as_ref().and_then(|guess| seen.column(guess.column));
        // Somebody may stand in it twice by mistake.
        column.is_some_and(|column| 10 * seen.rows <= 11 * column.sketch.distinct() + 10)
    };
    let has_more =
        |role: &Roles| role.unit.is_some() || !role.groupings.is_empty() || role.left.is_some();
    let all = about.each().filter(|(_, seen, role)| one_row(seen, role));
    let mut tables: Vec<usize> = Vec::new();
    for (place, _, role) in all.clone() {
        let is_list = !role.has_sheets()
            && role.attendance.is_none()
            && role.join.is_none()
            && role.found.unsure.is_empty();
        if is_list && tables.iter().all(|other| about.shared_people(place, *other) < 50) {
            tables.push(place);
        }
    }
    if tables.is_empty() {
        let telling = all.clone().find(|(_, _, role)| has_more(role));
        tables.extend(telling.map(|(place, ..)| place));
    }
    tables
}

/// The groupings that people of one table are told apart by: a name for each, and its column.
fn groupings_of(seen: &Seen, role: &Roles) -> Vec<(String, String)> {
    let mut groupings: Vec<(String, String)> = Vec::new();
    for column in role.groupings.iter().filter_map(|place| seen.column(*place)) {
        let name = code(&column.parsed.words().join("_"));
        if groupings.iter().all(|(known, _)| *known != name) {
            groupings.push((name, column.name.clone()));
        }
    }
    groupings
}

/// The names of the groupings of all tables of people.
pub(super) fn groupings(about: &About<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for (_, seen, role) in about.people() {
        for (name, _) in groupings_of(seen, role) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Words as a code.
fn code(words: &str) -> String {
    let code: String =
        words.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect();
    if code.is_empty() { "grouping".to_owned() } else { code }
}

pub(super) fn write(about: &About<'_>, lines: &mut Lines) {
    if about.people.is_empty() {
        lines.blank();
        lines.comment(
            "No table has one row for each person: whoever has a sheet or a mark takes part.",
        );
        for (_, seen, role) in about.each() {
            let told = role.unit.iter().chain(&role.groupings);
            let told: Vec<String> = told.map(|place| column_name(seen, *place)).collect();
            if !told.is_empty() {
                let line = format!("[[people]] file = {}", quoted(&seen.file));
                let but = match role.person {
                    Some(_) => "each stands in several rows",
                    None => "nothing says of whom",
                };
                lines.open(&line, &format!("{} tell of people, but {but}", told.join(", ")));
            }
        }
    }
    for (_, seen, role) in about.people() {
        table(seen, role, lines);
    }
}

fn table(seen: &Seen, role: &Roles, lines: &mut Lines) {
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
    let groupings = groupings_of(seen, role);
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
