//! Which unit, session and person a code on the command line names.

use circlekeeper::{Appointment, State};
use commons::{MemberId, UnitId};
use report::Arg;

use crate::{
    commands::erase::{self, written},
    failure::Failure,
    store::Opened,
};

/// The unit of a code: a short code as it is printed, or a whole id.
pub(crate) fn unit(keeper: &mut Opened, code: &str) -> Result<UnitId, Failure> {
    let typed = written(code);
    let named =
        |unit: &UnitId| unit.short() == typed || unit.to_string().eq_ignore_ascii_case(code.trim());
    let units = keeper.units()?;
    let found: Vec<_> = units.iter().copied().filter(named).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let known = units.iter().map(|unit| unit.short());
            Err(Failure::new("cli.no_unit", &[]).listing(known))
        }
        several => Err(Failure::new("cli.several_units", &[("code", Arg::from(typed))])
            .listing(several.iter().map(ToString::to_string))),
    }
}

/// The session of a unit that has a number: the one to come or held, else one that did not happen.
pub(crate) fn session(
    keeper: &mut Opened,
    unit: UnitId,
    number: u16,
) -> Result<Appointment, Failure> {
    let mut of_number = keeper.appointments(Some(unit))?;
    of_number.retain(|it| it.number == number && it.state != State::TakenBack);
    of_number.sort_by_key(|it| !matches!(it.state, State::ToCome | State::Held));
    let missing = || Failure::new("cli.no_session", &[("number", Arg::from(number.to_string()))]);
    of_number.into_iter().next().ok_or_else(missing)
}

/// The enrolment of a code, among everybody.
pub(crate) fn member(keeper: &mut Opened, code: &str) -> Result<MemberId, Failure> {
    let people = keeper.people(&circlekeeper::Asking::coordinator())?;
    Ok(erase::find(&people, code)?.member)
}
