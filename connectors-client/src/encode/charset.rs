//! Text in the charset that a media type declares.
//!
//! Text is UTF-8 without the feature `charset`. With it, the labels of the WHATWG encoding standard
//! are known, and a byte order mark wins over the declaration. The mark is not part of the text.

use std::borrow::Cow;

use super::media_type::MediaType;

/// Decodes a body of text, or says in a clause why it is not text.
pub(crate) fn decode<'a>(
    body: &'a [u8],
    media_type: Option<MediaType<'_>>,
) -> Result<Cow<'a, str>, String> {
    if let Some(label) = marked(body).or_else(|| declared(media_type))
        && let Some(decoded) = decode_as(body, &label)
    {
        return decoded;
    }
    let text = body.strip_prefix(UTF8_MARK).unwrap_or(body);
    str::from_utf8(text)
        .map(Cow::Borrowed)
        .map_err(|error| format!("the body is not UTF-8 text: {error}"))
}

/// Decodes a body for a text that a person reads, with U+FFFD for what is not text.
pub(crate) fn decode_lossy<'a>(body: &'a [u8], media_type: Option<MediaType<'_>>) -> Cow<'a, str> {
    marked(body)
        .or_else(|| declared(media_type))
        .and_then(|label| decode_lossy_as(body, &label))
        .unwrap_or_else(|| String::from_utf8_lossy(body.strip_prefix(UTF8_MARK).unwrap_or(body)))
}

/// The byte order mark of UTF-8.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The declared charset, unless it is UTF-8.
fn declared(media_type: Option<MediaType<'_>>) -> Option<String> {
    let label = media_type?.parameter("charset")?;
    let is_utf8 = ["utf-8", "utf8"].into_iter().any(|name| label.eq_ignore_ascii_case(name));
    (!is_utf8 && !label.is_empty()).then_some(label)
}

/// The charset that a byte order mark names, unless it is UTF-8.
#[cfg(feature = "charset")]
fn marked(body: &[u8]) -> Option<String> {
    let (encoding, _) = encoding_rs::Encoding::for_bom(body)?;
    (encoding != encoding_rs::UTF_8).then(|| encoding.name().to_owned())
}

#[cfg(not(feature = "charset"))]
fn marked(_: &[u8]) -> Option<String> {
    None
}

#[cfg(feature = "charset")]
fn decode_as<'a>(body: &'a [u8], label: &str) -> Option<Result<Cow<'a, str>, String>> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let (text, used, is_malformed) = encoding.decode(body);
    Some(if is_malformed { Err(format!("the body is not {} text", used.name())) } else { Ok(text) })
}

#[cfg(feature = "charset")]
fn decode_lossy_as<'a>(body: &'a [u8], label: &str) -> Option<Cow<'a, str>> {
    Some(encoding_rs::Encoding::for_label(label.as_bytes())?.decode(body).0)
}

#[cfg(not(feature = "charset"))]
fn decode_as<'a>(body: &'a [u8], _: &str) -> Option<Result<Cow<'a, str>, String>> {
    let hint = "the body is declared in another charset than UTF-8: turn on the feature `charset`";
    str::from_utf8(body).is_err().then(|| Err(hint.to_owned()))
}

#[cfg(not(feature = "charset"))]
fn decode_lossy_as<'a>(_: &'a [u8], _: &str) -> Option<Cow<'a, str>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(media_type: &str, body: &[u8]) -> Result<String, String> {
        decode(body, Some(MediaType::parse(media_type))).map(Cow::into_owned)
    }

    #[test]
    fn utf8_needs_no_charset() {
        for media_type in
            ["text/plain", "text/plain; charset=utf-8", "a/b;Charset=\"UTF8\"", "a/b; charset=", ""]
        {
            assert_eq!(read(media_type, "ä".as_bytes()).as_deref(), Ok("ä"), "{media_type}");
            assert!(
                read(media_type, b"\xe4").unwrap_err().starts_with("the body is not UTF-8 text: ")
            );
        }
        assert_eq!(decode(b"a", None).as_deref(), Ok("a"));
        for media_type in
            ["text/plain", "text/plain; charset=utf-8", "text/plain; charset=x-unknown"]
        {
            assert_eq!(
                read(media_type, "\u{feff}ä".as_bytes()).as_deref(),
                Ok("ä"),
                "{media_type}"
            );
            let lossy = decode_lossy("\u{feff}ä".as_bytes(), Some(MediaType::parse(media_type)));
            assert_eq!(lossy, "ä", "{media_type}");
        }
        assert_eq!(read("text/plain; charset=x-unknown", "ä".as_bytes()).as_deref(), Ok("ä"));
    }

    #[cfg(feature = "charset")]
    #[test]
    fn text_is_read_in_its_charset() {
        for (charset, body, text) in [
            ("iso-8859-1", &b"caf\xe9"[..], "café"),
            ("ISO-8859-1", "é".as_bytes(), "Ã©"),
            ("windows-1252", b"\x80 \x93a\x94", "€ “a”"),
            ("utf-16", b"\xff\xfea\0", "a"),
            ("utf-16", b"\xfe\xff\0a", "a"),
            ("utf-16le", b"a\0\xe4\0", "aä"),
            ("utf-16be", b"\0a", "a"),
            ("shift_jis", b"\x83\x65", "テ"),
            ("\"gbk\"", b"\xc4\xe3", "你"),
            ("us-ascii", b"a", "a"),
            ("iso-8859-1", b"\xef\xbb\xbfa", "a"),
            ("utf-8", b"\xff\xfea\0", "a"),
            ("", b"\xfe\xff\0a", "a"),
        ] {
            assert_eq!(
                read(&format!("text/plain; charset={charset}"), body).as_deref(),
                Ok(text),
                "{charset}"
            );
        }
        assert!(read("text/plain; charset=utf-16le", b"a").unwrap_err().contains("UTF-16LE"));
        assert!(read("text/plain; charset=shift_jis", b"\x83").is_err());
        let lossy = decode_lossy(b"\x83", Some(MediaType::parse("text/plain; charset=shift_jis")));
        assert_eq!(lossy, "\u{fffd}");
    }

    #[cfg(not(feature = "charset"))]
    #[test]
    fn the_error_names_the_feature() {
        assert!(
            read("text/plain; charset=iso-8859-1", b"\xe9")
                .unwrap_err()
                .contains("feature `charset`")
        );
        assert_eq!(read("text/plain; charset=iso-8859-1", b"a").as_deref(), Ok("a"));
        assert_eq!(decode_lossy(b"\xe9", Some(MediaType::parse("a/b;charset=latin1"))), "\u{fffd}");
    }
}
