//! From lists and rules to circles, and back.

mod hall;
mod people;
mod rules;
mod seats;
mod tables;
mod teams;
