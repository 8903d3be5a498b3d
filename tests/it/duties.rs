//! Duties of a whole program: they open when they should, wait for the right day, and never vanish.

use std::collections::BTreeSet;

use circle_model::{CloseReason, GroupEvent, LeaveReason, Mark, SessionEvent, VoidReason};
use circlekeeper::{DocumentKind, Fact, Keeper, Standing};
use commons::{Code, EventId, MemberId, SessionId, UnitId};
use event_log::{Batch, Draft, DraftPart, EventLog, KeyId, Keys, MemoryLog, RulebookMark};
use rehearsal::World;
use safety_protocols::{
    Category, Decider, Harm, Involvement, MatterContent, Obligation, Rulebook, SAFEGUARDING_LEAD,
    Severity, Subject, SupervisionEvent, SupervisionMode, evidence,
};

use crate::scene::{
    Scene, ZONE, beside, circle, consent, day, draft, enter, found, healing_group, meet, memory,
    moment, proposal, sheet, somebody,
};

type Desk = Keeper<MemoryLog, World>;

fn of_row<'a>(duties: &'a [Obligation], row: &str) -> Vec<&'a Obligation> {
    duties.iter().filter(|duty| duty.row == *row).collect()
}

fn open_rows(keeper: &mut Desk) -> Vec<String> {
    let duties = keeper.duties().unwrap();
    duties.iter().filter(|duty| duty.is_open()).map(|duty| duty.row.to_string()).collect()
}

/// Appends a fact as another device would have, past every decision.
fn append(keeper: &mut Desk, n: u128, keys: &[event_log::Key], fact: &Fact) -> EventId {
    let id = EventId::number(n);
    let (kind, bytes) = fact.encode().unwrap();
    let open = DraftPart { key: KeyId::OPEN, class: fact.class(), bytes };
    let draft = Draft {
        id,
        keys: Keys::new(keys).unwrap(),
        rulebook: RulebookMark::default(),
        kind,
        version: circlekeeper::VERSION,
        salt: [0; 16],
        parts: vec![open],
    };
    let batch = Batch { drafts: vec![draft], ..Batch::default() };
    keeper.log_mut().append(&batch, moment(0, 8).timestamp_millis()).unwrap();
    id
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// Something that another device wrote: dated anywhere, taken back, put right.
fn anything(
    dice: &mut Dice,
    unit: UnitId,
    members: &[MemberId],
    entries: &[EventId],
    sessions: &[SessionId],
) -> (Vec<event_log::Key>, Fact) {
    let pick = |dice: &mut Dice, many: usize| usize::try_from(dice.below(many as u64)).unwrap();
    let member = members[pick(dice, members.len())];
    let session = sessions[pick(dice, sessions.len())];
    let on = day(dice.below(120));
    let entry =
        entries.get(pick(dice, entries.len().max(1))).copied().unwrap_or(EventId::number(1));
    let group = |fact| (vec![unit.into()], Fact::Group(fact));
    let meeting = |fact| (vec![session.into(), unit.into()], Fact::Session(fact));
    match dice.below(11) {
        0 => group(GroupEvent::Joined { member, on, consent: None }),
        1 | 2 => {
            let (why, cites) = (LeaveReason::NotSaid, entries.iter().copied().collect());
            group(GroupEvent::Left { member, on, why, cites })
        }
        3 => group(GroupEvent::Voided { entry, reason: VoidReason::DidNotHappen }),
        4 => {
            let phase = Code::of(["p0", "p4", "p5"][pick(dice, 3)]);
            let (cites, signed_by) = ([entry].into(), BTreeSet::new());
            let (by, why) = (Code::of("coordinator"), Code::of("planned"));
            let evidence = Vec::new();
            group(GroupEvent::PhaseEntered { phase, cites, by, why, signed_by, evidence, on })
        }
        5 => group(GroupEvent::Opened { on, cites: [entry].into() }),
        6 => group(GroupEvent::Closed { on, why: CloseReason::Chosen, cites: [entry].into() }),
        7 | 8 => {
            let days = dice.below(120);
            let (came, away) = members.split_at(pick(dice, members.len()));
            meeting(SessionEvent::Held(draft(days, 90, came, away).record))
        }
        9 => {
            let mark = if dice.below(2) == 0 { Mark::Present } else { Mark::Unexplained };
            let (why, cites) = (Code::of("mistaken"), [entry].into());
            meeting(SessionEvent::Corrected { member, mark, why, cites })
        }
        _ => {
            let held = SupervisionEvent::Held { on, minutes: 60, mode: SupervisionMode::Group };
            (vec![unit.into()], Fact::Supervision(held))
        }
    }
}

/// ENG-07 over the whole application: whatever arrives answers or adds, and takes nothing away.
#[test]
fn no_duty_of_a_program_disappears_whatever_arrives() {
    for seed in 1..=12_u64 {
        let mut dice = Dice(seed * 7_919);
        let mut keeper = found(memory(1), seed, false);
        let scene = if seed % 2 == 0 { circle(&mut keeper) } else { healing_group(&mut keeper).0 };
        let sessions: Vec<_> = (1..=4).map(SessionId::number).collect();
        let mut entries: Vec<EventId> = Vec::new();
        let mut before: BTreeSet<(EventId, Subject)> = BTreeSet::new();
        for step in 0..40_u128 {
            let members = &scene.members[..6];
            let (keys, fact) = anything(&mut dice, scene.unit, members, &entries, &sessions);
            entries.push(append(&mut keeper, 1_000 + step, &keys, &fact));
            let duties = keeper.duties().unwrap();
            let opened: BTreeSet<(EventId, Subject)> = duties
                .iter()
                .flat_map(|duty| duty.accounts.iter().map(|event| (*event, duty.subject)))
                .collect();
            let gone: Vec<_> = before.difference(&opened).collect();
            assert!(gone.is_empty(), "seed {seed}, step {step}: {fact:?} took away {gone:?}");
            before = opened;
        }
        assert!(!before.is_empty());
    }
}

#[test]
fn a_circle_that_closes_below_five_has_answered_and_a_joining_that_came_in_late_corrects() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    for member in &scene.members[..2] {
        keeper.leave(scene.unit, *member, day(8), LeaveReason::NotSaid).unwrap();
    }
    let below = |keeper: &mut Desk| -> Vec<Option<String>> {
        let duties = keeper.duties().unwrap();
        let rows = of_row(&duties, "u-02-below").into_iter();
        rows.map(|duty| duty.closed.as_ref().map(|closing| closing.evidence.to_string())).collect()
    };
    assert_eq!(below(&mut keeper), [None, None], "both left on one day");
    let mut copy = crate::scene::copied(keeper.log(), 2, 7);
    keeper.close_group(scene.unit, CloseReason::TooFew, day(9)).unwrap();
    let closed = Some("closed".to_owned());
    assert_eq!(below(&mut keeper), [closed.clone(), closed]);

    // Elsewhere it is learned that one more had joined before: nobody fell below five.
    let late = GroupEvent::Joined { member: MemberId::number(77), on: day(1), consent: None };
    append(&mut copy, 5_000, &[scene.unit.into()], &Fact::Group(late));
    let corrected = Some(evidence::CORRECTED.to_string());
    assert_eq!(below(&mut copy), [corrected.clone(), corrected]);
}

#[test]
fn a_program_gives_its_own_number_of_days_to_decide() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let file = keeper.unit(scene.unit).unwrap();
    let mut draft = file.group.terms().unwrap().get().clone();
    draft.decide_within_days = Some(5);
    let terms = circle_model::Terms::new(draft).unwrap();
    let (why, agreed_by) = (Code::of("ours"), Code::of("coordinator"));
    let adapted = file.group.adapt(terms, why, agreed_by, day(1)).unwrap();
    append(&mut keeper, 5_000, &[scene.unit.into()], &Fact::Group(adapted));
    for member in &scene.members[..2] {
        keeper.leave(scene.unit, *member, day(8), LeaveReason::NotSaid).unwrap();
    }
    let duties = keeper.duties().unwrap();
    let by = of_row(&duties, "u-02-below")[0].due_at.unwrap().with_timezone(&ZONE).date_naive();
    assert_eq!(by, day(13));
}

#[test]
fn the_rules_are_affirmed_at_the_next_session_and_a_note_is_told_at_the_next_supervision() {
    let mut keeper = found(memory(1), 1, false);
    let (scene, led_by) = healing_group(&mut keeper);
    meet(&mut keeper, (&scene, &led_by), 1, &[]);
    let mode = SupervisionMode::Group;
    let held = SupervisionEvent::Held { on: day(7), minutes: 60, mode };
    keeper.record_supervision(scene.unit, &held).unwrap();
    let (_, late) = somebody(&mut keeper, "Ann", Standing::Participant);
    consent(&mut keeper, &[late], &scene, 9);
    keeper.admit(scene.unit, &[late], day(9), None).unwrap();
    keeper
        .open_matter(Severity::S4, moment(9, 9), None, &content(&scene, Category::Conflict))
        .unwrap();
    let mut by = |row: &str| {
        let duties = keeper.duties().unwrap();
        let due = of_row(&duties, row).into_iter().filter(|duty| duty.is_open());
        due.filter_map(|duty| duty.due_at).max().unwrap().with_timezone(&ZONE).date_naive()
    };
    assert_eq!(by("gr-03-reaffirm"), day(23), "no session is planned: fourteen days");
    assert_eq!(by("in-02-tell-s4"), day(21), "every fourteen days, last on the seventh");
    let role = "community_healing_assistant";
    let asked = proposal(2, 14, 120, &led_by, role);
    keeper.plan_session(scene.unit, &asked, &beside(&scene)).unwrap();
    let duties = keeper.duties().unwrap();
    let due = of_row(&duties, "gr-03-reaffirm")[0].due_at.unwrap();
    assert_eq!(due.with_timezone(&ZONE).date_naive(), day(14), "they meet in five days");
}

#[test]
fn nobody_is_asked_again_who_has_left_or_whose_group_has_ended() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let asked =
        |keeper: &mut Desk| open_rows(keeper).iter().filter(|row| row.starts_with("co-11")).count();
    assert_eq!(asked(&mut keeper), 24, "four scopes of six people");
    keeper.leave(scene.unit, scene.members[0], day(20), LeaveReason::MovedAway).unwrap();
    assert_eq!(asked(&mut keeper), 20);
    keeper.close_group(scene.unit, CloseReason::Completed, day(30)).unwrap();
    assert_eq!(asked(&mut keeper), 0);
    // Nor is supervision due of a circle that is over.
    let rows = open_rows(&mut keeper);
    assert!(!rows.iter().any(|row| row.starts_with("sv-")), "{rows:?}");
}

fn content(scene: &Scene, category: Category) -> MatterContent {
    MatterContent {
        category,
        physical: Harm::None,
        psychological: Harm::Low,
        concerns: vec![scene.members[0]],
        reported_by: None,
        unit: Some(scene.unit),
        account: String::new(),
        written_at: moment(3, 12),
    }
}

#[test]
fn a_duty_is_set_aside_by_a_role_above_and_no_other_with_it() {
    let mut keeper = found(memory(1), 1, false);
    let scene = circle(&mut keeper);
    let at = moment(3, 12);
    let raised = keeper.record_sheets(&[sheet(scene.members[1], scene.unit, 1)], at).unwrap();
    let matter = raised[0].matter.unwrap();
    let keeper_role = Code::of("keeper");
    assert!(keeper.act(matter, &evidence::OVERRIDDEN, &keeper_role, at).is_err());
    let duties = keeper.duties_of_matter(matter).unwrap();
    let record = of_row(&duties, "in-02-record-s2").first().copied().cloned();
    let one = record
        .unwrap_or_else(|| duties.iter().find(|duty| duty.owner == "keeper").unwrap().clone());
    let by =
        |role: &Code| Decider { role: role.clone(), second: None, involvement: Involvement::None };
    let reason = Code::of("written_elsewhere");
    let refused = keeper.set_aside(one.opened_by, &one.row, &by(&keeper_role), &reason);
    assert_eq!(crate::scene::rule_of(refused), "ENG-08");
    keeper.set_aside(one.opened_by, &one.row, &by(&SAFEGUARDING_LEAD), &reason).unwrap();
    for after in [keeper.duties_of_matter(matter).unwrap(), keeper.duties().unwrap()] {
        let of_matter = after.iter().filter(|duty| duty.subject == Subject::Matter(matter));
        let closed: Vec<_> = of_matter.filter(|duty| !duty.is_open()).collect();
        assert_eq!(closed.len(), 1);
        assert_eq!((&closed[0].row, closed[0].opened_by), (&one.row, one.opened_by));
        assert_eq!(closed[0].closed.as_ref().unwrap().evidence, evidence::OVERRIDDEN);
    }
}

/// A rulebook of the shipped text in which one deadline is another.
fn book_with(days: &str) -> String {
    let shipped = Rulebook::shipped_document();
    let from = "trigger = [\"session.absent_twice\"]\nwhere = { model = [\"social-healing-group\"] }\nwhat = \"contact_absent_member\"\ndeadline = \"7 days\"";
    assert!(shipped.contains(from));
    let example = "source = \"the model's own default (models: healing circle, social healing group): two sessions missed in a row, by home or phone, with neutral words and by a safe channel only\"\nexample = { start = 2026-03-02T10:00:00, zone = \"Africa/Kigali\", due = 2026-03-09T23:59:59 }";
    assert!(shipped.contains(example));
    let until = format!("due = 2026-03-{:02}T23:59:59", 2 + days.parse::<u32>().unwrap());
    let text = shipped.replace(from, &from.replace("7 days", &format!("{days} days")));
    text.replace(example, &example.replace("due = 2026-03-09T23:59:59", &until))
}

#[test]
fn a_program_begins_under_the_shipped_rules_and_what_was_opened_stays_under_them() {
    let mut keeper = found(memory(1), 1, false);
    let program = keeper.program().unwrap();
    let adopted: Vec<_> = program.documents(DocumentKind::Rulebook).collect();
    assert_eq!(adopted.len(), 1);
    let (first, shipped) = adopted[0];
    assert_eq!(shipped.bytes, Rulebook::shipped_document().as_bytes());
    let mark = program.rulebook_mark();
    assert_ne!(mark, RulebookMark::default());

    let (scene, led_by) = healing_group(&mut keeper);
    let (ann, ben) = (scene.members[0], scene.members[1]);
    for number in 1..=2 {
        meet(&mut keeper, (&scene, &led_by), number, &[ann]);
    }
    let heads = keeper.log().read(scene.unit.into()).unwrap();
    assert!(heads.events.iter().all(|event| event.header().rulebook == mark), "pinned in each");
    let due = |keeper: &mut Desk, member| -> Vec<_> {
        let duties = keeper.duties().unwrap();
        let here = of_row(&duties, "sh-10-two-missed").into_iter();
        let here = here.filter(|duty| duty.subject == Subject::Member(member) && duty.is_open());
        here.map(|duty| duty.due_at.unwrap().with_timezone(&ZONE).date_naive()).collect()
    };
    assert_eq!(due(&mut keeper, ann), [day(21)]);

    // A later book gives three days. What was opened before keeps its seven; what comes is under it.
    let text = book_with("3");
    Rulebook::parse(&text).unwrap();
    keeper.world_mut().go_to(day(20), 9);
    let cites = [first].into();
    keeper.adopt_rulebook(&text, &cites).unwrap();
    assert_eq!(due(&mut keeper, ann), [day(21)], "pinned (ENG-06)");
    let rules = keeper.adopt(DocumentKind::Agreement, b"We respect each other.").unwrap();
    let all = scene.members.iter().copied().collect();
    keeper.adopt_agreement(scene.unit, rules, &Code::of("rw"), &all, day(21)).unwrap();
    meet(&mut keeper, (&scene, &led_by), 3, &[ben]);
    enter(&mut keeper, scene.unit, "trust", 22).unwrap();
    let held = SupervisionEvent::Held { on: day(22), minutes: 60, mode: SupervisionMode::Group };
    keeper.record_supervision(scene.unit, &held).unwrap();
    meet(&mut keeper, (&scene, &led_by), 4, &[ben]);
    assert_eq!(due(&mut keeper, ben), [day(31)]);
}

#[test]
fn of_two_rulebooks_adopted_apart_the_earliest_due_wins() {
    let mut keeper = found(memory(1), 1, false);
    // The second does not name the first: both stand.
    keeper.adopt(DocumentKind::Rulebook, book_with("3").as_bytes()).unwrap();
    let (scene, led_by) = healing_group(&mut keeper);
    for number in 1..=2 {
        meet(&mut keeper, (&scene, &led_by), number, &scene.members[..1]);
    }
    let duties = keeper.duties().unwrap();
    let open: Vec<_> =
        of_row(&duties, "sh-10-two-missed").into_iter().filter(|duty| duty.is_open()).collect();
    let days =
        |at: Option<chrono::DateTime<chrono::Utc>>| at.unwrap().with_timezone(&ZONE).date_naive();
    let due: BTreeSet<_> = open.iter().map(|duty| days(duty.due_at)).collect();
    assert_eq!(due, [day(17), day(21)].into(), "both are listed");
    assert!(open.iter().all(|duty| days(duty.binds_at) == day(17)), "the earliest binds");
}

/// Every kind at which a rule speaks is told by somebody, or the file says that nobody does yet.
#[test]
fn no_rule_is_silently_dead() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut text = String::new();
    for place in ["safety-protocols/src", "circlekeeper/src/duties"] {
        collect(&root.join(place), &mut text);
    }
    let book = Rulebook::shipped();
    for kind in book.rows().iter().flat_map(|row| &row.triggers) {
        let phase =
            kind.as_str().starts_with("phase.") && text.contains("\"phase.{before}_ended\"");
        let told = phase || text.contains(&format!("\"{kind}\""));
        let silent = book.not_yet_told().contains(kind);
        assert!(told || silent, "{kind}: nobody tells it, and rules.toml does not say so");
        assert!(!(told && silent), "{kind}: somebody tells it, and rules.toml says nobody does");
    }
}

/// Files that name kinds and tell none: strategies for tests, and the errors of too much work.
const OF_TESTS: [&str; 2] = ["arb.rs", "workload.rs"];

/// The Rust text under a folder.
fn collect(folder: &std::path::Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, text);
        } else if !OF_TESTS.iter().any(|name| path.ends_with(name)) {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
