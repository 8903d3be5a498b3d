//! Who sits where until when: nobody is asked again for a consent that ended with their seat.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use circle_model::{GroupEvent, Life};
use commons::{Code, EventId, MemberId};
use safety_protocols::{Circumstances, Occurrence, Subject, attribute, end_of_day};

use super::on_day;
use crate::UnitFile;

/// Uses of what somebody told that go on after they have left.
const OUTLIVES: [&str; 4] = ["recontact_after_exit", "story", "photo_audio", "store_abroad"];

/// The last day of a stay, and the event that ended it.
type End = (NaiveDate, EventId);

/// The stays of everybody, in every unit.
#[derive(Default)]
pub(super) struct Stays(BTreeMap<MemberId, Vec<Option<End>>>);

impl Stays {
    pub(super) fn take(&mut self, file: &UnitFile) {
        let closed = closed(file);
        for stay in file.group.roster().stays() {
            let left = file.group.facts().filter_map(|(id, fact)| {
                let GroupEvent::Left { cites, on, .. } = fact else { return None };
                cites.contains(&stay.joined).then_some((*on, id))
            });
            let end = left.chain(closed).min();
            self.0.entry(stay.member).or_default().push(end);
        }
    }

    /// The day on which somebody's last stay ended, where all have.
    fn end(&self, member: MemberId) -> Option<End> {
        let ends: Option<Vec<End>> = self.0.get(&member)?.iter().copied().collect();
        ends?.into_iter().max()
    }

    /// Having left the last unit answers what was to be asked again: there is no seat any more
    /// that the consent would be for.
    pub(super) fn left(
        &self,
        member: MemberId,
        consent: &[Occurrence],
        around: &Circumstances,
    ) -> Option<Occurrence> {
        let (on, event) = self.end(member)?;
        let until = end_of_day(on, around.zone);
        let with_the_seat = |one: &&Occurrence| {
            let scope = one.attribute(&attribute::SCOPE);
            one.happened_at <= until
                && !scope.is_some_and(|scope| OUTLIVES.contains(&scope.as_str()))
        };
        let openings = consent.iter().filter(with_the_seat).map(|one| one.event);
        let left = on_day(Code::of("member.gone"), event, Subject::Member(member), on, around);
        Some(left.answering(openings, [Code::of("left")]))
    }
}

/// The day on which a unit ended, and the event that says so.
pub(super) fn closed(file: &UnitFile) -> Option<End> {
    let Life::Ended { on: last, .. } = file.group.life() else { return None };
    let closings = file.group.facts().filter_map(|(id, fact)| {
        let GroupEvent::Closed { on, .. } = fact else { return None };
        (*on == last).then_some((*on, id))
    });
    closings.min()
}
