//! What was played, counted in the program itself.

use std::collections::{BTreeMap, BTreeSet};

use circle_model::Decision;
use circlekeeper::{Keeper, KeeperError, Standing, Surroundings, gates};
use commons::{MatterId, MemberId};
use event_log::EventLog;
use safety_protocols::Progress;
use serde::Serialize;

use crate::RehearsalError;

/// Counts of a program, read back from its store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// People enrolled to sit in a circle.
    pub people: u64,
    /// People enrolled to facilitate or accompany.
    pub facilitators: u64,
    /// Supervisors who stand by a group.
    pub supervisors: u64,
    /// The most facilitators that one of them sees.
    pub most_seen: u64,
    /// Groups.
    pub circles: u64,
    /// Sessions held.
    pub sessions: u64,
    /// Marks of attendance.
    pub marks: u64,
    /// Marks of people who came.
    pub attended: u64,
    /// Sheets of measures.
    pub measures: u64,
    /// Matters.
    pub incidents: u64,
    /// Matters that are open.
    pub incidents_open: u64,
    /// Referrals.
    pub referrals: u64,
    /// Referrals whose loop is not closed.
    pub referrals_open: u64,
    /// People who completed their group.
    pub completed: u64,
    /// Groups that go on as another kind of group.
    pub going_on: u64,
    /// People on the waiting list.
    pub waiting: u64,
    /// Events in the log, without its origins.
    pub events: u64,
}

impl Counts {
    /// Counts what is in a program. Works locked.
    ///
    /// # Errors
    ///
    /// Whatever the store says.
    pub fn read<L: EventLog, S: Surroundings>(
        keeper: &mut Keeper<L, S>,
    ) -> Result<Self, RehearsalError> {
        let mut counts = Self::default();
        let mut seen: BTreeMap<MemberId, BTreeSet<MemberId>> = BTreeMap::new();
        for unit in keeper.units()? {
            let file = keeper.unit(unit)?;
            counts.circles += 1;
            counts.take_sessions(&file);
            for measures in file.measures.values() {
                counts.measures += measures.sheets().len() as u64;
            }
            let open = file.referrals.values().filter(|one| one.progress() < Progress::Completed);
            counts.referrals_open += open.count() as u64;
            if let Some(on) = file.group.opened_on().or_else(|| file.group.formed_on()) {
                for supervisor in gates::supervisors(&file, on) {
                    seen.entry(supervisor).or_default().extend(gates::facilitators(&file, on));
                }
            }
        }
        counts.supervisors = seen.len() as u64;
        counts.most_seen = seen.values().map(BTreeSet::len).max().unwrap_or(0) as u64;
        counts.take_people(keeper)?;
        counts.incidents = of_kind(keeper, "matter.opened")?;
        counts.incidents_open = open_matters(keeper)?;
        counts.referrals = of_kind(keeper, "referral.drafted")?;
        counts.waiting = of_kind(keeper, "member.wait_listed")?;
        let heads = keeper.log().heads().map_err(KeeperError::store)?;
        counts.events = heads.iter().map(|head| head.seq.saturating_sub(1)).sum();
        Ok(counts)
    }

    fn take_sessions(&mut self, file: &circlekeeper::UnitFile) {
        let meetings = file.meetings();
        for session in meetings.held() {
            self.sessions += 1;
            let marks = session.session.marks();
            self.marks += marks.len() as u64;
            self.attended += marks.values().filter(|mark| mark.attended()).count() as u64;
        }
        let roster = file.group.roster();
        let members: BTreeSet<MemberId> = roster.stays().iter().map(|stay| stay.member).collect();
        self.completed +=
            members.into_iter().filter(|member| meetings.completed(*member)).count() as u64;
        let goes =
            file.group.decisions().any(|(_, what, _)| matches!(what, Decision::Continue { .. }));
        self.going_on += u64::from(goes);
    }

    fn take_people<L: EventLog, S: Surroundings>(
        &mut self,
        keeper: &mut Keeper<L, S>,
    ) -> Result<(), RehearsalError> {
        let enrolled = keeper.log().read_kind("member.enrolled").map_err(KeeperError::store)?;
        for event in &enrolled.events {
            let member = uuid_of(event);
            match keeper.member(member)?.enrolled {
                Some((Standing::Participant, _)) => self.people += 1,
                Some((Standing::Facilitator, _)) => self.facilitators += 1,
                Some(_) | None => {}
            }
        }
        Ok(())
    }
}

/// The member whose stream an event is of.
pub(crate) fn uuid_of(event: &event_log::Event) -> MemberId {
    MemberId::from_bytes(event.header().keys.stream().bytes())
}

fn of_kind<L: EventLog, S: Surroundings>(
    keeper: &Keeper<L, S>,
    kind: &str,
) -> Result<u64, RehearsalError> {
    Ok(keeper.log().read_kind(kind).map_err(KeeperError::store)?.events.len() as u64)
}

/// Matters that are open, in whatever unit they arose, or in none.
fn open_matters<L: EventLog, S: Surroundings>(
    keeper: &mut Keeper<L, S>,
) -> Result<u64, RehearsalError> {
    let opened = keeper.log().read_kind("matter.opened").map_err(KeeperError::store)?;
    let mut open = 0;
    for event in &opened.events {
        let matter = MatterId::from_bytes(event.header().keys.stream().bytes());
        open += u64::from(!keeper.matter(matter)?.matter.is_closed());
    }
    Ok(open)
}
