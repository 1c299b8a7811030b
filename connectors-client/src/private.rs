//! What generated code names. Not part of the API: it changes with the macro, whose version is pinned.

pub use crate::caller::{Call, Caller};
pub use crate::derived::{FromHeader, accept, header, no_variant, status};
pub use crate::endpoint::{Parameter, ParameterKind, PathPart, QueryPart};
pub use crate::request::Request;
pub use crate::response::check_none;
pub use http::StatusCode;
