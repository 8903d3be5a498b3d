//! By when: deadlines as rules say them.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Calendar, Span, SpanError};

/// By when something must be done.
///
/// Written as `at once`, `24 hours`, `5 working days`, `session end`, `next session or 14 days`,
/// `next supervision or 28 days`, `agreed or 14 days`, `none`. Where the moment is unknown, the stricter reading holds:
/// a session without an end is over at once, a next session that nobody planned falls on its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'static, str>", into = "String")]
pub enum Deadline {
    /// No instant: it stays on the list until it is done.
    None,
    /// The moment it is known.
    AtOnce,
    /// Before the people leave.
    SessionEnd,
    /// At the next session, and no later than that many days.
    NextSession(Span),
    /// At the next supervision, and no later than that many days.
    NextSupervision(Span),
    /// By the moment that the unit's own terms name; where they name none, within that many days.
    Agreed(Span),
    /// Within a length of time.
    Within(Span),
}

/// The planned moments that some deadlines wait for.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moments {
    /// When the session in which it happened ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_ends_at: Option<DateTime<Utc>>,
    /// When the unit meets next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_session_at: Option<DateTime<Utc>>,
    /// When the keeper sees the supervisor next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_supervision_at: Option<DateTime<Utc>>,
    /// By when the unit's own terms want it done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<DateTime<Utc>>,
}

impl Deadline {
    /// The instant, for a clock that starts at `start`.
    #[must_use]
    pub fn due(
        self,
        start: DateTime<Utc>,
        moments: &Moments,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        let not_before = |at: Option<DateTime<Utc>>| at.filter(|at| start <= *at);
        let or_at_most = |at: Option<DateTime<Utc>>, most: Span| {
            let last = most.after(start, zone, calendar);
            not_before(at).map_or(last, |at| at.min(last))
        };
        match self {
            Self::None => None,
            Self::AtOnce => Some(start),
            Self::SessionEnd => Some(not_before(moments.session_ends_at).unwrap_or(start)),
            Self::NextSession(most) => Some(or_at_most(moments.next_session_at, most)),
            Self::NextSupervision(most) => Some(or_at_most(moments.next_supervision_at, most)),
            Self::Agreed(usual) => Some(
                not_before(moments.agreed_by).unwrap_or_else(|| usual.after(start, zone, calendar)),
            ),
            Self::Within(span) => Some(span.after(start, zone, calendar)),
        }
    }

    /// Whether it names a moment that cannot be made up for once it has passed.
    #[must_use]
    pub const fn is_momentary(self) -> bool {
        matches!(self, Self::AtOnce | Self::SessionEnd)
    }
}

impl FromStr for Deadline {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        match text {
            "none" => return Ok(Self::None),
            "at once" => return Ok(Self::AtOnce),
            "session end" => return Ok(Self::SessionEnd),
            _ => {}
        }
        if let Some(most) = text.strip_prefix("next session or ") {
            return most.parse().map(Self::NextSession);
        }
        if let Some(most) = text.strip_prefix("next supervision or ") {
            return most.parse().map(Self::NextSupervision);
        }
        if let Some(usual) = text.strip_prefix("agreed or ") {
            return usual.parse().map(Self::Agreed);
        }
        text.parse().map(Self::Within)
    }
}

impl TryFrom<Cow<'static, str>> for Deadline {
    type Error = SpanError;
    fn try_from(text: Cow<'static, str>) -> Result<Self, SpanError> {
        text.parse()
    }
}

impl From<Deadline> for String {
    fn from(deadline: Deadline) -> Self {
        deadline.to_string()
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::AtOnce => f.write_str("at once"),
            Self::SessionEnd => f.write_str("session end"),
            Self::NextSession(most) => write!(f, "next session or {most}"),
            Self::NextSupervision(most) => write!(f, "next supervision or {most}"),
            Self::Agreed(usual) => write!(f, "agreed or {usual}"),
            Self::Within(span) => write!(f, "{span}"),
        }
    }
}
