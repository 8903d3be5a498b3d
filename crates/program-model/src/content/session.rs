//! What happens in sessions and trainings.

use commons::Code;

use crate::{
    reading::parts,
    words::{ActivityKind, SegmentKind, Special},
};

parts! {
    /// The parts of a session.
    pub struct Agenda {
        /// Whether the order may not be changed.
        pub fixed_order: bool,
        /// The parts, first to last.
        pub segments: Vec<Segment>,
    }

    /// A part of a session.
    pub struct Segment {
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// What it is for.
        pub kind: SegmentKind,
        /// How long it takes, in minutes.
        pub minutes: u16,
    }

    /// What somebody learns before holding a role.
    pub struct Training {
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// All hours of it.
        pub hours: u16,
        /// The phase of a unit in which it is held, where it is part of one.
        pub phase: Option<Code>,
        /// Modules to be attended; the others are made up. Nothing means all.
        pub attend_at_least: Option<u16>,
        /// For how many months it counts; nothing means for good.
        pub valid_months: Option<u16>,
        /// Its modules, in order.
        pub modules: Vec<Module>,
        /// What else belongs to it.
        pub components: Vec<Component>,
    }

    /// A module of a training.
    pub struct Module {
        /// Its number, from 1.
        pub n: u16,
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// How long it takes, in minutes.
        pub minutes: u16,
        /// Modules that come before it.
        pub needs: Vec<u16>,
        /// Whether it teaches safety.
        pub safety: bool,
    }

    /// A part of a training that is no module.
    pub struct Component {
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// How long it takes, in minutes.
        pub minutes: u32,
        /// Whether nobody leads before it is finished.
        pub before_leading: bool,
    }

    /// A session of a unit and its theme.
    pub struct Lesson {
        /// The number of the session, from 1.
        pub n: u16,
        /// The id of its theme.
        pub theme: Code,
        /// Its theme.
        pub title: String,
        /// What is done in it.
        pub practice: Option<String>,
        /// The phase it stands in.
        pub phase: Code,
        /// What is special about it.
        pub special: Vec<Special>,
        /// The measures that are due by it.
        pub timepoint: Option<Code>,
        /// Sessions to be held first.
        pub needs_sessions_held: Option<u16>,
        /// Those who lead were supervised within so many days.
        pub needs_supervision_days: Option<u16>,
    }

    /// A kind of activity.
    pub struct Activity {
        /// The kind.
        pub kind: ActivityKind,
        /// Its share of the time, in percent.
        pub share_percent: u16,
        /// Whether people tell of themselves in it.
        pub personal_story: bool,
        /// The module to be done before it.
        pub needs_module: Option<u16>,
    }
}
