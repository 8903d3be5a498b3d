//! What the example programs share: a clock, random bytes that are none, sessions of twenty.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use commons::{Code, DataClass, EventId};
use event_log::{DeviceId, Digest, Draft, DraftPart, Key, KeyId, Keys, Kind, RulebookMark, Visit};
use store_sqlite::{Device, SqliteLog, StoreError};

/// Whatever stops an example.
pub(crate) type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Opens a store, or makes it; the device's folder lies beside it.
pub(crate) fn open(path: &Path) -> Result<SqliteLog, Trouble> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    let device = Device::at(&folder.join("device"), DeviceId::from_bytes(bytes(b"device")))?;
    let visit = visit();
    if !path.exists() {
        return Ok(SqliteLog::create(path, &device, &visit)?);
    }
    match SqliteLog::open(path, &device, &visit) {
        // What a creation that was cut off left behind.
        Err(StoreError::NotAStore) => Ok(SqliteLog::create(path, &device, &visit)?),
        opened => Ok(opened?),
    }
}

/// Enough for an origin. A real program draws random bytes from the operating system.
pub(crate) fn visit() -> Visit {
    let mut random = [0; 48];
    let pool: Vec<u8> = [bytes::<16>(b"a"), bytes(b"b"), bytes(b"c")].concat();
    random.copy_from_slice(&pool);
    Visit::new(Code::of("example-1"), wall_ms(), random)
}

/// Bytes that differ from process to process and from moment to moment.
fn bytes<const N: usize>(word: &[u8]) -> [u8; N] {
    let here = format!("{:?}{}{:?}", since_1970(), std::process::id(), word);
    let digest = Digest::of(here.as_bytes()).bytes();
    std::array::from_fn(|n| digest.get(n).copied().unwrap_or(0))
}

/// What the wall clock says, in milliseconds since 1970-01-01T00:00Z.
pub(crate) fn wall_ms() -> i64 {
    i64::try_from(since_1970().as_millis()).unwrap_or(i64::MAX)
}

#[expect(clippy::disallowed_methods, reason = "an example program reads the clock itself")]
fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Seconds of CPU that this program has used, where the system tells (Linux).
pub(crate) fn cpu_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanos: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanos / 1e9)
}

/// The most memory that this program has held, in MiB, where the system tells (Linux).
pub(crate) fn peak_mib() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}

/// The event of one session with twenty marks, found by session and circle.
pub(crate) fn session(n: u64) -> Draft {
    let circle = n % 1_000;
    let number = n / 1_000 + 1;
    let mut open =
        format!("{{\"event\":\"held\",\"on\":\"2026-03-01\",\"session\":{number},\"marks\":[");
    for seat in 0..20 {
        let mark = match (n * 7 + seat * 3) % 4 {
            _ if seat % 5 != 0 => "present",
            0 => "present",
            1 => "late",
            2 => "excused",
            _ => "absent",
        };
        let member = uuid_of(u128::from(circle * 20 + seat));
        let comma = if seat == 0 { "" } else { "," };
        let _ = write!(open, "{comma}{{\"member\":\"{member}\",\"mark\":\"{mark}\"}}");
    }
    open.push_str("]}");
    let id = u128::from(n);
    Draft {
        id: EventId::number(1 << 96 | id),
        keys: Keys::new(&[Key::number(2 << 96 | id), Key::number(3 << 96 | u128::from(circle))])
            .unwrap_or_else(|_| Keys::one(Key::number(id))),
        rulebook: RulebookMark::default(),
        kind: Kind::of("session.held"),
        version: 1,
        salt: Digest::of(&n.to_be_bytes()).bytes().first_chunk().copied().unwrap_or_default(),
        parts: vec![DraftPart {
            key: KeyId::OPEN,
            class: DataClass::Attendance,
            bytes: open.into_bytes(),
        }],
    }
}

fn uuid_of(n: u128) -> String {
    commons::MemberId::number(n << 64 | n).to_string()
}
