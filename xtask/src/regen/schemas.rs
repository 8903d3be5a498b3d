//! JSON Schemas of model files and of every event, for those who read what we write.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Page, Place};
use crate::{
    trouble::Trouble,
    workspace::{Workspace, answer},
};

/// The schemas as the program `schemas` prints them, one file each.
pub(super) fn pages(workspace: &Workspace) -> Result<Vec<Page>, Trouble> {
    let words = "run --locked --quiet --package xtask --features schemas --bin schemas";
    let text = answer(workspace.cargo(words.split(' ')))?;
    let schemas: BTreeMap<String, Value> =
        serde_json::from_str(&text).map_err(|error| Trouble::data("the schemas", error))?;
    Ok(schemas.iter().map(|(name, schema)| page(name, schema)).collect())
}

fn page(name: &str, schema: &Value) -> Page {
    let file = format!("schemas/{name}.schema.json");
    Page { file, place: Place::Whole, text: format!("{schema:#}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_is_one_file() {
        let page = page("events/group-1", &json!({ "type": "object" }));
        assert_eq!(page.file, "schemas/events/group-1.schema.json");
        assert!(page.text.starts_with("{\n  \"type\""));
    }
}
