//! Reports that are defined once, built together, and released for good.
//!
//! A [`Book`] says who gets which report. [`build`] makes all of them from the same people and keeps
//! back what one would tell beside another.

#[cfg(test)]
mod attacker;
mod audit;
mod book;
mod build;
mod fault;
mod indicator;
mod scope;
mod shown;

pub use audit::{Beside, Withheld};
pub use book::{Book, Definition, Filter};
pub use build::{Built, Released, build};
pub use fault::{BookFault, BookFaults, BookFinding};
pub use indicator::{Actual, Indicator, IndicatorRow, Measure};
pub use shown::{Table, TableKind};
