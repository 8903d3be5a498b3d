//! All reports of a book, built together.

use outcomes::Nesting;
use outcomes::figures::Figures;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::audit::{Earlier, Read, Withheld, audit};
use super::book::{Book, Definition};
use super::indicator::{Basis, IndicatorRow};
use super::manifest::{Manifest, NotAManifest, sha256};

/// A report of a book, with nothing in it that another one would turn against people.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// What was asked for.
    pub definition: Definition,
    /// What may be shown.
    pub figures: Figures,
    /// What they are made of.
    pub basis: Basis,
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

/// Why a folder is no release that can be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotARelease {
    /// Its manifest cannot be read.
    #[error(transparent)]
    Manifest(#[from] NotAManifest),
    /// Its figures are not those of its manifest.
    #[error("the figures are not those of the manifest")]
    Altered,
    /// Its figures cannot be read.
    #[error("the figures cannot be read: {message}")]
    Figures {
        /// What the parser says.
        message: String,
    },
}

impl Released {
    /// The file in which a release has its figures.
    pub const FIGURES: &str = "report.json";
    /// The file in which a release has its manifest.
    pub const MANIFEST: &str = "release.toml";

    /// Reads a release: its manifest, and its figures under the key `figures`. What the files of an
    /// evaluation do not know, incidents and work, may be left out of them.
    ///
    /// # Errors
    ///
    /// [`NotARelease`].
    pub fn read(manifest: &str, figures: &[u8]) -> Result<Self, NotARelease> {
        let manifest = Manifest::from_toml(manifest)?;
        if manifest.files.get(Self::FIGURES) != Some(&sha256(figures)) {
            return Err(NotARelease::Altered);
        }
        let wrong = |error: serde_json::Error| NotARelease::Figures { message: error.to_string() };
        let mut json: Value = serde_json::from_slice(figures).map_err(wrong)?;
        let mut figures = json.get_mut("figures").map(Value::take).unwrap_or_default();
        if let Some(figures) = figures.as_object_mut() {
            for (key, unknown) in unknown() {
                match figures.get_mut(key).and_then(Value::as_object_mut) {
                    // Some of it may be known.
                    Some(known) => {
                        for (key, unknown) in unknown.as_object().into_iter().flatten() {
                            known.entry(key).or_insert_with(|| unknown.clone());
                        }
                    }
                    None => {
                        figures.entry(key).or_insert(unknown);
                    }
                }
            }
        }
        let figures = serde_json::from_value(figures).map_err(wrong)?;
        Ok(Self { definition: manifest.definition, figures })
    }
}

/// What the files of an evaluation do not know, as nothing.
fn unknown() -> [(&'static str, Value); 4] {
    let hidden = json!({ "is": "hidden" });
    let safety = json!({
        "raised": hidden,
        "incidents": [],
        "referrals_closed": hidden,
        "referrals_ended": hidden,
        "referrals_open": hidden,
    });
    let delivery = json!({
        "sessions_planned": 0,
        "sessions_held": 0,
        "hours": 0.0,
        "modules_planned": 0,
        "modules_delivered": 0,
        "stories": 0,
    });
    [("safety", safety), ("delivery", delivery), ("overdue", json!([])), ("overdue_total", hidden)]
}

/// What one report is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Its figures, of the people whom its filter names, in its period, for its audience and floor.
    pub figures: Figures,
    /// What they are made of.
    pub basis: Basis,
    /// Which groups of these people lie in which.
    pub nesting: Nesting,
}

/// Builds all reports of a book together.
///
/// `make` draws the figures of one definition. `earlier` are the releases, of these reports or of others, that somebody has:
/// what new figures would tell beside old ones is kept back as well.
///
/// # Errors
///
/// Whatever `make` answers with.
pub fn build<E>(
    book: &Book,
    mut make: impl FnMut(&Definition) -> Result<Drawn, E>,
    earlier: &[Released],
) -> Result<Vec<Built>, E> {
    let definitions = book.definitions();
    let made = definitions.iter().map(&mut make).collect::<Result<Vec<_>, E>>()?;
    let (mut figures, mut bases, mut nesting) = (Vec::new(), Vec::new(), Nesting::default());
    for drawn in made {
        figures.push(drawn.figures);
        bases.push(drawn.basis);
        nesting.merge(drawn.nesting);
    }
    let mut reports: Vec<Read<'_>> = definitions
        .iter()
        .zip(&mut figures)
        .map(|(definition, figures)| Read { definition, figures })
        .collect();
    let released: Vec<Earlier<'_>> = earlier
        .iter()
        .map(|old| Earlier { definition: &old.definition, figures: &old.figures })
        .collect();
    let withheld = audit(&mut reports, &released, &nesting);
    let of = definitions.iter().zip(figures).zip(bases);
    let built = of.map(|((definition, figures), basis)| Built {
        basis,
        indicators: definition.indicators.iter().map(|row| row.row(&figures, basis)).collect(),
        withheld: withheld.iter().filter(|it| it.report == definition.name).cloned().collect(),
        definition: definition.clone(),
        figures,
    });
    Ok(built.collect())
}
