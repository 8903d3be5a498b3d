//! What people do with a class, and the laws it keeps.

mod bytes;
mod classes;
mod laws;
mod leading;
mod people;
