//! Methods of the trait with a body. They are not endpoints and keep their body.

use syn::{FnArg, TraitItemFn};

use super::arg;
use crate::errors::Errors;

/// Removes our attributes from the arguments and reports each of them: only an endpoint's argument
/// can have one.
pub(super) fn take_attributes(method: &mut TraitItemFn, errors: &mut Errors) {
    for input in &mut method.sig.inputs {
        match input {
            FnArg::Receiver(receiver) => arg::strip(&mut receiver.attrs, errors),
            FnArg::Typed(arg) => arg::strip(&mut arg.attrs, errors),
        }
    }
}
