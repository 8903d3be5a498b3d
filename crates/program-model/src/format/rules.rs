//! Rules, data, published figures, and what is unverified.

use crate::{
    format::{TEXT, TITLE, basis},
    grammar::{
        Kind::{Code, Figures, Flag, List, OneOf, Rule, Whole, Words},
        Table, allowed, needed,
    },
    words::{Export, Level},
};

pub(super) static RULE: Table = Table {
    name: "ModelRule",
    about: "A rule of the model.",
    label: "id",
    fields: &[
        needed("id", Rule, "The id of the rule."),
        needed("level", OneOf(Level::WORDS), "Whether breaking it is refused or shown."),
        needed("fixed", Flag, "Whether a program that changes it drops the model's name."),
        needed("key", Code, "The key of its text in the message catalog."),
        allowed(
            "governs",
            List(&Words(TITLE)),
            "The paths of this file it speaks of; `*` stands for anything.",
        ),
        allowed("params", Figures, "Its figures that have no other place in this file."),
        basis(),
    ],
};

pub(super) static SWITCHED_OFF: Table = Table {
    name: "SwitchedOff",
    about: "A universal rule that this model switches off.",
    label: "rule",
    fields: &[needed("rule", Rule, "The id of the rule."), needed("why", Words(TEXT), "Why.")],
};

pub(super) static DATA: Table = Table {
    name: "Data",
    about: "What may be shown and exported.",
    label: "",
    fields: &[
        needed("small_cell", Whole(2, 100), "Inside, counts below this are hidden, in people."),
        needed(
            "small_cell_outside",
            Whole(2, 100),
            "Outside, counts below this are hidden, in people.",
        ),
        needed(
            "collective_authority",
            Flag,
            "Whether the community as a whole decides about its data.",
        ),
        needed(
            "export_default",
            OneOf(Export::WORDS),
            "What leaves the house unless somebody decides otherwise.",
        ),
        allowed("sealed_fields", List(&Code), "What is sealed in this model beyond the usual."),
        allowed("scores_visible_to", List(&Code), "Roles that may see one person's scores."),
        basis(),
    ],
};

pub(super) static FIGURE: Table = Table {
    name: "Figure",
    about: "A published total and its parts.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("title", Words(TITLE), "What was counted."),
        needed("total", Whole(0, 1_000_000_000), "The total."),
        needed("parts", Figures, "Its parts."),
        basis(),
    ],
};

pub(super) static UNVERIFIED: Table = Table {
    name: "Unverified",
    about: "Something nobody has checked.",
    label: "id",
    fields: &[
        needed("id", Code, "Its id."),
        needed("claim", Words(TEXT), "What is said."),
        needed("instead", Words(TEXT), "What is done instead, and whom to ask."),
    ],
};
