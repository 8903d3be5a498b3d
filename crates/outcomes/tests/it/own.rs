//! An organization's own instrument: the same checks as for those that come with us.

use commons::Code;
use outcomes::definition::{
    Conversion, CountDefinition, Definition, Gate, GateKind, ScaleCombine, ScaleDefinition,
};
use outcomes::{
    Answer, Condition, Context, ContextIs, Faults, Instrument, InstrumentError, Interpretation,
    Known, Points, SafetyFlag, Score, Wording, built_ins, score, score_with,
};

use crate::{answers, instrument};

const UBUNTU: &str = include_str!("../../examples/own/ubuntu-scale.toml");

fn faults(change: impl FnOnce(&mut Definition)) -> String {
    let mut definition = Definition::from(Instrument::from_toml(UBUNTU).unwrap());
    change(&mut definition);
    Instrument::try_from(definition).expect_err("it cannot be scored").to_string()
}

#[test]
fn an_ubuntu_scale_is_scored_with_its_parts_and_its_safety_item() {
    let ubuntu = Instrument::from_toml(UBUNTU).unwrap();
    let mut sheet = answers(&[5, 4, 5, 1, 4]);
    sheet.push(Answer::Missing);
    let scored = score(&ubuntu, &sheet);
    // Item 4 is reversed: (5 + 4 + 5 + 5 + 4) / 5.
    assert_eq!(scored.score.points(), Some("23/5".parse().unwrap()));
    assert!(matches!(scored.score, Score::Prorated { answered: 5, of: 6, .. }));
    assert_eq!(scored.figure(Some(&Code::of("receiving"))), Some("9/2".parse().unwrap()));
    assert_eq!(scored.flag(), SafetyFlag::Unknown);
    // Its bands are a draft: there, and read only by whoever asks for them.
    assert_eq!(ubuntu.default_bands(), None);
    let by = ubuntu.interpretation(&Code::of("ubuntu-scale.bands.draft")).unwrap();
    let reading = ubuntu.read(by, &scored).unwrap();
    assert_eq!((reading.band, reading.rank), (Code::of("together"), 2));
    let words = include_str!("../../examples/own/ubuntu-scale.en.toml");
    assert_eq!(Wording::from_toml(words, &ubuntu).unwrap().labels(6).len(), 5);
}

#[test]
fn everything_that_is_wrong_with_a_file_is_told_at_once() {
    let wrong = UBUNTU
        .replace("reversed = [4]", "reversed = [4, 7]")
        .replace("missing_up_to = 1 ", "missing_up_to = 6 ")
        .replace("raised_from = 5", "raised_from = 1")
        .replace("population = \"forty neighbors who tried it, 2026\"", "population = \"\"")
        .replace("evidence = \"unverified\"", "evidence = \"unverified\"\ndefault = true");
    let told = Instrument::from_toml(&wrong).unwrap_err().to_string();
    assert_eq!(
        told,
        "`reversed` names item 7, but there are 6 items, counted from 1; \
         safety item 6 is raised from 1, which is not above the lowest code and up to the highest; \
         6 missing answers are allowed of 6 items; \
         `ubuntu-scale.bands.draft` says no population; \
         `ubuntu-scale.bands.draft` is unverified, so it cannot be the default",
    );
}

#[test]
fn scales_counts_conversions_and_gates_are_checked_like_the_rest() {
    let scale = |id, items: &[u8]| ScaleDefinition {
        id: Code::of(id),
        items: items.to_vec(),
        combine: ScaleCombine::Sum,
        times: Points::ONE,
        plus: Points::ZERO,
        missing_up_to: 0,
        rounded_to: None,
        places: 0,
        better: None,
    };
    let count = |from| CountDefinition {
        id: Code::of("many"),
        items: vec![1, 2],
        from,
        exceptions: vec![],
    };
    let table = |rows: Vec<(Points, Points)>| Conversion {
        id: Code::of("metric"),
        times: None,
        plus: None,
        table: rows,
        places: None,
    };
    let gate = |when, closes: &[u8], kind| Gate { when, closes: closes.to_vec(), kind };
    let by_item = |item, is| Condition::Item { item, is };
    let check = |change: Box<dyn FnOnce(&mut Definition)>, want: &str| {
        assert_eq!(faults(change), want);
    };
    check(
        Box::new(move |d| d.scoring.scales.push(scale("giving", &[1]))),
        "the id `giving` is used twice",
    );
    check(Box::new(move |d| d.scoring.scales.push(scale("new", &[]))), "`new` names no items");
    check(
        Box::new(move |d| d.scoring.counts.push(count(1))),
        "`many` counts item 1 from 1, which is not above its lowest code and up to its highest; \
         `many` counts item 2 from 1, which is not above its lowest code and up to its highest",
    );
    check(
        Box::new(move |d| d.scoring.conversions.push(table(vec![]))),
        "`metric` is a line (`times`, `plus`) or a table, one of them",
    );
    check(
        Box::new(move |d| d.scoring.conversions.push(table(vec![(Points::ONE, Points::ONE)]))),
        "`metric` reads whole totals, so no answer may be missing; \
         the table of `metric` has not one row for each whole total from 1 to 5",
    );
    check(
        Box::new(move |d| d.scoring.gates.push(gate(by_item(2, 9), &[2], GateKind::Skip))),
        "a gate asks whether item 2 is 9, which is not among its codes; \
         a gate closes item 2, by whose answer it closes",
    );
    let new = ContextIs { context: Code::of("new"), is: Known::Flag(true) };
    check(
        Box::new(move |d| {
            d.scoring.gates.push(gate(Condition::Context(new), &[4], GateKind::NotApplicable));
        }),
        "item 4 counts nothing when a gate closes it, so its lowest code is 0 and it is not reversed",
    );
    check(
        Box::new(|d| d.scoring.missing_up_to = None),
        "a sum or a mean says how many answers may be missing (`missing_up_to`)",
    );
    check(
        Box::new(|d| d.bands[0].on = Some(Code::of("nowhere"))),
        "`nowhere` is named, and is none of this instrument's",
    );
}

#[test]
fn what_is_written_in_a_file_can_be_written_in_rust_and_back() {
    for instrument in built_ins() {
        let text = toml::to_string(&Definition::from(instrument.clone())).unwrap();
        assert_eq!(Instrument::from_toml(&text).unwrap(), instrument, "{}", instrument.id());
    }
}

#[test]
fn a_condition_is_an_item_or_a_fact_and_not_both() {
    let gate = |when: &str| {
        let text = UBUNTU.replace(
            "[rights]",
            &format!("[[scoring.gates]]\nwhen = {when}\ncloses = [2]\nkind = \"skip\"\n[rights]"),
        );
        Instrument::from_toml(&text)
    };
    assert!(gate("{ item = 1, is = 1 }").is_ok());
    assert!(gate("{ context = \"first_time\", is = true }").is_ok());
    // A word of yes or no is read as a context reads it.
    let scored = |word: &str, context: &str| {
        let when = format!("{{ context = \"has_children\", is = {word} }}");
        let context: Context = serde_json::from_str(context).unwrap();
        let mut sheet = answers(&[1, 1, 1, 1, 1]);
        sheet.insert(1, Answer::Missing);
        let scored = score_with(&gate(&when).unwrap(), &sheet, &context);
        matches!(scored.score, Score::Complete { .. })
    };
    for word in ["\"no\"", "\"No\"", "false", "0", "\"0\""] {
        assert!(scored(word, r#"{"has_children": "no"}"#), "{word}");
        assert!(!scored(word, r#"{"has_children": "yes"}"#) && !scored(word, "{}"), "{word}");
    }
    for bad in ["\"not at all\"", "1.5", "[1]", "\"\""] {
        let told = gate(&format!("{{ context = \"x\", is = {bad} }}")).unwrap_err();
        let InstrumentError::Shape(shape) = told else { panic!("{bad}") };
        assert!(shape.message().contains("a fact of a person is"), "{shape}");
    }
    for bad in ["{ item = 1, context = \"x\", is = 1 }", "{ is = 1 }", "{ item = 1, is = true }"] {
        assert!(gate(bad).is_err(), "{bad}");
    }
}

#[test]
fn readings_of_a_scale_a_conversion_and_of_one_sex_find_their_figure() {
    let phq4 = instrument("phq-4");
    let scored = score(&phq4, &answers(&[2, 1, 0, 2]));
    let read = |instrument: &Instrument, scored, id: &str| {
        let by = instrument.interpretation(&id.parse().unwrap()).unwrap();
        instrument.read(by, scored).map(|reading| reading.rank)
    };
    assert_eq!(read(&phq4, &scored, "phq-4.cut.anxiety"), Some(1));
    assert_eq!(read(&phq4, &scored, "phq-4.cut.depression"), Some(0));
    let short = instrument("swemwbs");
    // Raw 19 is metric 17.98, and raw 21 is 19.25: both at 19.5 or below.
    let low = score(&short, &answers(&[3; 7]));
    assert_eq!(low.figure(Some(&Code::of("metric"))), Some("19.25".parse().unwrap()));
    assert_eq!(read(&short, &low, "swemwbs.cut.low"), Some(0));
    let (audit, women) = (instrument("audit-c"), Context::default());
    assert_eq!(audit.defaults(&women).count(), 0);
    let women = women.with(Code::of("sex"), Known::Word(Code::of("female")));
    let ids: Vec<_> = audit.defaults(&women).map(|found| found.provenance().id.clone()).collect();
    assert_eq!(ids, [Code::of("audit-c.cut.women")]);
    assert_eq!(
        score_with(&audit, &answers(&[1, 1, 1]), &women).score,
        score(&audit, &answers(&[1, 1, 1])).score
    );
}

#[test]
fn no_default_of_ours_is_unverified_and_every_instrument_says_whom_to_ask() {
    for instrument in built_ins() {
        for found in instrument.interpretations() {
            let provenance = found.provenance();
            assert!(
                provenance.id.as_str().starts_with(instrument.id().as_str()),
                "{}",
                provenance.id
            );
            assert!(!matches!(found, Interpretation::Levels(levels) if levels.steps.len() < 2));
        }
        assert!(!instrument.rights().ask.is_empty(), "{}", instrument.id());
        let codes = instrument.codes();
        assert!(
            codes
                .is_none_or(|codes| codes.system == "http://loinc.org" && !codes.source.is_empty())
        );
    }
    let error = Faults(vec![]).to_string();
    assert_eq!(error, "");
}
