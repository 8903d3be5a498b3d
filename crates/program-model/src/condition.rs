//! The conditions of phases, as the file writes them and as the group reads them.

use circle_model::Condition;
use commons::Code;

use crate::{reading::Element, tree::Row, words::Gravity};

impl Element for Condition {
    fn all(row: &Row<'_>, field: &str) -> Option<Vec<Self>> {
        row.rows(field).iter().map(read).collect()
    }
}

fn read(row: &Row<'_>) -> Option<Condition> {
    let fewest = || row.whole::<u16>("fewest");
    let role = || row.code("role");
    Some(match row.format.name {
        "sessions_held" => Condition::SessionsHeld { fewest: fewest()? },
        // Without a figure all modules are meant; the model puts their number in.
        "modules_done" => Condition::ModulesDone { fewest: fewest().unwrap_or(ALL) },
        "screening_recorded" => Condition::ScreeningRecorded { fewest: fewest()? },
        "consent_recorded" => Condition::ConsentRecorded,
        "attendance_rate" => Condition::AttendanceRate { percent: row.whole("percent")? },
        "members_between" => {
            Condition::MembersBetween { fewest: fewest()?, most: row.whole("most")? }
        }
        "role_absent" => Condition::RoleAbsent { role: role()? },
        "distinct_facilitators" => Condition::DistinctFacilitators { fewest: fewest()? },
        "each_member_led" => Condition::EachMemberLed { fewest: fewest()? },
        "no_open_obligation" => Condition::NoOpenMatter { grade: grade(row.choice("gravity")?) },
        "vote" => Condition::Vote {
            quorum_percent: row.whole("quorum_percent")?,
            agreed_percent: row.whole("agreed_percent")?,
        },
        "elapsed_days" => Condition::ElapsedDays { fewest: fewest()?, most: row.whole("most")? },
        "signed_by" => Condition::SignedBy { role: role()? },
        "measure_collected" => Condition::MeasureCollected {
            timepoint: row.code("timepoint")?,
            percent: row.whole("percent")?,
        },
        "committee_elected" => Condition::CommitteeElected { fewest: fewest()? },
        "volunteers" => Condition::Volunteers { fewest: fewest()? },
        "document_adopted" => Condition::DocumentAdopted { document: row.code("document")? },
        "review_recorded" => Condition::ReviewOfEach,
        "supervision_within" => Condition::SupervisionWithin { days: row.whole("days")? },
        "child_running" => Condition::ChildRunning { fewest: fewest()? },
        "date_reached" => Condition::DateReached { date: row.text("date")?.parse().ok()? },
        "authority_approval" => Condition::ApprovedBy { body: row.code("body")? },
        _unknown => return None,
    })
}

/// Stands for all modules until their number is known.
pub(crate) const ALL: u16 = u16::MAX;

/// The grade of the one severity scale that an everyday word stands for.
pub(crate) const fn grade(gravity: Gravity) -> Code {
    match gravity {
        Gravity::Emergency => Code::of("s1"),
        Gravity::Urgent => Code::of("s2"),
        Gravity::Watch => Code::of("s3"),
        Gravity::Note => Code::of("s4"),
    }
}
