//! How much of each kind of activity a model intends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ActivityKind;

/// The share of each kind of activity that a model intends, in thousandths that sum to 1000.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "BTreeMap<ActivityKind, u16>", into = "BTreeMap<ActivityKind, u16>")]
pub struct Mix {
    // Invariant: every share is 1 to 1000 and they sum to Mix::WHOLE.
    permille: BTreeMap<ActivityKind, u16>,
}

/// Why shares are not a mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MixError {
    /// The shares do not sum to one.
    #[error("the shares sum to {permille} thousandths, not 1000")]
    Sum {
        /// What they sum to, in thousandths.
        permille: u32,
    },
    /// A share is nothing, negative, above one, or finer than a thousandth.
    #[error("the share of {kind} is not a number of thousandths from 1 to 1000")]
    Share {
        /// Whose share.
        kind: ActivityKind,
    },
    /// A kind is named twice.
    #[error("{kind} is named twice")]
    Twice {
        /// Which kind.
        kind: ActivityKind,
    },
}

impl Mix {
    /// The whole, in thousandths.
    pub const WHOLE: u16 = 1000;

    /// A mix of shares in thousandths.
    ///
    /// # Errors
    ///
    /// [`MixError`] when a share is out of range, a kind is named twice, or they do not sum to 1000.
    pub fn new(shares: impl IntoIterator<Item = (ActivityKind, u16)>) -> Result<Self, MixError> {
        let mut permille = BTreeMap::new();
        for (kind, share) in shares {
            if share == 0 || share > Self::WHOLE {
                return Err(MixError::Share { kind });
            }
            if permille.insert(kind, share).is_some() {
                return Err(MixError::Twice { kind });
            }
        }
        let sum = permille.values().copied().map(u32::from).sum();
        if sum == u32::from(Self::WHOLE) {
            Ok(Self { permille })
        } else {
            Err(MixError::Sum { permille: sum })
        }
    }

    /// A mix of shares as files write them: fractions of one, to the thousandth.
    ///
    /// # Errors
    ///
    /// [`MixError`] as in [`new`](Self::new), and when a fraction is finer than a thousandth.
    pub fn of_fractions(
        shares: impl IntoIterator<Item = (ActivityKind, f64)>,
    ) -> Result<Self, MixError> {
        let thousandths: Result<Vec<_>, _> = shares
            .into_iter()
            .map(|(kind, share)| {
                thousandths(share).map_or(Err(MixError::Share { kind }), |n| Ok((kind, n)))
            })
            .collect();
        Self::new(thousandths?)
    }

    /// The share of a kind, in thousandths; nothing where the mix does not name it.
    #[must_use]
    pub fn share(&self, kind: ActivityKind) -> u16 {
        self.permille.get(&kind).copied().unwrap_or(0)
    }

    /// Each kind and its share, in thousandths.
    pub fn shares(&self) -> impl Iterator<Item = (ActivityKind, u16)> + '_ {
        self.permille.iter().map(|(kind, share)| (*kind, *share))
    }
}

/// A fraction as thousandths, where it is a whole number of them from 1 to 1000.
fn thousandths(share: f64) -> Option<u16> {
    let scaled = share * 1000.0;
    let rounded = scaled.round();
    if !(1.0..=1000.0).contains(&rounded) || (scaled - rounded).abs() > 1e-6 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was just seen to lie from 1 to 1000"
    )]
    Some(rounded as u16)
}

impl TryFrom<BTreeMap<ActivityKind, u16>> for Mix {
    type Error = MixError;
    fn try_from(shares: BTreeMap<ActivityKind, u16>) -> Result<Self, MixError> {
        Self::new(shares)
    }
}

impl From<Mix> for BTreeMap<ActivityKind, u16> {
    fn from(mix: Mix) -> Self {
        mix.permille
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActivityKind::{Art, Play, Talk};

    #[test]
    fn shares_are_a_mix_when_they_sum_to_one() {
        assert!(Mix::new([(Talk, 400), (Art, 600)]).is_ok());
        assert_eq!(Mix::new([(Talk, 400), (Art, 599)]), Err(MixError::Sum { permille: 999 }));
        assert_eq!(Mix::new([(Talk, 1000), (Art, 0)]), Err(MixError::Share { kind: Art }));
        assert_eq!(Mix::new([(Talk, 500), (Talk, 500)]), Err(MixError::Twice { kind: Talk }));
        assert_eq!(Mix::new([]), Err(MixError::Sum { permille: 0 }));
    }

    #[test]
    fn fractions_of_a_file_are_thousandths() {
        let mix = Mix::of_fractions([(Talk, 0.33), (Art, 0.17), (Play, 0.5)]);
        assert_eq!(mix.map(|mix| mix.share(Talk)), Ok(330));
        for odd in [0.0, -0.1, 1.1, 0.0004, 0.12345, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Mix::of_fractions([(Talk, odd)]),
                Err(MixError::Share { kind: Talk }),
                "{odd}"
            );
        }
    }

    #[test]
    fn a_mix_is_read_through_the_same_door() {
        let read = |text| serde_json::from_str::<Mix>(text);
        assert!(read(r#"{"talk":1000}"#).is_ok());
        assert!(read(r#"{"talk":999}"#).is_err());
    }
}
