//! Lists of any kind.

use std::collections::BTreeSet;

use circle_formation::{Company, Readiness};
use circle_model::FreeTime;
use circlekeeper::Wishes;
use commons::Code;
use convening::{Entrant, Leader, Lists};
use proptest::{collection::vec, option, prelude::*, sample};

fn codes(words: &'static [&'static str], least: usize) -> impl Strategy<Value = BTreeSet<Code>> {
    let all = words.to_vec();
    let count = all.len();
    sample::subsequence(all, least..=count)
        .prop_map(|words| words.into_iter().filter_map(|word| word.parse().ok()).collect())
}

fn times() -> impl Strategy<Value = Vec<FreeTime>> {
    let all = vec![
        "mon 14:00",
        "mon 13:30-16:30",
        "tue",
        "tue 9:00-12:00",
        "sat 8:15-12:00",
        "sun 23:00",
    ];
    sample::subsequence(all, 1..=6)
        .prop_map(|times| times.into_iter().filter_map(|time| time.parse().ok()).collect())
}

fn wishes() -> impl Strategy<Value = Wishes> {
    let place = prop_oneof![
        6 => Just(Some("Nyamata")),
        1 => Just(Some("NYAMATA ")),
        1 => Just(Some("Rilima")),
        1 => Just(None)
    ];
    let spot = option::weighted(0.3, (-20..20, -20..20));
    let company = prop_oneof![
        4 => Just(Company::Any),
        1 => Just(Company::OwnSexWished),
        1 => Just(Company::OwnSexNeeded)
    ];
    let words = (
        codes(&["en", "fr", "rw"], 1),
        codes(&["anger", "land", "loss"], 0),
        prop_oneof![
            9 => codes(&[], 0).boxed(),
            1 => codes(&["no_stairs"], 0).boxed()
        ],
    );
    let generation = option::weighted(0.8, sample::select(vec!["young", "grown", "elder"]));
    (place, spot, words, times(), company, generation).prop_map(
        |(place, spot, (languages, topics, needs), times, company, generation)| Wishes {
            place: place.map(str::to_owned),
            spot,
            languages,
            times,
            topics,
            needs,
            company,
            aspects: generation
                .and_then(|word| Some((Code::of("generation"), word.parse().ok()?)))
                .into_iter()
                .collect(),
            ..Wishes::default()
        },
    )
}

/// Keys as no list should have them, each another.
fn keys(stem: &'static str, count: usize) -> impl Strategy<Value = Vec<String>> {
    let begin = sample::select(vec!["", "=", "'", "@", "é", "a + b ", "1, 2; ", "\""]);
    vec(begin, count).prop_map(move |begins| {
        begins.into_iter().zip(0..).map(|(begin, n)| format!("{begin}{stem}{n}")).collect()
    })
}

/// So many people at most, and those who lead them.
pub(crate) fn lists(most: usize) -> impl Strategy<Value = Lists> {
    let pairs = || vec((any::<sample::Index>(), any::<sample::Index>()), 0..3);
    (1..=most, 1..=most / 3 + 1)
        .prop_flat_map(move |(people, leaders)| {
            let said =
                vec((wishes(), option::weighted(0.9, 1940..2010_u16), any::<bool>()), people);
            let lead = vec((wishes(), 1..=2_u8, 0..6_u8), leaders);
            (keys("p", people), said, keys("k", leaders), lead, (pairs(), pairs(), pairs()))
        })
        .prop_map(|(keys, said, leading, lead, (bonds, apart, bars))| {
            let entrants = keys.into_iter().zip(said).map(|(key, (wishes, birth_year, woman))| {
                let sex = Some(if woman { Code::of("w") } else { Code::of("m") });
                let name = birth_year.map(|year| format!("=Somebody, of {year}"));
                Entrant { name, birth_year, sex, wishes, ..Entrant::new(key) }
            });
            let leaders =
                leading.into_iter().zip(lead).map(|(key, (mut wishes, circles, ready))| {
                    wishes.circles = Some(circles);
                    // A whole day alone names no time.
                    wishes.times.extend("wed 10:00".parse::<FreeTime>());
                    let readiness =
                        if ready == 0 { Readiness::WithSupport } else { Readiness::Ready };
                    Leader {
                        name: Some(format!("Led by {key}")),
                        wishes,
                        readiness,
                        ..Leader::new(key)
                    }
                });
            let mut lists = Lists { entrants: entrants.collect(), leaders: leaders.collect() };
            let keys: Vec<String> = lists.entrants.iter().map(|it| it.key.clone()).collect();
            let leading: Vec<String> = lists.leaders.iter().map(|it| it.key.clone()).collect();
            let people = lists.entrants.as_mut_slice();
            for (one, other) in bonds {
                let (one, other) = (one.get_mut(people), other.get(&keys));
                one.together.extend((one.key != *other).then(|| other.clone()));
            }
            for (one, other) in apart {
                let (one, other) = (one.get_mut(people), other.get(&keys));
                one.apart.extend((one.key != *other).then(|| other.clone()));
            }
            for (one, from) in bars {
                one.get_mut(people).barred.insert(from.get(&leading).clone());
            }
            lists
        })
}
