#![doc = include_str!("../README.md")]

mod lists;

pub use lists::{Entrant, Leader, Lists};
