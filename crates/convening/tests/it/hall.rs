//! Lists become a roster, and everything that is wrong with them is told.

use circle_formation::{
    ApartPermit, Aspect, Breach, Company, Effort, Formation, Kind, Sizes, Slot, check, form,
};
use circlekeeper::Wishes;
use commons::{Code, Refused};
use convening::{Entrant, FormingRules, Hall, Leader, List, Lists};

fn rules() -> FormingRules {
    FormingRules::of_sizes(Sizes::new(2, 3, 4).expect("sizes"))
}

fn words(text: &str) -> std::collections::BTreeSet<Code> {
    text.split_whitespace().map(|word| word.parse().expect("a code")).collect()
}

fn wishes(place: &str, languages: &str, times: &[&str]) -> Wishes {
    Wishes {
        place: Some(place.to_owned()),
        languages: words(languages),
        times: times.iter().map(|time| time.parse().expect("a time")).collect(),
        ..Wishes::default()
    }
}

fn entrant(key: &str, times: &[&str]) -> Entrant {
    Entrant { wishes: wishes("Kigali", "rw", times), ..Entrant::new(key) }
}

fn leader(key: &str, times: &[&str]) -> Leader {
    Leader { wishes: wishes("Kigali", "rw en", times), ..Leader::new(key) }
}

fn lists(entrants: Vec<Entrant>, leaders: Vec<Leader>) -> Lists {
    Lists { entrants, leaders }
}

fn hall(entrants: Vec<Entrant>, leaders: Vec<Leader>) -> Hall {
    lists(entrants, leaders).hall(&rules(), 2026).expect("a hall")
}

fn times(hall: &Hall, slots: impl Iterator<Item = Slot>) -> Vec<String> {
    slots.filter_map(|slot| hall.time(slot)).map(|time| time.to_string()).collect()
}

/// What is wrong: which list, which row, what.
fn wrong(lists: Lists, rules: &FormingRules) -> Vec<(Option<List>, Option<usize>, &'static str)> {
    let faults = lists.hall(rules, 2026).expect_err("faults");
    faults.iter().map(|fault| (fault.list(), fault.row(), fault.code())).collect()
}

#[test]
fn words_are_numbered_in_the_order_of_the_alphabet() {
    let mut mary = entrant("1", &["mon 14:00"]);
    mary.wishes.topics = words("loss anger");
    mary.wishes.needs = words("no_stairs");
    mary.sex = Some(Code::of("w"));
    mary.birth_year = Some(1990);
    let mut joy = entrant("2", &["mon 14:00"]);
    joy.wishes.place = Some(" kigali ".to_owned());
    joy.wishes.spot = Some((3, 4));
    joy.sex = Some(Code::of("m"));
    let nowhere = Entrant { wishes: Wishes::default(), ..Entrant::new("3") };
    let hall = hall(vec![mary, joy, nowhere], vec![leader("K", &["mon 14:00"])]);
    let ix = hall.person_of("1").expect("somebody");
    let mary = hall.roster().get(ix).expect("somebody");
    let told: Vec<_> = mary.topics().iter().filter_map(|it| hall.topic(it)).collect();
    assert_eq!(told, ["anger", "loss"]);
    let told: Vec<_> = mary.needs().iter().filter_map(|it| hall.need(it)).collect();
    assert_eq!(told, ["no_stairs"]);
    assert_eq!(mary.age(), Some(36));
    assert_eq!(
        mary.kind(Aspect::Sex).and_then(|it| hall.kind(Aspect::Sex, it)),
        Some(&Code::of("w"))
    );
    assert_eq!(hall.kind(Aspect::Sex, Kind::new(0).expect("a kind")), Some(&Code::of("m")));
    assert_eq!(hall.aspect(Aspect::Sex), Some(&Code::of("sex")));
    let joy = hall.roster().get(hall.person_of("2").expect("somebody")).expect("somebody");
    assert_eq!(joy.place(), mary.place());
    assert_eq!(hall.place(mary.place()), Some("Kigali"));
    assert!(joy.spot().is_some());
    let nowhere = hall.roster().get(hall.person_of("3").expect("somebody")).expect("somebody");
    assert_eq!(hall.place(nowhere.place()), None);
    assert!(nowhere.slots().is_empty() && nowhere.languages().is_empty());
    let languages: Vec<_> = mary.languages().iter().filter_map(|it| hall.language(it)).collect();
    assert_eq!(languages, ["rw"]);
    assert_eq!(
        hall.language_of(&Code::of("en")).and_then(|it| hall.language(it)),
        Some(&Code::of("en"))
    );
    assert_eq!(hall.language_of(&Code::of("fr")), None);
    assert_eq!(hall.entrant(ix).map(|it| it.key.as_str()), Some("1"));
    let keeper = hall.facilitator_of("K").expect("a leader");
    assert_eq!(hall.leader(keeper).map(|it| it.key.as_str()), Some("K"));
}

#[test]
fn circles_begin_when_those_who_lead_name_it_and_people_can_come() {
    let people = vec![
        entrant("1", &["mon 13:30-15:30", "tue"]),
        entrant("2", &["mon", "wed 9:00"]),
        entrant("3", &["sun 9:00"]),
    ];
    let hall =
        hall(people, vec![leader("K", &["mon 13:00-16:00", "tue 10:15"]), leader("L", &["wed"])]);
    let all = times(&hall, (0..Slot::LIMIT).filter_map(|n| Slot::new(n).ok()));
    // 13:30 is of the first person, and 9:00 of the second; on Sunday nobody leads.
    assert_eq!(all, ["mon 13:00", "mon 13:30", "mon 14:00", "tue 10:15", "wed 09:00"]);
    let free = |key: &str| {
        let person = hall.roster().get(hall.person_of(key).expect("somebody")).expect("somebody");
        times(&hall, person.slots().iter())
    };
    assert_eq!(free("1"), ["mon 13:30", "tue 10:15"]);
    assert_eq!(free("2"), ["mon 13:00", "mon 13:30", "mon 14:00", "wed 09:00"]);
    assert_eq!(free("3"), [""; 0]);
    assert_eq!(hall.times_left_out(), 0);
    let time = "tue 10:15".parse().expect("a time");
    assert_eq!(hall.slot_of(time).and_then(|slot| hall.time(slot)), Some(time));
}

#[test]
fn a_time_that_opens_nothing_to_anybody_is_not_taken_in() {
    let people = vec![entrant("1", &["mon 14:00-17:00"]), entrant("2", &["mon 14:30-17:00"])];
    let hall = hall(people, vec![leader("K", &["mon 12:00-18:00"])]);
    let all = times(&hall, (0..Slot::LIMIT).filter_map(|n| Slot::new(n).ok()));
    assert_eq!(all, ["mon 12:00", "mon 13:00", "mon 14:00", "mon 15:00", "mon 16:00"]);
}

#[test]
fn whoever_leads_several_circles_has_times_that_do_not_overlap() {
    let people = vec![
        entrant("1", &["mon 15:00", "mon 13:00"]),
        entrant("2", &["mon 15:00"]),
        entrant("3", &["mon 13:00"]),
    ];
    let mut both = leader("K", &["mon 13:00-18:00"]);
    both.wishes.circles = Some(2);
    let hall = hall(people, vec![both, leader("L", &["mon 13:00-18:00"])]);
    let free = |key: &str| {
        let leader = hall.facilitator_of(key).and_then(|ix| hall.roster().leader(ix));
        times(&hall, leader.expect("a leader").slots().iter())
    };
    assert_eq!(free("K"), ["mon 13:00", "mon 15:00"]);
    assert_eq!(free("L").len(), 4);
}

#[test]
fn what_holds_between_people_is_in_the_roster_alone() {
    let mut mary = entrant("1", &["mon 14:00"]);
    mary.together = ["2".to_owned()].into();
    mary.apart = ["3".to_owned()].into();
    let mut joy = entrant("2", &["mon 14:00"]);
    joy.together = ["1".to_owned()].into();
    joy.barred = ["K".to_owned()].into();
    let three = vec![mary, joy, entrant("3", &["mon 14:00"])];
    let hall = hall(three, vec![leader("K", &["mon 14:00"])]);
    assert_eq!(hall.roster().bonds().count(), 1);
    let permit = ApartPermit::granted_by_policy();
    assert_eq!(hall.roster().apart_pairs(&permit).len(), 1);
    let together = circle_formation::Circle {
        facilitator: hall.facilitator_of("K").expect("a leader"),
        slot: Slot::new(0).expect("a slot"),
        language: hall.language_of(&Code::of("rw")).expect("a language"),
        members: ["1", "2", "3"].iter().filter_map(|key| hall.person_of(key)).collect(),
    };
    let formation = Formation::new(hall.roster(), [together]).expect("a formation");
    let breaches = check(hall.roster(), &formation);
    assert!(matches!(breaches[..], [Breach::Apart { .. }, Breach::Barred { .. }]), "{breaches:?}");
    assert!(hall.entrants().iter().all(|it| it.apart.is_empty() && it.barred.is_empty()));
    assert_eq!(
        format!("{hall:?}"),
        "Hall { roster: Roster { people: 3, facilitators: 1, bonds: 1, .. }, .. }"
    );
}

#[test]
fn everything_that_is_wrong_is_told_in_one_run() {
    use List::{Facilitators, People};
    let mut off = entrant("1", &[]);
    off.wishes.spot = Some((0, 10_001));
    let mut strange = entrant("2", &[]);
    strange.line = Some(7);
    strange.apart = ["nobody".to_owned(), "2".to_owned()].into();
    let mut needs = entrant("1", &[]);
    needs.wishes.company = Company::OwnSexNeeded;
    needs.birth_year = Some(2027);
    let mut old = entrant("4", &[]);
    old.birth_year = Some(1900);
    old.sex = Some(Code::of("w"));
    let mut away = leader("K", &["mon 14:00"]);
    away.wishes.spot = Some((-10_001, 0));
    let all = lists(vec![off, strange, needs, old], vec![away, leader("K", &[])]);
    let faults = all.clone().hall(&rules(), 2026).expect_err("faults");
    assert_eq!(
        wrong(all, &rules()),
        [
            (Some(People), Some(0), "convening.off_the_map"),
            (Some(People), Some(0), "convening.sex_unknown"),
            (Some(People), Some(2), "convening.key_twice"),
            (Some(People), Some(2), "convening.not_born"),
            (Some(People), Some(2), "convening.sex_unknown"),
            (Some(People), Some(3), "convening.not_born"),
            (Some(People), Some(1), "convening.unknown_key"),
            (Some(People), Some(1), "convening.oneself"),
            (Some(People), Some(1), "convening.sex_unknown"),
            (Some(Facilitators), Some(0), "convening.off_the_map"),
            (Some(Facilitators), Some(1), "convening.key_twice"),
        ]
    );
    let told = faults.iter().map(ToString::to_string).find(|text| text.contains("nobody has"));
    assert_eq!(told.as_deref(), Some("people, line 7: a key that nobody has"));
}

#[test]
fn an_empty_hall_is_told() {
    use List::{Facilitators, People};
    assert_eq!(
        wrong(Lists::default(), &rules()),
        [
            (Some(People), None, "convening.nobody_to_seat"),
            (Some(Facilitators), None, "convening.nobody_to_lead"),
        ]
    );
    let no_times = lists(vec![entrant("1", &["mon 14:00"])], vec![leader("K", &[])]);
    assert_eq!(wrong(no_times, &rules()), [(Some(Facilitators), None, "convening.no_times")]);
}

#[test]
fn more_words_than_can_be_told_apart_are_counted() {
    let mut many = entrant("1", &[]);
    let codes =
        |count: usize| (0..count).map(|n| format!("w{n}").parse().expect("a code")).collect();
    many.wishes.languages = codes(65);
    many.wishes.topics = codes(66);
    many.wishes.needs = codes(67);
    let mut people = vec![many];
    for n in 0..16 {
        let mut one = entrant(&format!("p{n}"), &[]);
        one.wishes.aspects =
            [(Code::of("generation"), format!("g{n}").parse().expect("a code"))].into();
        people.push(one);
    }
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let each = |minute: u32| days.map(|day| format!("{day} 00:{minute:02}-23:59"));
    let hours: Vec<String> = (0..5).flat_map(each).collect();
    let hours: Vec<&str> = hours.iter().map(String::as_str).collect();
    let rules = FormingRules::parse("aspects = [\"generation\"]", Some(rules().rules().sizes));
    let all = lists(people, vec![leader("K", &hours)]);
    let faults = all.hall(&rules.expect("rules"), 2026).expect_err("faults");
    let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "lists: 67 different languages; at most 64",
            "lists: 66 different topics; at most 64",
            "lists: 67 different needs; at most 64",
            "people: 16 different kinds of generation; at most 15",
            "facilitators: 182 different times at which circles could begin; at most 128",
        ]
    );
}

#[test]
fn people_are_seated_by_what_they_say() {
    let people = (1..=7).map(|n| entrant(&n.to_string(), if n < 5 { &["mon"] } else { &["tue"] }));
    let mut both = leader("K", &["mon 14:00", "tue 9:00-12:00"]);
    both.wishes.circles = Some(2);
    let hall = hall(people.collect(), vec![both]);
    let proposal = form(hall.roster(), Effort::usual(hall.roster(), 1));
    let circles: Vec<_> = proposal.formation().circles().map(|(_, circle)| circle).collect();
    let told: Vec<_> = circles
        .iter()
        .map(|it| (hall.time(it.slot).map(|time| time.to_string()), it.members.len()))
        .collect();
    assert_eq!(told, [(Some("mon 14:00".to_owned()), 4), (Some("tue 09:00".to_owned()), 3)]);
}
