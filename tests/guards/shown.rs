//! All that is shown of a value: what a log line, an assertion or a panic may hold.

use std::error::Error;
use std::fmt::{Debug, Display};

/// `{:?}` and `{:#?}`.
pub(crate) fn debug(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Both, and `{}`.
pub(crate) fn display(value: &(impl Debug + Display)) -> String {
    format!("{value}\n{value:#}\n{}", debug(value))
}

/// The same of an error and all its causes.
pub(crate) fn error(error: &(dyn Error + 'static)) -> String {
    let mut shown = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        shown.push(format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n"));
        next = error.source();
    }
    shown.concat()
}
