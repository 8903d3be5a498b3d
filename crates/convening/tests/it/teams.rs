//! Several lead a circle together.

use std::collections::BTreeSet;

use circle_formation::{FacilitatorIx, Readiness, Sizes};
use circlekeeper::Wishes;
use commons::{Code, Refused};
use convening::{Entrant, FormingRules, Hall, Leader, Lists};
use proptest::prelude::*;

fn words(text: &str) -> BTreeSet<Code> {
    text.split_whitespace().map(|word| word.parse().expect("a code")).collect()
}

/// Somebody who leads: their key, place, languages, times between commas, and team.
fn leader(key: &str, place: &str, languages: &str, times: &str, team: &str) -> Leader {
    let times = times.split(',').map(|time| time.parse().expect("a time")).collect();
    let wishes = Wishes {
        place: (!place.is_empty()).then(|| place.to_owned()),
        languages: words(languages),
        times,
        team: team.parse().ok(),
        ..Wishes::default()
    };
    Leader { wishes, ..Leader::new(key) }
}

fn rules(leaders: u8) -> FormingRules {
    FormingRules::of_sizes(Sizes::new(2, 3, 4).expect("sizes")).with_leaders(leaders)
}

fn lists(leaders: Vec<Leader>) -> Lists {
    let mut mary = Entrant::new("1");
    mary.wishes.times = vec!["mon".parse().expect("a time"), "tue".parse().expect("a time")];
    mary.barred = ["b".to_owned()].into();
    Lists { entrants: vec![mary], leaders }
}

fn hall(leaders: Vec<Leader>, of: u8) -> Hall {
    let mut lists = lists(leaders);
    lists.entrants.iter_mut().for_each(|entrant| entrant.barred.clear());
    lists.hall(&rules(of), 2026).expect("a hall")
}

fn facilitators(hall: &Hall) -> Vec<FacilitatorIx> {
    hall.roster().facilitators().map(|(ix, _)| ix).collect()
}

/// Who leads with whom, by keys.
fn teams(hall: &Hall) -> Vec<Vec<&str>> {
    let keys = |ix| hall.team(ix).iter().map(|leader| leader.key.as_str()).collect();
    facilitators(hall).into_iter().map(keys).collect()
}

fn codes(lists: Lists, of: u8) -> Vec<(Option<usize>, &'static str)> {
    let faults = lists.hall(&rules(of), 2026).expect_err("faults");
    faults.iter().map(|fault| (fault.row(), fault.code())).collect()
}

#[test]
fn a_team_leads_where_all_of_it_can() {
    let mut one = leader("a", "", "rw en fr", "mon 13:00-17:00,tue 9:00", "north");
    one.wishes.circles = Some(3);
    one.wishes.topics = words("loss");
    one.readiness = Readiness::WithSupport;
    let mut two = leader("b", "Nyamata", "fr rw", "mon 14:00-18:00,tue 9:00", "north");
    two.wishes.topics = words("anger");
    two.wishes.needs = words("no_stairs");
    two.wishes.spot = Some((1, 2));
    let hall = hall(
        vec![
            one,
            leader("c", "", "rw", "mon 9:00", "south"),
            two,
            leader("d", "", "rw", "mon 9:00", "south"),
        ],
        2,
    );
    assert_eq!(teams(&hall), [["a", "b"], ["c", "d"]]);
    let north = hall.facilitator_of("b").expect("a team");
    assert_eq!(hall.facilitator_of("a"), Some(north));
    assert_eq!(hall.leader(north).map(|leader| leader.key.as_str()), Some("a"));
    let can = hall.roster().leader(north).expect("a team");
    assert_eq!(hall.place(can.place()), Some("Nyamata"));
    assert!(can.spot().is_some());
    assert_eq!((can.circles(), can.readiness()), (1, Readiness::WithSupport));
    assert_eq!((can.topics().len(), can.meets().len(), can.languages().len()), (2, 1, 2));
    let times: Vec<_> = can
        .slots()
        .iter()
        .filter_map(|slot| hall.time(slot))
        .map(|time| time.to_string())
        .collect();
    assert_eq!(times, ["mon 14:00", "mon 15:00", "tue 09:00"]);
}

#[test]
fn who_says_no_team_is_teamed_up_with_whom_they_share_the_most() {
    let mut late = leader("z", "Nyamata", "rw en", "mon 9:00,tue 9:00", "");
    late.readiness = Readiness::NotYet;
    let leaders = vec![
        leader("c", "Nyamata", "rw en", "mon 9:00,tue 9:00", ""),
        leader("a", "Nyamata", "rw", "mon 9:00", ""),
        leader("b", "Nyamata", "en rw", "tue 9:00,mon 9:00", ""),
        leader("d", " nyamata", "rw", "mon 9:00", ""),
        leader("e", "Rilima", "rw", "mon 9:00", ""),
        late,
    ];
    let hall = hall(leaders, 2);
    assert_eq!(teams(&hall), [["c", "b"], ["a", "d"]]);
    let left: Vec<_> = hall.without_team().iter().map(|leader| leader.key.as_str()).collect();
    assert_eq!(left, ["e", "z"]);
    assert_eq!(hall.facilitator_of("e"), None);
}

#[test]
fn three_lead_together_where_three_do() {
    let leaders = vec![
        leader("a", "", "rw", "mon 9:00,tue 9:00", ""),
        leader("b", "", "rw", "mon 9:00", ""),
        leader("c", "", "rw", "tue 9:00", ""),
        leader("d", "", "rw", "tue 9:00", ""),
    ];
    let hall = hall(leaders, 3);
    assert_eq!(teams(&hall), [["a", "c", "d"]]);
    assert_eq!(hall.without_team().len(), 1);
}

#[test]
fn whoever_is_barred_from_one_is_barred_from_the_team() {
    let leaders =
        || vec![leader("a", "", "rw", "mon 9:00", ""), leader("b", "", "rw", "mon 9:00", "")];
    let of_two = lists(leaders()).hall(&rules(2), 2026).expect("a hall");
    let circle = circle_formation::Circle {
        facilitator: of_two.facilitator_of("a").expect("a team"),
        slot: of_two
            .roster()
            .leader(of_two.facilitator_of("a").expect("a team"))
            .expect("it")
            .slots()
            .iter()
            .next()
            .expect("a slot"),
        language: of_two.language_of(&Code::of("rw")).expect("a language"),
        members: of_two.person_of("1").into_iter().collect(),
    };
    let formation = circle_formation::Formation::new(of_two.roster(), [circle]).expect("circles");
    let breaches = circle_formation::check(of_two.roster(), &formation);
    assert!(
        breaches.iter().any(|breach| matches!(breach, circle_formation::Breach::Barred { .. }))
    );
    // Whoever leads nobody can still be named.
    let mut more = leaders();
    more.push(leader("c", "Rilima", "rw", "mon 9:00", ""));
    let mut all = lists(more);
    all.entrants.iter_mut().for_each(|entrant| entrant.barred = ["c".to_owned()].into());
    assert!(all.hall(&rules(2), 2026).is_ok());
}

#[test]
fn teams_that_cannot_be_are_told() {
    let of = |place: &str, team: &str, key: &str| leader(key, place, "rw", "mon 9:00", team);
    let three = lists(vec![
        of("", "n", "a"),
        of("", "n", "b"),
        of("", "n", "c"),
        of("A", "m", "d"),
        of("B", "m", "e"),
    ]);
    assert_eq!(
        codes(three, 2),
        [(Some(0), "convening.team_size"), (Some(4), "convening.team_places")]
    );
    let two = lists(vec![of("", "n", "a"), of("", "n", "b")]);
    assert_eq!(codes(two, 1), [(Some(0), "convening.team_size")]);
    let nobody = lists(vec![of("A", "", "a"), of("B", "", "b")]);
    assert_eq!(codes(nobody, 2), [(None, "convening.no_teams")]);
}

#[test]
fn rules_say_how_many_lead_or_whoever_asks_does() {
    let sizes = Sizes::new(2, 3, 4).ok();
    let said = FormingRules::parse("leaders = 2", sizes).expect("rules");
    assert_eq!((said.leaders(), said.clone().or_leaders(3).leaders()), (2, 2));
    assert_eq!(said.with_leaders(9).leaders(), 5);
    let unsaid = FormingRules::parse("", sizes).expect("rules");
    assert_eq!((unsaid.leaders(), unsaid.or_leaders(3).leaders()), (1, 3));
    let text = rules(2).to_toml();
    assert_eq!(FormingRules::parse(&text, None), Ok(rules(2)));
    let faults = FormingRules::parse("leaders = 6", sizes).expect_err("a fault");
    assert_eq!(faults.iter().map(Refused::code).collect::<Vec<_>>(), ["setting.out_of_range"]);
}

#[test]
fn who_leads_already_is_not_free_then() {
    let mut one = leader("a", "", "rw", "mon 9:00-18:00,sun 23:00", "");
    one.busy =
        vec![("mon 12:30".parse().expect("a time"), 90), ("mon 0:30".parse().expect("a time"), 60)];
    let hall = hall(vec![one, leader("b", "", "rw", "sun 23:00", "")], 1);
    let free = |key: &str| {
        let ix = hall.facilitator_of(key).expect("a leader");
        let slots = hall.roster().leader(ix).expect("a leader").slots();
        slots
            .iter()
            .filter_map(|slot| hall.time(slot))
            .map(|time| time.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(free("a"), ["mon 09:00", "mon 10:00", "mon 14:00", "mon 15:00", "mon 16:00"]);
    assert_eq!(free("b"), ["sun 23:00"]);
}

fn any_leader() -> impl Strategy<Value = Leader> {
    let times =
        proptest::sample::subsequence(vec!["mon 9:00", "tue 9:00", "wed 9:00-13:00"], 0..=3);
    let languages = proptest::sample::subsequence(vec!["rw", "en", "fr"], 0..=3);
    (proptest::sample::select(vec!["", "A", "B"]), languages, times, 0..3_u8).prop_map(
        |(place, languages, times, circles)| {
            let mut leader = leader("", place, &languages.join(" "), "mon", "");
            leader.wishes.times = times.iter().map(|time| time.parse().expect("a time")).collect();
            leader.wishes.circles = Some(circles);
            leader
        },
    )
}

proptest! {
    #[test]
    fn everybody_is_in_one_team_of_the_size_or_left_over(
        mut leaders in proptest::collection::vec(any_leader(), 1..12),
        of in 1..=3_u8,
        turn in 0..12_usize,
    ) {
        for (n, leader) in leaders.iter_mut().enumerate() {
            leader.key = format!("k{n}");
        }
        let count = leaders.len();
        let mut turned = leaders.clone();
        turned.rotate_left(turn % count);
        let made = |leaders: Vec<Leader>| {
            let mut lists = lists(leaders);
            lists.entrants.iter_mut().for_each(|entrant| entrant.barred.clear());
            lists.hall(&rules(of), 2026)
        };
        let (Ok(hall), Ok(other)) = (made(leaders.clone()), made(turned.clone())) else {
            prop_assert_eq!(made(leaders).is_err(), made(turned).is_err());
            return Ok(());
        };
        let mut keys: Vec<&str> = teams(&hall).into_iter().flatten().collect();
        keys.extend(hall.without_team().iter().map(|leader| leader.key.as_str()));
        prop_assert_eq!(keys.len(), count);
        prop_assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), count);
        prop_assert!(teams(&hall).iter().all(|team| team.len() == usize::from(of)));
        // The order of the list makes no difference.
        let sorted = |hall: &Hall| -> BTreeSet<BTreeSet<String>> {
            teams(hall).into_iter().map(|team| team.into_iter().map(str::to_owned).collect()).collect()
        };
        prop_assert_eq!(sorted(&hall), sorted(&other));
        // Nobody is left over who could be in one more pair.
        if of == 2 {
            let left = hall.without_team();
            for (n, one) in left.iter().enumerate() {
                for two in left.iter().skip(n + 1) {
                    let shared = one.wishes.languages.intersection(&two.wishes.languages).count();
                    let times = one.wishes.times.iter().filter(|time| two.wishes.times.contains(time)).count();
                    let leads = one.wishes.circles != Some(0) && two.wishes.circles != Some(0);
                    prop_assert!(one.wishes.place != two.wishes.place || shared * times == 0 || !leads);
                }
            }
        }
    }
}
