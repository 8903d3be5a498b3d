//! The instruments that come with this library.

use std::sync::OnceLock;

use commons::Code;

use crate::Instrument;

macro_rules! files {
    ($($id:literal)*) => {
        &[$(($id, include_str!(concat!("../instruments/", $id, ".toml")))),*]
    };
}

/// In the order in which people look for them: mood and worry, well-being, what was lived through,
/// distress, recovery and strength, families and helpers, drinking, danger, circles.
const FILES: &[(&str, &str)] = files! {
    "phq-9" "phq-9-dx" "phq-8" "phq-2" "gad-7" "gad-2" "phq-4" "phq-15"
    "who-5" "whodas-12-simple" "wemwbs" "swemwbs" "mhi-5"
    "pcl-5" "pc-ptsd-5"
    "k6" "k10" "ssq-14" "srq-20" "core-10" "core-om"
    "barc-10" "cd-risc-10" "brs" "rosenberg" "ucla-3" "sascat"
    "sdq-total" "cbi" "proqol-5" "audit-c" "c-ssrs-screener"
    "circle-check-out"
};

/// A made-up instrument of one's own, as TOML to copy and change.
pub const OWN_EXAMPLE: &str = include_str!("../examples/own/ubuntu-scale.toml");

/// The ids of the instruments that come with this library.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

/// An instrument that comes with this library, by an id such as `phq-9`.
#[must_use]
pub fn built_in(id: &Code) -> Option<Instrument> {
    let (_, text) = FILES.iter().find(|(known, _)| id == known)?;
    // A test reads every file, so nothing is lost here.
    Instrument::from_toml(text).ok()
}

/// All instruments that come with this library.
#[must_use]
pub fn built_ins() -> Vec<Instrument> {
    static READ: OnceLock<Vec<Instrument>> = OnceLock::new();
    let read = || FILES.iter().filter_map(|(_, text)| Instrument::from_toml(text).ok()).collect();
    READ.get_or_init(read).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_and_is_named_by_its_id() {
        for (id, text) in FILES {
            let instrument = Instrument::from_toml(text).unwrap_or_else(|e| panic!("{id}: {e:#?}"));
            assert_eq!(instrument.id(), id);
            let again: Instrument =
                serde_json::from_value(serde_json::to_value(&instrument).unwrap()).unwrap();
            assert_eq!(again, instrument);
        }
        assert_eq!(built_ins().len(), FILES.len());
    }
}
