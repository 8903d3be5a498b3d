//! What lies behind a failure, in words of the catalog.

use std::{error::Error, io};

use circle_vault::{SealError, VaultError};
use circlekeeper::KeeperError;
use commons::Refused;
use store_sqlite::StoreError;

use crate::texts::{self, text};

/// What lies behind a failure, the nearest first. What another program said, the operating system or
/// the store's engine, is quoted as its own words; of our own errors the catalog speaks, and an error
/// that it does not know is passed over.
pub(crate) fn chain(from: Option<&(dyn Error + 'static)>) -> Vec<String> {
    let mut causes: Vec<String> = Vec::new();
    let mut next = from;
    while let Some(error) = next {
        if let Some(words) = words(error)
            && causes.last() != Some(&words)
        {
            causes.push(words);
        }
        next = error.source();
    }
    causes
}

fn words(error: &(dyn Error + 'static)) -> Option<String> {
    let refused: Option<&dyn Refused> = None
        .or_else(|| error.downcast_ref::<StoreError>().map(|error| error as &dyn Refused))
        .or_else(|| error.downcast_ref::<VaultError>().map(|error| error as &dyn Refused))
        .or_else(|| error.downcast_ref::<SealError>().map(|error| error as &dyn Refused))
        .or_else(|| error.downcast_ref::<KeeperError>().map(|error| error as &dyn Refused));
    if let Some(refused) = refused {
        return Some(texts::refusal(refused.code(), &texts::figures(&refused.figures())).0);
    }
    error.downcast_ref::<io::Error>().map(|error| text!("cause-quoted", words = error.to_string()))
}
