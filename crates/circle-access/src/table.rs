//! The access table: a row for each class of data, a column for each role.

use commons::DataClass;

use crate::{Cell, Role};

/// What a role may do with a class of data.
///
/// The letters are explained at [`Cell`]'s reading; the rows and columns are those of the program's
/// privacy design. A cell written there with a condition in words carries its mark here, and what a
/// supervisor or coordinator may see of a complaint of which they are *not* the subject is not
/// written there, so it is nothing.
#[must_use]
pub const fn cell(class: DataClass, role: Role) -> Cell {
    let [mem, gua, kee, cof, obs, sup, sgl, coo, eva, fun, par, adm, dpo] = row(class);
    match role {
        Role::Member => mem,
        Role::Guardian => gua,
        Role::Keeper => kee,
        Role::CoKeeper => cof,
        Role::Observer => obs,
        Role::Supervisor => sup,
        Role::SafeguardingLead => sgl,
        Role::Coordinator => coo,
        Role::Evaluator => eva,
        Role::Funder => fun,
        Role::Partner => par,
        Role::Administrator => adm,
        Role::PrivacyOfficer => dpo,
    }
}

#[rustfmt::skip]
const fn row(class: DataClass) -> [Cell; 13] {
    const fn cells(row: [&'static str; 13]) -> [Cell; 13] {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m] = row;
        [
            Cell::of(a), Cell::of(b), Cell::of(c), Cell::of(d), Cell::of(e), Cell::of(f), Cell::of(g),
            Cell::of(h), Cell::of(i), Cell::of(j), Cell::of(k), Cell::of(l), Cell::of(m),
        ]
    }
    match class {
        //                                                member guard. keeper co-k.  obs.  sup.  lead  coord. eval. fund. part. admin priv.
        DataClass::Public               => const { cells(["P",   "P",   "P",   "P",   "P",  "P",  "Pw", "Pw",  "P",  "P",  "P",  "P",  "P"]) },
        DataClass::Schedule             => const { cells(["C",   "O",   "Cw",  "Cw",  "C",  "S",  "P",  "Pw",  "A",  "A",  "-",  "-",  "B"]) },
        DataClass::Identity             => const { cells(["Ow",  "O",   "C",   "C",   "-",  "B",  "B",  "Pw",  "-",  "-",  "K",  "-",  "B"]) },
        DataClass::SafeContact          => const { cells(["Ow",  "-",   "C%",  "C%",  "-",  "B",  "Pw", "Pf",  "-",  "-",  "-",  "-",  "-"]) },
        DataClass::Attendance           => const { cells(["O",   "O*",  "Cw",  "Cw",  "-",  "S",  "B",  "P",   "p",  "A",  "-",  "-",  "B"]) },
        DataClass::SessionRecord        => const { cells(["O+",  "-",   "Cw",  "Cw",  "C",  "S",  "B",  "Pf",  "p",  "A",  "-",  "-",  "-"]) },
        DataClass::Notes                => const { cells(["O+",  "-",   "Ow",  "-",   "-",  "K",  "B",  "-",   "-",  "-",  "-",  "-",  "-"]) },
        DataClass::Story                => const { cells(["Ow",  "-",   "K",   "K",   "-",  "-",  "B",  "K",   "K",  "K",  "-",  "-",  "-"]) },
        DataClass::Scores               => const { cells(["O",   "O*",  "C*",  "-",   "-",  "S*", "-",  "-",   "p",  "A",  "-",  "-",  "-"]) },
        DataClass::RiskAnswers          => const { cells(["O",   "-",   "Cu",  "-",   "-",  "S",  "P",  "-",   "-",  "-",  "K",  "-",  "-"]) },
        DataClass::SafetyPlan           => const { cells(["Ow",  "-",   "K",   "K",   "-",  "K",  "B",  "-",   "-",  "-",  "K",  "-",  "-"]) },
        DataClass::Incident             => const { cells(["O%",  "-",   "Ow",  "Ow",  "Ow", "Sw", "Pw", "A",   "A",  "A",  "-",  "-",  "B"]) },
        DataClass::Safeguarding         => const { cells(["g",   "g",   "O",   "O",   "O",  "Sn", "Pw", "-",   "-",  "-",  "-",  "-",  "B"]) },
        DataClass::Referral             => const { cells(["O",   "O*",  "Cw",  "C",   "-",  "S",  "P",  "Pf",  "p",  "A",  "Kw", "-",  "-"]) },
        DataClass::Consent              => const { cells(["Ow",  "Ow",  "Cf",  "Cf",  "-",  "Sf", "P",  "Pf",  "Pf", "-",  "K",  "-",  "P"]) },
        DataClass::Supervision          => const { cells(["-",   "-",   "O",   "O",   "O",  "Sw", "B",  "Pf",  "A",  "A",  "-",  "-",  "-"]) },
        DataClass::FacilitatorWellbeing => const { cells(["-",   "-",   "Ow",  "Ow",  "Ow", "Sfc","-",  "A",   "A",  "-",  "-",  "-",  "-"]) },
        DataClass::Complaint            => const { cells(["O",   "O",   "d",   "d",   "d",  "-",  "Pw", "-",   "A",  "A",  "-",  "-",  "B"]) },
        DataClass::Aggregates           => const { cells(["A",   "A",   "A",   "A",   "A",  "A",  "A",  "Aw",  "Aw", "A",  "A",  "-",  "A"]) },
        DataClass::Audit                => const { cells(["O%",  "O*",  "O",   "O",   "O",  "S",  "P",  "-",   "-",  "-",  "-",  "A",  "P"]) },
        DataClass::Keys                 => const { cells(["-",   "-",   "O",   "O",   "-",  "-",  "O",  "O",   "-",  "-",  "-",  "Px", "O"]) },
    }
}
