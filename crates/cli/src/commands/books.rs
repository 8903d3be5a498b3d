//! Reports that are defined once, built together, and released for good.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use analysis::Care;
use analysis::release::{
    Book, BookFaults, Built, Changes, Definition, Inputs, Manifest, NotARelease, Released, Table,
    build, changes, sha256,
};
use chrono::NaiveDate;
use commons::{Code, Refused};
use interchange::Place;
use outcomes::{figures::Period, suppression::Audience};
use report::{Arg, Stamp};
use serde_json::json;

use super::{Desk, briefs, doors::Door};
use crate::{
    args::{AudienceWord, BuildReports, CheckRelease, Define, ListReports, ReportVerb},
    exit::Exit,
    failure::Failure,
    made::{self, Made},
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

fn read_book(text: &str) -> Result<Book, Failure> {
    Book::parse(text).map_err(|faults| wrong_book(&faults))
}

fn wrong_book(faults: &BookFaults) -> Failure {
    let mut troubles = Troubles::default();
    for found in faults.faults() {
        let column = usize::try_from(found.column).ok();
        let place = Place { line: Some(found.line.into()), column, field: None };
        let args = texts::figures(&found.fault.figures());
        troubles.push(Trouble::at(&place, found.fault.code(), &args));
    }
    let total = texts::count(troubles.total());
    Failure::new("cli.book_faults", &[("n", total)]).with_troubles(troubles)
}

/// Adds a report to a book; the book is made where it is not there.
fn define(desk: &mut Desk, args: &Define) -> Result<Exit, Failure> {
    let before = if args.book.exists() { place::read_text(&args.book)? } else { String::new() };
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
        audience: match args.audience {
            AudienceWord::Inside => Audience::Inside,
            AudienceWord::Outside => Audience::Outside,
        },
        floor: args.floor,
        period: args.from.zip(args.to).map(|(from, to)| Period { from, to }),
        filter,
        joined_on: args.joined_on.clone(),
        indicators: Vec::new(),
    };
    let written = definition.to_toml();
    let written = written.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))?;
    let gap = if before.is_empty() { "" } else { "\n" };
    let text = format!("{before}{gap}{written}");
    let book = read_book(&text)?;
    place::write(&args.book, text.as_bytes())?;
    let file = args.book.display().to_string();
    desk.screen.say(text!("book-defined", name = args.name.as_str(), file = file));
    desk.screen.answer(&json!({ "book": args.book, "reports": book.definitions().len() }));
    Ok(Exit::Done)
}

fn list(desk: &mut Desk, args: &ListReports) -> Result<Exit, Failure> {
    let book = read_book(&place::read_text(&args.book)?)?;
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

/// The files of a report, by their names in its folder.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// What reports are built of.
struct Work {
    book: Book,
    door: Door,
    made_on: NaiveDate,
    inputs: Inputs,
    earlier: Vec<Released>,
    // Of each earlier release, what it was made of.
    made_of: Vec<Manifest>,
}

/// What is asked of the work: the book, the plan, the releases that others have.
struct Asked<'a> {
    book: &'a Path,
    plan: Option<&'a Path>,
    beside: &'a [PathBuf],
    lenient: bool,
    on: Option<NaiveDate>,
    // How far the records had come when a release was made of them.
    records: Option<&'a BTreeMap<String, u64>>,
}

impl<'a> From<&'a BuildReports> for Asked<'a> {
    fn from(args: &'a BuildReports) -> Self {
        let BuildReports { book, plan, beside, lenient, on, .. } = args;
        let (plan, lenient, on) = (plan.as_deref(), *lenient, *on);
        Self { book, plan, beside, lenient, on, records: None }
    }
}

impl Work {
    fn open(desk: &mut Desk, asked: &Asked<'_>) -> Result<Self, Failure> {
        let book_text = place::read_text(asked.book)?;
        let plan_text = asked.plan.map(place::read_text).transpose()?;
        let book = read_book(&book_text)?;
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
        let (mut earlier, mut made_of) = (Vec::new(), Vec::new());
        for release in asked.beside {
            let (released, manifest, figures) = read_release(release)?;
            inputs.earlier.insert(place::label(release), sha256(&figures));
            earlier.push(released);
            made_of.push(manifest);
        }
        Ok(Self { book, door, made_on, inputs, earlier, made_of })
    }

    /// The last release of a report among those named.
    fn last(&self, built: &Built) -> Option<(&Released, &Manifest)> {
        let releases = self.earlier.iter().zip(&self.made_of);
        let same = releases.filter(|(it, _)| it.definition.name == built.definition.name);
        same.max_by_key(|(_, manifest)| manifest.made_on)
    }

    /// Every file of one report, and what changed against its last release.
    fn files(&self, built: &Built) -> Result<(Files, Option<Changes>), Failure> {
        // What a release was made of is known before its files are.
        let changes = self.last(built).map(|(last, made_of)| {
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
        let named = files.iter().map(|(file, bytes)| {
            // One way to write a path, on whatever system.
            let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
            (parts.collect::<Vec<_>>().join("/"), bytes.clone())
        });
        let software = software();
        let made = (self.made_on, software.as_str());
        Manifest::new(&built.definition, &built.figures, &self.inputs, &named.collect(), made)
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

fn read_release(folder: &Path) -> Result<(Released, Manifest, Vec<u8>), Failure> {
    let text = place::read_text(&folder.join(Released::MANIFEST))?;
    let figures = place::read(&folder.join(Released::FIGURES), 64 << 20)?;
    let wrong = |error: NotARelease| Failure::new("cli.not_a_release", &[]).because(&error);
    let released = Released::read(&text, &figures).map_err(wrong)?;
    let manifest = Manifest::from_toml(&text).map_err(|error| wrong(error.into()))?;
    Ok((released, manifest, figures))
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
    let mut told = Vec::new();
    for report in &built {
        let (files, changes) = work.files(report)?;
        made::put(&folder(report), &files)?;
        let file = folder(report).display().to_string();
        desk.screen.say(text!("report-done", file = file));
        tell_undated(desk, &work, report);
        tell_withheld(desk, report);
        tell_changes(desk, changes.as_ref());
        told.push(changes);
    }
    desk.screen.answer(&answer(&built, &told));
    Ok(Exit::Done)
}

fn answer(built: &[Built], changes: &[Option<Changes>]) -> serde_json::Value {
    let reports = built.iter().zip(changes).map(|(it, changes)| {
        json!({
            "name": it.definition.name,
            "indicators": it.indicators,
            "withheld": it.withheld,
            "changes": changes,
        })
    });
    json!({ "reports": reports.collect::<Vec<_>>() })
}

/// Writes every report into a folder of its own that says what it was made of. Nothing is replaced.
fn freeze(desk: &mut Desk, args: &BuildReports) -> Result<Exit, Failure> {
    let mut work = Work::open(desk, &args.into())?;
    let made_on = work.made_on;
    let folder = |built: &Built| args.out.join(format!("{}-{made_on}", built.definition.name));
    let built = work.build()?;
    if built.iter().any(|it| folder(it).exists()) {
        return Err(Failure::new("cli.release_there", &[]));
    }
    let mut told = Vec::new();
    for report in &built {
        let (mut files, changes) = work.files(report)?;
        let manifest = work.manifest(report, &files).to_toml();
        let manifest =
            manifest.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))?;
        files.push((PathBuf::from(Released::MANIFEST), manifest.into_bytes()));
        made::put(&folder(report), &files)?;
        let file = folder(report).display().to_string();
        desk.screen.say(text!("release-done", file = file));
        tell_undated(desk, &work, report);
        tell_withheld(desk, report);
        tell_changes(desk, changes.as_ref());
        told.push(changes);
    }
    desk.screen.answer(&answer(&built, &told));
    Ok(Exit::Done)
}

/// Builds a release again, and says in what it differs.
fn check(desk: &mut Desk, args: &CheckRelease) -> Result<Exit, Failure> {
    let wrong = |error| Failure::new("cli.not_a_release", &[]).because(&error);
    let text = place::read_text(&args.release.join(Released::MANIFEST))?;
    let was = Manifest::from_toml(&text).map_err(wrong)?;
    let lying = lying(&args.release, was.files.keys())?;
    let mut lines: Vec<String> = was
        .altered(&lying)
        .iter()
        .map(|(file, _)| text!("release-altered", file = file.as_str()))
        .collect();
    // It was made on that day, of the records as they were then, and with as much care.
    let asked = Asked {
        book: &args.book,
        plan: args.plan.as_deref(),
        beside: &args.beside,
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
    let now = work.manifest(report, &files);
    let differences = was.differences(&now);
    lines.extend(differences.iter().map(briefs::difference));
    let name = was.report.as_str();
    if lines.is_empty() {
        desk.screen.say(text!("release-equal", name = name));
        desk.screen.answer(&json!({ "report": was.report, "differences": [] }));
        return Ok(Exit::Done);
    }
    let args: [(&str, Arg); 1] = [("name", name.into())];
    Err(Failure::new("cli.release_differs", &args)
        .listing(lines)
        .knowing("differences", &differences))
}

/// The files of a release that lie in its folder.
fn lying<'a>(
    folder: &Path,
    names: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    for name in names {
        let path = folder.join(name);
        if path.exists() {
            files.insert(name.clone(), place::read(&path, 256 << 20)?);
        }
    }
    Ok(files)
}
