//! Multipart forms (`multipart/form-data`, RFC 7578): types of parts, and the body that they form.

use std::borrow::Cow;
#[cfg(feature = "files")]
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};
use serde::Serialize;

use super::{Body, Chain, field_serializer, part_serializer};
use crate::encode::media_type::MediaType;
use crate::encode::{EncodeError, random};

/// One part of a multipart form: a body with an optional file name. The argument's name is that of
/// the field.
///
/// ```
/// use connectors_client::{Body, Fake, FakeReply, Part, api_client};
///
/// #[api_client]
/// trait Datasets {
///     #[post("datasets", multipart)]
///     async fn create(&self, name: &str, data: Part, eval_data: Option<Part>) -> ();
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(DatasetsClient::CREATE, |_| FakeReply::new(204, ""));
/// let data = Part::new("a,b\n1,2\n").file_name("data.csv").content_type("text/csv");
/// DatasetsClient::new(fake.client()).create("my set", data).await?;
/// let sent = String::from_utf8_lossy(fake.requests()[0].body()).into_owned();
/// assert!(sent.contains("Content-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n"));
/// # Ok(())
/// # }
/// ```
///
/// A retry sends the part again if its body is in memory, is a file, or comes from a function; see
/// [`Body`].
#[derive(Debug)]
pub struct Part {
    pub(crate) body: Body,
    file_name: FileName,
}

#[derive(Debug)]
enum FileName {
    None,
    /// The name of the field.
    OfField,
    Given(String),
}

impl Part {
    /// Returns a part with this body and its media type. Without a media type none is sent, and the
    /// server reads the part as text (RFC 7578 section 4.4).
    pub fn new(body: impl Into<Body>) -> Self {
        Self { body: body.into(), file_name: FileName::None }
    }

    /// Returns a part with a value as JSON. If the value cannot be serialized, the call ends with a
    /// [`Build`](crate::ErrorKind::Build) error.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        Self::new(Body::json(value))
    }

    /// Returns a part that reads a file while it is sent. It has the file's name and length, and
    /// the media type that the name suggests; see [`Body::file`].
    #[cfg(feature = "files")]
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { body: Body::file(path), file_name: name.map_or(FileName::None, FileName::Given) }
    }

    /// Returns a file of these bytes, which has the name of its field (RFC 7578 section 4.2).
    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { body: Body::from(bytes).with_content_type(BYTES), file_name: FileName::OfField }
    }

    /// Returns a part of JSON text.
    pub(super) fn from_json(json: Vec<u8>) -> Self {
        Self::new(Body::from(json).with_content_type(JSON))
    }

    /// Sets the file name, by which a server recognises a file. Without a media type the part then
    /// has the type `application/octet-stream` (RFC 7578 section 4.4).
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = FileName::Given(name.into());
        self
    }

    /// Sets the media type.
    pub fn content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.body = self.body.with_content_type(content_type);
        self
    }

    /// Returns the header fields of the part, which contain the name of its field.
    fn head(&self, name: &str) -> Result<String, String> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        let file_name = match &self.file_name {
            FileName::None => None,
            FileName::OfField => Some(name),
            FileName::Given(file_name) => Some(file_name.as_str()),
        };
        if let Some(file_name) = file_name {
            head.extend(["; filename=\"", &escaped(file_name), "\""]);
        }
        head.push_str("\r\n");
        if let Some(content_type) = self.body.content_type().or(file_name.map(|_| BYTES)) {
            if !MediaType::is_valid(content_type) {
                return Err("has a content type that is not a media type".to_owned());
            }
            head.extend(["Content-Type: ", content_type, "\r\n"]);
        }
        head.push_str("\r\n");
        Ok(head)
    }

    /// Returns a part that can be kept until an attempt reads it, or the reason why it cannot be
    /// sent.
    pub(crate) fn into_replayable(self) -> Result<Self, String> {
        match self.body.error() {
            Some(mistake) => Err(mistake.to_owned()),
            None => Ok(Self { body: self.body.into_replayable(), ..self }),
        }
    }

    /// Returns true if the body is a stream that an attempt has begun to read.
    pub(crate) fn is_spent(&self) -> bool {
        self.body.is_spent()
    }
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

/// Percent-encodes the characters that would end a quoted name (HTML, "multipart/form-data encoding
/// algorithm"), and the other control characters.
fn escaped(name: &str) -> String {
    const ESCAPED: &AsciiSet = &CONTROLS.add(b'"');
    let mut escaped = String::with_capacity(name.len());
    for character in name.chars() {
        // Other characters than ASCII are sent unencoded.
        match u8::try_from(character).ok().filter(u8::is_ascii) {
            Some(byte) => escaped.extend(percent_encode(&[byte], ESCAPED)),
            None => escaped.push(character),
        }
    }
    escaped
}

/// Any number of parts with the name of one argument: a repeated field.
///
/// ```
/// use connectors_client::{Part, Parts};
///
/// let files: Parts = ["a.txt", "b.txt"].into_iter().map(Part::file).collect();
/// ```
///
/// For a list of bytes, declare `Vec<Bytes>`, whose items are sent as files. A part made from bytes
/// by `Part::new(bytes)` or `collect()` is text, without a file name.
#[derive(Debug, Default)]
pub struct Parts(pub(crate) Vec<Part>);

impl<P: Into<Part>> FromIterator<P> for Parts {
    fn from_iter<I: IntoIterator<Item = P>>(parts: I) -> Self {
        Self(parts.into_iter().map(Into::into).collect())
    }
}

impl From<Vec<Part>> for Parts {
    fn from(parts: Vec<Part>) -> Self {
        Self(parts)
    }
}

/// A type that an argument of a `multipart` endpoint can have.
///
/// A [`Serialize`] type becomes a part of text if it is one value (text, numbers, dates, unit
/// variants), a part of JSON if it is a struct or map, and a part per item if it is a list.
/// [`Bytes`] and each list of `u8` become a file: a part of the type `application/octet-stream`
/// that has the name of its field as file name. Other types that are written as a `u8`, and tuples,
/// are numbers. `None` becomes no part. A `Secret` becomes a part of text. A [`Part`] is sent as it
/// is, and [`Parts`] are several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a part of a form",
    label = "this type cannot be sent",
    note = "a list of parts is `connectors_client::Parts`: collect them, or write `Parts::from(list)`",
    note = "a value derives `serde::Serialize`; a file or another body is a `connectors_client::Part`"
)]
pub trait IntoParts {
    /// Returns the parts in order.
    fn into_parts(self) -> Parts;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoParts for T {
    fn into_parts(self) -> Parts {
        parts_from(&self).unwrap_or_else(|error| {
            let part = Part::new(Body::mistake(error.to_string()));
            Parts(vec![part])
        })
    }
}

impl IntoParts for Part {
    fn into_parts(self) -> Parts {
        Parts(vec![self])
    }
}

impl IntoParts for Parts {
    fn into_parts(self) -> Parts {
        self
    }
}

/// Returns the parts of a value that serializes.
pub(crate) fn parts_from<T: Serialize + ?Sized>(value: &T) -> Result<Parts, EncodeError> {
    let mut parts = Vec::new();
    part_serializer::push_parts(value, &mut parts)?;
    Ok(Parts(parts))
}

/// Returns the parts of the fields of a struct or map, each with its name.
pub(crate) fn fields_from<T: Serialize + ?Sized>(
    value: &T,
) -> Result<Vec<(Cow<'static, str>, Part)>, EncodeError> {
    field_serializer::fields(value)
}

const BYTES: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// A part and the name of its field.
pub(crate) type NamedPart = (Cow<'static, str>, Arc<Part>);

/// Returns the body of these parts with a new boundary. The body is read once, unless it is
/// replayable.
pub(crate) fn body(parts: Vec<NamedPart>, is_replayable: bool) -> Result<Body, String> {
    // Unpredictable, so that the content of a part cannot contain it.
    let boundary =
        random::hex().map_err(|error| format!("the boundary cannot be made: {error}"))?;
    let content_type = format!("multipart/form-data; boundary={boundary}");
    let body = if is_replayable {
        Body::from_fn(move || chain(&parts, &boundary).map_or_else(Body::mistake, Body::stream))
    } else {
        Body::stream(chain(&parts, &boundary)?)
    };
    Ok(body.with_content_type(content_type))
}

/// Joins the parts (RFC 2046 section 5.1.1).
fn chain(parts: &[NamedPart], boundary: &str) -> Result<Chain, String> {
    let mut chain = Chain::default();
    for (name, part) in parts {
        let wrong = |mistake: &str| format!("`{name}` {mistake}");
        let head = part.head(name).map_err(|mistake| wrong(&mistake))?;
        chain.push(format!("--{boundary}\r\n{head}"));
        chain.push(part.body.for_attempt().map_err(|mistake| wrong(&mistake))?);
        chain.push(Bytes::from_static(b"\r\n"));
    }
    chain.push(format!("--{boundary}--\r\n"));
    Ok(chain)
}
