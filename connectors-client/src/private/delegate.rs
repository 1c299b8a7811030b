//! Pointers to clients and fakes. Generated traits are implemented for all of them at once.

use std::sync::Arc;

/// A reference, an `Arc` or a `Box`. It implements an API's trait if its target does.
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
