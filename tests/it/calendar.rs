//! A calendar: a series planned at once, sessions moved and called off, nobody in two rooms at once.

use chrono::NaiveTime;
use circle_model::{LocalTime, NotHeldReason, Proposal, Travel};
use circlekeeper::{Keeper, KeeperError, Room, SeriesStep, SeriesWish, State, gates::StandBy};
use commons::{Code, MemberId, Refused};
use event_log::MemoryLog;
use rehearsal::World;
use safety_protocols::{Arrangement, Cadence};

use crate::scene::{
    Scene, ZONE, assistants, begin, copied, day, found, gather_in, healing_group, memory, proposal,
};

type Desk = Keeper<MemoryLog, World>;

const ROLE: &str = "community_healing_assistant";

fn week(number: u16, led_by: &[MemberId]) -> Proposal {
    proposal(number, u64::from(number) * 7, 120, led_by, ROLE)
}

/// Two groups that begin, each in a place, and the assistants of both.
fn two_groups(keeper: &mut Desk, places: [&str; 2]) -> ([Scene; 2], Vec<MemberId>) {
    let supervised = Arrangement::Supervised(Cadence::Fortnightly);
    let groups =
        places.map(|place| gather_in(keeper, "social-healing-group", 18, supervised, Some(place)));
    let led_by = assistants(keeper, 4, groups[0].supervisor);
    begin(keeper, &groups[0], &led_by[..2]);
    begin(keeper, &groups[1], &led_by[2..]);
    (groups, led_by)
}

fn at(days: u64, hour: u32, minute: u32) -> LocalTime {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    LocalTime { date: day(days), time, zone: ZONE }
}

/// What keeps a session from being planned: rules of several rooms, or one of the group's own.
fn against<T: std::fmt::Debug>(refused: Result<T, KeeperError>) -> Vec<String> {
    let error = refused.unwrap_err();
    let KeeperError::Gate { unmet } = &error else { return vec![error.code().to_owned()] };
    unmet.iter().map(|one| one.what.to_string()).collect()
}

#[test]
fn a_series_is_planned_whole_or_not_at_all_and_every_refusal_is_told() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    let nobody = StandBy::default();
    let wish = |sessions| SeriesWish {
        first: day(7),
        time: NaiveTime::from_hms_opt(10, 0, 0).unwrap(),
        rhythm: None,
        exceptions: Vec::new(),
        sessions,
        minutes: None,
        led_by: [].into(),
    };
    let steps = keeper.lay_out(scene.unit, &wish(Some(5))).unwrap();
    let SeriesStep::Plan(first) = &steps[0] else { panic!("no session") };
    assert_eq!(first.led_by.keys().collect::<Vec<_>>(), led_by.iter().collect::<Vec<_>>());
    assert_eq!((first.minutes, first.theme.as_ref()), (120, Some(&Code::of("welcome"))));
    let five = keeper.plan_series(scene.unit, &steps, &nobody);
    let Err(KeeperError::Series { refused }) = five else { panic!("it was planned") };
    let told: Vec<_> = refused.iter().map(|one| (one.number, one.why.code())).collect();
    let later = "session.outside_phase";
    assert_eq!(told, [(4, later), (5, later)], "only those, and both");
    assert!(keeper.appointments(None).unwrap().is_empty(), "nothing was written");

    // Where nothing is said, to the end of the phase: three sessions.
    let steps = keeper.lay_out(scene.unit, &wish(None)).unwrap();
    let planned = keeper.plan_series(scene.unit, &steps, &nobody).unwrap();
    let calendar = keeper.appointments(Some(scene.unit)).unwrap();
    let days: Vec<_> = calendar.iter().map(|it| (it.session, it.at.date, it.changes)).collect();
    assert_eq!(days, [1, 2, 3].map(|n| (planned[n - 1], day(7 * n as u64), 0)));
    assert_eq!(keeper.findings().unwrap(), [], "by hand it would stand as well");
    assert_eq!(keeper.lay_out(scene.unit, &wish(None)).unwrap(), [], "nothing is left to plan");
    keeper.close_group(scene.unit, circle_model::CloseReason::Chosen, day(5)).unwrap();
    let ended = keeper.lay_out(scene.unit, &wish(None)).unwrap_err();
    assert_eq!(ended.code(), "group.ended", "that is why nothing is planned");
}

#[test]
fn a_week_of_mourning_in_a_series_keeps_the_rhythm() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    let later = |number, days| SeriesStep::Plan(proposal(number, days, 120, &led_by, ROLE));
    let gap = [later(1, 7), later(2, 21)];
    let nobody = StandBy::default();
    let Err(KeeperError::Series { refused }) = keeper.plan_series(scene.unit, &gap, &nobody) else {
        panic!("a week was left out for no reason")
    };
    assert_eq!(refused[0].why.code(), "session.off_rhythm");
    let mourning = SeriesStep::Skip { on: day(14), why: NotHeldReason::Commemoration };
    let series = [later(1, 7), mourning, later(2, 21)];
    assert_eq!(keeper.plan_series(scene.unit, &series, &nobody).unwrap().len(), 2);
    assert_eq!(keeper.findings().unwrap(), []);
}

#[test]
fn moving_a_session_keeps_what_was_planned_and_calling_it_off_keeps_the_entry() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    let nobody = StandBy::default();
    let session = keeper.plan_session(scene.unit, &week(1, &led_by), &nobody).unwrap();
    // By an hour, on the same day: it does not stand in its own way.
    let why = Code::of("rain");
    keeper.move_session(scene.unit, session, at(7, 11, 0), &why, &nobody).unwrap();
    keeper.move_session(scene.unit, session, at(8, 11, 0), &why, &nobody).unwrap();
    keeper.skip_session(scene.unit, session, day(8), NotHeldReason::Weather).unwrap();
    let calendar = keeper.appointments(None).unwrap();
    let entry = &calendar[0];
    assert_eq!((entry.at, entry.changes), (at(8, 11, 0), 3));
    assert_eq!(entry.state, State::NotHeld(NotHeldReason::Weather));
    assert_eq!(keeper.unit(scene.unit).unwrap().sessions[&session].ever().count(), 4);
}

#[test]
fn nobody_leads_in_two_groups_at_once_nor_is_late_for_the_way() {
    let mut keeper = found(memory(1), 1, false);
    let (groups, led_by) = two_groups(&mut keeper, ["The church", "The school"]);
    let nobody = StandBy::default();
    keeper.plan_session(groups[0].unit, &week(1, &led_by[..2]), &nobody).unwrap();
    let asked = |at, pair: &[MemberId]| Proposal { at, ..week(1, pair) };
    let mut refused = |at, pair: &[MemberId], stand_by: &StandBy| {
        against(keeper.plan_session(groups[1].unit, &asked(at, pair), stand_by))
    };
    // The first is from ten to twelve o'clock. One of its pair would help out in the other group.
    let both = refused(at(7, 11, 0), &led_by[1..3], &nobody);
    assert_eq!(both, ["leader_elsewhere", "pause"]);
    let way = |minutes| StandBy { travel: Travel::otherwise(minutes), ..StandBy::default() };
    assert_eq!(refused(at(7, 13, 0), &led_by[1..3], &way(61)), ["leader_elsewhere"]);
    let (church, school) =
        (Room::called("the church").unwrap(), Room::called("The  SCHOOL").unwrap());
    let travel = Travel::otherwise(61).with(&school, &church, 60);
    let known = StandBy { travel, ..StandBy::default() };
    keeper.plan_session(groups[1].unit, &asked(at(7, 13, 0), &led_by[1..3]), &known).unwrap();
    assert_eq!(keeper.findings().unwrap(), []);
}

#[test]
fn two_groups_are_never_in_one_room() {
    let mut keeper = found(memory(1), 1, false);
    let (groups, led_by) = two_groups(&mut keeper, ["The church", " the Church "]);
    let nobody = StandBy::default();
    keeper.plan_session(groups[0].unit, &week(1, &led_by[..2]), &nobody).unwrap();
    let refused = keeper.plan_session(groups[1].unit, &week(1, &led_by[2..]), &nobody);
    assert_eq!(against(refused), ["room_taken"]);
    let after = Proposal { at: at(7, 12, 0), ..week(1, &led_by[2..]) };
    let session = keeper.plan_session(groups[1].unit, &after, &nobody).unwrap();
    let moved = keeper.move_session(groups[1].unit, session, at(7, 9, 0), &Code::of("x"), &nobody);
    assert_eq!(against(moved), ["room_taken"]);
}

#[test]
fn what_two_laptops_planned_for_one_hour_is_shown_once_after_a_merge() {
    let mut keeper = found(memory(1), 1, false);
    let (groups, led_by) = two_groups(&mut keeper, ["The church", "The church"]);
    let mut other = copied(keeper.log(), 2, 2);
    let nobody = StandBy::default();
    keeper.plan_session(groups[0].unit, &week(1, &led_by[..2]), &nobody).unwrap();
    let session = other.plan_session(groups[1].unit, &week(1, &led_by[1..3]), &nobody).unwrap();
    keeper.merge(other.log()).unwrap();
    let kinds = |keeper: &mut Desk| -> Vec<_> {
        keeper.findings().unwrap().into_iter().map(|one| (one.room, one.kind)).collect()
    };
    let told = [("calendar", "leader_elsewhere".to_owned()), ("calendar", "room_taken".to_owned())];
    assert_eq!(kinds(&mut keeper), told);
    keeper.lock();
    assert_eq!(kinds(&mut keeper), told[..1], "where they meet is sealed");
    keeper.unlock(crate::scene::PASSPHRASE).unwrap();
    keeper
        .move_session(groups[1].unit, session, at(8, 10, 0), &Code::of("clash"), &nobody)
        .unwrap();
    assert_eq!(kinds(&mut keeper), []);
}

#[test]
fn an_alias_is_stable_and_tells_nothing_without_the_passphrase() {
    let mut keeper = found(memory(1), 1, false);
    let other = found(memory(2), 2, false);
    let alias =
        |keeper: &Desk, use_: &'static str| keeper.alias(&Code::of(use_), &[7; 16]).unwrap();
    assert_eq!(alias(&keeper, "feed"), alias(&copied(keeper.log(), 3, 3), "feed"));
    assert_ne!(alias(&keeper, "feed"), alias(&keeper, "entry"));
    assert_ne!(alias(&keeper, "feed"), alias(&other, "feed"));
    keeper.lock();
    assert!(keeper.alias(&Code::of("feed"), &[7; 16]).is_err());
}
