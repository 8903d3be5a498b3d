//! A small world to test in: days, people, and a group that lives by what it is told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, NaiveTime};
use circle_model::{
    Agenda, Cadence, Condition, Decision, Evidence, Group, GroupBreach, GroupError, GroupEvent,
    Holder, Joining, LocalTime, Mark, Meetings, ModelRef, Phase, Plan, Record, Role, Scope, Seats,
    Segment, SegmentKind, Session, SessionEvent, Shape, Stance, Step, Terms, TermsDraft,
};
use commons::{Aggregate, Code, DocumentId, EventId, MemberId, SessionId, UnitId};

pub(crate) fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(n)
}

pub(crate) fn who(n: u128) -> MemberId {
    MemberId::number(n)
}

pub(crate) fn people(numbers: impl IntoIterator<Item = u128>) -> BTreeSet<MemberId> {
    numbers.into_iter().map(who).collect()
}

pub(crate) fn role(id: &'static str, scope: Scope, holder: Holder, fewest: u16) -> Role {
    Role {
        id: Code::of(id),
        scope,
        holder,
        fewest,
        most: 2,
        from_phase: None,
        until_phase: None,
        trained: false,
    }
}

/// A healing circle in small: five to seven seats, staff fade out over three phases of four sessions.
pub(crate) fn circle() -> TermsDraft {
    let phase = |id, first: u16, stance, exit| Phase {
        id: Code::of(id),
        sessions: Some((first, first + 3)),
        stance: Some(stance),
        entry: vec![],
        exit,
    };
    let mut staff = role("staff_facilitator", Scope::Unit, Holder::Staff, 0);
    staff.until_phase = Some(Code::of("p2"));
    TermsDraft {
        model: ModelRef { id: Code::of("healing-circle"), version: 1 },
        shape: Shape::Closed,
        seats: Seats::new(5, 6, 7).unwrap(),
        joining: Joining::ByConsent,
        cadence: Cadence::new(7, 3, 12, 90, 25).unwrap(),
        roles: vec![role("peer_facilitator", Scope::Session, Holder::Member, 0), staff],
        forbidden_roles: vec![Code::of("clinician")],
        plan: Plan::new(vec![
            phase("p2", 1, Stance::Facilitator, vec![Condition::SessionsHeld { fewest: 4 }]),
            phase("p3", 5, Stance::Observer, vec![Condition::DistinctFacilitators { fewest: 2 }]),
            phase("p4", 9, Stance::OnCall, vec![]),
        ])
        .unwrap(),
        agenda: Agenda::default(),
        completed_at: None,
        decide_within_days: Some(14),
        fixed_rules: vec![],
    }
}

/// The circle without phases and staff: the same people, week after week.
pub(crate) fn plain() -> TermsDraft {
    let mut draft = TermsDraft { plan: Plan::default(), ..circle() };
    draft.roles.truncate(1);
    draft
}

/// A social healing group in small: fifteen to twenty-two seats, open to newcomers until session three, a fixed order.
pub(crate) fn healing_group() -> TermsDraft {
    use SegmentKind::{Breathing, Close, Movement, Ritual, Settle, Share};
    let kinds =
        [(Ritual, 15), (Movement, 20), (Breathing, 20), (Share, 40), (Settle, 15), (Close, 10)];
    let segments =
        kinds.iter().map(|(kind, minutes)| Segment { kind: *kind, minutes: *minutes }).collect();
    TermsDraft {
        model: ModelRef { id: Code::of("social-healing-group"), version: 1 },
        seats: Seats::new(15, 20, 22).unwrap(),
        joining: Joining::UntilSession { session: 3 },
        cadence: Cadence::new(7, 3, 16, 120, 25).unwrap(),
        roles: vec![role("assistant", Scope::Session, Holder::Facilitator, 2)],
        plan: Plan::default(),
        agenda: Agenda { segments, fixed_order: true },
        completed_at: Some(12),
        ..circle()
    }
}

/// A group that lives: every event gets an id, and sessions stand beside it.
#[derive(Clone, Default)]
pub(crate) struct Living {
    pub(crate) group: Group,
    pub(crate) sessions: BTreeMap<SessionId, Session>,
    next: u128,
}

impl Living {
    /// A group on these terms with so many people, open since the first day.
    pub(crate) fn open(draft: TermsDraft, seated: u128) -> Self {
        let mut living = Self::without_rules(draft, seated);
        let by = people(1..=seated);
        let document = DocumentId::number(7);
        let adopted = living.group.adopt_agreement(document, Code::of("rw"), by, day(0)).unwrap();
        living.take(adopted);
        living
    }

    /// The same, without ground rules.
    pub(crate) fn without_rules(draft: TermsDraft, seated: u128) -> Self {
        let mut living = Self::gathering(draft, seated);
        let opened = living.group.open(day(0)).unwrap();
        living.take(opened);
        living
    }

    /// A group that gathers.
    pub(crate) fn gathering(draft: TermsDraft, seated: u128) -> Self {
        let mut living = Self::default();
        living.take(Group::form(UnitId::number(1), Terms::new(draft).unwrap(), day(0)));
        for n in 1..=seated {
            living.admit(n, 0).unwrap();
        }
        living
    }

    pub(crate) fn take(&mut self, event: GroupEvent) -> EventId {
        self.next += 1;
        let id = EventId::number(self.next);
        self.group.apply(id, &event);
        id
    }

    pub(crate) fn ask(&self, n: u128, on: u64) -> Result<GroupEvent, GroupError> {
        self.ask_with(n, on, None)
    }

    pub(crate) fn ask_with(
        &self,
        n: u128,
        on: u64,
        consent: Option<EventId>,
    ) -> Result<GroupEvent, GroupError> {
        self.group.admit(self.meetings().admission(who(n), day(on), consent))
    }

    pub(crate) fn admit(&mut self, n: u128, on: u64) -> Result<EventId, GroupError> {
        let joined = self.ask(n, on)?;
        Ok(self.take(joined))
    }

    /// Records what these people decided, all of whom or some of whom agreed.
    pub(crate) fn decide(
        &mut self,
        what: Decision,
        present: impl IntoIterator<Item = u128>,
        agreed: impl IntoIterator<Item = u128>,
        on: u64,
    ) -> EventId {
        let (present, agreed) = (people(present), people(agreed));
        self.take(self.group.decide(what, present, agreed, day(on)))
    }

    /// Enters a phase, as a coordinator decides it.
    pub(crate) fn enter(
        &mut self,
        phase: &'static str,
        known: &Evidence,
    ) -> Result<EventId, GroupError> {
        let entered = self.group.enter(&step(phase), known)?;
        Ok(self.take(entered))
    }

    /// What is wrong with its sessions.
    pub(crate) fn kinds(&self) -> Vec<GroupBreach> {
        self.meetings().breaches().into_iter().map(|breach| breach.kind).collect()
    }

    pub(crate) fn meetings(&self) -> Meetings<'_> {
        Meetings { group: &self.group, sessions: &self.sessions }
    }

    pub(crate) fn session(&mut self, number: u16, event: &SessionEvent) -> EventId {
        self.next += 1;
        let id = EventId::number(self.next);
        self.sessions.entry(SessionId::number(number.into())).or_default().apply(id, event);
        id
    }

    /// Plans a session outright and holds it with these marks.
    pub(crate) fn hold(&mut self, number: u16, on: u64, marks: &[(u128, Mark)]) -> EventId {
        self.hold_as(number, record(on, marks))
    }

    pub(crate) fn hold_as(&mut self, number: u16, record: Record) -> EventId {
        let at = LocalTime { date: record.on, ..time(0) };
        let host = UnitId::number(1);
        let led_by = [].into();
        let planned = SessionEvent::Planned {
            host,
            number,
            at,
            minutes: 90,
            theme: None,
            led_by,
            substitute: None,
        };
        self.session(number, &planned);
        self.session(number, &SessionEvent::Held(record))
    }
}

pub(crate) fn step(phase: &'static str) -> Step {
    Step { phase: Code::of(phase), by: Code::of("coordinator"), why: Code::of("planned") }
}

pub(crate) fn record(on: u64, marks: &[(u128, Mark)]) -> Record {
    Record {
        on: day(on),
        minutes: 90,
        segments: vec![],
        activities: [].into(),
        led_by: [].into(),
        others: [].into(),
        marks: marks.iter().map(|(n, mark)| (who(*n), *mark)).collect(),
    }
}

pub(crate) fn time(on: u64) -> LocalTime {
    LocalTime {
        date: day(on),
        time: NaiveTime::from_hms_opt(18, 0, 0).unwrap(),
        zone: chrono_tz::Africa::Kigali,
    }
}
