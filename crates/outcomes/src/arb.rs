//! Strategies of valid values and events, for property tests here and in what embeds this crate.

use chrono::{Days, NaiveDate};
use commons::{Breach, Code, laws::event_id};
use proptest::{collection::btree_set, prelude::*, sample::select};

use crate::{
    Answer, DeclineReason, Instrument, MeasuresBreach, MeasuresEvent, SettleReason, Sheet,
    VoidReason, score,
};

const TIMEPOINTS: [Code; 3] = [Code::of("t0"), Code::of("t1"), Code::of("t2")];

/// Any of the instruments that come with this library.
pub fn instrument() -> impl Strategy<Value = Instrument> {
    select(crate::built_ins())
}

/// Answers to an instrument: mostly sound, with missing ones and ones out of range.
pub fn answers(instrument: &Instrument) -> impl Strategy<Value = Vec<Answer>> + use<> {
    let answer = |(low, high): (i16, i16)| {
        prop_oneof![
            12 => (low..=high).prop_map(Answer::Given),
            1 => Just(Answer::Missing),
            1 => (low.saturating_sub(2)..=high.saturating_add(2)).prop_map(Answer::Given),
        ]
    };
    let scoring = instrument.scoring();
    (1..=scoring.items()).map(|item| answer(scoring.codes_of(item))).collect::<Vec<_>>()
}

/// A day of one year.
pub fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..365).prop_map(|days| NaiveDate::default() + Days::new(days))
}

/// A sheet of one of few waves, so that waves meet.
pub fn sheet() -> impl Strategy<Value = Sheet> {
    (instrument(), select(TIMEPOINTS.to_vec()), day()).prop_flat_map(|(instrument, when, on)| {
        answers(&instrument).prop_map(move |answers| {
            let scored = score(&instrument, &answers);
            Sheet::of(&instrument, &scored, Code::of("en"), when.clone(), on)
        })
    })
}

/// Any event of the measures of one member; ids come from few, so that events meet.
pub fn event() -> impl Strategy<Value = MeasuresEvent> {
    let kind = select(vec![MeasuresBreach::WaveTwice, MeasuresBreach::CorrectedTwice]);
    let breach =
        (kind, btree_set(event_id(), 1..4)).prop_map(|(kind, events)| Breach { kind, events });
    prop_oneof![
        4 => sheet().prop_map(|sheet| MeasuresEvent::Recorded { sheet }),
        3 => (btree_set((1_u128..12).prop_map(commons::EventId::number), 1..3), sheet())
            .prop_map(|(cites, sheet)| MeasuresEvent::Corrected { cites, sheet }),
        1 => (select(TIMEPOINTS.to_vec()), day()).prop_map(|(timepoint, on)| {
            MeasuresEvent::Declined {
                instrument: None,
                timepoint,
                on,
                reason: DeclineReason::NotNow,
            }
        }),
        1 => (1_u128..12).prop_map(|n| MeasuresEvent::Voided {
            entry: commons::EventId::number(n),
            reason: VoidReason::EnteredTwice,
        }),
        1 => breach.prop_map(|breach| MeasuresEvent::Settled {
            breach,
            reason: SettleReason::LaterCounts,
        }),
    ]
}
