#![doc = include_str!("../README.md")]

mod fault;
mod hall;
mod lists;
mod program;
mod rules;
mod seats;
mod tables;
mod teams;
mod times;
mod words;

pub use fault::{List, ListFault, ListFaultKind, ListFaults, ListReading};
pub use hall::Hall;
pub use lists::{Entrant, Leader, Lists};
pub use program::ProgramLists;
pub use rules::{FormingRules, RulesFault, RulesFaultKind, RulesFaults};
pub use seats::{Seats, SeatsTable, read_seats, read_standing, seats_table};
pub use tables::{Columns, WishRow, read_entrants, read_leaders, read_wishes};
