//! Exact counts of a cohort.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::{AddAssign, Range};
use std::ptr;
use std::thread;

use analysis::Taken;
use commons::Code;
use outcomes::{AnswerCounts, Better, ColumnIx, Instrument, Points, UnitIx};

/// The three timepoints, by their places in the plan.
const WAVES: [Code; 3] = [Code::of("w0"), Code::of("w1"), Code::of("w2")];
/// More sessions than there are.
pub(crate) const SESSIONS: usize = 17;

/// A scale: its thresholds, and where its sheets are.
pub(crate) struct Scale {
    pub(crate) id: Code,
    edges: Vec<i64>,
    change: i64,
    case: Option<i64>,
    /// 1 where fewer points are better, else -1.
    pub(crate) sign: i64,
    columns: [ColumnIx; 3],
    pub(crate) answers: [AnswerCounts; 3],
    pub(crate) waves: [Wave; 3],
    pub(crate) pairs: Pairs,
}

/// The totals of one wave.
#[derive(Default, Clone)]
pub(crate) struct Wave {
    pub(crate) n: i64,
    pub(crate) sum: i64,
    pub(crate) squares: i64,
    pub(crate) bands: Vec<i64>,
    pub(crate) not_scorable: i64,
}

/// The totals of those who have the first and the last.
#[derive(Default)]
pub(crate) struct Pairs {
    pub(crate) n: i64,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) first_squares: i64,
    pub(crate) last_squares: i64,
    pub(crate) products: i64,
    pub(crate) improved: i64,
    pub(crate) worse: i64,
}

/// What is known of two scales together.
#[derive(Default, serde::Serialize)]
pub(crate) struct Joint {
    n: i64,
    caseness: i64,
    recovered: i64,
    reliable_improvement: i64,
    reliable_deterioration: i64,
    reliable_recovery: i64,
}

/// A group of people.
#[derive(Default, Clone)]
pub(crate) struct Group {
    pub(crate) enrolled: i64,
    pub(crate) marks: u64,
    pub(crate) came: u64,
    pub(crate) n: i64,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) improved: i64,
    pub(crate) recovered: i64,
    pub(crate) bands: [i64; 5],
}

/// Everything that is counted.
pub(crate) struct Counts {
    pub(crate) scales: Vec<Scale>,
    pub(crate) joint: Joint,
    pub(crate) left: [i64; SESSIONS],
    pub(crate) stayed: [i64; SESSIONS],
    pub(crate) districts: BTreeMap<(Code, Code), Group>,
    /// In the order in which people name them, as units are.
    pub(crate) circles: Vec<(UnitIx, Option<Code>, Group)>,
}

fn whole(points: Points) -> i64 {
    // Every instrument of this plan rounds its totals.
    i64::from(points.numerator())
}

impl Scale {
    fn of(instrument: &Instrument, taken: &Taken) -> Option<Self> {
        let column = |wave: &Code| {
            let is = |(id, at, _): &(&Code, &Code, ColumnIx)| *id == instrument.id() && *at == wave;
            taken.cohort.columns().find(is).map(|(_, _, column)| column)
        };
        let [first, middle, last] = WAVES.each_ref().map(column);
        let columns = [first?, middle?, last?];
        let edges = &instrument.default_bands()?.edges;
        Some(Self {
            id: instrument.id().clone(),
            edges: edges.iter().map(|edge| whole(edge.from)).collect(),
            change: whole(instrument.default_change()?.points),
            case: instrument.default_cut_off().map(|cut| whole(cut.at)),
            sign: if instrument.scoring().better() == Better::Lower { 1 } else { -1 },
            answers: columns.map(|column| taken.cohort.answers(column)),
            waves: [const { Wave { n: 0, sum: 0, squares: 0, bands: Vec::new(), not_scorable: 0 } };
                3],
            pairs: Pairs::default(),
            columns,
        })
    }

    fn band(&self, total: i64) -> usize {
        self.edges.iter().rposition(|edge| *edge <= total).unwrap_or_default()
    }

    /// Counts the totals of a person: the first and the last, where they have both.
    fn count(&mut self, totals: [Option<Option<i64>>; 3]) -> Option<(i64, i64)> {
        for (place, total) in totals.into_iter().enumerate() {
            let Some(total) = total else { continue };
            let band = total.map(|total| self.band(total));
            let Some(wave) = self.waves.get_mut(place) else { continue };
            wave.bands.resize(self.edges.len(), 0);
            let Some((total, band)) = total.zip(band) else {
                wave.not_scorable += 1;
                continue;
            };
            wave.n += 1;
            wave.sum += total;
            wave.squares += total * total;
            if let Some(count) = wave.bands.get_mut(band) {
                *count += 1;
            }
        }
        let (first, last) = totals[0].flatten().zip(totals[2].flatten())?;
        let (pairs, better) = (&mut self.pairs, self.sign * (first - last));
        pairs.n += 1;
        pairs.first += first;
        pairs.last += last;
        pairs.first_squares += first * first;
        pairs.last_squares += last * last;
        pairs.products += first * last;
        pairs.improved += i64::from(better >= self.change);
        pairs.worse += i64::from(better <= -self.change);
        Some((first, last))
    }

    fn is_case(&self, total: i64) -> bool {
        self.case.is_some_and(|case| case <= total)
    }
}

impl Counts {
    /// Counts everybody: one half of them, and meanwhile the other.
    pub(crate) fn of(taken: &Taken) -> Result<Self, &'static str> {
        let people = taken.cohort.people();
        let half = people / 2;
        let (first, second) = thread::scope(|scope| {
            let second = scope.spawn(|| Self::among(taken, half..people));
            let first = Self::among(taken, 0..half);
            (first, second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let mut counts = first?;
        counts.merge(second?);
        Ok(counts)
    }

    fn among(taken: &Taken, people: Range<usize>) -> Result<Self, &'static str> {
        let scales = taken.instruments.iter().map(|instrument| Scale::of(instrument, taken));
        let mut counts = Self {
            scales: scales.collect::<Option<_>>().ok_or("a wave has no sheets")?,
            joint: Joint::default(),
            left: [0; SESSIONS],
            stayed: [0; SESSIONS],
            districts: BTreeMap::new(),
            circles: Vec::new(),
        };
        let (district, sex) = (Code::of("district"), Code::of("sex"));
        // By district and sex; the same few again and again.
        let mut groups: Vec<((&Code, &Code), Group)> = Vec::new();
        let mut places = BTreeMap::new();
        for person in taken.cohort.each().take(people.end).skip(people.start) {
            let one = counts.person(&person);
            let Some(unit) = person.unit() else { continue };
            let area = || person.group(&district).cloned();
            counts.circle(&mut places, unit, area, &one);
            let Some(key) = person.group(&district).zip(person.group(&sex)) else { continue };
            // A group has one code, which lies in one place.
            let is = |known: &(&Code, &Code)| ptr::eq(known.0, key.0) && ptr::eq(known.1, key.1);
            match groups.iter().rposition(|(known, _)| is(known)) {
                Some(place) => {
                    // The last two are mostly the next two.
                    let newest = groups.len() - 1;
                    groups.swap(place, newest);
                    if let Some((_, group)) = groups.last_mut() {
                        *group += &one;
                    }
                }
                None => groups.push((key, one)),
            }
        }
        counts.districts = groups
            .into_iter()
            .map(|((one, two), group)| ((one.clone(), two.clone()), group))
            .collect();
        Ok(counts)
    }

    /// Counts people of a unit; mostly it is that of those before them.
    fn circle(
        &mut self,
        places: &mut BTreeMap<UnitIx, usize>,
        unit: UnitIx,
        area: impl FnOnce() -> Option<Code>,
        people: &Group,
    ) {
        if self.circles.last().is_none_or(|(last, ..)| *last != unit)
            && let Entry::Vacant(place) = places.entry(unit)
        {
            place.insert(self.circles.len());
            self.circles.push((unit, None, Group::default()));
        }
        let newest = self.circles.len().saturating_sub(1);
        let is_newest = self.circles.last().is_some_and(|(last, ..)| *last == unit);
        let place = if is_newest { Some(newest) } else { places.get(&unit).copied() };
        if let Some((_, known, group)) = place.and_then(|place| self.circles.get_mut(place)) {
            *known = known.take().or_else(area);
            *group += people;
        }
    }

    /// Takes in what was counted of others.
    fn merge(&mut self, other: Self) {
        for (scale, more) in self.scales.iter_mut().zip(&other.scales) {
            for (wave, more) in scale.waves.iter_mut().zip(&more.waves) {
                *wave += more;
            }
            scale.pairs += &more.pairs;
        }
        self.joint += &other.joint;
        let ends = self.left.iter_mut().chain(&mut self.stayed);
        for (count, more) in ends.zip(other.left.iter().chain(&other.stayed)) {
            *count += more;
        }
        for (key, group) in other.districts {
            *self.districts.entry(key).or_default() += &group;
        }
        let known = self.circles.iter().enumerate().map(|(place, (unit, ..))| (*unit, place));
        let mut places = known.collect();
        for (unit, area, group) in other.circles {
            self.circle(&mut places, unit, || area, &group);
        }
    }

    /// Counts one person; they as a group of one.
    fn person(&mut self, person: &outcomes::Person<'_>) -> Group {
        let (marks, came) = person.marks();
        let mut one = Group { enrolled: 1, marks, came, ..Group::default() };
        let mut changes = [None; 2];
        for (place, scale) in self.scales.iter_mut().enumerate() {
            let totals = scale
                .columns
                .map(|column| person.sheet(column).map(|state| state.points().map(whole)));
            let change = scale.count(totals);
            if let Some(slot) = changes.get_mut(place) {
                *slot = change;
            }
            if let (0, Some((first, last))) = (place, change) {
                (one.n, one.first, one.last) = (1, first, last);
                one.improved = i64::from(first - last >= scale.change);
            }
            if let (0, Some(Some(last))) = (place, totals[2])
                && let Some(count) = one.bands.get_mut(scale.band(last))
            {
                *count = 1;
            }
        }
        if let ([Some(phq), Some(gad)], [by_phq, by_gad, ..]) = (changes, self.scales.as_slice()) {
            let case =
                |at: fn((i64, i64)) -> i64| by_phq.is_case(at(phq)) || by_gad.is_case(at(gad));
            let reliably = |change: (i64, i64), scale: &Scale| (change.0 - change.1) / scale.change;
            let (one_way, other_way) = (reliably(phq, by_phq), reliably(gad, by_gad));
            let up = one_way >= 1 || other_way >= 1;
            let down = one_way <= -1 || other_way <= -1;
            let recovered = case(|pair| pair.0) && !case(|pair| pair.1);
            let joint = &mut self.joint;
            joint.n += 1;
            joint.caseness += i64::from(case(|pair| pair.0));
            joint.recovered += i64::from(recovered);
            joint.reliable_improvement += i64::from(up && !down);
            joint.reliable_deterioration += i64::from(down && !up);
            joint.reliable_recovery += i64::from(recovered && up && !down);
            one.recovered = i64::from(recovered);
        }
        let (held, last) = person.last_sessions();
        let (counts, at) =
            if held - last >= 3 { (&mut self.left, last) } else { (&mut self.stayed, held) };
        if let Some(count) = counts.get_mut(usize::from(at)) {
            *count += 1;
        }
        one
    }
}

impl AddAssign<&Self> for Wave {
    fn add_assign(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
        self.not_scorable += other.not_scorable;
        self.bands.resize(self.bands.len().max(other.bands.len()), 0);
        for (count, more) in self.bands.iter_mut().zip(&other.bands) {
            *count += more;
        }
    }
}

impl AddAssign<&Self> for Pairs {
    fn add_assign(&mut self, other: &Self) {
        self.n += other.n;
        self.first += other.first;
        self.last += other.last;
        self.first_squares += other.first_squares;
        self.last_squares += other.last_squares;
        self.products += other.products;
        self.improved += other.improved;
        self.worse += other.worse;
    }
}

impl AddAssign<&Self> for Joint {
    fn add_assign(&mut self, other: &Self) {
        self.n += other.n;
        self.caseness += other.caseness;
        self.recovered += other.recovered;
        self.reliable_improvement += other.reliable_improvement;
        self.reliable_deterioration += other.reliable_deterioration;
        self.reliable_recovery += other.reliable_recovery;
    }
}

impl AddAssign<&Self> for Group {
    fn add_assign(&mut self, other: &Self) {
        self.enrolled += other.enrolled;
        self.marks += other.marks;
        self.came += other.came;
        self.n += other.n;
        self.first += other.first;
        self.last += other.last;
        self.improved += other.improved;
        self.recovered += other.recovered;
        for (count, more) in self.bands.iter_mut().zip(other.bands) {
            *count += more;
        }
    }
}
