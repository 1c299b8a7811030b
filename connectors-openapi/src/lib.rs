//! Typed clients from OpenAPI descriptions.

mod drift;
pub mod model;
mod notice;
mod read;

pub use drift::{Difference, DifferenceKind, Drift, drift};
pub use notice::{Location, Notice};
