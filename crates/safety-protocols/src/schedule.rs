//! What must be done, by whom and by when: a pure function of what happened and of the rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use commons::{Code, EventId, EventSet, Rule};
use serde::{Deserialize, Serialize};

use crate::{
    Caution, Clock, Deadline, Effect, Enforcement, Modal, Occurrence, Row, Rulebook, Rulebooks,
    Severity, Subject, attribute, evidence,
};

/// One thing that must be done.
///
/// It never vanishes: what answers it is written in [`closed`](Self::closed).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Obligation {
    /// The rule that demands it.
    pub rule: Rule,
    /// The row that spells the rule out.
    pub row: Code,
    /// The version of the row, as of the opening.
    pub version: u32,
    /// How strictly the rule speaks.
    pub modal: Modal,
    /// What must be done.
    pub what: Code,
    /// What it is about.
    pub subject: Subject,
    /// The event that opened it.
    pub opened_by: EventId,
    /// All events that tell of the same thing, the opening included.
    pub accounts: EventSet,
    /// How severe it was said to be, at its gravest.
    pub severity: Option<Severity>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When anyone acting for the program first knew.
    pub known_at: DateTime<Utc>,
    /// Whether it is begun at once, whatever time is left.
    pub at_once: bool,
    /// By when, as this row says.
    pub due_at: Option<DateTime<Utc>>,
    /// By when, as the strictest row says that demands the same (ENG-04).
    pub binds_at: Option<DateTime<Utc>>,
    /// Whether the moment it is meant for cannot be made up for.
    pub momentary: bool,
    /// The role that acts.
    pub owner: Code,
    /// Who is next when nobody acts.
    pub escalates: Vec<Escalation>,
    /// What answered it, the earliest.
    pub closed: Option<Closing>,
    /// What to know before trusting it.
    pub cautions: BTreeSet<Caution>,
    /// The day after which the source should have been read again.
    pub recheck_by: Option<NaiveDate>,
}

/// A step after an obligation was left undone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Escalation {
    /// When it is taken.
    pub at: DateTime<Utc>,
    /// The role that is next.
    pub to: Code,
    /// What it does.
    pub effect: Effect,
}

/// What answered an obligation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closing {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// The event that tells it.
    pub event: EventId,
    /// What it shows.
    pub evidence: Code,
}

impl Obligation {
    /// Whether nothing has answered it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// The role that holds it at an instant: the owner, or the last step that was reached.
    #[must_use]
    pub fn held_by(&self, now: DateTime<Utc>) -> &Code {
        self.escalates.iter().rfind(|step| step.at <= now).map_or(&self.owner, |step| &step.to)
    }

    /// Whether it was left undone for so long that its unit is paused.
    #[must_use]
    pub fn pauses(&self, now: DateTime<Utc>) -> bool {
        self.is_open()
            && self.escalates.iter().any(|step| step.effect == Effect::Pause && step.at < now)
    }
}

/// The open duties of urgent and graver matters: while there is one, no session, phase or program
/// is closed (U-08). A matter whose severity nobody said counts as urgent.
#[must_use]
pub fn open_urgent(obligations: &[Obligation]) -> Vec<&Obligation> {
    obligations
        .iter()
        .filter(|one| one.is_open() && matches!(one.subject, Subject::Matter(_)))
        .filter(|one| one.severity.is_none_or(Severity::is_urgent))
        .collect()
}

/// Everything that must be done because of what happened, in the order in which it is due.
///
/// There is no `now` in it, no order of arrival and no clock of a device: the same set of
/// occurrences under the same rulebooks gives the same list everywhere (ENG-12), and one more
/// occurrence answers or adds, and never takes away (ENG-07).
#[must_use]
pub fn schedule(occurrences: &[Occurrence], rulebooks: &Rulebooks) -> Vec<Obligation> {
    let told = Told::new(occurrences);
    let mut drafts: BTreeMap<Key, Draft> = BTreeMap::new();
    for occurrence in told.once.values() {
        for (book, caution) in rulebooks.of(occurrence) {
            for spoken in book.spoken(occurrence, Enforcement::Oblige) {
                let mut cautions = spoken.cautions;
                cautions.extend(caution);
                let draft = told.draft(occurrence, spoken.row, book, cautions);
                let key = told.key(occurrence, spoken.row);
                match drafts.get_mut(&key) {
                    Some(same) => same.join(draft),
                    None => {
                        drafts.insert(key, draft);
                    }
                }
            }
        }
    }
    let mut obligations: Vec<_> = drafts.into_values().map(|draft| told.close(draft)).collect();
    bind(&told, &mut obligations);
    obligations.sort_by(|a, b| {
        let order = |one: &Obligation| (one.binds_at.is_none(), one.binds_at, one.due_at);
        order(a).cmp(&order(b)).then_with(|| a.cmp(b))
    });
    obligations
}

/// Within one thing, the earliest instant binds all rows that demand the same.
fn bind(told: &Told<'_>, obligations: &mut [Obligation]) {
    let group = |one: &Obligation| {
        let class = told.class(one.subject);
        let opening = (!told.is_joined(one.subject)).then_some(one.opened_by);
        (class, opening, one.what.clone())
    };
    let mut earliest = BTreeMap::new();
    for one in obligations.iter() {
        if let Some(due) = one.due_at {
            let at = earliest.entry(group(one)).or_insert(due);
            *at = due.min(*at);
        }
    }
    for one in obligations {
        one.binds_at = earliest.get(&group(one)).copied();
    }
}

/// What makes two drafts one obligation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subject: Subject,
    /// The opening, unless several accounts tell of one thing.
    opening: Option<EventId>,
    row: Code,
    version: u32,
    deadline: Deadline,
}

/// An obligation, with the evidence that would answer it.
struct Draft {
    obligation: Obligation,
    accepts: BTreeSet<Code>,
    /// Whether the row speaks at some severities only: then a lowered severity answers it.
    graded: bool,
}

impl Draft {
    /// Two accounts of one thing: one duty, from the earlier.
    fn join(&mut self, other: Self) {
        let (mine, theirs) = (&mut self.obligation, other.obligation);
        let earlier = |one: &Obligation| (one.due_at, one.known_at, one.opened_by);
        let accounts: EventSet = mine.accounts.union(&theirs.accounts).copied().collect();
        let cautions = mine.cautions.union(&theirs.cautions).copied().collect();
        let severity = mine.severity.max(theirs.severity);
        let happened_at = mine.happened_at.min(theirs.happened_at);
        if earlier(&theirs) < earlier(mine) {
            *mine = theirs;
        }
        mine.accounts = accounts;
        mine.cautions = cautions;
        mine.severity = severity;
        mine.happened_at = happened_at;
        self.accepts.extend(other.accepts);
        self.graded |= other.graded;
    }
}

/// The earliest awareness, and the earliest happening.
type Awareness = (DateTime<Utc>, DateTime<Utc>);

/// What was told, sorted for asking.
struct Told<'a> {
    once: BTreeMap<(EventId, &'a Code, Subject), &'a Occurrence>,
    /// For each subject that was joined to another, the least subject of its class.
    classes: BTreeMap<Subject, Subject>,
    /// For each class and kind, the earliest awareness.
    aware: BTreeMap<(Subject, &'a Code), Awareness>,
    answers: BTreeMap<EventId, Vec<&'a Occurrence>>,
}

impl<'a> Told<'a> {
    fn new(occurrences: &'a [Occurrence]) -> Self {
        let mut once: BTreeMap<_, &Occurrence> = BTreeMap::new();
        for one in occurrences {
            let kept = once.entry((one.event, &one.kind, one.subject)).or_insert(one);
            // The same event told twice and differently: the lesser of both, whichever came first.
            if one < *kept {
                *kept = one;
            }
        }
        let mut told = Self {
            classes: classes(once.values().copied()),
            once,
            aware: BTreeMap::new(),
            answers: BTreeMap::new(),
        };
        told.look();
        told
    }

    fn look(&mut self) {
        for one in self.once.values().copied() {
            for opening in &one.answers {
                self.answers.entry(*opening).or_default().push(one);
            }
            if let Some(class) = self.classes.get(&one.subject) {
                let (known, happened) = self
                    .aware
                    .entry((*class, &one.kind))
                    .or_insert((one.known_at, one.happened_at));
                *known = one.known_at.min(*known);
                *happened = one.happened_at.min(*happened);
            }
        }
    }

    fn class(&self, subject: Subject) -> Subject {
        self.classes.get(&subject).copied().unwrap_or(subject)
    }

    fn is_joined(&self, subject: Subject) -> bool {
        self.classes.contains_key(&subject)
    }

    fn key(&self, occurrence: &Occurrence, row: &Row) -> Key {
        let joined = self.is_joined(occurrence.subject);
        Key {
            subject: self.class(occurrence.subject),
            opening: (!joined).then_some(occurrence.event),
            row: row.name.clone(),
            version: row.version,
            deadline: row.deadline,
        }
    }

    fn draft(
        &self,
        occurrence: &Occurrence,
        row: &Row,
        book: &Rulebook,
        cautions: BTreeSet<Caution>,
    ) -> Draft {
        let own = (occurrence.known_at, occurrence.happened_at);
        let class = self.class(occurrence.subject);
        let (known_at, happened_at) =
            self.aware.get(&(class, &occurrence.kind)).copied().unwrap_or(own);
        let start = match row.clock {
            Clock::Known => known_at,
            Clock::Happened => happened_at,
        };
        let place = &occurrence.circumstances;
        let calendar = book.calendar(occurrence.attribute(&attribute::JURISDICTION));
        let due_at = row.deadline.due(start, &place.moments, place.zone, &calendar);
        let escalates = due_at.map_or_else(Vec::new, |due| {
            let mut steps: Vec<_> = row
                .steps
                .iter()
                .map(|step| Escalation {
                    at: step.after.after(due, place.zone, &calendar),
                    to: step.to.clone(),
                    effect: step.effect,
                })
                .collect();
            steps.sort();
            steps
        });
        let obligation = Obligation {
            rule: row.rule.clone(),
            row: row.name.clone(),
            version: row.version,
            modal: row.modal,
            what: row.what.clone(),
            subject: occurrence.subject,
            opened_by: occurrence.event,
            accounts: EventSet::from([occurrence.event]),
            severity: occurrence.severity(),
            happened_at,
            known_at,
            at_once: row.at_once,
            due_at,
            binds_at: None,
            momentary: row.deadline.is_momentary(),
            owner: row.actor.clone(),
            escalates,
            closed: None,
            cautions,
            recheck_by: row.recheck_by,
        };
        let graded = row.only_where.contains_key(&attribute::SEVERITY);
        Draft { obligation, accepts: row.evidence.clone(), graded }
    }

    /// Finds the earliest answer. A mistake is only taken back when every account of it is.
    fn close(&self, draft: Draft) -> Obligation {
        let Draft { mut obligation, accepts, graded } = draft;
        let answers = |account: &EventId| self.answers.get(account).into_iter().flatten().copied();
        let row = obligation.row.clone();
        let set_aside = |one: &Occurrence| one.attribute(&attribute::ROW) == Some(&row);
        let fits = |one: &Occurrence, code: &Code| {
            if evidence::RESERVED.contains(code) {
                (*code == evidence::LOWERED && graded)
                    || (*code == evidence::OVERRIDDEN && set_aside(one))
            } else {
                accepts.contains(code)
            }
        };
        let answer =
            obligation.accounts.iter().flat_map(answers).flat_map(|one| closings(one, fits)).min();
        let no_duty =
            |_: &Occurrence, code: &Code| *code == evidence::VOIDED || *code == evidence::CORRECTED;
        let taken_back: Option<Vec<Closing>> = obligation
            .accounts
            .iter()
            .map(|account| answers(account).flat_map(|one| closings(one, no_duty)).min())
            .collect();
        let all_taken_back = taken_back.and_then(|closings| closings.into_iter().max());
        obligation.closed = match (answer, all_taken_back) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        obligation
    }
}

fn closings<'a>(
    occurrence: &'a Occurrence,
    fits: impl Fn(&Occurrence, &Code) -> bool + 'a,
) -> impl Iterator<Item = Closing> + 'a {
    let fitting = occurrence.evidence.iter().filter(move |code| fits(occurrence, code));
    fitting.map(|code| Closing {
        at: occurrence.happened_at,
        event: occurrence.event,
        evidence: code.clone(),
    })
}

/// Joins subjects that turned out to be one; each maps to the least of its class.
fn classes<'a>(occurrences: impl Iterator<Item = &'a Occurrence>) -> BTreeMap<Subject, Subject> {
    let mut classes: BTreeMap<Subject, Subject> = BTreeMap::new();
    for one in occurrences {
        for other in one.joins.iter().filter(|other| **other != one.subject) {
            let mine = classes.get(&one.subject).copied().unwrap_or(one.subject);
            let theirs = classes.get(other).copied().unwrap_or(*other);
            let least = mine.min(theirs);
            classes.insert(one.subject, least);
            classes.insert(*other, least);
            for class in classes.values_mut() {
                if *class == mine || *class == theirs {
                    *class = least;
                }
            }
        }
    }
    classes
}
