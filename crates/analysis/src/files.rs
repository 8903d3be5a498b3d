//! The files of an evaluation, wherever they lie.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use interchange::{EncodingChoice, Faults, ReadOptions, Rows, Separator, SeparatorChoice};

use crate::plan::{Encoded, FileName, Separated};

/// Something that is read.
pub trait Source: Read + Seek + Send {}

impl<S: Read + Seek + Send> Source for S {}

/// The files that a plan names.
pub trait Files {
    /// Opens a file at its beginning; some are opened more than once.
    ///
    /// # Errors
    ///
    /// Where it is not there or cannot be read.
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>>;
}

/// The files beside a plan.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The files in a folder.
    #[must_use]
    pub fn new(folder: impl AsRef<Path>) -> Self {
        Self(folder.as_ref().to_owned())
    }
}

impl Files for Folder {
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        let file = std::fs::File::open(self.0.join(name))?;
        // A workbook is read in small parts, a table in large ones, which pass the buffer by.
        Ok(Box::new(BufReader::new(file)))
    }
}

/// Files in memory.
impl Files for BTreeMap<String, Vec<u8>> {
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        let bytes = self.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(bytes.clone())))
    }
}

/// A table that is being read.
pub(crate) type Table = Rows<Box<dyn Source>>;

/// Why a table cannot be begun.
pub(crate) enum Unopened {
    Missing,
    Faulty(Faults),
}

/// Opens a table or a sheet of a workbook.
pub(crate) fn open(files: &impl Files, name: &FileName) -> Result<Table, Unopened> {
    let source = files.open(&name.file).map_err(|_| Unopened::Missing)?;
    let options = ReadOptions {
        encoding: match name.encoding {
            None => EncodingChoice::Detect,
            Some(Encoded::Windows1252) => EncodingChoice::Windows1252,
            Some(Encoded::Latin1) => EncodingChoice::Latin1,
        },
        separator: match name.separator {
            None => SeparatorChoice::Detect,
            Some(Separated::Comma) => SeparatorChoice::Is(Separator::Comma),
            Some(Separated::Semicolon) => SeparatorChoice::Is(Separator::Semicolon),
            Some(Separated::Tab) => SeparatorChoice::Is(Separator::Tab),
        },
        ..ReadOptions::default()
    };
    let is_workbook = name.file.to_lowercase().ends_with(".xlsx");
    let table = if is_workbook {
        Rows::sheet(&name.file, source, name.sheet.as_deref(), &options)
    } else {
        Rows::read(&name.file, source, &options)
    };
    table.map_err(Unopened::Faulty)
}
