//! What a model says, table by table.

mod care;
mod people;
mod results;
mod rules;
mod session;

pub use care::{
    Caution, Consent, ConsentScope, Contact, Deferral, Exclusion, GroundRule, Observation, Safety,
    Screening, Supervision,
};
pub use people::{Cadence, ForbiddenRole, Group, Phase, Role};
pub use results::{
    AfterPhase, Completion, Fees, Incentive, IncentiveTerm, Measure, Measuring, Timepoint,
};
pub use rules::{Data, Figure, ModelRule, SwitchedOff, Unverified};
pub use session::{Activity, Agenda, Component, Lesson, Module, Segment, Training};

use commons::Code;

use crate::{reading::parts, words::Shape};

parts! {
    /// All that a model says. The sources and the basis of each figure are asked of the
    /// [`Model`](crate::Model).
    pub struct Content {
        /// Its id.
        pub id: Code,
        /// Its version.
        pub version: u16,
        /// Its name, as reports print it.
        pub name: String,
        /// What its unit is.
        pub shape: Shape,
        /// What it is for.
        pub summary: String,
        /// Where it comes from.
        pub identity: Identity,
        /// How many people, and how they belong.
        pub group: Group,
        /// How often, how many and how long.
        pub cadence: Cadence,
        /// Who may hold which role.
        pub roles: Vec<Role>,
        /// Roles that nobody may hold.
        pub forbidden_roles: Vec<ForbiddenRole>,
        /// The phases, first to last.
        pub phases: Vec<Phase>,
        /// The parts of a session, where it has any.
        pub agenda: Option<Agenda>,
        /// What people learn before they lead.
        pub training: Vec<Training>,
        /// The sessions one by one, where they have themes.
        pub syllabus: Vec<Lesson>,
        /// The kinds of activity and their shares.
        pub activities: Vec<Activity>,
        /// What is talked about before training.
        pub screening: Option<Screening>,
        /// Who stands behind those who lead.
        pub supervision: Supervision,
        /// What the unit is asked to agree to.
        pub ground_rules: Vec<GroundRule>,
        /// What people are asked.
        pub consent: Consent,
        /// What must stand before the program opens.
        pub safety: Safety,
        /// When measures are taken.
        pub timepoints: Vec<Timepoint>,
        /// What is measured.
        pub measures: Vec<Measure>,
        /// How much measuring people are asked to bear.
        pub measuring: Option<Measuring>,
        /// When somebody has completed.
        pub completion: Option<Completion>,
        /// What members pay, and what the program may cost.
        pub fees: Fees,
        /// How people who are paid by performance are paid.
        pub incentives: Vec<Incentive>,
        /// What may follow.
        pub after_phase: Vec<AfterPhase>,
        /// The rules of the model.
        pub rules: Vec<ModelRule>,
        /// Universal rules that it switches off.
        pub switched_off: Vec<SwitchedOff>,
        /// What may be shown and exported.
        pub data: Data,
        /// Published totals and their parts.
        pub figures: Vec<Figure>,
        /// What nobody has checked, and is therefore not in force.
        pub unverified: Vec<Unverified>,
    }

    /// Where a model comes from.
    pub struct Identity {
        /// The program it was drawn from.
        pub derived_from: Option<String>,
        /// Protected names, and what the model may not be called.
        pub brand_note: Option<String>,
        /// What was read.
        pub sources: Vec<Source>,
    }

    /// A source that anyone can open.
    pub struct Source {
        /// The id that a basis names.
        pub id: Code,
        /// Who wrote it.
        pub author: String,
        /// Its title.
        pub title: String,
        /// The year it appeared, where known.
        pub year: Option<u16>,
        /// The page, volume or section.
        pub page: Option<String>,
        /// Its web address.
        pub address: Option<String>,
    }
}
