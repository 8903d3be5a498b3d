//! The binary as people use it: each test lives in a folder of its own.

#[cfg(test)]
mod analyzing;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod card;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod forming;
mod forming_apart;
#[cfg(test)]
mod group;
#[cfg(test)]
mod house;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod models;
#[cfg(test)]
mod nhanes;
#[cfg(test)]
mod paper;
#[cfg(test)]
mod people;
#[cfg(test)]
mod releasing;
mod reporting;
#[cfg(test)]
mod scores;
#[cfg(test)]
mod sheets;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod verifying;
