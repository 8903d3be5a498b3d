//! Words for the person who runs a chore.

use std::{
    fmt::Arguments,
    io::{self, Write},
};

/// Says a line on the standard output. A reader who went away is no fault of the chore.
pub(crate) fn say(words: Arguments<'_>) {
    let mut out = voice();
    let _gone = writeln!(out, "{words}").and_then(|()| out.flush());
}

/// Says a line on the standard error.
pub(crate) fn warn(words: Arguments<'_>) {
    let _gone = writeln!(io::stderr().lock(), "{words}");
}

#[cfg(not(test))]
fn voice() -> impl Write {
    io::stdout().lock()
}

/// Tests ask what was found, not what was said: a fault made on purpose would only alarm a reader.
#[cfg(test)]
fn voice() -> impl Write {
    io::sink()
}
