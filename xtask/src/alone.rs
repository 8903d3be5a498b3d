//! Each domain crate built by itself.
//!
//! Built together, one crate's features are lent to all: a clock that only the command line asked
//! for would compile in a rule crate too. Alone it cannot.

use crate::{
    layers::Rooms,
    trouble::Trouble,
    workspace::{self, Workspace},
};

/// Builds each domain crate by itself, without default features.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Trouble> {
    for name in Rooms::shipped()?.domain() {
        let words = ["check", "--locked", "--quiet", "--no-default-features", "-p", name];
        workspace::run(workspace.cargo(words))?;
    }
    Ok(())
}
