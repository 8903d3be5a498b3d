//! Reports that are defined once, built together, and released for good.
//!
//! A [`Book`] says who gets which report. [`build`] makes all of them from the same people and keeps
//! back what one would tell beside another. A [`Manifest`] says what a release was made of, and
//! whether it comes out the same today; [`changes`] says what changed against the last one.

#[cfg(test)]
mod attacker;
mod audit;
mod book;
mod build;
mod changes;
mod fault;
mod files;
mod indicator;
mod manifest;
mod scope;
mod shown;

pub use audit::{Beside, Withheld};
pub use book::{Book, Definition, Groups};
pub use build::{Built, Drawn, NotARelease, Released, build};
pub use changes::{Changed, Changes, changes};
pub use fault::{BookFault, BookFaults, BookFinding};
pub use files::{FromFiles, Unmade, figures_of, files_of};
pub use indicator::{Actual, Basis, Indicator, IndicatorRow, Measure};
pub use manifest::{Difference, How, Inputs, Manifest, NotAManifest, sha256, sha256_of};
pub use shown::{Table, TableKind};
