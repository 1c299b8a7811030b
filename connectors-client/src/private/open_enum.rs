//! Support for `#[derive(OpenEnum)]`: keeping the text of an unknown value, and reading without a
//! copy.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

/// A type that can keep the text of an unknown value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the text of an unknown value",
    label = "write `String` here",
    note = "what is `From<String>` and `AsRef<str>` can, for example `String`, `Box<str>` and `Arc<str>`"
)]
pub trait UnknownText {
    /// Keeps a text.
    fn of(text: String) -> Self;

    /// The text, as it came.
    fn text(&self) -> &str;
}

// One type that does not fit is one error, and not one per bound.
#[diagnostic::do_not_recommend]
impl<T: From<String> + AsRef<str>> UnknownText for T {
    fn of(text: String) -> Self {
        text.into()
    }

    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// Reads a text, lent where the format can lend it, so that a known value is read without a copy.
pub fn read_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: From<String> + for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(Text(PhantomData))
}

struct Text<T>(PhantomData<T>);

impl<T: From<String> + for<'a> From<&'a str>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}
