//! Who sits with whom: what coordinators do with it, and what always holds.

mod every_case;
mod forming;
mod impasses;
mod latecomers;
mod people;
mod reasons;
mod town;
