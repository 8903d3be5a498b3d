//! From a cohort and a plan to figures that may be shown.
//!
//! This is the only way from people to a report: everything that comes out is counted, and
//! suppressed for its audience, and every table that is kept back says why, what may be said
//! instead and which coarser cut would show.

mod breakdown;
mod caution;
mod change;
mod circles;
mod course;
mod dose;
mod moves;
mod nested;
mod persons;
mod plan;
mod recovery;
mod scale;
mod shape;
mod spread;
mod wave;

pub use plan::{Completion, FigurePlan, Leaving, Named, Period, PlanError, Scale, Timepoint};
pub use shape::{
    Attendance, AttendanceRow, AttendanceTotal, Breakdown, BreakdownRow, Caution, ChangeFigures,
    CircleChange, CircleRow, Circles, Clusters, Coarser, Delivery, Dose, DoseStep, Figures, Hidden,
    HiddenWhy, Instead, Moves, Persons, Reach, Recovery, ReliableFigures, Retention,
    RetentionPoint, SafetyFigures, ScaleFigures, Shown, SpreadBin, Totals, Unmeasured, WaveFigures,
};

use crate::cohort::{Person, Seat};
use crate::stats::Method;
use crate::suppression::{Alike, Audience, Tally, is_small, real, suppress_row};
use crate::{Cohort, Points, SheetState};
use scale::AskedScale;

impl Cohort {
    /// All figures that a plan asks for, suppressed for its audience.
    #[must_use]
    pub fn figures(&self, plan: &FigurePlan) -> Figures {
        let mut asked = Asked { cohort: self, plan, leavers_told: None };
        asked.leavers_told = asked.leavers();
        let counted = plan.scales.iter().map(|scale| AskedScale::new(asked, scale));
        let counted: Vec<AskedScale<'_>> = counted.collect();
        let scales: Vec<ScaleFigures> = counted.iter().map(AskedScale::figures).collect();
        let (mut reach, mut circles) = (asked.reach(), asked.circles(&counted));
        let mut breakdowns = asked.breakdowns(&counted);
        asked.part_nested(
            &counted,
            nested::Tables {
                areas: &mut reach.areas,
                circles: &mut circles,
                breakdowns: &mut breakdowns,
            },
        );
        let retention = asked.retention();
        let completion = plan.completion.as_ref().map(|by| asked.completion(by));
        let shares = retention.shown().is_some()
            || completion.as_ref().is_some_and(|found| found.shown().is_some());
        Figures {
            methods: asked.methods(&scales, retention.shown().is_some(), shares),
            title: plan.title.clone(),
            audience: plan.audience,
            floor: asked.floor(),
            period: plan.period,
            reach,
            delivery: asked.delivery(),
            attendance: asked.attendance(),
            retention,
            unmarked: asked.unmarked(),
            completes: plan.completion.clone(),
            completion,
            scales,
            safety: asked.safety(),
            overdue: asked.overdue(),
            overdue_total: asked.overdue_total(),
            circles,
            breakdowns,
        }
    }
}

/// A cohort and what is asked of it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    cohort: &'a Cohort,
    plan: &'a FigurePlan,
    // How many left, where it is told.
    leavers_told: Option<u64>,
}

impl Asked<'_> {
    const fn floor(&self) -> u64 {
        self.plan.floor
    }

    const fn enrolled(&self) -> u64 {
        self.cohort.people() as u64
    }

    /// Whether so few take part that nothing may be said about them.
    const fn too_few(&self) -> bool {
        self.enrolled() < self.floor()
    }

    /// The people whom a model asks: those in its units, and those who sit nowhere yet.
    fn people_of<'m>(
        &self,
        model: Option<&'m commons::Code>,
    ) -> impl Iterator<Item = Person<'_>> + use<'_, 'm> {
        let units = &self.cohort.roll.units;
        let runs = move |seat: &Seat| {
            let unit = units.get(seat.unit as usize);
            unit.is_none_or(|unit| unit.model.is_none() || unit.model.as_ref() == model)
        };
        self.cohort.each().filter(move |person| {
            model.is_none() || person.seats().next().is_none() || person.seats().any(runs)
        })
    }

    fn hidden(&self, why: HiddenWhy, mut coarser: Vec<Coarser>) -> Hidden {
        if self.plan.audience == Audience::Outside {
            coarser.push(Coarser::InsideReport);
        }
        let mut instead = Vec::new();
        if why == HiddenWhy::TooFewPeople {
            instead.push(Instead::FewerThanFloor);
        }
        if why == HiddenWhy::NotForOutside || coarser.contains(&Coarser::WholeProgram) {
            instead.push(Instead::WholeProgram);
        }
        // Only what is there is promised.
        let work = &self.cohort.work;
        let held = self.cohort.roll.units.iter().any(|unit| unit.held > 0);
        let timed = self.cohort.roll.units.iter().any(|unit| unit.minutes > 0);
        let there = [
            (held && timed, Instead::SessionsAndHours),
            (held && !timed, Instead::Sessions),
            (work.modules_delivered > 0, Instead::Modules),
            (work.stories > 0, Instead::Stories),
        ];
        instead.extend(there.into_iter().filter(|(is, _)| *is).map(|(_, what)| what));
        Hidden { why, floor: self.floor(), instead, coarser }
    }

    fn reach(&self) -> Reach {
        let cohort = self.cohort;
        let by_area = cohort.grouping(&Cohort::AREA);
        let areas = by_area.map(|by| by.groups.iter().cloned().zip(by.counts()));
        let mut areas: Vec<(commons::Code, u64)> = areas.into_iter().flatten().collect();
        areas.sort();
        let known: u64 = areas.iter().map(|(_, n)| n).sum();
        let unknown = self.enrolled() - known;
        // Those of unknown area are a cell as well: the total would tell them.
        let counts: Vec<u64> = areas.iter().map(|(_, n)| *n).chain([unknown]).collect();
        let cells = suppress_row(&counts, self.floor(), Alike::Shown);
        Reach {
            people: Tally::of(self.enrolled(), self.floor()),
            units: cohort.roll.units.len() as u64,
            facilitators: cohort.work.facilitators,
            supervisors: cohort.work.supervisors,
            areas: areas.into_iter().map(|(code, _)| code).zip(cells).collect(),
        }
    }

    fn delivery(&self) -> Delivery {
        let (units, work) = (&self.cohort.roll.units, &self.cohort.work);
        let minutes: u64 = units.iter().map(|unit| unit.minutes).sum();
        Delivery {
            sessions_planned: units.iter().map(|unit| unit.planned).sum(),
            sessions_held: units.iter().map(|unit| unit.held).sum(),
            hours: real(minutes) / 60.0,
            modules_planned: work.modules_planned,
            modules_delivered: work.modules_delivered,
            stories: work.stories,
        }
    }

    fn safety(&self) -> SafetyFigures {
        let (work, floor) = (&self.cohort.work, self.floor());
        let incidents = work.incidents.iter();
        SafetyFigures {
            raised: Tally::among(work.raised, &[self.safety_sheets()], floor, Alike::Hidden),
            incidents: incidents.map(|(code, n)| (code.clone(), Tally::of(*n, floor))).collect(),
            referrals_closed: Tally::of(work.referrals.closed, floor),
            referrals_ended: Tally::of(work.referrals.ended, floor),
            referrals_open: Tally::of(work.referrals.open, floor),
        }
    }

    /// Sheets that had a safety item: what raised answers are counted among.
    fn safety_sheets(&self) -> u64 {
        let asks = |id: &commons::Code| {
            let scale = self.plan.scales.iter().find(|scale| scale.instrument.id() == id);
            scale.is_some_and(|scale| !scale.instrument.scoring().safety().is_empty())
        };
        let columns = self.cohort.columns.iter().filter(|column| asks(&column.instrument));
        let filled = |sheet: &SheetState| {
            matches!(sheet, SheetState::Scored { .. } | SheetState::NotScorable)
        };
        let people = self.cohort.people();
        let sheets = columns.flat_map(|column| column.each().take(people)).flatten();
        sheets.filter(|sheet| filled(sheet)).count() as u64
    }

    fn overdue(&self) -> Vec<(commons::Code, Tally)> {
        let overdue = self.cohort.work.overdue.iter();
        overdue.map(|(kind, n)| (kind.clone(), self.follow_up(*n))).collect()
    }

    fn overdue_total(&self) -> Tally {
        let overdue = self.cohort.work.overdue.values();
        let (kinds, all) = (overdue.clone(), overdue.sum::<u64>());
        let few = kinds.filter(|n| is_small(**n, self.floor())).count();
        // One kind that is not counted would be solved from the sum.
        match self.plan.audience {
            Audience::Outside if few > 0 && self.floor() <= all => Tally::Hidden,
            Audience::Inside | Audience::Outside => self.follow_up(all),
        }
    }

    /// A count of duties: the team sees how many; others do not see a few.
    fn follow_up(&self, n: u64) -> Tally {
        match self.plan.audience {
            Audience::Inside => Tally::Exactly { n },
            Audience::Outside => Tally::of(n, self.floor()),
        }
    }

    fn methods(&self, scales: &[ScaleFigures], stays: bool, shares: bool) -> Vec<Method> {
        let mut methods = Vec::new();
        if stays {
            methods.push(Method::KaplanMeier);
        }
        if !self.plan.scales.is_empty() {
            methods.extend([Method::Scoring, Method::PairedT]);
        }
        if self.plan.scales.iter().any(|scale| scale.change.is_some()) {
            methods.push(Method::ReliableChange);
        }
        if shares {
            methods.push(Method::Wilson);
        }
        let clusters = |scale: &ScaleFigures| scale.change.shown()?.clusters;
        if scales.iter().any(|scale| clusters(scale).is_some()) {
            methods.extend([Method::IccAnova, Method::DesignEffect]);
        }
        if scales.iter().any(|scale| scale.dose.shown().is_some()) {
            methods.push(Method::LinearTrend);
        }
        methods.push(Method::Suppression);
        methods.sort();
        methods
    }
}

/// A share in whole per cents, so that the counts behind it cannot be worked out.
fn per_cent(part: u64, of: u64) -> f64 {
    (real(part) / real(of) * 100.0).round() / 100.0
}

/// A share in tenths of a per cent, half up as the shares of a report are said.
fn per_mille(share: f64) -> f64 {
    (share * 1000.0 + 1e-9).round() / 1000.0
}

fn number(points: Option<Points>) -> Option<f64> {
    points.map(Points::to_f64)
}
