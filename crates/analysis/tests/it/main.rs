//! Files as they really arrive, read along a plan.

mod documented;
mod real_data;
mod ugly;

use std::collections::BTreeMap;

use analysis::{Care, Faults, Files, Filter, Folder, Plan, Taken, read};

/// Files in memory, and those of the folder of ugly ones.
struct Both(BTreeMap<String, Vec<u8>>, Folder);

impl Files for Both {
    fn open(&self, name: &str) -> std::io::Result<Box<dyn analysis::Source>> {
        self.0.open(name).or_else(|_| self.1.open(name))
    }
}

/// Reads along a plan; what is wrong as people see it.
fn taken(plan: &str, files: &[(&str, &[u8])], care: Care) -> Result<Taken, Vec<String>> {
    let plan = Plan::from_toml(plan).expect("a plan");
    let memory = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ugly");
    let files = Both(memory, Folder::new(folder));
    read(&plan, &files, care, &Filter::default()).map_err(|wrong| told(&wrong))
}

fn told(wrong: &[Faults]) -> Vec<String> {
    wrong.iter().flatten().map(ToString::to_string).collect()
}
