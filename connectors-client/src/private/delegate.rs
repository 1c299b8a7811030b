//! What points at a client or a fake, so that a trait is implemented for all of it at once.

use std::sync::Arc;

/// A reference, an `Arc` or a `Box`: it implements an API's trait where its target does.
pub trait Forwarding {
    /// What it points at.
    type Target: ?Sized;

    /// That, borrowed.
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
