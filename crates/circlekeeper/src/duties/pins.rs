//! Which rulebook each occurrence is read under: that of the event that tells it (ENG-06).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use commons::{Code, DocumentId};
use event_log::{EventLog, RulebookMark};
use safety_protocols::Occurrence;

use crate::{DocumentKind, Keeper, KeeperError, Surroundings};

/// A rulebook that was adopted.
struct Book {
    document: DocumentId,
    mark: RulebookMark,
    /// Since when it is in force, where nothing has taken its place.
    standing_since: Option<NaiveDate>,
    /// The kinds at which its rows speak.
    speaks_at: BTreeSet<Code>,
}

impl<L: EventLog, S: Surroundings> Keeper<L, S> {
    /// Names for each occurrence the rulebooks under which it is read.
    ///
    /// An event carries the mark of the rulebook in force when it was recorded. A later one adds and
    /// takes nothing away; of two that were adopted apart, each holds, and the earliest due wins.
    pub(super) fn pin(&mut self, told: &mut [Occurrence]) -> Result<(), KeeperError> {
        let books = self.books()?;
        if let [only] = books.as_slice() {
            for one in told {
                one.circumstances.rulebooks.insert(only.document);
            }
            return Ok(());
        }
        for one in told {
            if books.iter().any(|book| book.speaks_at.contains(&one.kind)) {
                let pinned = self.pinned(one, &books)?;
                one.circumstances.rulebooks.extend(pinned);
            }
        }
        Ok(())
    }

    fn pinned(
        &self,
        one: &Occurrence,
        books: &[Book],
    ) -> Result<BTreeSet<DocumentId>, KeeperError> {
        let event = self.log.event(one.event).map_err(KeeperError::store)?;
        let mark = event.map(|event| event.header().rulebook).unwrap_or_default();
        let marked = books.iter().filter(|book| book.mark == mark).map(|book| book.document);
        let mut pinned: BTreeSet<DocumentId> = marked.collect();
        if pinned.is_empty() && mark != RulebookMark::default() {
            // A rulebook that is not here: the engine reads the strictest and says so.
            let [a, b, c, d, e, f, g, h] = mark.0;
            let unknown = [a, b, c, d, e, f, g, h, 0, 0, 0, 0, 0, 0, 0, 0];
            pinned.insert(DocumentId::from_bytes(unknown));
        }
        let day = one.known_at.with_timezone(&one.circumstances.zone).date_naive();
        let in_force = books.iter().filter(|book| book.standing_since.is_some_and(|on| on <= day));
        pinned.extend(in_force.map(|book| book.document));
        Ok(pinned)
    }

    fn books(&mut self) -> Result<Vec<Book>, KeeperError> {
        let program = self.program()?;
        let standing: BTreeSet<DocumentId> =
            program.documents(DocumentKind::Rulebook).map(|(_, it)| it.document).collect();
        let books = program.rulebooks();
        let marks = program.rulebook_marks().into_iter();
        let book = |(mark, it): (RulebookMark, &crate::Adopted)| Book {
            document: it.document,
            mark,
            standing_since: standing.contains(&it.document).then_some(it.on),
            speaks_at: books.get(it.document).map_or_else(BTreeSet::new, |book| {
                book.rows().iter().flat_map(|row| row.triggers.iter().cloned()).collect()
            }),
        };
        Ok(marks.map(book).collect())
    }
}
