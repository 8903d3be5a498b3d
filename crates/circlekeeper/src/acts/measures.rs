//! Measures: sheets scored on the spot, and people gone to before anything else.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use commons::{Code, DataClass, EventId, MatterId, MemberId, Private, UnitId};
use event_log::{EventLog, KeyId};
use outcomes::{
    Answer, DeclineReason, Instrument, ItemAnswers, Measures, MeasuresEvent, SafetyFlag, Scored,
    Sheet, score,
};
use safety_protocols::{Category, Consent, Matter, MatterContent, Scope, end_of_day};

use crate::{Fact, Keeper, KeeperError, SheetWords, Surroundings, ToSeal, keeper::Saying};

/// A sheet somebody filled in.
#[derive(Debug, Clone)]
pub struct NewSheet {
    /// Who.
    pub member: MemberId,
    /// The unit they sit in, where they sit in one.
    pub unit: Option<UnitId>,
    /// The instrument.
    pub instrument: Code,
    /// The language it was read in.
    pub language: Code,
    /// The timepoint, such as `t0`.
    pub timepoint: Code,
    /// The day.
    pub on: NaiveDate,
    /// The answers; missing is never zero.
    pub answers: ItemAnswers,
}

impl NewSheet {
    /// Which sheet it is, in codes: by this a raised answer is known again, and has one matter
    /// however often its sheet is taken in.
    fn mark(&self) -> String {
        format!("{} {} {}", self.instrument, self.timepoint, self.on)
    }
}

/// How much of a sheet may be stored, by what the person had said yes to on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// Nothing: they had not said yes to being measured (U-05).
    Nothing,
    /// All but the answers about danger to oneself, to which they had not said yes. The total is
    /// that of the other answers.
    WithoutRiskAnswers,
    /// All of it.
    Whole,
}

/// What became of a sheet.
#[derive(Debug, Clone)]
pub struct SheetRecorded {
    /// The score of what was stored, or why there is none.
    pub scored: Scored,
    /// What all of its answers say of danger, stored or not.
    pub flag: SafetyFlag,
    /// How much of it was stored.
    pub kept: Kept,
    /// The matter of a raised answer: somebody acts before the person leaves (SU-02).
    pub matter: Option<MatterId>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Records sheets: scored now, answers sealed as far as consent goes, and a matter opened for every raised
    /// safety item, whatever was consented to. Safety does not wait for a signature.
    ///
    /// `aware_at` is when somebody first saw the answers: the clock of a raised item starts then.
    /// The same answer has one matter, however often it is brought.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] for an unknown instrument or member, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_sheets(
        &mut self,
        sheets: &[NewSheet],
        aware_at: DateTime<Utc>,
    ) -> Result<Vec<SheetRecorded>, KeeperError> {
        self.take_sheets(sheets, aware_at, true)
    }

    /// Opens the matters of raised answers and stores no sheet: for sheets that cannot be taken in
    /// as they are, when somebody must be gone to all the same.
    ///
    /// # Errors
    ///
    /// As [`record_sheets`](Self::record_sheets).
    pub fn raise_answers(
        &mut self,
        sheets: &[NewSheet],
        aware_at: DateTime<Utc>,
    ) -> Result<Vec<SheetRecorded>, KeeperError> {
        self.take_sheets(sheets, aware_at, false)
    }

    /// How much of a sheet may be stored.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn may_keep(&mut self, sheet: &NewSheet) -> Result<Kept, KeeperError> {
        let zone = self.founded()?.zone;
        let instrument = self.instrument(&sheet.instrument)?;
        Ok(may_keep(&self.member(sheet.member)?.consent, &instrument, sheet.on, zone))
    }

    fn take_sheets(
        &mut self,
        sheets: &[NewSheet],
        aware_at: DateTime<Utc>,
        store: bool,
    ) -> Result<Vec<SheetRecorded>, KeeperError> {
        self.decide(|keeper, reads| {
            let founded = keeper.founded()?;
            let mut raised = None;
            let mut sayings = Vec::new();
            let mut recorded = Vec::with_capacity(sheets.len());
            for sheet in sheets {
                let file = keeper.member_read(sheet.member, reads)?;
                let instrument = keeper.instrument(&sheet.instrument)?;
                let flag = score(&instrument, sheet.answers.as_slice()).flag();
                let matter = match flag {
                    SafetyFlag::Raised => {
                        Some(keeper.raise_once(&mut raised, sheet, aware_at, &mut sayings)?)
                    }
                    SafetyFlag::NotRaised | SafetyFlag::Unknown | SafetyFlag::NotAsked => None,
                };
                let kept = if store {
                    may_keep(&file.consent, &instrument, sheet.on, founded.zone)
                } else {
                    Kept::Nothing
                };
                let missing = || KeeperError::NotFound { what: "key", id: sheet.member.short() };
                let owner = file.key.ok_or_else(missing)?;
                let (saying, scored) = saying_of(sheet, &instrument, kept, owner)?;
                sayings.extend(saying);
                recorded.push(SheetRecorded { scored, flag, kept, matter });
            }
            // Matters come last, by their random ids: where one stands in the log must not say
            // whose sheet raised it.
            sayings.sort_by_key(|saying| {
                let opened = matches!(saying.fact, Fact::Matter(_));
                opened.then(|| saying.keys.first().copied())
            });
            Ok((sayings, recorded))
        })
    }

    /// The matter of a raised answer: the one it has, or a new one that is then said too.
    fn raise_once(
        &mut self,
        raised: &mut Option<BTreeMap<(MemberId, String), MatterId>>,
        new: &NewSheet,
        aware_at: DateTime<Utc>,
        sayings: &mut Vec<Saying>,
    ) -> Result<MatterId, KeeperError> {
        let known = match raised {
            Some(known) => known,
            None => raised.insert(self.raised_answers()?),
        };
        let mark = (new.member, new.mark());
        if let Some(matter) = known.get(&mark) {
            return Ok(*matter);
        }
        let matter: MatterId = self.world.id();
        known.insert(mark, matter);
        sayings.push(self.raise(matter, new, aware_at)?);
        Ok(matter)
    }

    /// Opens the matter that a raised answer asks for. The open part says that somebody must be
    /// talked with before they leave; whom, and in which unit, is sealed: beside a sheet that is
    /// saved alone, the unit would tell whose answer it was.
    fn raise(
        &mut self,
        matter: MatterId,
        new: &NewSheet,
        aware_at: DateTime<Utc>,
    ) -> Result<Saying, KeeperError> {
        let safeguarding = self.founded()?.safeguarding;
        let content = MatterContent {
            category: Category::RaisedAnswer,
            physical: safety_protocols::Harm::default(),
            psychological: safety_protocols::Harm::default(),
            concerns: vec![new.member],
            reported_by: None,
            unit: new.unit,
            account: new.mark(),
            written_at: aware_at,
        };
        let opened = Matter::raised_answer(aware_at, Code::of("keeper"));
        let saying = Saying::new(matter, Fact::Matter(opened)).and(self.program_id());
        Ok(saying.sealing(ToSeal::new(safeguarding, DataClass::Incident, &content)?))
    }

    /// The matters of raised answers, by whose sheet it was and which one. None while locked.
    fn raised_answers(&mut self) -> Result<BTreeMap<(MemberId, String), MatterId>, KeeperError> {
        let known = self.raised_contents()?.values().filter_map(|(matter, content)| {
            Some(((*content.concerns.first()?, content.account.clone()), *matter))
        });
        Ok(known.collect())
    }

    /// The matters of raised answers that arose in a unit, as far as they can be read: their open
    /// parts do not name it.
    pub(crate) fn raised_in(&mut self, unit: UnitId) -> Result<Vec<Matter>, KeeperError> {
        let contents = self.raised_contents()?.values();
        let here = contents.filter(|(_, content)| content.unit == Some(unit));
        let here: Vec<MatterId> = here.map(|(matter, _)| *matter).collect();
        let mut raised = Vec::with_capacity(here.len());
        for matter in here {
            let file = self.matter(matter)?;
            if file.unit.is_none() {
                raised.push(file.matter.clone());
            }
        }
        Ok(raised)
    }

    /// What the matters of raised answers say, each read once.
    fn raised_contents(
        &mut self,
    ) -> Result<&BTreeMap<EventId, (MatterId, MatterContent)>, KeeperError> {
        for (id, event) in &self.program()?.raised {
            if self.raised.contains_key(id) {
                continue;
            }
            let content: Private<MatterContent> = self.words(event, DataClass::Incident)?;
            if let Private::Known(content) = content
                && content.category == Category::RaisedAnswer
            {
                let matter = uuid::Uuid::from(event.header().keys.stream()).into();
                self.raised.insert(*id, (matter, content));
            }
        }
        Ok(&self.raised)
    }

    /// Records that people declined to be measured. They keep their seats.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn decline_sheets(
        &mut self,
        people: &[(MemberId, Option<UnitId>)],
        instrument: Option<&Code>,
        timepoint: &Code,
        reason: DeclineReason,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.decide(|_, _| {
            let sayings = people.iter().map(|(member, unit)| {
                let event: MeasuresEvent =
                    Measures::decline(instrument.cloned(), timepoint.clone(), on, reason);
                let saying = Saying::new(*member, Fact::Measures(event));
                unit.map_or(saying.clone(), |unit| saying.and(unit))
            });
            Ok((sayings.collect::<Vec<_>>(), ()))
        })
    }
}

/// How much of a sheet may be stored by the consent that stood at the end of its day: a yes of that
/// day counts, and a withdrawal ends new collection the same day (U-05).
fn may_keep(consent: &Consent, instrument: &Instrument, on: NaiveDate, zone: Tz) -> Kept {
    let at = end_of_day(on, zone);
    if !consent.allows(&Scope::MeasureOutcomes, at) {
        Kept::Nothing
    } else if instrument.scoring().safety().is_empty()
        || consent.allows(&Scope::MeasureRiskItems, at)
    {
        Kept::Whole
    } else {
        Kept::WithoutRiskAnswers
    }
}

/// What is said of a sheet, where anything may be, and its score.
fn saying_of(
    new: &NewSheet,
    instrument: &Instrument,
    kept: Kept,
    owner: KeyId,
) -> Result<(Option<Saying>, Scored), KeeperError> {
    let (plain, risk) = new.answers.split(instrument);
    let (answers, risk) = match kept {
        Kept::Nothing => return Ok((None, score(instrument, new.answers.as_slice()))),
        // A total over all answers would give the one away that is not stored.
        Kept::WithoutRiskAnswers => (plain.clone(), ItemAnswers::new(unanswered(&risk))),
        Kept::Whole => (new.answers.clone(), risk),
    };
    let scored = score(instrument, answers.as_slice());
    let sheet = Sheet::of(instrument, &scored, new.language.clone(), new.timepoint.clone(), new.on);
    let mut saying = Saying::new(new.member, Fact::Measures(Measures::record(sheet)));
    if let Some(unit) = new.unit {
        saying = saying.and(unit);
    }
    let words = |answers| SheetWords { instrument: new.instrument.clone(), answers };
    saying = saying.sealing(ToSeal::new(owner, DataClass::Scores, &words(plain))?);
    // Sealed even where nobody answered: whether the part is there must not say anything.
    if !instrument.scoring().safety().is_empty() {
        saying = saying.sealing(ToSeal::new(owner, DataClass::RiskAnswers, &words(risk))?);
    }
    Ok((Some(saying), scored))
}

/// As many answers, none of them given.
fn unanswered(answers: &ItemAnswers) -> impl Iterator<Item = Answer> + '_ {
    answers.as_slice().iter().map(|_| Answer::Missing)
}
