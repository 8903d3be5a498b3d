//! The calendar at a terminal: planned, moved, taken along.

use std::{collections::BTreeMap, fs};

use calcard::{
    common::IanaString,
    icalendar::{ICalendar, ICalendarProperty, ICalendarValue},
};

use crate::{
    group::{Group, day, make},
    house::House,
};

fn planned(house: &House, group: &Group) {
    let unit = group.unit.short();
    let from = day(7).to_string();
    house.run(&["calendar", "plan", &unit, "--from", &from, "--time", "14:00"]).ended(0);
}

#[test]
fn a_phase_is_planned_at_once_and_shown_by_codes_without_the_passphrase() {
    let house = House::empty();
    let groups = make(&house, 1);
    let unit = groups[0].unit.short();
    let from = day(7).to_string();
    let asked = ["calendar", "plan", &unit, "--from", &from, "--time", "14:00"];
    let trial = house.run(&[&asked[..], &["--trial"]].concat());
    trial.ended(0);
    assert!(
        trial.out.contains("Mon 2026-03-09 14:00") && trial.out.contains("Nothing was written")
    );
    let nothing = house.run(&["calendar", "show"]);
    assert!(nothing.out.contains("Nothing is planned"));
    let ran = house.run(&asked);
    ran.ended(0);
    assert!(ran.out.contains("3 sessions are planned."), "{}", ran.out);
    let again = house.run(&asked);
    again.ended(1);
    assert!(again.err.contains("Every session of this phase"), "{}", again.err);

    let house = house.locked();
    let shown = house.run(&["calendar", "show", "--unit", &unit.to_lowercase()]);
    shown.ended(0);
    assert!(shown.out.contains("Mon 2026-03-23 14:00"));
    assert!(!shown.out.contains("Uwase") && !shown.out.contains("hope"));
    let one = house.json(&["calendar", "show", "--from", "2026-03-10", "--to", "2026-03-16"]);
    let sessions = &one["sessions"];
    assert_eq!(sessions.as_array().unwrap().len(), 1);
    assert_eq!(sessions[0]["at"], "2026-03-16T12:00:00Z");
    assert_eq!(sessions[0]["number"], 2);
}

#[test]
fn a_series_that_breaks_a_rule_is_refused_whole_with_every_rule() {
    let house = House::empty();
    let groups = make(&house, 1);
    let unit = groups[0].unit.short();
    let ran = house.run(&[
        "calendar",
        "plan",
        &unit,
        "--from",
        "2026-03-09",
        "--time",
        "14:00",
        "--every",
        "2 weeks",
        "--sessions",
        "4",
    ]);
    ran.ended(1);
    for told in ["session 2, 2026-03-23: 14 days after", "session 4, 2026-04-20: ", "(rule SH-01)"]
    {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert!(house.run(&["calendar", "show"]).out.contains("Nothing is planned"));
    let mourning =
        house.write("days.txt", "# The week of mourning\n2026-03-14..2026-03-20 commemoration\n");
    let ran = house.run(&[
        "calendar",
        "plan",
        &unit,
        "--from",
        "2026-03-09",
        "--time",
        "14:00",
        "--sessions",
        "2",
        "--skip",
        &mourning,
    ]);
    ran.ended(0);
    assert!(
        ran.out.contains("On 2026-03-16 nothing is held: a week of commemoration."),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("2026-03-23"));
    let bad = house.write("bad.txt", "2026-03-14\nthe 3rd of May\n");
    let ran = house.run(&[
        "calendar",
        "plan",
        &unit,
        "--from",
        "2026-03-09",
        "--time",
        "14:00",
        "--skip",
        &bad,
    ]);
    ran.ended(1);
    assert!(ran.err.contains("line 2") && !ran.err.contains("May"), "{}", ran.err);
}

#[test]
fn nobody_leads_in_two_places_at_once_at_the_terminal_either() {
    let house = House::empty();
    let groups = make(&house, 2);
    planned(&house, &groups[0]);
    let unit = groups[1].unit.short();
    let elsewhere = format!("{}=community_healing_assistant", groups[0].assistants[0].short());
    let own = format!("{}=community_healing_assistant", groups[1].assistants[0].short());
    let at = |time: &str, more: &[&str]| {
        let fixed = ["calendar", "plan", &unit, "--from", "2026-03-09", "--sessions", "1"];
        let lead = ["--lead", &elsewhere, "--lead", &own, "--time", time];
        house.run(&[&fixed[..], &lead, more].concat())
    };
    let ran = at("15:00", &[]);
    ran.ended(1);
    assert!(ran.err.contains("would lead elsewhere at that time") && ran.err.contains("U-10"));
    let ways = house.write("ways.csv", "from,to,minutes\nchurch 0,CHURCH 1,90\n");
    let ran = at("17:15", &["--travel", &ways]);
    ran.ended(1);
    assert!(ran.err.contains("or be on the way"), "{}", ran.err);
    let bad = house.write("bad.csv", "from,to,minutes\nchurch 0,,90\na,b,soon\n");
    let ran = at("17:15", &["--travel", &bad]);
    ran.ended(1);
    assert!(ran.err.contains("line 2") && ran.err.contains("line 3"), "{}", ran.err);
    at("17:30", &["--travel", &ways]).ended(0);
}

/// What a calendar of another implementation understands of a feed: by its UID, what each entry says.
fn read(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let calendar = ICalendar::parse(text).unwrap();
    let events = calendar.components.iter().filter(|it| it.component_type.as_str() == "VEVENT");
    #[expect(clippy::wildcard_enum_match_arm, reason = "a feed has no values of another kind")]
    let said = |property: &ICalendarProperty, value: &ICalendarValue| {
        let value = match value {
            ICalendarValue::Text(text) => text.clone(),
            ICalendarValue::Integer(number) => number.to_string(),
            ICalendarValue::PartialDateTime(time) => {
                let time = time.to_date_time_with_tz(calcard::common::timezone::Tz::UTC);
                time.unwrap().to_rfc3339()
            }
            ICalendarValue::Status(status) => status.as_str().to_owned(),
            ICalendarValue::Classification(class) => class.as_str().to_owned(),
            other => panic!("{other:?}"),
        };
        (property.as_str().to_owned(), value)
    };
    let events = events.map(|event| {
        let entries = event.entries.iter();
        let entry: BTreeMap<_, _> =
            entries.map(|entry| said(&entry.name, &entry.values[0])).collect();
        (entry["UID"].clone(), entry)
    });
    events.collect()
}

/// Exports, and reads what was written for each who leads.
fn exported(
    house: &House,
    more: &[&str],
) -> BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> {
    let folder = house.path("feeds");
    let fixed = ["calendar", "export", "--out", &folder, "--from", "2026-03-01"];
    house.run(&[&fixed[..], more].concat()).ended(0);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let feeds = files.map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, read(&fs::read_to_string(file.path()).unwrap()))
    });
    feeds.collect()
}

#[test]
fn a_feed_tells_an_appointment_and_its_time_and_nothing_else() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    let feeds = exported(&house, &[]);
    assert_eq!(feeds.len(), 2, "one for each who leads");
    let uids: std::collections::BTreeSet<_> = feeds.values().flat_map(|feed| feed.keys()).collect();
    assert_eq!(uids.len(), 6, "nobody sees from two feeds that they lead together");
    for (name, feed) in &feeds {
        assert_eq!(name.len(), 36, "{name}");
        for entry in feed.values() {
            let names: Vec<_> = entry.keys().map(String::as_str).collect();
            let all =
                ["CLASS", "DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "UID"];
            assert_eq!(names, all);
            assert_eq!(
                (entry["SUMMARY"].as_str(), entry["CLASS"].as_str()),
                ("Appointment", "PRIVATE")
            );
        }
        let text = fs::read_to_string(house.folder().join("feeds").join(name)).unwrap();
        let ids = [groups[0].unit.to_string(), groups[0].unit.short()];
        let people = groups[0].assistants.iter().chain(&groups[0].members);
        for word in ids.into_iter().chain(people.flat_map(|one| [one.to_string(), one.short()])) {
            assert!(!text.contains(&word));
        }
        for word in ["ircle", "Kigali", "heal", "Church"] {
            assert!(!text.contains(word), "{word}");
        }
    }
    let starts: Vec<_> =
        feeds.values().next().unwrap().values().map(|it| it["DTSTART"].clone()).collect();
    // The same instants as by the rule that a calendar of others would follow.
    let rule = "DTSTART;TZID=Africa/Kigali:20260309T140000\nRRULE:FREQ=WEEKLY;COUNT=3";
    let rule: rrule::RRuleSet = rule.parse().unwrap();
    let mut wanted: Vec<_> = rule.all(9).dates.iter().map(|at| at.to_utc().to_rfc3339()).collect();
    let mut starts = starts;
    starts.sort();
    wanted.sort();
    assert_eq!(starts, wanted);
    let placed = exported(&house, &["--place"]);
    assert!(
        placed.values().flat_map(|feed| feed.values()).all(|entry| entry["LOCATION"] == "Church 0")
    );
}

#[test]
fn a_moved_session_moves_in_the_calendar_and_one_called_off_is_struck_out() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    let unit = groups[0].unit.short();
    let before = exported(&house, &[]);
    house
        .run(&["calendar", "move", &unit, "3", "--to", "2026-03-24", "--reason", "weather"])
        .ended(0);
    house.run(&["calendar", "skip", &unit, "2", "--reason", "unsafe"]).ended(0);
    let after = exported(&house, &[]);
    let keys = |feeds: &BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>| -> Vec<_> {
        feeds
            .iter()
            .map(|(name, feed)| (name.clone(), feed.keys().cloned().collect::<Vec<_>>()))
            .collect()
    };
    assert_eq!(keys(&before), keys(&after), "the same files and entries");
    let mut told: Vec<_> = after
        .values()
        .next()
        .unwrap()
        .values()
        .map(|entry| (entry["DTSTART"].clone(), entry["SEQUENCE"].clone(), entry["STATUS"].clone()))
        .collect();
    told.sort();
    let entry = |at: &str, sequence: &str, status: &str| {
        (format!("{at}T12:00:00+00:00"), sequence.to_owned(), status.to_owned())
    };
    assert_eq!(
        told,
        [
            entry("2026-03-09", "0", "CONFIRMED"),
            entry("2026-03-16", "1", "CANCELLED"),
            entry("2026-03-24", "1", "CONFIRMED"),
        ]
    );
    let shown = house.run(&["calendar", "show"]);
    assert!(
        shown.out.contains("to come, moved") && shown.out.contains("not held: it was"),
        "{}",
        shown.out
    );
}

#[test]
fn calling_off_twice_is_one_change_and_a_session_out_of_order_is_said() {
    let house = House::empty();
    let groups = make(&house, 1);
    planned(&house, &groups[0]);
    let unit = groups[0].unit.short();
    let skip = |reason: &str| house.run(&["calendar", "skip", &unit, "2", "--reason", reason]);
    skip("unsafe").ended(0).never_says("already");
    let before = exported(&house, &[]);
    skip("unsafe").ended(0).says("It was called off already");
    let entries = |feeds: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>| {
        let entries = feeds.into_values().flat_map(BTreeMap::into_values);
        let sequence = |mut it: BTreeMap<String, String>| it.remove("SEQUENCE");
        entries.map(sequence).collect::<Vec<_>>()
    };
    assert_eq!(entries(before), entries(exported(&house, &[])));
    let plan = ["calendar", "plan", &unit, "--dates", "2026-03-30", "--time", "14:00"];
    house.run(&[&plan[..], &["--trial"]].concat()).ended(0).says("Session 2 comes after session 3");
    house.run(&plan).ended(0).says("Session 2 comes after session 3");
    let moved =
        house.json(&["calendar", "move", &unit, "2", "--to", "2026-03-31", "--reason", "weather"]);
    assert_eq!(moved["out_of_order"], serde_json::json!([{ "number": 2, "after": 3 }]));
}
