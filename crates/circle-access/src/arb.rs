//! Strategies of askers and what they ask, for property tests here and elsewhere.

use commons::DataClass;
use proptest::{collection::btree_set, prelude::*, sample::select};

use crate::{Action, Asker, Condition, Purpose, Relation, Role};

/// Any role.
pub fn role() -> impl Strategy<Value = Role> {
    select(&Role::ALL[..])
}

/// Anybody, with anything established.
pub fn asker() -> impl Strategy<Value = Asker> {
    (role(), btree_set(select(&Condition::ALL[..]), 0..=Condition::ALL.len())).prop_map(
        |(role, conditions)| conditions.into_iter().fold(Asker::wearing(role), Asker::having),
    )
}

/// Any action.
pub fn action() -> impl Strategy<Value = Action> {
    select(&Action::ALL[..])
}

/// Any class of data.
pub fn class() -> impl Strategy<Value = DataClass> {
    select(&DataClass::ALL[..])
}

/// Any relation.
pub fn relation() -> impl Strategy<Value = Relation> {
    select(&Relation::ALL[..])
}

/// Any purpose.
pub fn purpose() -> impl Strategy<Value = Purpose> {
    select(&Purpose::ALL[..])
}
