//! The instruments at hand: those that come with the program, and files of one's own.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use outcomes::{Instrument, InstrumentError, built_in, built_in_ids, in_plain_words};
use report::Arg;

use crate::{failure::Failure, place, texts};

/// The instruments at hand; each is read once.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    read: BTreeMap<String, Instrument>,
}

impl Shelf {
    /// With instruments of one's own, each under an id of its own: a total under `phq-9` is never another
    /// instrument's in silence.
    pub(crate) fn with(files: &[PathBuf]) -> Result<Self, Failure> {
        let mut shelf = Self::default();
        for file in files {
            let own = of_file(file)?;
            let id = own.id().to_string();
            let taken = shelf.read.get(&id).is_some_and(|other| *other != own);
            if taken || is_taken(&own) {
                let mine = format!("{id}-own");
                let args = [("id", Arg::from(id)), ("own", Arg::from(mine))];
                return Err(Failure::new("cli.instrument_id_taken", &args));
            }
            shelf.read.insert(id, own);
        }
        Ok(shelf)
    }

    /// The instrument of an id, where there is one.
    pub(crate) fn find(&mut self, id: &str) -> Option<&Instrument> {
        // What is not here is not kept: a stream may name anything, and for ever something else.
        if !self.read.contains_key(id) {
            self.read.insert(id.to_owned(), built_in(&id.parse().ok()?)?);
        }
        self.read.get(id)
    }

    /// How many were read.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.read.len()
    }

    /// The instrument of an id, or what is at hand instead.
    pub(crate) fn named(&mut self, id: &str) -> Result<Instrument, Failure> {
        if let Some(found) = self.find(id) {
            return Ok(found.clone());
        }
        let own = self.read.values().map(|own| own.id().to_string());
        let mut ids: Vec<String> = built_in_ids().map(str::to_owned).collect();
        ids.extend(own.filter(|own| built_in_ids().all(|id| id != own)));
        Err(Failure::new("cli.no_instrument", &[("ids", Arg::from(ids.join(", ")))]))
    }
}

/// Whether another instrument comes with the program under its id.
pub(crate) fn is_taken(own: &Instrument) -> bool {
    built_in(own.id()).is_some_and(|other| other != *own)
}

/// An instrument of a file: all that is wrong with it, or the instrument.
pub(crate) fn of_file(file: &Path) -> Result<Instrument, Failure> {
    let text = place::read_text(file)?;
    Instrument::from_toml(&text).map_err(|error| {
        let faults = faults(&place::label(file), &text, &error);
        Failure::new("cli.instrument_faults", &[("n", texts::count(faults.len()))]).listing(faults)
    })
}

/// Everything that is wrong with an instrument file, a line each.
pub(crate) fn faults(label: &str, text: &str, error: &InstrumentError) -> Vec<String> {
    match error {
        InstrumentError::Faults(faults) => {
            faults.0.iter().map(|fault| format!("{label}: {fault}")).collect()
        }
        InstrumentError::Shape(shape) => vec![shape_line(label, text, shape)],
        other => vec![format!("{label}: {other}")],
    }
}

/// Where a file has not the right shape, and what is wrong there.
pub(crate) fn shape_line(label: &str, text: &str, shape: &toml::de::Error) -> String {
    let offset = shape.span().map_or(0, |span| span.start);
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let what = in_plain_words(shape);
    let what = [list_at(text, line), field_at(before), Some(what)];
    format!(
        "{label}:{line}:{column}: {}",
        what.into_iter().flatten().collect::<Vec<_>>().join(": ")
    )
}

/// The list or table in which a line of TOML stands, such as `[[scoring.safety]]`.
fn list_at(text: &str, line: usize) -> Option<String> {
    let heads = text.lines().take(line).filter(|line| line.starts_with('['));
    let head = heads.last()?.split('#').next()?.trim_end();
    head.ends_with(']').then(|| head.to_owned())
}

/// The field whose value begins where a text of TOML ends.
fn field_at(before: &str) -> Option<String> {
    let line = before.rsplit('\n').next()?.trim_end().strip_suffix('=')?.trim_end();
    let field = line.rsplit([' ', ',', '{']).next()?;
    (!field.is_empty()).then(|| format!("`{field}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_where_its_shape_is_wrong_and_all_that_is_wrong_otherwise() {
        let told = |text: &str| faults("own.toml", text, &Instrument::from_toml(text).unwrap_err());
        let shape = told("id = \"x\"\nversion = 3\n");
        assert!(shape[0].starts_with("own.toml:2:11: `version`: "), "{shape:?}");
        let own = include_str!("../../../outcomes/examples/own/ubuntu-scale.toml");
        for (from, to, want) in [
            ("raised_from = 5", "raised_from = \"5\"", "[[scoring.safety]]: `raised_from`: "),
            (
                "item = 6",
                "item = 700",
                "`item`: invalid value: integer `700`, expected a whole number",
            ),
            ("items = 6", "items = \"six\"", "[scoring]: `items`: invalid type: string \"six\""),
            ("from = 1 }", "from = true }", "[[bands]]: "),
            ("combine = \"mean\"", "combine = \"meen\"", "[scoring]: `combine`: unknown word"),
        ] {
            let shape = told(&own.replacen(from, to, 1));
            assert!(shape[0].contains(want), "{shape:?}");
            assert!([" u8", " i16", "enum", "variant"].iter().all(|word| !shape[0].contains(word)));
        }
        let wrong = own.replace("[4] ", "[9] ").replace("raised_from = 5", "raised_from = 1");
        assert_eq!(told(&wrong).len(), 2);
    }

    #[test]
    fn ones_own_instrument_stands_beside_those_that_come_with_the_program() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../outcomes/examples/own/ubuntu-scale.toml");
        let mut shelf = Shelf::with(&[own.clone(), own]).unwrap();
        assert!(shelf.find("ubuntu-scale").is_some() && shelf.find("phq-9").is_some());
        let failure = shelf.named("bdi").unwrap_err();
        assert!(failure.help.contains("phq-9") && failure.help.contains("ubuntu-scale"));
    }
}
