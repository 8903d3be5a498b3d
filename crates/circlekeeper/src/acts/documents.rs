//! Adopting documents: models, rulebooks, the crisis card, services.

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use commons::{Code, DocumentId, EventId, ServiceId};
use event_log::{Digest, EventLog};
use program_model::Model;
use safety_protocols::{
    CardEvent, CardWatch, CrisisCard, ServiceCard, ServiceEvent, Slot, TestCall,
};

use crate::{DocumentKind, Fact, Keeper, KeeperError, ProgramEvent, Surroundings, keeper::Saying};

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Adopts a document by its bytes. The same bytes again change nothing.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn adopt(&mut self, kind: DocumentKind, bytes: &[u8]) -> Result<DocumentId, KeeperError> {
        self.adopt_in_place_of(kind, bytes, &BTreeSet::new())
    }

    /// Adopts a model, in place of an earlier version of the same one.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn adopt_model(&mut self, model: &Model) -> Result<DocumentId, KeeperError> {
        let program = self.program()?;
        let earlier = program.documents(DocumentKind::Model).filter(|(_, adopted)| {
            let text = String::from_utf8_lossy(&adopted.bytes);
            Model::parse(&text).is_ok_and(|other| other.id() == model.id())
        });
        let cites: BTreeSet<EventId> = earlier.map(|(id, _)| id).collect();
        self.adopt_in_place_of(DocumentKind::Model, model.text().as_bytes(), &cites)
    }

    /// Adopts rules, in place of those adopted by the events that it names. What was opened under
    /// those stays under them; two that do not name each other both hold (ENG-06).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn adopt_rulebook(
        &mut self,
        text: &str,
        cites: &BTreeSet<EventId>,
    ) -> Result<DocumentId, KeeperError> {
        self.adopt_in_place_of(DocumentKind::Rulebook, text.as_bytes(), cites)
    }

    /// The models the program has adopted.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn models(&mut self) -> Result<Vec<Model>, KeeperError> {
        Ok(self.adopted_models()?.iter().map(|model| (**model).clone()).collect())
    }

    /// One adopted model.
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Store`].
    pub fn model(&mut self, id: &Code) -> Result<Arc<Model>, KeeperError> {
        let missing = || KeeperError::NotFound { what: "model", id: id.to_string() };
        self.adopted_models()?.into_iter().find(|model| model.id() == id).ok_or_else(missing)
    }

    fn adopted_models(&mut self) -> Result<Vec<Arc<Model>>, KeeperError> {
        let program = self.program()?;
        let adopted = program.documents(DocumentKind::Model).map(|(_, adopted)| adopted);
        Ok(adopted.filter_map(|it| self.model_in(it.document, &it.bytes)).collect())
    }

    /// Publishes a crisis card with all seven slots filled (DR-02).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Refused`] where a slot leads nowhere, [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn publish_card(&mut self, card: &CrisisCard) -> Result<DocumentId, KeeperError> {
        card.publishable().map_err(KeeperError::refused)?;
        let bytes = serde_json::to_vec(card)?;
        let document = self.adopt(DocumentKind::CrisisCard, &bytes)?;
        let on = self.today()?;
        let published = CardWatch::publish(document, card, on).map_err(KeeperError::refused)?;
        self.say_card(published)?;
        Ok(document)
    }

    /// The crisis card that is out, if one is.
    ///
    /// # Errors
    ///
    /// [`KeeperError::Store`].
    pub fn card(&mut self) -> Result<Option<CrisisCard>, KeeperError> {
        let on = self.today()?;
        let program = self.program()?;
        let Some((_, document)) = program.card.published(on) else { return Ok(None) };
        let bytes = program.document(document).map(|adopted| adopted.bytes.clone());
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Records a test call of a number on the card (DR-03).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn card_called(
        &mut self,
        slot: Slot,
        result: TestCall,
        on: NaiveDate,
    ) -> Result<(), KeeperError> {
        self.say_card(CardEvent::Called { slot, result, on })
    }

    /// Puts a service into the directory. Nobody is referred to it before somebody made sure of it
    /// ([`assure_service`](Self::assure_service)).
    ///
    /// # Errors
    ///
    /// [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn list_service(
        &mut self,
        card: &ServiceCard,
        categories: &[Code],
        on: NaiveDate,
    ) -> Result<ServiceId, KeeperError> {
        self.adopt(DocumentKind::Service, &serde_json::to_vec(card)?)?;
        let program = self.program_id();
        self.decide(|keeper, _| {
            let service: ServiceId = keeper.world.id();
            let say = |fact| Saying::new(service, Fact::Service(fact)).and(program);
            let listed = categories
                .iter()
                .map(|category| say(ServiceEvent::Listed { category: category.clone(), on }));
            Ok((listed.collect::<Vec<_>>(), service))
        })
    }

    /// Records that somebody made sure of a service again (DR-04).
    ///
    /// # Errors
    ///
    /// [`KeeperError::NotFound`], [`KeeperError::Locked`], [`KeeperError::Store`].
    pub fn assure_service(&mut self, service: ServiceId, on: NaiveDate) -> Result<(), KeeperError> {
        let program = self.program_id();
        self.decide(|keeper, reads| {
            let file: Arc<crate::ProgramFile> = keeper.file(program, reads)?;
            let missing = || KeeperError::NotFound { what: "service", id: service.short() };
            let assured = file.services.get(&service).ok_or_else(missing)?.assure(on);
            Ok((Saying::new(service, Fact::Service(assured)).and(program), ()))
        })
    }

    fn say_card(&mut self, event: CardEvent) -> Result<(), KeeperError> {
        let program = self.program_id();
        self.decide(|_, _| Ok((Saying::new(program, Fact::Card(event.clone())), ())))
    }

    pub(crate) fn adopt_in_place_of(
        &mut self,
        kind: DocumentKind,
        bytes: &[u8],
        cites: &BTreeSet<EventId>,
    ) -> Result<DocumentId, KeeperError> {
        let program = self.program_id();
        let on = self.today()?;
        self.decide(|keeper, reads| {
            let file: Arc<crate::ProgramFile> = keeper.file(program, reads)?;
            if let Some((_, same)) =
                file.documents(kind).find(|(_, adopted)| adopted.bytes == bytes)
            {
                return Ok((Vec::new(), same.document));
            }
            let document: DocumentId = keeper.world.id();
            let hash = Digest::of(bytes);
            let fact =
                ProgramEvent::DocumentAdopted { document, kind, hash, cites: cites.clone(), on };
            let mut saying = Saying::new(program, Fact::Program(fact));
            saying.document = Some(bytes.to_vec());
            Ok((vec![saying], document))
        })
    }
}
