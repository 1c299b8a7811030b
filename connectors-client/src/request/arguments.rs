//! The arguments of a call, for transports that log or count by them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use percent_encoding::percent_decode;

use super::{Request, Slot};
use crate::body::Body;
use crate::client::request_options::mark_sensitive;
use crate::encode::media_type::MediaType;
use crate::endpoint::{Endpoint, Format, Location};
use crate::error::secrets::MASK;

/// The arguments of a call, as text by name. A transport finds them in the extensions of each
/// request.
///
/// Secrets are masked: a [`Secret`](crate::Secret), a header that is declared `sensitive` or is one
/// of `Authorization`, `Cookie` and `Proxy-Authorization`, and the query of a `#[url]` are shown as
/// `***`. Structs, maps and lists of them are shown as `{..}` and `[..]`, because a field can be a
/// secret. Of a body or a part only the media type and the length are shown. All other values are
/// shown in full, so decide which of them a log may contain.
///
/// ```
/// use connectors_client::{Arguments, Fake, FakeReply, Secret, api_client};
///
/// #[api_client]
/// trait Doors {
///     #[post("doors/<id>/open")]
///     async fn open(&self, id: &str, code: &Secret, seconds: Option<u32>);
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), connectors_client::Error> {
/// let fake = Fake::new().on(DoorsClient::OPEN, |_| FakeReply::new(204, ""));
/// DoorsClient::new(fake.client()).open("front door", &Secret::new("12345678")).await?;
///
/// let requests = fake.requests();
/// let arguments = requests[0].extensions().get::<Arguments>().unwrap();
/// assert_eq!(arguments.get("id").as_deref(), Some("front door"));
/// assert_eq!(arguments.get("code").as_deref(), Some("***"));
/// assert_eq!(arguments.get("seconds"), None);
/// # Ok(())
/// # }
/// ```
// The texts are made when they are asked for, so a call pays for a copy of its buffer only.
#[derive(Clone)]
pub struct Arguments(Arc<Copied>);

struct Copied {
    endpoint: &'static Endpoint,
    buffer: Vec<u8>,
    slots: Vec<Slot>,
    /// True if the URL of a page replaces the template.
    #[cfg(feature = "recorder")]
    has_link: bool,
    /// Descriptions of bodies and parts, each with its slot.
    bodies: Vec<(usize, String)>,
}

impl Arguments {
    pub(super) fn of(request: &Request) -> Self {
        Self(Arc::new(Copied {
            endpoint: request.endpoint,
            buffer: request.buffer.clone(),
            slots: request.slots.clone(),
            #[cfg(feature = "recorder")]
            has_link: request.link.is_some(),
            bodies: bodies(request),
        }))
    }

    /// Returns the name of each argument that is set, as it is declared, and the text of its value.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, Cow<'_, str>)> {
        let set = (0..self.0.slots.len()).filter_map(|slot| Some((slot, self.0.text(slot)?)));
        set.map(|(slot, text)| (self.0.endpoint.argument(slot), text))
    }

    /// Returns the secrets among the arguments, decoded, each with the name of its argument.
    #[cfg(feature = "recorder")]
    pub(crate) fn secrets(&self) -> Vec<(&'static str, String)> {
        let copied = &self.0;
        let slots = 0..copied.slots.len();
        let secrets = slots.filter(|slot| copied.is_secret(*slot)).flat_map(|slot| {
            let value = copied.slots[slot].range().map(|range| &copied.buffer[range]);
            let texts = copied.decoded(slot, value.unwrap_or_default());
            texts.into_iter().map(move |text| (copied.endpoint.argument(slot), text))
        });
        secrets.collect()
    }

    /// Returns the arguments of the path and of headers, decoded.
    #[cfg(feature = "recorder")]
    pub(crate) fn of_path_and_headers(&self) -> Vec<(&'static str, String)> {
        use Location::{Header, Path, SecretHeader};
        let copied = &self.0;
        let is_such =
            |slot: &usize| matches!(copied.endpoint.location(*slot), Path | Header | SecretHeader);
        let slots = (0..copied.slots.len()).filter(is_such);
        let texts = slots.filter_map(|slot| {
            let value = &copied.buffer[copied.slots[slot].range()?];
            Some((copied.endpoint.argument(slot), copied.decoded(slot, value).concat()))
        });
        texts.collect()
    }

    /// Returns the name of the argument or link that replaces the template, if one does.
    #[cfg(feature = "recorder")]
    pub(crate) fn link_name(&self) -> Option<&'static str> {
        if self.0.has_link {
            return Some("link");
        }
        let slot = self.0.endpoint.slot_in(Location::Url)?;
        self.0.slots[slot].range().map(|_| self.0.endpoint.argument(slot))
    }

    /// Returns the text of an argument. It is `None` if the argument is not set or does not exist.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.pairs().find_map(|(other, text)| (other == name).then_some(text))
    }
}

/// Shows which arguments are set, never their values.
impl fmt::Debug for Arguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.pairs().map(|(name, _)| name).collect();
        f.debug_tuple("Arguments").field(&names).finish()
    }
}

impl Copied {
    #[cfg(feature = "recorder")]
    fn is_secret(&self, slot: usize) -> bool {
        match self.endpoint.location(slot) {
            Location::SecretHeader => true,
            Location::Header if is_sensitive(self.endpoint.wire_name(slot)) => true,
            _ => matches!(self.slots[slot], Slot::Secret { .. }),
        }
    }

    /// Undoes the encoding of an argument. One of the query or of a form can be a list.
    #[cfg(feature = "recorder")]
    fn decoded(&self, slot: usize, value: &[u8]) -> Vec<String> {
        let is_json = self.endpoint.options.format == Format::Json;
        let text = || String::from_utf8_lossy(value).into_owned();
        match self.endpoint.location(slot) {
            Location::Path => vec![percent_decode(value).decode_utf8_lossy().into_owned()],
            Location::Field if is_json => {
                vec![serde_json::from_slice(value).unwrap_or_else(|_| text())]
            }
            Location::Query | Location::Field => {
                let pairs = value.split(|byte| *byte == b'&');
                let values = pairs.filter_map(|pair| {
                    let equals = pair.iter().position(|byte| *byte == b'=')?;
                    Some(decoded(&pair[equals + 1..]))
                });
                values.collect()
            }
            _ => vec![text()],
        }
    }

    fn text(&self, slot: usize) -> Option<Cow<'_, str>> {
        match self.slots[slot] {
            Slot::Unset => None,
            Slot::Null => Some("null".into()),
            Slot::Secret { .. } => Some(MASK.into()),
            Slot::Spread { .. } => Some(OBJECT.into()),
            Slot::Value { start, end } => Some(self.value(slot, &self.buffer[start..end])),
        }
    }

    fn value<'a>(&self, slot: usize, value: &'a [u8]) -> Cow<'a, str> {
        let name = self.endpoint.wire_name(slot);
        match self.endpoint.location(slot) {
            Location::SecretHeader => MASK.into(),
            Location::Header if is_sensitive(name) => MASK.into(),
            Location::Header => String::from_utf8_lossy(value),
            Location::Path => percent_decode(value).decode_utf8_lossy(),
            Location::Query => of_pairs(name, value),
            Location::Url => of_url(value),
            Location::Body => self.body(slot).into(),
            Location::Field => match self.endpoint.options.format {
                Format::Json => of_json(value),
                Format::Form => of_pairs(name, value),
                Format::Multipart => self.body(slot).into(),
            },
        }
    }

    fn body(&self, slot: usize) -> String {
        let own = self.bodies.iter().filter(|(other, _)| *other == slot);
        own.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ")
    }
}

const OBJECT: &str = "{..}";
const LIST: &str = "[..]";

fn bodies(request: &Request) -> Vec<(usize, String)> {
    let whole = request.endpoint.slot_in(Location::Body).zip(request.body.as_deref());
    let parts = request.parts.iter().map(|(slot, part)| (*slot, &part.body));
    whole.into_iter().chain(parts).map(|(slot, body)| (slot, described(body))).collect()
}

/// Describes a body by its media type, without parameters, and its length.
fn described(body: &Body) -> String {
    let name = body.content_type().map_or("body", |text| MediaType::parse(text).name());
    match http_body::Body::size_hint(body).exact() {
        Some(length) => format!("({name}, {length} bytes)"),
        None => format!("({name})"),
    }
}

fn is_sensitive(header: &str) -> bool {
    HeaderName::from_bytes(header.as_bytes())
        .is_ok_and(|name| mark_sensitive(&name, HeaderValue::from_static("")).is_sensitive())
}

/// Returns the text of a JSON value.
fn of_json(value: &[u8]) -> Cow<'_, str> {
    match value.first() {
        Some(b'{') => OBJECT.into(),
        Some(b'[') if value.contains(&b'{') => LIST.into(),
        Some(b'"') => serde_json::from_slice::<String>(value).unwrap_or_default().into(),
        _ => String::from_utf8_lossy(value),
    }
}

/// Returns the values of the pairs of an argument, or `{..}` if they are fields of one.
fn of_pairs<'a>(name: &str, pairs: &[u8]) -> Cow<'a, str> {
    let mut values = Vec::new();
    for pair in pairs.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let key = decoded(&pair[..equals]);
        if key.strip_suffix("[]").unwrap_or(&key) != name.strip_suffix("[]").unwrap_or(name) {
            return OBJECT.into();
        }
        values.push(decoded(pair.get(equals + 1..).unwrap_or_default()));
    }
    values.join(",").into()
}

/// Decodes a name or value of a form (`application/x-www-form-urlencoded`).
fn decoded(text: &[u8]) -> String {
    let spaces: Vec<u8> =
        text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaces).decode_utf8_lossy().into_owned()
}

/// Returns a URL with its query masked, which often has a signature.
fn of_url(url: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(url).split_once('?') {
        Some((path, _)) => format!("{path}?{MASK}").into(),
        None => String::from_utf8_lossy(url),
    }
}
