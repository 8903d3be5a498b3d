//! The format of a model file, `circlekeeper.model/1`: every table and every field.

mod care;
mod people;
mod plan;
mod results;
mod rules;
mod session;

use crate::{
    format::{
        care::{CONSENT, GROUND_RULE, SAFETY, SCREENING, SUPERVISION},
        people::{CADENCE, FORBIDDEN, GROUP, ROLE},
        plan::PHASE,
        results::{AFTER, COMPLETION, FEES, INCENTIVE, MEASURE, MEASURING, TIMEPOINT},
        rules::{DATA, FIGURE, RULE, SWITCHED_OFF, UNVERIFIED},
        session::{ACTIVITY, AGENDA, LESSON, TRAINING},
    },
    grammar::{
        Field,
        Kind::{Basis, Code, OneOf, Rows, Table as Sub, Whole, Words},
        Table, allowed, needed,
    },
    words::Shape,
};

/// The name and version of the format.
pub const SCHEMA: &str = "circlekeeper.model/1";

const TITLE: usize = 120;
const TEXT: usize = 600;
const PEOPLE: i64 = 10_000;
const DAYS: i64 = 3_650;
const MINUTES: i64 = 1_440;

const fn basis() -> Field {
    needed(
        "basis",
        Basis,
        "Where the figures of this table come from: one text for all, or a table of field names with `rest` for the others.",
    )
}

/// The whole file.
pub(crate) static MODEL: Table = Table {
    name: "Model",
    about: "A program model.",
    label: "",
    fields: &[
        needed("schema", OneOf(&[SCHEMA]), "The name and version of this format."),
        needed("id", Code, "The id of the model."),
        needed("version", Whole(1, 9_999), "Its version; a newer one has a greater number."),
        needed("name", Words(TITLE), "Its name, as reports print it."),
        needed("shape", OneOf(Shape::WORDS), "What its unit is."),
        needed("summary", Words(TEXT), "What it is for, in a few sentences."),
        needed("identity", Sub(&IDENTITY), "Where the model comes from."),
        needed("group", Sub(&GROUP), "How many people, and how they belong."),
        needed("cadence", Sub(&CADENCE), "How often, how many and how long."),
        needed("roles", Rows(&ROLE), "Who may hold which role."),
        allowed("forbidden_roles", Rows(&FORBIDDEN), "Roles that nobody may ever hold."),
        allowed("phases", Rows(&PHASE), "The phases, first to last."),
        allowed("agenda", Sub(&AGENDA), "The parts of a session."),
        allowed("training", Rows(&TRAINING), "What people learn before they lead."),
        allowed("syllabus", Rows(&LESSON), "The sessions of a unit, one by one."),
        allowed("activities", Rows(&ACTIVITY), "The kinds of activity and their shares."),
        allowed(
            "screening",
            Sub(&SCREENING),
            "What is talked about before somebody trains to lead.",
        ),
        needed("supervision", Sub(&SUPERVISION), "Who stands behind those who lead."),
        needed("ground_rules", Rows(&GROUND_RULE), "What the unit is asked to agree to."),
        needed("consent", Sub(&CONSENT), "What people are asked before anything is kept."),
        needed("safety", Sub(&SAFETY), "What must stand before the program opens."),
        allowed("timepoints", Rows(&TIMEPOINT), "When measures are taken."),
        allowed("measures", Rows(&MEASURE), "What is measured."),
        allowed("measuring", Sub(&MEASURING), "How much measuring people are asked to bear."),
        allowed("completion", Sub(&COMPLETION), "When somebody has completed."),
        needed("fees", Sub(&FEES), "What members pay, and what the program may cost."),
        allowed("incentives", Rows(&INCENTIVE), "How people who are paid by performance are paid."),
        allowed("after_phase", Rows(&AFTER), "What may follow: other models, with conditions."),
        needed("rules", Rows(&RULE), "The rules of the model."),
        allowed(
            "switched_off",
            Rows(&SWITCHED_OFF),
            "Universal rules that this model switches off by name.",
        ),
        needed("data", Sub(&DATA), "What may be shown and exported."),
        allowed("figures", Rows(&FIGURE), "Published totals and their parts."),
        allowed(
            "unverified",
            Rows(&UNVERIFIED),
            "What nobody has checked, and is therefore not in force.",
        ),
    ],
};

static IDENTITY: Table = Table {
    name: "Identity",
    about: "Where the model comes from.",
    label: "",
    fields: &[
        allowed("derived_from", Words(TITLE), "The program it was drawn from."),
        allowed(
            "brand_note",
            Words(TEXT),
            "Protected names, and what the model may not be called.",
        ),
        needed("sources", Rows(&SOURCE), "What was read."),
    ],
};

static SOURCE: Table = Table {
    name: "Source",
    about: "A source that anyone can open.",
    label: "id",
    fields: &[
        needed("id", Code, "The id that `basis` names."),
        needed("author", Words(TITLE), "Who wrote it."),
        needed("title", Words(TITLE), "Its title."),
        allowed("year", Whole(1800, 2200), "The year it appeared, where known."),
        allowed("page", Words(TITLE), "The page, volume or section."),
        allowed("address", Words(TITLE), "Its web address."),
    ],
};
