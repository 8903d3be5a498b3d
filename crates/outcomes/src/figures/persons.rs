//! Each person by both totals, for a team that asks to see them.

use super::scale::AskedScale;
use super::{Persons, Totals};
use crate::Interpretation;
use crate::suppression::Audience;

impl AskedScale<'_> {
    /// The totals of each person at the first timepoint and at the last, in the order of the totals. Only
    /// where the plan asks for it, for the program's own team, of no fewer people than the floor and of no more
    /// than can be told apart in a picture.
    pub(super) fn persons(&self) -> Option<Persons> {
        let plan = self.asked.plan;
        if !plan.each_person || plan.audience != Audience::Inside {
            return None;
        }
        let both = self.paired.both();
        if both < self.floor() || Persons::MOST < both {
            return None;
        }
        let ways = self.ways.iter().filter_map(|way| way.both());
        let mut totals: Vec<Totals> =
            ways.map(|(before, after, people)| Totals { before, after, people }).collect();
        let place = |it: &Totals| (it.before.to_f64(), it.after.to_f64());
        totals.sort_by(|one, other| {
            place(one).partial_cmp(&place(other)).unwrap_or(std::cmp::Ordering::Equal)
        });
        let cut = self.cut_off();
        let change = self.scale.change.as_ref();
        Some(Persons {
            totals,
            cut_off: cut.as_ref().map(|cut| (cut.at, cut.side)),
            cut_by: cut.as_ref().map(|cut| Interpretation::CutOff(cut).into()),
            noise: change.map(|by| by.points),
            noise_by: change.map(|by| Interpretation::Change(by).into()),
        })
    }
}
