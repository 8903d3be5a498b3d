#![doc = include_str!("../README.md")]

mod lists;
mod time;

pub use lists::{Entrant, Leader, Lists, Wishes};
pub use time::{FreeTime, MeetingTime, TimeError};
