//! The suite of every adapter, run over the log in memory.

use commons::Code;
use event_log::{DeviceId, MemoryLog, Visit, conformance};

pub(crate) fn log(seed: u8) -> MemoryLog {
    let visit = Visit::new(Code::of("test"), 1_000, [seed; 48]);
    MemoryLog::open(DeviceId::number(1), &visit)
}

#[test]
fn the_log_in_memory_keeps_its_promises() {
    let mut seed = 0;
    conformance::keeps_its_promises(|| {
        seed += 1;
        log(seed)
    });
}

#[test]
fn values_can_be_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<MemoryLog>();
    check::<event_log::Event>();
    check::<event_log::Damage>();
    check::<event_log::Sent>();
    check::<event_log::AppendError<std::convert::Infallible>>();
}
