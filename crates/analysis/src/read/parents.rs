//! Rows of another file, found by their index.

use super::{Reading, column, open};
use crate::columns::trimmed;
use crate::fault::{FaultKind, Faults};
use crate::files::Files;
use crate::names::Names;
use crate::plan::Join;

/// What the rows of another file say in the columns that are taken over.
pub(super) struct Parents {
    /// The column of this file that holds an index.
    pub(super) on: usize,
    indices: Names,
    cells: Vec<Vec<u8>>,
    take: Vec<String>,
}

impl Parents {
    pub(super) fn read(
        _: &Reading<'_>,
        files: &impl Files,
        (join, on): (&Join, usize),
        wrong: &mut Vec<Faults>,
    ) -> Option<Self> {
        let mut table = open(files, &join.file, wrong)?;
        let mut faults = Faults::of(&join.file.file);
        let to = column(&table, "to", &join.to, &mut faults);
        let take: Vec<_> =
            join.take.iter().map(|name| column(&table, "take", name, &mut faults)).collect();
        let mut parents =
            Self { on, indices: Names::default(), cells: Vec::new(), take: join.take.clone() };
        if let (Some(to), Some(take)) = (to, take.into_iter().collect::<Option<Vec<_>>>()) {
            let mut lines = Vec::new();
            while let Some(row) = table.next_row() {
                let (place, new) = match parents.indices.add(trimmed(row, to)) {
                    Some(found) => found,
                    None => break,
                };
                if new {
                    lines.push(row.line());
                    parents.cells.extend(take.iter().map(|from| trimmed(row, *from).to_vec()));
                } else {
                    let first = lines.get(place).copied().unwrap_or_default();
                    faults.at(row.line(), Some(to), FaultKind::ParentTwice { first });
                }
            }
            let is_used = |column| column == to || take.contains(&column);
            faults.take_unread(table.unread(), is_used, |_| false);
            faults.take(&table.faults(), table.is_broken());
        }
        if faults.is_empty() {
            return Some(parents);
        }
        wrong.push(faults.done());
        None
    }

    /// Which of the columns that are taken over a name means.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.take.iter().position(|taken| taken == name)
    }

    pub(super) fn find(&self, index: &[u8], last: &mut usize) -> Option<usize> {
        let place = self.indices.find_near(*last, index)?;
        *last = place;
        Some(place)
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &[u8] {
        let place = row.checked_mul(self.take.len()).and_then(|first| first.checked_add(column));
        place.and_then(|place| self.cells.get(place)).map_or(&[], Vec::as_slice)
    }
}
