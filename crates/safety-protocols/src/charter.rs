//! What a circle promises about danger to oneself, told before anyone joins.

use chrono::{DateTime, TimeDelta, Utc};
use commons::{Code, Refused, Rule};
use serde::{Deserialize, Serialize};

/// The promise of a circle. It has exactly one; it is shown at intake and stands in the agreement.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Charter {
    /// We ask, we act in the same session, we may call for help: clinic-linked, school and
    /// lay-counselor programs.
    ScreenAndAct,
    /// We do not ask as a routine; when somebody says it, we answer, plan and connect.
    #[default]
    NoticeAndAct,
    /// No assessment and no calls to authorities; responsible to each other, not for each other.
    /// After the Alternatives to Suicide charter (<https://alt2su-humboldt.com/about/charter>);
    /// adults only, keepers trained in it, the exception signed by the program.
    MutualNoAssessment,
}

/// What matters here of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// It asks about danger to oneself, as the ninth question of the PHQ-9 does.
    AboutDanger,
    /// It does not.
    NotAboutDanger,
}

/// Who can act before a person leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responder {
    /// A trained responder is in the room.
    Present,
    /// A trained responder can be reached within that many minutes.
    Reachable {
        /// Minutes.
        minutes: u16,
    },
    /// Nobody.
    Nobody,
}

/// Within how many minutes a responder must be reachable (SU-01, our own default).
pub const RESPONDER_MINUTES_MOST: u16 = 10;

/// Why an instrument may not be planned here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum CharterError {
    /// The circle promised not to ask.
    #[error("the charter of this circle promises no assessment")]
    PromisedNotToAsk,
    /// Nobody could act on the answer.
    #[error(
        "no trained responder present or reachable within {minutes_most} minutes",
        minutes_most = RESPONDER_MINUTES_MOST
    )]
    NobodyToAct,
}

impl Refused for CharterError {
    fn code(&self) -> &'static str {
        match self {
            Self::PromisedNotToAsk => "charter.promised_not_to_ask",
            Self::NobodyToAct => "charter.nobody_to_act",
        }
    }

    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("SU-01"))
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::PromisedNotToAsk => {
                "Use an instrument that does not ask (PHQ-8, with a written reason: SU-15), or ask in another circle."
            }
            Self::NobodyToAct => {
                "Name a trained responder who is there or on call, or ask another day."
            }
        }
    }
}

impl Charter {
    /// Its code, as rules and occurrences carry it.
    #[must_use]
    pub const fn code(self) -> Code {
        Code::of(match self {
            Self::ScreenAndAct => "screen_and_act",
            Self::NoticeAndAct => "notice_and_act",
            Self::MutualNoAssessment => "mutual_no_assessment",
        })
    }

    /// Decides whether an instrument may be planned for a session (SU-01). An answer that was
    /// given all the same is never refused: it is recorded, and asks for a conversation.
    ///
    /// # Errors
    ///
    /// The circle promised not to ask, or nobody could act on the answer before the person leaves.
    pub const fn may_ask(self, asks: Asks, responder: Responder) -> Result<(), CharterError> {
        match (asks, self, responder) {
            (Asks::NotAboutDanger, ..) => Ok(()),
            (Asks::AboutDanger, Self::MutualNoAssessment, _) => Err(CharterError::PromisedNotToAsk),
            (Asks::AboutDanger, _, Responder::Present) => Ok(()),
            (Asks::AboutDanger, _, Responder::Reachable { minutes })
                if minutes <= RESPONDER_MINUTES_MOST =>
            {
                Ok(())
            }
            (Asks::AboutDanger, _, _) => Err(CharterError::NobodyToAct),
        }
    }
}

/// One watch of somebody on call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OnCall {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// Its last.
    pub to: DateTime<Utc>,
}

/// The first gap of an on-call roster during a session, and how long it is (SV-11).
#[must_use]
pub fn first_gap(session: OnCall, roster: &[OnCall]) -> Option<(DateTime<Utc>, TimeDelta)> {
    let mut watches: Vec<_> = roster.iter().filter(|watch| watch.from <= watch.to).collect();
    watches.sort();
    let mut covered_to = session.from;
    for watch in watches {
        if covered_to < watch.from {
            break;
        }
        covered_to = covered_to.max(watch.to);
    }
    let next = roster
        .iter()
        .map(|watch| watch.from)
        .filter(|from| covered_to < *from)
        .min()
        .map_or(session.to, |from| from.min(session.to));
    (covered_to < session.to).then(|| (covered_to, next.signed_duration_since(covered_to)))
}
