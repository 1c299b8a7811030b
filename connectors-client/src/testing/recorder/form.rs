//! The fields of forms: pairs, and parts of a multipart form.

use super::cleaner::{Cleaner, decoded};
use super::json::Pattern;
use crate::encode::media_type::MediaType;

pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A part of a multipart form (RFC 7578).
#[derive(Clone, Default)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) mime: Option<String>,
    pub(super) bytes: Vec<u8>,
}

impl Field {
    pub(super) fn is_at(&self, places: &[Pattern]) -> bool {
        places.iter().any(|place| place.holds_pointer(&pointer(&self.name)))
    }

    pub(super) fn clean(&mut self, cleaner: &Cleaner) {
        self.bytes = match str::from_utf8(&self.bytes) {
            Ok(text) => cleaner.value(text).into_bytes(),
            Err(_) => cleaner.bytes(&self.bytes, &mut []),
        };
        self.file_name = self.file_name.take().map(|name| cleaner.value(&name));
    }
}

/// Returns the pointer to a field.
pub(super) fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Returns the pairs of a query or form, decoded.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

/// Returns the media type without its random boundary, and the parts. `None` if the body is no such
/// form.
pub(super) fn multipart(mime: &str, body: &[u8]) -> Option<(String, Vec<Field>)> {
    let media_type = MediaType::parse(mime);
    if media_type.name() != MULTIPART {
        return None;
    }
    let boundary = format!("--{}", media_type.parameter("boundary")?);
    let mut fields = Vec::new();
    let mut rest = body;
    while let Some(at) = find(rest, boundary.as_bytes()) {
        rest = &rest[at + boundary.len()..];
        let end = find(rest, boundary.as_bytes()).unwrap_or(0);
        fields.extend(part(&rest[..end]));
    }
    Some((MULTIPART.to_owned(), fields))
}

/// Replaces the media type in headers, whose boundary is random.
pub(super) fn set_media_type(headers: &mut [(String, String)], mime: &str) {
    for (_, value) in headers.iter_mut().filter(|(name, _)| name == "content-type") {
        mime.clone_into(value);
    }
}

fn part(text: &[u8]) -> Option<Field> {
    let text = text.strip_prefix(b"\r\n")?;
    let end = find(text, b"\r\n\r\n")?;
    let body = &text[end + 4..];
    let mut field =
        Field { bytes: body.strip_suffix(b"\r\n").unwrap_or(body).to_vec(), ..Field::default() };
    for line in String::from_utf8_lossy(&text[..end]).split("\r\n") {
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-disposition") {
            let disposition = MediaType::parse(value);
            field.name = disposition.parameter("name").unwrap_or_default();
            field.file_name = disposition.parameter("filename");
        } else if name.eq_ignore_ascii_case("content-type") {
            field.mime = Some(value.to_owned());
        }
    }
    Some(field)
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, part)
}
