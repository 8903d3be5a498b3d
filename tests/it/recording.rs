//! What happened is written down in any state: recording is never refused.

use std::collections::BTreeSet;

use circle_model::{
    CloseReason, Decision, GroupEvent, HeadCount, LeaveReason, Mark, NotHeldReason,
};
use circlekeeper::{Asking, Standing};
use commons::{Code, MemberId, SessionId};
use safety_protocols::{
    Category, Contact, Harm, MatterContent, Scope, Severity, SupervisionEvent, SupervisionMode,
};

use crate::scene::{
    beside, circle, day, draft, enter, found, memory, moment, monday, proposal, reporting, somebody,
};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[test]
fn whatever_happened_is_written_down_in_any_state() {
    for seed in 1..=25_u64 {
        let mut dice = Dice(seed * 104_729);
        let mut keeper = found(memory(1), seed, false);
        let scene = circle(&mut keeper);
        let unit = scene.unit;
        let (_, stranger) = somebody(&mut keeper, "Stranger", Standing::Participant);
        let mut members: Vec<MemberId> = scene.members.clone();
        members.push(stranger);
        let mut sessions: Vec<SessionId> = vec![SessionId::number(1)];
        let mut matters = Vec::new();
        for step in 0..30 {
            let member = members[usize::try_from(dice.below(7)).unwrap()];
            let session = sessions[usize::try_from(dice.below(sessions.len() as u64)).unwrap()];
            let days = dice.below(200);
            let (on, at) = (day(days), moment(days, 15));
            let said = match dice.below(16) {
                // Plans lead to all kinds of states, and may be refused.
                0 => {
                    let asked = proposal(1 + step, days, 90, &[member], "member");
                    if let Ok(session) = keeper.plan_session(unit, &asked, &beside(&scene)) {
                        sessions.push(session);
                    }
                    Ok(())
                }
                1 => {
                    let _ = keeper.close_group(unit, CloseReason::Chosen, on);
                    Ok(())
                }
                2 => {
                    let _ = enter(&mut keeper, unit, "p0", days);
                    Ok(())
                }
                // Records never are.
                3 | 4 => {
                    let written = draft(days, 999, &[member, stranger], &scene.members[..1]);
                    keeper.record_session(unit, session, &written).map(drop)
                }
                5 => keeper.leave(unit, member, on, LeaveReason::NotSaid),
                6 => keeper.withdraw_consent(member, Some(unit), &Scope::Participate, at),
                7 => keeper.refuse_consent(member, Some(unit), &Scope::MeasureOutcomes, at),
                8 | 9 => {
                    let content = MatterContent {
                        category: Category::Other,
                        physical: Harm::None,
                        psychological: Harm::None,
                        concerns: vec![member],
                        reported_by: None,
                        unit: Some(unit),
                        account: "What happened.".into(),
                        written_at: at,
                    };
                    keeper.open_matter(Severity::S2, at, None, &content).map(|it| matters.push(it))
                }
                10 => matters.last().map_or(Ok(()), |matter| {
                    keeper.raise_matter(*matter, Severity::S1, at)?;
                    keeper.contacted(*matter, Contact::Tried, &Code::of("keeper"), at)
                }),
                11 => keeper.skip_session(unit, session, on, NotHeldReason::Weather),
                12 if keeper.unit(unit).unwrap().sessions.contains_key(&session) => {
                    keeper.correct_mark(unit, session, member, Mark::Late, &Code::of("mistaken"))
                }
                13 if keeper.unit(unit).unwrap().sessions.contains_key(&session) => {
                    let count = HeadCount { adults: 7, children: 1, first_timers: 2 };
                    keeper.count_heads(unit, session, count)
                }
                14 => {
                    let (minutes, mode) = (60, SupervisionMode::Group);
                    let held = SupervisionEvent::Held { on, minutes, mode };
                    keeper.record_supervision(unit, &held)
                }
                _ => {
                    let present: BTreeSet<MemberId> = [member].into();
                    keeper.decided(unit, &Decision::End, &present, &present, on).map(drop)
                }
            };
            assert!(said.is_ok(), "seed {seed}, step {step}: {said:?}");
        }
        // And every question still has an answer.
        keeper.findings().unwrap();
        keeper.duties().unwrap();
        keeper.cohort(&reporting(), moment(201, 9)).unwrap();
        keeper.unit_card(&Asking::own_circle(), unit).unwrap();
    }
}

#[test]
fn a_session_with_a_stranger_in_it_is_kept_and_shown() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    enter(&mut keeper, scene.unit, "p0", 0).unwrap();
    let (_, stranger) = somebody(&mut keeper, "Stranger", Standing::Participant);
    let asked = proposal(23, 7, 90, &scene.members[..1], "member");
    let session = keeper.plan_session(scene.unit, &asked, &beside(&scene)).unwrap();
    let saved =
        keeper.record_session(scene.unit, session, &draft(7, 90, &[stranger], &[])).unwrap();
    assert!(saved.new_breaches > 0);
    let found = keeper.findings().unwrap();
    assert!(found.iter().any(|finding| finding.kind == "not_a_member"), "{found:?}");
}

#[test]
fn who_took_back_the_right_entry_enters_it_again() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let reason = circle_model::VoidReason::WrongPerson;
    let mut find = |joined: bool| {
        let file = keeper.unit(scene.unit).unwrap();
        let mut facts = file.group.facts();
        let sort = |fact: &GroupEvent| match joined {
            true => matches!(fact, GroupEvent::Joined { .. }),
            false => matches!(fact, GroupEvent::Voided { .. }),
        };
        let (id, _) = facts.find(|(_, fact)| sort(fact)).unwrap();
        let said = keeper.void_in_group(scene.unit, id, reason);
        said.map_err(|error| error.to_string())
    };
    assert_eq!(find(true), Ok(()));
    assert_eq!(find(false), Err("the entry takes back another and stands".to_owned()));
    let seated = keeper.unit(scene.unit).unwrap().group.roster().count(monday());
    assert_eq!(seated, 5);
}
