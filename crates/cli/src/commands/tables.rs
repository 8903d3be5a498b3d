//! Tables as options say how to read them.

use std::path::Path;

use interchange::{EncodingChoice, Mapping, ReadOptions, Separator, SeparatorChoice, Table};

use crate::{
    args::{EncodingWord, Reading, SeparatorWord},
    failure::Failure,
    place,
};

/// The largest table that is read, in bytes (C4: 20 MiB).
const LARGEST: u64 = 20 << 20;

/// Reads a table as the options say.
pub(crate) fn read(file: &Path, reading: &Reading) -> Result<Table, Failure> {
    let encoding = match reading.encoding {
        EncodingWord::Auto => EncodingChoice::default(),
        EncodingWord::Windows1252 => EncodingChoice::Windows1252,
        EncodingWord::Latin1 => EncodingChoice::Latin1,
    };
    let separator = match reading.separator {
        SeparatorWord::Auto => SeparatorChoice::default(),
        SeparatorWord::Comma => SeparatorChoice::Is(Separator::Comma),
        SeparatorWord::Semicolon => SeparatorChoice::Is(Separator::Semicolon),
        SeparatorWord::Tab => SeparatorChoice::Is(Separator::Tab),
    };
    let options = ReadOptions { encoding, separator, ..ReadOptions::default() };
    let bytes = place::read(file, LARGEST)?;
    Ok(Table::read(&place::label(file), &bytes, &options)?)
}

/// Reads a table, or the first sheet of a workbook.
pub(crate) fn read_any(file: &Path, reading: &Reading) -> Result<Table, Failure> {
    let label = place::label(file);
    if !label.to_lowercase().ends_with(".xlsx") {
        return read(file, reading);
    }
    let bytes = place::read(file, LARGEST)?;
    Ok(Table::sheet(&label, std::io::Cursor::new(bytes), None, &ReadOptions::default())?)
}

/// Which field is in which column, where an option of its own or `--column FIELD=COLUMN` says so.
pub(crate) fn mapping(
    named: &[(&'static str, &Option<String>)],
    reading: &Reading,
    fields: &[&'static str],
) -> Result<Mapping, Failure> {
    let mut mapping = Mapping::default();
    for (field, column) in named {
        if let Some(column) = column {
            mapping = mapping.with(field, column);
        }
    }
    for (field, column) in named_columns(reading, fields)? {
        mapping = mapping.with(field, column);
    }
    Ok(mapping)
}

/// What each `--column FIELD=COLUMN` says.
pub(crate) fn named_columns<'r>(
    reading: &'r Reading,
    fields: &[&'static str],
) -> Result<Vec<(&'static str, &'r str)>, Failure> {
    let named = reading.columns.iter().map(|pair| {
        let known = pair.split_once('=').and_then(|(field, column)| {
            Some((*fields.iter().find(|known| **known == field.trim())?, column.trim()))
        });
        let unknown = || Failure::new("cli.column", &[("fields", fields.join(", ").into())]);
        known.ok_or_else(unknown)
    });
    named.collect()
}
