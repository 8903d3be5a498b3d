//! What is due: the events of every room, told to the rules as neutral occurrences.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use circle_model::GroupEvent;
use commons::{Code, EventId, MatterId, MemberId, UnitId};
use event_log::EventLog;
use safety_protocols::{Circumstances, Obligation, Occurrence, Subject, attribute, noon, schedule};

use crate::{
    Fact, Keeper, KeeperError, MatterFile, ReferralFile, Surroundings, UnitFile, files::File,
};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Every duty that anything in the program has opened, met or not. Works locked: no rule looks
    /// inside a sealed part.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn duties(&mut self) -> Result<Vec<Obligation>, KeeperError> {
        let occurrences = self.occurrences()?;
        let rulebooks = self.program()?.rulebooks();
        // Two people can miss the same session, and one of them coming back answers nothing for the
        // other: what is about a member is scheduled for each alone.
        let mut apart: BTreeMap<Option<MemberId>, Vec<Occurrence>> = BTreeMap::new();
        for occurrence in occurrences {
            let member =
                if let Subject::Member(member) = occurrence.subject { Some(member) } else { None };
            apart.entry(member).or_default().push(occurrence);
        }
        let mut duties: Vec<_> =
            apart.values().flat_map(|occurrences| schedule(occurrences, &rulebooks)).collect();
        duties.sort_by(|one, other| {
            let order = |one: &Obligation| (one.binds_at.is_none(), one.binds_at, one.due_at);
            order(one).cmp(&order(other)).then_with(|| one.cmp(other))
        });
        Ok(duties)
    }

    /// The duties of one matter.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn duties_of_matter(&mut self, matter: MatterId) -> Result<Vec<Obligation>, KeeperError> {
        let around = self.around()?;
        let told = self.matter(matter)?.matter.occurrences(matter, &around);
        Ok(schedule(&told, &self.program()?.rulebooks()))
    }

    /// What the rules should know of everything.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn occurrences(&mut self) -> Result<Vec<Occurrence>, KeeperError> {
        let around = self.around()?;
        let program = self.program()?;
        let whole = Subject::Program(self.program_id());
        let mut told = program.card.occurrences(whole, &around);
        for (id, service) in &program.services {
            told.extend(service.occurrences(*id, &around));
        }
        for unit in self.units()? {
            let Some(file) = self.unit_if_whole(unit)? else { continue };
            told.extend(of_unit(unit, &file, &around));
        }
        for (matter, file) in self.streams::<MatterId, MatterFile>("matter.")? {
            let here = self.around_unit(file.unit, &around)?;
            told.extend(file.matter.occurrences(matter, &here));
        }
        for (referral, file) in self.streams::<commons::ReferralId, ReferralFile>("referral.")? {
            told.extend(file.referral.occurrences(referral, &around));
        }
        for (member, file) in self.streams::<MemberId, crate::MemberFile>("consent.")? {
            told.extend(file.consent.occurrences(Subject::Member(member), &around));
        }
        Ok(told)
    }

    /// Every stream whose events have type names that start so, folded.
    fn streams<Id: From<uuid::Uuid> + Ord, F: File>(
        &self,
        prefix: &str,
    ) -> Result<BTreeMap<Id, F>, KeeperError> {
        let reading = self.log.read_kind(prefix).map_err(KeeperError::store)?;
        let mut files: BTreeMap<Id, F> = BTreeMap::new();
        for event in &reading.events {
            let header = event.header();
            let Some(open) = event.open() else { continue };
            let file = files.entry(uuid::Uuid::from(header.keys.stream()).into()).or_default();
            match Fact::decode(&header.kind, header.version, open) {
                Ok(fact) => file.take(event, fact),
                Err(_) => file.newer(),
            }
        }
        Ok(files)
    }

    fn around(&mut self) -> Result<Circumstances, KeeperError> {
        let founded = self.founded()?;
        Ok(Circumstances::new(founded.zone).with(attribute::JURISDICTION, founded.jurisdiction))
    }

    fn around_unit(
        &mut self,
        unit: Option<UnitId>,
        around: &Circumstances,
    ) -> Result<Circumstances, KeeperError> {
        let file = match unit {
            Some(unit) => self.unit_if_whole(unit)?,
            None => None,
        };
        Ok(file.map_or_else(|| around.clone(), |file| with_model(&file, around)))
    }
}

fn with_model(file: &UnitFile, around: &Circumstances) -> Circumstances {
    match file.group.terms() {
        Some(terms) => around.clone().with(attribute::MODEL, terms.get().model.id.clone()),
        None => around.clone(),
    }
}

/// What the rules should know of a unit: its supervision, and what its rooms know only together.
fn of_unit(unit: UnitId, file: &UnitFile, around: &Circumstances) -> Vec<Occurrence> {
    let here = with_model(file, around);
    let subject = Subject::Unit(unit);
    let mut told = file.supervision.occurrences(subject, &here);
    told.extend(below_fewest(file, subject, &here));
    told.extend(refilled(file, subject, &here));
    told.extend(phases_ended(file, subject, &here));
    told.extend(absent_twice(file, &here));
    told
}

fn on_day(
    kind: Code,
    event: EventId,
    subject: Subject,
    on: NaiveDate,
    here: &Circumstances,
) -> Occurrence {
    Occurrence::new(kind, event, subject, noon(on, here.zone), here.clone())
}

/// A circle below its fewest members decides to go on, to merge or to end (U-02).
fn below_fewest(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let fell = file.group.fell_below();
    let opened: Vec<EventId> = fell.iter().map(|(event, _)| *event).collect();
    let mut told: Vec<_> = fell
        .iter()
        .map(|(event, on)| on_day(Code::of("group.below_fewest"), *event, subject, *on, here))
        .collect();
    let Some(fewest) = file.group.terms().map(|terms| terms.get().seats.fewest()) else {
        return told;
    };
    let roster = file.group.roster();
    for (id, fact) in file.group.facts() {
        let back = |on: NaiveDate| roster.count(on) >= fewest;
        let Some((on, evidence)) = went_on(fact, back) else { continue };
        let answers = fell.iter().filter(|(_, since)| *since <= on).map(|(event, _)| *event);
        let answer = on_day(Code::of("group.went_on"), id, subject, on, here);
        told.push(
            answer.answering(answers.filter(|event| opened.contains(event)), [Code::of(evidence)]),
        );
    }
    told
}

/// How a circle below its fewest members went on, if this event says so.
fn went_on(
    fact: &GroupEvent,
    back: impl Fn(NaiveDate) -> bool,
) -> Option<(NaiveDate, &'static str)> {
    use circle_model::Decision::{End, GoOn, Merge};
    if let GroupEvent::Decided { what, on, present, agreed } = fact {
        // Half of those who were there do not decide for the others.
        let words = [(*what == GoOn, "continued"), (*what == End, "closed")];
        let merged = (matches!(what, Merge { .. }), "merged");
        let (_, evidence) = words.into_iter().chain([merged]).find(|(said, _)| *said)?;
        (agreed.len() * 2 > present.len()).then_some((*on, evidence))
    } else if let GroupEvent::Closed { on, .. } = fact {
        Some((*on, "closed"))
    } else if let GroupEvent::Joined { on, .. } = fact {
        back(*on).then_some((*on, "refilled"))
    } else {
        None
    }
}

/// After somebody joined an open circle, the ground rules are affirmed again (HC-09, GR-03).
fn refilled(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let Some(opened) = file.group.opened_on() else { return Vec::new() };
    let mut told = Vec::new();
    let mut joined = BTreeMap::new();
    for (id, fact) in file.group.facts() {
        if let GroupEvent::Joined { on, .. } = fact
            && opened < *on
        {
            joined.insert(id, *on);
            for kind in ["member.refilled", "member.joined"] {
                told.push(on_day(Code::of(kind), id, subject, *on, here));
            }
        }
    }
    for (id, fact) in file.group.facts() {
        if let GroupEvent::AgreementAffirmed { on, .. } | GroupEvent::AgreementAdopted { on, .. } =
            fact
        {
            let answers = joined.iter().filter(|(_, since)| *since <= on).map(|(event, _)| *event);
            let answer = on_day(Code::of("agreement.affirmed"), id, subject, *on, here);
            told.push(answer.answering(answers, [Code::of("agreement_reaffirmed")]));
        }
    }
    told
}

/// The end of a phase: some open a date to come back together (HC-08).
fn phases_ended(file: &UnitFile, subject: Subject, here: &Circumstances) -> Vec<Occurrence> {
    let mut told = Vec::new();
    let mut left: BTreeMap<EventId, Code> = BTreeMap::new();
    for (id, fact) in file.group.facts() {
        if let GroupEvent::PhaseEntered { phase, .. } = fact {
            left.insert(id, phase.clone());
        }
    }
    let entries = || {
        file.group.facts().filter_map(|(id, fact)| {
            let GroupEvent::PhaseEntered { phase, cites, on, .. } = fact else { return None };
            Some((id, phase, cites, *on))
        })
    };
    let mut opened = BTreeSet::new();
    for (id, _, cites, on) in entries() {
        for before in cites.iter().filter_map(|entry| left.get(entry)) {
            if let Ok(kind) = format!("phase.{before}_ended").parse() {
                opened.insert((on, id));
                told.push(on_day(kind, id, subject, on, here));
            }
        }
    }
    for (id, _, _, on) in entries().filter(|(_, phase, ..)| **phase == "p6") {
        let reconvened = on_day(Code::of("group.reconvened"), id, subject, on, here);
        let before = opened.iter().filter(|(since, other)| *since <= on && *other != id);
        let answers = before.map(|(_, other)| *other);
        told.push(reconvened.answering(answers, [Code::of("reconvened")]));
    }
    told
}

/// Two sessions missed in a row: somebody goes to see, or calls (SH-10).
fn absent_twice(file: &UnitFile, here: &Circumstances) -> Vec<Occurrence> {
    let mut told = Vec::new();
    let roster = file.group.roster();
    let held = file.meetings().held();
    let mut missed: BTreeMap<MemberId, (u16, Vec<EventId>)> = BTreeMap::new();
    for session in &held {
        let marks = session.session.marks();
        let belonged = roster.stays().iter().filter(|stay| stay.belonged_on(session.on));
        for member in belonged.map(|stay| stay.member).collect::<BTreeSet<_>>() {
            let (row, opened) = missed.entry(member).or_default();
            let subject = Subject::Member(member);
            let tell = |kind| on_day(kind, session.event, subject, session.on, here);
            if marks.get(&member).is_some_and(|mark| mark.attended()) {
                let back = tell(Code::of("session.came_back"));
                told.push(back.answering(opened.iter().copied(), [Code::of("came_back")]));
                *row = 0;
            } else {
                *row += 1;
                if *row == 2 {
                    opened.push(session.event);
                    told.push(tell(Code::of("session.absent_twice")));
                }
            }
        }
    }
    let opened = |member| missed.get(&member).map(|(_, opened)| opened.clone()).unwrap_or_default();
    for (id, fact) in file.group.facts() {
        if let GroupEvent::Left { member, on, .. } = fact {
            let left = on_day(Code::of("member.left"), id, Subject::Member(*member), *on, here);
            told.push(left.answering(opened(*member), [Code::of("left")]));
        }
    }
    for (id, (member, reached, on)) in &file.contacts {
        let tried = file.contacts.values().filter(|(who, _, day)| who == member && day <= on);
        let said = match (reached, tried.count()) {
            (true, _) => "contacted",
            (false, 3..) => "contact_tried_thrice",
            (false, _) => "contact_tried",
        };
        let one = on_day(Code::of("member.contacted"), *id, Subject::Member(*member), *on, here);
        told.push(one.answering(opened(*member), [Code::of(said)]));
    }
    told
}
