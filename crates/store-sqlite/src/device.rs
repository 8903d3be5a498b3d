//! The small files outside every store by which a device knows where it left them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use commons::OriginId;
use event_log::{DeviceId, Digest, Mark};

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

fn read_or_make(path: &Path, random: DeviceId) -> io::Result<DeviceId> {
    let mut options = OpenOptions::new();
    match options.write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(format!("{random}\n").as_bytes())?;
            file.sync_all()?;
            Ok(random)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let text = fs::read_to_string(path)?;
            let unreadable = || io::Error::new(io::ErrorKind::InvalidData, "not a device file");
            text.trim().parse().map_err(|_| unreadable())
        }
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
