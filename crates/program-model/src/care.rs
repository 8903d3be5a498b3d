//! A model as the rooms of safety and outcomes read it.

use commons::Code;
use outcomes::Instrument;
use safety_protocols::{Arrangement, Cadence, ShelfLife, ShelfLifeError};

use crate::{
    content::{Contact, Measure, Supervision},
    model::Model,
    words::{Charter, Support},
};

impl Model {
    /// Who stands behind those who lead.
    #[must_use]
    pub const fn supervision(&self) -> &Supervision {
        &self.content().supervision
    }

    /// What supervision a phase asks for; nothing where the model names none.
    ///
    /// Cadences are rounded to the next shorter one there is: 7, 14 or 28 days. Where peer
    /// consultation is offered, nothing is ever paused for the lack of it.
    #[must_use]
    pub fn arrangement(&self, phase: &Code) -> Option<Arrangement> {
        let contacts = self.supervision().contacts.iter();
        contacts.filter(|contact| contact.phases.contains(phase)).map(arrangement).next()
    }

    /// What a unit promises about danger to oneself.
    #[must_use]
    pub const fn charter(&self) -> safety_protocols::Charter {
        match self.content().safety.charter {
            Charter::ScreenAndAct => safety_protocols::Charter::ScreenAndAct,
            Charter::NoticeAndAct => safety_protocols::Charter::NoticeAndAct,
            Charter::MutualNoAssessment => safety_protocols::Charter::MutualNoAssessment,
        }
    }

    /// How long consents last.
    ///
    /// # Errors
    ///
    /// [`ShelfLifeError`] when they would last longer than anyone may ask for.
    pub const fn shelf_life(&self) -> Result<ShelfLife, ShelfLifeError> {
        let consent = &self.content().consent;
        ShelfLife::new(consent.months, consent.risk_months)
    }

    /// What is measured.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.content().measures
    }

    /// The instruments among them that this software scores.
    pub fn instruments(&self) -> impl Iterator<Item = Instrument> {
        let scored = self.measures().iter().filter(|measure| measure.scored);
        scored.filter_map(|measure| outcomes::built_in(&measure.instrument))
    }
}

const fn arrangement(contact: &Contact) -> Arrangement {
    match (contact.kind, contact.every_days) {
        (Support::PeerConsultation, _) => Arrangement::PeerConsultation,
        (Support::Supervision | Support::Mentoring, 0..14) => {
            Arrangement::Supervised(Cadence::Weekly)
        }
        (Support::Supervision | Support::Mentoring, 14..28) => {
            Arrangement::Supervised(Cadence::Fortnightly)
        }
        (Support::Supervision | Support::Mentoring, 28..) => {
            Arrangement::Supervised(Cadence::FourWeekly)
        }
    }
}
