//! A whole program with invented people, played through the same use cases that people call.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use circle_vault::Cost;
use circlekeeper::{Keeper, Surroundings};
use outcomes::suppression::Audience;
use rehearsal::{Counts, Options, RehearsalError, play_healing_circle, play_social_healing};
use safety_protocols::due;
use serde_json::{Value, json};
use store_sqlite::SqliteLog;

use super::{Desk, demo_told, report};
use crate::{
    args::{Demo, DemoModel},
    card_file,
    exit::Exit,
    failure::Failure,
    place::{self, Place},
    progress::Progress,
    store,
    texts::{self, text},
    world,
};

/// The seed where none is given: everybody who tries it sees the same.
const SEED: u64 = 1;

/// What was played, as it is told at the end.
pub(crate) struct Told {
    pub(crate) counts: Counts,
    /// The scenario of the model: the first sector, or the circle.
    pub(crate) scenario: Value,
    /// How many duties of each kind are due, by how pressing they are.
    pub(crate) due: Vec<(safety_protocols::Urgency, String, usize)>,
}

pub(crate) fn run(desk: &mut Desk, args: &Demo) -> Result<Exit, Failure> {
    if args.model == DemoModel::HealingCircle && args.people.is_some() {
        return Err(Failure::new("cli.demo_people", &[]));
    }
    let place = stage(desk)?;
    let began = Instant::now();
    let seed = args.seed.unwrap_or(SEED);
    let mut options = Options::new(seed);
    store::DEMO_PASSPHRASE.clone_into(&mut options.passphrase);
    // Everybody knows the passphrase of a demo, so to make each try of it costly guards nothing.
    options.cost = Cost::TEST;
    options.people = args.people.unwrap_or(options.people);
    let is_new = !place.dir().exists();
    let log = store::create(&place)?;
    desk.screen.mark_demo();
    let told = play(desk, args.model, log, &options, &place).inspect_err(|_| {
        store::discard(&place);
        if is_new {
            // Empty again, or it stays.
            let _ = std::fs::remove_dir(place.dir());
        }
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let bytes = std::fs::metadata(place.store()).map_or(0, |meta| meta.len());
    demo_told::tell(desk, &told, &place, seed, seconds, bytes);
    Ok(Exit::Done)
}

/// Where it is played: the folder that was named with `--dir`, else a new one among the temporary
/// files. The folder of the environment is somebody's own program, and never taken.
fn stage(desk: &Desk) -> Result<Place, Failure> {
    let own = std::env::var_os("CIRCLEKEEPER_DIR").map(PathBuf::from);
    let named = desk.globals.dir.as_ref().filter(|dir| Some(*dir) != own.as_ref());
    let place = desk.place()?;
    if named.is_some() {
        return Ok(place);
    }
    let code = commons::DocumentId::from_bytes(world::random()).short().to_lowercase();
    Ok(place.with_dir(std::env::temp_dir().join(format!("circlekeeper-demo-{code}"))))
}

fn play(
    desk: &Desk,
    model: DemoModel,
    log: SqliteLog,
    options: &Options,
    place: &Place,
) -> Result<Told, Failure> {
    let bar = Progress::new(desk.screen.json());
    let mut show = |progress: rehearsal::Progress| {
        bar.stage(texts::code("stage", progress.stage.as_str()));
        bar.at(u64::from(progress.done), u64::from(progress.all));
    };
    let (mut keeper, counts, scenario) = match model {
        DemoModel::SocialHealingGroup => {
            let mut played = play_social_healing(log, options, &mut show).map_err(refused)?;
            let sector = played.sector().map_err(refused)?;
            (played.keeper, played.counts, json!(sector))
        }
        DemoModel::HealingCircle => {
            let played = play_healing_circle(log, options, &mut show).map_err(refused)?;
            (played.keeper, played.counts, json!(played.circle))
        }
    };
    bar.end();
    files(&mut keeper, place)?;
    let due = pressing(&mut keeper)?;
    Ok(Told { counts, scenario, due })
}

/// The card and the two reports, beside the store.
fn files<S: Surroundings>(keeper: &mut Keeper<SqliteLog, S>, place: &Place) -> Result<(), Failure> {
    card_file::refresh(place, keeper)?;
    for (audience, file) in reports(place.dir()) {
        place::write(&file, report::make(keeper, audience, false)?.page().as_bytes())?;
    }
    Ok(())
}

/// The two reports of a demo.
pub(crate) fn reports(dir: &Path) -> [(Audience, PathBuf); 2] {
    [
        (Audience::Inside, dir.join("report-inside.html")),
        (Audience::Outside, dir.join("report-outside.html")),
    ]
}

/// What is due on the last day of the play.
fn pressing<S: Surroundings>(
    keeper: &mut Keeper<SqliteLog, S>,
) -> Result<Vec<(safety_protocols::Urgency, String, usize)>, Failure> {
    let now = keeper.now();
    let duties = keeper.duties()?;
    let mut counts = std::collections::BTreeMap::new();
    for one in due(&duties, now) {
        *counts.entry((one.urgency, one.obligation.what.to_string())).or_insert(0) += 1;
    }
    Ok(counts.into_iter().map(|((urgency, what), n)| (urgency, what, n)).collect())
}

fn refused(error: RehearsalError) -> Failure {
    if let RehearsalError::Keeper(error) = error {
        return error.into();
    }
    if let RehearsalError::People { fewest, most, .. } = error {
        let range = [("fewest", u64::from(fewest).into()), ("most", u64::from(most).into())];
        return Failure::new("cli.demo_size", &range);
    }
    Failure::new("cli.demo", &[]).because(&error)
}

/// The line that tells the passphrase, which guards nothing.
pub(crate) fn passphrase() -> String {
    text!("demo-passphrase", passphrase = store::DEMO_PASSPHRASE)
}
