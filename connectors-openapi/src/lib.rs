//! Typed clients from OpenAPI descriptions.

pub mod model;
mod notice;
mod read;

pub use notice::{Location, Notice};
