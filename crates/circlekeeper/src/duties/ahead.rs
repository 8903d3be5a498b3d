//! What a unit has planned: the moments that some deadlines wait for.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use circle_model::{Outcome, Session};
use safety_protocols::{Moments, PhaseAsks, Supervision, end_of_day, noon};

use crate::UnitFile;

/// Sessions and supervision that a unit has ahead of it, seen from any day.
pub(super) struct Ahead {
    /// When each session begins and ends, those that did not happen left out.
    sessions: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    supervision: Supervision,
    zone: Tz,
}

impl Ahead {
    pub(super) fn of(file: &UnitFile, zone: Tz) -> Self {
        let mut sessions: Vec<_> =
            file.sessions.values().filter_map(|session| session_times(session, zone)).collect();
        sessions.sort_unstable();
        Self { sessions, supervision: file.supervision.clone(), zone }
    }

    /// The moments that come next after an instant.
    pub(super) fn moments(&self, at: DateTime<Utc>, asks: &PhaseAsks) -> Moments {
        let now = self.sessions.iter().find(|(starts, ends)| (*starts..=*ends).contains(&at));
        let next = self.sessions.iter().find(|(starts, _)| at < *starts);
        let on = at.with_timezone(&self.zone).date_naive();
        let supervision = self.supervision.due_on(on, asks);
        Moments {
            session_ends_at: now.map(|(_, ends)| *ends),
            next_session_at: next.map(|(starts, _)| *starts),
            // Supervision that is late already is due today, and not in four weeks.
            next_supervision_at: supervision.map(|due| end_of_day(due.max(on), self.zone)),
            agreed_by: None,
        }
    }
}

/// When a session begins and ends; nothing for one that did not happen.
pub(crate) fn session_times(session: &Session, zone: Tz) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let planned = session.planned().map(|planned| planned.minutes);
    let (starts, minutes) = match (session.outcome(), session.at()) {
        (Outcome::NotHeld { .. }, _) => return None,
        (Outcome::Held { .. } | Outcome::Planned, Some(at)) => (at.instant().0, planned?),
        (Outcome::Held { on }, None) => {
            (noon(on, zone), session.records().map(|(_, record)| record.minutes).max()?)
        }
        (Outcome::Planned, None) => return None,
    };
    Some((starts, starts.checked_add_signed(TimeDelta::minutes(minutes.into()))?))
}
