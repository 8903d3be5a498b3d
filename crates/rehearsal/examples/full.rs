//! Plays the social healing program into a store of its own and says what it took.
//!
//! `cargo run --release -p rehearsal --example full -- DIR [PEOPLE]`

use std::{env, error::Error, path::PathBuf, time::Instant};

use commons::Code;
use event_log::{DeviceId, Visit};
use rehearsal::{Options, play_social_healing};
use store_sqlite::{Device, SqliteLog};

#[expect(clippy::print_stdout, reason = "an example tells what it did")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let folder = PathBuf::from(words.next().unwrap_or_else(|| "demo".into()));
    let people = words.next().map_or(Ok(3300), |people| people.parse())?;
    std::fs::create_dir_all(&folder)?;
    let visit = Visit::new(Code::of("example-full"), 0, [7; 48]);
    let device = Device::at(&folder, DeviceId::number(1))?;
    let file = folder.join("program.circlekeeper");
    let log = SqliteLog::create(&file, &device, &visit)?;
    let began = Instant::now();
    let options = Options { people, ..Options::new(1) };
    let mut stage = (Code::of("begin"), began);
    let mut played = play_social_healing(log, &options, &mut |now| {
        if now.stage != stage.0 {
            println!("{:8} {:?}", stage.0, stage.1.elapsed());
            stage = (now.stage, Instant::now());
        }
    })?;
    println!("{:8} {:?}", stage.0, stage.1.elapsed());
    println!("{:#?}", played.counts);
    println!("{:#?}", played.sector()?);
    println!("{} bytes", std::fs::metadata(&file)?.len());
    println!("{:?} in all", began.elapsed());
    Ok(())
}
