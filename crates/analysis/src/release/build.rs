//! All reports of a book, built together.

use outcomes::figures::Figures;
use serde::{Deserialize, Serialize};

use super::audit::{Earlier, Read, Withheld, audit};
use super::book::{Book, Definition};
use super::indicator::IndicatorRow;

/// A report of a book, with nothing in it that another one would turn against people.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// What was asked for.
    pub definition: Definition,
    /// What may be shown.
    pub figures: Figures,
    /// Its table of indicators.
    pub indicators: Vec<IndicatorRow>,
    /// What was kept back since another report would tell of a few people, and which one.
    pub withheld: Vec<Withheld>,
}

/// A report as it was released before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Released {
    /// What was asked for then.
    pub definition: Definition,
    /// Its figures, as its frozen `report.json` has them.
    pub figures: Figures,
}

/// Builds all reports of a book together.
///
/// `make` gives the figures of one definition: of the people its filter names, in its period, for its
/// audience and floor. `earlier` are the releases, of these reports or of others, that somebody has:
/// what new figures would tell beside old ones is kept back as well.
///
/// # Errors
///
/// Whatever `make` answers with.
pub fn build<E>(
    book: &Book,
    mut make: impl FnMut(&Definition) -> Result<Figures, E>,
    earlier: &[Released],
) -> Result<Vec<Built>, E> {
    let definitions = book.definitions();
    let mut figures = definitions.iter().map(&mut make).collect::<Result<Vec<_>, E>>()?;
    let mut reports: Vec<Read<'_>> = definitions
        .iter()
        .zip(&mut figures)
        .map(|(definition, figures)| Read { definition, figures })
        .collect();
    let released: Vec<Earlier<'_>> = earlier
        .iter()
        .map(|old| Earlier { definition: &old.definition, figures: &old.figures })
        .collect();
    let withheld = audit(&mut reports, &released);
    let built = definitions.iter().zip(figures).map(|(definition, figures)| Built {
        indicators: definition.indicators.iter().map(|row| row.row(&figures)).collect(),
        withheld: withheld.iter().filter(|it| it.report == definition.name).cloned().collect(),
        definition: definition.clone(),
        figures,
    });
    Ok(built.collect())
}
