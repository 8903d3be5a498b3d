//! The table of rules.

use std::{collections::BTreeSet, path::Path};

use commons::{Code, Rule};
use program_model::{Level, ready, rule_of, rule_table};
use safety_protocols::Rulebook;

#[test]
fn figures_of_the_models_are_those_of_the_rulebook() {
    let book = Rulebook::shipped();
    let param = |model: &str, rule: &str, name: &str| {
        let model = ready(model).unwrap();
        let rule = model.content().rules.iter().find(|it| it.id.as_str() == rule).unwrap();
        rule.param(name).unwrap()
    };
    let within = |row: &'static str| String::from(book.row(&Code::of(row)).unwrap().deadline);
    for model in ["healing-circle", "social-healing-group"] {
        let days = param(model, "U-02", "decision_days");
        assert_eq!(within("u-02-below"), format!("agreed or {days} days"), "{model}");
        let weeks = param(model, "U-17", "weeks_to_a_week_off");
        let limit = book.limit(&Rule::of("U-17"), &Code::of("weeks_to_a_week_off"));
        assert_eq!(limit.map(i64::from), Some(weeks), "{model}");
    }
    let days = param("social-healing-group", "SH-10", "contact_days");
    assert_eq!(within("sh-10-two-missed"), format!("{days} days"));
    for name in ["months_from", "months_to"] {
        let limit = book.limit(&Rule::of("HC-08"), &Code::of(name));
        assert_eq!(limit.map(i64::from), Some(param("healing-circle", "HC-08", name)), "{name}");
    }
}

#[test]
fn forty_rules_are_listed_once_each() {
    let ids: BTreeSet<&Rule> = rule_table().iter().map(|row| &row.id).collect();
    let numbered = |family: &str, most: u16| {
        (1..=most)
            .all(|n| format!("{family}-{n:02}").parse().is_ok_and(|id: Rule| ids.contains(&id)))
    };
    assert!(numbered("U", 20) && numbered("HC", 9) && numbered("SH", 11));
    assert_eq!((ids.len(), rule_table().len()), (40, 40));
}

#[test]
fn every_rule_is_kept_somewhere_and_somehow() {
    for row in rule_table() {
        assert!(
            !row.kept_by.is_empty() && !row.about.is_empty() && !row.lives.is_empty(),
            "{}",
            row.id
        );
        assert_eq!(row.key.as_str(), format!("rule-{}", row.id.as_str().to_lowercase()));
        for path in &row.lives {
            assert!(
                !Path::new(path).is_absolute()
                    && (path.ends_with(".rs") || path.ends_with(".toml")),
                "{}: {path}",
                row.id
            );
        }
    }
}

#[test]
fn fixed_rules_are_those_that_make_the_model() {
    let fixed: Vec<_> =
        rule_table().iter().filter(|row| row.fixed).map(|row| row.id.as_str()).collect();
    assert_eq!(fixed, ["HC-01", "HC-02", "HC-03", "SH-02", "SH-05"]);
    let should: Vec<_> = rule_table()
        .iter()
        .filter(|row| row.level == Level::Should)
        .map(|row| row.id.as_str())
        .collect();
    assert_eq!(should, ["U-16", "U-17", "HC-08", "HC-09", "SH-10", "SH-11"]);
    assert!(rule_of(&Rule::of("HC-10")).is_none());
}
