//! Words about people, which may be known, locked or gone.

use std::fmt;

/// A value that was sealed: known to who holds its key, locked to others, damaged, or erased for
/// good.
///
/// No breach, obligation, gate or total looks inside, so every device comes to the same
/// answer whatever keys it holds. `Debug` never prints the value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Private<T> {
    /// Opened with the right key.
    Known(T),
    /// There, but not to be read here and now.
    Locked,
    /// There, but not what was written: no key opens it, and `verify` names it.
    Damaged,
    /// Gone: its key was destroyed and its bytes were blanked.
    Erased,
}

impl<T> Private<T> {
    /// The value, where it is known.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Locked | Self::Damaged | Self::Erased => None,
        }
    }

    /// The same, by reference.
    pub const fn as_ref(&self) -> Private<&T> {
        match self {
            Self::Known(value) => Private::Known(value),
            Self::Locked => Private::Locked,
            Self::Damaged => Private::Damaged,
            Self::Erased => Private::Erased,
        }
    }

    /// The same, with the known value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Private<U> {
        match self {
            Self::Known(value) => Private::Known(change(value)),
            Self::Locked => Private::Locked,
            Self::Damaged => Private::Damaged,
            Self::Erased => Private::Erased,
        }
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Known(_) => "[private]",
            Self::Locked => "[locked]",
            Self::Damaged => "[damaged]",
            Self::Erased => "[erased]",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_prints_what_is_known() {
        assert_eq!(format!("{:?}", Private::Known("Mary")), "[private]");
        assert_eq!(Private::Known(2).map(|n| n + 1).known(), Some(&3));
        assert_eq!(Private::<u8>::Locked.known(), None);
    }
}
