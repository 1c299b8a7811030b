//! A value that a function of the user serializes.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};

/// A function that serializes a type: the one in the module that `#[with(..)]` names.
pub trait SerializeWith<T: ?Sized> {
    /// Serializes the value.
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A value that `W` serializes.
#[derive(Debug)]
pub struct With<'a, T: ?Sized, W> {
    value: &'a T,
    with: PhantomData<fn() -> W>,
}

impl<'a, T: ?Sized, W: SerializeWith<T>> With<'a, T, W> {
    /// Wraps a value.
    pub fn new(value: &'a T) -> Self {
        Self { value, with: PhantomData }
    }
}

impl<T: ?Sized, W: SerializeWith<T>> Serialize for With<'_, T, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        W::serialize(self.value, serializer)
    }
}
