//! How much one keeper carries.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};
use chrono_tz::Africa::Kigali;
use commons::Refused;
use proptest::{collection::vec, prelude::*};
use safety_protocols::{Rulebook, Shift, WorkError, WorkLimits, arb, may_work, overload};

use crate::{at, day};

fn session(from: &str, to: &str) -> Shift {
    Shift { starts_at: at(from, Kigali), ends_at: at(to, Kigali), session: true }
}

fn limits() -> WorkLimits {
    WorkLimits::of(Rulebook::shipped())
}

#[test]
fn v17_ten_and_a_half_hours_are_too_little_rest() {
    let late = session("2026-03-02 20:00", "2026-03-02 21:30");
    for (start, end, rest) in [
        ("2026-03-03 08:00", "2026-03-03 09:30", Some(630)),
        ("2026-03-03 08:29", "2026-03-03 09:30", Some(659)),
        ("2026-03-03 08:30", "2026-03-03 09:30", None),
    ] {
        let answer = may_work(&[late], session(start, end), Kigali, limits());
        let want: BTreeSet<_> = rest
            .map(|rest_minutes| WorkError::TooLittleRest {
                on: day("2026-03-03"),
                rest_minutes,
                fewest: 660,
            })
            .into_iter()
            .collect();
        assert_eq!(answer.err().unwrap_or_default(), want, "{start}");
    }
    let refused =
        WorkError::TooLittleRest { on: day("2026-03-03"), rest_minutes: 630, fewest: 660 };
    assert_eq!(refused.rule().unwrap().as_str(), "WL-03");
}

#[test]
fn two_sessions_a_day_with_an_hour_between() {
    let morning = session("2026-03-02 08:00", "2026-03-02 10:00");
    let noon = session("2026-03-02 11:00", "2026-03-02 13:00");
    assert_eq!(may_work(&[morning], noon, Kigali, limits()), Ok(()));
    let soon = session("2026-03-02 10:59", "2026-03-02 12:00");
    let refused = may_work(&[morning], soon, Kigali, limits()).unwrap_err();
    assert!(matches!(refused.first(), Some(WorkError::TooLittlePause { pause_minutes: 59, .. })));
    let third = session("2026-03-02 15:00", "2026-03-02 16:00");
    let refused = may_work(&[morning, noon], third, Kigali, limits()).unwrap_err();
    assert!(matches!(
        refused.first(),
        Some(WorkError::TooManySessions { sessions: 3, most: 2, .. })
    ));
}

#[test]
fn one_week_in_thirteen_is_free_and_a_program_sets_its_own_cap_of_hours() {
    let week = |n: u64| Shift {
        starts_at: at("2026-03-02 08:00", Kigali) + Days::new(7 * n),
        ends_at: at("2026-03-02 18:00", Kigali) + Days::new(7 * n),
        session: false,
    };
    let twelve: Vec<_> = (0..12).map(week).collect();
    assert!(overload(&twelve, Kigali, limits()).is_empty());
    let refused = may_work(&twelve, week(12), Kigali, limits()).unwrap_err();
    assert!(matches!(refused.first(), Some(WorkError::NoWeekOff { weeks: 13, .. })));
    assert_eq!(may_work(&twelve, week(13), Kigali, limits()), Ok(()), "after a week off");

    let capped = WorkLimits { hours_a_week: Some(10), ..limits() };
    assert!(overload(&[week(0)], Kigali, capped).is_empty());
    let more = Shift {
        starts_at: at("2026-03-04 08:00", Kigali),
        ends_at: at("2026-03-04 08:01", Kigali),
        session: false,
    };
    assert!(matches!(
        may_work(&[week(0)], more, Kigali, capped).unwrap_err().first(),
        Some(WorkError::TooManyHours { minutes: 601, .. })
    ));
}

proptest! {
    #[test]
    fn taking_work_away_never_makes_too_much(shifts in vec((arb::instant(), 1_i64..300), 1..12)) {
        let shifts: Vec<_> = shifts.into_iter().map(|(starts_at, minutes)| Shift {
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(minutes),
            session: true,
        }).collect();
        let all = overload(&shifts, Kigali, limits());
        let days = |list: &BTreeSet<WorkError>| list.iter().filter(|one| matches!(one, WorkError::TooManySessions { .. })).count();
        let fewer = overload(&shifts[1..], Kigali, limits());
        prop_assert!(days(&fewer) <= days(&all));
    }
}
