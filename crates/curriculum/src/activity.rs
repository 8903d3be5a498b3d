//! The kinds of thing people do together in a session.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What people do for a while in a session.
///
/// Talk, art, play, writing and exercises are the healing circle's mix; ritual, movement,
/// breathing, story and rest the social healing group's; round, share, settle, care and close
/// are the steps of an agenda; teach, practice and assess those of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ActivityKind {
    /// Open talk.
    Talk,
    /// Drawing, painting, making.
    Art,
    /// Games and play.
    Play,
    /// Writing.
    Writing,
    /// A structured exercise.
    Exercise,
    /// Song, dance, a ceremony of the community's own.
    Ritual,
    /// Movement of the body.
    Movement,
    /// Breathing.
    Breathing,
    /// Telling one's own story.
    Story,
    /// Guided rest or meditation.
    Rest,
    /// A round in which each may speak or pass.
    Round,
    /// Sharing and witness.
    Share,
    /// Arriving, grounding, settling.
    Settle,
    /// A care check on how people leave.
    Care,
    /// Closing and next steps.
    Close,
    /// Somebody teaches.
    Teach,
    /// People try what was taught.
    Practice,
    /// What was learned is assessed.
    Assess,
}

/// A word that names no kind of activity of this release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of activity")]
pub struct UnknownActivity;

impl ActivityKind {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Talk,
        Self::Art,
        Self::Play,
        Self::Writing,
        Self::Exercise,
        Self::Ritual,
        Self::Movement,
        Self::Breathing,
        Self::Story,
        Self::Rest,
        Self::Round,
        Self::Share,
        Self::Settle,
        Self::Care,
        Self::Close,
        Self::Teach,
        Self::Practice,
        Self::Assess,
    ];

    /// Its word in files and events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Art => "art",
            Self::Play => "play",
            Self::Writing => "writing",
            Self::Exercise => "exercise",
            Self::Ritual => "ritual",
            Self::Movement => "movement",
            Self::Breathing => "breathing",
            Self::Story => "story",
            Self::Rest => "rest",
            Self::Round => "round",
            Self::Share => "share",
            Self::Settle => "settle",
            Self::Care => "care",
            Self::Close => "close",
            Self::Teach => "teach",
            Self::Practice => "practice",
            Self::Assess => "assess",
        }
    }

    /// Whether people tell of their own lives in it, which the safety module comes before (HC-05).
    #[must_use]
    pub const fn is_personal_story(self) -> bool {
        matches!(self, Self::Story | Self::Share)
    }
}

impl fmt::Display for ActivityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ActivityKind {
    type Err = UnknownActivity;
    fn from_str(word: &str) -> Result<Self, UnknownActivity> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(UnknownActivity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_by_the_word_it_is_written_with() {
        for kind in ActivityKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            let written = serde_json::to_string(&kind).expect("plain");
            assert_eq!(written, format!("\"{kind}\""));
        }
        assert_eq!("Talk".parse::<ActivityKind>(), Err(UnknownActivity));
    }
}
