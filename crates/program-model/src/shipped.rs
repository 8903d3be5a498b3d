//! The models that come with this crate, and those that are still to come.

use commons::Code;

use crate::{
    fault::Faults,
    model::Model,
    words::{Shape, State},
};

/// A model of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShippedModel {
    /// Its id.
    pub id: Code,
    /// Its name.
    pub name: &'static str,
    /// Whether it can be lived.
    pub state: State,
    /// What its unit is.
    pub shape: Shape,
    /// Its file, where there is one.
    pub text: Option<&'static str>,
}

/// Why the index gives no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotShipped {
    /// It is planned, and has no file yet.
    #[error("the model {id} is planned and has no file yet")]
    Planned {
        /// Its id.
        id: Code,
    },
    /// Its file has faults.
    #[error("the file of the model has faults")]
    Faulty(#[from] Faults),
}

impl ShippedModel {
    /// The model itself.
    ///
    /// # Errors
    ///
    /// [`NotShipped::Planned`] when it has no file yet, [`NotShipped::Faulty`] when its file has
    /// faults, which no file of this crate has.
    pub fn model(&self) -> Result<Model, NotShipped> {
        let text = self.text.ok_or_else(|| NotShipped::Planned { id: self.id.clone() })?;
        Ok(Model::parse(text)?)
    }
}

/// All models: those that are ready first, then the planned ones by id.
#[must_use]
pub const fn shipped() -> &'static [ShippedModel] {
    SHIPPED
}

/// The model of an id, if it is ready.
#[must_use]
pub fn ready(id: &str) -> Option<Model> {
    SHIPPED.iter().find(|model| model.id == *id)?.model().ok()
}

const fn ready_model(id: &'static str, name: &'static str, text: &'static str) -> ShippedModel {
    ShippedModel {
        id: Code::of(id),
        name,
        state: State::Ready,
        shape: Shape::ClosedGroup,
        text: Some(text),
    }
}

const fn planned(id: &'static str, name: &'static str, shape: Shape) -> ShippedModel {
    ShippedModel { id: Code::of(id), name, state: State::Planned, shape, text: None }
}

static SHIPPED: &[ShippedModel] = &[
    ready_model(
        "healing-circle",
        "Healing circle (peer-led)",
        include_str!("../models/healing-circle.toml"),
    ),
    ready_model(
        "social-healing-group",
        "Community-based social healing group",
        include_str!("../models/social-healing-group.toml"),
    ),
    planned("ckt-group", "Group after the bench", Shape::OpenGroup),
    planned("contact-education", "Contact-based education event", Shape::Event),
    planned("cultural-circle", "Cultural practice circle", Shape::CommunityDefined),
    planned("friendship-bench", "Bench problem-solving support", Shape::OneToOne),
    planned("hce-group", "Healing-centered engagement group", Shape::ClosedGroup),
    planned("mhfa-training", "Mental health first-aid class", Shape::Course),
    planned("neighborhood-hub", "Neighborhood peer hub", Shape::Place),
    planned("online-community", "Moderated online community", Shape::Place),
    planned("peer-mentoring", "School peer mentoring", Shape::OneToOne),
    planned("peer-respite", "Peer-run respite", Shape::Residential),
    planned("peer-support-group", "Peer-support group", Shape::OpenGroup),
    planned("pfa-response", "Psychological first aid response", Shape::Case),
    planned("program-design", "Program design and launch gate", Shape::Plan),
    planned("recovery-cafe", "Recovery community with weekly circle", Shape::Place),
    planned("referral-catalog", "Referral categories and closed loop", Shape::Directory),
    planned("restorative-circle", "Restorative circle (neighborhood)", Shape::Case),
    planned("savings-group", "Savings and self-help group", Shape::Ledger),
    planned("school-restorative", "School restorative circles", Shape::ClosedGroup),
    planned("school-sel", "School social-emotional learning", Shape::ClosedGroup),
    planned("workplace-peer-support", "Workplace peer support", Shape::Case),
    planned("youth-hub", "Youth hub", Shape::Place),
];
