//! What a report may say: every figure here may leave for the audience it was made for.

use commons::{Code, UnitId};
use serde::{Deserialize, Serialize};

use super::plan::{Completion, Leaving, Named, Period, Timepoint};
use crate::stats::{Interval, Method, NoFigure};
use crate::suppression::{Audience, Cell, Share, Tally};
use crate::{Better, Points, Side};

/// Why a table or figure is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HiddenWhy {
    /// Fewer people than the floor stand behind it.
    TooFewPeople,
    /// Single people could be worked out from it.
    CouldBeSolved,
    /// Rows of single circles stay inside the program.
    NotForOutside,
}

/// What may be said instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Instead {
    /// That fewer people than the floor took part.
    FewerThanFloor,
    /// How many sessions were held, and for how many hours.
    SessionsAndHours,
    /// How many sessions were held, where nothing says how long they took.
    Sessions,
    /// How many modules were taught.
    Modules,
    /// Stories that their tellers agreed to share.
    Stories,
    /// The same for the whole program.
    WholeProgram,
}

/// The coarser cut that would show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Coarser {
    /// Several circles together, until there are enough people.
    SeveralCircles,
    /// A longer period, until there are enough people.
    LongerPeriod,
    /// One figure for the whole time instead of one for each session.
    WholeProgram,
    /// Two bands, below the cut-off and from it on, instead of many.
    TwoBands,
    /// The program's own team sees more.
    InsideReport,
}

/// A table that is not shown: never an empty one without its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Why.
    pub why: HiddenWhy,
    /// The floor in force, in people.
    pub floor: u64,
    /// What may be said instead.
    pub instead: Vec<Instead>,
    /// The coarser cuts that would show.
    pub coarser: Vec<Coarser>,
}

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", content = "value", rename_all = "snake_case")]
pub enum Shown<T> {
    /// The figure.
    Shown(T),
    /// It is kept back to protect people.
    Hidden(Hidden),
    /// There is none.
    NoFigure(NoFigure),
}

impl<T> Shown<T> {
    /// The figure, where it is shown.
    #[must_use]
    pub const fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown(figure) => Some(figure),
            Self::Hidden(_) | Self::NoFigure(_) => None,
        }
    }
}

/// How far the program reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// People enrolled.
    pub people: Tally,
    /// Circles or groups.
    pub units: u64,
    /// People who facilitate.
    pub facilitators: u64,
    /// People who supervise them.
    pub supervisors: u64,
    /// People by area, in the order of the areas' codes; hidden cells protect each other.
    pub areas: Vec<(Code, Cell)>,
}

/// What was delivered. It is about work, so nothing of it is hidden.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// Sessions planned.
    pub sessions_planned: u64,
    /// Sessions held.
    pub sessions_held: u64,
    /// Hours of sessions held.
    pub hours: f64,
    /// Modules of trainings that were announced.
    pub modules_planned: u64,
    /// Modules of trainings that were taught.
    pub modules_delivered: u64,
    /// Stories that their tellers agreed to share.
    pub stories: u64,
}

/// Attendance at one session of all units, or over several that were joined so that nobody stands
/// alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AttendanceRow {
    /// The number of the first session.
    pub from: u16,
    /// The number of the last session.
    pub to: u16,
    /// The share of seats that were taken, 0 to 1, rounded to whole per cents.
    pub share: f64,
}

/// Attendance over the whole time. A mark is one person at one session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attendance {
    /// Marks of those who came, of all marks.
    pub overall: AttendanceTotal,
    /// Session by session, where that may be shown.
    pub sessions: Shown<Vec<AttendanceRow>>,
    /// How those marks were, first those who came; in the order of [`Mark::ALL`](crate::Mark::ALL).
    /// Those who came and those who did not are two rows, each with its own total.
    pub marks: Vec<Cell>,
}

/// Marks of those who came, of all marks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AttendanceTotal {
    /// Marks of people who came.
    pub came: u64,
    /// All marks.
    pub of: u64,
    /// The share, 0 to 1.
    pub share: f64,
}

/// One point of the retention curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RetentionPoint {
    /// The session after which somebody left, or the last of several that were joined.
    pub session: u16,
    /// The share that stays beyond it, 0 to 1, in tenths of a per cent.
    pub stays: f64,
    /// Its log-log interval, rounded alike.
    pub interval: Option<Interval>,
}

/// How many stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retention {
    /// When somebody counts as having left.
    #[serde(default)]
    pub leaving: Leaving,
    /// Who is still there at the end, of all who joined.
    pub stayed: Share,
    /// The last session that was watched.
    pub last_session: u16,
    /// The curve; only sessions by which enough people more had left, and enough stay.
    pub curve: Vec<RetentionPoint>,
    /// Whether sessions were joined or left out so that nobody stands alone.
    pub coarsened: bool,
}

/// Why a person has no total at a timepoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unmeasured {
    /// The sheet could not be scored.
    NotScorable,
    /// The person declined, and stayed.
    Declined,
    /// The person had left before.
    HadLeft,
    /// The person joined later.
    JoinedLater,
    /// Their circle has not come to that point.
    NotReached,
    /// Two sheets stand, and nobody has decided between them.
    Undecided,
    /// There is no sheet, and no reason is known.
    NoSheet,
}

impl Unmeasured {
    /// All of them, in the order of the tables.
    pub const ALL: [Self; 7] = [
        Self::NotScorable,
        Self::Declined,
        Self::HadLeft,
        Self::JoinedLater,
        Self::NotReached,
        Self::Undecided,
        Self::NoSheet,
    ];
}

/// One instrument at one timepoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaveFigures {
    /// The timepoint.
    pub timepoint: Timepoint,
    /// How many have a total.
    pub measured: Tally,
    /// How many lie in each band, in ascending order of points.
    pub bands: Vec<Cell>,
    /// Why the others have no total, in the order of [`Unmeasured::ALL`].
    pub unmeasured: Vec<Cell>,
    /// The mean total of the measured, rounded, where it may be told.
    pub mean: Option<f64>,
    /// Its standard deviation, rounded; only where every band is told.
    pub sd: Option<f64>,
    /// Totals in which missing answers were stood in for.
    pub prorated: Tally,
}

/// Change from the first timepoint to the last, in those who have both totals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeFigures {
    /// The first timepoint.
    pub before: Code,
    /// The last timepoint.
    pub after: Code,
    /// People who have both totals.
    pub both: Tally,
    /// The mean change in points, after minus before, rounded.
    pub mean: f64,
    /// Its t interval, rounded outward, and cut where the range of the instrument ends.
    pub interval: Interval,
    /// To steps of how many points they are rounded: the fewer people, the coarser.
    #[serde(default = "tenth")]
    pub step: f64,
    /// What it costs that people of one circle are alike; the interval counts it.
    pub clusters: Option<Clusters>,
    /// The standard deviation of changes, rounded, where it tells nothing of a few.
    pub sd: Option<f64>,
    /// The mean first total of those who have both.
    pub baseline_of_both: Option<f64>,
    /// The mean first total of those who lack the last.
    pub baseline_of_lost: Option<f64>,
}

/// How alike the changes of people in one circle are, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Clusters {
    /// How many circles those measured twice sat in.
    pub units: u64,
    /// The agreement within circles, ICC(1), to hundredths. It can be negative.
    pub icc: f64,
    /// How much larger it makes the variance of the mean, to tenths; 1 where the agreement is negative.
    pub design_effect: f64,
}

/// So many people changed by so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpreadBin {
    /// The least change in whole points, after minus before; nothing in the first row, which is open below: the
    /// greatest change of all is one person's.
    pub from: Option<i32>,
    /// The greatest; nothing in the last row.
    pub to: Option<i32>,
    /// How many people.
    pub people: u64,
}

/// Where people stood by a cut-off at the first timepoint, and where at the last. A case is whoever
/// lies on the side of the worse totals: it is a count of totals, and no word about a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recovery {
    /// The cut-off and its source.
    pub by: Named,
    /// Its points.
    pub at: Points,
    /// The side that it counts: that of the cases or, for some cut-offs, the other.
    pub side: Side,
    /// Cases at both ends.
    pub stayed_case: u64,
    /// Cases at first and not at last.
    pub left_caseness: u64,
    /// Cases at last and not at first.
    pub entered_caseness: u64,
    /// Cases at neither end.
    pub stayed_below: u64,
    /// Of those who left caseness, how many changed by more than the noise, where it may be told.
    pub reliably_recovered: Option<u64>,
}

/// From which band to which people went. Neighboring bands are joined where single people could else be
/// worked out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moves {
    /// What reads totals into the bands.
    pub by: Named,
    /// The codes of the bands that make each group, in ascending order of points.
    pub bands: Vec<Vec<Code>>,
    /// How many people, by their group at the first timepoint and, within it, at the last.
    pub cells: Vec<Vec<u64>>,
}

/// So many people with these totals at the first timepoint and at the last.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// The first total.
    pub before: Points,
    /// The last.
    pub after: Points,
    /// How many have both.
    pub people: u64,
}

/// The totals of each person, for the program's own team where it asks for them. They stand in the order of the
/// totals, and lead to nobody by themselves; whoever knows a total finds the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Persons {
    /// Everybody who has both totals.
    pub totals: Vec<Totals>,
    /// The cut-off, and the side that counts, where there is one.
    pub cut_off: Option<(Points, Side)>,
    /// Which cut-off it is.
    pub cut_by: Option<Named>,
    /// The change that is larger than the noise, in points, where a threshold was chosen.
    pub noise: Option<Points>,
    /// Which threshold it is.
    pub noise_by: Option<Named>,
}

impl Persons {
    /// The most people who are told apart in one picture: our own judgement.
    pub const MOST: u64 = 60;
}

/// The mean change of people who came to so many sessions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DoseStep {
    /// The fewest sessions they came to; nothing in the first step, which is open below.
    pub from: Option<u16>,
    /// The most; nothing in the last step, which is open above.
    pub to: Option<u16>,
    /// How many people have both totals.
    pub people: u64,
    /// Their mean change in points, rounded.
    pub mean: f64,
    /// Its t interval, rounded outward.
    pub interval: Interval,
}

/// Change beside sessions attended. Who comes often chose to, or was well enough to: this is an
/// association and no effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dose {
    /// From few sessions to many.
    pub steps: Vec<DoseStep>,
    /// Points of change with each session more, by least squares, to hundredths.
    pub slope: f64,
    /// Its t interval.
    pub interval: Interval,
}

/// What is to be said beside the change of one instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Caution {
    /// Fewer than four in five of those asked have both totals: the others may have fared otherwise.
    ManyNotMeasuredTwice,
    /// On average people joined in distress: some would have got better by themselves.
    RegressionToTheMean,
    /// Fewer than thirty people have both totals.
    FewPeople,
    /// There is no comparison group: what changed people is not known.
    NoComparison,
}

/// One group of a breakdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BreakdownRow {
    /// The group; nothing for those of whom it is not known.
    pub group: Option<Code>,
    /// How many people.
    pub people: Cell,
    /// The share of their seats that were taken, in whole per cents, where it may be told.
    pub attendance: Option<f64>,
    /// Their change on each instrument, where they are told.
    pub changes: Vec<CircleChange>,
}

/// Figures by groups of people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Breakdown {
    /// What tells the groups apart.
    pub by: Code,
    /// Each group, in the order of their codes, those in none at the end.
    pub rows: Vec<BreakdownRow>,
}

/// Change beyond the noise of the instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReliableFigures {
    /// The threshold and its source.
    pub by: Named,
    /// The threshold, in points.
    pub points: Points,
    /// People better by the threshold or more.
    pub improved: Tally,
    /// People who changed by less.
    pub unchanged: Tally,
    /// People worse by the threshold or more.
    pub worse: Tally,
    /// People who lack one total or both.
    pub not_measured_twice: Tally,
}

/// All that is shown of one instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScaleFigures {
    /// Its id.
    pub instrument: Code,
    /// The version of its definition.
    pub version: Code,
    /// Its proper name.
    pub name: String,
    /// The model that asks it, where only people in its units are asked.
    pub model: Option<Code>,
    /// How many people are asked: everything below is of them.
    pub asked: Tally,
    /// Whether it has items after which somebody must talk with the person.
    pub has_safety_items: bool,
    /// Where its scoring can be read.
    pub source: String,
    /// Which way is better.
    pub better: Better,
    /// The lowest and highest total.
    pub range: (Points, Points),
    /// What reads its totals into bands, where something does.
    pub read_by: Option<Named>,
    /// The codes of the bands, in ascending order of points.
    pub bands: Vec<Code>,
    /// Where a cut-off makes the two bands: its total and the side that counts.
    pub cut_off: Option<(Points, Side)>,
    /// Each timepoint.
    pub waves: Shown<Vec<WaveFigures>>,
    /// Where some bands are hidden: why, what may be said instead, which coarser cut would show.
    pub bands_kept_back: Option<Hidden>,
    /// Change from first to last.
    pub change: Shown<ChangeFigures>,
    /// Change beyond the noise, where a threshold was chosen.
    pub reliable: Option<Shown<ReliableFigures>>,
    /// How far people changed.
    pub spread: Shown<Vec<SpreadBin>>,
    /// Who left caseness and who entered it, where there is a cut-off.
    pub recovery: Option<Shown<Recovery>>,
    /// From which band to which, where there are bands enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves: Option<Shown<Moves>>,
    /// Each person, only for a team that asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<Persons>,
    /// Change beside sessions attended.
    pub dose: Shown<Dose>,
    /// What is to be said beside the change.
    pub cautions: Vec<Caution>,
}

/// Safety and referrals, as counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyFigures {
    /// Answers to a safety item after which somebody was to talk with the person.
    pub raised: Tally,
    /// All other incidents, by severity.
    pub incidents: Vec<(Code, Tally)>,
    /// Referrals of which the service and the member both said what came of them.
    pub referrals_closed: Tally,
    /// Referrals that ended without help.
    pub referrals_ended: Tally,
    /// Referrals that wait, are under way, or lack somebody's word.
    pub referrals_open: Tally,
}

/// What one circle changed by, on one instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CircleChange {
    /// The instrument.
    pub instrument: Code,
    /// People who have both totals.
    pub both: Tally,
    /// Their mean change in points, where there are enough of them.
    pub mean: Option<f64>,
}

/// One circle. For the program's own team only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CircleRow {
    /// The circle.
    pub unit: UnitId,
    /// How many people joined it.
    pub people: u64,
    /// Sessions held.
    pub held: u64,
    /// Sessions planned.
    pub planned: u64,
    /// The share of seats taken, rounded to whole per cents.
    pub attendance: Option<f64>,
    /// People who completed the program.
    pub completed: Tally,
    /// Change on each instrument.
    pub changes: Vec<CircleChange>,
}

/// The circles of a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Circles {
    /// Those large enough for a row of their own.
    pub rows: Vec<CircleRow>,
    /// How many have none: they are too small, or one of them stands with those, whom the sum of all would tell.
    pub without_row: u64,
}

const fn tenth() -> f64 {
    0.1
}

const fn nobody() -> Tally {
    Tally::Exactly { n: 0 }
}

/// All figures of a report, for one audience. It serializes to JSON as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The title, as a code that catalogs turn into words.
    pub title: Code,
    /// For whom it was made.
    pub audience: Audience,
    /// The smallest count of people that is shown.
    pub floor: u64,
    /// The days it is about.
    pub period: Option<Period>,
    /// How far the program reached.
    pub reach: Reach,
    /// What was delivered.
    pub delivery: Delivery,
    /// Attendance.
    pub attendance: Shown<Attendance>,
    /// How many stay.
    pub retention: Shown<Retention>,
    /// Of how many people nothing is recorded that says how often they came: they are left out of completion, of change
    /// beside sessions, and of who left where that goes by who came.
    #[serde(default = "nobody")]
    pub unmarked: Tally,
    /// What completes the program, where the plan says so.
    pub completes: Option<Completion>,
    /// How many completed.
    pub completion: Option<Shown<Share>>,
    /// Each instrument.
    pub scales: Vec<ScaleFigures>,
    /// Safety and referrals.
    pub safety: SafetyFigures,
    /// Overdue duties by kind. A duty is often about one person, so outside a few are not counted.
    pub overdue: Vec<(Code, Tally)>,
    /// All overdue duties together.
    pub overdue_total: Tally,
    /// Circle by circle.
    pub circles: Shown<Circles>,
    /// By each grouping that the plan names.
    pub breakdowns: Vec<Breakdown>,
    /// The methods that these figures used.
    pub methods: Vec<Method>,
}
