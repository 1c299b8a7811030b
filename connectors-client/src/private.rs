//! What generated code names. Not part of the API: it changes with the macro, whose version is pinned.

pub use crate::endpoint::{Parameter, ParameterKind, PathPart, QueryPart};
pub use crate::mode::{AsyncMode, BlockingRaw, BlockingThin, Call, Caller, Mode, Raw, Thin, ThinMode};
pub use http::StatusCode;
