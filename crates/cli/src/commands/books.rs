//! Reports that are defined once, built together, and released for good.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use analysis::Care;
use analysis::release::{
    Actual, Basis, Book, BookFaults, Built, Changes, Definition, Difference, Indicator, Inputs,
    Manifest, NotARelease, Released, Table, build, changes, sha256,
};
use chrono::NaiveDate;
use commons::{Code, Refused};
use outcomes::{figures::Period, suppression::Audience};
use report::{Arg, Stamp};
use serde_json::json;

use super::{Desk, briefs, doors::Door};
use crate::{
    args::{AudienceWord, BuildReports, CheckRelease, Define, ListReports, ReportVerb},
    exit::Exit,
    failure::Failure,
    made::{self, Batch, Files, Made},
    place, store,
    texts::{self, text},
    trouble::{Trouble, Troubles},
    world,
};

pub(crate) fn run(desk: &mut Desk, verb: &ReportVerb) -> Result<Exit, Failure> {
    match verb {
        ReportVerb::Define(args) => define(desk, args),
        ReportVerb::List(args) => list(desk, args),
        ReportVerb::Build(args) => build_all(desk, args),
        ReportVerb::Freeze(args) => freeze(desk, args),
        ReportVerb::Check(args) => check(desk, args),
    }
}

fn read_book(file: &Path, text: &str) -> Result<Book, Failure> {
    Book::parse(text).map_err(|faults| wrong_book(file, &faults))
}

/// The book of a file; one without reports is most likely another file, or a slip of the pen.
fn filled_book(file: &Path, text: &str) -> Result<Book, Failure> {
    let book = read_book(file, text)?;
    if book.definitions().is_empty() {
        return Err(Failure::new("cli.empty_book", &[("file", shown(file))]));
    }
    Ok(book)
}

fn wrong_book(file: &Path, faults: &BookFaults) -> Failure {
    let mut troubles = Troubles::default();
    for found in faults {
        let args = texts::figures(&found.figures());
        troubles.push(Trouble::at(&found.place(), found.code(), &args).at_path(&found.path));
    }
    let total = texts::count(troubles.total());
    Failure::new("cli.book_faults", &[("n", total), ("file", shown(file))]).with_troubles(troubles)
}

fn shown(path: &Path) -> Arg {
    path.display().to_string().into()
}

/// Adds a report to a book; the book is made where it is not there.
fn define(desk: &mut Desk, args: &Define) -> Result<Exit, Failure> {
    let before = if args.book.exists() { place::read_text(&args.book)? } else { String::new() };
    // What is wrong in the file is told of the file, and what is asked for now of its option.
    let known = read_book(&args.book, &before)?;
    if known.definition(args.name.as_str()).is_some() {
        let args = [("name", args.name.as_str().into()), ("file", shown(&args.book))];
        return Err(Failure::new("cli.report_there", &args));
    }
    let period = args.from.zip(args.to).map(|(from, to)| Period { from, to });
    if period.is_some_and(|period| period.to < period.from) {
        return Err(Failure::new("cli.period_backwards", &[]));
    }
    let audience = match args.audience {
        AudienceWord::Inside => Audience::Inside,
        AudienceWord::Outside => Audience::Outside,
    };
    let least = audience.floor();
    if let Some(found) = args.floor.filter(|found| *found < least) {
        let args = [("found", found.into()), ("least", least.into())];
        return Err(Failure::new("cli.floor_below", &args));
    }
    let mut filter: BTreeMap<Code, BTreeSet<Code>> = BTreeMap::new();
    for only in &args.only {
        let wrong = || Failure::new("cli.not_a_group", &[]);
        let (by, group) = only.split_once('=').ok_or_else(wrong)?;
        let code = |text: &str| text.trim().parse::<Code>().map_err(|_| wrong());
        filter.entry(code(by)?).or_default().insert(code(group)?);
    }
    let definition = Definition {
        name: args.name.clone(),
        title: args.title.clone(),
        audience,
        floor: args.floor,
        period,
        filter,
        joined_on: args.joined_on.clone(),
        indicators: Vec::new(),
    };
    let written = definition.to_toml();
    let written = written.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))?;
    let gap = if before.is_empty() { "" } else { "\n" };
    let text = format!("{before}{gap}{written}");
    let book = read_book(&args.book, &text)?;
    place::write(&args.book, text.as_bytes())?;
    let file = args.book.display().to_string();
    desk.screen.say(text!("book-defined", name = args.name.as_str(), file = file));
    desk.screen.answer(&json!({ "book": args.book, "reports": book.definitions().len() }));
    Ok(Exit::Done)
}

fn list(desk: &mut Desk, args: &ListReports) -> Result<Exit, Failure> {
    let book = filled_book(&args.book, &place::read_text(&args.book)?)?;
    let heads =
        [text!("book-name"), text!("book-title"), text!("book-period"), text!("book-people")];
    let rows = book.definitions().iter().map(|it| {
        let period = it.period.map_or_else(String::new, |it| format!("{} – {}", it.from, it.to));
        let groups = it.filter.iter().map(|(by, groups)| {
            let groups: Vec<&str> = groups.iter().map(Code::as_str).collect();
            format!("{by}: {}", groups.join(", "))
        });
        vec![it.name.to_string(), it.title.clone(), period, groups.collect::<Vec<_>>().join("; ")]
    });
    desk.screen.table(&heads, rows);
    desk.screen.answer(&json!({ "reports": book.definitions() }));
    Ok(Exit::Done)
}

/// What reports are built of.
struct Work {
    book: Book,
    door: Door,
    made_on: NaiveDate,
    inputs: Inputs,
    earlier: Vec<Released>,
    // Of each report, its last release, and what that was made of.
    last: BTreeMap<Code, (Released, Manifest)>,
    // The earlier releases that nobody named: they lie where new ones are written.
    lying: Vec<String>,
}

/// What is asked of the work: the book, the plan, the releases that others have.
struct Asked<'a> {
    book: &'a Path,
    plan: Option<&'a Path>,
    beside: &'a [PathBuf],
    // The folder in which releases are made: whoever has the one has the other.
    out: Option<&'a Path>,
    lenient: bool,
    on: Option<NaiveDate>,
    // How far the records had come when a release was made of them.
    records: Option<&'a BTreeMap<String, u64>>,
}

impl<'a> From<&'a BuildReports> for Asked<'a> {
    fn from(args: &'a BuildReports) -> Self {
        let BuildReports { book, plan, beside, lenient, on, .. } = args;
        let (plan, lenient, on) = (plan.as_deref(), *lenient, *on);
        Self { book, plan, beside, out: None, lenient, on, records: None }
    }
}

impl Work {
    fn open(desk: &mut Desk, asked: &Asked<'_>) -> Result<Self, Failure> {
        let book_text = place::read_text(asked.book)?;
        let plan_text = asked.plan.map(place::read_text).transpose()?;
        let book = filled_book(asked.book, &book_text)?;
        let care = if asked.lenient { Care::Lenient } else { Care::Strict };
        // A book may be part of a plan; without a plan, reports are of the program's own records.
        let plan = plan_text.as_deref().or_else(|| is_plan(&book_text).then_some(&book_text));
        let (door, made_on) = match plan {
            Some(text) => {
                let folder = asked.plan.unwrap_or(asked.book).parent().unwrap_or(Path::new(""));
                let made_on = asked.on.unwrap_or_else(|| world::now().date_naive());
                (Door::of_files(text, folder, care)?, made_on)
            }
            None => Door::of_records(desk, asked.on, asked.records)?,
        };
        let mut inputs = Inputs {
            book: book_text.into_bytes(),
            plan: plan_text.map(String::into_bytes),
            lenient: asked.lenient,
            ..Inputs::default()
        };
        door.tell(&mut inputs)?;
        let lying = match asked.out {
            Some(out) => releases_in(out, &book, made_on)?,
            None => Vec::new(),
        };
        let mut releases = BTreeMap::new();
        for folder in asked.beside.iter().chain(&lying) {
            let (released, manifest, figures) = read_release(folder)?;
            // One release counts once, and their order does not depend on how they were named.
            releases.insert((place::label(folder), sha256(&figures)), (released, manifest));
        }
        let (mut earlier, mut last) = (Vec::new(), BTreeMap::<Code, (Released, Manifest)>::new());
        for ((label, figures), (released, manifest)) in releases {
            // Two folders of one name are two releases.
            let more = (2..).map(|n: u32| format!("{label} ({n})"));
            let mut labels = std::iter::once(label.clone()).chain(more);
            let label = labels.find(|label| !inputs.earlier.contains_key(label));
            inputs.earlier.insert(label.unwrap_or_default(), figures);
            let name = &released.definition.name;
            if last.get(name).is_none_or(|(_, known)| known.made_on <= manifest.made_on) {
                last.insert(name.clone(), (released.clone(), manifest));
            }
            // What two releases tell alike is subtracted once.
            if !earlier.contains(&released) {
                earlier.push(released);
            }
        }
        let lying = lying.iter().map(|folder| place::label(folder)).collect();
        Ok(Self { book, door, made_on, inputs, earlier, last, lying })
    }

    /// Every file of one report, and what changed against its last release.
    fn files(&self, built: &Built) -> Result<(Files, Option<Changes>), Failure> {
        // What a release was made of is known before its files are.
        let changes = self.last.get(&built.definition.name).map(|(last, made_of)| {
            let now = self.manifest(built, &[]);
            let (was, is) = ((&last.figures, made_of), (&built.figures, &now));
            (changes(was, is, built.basis), made_of.made_on)
        });
        let since = changes.as_ref().map(|(changes, made_on)| (changes, *made_on));
        let stamp = Stamp {
            made_on: self.made_on,
            about: self.door.about(&built.definition, built.basis),
            demo: self.door.demo(),
            software: software(),
            brief: Some(briefs::brief(built, since)),
            unreadable: self.door.unreadable(&built.definition),
        };
        let files = Made { figures: built.figures.clone(), stamp }.files()?;
        Ok((files, changes.map(|(changes, _)| changes)))
    }

    fn manifest(&self, built: &Built, files: &[(PathBuf, Vec<u8>)]) -> Manifest {
        let named = files.iter().map(|(file, bytes)| (made::name_in(file), bytes.clone()));
        let software = software();
        let made = (self.made_on, software.as_str());
        Manifest::new(&built.definition, &built.figures, &self.inputs, &named.collect(), made)
    }

    /// Every file of a release, its manifest among them.
    fn release(&self, built: &Built) -> Result<(Files, Option<Changes>), Failure> {
        let (mut files, changes) = self.files(built)?;
        let manifest = self.manifest(built, &files).to_toml();
        let manifest =
            manifest.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))?;
        files.push((PathBuf::from(Released::MANIFEST), manifest.into_bytes()));
        Ok((files, changes))
    }

    fn build(&mut self) -> Result<Vec<Built>, Failure> {
        let Self { book, door, earlier, .. } = self;
        build(book, |it| door.figures(it), earlier)
    }
}

fn software() -> String {
    store::SOFTWARE.replace('-', " ")
}

/// Whether a text is a plan, whatever else stands in it.
fn is_plan(text: &str) -> bool {
    let read = text.parse::<toml::Table>();
    read.is_ok_and(|table| table.contains_key("schema"))
}

/// The folder of a release.
fn folder_of(out: &Path, name: &Code, made_on: NaiveDate) -> PathBuf {
    out.join(format!("{name}-{made_on}"))
}

/// The releases that lie in a folder, but those that are to be made in it now.
fn releases_in(out: &Path, book: &Book, made_on: NaiveDate) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::unreadable_at(out, &error);
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let now: BTreeSet<PathBuf> =
        book.definitions().iter().map(|it| folder_of(out, &it.name, made_on)).collect();
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        let is_left = made::is_left(&place::label(&path));
        if !is_left && !now.contains(&path) && path.join(Released::MANIFEST).exists() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read_release(folder: &Path) -> Result<(Released, Manifest, Vec<u8>), Failure> {
    let text = place::read_text(&folder.join(Released::MANIFEST))?;
    let figures = place::read(&folder.join(Released::FIGURES), 64 << 20)?;
    let wrong = |error: NotARelease| not_a_release(folder, &error);
    let released = Released::read(&text, &figures).map_err(wrong)?;
    let manifest = Manifest::from_toml(&text).map_err(|error| wrong(error.into()))?;
    Ok((released, manifest, figures))
}

fn not_a_release(folder: &Path, error: &(dyn std::error::Error + 'static)) -> Failure {
    let file = folder.display().to_string();
    Failure::new("cli.not_a_release", &[("file", file.into())]).because(error)
}

/// Says how many figures changed against the last release, and what may have changed them.
fn tell_changes(desk: &mut Desk, changes: Option<&Changes>) {
    let Some(changes) = changes else { return };
    let n = texts::count(changes.figures.len());
    desk.screen.say(format!("  {}", text!("changes-told", n = n)));
    for cause in &changes.causes {
        desk.screen.say(format!("  – {}", briefs::difference(cause)));
    }
}

/// Says which indicators the report cannot have, and why.
fn tell_not_in_report(desk: &mut Desk, built: &Built) {
    for row in built.indicators.iter().filter(|row| row.actual == Actual::NotInReport) {
        let Indicator { what, instrument, .. } = &row.asked;
        let is_read = |id: &Code| built.figures.scales.iter().any(|it| it.instrument == *id);
        let why = match (instrument, built.basis) {
            (Some(id), _) if !is_read(id) => text!("not-in-report-instrument", id = id.as_str()),
            (None, Basis::Files) if !built.basis.knows(*what) => text!("not-in-report-files"),
            (None, Basis::Part) if !built.basis.knows(*what) => text!("not-in-report-part"),
            _ => text!("not-in-report-reading"),
        };
        let label = briefs::label(built, row);
        desk.screen.say(format!("  {}", text!("not-in-report", label = label, why = why)));
    }
}

/// Says how many people are in no period, since nothing says when they joined.
fn tell_undated(desk: &mut Desk, work: &Work, built: &Built) {
    let n = work.door.undated(&built.definition);
    if n > 0 {
        desk.screen.say(format!("  {}", texts::say("book-undated", &[("n", n.into())])));
    }
}

/// Says what was kept back, and beside what it would tell.
fn tell_withheld(desk: &mut Desk, built: &Built) {
    for withheld in &built.withheld {
        let beside = withheld.beside.iter().map(|it| {
            let id = if it.is_earlier { "book-earlier" } else { "book-report" };
            texts::say(id, &[("name", it.report.as_str().into())])
        });
        let beside: BTreeSet<String> = beside.collect();
        let beside = beside.into_iter().collect::<Vec<_>>().join(", ");
        let table = table(&withheld.table);
        let line = text!(
            "book-withheld",
            name = built.definition.name.as_str(),
            table = table,
            beside = beside
        );
        desk.screen.say(format!("  {line}"));
    }
}

fn table(table: &Table) -> String {
    let kind = serde_json::to_value(table.kind).ok();
    let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
    let kind = texts::code("table", &kind.replace('_', "-"));
    table.of.as_ref().map_or_else(|| kind.clone(), |of| format!("{kind} ({of})"))
}

fn build_all(desk: &mut Desk, args: &BuildReports) -> Result<Exit, Failure> {
    let mut work = Work::open(desk, &args.into())?;
    let folder = |built: &Built| args.out.join(built.definition.name.as_str());
    let built = work.build()?;
    for report in &built {
        made::may_be_replaced(&folder(report))?;
    }
    let (mut batch, mut told) = (Batch::default(), Vec::new());
    for report in &built {
        let (files, changes) = work.files(report)?;
        batch.add(&folder(report), &files)?;
        told.push(changes);
    }
    batch.put_in_place()?;
    for (report, changes) in built.iter().zip(&told) {
        let file = folder(report).display().to_string();
        desk.screen.say(text!("report-done", file = file));
        tell(desk, &work, report, changes.as_ref());
    }
    desk.screen.answer(&answer(&work, &built, &told));
    Ok(Exit::Done)
}

/// Says what a reader of a report should know of it.
fn tell(desk: &mut Desk, work: &Work, report: &Built, changes: Option<&Changes>) {
    tell_undated(desk, work, report);
    tell_not_in_report(desk, report);
    tell_withheld(desk, report);
    tell_changes(desk, changes);
}

fn answer(work: &Work, built: &[Built], changes: &[Option<Changes>]) -> serde_json::Value {
    let reports = built.iter().zip(changes).map(|(it, changes)| {
        json!({
            "name": it.definition.name,
            "indicators": it.indicators,
            "withheld": it.withheld,
            "changes": changes,
        })
    });
    let beside: Vec<&String> = work.inputs.earlier.keys().collect();
    json!({ "beside": beside, "reports": reports.collect::<Vec<_>>() })
}

/// Writes every report into a folder of its own that says what it was made of. Nothing is replaced: what is there
/// already and the same to the byte, since a run before was broken off, is done.
fn freeze(desk: &mut Desk, args: &BuildReports) -> Result<Exit, Failure> {
    let mut work = Work::open(desk, &Asked { out: Some(&args.out), ..args.into() })?;
    if !work.lying.is_empty() {
        desk.screen.say(text!("release-lying", releases = work.lying.join(", ")));
    }
    let made_on = work.made_on;
    let folder = |built: &Built| folder_of(&args.out, &built.definition.name, made_on);
    let built = work.build()?;
    let (mut batch, mut told) = (Batch::default(), Vec::new());
    for report in &built {
        let (files, changes) = work.release(report)?;
        let folder = folder(report);
        let is_new = !folder.exists();
        if is_new {
            batch.add(&folder, &files)?;
        } else if !is_same(&folder, &files)? {
            let file = folder.display().to_string();
            return Err(Failure::new("cli.release_there", &[("file", file.into())]));
        }
        told.push((is_new, changes));
    }
    batch.put_in_place()?;
    for (report, (is_new, changes)) in built.iter().zip(&told) {
        let file = folder(report).display().to_string();
        desk.screen.say(match is_new {
            true => text!("release-done", file = file),
            false => text!("release-same", file = file),
        });
        tell(desk, &work, report, changes.as_ref());
    }
    let told: Vec<_> = told.into_iter().map(|(_, changes)| changes).collect();
    desk.screen.answer(&answer(&work, &built, &told));
    Ok(Exit::Done)
}

/// Whether a folder holds these files and no others.
fn is_same(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<bool, Failure> {
    let lying = made::files_in(folder)?;
    let is_there = |(name, bytes): &(PathBuf, Vec<u8>)| {
        lying.get(&made::name_in(name)).is_some_and(|lying| lying == bytes)
    };
    Ok(lying.len() == files.len() && files.iter().all(is_there))
}

/// Builds a release again, and says in what it differs.
fn check(desk: &mut Desk, args: &CheckRelease) -> Result<Exit, Failure> {
    let text = place::read_text(&args.release.join(Released::MANIFEST))?;
    let was = Manifest::from_toml(&text).map_err(|error| not_a_release(&args.release, &error))?;
    let mut lying = made::files_in(&args.release)?;
    lying.remove(Released::MANIFEST);
    let altered = was.altered(&lying).into_iter();
    let altered = altered.map(|(file, how)| Difference::Altered { file, how });
    let mut differences: Vec<Difference> = altered.collect();
    // It was made on that day, of the records as they were then, with as much care, and beside the same releases.
    let asked = Asked {
        book: &args.book,
        plan: args.plan.as_deref(),
        beside: &[&args.beside[..], &listed(&args.release, &was)].concat(),
        out: None,
        lenient: was.lenient,
        on: Some(was.made_on),
        records: (!was.records.is_empty()).then_some(&was.records),
    };
    let mut work = Work::open(desk, &asked)?;
    let built = work.build()?;
    let report = built.iter().find(|it| it.definition.name == was.report);
    let report = report
        .ok_or_else(|| Failure::new("cli.no_report", &[("name", was.report.as_str().into())]))?;
    let (files, _) = work.files(report)?;
    differences.extend(was.differences(&work.manifest(report, &files)));
    let lines = differences.iter().map(briefs::difference);
    let name = was.report.as_str();
    if differences.iter().all(Difference::is_cause) {
        desk.screen.say(text!("release-equal", name = name));
        if !differences.is_empty() {
            desk.screen.say(text!("release-other-input"));
            for line in lines {
                desk.screen.say(format!("  – {line}"));
            }
        }
        desk.screen.answer(&json!({ "report": was.report, "differences": differences }));
        return Ok(Exit::Done);
    }
    let args: [(&str, Arg); 1] = [("name", name.into())];
    Err(Failure::new("cli.release_differs", &args)
        .listing(lines)
        .knowing("differences", &differences))
}

/// The releases that one was made beside, and that lie where it lies.
fn listed(release: &Path, manifest: &Manifest) -> Vec<PathBuf> {
    let labels = manifest.earlier.keys();
    // A label is the name of a folder and no way to another one.
    let labels = labels.filter(|label| place::label(Path::new(label)) == **label);
    let beside = labels.map(|label| release.join("..").join(label));
    beside.filter(|folder| folder.join(Released::MANIFEST).exists()).collect()
}
