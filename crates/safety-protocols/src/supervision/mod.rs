//! Supervision of one keeper or one unit: who stands by, how often, and how late it is.

mod event;
mod load;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use commons::{Aggregate, Breach, Code, EventId, EventSet, Facts, MemberId, Refused, Rule};
use serde::{Deserialize, Serialize};

use crate::{
    Circumstances, Occurrence, Rulebook, Subject, attribute, evidence, noon, pick::match_some,
    span::later,
};

pub use event::{Arrangement, Cadence, SupervisionEvent, SupervisionKind, SupervisionMode};
pub use load::{Load, LoadError, LoadLimits, PeerLeadPlan};

/// The supervision of one keeper, or of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    facts: Facts<SupervisionEvent>,
    /// What opens duties, taken back or not (ENG-07).
    opening: BTreeMap<EventId, SupervisionEvent>,
}

/// How late supervision is, and what follows. Exhaustive, so that no frontend overlooks a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lateness {
    /// In time.
    InTime,
    /// Late by a few days.
    Late,
    /// Late enough to be warned about.
    Warned,
    /// The coordinator is next.
    Coordinator,
    /// The unit is paused until a session is held (SP-03). Never under peer consultation.
    Paused,
}

/// After how many days late each step is taken (SV-08, our own defaults).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct LateLimits {
    /// Warned after that many.
    pub warn_after_days: u16,
    /// The coordinator after that many.
    pub coordinator_after_days: u16,
    /// Paused after that many.
    pub pause_after_days: u16,
}

impl LateLimits {
    /// The figures of a rulebook. Those it lacks are those we ship.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let limit = |name, shipped| {
            book.limit(&Rule::of("SV-08"), &Code::of(name))
                .and_then(|figure| u16::try_from(figure).ok())
                .unwrap_or(shipped)
        };
        Self {
            warn_after_days: limit("warn_after_days", 7),
            coordinator_after_days: limit("coordinator_after_days", 14),
            pause_after_days: limit("pause_after_days", 28),
        }
    }
}

/// Which arrangement a phase of a model asks for: the rows of `SV-15`, the most particular first.
///
/// In the independent phases of a healing circle there is no staff to supervise: peer consultation
/// is offered, a contact outside is named, and nothing is ever paused (settled between SV-01, SV-08,
/// SP-03 and HC-06). Where no row speaks, it is weekly: the strictest.
#[must_use]
pub fn arrangement_for(
    book: &Rulebook,
    model: &Code,
    phase: &Code,
    first_half_year: bool,
) -> Arrangement {
    let stage = Code::of(if first_half_year { "first_half_year" } else { "after" });
    let told = BTreeMap::from([
        (attribute::MODEL, model),
        (attribute::PHASE, phase),
        (Code::of("stage"), &stage),
    ]);
    book.rows()
        .iter()
        .filter(|row| row.rule == SV_15 && row.standing == crate::RowStanding::InForce)
        .filter(|row| {
            row.only_where
                .iter()
                .all(|(name, values)| told.get(name).is_some_and(|value| values.contains(*value)))
        })
        .filter_map(|row| Some((row.only_where.len(), Arrangement::from_code(&row.what)?)))
        // Of rows equally particular the stricter.
        .max_by_key(|(particular, asked)| (*particular, std::cmp::Reverse(*asked)))
        .map_or(Arrangement::Supervised(Cadence::Weekly), |(_, asked)| asked)
}

const SV_15: Rule = Rule::of("SV-15");

/// Why an arrangement may not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SupervisionError {
    /// Supervisor and deputy are one person.
    #[error("supervisor and deputy are one person")]
    NoDeputy,
}

impl Refused for SupervisionError {
    fn code(&self) -> &'static str {
        "supervision.no_deputy"
    }

    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("SV-01"))
    }

    fn way_out(&self) -> &'static str {
        "Name somebody else to stand in."
    }
}

/// One arrangement that stands.
type Standing = (EventId, Arrangement, NaiveDate);

impl Supervision {
    /// Its facts.
    #[must_use]
    pub const fn facts(&self) -> &Facts<SupervisionEvent> {
        &self.facts
    }

    /// Decides whether an arrangement may be made. It replaces all that stand.
    ///
    /// # Errors
    ///
    /// Supervisor and deputy are one person (SV-01).
    pub fn arrange(
        &self,
        supervisor: MemberId,
        deputy: MemberId,
        arrangement: Arrangement,
        from: NaiveDate,
    ) -> Result<SupervisionEvent, SupervisionError> {
        if supervisor == deputy {
            return Err(SupervisionError::NoDeputy);
        }
        Ok(SupervisionEvent::Arranged {
            supervisor,
            deputy,
            arrangement,
            from,
            replaces: self.unreplaced(NaiveDate::MAX).map(|(id, ..)| id).collect(),
        })
    }

    /// The arrangement that holds on a day: of several that stand, the strictest.
    #[must_use]
    pub fn arrangement(&self, on: NaiveDate) -> Option<Arrangement> {
        self.unreplaced(on).map(|(_, held, _)| held).min()
    }

    /// Who stands by on a day: supervisors and their deputies.
    #[must_use]
    pub fn stand_by(&self, on: NaiveDate) -> BTreeSet<MemberId> {
        let holding: EventSet = self.unreplaced(on).map(|(id, ..)| id).collect();
        let named = self.facts.live().filter(|(id, _)| holding.contains(id));
        named
            .filter_map(|(_, fact)| {
                let SupervisionEvent::Arranged { supervisor, deputy, .. } = fact else {
                    return None;
                };
                Some([*supervisor, *deputy])
            })
            .flatten()
            .collect()
    }

    /// Arrangements begun by a day that none begun by then replaces and that have not ended.
    fn unreplaced(&self, on: NaiveDate) -> impl Iterator<Item = Standing> {
        let gone: EventSet = self
            .facts
            .live()
            .flat_map(|(id, fact)| match fact {
                SupervisionEvent::Arranged { from, replaces, .. } if *from <= on => {
                    replaces.iter().copied().filter(|replaced| *replaced != id).collect()
                }
                SupervisionEvent::Ended { arrangement, on: last } if *last < on => {
                    EventSet::from([*arrangement])
                }
                SupervisionEvent::Arranged { .. }
                | SupervisionEvent::Ended { .. }
                | SupervisionEvent::Held { .. }
                | SupervisionEvent::Offered { .. }
                | SupervisionEvent::Observed { .. }
                | SupervisionEvent::Voided { .. }
                | SupervisionEvent::Settled { .. } => EventSet::new(),
            })
            .collect();
        self.facts
            .live()
            .filter(move |(id, _)| !gone.contains(id))
            .filter_map(move |(id, fact)| {
                match_some!(fact, SupervisionEvent::Arranged { arrangement, from, .. } => (id, *arrangement, *from))
            })
            .filter(move |(_, _, from)| *from <= on)
    }

    /// The last day on which they met, or consultation was offered, up to a day.
    #[must_use]
    pub fn last_held(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.facts
            .live()
            .filter_map(|(_, fact)| {
                match_some!(fact, SupervisionEvent::Held { on, .. } | SupervisionEvent::Offered { on } => *on)
            })
            .filter(|held| *held <= on)
            .max()
    }

    /// The day by which they meet next. `None` where nothing is arranged (SV-01 is not met).
    #[must_use]
    pub fn due_on(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.unreplaced(on)
            .map(|(_, held, from)| {
                let last = self.last_held(on).map_or(from, |last| last.max(from));
                later(last, held.days().into())
            })
            .min()
    }

    /// Days by which supervision is late; none in time.
    #[must_use]
    pub fn days_late(&self, on: NaiveDate) -> u16 {
        self.due_on(on).map_or(0, |due| {
            u16::try_from(on.signed_duration_since(due).num_days().max(0)).unwrap_or(u16::MAX)
        })
    }

    /// How late it is, and what follows (SV-08). An independent circle is never paused.
    #[must_use]
    pub fn lateness(&self, on: NaiveDate, limits: LateLimits) -> Lateness {
        let late = self.days_late(on);
        let independent = self.arrangement(on) == Some(Arrangement::PeerConsultation);
        if late == 0 {
            Lateness::InTime
        } else if late <= limits.warn_after_days {
            Lateness::Late
        } else if late <= limits.coordinator_after_days || independent {
            Lateness::Warned
        } else if late <= limits.pause_after_days {
            Lateness::Coordinator
        } else {
            Lateness::Paused
        }
    }

    /// Whether they met, or consultation was offered, in the days before (SH-06: 14).
    #[must_use]
    pub fn held_within(&self, days: u16, on: NaiveDate) -> bool {
        self.last_held(on).is_some_and(|last| on <= later(last, days.into()))
    }

    /// Minutes they met one to one and in all, over a time (SV-04: half in the first year).
    #[must_use]
    pub fn minutes(&self, from: NaiveDate, to: NaiveDate) -> (u32, u32) {
        self.facts.live().fold((0, 0), |(alone, all), (_, fact)| {
            let SupervisionEvent::Held { on, minutes, mode } = fact else {
                return (alone, all);
            };
            if !(from <= *on && *on <= to) {
                return (alone, all);
            }
            let minutes = u32::from(*minutes);
            let counts = *mode == SupervisionMode::OneToOne;
            (alone + if counts { minutes } else { 0 }, all + minutes)
        })
    }

    /// What the rules should know of it.
    #[must_use]
    pub fn occurrences(&self, subject: Subject, around: &Circumstances) -> Vec<Occurrence> {
        let told = |kind, id, on| {
            Occurrence::new(kind, id, subject, noon(on, around.zone), around.clone())
        };
        let mut list = Vec::new();
        for (id, fact) in &self.opening {
            let (kind, on, shows) = match fact {
                SupervisionEvent::Held { on, .. } => ("supervision.held", *on, "held"),
                SupervisionEvent::Offered { on } => ("supervision.held", *on, "offered"),
                SupervisionEvent::Observed { on, harmful_seen } => {
                    let kind = if *harmful_seen {
                        "supervision.harm_seen"
                    } else {
                        "supervision.observed"
                    };
                    (kind, *on, "observed")
                }
                SupervisionEvent::Arranged { from, .. } => {
                    ("supervision.arranged", *from, "rearranged")
                }
                SupervisionEvent::Ended { .. }
                | SupervisionEvent::Voided { .. }
                | SupervisionEvent::Settled { .. } => continue,
            };
            let mut one = told(Code::of(kind), *id, on);
            let own =
                match_some!(fact, SupervisionEvent::Arranged { arrangement, .. } => *arrangement);
            let asks = !matches!(fact, SupervisionEvent::Observed { .. });
            if let Some(held) = own.or_else(|| self.arrangement(on)).filter(|_| asks) {
                one = one.with(attribute::ARRANGEMENT, held.code());
            }
            if self.facts.get(*id).is_some() {
                one = one.answering(self.opened_before(*id, on), [Code::of(shows)]);
            }
            list.push(one);
        }
        for (id, fact) in self.facts.live() {
            if let SupervisionEvent::Voided { entry, on, .. } = fact {
                let one = told(Code::of("supervision.voided"), id, *on);
                list.push(one.answering([*entry], [evidence::VOIDED]));
            } else if let SupervisionEvent::Ended { on, .. } = fact {
                let one = told(Code::of("supervision.ended"), id, *on);
                list.push(one.answering(self.opened_before(id, *on), [Code::of("ended")]));
            }
        }
        list
    }

    /// The entries of earlier days: a meeting answers what they asked for.
    fn opened_before(&self, but: EventId, on: NaiveDate) -> EventSet {
        self.opening
            .iter()
            .filter(|(id, fact)| **id != but && opened_on(fact).is_some_and(|day| day < on))
            .map(|(id, _)| *id)
            .collect()
    }
}

fn opened_on(fact: &SupervisionEvent) -> Option<NaiveDate> {
    match fact {
        SupervisionEvent::Arranged { from: on, .. }
        | SupervisionEvent::Held { on, .. }
        | SupervisionEvent::Offered { on }
        | SupervisionEvent::Observed { on, .. } => Some(*on),
        SupervisionEvent::Ended { .. }
        | SupervisionEvent::Voided { .. }
        | SupervisionEvent::Settled { .. } => None,
    }
}

impl Aggregate for Supervision {
    type Event = SupervisionEvent;
    type Kind = SupervisionKind;

    fn apply(&mut self, id: EventId, event: &SupervisionEvent) {
        if opened_on(event).is_some() {
            self.opening.entry(id).or_insert_with(|| event.clone());
        }
        self.facts.take(id, event);
    }

    fn breaches(&self) -> BTreeSet<Breach<SupervisionKind>> {
        let mut breaches: BTreeSet<_> = self
            .facts
            .live()
            .filter(|(_, fact)| {
                matches!(fact, SupervisionEvent::Arranged { supervisor, deputy, .. } if supervisor == deputy)
            })
            .map(|(id, _)| Breach::new(SupervisionKind::NoDeputy, [id]))
            .collect();
        let standing: EventSet = self.unreplaced(NaiveDate::MAX).map(|(id, ..)| id).collect();
        if standing.len() > 1 {
            breaches.insert(Breach::new(SupervisionKind::TwoArrangements, standing));
        }
        breaches
    }

    fn settled(&self) -> BTreeSet<Breach<SupervisionKind>> {
        self.facts.settled()
    }
}
