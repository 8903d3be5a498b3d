//! One printable HTML file with plots, tables and honest words, and its tables as CSV and XLSX.
//!
//! This crate turns [`Figures`](outcomes::Figures), which were counted and suppressed already,
//! into a page that anybody can open, print and pass on: no script, no network, plots as inline
//! SVG, each with a text alternative and a table. It decides no figure and holds no word: all
//! text comes from a catalog ([`Wording`]).
//!
//! | To | Start at |
//! | --- | --- |
//! | write a report | [`html`] |
//! | have its tables as plain data or as CSV | [`tables`], [`Table`] |
//! | have them as a workbook | [`workbook`] |
//! | give it a title, indicators and targets of somebody's own | [`Brief`] |
//! | change or translate its words | [`Wording`] |
//!
//! ```
//! use chrono::NaiveDate;
//! use commons::Code;
//! use outcomes::{Cohort, FigurePlan, suppression::Audience};
//! use report::{About, Stamp, Wording, html};
//!
//! let plan = FigurePlan::new(Code::of("program"), Audience::Inside, vec![], vec![])?;
//! let figures = Cohort::default().figures(&plan);
//! let stamp = Stamp {
//!     made_on: NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("no such day")?,
//!     about: About::Program(Code::of("repair-la")),
//!     demo: false,
//!     software: "circlekeeper 0.1.0".to_owned(),
//!     brief: None,
//!     unreadable: 0,
//! };
//! let page = html(&figures, &Wording::english()?, &stamp);
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod breakdown;
mod brief;
mod change;
mod circles;
mod completers;
mod copy;
mod course;
mod crossing;
mod dose;
mod flow;
mod glance;
mod moves;
mod page;
mod parts;
mod persons;
mod plot;
mod reach;
mod safety;
mod scale;
mod spread;
mod tables;
mod wording;
mod workbook;

pub use brief::{Brief, ChangedLine, IndicatorLine, Reading, Since, Unit};
pub use page::{About, Stamp, html};
pub use tables::{Cell, Table, tables};
pub use wording::{Arg, Wording, WordingError};
pub use workbook::{WorkbookError, workbook};
