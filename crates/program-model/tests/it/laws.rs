//! What holds of every file, sound or not.

use commons::Code;
use program_model::{Adaptation, Basis, Leeway, Model, Setting, arb, ready};
use proptest::prelude::*;

fn shipped(text: &str) -> Model {
    let id = if text.contains("\nid = \"healing-circle\"") {
        "healing-circle"
    } else {
        "social-healing-group"
    };
    ready(id).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_edited_file_is_read_or_told_its_faults_in_order(text in arb::edited()) {
        let lines = u32::try_from(text.lines().count()).unwrap();
        let findings = match Model::parse(&text) {
            Ok(model) => {
                prop_assert_eq!(model.text(), text.as_str());
                let json = serde_json::to_string(&model).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Model>(&json).unwrap(), &model);
                model.warnings().to_vec()
            }
            Err(faults) => {
                prop_assert!(!faults.faults().is_empty());
                faults.faults().to_vec()
            }
        };
        prop_assert!(findings.is_sorted_by_key(|finding| (finding.line, finding.column)));
        for finding in findings {
            prop_assert!(1 <= finding.line && finding.line <= lines + 1);
            prop_assert!(!finding.fault.to_do().is_empty());
        }
    }

    #[test]
    fn a_sound_copy_differs_exactly_where_it_was_edited_and_both_ways(text in arb::edited()) {
        let Ok(own) = Model::parse(&text) else { return Ok(()) };
        let shipped = shipped(&text);
        let there = own.differences(&shipped);
        let back = shipped.differences(&own);
        prop_assert_eq!(there.len(), back.len());
        for (one, other) in there.iter().zip(&back) {
            prop_assert_eq!((&one.path, &one.from, &one.to), (&other.path, &other.to, &other.from));
        }
        // Recording all of them leaves nothing to ask for.
        let why = || (Code::of("local_custom"), Code::of("group"));
        let recorded: Vec<Adaptation> = there.iter().map(|it| it.because(why().0, why().1)).collect();
        prop_assert_eq!(own.unrecorded(&shipped, &recorded), []);
        let beyond = there.iter().filter(|it| it.leeway == Leeway::Beyond).count();
        prop_assert_eq!(own.unrecorded(&shipped, &[]).len(), beyond);
    }

    #[test]
    fn an_adaptation_survives_being_written_down(adaptation in arb::adaptation()) {
        let json = serde_json::to_string(&adaptation).unwrap();
        prop_assert_eq!(serde_json::from_str::<Adaptation>(&json).unwrap(), adaptation);
    }

    #[test]
    fn a_basis_survives_being_written_down(basis in arb::basis()) {
        let json = serde_json::to_string(&basis).unwrap();
        prop_assert_eq!(serde_json::from_str::<Basis>(&json).unwrap(), basis);
    }

    #[cfg(feature = "schema")]
    #[test]
    fn what_is_read_fits_the_schema(text in arb::edited()) {
        let Ok(model) = Model::parse(&text) else { return Ok(()) };
        prop_assert!(crate::schema::fits(model.text()), "{}", text);
    }
}

#[test]
fn yesterdays_adaptations_are_still_read() {
    for line in include_str!("../data/adaptations.jsonl").lines() {
        let adaptation: Adaptation = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&adaptation).unwrap(), line);
    }
    assert_eq!(include_str!("../data/adaptations.jsonl").lines().count(), 5);
    assert!(
        serde_json::from_str::<Setting>("{\"words\":\"Jeanne\"}").is_err(),
        "a setting carries no words"
    );
}
