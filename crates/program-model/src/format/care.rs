//! Screening, supervision, agreement, consent and safety.

use crate::{
    format::{DAYS, TEXT, basis},
    grammar::{
        Kind::{Code, Flag, List, OneOf, Rows, Whole, Words},
        Table, allowed, needed,
    },
    words::{Asked, Before, Charter, Lateness, LoadOf, SegmentKind, Support},
};

pub(super) static SCREENING: Table = Table {
    name: "Screening",
    about: "What is talked about with somebody before training.",
    label: "",
    fields: &[
        needed("aspects", List(&Code), "The aspects, all of them recorded."),
        needed(
            "deferrals",
            Rows(&DEFERRAL),
            "What follows when the time is not right: never nothing.",
        ),
        basis(),
    ],
};

pub(super) static DEFERRAL: Table = Table {
    name: "Deferral",
    about: "A reason to wait, and what is offered.",
    label: "reason",
    fields: &[
        needed("reason", Code, "The reason."),
        allowed("refer", Code, "The category of service that is offered."),
        allowed("again_after_days", Whole(1, DAYS), "When to talk again, in days."),
    ],
};

pub(super) static SUPERVISION: Table = Table {
    name: "Supervision",
    about: "Who stands behind those who lead.",
    label: "",
    fields: &[
        needed("by", Code, "The role that supervises."),
        needed("load", Whole(1, 1_000), "How many one supervisor carries; above it a warning."),
        needed("load_of", OneOf(LoadOf::WORDS), "What the load is counted in."),
        needed("contacts", Rows(&CONTACT), "How often, by phase."),
        allowed("observations", Rows(&OBSERVATION), "Live observations of sessions."),
        basis(),
    ],
};

pub(super) static CONTACT: Table = Table {
    name: "Contact",
    about: "Supervision in some phases.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("phases", List(&Code), "The phases."),
        needed("kind", OneOf(Support::WORDS), "What kind of contact it is."),
        needed("every_days", Whole(1, 366), "Days from one contact to the next."),
        needed("when_late", OneOf(Lateness::WORDS), "What follows when it is late."),
        basis(),
    ],
};

pub(super) static OBSERVATION: Table = Table {
    name: "Observation",
    about: "Live observations between two sessions.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("first_session", Whole(1, 1_000), "From this session."),
        needed("last_session", Whole(1, 1_000), "To this session."),
        needed("times", Whole(1, 100), "How many."),
    ],
};

pub(super) static GROUND_RULE: Table = Table {
    name: "GroundRule",
    about: "Something the unit is asked to agree to.",
    label: "id",
    fields: &[
        needed("id", Code, "The id, by which texts are found."),
        needed("text", Words(TEXT), "The rule, in plain words."),
        needed("mandatory", Flag, "Whether the unit may not leave it out."),
        basis(),
    ],
};

pub(super) static CONSENT: Table = Table {
    name: "Consent",
    about: "What people are asked. Each scope can be refused alone.",
    label: "",
    fields: &[
        needed(
            "months",
            Whole(1, 12),
            "After how many months people are asked again; never more than 12 (CO-11).",
        ),
        needed(
            "risk_months",
            Whole(1, 6),
            "The same of questions about danger to oneself; never more than 6 (CO-11).",
        ),
        needed("scopes", Rows(&CONSENT_SCOPE), "The scopes."),
        basis(),
    ],
};

pub(super) static CONSENT_SCOPE: Table = Table {
    name: "ConsentScope",
    about: "One thing people are asked.",
    label: "scope",
    fields: &[
        needed("scope", OneOf(Asked::WORDS), "The scope."),
        needed("before", OneOf(Before::WORDS), "Before what it is asked."),
    ],
};

pub(super) static SAFETY: Table = Table {
    name: "Safety",
    about: "What must stand before the program opens.",
    label: "",
    fields: &[
        needed("charter", OneOf(Charter::WORDS), "How thoughts of suicide are met."),
        needed(
            "referral_categories",
            List(&Code),
            "Categories of which at least one active service is known.",
        ),
        needed("on_call", List(&Code), "Roles of which somebody is on call."),
        allowed(
            "on_call_phases",
            List(&Code),
            "Phases in which the number is staffed; all, where not said.",
        ),
        allowed(
            "card_read_at_session",
            Whole(1, 1_000),
            "The session at which the crisis card is read aloud.",
        ),
        allowed(
            "buddy_check_hours",
            Whole(1, 168),
            "After a hard session, pairs ask each other within so many hours.",
        ),
        allowed(
            "exclusions",
            Rows(&EXCLUSION),
            "Why somebody may not start now, and where they are brought.",
        ),
        allowed("cautions", Rows(&CAUTION), "Who needs a gentler version of which part."),
        allowed(
            "raised_months",
            List(&Whole(1, 12)),
            "Months of the year in which on-call is raised.",
        ),
        basis(),
    ],
};

pub(super) static EXCLUSION: Table = Table {
    name: "Exclusion",
    about: "A reason not to start now, and the way that is offered instead.",
    label: "reason",
    fields: &[
        needed("reason", Code, "The reason."),
        needed("refer", Code, "The category of service that is offered."),
    ],
};

pub(super) static CAUTION: Table = Table {
    name: "Caution",
    about: "A caution in a kind of part.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("kind", OneOf(SegmentKind::WORDS), "The kind of part."),
        needed("text", Words(TEXT), "What to do, in plain words."),
    ],
};
