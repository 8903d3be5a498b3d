//! The workload W1: `cargo run --release -p analysis --example cohort_report -- DIR OUT` reads its three
//! files and writes `report.json` and `circles.csv` as its other programs do.
//!
//! The files are read along a plan, as any others are. What is made here of the cohort is this workload's
//! own: exact counts of single circles, which no report of ours shows.

mod counts;
mod written;

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::path::PathBuf;

use analysis::{Care, Files, Filter, Folder, Plan, Source, read};
use counts::Counts;

/// The data in a folder, and the definitions that stand beside the plan.
struct Beside {
    data: Folder,
    own: BTreeMap<String, Vec<u8>>,
}

impl Files for Beside {
    fn open(&self, name: &str) -> io::Result<Box<dyn Source>> {
        self.own.open(name).or_else(|_| self.data.open(name))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: cohort_report DIR OUT".into());
    };
    let own = [
        ("phq.toml", include_str!("phq.toml")),
        ("gad.toml", include_str!("gad.toml")),
        ("who.toml", include_str!("who.toml")),
    ];
    let own = own.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let files = Beside { data: Folder::new(data), own: BTreeMap::from(own) };
    let plan = Plan::from_toml(include_str!("plan.toml"))?;
    let taken = read(&plan, &files, Care::Lenient, &Filter::default()).map_err(|wrong| {
        let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        wrong.join("\n")
    })?;
    let counts = Counts::of(&taken)?;
    std::fs::create_dir_all(&out)?;
    std::fs::write(out.join("report.json"), counts.report(&taken)?)?;
    std::fs::write(out.join("circles.csv"), counts.circles(&taken))?;
    Ok(())
}
