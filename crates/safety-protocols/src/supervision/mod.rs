//! Supervision of one keeper or one unit: who stands by, how often, and how late it is.

mod asks;
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

pub use asks::{Asked, PhaseAsks, arrangement_for};
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

/// Why an arrangement may not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum SupervisionError {
    /// Supervisor and deputy are one person.
    #[error("supervisor and deputy are one person")]
    NoDeputy,
    /// It is looser than model and phase ask for.
    #[error("`{arranged}` is looser than `{asked}`, which this phase asks for", arranged = arranged.code(), asked = asked.code())]
    TooLoose {
        /// What would be arranged.
        arranged: Arrangement,
        /// What is asked for.
        asked: Arrangement,
    },
}

impl Refused for SupervisionError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoDeputy => "supervision.no_deputy",
            Self::TooLoose { .. } => "supervision.too_loose",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<Rule> {
        Some(match self {
            Self::NoDeputy => Rule::of("SV-01"),
            Self::TooLoose { .. } => Rule::of("SV-15"),
        })
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NoDeputy => "Name somebody else to stand in.",
            Self::TooLoose { .. } => {
                "Arrange what the phase asks for; it loosens by itself when the phase does."
            }
        }
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
    /// Supervisor and deputy are one person (SV-01), or it is looser than what is asked for on its
    /// first day (SV-15).
    pub fn arrange(
        &self,
        supervisor: MemberId,
        deputy: MemberId,
        arrangement: Arrangement,
        from: NaiveDate,
        asks: &PhaseAsks,
    ) -> Result<SupervisionEvent, SupervisionError> {
        if supervisor == deputy {
            return Err(SupervisionError::NoDeputy);
        }
        if let Some(asked) = asks.on(from).map(|asked| asked.arrangement)
            && asked < arrangement
        {
            return Err(SupervisionError::TooLoose { arranged: arrangement, asked });
        }
        Ok(SupervisionEvent::Arranged {
            supervisor,
            deputy,
            arrangement,
            from,
            replaces: self.unreplaced(NaiveDate::MAX).map(|(id, ..)| id).collect(),
        })
    }

    /// The arrangement that was made for a day: of several that stand, the strictest.
    #[must_use]
    pub fn arrangement(&self, on: NaiveDate) -> Option<Arrangement> {
        self.unreplaced(on).map(|(_, held, _)| held).min()
    }

    /// The arrangement that holds on a day, with what model and phase ask for.
    #[must_use]
    pub fn holding(&self, on: NaiveDate, asks: &PhaseAsks) -> Option<Arrangement> {
        self.arrangement(on).map(|arranged| asks.hold(arranged, on))
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
    pub fn due_on(&self, on: NaiveDate, asks: &PhaseAsks) -> Option<NaiveDate> {
        let alone = asks.independent_since(on).unwrap_or(NaiveDate::MIN);
        self.unreplaced(on)
            .map(|(_, arranged, from)| {
                let last = self.last_held(on).map_or(from, |last| last.max(from)).max(alone);
                later(last, asks.hold(arranged, on).days().into())
            })
            .min()
    }

    /// Days by which supervision is late; none in time.
    #[must_use]
    pub fn days_late(&self, on: NaiveDate, asks: &PhaseAsks) -> u16 {
        self.due_on(on, asks).map_or(0, |due| {
            u16::try_from(on.signed_duration_since(due).num_days().max(0)).unwrap_or(u16::MAX)
        })
    }

    /// How late it is, and what follows (SV-08). An independent circle is never paused.
    #[must_use]
    pub fn lateness(&self, on: NaiveDate, limits: LateLimits, asks: &PhaseAsks) -> Lateness {
        let late = self.days_late(on, asks);
        let independent = self.holding(on, asks) == Some(Arrangement::PeerConsultation);
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

    /// What the rules should know of it. An entry into independence takes the place of whatever
    /// supervision was due, and opens the next offer of consultation.
    #[must_use]
    pub fn occurrences(
        &self,
        subject: Subject,
        around: &Circumstances,
        asks: &PhaseAsks,
    ) -> Vec<Occurrence> {
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
            let goes_on = !matches!(fact, SupervisionEvent::Observed { .. });
            let held = own.or_else(|| self.arrangement(on)).filter(|_| goes_on);
            if let Some(held) = held.map(|arranged| asks.hold(arranged, on)) {
                one = one.with(attribute::ARRANGEMENT, held.code());
            }
            if self.facts.get(*id).is_some() {
                one = one.answering(self.opened_before(*id, on, asks), [Code::of(shows)]);
            }
            list.push(one);
        }
        for (id, fact) in self.facts.live() {
            if let SupervisionEvent::Voided { entry, on, .. } = fact {
                let one = told(Code::of("supervision.voided"), id, *on);
                list.push(one.answering([*entry], [evidence::VOIDED]));
            } else if let SupervisionEvent::Ended { on, .. } = fact {
                let one = told(Code::of("supervision.ended"), id, *on);
                list.push(one.answering(self.opened_before(id, *on, asks), [Code::of("ended")]));
            }
        }
        list.extend(asks.independence().map(|(entry, asked)| {
            let one = told(Code::of("supervision.independent"), entry, asked.since)
                .with(attribute::ARRANGEMENT, asked.arrangement.code());
            if asked.taken_back {
                return one;
            }
            one.answering(self.opened_before(entry, asked.since, asks), [Code::of("rearranged")])
        }));
        list
    }

    /// The entries of earlier days: a meeting answers what they asked for.
    fn opened_before(&self, but: EventId, on: NaiveDate, asks: &PhaseAsks) -> EventSet {
        let own = self.opening.iter().filter_map(|(id, fact)| Some((*id, opened_on(fact)?)));
        let entries = asks.independence().map(|(entry, asked)| (entry, asked.since));
        let earlier = own.chain(entries).filter(|(id, day)| *id != but && *day < on);
        earlier.map(|(id, _)| id).collect()
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
