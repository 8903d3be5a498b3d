//! Both scenarios of the models, in their numbers, read back from the program.

use circle_vault::Cost;
use commons::Code;
use event_log::{DeviceId, EventLog, MemoryLog, Visit};
use rehearsal::{Options, play_healing_circle, play_social_healing};

fn log() -> MemoryLog {
    MemoryLog::open(DeviceId::number(1), &Visit::new(Code::of("test-1"), 0, [7; 48]))
}

fn options(seed: u64, people: u32) -> Options {
    Options { people, cost: Cost::TEST, ..Options::new(seed) }
}

#[test]
fn the_first_sector_comes_out_in_the_numbers_of_its_scenario() {
    let mut played = play_social_healing(log(), &options(1, 120), &mut |_| {}).unwrap();
    let sector = played.sector().unwrap();
    assert_eq!((sector.groups, sector.people, sector.assistants), (6, 120, 12));
    assert_eq!((sector.measured_before, sector.declined_before), (118, 2));
    assert_eq!((sector.sessions, sector.possible, sector.attended), (96, 1920, 1656));
    assert_eq!((sector.completed, sector.not_completed, sector.dropped_out), (111, 5, 4));
    assert_eq!(sector.refused_late, 2);
    assert_eq!((sector.emergencies, sector.emergencies_closed), (3, 3));
    assert_eq!((sector.referrals, sector.referrals_attended), (11, 9));
    assert_eq!(sector.measured_after, 112);
    assert_eq!(sector.savings, [17, 19, 20, 16, 18]);
    assert_eq!(sector.merges_offered, 1);
    let phq9 = sector.phq9;
    assert_eq!(phq9.people, 110);
    let near = |found: f64, wanted: f64, by: f64| assert!((found - wanted).abs() < by, "{phq9:?}");
    near(phq9.before, 11.2, 1e-9);
    near(phq9.before_sd, 5.4, 0.0008);
    near(phq9.after, 6.3, 1e-9);
    near(phq9.after_sd, 4.6, 0.0008);
}

#[test]
fn a_healing_circle_comes_out_in_the_numbers_of_its_scenario() {
    let played = play_healing_circle(log(), &options(1, 9), &mut |_| {}).unwrap();
    let circle = played.circle;
    assert_eq!((circle.forms, circle.ready, circle.deferred), (9, 7, 2));
    assert_eq!((circle.workshops_attended, circle.workshops_possible, circle.made_up), (40, 42, 2));
    assert_eq!((circle.meetings, circle.possible, circle.attended), (22, 144, 126));
    assert_eq!(circle.phases, ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"]);
    assert_eq!((circle.matters, circle.matters_closed), (2, 2));
    assert_eq!((circle.reviews, circle.reconvened_after_days), (6, 14 * 7));
    assert_eq!((circle.child_sizes, circle.new_people), (vec![5, 6, 7], 15));
    assert_eq!((circle.generations, circle.cycles), (2, 0));
    assert_eq!((circle.healers, circle.usd_per_healer), (7, 800));
}

#[test]
fn the_same_seed_plays_the_same_program_to_the_byte() {
    let heads = |seed| {
        let played = play_healing_circle(log(), &options(seed, 9), &mut |_| {}).unwrap();
        played.keeper.log().heads().unwrap()
    };
    assert_eq!(heads(3), heads(3));
    assert_ne!(heads(3), heads(4));
}

#[test]
fn fewer_people_than_the_first_sector_are_refused() {
    let refused = play_social_healing(log(), &options(1, 119), &mut |_| {});
    assert!(refused.is_err_and(|error| error.to_string().contains("119 people")));
}
