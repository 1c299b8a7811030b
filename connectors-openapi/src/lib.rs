#![doc = include_str!("../README.md")]

mod build_script;
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

pub use build_script::build;
#[doc(inline)]
pub use drift::{
    Difference, DifferenceKind, Drift, Report, assert_examples_decode, assert_no_drift, drift,
};
pub use generate::{Generated, generate, listed};
pub use notice::{Location, Notice};
#[doc(hidden)]
pub use read::yaml_to_json;
pub use steering::{Dates, Docs, OperationSteering, Steering, SteeringText};
