//! Typed clients from OpenAPI descriptions.

pub mod drift;
pub mod model;
mod notice;
mod read;

#[doc(inline)]
pub use drift::{
    Difference, DifferenceKind, Drift, Report, assert_examples_decode, assert_no_drift, drift,
};
pub use notice::{Location, Notice};
