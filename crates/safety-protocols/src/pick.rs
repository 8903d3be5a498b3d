//! One small macro: the field of one variant, or nothing.

/// What one pattern yields, in an option; every other variant yields nothing.
macro_rules! match_some {
    ($value:expr, $pattern:pat => $yields:expr) => {
        if let $pattern = $value { Some($yields) } else { None }
    };
}
pub(crate) use match_some;
