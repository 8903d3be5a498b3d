//! What the log promises, kept.

#[cfg(test)]
mod bytes;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod origins;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod replicas;
