//! The JSON Schema of a model file, made from the same description that the walker reads.

use serde_json::{Map, Value, json};

use crate::{
    format::{MODEL, SCHEMA},
    grammar::{Field, Kind, Table},
};

const CODE: &str = "^[a-z0-9][a-z0-9_.-]{0,39}$";
const RULE: &str = "^[A-Z]{1,8}-[0-9]{1,4}$";
const BASIS: &str = "^((seed|read):[a-z0-9][a-z0-9_.-]{0,39}|default)$";

/// The JSON Schema (draft 2020-12) of a model file.
///
/// It says what each field may hold. What holds between fields (sums, order, names) only
/// [`Model::parse`](crate::Model::parse) says.
#[must_use]
pub fn json_schema() -> Value {
    let mut tables = Map::new();
    let mut root = table(&MODEL, &mut tables);
    if let Some(root) = root.as_object_mut() {
        root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        root.insert("$id".into(), format!("urn:{}", SCHEMA.replace('/', ":")).into());
        root.insert("title".into(), MODEL.name.into());
        root.insert("$defs".into(), Value::Object(tables));
    }
    root
}

fn table(format: &Table, tables: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> = format
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), property(field, format, tables)))
        .collect();
    let required: Vec<&str> =
        format.fields.iter().filter(|field| field.needed).map(|field| field.name).collect();
    json!({
        "type": "object",
        "description": format.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(field: &Field, format: &Table, tables: &mut Map<String, Value>) -> Value {
    let mut property = match field.kind {
        Kind::Basis => basis(format),
        Kind::Words(_)
        | Kind::Code
        | Kind::Rule
        | Kind::Date
        | Kind::Whole(..)
        | Kind::Flag
        | Kind::OneOf(_)
        | Kind::List(_)
        | Kind::Table(_)
        | Kind::Rows(_)
        | Kind::Cases(_)
        | Kind::Figures => value(&field.kind, tables),
    };
    if let Some(property) = property.as_object_mut() {
        property.insert("description".into(), field.about.into());
    }
    property
}

fn value(kind: &Kind, tables: &mut Map<String, Value>) -> Value {
    match kind {
        Kind::Words(most) => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        Kind::Code => json!({ "type": "string", "pattern": CODE }),
        Kind::Rule => json!({ "type": "string", "pattern": RULE }),
        Kind::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Kind::Whole(fewest, most) => {
            json!({ "type": "integer", "minimum": fewest, "maximum": most })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::OneOf(words) => json!({ "enum": words }),
        Kind::List(item) => json!({ "type": "array", "items": value(item, tables) }),
        Kind::Table(format) => reference(format, tables),
        Kind::Rows(format) => json!({ "type": "array", "items": reference(format, tables) }),
        Kind::Cases(cases) => {
            let cases: Vec<Value> = cases.iter().map(|case| reference(case, tables)).collect();
            json!({ "type": "array", "items": { "oneOf": cases } })
        }
        Kind::Figures => json!({
            "type": "object",
            "propertyNames": { "pattern": CODE },
            "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 1_000_000_000 },
        }),
        Kind::Basis => json!({ "type": "string", "pattern": BASIS }),
    }
}

/// One text for all fields, or a table of the table's own field names and `rest`.
fn basis(format: &Table) -> Value {
    let one = json!({ "type": "string", "pattern": BASIS });
    let names = format.fields.iter().map(|field| field.name).filter(|name| *name != "basis");
    let each: Map<String, Value> =
        names.chain(["rest"]).map(|name| (name.to_owned(), one.clone())).collect();
    json!({ "oneOf": [one, { "type": "object", "properties": each, "additionalProperties": false }] })
}

/// A reference to a table's definition, which is written down the first time.
fn reference(format: &Table, tables: &mut Map<String, Value>) -> Value {
    if !tables.contains_key(format.name) {
        // Holds the place, so that a table inside itself would not be written for ever.
        tables.insert(format.name.to_owned(), Value::Null);
        let definition = table(format, tables);
        tables.insert(format.name.to_owned(), definition);
    }
    json!({ "$ref": format!("#/$defs/{}", format.name) })
}
