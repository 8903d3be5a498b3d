//! The report: one HTML file, suppressed for its audience.

use std::path::PathBuf;

use circle_access::{Purpose, Role};
use circlekeeper::{Asking, Keeper, Surroundings};
use commons::{Code, DocumentId};
use outcomes::{Figures, suppression::Audience};
use serde_json::json;
use store_sqlite::SqliteLog;

use super::Desk;
use crate::{
    args::{AudienceWord, Report},
    exit::Exit,
    failure::Failure,
    place, store,
    texts::{self, text},
    world,
};

pub(crate) fn run(desk: &mut Desk, args: &Report) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::looked_into(&place, &desk.globals, &mut desk.screen)?;
    let audience = match args.audience {
        AudienceWord::Inside => Audience::Inside,
        AudienceWord::Outside => Audience::Outside,
    };
    let Made { figures, page } = make(&mut keeper, audience)?;
    // For programs the figures are the answer; a page is written where one is asked for.
    let file = match (&args.out, desk.screen.json()) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => None,
        (None, false) => Some(neutral_name()),
    };
    if let Some(file) = &file {
        place::write(file, page.as_bytes())?;
        desk.screen.say(text!("report-done", file = file.display().to_string()));
        desk.screen.say(match audience {
            Audience::Inside => text!("report-inside", floor = audience.floor()),
            Audience::Outside => text!("report-outside", floor = audience.floor()),
        });
    }
    desk.screen.answer(&json!({ "made_on": keeper.today()?, "file": file, "figures": figures }));
    Ok(Exit::Done)
}

/// A report: its figures, and its page.
pub(crate) struct Made {
    pub(crate) figures: Figures,
    pub(crate) page: String,
}

/// Makes the report of a program for an audience.
pub(crate) fn make<S: Surroundings>(
    keeper: &mut Keeper<SqliteLog, S>,
    audience: Audience,
) -> Result<Made, Failure> {
    let now = keeper.now();
    let asking = Asking::of(Role::Coordinator, Purpose::Report);
    let cohort = keeper.cohort(&asking, now).map_err(|error| store::blame(keeper, error))?;
    let figures = cohort.figures(&keeper.figure_plan(audience)?);
    let program = keeper.program_id().short().to_lowercase().parse();
    let stamp = ::report::Stamp {
        made_on: keeper.today()?,
        program: program.unwrap_or(Code::of("program")),
        demo: keeper.founded()?.demo,
        software: store::SOFTWARE.replace('-', " "),
    };
    let page = ::report::html(&figures, texts::words(), &stamp);
    Ok(Made { figures, page })
}

/// A name that tells nothing to whoever looks over a shoulder (B8).
fn neutral_name() -> PathBuf {
    let code = DocumentId::from_bytes(world::random()).short();
    format!("doc-{code}.html").into()
}
