//! The JSON Schema says of a file what the reader says, as far as single values go.

use program_model::{SCHEMA, json_schema, shipped};
use serde_json::Value;

fn as_json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).expect("it is TOML");
    serde_json::to_value(table).expect("TOML without days is JSON")
}

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&json_schema()).expect("the schema is sound")
}

#[test]
fn the_schema_is_itself_sound() {
    assert!(jsonschema::draft202012::meta::is_valid(&json_schema()));
    assert!(json_schema()["properties"]["schema"]["enum"][0] == SCHEMA);
}

#[test]
fn ready_models_fit_the_schema() {
    let validator = validator();
    let sound = [crate::SOUND].into_iter();
    for text in shipped().iter().filter_map(|model| model.text).chain(sound) {
        let errors: Vec<String> = validator
            .iter_errors(&as_json(text))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn the_file_of_ten_faults_does_not_fit_the_schema() {
    let faulty = as_json(include_str!("../data/ten-faults.toml"));
    let found = validator().iter_errors(&faulty).count();
    assert_eq!(found, 4, "key, type, word and basis; the other six are about more than one value");
}

/// Whether a text fits the schema.
pub(crate) fn fits(text: &str) -> bool {
    validator().is_valid(&as_json(text))
}
