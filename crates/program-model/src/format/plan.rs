//! Phases, and the closed set of conditions that lead in and out of them.

use crate::{
    format::{DAYS, PEOPLE, TITLE, basis},
    grammar::{
        Field,
        Kind::{Cases, Code, Date, OneOf, Whole, Words},
        Table, allowed, needed,
    },
    words::{Gravity, Stance},
};

pub(crate) static PHASE: Table = Table {
    name: "Phase",
    about: "A phase of a unit's life.",
    label: "id",
    fields: &[
        needed("id", Code, "The id of the phase."),
        needed("title", Words(TITLE), "What people call it."),
        needed("stance", OneOf(Stance::WORDS), "Where staff stand."),
        needed(
            "first_week",
            Whole(-104, 1_000),
            "Its first week; week 1 is the first of the program.",
        ),
        allowed(
            "last_week",
            Whole(-104, 1_000),
            "Its last week; without it the phase is open at its end.",
        ),
        allowed("first_session", Whole(1, 1_000), "Its first session."),
        allowed("last_session", Whole(1, 1_000), "Its last session."),
        allowed("enter", Cases(CONDITIONS), "What must be so before it is entered."),
        allowed("exit", Cases(CONDITIONS), "What must be so before it is left."),
        basis(),
    ],
};

macro_rules! condition {
    ($name:literal, $about:literal $(, $field:expr)* $(,)?) => {
        Table {
            name: $name,
            about: $about,
            label: "when",
            fields: &[needed("when", OneOf(&[$name]), "The kind of condition."), $($field),*],
        }
    };
}

const fn fewest() -> Field {
    needed("fewest", Whole(1, PEOPLE), "How many, or more.")
}

const fn percent() -> Field {
    needed("percent", Whole(1, 100), "At least so many percent.")
}

/// The closed set of conditions.
pub(crate) static CONDITIONS: &[Table] = &[
    condition!("sessions_held", "So many sessions were held, from the first.", fewest()),
    condition!(
        "modules_done",
        "Modules of a training are done: so many, or all.",
        needed("training", Code, "The training."),
        allowed("fewest", Whole(1, 1_000), "How many; without it, all."),
    ),
    condition!("screening_recorded", "So many people were screened and found ready.", fewest()),
    condition!("consent_recorded", "The consent of every member is recorded."),
    condition!("attendance_rate", "Attendance reached a share.", percent()),
    condition!(
        "members_between",
        "The number of active members lies in a range.",
        fewest(),
        needed("most", Whole(1, PEOPLE), "Most, in people."),
    ),
    condition!(
        "role_absent",
        "Nobody in that role came since the phase began.",
        needed("role", Code, "The role.")
    ),
    condition!("distinct_facilitators", "So many different members facilitated.", fewest()),
    condition!("each_member_led", "Every member led a part of a session so many times.", fewest()),
    condition!(
        "no_open_obligation",
        "No matter of such gravity or above is open.",
        needed("gravity", OneOf(Gravity::WORDS), "From this gravity up."),
    ),
    condition!(
        "vote",
        "The unit voted for it.",
        needed("quorum_percent", Whole(1, 100), "Members who must be present, in percent."),
        needed("agreed_percent", Whole(1, 100), "Those who agree, in percent of those present."),
    ),
    condition!(
        "elapsed_days",
        "Time passed since the phase began.",
        needed("fewest", Whole(0, DAYS), "At least so many days."),
        needed("most", Whole(0, DAYS), "At most so many days."),
    ),
    condition!("signed_by", "Somebody in a role signed it.", needed("role", Code, "The role.")),
    condition!(
        "measure_collected",
        "A share of the members was measured, or asked and declined.",
        needed("timepoint", Code, "The timepoint."),
        percent(),
    ),
    condition!("committee_elected", "A committee of so many people was elected.", fewest()),
    condition!("volunteers", "So many people chose to go on.", fewest()),
    condition!(
        "document_adopted",
        "The unit adopted a document.",
        needed("document", Code, "The document.")
    ),
    condition!("review_recorded", "A review is recorded for each person."),
    condition!(
        "supervision_within",
        "Those who lead were supervised lately.",
        needed("days", Whole(1, DAYS), "Within so many days."),
    ),
    condition!("child_running", "So many units that grew out of this one are running.", fewest()),
    condition!(
        "date_reached",
        "A day has come.",
        needed("date", Date, "The day, as in \"2027-03-01\".")
    ),
    condition!("authority_approval", "A body approved it.", needed("body", Code, "The body.")),
];
