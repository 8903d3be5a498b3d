//! Circles convened at once, what people said of when and with whom, and who is kept apart from whom.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use circle_formation::{Effort, Facilitator, Person, check, form};
use circle_formation::{Languages, Place, Roster, Rules, Sizes, Slots, Weights};
use circle_model::{Holder, LeaveReason, LocalTime, Proposal, Terms, TermsDraft};
use circlekeeper::gates::StandBy;
use circlekeeper::{
    Asking, Fact, Keeper, KeeperError, NewCircle, NewGroup, Pair, Standing, UnitWords, WaitReason,
    Wishes, convening_role,
};
use commons::{Code, MemberId, PersonId, Private, Refused, UnitId};
use event_log::{EventLog, MemoryLog};

use crate::world::{World, again, day, founded, person, store};

type Program = Keeper<MemoryLog, World>;

fn people(keeper: &mut Program, n: usize) -> Vec<(PersonId, MemberId)> {
    let people: Vec<_> = (0..n).map(|n| person(&format!("Made-up person {n}"), None)).collect();
    keeper.enroll(&people).unwrap()
}

fn members(people: &[(PersonId, MemberId)]) -> Vec<MemberId> {
    people.iter().map(|(_, member)| *member).collect()
}

/// Terms of a healing circle that staff may lead from its first day, without a training.
fn terms() -> Terms {
    let terms = program_model::ready("healing-circle").unwrap().terms().unwrap();
    let mut draft = TermsDraft::from(terms);
    for role in draft.roles.iter_mut().filter(|role| role.holder == Holder::Staff) {
        (role.trained, role.from_phase, role.until_phase) = (false, None, None);
    }
    draft.try_into().unwrap()
}

fn group() -> NewGroup {
    let terms = terms();
    let words = UnitWords { name: "A made-up circle".to_owned(), place: None };
    NewGroup { terms, words, on: day() }
}

fn circle(of: &[(PersonId, MemberId)]) -> NewCircle {
    NewCircle { group: group(), members: members(of), leads: Vec::new(), to_lead: Vec::new() }
}

fn staff(keeper: &mut Program) -> (PersonId, MemberId) {
    let mut staff = person("Made-up staff", None);
    staff.standing = Standing::Staff;
    keeper.enroll(&[staff]).unwrap()[0]
}

fn units(keeper: &mut Program) -> Vec<UnitId> {
    keeper.units().unwrap()
}

fn codes(error: &KeeperError) -> Vec<(usize, &'static str)> {
    let KeeperError::Convening { refused } = error else { return Vec::new() };
    refused.iter().map(|refusal| (refusal.circle, refusal.why.code())).collect()
}

#[test]
fn circles_are_convened_with_who_sits_and_who_leads_and_the_rest_waits() {
    let mut keeper = founded();
    let all = people(&mut keeper, 13);
    let (_, leader) = staff(&mut keeper);
    let role = convening_role(&terms()).unwrap().id.clone();
    let mut first = circle(&all[..6]);
    first.leads.push((leader, role));
    let waiting = members(&all[12..]);
    let made = keeper.convene(&[first, circle(&all[6..12])], &waiting, day()).unwrap();
    assert_eq!(units(&mut keeper), made);
    let file = keeper.unit(made[0]).unwrap();
    assert_eq!(file.group.roster().count(day()), 6);
    assert!(circlekeeper::gates::facilitators(&file, day()).contains(&leader));
    let waits = &keeper.member(waiting[0]).unwrap().waits;
    assert_eq!(waits.values().map(|(why, _)| *why).collect::<Vec<_>>(), [WaitReason::NoGroup]);
    // Whoever sits is asked no more, and whoever leads leads one.
    let terms = terms();
    let seating = keeper.seating(&Asking::coordinator(), &terms, day()).unwrap();
    assert_eq!(seating.people.iter().map(|it| it.line.member).collect::<Vec<_>>(), waiting);
    assert_eq!(seating.leaders.iter().map(|it| it.leads).collect::<Vec<_>>(), [1]);
}

#[test]
fn what_one_circle_may_not_be_keeps_all_from_being_convened_and_every_refusal_is_told() {
    let mut keeper = founded();
    let all = people(&mut keeper, 24);
    keeper.convene(&[circle(&all[..6])], &[], day()).unwrap();
    // Somebody sits elsewhere, somebody twice, a circle is too full, a leader has no such role.
    let mut twice = circle(&all[6..12]);
    twice.members.push(all[0].1);
    let mut unknown = circle(&all[11..14]);
    unknown.leads.push((all[20].1, Code::of("harbor_pilot")));
    let full = circle(&all[14..24]);
    let error = keeper.convene(&[twice, unknown, full], &[all[23].1], day()).unwrap_err();
    assert_eq!(
        codes(&error),
        [
            (0, "group.no_place_here"),
            (1, "group.no_place_here"),
            (1, "group.role_unknown"),
            (2, "group.full"),
            (2, "group.full"),
            (2, "group.full"),
        ]
    );
    assert_eq!(units(&mut keeper).len(), 1, "nothing was half done");
    assert!(keeper.member(all[23].1).unwrap().waits.is_empty());
}

#[test]
fn who_is_kept_apart_has_no_place_beside_the_other_and_nobody_is_told_why() {
    let mut keeper = founded();
    let all = people(&mut keeper, 6);
    let pair = keeper.note_company(Pair::Apart, all[0].0, all[1].0, day()).unwrap();
    let error = keeper.convene(&[circle(&all)], &[], day()).unwrap_err();
    assert_eq!(codes(&error), [(0, "group.no_place_here")]);
    let KeeperError::Convening { refused } = &error else { unreachable!() };
    assert!(refused[0].why.rule().is_none() && !refused[0].why.way_out().contains("apart"));
    assert_eq!(refused[0].member, None, "nor who of the circle it is");
    // Whoever is to lead later is looked at beside who sits there, and leads no circle that they sit in.
    for leader in [all[0].1, all[2].1] {
        let mut led = circle(&all[1..]);
        led.to_lead.push(leader);
        let error = keeper.convene(&[led], &[], day()).unwrap_err();
        assert_eq!(codes(&error), [(0, "group.no_place_here")]);
    }
    // By hand it is the same, from both sides.
    let unit = keeper.form_group(&group()).unwrap();
    keeper.admit(unit, &members(&all[1..]), day(), None).unwrap();
    let error = keeper.admit(unit, &[all[0].1], day(), None).unwrap_err();
    assert_eq!(error.code(), "group.no_place_here");
    // Nor does one lead the other's circle.
    let role = convening_role(&terms()).unwrap().id.clone();
    let error = keeper.assign(unit, all[0].1, &role, day()).unwrap_err();
    assert_eq!(error.code(), "group.no_place_here");
    // Nor leads a session there for once.
    let session = |leader| Proposal {
        number: 1,
        at: LocalTime {
            date: day(),
            time: NaiveTime::from_hms_opt(14, 0, 0).unwrap(),
            zone: chrono_tz::Africa::Kigali,
        },
        minutes: 90,
        theme: None,
        led_by: BTreeMap::from([(leader, role.clone())]),
        substitute: None,
    };
    let stand_by = StandBy::default();
    let error = keeper.plan_session(unit, &session(all[0].1), &stand_by).unwrap_err();
    assert_eq!(error.code(), "group.no_place_here");
    let error = keeper.plan_session(unit, &session(all[2].1), &stand_by).unwrap_err();
    assert_ne!(error.code(), "group.no_place_here", "others are refused for other reasons only");
    // A second enrolment of theirs has no place either.
    let other = keeper.enroll_again(all[0].0, Standing::Participant, day()).unwrap();
    assert!(keeper.admit(unit, &[other], day(), None).is_err());
    // Who may know sees it, and only who may change it lifts it, in whatever order it was noted and however often.
    keeper.note_company(Pair::Apart, all[1].0, all[0].0, day()).unwrap();
    keeper.note_company(Pair::Together, all[0].0, all[1].0, day()).unwrap();
    assert!(keeper.company(&Asking::coordinator()).is_err());
    assert!(keeper.lift_company(&Asking::coordinator(), pair, day()).is_err());
    let lines = keeper.company(&Asking::safeguarding()).unwrap();
    assert_eq!(lines.iter().filter(|it| it.pair == Pair::Apart).count(), 2);
    assert!(
        lines
            .iter()
            .all(|it| [it.one, it.other].iter().all(|who| { [all[0].0, all[1].0].contains(who) }))
    );
    keeper.lift_company(&Asking::safeguarding(), pair, day()).unwrap();
    let left = keeper.company(&Asking::safeguarding()).unwrap();
    assert_eq!(left.iter().map(|it| it.pair).collect::<Vec<_>>(), [Pair::Together]);
    keeper.admit(unit, &[all[0].1], day(), None).unwrap();
    let error = keeper.lift_company(&Asking::safeguarding(), pair, day()).unwrap_err();
    assert_eq!(error.code(), "keeper.not_found");
}

#[test]
fn who_is_kept_apart_stands_in_no_open_part_and_is_found_by_the_other_nowhere() {
    let mut keeper = founded();
    let all = people(&mut keeper, 2);
    keeper.note_company(Pair::Apart, all[0].0, all[1].0, day()).unwrap();
    let told = |keeper: &Program| {
        let said = keeper.log().read_kind("person.company").unwrap();
        let event = said.events.first().unwrap();
        let open = String::from_utf8(event.open().unwrap().to_vec()).unwrap();
        let keys: Vec<_> = event.header().keys.iter().map(uuid::Uuid::from).collect();
        (open, keys)
    };
    let (open, keys) = told(&keeper);
    assert!(!open.contains(&all[1].0.to_string()) && !open.contains("apart"), "{open}");
    assert!(!keys.contains(&all[1].0.into()));
    // Kept together looks the same from outside.
    let mut other = founded();
    let pair = people(&mut other, 2);
    other.note_company(Pair::Together, pair[0].0, pair[1].0, day()).unwrap();
    assert_eq!(told(&other).0.len(), open.len());
    let itself = keeper.note_company(Pair::Apart, all[0].0, all[0].0, day()).unwrap_err();
    assert_eq!(itself.code(), "formation.one-person");
    // Whoever is erased takes what was noted of them along.
    keeper.erase(all[0].0).unwrap();
    assert!(keeper.company(&Asking::safeguarding()).unwrap().is_empty());
}

#[test]
fn who_is_noted_late_is_found_beside_the_other_by_who_may_know() {
    let mut keeper = founded();
    let all = people(&mut keeper, 6);
    let unit = keeper.convene(&[circle(&all)], &[], day()).unwrap()[0];
    keeper.note_company(Pair::Apart, all[0].0, all[1].0, day()).unwrap();
    keeper.note_company(Pair::Together, all[2].0, all[3].0, day()).unwrap();
    let lines = keeper.company(&Asking::safeguarding()).unwrap();
    assert!(lines.iter().all(|line| line.both_in == [unit]), "{lines:?}");
    keeper.leave(unit, all[1].1, day(), LeaveReason::MovedAway).unwrap();
    let later = keeper.company(&Asking::safeguarding()).unwrap();
    let apart = later.iter().find(|line| line.pair == Pair::Apart).unwrap();
    assert!(apart.both_in.is_empty(), "{later:?}");
}

#[test]
fn a_roster_keeps_apart_whom_the_program_keeps_apart_and_tells_nobody() {
    let mut keeper = founded();
    let all = people(&mut keeper, 4);
    let (lead, _) = staff(&mut keeper);
    let as_member = keeper.enroll_again(lead, Standing::Participant, day()).unwrap();
    keeper.note_company(Pair::Apart, all[0].0, all[1].0, day()).unwrap();
    keeper.note_company(Pair::Together, all[2].0, all[3].0, day()).unwrap();
    let terms = terms();
    let seating = keeper.seating(&Asking::coordinator(), &terms, day()).unwrap();
    let rules = Rules::new(Sizes::new(1, 3, 6).unwrap());
    let mut roster = Roster::new(rules, Weights::usual());
    let (here, all_bits) = (Place(0), (Languages::of_bits(1), Slots::of_bits(1)));
    let person_ix: std::collections::BTreeMap<_, _> = seating
        .people
        .iter()
        .map(|it| {
            let who = Person::new(here, all_bits.0, all_bits.1);
            (it.line.member, roster.person(who).unwrap())
        })
        .collect();
    let leader_ix = seating
        .leaders
        .iter()
        .map(|it| {
            let who = Facilitator::new(here, all_bits.0, all_bits.1);
            (it.line.member, roster.facilitator(who).unwrap())
        })
        .collect();
    keeper.company_in(&mut roster, &person_ix, &leader_ix).unwrap();
    let formed = form(&roster, Effort { seed: 1, work: 10_000 });
    assert!(check(&roster, formed.formation()).is_empty());
    let seat = |member: MemberId| formed.formation().seat(person_ix[&member]);
    assert!(seat(all[0].1).is_none() != seat(all[1].1).is_none(), "one of the two sits");
    assert_eq!(seat(all[2].1), seat(all[3].1));
    assert_eq!(seat(as_member), None, "nobody sits in a circle that they lead");
    assert_eq!(roster.bonds().count(), 1);
}

#[test]
fn the_newest_wishes_hold_and_only_who_may_know_people_reads_them() {
    let mut keeper = founded();
    let all = people(&mut keeper, 2);
    let told = |place: &str| Wishes {
        place: Some(place.to_owned()),
        times: vec!["mon 14:00-17:00".parse().unwrap()],
        ..Wishes::default()
    };
    let later = day().succ_opt().unwrap();
    keeper.tell_wishes(&[(all[0].1, told("Made-up hill"))], later).unwrap();
    keeper.tell_wishes(&[(all[0].1, told("Made-up river"))], day()).unwrap();
    let wishes = keeper.wishes(&Asking::coordinator()).unwrap();
    assert_eq!(wishes.len(), 1);
    assert_eq!(wishes[&all[0].1], Private::Known(told("Made-up hill")), "by their days");
    assert!(!format!("{wishes:?}").contains("hill"), "and printed nowhere");
    let said = keeper.log().read_kind("member.wishes_told").unwrap();
    let open = said.events.iter().map(|event| event.open().unwrap().to_vec()).collect::<Vec<_>>();
    assert!(open.iter().all(|open| !String::from_utf8_lossy(open).contains("hill")));
    for event in &said.events {
        let header = event.header();
        let fact = Fact::decode(&header.kind, header.version, event.open().unwrap());
        assert!(matches!(fact, Ok(Fact::Member(_))));
    }
    // A copy knows them too, and a locked one shows nothing.
    let mut copy = again(&keeper, |_| true);
    assert_eq!(copy.wishes(&Asking::coordinator()).unwrap(), wishes);
    let mut locked = store(keeper);
    locked.lock();
    assert_eq!(locked.wishes(&Asking::coordinator()).unwrap()[&all[0].1], Private::Locked);
    let terms = terms();
    let error = locked.seating(&Asking::coordinator(), &terms, day()).unwrap_err();
    assert_eq!(error.code(), "keeper.locked");
}
