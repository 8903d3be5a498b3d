//! Two laptops go their own ways and come together: nothing is lost, and what collides is shown once.

use std::collections::BTreeSet;

use circle_model::{Decision, LeaveReason, Mark};
use circlekeeper::{Keeper, KeeperError, Standing};
use commons::{Aggregate, Code, EventId, MemberId};
use event_log::{EventLog, MemoryLog};
use rehearsal::World;
use safety_protocols::{
    Category, Harm, MatterContent, Scope, ScopeState, Severity, SupervisionEvent, SupervisionMode,
};

use crate::scene::{Scene, circle, copied, day, draft, found, memory, moment, somebody, spoken};

type Laptop = Keeper<MemoryLog, World>;

fn ids(log: &MemoryLog) -> BTreeSet<EventId> {
    let mut ids = BTreeSet::new();
    log.each(&mut |event| {
        ids.insert(event.id());
    })
    .unwrap();
    ids
}

/// Everything that a coordinator could ask of a program.
fn asked(keeper: &mut Laptop) -> String {
    let mut told = String::new();
    for unit in keeper.units().unwrap().into_iter().collect::<BTreeSet<_>>() {
        let file = keeper.unit(unit).unwrap();
        told.push_str(&format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n",
            file.group,
            file.sessions,
            file.supervision,
            file.consents,
            file.measures,
            file.matters,
            file.referrals
        ));
    }
    let findings: BTreeSet<_> = keeper.findings().unwrap().into_iter().collect();
    told.push_str(&format!("{findings:?}\n{:?}", keeper.duties().unwrap()));
    told
}

/// A small generator: which way a laptop goes is test data, no more.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn of<T: Copy>(&mut self, items: &[T]) -> T {
        items[usize::try_from(self.below(items.len() as u64)).unwrap()]
    }
}

/// One thing that somebody does on one of the laptops. Plans may be refused.
fn live(keeper: &mut Laptop, scene: &Scene, dice: &mut Dice) {
    let member = dice.of(&scene.members);
    let days = dice.below(60);
    let at = moment(days, 12);
    match dice.below(9) {
        0 => {
            let (_, new) = somebody(keeper, "Newcomer", Standing::Participant);
            let welcome = Decision::Refill { member: new };
            let all: BTreeSet<MemberId> = scene.members.iter().copied().collect();
            let word = keeper.decided(scene.unit, &welcome, &all, &all, day(days)).unwrap();
            let _ = keeper.admit(scene.unit, &[new], day(days), Some(word));
        }
        1 => keeper.leave(scene.unit, member, day(days), LeaveReason::NotSaid).unwrap(),
        2 => keeper.withdraw_consent(member, Some(scene.unit), &Scope::Participate, at).unwrap(),
        3 => {
            let again = spoken(scene.supervisor);
            let scope = Scope::Participate;
            keeper.give_consent_again(member, Some(scene.unit), &scope, &again, at).unwrap();
        }
        4 => {
            let session = commons::SessionId::number(u128::from(1 + dice.below(3)));
            let came = [dice.of(&scene.members), member];
            let written = draft(days, 90, &came, &[]);
            keeper.record_session(scene.unit, session, &written).unwrap();
        }
        5 => {
            let content = MatterContent {
                category: Category::Distress,
                physical: Harm::None,
                psychological: Harm::Low,
                concerns: vec![member],
                reported_by: None,
                unit: Some(scene.unit),
                account: String::new(),
                written_at: at,
            };
            keeper.open_matter(Severity::S3, at, None, &content).unwrap();
        }
        6 => {
            let (on, minutes, mode) = (day(days), 60, SupervisionMode::Group);
            let held = SupervisionEvent::Held { on, minutes, mode };
            keeper.record_supervision(scene.unit, &held).unwrap();
        }
        7 => {
            let session = keeper.unit(scene.unit).unwrap().sessions.keys().next().copied();
            if let Some(session) = session {
                let why = Code::of("mistaken");
                keeper.correct_mark(scene.unit, session, member, Mark::Late, &why).unwrap();
            }
        }
        _ => keeper.reviewed(scene.unit, member, day(days)).unwrap(),
    }
}

#[test]
fn copies_that_diverged_become_equal_both_ways_and_twice_over() {
    for seed in 1..=12 {
        let mut one = found(memory(1), seed, false);
        let scene = circle(&mut one);
        let mut two = copied(one.log(), 2, seed + 100);
        let mut dice = Dice(seed * 7919);
        for _ in 0..12 {
            live(&mut one, &scene, &mut dice);
            live(&mut two, &scene, &mut dice);
        }
        let all: BTreeSet<_> = ids(one.log()).union(&ids(two.log())).copied().collect();
        let theirs = one.log().clone();
        one.merge(two.log()).unwrap();
        two.merge(&theirs).unwrap();
        assert_eq!(ids(one.log()), all, "no fact is lost (seed {seed})");
        assert_eq!(ids(two.log()), all, "no fact is lost (seed {seed})");
        let (first, second) = (asked(&mut one), asked(&mut two));
        assert_eq!(first, second, "seed {seed}");
        // Twice over changes nothing, and brings no news.
        let again = one.merge(two.log()).unwrap();
        assert_eq!((again.new, again.conflicts.len(), again.quarantined), (0, 0, 0));
        two.merge(one.log()).unwrap();
        assert_eq!(asked(&mut one), first);
        assert_eq!(asked(&mut two), first);
        assert!(one.log().verify(&mut |_, _| {}).unwrap().damage.is_empty());
    }
}

/// Seats one more person, with everybody's word.
fn welcome(keeper: &mut Laptop, scene: &Scene, name: &str) -> MemberId {
    let (_, member) = somebody(keeper, name, Standing::Participant);
    let all: BTreeSet<MemberId> = scene.members.iter().copied().collect();
    let what = Decision::Refill { member };
    let word = keeper.decided(scene.unit, &what, &all, &all, day(3)).unwrap();
    crate::scene::consent(keeper, &[member], scene, 3);
    keeper.admit(scene.unit, &[member], day(3), Some(word)).unwrap();
    member
}

#[test]
fn one_conflict_is_one_line_and_settled_stays_settled() {
    let mut one = found(memory(1), 5, false);
    let scene = circle(&mut one);
    let mut two = copied(one.log(), 2, 6);
    // Each laptop gives the seventh seat to somebody else.
    welcome(&mut one, &scene, "Ann");
    welcome(&mut two, &scene, "Ben");
    assert!(one.findings().unwrap().is_empty());
    let merged = one.merge(two.log()).unwrap();
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    assert_eq!(merged.conflicts[0].kind, "over_full");
    assert_eq!(merged.conflicts[0].rule.as_ref().unwrap().as_str(), "U-01");
    assert_eq!((merged.quarantined, merged.forks), (0, 0));

    // It is looked at on one laptop and stays settled on both.
    let breach = one.unit(scene.unit).unwrap().group.open_breaches().into_iter().next().unwrap();
    one.settle(scene.unit, &breach, &Code::of("agreed_to_share")).unwrap();
    assert!(one.findings().unwrap().is_empty());
    two.merge(one.log()).unwrap();
    assert!(two.findings().unwrap().is_empty(), "settled there too");
    one.merge(two.log()).unwrap();
    assert!(one.findings().unwrap().is_empty(), "and it stays settled");
}

#[test]
fn one_person_whom_two_laptops_seat_in_two_circles_is_one_line() {
    let mut one = found(memory(1), 5, false);
    let here = circle(&mut one);
    let there = circle(&mut one);
    let (_, member) = somebody(&mut one, "Ann", Standing::Participant);
    crate::scene::consent(&mut one, &[member], &here, 1);
    let mut two = copied(one.log(), 2, 6);
    let seat = |keeper: &mut Laptop, scene: &Scene| {
        let all: BTreeSet<MemberId> = scene.members.iter().copied().collect();
        let what = Decision::Refill { member };
        let word = keeper.decided(scene.unit, &what, &all, &all, day(3)).unwrap();
        keeper.admit(scene.unit, &[member], day(3), Some(word))
    };
    seat(&mut one, &here).unwrap();
    assert!(seat(&mut one, &there).is_err(), "on one laptop the second seat is refused (U-10)");
    seat(&mut two, &there).unwrap();
    let merged = two.merge(one.log()).unwrap();
    let kinds: Vec<_> = merged.conflicts.iter().map(|finding| finding.kind.as_str()).collect();
    assert_eq!(kinds, ["seated_twice"]);
}

#[test]
fn v19_consent_withdrawn_on_the_phone_stands_though_the_laptop_wrote_later() {
    let mut laptop = found(memory(1), 5, false);
    let (_, member) = somebody(&mut laptop, "Ann", Standing::Participant);
    let mut phone = copied(laptop.log(), 2, 6);
    let scope = Scope::Participate;
    let early = moment(1, 9) - chrono::Duration::minutes(5);
    phone.withdraw_consent(member, None, &scope, early).unwrap();
    let nine = moment(1, 9);
    let again = spoken(member);
    laptop.give_consent(&[member], None, std::slice::from_ref(&scope), &again, nine).unwrap();
    laptop.merge(phone.log()).unwrap();
    phone.merge(laptop.log()).unwrap();
    for keeper in [&mut laptop, &mut phone] {
        let state = keeper.member(member).unwrap().consent.state(&scope, moment(1, 12));
        assert_eq!(state, ScopeState::Withdrawn);
    }
    // A yes that names the withdrawal lifts it.
    laptop.give_consent_again(member, None, &scope, &again, moment(2, 9)).unwrap();
    let file = laptop.member(member).unwrap();
    assert!(file.consent.allows(&scope, moment(2, 12)));
}

#[test]
fn a_demo_and_a_real_program_never_become_one() {
    let mut real = found(memory(1), 1, false);
    let mut demo = found(memory(2), 2, true);
    assert!(matches!(real.merge(demo.log()), Err(KeeperError::DemoAndReal)));
    assert!(matches!(demo.merge(real.log()), Err(KeeperError::DemoAndReal)));
    let other = found(memory(3), 3, false);
    assert!(matches!(real.merge(other.log()), Err(KeeperError::OtherProgram)));
    assert!(demo.founded().unwrap().demo, "a demo stays one");
}
