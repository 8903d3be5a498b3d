//! Measures, completion, money, and what may follow.

use crate::{
    format::{DAYS, TITLE, basis, plan::CONDITIONS},
    grammar::{
        Kind::{Cases, Code, Flag, List, OneOf, Rows, Whole, Words},
        Table, allowed, needed,
    },
    words::{Anchor, Answering, Purpose, Rewards, Rights, ToMember},
};

pub(super) static TIMEPOINT: Table = Table {
    name: "Timepoint",
    about: "A window in which measures are taken.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("title", Words(TITLE), "What people call it."),
        needed("anchor", OneOf(Anchor::WORDS), "From where its days are counted."),
        allowed("session", Whole(1, 1_000), "The session, for the anchor `session`."),
        allowed("phase", Code, "The phase, for the anchors `phase_start` and `phase_end`."),
        needed(
            "opens_days",
            Whole(-366, DAYS),
            "It opens so many days after its anchor; negative is before.",
        ),
        needed("closes_days", Whole(-366, DAYS), "It closes so many days after its anchor."),
        basis(),
    ],
};

pub(super) static MEASURE: Table = Table {
    name: "Measure",
    about: "Something that is measured.",
    label: "instrument",
    fields: &[
        needed("instrument", Code, "The id of the instrument."),
        needed("title", Words(TITLE), "What people call it."),
        needed("purpose", OneOf(Purpose::WORDS), "What it is for."),
        needed("timepoints", List(&Code), "When it is taken."),
        needed("minutes", Whole(0, 240), "Minutes it takes one person."),
        needed("scored", Flag, "Whether this software scores it."),
        needed("rights", OneOf(Rights::WORDS), "Whether it may be used freely."),
        allowed("setting", OneOf(Answering::WORDS), "How it is filled in."),
        basis(),
    ],
};

pub(super) static MEASURING: Table = Table {
    name: "Measuring",
    about: "How much measuring people are asked to bear.",
    label: "",
    fields: &[
        needed("minutes_max", Whole(1, 240), "Most minutes at one timepoint."),
        needed(
            "plan_version",
            Whole(1, 9_999),
            "The version of the outcomes plan; it is frozen when the program opens.",
        ),
        basis(),
    ],
};

pub(super) static COMPLETION: Table = Table {
    name: "Completion",
    about: "When somebody has completed.",
    label: "",
    fields: &[
        needed("attended_at_least", Whole(1, 1_000), "Sessions attended, or more."),
        needed("certificate", Flag, "Whether a certificate is given, and only then."),
        basis(),
    ],
};

pub(super) static FEES: Table = Table {
    name: "Fees",
    about: "What members pay, and what the program may cost.",
    label: "",
    fields: &[
        needed("to_member", OneOf(ToMember::WORDS), "What members pay."),
        allowed(
            "nothing_is_valid",
            Flag,
            "Whether paying nothing is always a valid amount (U-14).",
        ),
        allowed(
            "most_minor",
            Whole(1, 1_000_000_000),
            "The most a member may be asked for, in minor units of the currency.",
        ),
        allowed(
            "cost_per_person_max_minor",
            Whole(1, 1_000_000_000),
            "What one person's place may cost the program, in minor units.",
        ),
        allowed("currency", Words(3), "The currency, three letters of ISO 4217."),
        basis(),
    ],
};

pub(super) static INCENTIVE: Table = Table {
    name: "Incentive",
    about: "How a role is paid by performance.",
    label: "role",
    fields: &[
        needed("role", Code, "The role."),
        needed("terms", Rows(&INCENTIVE_TERM), "The terms of the formula."),
        basis(),
    ],
};

pub(super) static INCENTIVE_TERM: Table = Table {
    name: "IncentiveTerm",
    about: "A term of the formula.",
    label: "id",
    fields: &[
        needed("id", Code, "What is counted."),
        needed("weight_percent", Whole(1, 100), "Its weight, in percent."),
        needed("rewards", OneOf(Rewards::WORDS), "What it rewards."),
    ],
};

pub(super) static AFTER: Table = Table {
    name: "AfterPhase",
    about: "A model that may follow.",
    label: "model",
    fields: &[
        needed("model", Code, "The id of the model."),
        needed("optional", Flag, "Whether each person is free to take part."),
        allowed("conditions", Cases(CONDITIONS), "What must be so first."),
        basis(),
    ],
};
