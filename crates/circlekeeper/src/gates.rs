//! Gates: rules that need more than one room. Every unmet one is listed, with its way out.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use circle_model::{Condition, Decision, Evidence, Holder, Proposal};
use commons::{Code, MemberId, Refused, Rule, UnitId};
use curriculum::{Need, Reached};
use event_log::EventLog;
use safety_protocols::{
    Assurance, AssuranceLimits, CardLimits, LateLimits, Lateness, LoadLimits, Modal, PeerLeadPlan,
    Requirement, Rulebook, Scope, ServiceStatus, Severity, Verdict, When,
};

use crate::{DocumentKind, Keeper, KeeperError, Surroundings, UnitFile};

/// Somebody is not authorized for a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this person is not authorized as {role}")]
pub struct NotAuthorized {
    /// The role.
    pub role: Code,
}

impl Refused for NotAuthorized {
    fn code(&self) -> &'static str {
        "gate.not_authorized"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("U-04"))
    }
    fn way_out(&self) -> &'static str {
        "complete the training and its healing component, then authorize the person"
    }
}

/// A supervisor cannot facilitate the group they supervise (SH-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the supervisor of a group does not facilitate it")]
pub struct SupervisorLeads;

impl Refused for SupervisorLeads {
    fn code(&self) -> &'static str {
        "gate.supervisor_leads"
    }
    fn rule(&self) -> Option<Rule> {
        Some(Rule::of("SH-02"))
    }
    fn way_out(&self) -> &'static str {
        "name another supervisor, or another facilitator"
    }
}

/// A group that would go on as another kind of group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoingOn {
    /// The model it would follow, such as `savings-group`.
    pub model: Code,
    /// Who chose to go on.
    pub volunteers: BTreeSet<MemberId>,
    /// Who was elected.
    pub committee: BTreeSet<MemberId>,
    /// Whether a constitution was adopted.
    pub constitution: bool,
}

/// The fewest who go on together (SH-09; the model's own figure).
const VOLUNTEERS_FEWEST: usize = 10;

/// What must be true before a group goes on as another kind (SH-09).
#[must_use]
pub fn going_on_gate(going: &GoingOn) -> Verdict {
    let must = |what, way_out, met, missing: Option<usize>| Requirement {
        rule: Rule::of("SH-09"),
        modal: Modal::Must,
        what: Code::of(what),
        met,
        way_out: Code::of(way_out),
        who: Code::of("keeper"),
        when: When::DoNow,
        missing: missing.and_then(|missing| u32::try_from(missing).ok()),
    };
    let volunteers = going.volunteers.len();
    let elected = !going.committee.is_empty() && going.committee.is_subset(&going.volunteers);
    Verdict::of(
        [
            must(
                "volunteers",
                "offer_merge",
                volunteers >= VOLUNTEERS_FEWEST,
                VOLUNTEERS_FEWEST.checked_sub(volunteers),
            ),
            must("committee", "elect_committee", elected, None),
            must("constitution", "adopt_constitution", going.constitution, None),
        ],
        &[],
        None,
    )
}

/// Everybody who facilitates a unit on a day.
#[must_use]
pub fn facilitators(file: &UnitFile, on: NaiveDate) -> BTreeSet<MemberId> {
    let Some(terms) = file.group.terms() else { return BTreeSet::new() };
    let posts = file.group.posts().into_iter().filter(|post| post.days.contains(on));
    let leads = |role: &Code| {
        terms
            .role(role)
            .is_some_and(|role| matches!(role.holder, Holder::Facilitator | Holder::Staff))
    };
    posts.filter(|post| leads(&post.role)).map(|post| post.member).collect()
}

/// Who supervises a unit on a day, without the deputies.
#[must_use]
pub fn supervisors(file: &UnitFile, on: NaiveDate) -> BTreeSet<MemberId> {
    use safety_protocols::SupervisionEvent::{Arranged, Ended};
    let facts = || file.supervision.facts().live();
    let mut over = BTreeSet::new();
    for (_, fact) in facts() {
        if let Arranged { from, replaces, .. } = fact
            && *from <= on
        {
            over.extend(replaces);
        } else if let Ended { arrangement, on: last } = fact
            && *last < on
        {
            over.insert(*arrangement);
        }
    }
    let standing = facts().filter(|(id, _)| !over.contains(id));
    standing
        .filter_map(|(_, fact)| {
            let Arranged { supervisor, from, .. } = fact else { return None };
            (*from <= on).then_some(*supervisor)
        })
        .collect()
}

/// A rule that is looked at.
fn looked_at(
    rule: &'static str,
    what: &'static str,
    way_out: &'static str,
    who: &'static str,
    met: bool,
) -> Requirement {
    Requirement {
        rule: Rule::of(rule),
        modal: Modal::Must,
        what: Code::of(what),
        met,
        way_out: Code::of(way_out),
        who: Code::of(who),
        when: if who == "keeper" { When::DoNow } else { When::SomeoneElse },
        missing: None,
    }
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Everything that must be in place before a group opens.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn opening_gate(&mut self, unit: UnitId, on: NaiveDate) -> Result<Verdict, KeeperError> {
        let file = self.unit(unit)?;
        let mut wanted = self.safety_plan(&file, on)?;
        wanted.push(self.consent_of_all(&file, on)?);
        let supervised = file.supervision.arrangement(on).is_some();
        wanted.push(looked_at("SV-01", "supervisor", "name_supervisor", "coordinator", supervised));
        wanted.extend(self.roles_filled(&file, on)?);
        let agreed = file.group.agreement().is_some();
        wanted.push(Requirement {
            modal: Modal::Should,
            when: When::AtFirstMeeting,
            ..looked_at("U-06", "agreement", "adopt_agreement", "keeper", agreed)
        });
        Ok(Verdict::of(wanted, &[], None))
    }

    /// The safety plan of U-07: the card with its numbers, and somebody to refer to for each need.
    fn safety_plan(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let program = self.program()?;
        let mut wanted = vec![looked_at(
            "U-07",
            "crisis_card",
            "publish_card",
            "coordinator",
            program.card.published(on).is_some(),
        )];
        let untested = program.card.faults(on, CardLimits::of(Rulebook::shipped())).len();
        wanted.push(Requirement {
            modal: Modal::Should,
            missing: u32::try_from(untested).ok(),
            ..looked_at("DR-03", "card_calls", "call_numbers", "coordinator", untested == 0)
        });
        let limits = AssuranceLimits::of(Rulebook::shipped());
        let helped: BTreeSet<Code> = program
            .services
            .values()
            .filter(|service| {
                service.status(on) == ServiceStatus::Active
                    && !matches!(service.assurance(on, limits), Assurance::Refused { .. })
            })
            .flat_map(|service| service.categories().into_iter().cloned())
            .collect();
        let model = file.group.terms().map(|terms| terms.get().model.id.clone());
        let asked = match model {
            Some(model) => {
                self.model(&model).map(|model| model.content().safety.referral_categories.clone())
            }
            None => Ok(Vec::new()),
        };
        // A group may stand on terms without a model; then no category is asked for.
        for category in asked.unwrap_or_default() {
            let met = helped.contains(&category);
            wanted.push(Requirement {
                what: category,
                ..looked_at("U-07", "category", "list_service", "coordinator", met)
            });
        }
        Ok(wanted)
    }

    /// Consent to take part, of everybody who is seated (U-05).
    fn consent_of_all(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<Requirement, KeeperError> {
        let without = self.without_consent(file, on)?;
        let met = without == 0;
        let missing = (!met).then_some(without);
        Ok(Requirement { missing, ..looked_at("U-05", "consent", "ask_consent", "keeper", met) })
    }

    fn without_consent(&mut self, file: &UnitFile, on: NaiveDate) -> Result<u32, KeeperError> {
        let zone = self.founded()?.zone;
        let at = safety_protocols::end_of_day(on, zone);
        let mut without = 0;
        for stay in file.group.roster().seated(on) {
            if !self.member(stay.member)?.consent.allows(&Scope::Participate, at) {
                without += 1;
            }
        }
        Ok(without)
    }

    /// The facilitators that the terms ask for, assigned and authorized (U-04, SH-03).
    fn roles_filled(
        &mut self,
        file: &UnitFile,
        on: NaiveDate,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let mut wanted = Vec::new();
        let Some(terms) = file.group.terms() else { return Ok(wanted) };
        let phase = file.group.phase_on(on).map(|phase| &phase.id);
        let asked = terms
            .get()
            .roles
            .iter()
            .filter(|role| role.holder == Holder::Facilitator && role.fewest > 0);
        for role in asked.filter(|role| terms.role_exists_in(role, phase)) {
            let mut ready = 0_u32;
            for member in file.group.in_role(&role.id, on) {
                if !role.trained || self.may_lead(member, &role.id, on)? {
                    ready += 1;
                }
            }
            let missing = u32::from(role.fewest).checked_sub(ready).filter(|missing| *missing > 0);
            let met = missing.is_none();
            let what = role.id.clone();
            wanted.push(Requirement {
                what,
                missing,
                ..looked_at("U-04", "role", "assign_trained", "coordinator", met)
            });
        }
        Ok(wanted)
    }

    /// Whether somebody is authorized for a role on a day.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn may_lead(
        &mut self,
        member: MemberId,
        role: &Code,
        on: NaiveDate,
    ) -> Result<bool, KeeperError> {
        Ok(self.authorization(member, role, on)?.is_some_and(|found| found.is_authorized()))
    }

    /// Everything that must be in place before a session is planned.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn session_gate(
        &mut self,
        unit: UnitId,
        proposal: &Proposal,
    ) -> Result<Verdict, KeeperError> {
        let file = self.unit(unit)?;
        let on = proposal.at.date;
        let mut wanted = Vec::new();
        for (member, role) in &proposal.led_by {
            let trained = file.group.role(role).map_err(KeeperError::refused)?.trained;
            let met = !trained || self.may_lead(*member, role, on)?;
            wanted.push(looked_at("U-04", "authorized", "authorize", "coordinator", met));
        }
        // Settled: an independent circle is offered peer consultation and never paused for lacking
        // the staff it must not have; `lateness` knows the arrangement.
        let lateness = file.supervision.lateness(on, LateLimits::of(Rulebook::shipped()));
        let met = lateness < Lateness::Paused;
        wanted.push(looked_at("SP-03", "supervision", "hold_supervision", "supervisor", met));
        wanted.extend(self.syllabus_needs(&file, proposal.number, on)?);
        Ok(Verdict::of(wanted, &[], None))
    }

    /// What the syllabus asks before a session, such as SH-06.
    fn syllabus_needs(
        &mut self,
        file: &UnitFile,
        number: u16,
        on: NaiveDate,
    ) -> Result<Vec<Requirement>, KeeperError> {
        let Some(model) = file.group.terms().map(|terms| terms.get().model.id.clone()) else {
            return Ok(Vec::new());
        };
        let Ok(model) = self.model(&model) else { return Ok(Vec::new()) };
        let Ok(Some(syllabus)) = model.syllabus() else { return Ok(Vec::new()) };
        let reached = Reached {
            held: file.meetings().held_before(on),
            supervised: file.supervision.last_held(on),
            modules: BTreeSet::new(),
            measures: BTreeSet::new(),
            reachable: [Code::of("supervisor")].into(),
        };
        let unmet = syllabus.unmet(number, &reached, on).unwrap_or_default();
        Ok(unmet
            .into_iter()
            .map(|need| {
                let (what, way_out, who) = if matches!(need, Need::SessionsHeld { .. }) {
                    ("sessions_held", "hold_sessions", "keeper")
                } else if matches!(need, Need::SupervisionWithin { .. }) {
                    ("supervision_within", "hold_supervision", "supervisor")
                } else {
                    ("syllabus", "follow_syllabus", "keeper")
                };
                looked_at("SH-06", what, way_out, who, false)
            })
            .collect())
    }

    /// Whether grave matters of the unit are open (U-08).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn closing_gate(&mut self, unit: UnitId) -> Result<Verdict, KeeperError> {
        let file = self.unit(unit)?;
        let grave = file
            .matters
            .values()
            .filter(|matter| !matter.is_closed())
            .filter_map(safety_protocols::Matter::severity);
        let open = grave.filter(|severity| severity.is_urgent()).count();
        let missing = u32::try_from(open).ok().filter(|open| *open > 0);
        let wanted = Requirement {
            missing,
            ..looked_at("U-08", "open_matters", "close_matters", "supervisor", open == 0)
        };
        Ok(Verdict::of([wanted], &[], None))
    }

    /// What is known when a phase is to be entered: what the store knows, and what the caller adds
    /// (signatures, modules of a class, an election).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn evidence(
        &mut self,
        unit: UnitId,
        phase: &Code,
        more: &Evidence,
        on: NaiveDate,
    ) -> Result<Evidence, KeeperError> {
        let file = self.unit(unit)?;
        let meetings = file.meetings();
        let roster = file.group.roster();
        let delivery = meetings.delivery();
        let (distinct_facilitators, least_led) = meetings.led(on);
        let reviewed = file.group.reviewed();
        let began = file.group.phase().and_then(|phase| file.group.entered(&phase.id));
        let gravest = file
            .matters
            .values()
            .filter(|matter| !matter.is_closed())
            .filter_map(safety_protocols::Matter::severity)
            .filter(|severity| *severity != Severity::S0)
            .max();
        let percent = delivery.attended * 100;
        let days = |since: NaiveDate| u16::try_from((on - since).num_days()).unwrap_or(0);
        Ok(Evidence {
            sessions_held: delivery.held,
            without_consent: u16::try_from(self.without_consent(&file, on)?).unwrap_or(u16::MAX),
            attendance_percent: percent
                .checked_div(delivery.possible)
                .and_then(|percent| u8::try_from(percent).ok()),
            members: roster.count(on),
            roles_present: began
                .map(|began| meetings.roles_present_since(began).into_iter().collect())
                .unwrap_or_default(),
            distinct_facilitators,
            least_led,
            gravest_open: gravest.map(|severity| severity.code()),
            vote: file.group.vote(&Decision::EnterPhase { phase: phase.clone() }),
            days_in_phase: began.map_or(0, days),
            measured: self.measured(&file, on)?,
            documents: file
                .group
                .agreement()
                .into_iter()
                .flat_map(|_| [Code::of("agreement"), Code::of("ground_rules")])
                .chain(more.documents.iter().cloned())
                .collect(),
            without_review: u16::try_from(
                roster.seated(on).filter(|stay| !reviewed.contains(&stay.member)).count(),
            )
            .unwrap_or(u16::MAX),
            supervised_days_ago: file.supervision.last_held(on).map(days),
            on,
            ..more.clone()
        })
    }

    /// The share of members with a sheet or a recorded refusal, at each timepoint the plan names.
    fn measured(&mut self, file: &UnitFile, on: NaiveDate) -> Result<Vec<(Code, u8)>, KeeperError> {
        let Some(terms) = file.group.terms() else { return Ok(Vec::new()) };
        let conditions = terms
            .get()
            .plan
            .phases()
            .iter()
            .flat_map(|phase| phase.entry.iter().chain(&phase.exit));
        let timepoints: BTreeSet<&Code> = conditions
            .filter_map(|condition| {
                if let Condition::MeasureCollected { timepoint, .. } = condition {
                    Some(timepoint)
                } else {
                    None
                }
            })
            .collect();
        let members: Vec<MemberId> =
            file.group.roster().seated(on).map(|stay| stay.member).collect();
        let mut shares = Vec::new();
        for timepoint in timepoints {
            let mut answered = 0_usize;
            for member in &members {
                let measures = &self.member(*member)?.measures;
                if measures.answered(timepoint) {
                    answered += 1;
                }
            }
            let percent = (answered * 100)
                .checked_div(members.len())
                .and_then(|percent| u8::try_from(percent).ok());
            shares.push((timepoint.clone(), percent.unwrap_or(0)));
        }
        Ok(shares)
    }

    /// Whether somebody supervises a unit, as its supervisor or deputy.
    pub(crate) fn supervises(
        &mut self,
        unit: UnitId,
        member: MemberId,
    ) -> Result<bool, KeeperError> {
        Ok(self.unit(unit)?.supervision.stand_by(NaiveDate::MAX).contains(&member))
    }

    /// Everybody who facilitates a group that somebody supervises on a day.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn supervisees(
        &mut self,
        supervisor: MemberId,
        on: NaiveDate,
    ) -> Result<BTreeSet<MemberId>, KeeperError> {
        let mut seen = BTreeSet::new();
        for unit in self.units()? {
            let file = self.unit(unit)?;
            if supervisors(&file, on).contains(&supervisor)
                && !matches!(file.group.life(), circle_model::Life::Ended { .. })
            {
                seen.extend(facilitators(&file, on));
            }
        }
        Ok(seen)
    }

    /// Weighs how many facilitators a supervisor would stand by: a warning above ten, a refusal
    /// above twelve without a recorded plan in which senior assistants lead peer supervision.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`], [`KeeperError::Store`].
    pub fn supervision_load(
        &mut self,
        supervisees: u16,
    ) -> Result<safety_protocols::Load, KeeperError> {
        let program = self.program()?;
        let plans = program
            .documents(DocumentKind::PeerLeadPlan)
            .filter_map(|(_, adopted)| serde_json::from_slice(&adopted.bytes).ok());
        let plan: Option<PeerLeadPlan> = plans.last();
        LoadLimits::of(Rulebook::shipped()).weigh(supervisees, plan).map_err(KeeperError::refused)
    }
}
