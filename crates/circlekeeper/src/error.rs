//! Why the application could not do what it was asked.

use chrono::NaiveDate;
use commons::{Figures, MemberId, Refused, Rule};
use safety_protocols::Unmet;

/// Why a session of a series is refused.
#[derive(Debug)]
pub struct SeriesRefusal {
    /// Its number.
    pub number: u16,
    /// Its day.
    pub on: NaiveDate,
    /// Why.
    pub why: KeeperError,
}

/// Why a circle is not convened.
#[derive(Debug)]
pub struct ConveningRefusal {
    /// Which of the circles, from nothing up.
    pub circle: usize,
    /// Of whom, where it is somebody's seat or role.
    pub member: Option<MemberId>,
    /// Why.
    pub why: KeeperError,
}

/// Why something was not done. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeeperError {
    /// A rule refuses it.
    #[error("{0}")]
    Refused(Box<dyn Refused + Send + Sync>),
    /// Rules of several rooms stand against it. All of them are listed.
    #[error("{} condition(s) are not met", unmet.len())]
    Gate {
        /// Every rule that is not met, with its way out.
        unmet: Vec<Unmet>,
    },
    /// Sessions of a series stand against rules. Every refusal of every session is told.
    #[error("{} refusal(s) in a series", refused.len())]
    Series {
        /// Each session that is refused, as often as it is.
        refused: Vec<SeriesRefusal>,
    },
    /// Circles stand against rules. Every refusal of every circle is told.
    #[error("{} refusal(s) of circles", refused.len())]
    Convening {
        /// Each refusal, by circle.
        refused: Vec<ConveningRefusal>,
    },
    /// It needs the passphrase.
    #[error("the program is locked")]
    Locked,
    /// Nothing here has that id.
    #[error("no {what} has the id {id}")]
    NotFound {
        /// What was looked for, such as `group`.
        what: &'static str,
        /// Its short code.
        id: String,
    },
    /// The store holds no program yet.
    #[error("the store holds no program")]
    NoProgram,
    /// The store holds a program already.
    #[error("the store holds a program already")]
    ProgramThere,
    /// A rehearsal and a real program cannot be one.
    #[error("a demo store and a real one cannot be merged")]
    DemoAndReal,
    /// Two programs cannot be one.
    #[error("the other store belongs to another program")]
    OtherProgram,
    /// Somebody else was quicker, again and again.
    #[error("others were writing at the same time, {tries} tries long")]
    Busy {
        /// How often it was tried.
        tries: u32,
    },
    /// Somebody was enrolled or erased since the list was looked at.
    #[error("people were enrolled or erased since the list was looked at")]
    PeopleChanged,
    /// A newer release wrote to what was to be changed.
    #[error("a newer release has written here; this one can only read it")]
    Newer,
    /// What was read is damaged.
    #[error("{places} place(s) of what was read are damaged")]
    Damaged {
        /// How many.
        places: usize,
    },
    /// The vault would not open or seal.
    #[error(transparent)]
    Vault(#[from] circle_vault::VaultError),
    /// A part could not be opened or sealed.
    #[error(transparent)]
    Seal(#[from] circle_vault::SealError),
    /// Something could not be written as JSON, or read.
    /// What exactly is not said: it could hold somebody's words.
    #[error("a record could not be written or read")]
    Json,
    /// The store could not do it.
    #[error("the store could not do it")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl KeeperError {
    /// A refusal by a rule.
    pub fn refused(error: impl Refused + Send + Sync + 'static) -> Self {
        Self::Refused(Box::new(error))
    }

    /// A failure of the store.
    pub fn store(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Store(Box::new(error))
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

impl From<serde_json::Error> for KeeperError {
    fn from(_: serde_json::Error) -> Self {
        Self::Json
    }
}

impl Refused for KeeperError {
    fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code(),
            Self::Gate { .. } => "keeper.gate",
            Self::Series { .. } => "keeper.series",
            Self::Convening { .. } => "keeper.convening",
            Self::Locked => "keeper.locked",
            Self::NotFound { .. } => "keeper.not_found",
            Self::NoProgram => "keeper.no_program",
            Self::ProgramThere => "keeper.program_there",
            Self::DemoAndReal => "keeper.demo_and_real",
            Self::OtherProgram => "keeper.other_program",
            Self::Busy { .. } => "keeper.busy",
            Self::PeopleChanged => "keeper.people_changed",
            Self::Newer => "keeper.newer",
            Self::Damaged { .. } => "keeper.damaged",
            Self::Vault(_) => "keeper.vault",
            Self::Seal(_) => "keeper.seal",
            Self::Json => "keeper.json",
            Self::Store(_) => "keeper.store",
        }
    }

    fn figures(&self) -> Figures {
        let none = Figures::default();
        match self {
            Self::Refused(refused) => refused.figures(),
            Self::Vault(vault) => vault.figures(),
            Self::Gate { unmet } => none.and("unmet", count(unmet.len())),
            Self::Series { refused } => none.and("refused", count(refused.len())),
            Self::Convening { refused } => none.and("refused", count(refused.len())),
            Self::NotFound { what, id } => {
                none.and("what", (*what).to_owned()).and("id", id.clone())
            }
            Self::Busy { tries } => none.and("tries", u64::from(*tries)),
            Self::Damaged { places } => none.and("places", count(*places)),
            Self::Locked
            | Self::NoProgram
            | Self::ProgramThere
            | Self::DemoAndReal
            | Self::OtherProgram
            | Self::PeopleChanged
            | Self::Newer
            | Self::Seal(_)
            | Self::Json
            | Self::Store(_) => none,
        }
    }

    fn rule(&self) -> Option<Rule> {
        match self {
            Self::Refused(refused) => refused.rule(),
            Self::Gate { unmet } => unmet.first().map(|unmet| unmet.rule.clone()),
            Self::Series { refused } => refused.first().and_then(|first| first.why.rule()),
            Self::Convening { refused } => refused.first().and_then(|first| first.why.rule()),
            Self::Locked
            | Self::NotFound { .. }
            | Self::NoProgram
            | Self::ProgramThere
            | Self::DemoAndReal
            | Self::OtherProgram
            | Self::Busy { .. }
            | Self::PeopleChanged
            | Self::Newer
            | Self::Damaged { .. }
            | Self::Vault(_)
            | Self::Seal(_)
            | Self::Json
            | Self::Store(_) => None,
        }
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.way_out(),
            Self::Gate { .. } => "complete what is listed, then try again",
            Self::Series { .. } => "complete what is listed, or plan fewer sessions at a time",
            Self::Convening { .. } => "complete what is listed, or propose the circles again",
            Self::Locked => "unlock it with the passphrase or a recovery code",
            Self::NotFound { .. } => "look the id up in the list and try again",
            Self::NoProgram => "found a program here first",
            Self::ProgramThere => "choose another folder",
            Self::DemoAndReal => "keep the demo by itself",
            Self::OtherProgram => "choose a copy of this program",
            Self::Busy { .. } => "wait a moment and try again",
            Self::PeopleChanged => "look at the list again, then enroll",
            Self::Newer => "install the newer release on this device too",
            Self::Damaged { .. } => "run verify, and restore what is damaged from a backup",
            Self::Vault(_) => "check the passphrase and try again",
            Self::Seal(_) => "run verify; a part may be damaged or sealed by another program",
            Self::Json => "run verify, and report what it says",
            Self::Store(_) => "nothing was saved; look at the cause and try again",
        }
    }
}
