//! The counts that figures show, and figures without some of their tables.

use commons::Code;
use outcomes::figures::{
    Coarser, Figures, Hidden, HiddenWhy, Instead, Leaving, Moves, ScaleFigures, Shown, SpreadBin,
};
use outcomes::suppression::{Audience, Cell, Share, Tally};
use serde::{Deserialize, Serialize};

/// A table of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Table {
    /// Which table.
    pub kind: TableKind,
    /// The instrument or grouping that it is of.
    pub of: Option<Code>,
    /// The model that asks the instrument, where only people in its units are asked.
    pub model: Option<Code>,
}

/// A kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TableKind {
    /// How many people took part.
    Reach,
    /// Where they live.
    Areas,
    /// Attendance.
    Attendance,
    /// How many stay.
    Retention,
    /// How many completed.
    Completion,
    /// How many are asked an instrument.
    Asked,
    /// Each timepoint of an instrument.
    Waves,
    /// Change from first to last.
    Change,
    /// Change beyond the noise.
    Reliable,
    /// How far people changed.
    Spread,
    /// Who left caseness.
    Recovery,
    /// From which band to which.
    Moves,
    /// Change beside sessions attended.
    Dose,
    /// Safety and referrals.
    Safety,
    /// Overdue duties.
    Overdue,
    /// Circle by circle.
    Circles,
    /// By groups of people.
    Breakdown,
}

impl Table {
    pub(super) const fn plain(kind: TableKind) -> Self {
        Self { kind, of: None, model: None }
    }

    fn of_scale(kind: TableKind, scale: &ScaleFigures) -> Self {
        Self { kind, of: Some(scale.instrument.clone()), model: scale.model.clone() }
    }
}

/// What a count is of. Two counts of one key mean the same of two sets of people.
pub(super) type Key = String;

/// One count that is shown of people in a scope.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub(super) key: Key,
    pub(super) n: u64,
    pub(super) table: Table,
    /// The group that a row is of: by what, and which.
    pub(super) group: Option<(Code, Code)>,
    /// The key of the total of which it is a part.
    pub(super) of: Option<Key>,
    /// Whether that all are in it would tell something of everybody.
    pub(super) tells_of_all: bool,
}

/// Cells that make a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) total: Key,
    pub(super) cells: Vec<Key>,
    pub(super) table: Table,
}

/// All counts that figures show, and which of them make which totals.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    pub(super) all: Vec<Count>,
    pub(super) rows: Vec<Row>,
}

/// Everybody of a scope.
pub(super) const PEOPLE: &str = "people";

impl Counts {
    pub(super) fn of(figures: &Figures) -> Self {
        let mut counts = Self::default();
        counts.course(figures);
        for scale in &figures.scales {
            counts.scale(scale);
        }
        counts.groups(figures);
        counts
    }

    fn add(&mut self, table: &Table, key: impl Into<Key>, n: Option<u64>, of: Option<&str>) {
        self.push(table, key.into(), n, of, false);
    }

    fn push(
        &mut self,
        table: &Table,
        key: Key,
        n: Option<u64>,
        of: Option<&str>,
        tells_of_all: bool,
    ) {
        if let Some(n) = n {
            let (table, of) = (table.clone(), of.map(str::to_owned));
            self.all.push(Count { key, n, table, group: None, of, tells_of_all });
        }
    }

    fn course(&mut self, figures: &Figures) {
        self.add(&Table::plain(TableKind::Reach), PEOPLE, figures.reach.people.exact(), None);
        if let Some(attendance) = figures.attendance.shown() {
            let table = Table::plain(TableKind::Attendance);
            self.add(&table, "marks", Some(attendance.overall.of), None);
            self.add(&table, "marks/came", Some(attendance.overall.came), Some("marks"));
            for (place, cell) in attendance.marks.iter().enumerate() {
                self.add(&table, format!("marks/{place}"), cell.shown(), None);
            }
        }
        let table = Table::plain(TableKind::Attendance);
        self.add(&table, "unmarked", figures.unmarked.exact(), Some(PEOPLE));
        let some_unmarked = figures.unmarked != Tally::Exactly { n: 0 };
        if let Some(retention) = figures.retention.shown() {
            let table = Table::plain(TableKind::Retention);
            let by_marks = matches!(retention.leaving, Leaving::Missed { .. });
            let all = if by_marks {
                self.marked(&table, PEOPLE, &retention.stayed, some_unmarked)
            } else {
                self.add(&table, PEOPLE, retention.stayed.of.exact(), None);
                PEOPLE.to_owned()
            };
            self.add(&table, "stayed", retention.stayed.count.exact(), Some(&all));
        }
        if let (Some(by), Some(share)) =
            (&figures.completes, figures.completion.as_ref().and_then(Shown::shown))
        {
            let table = Table::plain(TableKind::Completion);
            let model = by.model.as_ref().map_or("", Code::as_str);
            let all = by.model.as_ref().map(|model| format!("may-complete/{model}"));
            let all = all.unwrap_or_else(|| PEOPLE.to_owned());
            let all = self.marked(&table, &all, share, some_unmarked);
            let key = format!("completed/{model}/{}", by.sessions);
            self.add(&table, key, share.count.exact(), Some(&all));
        }
        self.safety(figures);
    }

    /// Of how many a share is that goes by marks: of those who have any, who may be all.
    fn marked(&mut self, table: &Table, all: &str, share: &Share, some_unmarked: bool) -> Key {
        let marked = format!("{all}/marked");
        self.add(table, marked.as_str(), share.of.exact(), Some(all));
        if some_unmarked {
            return marked;
        }
        self.add(table, all, share.of.exact(), None);
        all.to_owned()
    }

    fn safety(&mut self, figures: &Figures) {
        let table = Table::plain(TableKind::Safety);
        let safety = &figures.safety;
        let counts = [
            ("raised", safety.raised),
            ("referrals/closed", safety.referrals_closed),
            ("referrals/ended", safety.referrals_ended),
            ("referrals/open", safety.referrals_open),
        ];
        for (key, tally) in counts {
            self.add(&table, key, tally.exact(), None);
        }
        for (code, tally) in &safety.incidents {
            self.add(&table, format!("incident/{code}"), tally.exact(), None);
        }
        // The team sees single duties.
        if figures.audience == Audience::Outside {
            let table = Table::plain(TableKind::Overdue);
            self.add(&table, "overdue", figures.overdue_total.exact(), None);
            for (code, tally) in &figures.overdue {
                self.add(&table, format!("overdue/{code}"), tally.exact(), None);
            }
        }
    }

    fn scale(&mut self, scale: &ScaleFigures) {
        let own = scale_key(&scale.instrument, scale.model.as_ref());
        let asked = asked_key(&own, scale);
        let table = Table::of_scale(TableKind::Asked, scale);
        self.add(&table, asked.as_str(), scale.asked.exact(), None);
        self.waves(scale, &own, &asked);
        self.change(scale, &own, &asked);
    }

    fn waves(&mut self, scale: &ScaleFigures, own: &str, asked: &str) {
        let table = Table::of_scale(TableKind::Waves, scale);
        let reader = scale.read_by.as_ref().map_or("", |by| by.id.as_str());
        for wave in scale.waves.shown().into_iter().flatten() {
            let when = format!("{own}/{}", wave.timepoint.code);
            let measured = format!("{when}/measured");
            self.add(&table, measured.as_str(), wave.measured.exact(), Some(asked));
            let band = |place: usize| format!("{when}/{reader}/band-{place}");
            for (place, cell) in wave.bands.iter().enumerate() {
                self.push(&table, band(place), cell.shown(), Some(&measured), true);
            }
            let why = |place: usize| format!("{when}/why-not-{place}");
            for (place, cell) in wave.unmeasured.iter().enumerate() {
                self.add(&table, why(place), cell.shown(), Some(asked));
            }
            self.add(&table, format!("{when}/prorated"), wave.prorated.exact(), Some(&measured));
            let bands: Vec<Key> = (0..wave.bands.len()).map(band).collect();
            let reasons = (0..wave.unmeasured.len()).map(why);
            let cells = reasons.chain(bands.iter().cloned()).collect();
            self.rows.push(Row { total: asked.to_owned(), cells, table: table.clone() });
            self.rows.push(Row { total: measured, cells: bands, table: table.clone() });
        }
    }

    fn change(&mut self, scale: &ScaleFigures, own: &str, asked: &str) {
        let both = format!("{own}/both");
        let table = Table::of_scale(TableKind::Change, scale);
        if let Some(change) = scale.change.shown() {
            self.add(&table, both.as_str(), change.both.exact(), Some(asked));
        }
        let table = Table::of_scale(TableKind::Reliable, scale);
        if let Some(found) = scale.reliable.as_ref().and_then(Shown::shown) {
            let cell = |what: &str| format!("{own}/{}/{what}", found.by.id);
            let cells = [
                (cell("improved"), found.improved),
                (cell("unchanged"), found.unchanged),
                (cell("worse"), found.worse),
            ];
            self.parts(&table, &both, asked, &cells.map(|(key, tally)| (key, tally.exact())));
            let lack = found.not_measured_twice.exact();
            self.add(&table, format!("{own}/not-both"), lack, Some(asked));
        }
        let table = Table::of_scale(TableKind::Recovery, scale);
        if let Some(found) = scale.recovery.as_ref().and_then(Shown::shown) {
            let cell = |what: &str| format!("{own}/{}/{what}", found.by.id);
            let cells = [
                (cell("stayed-case"), Some(found.stayed_case)),
                (cell("left"), Some(found.left_caseness)),
                (cell("entered"), Some(found.entered_caseness)),
                (cell("stayed-below"), Some(found.stayed_below)),
            ];
            self.parts(&table, &both, asked, &cells);
            let left = cell("left");
            self.add(&table, cell("recovered"), found.reliably_recovered, Some(&left));
        }
        let table = Table::of_scale(TableKind::Moves, scale);
        if let Some(found) = scale.moves.as_ref().and_then(Shown::shown) {
            self.moves(&table, own, (&both, asked), found);
        }
        let table = Table::of_scale(TableKind::Spread, scale);
        if let Some(bins) = scale.spread.shown() {
            let ends = |bin: &SpreadBin| {
                let (from, to) = (bin.from.map(i64::from), bin.to.map(i64::from));
                (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX), bin.people)
            };
            let cells: Vec<_> = bins.iter().map(ends).collect();
            self.runs(&table, &format!("{own}/spread"), &both, asked, &cells);
        }
        let table = Table::of_scale(TableKind::Dose, scale);
        if let Some(dose) = scale.dose.shown() {
            let cells: Vec<_> = dose
                .steps
                .iter()
                .map(|step| {
                    // The two ends are open.
                    let end = |end: Option<u16>| end.map_or(0, i64::from);
                    (end(step.from), end(step.to), step.people)
                })
                .collect();
            // Of some it may not be recorded how often they came.
            let all = scale.change.shown().and_then(|change| change.both.exact());
            let is_all = all == Some(cells.iter().map(|(.., people)| people).sum());
            let marked = format!("{both}/marked");
            if is_all {
                self.add(&table, marked.as_str(), all, Some(&both));
            }
            let total = if is_all { both.clone() } else { marked };
            self.runs(&table, &format!("{own}/dose"), &total, asked, &cells);
        }
    }

    /// Cells that make a total, which they tell too where all of them are shown.
    fn parts(&mut self, table: &Table, total: &str, of: &str, cells: &[(Key, Option<u64>)]) {
        for (key, n) in cells {
            self.push(table, key.clone(), *n, Some(total), true);
        }
        let sum: Option<u64> = cells.iter().map(|(_, n)| *n).sum();
        self.add(table, total, sum, Some(of));
        let cells = cells.iter().map(|(key, _)| key.clone()).collect();
        self.rows.push(Row { total: total.to_owned(), cells, table: table.clone() });
    }

    /// Cells along a line, that were joined as it suited this report: another one can be compared
    /// over any stretch at whose ends both have an edge.
    fn runs(&mut self, table: &Table, own: &str, total: &str, of: &str, cells: &[(i64, i64, u64)]) {
        let last = cells.len().saturating_sub(1);
        for (place, (from, ..)) in cells.iter().enumerate() {
            let mut n = 0;
            for (end, (_, to, people)) in cells.iter().enumerate().skip(place) {
                n += people;
                // The two ends are open: where they lie says nothing.
                let from = if place == 0 { "".to_owned() } else { from.to_string() };
                let to = if end == last { "".to_owned() } else { to.to_string() };
                if place != 0 || end != last {
                    self.push(table, format!("{own}/{from}..{to}"), Some(n), Some(total), true);
                }
            }
        }
        let sum = cells.iter().map(|(.., people)| people).sum();
        self.add(table, total, Some(sum).filter(|_| !cells.is_empty()), Some(of));
    }

    /// Every block of neighboring cells: another report may have joined the bands otherwise, and is compared
    /// where both have an edge.
    fn moves(&mut self, table: &Table, own: &str, (total, of): (&str, &str), found: &Moves) {
        let ends = found.bands.iter().map(|bands| (bands.first(), bands.last()));
        let ends: Vec<_> = ends.collect();
        let runs =
            |count: usize| (0..count).flat_map(move |from| (from..count).map(move |to| (from, to)));
        let name = |(from, to): (usize, usize)| {
            let code = |code: Option<&Code>| code.map_or("", Code::as_str).to_owned();
            let from = ends.get(from).map_or_else(String::new, |it| code(it.0));
            format!("{from}..{}", ends.get(to).map_or_else(String::new, |it| code(it.1)))
        };
        for rows in runs(ends.len()) {
            for columns in runs(ends.len()) {
                let block = found.cells.iter().skip(rows.0).take(rows.1 + 1 - rows.0);
                let cells = block
                    .flat_map(|row| row.iter().skip(columns.0).take(columns.1 + 1 - columns.0));
                let n: u64 = cells.sum();
                let is_all = rows.1 - rows.0 + 1 == ends.len() && columns == rows;
                if is_all {
                    self.add(table, total, Some(n), Some(of));
                } else {
                    let key = format!("{own}/{}/{}/{}", found.by.id, name(rows), name(columns));
                    self.push(table, key, Some(n), Some(total), true);
                }
            }
        }
    }

    fn groups(&mut self, figures: &Figures) {
        let areas = Table::plain(TableKind::Areas);
        for (area, cell) in &figures.reach.areas {
            let group = (outcomes::Cohort::AREA, area.clone());
            self.row(&areas, &group, PEOPLE.to_owned(), cell.shown());
        }
        for breakdown in &figures.breakdowns {
            let table =
                Table { kind: TableKind::Breakdown, of: Some(breakdown.by.clone()), model: None };
            for row in &breakdown.rows {
                // Those of whom nothing is known are a group as well, of a name that no other has.
                let group = row.group.clone().unwrap_or(UNKNOWN);
                let group = (breakdown.by.clone(), group);
                self.row(&table, &group, PEOPLE.to_owned(), row.people.shown());
                for change in &row.changes {
                    let key = format!("{}/both", scale_key(&change.instrument, None));
                    self.row(&table, &group, key, change.both.exact());
                }
            }
        }
        let table = Table::plain(TableKind::Circles);
        for row in figures.circles.shown().iter().flat_map(|circles| &circles.rows) {
            let Ok(unit) = row.unit.to_string().parse::<Code>() else { continue };
            let group = (UNIT, unit);
            self.row(&table, &group, PEOPLE.to_owned(), Some(row.people));
            self.row(&table, &group, "completed/unit".to_owned(), row.completed.exact());
            for change in &row.changes {
                let key = format!("{}/both", scale_key(&change.instrument, None));
                self.row(&table, &group, key, change.both.exact());
            }
        }
    }

    fn row(&mut self, table: &Table, group: &(Code, Code), key: Key, n: Option<u64>) {
        if let Some(n) = n {
            let (table, group) = (table.clone(), Some(group.clone()));
            let of = Some(PEOPLE.to_owned()).filter(|people| *people != key);
            self.all.push(Count { key, n, table, group, of, tells_of_all: false });
        }
    }
}

/// The grouping of people by the unit in which they sit first.
const UNIT: Code = Code::of("unit");
/// The group of those of whom the group is not known.
const UNKNOWN: Code = Code::of("not-known");

fn scale_key(instrument: &Code, model: Option<&Code>) -> String {
    format!("{instrument}:{}", model.map_or("", Code::as_str))
}

/// Whom an instrument is asked: everybody, or those in the units of a model.
fn asked_key(own: &str, scale: &ScaleFigures) -> Key {
    scale.model.as_ref().map_or_else(|| PEOPLE.to_owned(), |_| format!("{own}/asked"))
}

/// The tables that say something of the people whom a key counts: where few of them are told
/// apart, so are the means and shares of these tables.
pub(super) fn rest_on(figures: &Figures, key: &str) -> Vec<Table> {
    let scales = figures.scales.iter();
    let of_scales = |only: &dyn Fn(&ScaleFigures) -> bool, kinds: &[TableKind]| {
        let scales = scales.clone().filter(|scale| only(scale));
        scales
            .flat_map(|scale| kinds.iter().map(|kind| Table::of_scale(*kind, scale)))
            .collect::<Vec<_>>()
    };
    let change = [
        TableKind::Change,
        TableKind::Reliable,
        TableKind::Spread,
        TableKind::Recovery,
        TableKind::Moves,
        TableKind::Dose,
    ];
    let all = [&[TableKind::Asked, TableKind::Waves], change.as_slice()].concat();
    let own = |scale: &ScaleFigures| scale_key(&scale.instrument, scale.model.as_ref());
    if key == PEOPLE {
        let plain = [
            TableKind::Reach,
            TableKind::Areas,
            TableKind::Attendance,
            TableKind::Retention,
            TableKind::Completion,
            TableKind::Safety,
            TableKind::Circles,
        ];
        let breakdowns = figures.breakdowns.iter().map(|breakdown| Table {
            kind: TableKind::Breakdown,
            of: Some(breakdown.by.clone()),
            model: None,
        });
        let plain = plain.into_iter().map(Table::plain);
        return plain.chain(breakdowns).chain(of_scales(&|_| true, &all)).collect();
    }
    let mut tables = of_scales(&|scale| key == format!("{}/asked", own(scale)), &all);
    tables.extend(of_scales(&|scale| key == format!("{}/both", own(scale)), &change));
    tables
}

/// Keeps a table of figures back; nothing is left of it.
pub(super) fn withhold(figures: &mut Figures, table: &Table, coarser: &[Coarser]) {
    let hidden = hidden(figures, coarser);
    let scale = |figures: &mut Figures, change: &dyn Fn(&mut ScaleFigures, Hidden)| {
        let is = |scale: &&mut ScaleFigures| {
            Some(&scale.instrument) == table.of.as_ref() && scale.model == table.model
        };
        if let Some(scale) = figures.scales.iter_mut().find(is) {
            change(scale, hidden.clone());
        }
    };
    match table.kind {
        TableKind::Reach => figures.reach.people = Tally::Hidden,
        TableKind::Areas => {
            figures.reach.areas.iter_mut().for_each(|(_, cell)| *cell = Cell::Hidden);
        }
        TableKind::Attendance => {
            figures.attendance = Shown::Hidden(hidden);
            figures.unmarked = Tally::Hidden;
        }
        TableKind::Retention => figures.retention = Shown::Hidden(hidden),
        TableKind::Completion => {
            figures.completion = figures.completion.take().map(|_| Shown::Hidden(hidden));
        }
        TableKind::Asked => scale(figures, &|scale, _| scale.asked = Tally::Hidden),
        TableKind::Waves => scale(figures, &|scale, hidden| {
            scale.waves = Shown::Hidden(hidden);
            scale.bands_kept_back = None;
        }),
        TableKind::Change => scale(figures, &|scale, hidden| {
            scale.change = Shown::Hidden(hidden);
            scale.cautions.clear();
        }),
        TableKind::Reliable => scale(figures, &|scale, hidden| {
            scale.reliable = scale.reliable.take().map(|_| Shown::Hidden(hidden));
        }),
        TableKind::Spread => scale(figures, &|scale, hidden| scale.spread = Shown::Hidden(hidden)),
        TableKind::Recovery => scale(figures, &|scale, hidden| {
            scale.recovery = scale.recovery.take().map(|_| Shown::Hidden(hidden));
        }),
        TableKind::Moves => scale(figures, &|scale, hidden| {
            scale.moves = scale.moves.take().map(|_| Shown::Hidden(hidden));
        }),
        TableKind::Dose => scale(figures, &|scale, hidden| scale.dose = Shown::Hidden(hidden)),
        TableKind::Safety => {
            let safety = &mut figures.safety;
            safety.raised = Tally::Hidden;
            safety.referrals_closed = Tally::Hidden;
            safety.referrals_ended = Tally::Hidden;
            safety.referrals_open = Tally::Hidden;
            safety.incidents.iter_mut().for_each(|(_, tally)| *tally = Tally::Hidden);
        }
        TableKind::Overdue => {
            figures.overdue_total = Tally::Hidden;
            figures.overdue.iter_mut().for_each(|(_, tally)| *tally = Tally::Hidden);
        }
        TableKind::Circles => figures.circles = Shown::Hidden(hidden),
        TableKind::Breakdown => {
            let breakdowns = figures.breakdowns.iter_mut();
            for breakdown in breakdowns.filter(|it| Some(&it.by) == table.of.as_ref()) {
                for row in &mut breakdown.rows {
                    row.people = Cell::Hidden;
                    row.attendance = None;
                    row.changes.clear();
                }
            }
        }
    }
}

fn hidden(figures: &Figures, coarser: &[Coarser]) -> Hidden {
    let held = figures.delivery.sessions_held > 0;
    let there = [
        (coarser.contains(&Coarser::WholeProgram), Instead::WholeProgram),
        (held && figures.delivery.hours > 0.0, Instead::SessionsAndHours),
        (held && figures.delivery.hours <= 0.0, Instead::Sessions),
        (figures.delivery.modules_delivered > 0, Instead::Modules),
        (figures.delivery.stories > 0, Instead::Stories),
    ];
    Hidden {
        why: HiddenWhy::CouldBeSolved,
        floor: figures.floor,
        instead: there.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect(),
        coarser: coarser.to_vec(),
    }
}
