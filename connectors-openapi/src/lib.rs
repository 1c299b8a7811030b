#![doc = include_str!("../README.md")]

mod build_script;
#[doc(hidden)]
pub mod command;
mod docs;
mod generate;
pub mod model;
mod notice;
mod read;
mod steering;
mod words;

pub use build_script::build;
pub use generate::{Generated, generate, listed};
pub use notice::{Location, Notice};
#[doc(hidden)]
pub use read::yaml_to_json;
pub use steering::{Dates, Docs, OperationSteering, Steering};
