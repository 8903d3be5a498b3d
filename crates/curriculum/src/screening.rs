//! Five things asked of a person before they learn to lead, and the way on for who waits.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use commons::{Code, MemberId};
use serde::{Deserialize, Serialize};

/// What is asked about (the healing circle's P0; FR-01, FR-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Time for the whole course and the circle after it.
    Time,
    /// A life steady enough just now.
    Stability,
    /// Room for other people's stories beside one's own.
    EmotionalReadiness,
    /// The will to stay with it.
    Commitment,
    /// Ties to the community the circle is for.
    CommunityTies,
}

impl Aspect {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::Time,
        Self::Stability,
        Self::EmotionalReadiness,
        Self::Commitment,
        Self::CommunityTies,
    ];
}

/// An answer to one of them. Nobody is asked about illness (FR-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Yes.
    Ready,
    /// Not yet.
    NotYet,
    /// Let us talk.
    Talk,
}

/// An answer, when it was given and who recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// What was answered.
    pub readiness: Readiness,
    /// On which day.
    pub on: NaiveDate,
    /// Who recorded it.
    pub by: MemberId,
}

/// Why somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeferralReason {
    /// In an acute crisis: help comes first, and the way on is a referral, never a date alone.
    AcuteCrisis,
    /// No time just now.
    NoTime,
    /// Life is not steady enough just now.
    Stability,
    /// Not ready yet for other people's stories.
    EmotionalReadiness,
    /// Not sure yet of wanting it.
    Commitment,
    /// Few ties yet to the community the circle is for.
    CommunityTies,
    /// Every place is taken.
    NoPlace,
    /// Asked to wait.
    OwnWish,
}

/// The way on for who waits. There is always one: screening never only excludes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "onward", rename_all = "snake_case")]
pub enum Onward {
    /// A referral to a service of this category, such as `crisis-emergency`.
    Referral {
        /// The category of the program's directory.
        category: Code,
    },
    /// To be asked again.
    Again {
        /// From this day.
        from: NaiveDate,
    },
}

/// What the screening came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// May begin.
    Ready,
    /// Waits.
    Deferred {
        /// Why.
        reason: DeferralReason,
        /// And where to in the meantime.
        onward: Onward,
    },
}

/// What of an outcome may lie open: no reason, and no kind of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// May begin.
    Ready,
    /// Waits; to be asked again from that day, where one was named.
    Deferred {
        /// The first day on which to ask again.
        again: Option<NaiveDate>,
    },
}

/// The sheet of one screening: five answers and what they came to.
///
/// It speaks of a person, so it is sealed; the open event carries its [`Verdict`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "RawScreening", into = "RawScreening")]
pub struct Screening {
    // Invariants: all five aspects are answered, none after `on`; ready only when all five are;
    // an acute crisis is referred; to be asked again is later than `on`.
    raw: RawScreening,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawScreening {
    answers: BTreeMap<Aspect, Answer>,
    result: Outcome,
    on: NaiveDate,
    by: MemberId,
}

/// Why a screening is not complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScreeningError {
    /// One of the five was not answered.
    #[error("{aspect:?} is not answered")]
    Unanswered {
        /// Which one.
        aspect: Aspect,
    },
    /// An answer is dated after the decision.
    #[error("{aspect:?} was answered after the decision of {decided}")]
    AnsweredLater {
        /// Which one.
        aspect: Aspect,
        /// The day of the decision.
        decided: NaiveDate,
    },
    /// Nobody is ready before all five answers say so.
    #[error("{aspect:?} is not answered with ready")]
    NotReady {
        /// Which one.
        aspect: Aspect,
    },
    /// Somebody in an acute crisis is referred, not only asked to come back.
    #[error("an acute crisis is referred, not only put off")]
    CrisisNotReferred,
    /// The day to ask again is not after the decision.
    #[error("to be asked again on {from}, which is not after {decided}")]
    AgainInThePast {
        /// The day named.
        from: NaiveDate,
        /// The day of the decision.
        decided: NaiveDate,
    },
}

impl Screening {
    /// A screening decided on a day by somebody.
    ///
    /// # Errors
    ///
    /// [`ScreeningError`]: an aspect is unanswered or answered later, ready is said too early,
    /// or a deferral leads nowhere.
    pub fn new(
        answers: impl IntoIterator<Item = (Aspect, Answer)>,
        outcome: Outcome,
        on: NaiveDate,
        by: MemberId,
    ) -> Result<Self, ScreeningError> {
        Self::try_from(RawScreening {
            answers: answers.into_iter().collect(),
            result: outcome,
            on,
            by,
        })
    }

    /// A screening in which all five were answered with ready on one day.
    #[must_use]
    pub fn all_ready(on: NaiveDate, by: MemberId) -> Self {
        let answer = Answer { readiness: Readiness::Ready, on, by };
        Self {
            raw: RawScreening {
                answers: Aspect::ALL.map(|aspect| (aspect, answer)).into(),
                result: Outcome::Ready,
                on,
                by,
            },
        }
    }

    /// The five answers.
    pub fn answers(&self) -> impl Iterator<Item = (Aspect, Answer)> + '_ {
        self.raw.answers.iter().map(|(aspect, answer)| (*aspect, *answer))
    }

    /// What it came to.
    #[must_use]
    pub const fn outcome(&self) -> &Outcome {
        &self.raw.result
    }

    /// The day of the decision.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        self.raw.on
    }

    /// Who decided.
    #[must_use]
    pub const fn by(&self) -> MemberId {
        self.raw.by
    }

    /// What of it may lie open.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        match &self.raw.result {
            Outcome::Ready => Verdict::Ready,
            Outcome::Deferred { onward: Onward::Again { from }, .. } => {
                Verdict::Deferred { again: Some(*from) }
            }
            Outcome::Deferred { onward: Onward::Referral { .. }, .. } => {
                Verdict::Deferred { again: None }
            }
        }
    }
}

impl TryFrom<RawScreening> for Screening {
    type Error = ScreeningError;
    fn try_from(raw: RawScreening) -> Result<Self, ScreeningError> {
        for aspect in Aspect::ALL {
            raw.check_answer(aspect)?;
        }
        raw.check_deferral()?;
        Ok(Self { raw })
    }
}

impl From<Screening> for RawScreening {
    fn from(screening: Screening) -> Self {
        screening.raw
    }
}

impl RawScreening {
    fn check_answer(&self, aspect: Aspect) -> Result<(), ScreeningError> {
        let Some(answer) = self.answers.get(&aspect) else {
            return Err(ScreeningError::Unanswered { aspect });
        };
        if answer.on > self.on {
            return Err(ScreeningError::AnsweredLater { aspect, decided: self.on });
        }
        if self.result == Outcome::Ready && answer.readiness != Readiness::Ready {
            return Err(ScreeningError::NotReady { aspect });
        }
        Ok(())
    }

    fn check_deferral(&self) -> Result<(), ScreeningError> {
        let Outcome::Deferred { reason, onward } = &self.result else {
            return Ok(());
        };
        match onward {
            Onward::Again { .. } if *reason == DeferralReason::AcuteCrisis => {
                Err(ScreeningError::CrisisNotReferred)
            }
            Onward::Again { from } if *from <= self.on => {
                Err(ScreeningError::AgainInThePast { from: *from, decided: self.on })
            }
            Onward::Again { .. } | Onward::Referral { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, d).expect("a day")
    }

    const STAFF: MemberId = MemberId::number(9);

    #[track_caller]
    fn check(
        change: &[(Aspect, Readiness)],
        outcome: Outcome,
        want: Result<Verdict, ScreeningError>,
    ) {
        let mut answers: BTreeMap<_, _> = Screening::all_ready(day(1), STAFF).answers().collect();
        for (aspect, readiness) in change {
            answers.insert(*aspect, Answer { readiness: *readiness, on: day(2), by: STAFF });
        }
        let made = Screening::new(answers, outcome, day(5), STAFF);
        assert_eq!(made.map(|screening| screening.verdict()), want);
    }

    fn deferred(reason: DeferralReason, onward: Onward) -> Outcome {
        Outcome::Deferred { reason, onward }
    }

    #[test]
    fn somebody_is_ready_when_all_five_answers_say_so() {
        check(&[], Outcome::Ready, Ok(Verdict::Ready));
        for readiness in [Readiness::NotYet, Readiness::Talk] {
            for aspect in Aspect::ALL {
                check(
                    &[(aspect, readiness)],
                    Outcome::Ready,
                    Err(ScreeningError::NotReady { aspect }),
                );
            }
        }
    }

    #[test]
    fn whoever_waits_is_told_where_to_turn_or_when_to_come_again() {
        let crisis = [(Aspect::EmotionalReadiness, Readiness::NotYet)];
        let help = Onward::Referral { category: Code::of("crisis-emergency") };
        check(
            &crisis,
            deferred(DeferralReason::AcuteCrisis, help),
            Ok(Verdict::Deferred { again: None }),
        );
        check(
            &crisis,
            deferred(DeferralReason::AcuteCrisis, Onward::Again { from: day(20) }),
            Err(ScreeningError::CrisisNotReferred),
        );
        let busy = [(Aspect::Time, Readiness::NotYet)];
        check(
            &busy,
            deferred(DeferralReason::NoTime, Onward::Again { from: day(6) }),
            Ok(Verdict::Deferred { again: Some(day(6)) }),
        );
        check(
            &busy,
            deferred(DeferralReason::NoTime, Onward::Again { from: day(5) }),
            Err(ScreeningError::AgainInThePast { from: day(5), decided: day(5) }),
        );
    }

    #[test]
    fn all_five_are_asked_before_the_decision() {
        let answers = Screening::all_ready(day(5), STAFF);
        let four = answers.answers().filter(|(aspect, _)| *aspect != Aspect::Time);
        assert_eq!(
            Screening::new(four, Outcome::Ready, day(5), STAFF),
            Err(ScreeningError::Unanswered { aspect: Aspect::Time })
        );
        assert_eq!(
            Screening::new(answers.answers(), Outcome::Ready, day(4), STAFF),
            Err(ScreeningError::AnsweredLater { aspect: Aspect::Time, decided: day(4) })
        );
    }

    #[test]
    fn a_sheet_is_read_through_the_same_door() {
        let sheet = Screening::all_ready(day(5), STAFF);
        let text = serde_json::to_string(&sheet).expect("plain");
        assert_eq!(serde_json::from_str::<Screening>(&text).ok(), Some(sheet));
        let broken = text.replacen("\"readiness\":\"ready\"", "\"readiness\":\"talk\"", 1);
        assert!(serde_json::from_str::<Screening>(&broken).is_err());
    }
}
