//! What is still to be done for people: matters followed to their end, referrals to the end of
//! the loop, each step on its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use circlekeeper::Release;
use commons::{Code, MatterId, MemberId, ReferralId, UnitId};
use event_log::EventLog;
use safety_protocols::{
    Category, Contact, Decider, HandOff, Harm, HelpBy, Helped, Involvement, MatterContent,
    ReferralEvent, SAFEGUARDING_LEAD, SUPERVISOR, Scope, Severity,
};

use crate::{
    RehearsalError,
    stage::{Stage, later},
};

/// A step on a day to come.
#[derive(Debug, Clone, Copy)]
enum Errand {
    /// Two days after: see the person again, and learn.
    SeeAgain(MatterId, Severity),
    /// Four weeks after: see them once more, and close.
    Close(MatterId, Severity),
    /// The service said yes.
    Accepted(ReferralId),
    /// They met.
    Met(ReferralId),
    /// The service and the member said what came of it.
    Ended(ReferralId),
}

/// Steps by day.
#[derive(Debug, Default)]
pub(crate) struct Diary(BTreeMap<NaiveDate, Vec<Errand>>);

/// What happened, and to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Happening {
    pub(crate) member: MemberId,
    pub(crate) unit: UnitId,
    pub(crate) severity: Severity,
    pub(crate) category: Category,
}

/// How far a referral goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goes {
    /// To the end: the member went, and both sides said so.
    ToTheEnd,
    /// It waits for an answer.
    Pending,
}

impl Diary {
    fn on(&mut self, day: NaiveDate, errand: Errand) {
        self.0.entry(day).or_default().push(errand);
    }

    /// Records a matter and does what is due the same day; the rest follows on its days.
    pub(crate) fn happens<L: EventLog>(
        &mut self,
        stage: &mut Stage<'_, L>,
        it: Happening,
        on: NaiveDate,
    ) -> Result<MatterId, RehearsalError> {
        let at = stage.now();
        let content = MatterContent {
            category: it.category,
            physical: Harm::None,
            psychological: Harm::Low,
            concerns: vec![it.member],
            reported_by: None,
            unit: Some(it.unit),
            account: "Made up for a rehearsal.".into(),
            written_at: at,
        };
        let matter = stage.keeper.open_matter(it.severity, at, Some(at), &content)?;
        self.look_after(stage, matter, it.severity, on)?;
        Ok(matter)
    }

    /// Does what a matter asks for on the day it is known.
    pub(crate) fn look_after<L: EventLog>(
        &mut self,
        stage: &mut Stage<'_, L>,
        matter: MatterId,
        severity: Severity,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let (at, keeper) = (stage.now(), Code::of("keeper"));
        stage.keeper.acknowledge(matter, &SUPERVISOR, at)?;
        let room: &[&'static str] = match severity {
            Severity::S1 => &["stayed", "record_written", "support_offered", "keeper_supported"],
            Severity::S2 => &["responded", "record_written", "support_offered"],
            Severity::S3 => &["responded", "record_written"],
            Severity::S4 | Severity::S0 => &["record_written"],
        };
        for action in room {
            stage.keeper.act(matter, &Code::of(action), &keeper, at)?;
        }
        stage.keeper.contacted(matter, Contact::Reached, &SUPERVISOR, at)?;
        self.on(later(on, 2), Errand::SeeAgain(matter, severity));
        Ok(())
    }

    /// Refers somebody with their word; what comes of it follows on its days.
    pub(crate) fn refers<L: EventLog>(
        &mut self,
        stage: &mut Stage<'_, L>,
        whom: (MemberId, Option<UnitId>, MemberId),
        to: (&'static str, HelpBy),
        goes: Goes,
        on: NaiveDate,
    ) -> Result<ReferralId, RehearsalError> {
        let (member, unit, witness) = whom;
        let service = stage.service(to.0)?;
        stage.consent(&[member], unit, &[Scope::Refer { service }], witness)?;
        let at = stage.now();
        // In an emergency help comes first, and what may be told is asked when things have settled.
        if to.1 != HelpBy::Emergency {
            let items = [Code::of("contact"), Code::of("reason")].into();
            let purpose = Code::of("referral");
            let release = Release { receiver: service, items, purpose, days: 60 };
            stage.keeper.release(member, unit, &release, at)?;
        }
        let referral = stage.keeper.refer(member, unit, service, to.1, at)?;
        if to.1 >= HelpBy::Urgent {
            let warm = ReferralEvent::FirstContactMade { hand_off: HandOff::Warm, at };
            stage.keeper.referral_went(referral, &warm)?;
        }
        self.on(later(on, 1), Errand::Accepted(referral));
        if goes == Goes::ToTheEnd {
            self.on(later(on, 6), Errand::Met(referral));
            self.on(later(on, 20), Errand::Ended(referral));
        }
        Ok(referral)
    }

    /// Does every step up to a day, each on its own.
    pub(crate) fn catch_up<L: EventLog>(
        &mut self,
        stage: &mut Stage<'_, L>,
        until: NaiveDate,
    ) -> Result<(), RehearsalError> {
        while let Some(entry) = self.0.first_entry().filter(|entry| *entry.key() <= until) {
            let (day, errands) = entry.remove_entry();
            stage.go_to(day, 7);
            for errand in errands {
                self.run(stage, errand, day)?;
            }
        }
        Ok(())
    }

    fn run<L: EventLog>(
        &mut self,
        stage: &mut Stage<'_, L>,
        errand: Errand,
        on: NaiveDate,
    ) -> Result<(), RehearsalError> {
        let at = stage.now();
        match errand {
            Errand::SeeAgain(matter, severity) => {
                if severity.is_urgent() {
                    stage.keeper.act(matter, &Code::of("checked_in"), &SUPERVISOR, at)?;
                }
                if severity == Severity::S1 {
                    stage.keeper.contacted(matter, Contact::Reached, &SUPERVISOR, at)?;
                }
                if Severity::S3 <= severity {
                    stage.keeper.learned(matter, &Code::of("talk"), at, at)?;
                }
                let days = if severity.is_urgent() { 25 } else { 0 };
                self.on(later(on, days), Errand::Close(matter, severity));
            }
            Errand::Close(matter, severity) => {
                let grave = severity.is_urgent();
                if grave {
                    stage.keeper.act(matter, &Code::of("checked_in_later"), &SUPERVISOR, at)?;
                }
                let role = if grave { SAFEGUARDING_LEAD } else { SUPERVISOR };
                let by = Decider { role, second: None, involvement: Involvement::None };
                stage.keeper.close_matter(matter, &by, &Code::of("settled"), at)?;
            }
            Errand::Accepted(referral) => {
                stage.keeper.referral_went(referral, &ReferralEvent::Accepted { at })?;
            }
            Errand::Met(referral) => {
                let met = ReferralEvent::FirstContactMade { hand_off: HandOff::Warm, at };
                stage.keeper.referral_went(referral, &met)?;
            }
            Errand::Ended(referral) => {
                let helped = ReferralEvent::MemberSaysHelped { answer: Helped::Yes, at };
                stage.keeper.referral_went(referral, &helped)?;
                stage.keeper.complete_referral(referral, &Code::of("seen"), at)?;
            }
        }
        Ok(())
    }
}
