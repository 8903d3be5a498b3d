//! From a plan and the files beside it to a report: read, refused with everything that is wrong, or written whole.

use std::{
    cmp::Reverse,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use analysis::{
    Care, Encoded, Faults, FileTold, Files, Filter, Folder, Plan, PlanFaults, Source, Taken, Told,
};
use commons::{Refused, UnitId};
use interchange::Place;
use report::{About, Arg, Stamp};
use serde_json::json;

use super::{Desk, suggest};
use crate::{
    args::{Analyze, EncodingWord},
    exit::Exit,
    failure::Failure,
    made::{self, Made},
    place,
    progress::Progress,
    store,
    texts::{self, text},
    trouble::{Trouble, Troubles},
    world,
};

pub(crate) fn run(desk: &mut Desk, args: &Analyze) -> Result<Exit, Failure> {
    if !args.suggest.is_empty() {
        return suggest::run(desk, args);
    }
    let plan_file = args.plan.as_deref().ok_or_else(|| Failure::new("cli.no_plan", &[]))?;
    if let Some(folder) = &args.out {
        // To be told so after a long reading would be late.
        made::may_be_replaced(folder)?;
    }
    let (made, told) = make(desk, plan_file, args)?;
    tell(desk, &told);
    if args.preview {
        let tables = made.preview(desk);
        let made_on = made.stamp.made_on;
        desk.screen.answer(&json!({ "made_on": made_on, "read": told, "tables": tables }));
        return Ok(Exit::Done);
    }
    if let Some(folder) = &args.out {
        made.write(folder)?;
        desk.screen.say(text!("report-done", file = folder.display().to_string()));
        made.tell_audience(desk);
    }
    if desk.screen.json() {
        let answer = json!({ "folder": args.out, "read": told, "report": made.json() });
        desk.screen.answer(&answer);
    }
    Ok(Exit::Done)
}

/// Reads what the plan names, and makes the report.
fn make(desk: &Desk, plan_file: &Path, args: &Analyze) -> Result<(Made, Told), Failure> {
    let text = place::read_text(plan_file)?;
    let plan = Plan::from_toml(&text).map_err(|faults| wrong_plan(&faults))?;
    let folder = plan_file.parent().unwrap_or(Path::new("")).to_owned();
    let plan = match encoded(args.encoding) {
        Some(encoding) => plan.encoded(encoding, &Folder::new(&folder)),
        None => plan,
    };
    let care = if args.lenient { Care::Lenient } else { Care::Strict };
    let files = Watched::new(folder, &plan, desk.screen.json());
    let taken = analysis::read(&plan, &files, care, &Filter::default());
    files.bar.end();
    let Taken { cohort, told, units, instruments } =
        taken.map_err(|faults| wrong_files(&faults))?;
    let asked = plan.figure_plan(&instruments).map_err(|error| Failure::refused(&error))?;
    let names = (1_u128..).zip(units).map(|(number, name)| (UnitId::number(number), name));
    let names = names.collect();
    let stamp = Stamp {
        made_on: args.on.unwrap_or_else(|| world::now().date_naive()),
        about: About::Files(names),
        demo: false,
        software: store::SOFTWARE.replace('-', " "),
        brief: None,
        unreadable: told.unreadable(),
    };
    Ok((Made { figures: cohort.figures(&asked), stamp }, told))
}

/// The encoding that was said, where one was.
pub(super) const fn encoded(word: EncodingWord) -> Option<Encoded> {
    match word {
        EncodingWord::Auto => None,
        EncodingWord::Windows1252 => Some(Encoded::Windows1252),
        EncodingWord::Latin1 => Some(Encoded::Latin1),
    }
}

/// Everything that is wrong with a plan.
pub(super) fn wrong_plan(faults: &PlanFaults) -> Failure {
    let mut troubles = Troubles::default();
    for finding in faults.iter() {
        let args = texts::figures(&finding.figures());
        troubles.push(Trouble::at(&finding.place(), finding.code(), &args).at_path(&finding.path));
    }
    let total = texts::count(troubles.total());
    Failure::new("cli.plan_faults", &[("n", total)]).with_troubles(troubles)
}

/// Everything that is wrong with the files, each fault with its file.
pub(super) fn wrong_files(files: &[Faults]) -> Failure {
    let mut troubles = Troubles::default();
    for faults in files {
        for fault in faults {
            let place = Place { line: fault.line(), column: fault.column(), field: None };
            let args = texts::figures(&fault.figures());
            let trouble = Trouble::at(&place, fault.code(), &args);
            troubles.push(trouble.in_file(faults.file()));
        }
        troubles.add_untold(faults.total().saturating_sub(faults.iter().len()));
    }
    let lenient = files.iter().flatten().filter(|fault| fault.kind().may_be_missing()).count();
    let (n, files_n) = (texts::count(troubles.total()), texts::count(files.len()));
    let args = [("n", n), ("files", files_n), ("lenient", texts::count(lenient))];
    let lines = if troubles.total() > Troubles::PRINTED { columns(files) } else { Vec::new() };
    Failure::new("cli.file_faults", &args).with_troubles(troubles).listing(lines)
}

/// In which columns most is wrong, where it is too much to be listed.
fn columns(files: &[Faults]) -> Vec<String> {
    /// The most columns that are named.
    const NAMED: usize = 20;
    let of_file = |faults: &'_ Faults| {
        let file = faults.file().to_owned();
        let columns = faults.by_column().clone();
        columns.into_iter().map(move |(column, n)| (Reverse(n), file.clone(), column))
    };
    let mut columns: Vec<_> = files.iter().flat_map(of_file).collect();
    columns.sort();
    let line = |(n, file, column): &(Reverse<usize>, String, usize)| {
        let n = texts::count(n.0);
        text!("trouble-of-column", file = file.as_str(), column = column.to_string(), n = n)
    };
    columns.iter().take(NAMED).map(line).collect()
}

/// What was read, file by file, and what a person should know of it.
fn tell(desk: &mut Desk, told: &Told) {
    /// Lines that are listed, and pairs.
    const LISTED: usize = 20;
    for file in &told.files {
        let role = texts::say(role(file), &[]);
        let rows = Arg::Count(file.rows);
        let args = [("file", file.file.as_str().into()), ("role", role.into()), ("rows", rows)];
        desk.screen.say(texts::say("read-file", &args));
        let of_file = [
            ("read-blank", file.blank_rows),
            ("read-repeated", file.repeated_rows),
            ("read-unreadable", file.out_of_range),
        ];
        for (id, n) in of_file.into_iter().filter(|(_, n)| *n > 0) {
            desk.screen.say(format!("  {}", texts::say(id, &[("n", n.into())])));
        }
        if !file.dropped.is_empty() {
            let lines = file.dropped.iter().take(LISTED).map(u64::to_string);
            let lines = lines.collect::<Vec<_>>().join(", ");
            let more = texts::count(file.dropped.len().saturating_sub(LISTED));
            let n = texts::count(file.dropped.len());
            let args = [("n", n), ("lines", lines.into()), ("more", more)];
            desk.screen.say(format!("  {}", texts::say("read-dropped", &args)));
        }
        for (reason, n) in &file.missing {
            let reason = texts::code("reason", reason.as_str());
            let missing = text!("read-missing", n = *n, reason = reason);
            desk.screen.say(format!("  {missing}"));
        }
    }
    if told.left_out > 0 {
        desk.screen.say(text!("read-left-out", n = told.left_out));
    }
    if told.doubtful_pairs > 0 {
        desk.screen.head(&text!("read-doubtful", n = told.doubtful_pairs));
        for pair in told.doubtful.iter().take(LISTED) {
            let why = texts::say(alike(pair.by), &[]);
            let [one, other] = &pair.people;
            let pair = text!("read-pair", one = one.as_str(), other = other.as_str(), why = why);
            desk.screen.say(format!("  {pair}"));
        }
        desk.screen.say(text!("read-decide"));
    }
    desk.screen.gap();
}

const fn role(file: &FileTold) -> &'static str {
    match file.role {
        analysis::Role::People => "role-of-people",
        analysis::Role::Sheets => "role-of-sheets",
        analysis::Role::Attendance => "role-of-attendance",
    }
}

const fn alike(by: analysis::Alike) -> &'static str {
    match by {
        analysis::Alike::SameName => "alike-same-name",
        analysis::Alike::LikeName => "alike-like-name",
    }
}

/// The files beside a plan, with a bar that shows how much of them was read.
struct Watched {
    folder: Folder,
    bar: Arc<Progress>,
    all: u64,
    done: Arc<AtomicU64>,
}

impl Watched {
    fn new(folder: PathBuf, plan: &Plan, json: bool) -> Self {
        let people = plan.people.iter().map(|it| &it.file.file);
        let sheets = plan.sheets.iter().map(|it| &it.file.file);
        let attendance = plan.attendance.iter().map(|it| &it.file.file);
        let sizes = people
            .chain(sheets)
            .chain(attendance)
            .map(|name| std::fs::metadata(folder.join(name)).map_or(0, |meta| meta.len()));
        let all = sizes.sum();
        let bar = Arc::new(Progress::new(json));
        bar.at(0, all);
        bar.stage(text!("stage-reading"));
        Self { folder: Folder::new(folder), bar, all, done: Arc::default() }
    }
}

impl Files for Watched {
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        let inner = self.folder.open(name)?;
        let (bar, done, all) = (Arc::clone(&self.bar), Arc::clone(&self.done), self.all);
        Ok(Box::new(Counted { inner, bar, done, all }))
    }
}

/// A file whose bytes are counted as they are read.
struct Counted {
    inner: Box<dyn Source>,
    bar: Arc<Progress>,
    done: Arc<AtomicU64>,
    all: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        /// How many bytes are read between two looks at the bar.
        const STEP: u64 = 1 << 20;
        let read = self.inner.read(buffer)?;
        let more = u64::try_from(read).unwrap_or(0);
        let before = self.done.fetch_add(more, Ordering::Relaxed);
        let now = before.saturating_add(more);
        if before / STEP != now / STEP {
            // Some files are read twice.
            self.bar.at(now.min(self.all), self.all);
        }
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
