//! Rust syntax as users write it in attributes and signatures. Nothing here knows HTTP endpoints.

pub(crate) mod case;
pub(crate) mod options;
pub(crate) mod rust_type;
pub(crate) mod similar;
pub(crate) mod span;
pub(crate) mod value;
