//! The rules of a program by which circles are formed.

mod fault;
mod parse;

use std::ops::RangeInclusive;

use circle_formation::{Aspect, Mixing, Rules, Sizes, Weights};
use commons::Code;
use interchange::settings::SettingFault;

pub use fault::{RulesFault, RulesFaultKind, RulesFaults};

/// What must hold of every circle, what is wished for, how long circles meet, and what the program calls its own aspects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormingRules {
    rules: Rules,
    weights: Weights,
    minutes: Option<u16>,
    leaders: Option<u8>,
    // Invariant: at most three, each once, none a word that columns of lists have already; each aspect that rules and weights
    // name is the sex or one of them.
    aspects: Vec<Code>,
}

impl FormingRules {
    /// How long a circle may meet, in minutes: our own figures.
    pub const MINUTES: RangeInclusive<u16> = 15..=720;
    /// How long a circle meets where nothing is said, in minutes.
    pub const USUAL_MINUTES: u16 = 120;
    /// How many may lead a circle together: our own figures.
    pub const LEADERS: RangeInclusive<u8> = 1..=5;
    /// What the aspect of everybody is called that is no word of the program's own.
    pub const SEX: Code = const { Code::of("sex") };

    /// Sizes, one's own place, the [usual weights](Weights::usual), two hours; nothing else is asked.
    #[must_use]
    pub const fn of_sizes(sizes: Sizes) -> Self {
        Self {
            rules: Rules::new(sizes),
            weights: Weights::usual(),
            minutes: None,
            leaders: None,
            aspects: Vec::new(),
        }
    }

    /// Rules, and the words for [`Aspect::First`] and those after it.
    ///
    /// # Errors
    ///
    /// [`RulesFaultKind`] where the minutes are out of range, there are too many words, or one cannot be had; where rules or
    /// weights name an aspect without a word.
    pub fn new(
        rules: Rules,
        weights: Weights,
        minutes: u16,
        aspects: Vec<Code>,
    ) -> Result<Self, RulesFaultKind> {
        if !Self::MINUTES.contains(&minutes) {
            let (least, most) =
                (i64::from(*Self::MINUTES.start()), i64::from(*Self::MINUTES.end()));
            return Err(SettingFault::OutOfRange { found: minutes.into(), least, most }.into());
        }
        for (n, word) in aspects.iter().enumerate() {
            aspect_word(word, aspects.get(..n).unwrap_or_default())?;
        }
        let named =
            rules.nobody_alone.iter().chain(weights.mixing.iter().map(|mixing| &mixing.aspect));
        for aspect in named {
            if place(*aspect).is_some_and(|n| aspects.len() <= n) {
                return Err(RulesFaultKind::NoSuchAspect { meant: None });
            }
        }
        Ok(Self { rules, weights, minutes: Some(minutes), leaders: None, aspects })
    }

    /// What must hold of every circle.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What unmet wishes cost.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// How long a circle meets, in minutes.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        self.minutes.unwrap_or(Self::USUAL_MINUTES)
    }

    /// The same rules, where circles meet so many minutes unless the rules say how long; a number outside of
    /// [`MINUTES`](Self::MINUTES) is the nearest in it.
    #[must_use]
    pub fn or_minutes(mut self, minutes: u16) -> Self {
        let minutes = minutes.clamp(*Self::MINUTES.start(), *Self::MINUTES.end());
        self.minutes = self.minutes.or(Some(minutes));
        self
    }

    /// How many lead a circle together; one where nothing is said.
    #[must_use]
    pub fn leaders(&self) -> u8 {
        self.leaders.unwrap_or(1)
    }

    /// The same rules, where so many lead a circle together; a number outside of [`LEADERS`](Self::LEADERS) is the nearest in it.
    #[must_use]
    pub fn with_leaders(mut self, leaders: u8) -> Self {
        self.leaders = Some(leaders.clamp(*Self::LEADERS.start(), *Self::LEADERS.end()));
        self
    }

    /// The same rules, where so many lead a circle together unless the rules say how many.
    #[must_use]
    pub fn or_leaders(self, leaders: u8) -> Self {
        if self.leaders.is_some() { self } else { self.with_leaders(leaders) }
    }

    /// What the program's own aspects are called, the first one first.
    #[must_use]
    pub fn aspects(&self) -> &[Code] {
        &self.aspects
    }

    /// What an aspect is called; nothing where the program has none of that number.
    #[must_use]
    pub fn word(&self, aspect: Aspect) -> Option<&Code> {
        const SEX: &Code = &FormingRules::SEX;
        place(aspect).map_or(Some(SEX), |n| self.aspects.get(n))
    }

    /// The aspect of a word.
    #[must_use]
    pub fn aspect(&self, word: &Code) -> Option<Aspect> {
        Aspect::ALL.into_iter().find(|aspect| self.word(*aspect) == Some(word))
    }

    /// The wishes for likeness or variety.
    #[must_use]
    pub fn mixing(&self) -> &[Mixing] {
        &self.weights.mixing
    }
}

/// Which of the program's own words an aspect has.
const fn place(aspect: Aspect) -> Option<usize> {
    match aspect {
        Aspect::Sex => None,
        Aspect::First => Some(0),
        Aspect::Second => Some(1),
        Aspect::Third => Some(2),
    }
}

/// Whether a word can name one more aspect.
fn aspect_word(word: &Code, others: &[Code]) -> Result<(), RulesFaultKind> {
    if others.contains(word) {
        Err(RulesFaultKind::AspectTwice)
    } else if others.len() == Aspect::ALL.len() - 1 {
        Err(RulesFaultKind::TooManyAspects { most: Aspect::ALL.len() - 1 })
    } else if crate::tables::is_column(word.as_str()) {
        Err(RulesFaultKind::AspectIsColumn)
    } else {
        Ok(())
    }
}
