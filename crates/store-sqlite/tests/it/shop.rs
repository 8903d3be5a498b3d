//! A folder with a device and a store, and events to put into it.

use std::path::{Path, PathBuf};

use commons::{Code, DataClass, EventId};
use event_log::{
    Batch, Damage, DeviceId, Draft, DraftPart, EventLog, Key, KeyId, Keys, Kind, RulebookMark,
    Visit, Weight,
};
use store_sqlite::{Device, SqliteLog};
use tempfile::TempDir;

pub(crate) struct Shop {
    folder: TempDir,
    pub(crate) device: Device,
}

impl Shop {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let device = Device::at(&folder.path().join("device"), DeviceId::number(1)).unwrap();
        Self { folder, device }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn create(&self, name: &str, seed: u8) -> SqliteLog {
        SqliteLog::create(&self.path(name), &self.device, &visit(seed)).unwrap()
    }

    pub(crate) fn open(&self, name: &str, seed: u8) -> SqliteLog {
        SqliteLog::open(&self.path(name), &self.device, &visit(seed)).unwrap()
    }

    /// Another device in the same folder.
    pub(crate) fn other_device(&self) -> Device {
        Device::at(&self.path("elsewhere"), DeviceId::number(2)).unwrap()
    }
}

pub(crate) fn visit(seed: u8) -> Visit {
    Visit::new(Code::of("test"), 1_000, [seed; 48])
}

pub(crate) fn draft(n: u128, stream: u128, kind: &'static str, open: &str) -> Draft {
    Draft {
        id: EventId::number(n),
        keys: Keys::one(Key::number(stream)),
        rulebook: RulebookMark::default(),
        kind: Kind::of(kind),
        version: 1,
        salt: [9; 16],
        parts: vec![part(KeyId::OPEN, open)],
    }
}

pub(crate) fn part(key: KeyId, bytes: &str) -> DraftPart {
    DraftPart { key, class: DataClass::Notes, bytes: bytes.as_bytes().to_vec() }
}

pub(crate) fn batch(drafts: Vec<Draft>) -> Batch {
    Batch { drafts, ..Batch::default() }
}

/// An event with a word sealed under a key, and the key.
pub(crate) fn secret(n: u128, under: u128, word: &str) -> Batch {
    let mut draft = draft(n, 1, "story.told", "{}");
    draft.parts.push(part(KeyId::number(under), word));
    let wrapped = format!("wrapped-{word}").into_bytes();
    Batch { keys: vec![(KeyId::number(under), wrapped)], ..batch(vec![draft]) }
}

pub(crate) fn erased(n: u128, key: u128) -> Batch {
    let open = format!("{{\"keys\":[\"{}\"]}}", KeyId::number(key));
    batch(vec![draft(n, n, "person.erased", &open)])
}

/// What is harmed.
pub(crate) fn harm(log: &SqliteLog) -> Vec<Damage> {
    let damage = log.verify(&mut |_, _| {}).unwrap().damage;
    damage.into_iter().filter(|found| found.weight() == Weight::Harm).collect()
}

#[track_caller]
pub(crate) fn is_well(log: &SqliteLog) {
    let harm = harm(log);
    assert!(harm.is_empty(), "{harm:?}");
}

/// Whether any file of a folder, or of a folder in it, holds these bytes.
pub(crate) fn holds(folder: &Path, marker: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, marker);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(marker.len()).any(|window| window == marker)
    })
}
