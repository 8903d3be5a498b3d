//! Reports that are defined once, built together, and released for good.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use analysis::release::{
    Book, BookFaults, Built, Changes, Definition, Inputs, Manifest, NotARelease, Released, Table,
    Unmade, build, changes, figures_of, files_of, sha256, sha256_of,
};
use analysis::{Care, Folder, Plan};
use chrono::NaiveDate;
use commons::{Code, Refused};
use interchange::Place;
use outcomes::{figures::Period, suppression::Audience};
use report::{About, Arg, Stamp};
use serde_json::json;

use super::{Desk, analyze, briefs};
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
    plan: Plan,
    folder: PathBuf,
    care: Care,
    inputs: Inputs,
    earlier: Vec<Released>,
    // Of each earlier release, what it was made of.
    made_of: Vec<Manifest>,
}

impl Work {
    fn open(
        book: &Path,
        plan: Option<&Path>,
        beside: &[PathBuf],
        lenient: bool,
    ) -> Result<Self, Failure> {
        let book_text = place::read_text(book)?;
        let plan_text = plan.map(place::read_text).transpose()?;
        let plan_file = plan.unwrap_or(book);
        let text = plan_text.as_deref().unwrap_or(&book_text);
        let plan = Plan::from_toml(text).map_err(|faults| analyze::wrong_plan(&faults))?;
        let book = read_book(&book_text)?;
        let folder = plan_file.parent().unwrap_or(Path::new("")).to_owned();
        let mut inputs = Inputs {
            book: book_text.into_bytes(),
            plan: plan_text.map(String::into_bytes),
            ..Inputs::default()
        };
        for file in files_of(&plan) {
            // What is not there is told by whoever reads it.
            if let Ok(source) = fs::File::open(folder.join(&file)) {
                let digest = sha256_of(source).map_err(|error| Failure::unreadable(&error))?;
                inputs.data.insert(file, digest);
            }
        }
        let (mut earlier, mut made_of) = (Vec::new(), Vec::new());
        for release in beside {
            let (released, manifest, figures) = read_release(release)?;
            inputs.earlier.insert(place::label(release), sha256(&figures));
            earlier.push(released);
            made_of.push(manifest);
        }
        let care = if lenient { Care::Lenient } else { Care::Strict };
        Ok(Self { book, plan, folder, care, inputs, earlier, made_of })
    }

    /// The last release of a report among those named.
    fn last(&self, built: &Built) -> Option<(&Released, &Manifest)> {
        let releases = self.earlier.iter().zip(&self.made_of);
        let same = releases.filter(|(it, _)| it.definition.name == built.definition.name);
        same.max_by_key(|(_, manifest)| manifest.made_on)
    }

    /// Every file of one report, and what changed against its last release.
    fn files(
        &self,
        built: &Built,
        made_on: NaiveDate,
    ) -> Result<(Files, Option<Changes>), Failure> {
        // What a release was made of is known before its files are.
        let changes = self.last(built).map(|(last, made_of)| {
            let now = manifest(self, built, &[], made_on);
            let changes = changes((&last.figures, made_of), (&built.figures, &now));
            (changes, made_of.made_on)
        });
        let since = changes.as_ref().map(|(changes, made_on)| (changes, *made_on));
        let stamp = Stamp {
            made_on,
            about: About::Files(BTreeMap::new()),
            demo: false,
            software: store::SOFTWARE.replace('-', " "),
            brief: Some(briefs::brief(built, since)),
        };
        let files = Made { figures: built.figures.clone(), stamp }.files()?;
        Ok((files, changes.map(|(changes, _)| changes)))
    }

    fn build(&self) -> Result<Vec<Built>, Failure> {
        let files = Folder::new(&self.folder);
        let make = |it: &Definition| figures_of(it, &self.plan, &files, self.care);
        build(&self.book, make, &self.earlier).map_err(|error| unmade(&error))
    }
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
        _ => Failure::new("cli.not_made", &[]),
    }
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
    let work = Work::open(&args.book, args.plan.as_deref(), &args.beside, args.lenient)?;
    let made_on = args.on.unwrap_or_else(|| world::now().date_naive());
    let folder = |built: &Built| args.out.join(built.definition.name.as_str());
    let built = work.build()?;
    for report in &built {
        made::may_be_replaced(&folder(report))?;
    }
    let mut told = Vec::new();
    for report in &built {
        let (files, changes) = work.files(report, made_on)?;
        made::put(&folder(report), &files)?;
        let file = folder(report).display().to_string();
        desk.screen.say(text!("report-done", file = file));
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

fn manifest(
    work: &Work,
    built: &Built,
    files: &[(PathBuf, Vec<u8>)],
    made_on: NaiveDate,
) -> Manifest {
    let named = files.iter().map(|(file, bytes)| {
        // One way to write a path, on whatever system.
        let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
        (parts.collect::<Vec<_>>().join("/"), bytes.clone())
    });
    let software = store::SOFTWARE.replace('-', " ");
    let made = (made_on, software.as_str());
    Manifest::new(&built.definition, &built.figures, &work.inputs, &named.collect(), made)
}

/// Writes every report into a folder of its own that says what it was made of. Nothing is replaced.
fn freeze(desk: &mut Desk, args: &BuildReports) -> Result<Exit, Failure> {
    let work = Work::open(&args.book, args.plan.as_deref(), &args.beside, args.lenient)?;
    let made_on = args.on.unwrap_or_else(|| world::now().date_naive());
    let folder = |built: &Built| args.out.join(format!("{}-{made_on}", built.definition.name));
    let built = work.build()?;
    if built.iter().any(|it| folder(it).exists()) {
        return Err(Failure::new("cli.release_there", &[]));
    }
    let mut told = Vec::new();
    for report in &built {
        let (mut files, changes) = work.files(report, made_on)?;
        let manifest = manifest(&work, report, &files, made_on).to_toml();
        let manifest =
            manifest.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))?;
        files.push((PathBuf::from(Released::MANIFEST), manifest.into_bytes()));
        made::put(&folder(report), &files)?;
        let file = folder(report).display().to_string();
        desk.screen.say(text!("release-done", file = file));
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
    let work = Work::open(&args.book, args.plan.as_deref(), &args.beside, args.lenient)?;
    let built = work.build()?;
    let report = built.iter().find(|it| it.definition.name == was.report);
    let report = report
        .ok_or_else(|| Failure::new("cli.no_report", &[("name", was.report.as_str().into())]))?;
    let (files, _) = work.files(report, was.made_on)?;
    let now = manifest(&work, report, &files, was.made_on);
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
