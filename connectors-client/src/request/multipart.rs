//! Multipart forms (`multipart/form-data`, RFC 7578): what a part can be, and how parts become a body.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::body::{Body, Chain};
use crate::encode::media_type::MediaType;
use crate::encode::random;
use crate::encode::{self, Encoding, JsonOrBytes, Text};

/// One part of a multipart form: a body, perhaps with the name of a file. Its field's name is that of the argument.
///
/// ```
/// use connectors_client::{Body, Fake, Part, api_client};
///
/// #[api_client]
/// trait Datasets {
///     #[post("datasets", multipart)]
///     async fn create(&self, name: &str, data: Part, eval_data: Option<Part>) -> ();
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(DatasetsClient::CREATE, |_| Fake::reply(204, ""));
/// let data = Part::new("a,b\n1,2\n").file_name("data.csv").content_type("text/csv");
/// DatasetsClient::new(fake.client()).create("my set", data).await?;
/// let sent = String::from_utf8_lossy(fake.requests()[0].body()).into_owned();
/// assert!(sent.contains("Content-Disposition: form-data; name=\"data\"; filename=\"data.csv\"\r\n"));
/// # Ok(())
/// # }
/// ```
///
/// A part whose body is in memory, a file or made by a function is sent again where the call is repeated; see [`Body`].
#[derive(Debug)]
pub struct Part {
    body: Body,
    file_name: Option<String>,
}

impl Part {
    /// A part of text, bytes or any other body, of the body's media type; without one none is sent, which servers take
    /// for text (RFC 7578 section 4.4).
    pub fn new(body: impl Into<Body>) -> Self {
        Self { body: body.into(), file_name: None }
    }

    /// A value as JSON. One that has no JSON form is the call's [`Build`](crate::ErrorKind::Build) error.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        Self::new(Body::json(value))
    }

    /// A file, read while it is sent, with its name, its length and the type that the name suggests; see
    /// [`Body::file`].
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { body: Body::file(path), file_name: name }
    }

    /// The same with the name of a file, which tells a server that it is one.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The same with another media type.
    pub fn content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.body = self.body.with_content_type(content_type);
        self
    }

    /// The head of the part, with its field's name.
    fn head(&self, name: &str) -> Result<String, String> {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", escaped(name));
        if let Some(file_name) = &self.file_name {
            head.extend(["; filename=\"", &escaped(file_name), "\""]);
        }
        head.push_str("\r\n");
        if let Some(content_type) = self.body.content_type() {
            if !MediaType::is_valid(content_type) {
                return Err("has an invalid content type".to_owned());
            }
            head.extend(["Content-Type: ", content_type, "\r\n"]);
        }
        head.push_str("\r\n");
        Ok(head)
    }

    /// The same in a form that can wait for an attempt, or why it cannot be sent.
    pub(crate) fn kept(self) -> Result<Self, String> {
        match self.body.why_not() {
            Some(mistake) => Err(mistake.to_owned()),
            None => Ok(Self { body: self.body.kept(), ..self }),
        }
    }

    /// Whether it was a stream, and an attempt has begun to read it.
    pub(crate) fn is_spent(&self) -> bool {
        self.body.is_spent()
    }
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

/// What would end a quoted name is percent-encoded (HTML, "multipart/form-data encoding algorithm"), and so are the other
/// control characters, which have no meaning in a name.
fn escaped(name: &str) -> String {
    const ESCAPED: &AsciiSet = &CONTROLS.add(b'"');
    let mut escaped = String::with_capacity(name.len());
    for character in name.chars() {
        // What is not ASCII is sent as it is.
        match u8::try_from(character).ok().filter(u8::is_ascii) {
            Some(byte) => escaped.extend(percent_encode(&[byte], ESCAPED)),
            None => escaped.push(character),
        }
    }
    escaped
}

/// Any number of parts under the name of one argument: a field that is repeated.
///
/// ```
/// use connectors_client::{Part, Parts};
///
/// let files: Parts = ["a.txt", "b.txt"].into_iter().map(Part::file).collect();
/// ```
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
/// Of [`Serialize`] types one value (text, numbers, dates, unit variants) is a part of text, a struct or map a part of
/// JSON, a list a part per item, [`Bytes`] a part of the type `application/octet-stream`; `None` is no part. [`Part`] says
/// itself what it is, [`Parts`] are several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a part of a form",
    label = "this type cannot be sent",
    note = "derive `serde::Serialize` for it, or take `connectors_client::Part`, or `connectors_client::Parts` for several"
)]
pub trait IntoParts {
    /// The parts, in their order.
    fn into_parts(self) -> Parts;
}

impl<T: Serialize> IntoParts for T {
    fn into_parts(self) -> Parts {
        parts_of(&self).unwrap_or_else(|mistake| Parts(vec![Part::new(Body::mistake(mistake))]))
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

/// The parts of a value that serializes.
pub(crate) fn parts_of<T: Serialize + ?Sized>(value: &T) -> Result<Parts, String> {
    let json = match encode::json_or_bytes(value).map_err(|error| format!("is no JSON: {error}"))? {
        JsonOrBytes::Bytes(bytes) => return Ok(Part::new(bytes).content_type(BYTES).into_parts()),
        JsonOrBytes::Json(json) => json,
    };
    match json.first() {
        Some(b'{') => Ok(Part::new(Body::from(json).with_content_type(JSON)).into_parts()),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
            items.into_iter().filter_map(|item| part_of_item(item.get()).transpose()).collect()
        }
        _ => {
            let mut text = Vec::new();
            let is_some = encode::scalar(value, &mut Text::new(&mut text, Encoding::Plain))
                .map_err(|error| error.to_string())?;
            Ok(is_some.then(|| Part::new(text)).into_iter().collect())
        }
    }
}

const BYTES: &str = "application/octet-stream";
const JSON: &str = "application/json";

/// The part of an item of a list, from its JSON.
fn part_of_item(json: &str) -> Result<Option<Part>, String> {
    match json.as_bytes().first() {
        Some(b'{' | b'[') => Ok(Some(Part::new(Body::from(json.to_owned()).with_content_type(JSON)))),
        Some(b'"') => {
            serde_json::from_str::<String>(json).map(|text| Some(Part::new(text))).map_err(|e| e.to_string())
        }
        Some(b'n') => Ok(None),
        _ => Ok(Some(Part::new(json.to_owned()))),
    }
}

/// A part with the name of its field.
pub(crate) type NamedPart = (Cow<'static, str>, Arc<Part>);

/// The body of parts, with a boundary of its own: of one attempt, or to be kept and sent any number of times.
pub(crate) fn body(parts: Vec<NamedPart>, is_kept: bool) -> Result<Body, String> {
    let boundary = boundary();
    let content_type = format!("multipart/form-data; boundary={boundary}");
    let body = if is_kept {
        Body::from_fn(move || chain(&parts, &boundary).map_or_else(Body::mistake, Body::stream))
    } else {
        Body::stream(chain(&parts, &boundary)?)
    };
    Ok(body.with_content_type(content_type))
}

/// The parts behind each other (RFC 2046 section 5.1.1).
fn chain(parts: &[NamedPart], boundary: &str) -> Result<Chain, String> {
    let mut chain = Chain::default();
    for (name, part) in parts {
        let wrong = |mistake: &str| format!("`{name}` {mistake}");
        let head = part.head(name).map_err(|mistake| wrong(&mistake))?;
        chain.push(format!("--{boundary}\r\n{head}"));
        chain.push(part.body.of_attempt().map_err(|mistake| wrong(&mistake))?);
        chain.push(Bytes::from_static(b"\r\n"));
    }
    chain.push(format!("--{boundary}--\r\n"));
    Ok(chain)
}

/// What separates the parts, which nobody can guess who chooses what is in them.
fn boundary() -> String {
    format!("{:032x}", random::bits())
}
