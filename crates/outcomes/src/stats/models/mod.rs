//! Statistics that need linear algebra, behind the feature `models`.
//!
//! Below some thirty clusters, [`cluster_means`](super::cluster_means) is the comparison to report;
//! these are for what it cannot do: predictors of single people, and how much of the spread lies
//! between clusters.

mod design;
mod intercept;
mod omega;
mod sandwich;

pub use design::Regression;
pub use intercept::{Coefficient, RandomIntercept, random_intercept};
pub use omega::{Omega, omega_total};
pub use sandwich::{ClusterRobust, Robust, cluster_robust};
