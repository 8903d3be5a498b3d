//! Cases computed elsewhere, by two independent programs each.

use outcomes::stats::{Departures, Moments, jacobson_truax, kaplan_meier, paired_change, wilson};
use outcomes::suppression::audit;
use outcomes::{Better, Points, Shift};
use serde_json::Value;

use crate::instrument;

fn lines(text: &'static str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a case"))
}

fn reals(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|x| x.as_f64().expect("a number")).collect()
}

#[track_caller]
fn close(case: &Value, name: &str, got: f64) {
    let want = case["expect"][name].as_f64().unwrap_or_else(|| panic!("no {name}"));
    let tolerance = case["tolerance"].as_f64().unwrap_or(1e-10);
    let off = (got - want).abs();
    assert!(off <= tolerance * want.abs().max(1.0), "{} {name}: {got} for {want}", case["id"]);
}

#[test]
fn every_statistic_agrees_with_two_other_programs() {
    let mut seen = 0;
    for case in lines(include_str!("golden/statistics.jsonl")) {
        let input = &case["input"];
        match case["stat"].as_str().unwrap() {
            "describe" => {
                let mean = reals(&input["x"]).into_iter().collect::<Moments>().mean().unwrap();
                close(&case, "mean", mean.mean);
                close(&case, "sd", mean.sd.unwrap());
                close(&case, "ci_low", mean.interval.unwrap().low);
                close(&case, "ci_high", mean.interval.unwrap().high);
            }
            "paired_t" => {
                let pairs = reals(&input["pre"]).into_iter().zip(reals(&input["post"]));
                let change = paired_change(pairs.map(|(a, b)| (Some(a), Some(b)))).unwrap();
                close(&case, "mean_change", change.mean);
                close(&case, "sd_change", change.sd);
                close(&case, "ci_low", change.interval.low);
                close(&case, "ci_high", change.interval.high);
            }
            "rci_jacobson_truax" => reliable(&case),
            "proportion_ci" => {
                let (x, n) = (input["x"].as_u64().unwrap(), input["n"].as_u64().unwrap());
                let share = wilson(x, n).unwrap();
                close(&case, "p", share.share);
                close(&case, "wilson_low", share.interval.low);
                close(&case, "wilson_high", share.interval.high);
            }
            "kaplan_meier" => survival(&case),
            "suppression_audit" => attack(&case),
            other => panic!("no test for {other}"),
        }
        seen += 1;
    }
    assert_eq!(seen, 10);
}

fn reliable(case: &Value) {
    let input = |name: &str| case["input"][name].as_f64().unwrap();
    let pair = (input("pre"), input("post"));
    let got =
        jacobson_truax(input("sd_pre"), input("reliability"), pair, Better::Lower, input("z"))
            .unwrap();
    close(case, "sem", got.sem);
    close(case, "s_diff", got.s_diff);
    close(case, "rci", got.index);
    close(case, "reliable_change_points", got.points);
    assert_eq!(case["expect"]["reliable"], "improved");
    assert_eq!(got.shift, Shift::Improved);
}

fn survival(case: &Value) {
    let (times, events) = (&case["input"]["time"], &case["input"]["event"]);
    let mut departures = Departures::default();
    for (time, event) in times.as_array().unwrap().iter().zip(events.as_array().unwrap()) {
        let session = u32::try_from(time.as_u64().unwrap()).unwrap();
        if event == 1 {
            departures.left(session, 1);
        } else {
            departures.stayed_until(session, 1);
        }
    }
    let steps = kaplan_meier(&departures);
    let column = |name: &str| reals(&case["expect"][name]);
    assert_eq!(steps.len(), column("time").len(), "{}", case["id"]);
    let same = |name: &str, got: Vec<f64>| {
        for (got, want) in got.into_iter().zip(column(name)) {
            assert!((got - want).abs() <= 1e-10, "{} {name}: {got} for {want}", case["id"]);
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    same("n_risk", steps.iter().map(|step| step.at_risk as f64).collect());
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    same("n_event", steps.iter().map(|step| step.left as f64).collect());
    same("time", steps.iter().map(|step| f64::from(step.session)).collect());
    same("survival", steps.iter().map(|step| step.stays).collect());
    same("greenwood_se", steps.iter().map(|step| step.error).collect());
    same("loglog_low", steps.iter().map(|step| step.interval.unwrap().low).collect());
    same("loglog_high", steps.iter().map(|step| step.interval.unwrap().high).collect());
}

fn attack(case: &Value) {
    let table: Vec<Vec<u64>> = serde_json::from_value(case["input"]["table"].clone()).unwrap();
    let mask: Vec<Vec<u8>> = serde_json::from_value(case["input"]["suppressed"].clone()).unwrap();
    let mask: Vec<Vec<bool>> =
        mask.into_iter().map(|row| row.into_iter().map(|bit| bit == 1).collect()).collect();
    let floor = case["input"]["threshold"].as_u64().unwrap() + 1;
    let found = audit(&table, &mask, floor);
    let want = &case["expect"];
    assert_eq!(serde_json::to_value(&found.bounds).unwrap(), want["bounds"], "{}", case["id"]);
    let places = |name: &str| -> Vec<(usize, usize)> {
        let list = want[name].as_array().unwrap().iter();
        let place =
            |cell: &Value, name: &str| usize::try_from(cell[name].as_u64().unwrap()).unwrap();
        list.map(|cell| (place(cell, "row"), place(cell, "col"))).collect()
    };
    assert_eq!(found.solved().collect::<Vec<_>>(), places("exactly_recoverable"));
    assert_eq!(found.disclosed, places("primary_cells_disclosed"));
    assert_eq!(found.is_safe(), want["safe"].as_bool().unwrap());
}

#[test]
fn change_is_weighed_by_the_threshold_it_was_published_with() {
    let phq = instrument("phq-9");
    let change = phq.default_change().unwrap();
    let check = |before: i32, after: &str, want| {
        let after = after.parse().unwrap();
        assert_eq!(change.shift(Points::whole(before), after, Better::Lower), want);
    };
    check(14, "8", Shift::Improved);
    check(14, "9", Shift::Unchanged);
    check(14, "57/7", Shift::Unchanged);
    check(8, "13", Shift::Unchanged);
    check(8, "14", Shift::Worse);
    let who = instrument("who-5");
    let change = who.default_change().unwrap();
    assert_eq!(change.shift(Points::whole(40), Points::whole(52), Better::Higher), Shift::Improved);
}
