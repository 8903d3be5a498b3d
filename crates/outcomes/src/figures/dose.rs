//! Change beside sessions attended. It is an association.

use super::scale::AskedScale;
use super::{Dose, DoseStep, HiddenWhy, Shown};
use crate::stats::{Confidence, Moments, NoFigure, grouped_trend};
use crate::suppression::{Tally, is_small};

impl AskedScale<'_> {
    /// The mean change of those who came to few sessions, to more, to most.
    pub(super) fn dose(&self) -> Shown<Dose> {
        let mut by_came: Vec<Moments> = Vec::new();
        let mut unmarked = 0;
        self.each_pair(|person, before, after| {
            let Some((before, after)) = before.zip(after) else { return };
            // Of whom nothing is recorded, it is not known that they came to none.
            let Some(came) = person.came() else {
                unmarked += 1;
                return;
            };
            let came = usize::from(u16::try_from(came).unwrap_or(u16::MAX));
            if by_came.len() <= came {
                by_came.resize(came + 1, Moments::default());
            }
            if let Some(moments) = by_came.get_mut(came) {
                moments.push(after - before);
            }
        });
        let by_came: Vec<(u16, Moments)> =
            (0..).zip(by_came).filter(|(_, moments)| moments.n() > 0).collect();
        if by_came.len() < 2 {
            return Shown::NoFigure(NoFigure::Nothing);
        }
        let both = self.paired.both() - unmarked;
        if both < 2 * self.floor() || is_small(unmarked, self.floor()) {
            let few = both < self.floor();
            let why = if few { HiddenWhy::TooFewPeople } else { HiddenWhy::CouldBeSolved };
            return Shown::Hidden(self.hidden_of_several(why));
        }
        let steps = self.steps(&by_came, both);
        let groups: Vec<_> =
            by_came.iter().map(|(came, found)| (f64::from(*came), *found)).collect();
        let line = grouped_trend(&groups, Confidence::USUAL);
        let line = line.ok().and_then(|line| Some((line.slope, line.interval?)));
        match (steps, line) {
            (Some(steps), Some((slope, interval))) if self.both_told.exact().is_some() => {
                let hundredths = |x: f64| (x * 100.0).round() / 100.0 + 0.0;
                let interval = crate::stats::Interval {
                    low: hundredths(interval.low),
                    high: hundredths(interval.high),
                };
                Shown::Shown(Dose { steps, slope: hundredths(slope), interval })
            }
            _ => Shown::Hidden(self.hidden_of_several(HiddenWhy::CouldBeSolved)),
        }
    }

    /// Sessions joined until enough people stand behind each step, and none is all alike.
    fn steps(&self, by_came: &[(u16, Moments)], both: u64) -> Option<Vec<DoseStep>> {
        let enough = self.floor().max(both.div_ceil(4));
        let mut joined: Vec<(u16, u16, Moments)> = Vec::new();
        for (came, moments) in by_came {
            match joined.last_mut() {
                Some((_, to, open)) if open.n() < enough => {
                    *to = *came;
                    open.merge(moments);
                }
                _ => joined.push((*came, *came, *moments)),
            }
        }
        while let [.., (_, to, before), (_, last_to, last)] = joined.as_mut_slice() {
            if self.floor() <= last.n() {
                break;
            }
            *to = *last_to;
            before.merge(last);
            joined.pop();
        }
        // Who completed is told: those of them who lack a total would be told by steps of which none lies on both sides.
        let ends_at = self.asked.plan.completion.as_ref().map(|by| by.sessions);
        let parts_them = ends_at.is_some_and(|at| {
            let below = joined.iter().take_while(|(from, ..)| *from < at);
            below.last().is_none_or(|(_, to, _)| *to < at)
        });
        if joined.len() < 2 || (parts_them && !self.completers_are_safe()) {
            return None;
        }
        let last = joined.len() - 1;
        let step = |(place, (from, to, moments)): (usize, &(u16, u16, Moments))| {
            let (n, found) = (moments.n(), moments.mean().ok()?);
            let round = self.step(Tally::Exactly { n }, n);
            let sd = found.sd.filter(|sd| *sd > 0.0)?;
            let half = Confidence::USUAL.t(crate::suppression::real(n - 1)).ok()?;
            let half = half * sd / crate::suppression::real(n).sqrt();
            let interval = crate::stats::Interval::around(found.mean, half)?;
            Some(DoseStep {
                // Where the ends lie is how often one person came.
                from: (place > 0).then_some(*from),
                to: (place < last).then_some(*to),
                people: n,
                mean: round.round(found.mean),
                interval: self.possible(round.interval(found.mean, interval)),
            })
        };
        joined.iter().enumerate().map(step).collect()
    }

    /// Whether those who completed and lack a total are nobody or enough.
    fn completers_are_safe(&self) -> bool {
        let Some(completion) = &self.asked.plan.completion else { return true };
        let (mut completed, mut measured) = (0_u64, 0_u64);
        self.each_pair(|person, before, after| {
            if self.asked.completed(completion, person) {
                completed += 1;
                measured += u64::from(before.is_some() && after.is_some());
            }
        });
        !is_small(completed - measured, self.floor())
    }
}
