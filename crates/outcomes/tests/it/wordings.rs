//! The wording of items: data of its own, with rights of its own.

use commons::Code;
use outcomes::Wording;
use outcomes::wording::{WordingError, WordingFault};

use crate::instrument;

/// A translation somebody made of an instrument that may be translated.
const KINYARWANDA: &str = r#"
instrument = "phq-2"
language = "rw"
credit = "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues."
source = "words made up for this test; no translation of anything"
evidence = "unverified"
stem = "Muri ibyumweru bibiri bishize…"
items = ["Ikibazo cya mbere", "Ikibazo cya kabiri"]
[[options]]
labels = [{ code = 0, label = "Oya" }, { code = 3, label = "Buri munsi" }]
"#;

#[track_caller]
fn refused(change: (&str, &str), of: &'static str, want: &str) {
    let text = KINYARWANDA.replacen(change.0, change.1, 1);
    match Wording::from_toml(&text, &instrument(of)) {
        Err(WordingError::Faults(faults)) => {
            let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
            assert_eq!(told.join("; "), want);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_translation_is_checked_like_the_text_that_comes_with_us() {
    let wording = Wording::from_toml(KINYARWANDA, &instrument("phq-2")).unwrap();
    assert_eq!(wording.language(), &Code::of("rw"));
    assert_eq!(wording.item(2), Some("Ikibazo cya kabiri"));
    assert_eq!((wording.item(0), wording.item(3)), (None, None));
    assert_eq!(wording.labels(1).len(), 2);
    refused((r#", "Ikibazo cya kabiri""#, ""), "phq-2", "1 texts for 2 items");
    refused(
        ("code = 3", "code = 2"),
        "phq-2",
        "the labels of item 1 are not those of the codes 0 to 3, each once, or of both ends; \
         the labels of item 2 are not those of the codes 0 to 3, each once, or of both ends",
    );
    refused(
        ("labels =", "items = [1]\nlabels ="),
        "phq-2",
        "item 2 has 0 lists of labels; one is wanted",
    );
    refused(("phq-2", "gad-2"), "phq-2", "this is the wording of `gad-2`, not of `phq-2`");
    refused(
        ("source = \"words made up for this test; no translation of anything\"", "source = \"\""),
        "phq-2",
        "no source is given: where the wording was read, or who translated it",
    );
    let Err(WordingError::Shape(shape)) =
        Wording::from_toml("instrument = 3", &instrument("phq-2"))
    else {
        panic!("it parsed")
    };
    assert!(shape.to_string().contains("line 1, column"), "{shape}");
}

#[test]
fn a_text_that_belongs_to_others_is_loaded_only_with_their_leave() {
    let ucla = KINYARWANDA
        .replace("\"phq-2\"", "\"ucla-3\"")
        .replace("code = 0", "code = 1")
        .replace("items = [", "items = [\"Ikibazo\", ");
    let faults = match Wording::from_toml(&ucla, &instrument("ucla-3")) {
        Err(WordingError::Faults(faults)) => faults,
        other => panic!("{other:?}"),
    };
    assert!(matches!(faults.as_slice(), [WordingFault::NoPermission { .. }]), "{faults:?}");
    let with_leave = format!("permission = \"letter of the owner, 2026\"\n{ucla}");
    assert!(Wording::from_toml(&with_leave, &instrument("ucla-3")).is_ok());
}

#[test]
fn text_comes_with_us_only_where_the_rights_and_the_features_allow() {
    let here = |id| Wording::built_in(&instrument(id), &Code::of("en")).is_some();
    for id in ["cd-risc-10", "core-10", "c-ssrs-screener", "wemwbs", "who-5", "sdq-total"] {
        assert!(!here(id), "{id}");
    }
    assert_eq!(here("phq-9"), cfg!(feature = "text-with-credit"));
    assert_eq!(here("pcl-5"), cfg!(feature = "text-public-domain"));
    assert_eq!(here("circle-check-out"), cfg!(feature = "text-own"));
    if let Some(phq) = Wording::built_in(&instrument("phq-9"), &Code::of("en")) {
        assert!(phq.credit().contains("Spitzer") && phq.items().count() == 9);
        let labels: Vec<_> = phq.labels(9).iter().map(|label| label.label.as_str()).collect();
        assert_eq!(
            labels,
            ["Not at all", "Several days", "More than half the days", "Nearly every day"]
        );
    }
}
