//! A writer killed at random moments, again and again.
//!
//! The writer is the example `crash_writer` of `store-sqlite`: it saves numbered things and prints
//! each number once the store has acknowledged it. A second one, `crash_chores`, merges, erases,
//! compacts, backs up and puts back in every round. Each is killed (`SIGKILL` where there is one) while
//! it opens, writes or flushes; then the same program, with `--check`, opens the store again and
//! compares. A killed process proves nothing about a lost power supply: that is a test of the store.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

use crate::{
    console::say,
    metadata::Metadata,
    random::Random,
    trouble::Trouble,
    workspace::{self, Workspace, typed},
};

/// How long a writer may take to acknowledge its first save.
const PATIENCE: Duration = Duration::from_secs(20);

/// The longest a writer lives after its first save, in microseconds.
const LIFE_MICROS: u64 = 60_000;

/// The longest a writer lives where it is killed while it opens, in microseconds.
const OPENING_MICROS: u64 = 15_000;

/// After how many rounds a new store is begun, so that opening an empty one is tried too.
const ROUNDS_PER_STORE: u32 = 25;

/// For so many kills of the writer there is one of the program that merges, erases, backs up and puts
/// back.
const WRITERS_PER_CHORES: u32 = 2;

/// What was found, over all rounds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Found {
    acknowledged: u64,
    lost: u64,
    half: u64,
    unclean: u64,
}

/// A command over a store and what it acknowledged.
type OverStore<'a> = Box<dyn Fn(&Store) -> Command + 'a>;

/// The program that is killed and asked.
struct Writer<'a> {
    /// Appends numbered saves to the store and prints each number once it is acknowledged.
    write: OverStore<'a>,
    /// Compares the store with what was acknowledged: `lost N half N`, and fails where anything is wrong.
    check: OverStore<'a>,
}

fn writer<'a>(workspace: &'a Workspace, program: &'a Path) -> Writer<'a> {
    Writer {
        write: Box::new(move |store| {
            let mut command = workspace.program(program);
            command.arg(store.file());
            command
        }),
        check: Box::new(move |store| {
            let mut command = workspace.program(program);
            command.arg("--check").arg(store.file()).arg(store.acknowledged());
            command
        }),
    }
}

/// A store under trial, in a folder of its own.
struct Store {
    folder: PathBuf,
}

impl Store {
    /// An empty folder for a new store; whatever was there goes.
    fn begin(folder: &Path) -> Result<Self, Trouble> {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(Trouble::file(folder))?;
        }
        fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// Puts a broken store aside, for whoever looks into it.
    fn keep(&self, round: u32) -> Result<(), Trouble> {
        let aside = self.folder.with_extension(format!("broken-{round}"));
        if aside.exists() {
            fs::remove_dir_all(&aside).map_err(Trouble::file(&aside))?;
        }
        fs::rename(&self.folder, &aside).map_err(Trouble::file(&self.folder))?;
        say(format_args!("round {round}: the broken store is kept in {}", aside.display()));
        Ok(())
    }

    /// The store's own file.
    fn file(&self) -> PathBuf {
        self.folder.join("program.circle")
    }

    /// The numbers that it acknowledged, one a line.
    fn acknowledged(&self) -> PathBuf {
        self.folder.join("acknowledged")
    }
}

/// Kills a writer `count` times and checks the store after each.
///
/// # Errors
///
/// [`Trouble::Broken`] where anything acknowledged was lost, anything was half shown, or a store
/// did not verify.
pub(crate) fn run(workspace: &Workspace, count: u32, seed: u64) -> Result<(), Trouble> {
    let words = "build --locked --quiet --release -p store-sqlite --example crash_writer --example crash_chores";
    workspace::run(workspace.cargo(words.split(' ')))?;
    let target = Metadata::of(workspace)?.target_directory;
    say(format_args!("seed {seed}"));
    let chores = count / WRITERS_PER_CHORES;
    for (name, count) in [("crash_writer", count), ("crash_chores", chores)] {
        let start = Instant::now();
        let program =
            target.join("release/examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let found = rounds(&writer(workspace, &program), &target.join("crash"), count, seed)?;
        say(format_args!(
            "{name}: {count} kills, acknowledged {}, lost {}, half shown {}, not clean {}, in {:.1} s",
            found.acknowledged,
            found.lost,
            found.half,
            found.unclean,
            start.elapsed().as_secs_f64()
        ));
        judge(count, found)?;
    }
    Ok(())
}

fn rounds(writer: &Writer<'_>, folder: &Path, count: u32, seed: u64) -> Result<Found, Trouble> {
    let mut random = Random::seeded(seed);
    let mut found = Found::default();
    let mut store = Store::begin(folder)?;
    for round in 0..count {
        if round > 0 && round % ROUNDS_PER_STORE == 0 {
            store = Store::begin(folder)?;
        }
        let numbers = live_and_die((writer.write)(&store), &mut random)?;
        found.acknowledged += u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        remember(&store, &numbers)?;
        if !is_whole((writer.check)(&store), &mut found)? {
            store.keep(round)?;
            store = Store::begin(folder)?;
        }
    }
    Ok(found)
}

fn judge(count: u32, found: Found) -> Result<(), Trouble> {
    let Found { acknowledged, lost, half, unclean } = found;
    if lost + half + unclean > 0 {
        return Err(Trouble::Broken { lost, half, unclean });
    }
    if count > 0 && acknowledged < u64::from(count) / 2 {
        let why = format!(
            "only {acknowledged} saves were acknowledged in {count} lives; nothing was proved"
        );
        return Err(Trouble::data("the crash writer", why));
    }
    Ok(())
}

/// Starts a writer, kills it at a random moment, and gives the numbers it acknowledged.
fn live_and_die(mut command: Command, random: &mut Random) -> Result<Vec<u64>, Trouble> {
    command.stdout(Stdio::piped());
    let line = typed(&command);
    let mut child =
        command.spawn().map_err(|source| Trouble::Start { command: line.clone(), source })?;
    let (sender, numbers) = channel();
    let reader = child.stdout.take().map(|out| thread::spawn(move || listen(out, &sender)));

    let first = wait(&mut child, &numbers, random);
    child.kill().map_err(|source| Trouble::Start { command: format!("kill {line}"), source })?;
    let status = child.wait().map_err(|source| Trouble::Start { command: line.clone(), source })?;
    if let Some(reader) = reader {
        reader.join().map_err(|_| Trouble::data(line.clone(), "its listener broke off"))?;
    }
    // A writer that ended by itself had nothing left to do or could not go on: no kill, no proof.
    if let Some(code) = status.code().filter(|_| cfg!(unix)) {
        return Err(Trouble::Failed { command: line, code: Some(code) });
    }
    Ok(first?.into_iter().chain(numbers.try_iter()).collect())
}

/// Lets the writer live for a while: one in four dies while it opens, the others after a save.
fn wait(
    child: &mut Child,
    numbers: &Receiver<u64>,
    random: &mut Random,
) -> Result<Option<u64>, Trouble> {
    if random.below(4) == 0 {
        thread::sleep(Duration::from_micros(random.below(OPENING_MICROS)));
        return Ok(None);
    }
    match numbers.recv_timeout(PATIENCE) {
        Ok(first) => {
            thread::sleep(Duration::from_micros(random.below(LIFE_MICROS)));
            Ok(Some(first))
        }
        Err(RecvTimeoutError::Timeout) => {
            Err(Trouble::data("the crash writer", format!("no save in {} s", PATIENCE.as_secs())))
        }
        Err(RecvTimeoutError::Disconnected) => {
            let code = child.wait().ok().and_then(|status| status.code());
            Err(Trouble::Failed { command: "crash_writer".to_owned(), code })
        }
    }
}

/// Hears the numbers. A line cut short by the kill was not acknowledged: nobody could have read it.
fn listen(out: ChildStdout, numbers: &Sender<u64>) {
    let mut lines = BufReader::new(out);
    let mut line = String::new();
    while matches!(lines.read_line(&mut line), Ok(read) if read > 0) {
        if let Some(number) = acknowledged(&line) {
            let _nobody_listens = numbers.send(number);
        }
        line.clear();
    }
}

fn acknowledged(line: &str) -> Option<u64> {
    line.strip_suffix('\n')?.trim().parse().ok()
}

fn remember(store: &Store, numbers: &[u64]) -> Result<(), Trouble> {
    let path = store.acknowledged();
    let mut text = fs::read_to_string(&path).unwrap_or_default();
    for number in numbers {
        text.push_str(&number.to_string());
        text.push('\n');
    }
    fs::write(&path, text).map_err(Trouble::file(path))
}

/// Opens the store again and compares it with what was acknowledged; says whether all is there.
fn is_whole(mut command: Command, found: &mut Found) -> Result<bool, Trouble> {
    let line = typed(&command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Trouble::Start { command: line, source })?;
    let text = String::from_utf8_lossy(&output.stdout);
    let (lost, half) = (figure(&text, "lost"), figure(&text, "half"));
    found.lost += lost;
    found.half += half;
    if output.status.success() {
        return Ok(lost + half == 0);
    }
    found.unclean += u64::from(lost + half == 0);
    say(format_args!("{}", text.trim_end()));
    Ok(false)
}

/// The number after a word, as in `acknowledged 12 lost 0 half 0`; 0 where it is not said.
fn figure(text: &str, word: &str) -> u64 {
    let mut words =
        text.split(|character: char| !character.is_alphanumeric()).filter(|part| !part.is_empty());
    words.find(|part| *part == word);
    words.next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_line_cut_short_acknowledges_nothing() {
        assert_eq!(acknowledged("12\n"), Some(12));
        assert_eq!(acknowledged("12\r\n"), Some(12));
        assert_eq!(acknowledged("12"), None, "it might have been 123");
        assert_eq!(acknowledged("ready\n"), None);
    }

    #[test]
    fn figures_are_read_after_their_words() {
        let text = "acknowledged 812, lost 2, half 1\n";
        assert_eq!(
            [figure(text, "acknowledged"), figure(text, "lost"), figure(text, "half")],
            [812, 2, 1]
        );
        assert_eq!(figure("all is well", "lost"), 0);
    }

    #[test]
    fn one_lost_save_fails_the_run_and_so_does_a_run_that_proves_nothing() {
        let found = Found { acknowledged: 900, ..Found::default() };
        assert!(judge(200, found).is_ok());
        assert!(judge(200, Found { lost: 1, ..found }).is_err());
        assert!(judge(200, Found { half: 1, ..found }).is_err());
        assert!(judge(200, Found { unclean: 1, ..found }).is_err());
        assert!(judge(200, Found { acknowledged: 3, ..found }).is_err());
    }

    /// The variables by which a test's own program plays the writer.
    const PART: &str = "XTASK_CRASH_PART";
    const FOLDER: &str = "XTASK_CRASH_FOLDER";

    /// This very program, playing a part: `honest` writes before it acknowledges, `lying` after.
    fn playing(part: &str, store: &Store) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "crash::tests::plays_the_writer", "--nocapture", "--ignored"]);
        command.env(PART, part).env(FOLDER, &store.folder).stdin(Stdio::null());
        command
    }

    fn numbers(path: PathBuf) -> Vec<u64> {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().filter_map(|line| line.parse().ok()).collect()
    }

    #[test]
    #[ignore = "it is the writer that the test below starts and kills"]
    fn plays_the_writer() {
        let (Ok(part), Some(folder)) = (std::env::var(PART), std::env::var_os(FOLDER)) else {
            return;
        };
        let store = Store { folder: folder.into() };
        let saved = numbers(store.file());
        if part == "check" {
            let lost = numbers(store.acknowledged())
                .iter()
                .filter(|number| !saved.contains(number))
                .count();
            println!("\nlost {lost} half 0");
            std::process::exit(i32::from(lost > 0));
        }
        let mut file = fs::OpenOptions::new().create(true).append(true).open(store.file()).unwrap();
        for number in saved.last().map_or(1, |last| last + 1).. {
            let mut save = || file.write_all(format!("{number}\n").as_bytes()).unwrap();
            if part == "honest" {
                save();
            }
            println!("\n{number}");
            thread::sleep(Duration::from_millis(2));
            if part == "lying" {
                save();
            }
        }
    }

    #[test]
    fn a_writer_that_acknowledges_too_early_is_found_out() {
        let tried = |part: &str| {
            let above =
                std::env::temp_dir().join(format!("xtask-crash-{part}-{}", std::process::id()));
            let folder = above.join("store");
            let writer = Writer {
                write: Box::new(|store| playing(part, store)),
                check: Box::new(|store| playing("check", store)),
            };
            let found = rounds(&writer, &folder, 12, 7).unwrap();
            fs::remove_dir_all(above).unwrap();
            found
        };
        let honest = tried("honest");
        assert!(honest.acknowledged > 12, "{honest:?}");
        assert_eq!([honest.lost, honest.half, honest.unclean], [0, 0, 0]);
        assert!(tried("lying").lost > 0);
    }
}
