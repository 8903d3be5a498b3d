//! The small files outside every store by which a device knows where it left them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use commons::OriginId;
use event_log::{DeviceId, Digest, Mark};

use crate::file::sync_folder;

/// A folder of this device, outside every store: who the device is, and for each origin that was
/// written here the last link.
///
/// A store that was copied from elsewhere, or put back from a backup, does not agree with it and
/// takes a new origin.
#[derive(Debug, Clone)]
pub struct Device {
    id: DeviceId,
    marks: PathBuf,
}

impl Device {
    /// The device whose folder this is. Where there is none yet it is made, with `random` as the
    /// device's id.
    ///
    /// # Errors
    ///
    /// Whatever the operating system says.
    pub fn at(folder: &Path, random: DeviceId) -> io::Result<Self> {
        let marks = folder.join("marks");
        fs::create_dir_all(&marks)?;
        let id = read_or_make(&folder.join("device"), random)?;
        Ok(Self { id, marks })
    }

    /// Who the device is.
    #[must_use]
    pub const fn id(&self) -> DeviceId {
        self.id
    }

    /// What the device remembers of an origin; nothing, where the note cannot be read.
    #[must_use]
    pub fn mark(&self, origin: OriginId) -> Option<Mark> {
        let mut bytes = Vec::new();
        let file = File::open(self.path(origin)).ok()?;
        // A note is 48 bytes; whatever is longer is none.
        file.take(64).read_to_end(&mut bytes).ok()?;
        read_note(&bytes)
    }

    /// The note of an origin, made if need be.
    ///
    /// # Errors
    ///
    /// Whatever the operating system says.
    pub fn note(&self, origin: OriginId) -> io::Result<Note> {
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(false).open(self.path(origin))?;
        Ok(Note { file })
    }

    fn path(&self, origin: OriginId) -> PathBuf {
        self.marks.join(origin.to_string())
    }
}

/// Where a device writes down the last link of one origin.
#[derive(Debug)]
pub struct Note {
    file: File,
}

impl Note {
    /// Remembers the last link. It is not flushed: a device that forgets a little only makes a
    /// store take a new origin.
    ///
    /// # Errors
    ///
    /// Whatever the operating system says.
    pub fn write(&self, mark: Mark) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&note(mark))
    }
}

/// Number, link, and the first eight bytes of the hash of both.
fn note(mark: Mark) -> Vec<u8> {
    let mut bytes = mark.seq.to_be_bytes().to_vec();
    bytes.extend(mark.link.bytes());
    let check = Digest::of(&bytes).bytes();
    bytes.extend(check.iter().take(8));
    bytes
}

fn read_note(bytes: &[u8]) -> Option<Mark> {
    let (seq, rest) = bytes.split_first_chunk()?;
    let (link, _) = rest.split_first_chunk()?;
    let mark = Mark { seq: u64::from_be_bytes(*seq), link: Digest::from_bytes(*link) };
    (note(mark) == bytes).then_some(mark)
}

/// The token of this device, which is made where there is none or it cannot be read.
///
/// It is written beside its place and linked into it, so nobody ever reads half of one, and of two
/// programs that start at once the slower takes what the quicker made.
fn read_or_make(path: &Path, random: DeviceId) -> io::Result<DeviceId> {
    if let Some(known) = read_token(path)? {
        return Ok(known);
    }
    let aside = path.with_extension(random.to_string());
    let mut file = File::create(&aside)?;
    file.write_all(format!("{random}\n").as_bytes())?;
    file.sync_all()?;
    if fs::hard_link(&aside, path).is_err() && read_token(path)?.is_none() {
        // What stands there is no token, or the disk knows no links.
        fs::rename(&aside, path)?;
    }
    let _ = fs::remove_file(&aside);
    sync_folder(path);
    Ok(read_token(path)?.unwrap_or(random))
}

/// A device's token; none where there is no file, or what is in it is none.
fn read_token(path: &Path) -> io::Result<Option<DeviceId>> {
    match fs::read(path) {
        Ok(bytes) => Ok(str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse().ok())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_knows_itself_and_where_it_left_a_store() {
        let folder = tempfile::tempdir().unwrap();
        let first = Device::at(folder.path(), DeviceId::number(1)).unwrap();
        let again = Device::at(folder.path(), DeviceId::number(2)).unwrap();
        assert_eq!((first.id(), again.id()), (DeviceId::number(1), DeviceId::number(1)));

        let origin = OriginId::number(7);
        assert_eq!(first.mark(origin), None);
        for seq in [5, 6] {
            let mark = Mark { seq, link: Digest::of(b"link") };
            first.note(origin).unwrap().write(mark).unwrap();
            assert_eq!(again.mark(origin), Some(mark));
        }
    }

    #[test]
    fn a_token_that_cannot_be_read_is_none_and_keeps_nobody_from_writing() {
        for text in ["", "half a tok", "\u{0}\u{0}"] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("device"), text).unwrap();
            let mended = Device::at(folder.path(), DeviceId::number(3)).unwrap();
            let again = Device::at(folder.path(), DeviceId::number(4)).unwrap();
            assert_eq!((mended.id(), again.id()), (DeviceId::number(3), DeviceId::number(3)));
            let left = fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(left, 2, "the token and the folder of marks, and nothing beside them");
        }
    }

    #[test]
    fn programs_that_start_at_once_are_one_device() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let ids: std::collections::BTreeSet<_> = std::thread::scope(|scope| {
            let start =
                |n| scope.spawn(move || Device::at(path, DeviceId::number(n)).unwrap().id());
            let all: Vec<_> = (1..=8).map(start).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(ids.len(), 1, "{ids:?}");
    }

    #[test]
    fn a_note_that_was_cut_or_altered_is_none() {
        let whole = note(Mark { seq: 5, link: Digest::of(b"link") });
        assert!(read_note(&whole).is_some());
        for cut in 0..whole.len() {
            assert_eq!(read_note(&whole[..cut]), None);
            let mut altered = whole.clone();
            altered[cut] ^= 1;
            assert_eq!(read_note(&altered), None);
        }
    }
}
