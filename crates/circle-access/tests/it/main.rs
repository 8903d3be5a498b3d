//! The table as a reader sees it, and the lines that hold whatever it says.

mod lines;
mod table;
