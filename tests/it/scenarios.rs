//! The scenarios of both models, and cards that may be deleted at any time.

use circle_vault::Cost;
use commons::Code;
use event_log::EventLog;
use outcomes::suppression::Audience;
use rehearsal::{Options, play_healing_circle, play_social_healing};

use crate::scene::{draft, memory};

fn options(people: u32) -> Options {
    Options { people, cost: Cost::TEST, ..Options::new(1) }
}

#[test]
fn one_sector_of_rwanda_lives_sixteen_weeks_in_its_numbers() {
    let mut played = play_social_healing(memory(1), &options(120), &mut |_| {}).unwrap();
    let sector = played.sector().unwrap();
    assert_eq!((sector.people, sector.sessions), (120, 96));
    assert_eq!((sector.attended * 10_000) / sector.possible, 8625, "86.25 percent of 1,920");
    assert_eq!((sector.completed, sector.not_completed, sector.dropped_out), (111, 5, 4));
    assert_eq!(sector.savings.iter().sum::<u64>(), 90);
    let pending = sector.referrals - sector.referrals_attended;
    assert_eq!((sector.emergencies, sector.referrals, pending), (3, 11, 2));
    assert_eq!((played.counts.supervisors, played.counts.most_seen), (1, 12), "SV-05");

    // The report says the same, counted another way.
    let now = played.keeper.now();
    let cohort = played.keeper.cohort(now).unwrap();
    assert_eq!(cohort.people(), 120, "who waits was never seated and never measured");
    let plan = played.keeper.figure_plan(Audience::Outside).unwrap();
    let figures = cohort.figures(&plan);
    let seats = &figures.attendance.shown().unwrap().overall;
    assert_eq!((seats.came, seats.of, figures.delivery.sessions_held), (1656, 1920, 96));
    let phq9 = figures.scales.iter().find(|scale| scale.instrument == "phq-9").unwrap();
    let Some(change) = phq9.change.shown() else { panic!("{:?} {:?}", phq9.change, phq9.waves) };
    assert!((change.mean.abs() - 4.9).abs() < 0.051, "{}: 11.2 before, 6.3 after", change.mean);

    // What was left undone is due, and nothing of it is lost when everything is counted again.
    let duties = played.keeper.duties().unwrap();
    let open_referrals =
        duties.iter().filter(|duty| duty.row == "rf-08-service" && duty.is_open()).count();
    assert_eq!(open_referrals, 2, "two referrals wait for the service's word");
    assert!(played.keeper.log().verify(&mut |_, _| {}).unwrap().damage.is_empty());
}

#[test]
fn a_healing_circle_lives_its_year_in_its_numbers() {
    let mut played = play_healing_circle(memory(1), &options(9), &mut |_| {}).unwrap();
    let circle = &played.circle;
    assert_eq!((circle.possible, circle.attended), (144, 126));
    assert_eq!((circle.attended * 1000) / circle.possible, 875, "87.5 percent");
    assert_eq!(circle.child_sizes, [5, 6, 7]);
    assert_eq!((circle.generations, circle.cycles), (2, 0), "U-15");
    assert_eq!(circle.usd_per_healer, 800);

    let duties = played.keeper.duties().unwrap();
    let reconvene: Vec<_> = duties.iter().filter(|duty| duty.row == "hc-08-reconvene").collect();
    assert_eq!(reconvene.len(), 1, "HC-08");
    assert_eq!(reconvene[0].closed.as_ref().unwrap().evidence, "reconvened");
    assert!(reconvene[0].closed.as_ref().unwrap().at < reconvene[0].due_at.unwrap());
    assert!(played.keeper.findings().unwrap().is_empty(), "{:?}", played.keeper.findings());
}

#[test]
fn with_cards_and_without_a_facilitator_sees_the_same() {
    let mut played = play_healing_circle(memory(1), &options(9), &mut |_| {}).unwrap();
    let unit = played.circle.children[2];
    let keeper = &mut played.keeper;
    let computed = keeper.compute_card(unit).unwrap();
    assert!(keeper.log().card(unit.into()).unwrap().is_some(), "it is kept");
    assert_eq!(keeper.unit_card(unit).unwrap(), computed);
    keeper.log_mut().drop_cards().unwrap();
    assert_eq!(keeper.unit_card(unit).unwrap(), computed, "and computed again where it is gone");

    // A card is never behind: whatever is written takes it away.
    let members: Vec<_> = computed.people.iter().map(|person| person.member).collect();
    keeper
        .record_session(unit, commons::SessionId::number(9), &draft(0, 90, &members, &[]))
        .unwrap();
    assert!(keeper.log().card(unit.into()).unwrap().is_none());
    let again = keeper.unit_card(unit).unwrap();
    assert_eq!(again, keeper.compute_card(unit).unwrap());

    // Figures never come from cards.
    let now = keeper.now();
    let with = format!("{:?}", keeper.cohort(now).unwrap());
    keeper.log_mut().drop_cards().unwrap();
    assert_eq!(format!("{:?}", keeper.cohort(now).unwrap()), with);
    assert_eq!(computed.people.len(), 7);
    assert!(computed.people.iter().all(|person| person.name.is_some()));
    assert_eq!(computed.phase, None::<Code>);
}
