//! No event has room for a name or a sentence: every text of it is a code, an id or a time.

use safety_protocols::{
    CardEvent, ConsentEvent, MatterEvent, ReferralEvent, ServiceEvent, SupervisionEvent,
};
use serde_json::Value;

/// Paths of texts that anything could be written into.
fn free_texts(schema: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(object) = schema.as_object() {
        let text = object.get("type").is_some_and(|kind| {
            kind == "string"
                || kind.as_array().is_some_and(|kinds| kinds.contains(&"string".into()))
        });
        let bound = ["const", "enum", "pattern", "format"];
        if text && !bound.iter().any(|key| object.contains_key(*key)) {
            found.push(path.to_owned());
        }
        for (key, value) in object {
            free_texts(value, &format!("{path}/{key}"), found);
        }
    } else if let Some(list) = schema.as_array() {
        for value in list {
            free_texts(value, path, found);
        }
    }
}

#[test]
fn no_event_has_room_for_words() {
    for schema in [
        schemars::schema_for!(ConsentEvent),
        schemars::schema_for!(MatterEvent),
        schemars::schema_for!(ReferralEvent),
        schemars::schema_for!(SupervisionEvent),
        schemars::schema_for!(CardEvent),
        schemars::schema_for!(ServiceEvent),
    ] {
        let mut found = Vec::new();
        free_texts(schema.as_value(), "", &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
    // The sealed part does, and this test sees it.
    let mut found = Vec::new();
    let sealed = schemars::schema_for!(safety_protocols::MatterContent);
    free_texts(sealed.as_value(), "", &mut found);
    assert_eq!(found, ["/properties/account"]);
}
