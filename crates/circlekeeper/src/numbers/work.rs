//! Counts of the work: matters, referrals, duties, trainings, staff.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use commons::{ClassId, MatterId, MemberId, ReferralId};
use event_log::{EventLog, Key};
use outcomes::Work;
use safety_protocols::{Exit, Matter, MatterEvent, Progress, Referral, due};

use super::stream;
use crate::{Keeper, KeeperError, Standing, Surroundings};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    pub(super) fn work(&mut self, now: DateTime<Utc>) -> Result<Work, KeeperError> {
        let mut work = Work::default();
        // By kind, not by circle: what arose outside of every circle counts too.
        for matter in self.ids_of::<MatterId>("matter.opened")? {
            take_matter(&mut work, &self.matter(matter)?.matter);
        }
        for referral in self.ids_of::<ReferralId>("referral.")? {
            take_referral(&mut work, &self.referral(referral)?.referral);
        }
        self.take_trainings(&mut work)?;
        let duties = self.duties()?;
        for late in due(&duties, now).iter().filter(|due| due.late_by.is_some()) {
            *work.overdue.entry(late.obligation.what.clone()).or_default() += 1;
        }
        let enrolled = self.people_by_standing()?;
        work.facilitators = enrolled.get(&Standing::Facilitator).copied().unwrap_or(0);
        work.supervisors = enrolled.get(&Standing::Supervisor).copied().unwrap_or(0);
        Ok(work)
    }

    fn take_trainings(&mut self, work: &mut Work) -> Result<(), KeeperError> {
        let today = self.today()?;
        for class in self.ids_of::<ClassId>("class.announced")? {
            let file = self.class(class)?;
            let planned = file.class.course().map_or(0, |course| course.modules().len());
            work.modules_planned += planned as u64;
            work.modules_delivered += file.class.modules_held(today).len() as u64;
        }
        Ok(())
    }

    fn people_by_standing(&mut self) -> Result<BTreeMap<Standing, u64>, KeeperError> {
        let mut counts = BTreeMap::new();
        for member in self.ids_of::<MemberId>("member.enrolled")? {
            if let Some((standing, _)) = self.member(member)?.enrolled {
                *counts.entry(standing).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// The streams that have an event of a kind, each once.
    fn ids_of<T: From<uuid::Uuid> + Into<Key> + Ord>(
        &self,
        kind: &str,
    ) -> Result<BTreeSet<T>, KeeperError> {
        let found = self.log.read_kind(kind).map_err(KeeperError::store)?;
        Ok(found.events.iter().map(stream).collect())
    }
}

/// A raised answer is counted apart, so that the other incidents are not solved from it.
fn take_matter(work: &mut Work, matter: &Matter) {
    let Some(severity) = matter.severity() else { return };
    let raised =
        |fact: &MatterEvent| matches!(fact, MatterEvent::Opened { before_leaving: true, .. });
    if matter.facts().live().any(|(_, fact)| raised(fact)) {
        work.raised += 1;
    } else {
        *work.incidents.entry(severity.code()).or_default() += 1;
    }
}

fn take_referral(work: &mut Work, referral: &Referral) {
    let progress = referral.progress();
    match progress {
        // It was never meant to be, or nothing of it stands.
        Progress::Unknown | Progress::Stopped(Exit::EnteredInError) => {}
        Progress::Stopped(Exit::Rejected | Exit::Failed | Exit::Cancelled) => {
            work.referrals.ended += 1;
        }
        _ if referral.loop_is_closed() => work.referrals.closed += 1,
        Progress::Stopped(Exit::OnHold)
        | Progress::Draft
        | Progress::Requested
        | Progress::Accepted
        | Progress::InProgress
        | Progress::Completed => work.referrals.open += 1,
    }
}
