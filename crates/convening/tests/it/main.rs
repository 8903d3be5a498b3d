//! From lists and rules to circles, and back.

mod hall;
mod rules;
mod tables;
mod teams;
