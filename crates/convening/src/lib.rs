#![doc = include_str!("../README.md")]

mod fault;
mod hall;
mod lists;
mod rules;
mod tables;
mod teams;
mod times;
mod words;

pub use fault::{List, ListFault, ListFaultKind, ListFaults, ListReading};
pub use hall::Hall;
pub use lists::{Entrant, Leader, Lists};
pub use rules::{FormingRules, RulesFault, RulesFaultKind, RulesFaults};
pub use tables::{Columns, WishRow, read_entrants, read_leaders, read_wishes};
