//! What a release was made of, so that it can be made again byte by byte.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::Code;
use outcomes::figures::{Figures, Named, Shown};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::book::Definition;

/// The SHA-256 of some bytes, in 64 small hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The same of everything that a reader gives.
///
/// # Errors
///
/// Where it cannot be read.
pub fn sha256_of(mut reader: impl std::io::Read) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = reader.read(&mut buffer)?;
        match buffer.get(..read) {
            Some([]) | None => return Ok(hexadecimal(&digest.finalize())),
            Some(bytes) => digest.update(bytes),
        }
    }
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a release is made of besides its figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    /// The book of reports, as its file has it.
    pub book: Vec<u8>,
    /// The plan, where the book is no part of it.
    pub plan: Option<Vec<u8>>,
    /// The SHA-256 of each data file, by the name that the plan has for it.
    pub data: BTreeMap<String, String>,
    /// The SHA-256 of the figures of each earlier release that was subtracted, by its place.
    pub earlier: BTreeMap<String, String>,
    /// Where it was made of the records of a program: how far each origin had come.
    pub records: BTreeMap<String, u64>,
    /// Whether answers that could not be read were counted as missing.
    pub lenient: bool,
}

/// What a release was made of: its `release.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this format: 1.
    pub schema: u16,
    /// The name of the report.
    pub report: Code,
    /// The day it was made on.
    pub made_on: NaiveDate,
    /// The software and its version.
    pub software: String,
    /// The SHA-256 of the book of reports.
    pub book: String,
    /// The SHA-256 of the plan, where the book is no part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Whether answers that could not be read were counted as missing; it is made again in the same way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lenient: bool,
    /// What was asked for.
    pub definition: Definition,
    /// The SHA-256 of each data file.
    #[serde(default)]
    pub data: BTreeMap<String, String>,
    /// The SHA-256 of the figures of each earlier release that was subtracted.
    #[serde(default)]
    pub earlier: BTreeMap<String, String>,
    /// How far each origin had come, where it was made of the records of a program.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub records: BTreeMap<String, u64>,
    /// The SHA-256 of each file of the release but this one.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The version of each instrument's definition.
    #[serde(default)]
    pub instruments: BTreeMap<String, Code>,
    /// The ids of the interpretations by which totals and changes were read.
    #[serde(default)]
    pub interpretations: BTreeSet<Code>,
}

/// Why a text is no manifest.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("not the manifest of a release: {message}")]
pub struct NotAManifest {
    message: String,
}

/// Something in which a release differs from what is made of the same today.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Difference {
    /// The software is of another version.
    Software {
        /// Then.
        was: String,
        /// Now.
        is: String,
    },
    /// The book of reports has changed; the definition of this report, or only of others.
    Book {
        /// Whether this report is asked for in another way.
        own: bool,
    },
    /// The plan has changed.
    Plan,
    /// A data file has changed.
    Data {
        /// The file.
        file: String,
        /// How.
        how: How,
    },
    /// More was recorded in the program since, or it holds less than then.
    Records,
    /// Earlier releases that were subtracted have changed.
    Earlier {
        /// The release.
        release: String,
        /// How.
        how: How,
    },
    /// The definition of an instrument has changed.
    Instrument {
        /// The instrument.
        instrument: String,
        /// How.
        how: How,
    },
    /// Totals or changes are read by other interpretations.
    Interpretations,
    /// A file of the release is not what was written when it was made.
    Altered {
        /// The file.
        file: String,
        /// How.
        how: How,
    },
    /// A file of the release comes out differently.
    File {
        /// The file.
        file: String,
        /// How.
        how: How,
    },
}

/// How something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It has other content.
    Changed,
    /// It is no longer there.
    Gone,
    /// It was not there.
    New,
}

impl Difference {
    /// Whether it is a cause, and not an effect.
    #[must_use]
    pub const fn is_cause(&self) -> bool {
        !matches!(self, Self::File { .. } | Self::Altered { .. })
    }
}

impl Manifest {
    /// The manifest of a release: a report, made of these inputs on a day into these files.
    #[must_use]
    pub fn new(
        definition: &Definition,
        figures: &Figures,
        inputs: &Inputs,
        files: &BTreeMap<String, Vec<u8>>,
        (made_on, software): (NaiveDate, &str),
    ) -> Self {
        let versions = figures
            .scales
            .iter()
            .map(|scale| (scale.instrument.to_string(), scale.version.clone()));
        Self {
            schema: 1,
            report: definition.name.clone(),
            made_on,
            software: software.to_owned(),
            book: sha256(&inputs.book),
            plan: inputs.plan.as_deref().map(sha256),
            definition: definition.clone(),
            data: inputs.data.clone(),
            earlier: inputs.earlier.clone(),
            records: inputs.records.clone(),
            lenient: inputs.lenient,
            files: files.iter().map(|(file, bytes)| (file.clone(), sha256(bytes))).collect(),
            instruments: versions.collect(),
            interpretations: interpretations(figures),
        }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// [`NotAManifest`] where it is not of the right shape, or of a newer one.
    pub fn from_toml(text: &str) -> Result<Self, NotAManifest> {
        let manifest: Self = toml::from_str(text)
            .map_err(|error| NotAManifest { message: error.message().to_owned() })?;
        if manifest.schema == 1 {
            Ok(manifest)
        } else {
            Err(NotAManifest { message: format!("format {}", manifest.schema) })
        }
    }

    /// The manifest as TOML.
    ///
    /// # Errors
    ///
    /// [`NotAManifest`] never, as far as we know.
    pub fn to_toml(&self) -> Result<String, NotAManifest> {
        toml::to_string(self).map_err(|error| NotAManifest { message: error.to_string() })
    }

    /// The files of a release that are no longer what they were when it was made, of all files that lie in its folder but
    /// its manifest.
    #[must_use]
    pub fn altered(&self, files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, How)> {
        let now = files.iter().map(|(file, bytes)| (file.clone(), sha256(bytes))).collect();
        differing(&self.files, &now)
    }

    /// In what a release differs from the same report as it is made now: first what was changed,
    /// then what came of it. Nothing where each file is equal byte by byte and so is all it was made of.
    #[must_use]
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        if self.software != now.software {
            found.push(Difference::Software {
                was: self.software.clone(),
                is: now.software.clone(),
            });
        }
        if self.book != now.book {
            found.push(Difference::Book { own: self.definition != now.definition });
        }
        if self.plan != now.plan {
            found.push(Difference::Plan);
        }
        let data = differing(&self.data, &now.data).into_iter();
        found.extend(data.map(|(file, how)| Difference::Data { file, how }));
        if self.records != now.records {
            found.push(Difference::Records);
        }
        let earlier = differing(&self.earlier, &now.earlier).into_iter();
        found.extend(earlier.map(|(release, how)| Difference::Earlier { release, how }));
        let versions = differing(&self.instruments, &now.instruments).into_iter();
        found.extend(versions.map(|(instrument, how)| Difference::Instrument { instrument, how }));
        // What is hidden now is read by nothing that shows.
        let same = self.interpretations.is_subset(&now.interpretations)
            || now.interpretations.is_subset(&self.interpretations);
        if !same {
            found.push(Difference::Interpretations);
        }
        let files = differing(&self.files, &now.files).into_iter();
        found.extend(files.map(|(file, how)| Difference::File { file, how }));
        found
    }
}

fn differing<T: PartialEq>(
    was: &BTreeMap<String, T>,
    is: &BTreeMap<String, T>,
) -> Vec<(String, How)> {
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let how = |name: &String| match (was.get(name), is.get(name)) {
        (Some(a), Some(b)) if a == b => None,
        (Some(_), Some(_)) => Some(How::Changed),
        (Some(_), None) => Some(How::Gone),
        (None, _) => Some(How::New),
    };
    names.into_iter().filter_map(|name| Some((name.clone(), how(name)?))).collect()
}

fn interpretations(figures: &Figures) -> BTreeSet<Code> {
    let of_scales = figures.scales.iter().flat_map(|scale| {
        let reliable = scale.reliable.as_ref().and_then(Shown::shown).map(|found| &found.by);
        let recovery = scale.recovery.as_ref().and_then(Shown::shown).map(|found| &found.by);
        [scale.read_by.as_ref(), reliable, recovery]
    });
    of_scales.flatten().map(|by: &Named| by.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use outcomes::Cohort;
    use outcomes::figures::FigurePlan;
    use outcomes::suppression::Audience;

    fn manifest(change: impl FnOnce(&mut Inputs, &mut BTreeMap<String, Vec<u8>>)) -> Manifest {
        let text = "[[reports]]\nname = \"a\"\ntitle = \"A\"\naudience = \"outside\"\n\
                    period = { from = 2026-01-01, to = 2026-12-31 }\nfilter = { sex = [\"f\"] }\n\
                    [[reports.indicators]]\nwhat = \"hours\"\ntarget = 90\n";
        let book = super::super::Book::parse(text).unwrap();
        let plan = FigurePlan::new(Code::of("a"), Audience::Outside, vec![], vec![]).unwrap();
        let figures = Cohort::default().figures(&plan);
        let mut inputs = Inputs { book: text.into(), ..Inputs::default() };
        inputs.data.insert("people.csv".to_owned(), sha256(b"pid\n1\n"));
        let mut files = BTreeMap::from([("report.json".to_owned(), b"{}".to_vec())]);
        change(&mut inputs, &mut files);
        let made = ("2026-11-26".parse().unwrap(), "circlekeeper 0.1.0");
        Manifest::new(&book.definitions()[0], &figures, &inputs, &files, made)
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let written = manifest(|_, _| {});
        assert_eq!(Manifest::from_toml(&written.to_toml().unwrap()), Ok(written));
        assert!(Manifest::from_toml("schema = 2").is_err());
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn what_differs_is_named() {
        let old = manifest(|_, _| {});
        assert_eq!(old.differences(&manifest(|_, _| {})), []);
        let now = manifest(|inputs, files| {
            inputs.data.insert("people.csv".to_owned(), sha256(b"pid\n2\n"));
            inputs.data.insert("more.csv".to_owned(), sha256(b""));
            files.insert("report.json".to_owned(), b"{ }".to_vec());
        });
        let file = |file: &str| file.to_owned();
        assert_eq!(
            old.differences(&now),
            [
                Difference::Data { file: file("more.csv"), how: How::New },
                Difference::Data { file: file("people.csv"), how: How::Changed },
                Difference::File { file: file("report.json"), how: How::Changed },
            ]
        );
        assert_eq!(old.altered(&BTreeMap::new()), [(file("report.json"), How::Gone)]);
    }
}
