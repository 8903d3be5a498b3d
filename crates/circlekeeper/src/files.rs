//! What the log holds of one thing, folded: the files a coordinator would take from the shelf.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use chrono_tz::Tz;
use circle_model::{Group, Meetings, Session, SessionEvent};
use commons::{
    Aggregate, ClassId, Code, DocumentId, EventId, EventSet, MatterId, MemberId, ProgramId,
    ReferralId, ServiceId, SessionId, UnitId,
};
use curriculum::Class;
use event_log::{Event, KeyId, RulebookMark};
use outcomes::Measures;
use safety_protocols::{
    CardWatch, Consent, Matter, MatterEvent, Referral, Rulebook, Rulebooks, Service, SetAside,
    Supervision,
};

use crate::{DocumentKind, Fact, MemberEvent, PersonEvent, ProgramEvent, Standing, WaitReason};

/// A fold over the events that have one key.
pub(crate) trait File: Default {
    /// Takes in one event whose fact is known.
    fn take(&mut self, event: &Event, fact: Fact);

    /// Notes that a newer release wrote an event that this one cannot read.
    fn newer(&mut self);

    /// Whether a newer release wrote here.
    fn is_newer(&self) -> bool;
}

macro_rules! newer {
    () => {
        fn newer(&mut self) {
            self.newer = true;
        }
        fn is_newer(&self) -> bool {
            self.newer
        }
    };
}

/// The stream an event belongs to, as an id of its kind.
fn stream<T: From<uuid::Uuid>>(event: &Event) -> T {
    uuid::Uuid::from(event.header().keys.stream()).into()
}

/// The unit in which a matter or a referral began: its keys are its stream, the program, the unit.
fn host(event: &Event) -> Option<UnitId> {
    event.header().keys.iter().nth(2).map(|key| uuid::Uuid::from(key).into())
}

/// Everything about one unit: the group, its sessions, its supervision, and what was measured and opened there.
#[derive(Debug, Clone, Default)]
pub struct UnitFile {
    /// The group.
    pub group: Group,
    /// Its sessions.
    pub sessions: BTreeMap<SessionId, Session>,
    /// The sessions that were ever planned for a day: where to look for who meets then.
    pub(crate) days: BTreeMap<NaiveDate, BTreeSet<SessionId>>,
    /// Its supervision.
    pub supervision: Supervision,
    /// The consent of its members, as far as it was given here.
    pub consents: BTreeMap<MemberId, Consent>,
    /// The measures of its members, as far as they were taken here.
    pub measures: BTreeMap<MemberId, Measures>,
    /// Matters that were opened here.
    pub matters: BTreeMap<MatterId, Matter>,
    /// Referrals that began here.
    pub referrals: BTreeMap<ReferralId, Referral>,
    /// Members who were gone to see, or called: who, whether they were reached, and when.
    pub contacts: BTreeMap<EventId, (MemberId, bool, NaiveDate)>,
    /// The key under which its name is sealed.
    pub key: Option<KeyId>,
    /// The event that holds its name.
    pub named: Option<Event>,
    newer: bool,
}

impl UnitFile {
    /// The group with its sessions.
    #[must_use]
    pub const fn meetings(&self) -> Meetings<'_> {
        Meetings { group: &self.group, sessions: &self.sessions }
    }

    /// Takes in a fact of one of its sessions.
    pub(crate) fn take_session(&mut self, session: SessionId, id: EventId, fact: &SessionEvent) {
        if let SessionEvent::Planned { at, .. } | SessionEvent::Moved { at, .. } = fact {
            self.days.entry(at.date).or_default().insert(session);
        }
        self.sessions.entry(session).or_default().apply(id, fact);
    }

    /// The unit's id, once the group is formed.
    #[must_use]
    pub fn unit(&self) -> Option<UnitId> {
        self.group.unit()
    }
}

impl File for UnitFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        let id = event.id();
        match fact {
            Fact::Group(fact) => {
                if let circle_model::GroupEvent::Formed { .. } = &fact {
                    self.key =
                        event.parts().map(|(head, _)| head.key).find(|key| *key != KeyId::OPEN);
                    self.named = Some(event.clone());
                }
                self.group.apply(id, &fact);
            }
            Fact::Session(fact) => self.take_session(stream(event), id, &fact),
            Fact::Supervision(fact) => self.supervision.apply(id, &fact),
            Fact::Consent(fact) => self.consents.entry(stream(event)).or_default().apply(id, &fact),
            Fact::Measures(fact) => {
                self.measures.entry(stream(event)).or_default().apply(id, &fact)
            }
            Fact::Matter(fact) => self.matters.entry(stream(event)).or_default().apply(id, &fact),
            Fact::Referral(fact) => {
                self.referrals.entry(stream(event)).or_default().apply(id, &fact)
            }
            Fact::Member(MemberEvent::Contacted { member, reached, on, .. }) => {
                self.contacts.insert(id, (member, reached, on));
            }
            Fact::Program(_)
            | Fact::Person(_)
            | Fact::Member(_)
            | Fact::Case(_)
            | Fact::Place(_)
            | Fact::Class(_)
            | Fact::Card(_)
            | Fact::Service(_) => {}
        }
    }
    newer!();
}

/// Everything about one enrolment.
#[derive(Debug, Clone, Default)]
pub struct MemberFile {
    /// In which standing, and since when.
    pub enrolled: Option<(Standing, NaiveDate)>,
    /// The key under which the member's words are sealed.
    pub key: Option<KeyId>,
    /// The event that holds the link to the person.
    pub link: Option<Event>,
    /// Consent.
    pub consent: Consent,
    /// Measures.
    pub measures: Measures,
    /// Units joined, with the events.
    pub joined: BTreeMap<EventId, UnitId>,
    /// Units in which the member took a role.
    pub posts: BTreeSet<UnitId>,
    /// Classes in which the member was enrolled.
    pub classes: BTreeSet<ClassId>,
    /// Why the member waited for a place, and in which unit one was asked for.
    pub waits: BTreeMap<EventId, (WaitReason, Option<UnitId>)>,
    newer: bool,
}

impl File for MemberFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        let id = event.id();
        match fact {
            Fact::Member(MemberEvent::Enrolled { standing, on, .. }) => {
                self.enrolled = Some((standing, on));
                self.key = event.parts().map(|(head, _)| head.key).find(|key| *key != KeyId::OPEN);
                self.link = Some(event.clone());
            }
            Fact::Member(MemberEvent::WaitListed { why, unit, .. }) => {
                self.waits.insert(id, (why, unit));
            }
            Fact::Consent(fact) => self.consent.apply(id, &fact),
            Fact::Measures(fact) => self.measures.apply(id, &fact),
            Fact::Group(circle_model::GroupEvent::Joined { .. }) => {
                self.joined.insert(id, stream(event));
            }
            Fact::Group(circle_model::GroupEvent::Assigned { .. }) => {
                self.posts.insert(stream(event));
            }
            Fact::Class(_) => {
                self.classes.insert(stream(event));
            }
            Fact::Member(MemberEvent::Contacted { .. } | MemberEvent::WishesTold { .. })
            | Fact::Program(_)
            | Fact::Person(_)
            | Fact::Group(_)
            | Fact::Session(_)
            | Fact::Case(_)
            | Fact::Place(_)
            | Fact::Matter(_)
            | Fact::Referral(_)
            | Fact::Supervision(_)
            | Fact::Card(_)
            | Fact::Service(_) => {}
        }
    }
    newer!();
}

/// Everything about one class.
#[derive(Debug, Clone, Default)]
pub struct ClassFile {
    /// The class.
    pub class: Class,
    newer: bool,
}

impl File for ClassFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        if let Fact::Class(fact) = fact {
            self.class.apply(event.id(), &fact);
        }
    }
    newer!();
}

/// One matter.
#[derive(Debug, Clone, Default)]
pub struct MatterFile {
    /// The matter.
    pub matter: Matter,
    /// The unit in which it arose, where it arose in one.
    pub unit: Option<UnitId>,
    newer: bool,
}

impl File for MatterFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        if let Fact::Matter(fact) = fact {
            self.matter.apply(event.id(), &fact);
            self.unit = host(event).or(self.unit);
        }
    }
    newer!();
}

/// One referral.
#[derive(Debug, Clone, Default)]
pub struct ReferralFile {
    /// The referral.
    pub referral: Referral,
    /// The unit in which it began, where it began in one.
    pub unit: Option<UnitId>,
    newer: bool,
}

impl File for ReferralFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        if let Fact::Referral(fact) = fact {
            self.referral.apply(event.id(), &fact);
            self.unit = host(event).or(self.unit);
        }
    }
    newer!();
}

/// One person's record.
#[derive(Debug, Clone, Default)]
pub struct PersonFile {
    /// The day of registration.
    pub since: Option<NaiveDate>,
    /// The key under which who they are is sealed.
    pub key: Option<KeyId>,
    /// The event that holds who they are.
    pub identity: Option<Event>,
    newer: bool,
}

impl File for PersonFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        let Fact::Person(fact) = fact else { return };
        match fact {
            PersonEvent::Registered { on, .. } => {
                self.since = Some(on);
                self.key = event.parts().map(|(head, _)| head.key).find(|key| *key != KeyId::OPEN);
                self.identity = Some(event.clone());
            }
            PersonEvent::SamePerson { .. }
            | PersonEvent::Company { .. }
            | PersonEvent::CompanyLifted { .. }
            | PersonEvent::ErasureAsked { .. }
            | PersonEvent::Erased { .. }
            | PersonEvent::Tombstoned { .. } => {}
        }
    }
    newer!();
}

/// A document that was adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The document.
    pub document: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The day.
    pub on: NaiveDate,
    cites: EventSet,
}

/// What is true of the program as a whole.
#[derive(Debug, Clone, Default)]
pub struct ProgramFile {
    /// How it was founded.
    pub founded: Option<Founded>,
    documents: BTreeMap<EventId, Adopted>,
    rulebooks: BTreeMap<EventId, Arc<Rulebook>>,
    /// Duties that a role above their owner set aside.
    pub set_aside: BTreeMap<EventId, SetAside>,
    /// The groups, in the order in which they were formed.
    pub units: Vec<UnitId>,
    /// The services of the directory.
    pub services: BTreeMap<ServiceId, Service>,
    /// The crisis card: what was published, and when its numbers were called.
    pub card: CardWatch,
    /// The events that opened a matter in which somebody is talked with before they leave.
    pub(crate) raised: BTreeMap<EventId, Event>,
    newer: bool,
}

/// How a program was founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// The program.
    pub program: ProgramId,
    /// The day.
    pub on: NaiveDate,
    /// Its zone.
    pub zone: Tz,
    /// The law it works under.
    pub jurisdiction: Code,
    /// Whether it is a rehearsal.
    pub demo: bool,
    /// The key of the safeguarding compartment.
    pub safeguarding: KeyId,
}

impl ProgramFile {
    /// The documents of one kind that nothing has taken the place of, with the events that adopted them.
    pub fn documents(&self, kind: DocumentKind) -> impl Iterator<Item = (EventId, &Adopted)> {
        let replaced: EventSet =
            self.documents.values().flat_map(|document| document.cites.iter().copied()).collect();
        self.documents
            .iter()
            .filter(move |(id, document)| document.kind == kind && !replaced.contains(id))
            .map(|(id, document)| (*id, document))
    }

    /// One document.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> Option<&Adopted> {
        self.documents.values().find(|document| document.document == id)
    }

    /// Every rulebook the program ever adopted: what was opened under one is read under it for good.
    #[must_use]
    pub fn rulebooks(&self) -> Rulebooks {
        let mut books = Rulebooks::shipped_only();
        for (id, book) in &self.rulebooks {
            if let Some(adopted) = self.documents.get(id) {
                books.adopt(adopted.document, Arc::clone(book));
            }
        }
        books
    }

    /// The rulebooks in force: the shipped one until one is adopted, and each that nothing has
    /// taken the place of. Where there are two, what either asks for is asked for.
    #[must_use]
    pub fn rulebooks_in_force(&self) -> Vec<Arc<Rulebook>> {
        let standing = self.documents(DocumentKind::Rulebook).map(|(id, _)| id);
        let books: Vec<_> = standing.filter_map(|id| self.rulebooks.get(&id).cloned()).collect();
        if books.is_empty() { vec![Rulebook::shipped_shared()] } else { books }
    }

    /// Every rulebook ever adopted, with the mark that events carry under it.
    pub(crate) fn rulebook_marks(&self) -> Vec<(RulebookMark, &Adopted)> {
        let adopted = self.rulebooks.keys().filter_map(|id| self.documents.get(id));
        adopted.map(|it| (event_log::Digest::of(&it.bytes).into(), it)).collect()
    }

    /// The mark of the rulebook in force, for headers.
    #[must_use]
    pub fn rulebook_mark(&self) -> RulebookMark {
        let newest = self
            .documents(DocumentKind::Rulebook)
            .map(|(_, adopted)| adopted)
            .max_by_key(|adopted| adopted.on);
        newest.map_or_else(RulebookMark::default, |adopted| {
            event_log::Digest::of(&adopted.bytes).into()
        })
    }
}

impl File for ProgramFile {
    fn take(&mut self, event: &Event, fact: Fact) {
        if let Fact::Card(fact) = &fact {
            self.card.apply(event.id(), fact);
        }
        if let Fact::Group(circle_model::GroupEvent::Formed { unit, .. }) = &fact
            && !self.units.contains(unit)
        {
            self.units.push(*unit);
        }
        if let Fact::Matter(MatterEvent::Opened { before_leaving: true, .. }) = &fact {
            self.raised.insert(event.id(), event.clone());
        }
        if let Fact::Service(fact) = &fact {
            self.services.entry(stream(event)).or_default().apply(event.id(), fact);
        }
        let Fact::Program(fact) = fact else { return };
        match fact {
            ProgramEvent::Founded { program, on, zone, jurisdiction, demo, safeguarding } => {
                self.founded =
                    Some(Founded { program, on, zone, jurisdiction, demo, safeguarding });
            }
            ProgramEvent::DocumentAdopted { document, kind, on, cites, .. } => {
                let bytes = event
                    .parts()
                    .nth(1)
                    .and_then(|(_, part)| part.bytes())
                    .unwrap_or_default()
                    .to_vec();
                if kind == DocumentKind::Rulebook {
                    let book = Rulebook::of_document(&String::from_utf8_lossy(&bytes));
                    self.rulebooks.insert(event.id(), book);
                }
                self.documents.insert(event.id(), Adopted { document, kind, bytes, on, cites });
            }
            ProgramEvent::DutySetAside(set_aside) => {
                self.set_aside.insert(event.id(), set_aside);
            }
        }
    }
    newer!();
}
