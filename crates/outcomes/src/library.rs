//! The instruments that come with this library.

use commons::Code;

use crate::Instrument;

const FILES: [(&str, &str); 3] = [
    ("phq-9", include_str!("../instruments/phq-9.toml")),
    ("gad-7", include_str!("../instruments/gad-7.toml")),
    ("who-5", include_str!("../instruments/who-5.toml")),
];

/// The ids of the instruments that come with this library.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

/// An instrument that comes with this library: `phq-9`, `gad-7` or `who-5`.
#[must_use]
pub fn built_in(id: &Code) -> Option<Instrument> {
    let (_, text) = FILES.iter().find(|(known, _)| id == known)?;
    // A test reads every file, so nothing is lost here.
    Instrument::from_toml(text).ok()
}

/// All instruments that come with this library.
#[must_use]
pub fn built_ins() -> Vec<Instrument> {
    FILES.iter().filter_map(|(_, text)| Instrument::from_toml(text).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_and_is_named_by_its_id() {
        for (id, text) in FILES {
            let instrument = Instrument::from_toml(text).unwrap();
            assert_eq!(instrument.id(), id);
            let again: Instrument =
                serde_json::from_value(serde_json::to_value(&instrument).unwrap()).unwrap();
            assert_eq!(again, instrument);
        }
        assert_eq!(built_ins().len(), FILES.len());
    }
}
