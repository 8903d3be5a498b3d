//! Whole stories across crates, told as a coordinator would live them. All of them are tests.
