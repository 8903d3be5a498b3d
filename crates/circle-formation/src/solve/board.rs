//! One part of a roster, in numbers: people and groups that no rule joins to others.

#![expect(
    clippy::indexing_slicing,
    reason = "each index is of a table of this board, by its making"
)]

use std::collections::BTreeMap;

use crate::{
    Aspect, Circle, Company, FacilitatorIx, Formation, Gathering, Language, PersonIx, Reach,
    Readiness, Roster, Slot, cost::Kinds,
};

/// What a seat costs that may not be taken.
pub(crate) const NEVER: i32 = i32::MAX;

/// How many groups a board has at most: their numbers have 16 bits.
const MOST_GROUPS: usize = 60_000;

/// A time and a language in which a group may meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meeting {
    pub(crate) slot: Slot,
    pub(crate) language: Language,
}

/// A group that may be opened: one of the circles that a facilitator may lead.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) leader: FacilitatorIx,
    /// Its meetings stand in `Board::meetings` from `first` to `last`, without `last`.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Whether the facilitator has another group, so that their times must differ.
    pub(crate) shared: bool,
    /// Whether it is a circle already, where people were told, and whether it breaks a rule as it is that others may mend.
    pub(crate) told: bool,
    pub(crate) broken: bool,
}

/// One part of a roster, in numbers.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    /// How many people and groups there are.
    pub(crate) n: usize,
    pub(crate) m: usize,
    pub(crate) who: Vec<PersonIx>,
    pub(crate) groups: Vec<Group>,
    pub(crate) meetings: Vec<Meeting>,
    /// Words of a set of people, and of a set of groups.
    pub(crate) people_words: usize,
    pub(crate) group_words: usize,
    /// By meeting, the set of those who can come.
    pub(crate) fits: Vec<u64>,
    /// By person and group (and waiting as the last group), what the seat costs.
    pub(crate) linear: Vec<i32>,
    /// By group and number of people, what the size costs; a group below the fewest costs a penalty.
    pub(crate) size: Vec<i32>,
    pub(crate) fewest: usize,
    pub(crate) target: usize,
    pub(crate) most: usize,
    pub(crate) waiting: i32,
    /// By person: their sex among `sexes`, 0 where it is not known.
    pub(crate) sex: Vec<u8>,
    pub(crate) sexes: usize,
    /// By person: whether they wish for their own sex.
    pub(crate) wishes: Vec<bool>,
    pub(crate) own_sex: i32,
    /// By person: people of one sex with the same wish for it have the same number.
    pub(crate) class: Vec<u8>,
    /// By person, by how much a group can at most cost less through bonds and company when they join it.
    pub(crate) slack: Vec<i32>,
    /// Bonds of a person, and who they never sit with: ranges of the lists.
    pub(crate) bonds: Lists,
    pub(crate) bond: i32,
    pub(crate) apart: Lists,
    /// By person, the one other person whose bond with them, or whose being kept apart, counts in bounds; `n` for nobody.
    pub(crate) mates: Vec<u32>,
    pub(crate) mates_apart: Vec<bool>,
    /// Where people sit who were told and may not be moved.
    pub(crate) pinned: Vec<Option<u16>>,
    /// Rules and wishes that look at a whole group, where there are any.
    pub(crate) company: Option<Companies>,
}

/// A short list for each person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    fn of(lists: &[Vec<u32>]) -> Self {
        let mut made = Self { starts: vec![0], all: Vec::new() };
        for list in lists {
            made.all.extend(list);
            made.starts.push(u32::try_from(made.all.len()).unwrap_or(u32::MAX));
        }
        made
    }

    #[inline]
    pub(crate) fn of_person(&self, p: usize) -> &[u32] {
        &self.all[self.starts[p] as usize..self.starts[p + 1] as usize]
    }
}

/// Rules and wishes that look at a whole group.
#[derive(Debug, Clone)]
pub(crate) struct Companies {
    /// By person and aspect, their kind from 1, 0 where it is not known.
    kinds: Vec<[u8; 4]>,
    ages: Vec<u8>,
    needs_own_sex: Vec<bool>,
    one_sex: bool,
    age_span: Option<u8>,
    alone: Vec<usize>,
    mixing: Vec<(usize, crate::Liking, i32, u32)>,
    penalty: i32,
}

/// What a company comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// So much, and whether a rule is broken that may yet be mended by others.
    Costs { cost: i32, broken: bool },
    /// A rule is broken that nobody who joins can mend.
    Never,
}

impl Companies {
    /// What these people together cost.
    pub(crate) fn of(&self, members: impl Iterator<Item = usize>) -> Verdict {
        let mut counts = [[0_u16; 16]; 4];
        let (mut youngest, mut oldest, mut size, mut needs) = (u8::MAX, 0, 0_u32, false);
        for p in members {
            for (count, kind) in counts.iter_mut().zip(self.kinds[p]) {
                count[usize::from(kind)] += 1;
            }
            let age = self.ages[p];
            if age != u8::MAX {
                youngest = youngest.min(age);
                oldest = oldest.max(age);
            }
            needs |= self.needs_own_sex[p];
            size += 1;
        }
        if self.age_span.is_some_and(|span| oldest > youngest.saturating_add(span)) {
            return Verdict::Never;
        }
        let sexes = counts[0][1..].iter().filter(|count| **count > 0).count();
        if sexes > 1 && (self.one_sex || needs) {
            return Verdict::Never;
        }
        let alone: usize = if size > 1 {
            self.alone
                .iter()
                .map(|aspect| counts[*aspect][1..].iter().filter(|count| **count == 1).count())
                .sum()
        } else {
            0
        };
        let mut cost = self.penalty * i32::try_from(alone).unwrap_or(i32::from(i16::MAX));
        for (aspect, liking, weight, kinds) in &self.mixing {
            let counts = &counts[*aspect][1..];
            let most = counts.iter().copied().max().unwrap_or(0);
            let known = counts.iter().copied().map(u32::from).sum();
            let against = liking.against(u32::from(most), known, *kinds);
            cost += weight * i32::try_from(against).unwrap_or(i32::from(i16::MAX));
        }
        Verdict::Costs { cost, broken: alone > 0 }
    }
}

/// Which people and facilitators belong together: no rule joins them to others.
#[derive(Default)]
pub(crate) struct Part {
    pub(crate) people: Vec<PersonIx>,
    pub(crate) facilitators: Vec<FacilitatorIx>,
    /// Bonds that some circle could keep, and who never sits together.
    pub(crate) bonds: Vec<(PersonIx, PersonIx)>,
    pub(crate) apart: Vec<(PersonIx, PersonIx)>,
}

/// The parts of a roster, in the order of their first people.
pub(crate) fn parts(roster: &Roster) -> Vec<Part> {
    let people = roster.people().len();
    let mut joined = Joined::new(people + roster.facilitators().len());
    match roster.rules().reach {
        Reach::OwnPlace | Reach::OwnPlaceWithin(_) => {
            let mut first = BTreeMap::new();
            let places = roster.people().map(|(_, person)| person.place());
            let led = roster.facilitators().map(|(_, leader)| leader.place());
            for (node, place) in places.chain(led).enumerate() {
                joined.join(node, *first.entry(place).or_insert(node));
            }
        }
        Reach::Within(_) => {
            for (facilitator, leader) in roster.facilitators() {
                for (ix, person) in roster.people() {
                    if leader.reaches(person, roster.rules()) {
                        joined.join(ix.number(), people + facilitator.number());
                    }
                }
            }
        }
    }
    let mut parts: BTreeMap<usize, Part> = BTreeMap::new();
    for (ix, _) in roster.people() {
        parts.entry(joined.root(ix.number())).or_default().people.push(ix);
    }
    for (ix, _) in roster.facilitators() {
        let root = joined.root(people + ix.number());
        parts.entry(root).or_default().facilitators.push(ix);
    }
    // Invariant: who leads for both is in the part of both.
    for pair in roster.bonds_to_keep() {
        parts.entry(joined.root(pair.0.number())).or_default().bonds.push(pair);
    }
    for pair in roster.apart() {
        let root = joined.root(pair.0.number());
        if root == joined.root(pair.1.number()) {
            parts.entry(root).or_default().apart.push(*pair);
        }
    }
    parts.into_values().filter(|part| !part.people.is_empty()).collect()
}

/// Sets that are joined; the least is the root.
struct Joined(Vec<usize>);

impl Joined {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// Circles that are there already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) formation: &'a Formation,
    /// By person, whether they may not be moved.
    pub(crate) pinned: &'a [bool],
}

impl Board {
    /// The numbers of a part.
    pub(crate) fn of(roster: &Roster, part: &Part, kinds: Kinds, told: Option<Told<'_>>) -> Self {
        let (rules, weights) = (roster.rules(), roster.weights());
        let sizes = rules.sizes;
        let n = part.people.len();
        let cost = |weight: crate::Weight| i32::try_from(weight.get()).unwrap_or(i32::MAX);
        let waiting = cost(weights.waiting);
        let mut board = Self {
            n,
            m: 0,
            who: part.people.clone(),
            groups: Vec::new(),
            meetings: Vec::new(),
            people_words: n.div_ceil(64),
            group_words: 0,
            fits: Vec::new(),
            linear: Vec::new(),
            size: Vec::new(),
            fewest: usize::from(sizes.fewest()),
            target: usize::from(sizes.target()),
            most: usize::from(sizes.most()),
            waiting,
            sex: Vec::new(),
            sexes: 1,
            wishes: Vec::new(),
            own_sex: cost(weights.own_sex),
            class: Vec::new(),
            slack: Vec::new(),
            bonds: Lists::default(),
            bond: cost(weights.bonds),
            apart: Lists::default(),
            mates: Vec::new(),
            mates_apart: vec![false; n],
            pinned: vec![None; n],
            company: None,
        };
        board.open(roster, part, told);
        board.m = board.groups.len();
        board.group_words = board.m.div_ceil(64).max(1);
        board.price(roster, part);
        board.company(roster, kinds);
        board.mate();
        board.stand();
        board
    }

    /// Finds the groups that may be opened, and who can come to each of their meetings.
    fn open(&mut self, roster: &Roster, part: &Part, told: Option<Told<'_>>) {
        for leader in &part.facilitators {
            let Some(facilitator) = roster.leader(*leader) else { continue };
            let within: Vec<bool> = part
                .people
                .iter()
                .map(|who| {
                    roster
                        .get(*who)
                        .is_some_and(|person| facilitator.reaches(person, roster.rules()))
                        && !roster.barred().contains(&(*who, *leader))
                })
                .collect();
            let standing: Vec<&Circle> = told.map_or_else(Vec::new, |told| {
                let circles = told.formation.circles().map(|(_, circle)| circle);
                circles
                    .filter(|circle| circle.facilitator == *leader)
                    .filter(|circle| circle.members.iter().any(|who| told.pinned[who.number()]))
                    .collect()
            });
            let most = usize::from(facilitator.circles()).min(self.n / self.fewest);
            for number in 0..most.max(standing.len()) {
                let first = self.meetings.len();
                let circle = standing.get(number).copied();
                for slot in facilitator.slots().iter() {
                    for language in facilitator.languages().iter() {
                        if circle.is_none_or(|it| it.slot == slot && it.language == language) {
                            self.meeting(roster, &within, Meeting { slot, language }, circle);
                        }
                    }
                }
                if circle.is_none() {
                    self.drop_lesser(first, most > 1);
                }
                if self.meetings.len() == first || self.groups.len() >= MOST_GROUPS {
                    break;
                }
                let group = u16::try_from(self.groups.len()).unwrap_or(u16::MAX);
                for who in circle.into_iter().flat_map(|circle| &circle.members) {
                    if told.is_some_and(|told| told.pinned[who.number()])
                        && let Ok(p) = self.who.binary_search(who)
                    {
                        self.pinned[p] = Some(group);
                    }
                }
                self.groups.push(Group {
                    leader: *leader,
                    first,
                    last: self.meetings.len(),
                    shared: most > 1,
                    told: circle.is_some(),
                    broken: false,
                });
            }
        }
    }

    /// Takes in a meeting, where enough people can come to it.
    fn meeting(
        &mut self,
        roster: &Roster,
        within: &[bool],
        meeting: Meeting,
        told: Option<&Circle>,
    ) {
        let start = self.fits.len();
        self.fits.resize(start + self.people_words, 0);
        let mut count = 0;
        for (p, who) in self.who.iter().enumerate() {
            let Some(person) = roster.get(*who) else { continue };
            let comes = within[p]
                && person.slots().has(meeting.slot)
                && person.languages().has(meeting.language);
            if comes || told.is_some_and(|circle| circle.members.binary_search(who).is_ok()) {
                self.fits[start + p / 64] |= 1 << (p % 64);
                count += 1;
            }
        }
        if count < self.fewest && told.is_none() {
            self.fits.truncate(start);
        } else {
            self.meetings.push(meeting);
        }
    }

    /// Drops meetings from `first` on to which nobody can come who could not come to another, which is then as good.
    fn drop_lesser(&mut self, first: usize, same_slot: bool) {
        let words = self.people_words;
        let lesser = |k: usize| {
            let mine = self.fit(k);
            (first..self.meetings.len()).any(|other| {
                let theirs = self.fit(other);
                let within = mine.iter().zip(theirs).all(|(a, b)| a & !b == 0);
                let slots = !same_slot || self.meetings[k].slot == self.meetings[other].slot;
                other != k && within && slots && (mine != theirs || other < k)
            })
        };
        let kept: Vec<usize> = (first..self.meetings.len()).filter(|k| !lesser(*k)).collect();
        let meetings: Vec<_> = kept.iter().map(|k| self.meetings[*k]).collect();
        let fits: Vec<_> = kept.iter().flat_map(|k| self.fit(*k)).copied().collect();
        self.meetings.truncate(first);
        self.meetings.extend(meetings);
        self.fits.truncate(first * words);
        self.fits.extend(fits);
    }

    /// The set of those who can come to a meeting.
    #[inline]
    pub(crate) fn fit(&self, meeting: usize) -> &[u64] {
        &self.fits[meeting * self.people_words..(meeting + 1) * self.people_words]
    }

    /// Whether somebody can come to a meeting.
    #[inline]
    pub(crate) fn comes(&self, p: usize, meeting: usize) -> bool {
        self.fits[meeting * self.people_words + p / 64] >> (p % 64) & 1 == 1
    }

    /// What it costs that somebody sits in a group, or waits.
    #[inline]
    pub(crate) fn seat(&self, p: usize, g: usize) -> i32 {
        self.linear[p * (self.m + 1) + g]
    }

    /// What somebody's seats cost, by group.
    #[inline]
    pub(crate) fn seats(&self, p: usize) -> &[i32] {
        &self.linear[p * (self.m + 1)..(p + 1) * (self.m + 1)]
    }

    /// What the size of a group costs.
    #[inline]
    pub(crate) fn sized(&self, g: usize, people: usize) -> i32 {
        self.size[g * (self.most + 2) + people]
    }

    /// What one person off the target costs.
    pub(crate) fn size_step(&self) -> i32 {
        if self.m > 0 && self.target < self.most {
            self.sized(0, self.target + 1) - self.sized(0, self.target)
        } else {
            0
        }
    }

    /// Writes down what seats and sizes cost, and the pairs.
    fn price(&mut self, roster: &Roster, part: &Part) {
        let weights = roster.weights();
        let missing = (self.waiting * 3 / 5).max(1);
        let uneven = i32::try_from(weights.evenness.get()).unwrap_or(i32::MAX);
        let support = i32::try_from(weights.support.get()).unwrap_or(i32::MAX);
        for group in &self.groups {
            let readiness = roster.leader(group.leader).map(crate::Facilitator::readiness);
            let open = if readiness == Some(Readiness::WithSupport) { support } else { 0 };
            self.size.push(0);
            for people in 1..=self.most + 1 {
                let off = i32::try_from(people.abs_diff(self.target)).unwrap_or(i32::MAX);
                let lacking = if group.told { 0 } else { self.fewest.saturating_sub(people) };
                let lacking = i32::try_from(lacking).unwrap_or(i32::MAX);
                self.size.push(open + uneven * off + missing * lacking);
            }
        }
        for who in &self.who {
            let Some(person) = roster.get(*who) else { continue };
            for group in &self.groups {
                let fit = roster.leader(group.leader).map(|leader| leader.fit(person, weights));
                let cost = fit.and_then(|fit| i32::try_from(fit.travel + fit.topics).ok());
                self.linear.push(cost.unwrap_or(NEVER));
            }
            self.linear.push(self.waiting);
        }
        let find = |who: &PersonIx| self.who.binary_search(who).ok();
        let lists = |pairs: &[(PersonIx, PersonIx)]| {
            let mut lists = vec![Vec::new(); self.n];
            for (one, other) in pairs {
                if let (Some(a), Some(b)) = (find(one), find(other)) {
                    lists[a].push(u32::try_from(b).unwrap_or(u32::MAX));
                    lists[b].push(u32::try_from(a).unwrap_or(u32::MAX));
                }
            }
            Lists::of(&lists)
        };
        let (bonds, apart) = (lists(&part.bonds), lists(&part.apart));
        (self.bonds, self.apart) = (bonds, apart);
    }

    /// Sees which of the circles that are there already break a rule.
    fn stand(&mut self) {
        let Some(companies) = &self.company else { return };
        for (g, group) in self.groups.iter_mut().enumerate().filter(|(_, group)| group.told) {
            let here = (0..self.n).filter(|p| self.pinned[*p].is_some_and(|h| usize::from(h) == g));
            group.broken = !matches!(companies.of(here), Verdict::Costs { broken: false, .. });
        }
    }

    /// Finds pairs that have nobody in common: bonds first, then who is kept apart.
    fn mate(&mut self) {
        let alone = u32::try_from(self.n).unwrap_or(u32::MAX);
        self.mates = vec![alone; self.n];
        for (lists, apart) in [(&self.bonds, false), (&self.apart, true)] {
            for p in 0..self.n {
                let free = |q: &&u32| self.mates[**q as usize] == alone;
                if self.mates[p] == alone
                    && let Some(q) = lists.of_person(p).iter().find(free).copied()
                {
                    self.mates[p] = q;
                    self.mates[q as usize] = u32::try_from(p).unwrap_or(alone);
                    self.mates_apart[p] = apart || self.apart.of_person(p).contains(&q);
                    self.mates_apart[q as usize] = self.mates_apart[p];
                }
            }
        }
    }

    /// How many kinds of company are to be asked for: anybody, and each sex alone where somebody wishes for it.
    pub(crate) fn company_kinds(&self) -> u8 {
        let wishes = self.own_sex > 0 && self.wishes.contains(&true);
        if wishes { u8::try_from(self.sexes).unwrap_or(u8::MAX) } else { 1 }
    }

    /// The fewest people with whom a group may be open.
    #[inline]
    pub(crate) fn fewest_of(&self, g: usize) -> usize {
        if self.groups[g].told { 0 } else { self.fewest }
    }

    /// Writes down what people are, and whether rules or wishes look at whole groups.
    fn company(&mut self, roster: &Roster, kinds: Kinds) {
        let (rules, weights) = (roster.rules(), roster.weights());
        let people = || self.who.iter().filter_map(|who| roster.get(*who));
        let numbers = Aspect::ALL.map(|aspect| {
            let mut numbers = BTreeMap::new();
            for kind in people().filter_map(|person| person.kind(aspect)) {
                let next = numbers.len() + 1;
                numbers.entry(kind).or_insert(next);
            }
            numbers
        });
        let number = |person: &crate::Person, aspect: Aspect| {
            let numbers = &numbers[aspect as usize];
            let number = person.kind(aspect).and_then(|kind| numbers.get(&kind));
            number.map_or(0, |number| u8::try_from(*number).unwrap_or(u8::MAX))
        };
        let needs = |person: &crate::Person| person.company() == Company::OwnSexNeeded;
        let looks = rules.age_span_years.is_some()
            || !rules.nobody_alone.is_empty()
            || rules.gathering == Gathering::OneSex
            || !weights.mixing.is_empty()
            || people().any(needs);
        let company = looks.then(|| Companies {
            kinds: people()
                .map(|person| Aspect::ALL.map(|aspect| number(person, aspect)))
                .collect(),
            ages: people().map(|person| person.age().unwrap_or(u8::MAX)).collect(),
            needs_own_sex: people().map(needs).collect(),
            one_sex: rules.gathering == Gathering::OneSex,
            age_span: rules.age_span_years,
            alone: rules.nobody_alone.iter().map(|aspect| *aspect as usize).collect(),
            mixing: weights
                .mixing
                .iter()
                .map(|mixing| {
                    let weight = i32::try_from(mixing.weight.get()).unwrap_or(i32::MAX);
                    let kinds = kinds.of_aspect(mixing.aspect);
                    (mixing.aspect as usize, mixing.liking, weight, kinds)
                })
                .collect(),
            penalty: (self.waiting * 3 / 5).max(1),
        });
        let sex = people().map(|person| number(person, Aspect::Sex)).collect();
        let wishes = people().map(|person| person.company() == Company::OwnSexWished).collect();
        let sexes = numbers[Aspect::Sex as usize].len() + 1;
        (self.company, self.sex, self.wishes, self.sexes) = (company, sex, wishes, sexes);
        self.class = (0..self.n).map(|p| self.sex[p] * 2 + u8::from(self.wishes[p])).collect();
        // What a whole company costs can fall by anything.
        let bonds = |p| i32::try_from(self.bonds.of_person(p).len()).unwrap_or(NEVER);
        let slack = |p| match self.company {
            Some(_) => NEVER / 4,
            None => self.bond.saturating_mul(bonds(p)).min(NEVER / 4),
        };
        self.slack = (0..self.n).map(slack).collect();
    }
}
