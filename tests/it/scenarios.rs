//! The scenarios of both models, and cards that may be deleted at any time.

use circle_model::LeaveReason;
use circle_vault::Cost;
use circlekeeper::{Asking, NewSheet, Part, Standing};
use commons::Code;
use event_log::EventLog;
use outcomes::Referrals;
use outcomes::figures::{Period, Unmeasured};
use outcomes::suppression::{Audience, Tally};
use rehearsal::{Options, play_healing_circle, play_social_healing};
use safety_protocols::Scope;

use crate::scene::{
    day, draft, found, healing_group, meet, memory, moment, people, reporting, sheet, spoken,
};

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
    let cohort = played.keeper.cohort(&reporting(), now).unwrap();
    assert_eq!(cohort.people(), 120, "who waits was never seated and never measured");
    let plan = played.keeper.figure_plan(Audience::Outside).unwrap();
    let figures = cohort.figures(&plan);
    let seats = &figures.attendance.shown().unwrap().overall;
    assert_eq!((seats.came, seats.of, figures.delivery.sessions_held), (1656, 1920, 96));
    let completion = figures.completion.as_ref().unwrap().shown().unwrap();
    assert_eq!(completion.count, Tally::AtLeast { n: 110 }, "111 of 120, and nine stay unnamed");
    let period = figures.period.unwrap();
    assert!((period.to - period.from).num_days() >= 15 * 7, "sixteen weeks: {period:?}");
    assert!(figures.delivery.modules_planned > 0);
    // Each instrument is asked when the model asks it: GAD-7 not at week 8.
    let gad7 = figures.scales.iter().find(|scale| scale.instrument == "gad-7").unwrap();
    let waves = gad7.waves.shown().unwrap().iter().map(|wave| wave.timepoint.code.to_string());
    assert_eq!(waves.collect::<Vec<_>>(), ["t0", "t2"]);
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

    // Three of the seven sit in circles of their own as well: they are people once.
    let now = played.keeper.now();
    let plan = played.keeper.figure_plan(Audience::Inside).unwrap();
    let cohort = played.keeper.cohort(&reporting(), now).unwrap();
    let closed = Referrals { closed: 1, ended: 0, open: 0 };
    assert_eq!(cohort.work.referrals, closed, "of somebody who sat in no circle");
    let figures = cohort.figures(&plan);
    assert_eq!(figures.reach.people, Tally::Exactly { n: 22 });
    assert_eq!((figures.reach.units, played.counts.people), (4, 24), "two were asked to wait");
    let seats = &figures.attendance.shown().unwrap().overall;
    assert_eq!((seats.came, seats.of), (126, 144));
    let who5 = &figures.scales[0];
    let measured: Vec<_> = who5.waves.shown().unwrap().iter().map(|wave| wave.measured).collect();
    assert_eq!(measured, [7, 6, 6].map(|n| Tally::Exactly { n }));
    // Six of them at both ends: with the seven of the start that would name who moved away.
    assert_eq!(who5.change.shown().unwrap().both, Tally::Hidden);
}

#[test]
fn who_stays_is_told_by_sessions_and_not_by_the_calendar() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    // Three sessions, and two weeks in which none was held.
    for number in [1, 2, 3] {
        meet(&mut keeper, (&scene, &led_by), number, &[]);
    }
    let plan = keeper.figure_plan(Audience::Outside).unwrap();
    let figures = keeper.cohort(&reporting(), moment(40, 9)).unwrap().figures(&plan);
    let stays = figures.retention.shown().unwrap();
    assert_eq!((stays.stayed.share, stays.stayed.count), (Some(1.0), Tally::Exactly { n: 18 }));
    for member in &scene.members[..6] {
        keeper.leave(scene.unit, *member, day(36), LeaveReason::MovedAway).unwrap();
    }
    let plan = keeper.figure_plan(Audience::Inside).unwrap();
    let figures = keeper.cohort(&reporting(), moment(40, 9)).unwrap().figures(&plan);
    let stays = figures.retention.shown().unwrap();
    assert_eq!(stays.stayed.count, Tally::Exactly { n: 12 });
    let step = stays.curve.first().unwrap();
    assert_eq!((step.session, step.stays), (3, 0.667), "after the last session, not after a week");
}

#[test]
fn a_part_of_a_program_is_who_joined_in_its_days_and_sits_in_its_circles() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    meet(&mut keeper, (&scene, &led_by), 1, &[]);
    let file = keeper.unit(scene.unit).unwrap();
    let from = file.group.roster().stays().iter().map(|stay| stay.from).min().unwrap();
    let mut count = |part: Part| {
        let cohort = keeper.cohort_of(&reporting(), moment(40, 9), &part).unwrap();
        (cohort.people(), cohort.units())
    };
    let all = count(Part::default());
    assert_eq!(all, (18, 1));
    let days = |from, to| Part { joined: Some(Period { from, to }), ..Part::default() };
    assert_eq!(count(days(from, from)), all);
    let before = from.pred_opt().unwrap();
    assert_eq!(count(days(before, before)), (0, 0), "nobody had joined on that day");
    let group = |by: Code, group: &str| {
        let groups = [(by, [group.parse().unwrap()].into())].into();
        Part { groups, ..Part::default() }
    };
    assert_eq!(count(group(Part::CIRCLE, &scene.unit.short().to_lowercase())), all);
    assert_eq!(count(group(Part::CIRCLE, "0000-0")), (0, 0));
    assert_eq!(count(group(Part::MODEL, "social-healing-group")), all);
    assert_eq!(count(group(Part::MODEL, "another")), (0, 0));
}

#[test]
fn whoever_enrolled_and_was_never_measured_is_in_the_count() {
    let mut keeper = found(memory(1), 1, false);
    let members = people(&mut keeper, 40, Standing::Participant);
    let plan = keeper.figure_plan(Audience::Inside).unwrap();
    let nobody = keeper.cohort(&reporting(), moment(1, 9)).unwrap();
    assert_eq!(
        nobody.figures(&plan).reach.people,
        Tally::Exactly { n: 0 },
        "nothing was asked yet"
    );
    let by = people(&mut keeper, 1, Standing::Supervisor)[0];
    keeper
        .give_consent(&members, None, &[Scope::MeasureOutcomes], &spoken(by), moment(0, 8))
        .unwrap();
    let sheets: Vec<_> = members[..15]
        .iter()
        .map(|member| NewSheet { unit: None, ..sheet(*member, commons::UnitId::number(1), 1) })
        .collect();
    keeper.record_sheets(&sheets, moment(1, 9)).unwrap();
    let plan = keeper.figure_plan(Audience::Inside).unwrap();
    let figures = keeper.cohort(&reporting(), moment(1, 10)).unwrap().figures(&plan);
    assert_eq!(figures.reach.people, Tally::Exactly { n: 40 });
    assert_eq!(figures.reach.units, 0, "no circle is made up for them");
    let wave = &figures.scales[0].waves.shown().unwrap()[0];
    assert_eq!(wave.measured, Tally::Exactly { n: 15 });
    assert_eq!(wave.unmeasured[Unmeasured::NoSheet as usize].shown(), Some(25));
    assert_eq!(figures.safety.raised, Tally::AtLeast { n: 11 }, "all fifteen: not said of each");
}

#[test]
fn with_cards_and_without_a_facilitator_sees_the_same() {
    let mut played = play_healing_circle(memory(1), &options(9), &mut |_| {}).unwrap();
    let unit = played.circle.children[2];
    let keeper = &mut played.keeper;
    keeper.compute_card(unit).unwrap();
    let computed = keeper.unit_card(&Asking::own_circle(), unit).unwrap();
    assert!(keeper.log().card(unit.into()).unwrap().is_some(), "it is kept");
    keeper.log_mut().drop_cards().unwrap();
    assert_eq!(
        keeper.unit_card(&Asking::own_circle(), unit).unwrap(),
        computed,
        "and computed again where it is gone"
    );

    // A card is never behind: whatever is written takes it away.
    let members: Vec<_> = computed.people.iter().map(|person| person.member).collect();
    keeper
        .record_session(unit, commons::SessionId::number(9), &draft(0, 90, &members, &[]))
        .unwrap();
    assert!(keeper.log().card(unit.into()).unwrap().is_none());
    let again = keeper.unit_card(&Asking::own_circle(), unit).unwrap();
    keeper.compute_card(unit).unwrap();
    assert_eq!(again, keeper.unit_card(&Asking::own_circle(), unit).unwrap());

    // Figures never come from cards.
    let now = keeper.now();
    let with = format!("{:?}", keeper.cohort(&reporting(), now).unwrap());
    keeper.log_mut().drop_cards().unwrap();
    assert_eq!(format!("{:?}", keeper.cohort(&reporting(), now).unwrap()), with);
    assert_eq!(computed.people.len(), 7);
    assert!(computed.people.iter().all(|person| person.name.is_some()));
    assert_eq!(computed.phase, None::<Code>);
}
