//! Where the files lie.

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;
use report::Arg;

use crate::{args::Globals, failure::Failure};

/// The folder of a program, and the device's own folder outside of it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    dir: PathBuf,
    state: PathBuf,
}

impl Place {
    /// The folder that was named, or the one of this platform.
    pub(crate) fn of(globals: &Globals) -> Result<Self, Failure> {
        let state = std::env::var_os("CIRCLEKEEPER_STATE").filter(|value| !value.is_empty());
        let named = globals.dir.clone();
        let (dir, state) = match (named, state) {
            (Some(dir), Some(state)) => (dir, state.into()),
            (dir, state) => {
                let base = base()?;
                let dir = dir.unwrap_or_else(|| base.data_dir().join("circlekeeper"));
                (dir, state.map_or_else(|| device_folder(&base), PathBuf::from))
            }
        };
        Ok(Self { dir, state })
    }

    /// The same device with another folder.
    pub(crate) fn with_dir(&self, dir: PathBuf) -> Self {
        Self { dir, state: self.state.clone() }
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The device's own folder: it must not travel with the store.
    pub(crate) fn state(&self) -> &Path {
        &self.state
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.dir.join("circlekeeper.store")
    }

    pub(crate) fn card_text(&self) -> PathBuf {
        self.dir.join("crisis-card.txt")
    }

    pub(crate) fn card_page(&self) -> PathBuf {
        self.dir.join("crisis-card.html")
    }
}

fn base() -> Result<impl BaseStrategy, Failure> {
    etcetera::base_strategy::choose_native_strategy().map_err(|_| Failure::new("cli.no_home", &[]))
}

/// The folder for what belongs to this device alone. On Windows the data folder travels from
/// computer to computer, and a device token must not: so the local one is taken there.
fn device_folder(base: &impl BaseStrategy) -> PathBuf {
    let own = base.state_dir();
    let other = || if cfg!(windows) { base.cache_dir() } else { base.data_dir() };
    own.unwrap_or_else(other).join("circlekeeper-device")
}

/// Reads a file whole, but none that is too large to be what it should. What has no end, such as a
/// device, is not read to it.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let file = std::fs::File::open(path).map_err(|error| Failure::unreadable_at(path, &error))?;
    let mut bytes = Vec::new();
    let limit = most.saturating_add(1);
    let failed = |error| Failure::unreadable_at(path, &error);
    file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read <= most) {
        Ok(bytes)
    } else {
        let args = [("file", shown(path)), ("most", Arg::Count(most))];
        Err(Failure::new("cli.too_large", &args))
    }
}

/// Reads a file of text.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = read(path, 1 << 20)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let not_text = |_| Failure::new("cli.not_text", &[("file", shown(path))]);
    String::from_utf8(bytes.to_vec()).map_err(not_text)
}

/// Writes a file whole or leaves the one that was there: first beside it, then in its place.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // What cannot be taken away is told by the error that led here.
        let _ = std::fs::remove_file(&beside);
        Failure::not_written_at(path, &error)
    })
}

fn shown(path: &Path) -> Arg {
    path.display().to_string().into()
}

/// The name of a file as it is shown, without the folders before it.
pub(crate) fn label(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_put_in_its_place_is_not_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("book.toml");
        std::fs::create_dir_all(place.join("in")).unwrap();
        let failed = write(&place, b"text").unwrap_err();
        assert!(failed.message.contains("book.toml” could not be written"), "{}", failed.message);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
