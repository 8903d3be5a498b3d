//! What is reckoned from sums says what is reckoned from people.

use std::collections::BTreeMap;

use outcomes::stats::{Confidence, Moments, grouped_trend, icc, icc_of, linear_trend};
use proptest::prelude::*;

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

proptest! {
    #[test]
    fn a_line_through_groups_is_the_line_through_their_people(
        people in prop::collection::vec((0_u8..12, -20_i16..20), 0..60),
    ) {
        let pairs = people.iter().map(|(x, y)| (f64::from(*x), f64::from(*y)));
        let line = linear_trend(pairs.map(|(x, y)| (Some(x), Some(y))), Confidence::USUAL);
        let mut groups: BTreeMap<u8, Moments> = BTreeMap::new();
        for (x, y) in &people {
            groups.entry(*x).or_default().push(f64::from(*y));
        }
        let groups: Vec<_> = groups.into_iter().map(|(x, found)| (f64::from(x), found)).collect();
        match (line, grouped_trend(&groups, Confidence::USUAL)) {
            (Ok(line), Ok(found)) => {
                prop_assert!(close(line.slope, found.slope), "{line:?} {found:?}");
                if let (Some(one), Some(other)) = (line.slope_interval, found.interval) {
                    prop_assert!(close(one.low, other.low) && close(one.high, other.high));
                }
            }
            (Err(one), Err(other)) => prop_assert_eq!(one, other),
            (one, other) => prop_assert!(false, "{one:?} {other:?}"),
        }
    }

    #[test]
    fn clusters_that_were_summed_agree_as_their_people_do(
        people in prop::collection::vec((0_u8..6, -20_i16..20), 0..60),
    ) {
        let each = people.iter().map(|(cluster, y)| (*cluster, Some(f64::from(*y))));
        let mut clusters = vec![Moments::default(); 6];
        for (cluster, y) in &people {
            clusters[usize::from(*cluster)].push(f64::from(*y));
        }
        let (one, other) = (icc(each, Confidence::USUAL), icc_of(clusters, 0, Confidence::USUAL));
        prop_assert_eq!(one, other);
    }
}
