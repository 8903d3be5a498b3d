//! Many short texts, each kept once and found again by its number.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};

/// Texts in the order in which they came; they lie one after another, so that each costs its bytes
/// and some twenty more.
#[derive(Debug, Default)]
pub(crate) struct Names {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    // Made when it is first asked: as long as each text is greater than the one before, all are new.
    table: OnceLock<HashTable<Known>>,
    hasher: DefaultHashBuilder,
}

/// A text that is known: half of its hash, so that a table that grows need not ask again, and its place.
#[derive(Debug, Clone, Copy)]
struct Known {
    hash: u32,
    place: u32,
}

impl Known {
    /// The hash by which the table finds it.
    fn spread(hash: u32) -> u64 {
        u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn again(&self) -> u64 {
        Self::spread(self.hash)
    }
}

/// How far ahead a text is looked for before it is looked up.
const AHEAD: usize = 3;

impl Names {
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&[u8]> {
        get(&self.bytes, &self.ends, place)
    }

    /// The text at a place, as text.
    pub(crate) fn text(&self, place: usize) -> &str {
        let bytes = self.get(place).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    fn hash(&self, text: &[u8]) -> u32 {
        u32::try_from(self.hasher.hash_one(text) >> 32).unwrap_or_default()
    }

    /// The place of a text.
    pub(crate) fn find(&self, text: &[u8]) -> Option<usize> {
        let hash = self.hash(text);
        let is = |known: &Known| {
            known.hash == hash
                && self.get(known.place as usize).is_some_and(|other| same(other, text))
        };
        self.table().find(Known::spread(hash), is).map(|known| known.place as usize)
    }

    fn table(&self) -> &HashTable<Known> {
        self.table.get_or_init(|| {
            let mut table = HashTable::with_capacity(self.len());
            for (place, number) in (0..self.len()).zip(0..) {
                let hash = self.hash(self.get(place).unwrap_or_default());
                let known = Known { hash, place: number };
                table.insert_unique(Known::spread(hash), known, Known::again);
            }
            table
        })
    }

    /// The same, where it probably stands at a place or soon behind it: files are in the order of
    /// others.
    #[inline]
    pub(crate) fn find_near(&self, place: usize, text: &[u8]) -> Option<usize> {
        if self.is(place, text) { Some(place) } else { self.find_ahead(place + 1, text) }
    }

    /// The same, where it does not stand at the place itself. A file that tells of all people again and again
    /// begins again with the first.
    fn find_ahead(&self, place: usize, text: &[u8]) -> Option<usize> {
        let mut near = (place..place + AHEAD).chain(std::iter::once(0));
        near.find(|place| self.is(*place, text)).or_else(|| self.find(text))
    }

    #[inline]
    fn is(&self, place: usize, text: &[u8]) -> bool {
        self.get(place).is_some_and(|known| same(known, text))
    }

    /// The place of a text, and whether it was new. Nothing where there is no room for it.
    pub(crate) fn add(&mut self, text: &[u8]) -> Option<(usize, bool)> {
        let place = self.len();
        let number = u32::try_from(place).ok()?;
        let end = u32::try_from(self.bytes.len() + text.len()).ok()?;
        let last = place.checked_sub(1).and_then(|last| self.get(last));
        if self.table.get().is_some() || last.is_some_and(|last| text <= last) {
            let hash = self.hash(text);
            self.table();
            let Self { bytes, ends, table, .. } = self;
            let is = |known: &Known| {
                known.hash == hash
                    && get(bytes, ends, known.place as usize).is_some_and(|other| same(other, text))
            };
            match table.get_mut()?.entry(Known::spread(hash), is, Known::again) {
                Entry::Occupied(known) => return Some((known.get().place as usize, false)),
                Entry::Vacant(entry) => entry.insert(Known { hash, place: number }),
            };
        }
        self.bytes.extend_from_slice(text);
        self.ends.push(end);
        Some((place, true))
    }
}

#[inline]
fn get<'b>(bytes: &'b [u8], ends: &[u32], place: usize) -> Option<&'b [u8]> {
    let start = match place.checked_sub(1) {
        None => 0,
        Some(before) => *ends.get(before)? as usize,
    };
    bytes.get(start..*ends.get(place)? as usize)
}

/// Whether two short texts are the same, without going far to ask.
#[inline]
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (eights, rest) = one.as_chunks::<8>();
    let (other_eights, other_rest) = other.as_chunks::<8>();
    eights.iter().zip(other_eights).all(|(one, other)| one == other)
        && rest.iter().zip(other_rest).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let mut names = Names::default();
        for text in ["a", "", "bc", "a", "bc"] {
            names.add(text.as_bytes()).expect("room");
        }
        assert_eq!(names.len(), 3);
        for (place, text) in ["a", "", "bc"].iter().enumerate() {
            assert_eq!(names.find(text.as_bytes()), Some(place));
            assert_eq!(names.find_near(1, text.as_bytes()), Some(place));
            assert_eq!(names.text(place), *text);
        }
        assert_eq!(names.find(b"b"), None);
        assert_eq!(names.find_near(9, b"b"), None);
        for n in 0..1_000 {
            names.add(format!("x{n}").as_bytes()).expect("room");
        }
        assert_eq!(names.find(b"x999"), Some(1_002));
    }

    #[test]
    fn texts_in_their_order_are_found_as_any_are() {
        let text = |n: usize| format!("P{n:03}");
        let mut names = Names::default();
        for n in 0..100 {
            assert_eq!(names.add(text(n).as_bytes()), Some((n, true)));
        }
        // Here the order ends.
        assert_eq!(names.add(b"P007"), Some((7, false)));
        assert_eq!(names.add(b"A"), Some((100, true)));
        assert_eq!(names.add(b"P100"), Some((101, true)));
        for (n, place) in [(0, 0), (99, 99), (100, 101)] {
            assert_eq!(names.find(text(n).as_bytes()), Some(place));
            assert_eq!(names.add(text(n).as_bytes()), Some((place, false)));
        }
        assert_eq!(names.find(b"P101"), None);
    }
}
