//! What several reports tell together: counts of a few people by subtracting one from another.
//!
//! Where the people of one report are part of those of another, what both show tells the rest. The
//! audit subtracts whatever can be: every count of a report, a row, or several that have nobody in
//! common, from every count of the same that holds them, each taken once. Of up to nine that show a
//! count all combinations are tried; of more, those of one less one or two others, where all rows of a
//! table and all that are told apart by the same (districts, months) count as one. What would tell of fewer people than the floor, or the same of everybody, is withheld
//! in the smaller report, as a whole table; whatever else rests on those people goes with it.

use std::collections::{BTreeMap, BTreeSet};

use commons::Code;
use outcomes::Nesting;
use outcomes::figures::{Coarser, Figures};
use serde::{Deserialize, Serialize};

use super::book::Definition;
use super::scope::{Alike, Parts, Scope, Set};
use super::shown::{Counts, Key, Row, Table, TableKind, rest_on, withhold};

/// A table that is kept back since another report beside it would tell of a few people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Withheld {
    /// The report in which it is kept back.
    pub report: Code,
    /// The table.
    pub table: Table,
    /// The reports beside which it would tell, in the order of the book.
    pub beside: Vec<Beside>,
}

/// A report beside which a table would tell of a few people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Beside {
    /// The report; it may be the same one, by its own rows or as it was.
    pub report: Code,
    /// Whether it is as it was released before.
    pub is_earlier: bool,
}

/// A report that is read beside others.
pub(super) struct Read<'a> {
    pub(super) definition: &'a Definition,
    pub(super) figures: &'a mut Figures,
}

/// A report as it was released: what it showed can no longer be taken back.
#[derive(Clone, Copy)]
pub(super) struct Earlier<'a> {
    pub(super) definition: &'a Definition,
    pub(super) figures: &'a Figures,
}

/// Withholds from reports what would tell of a few people, beside each other and beside what was
/// released before; says what. Which groups lie in which is known to whoever reads them.
pub(super) fn audit(
    reports: &mut [Read<'_>],
    earlier: &[Earlier<'_>],
    nesting: &Nesting,
) -> Vec<Withheld> {
    let mut room = Room::of(reports, earlier, nesting);
    room.clear();
    let mut told = room.withheld;
    for withheld in &mut told {
        withheld.beside.sort();
        withheld.beside.dedup();
    }
    for (place, table, coarser) in room.back {
        if let Some(read) = reports.get_mut(place) {
            withhold(read.figures, &table, &coarser);
        }
    }
    told.sort();
    told
}

/// A report, or what was one.
struct Source {
    definition: Definition,
    floor: u64,
    /// Its place among the reports; nothing for what was released before.
    report: Option<usize>,
    dependents: BTreeMap<Key, Vec<Table>>,
    rows: Vec<Row>,
}

/// People of whom something is shown: those of a source, or of one group in it.
struct Member {
    source: usize,
    scope: Scope,
    /// The table of whose rows it is one.
    table: Option<Table>,
}

struct Live {
    member: usize,
    key: Key,
    n: u64,
    table: Table,
    of: Option<Key>,
    tells_of_all: bool,
}

/// A way to subtract: which members are added, and which are taken from them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    plus: Vec<usize>,
    minus: Vec<usize>,
    /// Whether both sides are the same people: then they differ by what happened since one was told.
    is_same: bool,
}

struct Room {
    sources: Vec<Source>,
    members: Vec<Member>,
    worlds: Option<Vec<Parts>>,
    live: Vec<Live>,
    withheld: Vec<Withheld>,
    back: Vec<(usize, Table, Vec<Coarser>)>,
    ways: BTreeMap<Vec<usize>, Vec<Way>>,
}

/// A leak: by which way, and of what.
struct Leak {
    way: Way,
    key: Key,
    /// The table of a row whose hidden cells are told together.
    row: Option<Table>,
}

impl Room {
    fn of(reports: &[Read<'_>], earlier: &[Earlier<'_>], nesting: &Nesting) -> Self {
        let mut room = Self {
            sources: Vec::new(),
            members: Vec::new(),
            worlds: None,
            live: Vec::new(),
            withheld: Vec::new(),
            back: Vec::new(),
            ways: BTreeMap::new(),
        };
        for (place, read) in reports.iter().enumerate() {
            room.take(read.definition, read.figures, Some(place));
        }
        for old in earlier {
            room.take(old.definition, old.figures, None);
        }
        room.worlds = room.worlds(nesting);
        room
    }

    /// How members lie to each other: all of them, or where that is too much, those of each table of rows beside all
    /// that are no rows.
    fn worlds(&self, nesting: &Nesting) -> Option<Vec<Parts>> {
        let scopes: Vec<_> = self.members.iter().map(|member| Some(&member.scope)).collect();
        Parts::of(&scopes, nesting).or_else(|| {
            let tables: BTreeSet<_> =
                self.members.iter().filter_map(|member| member.table.as_ref()).collect();
            let of = |table: Option<&Table>| {
                let scopes = self.members.iter().map(|member| {
                    let is_one = member.table.is_none() || member.table.as_ref() == table;
                    is_one.then_some(&member.scope)
                });
                Parts::of(&scopes.collect::<Vec<_>>(), nesting)
            };
            let tables = std::iter::once(None).chain(tables.into_iter().map(Some));
            let worlds: Vec<_> = tables.map(of).collect::<Option<_>>()?;
            Some(worlds.into_iter().flatten().collect())
        })
    }

    fn take(&mut self, definition: &Definition, figures: &Figures, report: Option<usize>) {
        let counts = Counts::of(figures);
        let source = self.sources.len();
        let keys: BTreeSet<&Key> = counts.all.iter().map(|count| &count.key).collect();
        self.sources.push(Source {
            definition: definition.clone(),
            floor: figures.floor.max(definition.floor.unwrap_or(0)),
            report,
            dependents: keys.into_iter().map(|key| (key.clone(), rest_on(figures, key))).collect(),
            rows: counts.rows,
        });
        for count in counts.all {
            let whole = Scope::of(definition);
            let (scope, table) = match &count.group {
                Some((by, group)) => (whole.within(by, group), Some(count.table.clone())),
                None => (whole, None),
            };
            let same = |known: &Member| known.source == source && known.scope == scope;
            let known = self.members.iter().position(same);
            let member = known.unwrap_or_else(|| {
                self.members.push(Member { source, scope, table });
                self.members.len() - 1
            });
            self.live.push(Live {
                member,
                key: count.key,
                n: count.n,
                table: count.table,
                of: count.of,
                tells_of_all: count.tells_of_all,
            });
        }
    }

    /// Withholds until nothing leaks.
    fn clear(&mut self) {
        loop {
            let keys: BTreeSet<Key> = self.live.iter().map(|live| live.key.clone()).collect();
            let mut any = false;
            for key in keys {
                while let Some(leak) = self.leak(&key) {
                    if !self.mend(&leak) {
                        break;
                    }
                    any = true;
                }
            }
            if !any {
                return;
            }
        }
    }

    /// The counts of a key that are shown, by member.
    fn shown(&self, key: &str) -> BTreeMap<usize, u64> {
        let live = self.live.iter().filter(|live| live.key == key);
        live.map(|live| (live.member, live.n)).collect()
    }

    fn leak(&mut self, key: &Key) -> Option<Leak> {
        let shown = self.shown(key);
        let members: Vec<usize> = shown.keys().copied().collect();
        if members.len() < 2 {
            return None;
        }
        let same = self.live.iter().filter(|live| live.key == *key);
        let tells_of_all = same.clone().any(|live| live.tells_of_all);
        let totals: BTreeSet<&Key> = same.filter_map(|live| live.of.as_ref()).collect();
        let totals: Vec<_> = totals.into_iter().map(|of| self.shown(of)).collect();
        let rows = self.rows_of(key);
        for way in self.ways_of(&members) {
            let floor = self.floor(&way);
            let Some(n) = value(&way, &shown) else { continue };
            if few(n, floor) {
                return Some(Leak { way, key: key.clone(), row: None });
            }
            let all = totals.iter().filter_map(|total| value(&way, total));
            let tells = |all: i64| few(all - n, floor) || (tells_of_all && n == all && 0 < n);
            if !way.is_same && all.into_iter().any(tells) {
                return Some(Leak { way, key: key.clone(), row: None });
            }
            for (cells, table) in &rows {
                if self.rest_is_few(&way, n, cells, floor) {
                    return Some(Leak { way, key: key.clone(), row: Some(table.clone()) });
                }
            }
        }
        None
    }

    /// The rows that make this total: their cells and their table.
    fn rows_of(&self, total: &str) -> Vec<(Vec<Key>, Table)> {
        let rows = self.sources.iter().flat_map(|source| &source.rows);
        let rows = rows.filter(|row| row.total == total);
        let mut found: Vec<(Vec<Key>, Table)> =
            rows.map(|row| (row.cells.clone(), row.table.clone())).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Whether the cells that cannot be subtracted, one or several, are together a few people.
    fn rest_is_few(&self, way: &Way, total: i64, cells: &[Key], floor: u64) -> bool {
        let found: Vec<Option<i64>> =
            cells.iter().map(|cell| value(way, &self.shown(cell))).collect();
        let known: i64 = found.iter().flatten().sum();
        let any = found.iter().any(Option::is_some);
        any && found.iter().any(Option::is_none) && few(total - known, floor)
    }

    fn floor(&self, way: &Way) -> u64 {
        let members = way.plus.iter().chain(&way.minus);
        let sources =
            members.filter_map(|member| self.sources.get(self.members.get(*member)?.source));
        sources.map(|source| source.floor).max().unwrap_or(0)
    }

    /// Withholds what a leak rests on in the smallest report that can still be changed.
    fn mend(&mut self, leak: &Leak) -> bool {
        let shown = self.shown(&leak.key);
        let members = || leak.way.plus.iter().chain(&leak.way.minus);
        let open = members().filter_map(|member| {
            let source = self.members.get(*member)?.source;
            let report = self.sources.get(source)?.report?;
            Some((shown.get(member)?, std::cmp::Reverse(report), *member))
        });
        let Some((_, std::cmp::Reverse(report), member)) = open.min() else { return false };
        let others: Vec<usize> = members().copied().filter(|other| *other != member).collect();
        let mut tables: Vec<Table> = match &leak.row {
            Some(row) => vec![row.clone()],
            None => {
                let of = |live: &&Live| live.member == member && live.key == leak.key;
                self.live.iter().filter(of).map(|live| live.table.clone()).collect()
            }
        };
        let is_whole = self.members.get(member).is_some_and(|it| it.table.is_none());
        if is_whole && leak.row.is_none() {
            let source =
                self.members.get(member).and_then(|member| self.sources.get(member.source));
            tables.extend(
                source
                    .and_then(|source| source.dependents.get(&leak.key))
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        tables.sort();
        tables.dedup();
        let mut any = false;
        for table in tables {
            any |= self.withhold(report, &table, member, &others);
        }
        any
    }

    fn withhold(&mut self, report: usize, table: &Table, member: usize, others: &[usize]) -> bool {
        let sources = &self.sources;
        let of_report = |member: usize, members: &[Member]| {
            let source = members.get(member).and_then(|member| sources.get(member.source));
            source.is_some_and(|source| source.report == Some(report))
        };
        let before = self.live.len();
        self.live.retain(|live| !(live.table == *table && of_report(live.member, &self.members)));
        let known = self.back.iter().any(|(place, back, _)| *place == report && back == table);
        if known {
            return before != self.live.len();
        }
        let coarser = self.coarser(member, others, table);
        let beside = others.iter().filter_map(|other| {
            let source = self.sources.get(self.members.get(*other)?.source)?;
            Some(Beside {
                report: source.definition.name.clone(),
                is_earlier: source.report.is_none(),
            })
        });
        let beside = beside.collect();
        let source = self.sources.iter().find(|source| source.report == Some(report));
        if let Some(source) = source {
            let report = source.definition.name.clone();
            self.withheld.push(Withheld { report, table: table.clone(), beside });
        }
        self.back.push((report, table.clone(), coarser));
        true
    }

    /// Which coarser cut would show, seen from what it was taken from.
    fn coarser(&self, member: usize, others: &[usize], table: &Table) -> Vec<Coarser> {
        let definition =
            |member: &usize| Some(&self.sources.get(self.members.get(*member)?.source)?.definition);
        let own = definition(&member);
        let mut coarser = BTreeSet::new();
        if table.kind == TableKind::Circles {
            coarser.insert(Coarser::SeveralCircles);
        }
        for other in others.iter().filter_map(definition) {
            if own.is_some_and(|own| own.period != other.period || own.name == other.name) {
                coarser.insert(Coarser::LongerPeriod);
            }
            if own.is_some_and(|own| own.filter != other.filter) {
                coarser.insert(Coarser::WholeProgram);
            }
        }
        coarser.into_iter().collect()
    }

    fn ways_of(&mut self, members: &[usize]) -> Vec<Way> {
        if let Some(known) = self.ways.get(members) {
            return known.clone();
        }
        let found = self.find_ways(members);
        self.ways.insert(members.to_vec(), found.clone());
        found
    }

    fn find_ways(&self, members: &[usize]) -> Vec<Way> {
        // Where nobody can say how sets lie to each other, each is taken for part of each larger one.
        let Some(worlds) = &self.worlds else { return self.blind_ways(members) };
        let mut ways = Vec::new();
        for sets in worlds {
            self.ways_in(sets, members, &mut ways);
        }
        ways.retain(|way| way.plus.iter().chain(&way.minus).any(|member| self.is_open(*member)));
        ways.sort();
        ways.dedup();
        ways
    }

    fn ways_in(&self, sets: &Parts, members: &[usize], ways: &mut Vec<Way>) {
        let known: Vec<(usize, &Set)> =
            members.iter().filter_map(|member| Some((*member, sets.set(*member)?))).collect();
        if known.len() <= MOST_TRIED {
            signs(&known, &mut Side::default(), &mut Side::default(), ways);
            return;
        }
        let members: Vec<usize> = known.iter().map(|(member, _)| *member).collect();
        let singles = members.iter().map(|member| vec![*member]);
        for whole in singles.chain(self.side_by_side(&members, sets)) {
            if let Some(own) = union(&whole, sets) {
                self.less(&whole, &own, &members, sets, ways);
            }
        }
    }

    /// Whether a member belongs to a report that can still be changed.
    fn is_open(&self, member: usize) -> bool {
        let source = self.members.get(member).and_then(|it| self.sources.get(it.source));
        source.is_some_and(|source| source.report.is_some())
    }

    /// A whole less one or two others that lie in it; all rows of a table, or all districts, are one.
    fn less(
        &self,
        whole: &[usize],
        own: &Set,
        members: &[usize],
        sets: &Parts,
        ways: &mut Vec<Way>,
    ) {
        let within = |member: &&usize| {
            !whole.contains(member) && sets.set(**member).is_some_and(|set| set.is_within(own))
        };
        let parts: Vec<usize> = members.iter().filter(within).copied().collect();
        let mut tables: BTreeMap<(usize, Table), Vec<usize>> = BTreeMap::new();
        for part in &parts {
            if let Some(Member { source, table: Some(table), .. }) = self.members.get(*part) {
                tables.entry((*source, table.clone())).or_default().push(*part);
            }
        }
        let singles = parts.iter().map(|part| vec![*part]);
        let rows = tables.into_values().filter(|rows| 1 < rows.len());
        let together = singles.chain(rows).chain(self.side_by_side(&parts, sets));
        let together: BTreeSet<Vec<usize>> = together.collect();
        let all: Vec<(Vec<usize>, Set)> = together
            .into_iter()
            .filter_map(|members| Some((members.clone(), union(&members, sets)?)))
            .collect();
        for (place, (minus, set)) in all.iter().enumerate() {
            let mut push = |minus: Vec<usize>, set: &Set| {
                ways.push(Way { plus: whole.to_vec(), minus, is_same: set == own });
            };
            push(minus.clone(), set);
            for (more, other) in
                all.iter().skip(place + 1).filter(|(_, other)| !other.overlaps(set))
            {
                push([minus.as_slice(), more].concat(), &set.with(other));
            }
        }
    }

    /// Members that are told apart by the same, as many of them as have nobody in common: all districts, all months.
    /// One such choice begins with each of them.
    fn side_by_side(&self, parts: &[usize], sets: &Parts) -> Vec<Vec<usize>> {
        let mut alike: Vec<(Alike<'_>, Vec<(usize, &Set)>)> = Vec::new();
        for part in parts {
            let Some((member, set)) = self.members.get(*part).zip(sets.set(*part)) else {
                continue;
            };
            let by = member.scope.told_by();
            match alike.iter_mut().find(|(known, _)| *known == by) {
                Some((_, members)) => members.push((*part, set)),
                None => alike.push((by, vec![(*part, set)])),
            }
        }
        let from = |first: usize, members: &[(usize, &Set)]| {
            let mut side = Side::default();
            let (before, after) = members.split_at(first.min(members.len()));
            for (member, set) in after.iter().chain(before).filter(|(_, set)| !set.is_empty()) {
                side = side.with(*member, set).unwrap_or(side);
            }
            side.members.sort_unstable();
            side.members
        };
        let choices = alike.iter().flat_map(|(_, members)| {
            (0..members.len().min(MOST_BEGINNINGS)).map(|first| from(first, members))
        });
        let choices: BTreeSet<_> = choices.filter(|members| 1 < members.len()).collect();
        choices.into_iter().collect()
    }

    fn blind_ways(&self, members: &[usize]) -> Vec<Way> {
        let pairs = members.iter().flat_map(|a| members.iter().map(move |b| (*a, *b)));
        pairs
            .filter(|(a, b)| a != b)
            .map(|(a, b)| Way { plus: vec![a], minus: vec![b], is_same: false })
            .collect()
    }
}

/// Of so many members that show a count every combination is tried.
const MOST_TRIED: usize = 9;

/// With so many of those that are told apart by the same does a choice of them begin.
const MOST_BEGINNINGS: usize = 64;

/// Members that have nobody in common.
#[derive(Default, Clone)]
struct Side {
    members: Vec<usize>,
    set: Option<Set>,
}

impl Side {
    fn with(&self, member: usize, set: &Set) -> Option<Self> {
        let set = match &self.set {
            Some(own) if own.overlaps(set) => return None,
            Some(own) => own.with(set),
            None => set.clone(),
        };
        let mut members = self.members.clone();
        members.push(member);
        Some(Self { members, set: Some(set) })
    }
}

/// Every way to put members on either side, or on none.
fn signs(members: &[(usize, &Set)], plus: &mut Side, minus: &mut Side, ways: &mut Vec<Way>) {
    let Some(((member, set), rest)) = members.split_first() else {
        if let (Some(all), Some(part)) = (&plus.set, &minus.set)
            && part.is_within(all)
        {
            let is_same = part == all;
            let (plus, minus) = (plus.members.clone(), minus.members.clone());
            ways.push(Way { plus, minus, is_same });
        }
        return;
    };
    signs(rest, plus, minus, ways);
    if set.is_empty() {
        return;
    }
    if let Some(mut more) = plus.with(*member, set) {
        signs(rest, &mut more, minus, ways);
    }
    if let Some(mut more) = minus.with(*member, set) {
        signs(rest, plus, &mut more, ways);
    }
}

fn union(members: &[usize], sets: &Parts) -> Option<Set> {
    let mut side = Side::default();
    for member in members {
        side = side.with(*member, sets.set(*member)?)?;
    }
    side.set
}

/// What subtracting gives, where all of it is shown.
fn value(way: &Way, shown: &BTreeMap<usize, u64>) -> Option<i64> {
    let sum = |members: &[usize]| {
        let each = members.iter().map(|member| i64::try_from(*shown.get(member)?).ok());
        each.sum::<Option<i64>>()
    };
    Some(sum(&way.plus)? - sum(&way.minus)?)
}

/// Whether a difference is of some people, and too few of them.
const fn few(n: i64, floor: u64) -> bool {
    n != 0 && n.unsigned_abs() < floor
}
