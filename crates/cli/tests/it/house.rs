//! A folder with a program and a device, and the binary that works in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase of every program here.
pub(crate) const PASSPHRASE: &str = "five plain words are fine";

/// A program of one coordinator, in a folder that goes away.
pub(crate) struct House {
    folder: TempDir,
    device: String,
    passphrase: Option<String>,
}

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl House {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        let passphrase = Some(PASSPHRASE.to_owned());
        Self { folder: tempfile::tempdir().unwrap(), device: "device".into(), passphrase }
    }

    /// A program that was just started.
    pub(crate) fn started() -> Self {
        let house = Self::empty();
        house.start();
        house
    }

    pub(crate) fn start(&self) -> Ran {
        let ran = self.run(&[
            "init",
            "--zone",
            "Africa/Kigali",
            "--jurisdiction",
            "rw",
            "--model",
            "social-healing-group",
            "--recovery-out",
            &self.path("sheet.txt"),
            "--yes-i-wrote-it-down",
            "--weak-for-tests",
        ]);
        ran.ended(0);
        ran
    }

    /// Nobody gives the passphrase from now on.
    pub(crate) fn locked(mut self) -> Self {
        self.passphrase = None;
        self
    }

    /// Somebody types another passphrase from now on.
    pub(crate) fn with_passphrase(mut self, passphrase: &str) -> Self {
        self.passphrase = Some(passphrase.to_owned());
        self
    }

    /// Another device from now on.
    pub(crate) fn on_device(mut self, device: &str) -> Self {
        self.device = device.to_owned();
        self
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn program(&self) -> PathBuf {
        self.folder.path().join("program")
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.program().join("circlekeeper.store")
    }

    /// Writes a file, and gives its path.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        fs::write(self.folder.path().join(name), text).unwrap();
        self.path(name)
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_in(&self.program(), args)
    }

    /// Runs it with the program of another folder.
    pub(crate) fn run_in(&self, program: &Path, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_circlekeeper"));
        command.args(args).current_dir(self.folder.path());
        command.env("CIRCLEKEEPER_DIR", program);
        command.env("CIRCLEKEEPER_STATE", self.folder.path().join(&self.device));
        command.env("NO_COLOR", "1");
        for name in ["LANG", "LC_ALL", "LC_MESSAGES", "CIRCLEKEEPER_PASSPHRASE"] {
            command.env_remove(name);
        }
        if let Some(passphrase) = &self.passphrase {
            command.env("CIRCLEKEEPER_PASSPHRASE", passphrase);
        }
        command.stdin(std::process::Stdio::null());
        let output = command.output().unwrap();
        Ran {
            exit: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs it with `--json`, and reads the answer.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        self.json_in(&self.program(), args)
    }

    /// The same with the program of another folder.
    pub(crate) fn json_in(&self, program: &Path, args: &[&str]) -> Value {
        let ran = self.run_in(program, &[args, &["--json"]].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("no JSON: {ran:?}"))
    }
}

impl Ran {
    /// It ended so.
    #[track_caller]
    pub(crate) fn ended(&self, exit: i32) -> &Self {
        assert_eq!(self.exit, exit, "{}\n{}", self.out, self.err);
        self
    }

    /// It says so, to whoever reads answers.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(self.out.contains(text), "not said: {text}\n{}\n{}", self.out, self.err);
        self
    }

    /// It warns or explains so, to whoever reads errors.
    #[track_caller]
    pub(crate) fn explains(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "not explained: {text}\n{}\n{}", self.out, self.err);
        self
    }

    /// It says so nowhere.
    #[track_caller]
    pub(crate) fn never_says(&self, text: &str) -> &Self {
        assert!(!self.out.contains(text) && !self.err.contains(text), "said: {text}");
        self
    }
}

/// Every byte of every file of a folder, one file after the other.
pub(crate) fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(bytes_of(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            files.push((path, bytes));
        }
    }
    files
}

/// Whether bytes hold a text.
pub(crate) fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}
