//! The project's folder: its files and the commands that run in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::trouble::Trouble;

/// Folders that hold no text of ours, wherever they are.
const SKIPPED: [&str; 3] = ["target", ".git", "node_modules"];

/// The project's folder.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

/// A text file of the project.
#[derive(Debug, Clone)]
pub(crate) struct TextFile {
    /// Its path from the root, with `/` on every system.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

impl TextFile {
    /// Its lines, counted from one.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether it is a file of this kind, such as `rs`.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }

    /// Whether it is a test, or what a test reads.
    pub(crate) fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests")
    }

    /// For Rust: the part before the tests that stand beside the code.
    pub(crate) fn code(&self) -> &str {
        self.text.split_once("#[cfg(test)]\nmod ").map_or(&self.text, |(code, _)| code)
    }
}

impl Workspace {
    /// The workspace that this program belongs to.
    pub(crate) fn here() -> Self {
        let xtask = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        Self { root: xtask.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf) }
    }

    /// A path in it.
    pub(crate) fn path(&self, from_root: &str) -> PathBuf {
        self.root.join(from_root)
    }

    /// A path as the project writes it: from the root, with `/`.
    pub(crate) fn name_of(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    /// The text of one file.
    pub(crate) fn read(&self, from_root: &str) -> Result<String, Trouble> {
        let path = self.path(from_root);
        fs::read_to_string(&path).map_err(Trouble::file(path))
    }

    /// Writes one file, with the folders above it.
    pub(crate) fn write(&self, from_root: &str, text: &str) -> Result<(), Trouble> {
        let path = self.path(from_root);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Trouble::file(folder))?;
        }
        fs::write(&path, text).map_err(Trouble::file(path))
    }

    /// Every text file of the project in order of path: what is committed or would be.
    pub(crate) fn files(&self) -> Result<Vec<TextFile>, Trouble> {
        let mut found = Vec::new();
        self.walk(&self.root, &mut found)?;
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    fn walk(&self, folder: &Path, found: &mut Vec<TextFile>) -> Result<(), Trouble> {
        for entry in fs::read_dir(folder).map_err(Trouble::file(folder))? {
            let path = entry.map_err(Trouble::file(folder))?.path();
            if path.is_dir() {
                if !self.is_skipped(&path) {
                    self.walk(&path, found)?;
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                // What is not UTF-8 is not text, and a file that just went away is nobody's.
                let text = text.replace("\r\n", "\n");
                found.push(TextFile { path: self.name_of(&path), text });
            }
        }
        Ok(())
    }

    fn is_skipped(&self, folder: &Path) -> bool {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let at_root = folder.parent() == Some(&self.root);
        SKIPPED.iter().any(|skipped| *skipped == name) || (at_root && name.starts_with("demo"))
    }

    /// `cargo` with these words, in this folder.
    pub(crate) fn cargo<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(words).current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// A program with these words, in this folder.
    pub(crate) fn program(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }
}

/// The words of a command, as a person would type them.
pub(crate) fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for word in command.get_args() {
        line.push(' ');
        line.push_str(&word.to_string_lossy());
    }
    line
}

/// Runs a command, its words going to the person; fails where it fails.
pub(crate) fn run(mut command: Command) -> Result<(), Trouble> {
    let status =
        command.status().map_err(|source| Trouble::Start { command: typed(&command), source })?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::Failed { command: typed(&command), code: status.code() })
    }
}

/// Runs a command and gives what it printed; its complaints go to the person.
pub(crate) fn answer(mut command: Command) -> Result<String, Trouble> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Trouble::Start { command: typed(&command), source })?;
    if !output.status.success() {
        return Err(Trouble::Failed { command: typed(&command), code: output.status.code() });
    }
    String::from_utf8(output.stdout).map_err(|error| Trouble::data(typed(&command), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_is_found_and_its_files_are_named_alike_everywhere() {
        let workspace = Workspace::here();
        let files = workspace.files().unwrap();
        let names: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert!(names.contains(&"crates/commons/src/lib.rs"));
        assert!(!names.iter().any(|name| name.starts_with("target/")));
    }

    #[test]
    fn the_code_of_a_file_ends_where_its_tests_begin() {
        let file =
            TextFile { path: "a.rs".into(), text: "fn a() {}\n#[cfg(test)]\nmod tests {}".into() };
        assert_eq!(file.code(), "fn a() {}\n");
    }
}
