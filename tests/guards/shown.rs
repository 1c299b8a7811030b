//! Every text that shows a value, as a log line, an assertion or a panic may contain it.

use std::error::Error;
use std::fmt::{Debug, Display};

/// Returns `{:?}` and `{:#?}`.
pub(crate) fn debug(value: &impl Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Returns `{:?}`, `{:#?}` and `{}`.
pub(crate) fn display(value: &(impl Debug + Display)) -> String {
    format!("{value}\n{value:#}\n{}", debug(value))
}

/// Returns all these texts for an error and all its causes.
pub(crate) fn error(error: &(dyn Error + 'static)) -> String {
    let mut shown = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        shown.push(format!("{error}\n{error:#}\n{error:?}\n{error:#?}\n"));
        next = error.source();
    }
    shown.concat()
}
