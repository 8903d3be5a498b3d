//! A model as a group reads it: its terms.

use circle_model::{
    CadenceError, Holder, Joining, ModelRef, PlanError, SeatsError, TermsDraft, TermsError,
};
use commons::Refused;

use crate::{
    content::{Agenda, Content, Phase, Role, Segment},
    model::Model,
    words::{Level, Membership, Refill, RoleKind, Scope, SegmentKind, Shape, Stance},
};

/// Why a model gives no terms for a group.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[non_exhaustive]
pub enum NoTerms {
    /// Its units are no groups.
    #[error("a {shape} is not a group")]
    NotAGroup {
        /// What its units are.
        shape: Shape,
    },
    /// Its groups do not know this way of belonging.
    #[error("groups have no membership `{membership}` yet")]
    Membership {
        /// How people belong.
        membership: Membership,
    },
    /// People come as guests first, and it does not say how often at most.
    #[error("the model does not say how often a guest may come")]
    NoVisits,
    /// It names no number of days from one session to the next.
    #[error("the model names no days from one session to the next")]
    NoPeriod,
    /// Its sizes are not a group's.
    #[error(transparent)]
    Seats(#[from] SeatsError),
    /// Its rhythm is not a group's.
    #[error(transparent)]
    Cadence(#[from] CadenceError),
    /// Its phases are not a group's.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Its terms do not hold together.
    #[error(transparent)]
    Terms(#[from] TermsError),
}

impl Refused for NoTerms {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAGroup { .. } => "model.not-a-group",
            Self::Membership { .. } => "model.membership",
            Self::NoVisits => "model.no-visits",
            Self::NoPeriod => "model.no-period",
            Self::Seats(_) => "model.seats",
            Self::Cadence(_) => "model.cadence",
            Self::Plan(_) => "model.plan",
            Self::Terms(_) => "model.terms",
        }
    }
    fn figures(&self) -> commons::Figures {
        commons::Figures::of(self)
    }

    fn rule(&self) -> Option<commons::Rule> {
        None
    }

    fn way_out(&self) -> &'static str {
        match self {
            Self::NotAGroup { .. } | Self::Membership { .. } => {
                "choose a model of a group, or write the terms yourself"
            }
            Self::NoVisits => "give `guest_visits_max`",
            Self::NoPeriod => "let the community decide, and give `period_days` in its own copy",
            Self::Seats(_) | Self::Cadence(_) | Self::Plan(_) | Self::Terms(_) => {
                "correct the model file so that its group holds together"
            }
        }
    }
}

impl Model {
    /// What a group of this model agrees to be when it is formed.
    ///
    /// # Errors
    ///
    /// [`NoTerms`] when its units are no groups, it names no period, or what it says is more than
    /// a group can be.
    pub fn terms(&self) -> Result<circle_model::Terms, NoTerms> {
        let content = self.content();
        let group = &content.group;
        let completed_at = content.completion.as_ref().map(|it| it.attended_at_least);
        Ok(circle_model::Terms::new(TermsDraft {
            model: ModelRef { id: self.id().clone(), version: self.version() },
            shape: shape(content.shape)?,
            seats: circle_model::Seats::new(group.min, group.target, group.max)?,
            joining: joining(content)?,
            cadence: cadence(content)?,
            roles: roles(content),
            forbidden_roles: content.forbidden_roles.iter().map(|role| role.id.clone()).collect(),
            plan: circle_model::Plan::new(content.phases.iter().map(phase).collect())?,
            agenda: content.agenda.as_ref().map(agenda).unwrap_or_default(),
            completed_at,
            decide_within_days: decide_within_days(content),
            fixed_rules: content
                .rules
                .iter()
                .filter(|rule| rule.fixed)
                .map(|rule| rule.id.clone())
                .collect(),
        })?)
    }

    /// The rules of a level that hold in this model: its own, and the universal ones that it does
    /// not switch off.
    pub fn rules(&self, level: Level) -> impl Iterator<Item = &'static crate::RuleRow> {
        let own = self.content().rules.iter().filter(move |rule| rule.level == level);
        let own = own.filter_map(|rule| crate::rule_of(&rule.id));
        let universal = crate::rule_table().iter().filter(move |row| {
            let content = self.content();
            row.is_universal()
                && row.level == level
                && !content.rules.iter().any(|rule| rule.id == row.id)
                && !content.switched_off.iter().any(|off| off.rule == row.id)
        });
        own.chain(universal)
    }
}

const fn shape(shape: Shape) -> Result<circle_model::Shape, NoTerms> {
    match shape {
        Shape::ClosedGroup => Ok(circle_model::Shape::Closed),
        Shape::OpenGroup => Ok(circle_model::Shape::Open),
        Shape::OneToOne => Ok(circle_model::Shape::OneToOne),
        Shape::Case
        | Shape::Place
        | Shape::Residential
        | Shape::Course
        | Shape::Event
        | Shape::CommunityDefined
        | Shape::Ledger
        | Shape::Plan
        | Shape::Directory => Err(NoTerms::NotAGroup { shape }),
    }
}

/// By consent where a refill asks for it; else until the cut-off, which is the first session where none is said.
fn joining(content: &Content) -> Result<Joining, NoTerms> {
    let group = &content.group;
    match group.membership {
        Membership::Closed | Membership::OneToOne => Ok(match group.refill {
            Some(Refill::ByConsent) => Joining::ByConsent,
            Some(Refill::Yes) => Joining::UntilSession { session: content.cadence.sessions },
            Some(Refill::No) | None => {
                Joining::UntilSession { session: group.join_until_session.unwrap_or(1) }
            }
        }),
        // Who comes to an open meeting is welcome; nobody keeps a list.
        Membership::Open | Membership::DropIn => Ok(Joining::DropIn),
        Membership::GuestThenMember => Ok(Joining::AfterVisits {
            fewest: group.guest_visits_min.unwrap_or(0),
            most: group.guest_visits_max.ok_or(NoTerms::NoVisits)?,
        }),
        membership @ (Membership::Rolling
        | Membership::Event
        | Membership::Case
        | Membership::Residential) => Err(NoTerms::Membership { membership }),
    }
}

fn cadence(content: &Content) -> Result<circle_model::Cadence, NoTerms> {
    let cadence = &content.cadence;
    let every_days = cadence.period_days.ok_or(NoTerms::NoPeriod)?;
    Ok(circle_model::Cadence::new(
        every_days,
        cadence.slack_days.unwrap_or(0),
        cadence.sessions,
        cadence.minutes,
        cadence.slack_percent.unwrap_or(0),
    )?)
}

/// The days that U-02 gives; where it is switched off, nobody has to decide.
fn decide_within_days(content: &Content) -> Option<u16> {
    let rule = content.rules.iter().find(|rule| rule.id.as_str() == "U-02");
    let days = rule.and_then(|rule| rule.param("decision_days"));
    days.and_then(|days| u16::try_from(days).ok())
}

/// The roles of the room. Liaisons stand outside it, so terms do not know them.
fn roles(content: &Content) -> Vec<circle_model::Role> {
    let inside = content.roles.iter().filter(|role| role.kind != RoleKind::Liaison);
    inside.map(|it| role(it, content.group.max)).collect()
}

fn role(role: &Role, seats: u16) -> circle_model::Role {
    let holder = match role.kind {
        RoleKind::Participant => Holder::Member,
        RoleKind::Lead if role.from_participants => Holder::Member,
        RoleKind::Lead => Holder::Facilitator,
        RoleKind::Staff => Holder::Staff,
        RoleKind::Supervisor | RoleKind::Liaison => Holder::Supervisor,
    };
    let scope = match role.scope {
        Scope::Session => circle_model::Scope::Session,
        Scope::Unit => circle_model::Scope::Unit,
        Scope::Site | Scope::Program => circle_model::Scope::Program,
    };
    circle_model::Role {
        id: role.id.clone(),
        scope,
        holder,
        fewest: role.min.unwrap_or(0),
        most: role.max.unwrap_or(seats),
        from_phase: role.from_phase.clone(),
        until_phase: role.until_phase.clone(),
        trained: !role.training.is_empty(),
    }
}

fn phase(phase: &Phase) -> circle_model::Phase {
    let stance = match phase.stance {
        Stance::Interviewer | Stance::Trainer | Stance::Convenor => None,
        Stance::Facilitator => Some(circle_model::Stance::Facilitator),
        Stance::Observer => Some(circle_model::Stance::Observer),
        Stance::OnCall => Some(circle_model::Stance::OnCall),
        Stance::Consult => Some(circle_model::Stance::Absent),
    };
    circle_model::Phase {
        id: phase.id.clone(),
        sessions: phase.first_session.zip(phase.last_session),
        stance,
        entry: phase.enter.clone(),
        exit: phase.exit.clone(),
    }
}

fn agenda(agenda: &Agenda) -> circle_model::Agenda {
    circle_model::Agenda {
        segments: agenda.segments.iter().map(segment).collect(),
        fixed_order: agenda.fixed_order,
    }
}

const fn segment(segment: &Segment) -> circle_model::Segment {
    use circle_model::SegmentKind as Kind;
    let kind = match segment.kind {
        SegmentKind::Ritual => Kind::Ritual,
        SegmentKind::Settle => Kind::Settle,
        SegmentKind::Round => Kind::Round,
        SegmentKind::Movement => Kind::Movement,
        SegmentKind::Breathing => Kind::Breathing,
        SegmentKind::Activity => Kind::Activity,
        SegmentKind::Share => Kind::Share,
        SegmentKind::Care => Kind::Care,
        SegmentKind::Close => Kind::Close,
    };
    circle_model::Segment { kind, minutes: segment.minutes }
}
