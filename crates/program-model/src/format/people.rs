//! Who belongs, how often they meet, and who may hold which role.

use crate::{
    format::{DAYS, MINUTES, PEOPLE, TEXT, TITLE, basis},
    grammar::{
        Kind::{Code, Flag, List, OneOf, Whole, Words},
        Table, allowed, needed,
    },
    words::{Membership, Refill, RoleKind, Scope},
};

pub(super) static GROUP: Table = Table {
    name: "Group",
    about: "How many people, and how they belong.",
    label: "",
    fields: &[
        needed("unit", Code, "What a unit is called."),
        needed("min", Whole(1, PEOPLE), "Fewest active members of a running unit, in people."),
        needed("target", Whole(1, PEOPLE), "The size aimed at, in people."),
        needed("max", Whole(1, PEOPLE), "Most active members, in people."),
        needed("membership", OneOf(Membership::WORDS), "How people belong."),
        allowed("refill", OneOf(Refill::WORDS), "Whether a free seat is filled after the cut-off."),
        allowed(
            "join_until_session",
            Whole(1, 1_000),
            "The last session by which somebody may join.",
        ),
        allowed(
            "guest_visits_min",
            Whole(0, 100),
            "Fewest visits as a guest before somebody becomes a member; not said means none.",
        ),
        allowed(
            "guest_visits_max",
            Whole(1, 100),
            "Most visits as a guest; then a person becomes a member or stops coming.",
        ),
        allowed("min_present", Whole(1, PEOPLE), "Fewest people present for a session to be held."),
        basis(),
    ],
};

pub(super) static CADENCE: Table = Table {
    name: "Cadence",
    about: "How often, how many and how long. One of `period_days`, `rrule` and `community_decides`.",
    label: "",
    fields: &[
        allowed("period_days", Whole(1, 366), "Days from one session to the next."),
        allowed("slack_days", Whole(0, 365), "How many days a session may stand off its day."),
        allowed("rrule", Words(200), "A recurrence rule of RFC 5545."),
        allowed("community_decides", Flag, "The community decides when to meet."),
        needed("sessions", Whole(1, 1_000), "How many sessions the plan has."),
        allowed(
            "allowed_sessions",
            List(&Whole(1, 1_000)),
            "Other numbers of sessions that keep the model's name.",
        ),
        needed("minutes", Whole(1, MINUTES), "Minutes of a session."),
        allowed("slack_percent", Whole(0, 100), "By how many percent the minutes may differ."),
        allowed(
            "max_gap_days",
            Whole(1, DAYS),
            "The longest gap before the unit is asked how it is, in days.",
        ),
        allowed(
            "program_weeks",
            Whole(1, 1_000),
            "Weeks of direct support, from the first to the last.",
        ),
        basis(),
    ],
};

pub(super) static ROLE: Table = Table {
    name: "Role",
    about: "A role somebody may hold.",
    label: "id",
    fields: &[
        needed("id", Code, "The id of the role."),
        needed("title", Words(TITLE), "What people call it."),
        needed("kind", OneOf(RoleKind::WORDS), "What it is to the members."),
        needed("scope", OneOf(Scope::WORDS), "Where it is held."),
        allowed(
            "min",
            Whole(0, PEOPLE),
            "Fewest people who hold it at a time; 1 or more makes it required.",
        ),
        allowed("max", Whole(1, PEOPLE), "Most people who hold it at a time."),
        allowed("from_phase", Code, "The first phase in which it is held."),
        allowed("until_phase", Code, "The last phase in which it is held."),
        allowed("training", List(&Code), "Trainings to be completed first."),
        allowed("screening", Flag, "Whether screening is recorded first."),
        allowed(
            "forbidden_with",
            List(&Code),
            "Roles that the same person may not hold in the same unit.",
        ),
        allowed("lived_experience", Flag, "Whether lived experience is required."),
        allowed("from_participants", Flag, "Whether it is held by participants."),
        allowed("weekly_hours_max", Whole(1, 80), "Most hours a week (U-17)."),
        basis(),
    ],
};

pub(super) static FORBIDDEN: Table = Table {
    name: "ForbiddenRole",
    about: "A role that nobody may hold, as member or guest.",
    label: "id",
    fields: &[
        needed("id", Code, "The id of the role."),
        needed("scope", OneOf(Scope::WORDS), "Where it is forbidden."),
        needed("reason", Words(TEXT), "Why."),
        basis(),
    ],
};
