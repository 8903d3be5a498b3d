//! Where a figure comes from.

use std::{borrow::Cow, fmt, str::FromStr};

use commons::Code;
use serde::{Deserialize, Serialize};

/// What a parameter rests on.
///
/// Written `seed:SOURCE`, `read:SOURCE`, `recalled` or `default`, where `SOURCE` is the id of an
/// entry of the model's sources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub enum Basis {
    /// Said by the description that the model was drawn from.
    Seed(Code),
    /// Read in another published source.
    Read(Code),
    /// Remembered, and checked by nobody: it may be asked about, never be in force.
    Recalled,
    /// Our own reasonable default, which a program may change.
    Default,
}

/// Why a text is not a basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a basis: `seed:SOURCE`, `read:SOURCE`, `recalled` or `default` is wanted")]
pub struct BasisError;

impl Basis {
    /// The source it names, if it names one.
    #[must_use]
    pub const fn source(&self) -> Option<&Code> {
        match self {
            Self::Seed(source) | Self::Read(source) => Some(source),
            Self::Recalled | Self::Default => None,
        }
    }
}

impl FromStr for Basis {
    type Err = BasisError;
    fn from_str(text: &str) -> Result<Self, BasisError> {
        let source = |text: &str| text.parse::<Code>().map_err(|_| BasisError);
        match text.split_once(':') {
            Some(("seed", name)) => Ok(Self::Seed(source(name)?)),
            Some(("read", name)) => Ok(Self::Read(source(name)?)),
            None if text == "recalled" => Ok(Self::Recalled),
            None if text == "default" => Ok(Self::Default),
            Some(_) | None => Err(BasisError),
        }
    }
}

impl TryFrom<Cow<'_, str>> for Basis {
    type Error = BasisError;
    fn try_from(text: Cow<'_, str>) -> Result<Self, BasisError> {
        text.parse()
    }
}

impl From<Basis> for String {
    fn from(basis: Basis) -> Self {
        basis.to_string()
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seed(source) => write!(f, "seed:{source}"),
            Self::Read(source) => write!(f, "read:{source}"),
            Self::Recalled => f.write_str("recalled"),
            Self::Default => f.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_names_its_source_or_admits_that_it_has_none() {
        for good in ["seed:repair", "read:trials-2024", "recalled", "default"] {
            assert_eq!(good.parse::<Basis>().unwrap().to_string(), good);
        }
        for bad in ["", "seed", "seed:", "read:Two Words", "recalled:x", "guess", "default:x"] {
            assert_eq!(bad.parse::<Basis>(), Err(BasisError), "{bad:?}");
        }
    }
}
