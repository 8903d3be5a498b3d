//! The exit codes, and what each stable code of an error means for them.

/// How the program ends. The numbers are part of the promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// A rule refused it, or what was given could not be used. Nothing was written.
    Refused = 1,
    /// The command was not understood.
    Usage = 2,
    /// Locked: no passphrase, or a wrong one.
    Locked = 3,
    /// The store is damaged.
    Damaged = 4,
    /// The store is busy, full, read-only, or failed. Nothing was written.
    Store = 5,
    /// There is no program in this place.
    Missing = 6,
}

impl Exit {
    /// What the stable code of an error means.
    pub(crate) fn of(code: &str) -> Self {
        match code {
            "keeper.locked"
            | "vault.wrong_passphrase"
            | "vault.wrong_code"
            | "cli.no_passphrase"
            | "cli.recovery_code" => Self::Locked,
            "keeper.damaged" | "keeper.seal" | "keeper.json" | "store.damaged"
            | "store.altered" | "store.not_a_store" | "vault.record" | "vault.seal"
            | "cli.damaged" => Self::Damaged,
            "keeper.busy" | "keeper.store" | "keeper.newer" | "store.full" | "store.read_only"
            | "store.busy" | "store.disk" | "store.engine" | "store.io" | "store.reused"
            | "store.newer" | "cli.not_written" => Self::Store,
            "store.missing" | "keeper.no_program" | "cli.no_backup" | "cli.no_keys"
            | "cli.no_copy" => Self::Missing,
            "cli.ask_at_terminal" | "cli.no_sheet" | "cli.usage" => Self::Usage,
            seal if seal.starts_with("seal.") => Self::Damaged,
            _ => Self::Refused,
        }
    }

    /// Its number.
    pub(crate) const fn number(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_can_tell_why_nothing_was_done() {
        let check = |code, want: Exit| assert_eq!(Exit::of(code), want, "{code}");
        check("group.full", Exit::Refused);
        check("cell.not_in_range", Exit::Refused);
        check("store.exists", Exit::Refused);
        check("keeper.demo_and_real", Exit::Refused);
        check("vault.wrong_passphrase", Exit::Locked);
        check("vault.short_passphrase", Exit::Refused);
        check("store.not_a_store", Exit::Damaged);
        check("seal.padding", Exit::Damaged);
        check("store.full", Exit::Store);
        check("store.missing", Exit::Missing);
    }
}
