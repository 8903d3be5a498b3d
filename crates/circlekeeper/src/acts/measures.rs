//! Measures: sheets scored on the spot.

use chrono::{DateTime, NaiveDate, Utc};
use commons::{Code, DataClass, MatterId, MemberId, UnitId};
use event_log::{EventLog, KeyId};
use outcomes::{
    DeclineReason, Instrument, ItemAnswers, Measures, MeasuresEvent, SafetyFlag, Scored, Sheet,
    score,
};
use safety_protocols::{Category, Matter, MatterContent, Scope};

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

/// What became of a sheet.
#[derive(Debug, Clone)]
pub struct SheetRecorded {
    /// The score, or why there is none.
    pub scored: Scored,
    /// The matter that was opened, where an answer asks that somebody act before the person leaves (SU-02).
    pub matter: Option<MatterId>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Records sheets, all of them or none: scored now, answers sealed, and a matter opened for every raised safety item.
    ///
    /// `aware_at` is when somebody first saw the answers: the clock of a raised item starts then.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`] for an unknown instrument or member, [`KeeperError::Refused`]
    /// where consent to measures is missing (U-05), [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn record_sheets(
        &mut self,
        sheets: &[NewSheet],
        aware_at: DateTime<Utc>,
    ) -> Result<Vec<SheetRecorded>, KeeperError> {
        self.decide(|keeper, reads| {
            let safeguarding = keeper.founded()?.safeguarding;
            let mut sayings = Vec::new();
            let mut recorded = Vec::with_capacity(sheets.len());
            for sheet in sheets {
                let file = keeper.member_read(sheet.member, reads)?;
                if !file.consent.allows(&Scope::MeasureOutcomes, aware_at) {
                    return Err(KeeperError::refused(NoMeasureConsent));
                }
                let missing = || KeeperError::NotFound { what: "key", id: sheet.member.short() };
                let owner = file.key.ok_or_else(missing)?;
                recorded.push(keeper.record_one(
                    sheet,
                    owner,
                    safeguarding,
                    aware_at,
                    &mut sayings,
                )?);
            }
            // Matters come last, by their random ids: where one stands in the log must not say
            // whose sheet raised it. A sheet that is saved alone still stands beside its matter.
            sayings.sort_by_key(|saying| {
                let opened = matches!(saying.fact, Fact::Matter(_));
                opened.then(|| saying.keys.first().copied())
            });
            Ok((sayings, recorded))
        })
    }

    fn record_one(
        &mut self,
        new: &NewSheet,
        owner: KeyId,
        safeguarding: KeyId,
        aware_at: DateTime<Utc>,
        sayings: &mut Vec<Saying>,
    ) -> Result<SheetRecorded, KeeperError> {
        let instrument = self.instrument(&new.instrument)?;
        let scored = score(&instrument, new.answers.as_slice());
        let sheet =
            Sheet::of(&instrument, &scored, new.language.clone(), new.timepoint.clone(), new.on);
        let mut saying = Saying::new(new.member, Fact::Measures(Measures::record(sheet)));
        if let Some(unit) = new.unit {
            saying = saying.and(unit);
        }
        sayings.push(seal_answers(saying, &instrument, new, owner)?);
        let matter = match scored.flag() {
            SafetyFlag::Raised => Some(self.raise(new, safeguarding, aware_at, sayings)?),
            SafetyFlag::NotRaised | SafetyFlag::Unknown | SafetyFlag::NotAsked => None,
        };
        Ok(SheetRecorded { scored, matter })
    }

    /// Opens the matter that a raised answer asks for: the open part says that
    /// somebody must be talked with before they leave, and nothing of whom.
    fn raise(
        &mut self,
        new: &NewSheet,
        safeguarding: KeyId,
        aware_at: DateTime<Utc>,
        sayings: &mut Vec<Saying>,
    ) -> Result<MatterId, KeeperError> {
        let matter: MatterId = self.world.id();
        let content = MatterContent {
            category: Category::RaisedAnswer,
            physical: safety_protocols::Harm::default(),
            psychological: safety_protocols::Harm::default(),
            concerns: vec![new.member],
            reported_by: None,
            unit: new.unit,
            account: String::new(),
            written_at: aware_at,
        };
        let opened = Matter::raised_answer(aware_at, Code::of("keeper"));
        let saying = Saying::new(matter, Fact::Matter(opened)).and(self.program_id());
        let saying = new.unit.map_or(saying.clone(), |unit| saying.and(unit));
        sayings.push(saying.sealing(ToSeal::new(safeguarding, DataClass::Incident, &content)?));
        Ok(matter)
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

/// The answers, sealed: those to risk items by themselves.
fn seal_answers(
    saying: Saying,
    instrument: &Instrument,
    new: &NewSheet,
    owner: KeyId,
) -> Result<Saying, KeeperError> {
    let (plain, risk) = new.answers.split(instrument);
    let words = |answers| SheetWords { instrument: new.instrument.clone(), answers };
    let mut saying = saying.sealing(ToSeal::new(owner, DataClass::Scores, &words(plain))?);
    // Sealed even where nobody answered: whether the part is there must not say anything.
    if !instrument.scoring().safety().is_empty() {
        saying = saying.sealing(ToSeal::new(owner, DataClass::RiskAnswers, &words(risk))?);
    }
    Ok(saying)
}

/// Nobody is measured without having said yes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("consent to measures is not recorded")]
struct NoMeasureConsent;

impl commons::Refused for NoMeasureConsent {
    fn code(&self) -> &'static str {
        "measure.no_consent"
    }
    fn rule(&self) -> Option<commons::Rule> {
        Some(commons::Rule::of("U-05"))
    }
    fn way_out(&self) -> &'static str {
        "ask for consent to measures, or record that the person declined; they keep their seat"
    }
}
