//! What the store promises, kept on a real disk.

#[cfg(test)]
mod backups;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod mending;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod shop;
