//! Who belongs, when they meet, who holds which role, and the phases.

use circle_model::Condition;
use commons::Code;

use crate::{
    reading::parts,
    words::{Membership, Refill, RoleKind, Scope, Stance},
};

parts! {
    /// How many people, and how they belong.
    pub struct Group {
        /// What a unit is called.
        pub unit: Code,
        /// Fewest active members of a running unit, in people.
        pub min: u16,
        /// The size aimed at, in people.
        pub target: u16,
        /// Most active members, in people.
        pub max: u16,
        /// How people belong.
        pub membership: Membership,
        /// Whether a free seat is filled after the cut-off; not said means no.
        pub refill: Option<Refill>,
        /// The last session by which somebody may join.
        pub join_until_session: Option<u16>,
        /// Fewest visits as a guest before membership; not said means none.
        pub guest_visits_min: Option<u8>,
        /// Most visits as a guest.
        pub guest_visits_max: Option<u8>,
        /// Fewest people present for a session to be held.
        pub min_present: Option<u16>,
    }

    /// How often, how many and how long. Exactly one of the three rhythms is given.
    pub struct Cadence {
        /// Days from one session to the next.
        pub period_days: Option<u16>,
        /// How many days a session may stand off its day.
        pub slack_days: Option<u16>,
        /// A recurrence rule of RFC 5545.
        pub rrule: Option<String>,
        /// Whether the community decides when to meet.
        pub community_decides: bool,
        /// How many sessions the plan has.
        pub sessions: u16,
        /// Other numbers of sessions that keep the model's name.
        pub allowed_sessions: Vec<u16>,
        /// Minutes of a session.
        pub minutes: u16,
        /// By how many percent the minutes may differ.
        pub slack_percent: Option<u8>,
        /// The longest gap before the unit is asked how it is, in days.
        pub max_gap_days: Option<u16>,
        /// Weeks of direct support.
        pub program_weeks: Option<u16>,
    }

    /// A role somebody may hold.
    pub struct Role {
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// What it is to the members.
        pub kind: RoleKind,
        /// Where it is held.
        pub scope: Scope,
        /// Fewest people who hold it at a time; 1 or more makes it required.
        pub min: Option<u16>,
        /// Most people who hold it at a time.
        pub max: Option<u16>,
        /// The first phase in which it is held.
        pub from_phase: Option<Code>,
        /// The last phase in which it is held.
        pub until_phase: Option<Code>,
        /// Trainings to be completed first.
        pub training: Vec<Code>,
        /// Whether screening is recorded first.
        pub screening: bool,
        /// Roles that the same person may not hold in the same unit.
        pub forbidden_with: Vec<Code>,
        /// Whether lived experience is required.
        pub lived_experience: bool,
        /// Whether it is held by participants.
        pub from_participants: bool,
        /// Most hours a week.
        pub weekly_hours_max: Option<u16>,
    }

    /// A role that nobody may hold.
    pub struct ForbiddenRole {
        /// Its id.
        pub id: Code,
        /// Where it is forbidden.
        pub scope: Scope,
        /// Why.
        pub reason: String,
    }

    /// A phase of a unit's life.
    pub struct Phase {
        /// Its id.
        pub id: Code,
        /// What people call it.
        pub title: String,
        /// Where staff stand.
        pub stance: Stance,
        /// Its first week; week 1 is the first of the program.
        pub first_week: i16,
        /// Its last week; nothing where it is open at its end.
        pub last_week: Option<i16>,
        /// Its first session.
        pub first_session: Option<u16>,
        /// Its last session.
        pub last_session: Option<u16>,
        /// What must be so before it is entered.
        pub enter: Vec<Condition>,
        /// What must be so before it is left.
        pub exit: Vec<Condition>,
    }
}
