//! The instruments at hand: those that come with the program, and files of one's own.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use outcomes::{Instrument, InstrumentError, built_in, built_in_ids};
use report::Arg;

use crate::{failure::Failure, place, texts};

/// The instruments at hand; each is read once.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    read: BTreeMap<String, Instrument>,
}

impl Shelf {
    /// With instruments of one's own, which go before those of the same id that come with the program.
    pub(crate) fn with(files: &[PathBuf]) -> Result<Self, Failure> {
        let mut shelf = Self::default();
        for file in files {
            let own = of_file(file)?;
            shelf.read.insert(own.id().to_string(), own);
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
    let what = shape.message().trim_end().replace('\n', " ");
    format!("{label}:{line}:{column}: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_where_its_shape_is_wrong_and_all_that_is_wrong_otherwise() {
        let told = |text: &str| faults("own.toml", text, &Instrument::from_toml(text).unwrap_err());
        let shape = told("id = \"x\"\nversion = 3\n");
        assert!(shape[0].starts_with("own.toml:2:11: "), "{shape:?}");
        let own = include_str!("../../../outcomes/examples/own/ubuntu-scale.toml");
        let wrong = own.replace("[4] ", "[9] ").replace("raised_from = 5", "raised_from = 1");
        assert_eq!(told(&wrong).len(), 2);
    }

    #[test]
    fn ones_own_instrument_goes_before_the_one_that_comes_with_the_program() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../outcomes/examples/own/ubuntu-scale.toml");
        let mut shelf = Shelf::with(&[own]).unwrap();
        assert!(shelf.find("ubuntu-scale").is_some() && shelf.find("phq-9").is_some());
        let failure = shelf.named("bdi").unwrap_err();
        assert!(failure.help.contains("phq-9") && failure.help.contains("ubuntu-scale"));
    }
}
