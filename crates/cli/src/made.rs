//! A report that was made, as a page, a workbook, a folder of files, or a look at what it keeps back.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use analysis::release::Released;
use outcomes::{Figures, figures::Shown, stats::NoFigure, suppression::Audience};
use report::{About, Arg, Stamp, Table};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use crate::{
    commands::Desk,
    failure::Failure,
    place,
    texts::{self, text},
    world,
};

/// The version of `report.json`.
const FORMAT: u64 = 1;
/// What lies in the folder of a report.
const PAGE: &str = "report.html";
const WORKBOOK: &str = "report.xlsx";
const JSON: &str = "report.json";
const TABLES: &str = "tables";

/// The files of a report, by their names in its folder.
pub(crate) type Files = Vec<(PathBuf, Vec<u8>)>;

/// A report, ready to be written.
pub(crate) struct Made {
    pub(crate) figures: Figures,
    pub(crate) stamp: Stamp,
}

impl Made {
    /// The page.
    pub(crate) fn page(&self) -> String {
        report::html(&self.figures, texts::words(), &self.stamp)
    }

    /// The workbook.
    pub(crate) fn workbook(&self) -> Result<Vec<u8>, Failure> {
        let made = report::workbook(&self.figures, texts::words(), &self.stamp);
        made.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))
    }

    /// The tables.
    pub(crate) fn tables(&self) -> Vec<Table> {
        report::tables(&self.figures, texts::words(), &self.stamp)
    }

    /// The figures for programs. Those that the files of an evaluation do not know are not in them.
    pub(crate) const fn json(&self) -> Json<'_> {
        Json(self)
    }

    /// Writes all of it into a folder, or nothing.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        may_be_replaced(folder)?;
        let mut batch = Batch::default();
        batch
            .fill(folder, |new| self.each_file(&mut |name, bytes| write_in(new, &name, &bytes)))?;
        batch.put_in_place()
    }

    /// Every file by its name in the folder.
    pub(crate) fn files(&self) -> Result<Files, Failure> {
        let mut files = Vec::new();
        self.each_file(&mut |name, bytes| {
            files.push((name, bytes));
            Ok(())
        })?;
        Ok(files)
    }

    /// Makes one file after the other, so that no more than one is held.
    fn each_file(
        &self,
        take: &mut dyn FnMut(PathBuf, Vec<u8>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        take(PathBuf::from(PAGE), self.page().into_bytes())?;
        let mut json = serde_json::to_vec_pretty(&self.json()).unwrap_or_default();
        json.push(b'\n');
        take(PathBuf::from(JSON), json)?;
        take(PathBuf::from(WORKBOOK), self.workbook()?)?;
        for table in self.tables().iter().filter(|table| !table.rows().is_empty()) {
            let bytes = table.csv(texts::words());
            let bytes = bytes.map_err(|error| Failure::new("cli.not_made", &[]).because(&error))?;
            take(Path::new(TABLES).join(format!("{}.csv", table.name())), bytes)?;
        }
        Ok(())
    }

    /// Says for whom it is.
    pub(crate) fn tell_audience(&self, desk: &mut Desk) {
        let floor = self.figures.floor;
        desk.screen.say(match self.figures.audience {
            Audience::Inside => text!("report-inside", floor = floor),
            Audience::Outside => text!("report-outside", floor = floor),
        });
    }

    /// Shows which tables keep something back, why, and what would show, before anything is written.
    pub(crate) fn preview(&self, desk: &mut Desk) -> Value {
        let tables = self.tables();
        let heads = [text!("preview-table"), text!("preview-says"), text!("preview-state")];
        let rows = tables
            .iter()
            .map(|table| vec![table.name().to_owned(), table.caption().to_owned(), state(table)]);
        desk.screen.table(&heads, rows);
        let mut reasons: Vec<(Vec<&str>, &[String])> = Vec::new();
        for table in tables.iter().filter(|table| !table.kept_back().is_empty()) {
            match reasons.iter_mut().find(|(_, lines)| *lines == table.kept_back()) {
                Some((names, _)) => names.push(table.name()),
                None => reasons.push((vec![table.name()], table.kept_back())),
            }
        }
        for (names, lines) in reasons {
            desk.screen.head(&names.join(", "));
            for line in lines {
                desk.screen.say(line);
            }
        }
        self.tell_audience(desk);
        let told = |table: &Table| {
            json!({
                "name": table.name(),
                "caption": table.caption(),
                "rows": table.rows().len(),
                "hidden_cells": table.hidden_cells(),
                "kept_back": table.kept_back(),
            })
        };
        tables.iter().map(told).collect()
    }
}

/// A report for programs, as it is written: of many circles no tree is built.
pub(crate) struct Json<'a>(&'a Made);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(Made { figures, stamp }) = self;
        let Stamp { made_on, demo, software, brief, .. } = stamp;
        let mut map = to.serialize_map(None)?;
        if let Some(brief) = brief {
            map.serialize_entry("asked", brief)?;
        }
        map.serialize_entry("demo", demo)?;
        map.serialize_entry("figures", &Known(self.0))?;
        map.serialize_entry("made_on", made_on)?;
        map.serialize_entry("report", &FORMAT)?;
        map.serialize_entry("software", software)?;
        if let Some(unreadable) = stamp.unreadable_told(figures.floor) {
            map.serialize_entry("unreadable", &unreadable)?;
        }
        map.end()
    }
}

/// The figures that are known of what a report is about.
struct Known<'a>(&'a Made);

impl Serialize for Known<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Made { figures, stamp } = self.0;
        // The rows of circles are as many as there are circles: they are written as they stand.
        let few = Figures { circles: Shown::NoFigure(NoFigure::Nothing), ..figures.clone() };
        let mut few = serde_json::to_value(&few).unwrap_or_default();
        let is_whole = matches!(stamp.about, About::Program(_));
        if let Some(few) = few.as_object_mut().filter(|_| !is_whole) {
            for unknown in ["safety", "overdue", "overdue_total"] {
                few.remove(unknown);
            }
            if matches!(stamp.about, About::Files(_)) {
                few.remove("delivery");
                // Where files tell who came, they tell how often people met.
                let held = figures.delivery.sessions_held;
                if held > 0 {
                    few.insert("delivery".to_owned(), json!({ "sessions_held": held }));
                }
            }
        }
        let mut map = to.serialize_map(None)?;
        for (name, value) in few.as_object().into_iter().flatten() {
            if name == "circles" {
                map.serialize_entry(name, &figures.circles)?;
            } else {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

/// Folders that are written all together: each is filled beside its place first, and none is seen before all are full.
#[derive(Default)]
pub(crate) struct Batch(Vec<Filled>);

/// A folder that was filled beside its place.
struct Filled {
    folder: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Batch {
    /// Adds a folder with these files.
    pub(crate) fn add(
        &mut self,
        folder: &Path,
        files: &[(PathBuf, Vec<u8>)],
    ) -> Result<(), Failure> {
        self.fill(folder, |new| {
            files.iter().try_for_each(|(name, bytes)| write_in(new, name, bytes))
        })
    }

    fn fill(
        &mut self,
        folder: &Path,
        fill: impl FnOnce(&Path) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let name = folder.file_name();
        let name =
            name.ok_or_else(|| Failure::new("cli.not_a_folder", &[("file", shown(folder))]))?;
        // What an earlier run left that was broken off takes room.
        sweep(folder, NEW);
        let code = commons::DocumentId::from_bytes(world::random()).short().to_lowercase();
        let aside = |what: &str| {
            let mut aside = name.to_owned();
            aside.push(format!("{what}{code}"));
            folder.with_file_name(aside)
        };
        let new = aside(NEW);
        self.0.push(Filled { folder: folder.to_owned(), new: new.clone(), old: aside(OLD) });
        make_folder(&new)?;
        fill(&new)
    }

    /// Puts every folder in its place, one after the other.
    pub(crate) fn put_in_place(self) -> Result<(), Failure> {
        for Filled { folder, new, old } in &self.0 {
            put_in_place(new, folder, old)
                .map_err(|error| Failure::not_written_at(folder, &error))?;
            sweep(folder, OLD);
        }
        Ok(())
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        for filled in &self.0 {
            // It was put in its place, or an error led here and is told.
            let _ = fs::remove_dir_all(&filled.new);
        }
    }
}

/// Writes files into a folder, or nothing.
pub(crate) fn put(folder: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let mut batch = Batch::default();
    batch.add(folder, files)?;
    batch.put_in_place()
}

const NEW: &str = ".new-";
const OLD: &str = ".old-";

/// Whether a folder is one that a run left beside a place when it was broken off.
pub(crate) fn is_left(name: &str) -> bool {
    [NEW, OLD].iter().any(|what| {
        let code = name.rsplit_once(what).map(|(_, code)| code);
        code.is_some_and(|code| {
            let is_of_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            code.len() == 6 && code.chars().all(is_of_code)
        })
    })
}

/// Takes away what a run left beside a place when it was broken off, and nothing else. What cannot be taken away stays.
fn sweep(folder: &Path, what: &str) {
    let beside = folder.parent().filter(|beside| !beside.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(beside.unwrap_or(Path::new("."))) else { return };
    let start = folder.file_name().unwrap_or_default().to_string_lossy();
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_of = name.strip_prefix(&*start).is_some_and(|rest| rest.starts_with(what));
        if is_of && is_left(&name) && is_ours(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether nothing but files of reports lies in a folder.
fn is_ours(folder: &Path) -> bool {
    let ours = [PAGE, WORKBOOK, JSON, TABLES, Released::MANIFEST];
    let is_ours = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| ours.iter().any(|ours| entry.file_name() == *ours))
    };
    fs::read_dir(folder).is_ok_and(|mut entries| entries.all(is_ours))
}

/// Every file in a folder and in those within it, by its name with `/` between its parts.
pub(crate) fn files_in(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = open.pop() {
        let failed = |error| Failure::unreadable_at(&folder, &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type().map_err(failed)?.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                files.insert(name, place::read(&entry.path(), 256 << 20)?);
            }
        }
    }
    Ok(files)
}

/// The name of a file in a folder, with `/` between its parts on whatever system.
pub(crate) fn name_in(file: &Path) -> String {
    let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::not_written_at(folder, &error))
}

fn write_in(folder: &Path, name: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let file = folder.join(name);
    if let Some(folder) = file.parent() {
        make_folder(folder)?;
    }
    fs::write(&file, bytes).map_err(|error| Failure::not_written_at(&file, &error))
}

fn shown(path: &Path) -> Arg {
    path.display().to_string().into()
}

/// How much of a table shows.
fn state(table: &Table) -> String {
    let hidden = table.hidden_cells();
    if table.rows().is_empty() {
        let kept_back = !table.kept_back().is_empty();
        if kept_back { text!("preview-kept-back") } else { text!("preview-empty") }
    } else if hidden > 0 {
        texts::say("preview-cells", &[("n", texts::count(hidden))])
    } else {
        text!("preview-shows")
    }
}

/// Whether a folder may be written: it is not there, it is empty, or it holds a report of ours and nothing else.
pub(crate) fn may_be_replaced(folder: &Path) -> Result<(), Failure> {
    let marked = || {
        let bytes = place::read(&folder.join(JSON), 64 << 20).ok()?;
        serde_json::from_slice::<Value>(&bytes).ok()?.get("report")?.as_u64()
    };
    replaces(folder, &[PAGE, WORKBOOK, JSON, TABLES], "cli.not_a_report", || marked().is_some())
}

/// Whether a folder may be written that holds files of ours: it is not there, it is empty, or it holds nothing else and they
/// are as we left them.
pub(crate) fn replaces(
    folder: &Path,
    ours: &[&str],
    code: &str,
    as_left: impl FnOnce() -> bool,
) -> Result<(), Failure> {
    let refused = || Failure::new(code, &[("file", shown(folder))]);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(refused().because(&error)),
    };
    let names: Result<Vec<_>, _> = entries.map(|entry| entry.map(|it| it.file_name())).collect();
    let names = names.map_err(|error| Failure::unreadable_at(folder, &error))?;
    let is_ours = |name: &std::ffi::OsString| ours.iter().any(|it| name == it);
    if names.is_empty() || (names.iter().all(is_ours) && as_left()) {
        Ok(())
    } else {
        Err(refused())
    }
}

/// Puts the new folder where the old one was; where that fails, the old one comes back.
fn put_in_place(new: &Path, folder: &Path, old: &Path) -> io::Result<()> {
    let was_there = folder.exists();
    if was_there {
        fs::rename(folder, old)?;
    }
    if let Err(error) = fs::rename(new, folder) {
        if was_there {
            fs::rename(old, folder)?;
        }
        return Err(error);
    }
    if was_there { fs::remove_dir_all(old) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn of_several_folders_none_is_seen_before_all_are_full() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| (PathBuf::from(name), b"1".to_vec());
        let put = |second: &[(PathBuf, Vec<u8>)]| {
            let mut batch = Batch::default();
            batch.add(&folder.path().join("a"), &[file(PAGE)])?;
            batch.add(&folder.path().join("b"), second)?;
            batch.put_in_place()
        };
        // Broken off: one of ours, what somebody else keeps there, and a name that is like ours.
        for left in ["a.new-4t7k-2", "b.old-4t7k-2", "a.new-ideas1", "b.new-mine"] {
            fs::create_dir(folder.path().join(left)).unwrap();
        }
        fs::write(folder.path().join("a.new-ideas1/notes.txt"), "mine").unwrap();
        // A file cannot be a folder too.
        let failed = put(&[file("x"), file("x/y")]).unwrap_err();
        assert!(failed.message.contains("/x” could not be written"), "{}", failed.message);
        assert_eq!(names(folder.path()), ["a.new-ideas1", "b.new-mine", "b.old-4t7k-2"]);
        put(&[file(PAGE)]).unwrap();
        assert_eq!(names(folder.path()), ["a", "a.new-ideas1", "b", "b.new-mine"]);
    }
}
