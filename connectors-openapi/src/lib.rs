//! Typed clients from OpenAPI descriptions.

#[doc(hidden)]
pub mod command;
mod docs;
pub mod drift;
mod generate;
pub mod model;
mod notice;
mod read;
mod steering;
mod words;

#[doc(inline)]
pub use drift::{
    Difference, DifferenceKind, Drift, Report, assert_examples_decode, assert_no_drift, drift,
};
pub use generate::{Generated, generate, listed};
pub use notice::{Location, Notice};
pub use steering::{Dates, Docs, OperationSteering, Steering};
