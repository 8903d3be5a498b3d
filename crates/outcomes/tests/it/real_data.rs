//! Real data, where they are at hand: nothing of them is in this repository.

use std::{fs, path::PathBuf};

use commons::{Code, UnitId};
use outcomes::figures::{FigurePlan, Scale, Timepoint, Unmeasured};
use outcomes::stats::{Moments, PairedMoments};
use outcomes::suppression::{Audience, Cell, Tally};
use outcomes::{Answer, Cohort, Enrolment, SafetyFlag, SheetState, score};
use serde_json::Value;

use crate::instrument;

fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/data");
    root.is_dir().then_some(root)
}

#[test]
fn real_answers_come_to_the_figures_that_every_correct_scorer_finds() {
    let Some(folder) = folder() else {
        println!("skipped: the public data sets are not beside this repository");
        return;
    };
    let file = "nhanes_2017_2018_phq9_sample.csv";
    let rows = fs::read_to_string(folder.join(file)).unwrap();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let want = &expected["files"][file];
    let (phq, t0) = (instrument("phq-9"), Code::of("t0"));

    let mut cohort = Cohort::default();
    let unit = cohort.unit(UnitId::number(1), None).unwrap();
    let (mut complete, mut cases, mut unknown) = (Moments::default(), 0, 0);
    for row in rows.lines().skip(1) {
        let answers: Vec<Answer> =
            row.split(',').skip(1).map(|cell| cell.parse().ok().into()).collect();
        let scored = score(&phq, &answers);
        if let (Some(points), 9) = (scored.score.points(), scored.answered) {
            complete.push(points.to_f64());
        }
        cohort.work.raised += u64::from(scored.flag() == SafetyFlag::Raised);
        unknown +=
            u64::from(scored.flag() == SafetyFlag::Unknown && scored.score.points().is_some());
        let counts = |points| phq.default_cut_off().unwrap().counts(points, 0);
        cases += u64::from(scored.score.points().is_some_and(counts));
        let person = cohort.person(Enrolment { unit, joined: 1, left: None }).unwrap();
        cohort.sheet(person, phq.id(), &t0, SheetState::from(&scored)).unwrap();
    }
    let plan = FigurePlan::new(
        Code::of("nhanes"),
        Audience::Inside,
        vec![Timepoint { code: t0, session: 0 }],
        vec![Scale::with_defaults(phq)],
    )
    .unwrap();
    let figures = cohort.figures(&plan);
    let scale = figures.scales.first().unwrap();
    let wave = scale.waves.shown().unwrap().first().unwrap();

    let number = |name: &str| want[name].as_u64().unwrap();
    assert_eq!(figures.reach.people, Tally::Exactly { n: number("rows") });
    assert_eq!(wave.measured, Tally::Exactly { n: number("scored") });
    assert_eq!(wave.prorated, Tally::Exactly { n: number("prorated") });
    assert_eq!(figures.safety.raised, Tally::Exactly { n: number("item9_flagged") });
    assert_eq!(unknown, number("item9_unknown"), "known where the answers are, and not here");
    assert_eq!(cases, number("cases_ge_10"));
    assert_eq!(complete.n(), number("complete"));
    let refused = wave.unmeasured.get(Unmeasured::NotScorable as usize).unwrap();
    assert_eq!(*refused, Cell::Shown { n: number("refused_too_many_missing") });
    for (band, cell) in scale.bands.iter().zip(&wave.bands) {
        assert_eq!(cell.shown(), want["bands"][band.as_str()].as_u64(), "{band}");
    }
    let close = |got: f64, name: &str| {
        assert!((got - want[name].as_f64().unwrap()).abs() < 1e-10, "{name}: {got}");
    };
    close(complete.mean().unwrap().mean, "mean_total_complete");
    close(complete.sd().unwrap(), "sd_total_complete");
}

#[test]
fn a_real_trial_with_real_drop_out_comes_to_its_published_means() {
    let Some(folder) = folder() else {
        println!("skipped: the public data sets are not beside this repository");
        return;
    };
    let rows = fs::read_to_string(folder.join("beat_the_blues_bdi.csv")).unwrap();
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let heads: Vec<&str> = rows.lines().next().unwrap().split(',').collect();
    let column = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    for arm in ["BtheB", "TAU"] {
        let want = &expected["files"]["beat_the_blues_bdi.csv"][arm];
        let people = || {
            let cells = rows.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
            cells.filter(|cells| cells.contains(&arm))
        };
        let total = |cells: &[&str], name: &str| cells[column(name)].parse::<f64>().ok();
        let mut pairs = PairedMoments::default();
        for cells in people() {
            pairs.push(total(&cells, "bdi_pre"), total(&cells, "bdi_2m"));
        }
        let change = pairs.change().unwrap();
        assert_eq!(change.enrolled, want["n"].as_u64().unwrap());
        assert_eq!(change.both, want["completed"]["bdi.2m"].as_u64().unwrap());
        let pre: Moments = people().filter_map(|cells| total(&cells, "bdi_pre")).collect();
        let close = |got: f64, name: &str| {
            assert!((got - want[name].as_f64().unwrap()).abs() < 1e-10, "{arm} {name}: {got}");
        };
        close(pre.mean().unwrap().mean, "mean_pre");
        close(change.mean, "mean_change_2m_completers");
    }
}
