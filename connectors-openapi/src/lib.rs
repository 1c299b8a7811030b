//! Typed clients from OpenAPI descriptions.

#[doc(hidden)]
pub mod command;
mod docs;
mod generate;
pub mod model;
mod notice;
mod read;
mod steering;
mod words;

pub use generate::{Generated, generate, listed};
pub use notice::{Location, Notice};
pub use steering::{Dates, Docs, OperationSteering, Steering};
