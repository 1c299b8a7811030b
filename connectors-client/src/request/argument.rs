//! Traits of the types that an argument can have.

use serde::Serialize;

use crate::client::secret::Secret;
use crate::encode::{self, Encoding, TextEncoder};

/// A type of an argument that is sent as text or JSON: any [`Serialize`] type, or a secret.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent here",
    label = "this type cannot be sent",
    note = "derive `serde::Serialize` for it; a `Part` or `Parts` goes with the option `multipart`, a `Body` with `#[body]`"
)]
pub trait Argument {
    /// True if the value is protected like a token.
    const IS_SECRET: bool;

    /// Returns the value that is encoded.
    fn sent(&self) -> &(impl Serialize + ?Sized);
}

impl<T: Serialize + ?Sized> Argument for T {
    const IS_SECRET: bool = false;

    fn sent(&self) -> &(impl Serialize + ?Sized) {
        self
    }
}

impl Argument for Secret {
    const IS_SECRET: bool = true;

    fn sent(&self) -> &(impl Serialize + ?Sized) {
        self.expose()
    }
}

impl Argument for &Secret {
    const IS_SECRET: bool = true;

    fn sent(&self) -> &(impl Serialize + ?Sized) {
        self.expose()
    }
}

/// A type of an argument with `#[header]`: one that serializes as a value or a list of values, or a
/// secret.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a header",
    label = "this type cannot be sent",
    note = "derive `serde::Serialize` for it, or take `connectors_client::Secret`"
)]
pub trait HeaderArgument {
    /// True if the value is protected like a token.
    const IS_SECRET: bool;

    /// Appends the value. Returns false if there is none.
    fn write(&self, buffer: &mut Vec<u8>) -> Result<bool, String>;
}

impl<T: Serialize + ?Sized> HeaderArgument for T {
    const IS_SECRET: bool = false;

    fn write(&self, buffer: &mut Vec<u8>) -> Result<bool, String> {
        encode::scalar(self, &mut TextEncoder::new(buffer, Encoding::Plain))
            .map_err(|error| error.to_string())
    }
}

impl HeaderArgument for Secret {
    const IS_SECRET: bool = true;

    fn write(&self, buffer: &mut Vec<u8>) -> Result<bool, String> {
        buffer.extend_from_slice(self.expose().as_bytes());
        Ok(true)
    }
}

impl HeaderArgument for &Secret {
    const IS_SECRET: bool = true;

    fn write(&self, buffer: &mut Vec<u8>) -> Result<bool, String> {
        (**self).write(buffer)
    }
}
