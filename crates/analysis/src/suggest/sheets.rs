//! Answers and totals: which columns, of which instrument, when.

use std::collections::BTreeSet;

use super::About;
use super::labels::{Meaning, Texts};
use super::lines::{Lines, column_name, pattern, quoted, several};
use super::roles::Roles;
use super::runs::{Could, Run, Total, Unsure};
use super::seen::{Column, Seen, whole};
use super::stage::Stage;

pub(super) fn write(about: &About<'_>, lines: &mut Lines) {
    for (place, seen, role) in about.each() {
        if role.has_sheets() {
            table(about, (place, seen, role), lines);
        }
        if !role.found.unsure.is_empty() {
            perhaps(about, (place, seen, role), lines);
        }
    }
}

fn table(about: &About<'_>, (place, seen, role): (usize, &Seen, &Roles), lines: &mut Lines) {
    lines.blank();
    lines.line("[[sheets]]");
    lines.file(seen);
    who(about, seen, role, lines);
    when(about, (place, role), lines);
    newest(about, (place, seen, role), lines);
    join(about, seen, role, lines);
    lines.indent(2);
    let computed: BTreeSet<(&str, Option<Stage>)> =
        role.found.runs.iter().map(|run| (run.instrument.id().as_str(), run.stage)).collect();
    for run in &role.found.runs {
        items(about, place, seen, run, lines);
    }
    for total in &role.found.totals {
        let is_computed = computed.contains(&(total.instrument.id().as_str(), total.stage));
        self::total(about, place, seen, total, is_computed, lines);
    }
    lines.indent(0);
}

fn who(about: &About<'_>, seen: &Seen, role: &Roles, lines: &mut Lines) {
    let parent =
        role.join.as_ref().and_then(|join| Some((about.files.get(join.file)?, join.person?)));
    match (&role.person, parent) {
        (None, Some((parent, person))) => {
            let why = format!("a column of {}, by the join below", parent.file);
            lines.column("person", parent, person, &why);
        }
        _ => lines.person(seen, role),
    }
}

fn when(about: &About<'_>, (place, role): (usize, &Roles), lines: &mut Lines) {
    if let Some((file, wave)) = about.wave_column(place) {
        let Some(told) = about.files.get(file) else { return };
        lines.column("timepoint_in", told, wave, "by its name and its few texts");
        let answers = about.wave_answers(place);
        let pairs: Vec<String> = answers
            .iter()
            .map(|(answer, stage)| {
                format!("{} = {}", quoted(answer), quoted(&about.stages.code(*stage)))
            })
            .collect();
        lines.guess(&format!("timepoints = {{ {} }}", pairs.join(", ")), "by what the texts say");
        let texts = told.column(wave).and_then(|column| column.answers(12)).unwrap_or_default();
        let untold =
            texts.iter().filter(|(text, _)| !answers.iter().any(|(answer, _)| answer == text));
        for (text, times) in untold.filter(|(_, times)| 3 <= *times) {
            lines.open(
                &format!("timepoints: {} = ", quoted(text)),
                &format!("in {}; which wave is it?", several(*times, "row")),
            );
        }
    } else if let Some(stage) = about.fixed_stage(place) {
        let why = match (role.stage, about.said_by_names(place).iter().any(Option::is_some)) {
            (Some(_), _) => "by the name of the file or sheet",
            (None, true) => "of the columns whose names do not say it",
            (None, false) => {
                "nothing says which; files are taken in the order in which they were named"
            }
        };
        lines.guess(&format!("timepoint = {}", quoted(&about.stages.code(stage))), why);
    }
}

fn newest(about: &About<'_>, (place, seen, role): (usize, &Seen, &Roles), lines: &mut Lines) {
    let waves = about.wave_answers(place).len().max(1) as u64;
    let most = role.person.as_ref().and_then(|guess| seen.column(guess.column));
    let most = most.map_or(0, |column| u64::from(column.sketch.most_often()));
    let again = waves < most && role.join.is_none();
    let read = role.sent.filter(|sent| seen.column(*sent).is_some_and(Column::is_iso));
    match role.sent {
        Some(sent) if read.is_none() && again => lines.open(
            &format!("newest_by = {}", column_name(seen, sent)),
            &format!("somebody stands in {}, more than there are waves ({waves}); its days are read where they are written as 2026-03-31 or 2026-03-31 10:00", several(most, "row")),
        ),
        Some(_) if read.is_none() => {}
        Some(sent) if again => lines.column("newest_by", seen, sent, "somebody stands in more rows than there are waves: of several the newest counts"),
        Some(sent) => lines.column("newest_by", seen, sent, "of several sheets of one person and wave the newest counts"),
        None if again => lines.open("newest_by = ", &format!("somebody stands in {}, more than there are waves ({waves}): name a column of the time of sending, or take the others out", several(most, "row"))),
        None => {}
    }
}

fn join(about: &About<'_>, seen: &Seen, role: &Roles, lines: &mut Lines) {
    let Some((join, parent)) =
        role.join.as_ref().and_then(|join| Some((join, about.files.get(join.file)?)))
    else {
        return;
    };
    let person = join.person.filter(|_| role.person.is_none());
    let wave = join.wave.filter(|_| role.wave.is_none());
    let take: Vec<String> =
        person.into_iter().chain(wave).map(|place| column_name(parent, place)).collect();
    if take.is_empty() {
        return;
    }
    let line = format!(
        "join = {{ file = {}, on = {}, to = {}, take = [{}] }}",
        quoted(&parent.file),
        column_name(seen, join.on),
        column_name(parent, join.to),
        take.join(", ")
    );
    lines.guess(&line, "a repeat: the row to which each row belongs stands in the other file");
}

fn items(about: &About<'_>, place: usize, seen: &Seen, run: &Run, lines: &mut Lines) {
    let id = run.instrument.id().as_str();
    if !run.instrument.scoring().has_total() {
        lines.open(
            &format!("scale {} of {}", quoted(id), pattern(seen, &run.items)),
            "it makes no total",
        );
        return;
    }
    lines.line("[[sheets.scales]]");
    lines.guess(&format!("instrument = {}", quoted(id)), &run.because);
    lines.line(&format!("items = {}", pattern(seen, &run.items)));
    let texts = Texts::read(seen, &run.items, &run.instrument);
    match &texts {
        Some(texts) if texts.want_map() || texts.is_shifted => {
            lines.line(&format!("values = {}", quoted(id)));
        }
        Some(texts) => no_codes(run, texts, lines),
        None => lines.open(
            "values = ",
            "too many different texts for a list of answers: are these the right columns?",
        ),
    }
    timepoint(about, place, run.stage, lines);
}

/// Answers that are no code, where nothing else asks for a map of values.
fn no_codes(run: &Run, texts: &Texts<'_>, lines: &mut Lines) {
    let wrong = texts.all.iter().filter(|text| text.means == Meaning::NoCode);
    let cells: u64 = wrong.clone().map(|text| text.times).sum();
    if cells == 0 {
        return;
    }
    let shown = wrong.filter(|text| texts.may_show(text, run.items.len()));
    let shown: Vec<String> = shown.map(|text| quoted(text.text)).collect();
    let shown = if shown.is_empty() { String::new() } else { format!(": {}", shown.join(", ")) };
    let (lowest, highest) = run.instrument.scoring().codes();
    lines.open(
        &format!("{}{shown}", several(cells, "cell")),
        &format!("no answer from {lowest} to {highest}: a fault where it is read strictly, missing where leniently; what stands for no answer belongs under [missing]"),
    );
}

fn timepoint(about: &About<'_>, place: usize, stage: Option<Stage>, lines: &mut Lines) {
    if let Some(stage) = stage.filter(|_| about.wave_column(place).is_none()) {
        lines.guess(
            &format!("timepoint = {}", quoted(&about.stages.code(stage))),
            "by the names of the columns",
        );
    }
}

fn total(
    about: &About<'_>,
    place: usize,
    seen: &Seen,
    total: &Total,
    is_computed: bool,
    lines: &mut Lines,
) {
    let name = column_name(seen, total.column);
    if is_computed {
        lines.comment(&format!("{name} is left out: the total is computed from the answers."));
        return;
    }
    lines.line("[[sheets.scales]]");
    let id = quoted(total.instrument.id().as_str());
    lines.guess(
        &format!("instrument = {id}"),
        "by the name of the column; a total that was scored elsewhere",
    );
    lines.line(&format!("total = {name}"));
    if let Some(column) = seen.column(total.column) {
        no_totals(column, lines);
    }
    timepoint(about, place, total.stage, lines);
}

/// Cells of a column of totals that are not read as it stands.
fn no_totals(column: &Column, lines: &mut Lines) {
    let said: u64 = column
        .no_answers
        .iter()
        .filter(|(text, _)| whole(text).is_none())
        .map(|(_, times)| times)
        .sum();
    let wrong = column.filled.saturating_sub(column.numbers() + said);
    let told = [
        (column.commas, "have a comma before the decimals, where a point is read"),
        (wrong, "hold no number; what stands for no total belongs under [missing]"),
    ];
    for (cells, what) in told.into_iter().filter(|(cells, _)| 0 < *cells) {
        let why =
            format!("they {what}: a fault where it is read strictly, missing where leniently");
        lines.open(&format!("{} of {}", several(cells, "cell"), quoted(&column.name)), &why);
    }
}

/// Columns that may be a questionnaire: a part of the plan to switch on, with what is missing.
fn perhaps(about: &About<'_>, (place, seen, role): (usize, &Seen, &Roles), lines: &mut Lines) {
    lines.blank();
    let (parts, whole): (Vec<_>, Vec<_>) =
        role.found.unsure.iter().partition(|unsure| unsure.could == Could::Part);
    for unsure in parts {
        lines.open(&format!("{} of {}", pattern(seen, &unsure.columns), seen.place()), &unsure.why);
    }
    if whole.is_empty() {
        return;
    }
    for why in whole.iter().map(|unsure| &unsure.why).collect::<BTreeSet<_>>() {
        lines.open(&seen.place(), why);
    }
    lines.comment("If so, take the `# ` away from the lines that follow, and write the own instrument's file.");
    lines.off(true);
    for id in whole.iter().map(|unsure| instrument(unsure)).collect::<BTreeSet<_>>() {
        lines.line("[[instruments]]");
        let (Instrument::BuiltIn(name) | Instrument::Own(name)) = &id;
        lines.line(&format!("id = {}", quoted(name)));
        if matches!(id, Instrument::Own(_)) {
            lines.line(&format!("own = {}", quoted(&format!("{name}.toml"))));
        }
    }
    lines.line("[[sheets]]");
    lines.file(seen);
    who(about, seen, role, lines);
    when(about, (place, role), lines);
    newest(about, (place, seen, role), lines);
    join(about, seen, role, lines);
    lines.indent(2);
    for unsure in whole {
        lines.line("[[sheets.scales]]");
        let (Instrument::BuiltIn(id) | Instrument::Own(id)) = instrument(unsure);
        lines.line(&format!("instrument = {}", quoted(&id)));
        let name =
            unsure.columns.first().map(|place| column_name(seen, *place)).unwrap_or_default();
        lines.line(&match &unsure.could {
            Could::Total(_) => format!("total = {name}"),
            Could::Items(_) | Could::Part => format!("items = {}", pattern(seen, &unsure.columns)),
        });
        timepoint(about, place, unsure.stage, lines);
    }
    lines.indent(0);
    lines.off(false);
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Instrument {
    BuiltIn(String),
    Own(String),
}

fn instrument(unsure: &Unsure) -> Instrument {
    let own = |stem: &str| {
        let letters = stem.chars().filter(|c| c.is_ascii_alphanumeric());
        let id: String = letters.take(30).collect();
        Instrument::Own(if id.is_empty() { "own".to_owned() } else { id })
    };
    match &unsure.could {
        Could::Items(could) => {
            could.first().map_or_else(|| own("own"), |id| Instrument::BuiltIn(id.clone()))
        }
        Could::Total(stem) => own(stem),
        Could::Part => own("own"),
    }
}
