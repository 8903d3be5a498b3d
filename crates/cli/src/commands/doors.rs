//! The two doors to the figures of reports by name: files along a plan, and the program's own records.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use analysis::release::{
    Basis, Definition, Drawn, FromFiles, Groups, Inputs, Unmade, figures_of, files_of, sha256_of,
};
use analysis::{Care, Folder, Plan};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use circle_access::{Purpose, Role};
use circlekeeper::{Asking, Keeper, Part, Surroundings};
use commons::{Code, OriginId, UnitId};
use event_log::AsOf;
use report::About;
use store_sqlite::SqliteLog;

use super::{Desk, analyze};
use crate::{failure::Failure, store, world::World};

/// Where the people of reports stand.
pub(super) enum Door {
    /// In the files of a plan.
    Files(Box<OfFiles>),
    /// In the records of the program.
    Records(Box<Records>),
}

/// A plan, and the folder in which its files lie.
pub(super) struct OfFiles {
    plan: Plan,
    folder: PathBuf,
    care: Care,
    /// What was read, for each report.
    read: BTreeMap<Code, Read>,
}

/// What was read of the files for a report.
#[derive(Default)]
struct Read {
    /// What the files call the circles.
    names: BTreeMap<UnitId, String>,
    /// How many answers count as missing since they could not be read.
    unreadable: u64,
    /// How many people have no day on which they joined, and are in no period.
    undated: u64,
}

/// The records of the program as they were at a moment.
pub(super) struct Records {
    keeper: Keeper<AsOf<SqliteLog>, Moment>,
    program: Code,
    demo: bool,
}

/// The end of the day on which a report is made: the same whenever it is made again.
struct Moment(DateTime<Utc>);

impl Surroundings for Moment {
    fn now(&mut self) -> DateTime<Utc> {
        self.0
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        World.fill(bytes);
    }
}

impl Door {
    /// The files of a plan.
    pub(super) fn of_files(text: &str, folder: &Path, care: Care) -> Result<Self, Failure> {
        let plan = Plan::from_toml(text).map_err(|faults| analyze::wrong_plan(&faults))?;
        let (folder, read) = (folder.to_owned(), BTreeMap::new());
        Ok(Self::Files(Box::new(OfFiles { plan, folder, care, read })))
    }

    /// The records of the program, now or as they were when a release was made; with the day on which the
    /// report is made.
    pub(super) fn of_records(
        desk: &mut Desk,
        on: Option<NaiveDate>,
        places: Option<&BTreeMap<String, u64>>,
    ) -> Result<(Self, NaiveDate), Failure> {
        let place = desk.place()?;
        let mut opened = store::looked_into(&place, &desk.globals, &mut desk.screen)?;
        let (founded, today) = (opened.founded()?, opened.today()?);
        let program = opened.program_id().short().to_lowercase().parse();
        let made_on = on.unwrap_or(today);
        let log = SqliteLog::open_read_only(&place.store())?;
        let log = match places {
            Some(places) => AsOf::new(log, read_places(places)?),
            None => AsOf::now(log)?,
        };
        let evening = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        let evening = made_on.and_time(evening);
        let local = founded.zone.from_local_datetime(&evening).latest();
        let moment = local.map_or_else(|| evening.and_utc(), |local| local.to_utc());
        let records = Records {
            keeper: Keeper::open(log, Moment(moment))?,
            program: program.unwrap_or(Code::of("program")),
            demo: founded.demo,
        };
        Ok((Self::Records(Box::new(records)), made_on))
    }

    /// What the reports are made of, for a manifest.
    pub(super) fn tell(&self, inputs: &mut Inputs) -> Result<(), Failure> {
        match self {
            Self::Files(of) => {
                for file in files_of(&of.plan) {
                    // What is not there is told by whoever reads it.
                    if let Ok(source) = fs::File::open(of.folder.join(&file)) {
                        let digest = sha256_of(source);
                        let digest = digest.map_err(|error| Failure::unreadable(&error))?;
                        inputs.data.insert(file, digest);
                    }
                }
            }
            Self::Records(of) => {
                let places = of.keeper.log().places().iter();
                inputs.records = places.map(|(origin, seq)| (origin.to_string(), *seq)).collect();
            }
        }
        Ok(())
    }

    /// The figures of one report, and what they are made of.
    pub(super) fn figures(&mut self, definition: &Definition) -> Result<Drawn, Failure> {
        match self {
            Self::Files(of) => {
                let files = Folder::new(&of.folder);
                let made = figures_of(definition, &of.plan, &files, of.care);
                let FromFiles { figures, nesting, units, unreadable, undated } =
                    made.map_err(|error| unmade(&error))?;
                let names = (1_u128..).zip(units).map(|(n, name)| (UnitId::number(n), name));
                let read = Read { names: names.collect(), unreadable, undated };
                of.read.insert(definition.name.clone(), read);
                Ok(Drawn { figures, basis: Basis::Files, nesting })
            }
            Self::Records(of) => of.figures(definition),
        }
    }

    /// What the report of a definition is about.
    pub(super) fn about(&self, definition: &Definition, basis: Basis) -> About {
        match (self, basis) {
            (Self::Files(of), _) => {
                let read = of.read.get(&definition.name);
                About::Files(read.map(|read| read.names.clone()).unwrap_or_default())
            }
            (Self::Records(of), Basis::Program) => About::Program(of.program.clone()),
            (Self::Records(of), Basis::Part | Basis::Files) => About::Part(of.program.clone()),
        }
    }

    /// How many answers of a report count as missing since they could not be read. Records are never so.
    pub(super) fn unreadable(&self, definition: &Definition) -> u64 {
        match self {
            Self::Files(of) => of.read.get(&definition.name).map_or(0, |read| read.unreadable),
            Self::Records(_) => 0,
        }
    }

    /// How many people have no day on which they joined, and are in no period. A program knows the day.
    pub(super) fn undated(&self, definition: &Definition) -> u64 {
        match self {
            Self::Files(of) => of.read.get(&definition.name).map_or(0, |read| read.undated),
            Self::Records(_) => 0,
        }
    }

    /// Whether its people are invented.
    pub(super) fn demo(&self) -> bool {
        matches!(self, Self::Records(of) if of.demo)
    }
}

impl Records {
    fn figures(&mut self, definition: &Definition) -> Result<Drawn, Failure> {
        let part = Part { joined: definition.period, groups: definition.filter.clone() };
        if let Some(by) = part.groups.keys().find(|by| !Part::GROUPINGS.contains(by)) {
            let known = Part::GROUPINGS.map(|known| known.to_string()).join(", ");
            let args = [
                ("report", definition.name.as_str().into()),
                ("grouping", by.as_str().into()),
                ("known", known.into()),
            ];
            return Err(Failure::new("cli.no_grouping_here", &args));
        }
        let absent = self.keeper.absent(&part)?;
        if !absent.is_empty() {
            return Err(no_groups(&definition.name, &absent));
        }
        let now = self.keeper.now();
        let asking = Asking::of(Role::Coordinator, Purpose::Report);
        let cohort = self.keeper.cohort_of(&asking, now, &part)?;
        let plan = self.keeper.figure_plan(definition.audience)?;
        let plan = plan.titled(definition.name.clone()).floor(definition.floor.unwrap_or(0));
        let plan = match definition.period {
            Some(period) => plan.during(period).map_err(|error| Failure::refused(&error))?,
            None => plan,
        };
        let basis = if part.is_whole() { Basis::Program } else { Basis::Part };
        Ok(Drawn { figures: cohort.figures(&plan), basis, nesting: cohort.nesting() })
    }
}

/// The places that a release names.
fn read_places(places: &BTreeMap<String, u64>) -> Result<BTreeMap<OriginId, u64>, Failure> {
    let read = |(origin, seq): (&String, &u64)| {
        let origin = origin.parse::<OriginId>();
        Ok((origin.map_err(|_| Failure::new("cli.not_a_release", &[]))?, *seq))
    };
    places.iter().map(read).collect()
}

/// Groups that a report names and nobody is in.
fn no_groups(report: &Code, groups: &Groups) -> Failure {
    let groups = groups.iter().map(|(by, groups)| {
        let groups: Vec<&str> = groups.iter().map(Code::as_str).collect();
        format!("{by}: {}", groups.join(", "))
    });
    let groups = groups.collect::<Vec<_>>().join("; ");
    let args = [("report", report.as_str().into()), ("groups", groups.into())];
    Failure::new("cli.no_groups", &args)
}

fn unmade(error: &Unmade) -> Failure {
    match error {
        Unmade::Files(faults) => analyze::wrong_files(faults),
        Unmade::Plan(error) => Failure::refused(error),
        Unmade::NoDays { report } => {
            Failure::new("cli.no_days", &[("report", report.as_str().into())])
        }
        Unmade::NoGrouping { report, grouping } => Failure::new(
            "cli.no_grouping",
            &[("report", report.as_str().into()), ("grouping", grouping.as_str().into())],
        ),
        Unmade::NoGroups { report, groups } => no_groups(report, groups),
        _ => Failure::new("cli.not_made", &[]),
    }
}
