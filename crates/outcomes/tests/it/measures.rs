//! What happens to the sheets of one member.

use chrono::NaiveDate;
use commons::{Aggregate, Code, EventId, EventSet, laws};
use outcomes::{
    DeclineReason, Measures, MeasuresBreach, MeasuresError, MeasuresEvent, Points, SettleReason,
    Sheet, Total, VoidReason, Wave, arb, score,
};
use proptest::{collection::vec, prelude::*};

use crate::{answers, instrument};

fn sheet(timepoint: &'static str, day: u32, last: i16) -> Sheet {
    let phq = instrument("phq-9");
    let scored = score(&phq, &answers(&[2, 2, 2, 2, 0, 0, 0, 0, last]));
    let on = NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    Sheet::of(&phq, &scored, Code::of("rw"), Code::of(timepoint), on)
}

fn id(n: u128) -> EventId {
    EventId::number(n)
}

fn lived(events: &[(u128, MeasuresEvent)]) -> Measures {
    Measures::replay(events.iter().map(|(n, event)| (id(*n), event)))
}

fn recorded(timepoint: &'static str, day: u32) -> MeasuresEvent {
    Measures::record(sheet(timepoint, day, 0))
}

fn corrected(cites: &[u128], day: u32) -> MeasuresEvent {
    MeasuresEvent::Corrected {
        cites: cites.iter().map(|n| id(*n)).collect(),
        sheet: sheet("t0", day, 1),
    }
}

#[track_caller]
fn breaches(events: &[(u128, MeasuresEvent)], want: &[(MeasuresBreach, &[u128])]) {
    let found: Vec<_> =
        lived(events).breaches().into_iter().map(|breach| (breach.kind, breach.events)).collect();
    let want: Vec<_> = want
        .iter()
        .map(|(kind, events)| (*kind, events.iter().map(|n| id(*n)).collect::<EventSet>()))
        .collect();
    assert_eq!(found, want);
}

#[test]
fn a_wave_twice_and_two_uncited_corrections_are_one_line_each() {
    use MeasuresBreach::{CorrectedTwice, WaveTwice};
    breaches(&[(1, recorded("t0", 1)), (2, recorded("t2", 9))], &[]);
    breaches(&[(1, recorded("t0", 1)), (2, recorded("t0", 2))], &[(WaveTwice, &[1, 2])]);
    breaches(&[(1, recorded("t0", 1)), (2, corrected(&[1], 1))], &[]);
    let two = [(1, recorded("t0", 1)), (2, corrected(&[1], 1)), (3, corrected(&[1], 2))];
    breaches(&two, &[(CorrectedTwice, &[2, 3])]);
    let mut mended = two.to_vec();
    mended.push((4, corrected(&[2, 3], 2)));
    breaches(&mended, &[]);
    let mut voided = two.to_vec();
    voided.push((4, MeasuresEvent::Voided { entry: id(3), reason: VoidReason::EnteredTwice }));
    breaches(&voided, &[]);
}

#[test]
fn a_correction_stands_and_the_mistake_does_not() {
    let state = lived(&[(1, recorded("t0", 1)), (2, corrected(&[1], 1))]);
    let Wave::Measured(at, sheet) = state.wave(&Code::of("phq-9"), &Code::of("t0")) else {
        panic!("not measured");
    };
    assert_eq!((at, sheet.total), (id(2), Total::Complete { points: Points::whole(9) }));
    assert_eq!(
        state.correct([id(1)].into(), sheet.clone()).map(|_| ()),
        Ok(()),
        "a replaced sheet may be corrected again, which shows as a breach"
    );
    let unknown = state.correct([id(7)].into(), sheet.clone());
    assert_eq!(unknown, Err(MeasuresError::NoSuchSheet { entry: id(7) }));
    assert_eq!(state.correct([].into(), sheet.clone()), Err(MeasuresError::CitesNothing));
    assert!(state.void(id(7), VoidReason::Test).is_err());
}

#[test]
fn who_declines_is_not_missing_and_two_sheets_wait_for_a_person() {
    let (phq, t0) = (Code::of("phq-9"), Code::of("t0"));
    let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let decline = Measures::decline(None, t0.clone(), on, DeclineReason::NotNow);
    let state = lived(&[(1, decline)]);
    assert_eq!(state.wave(&phq, &t0), Wave::Declined(DeclineReason::NotNow));
    assert_eq!(state.wave(&phq, &Code::of("t1")), Wave::Missing);
    let mut state = lived(&[(1, recorded("t0", 1)), (2, recorded("t0", 2))]);
    assert_eq!(state.wave(&phq, &t0), Wave::Undecided);
    let breach = state.open_breaches().into_iter().next().unwrap();
    let settled = state.settle(breach.clone(), SettleReason::LaterCounts).unwrap();
    state.apply(id(3), &settled);
    assert!(matches!(state.wave(&phq, &t0), Wave::Measured(at, _) if at == id(2)));
    assert!(state.settle(breach, SettleReason::LaterCounts).is_err());
}

const OLD: &str = r#"
{"event":"recorded","sheet":{"instrument":"phq-9","version":"1","language":"rw","timepoint":"t0","on":"2026-03-01","total":{"kind":"prorated","points":"99/7"},"answered":7,"of":9,"band":{"interpretation":"phq-9.bands.kroenke-2001","band":"moderate","rank":2}}}
{"event":"recorded","sheet":{"instrument":"gad-7","version":"1","language":"en","timepoint":"t2","on":"2026-03-01","total":{"kind":"too_many_missing"},"answered":6,"of":7,"band":null}}
{"event":"declined","instrument":null,"timepoint":"t0","on":"2026-03-01","reason":"not_given"}
{"event":"corrected","cites":["00000000-0000-0000-0000-000000000001"],"sheet":{"instrument":"who-5","version":"1","language":"en","timepoint":"t0","on":"2026-03-02","total":{"kind":"complete","points":"52"},"answered":5,"of":5,"band":{"interpretation":"who-5.cut.50","band":"not_at_cut_off","rank":1}}}
{"event":"voided","entry":"00000000-0000-0000-0000-000000000001","reason":"wrong_person"}
{"event":"settled","breach":{"kind":"wave_twice","events":["00000000-0000-0000-0000-000000000001","00000000-0000-0000-0000-000000000002"]},"reason":"later_counts"}
"#;

#[test]
fn what_the_first_release_wrote_is_still_read() {
    laws::old_bytes_still_read::<MeasuresEvent>(OLD);
}

proptest! {
    #[test]
    fn order_and_repetition_do_not_matter(events in vec(arb::event(), 0..20), seed: u64) {
        laws::commutes::<Measures>(&laws::numbered(events), seed);
    }

    #[test]
    fn settled_stays_settled(
        events in vec(arb::event(), 0..16), news in vec(arb::event(), 0..4), seed: u64
    ) {
        let settle = |breach: &_| MeasuresEvent::Settled {
            breach: Clone::clone(breach), reason: SettleReason::LaterCounts,
        };
        // A settlement or a record that voids another event changes more than it adds.
        let plain = |event: &MeasuresEvent| !matches!(
            event, MeasuresEvent::Voided { .. } | MeasuresEvent::Settled { .. });
        let news: Vec<_> = news.into_iter().filter(plain).collect();
        laws::settled_stays_settled::<Measures>(&laws::numbered(events), &news, settle, seed);
    }

    #[test]
    fn decisions_add_no_breach(attempts in vec(arb::event(), 0..16)) {
        let decide = |state: &Measures, attempt: &MeasuresEvent| match attempt {
            MeasuresEvent::Corrected { cites, sheet } => state.correct(cites.clone(), sheet.clone()).ok(),
            MeasuresEvent::Voided { entry, reason } => state.void(*entry, *reason).ok(),
            MeasuresEvent::Recorded { .. }
            | MeasuresEvent::Declined { .. }
            | MeasuresEvent::Settled { .. } => Some(attempt.clone()),
            _ => None,
        };
        let history = laws::decisions_add_no_breach::<Measures, _>(&attempts, decide);
        laws::survives_serde(&Measures::replay(history.iter().map(|(id, event)| (*id, event))));
    }
}
