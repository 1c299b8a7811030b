//! Multipart forms.

use connectors_client::{ErrorKind, Fake, FakeReply, Part, Parts, RequestOptions, api_client};

use crate::fields;
use crate::runtime::block_on;

#[api_client]
trait Uploads {
    #[post("uploads", multipart)]
    async fn send(&self, note: &str, files: Parts);
}

/// An expected part.
#[derive(Debug, PartialEq)]
struct Arrived {
    head: String,
    body: Vec<u8>,
}

/// Sends `note, name and value of an option, file name, content type, body, file name, content
/// type, body, ..`. An empty file name or content type is absent.
///
/// The form is refused exactly if a content type is not a media type. Otherwise its
/// boundary separates exactly these parts, and their heads have the expected lines.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn multipart(input: &[u8]) {
    let mut pieces = fields::pieces(input);
    let text =
        |piece: Option<&[u8]>| String::from_utf8_lossy(piece.unwrap_or_default()).into_owned();
    let (note, name, value) = (text(pieces.next()), text(pieces.next()), text(pieces.next()));
    let mut expected = vec![Arrived { head: disposition("note"), body: note.clone().into() }];
    let (mut parts, mut is_sound) = (Vec::new(), true);
    while let Some(piece) = pieces.next() {
        let (file_name, content_type) = (text(Some(piece)), text(pieces.next()));
        let body = pieces.next().unwrap_or_default().to_vec();
        let (mut part, mut head) = (Part::new(body.clone()), disposition("files"));
        if !file_name.is_empty() {
            head.extend(["; filename=\"", &escaped(&file_name), "\""]);
            part = part.file_name(file_name);
        }
        if content_type.is_empty() {
            if head.contains("filename=") {
                head.push_str("\r\nContent-Type: application/octet-stream");
            }
        } else {
            is_sound &= is_media_type(&content_type);
            head.extend(["\r\nContent-Type: ", &content_type]);
            part = part.content_type(content_type);
        }
        expected.push(Arrived { head, body });
        parts.push(part);
    }
    let mut options = RequestOptions::new();
    if !name.is_empty() && !matches!(&*name, "note" | "files") {
        expected.push(Arrived { head: disposition(&name), body: value.clone().into() });
        options = options.body_field(&name, value);
    }

    let fake = Fake::new().on(UploadsClient::SEND, |_| FakeReply::new(204, ""));
    let uploads = UploadsClient::new(fake.client());
    let result = block_on(async { uploads.send(&note, parts.into()).options(options).await });
    if let Err(error) = result {
        assert_eq!(error.kind(), ErrorKind::Build, "{error}");
        assert!(!is_sound, "refused: {error}");
        return assert!(fake.requests().is_empty());
    }
    assert!(is_sound, "not refused");
    let request = fake.requests().pop().unwrap();
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(boundary.len() == 32 && boundary.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(parsed(request.body(), boundary), expected);
}

/// Returns true for a type and a subtype, and parameters that a header can carry (RFC 9110 section
/// 8.3.1).
fn is_media_type(text: &str) -> bool {
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&byte))
    };
    let name = text.split(';').next().unwrap_or_default().trim_matches(' ');
    text.bytes().all(|byte| matches!(byte, 0x20..0x7f))
        && name.split_once('/').is_some_and(|(name, subtype)| is_token(name) && is_token(subtype))
}

/// Splits a form into its parts (RFC 2046 section 5.1.1).
fn parsed(form: &[u8], boundary: &str) -> Vec<Arrived> {
    let delimiter = format!("\r\n--{boundary}");
    // No line end precedes the first delimiter.
    let mut rest =
        form.strip_prefix(&delimiter.as_bytes()[2..]).expect("the form begins with its boundary");
    let mut parts = Vec::new();
    while rest != b"--\r\n" {
        rest = rest.strip_prefix(b"\r\n").expect("a boundary ends its line");
        let (part, after) = split(rest, delimiter.as_bytes());
        let (head, body) = split(part, b"\r\n\r\n");
        parts
            .push(Arrived { head: String::from_utf8(head.to_vec()).unwrap(), body: body.to_vec() });
        rest = after;
    }
    parts
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> (&'a [u8], &'a [u8]) {
    let start =
        bytes.windows(at.len()).position(|window| window == at).expect("the form contains it");
    (&bytes[..start], &bytes[start + at.len()..])
}

fn disposition(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{}\"", escaped(name))
}

/// Returns a name without characters that would end it.
fn escaped(name: &str) -> String {
    let escaped = |character: char| match character {
        '"' | '\0'..' ' | '\x7f' => format!("%{:02X}", u32::from(character)),
        _ => character.to_string(),
    };
    name.chars().map(escaped).collect()
}
