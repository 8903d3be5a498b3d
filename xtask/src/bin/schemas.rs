//! Prints the JSON Schemas of what people write and of what is stored, for `cargo xtask regen`.
//!
//! One object: the name of each schema, with its version, and the schema. To add one, add a row to
//! [`SCHEMAS`]. An event that changes its shape gets a new row; the old row stays.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    process::ExitCode,
};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

/// A schema: its name with its version, and what makes it.
type Row = (&'static str, fn() -> Value);

/// Everything that has a schema.
const SCHEMAS: [Row; 16] = [
    ("model-1", program_model::json_schema),
    ("events/card-1", of::<safety_protocols::CardEvent>),
    ("events/case-1", of::<circle_model::CaseEvent>),
    ("events/class-1", of::<curriculum::ClassEvent>),
    ("events/consent-1", of::<safety_protocols::ConsentEvent>),
    ("events/group-1", of::<circle_model::GroupEvent>),
    ("events/matter-1", of::<safety_protocols::MatterEvent>),
    ("events/measures-1", of::<outcomes::MeasuresEvent>),
    ("events/member-1", of::<circlekeeper::MemberEvent>),
    ("events/person-1", of::<circlekeeper::PersonEvent>),
    ("events/place-1", of::<circle_model::PlaceEvent>),
    ("events/program-1", of::<circlekeeper::ProgramEvent>),
    ("events/referral-1", of::<safety_protocols::ReferralEvent>),
    ("events/service-1", of::<safety_protocols::ServiceEvent>),
    ("events/session-1", of::<circle_model::SessionEvent>),
    ("events/supervision-1", of::<safety_protocols::SupervisionEvent>),
];

fn main() -> ExitCode {
    let schemas: BTreeMap<_, _> = SCHEMAS.iter().map(|(name, make)| (*name, make())).collect();
    let written = serde_json::to_string(&schemas).map_err(io::Error::other);
    match written.and_then(|text| writeln!(io::stdout().lock(), "{text}")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn of<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}
