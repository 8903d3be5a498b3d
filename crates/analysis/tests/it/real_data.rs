//! Real data, where they are at hand: nothing of them is in this repository.

use std::fs;
use std::path::PathBuf;

use analysis::{Care, Filter, Folder, Plan, read};
use commons::Code;
use outcomes::SheetState;
use outcomes::stats::{Moments, PairedMoments};
use serde_json::Value;

fn folder() -> Option<(PathBuf, Value)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/data");
    let text = fs::read_to_string(root.join("expected.json")).ok()?;
    Some((root, serde_json::from_str(&text).ok()?))
}

#[track_caller]
fn close(got: f64, want: &Value) {
    let want = want.as_f64().expect("a number");
    assert!((got - want).abs() < 1e-10, "{got} and not {want}");
}

#[test]
fn a_survey_comes_to_the_figures_that_every_correct_scorer_finds() {
    let Some((folder, expected)) = folder() else {
        println!("skipped: the public data sets are not beside this repository");
        return;
    };
    let file = "nhanes_2017_2018_phq9_sample.csv";
    let names = fs::read_to_string(folder.join(file)).unwrap();
    let names: Vec<_> =
        names.lines().next().unwrap().split(',').map(|it| it.trim_matches('"')).collect();
    let items = names[1..].iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let plan = format!(
        r#"
        schema = 1
        title = "nhanes"
        audience = "inside"
        [[timepoints]]
        code = "t0"
        session = 0
        [[instruments]]
        id = "phq-9"
        [[sheets]]
        file = "{file}"
        person = "{}"
        timepoint = "t0"
        [[sheets.scales]]
        instrument = "phq-9"
        items = [{items}]
        "#,
        names[0]
    );
    let plan = Plan::from_toml(&plan).unwrap_or_else(|faults| panic!("{faults}"));
    let taken = read(&plan, &Folder::new(folder), Care::Strict, &Filter::default())
        .unwrap_or_else(|wrong| panic!("{:?}", crate::told(&wrong)));
    let want = &expected["files"][file];
    let count = |name: &str| want[name].as_u64().unwrap();
    assert_eq!(u64::try_from(taken.cohort.people()).unwrap(), count("rows"));
    let (_, _, column) = taken.cohort.columns().next().unwrap();
    let states: Vec<_> = taken.cohort.each().filter_map(|person| person.sheet(column)).collect();
    let scored: Vec<_> = states.iter().filter_map(|state| state.points()).collect();
    assert_eq!(u64::try_from(scored.len()).unwrap(), count("scored"));
    let refused = u64::try_from(states.len() - scored.len()).unwrap();
    assert_eq!(refused, count("refused_too_many_missing"));
    let complete = states.iter().filter_map(|state| match state {
        SheetState::Scored { points, prorated: false } => Some(points.to_f64()),
        SheetState::Scored { .. }
        | SheetState::NotScorable
        | SheetState::Declined
        | SheetState::Undecided => None,
    });
    let complete: Moments = complete.collect();
    assert_eq!(complete.n(), count("complete"));
    close(complete.mean().unwrap().mean, &want["mean_total_complete"]);
    close(complete.sd().unwrap(), &want["sd_total_complete"]);
}

/// The inventory of the trial, whose totals were reckoned elsewhere.
const BDI: &str = r#"
id = "bdi"
version = "1"
name = "BDI"
[scoring]
items = 21
lowest = 0
highest = 3
combine = "sum"
better = "lower"
missing_up_to = 0
source = "totals as published"
evidence = "read"
[rights]
text = "forbidden"
credit = "Pearson"
ask = "Pearson"
"#;

#[test]
fn a_trial_comes_to_its_published_means_by_arm() {
    let Some((folder, expected)) = folder() else {
        println!("skipped: the public data sets are not beside this repository");
        return;
    };
    let file = "beat_the_blues_bdi.csv";
    let rows = fs::read_to_string(folder.join(file)).unwrap();
    let plan = format!(
        r#"
        schema = 1
        title = "trial"
        audience = "inside"
        breakdowns = ["arm"]
        [missing]
        "NA" = "lost"
        [[timepoints]]
        code = "pre"
        session = 0
        [[timepoints]]
        code = "m2"
        session = 8
        [[instruments]]
        id = "bdi"
        own = "bdi.toml"
        [[people]]
        file = "trial.csv"
        person = "{person}"
        groupings = {{ arm = "{arm_column}" }}
        [[sheets]]
        file = "trial.csv"
        person = "{person}"
        [[sheets.scales]]
        instrument = "bdi"
        total = "bdi_pre"
        timepoint = "pre"
        [[sheets.scales]]
        instrument = "bdi"
        total = "bdi_2m"
        timepoint = "m2"
        "#,
        person = "id",
        arm_column = "treatment",
    );
    let files = [("trial.csv", rows.as_bytes()), ("bdi.toml", BDI.as_bytes())];
    let taken =
        crate::taken(&plan, &files, Care::Strict).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let columns: Vec<_> = taken.cohort.columns().map(|(_, _, column)| column).collect();
    let by = Code::of("arm");
    for arm in ["BtheB", "TAU"] {
        let want = &expected["files"][file][arm];
        let mut pairs = PairedMoments::default();
        let mut first = Moments::default();
        for person in taken.cohort.each().filter(|person| {
            person.group(&by).is_some_and(|group| group.as_str() == arm.to_lowercase())
        }) {
            let total = |place: usize| Some(person.sheet(columns[place])?.points()?.to_f64());
            pairs.push(total(0), total(1));
            if let Some(total) = total(0) {
                first.push(total);
            }
        }
        let change = pairs.change().unwrap();
        assert_eq!(change.enrolled, want["n"].as_u64().unwrap());
        assert_eq!(change.both, want["completed"]["bdi.2m"].as_u64().unwrap());
        close(first.mean().unwrap().mean, &want["mean_pre"]);
        close(change.mean, &want["mean_change_2m_completers"]);
    }
}
