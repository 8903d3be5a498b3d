//! Whatever comes in, what comes out is a number or a reason.

use std::fmt::Debug;

use outcomes::stats::models::{Regression, cluster_robust, omega_total, random_intercept};
use outcomes::stats::{
    self, Aim, Arm, ArmRow, Caseness, ClinicalRule, Clustering, Confidence, Course, CutOffKind,
    Exposure, Imputed, MeasureRule, Norm, PairedExposure, Step, TalkingTherapiesRule, TwoMeasures,
    Watch,
};
use outcomes::{Better, golden};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

/// Points of a scale mostly, and everything that a torn file can hold.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        12 => (0_u8..28).prop_map(f64::from),
        4 => -5.0..5.0_f64,
        1 => prop_oneof![
            Just(-0.0), Just(f64::MAX), Just(f64::MIN), Just(f64::MIN_POSITIVE), Just(5e-324),
            Just(1e154), Just(1e-160), Just(1e15 + 0.125),
        ],
    ]
}

fn torn() -> impl Strategy<Value = f64> {
    prop_oneof![
        60 => number(),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY)],
    ]
}

fn cell() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![9 => torn().prop_map(Some), 1 => Just(None)]
}

fn column() -> impl Strategy<Value = Vec<Option<f64>>> {
    prop_oneof![
        6 => vec(cell(), 0..14),
        1 => (cell(), 0_usize..6).prop_map(|(cell, n)| vec![cell; n]),
    ]
}

fn pairs() -> impl Strategy<Value = Vec<(Option<f64>, Option<f64>)>> {
    prop_oneof![
        6 => vec((cell(), cell()), 0..14),
        1 => ((cell(), cell()), 0_usize..6).prop_map(|(pair, n)| vec![pair; n]),
    ]
}

fn confidence() -> impl Strategy<Value = Confidence> {
    let share = prop_oneof![4 => Just(0.95), 1 => 0.001..0.9999_f64, 1 => Just(1.0 - 1e-15)];
    share.prop_map(|share| Confidence::new(share).unwrap())
}

fn people() -> impl Strategy<Value = u64> {
    prop_oneof![20 => 0_u64..40, 2 => 0_u64..100_000, 1 => Just(2_000_000), 1 => Just(u64::MAX)]
}

fn better() -> impl Strategy<Value = Better> {
    prop_oneof![Just(Better::Lower), Just(Better::Higher)]
}

/// Neither a NaN nor an infinity stands anywhere in it.
#[track_caller]
fn sound<T: Debug>(found: T) {
    let words = format!("{found:?}");
    let ill = |word: &str| word == "NaN" || word == "inf";
    assert!(!words.split(|c: char| !c.is_alphanumeric()).any(ill), "{words}");
}

/// A share of chance is one.
#[track_caller]
fn chance(p: f64) {
    assert!((0.0..=1.0).contains(&p), "{p}");
}

proptest! {
    #[test]
    fn one_column_says_a_number_or_a_reason(x in column(), confidence in confidence()) {
        let found = stats::describe(x.iter().copied(), confidence);
        sound(found);
        if let Ok(found) = found {
            assert!(found.least <= found.median && found.median <= found.most);
            assert!(found.lower_quartile <= found.upper_quartile);
        }
        sound(stats::holm(&x));
        sound(stats::benjamini_hochberg(&x));
    }

    #[test]
    fn pairs_say_a_number_or_a_reason(pairs in pairs(), confidence in confidence()) {
        let each = || pairs.iter().copied();
        sound(stats::paired_change(each()));
        sound(stats::paired_effects(each(), confidence));
        sound(stats::linear_trend(each(), confidence));
        for found in [
            stats::signed_rank(each()),
            stats::signed_rank_exact(each()),
            stats::signed_rank_normal(each()),
        ] {
            sound(found);
            if let Ok(found) = found {
                chance(found.p);
            }
        }
        let turned = pairs.iter().map(|(before, after)| (*after, *before));
        let (there, back) = (stats::paired_change(each()), stats::paired_change(turned));
        prop_assert_eq!(there.is_ok(), back.is_ok());
    }

    #[test]
    fn two_groups_say_a_number_or_a_reason(
        treated in column(), control in column(), confidence in confidence(),
    ) {
        let (one, two) = (|| treated.iter().copied(), || control.iter().copied());
        sound(stats::welch(one(), two(), confidence));
        sound(stats::group_effects(one(), two(), confidence));
        for found in [stats::rank_sum_normal(one(), two()), stats::rank_sum_exact(one(), two())] {
            sound(found);
            if let Ok(found) = found {
                chance(found.p);
                chance(found.superiority);
            }
        }
    }

    #[test]
    fn categories_hold_everybody_once(
        pairs in pairs(), more in pairs(), better in better(), reliability in -0.1..1.1_f64,
        norms in vec((torn(), torn()), 2), z in -0.1..3.0_f64, kind in 0_u8..3,
    ) {
        let norm = |(mean, sd): (f64, f64)| (sd < 20.0).then_some(Norm { mean, sd });
        let cut_off = [CutOffKind::A, CutOffKind::B, CutOffKind::C][usize::from(kind)];
        let (clinical, functional) = (norm(norms[0]), norm(norms[1]));
        let rule = ClinicalRule { reliability, clinical, functional, better, cut_off, z };
        let found = stats::clinical_change(pairs.iter().copied(), &rule);
        sound(found);
        if let Ok(f) = found {
            let all = f.recovered + f.improved + f.unchanged + f.deteriorated + f.harmed;
            prop_assert_eq!(all, f.sample.used);
        }
        sound(stats::cut_offs(clinical, functional, better));
        let rule = TalkingTherapiesRule {
            depression: MeasureRule { caseness: 10.0, reliable: 6.0 },
            anxiety: MeasureRule { caseness: 8.0, reliable: norms[0].0 },
        };
        let people = pairs.iter().zip(&more);
        let people = people.map(|(d, a)| TwoMeasures { depression: *d, anxiety: *a });
        let found = stats::talking_therapies(people, &rule);
        sound(found);
        if let Ok(f) = found {
            prop_assert_eq!(f.improved + f.deteriorated + f.unchanged, f.sample.used);
            prop_assert!(f.reliably_recovered <= f.recovered && f.recovered <= f.cases);
        }
        let people: Vec<Course> = pairs
            .iter()
            .zip(&more)
            .map(|((before, after), (mid, late))| Course {
                before: *before, between: vec![*mid, *late], after: *after,
            })
            .collect();
        sound(stats::completers(&people, Caseness { cut_off: z, better }));
    }

    #[test]
    fn counts_say_a_number_or_a_reason(
        a in people(), b in people(), c in people(), d in people(), confidence in confidence(),
    ) {
        sound(stats::wilson_at(a, b, confidence));
        sound(stats::mcnemar(a, b, confidence));
        sound(stats::paired_difference(a, b, c, confidence));
        for found in [stats::wilson_at(a, b, confidence), stats::clopper_pearson(a, b, confidence)] {
            sound(found);
            if let Ok(found) = found {
                prop_assert!(found.interval.low <= found.share);
                prop_assert!(found.share <= found.interval.high);
            }
        }
        let found = stats::share_difference((a, b), (c, d), confidence);
        sound(found);
        if let Ok(found) = found {
            chance(found.p_exact.unwrap());
        }
    }

    #[test]
    fn ordered_groups_say_a_number_or_a_reason(steps in vec((people(), people(), torn()), 0..6)) {
        let steps: Vec<Step> =
            steps.into_iter().map(|(count, of, score)| Step { count, of, score }).collect();
        sound(stats::cochran_armitage(&steps));
    }

    #[test]
    fn those_who_stay_say_a_number_or_a_reason(
        groups in vec(vec(proptest::option::weighted(0.9, (torn(), any::<bool>())), 0..12), 0..4),
        confidence in confidence(),
    ) {
        let watch = |(time, left): (f64, bool)| Watch { time: time.abs(), left };
        let groups: Vec<Vec<Option<Watch>>> = groups
            .into_iter()
            .map(|group| group.into_iter().map(|person| person.map(watch)).collect())
            .collect();
        sound(stats::log_rank(&groups));
        let found = stats::stay_curve(groups.into_iter().flatten(), confidence);
        sound(&found);
        if let Ok(found) = found {
            for (earlier, later) in found.steps.iter().zip(found.steps.iter().skip(1)) {
                prop_assert!(later.stays < earlier.stays && earlier.time < later.time);
                chance(later.stays);
            }
        }
    }

    #[test]
    fn imputed_tables_say_a_number_or_a_reason(
        tables in vec((torn(), torn()), 0..8), df in proptest::option::of(torn()),
        confidence in confidence(),
    ) {
        let tables: Vec<Imputed> = tables
            .into_iter()
            .map(|(estimate, variance)| Imputed { estimate, variance: variance.abs() })
            .collect();
        sound(stats::rubin_pool(&tables, df, confidence));
    }

    #[test]
    fn clusters_say_a_number_or_a_reason(
        rows in vec((0_u64..5, cell(), cell(), any::<bool>()), 0..24),
        split in any::<bool>(), confidence in confidence(),
    ) {
        let each = || rows.iter().copied();
        sound(stats::icc(each().map(|(cluster, y, ..)| (cluster, y)), confidence));
        let arm = |cluster: u64, own: bool| {
            if split && cluster.is_multiple_of(2) || !split && own { Arm::Treated } else { Arm::Control }
        };
        let people = each().map(|(cluster, y, _, own)| (cluster, arm(cluster, own), y));
        sound(stats::cluster_means(people, confidence));
        let number = |(cluster, _, _, own): &(u64, Option<f64>, Option<f64>, bool)| {
            Some(if arm(*cluster, *own) == Arm::Treated { 1.0 } else { 0.0 })
        };
        let arms: Vec<Option<f64>> = rows.iter().map(number).collect();
        let outcome: Vec<Option<f64>> = rows.iter().map(|row| row.1).collect();
        let before: Vec<Option<f64>> = rows.iter().map(|row| row.2).collect();
        let clusters: Vec<u64> = rows.iter().map(|row| row.0).collect();
        let people = rows.iter().zip(&arms);
        let people = people.map(|(row, arm)| ArmRow { arm: *arm, before: row.2, after: row.1 });
        sound(stats::ancova(people, confidence));
        for predictors in [&[arms.as_slice(), &before][..], &[arms.as_slice()], &[]] {
            let regression = Regression { outcome: &outcome, predictors, clusters: &clusters };
            sound(cluster_robust(&regression, 0, confidence));
            sound(random_intercept(&regression, confidence));
        }
        let short = Regression { outcome: &outcome, predictors: &[], clusters: &[] };
        prop_assert!(random_intercept(&short, confidence).is_err());
    }

    #[test]
    fn sheets_say_a_number_or_a_reason(
        (items, sheets) in (0_usize..6).prop_flat_map(|items| {
            (Just(items), vec(vec(cell(), items), 0..16))
        }),
        ragged in any::<bool>(), confidence in confidence(),
    ) {
        let mut sheets = sheets;
        if ragged {
            sheets.push(vec![Some(1.0); items + 1]);
        }
        sound(stats::alpha(&sheets, confidence));
        sound(omega_total(&sheets));
    }

    #[test]
    fn events_say_a_number_or_a_reason(
        events in vec((people(), torn(), people(), torn()), 0..8), confidence in confidence(),
    ) {
        let of = |events: u64, time: f64| Exposure { events, time };
        for (a, s, b, t) in &events {
            sound(stats::garwood(of(*a, *s), confidence));
            sound(stats::rate_ratio(of(*a, *s), of(*b, *t), confidence));
        }
        let people = events.iter().map(|(a, s, b, t)| PairedExposure {
            before: Some(of(*a, s.abs())),
            after: (*b < 35).then(|| of(*b, t.abs())),
        });
        sound(stats::paired_rate_ratio(people, confidence));
    }

    #[test]
    fn plans_say_a_number_or_a_reason(
        difference in torn(), sd in torn(), power in -0.1..1.1_f64, alpha in -0.1..1.1_f64,
        size in torn(), icc in -1.1..1.1_f64, variation in -0.1..3.0_f64,
    ) {
        let aim = Aim { difference, sd, power, alpha };
        sound(stats::clusters_per_arm(&aim, &Clustering { size, icc, variation }));
        sound(stats::measurement_error(sd, icc));
        sound(stats::jacobson_truax(sd, icc, (size, difference), Better::Lower, power));
        sound(stats::hedges_j(size));
        sound(stats::student_t_quantile(power, size));
    }

    #[test]
    fn cases_of_any_shape_are_judged_and_never_stop_the_runner(
        stat in 0_usize..STATS.len(), x in column(), y in column(), n in people(), m in people(),
        word in "[a-z]{0,6}",
    ) {
        let mut input = json!({
            "x": x, "y": y, "pre": x, "post": y, "mid": x, "treated": x, "control": y, "p": x,
            "time": x, "event": y, "group": y, "cluster": y, "arm": x, "estimates": x,
            "variances": y, "items": [x, y], "better": "lower", "cutoff": "c", "n": n, "z": 1.96,
            "cases": [n, m], "totals": [m, n], "scores": x, "table": [[n], [m]],
            "suppressed": [[1], [0]], "threshold": m, "reliability": 0.8, "sd_pre": 3.0,
            "case_to_noncase": n, "noncase_to_case": m, "x_treated": n, "n_treated": m,
            "x_control": m, "n_control": n, "events": n, "events_after": n, "events_before": m,
            "time_after": 3, "time_before": 2,
        });
        input[word] = json!(y);
        let case = json!({"id": "a", "stat": STATS[stat], "input": input, "expect": {"none": 1}});
        let report = golden::run(&case.to_string()).unwrap();
        prop_assert!(!report.is_clean());
    }
}

const STATS: [&str; 14] = [
    "describe",
    "paired_t",
    "wilcoxon_signed_rank_exact",
    "linear_trend",
    "mann_whitney_normal",
    "kaplan_meier",
    "logrank",
    "icc_anova",
    "cluster_robust_ols",
    "cronbach_alpha",
    "mcnemar",
    "two_proportions",
    "suppression_audit",
    "itt_vs_completer",
];
