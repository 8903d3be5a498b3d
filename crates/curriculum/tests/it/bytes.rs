//! What was written once is read for ever.

use commons::laws;
use curriculum::ClassEvent;

/// Events as the first release wrote them. Lines are added, never changed.
const FIRST: &str = include_str!("../data/events-1.ndjson");

#[test]
fn events_of_the_first_release_are_still_read() {
    laws::old_bytes_still_read::<ClassEvent>(FIRST);
    assert_eq!(FIRST.lines().count(), 15, "one line for each kind of event");
}

#[test]
fn the_schema_of_events_names_every_kind() {
    let schema = serde_json::to_string(&schemars::schema_for!(ClassEvent)).expect("plain");
    for line in FIRST.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let kind = event["event"].as_str().expect("a kind");
        assert!(schema.contains(&format!("\"{kind}\"")), "{kind}");
    }
}
