//! Finds a secret in a text, in whatever form it is written.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{DecodePaddingMode, GeneralPurpose};
use percent_encoding::percent_decode_str;

/// A form in which a secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Raw,
    Percent,
    Base64,
    /// The bytes as numbers, as the `Debug` of a byte list shows them.
    Numbers,
    Hex,
}

/// Returns the forms in which the text contains the secret.
pub(crate) fn forms(text: &str, secret: &str) -> Vec<Form> {
    let mut found = Vec::new();
    if text.contains(secret) {
        found.push(Form::Raw);
    }
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    if !found.contains(&Form::Raw)
        && (decoded.contains(secret) || decoded.replace('+', " ").contains(secret))
    {
        found.push(Form::Percent);
    }
    if in_base64(secret).iter().any(|encoded| text.contains(encoded)) {
        found.push(Form::Base64);
    }
    let close: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let numbers: Vec<String> = secret.bytes().map(|byte| byte.to_string()).collect();
    if close.contains(&numbers.join(",")) {
        found.push(Form::Numbers);
    }
    let hex = each(secret, |byte| format!("{byte:02x}"));
    if close.to_lowercase().contains(&hex) {
        found.push(Form::Hex);
    }
    found
}

/// Converts each byte of a text.
fn each(text: &str, form: fn(u8) -> String) -> String {
    text.bytes().map(form).collect::<Vec<_>>().concat()
}

/// Returns the part of the secret's base64 that does not depend on the surrounding text, for each
/// of the three offsets within a group and in both alphabets.
fn in_base64(secret: &str) -> Vec<String> {
    let config = NO_PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabets = [alphabet::STANDARD, alphabet::URL_SAFE];
    let engines = alphabets.map(|alphabet| GeneralPurpose::new(&alphabet, config));
    let mut encoded = Vec::new();
    for engine in &engines {
        for before in 0..3 {
            let text = engine.encode([&vec![0; before], secret.as_bytes()].concat());
            // A character holds six bits. Characters that share a bit with a neighbour are cut off
            // at either end.
            let first = (before * 8).div_ceil(6);
            let last = (before + secret.len()) * 8 / 6;
            encoded.push(text[first..last].to_owned());
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;

    /// Control: a type that shows its secret.
    #[derive(Debug)]
    struct Careless {
        #[expect(dead_code, reason = "shown by Debug")]
        token: String,
    }

    fn found(token: String) -> Vec<Form> {
        let careless = Careless { token };
        let once = forms(&format!("{careless:?}"), SECRET);
        assert_eq!(once, forms(&format!("{careless:#?}"), SECRET));
        once
    }

    const SECRET: &str = "canary/secret+of=the~test";

    #[test]
    fn a_shown_token_is_found_in_each_form() {
        assert_eq!(found(SECRET.to_owned()), [Form::Raw]);
        assert_eq!(found("canary%2Fsecret%2bof%3Dthe~test".to_owned()), [Form::Percent]);
        assert_eq!(found(each(SECRET, |byte| format!("%{byte:02x}"))), [Form::Percent]);
        for before in ["", "a", "ab", "abc", "user:"] {
            for after in ["", "z", "zy", ":more"] {
                let text = format!("{before}{SECRET}{after}");
                assert_eq!(found(STANDARD.encode(&text)), [Form::Base64], "{text}");
                assert_eq!(found(URL_SAFE.encode(&text)), [Form::Base64], "{text}");
            }
        }
        assert_eq!(forms(&format!("{:?}", SECRET.as_bytes()), SECRET), [Form::Numbers]);
        assert_eq!(forms(&format!("{:#?}", SECRET.as_bytes()), SECRET), [Form::Numbers]);
        assert_eq!(found(each(SECRET, |byte| format!("{byte:02X}"))), [Form::Hex]);
    }

    #[test]
    fn texts_without_secrets_have_no_hits() {
        for text in ["", "canary", "Secret(..)", "Y2FuYXJ5", "canary/secret+of=the~tes"] {
            assert_eq!(forms(text, SECRET), [], "{text}");
        }
    }
}
