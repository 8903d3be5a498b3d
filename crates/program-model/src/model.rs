//! A program model: a file that was read and found sound.

use std::{borrow::Cow, collections::BTreeMap};

use commons::Code;
use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use crate::{
    adaptation::Fidelity,
    basis::Basis,
    condition::ALL,
    content::Content,
    fault::{Fault, Faults, Finding},
    format::MODEL,
    leaves::{Leaf, bases, leaves},
    lint::lint,
    tree::{Row, Spot},
    walk::{Findings, walk},
    words::Shape,
};

/// The longest file that is read, in bytes. The longest of ours has 22,000.
const LONGEST: usize = 1 << 18;

/// A program model. One that exists holds together.
///
/// It is written and read as the text of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub struct Model {
    text: String,
    content: Content,
    leaves: BTreeMap<String, Leaf>,
    bases: BTreeMap<String, Basis>,
    warnings: Vec<Finding>,
}

impl Model {
    /// Reads a model file.
    ///
    /// Where the text is not TOML everywhere, what is missing and what does not hold together is
    /// told only once it is: a lost quote would else look like many faults.
    ///
    /// # Errors
    ///
    /// [`Faults`]: everything that is wrong with it, by line, in one go.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        let mut findings = Findings::new(text);
        if LONGEST < text.len() {
            let fault = Fault::TooLarge { bytes: text.len(), most: LONGEST };
            findings.add(Spot { path: String::new(), span: 0..0 }, fault);
            return Err(Faults::new(findings.into_all()));
        }
        let (tree, errors) = DeTable::parse_recoverable(text);
        let root = Row::new(tree.get_ref(), &MODEL, Spot { path: String::new(), span: 0..0 });
        walk(&root, &mut findings);
        if errors.is_empty() {
            lint(&root, &mut findings);
        } else {
            findings.add_syntax(&errors);
        }
        let faults = Faults::new(findings.into_all());
        if faults.faults().is_empty() { Self::build(text, &root, faults) } else { Err(faults) }
    }

    fn build(text: &str, root: &Row<'_>, faults: Faults) -> Result<Self, Faults> {
        let Some(mut content) = Content::read(root) else {
            let place =
                Finding { line: 1, column: 1, path: String::new(), fault: Fault::Unreadable };
            return Err(Faults::new(vec![place]));
        };
        content.count_modules();
        Ok(Self {
            text: text.to_owned(),
            content,
            leaves: leaves(root),
            bases: bases(root),
            warnings: faults.into_warnings(),
        })
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All that it says.
    #[must_use]
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> &Code {
        &self.content.id
    }

    /// Its version.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.content.version
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.content.name
    }

    /// The name that reports may print: none where a fixed rule was changed (U-16).
    #[must_use]
    pub fn name_under(&self, fidelity: &Fidelity) -> Option<&str> {
        match fidelity {
            Fidelity::Named => Some(self.name()),
            Fidelity::Adapted { .. } => None,
        }
    }

    /// What its unit is.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        self.content.shape
    }

    /// What a parameter rests on, by its path.
    #[must_use]
    pub fn basis(&self, path: &str) -> Option<&Basis> {
        self.bases.get(path)
    }

    /// What every parameter rests on, by path.
    pub fn bases(&self) -> impl Iterator<Item = (&str, &Basis)> {
        self.bases.iter().map(|(path, basis)| (path.as_str(), basis))
    }

    /// What somebody should look at, by line.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    pub(crate) const fn leaves(&self) -> &BTreeMap<String, Leaf> {
        &self.leaves
    }
}

impl Content {
    /// Puts the number of modules where a condition says "all".
    fn count_modules(&mut self) {
        use circle_model::Condition::ModulesDone;
        let modules = self.training.iter().map(|training| training.modules.len()).max();
        let count = modules.and_then(|count| u16::try_from(count).ok()).unwrap_or(0);
        for phase in &mut self.phases {
            for condition in phase.enter.iter_mut().chain(&mut phase.exit) {
                if let ModulesDone { fewest } = condition
                    && *fewest == ALL
                {
                    *fewest = count;
                }
            }
        }
    }
}

impl TryFrom<Cow<'_, str>> for Model {
    type Error = Faults;
    fn try_from(text: Cow<'_, str>) -> Result<Self, Faults> {
        Self::parse(&text)
    }
}

impl From<Model> for String {
    fn from(model: Model) -> Self {
        model.text
    }
}
