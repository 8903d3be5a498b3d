//! The files of an evaluation, wherever they lie.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use interchange::{EncodingChoice, Faults, ReadOptions, Rows, Separator, SeparatorChoice};

use crate::plan::{Encoded, FileName, Separated};

/// Something that is read.
pub trait Source: Read + Seek + Send {}

impl<S: Read + Seek + Send> Source for S {}

/// The files that a plan names; some are read beside one another.
pub trait Files: Sync {
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

/// Whether a text is in UTF-8, or in UTF-16 by its first bytes; what cannot be read is left to whoever reads it.
pub(crate) fn is_unicode(files: &impl Files, name: &str) -> bool {
    let Ok(mut source) = files.open(name) else { return true };
    let mut block = vec![0; 64 << 10];
    // The first bytes of a character whose last ones are yet to come.
    let mut open: Vec<u8> = Vec::new();
    let mut is_first = true;
    loop {
        let read = match source.read(&mut block) {
            Ok(0) => return open.is_empty(),
            Ok(read) => block.get(..read).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return true,
        };
        open.extend_from_slice(read);
        if is_first && matches!(open.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
            return true;
        }
        is_first = false;
        match std::str::from_utf8(&open) {
            Ok(_) => open.clear(),
            Err(error) if error.error_len().is_some() => return false,
            Err(error) => {
                open.drain(..error.valid_up_to());
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_unicode_or_it_is_not() {
        let long = format!("{}é", "x".repeat((64 << 10) - 1));
        let check = |bytes: &[u8], want| {
            let files = BTreeMap::from([("a.csv".to_owned(), bytes.to_vec())]);
            assert_eq!(is_unicode(&files, "a.csv"), want);
        };
        check(b"", true);
        check("Zoé".as_bytes(), true);
        check(b"\xFF\xFEZ\0", true);
        check(b"Zo\xE9", false);
        check(b"Zo\xE9,1\n", false);
        // A character that stands in two blocks.
        check(long.as_bytes(), true);
        check(long.as_bytes().split_last().unwrap().1, false);
        assert!(is_unicode(&BTreeMap::new(), "gone.csv"));
    }
}
