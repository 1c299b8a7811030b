//! Pointers to clients and fakes. Generated traits are implemented for all of them at once.

use std::sync::Arc;

/// A reference, an `Arc` or a `Box`. It implements an API's trait if its target does.
// Generated implementations cannot have `diagnostic::do_not_recommend`, since a crate with
// `no_implicit_prelude` does not find it. So this is the bound that rustc reports.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement the trait of this API",
    label = "neither an implementation of the trait nor a pointer to one",
    note = "pass the async thin client, `XClient` for a trait `X`, or a type with an `impl X for`"
)]
pub trait Forwarding {
    /// The type it points to.
    type Target: ?Sized;

    /// Borrows the target.
    fn target(&self) -> &Self::Target;
}

impl<T: ?Sized> Forwarding for &T {
    type Target = T;

    fn target(&self) -> &T {
        self
    }
}

impl<T: ?Sized> Forwarding for Arc<T> {
    type Target = T;

    fn target(&self) -> &T {
        self
    }
}

impl<T: ?Sized> Forwarding for Box<T> {
    type Target = T;

    fn target(&self) -> &T {
        self
    }
}
