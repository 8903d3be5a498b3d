//! Many short texts, each kept once and found again by its number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Texts in the order in which they came; they lie one after another, so that each costs its bytes
/// and ten more.
#[derive(Debug, Default)]
pub(crate) struct Names {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// How far ahead a text is looked for before it is looked up.
const AHEAD: usize = 3;

impl Names {
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&[u8]> {
        let start = match place.checked_sub(1) {
            None => 0,
            Some(before) => *self.ends.get(before)? as usize,
        };
        self.bytes.get(start..*self.ends.get(place)? as usize)
    }

    /// The text at a place, as text.
    pub(crate) fn text(&self, place: usize) -> &str {
        let bytes = self.get(place).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The place of a text.
    pub(crate) fn find(&self, text: &[u8]) -> Option<usize> {
        let same = |place: &u32| self.get(*place as usize) == Some(text);
        self.table.find(self.hasher.hash_one(text), same).map(|place| *place as usize)
    }

    /// The same, where it probably stands at a place or soon behind it: files are in the order of
    /// others.
    #[inline]
    pub(crate) fn find_near(&self, place: usize, text: &[u8]) -> Option<usize> {
        let mut near = place..place + AHEAD;
        near.find(|place| self.get(*place) == Some(text)).or_else(|| self.find(text))
    }

    /// The place of a text, and whether it was new. Nothing where there is no room for it.
    pub(crate) fn add(&mut self, text: &[u8]) -> Option<(usize, bool)> {
        if let Some(place) = self.find(text) {
            return Some((place, false));
        }
        let place = self.ends.len();
        self.bytes.extend_from_slice(text);
        self.ends.push(u32::try_from(self.bytes.len()).ok()?);
        let (hash, number) = (self.hasher.hash_one(text), u32::try_from(place).ok()?);
        let Self { bytes, ends, table, hasher } = self;
        let rehash = |place: &u32| {
            let place = *place as usize;
            let start = place.checked_sub(1).and_then(|before| ends.get(before)).copied();
            let end = ends.get(place).copied().unwrap_or_default();
            let text = bytes.get(start.unwrap_or_default() as usize..end as usize);
            hasher.hash_one(text.unwrap_or_default())
        };
        table.insert_unique(hash, number, rehash);
        Some((place, true))
    }
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
}
