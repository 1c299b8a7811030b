//! The derives, and the attribute of structs. Each file reads, checks and prints one of them.

pub(crate) mod error_class;
pub(crate) mod from_event;
pub(crate) mod from_response;
pub(crate) mod group;
pub(crate) mod open_enum;
pub(crate) mod open_union;
pub(crate) mod page;
pub(crate) mod skip_unset;

mod payload;
mod status;
mod texts;
