//! When a series is held, and which sessions cannot both be.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday, WeekdaySet};
use chrono_tz::Tz;
use circle_model::{
    Booking, Cadence, Clash, Exception, LocalTime, NotHeldReason, Nth, Occasion, Rhythm, Series,
    SeriesError, Travel, clashes,
};
use commons::SessionId;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::world::people;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The days of a series in one line: a day, a day moved `from>to`, a day left out in brackets.
fn told(occasions: &[Occasion]) -> String {
    let day = |day: NaiveDate| day.format("%m-%d").to_string();
    let words = occasions.iter().map(|occasion| match *occasion {
        Occasion::On { day: on } => day(on),
        Occasion::Moved { from, day: to, .. } => format!("{}>{}", day(from), day(to)),
        Occasion::Skipped { day: on, .. } => format!("({})", day(on)),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(every: &str, first: &str, sessions: u16, want: &str) {
    let series = Series::new(date(first), every.parse().unwrap());
    assert_eq!(told(&series.occasions(sessions).unwrap()), want, "{every}");
}

#[test]
fn circles_meet_in_every_rhythm_that_people_name() {
    check("week", "2026-03-05", 3, "03-05 03-12 03-19");
    check("2 weeks", "2026-03-05", 3, "03-05 03-19 04-02");
    check("10 days", "2026-03-05", 3, "03-05 03-15 03-25");
    check("mon,thu", "2026-03-05", 4, "03-05 03-09 03-12 03-16");
    check("Tuesday", "2026-03-05", 2, "03-10 03-17");
    check("2 weeks on sat", "2026-03-05", 3, "03-07 03-21 04-04");
    check("first sat", "2026-03-08", 3, "04-04 05-02 06-06");
    check("last friday", "2026-03-05", 3, "03-27 04-24 05-29");
    check("fifth sun", "2026-03-05", 2, "03-29 05-31");
    for wrong in ["", "often", "0 weeks", "9 years", "mon,noday", "sixth sat", "9999 weeks of"] {
        assert!(wrong.parse::<Rhythm>().is_err(), "{wrong}");
    }
    let weekly = Cadence::new(7, 3, 16, 120, 25).unwrap();
    assert_eq!(Rhythm::of(weekly), "week".parse().unwrap());
}

#[test]
fn days_of_the_moon_are_named_by_hand_and_too_few_are_told() {
    let moons: BTreeSet<_> = ["2026-03-03", "2026-04-02", "2026-05-01"].map(date).into();
    let series = Series::new(date("2026-03-10"), Rhythm::ByHand(moons));
    assert_eq!(told(&series.occasions(2).unwrap()), "04-02 05-01");
    assert_eq!(series.occasions(3), Err(SeriesError::TooFew { found: 2, wanted: 3 }));
    let never = Rhythm::Weekly { every: std::num::NonZeroU16::MIN, on: WeekdaySet::EMPTY };
    let never = Series::new(date("2026-03-10"), never);
    assert_eq!(never.occasions(1), Err(SeriesError::TooFew { found: 0, wanted: 1 }));
}

#[test]
fn a_week_of_mourning_is_left_out_and_a_holiday_is_moved() {
    let (mourning, holiday) = (NotHeldReason::Commemoration, NotHeldReason::Holiday);
    // Rwanda's week of commemoration is 7 to 13 April; 1 May is Labor Day.
    let days = circle_model::Days { from: date("2026-04-07"), until: Some(date("2026-04-13")) };
    let week = Exception { days, why: mourning, instead: None };
    let mut series = Series::new(date("2026-04-03"), "week".parse().unwrap());
    series.exceptions =
        vec![week, Exception::moved(date("2026-05-01"), date("2026-05-02"), holiday)];
    let laid_out = series.occasions(5).unwrap();
    assert_eq!(told(&laid_out), "04-03 (04-10) 04-17 04-24 05-01>05-02 05-08");
    assert_eq!(laid_out.iter().filter_map(|it| it.session()).count(), 5);

    let onto = |day: &str| {
        series.exceptions[1] = Exception::moved(date("2026-04-17"), date(day), holiday);
        series.occasions(5)
    };
    let mut onto = onto;
    assert_eq!(onto("2026-04-08"), Err(SeriesError::OntoSkipped { day: date("2026-04-08") }));
    let (day, before) = (date("2026-04-24"), date("2026-04-24"));
    assert_eq!(onto("2026-04-24"), Err(SeriesError::OutOfOrder { day, before }));
    assert!(onto("2026-04-18").is_ok());
}

const ZONES: [Tz; 5] = [
    chrono_tz::Africa::Kigali,
    chrono_tz::America::New_York,
    chrono_tz::Europe::London,
    chrono_tz::Australia::Lord_Howe,
    chrono_tz::Africa::Casablanca,
];

fn weekdays() -> impl Strategy<Value = WeekdaySet> {
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    proptest::sample::subsequence(days.to_vec(), 1..=7).prop_map(|days| days.into_iter().collect())
}

/// A rhythm, and the same in the words of RFC 5545.
fn rhythm() -> impl Strategy<Value = (Rhythm, String)> {
    let word = |day: Weekday| day.to_string().to_uppercase()[..2].to_owned();
    let every = (1_u16..30).prop_map(|n| std::num::NonZeroU16::new(n).unwrap());
    let nth = [
        (Nth::First, 1),
        (Nth::Second, 2),
        (Nth::Third, 3),
        (Nth::Fourth, 4),
        (Nth::Fifth, 5),
        (Nth::Last, -1),
    ];
    let any_day = weekdays().prop_map(|days| days.first().unwrap());
    prop_oneof![
        every
            .clone()
            .prop_map(|days| (Rhythm::EveryDays(days), format!("FREQ=DAILY;INTERVAL={days}"))),
        (every, weekdays()).prop_map(move |(every, on)| {
            let days: Vec<_> = on.iter(Weekday::Mon).map(word).collect();
            let rule = format!("FREQ=WEEKLY;INTERVAL={every};WKST=MO;BYDAY={}", days.join(","));
            (Rhythm::Weekly { every, on }, rule)
        }),
        (select(nth.to_vec()), any_day).prop_map(move |((nth, n), on)| {
            (Rhythm::Monthly { nth, on }, format!("FREQ=MONTHLY;BYDAY={n}{}", word(on)))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// In every rhythm, with days left out, across clock changes: the same instants as another
    /// implementation has. By day: at night others drop a time that a clock leaves out.
    #[test]
    fn a_series_is_as_another_implementation_lays_it_out(
        (rhythm, rule) in rhythm(),
        zone in select(ZONES.to_vec()),
        offset in 0_u64..800,
        hour in 4_u32..23,
        left_out in vec(0_usize..20, 0..5),
    ) {
        let first = date("2026-01-01") + Days::new(offset);
        let time = NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
        let mut series = Series::new(first, rhythm);
        let days: Vec<_> = series.rhythm.days(first).take(20).collect();
        let left_out: BTreeSet<_> = left_out.into_iter().filter_map(|n| days.get(n)).collect();
        series.exceptions = left_out.iter().map(|day| Exception::skip(**day, NotHeldReason::Holiday)).collect();
        let laid_out = series.occasions(20).unwrap();
        let at = |date| LocalTime { date, time, zone }.instant().0;
        let ours: Vec<_> = laid_out.iter().filter_map(|it| it.session()).map(at).collect();

        let mut text = format!("DTSTART;TZID={zone}:{}T{hour:02}3000\nRRULE:{rule}", first.format("%Y%m%d"));
        for day in &left_out {
            text += &format!("\nEXDATE;TZID={zone}:{}T{hour:02}3000", day.format("%Y%m%d"));
        }
        let theirs: rrule::RRuleSet = text.parse().unwrap();
        let theirs: Vec<_> = theirs.all(20).dates.iter().map(|date| date.to_utc()).collect();
        prop_assert_eq!(ours, theirs, "{}", text);
    }

    #[test]
    fn clashes_are_found_as_by_looking_at_every_pair(
        sessions in vec((0_i64..400, 1_i64..120, 0_u128..4, 0_u128..4, proptest::option::of(0_u8..3)), 0..24),
        ways in vec((0_u8..3, 0_u8..3, 0_u16..90), 0..4),
        otherwise in 0_u16..60,
    ) {
        let booking = |(n, (start, minutes, one, other, room)): (u128, (i64, i64, u128, u128, Option<u8>))| Booking {
            session: SessionId::number(n),
            starts_at: minute(start),
            ends_at: minute(start + minutes),
            led_by: people([one, other]),
            room,
        };
        let bookings: Vec<_> = (1..).zip(sessions).map(booking).collect();
        let mut travel = Travel::otherwise(otherwise);
        for (one, other, minutes) in ways {
            travel = travel.with(&one, &other, minutes);
        }
        let found: BTreeSet<_> = clashes(&bookings, &travel).into_iter().collect();
        prop_assert_eq!(found, by_every_pair(&bookings, &travel));
    }
}

fn minute(n: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(n)
}

fn by_every_pair(bookings: &[Booking<u8>], travel: &Travel<u8>) -> BTreeSet<Clash> {
    let mut found = BTreeSet::new();
    for one in bookings {
        for other in bookings
            .iter()
            .filter(|other| (one.starts_at, one.session) < (other.starts_at, other.session))
        {
            let (first, second) = (one.session, other.session);
            let way =
                TimeDelta::minutes(travel.minutes(one.room.as_ref(), other.room.as_ref()).into());
            for who in one.led_by.intersection(&other.led_by) {
                if other.starts_at < one.ends_at + way {
                    found.insert(Clash::Leader { who: *who, first, second });
                }
            }
            if one.room.is_some() && one.room == other.room && other.starts_at < one.ends_at {
                found.insert(Clash::Room { first, second });
            }
        }
    }
    found
}

#[test]
fn nobody_leads_in_two_rooms_at_once_nor_is_late_for_the_way() {
    let booking = |n: u128, start: i64, leader: u128, room: &'static str| Booking {
        session: SessionId::number(n),
        starts_at: minute(start),
        ends_at: minute(start + 90),
        led_by: people([leader]),
        room: Some(room),
    };
    let travel = Travel::otherwise(20).with(&"church", &"hill", 45);
    let kinds = |one: Booking<&'static str>, other: Booking<&'static str>| {
        let word = |clash| if let Clash::Room { .. } = clash { "room" } else { "leader" };
        let found: Vec<_> = clashes(&[other, one], &travel).into_iter().map(word).collect();
        found.join(" ")
    };
    let first = || booking(1, 0, 7, "church");
    assert_eq!(kinds(first(), booking(2, 89, 7, "church")), "leader room");
    assert_eq!(kinds(first(), booking(2, 90, 7, "church")), "", "one after the other");
    assert_eq!(kinds(first(), booking(2, 89, 8, "church")), "room");
    assert_eq!(kinds(first(), booking(2, 109, 7, "school")), "leader", "20 minutes to anywhere");
    assert_eq!(kinds(first(), booking(2, 110, 7, "school")), "");
    assert_eq!(kinds(first(), booking(2, 134, 7, "hill")), "leader", "45 minutes up the hill");
    assert_eq!(kinds(booking(2, 0, 7, "hill"), booking(3, 135, 7, "church")), "", "and down");
}
