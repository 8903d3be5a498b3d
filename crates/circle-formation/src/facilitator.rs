//! Who leads circles.

use serde::{Deserialize, Serialize};

use crate::{Languages, Needs, Person, Place, Rules, Slots, Spot, Topics, Weights};

/// Whether a facilitator may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Leads alone.
    #[default]
    Ready,
    /// Leads while somebody stands by, which costs something.
    WithSupport,
    /// Leads no circle yet.
    NotYet,
}

/// Who leads circles: where and when, in which languages, how many at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facilitator {
    place: Place,
    spot: Option<Spot>,
    languages: Languages,
    slots: Slots,
    topics: Topics,
    meets: Needs,
    readiness: Readiness,
    circles: u8,
}

impl Facilitator {
    /// Who leads one circle at a place, in one of these languages, at one of these times.
    #[must_use]
    pub const fn new(place: Place, languages: Languages, slots: Slots) -> Self {
        Self {
            place,
            spot: None,
            languages,
            slots,
            topics: Topics::NONE,
            meets: Needs::NONE,
            readiness: Readiness::Ready,
            circles: 1,
        }
    }

    /// Whose circles meet at a spot.
    #[must_use]
    pub const fn meeting_at(mut self, spot: Spot) -> Self {
        self.spot = Some(spot);
        self
    }

    /// Who knows topics well.
    #[must_use]
    pub const fn knowing(mut self, topics: Topics) -> Self {
        self.topics = topics;
        self
    }

    /// Whose circles meet these needs.
    #[must_use]
    pub const fn meeting(mut self, needs: Needs) -> Self {
        self.meets = needs;
        self
    }

    /// Who is as ready as this.
    #[must_use]
    pub const fn being(mut self, readiness: Readiness) -> Self {
        self.readiness = readiness;
        self
    }

    /// Who can lead so many circles, at different times of the week.
    #[must_use]
    pub const fn leading(mut self, circles: u8) -> Self {
        self.circles = circles;
        self
    }

    /// Where the circles meet.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// At which spot, where it is known.
    #[must_use]
    pub const fn spot(&self) -> Option<Spot> {
        self.spot
    }

    /// What they can lead in.
    #[must_use]
    pub const fn languages(&self) -> Languages {
        self.languages
    }

    /// When they can lead.
    #[must_use]
    pub const fn slots(&self) -> Slots {
        self.slots
    }

    /// What they know well.
    #[must_use]
    pub const fn topics(&self) -> Topics {
        self.topics
    }

    /// Which needs their circles meet.
    #[must_use]
    pub const fn meets(&self) -> Needs {
        self.meets
    }

    /// Whether they may lead.
    #[must_use]
    pub const fn readiness(&self) -> Readiness {
        self.readiness
    }

    /// How many circles they lead at most; none while they are not ready.
    #[must_use]
    pub const fn circles(&self) -> u8 {
        match self.readiness {
            Readiness::Ready | Readiness::WithSupport => self.circles,
            Readiness::NotYet => 0,
        }
    }

    /// How far it is to somebody, where both spots are known.
    #[must_use]
    pub fn distance(&self, person: &Person) -> Option<u32> {
        Some(self.spot?.distance(person.spot()?))
    }

    /// Whether their circles are within reach of somebody and meet their needs.
    #[must_use]
    pub fn reaches(&self, person: &Person, rules: &Rules) -> bool {
        person.needs().within(self.meets)
            && rules.reach.allows(self.place == person.place(), self.distance(person))
    }

    /// What it costs to seat somebody in one of their circles, by where they live and what they wish.
    #[must_use]
    pub fn fit(&self, person: &Person, weights: &Weights) -> Fit {
        let steps = self.distance(person).unwrap_or(0) / weights.travel_step.get();
        let stranger =
            !person.topics().is_empty() && person.topics().shared(self.topics).is_empty();
        Fit {
            travel: steps * weights.travel.get(),
            topics: if stranger { weights.topics.get() } else { 0 },
        }
    }
}

/// What it costs to seat somebody with a facilitator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// For the way.
    pub travel: u32,
    /// For sharing no topic.
    pub topics: u32,
}
