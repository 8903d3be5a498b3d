//! Rules are read from TOML, each fault with its line.

use std::num::NonZeroU32;

use circle_formation::{Aspect, Gathering, Liking, Mixing, Reach, Rules, Sizes, Weight, Weights};
use commons::{Code, Refused};
use convening::{FormingRules, RulesFaultKind};
use interchange::settings::SettingFault;
use proptest::{collection::vec, option, prelude::*};

fn sizes() -> Sizes {
    Sizes::new(5, 6, 7).expect("sizes")
}

/// Every fault of a text: its line, its path and its code.
fn faults(text: &str) -> Vec<(u32, String, &'static str)> {
    let faults = FormingRules::parse(text, None).expect_err("faults");
    faults.iter().map(|fault| (fault.line, fault.path.clone(), fault.code())).collect()
}

#[track_caller]
fn check(text: &str, want: &[(u32, &str, &str)]) {
    let found = faults(text);
    let found: Vec<_> = found
        .iter()
        .map(|(line, path, code)| {
            let own = code.strip_prefix("convening.rules_");
            (*line, path.as_str(), own.or(code.strip_prefix("setting.")).unwrap_or(code))
        })
        .collect();
    assert_eq!(found, want, "{text}");
}

#[test]
fn what_is_not_said_is_as_usual() {
    let rules = FormingRules::parse("", Some(sizes())).expect("rules");
    assert_eq!(rules, FormingRules::of_sizes(sizes()));
    assert_eq!((rules.minutes(), rules.rules().reach), (120, Reach::OwnPlace));
    let own = FormingRules::parse("sizes = { fewest = 2, usual = 3, most = 4 }", Some(sizes()));
    assert_eq!(own.expect("rules").rules().sizes, Sizes::new(2, 3, 4).expect("sizes"));
}

#[test]
fn every_key_is_read() {
    let text = r#"
sizes = { fewest = 2, usual = 3, most = 4 }
minutes = 90
reach = { own_place_within = 30 }
age_span_years = 20
one_sex = true
aspects = ["generation", "household"]
nobody_alone = ["sex", "household"]

[weights]
waiting = 1
travel = 2
travel_step = 3
topics = 4
own_sex = 5
bonds = 6
evenness = 7
support = 0

[[mixing]]
aspect = "generation"
want = "varied"
weight = 9
"#;
    let weight = |n| Weight::new(n).expect("a weight");
    let rules = FormingRules::parse(text, None).expect("rules");
    let wanted = FormingRules::new(
        Rules {
            sizes: Sizes::new(2, 3, 4).expect("sizes"),
            reach: Reach::OwnPlaceWithin(30),
            age_span_years: Some(20),
            nobody_alone: vec![Aspect::Sex, Aspect::Second],
            gathering: Gathering::OneSex,
        },
        Weights {
            waiting: weight(1),
            travel: weight(2),
            travel_step: NonZeroU32::new(3).expect("a step"),
            topics: weight(4),
            own_sex: weight(5),
            bonds: weight(6),
            evenness: weight(7),
            support: weight(0),
            mixing: vec![Mixing {
                aspect: Aspect::First,
                liking: Liking::Varied,
                weight: weight(9),
            }],
        },
        90,
        vec![Code::of("generation"), Code::of("household")],
    );
    assert_eq!(Ok(&rules), wanted.as_ref());
    assert_eq!(rules.aspect(&Code::of("household")), Some(Aspect::Second));
    assert_eq!(rules.word(Aspect::Third), None);
}

#[test]
fn every_fault_is_told_by_line_in_one_run() {
    let text = r#"
sizes = { fewest = 7, usual = 6, most = 5, few = 1 }
minuts = 90
reach = { within = 30, own_place_within = 30 }
age_span_years = 0
one_sex = "yes"
aspects = ["generation", "generation", "place", "Two Words", "a", "b", "c"]
nobody_alone = ["sex", "sex", "generatoin"]

[weights]
waiting = 10_001
travel_step = 0
topic = 4

[[mixing]]
aspect = "generation"
want = "various"
"#;
    check(
        text,
        &[
            (2, "sizes", "sizes"),
            (2, "sizes.few", "unknown_key"),
            (3, "minuts", "unknown_key"),
            (4, "reach", "one_reach"),
            (5, "age_span_years", "out_of_range"),
            (6, "one_sex", "wrong_type"),
            (7, "aspects[2]", "aspect_twice"),
            (7, "aspects[3]", "aspect_is_column"),
            (7, "aspects[4]", "not_a_code"),
            (7, "aspects[7]", "too_many_aspects"),
            (8, "nobody_alone[2]", "aspect_twice"),
            (8, "nobody_alone[3]", "no_such_aspect"),
            (11, "weights.waiting", "out_of_range"),
            (12, "weights.travel_step", "out_of_range"),
            (13, "weights.topic", "unknown_key"),
            (15, "mixing[1].weight", "missing"),
            (17, "mixing[1].want", "unknown_word"),
        ],
    );
}

#[test]
fn what_stands_alone_wrong_is_told_alone() {
    check("", &[(1, "sizes", "missing")]);
    check("sizes = { fewest = 1, most = 2 }", &[(1, "sizes.usual", "missing")]);
    check("sizes = 5", &[(1, "sizes", "other_form")]);
    check("sizes = [", &[(1, "", "syntax")]);
    check(&" ".repeat(70_000), &[(1, "", "too_large")]);
    let wrong = |line: &str, want: &[(u32, &str, &str)]| {
        check(&format!("sizes = {{ fewest = 5, usual = 6, most = 7 }}\n{line}\n"), want);
    };
    wrong("reach = \"anywhere\"", &[(2, "reach", "unknown_word")]);
    wrong("reach = {}", &[(2, "reach", "one_reach")]);
    wrong("reach = 30", &[(2, "reach", "other_form")]);
    wrong("aspects = \"generation\"", &[(2, "aspects", "wrong_type")]);
    wrong("aspects = [1]", &[(2, "aspects[1]", "wrong_type")]);
    wrong("aspects = [\"sex\"]", &[(2, "aspects[1]", "aspect_is_column")]);
    wrong("weights = 5", &[(2, "weights", "wrong_type")]);
    wrong("mixing = 5", &[(2, "mixing", "wrong_type")]);
    wrong("minutes = 14", &[(2, "minutes", "out_of_range")]);
}

#[test]
fn a_wrong_word_is_answered_with_the_nearest() {
    let faults = FormingRules::parse("minuts = 90", Some(sizes())).expect_err("a fault");
    let fault = faults.iter().next().expect("one");
    assert_eq!(fault.to_string(), "1:1 minuts: unknown key `minuts`; did you mean `minutes`?");
    assert_eq!(fault.place(), interchange::Place::column(1, 1));
}

#[test]
fn rules_name_no_aspect_without_a_word() {
    let mut rules = Rules::new(sizes());
    rules.nobody_alone.push(Aspect::First);
    let made =
        |aspects: Vec<Code>| FormingRules::new(rules.clone(), Weights::usual(), 120, aspects);
    assert_eq!(made(vec![]), Err(RulesFaultKind::NoSuchAspect { meant: None }));
    assert!(made(vec![Code::of("generation")]).is_ok());
    assert_eq!(made(vec![Code::of("times")]), Err(RulesFaultKind::AspectIsColumn));
    let code = || Code::of("a");
    assert_eq!(made(vec![code(), code()]), Err(RulesFaultKind::AspectTwice));
    let four = ["a", "b", "c", "d"].map(Code::of).to_vec();
    assert_eq!(made(four), Err(RulesFaultKind::TooManyAspects { most: 3 }));
    let long = FormingRules::new(Rules::new(sizes()), Weights::usual(), 721, vec![]);
    assert!(matches!(long, Err(RulesFaultKind::Setting(SettingFault::OutOfRange { .. }))));
}

#[test]
fn a_template_is_the_usual_rules() {
    let text = FormingRules::of_sizes(sizes()).to_toml();
    assert_eq!(FormingRules::parse(&text, None).expect("rules"), FormingRules::of_sizes(sizes()));
    // What stands behind a `#` is an example that can be read.
    let filled = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.contains(" = ") && !rest.contains(':') || rest.starts_with('[') => rest,
        _ => line,
    });
    let filled = filled.collect::<Vec<_>>().join("\n");
    let rules = FormingRules::parse(&filled, None).expect("rules");
    assert_eq!(rules.aspects(), [Code::of("generation")]);
    assert_eq!(rules.rules().age_span_years, Some(15));
    assert_eq!(rules.mixing().len(), 1);
}

/// Rules of any kind.
pub(crate) fn forming_rules() -> impl Strategy<Value = FormingRules> {
    let aspects =
        proptest::sample::subsequence(vec!["generation", "household", "mother.tongue"], 0..=3);
    let parts =
        (circle_formation::arb::rules(), circle_formation::arb::weights(), 15..=720_u16, aspects);
    let alone = proptest::sample::subsequence(Aspect::ALL.to_vec(), 0..=4);
    let liking = prop_oneof![Just(Liking::Alike), Just(Liking::Varied)];
    let mixing =
        vec((proptest::sample::select(Aspect::ALL.to_vec()), liking, 0..=10_000_u32), 0..3);
    (parts, alone, mixing, option::of(1..=120_u8)).prop_filter_map(
        "rules",
        |((mut rules, mut weights, minutes, aspects), alone, mixing, span)| {
            rules.nobody_alone = alone;
            rules.age_span_years = span;
            let mixing = mixing.into_iter().filter_map(|(aspect, liking, weight)| {
                Some(Mixing { aspect, liking, weight: Weight::new(weight).ok()? })
            });
            weights.mixing = mixing.collect();
            let words = aspects.into_iter().filter_map(|word| word.parse().ok()).collect();
            FormingRules::new(rules, weights, minutes, words).ok()
        },
    )
}

proptest! {
    #[test]
    fn rules_that_are_written_are_read_again(rules in forming_rules()) {
        let text = rules.to_toml();
        prop_assert_eq!(FormingRules::parse(&text, None), Ok(rules), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_has_faults(text in "[a-z_=\\[\\]{}\", 0-9\n]{0,80}") {
        if let Err(faults) = FormingRules::parse(&text, None) {
            prop_assert!(faults.iter().next().is_some());
        }
    }
}
