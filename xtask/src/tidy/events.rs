//! Free text in the open part of an event, where everybody who holds the file can read it.
//!
//! It is looked for twice: in the enums that say what an event holds, and, however deep it lies, in
//! the schemas that are made from them.

use serde_json::Value;

use crate::{fault::Fault, workspace::TextFile};

/// How an enum of events begins.
const TAGGED: &str = "serde(tag = \"event\"";

/// Types with room for a name or a sentence.
const ROOMY: [&str; 6] = ["String", "str", "Cow", "Value", "PathBuf", "OsString"];

/// Where the schemas of events lie.
const SCHEMAS: &str = "schemas/events/";

/// Where each event has a row.
const LISTED: &str = "xtask/src/bin/schemas.rs";

/// Keys by which a string in a schema has no room for a name or a sentence.
const BOUNDED: [&str; 4] = ["format", "pattern", "enum", "const"];

/// Events that have no schema, so that nobody else could read them or check what they hold.
pub(super) fn unlisted(files: &[TextFile]) -> Vec<Fault> {
    let list = files.iter().find(|file| file.path == LISTED).map_or("", |file| &*file.text);
    let is_listed = |name: &str| list.contains(&format!("::{name}>"));
    files
        .iter()
        .filter(|file| file.is("rs") && file.path.contains("/src/"))
        .flat_map(|file| names(file).into_iter().map(move |name| (file, name)))
        .filter(|(_, name)| !is_listed(name))
        .map(|(file, name)| {
            Fault::at(&*file.path, format!("`{name}` has no schema; add it to {LISTED}"))
        })
        .collect()
}

/// The names of the enums of events in a file.
fn names(file: &TextFile) -> Vec<&str> {
    let parts = file.code().split(TAGGED).skip(1);
    let names =
        parts.filter_map(|part| part.split_once("pub enum ")?.1.split([' ', '<', '{']).next());
    names.collect()
}

/// Places in the schema of an event that have room for a name or a sentence.
pub(super) fn roomy(file: &TextFile) -> Vec<Fault> {
    if !file.is("json") || !file.path.starts_with(SCHEMAS) {
        return Vec::new();
    }
    let mut places = Vec::new();
    match serde_json::from_str(&file.text) {
        Ok(schema) => look(&schema, "", &mut places),
        Err(error) => return vec![Fault::at(&*file.path, format!("cannot be read: {error}"))],
    }
    let words = |place| {
        format!("{place} has room for words; use a `Code`, give it a `pattern`, or seal it")
    };
    places.into_iter().map(|place| Fault::at(&*file.path, words(place))).collect()
}

/// Fields of an event that have room for a name or a sentence.
pub(super) fn open_text(file: &TextFile) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut inside = Inside::Nothing;
    for (number, line) in (1..).zip(file.code().lines()) {
        let code = line.split("//").next().unwrap_or_default();
        if inside == Inside::Nothing && line.contains(TAGGED) {
            inside = Inside::Attributes;
        } else if inside == Inside::Attributes && code.contains("enum ") {
            inside = Inside::Event;
        } else if inside == Inside::Event && line.starts_with('}') {
            inside = Inside::Nothing;
        }
        if inside == Inside::Event && !code.trim_start().starts_with('#') {
            let roomy =
                code.split(|character: char| !character.is_alphanumeric() && character != '_');
            faults.extend(roomy.filter(|word| ROOMY.contains(word)).map(|word| {
                let words = format!(
                    "`{word}` in the open part of an event; use a `Code` or an enum, or seal it"
                );
                Fault::on_line(&file.path, number, words)
            }));
        }
    }
    faults
}

fn look(schema: &Value, place: &str, places: &mut Vec<String>) {
    if let Some(object) = schema.as_object() {
        let is_bounded = BOUNDED.iter().any(|key| object.contains_key(*key));
        if object.get("type").is_some_and(is_text) && !is_bounded {
            places.push(place.to_owned());
        }
        for (key, inner) in object {
            look(inner, &format!("{place}/{key}"), places);
        }
    } else if let Some(list) = schema.as_array() {
        for (inner, number) in list.iter().zip(0..) {
            look(inner, &format!("{place}/{number}"), places);
        }
    }
}

fn is_text(kind: &Value) -> bool {
    kind == "string"
        || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "string"))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Attributes,
    Event,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(fields: &str, want: usize) {
        let text = format!(
            "struct Free {{ text: String }}\n#[serde(tag = \"event\", rename_all = \"snake_case\")]\n\
             #[non_exhaustive]\npub enum GroupEvent {{\n{fields}\n}}\nstruct AlsoFree(String);\n"
        );
        let file = TextFile { path: "a.rs".into(), text };
        assert_eq!(open_text(&file).len(), want, "{fields}");
    }

    #[test]
    fn an_event_has_no_room_for_a_name() {
        check("    Joined { member: MemberId, role: Code, on: NaiveDate },", 0);
        check(
            "    /// A String would be too much.\n    Left { member: MemberId }, // no String",
            0,
        );
        check("    #[serde(rename = \"String\")]\n    Held,", 0);
        check("    Left { member: MemberId, why: String },", 1);
        check(
            "    Left {\n        why: Option<String>,\n        who: Cow<'static, str>,\n    },",
            3,
        );
    }

    #[test]
    fn a_schema_shows_where_a_name_would_fit() {
        let places = |schema: serde_json::Value| -> Vec<String> {
            let mut places = Vec::new();
            look(&schema, "", &mut places);
            places
        };
        let bounded = json!({ "properties": {
            "id": { "type": "string", "format": "uuid" },
            "role": { "type": ["string", "null"], "pattern": "^[a-z]+$" },
            "event": { "type": "string", "const": "joined" },
            "size": { "type": "integer" }
        } });
        assert_eq!(places(bounded), Vec::<String>::new());
        let open = json!({ "oneOf": [{ "properties": { "why": { "type": ["string", "null"] } } }, { "type": "string" }] });
        assert_eq!(places(open), ["/oneOf/0/properties/why", "/oneOf/1"]);

        let file = |path: &str, text: &str| TextFile { path: path.into(), text: text.into() };
        assert_eq!(
            roomy(&file("schemas/events/a.schema.json", r#"{ "type": "string" }"#)).len(),
            1
        );
        assert_eq!(roomy(&file("schemas/model.schema.json", r#"{ "type": "string" }"#)).len(), 0);
        assert_eq!(roomy(&file("schemas/events/a.schema.json", "{")).len(), 1);
    }

    #[test]
    fn an_event_without_a_schema_is_found() {
        let code = "#[serde(tag = \"event\")]\n#[non_exhaustive]\npub enum GroupEvent {\n}\n";
        let event = TextFile { path: "crates/x/src/event.rs".into(), text: code.into() };
        let list = |text: &str| TextFile { path: LISTED.into(), text: text.into() };
        assert_eq!(unlisted(&[event.clone(), list("of::<x::GroupEvent>")]).len(), 0);
        assert_eq!(unlisted(&[event.clone(), list("of::<x::ClassEvent>")]).len(), 1);
        assert_eq!(unlisted(&[event]).len(), 1);
    }
}
