//! Circles and reasons in words. Who is kept apart from whom has none.

use std::collections::BTreeSet;

use circle_formation::{
    Because, Change, Circle, CircleIx, Cost, FacilitatorIx, Formation, Opening, PersonIx, Reasons,
    Ruling, Seated, Slot, Waits,
};
use convening::Hall;
use report::Arg;
use serde_json::{Value, json};

use crate::texts::{self, text};

/// Words for circles of a hall; with the names of people where that was asked for.
pub(super) struct Words<'a> {
    pub(super) hall: &'a Hall,
    pub(super) names: bool,
}

impl Words<'_> {
    /// The person of a key, however its letters were typed.
    pub(super) fn find(&self, key: &str) -> Option<PersonIx> {
        self.hall.person_of(key.trim()).or_else(|| {
            let keys = self.hall.entrants().iter().map(|it| it.key.as_str());
            let mut alike = keys.filter(|other| other.eq_ignore_ascii_case(key.trim()));
            let (one, other) = (alike.next(), alike.next());
            self.hall.person_of(one.filter(|_| other.is_none())?)
        })
    }

    pub(super) fn key(&self, person: PersonIx) -> &str {
        self.hall.entrant(person).map_or("", |it| it.key.as_str())
    }

    pub(super) fn who(&self, person: PersonIx) -> String {
        let Some(entrant) = self.hall.entrant(person) else { return String::new() };
        self.called(&entrant.key, entrant.name.as_deref())
    }

    fn called(&self, key: &str, name: Option<&str>) -> String {
        match name.filter(|name| self.names && *name != key) {
            Some(name) => text!("form-named", key = key, name = name),
            None => key.to_owned(),
        }
    }

    /// Who leads, all of a team.
    pub(super) fn leads(&self, facilitator: FacilitatorIx) -> String {
        let team = self.hall.team(facilitator).iter();
        let called = team.map(|it| self.called(&it.key, it.name.as_deref()));
        called.collect::<Vec<_>>().join(" + ")
    }

    pub(super) fn time(&self, slot: Slot) -> String {
        let Some(time) = self.hall.time(slot) else { return String::new() };
        let day = texts::code("weekday", &time.day.num_days_from_monday().to_string());
        text!("form-time", day = day, at = time.at.format("%H:%M").to_string())
    }

    pub(super) fn language(&self, language: circle_formation::Language) -> String {
        let word = self.hall.language(language);
        word.map(|word| texts::code("language-of-circle", word.as_str())).unwrap_or_default()
    }

    pub(super) fn place(&self, circle: &Circle) -> String {
        let leader = self.hall.roster().leader(circle.facilitator);
        let place = leader.and_then(|leader| self.hall.place(leader.place()));
        place.unwrap_or_default().to_owned()
    }

    pub(super) fn circle_heads(&self) -> [String; 7] {
        [
            text!("head-circle"),
            text!("head-when"),
            text!("head-language"),
            text!("head-place"),
            text!("head-leads"),
            text!("head-size"),
            text!("head-person"),
        ]
    }

    pub(super) fn circle_row(&self, ix: CircleIx, circle: &Circle) -> Vec<String> {
        let who: Vec<_> = circle.members.iter().map(|member| self.who(*member)).collect();
        vec![
            (ix.number() + 1).to_string(),
            self.time(circle.slot),
            self.language(circle.language),
            self.place(circle),
            self.leads(circle.facilitator),
            circle.members.len().to_string(),
            who.join(", "),
        ]
    }

    /// The one reason for a seat.
    pub(super) fn because(&self, seated: &Seated) -> String {
        let count = |n: usize| texts::count(n);
        match seated.because {
            Because::OnlyOne => text!("because-only-one"),
            Because::Together => {
                let (here, of) = seated.bonds;
                texts::say("because-together", &[("here", count(here)), ("of", count(of))])
            }
            Because::Nearest => {
                texts::say("because-nearest", &[("choices", count(seated.choices))])
            }
            Because::SharesTopic => {
                texts::say("because-topic", &[("topics", Arg::Count(seated.topics.into()))])
            }
            Because::OwnSex => text!("because-own-sex"),
            Because::BestForAll => {
                texts::say("because-best-for-all", &[("choices", count(seated.choices))])
            }
        }
    }

    /// Everything that is known of a seat, a sentence each.
    fn seat(&self, seated: &Seated) -> Vec<String> {
        let mut lines = vec![self.because(seated)];
        let choices =
            [("choices", texts::count(seated.choices)), ("nearer", texts::count(seated.nearer))];
        if seated.choices > 1 {
            lines.push(texts::say("seat-choices", &choices));
        }
        if let Some(distance) = seated.distance {
            lines.push(text!("seat-distance", distance = u64::from(distance)));
        }
        if seated.bonds.1 > 0 && seated.because != Because::Together {
            let (here, of) = seated.bonds;
            let bonds = [("here", texts::count(here)), ("of", texts::count(of))];
            lines.push(texts::say("seat-bonds", &bonds));
        }
        if seated.own_sex == Some(false) {
            lines.push(text!("seat-mixed"));
        }
        lines
    }

    /// Why somebody waits, facilitator by facilitator.
    pub(super) fn waits(&self, reasons: &Reasons<'_>, person: PersonIx) -> Option<String> {
        let waits = reasons.waits(person)?;
        let Waits {
            within_reach,
            not_ready,
            no_language,
            no_slot,
            no_circle,
            meets_otherwise,
            cannot_take,
            could_take,
        } = waits;
        if within_reach == 0 {
            return Some(text!("waits-nobody"));
        }
        let counts = [
            ("waits-not-ready", not_ready),
            ("waits-no-language", no_language),
            ("waits-no-slot", no_slot),
            ("waits-no-circle", no_circle),
            ("waits-otherwise", meets_otherwise),
            ("waits-cannot-take", cannot_take),
            ("waits-could-take", could_take),
        ];
        let told = counts.into_iter().filter(|(_, n)| *n > 0);
        let told: Vec<_> = told.map(|(id, n)| texts::say(id, &[("n", texts::count(n))])).collect();
        let told = text!("waits-of", told = told.join(", "));
        // Of whoever could sit by all that is told, the same is said, whatever else kept them from it.
        Some(match could_take {
            0 => told,
            _ => format!("{told} {}", text!("waits-no-better-seat")),
        })
    }

    /// What would have to change for somebody who waits.
    pub(super) fn changes(&self, reasons: &Reasons<'_>, person: PersonIx) -> Vec<String> {
        let changes = reasons.changes(person);
        // A circle of one would help nobody.
        let alone = |change: &Change| matches!(change, Change::Opening(it) if !it.enough && it.waiting + it.others < 2);
        let told = changes.iter().filter(|change| !alone(change)).map(|change| {
            let silent = matches!(change, Change::TellSlots);
            if silent { self.no_times(person) } else { self.change(change) }
        });
        let mut told: Vec<_> = told.collect();
        if told.is_empty() && reasons.waits(person).is_some() {
            told.push(text!("change-rules"));
        }
        told
    }

    /// Of somebody who is free at none of the times at which anybody leads: they said none, or others.
    fn no_times(&self, person: PersonIx) -> String {
        let said = self.hall.entrant(person).map(|it| it.wishes.times.as_slice());
        match said {
            Some(times) if !times.is_empty() => {
                let times: Vec<_> = times.iter().map(ToString::to_string).collect();
                text!("change-other-times", times = times.join("; "))
            }
            Some(_) | None => text!("change-tell-times"),
        }
    }

    fn change(&self, change: &Change) -> String {
        match change {
            Change::TellSlots => text!("change-tell-times"),
            Change::TellLanguages => text!("change-tell-languages"),
            Change::FacilitatorWithinReach => text!("change-within-reach"),
            Change::FacilitatorWhoSpeaks { any } => {
                if *any {
                    text!("change-free-and-speaks")
                } else {
                    text!("change-speaks")
                }
            }
            Change::FreeAt { slot, language, circles } => {
                let args = [
                    ("time", self.time(*slot).into()),
                    ("language", self.language(*language).into()),
                    ("circles", texts::count(*circles)),
                ];
                texts::say("change-free-at", &args)
            }
            Change::Opening(opening) => self.opening(opening),
            Change::Ready { facilitator } => {
                text!("change-ready", who = self.leads(*facilitator))
            }
            Change::Compose { circles } => {
                texts::say("change-compose", &[("circles", texts::count(*circles))])
            }
            // A release of the crate that knows more says it in its own code.
            _ => kind(change).map(|kind| texts::code("change", &kind)).unwrap_or_default(),
        }
    }

    fn opening(&self, opening: &Opening) -> String {
        let args = [
            ("time", self.time(opening.slot).into()),
            ("language", self.language(opening.language).into()),
            ("waiting", texts::count(opening.waiting)),
            ("others", texts::count(opening.others)),
        ];
        let id = match (opening.enough, opening.others > 0) {
            (true, false) => "change-opening",
            (true, true) => "change-opening-with-others",
            (false, _) => "change-opening-too-few",
        };
        texts::say(id, &args)
    }

    /// Why one person sits where they sit, or waits, and what would help.
    pub(super) fn whole_why(
        &self,
        reasons: &Reasons<'_>,
        formation: &Formation,
        person: PersonIx,
    ) -> Vec<String> {
        let who = self.who(person);
        let seat = formation.seat(person).and_then(|ix| Some((ix, formation.get(ix)?)));
        let mut lines = match seat {
            Some((ix, circle)) => vec![text!(
                "why-seated",
                who = who,
                circle = (ix.number() + 1).to_string(),
                time = self.time(circle.slot),
                language = self.language(circle.language),
                leads = self.leads(circle.facilitator)
            )],
            None => vec![text!("why-waits", who = who)],
        };
        lines.extend(reasons.seated(person).iter().flat_map(|seated| self.seat(seated)));
        lines.extend(self.waits(reasons, person));
        let changes = self.changes(reasons, person);
        if !changes.is_empty() {
            lines.push(text!("why-would-help"));
            lines.extend(changes.into_iter().map(|change| format!("  {change}")));
        }
        lines
    }

    /// Rules, in words.
    pub(super) fn rulings(rules: &BTreeSet<Ruling>) -> String {
        let words = rules.iter().map(|ruling| match ruling {
            Ruling::Slots => text!("ruling-times"),
            Ruling::Languages => text!("ruling-languages"),
            Ruling::Reach => text!("ruling-reach"),
            Ruling::Needs => text!("ruling-needs"),
            Ruling::Readiness => text!("ruling-readiness"),
            Ruling::Load => text!("ruling-load"),
            Ruling::Fewest => text!("ruling-fewest"),
            Ruling::Most => text!("ruling-most"),
            Ruling::AgeSpan => text!("ruling-age-span"),
            Ruling::NobodyAlone => text!("ruling-nobody-alone"),
            Ruling::OwnSex => text!("ruling-own-sex"),
            // Told only to who may know, and never asked for here.
            Ruling::Reserved => String::new(),
        });
        words.collect::<Vec<_>>().join("; ")
    }

    /// What a formation costs, by its parts.
    pub(super) fn cost(&self, cost: &Cost) -> String {
        let parts = [
            (text!("cost-waiting"), cost.waiting),
            (text!("cost-travel"), cost.travel),
            (text!("cost-topics"), cost.topics),
            (text!("cost-own-sex"), cost.own_sex),
            (text!("cost-bonds"), cost.bonds),
            (text!("cost-evenness"), cost.evenness),
            (text!("cost-support"), cost.support),
            (text!("cost-mixing"), cost.mixing),
        ];
        let told = parts.into_iter().filter(|(_, n)| *n > 0);
        let told: Vec<_> =
            told.map(|(word, n)| text!("form-cost-part", part = word, n = n)).collect();
        if told.is_empty() {
            return text!("form-cost-nothing");
        }
        text!("form-cost", total = cost.total(), parts = told.join(", "))
    }

    pub(super) fn circle_json(&self, ix: CircleIx, circle: &Circle) -> Value {
        let leaders = self.hall.team(circle.facilitator).iter();
        json!({
            "number": ix.number() + 1,
            "time": self.hall.time(circle.slot),
            "language": self.hall.language(circle.language),
            "place": self.place(circle),
            "leaders": leaders.map(|it| it.key.as_str()).collect::<Vec<_>>(),
            "people": circle.members.iter().map(|member| self.key(*member)).collect::<Vec<_>>(),
        })
    }

    pub(super) fn person_json(
        &self,
        reasons: &Reasons<'_>,
        formation: &Formation,
        person: PersonIx,
    ) -> Value {
        let seated = reasons.seated(person);
        json!({
            "key": self.key(person),
            "circle": formation.seat(person).map(|ix| ix.number() + 1),
            "because": seated.map(|seated| seated.because),
            "seat": seated.map(|seated| json!({
                "choices": seated.choices,
                "nearer": seated.nearer,
                "distance": seated.distance,
                "topics": seated.topics,
                "together": seated.bonds.0,
                "together_wished": seated.bonds.1,
                "own_sex": seated.own_sex,
            })),
            "waits": reasons.waits(person),
            "would_help": reasons.changes(person).iter().map(|it| self.change_json(it)).collect::<Vec<_>>(),
            "told": self.whole_why(reasons, formation, person),
        })
    }

    /// A change with words where the crate has numbers.
    fn change_json(&self, change: &Change) -> Value {
        let time = |slot: Slot| self.hall.time(slot);
        match change {
            Change::FreeAt { slot, language, circles } => json!({
                "kind": "free-at",
                "time": time(*slot),
                "language": self.hall.language(*language),
                "circles": circles,
            }),
            Change::Opening(opening) => json!({
                "kind": "opening",
                "time": time(opening.slot),
                "language": self.hall.language(opening.language),
                "place": self.hall.place(opening.place),
                "waiting": opening.waiting,
                "others": opening.others,
                "enough": opening.enough,
            }),
            Change::Ready { facilitator } => json!({
                "kind": "ready",
                "leaders": self.hall.team(*facilitator).iter().map(|it| it.key.as_str()).collect::<Vec<_>>(),
            }),
            Change::TellSlots
            | Change::TellLanguages
            | Change::FacilitatorWithinReach
            | Change::FacilitatorWhoSpeaks { .. }
            | Change::Compose { .. }
            | _ => serde_json::to_value(change).unwrap_or_default(),
        }
    }
}

/// What the crate calls a change.
fn kind(change: &Change) -> Option<String> {
    let value = serde_json::to_value(change).ok()?;
    Some(value.get("kind")?.as_str()?.to_owned())
}
