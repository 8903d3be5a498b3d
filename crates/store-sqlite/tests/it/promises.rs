//! The suite of every adapter, run over files.

use event_log::conformance;
use store_sqlite::{SqliteLog, StoreError};

use super::shop::Shop;

#[test]
fn the_store_keeps_the_promises_of_a_log() {
    let shop = Shop::new();
    let mut seed = 0;
    conformance::keeps_its_promises(|| {
        seed += 1;
        shop.create(&format!("store-{seed}"), seed)
    });
}

#[test]
fn a_store_can_be_handed_to_another_thread() {
    fn check<T: Send>() {}
    check::<SqliteLog>();
    fn check_both<T: Send + Sync>() {}
    check_both::<StoreError>();
    check_both::<store_sqlite::Device>();
}
