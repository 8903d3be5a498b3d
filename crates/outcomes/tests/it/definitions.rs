//! Instruments that people bring themselves.

use outcomes::{
    Answer, Definition, Fault, Instrument, InstrumentError, ItemAnswers, NotScorable, Points,
    SafetyAnswer, SafetyFlag, Score, arb, score,
};
use proptest::prelude::*;

use crate::{answers, instrument};

fn changed(change: impl FnOnce(&mut Definition)) -> Result<Instrument, Vec<Fault>> {
    let mut definition = Definition::from(instrument("phq-9"));
    change(&mut definition);
    Instrument::try_from(definition).map_err(|faults| faults.0)
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Definition), want: &str) {
    let faults = changed(change).expect_err("it cannot be scored");
    let text: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(text.join("; "), want);
}

#[test]
fn an_instrument_that_cannot_be_scored_cannot_be_built() {
    let empty = |d: &mut Definition| {
        d.scoring.highest = 0;
        (d.bands, d.cut_offs, d.changes, d.answer) = (vec![], vec![], vec![], None);
    };
    refused(
        empty,
        "the highest code 0 is not above the lowest code 0; safety item 9 is raised from 1, \
         which is not above the lowest code and up to the highest",
    );
    refused(
        |d| d.bands[0].edges[0].from = Points::whole(1),
        "the bands of `phq-9.bands.kroenke-2001` do not start at 0 and ascend",
    );
    refused(
        |d| d.cut_offs[0].at = Points::whole(28),
        "`phq-9.cut.kroenke-2001` names 28 points, outside 0 to 27",
    );
    refused(|d| d.scoring.missing_up_to = Some(9), "9 missing answers are allowed of 9 items");
    refused(
        |d| d.scoring.reversed = vec![10],
        "`reversed` names item 10, but there are 9 items, counted from 1",
    );
    refused(|d| d.scoring.reversed = vec![2, 2], "`reversed` names item 2 twice");
    refused(|d| d.scoring.times = Points::ZERO, "a total is multiplied by more than 0");
    refused(|d| d.scoring.source.clear(), "`phq-9` says no source");
    assert!(changed(|d| d.scoring.missing_up_to = Some(8)).is_ok());
}

#[test]
fn what_nobody_verified_is_never_used_unasked() {
    let memory = |d: &mut Definition| {
        let change = d.changes.get_mut(1).expect("the one from memory");
        change.provenance.default = true;
    };
    refused(
        memory,
        "`phq-9.change.lowe-2004` is unverified, so it cannot be the default; \
        `phq-9.change.lowe-2004` is a second default of its kind",
    );
}

#[test]
fn a_file_says_where_it_is_wrong() {
    let error = Instrument::from_toml("id = \"x\"\nversion = 3\n").unwrap_err();
    let InstrumentError::Shape(shape) = error else { panic!("it parsed") };
    assert!(shape.to_string().contains("line 2"), "{shape}");
}

#[test]
fn a_misspelled_word_in_a_file_is_not_passed_over() {
    let text = include_str!("../../instruments/phq-9.toml");
    assert!(Instrument::from_toml(text).is_ok());
    for (word, slip) in [
        ("default = true", "defualt = true"),
        ("at = 10", "att = 10"),
        ("missing_up_to", "missing_upto"),
    ] {
        let slipped = text.replacen(word, slip, 1);
        assert!(slipped != text && Instrument::from_toml(&slipped).is_err(), "{slip}");
    }
    refused(
        |d| d.bands[0].provenance.population.clear(),
        "`phq-9.bands.kroenke-2001` says no population",
    );
}

#[test]
fn an_instrument_of_ones_own_is_scored_like_the_built_in_ones() {
    let own = Instrument::from_toml(
        r#"
        id = "check-out"
        version = "1"
        name = "Circle check-out"
        [scoring]
        items = 4
        lowest = 1
        highest = 5
        reversed = [2]
        combine = "mean"
        better = "higher"
        missing_up_to = 1
        places = 2
        source = "our own; not a validated scale"
        evidence = "read"
        [rights]
        text = "own"
        credit = ""
        ask = ""
        "#,
    )
    .unwrap();
    assert_eq!(own.scoring().range(), (Points::whole(1), Points::whole(5)));
    let scored = score(&own, &answers(&[5, 1, 5, 4]));
    assert_eq!(scored.score.points(), Some("19/4".parse().unwrap()));
    assert_eq!(scored.flag(), SafetyFlag::NotAsked);
    let mut three = answers(&[5, 1, 5]);
    three.push(Answer::Missing);
    assert_eq!(score(&own, &three).score.points(), Some(Points::whole(5)));
}

#[test]
fn a_safety_answer_comes_out_when_the_score_does_not() {
    let phq = instrument("phq-9");
    let mut sheet = vec![Answer::Missing; 8];
    sheet.push(Answer::Given(1));
    let scored = score(&phq, &sheet);
    assert_eq!(scored.score.points(), None);
    assert_eq!(scored.safety, [SafetyAnswer::Raised { item: 9, value: 1 }]);
    let mut torn = answers(&[7, 0, 0, 0, 0, 0, 0, 0, 2]);
    let scored = score(&phq, &torn);
    assert!(matches!(
        scored.score,
        Score::NotScorable { reason: NotScorable::OutOfRange { item: 1, .. } }
    ));
    assert_eq!(scored.flag(), SafetyFlag::Raised);
    torn.pop();
    assert_eq!(score(&phq, &torn).flag(), SafetyFlag::Unknown);
    assert_eq!(score(&phq, &answers(&[0, 0, 0, 0, 0, 0, 0, 0, 4])).flag(), SafetyFlag::Unknown);
}

#[test]
fn readings_of_two_cut_offs_are_not_compared() {
    let phq = instrument("phq-9");
    let scored = score(&phq, &answers(&[2, 2, 2, 2, 2, 0, 0, 0, 0]));
    let by = |id: &str| match phq.interpretation(&id.parse().unwrap()) {
        Some(outcomes::Interpretation::CutOff(cut)) => cut.read(&scored.score, 0).unwrap(),
        _ => panic!("no cut-off {id}"),
    };
    let (ohio, harare) = (by("phq-9.cut.kroenke-2001"), by("phq-9.cut.harare-2016"));
    assert_eq!((ohio.rank, harare.rank), (1, 0));
    assert!(ohio.compare(&harare).is_err());
    assert_eq!(ohio.compare(&ohio), Ok(std::cmp::Ordering::Equal));
}

proptest! {
    #[test]
    fn answers_are_sealed_in_two_parts_and_made_one_again(
        (instrument, answers) in arb::instrument().prop_flat_map(|i| {
            let answers = arb::answers(&i);
            (Just(i), answers)
        })
    ) {
        let sheet = ItemAnswers::new(answers.clone());
        let (ordinary, risk) = sheet.split(&instrument);
        prop_assert_eq!(ordinary.joined(&risk), sheet);
        for (item, answer) in (1_u8..).zip(ordinary.as_slice()) {
            prop_assert!(!instrument.scoring().is_safety_item(item) || answer.given().is_none());
        }
        let printed = format!("{risk:?}");
        prop_assert!(!printed.contains("Given"));
        let (low, high) = instrument.scoring().range();
        let scored = score(&instrument, &answers);
        if let Some(points) = scored.score.points() {
            prop_assert!(low <= points && points <= high);
        }
        let scales = instrument.scoring().scales().iter().map(|scale| &scale.id);
        for id in scales.chain(instrument.scoring().conversions().iter().map(|found| &found.id)) {
            let (low, high) = instrument.scoring().figure_range(Some(id)).expect("a range");
            if let Some(points) = scored.figure(Some(id)) {
                prop_assert!(low <= points && points <= high, "{id} of {}", instrument.id());
            }
        }
        // Each safety item says something, whatever the sheet is like.
        prop_assert_eq!(scored.safety.len(), instrument.scoring().safety().len());
        for by in instrument.interpretations() {
            let reading = instrument.read(by, &scored);
            prop_assert!(reading.is_none_or(|found| found.interpretation == by.provenance().id));
        }
    }
}
