//! The report of a program: a page, a workbook, or a folder with both and all tables, suppressed for its audience.

use std::path::{Path, PathBuf};

use circle_access::{Purpose, Role};
use circlekeeper::{Asking, Keeper, Surroundings};
use commons::{Code, DocumentId};
use outcomes::suppression::Audience;
use serde_json::json;
use store_sqlite::SqliteLog;

use super::Desk;
use crate::{
    args::{AudienceWord, Report},
    exit::Exit,
    failure::Failure,
    made::Made,
    place, store,
    texts::text,
    world,
};

pub(crate) fn run(desk: &mut Desk, args: &Report) -> Result<Exit, Failure> {
    let place = desk.place()?;
    let mut keeper = store::looked_into(&place, &desk.globals, &mut desk.screen)?;
    let audience = match args.audience {
        AudienceWord::Inside => Audience::Inside,
        AudienceWord::Outside => Audience::Outside,
    };
    if args.each_person && audience == Audience::Outside {
        return Err(Failure::new("cli.each_person", &[]));
    }
    let made = make(&mut keeper, audience, args.each_person)?;
    let made_on = made.stamp.made_on;
    if args.preview {
        let tables = made.preview(desk);
        desk.screen.answer(&json!({ "made_on": made_on, "tables": tables }));
        return Ok(Exit::Done);
    }
    // For programs the figures are the answer; a page is written where one is asked for.
    let file = match (&args.out, desk.screen.json()) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => None,
        (None, false) => Some(neutral_name()),
    };
    if let Some(file) = &file {
        match Shape::of(file) {
            Shape::Page => place::write(file, made.page().as_bytes())?,
            Shape::Workbook => place::write(file, &made.workbook()?)?,
            Shape::Folder => made.write(file)?,
        }
        desk.screen.say(text!("report-done", file = file.display().to_string()));
        made.tell_audience(desk);
    }
    desk.screen.answer(&json!({ "made_on": made_on, "file": file, "figures": made.figures }));
    Ok(Exit::Done)
}

/// What is written, by what its name ends in.
enum Shape {
    Page,
    Workbook,
    Folder,
}

impl Shape {
    fn of(path: &Path) -> Self {
        let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
        match ending.as_deref().and_then(|ending| ending.to_str()) {
            Some("xlsx") => Self::Workbook,
            Some(_) if !path.is_dir() => Self::Page,
            Some(_) | None => Self::Folder,
        }
    }
}

/// Makes the report of a program for an audience.
pub(crate) fn make<S: Surroundings>(
    keeper: &mut Keeper<SqliteLog, S>,
    audience: Audience,
    each_person: bool,
) -> Result<Made, Failure> {
    let now = keeper.now();
    let asking = Asking::of(Role::Coordinator, Purpose::Report);
    let cohort = keeper.cohort(&asking, now).map_err(|error| store::blame(keeper, error))?;
    let plan = keeper.figure_plan(audience)?;
    let plan = if each_person { plan.each_person() } else { plan };
    let figures = cohort.figures(&plan);
    let program = keeper.program_id().short().to_lowercase().parse();
    let stamp = ::report::Stamp {
        made_on: keeper.today()?,
        about: ::report::About::Program(program.unwrap_or(Code::of("program"))),
        demo: keeper.founded()?.demo,
        software: store::SOFTWARE.replace('-', " "),
        brief: None,
        unreadable: 0,
    };
    Ok(Made { figures, stamp })
}

/// A name that tells nothing to whoever looks over a shoulder (B8).
fn neutral_name() -> PathBuf {
    let code = DocumentId::from_bytes(world::random()).short();
    format!("doc-{code}.html").into()
}
