//! Small numbers hidden, and whatever they could be solved from.
//!
//! Inside the program's own team a count of 1 to 4 people is hidden (the classic public-health
//! minimum); in anything that leaves the house 1 to 10 (the rule of the US Centers for Medicare
//! & Medicaid Services, <https://resdac.org/node/1506>, which allows zeros and forbids any cell,
//! share or complement from which a hidden one can be solved).
//!
//! The contract is what an attacker can work out from all that is published, not which cells
//! were chosen: [`audit`] for tables with margins, the tests of this module for rows.

mod cell;
mod column;
mod mean;
mod partition;
mod table;

pub(crate) use cell::is_small;
pub use cell::{Alike, Audience, Cell, Share, Tally};
pub use column::tally_column;
pub(crate) use mean::{Band, Step, keeps_bands, real};
pub(crate) use partition::{Hide, partition_told, suppress_row_hiding};
pub use partition::{Partition, partition, suppress_row};
pub use table::{Audit, Bound, audit, suppress_table};
