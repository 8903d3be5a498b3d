//! An urgent matter, and what must be done about it.

use chrono::{TimeZone, Utc};
use chrono_tz::Africa::Kigali;
use commons::{Aggregate, Code, EventId, MatterId};
use safety_protocols::{Circumstances, Matter, Rulebooks, Severity, due, schedule};

#[expect(clippy::print_stdout, reason = "an example shows what it finds")]
fn main() -> Result<(), &'static str> {
    let aware = Utc.with_ymd_and_hms(2026, 11, 20, 15, 0, 0).single().ok_or("no such time")?;
    let mut matter = Matter::default();
    let opened = Matter::open(Severity::S2, aware, None, Code::of("keeper"));
    matter.apply(EventId::number(1), &opened);

    let told = matter.occurrences(MatterId::number(7), &Circumstances::new(Kigali));
    let duties = schedule(&told, &Rulebooks::shipped_only());
    for one in due(&duties, aware) {
        println!("{:?} {} {:?}", one.urgency, one.obligation.what, one.obligation.due_at);
    }
    Ok(())
}
