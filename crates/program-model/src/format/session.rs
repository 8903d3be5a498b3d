//! What happens in sessions and trainings.

use crate::{
    format::{MINUTES, TEXT, TITLE, basis},
    grammar::{
        Kind::{Code, Flag, List, OneOf, Rows, Whole, Words},
        Table, allowed, needed,
    },
    words::{ActivityKind, SegmentKind, Special},
};

pub(super) static AGENDA: Table = Table {
    name: "Agenda",
    about: "The parts of a session.",
    label: "",
    fields: &[
        needed(
            "fixed_order",
            Flag,
            "Whether the order may not be changed, because safety depends on it.",
        ),
        needed("segments", Rows(&SEGMENT), "The parts, first to last."),
        basis(),
    ],
};

pub(super) static SEGMENT: Table = Table {
    name: "Segment",
    about: "A part of a session.",
    label: "id",
    fields: &[
        needed("id", Code, "The id of the part."),
        needed("title", Words(TITLE), "What people call it."),
        needed("kind", OneOf(SegmentKind::WORDS), "What it is for."),
        needed("minutes", Whole(1, MINUTES), "How long it takes."),
    ],
};

pub(super) static TRAINING: Table = Table {
    name: "Training",
    about: "What somebody learns before holding a role.",
    label: "id",
    fields: &[
        needed("id", Code, "The id of the training."),
        needed("title", Words(TITLE), "What people call it."),
        needed("hours", Whole(1, 2_000), "All hours of it, components included."),
        allowed("phase", Code, "The phase of a unit in which it is held, where it is part of one."),
        allowed(
            "attend_at_least",
            Whole(1, 200),
            "Modules to be attended; the others are made up.",
        ),
        allowed("valid_months", Whole(1, 240), "For how many months it counts."),
        allowed("modules", Rows(&MODULE), "Its modules, in order."),
        allowed("components", Rows(&COMPONENT), "What else belongs to it."),
        basis(),
    ],
};

pub(super) static MODULE: Table = Table {
    name: "Module",
    about: "A module of a training.",
    label: "n",
    fields: &[
        needed("n", Whole(1, 200), "Its number."),
        needed("id", Code, "Its id."),
        needed("title", Words(TITLE), "What people call it."),
        needed("minutes", Whole(1, 10_000), "How long it takes."),
        allowed("needs", List(&Whole(1, 200)), "Modules that come before it."),
        allowed("safety", Flag, "Whether it teaches safety, and so comes before personal stories."),
    ],
};

pub(super) static COMPONENT: Table = Table {
    name: "Component",
    about: "A part of a training that is no module.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("title", Words(TITLE), "What people call it."),
        needed("minutes", Whole(1, 100_000), "How long it takes."),
        allowed("before_leading", Flag, "Whether nobody leads before it is finished."),
    ],
};

pub(super) static LESSON: Table = Table {
    name: "Lesson",
    about: "A session of a unit and its theme.",
    label: "n",
    fields: &[
        needed("n", Whole(1, 1_000), "The number of the session."),
        needed("theme", Code, "The id of its theme."),
        needed("title", Words(TITLE), "Its theme."),
        allowed("practice", Words(TEXT), "What is done in it."),
        needed("phase", Code, "The phase it stands in."),
        allowed("special", List(&OneOf(Special::WORDS)), "What is special about it."),
        allowed("timepoint", Code, "The measures that are due by it."),
        allowed("needs_sessions_held", Whole(1, 1_000), "Sessions to be held first."),
        allowed(
            "needs_supervision_days",
            Whole(1, 366),
            "Those who lead were supervised within so many days.",
        ),
        basis(),
    ],
};

pub(super) static ACTIVITY: Table = Table {
    name: "Activity",
    about: "A kind of activity.",
    label: "kind",
    fields: &[
        needed("kind", OneOf(ActivityKind::WORDS), "The kind."),
        needed("share_percent", Whole(0, 100), "Its share of the time, in percent."),
        allowed("personal_story", Flag, "Whether people tell of themselves in it."),
        allowed("needs_module", Whole(1, 200), "The module to be done before it."),
        basis(),
    ],
};
