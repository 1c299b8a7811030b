//! Types that serde does not tell apart: structs of `serde_json` and std that are not sent field by
//! field, and bytes, which serde writes as a list of numbers.

use std::any::type_name;

use super::EncodeError;

/// Returns true for `u8` itself. Another type that is written as a `u8` is a number.
pub(crate) fn is_u8<T: ?Sized>() -> bool {
    type_name::<T>().trim_start_matches('&') == type_name::<u8>()
}

/// Returns true for a tuple, which serde writes like an array.
pub(crate) fn is_tuple<T: ?Sized>() -> bool {
    type_name::<T>().trim_start_matches('&').starts_with('(')
}

/// Returns true for the struct by which `serde_json` marks a number if its feature
/// `arbitrary_precision` is on.
pub(crate) fn is_number(name: &str) -> bool {
    name == "$serde_json::private::Number"
}

/// Returns true for the structs by which `serde_json` marks text that is written unchanged: a
/// number or a `RawValue`.
pub(crate) fn is_verbatim(name: &str) -> bool {
    is_number(name) || name == "$serde_json::private::RawValue"
}

/// Refuses the first field of `Duration` and `SystemTime`. Their fields have no meaning for a
/// server that reads text.
pub(crate) fn check_time(name: &str, field: &str) -> Result<(), EncodeError> {
    match (name, field) {
        ("Duration", "secs") | ("SystemTime", "secs_since_epoch") => {
            Err(EncodeError::new(format!(
                "cannot contain a `{name}`, which is not text: send a number, a date type, or a newtype that \
             serializes as one value"
            )))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use serde_json::value::RawValue;

    use crate::encode::{Encoding, TextEncoder, query_pairs, query_struct, scalar};

    fn pairs(value: impl serde::Serialize) -> Result<String, String> {
        let mut out = Vec::new();
        query_pairs("a", &value, &mut out).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn raw_json_is_sent_as_its_text() {
        let raw = |json: &str| RawValue::from_string(json.to_owned()).unwrap();
        assert_eq!(pairs(raw("1.50")).as_deref(), Ok("a=1.50"));
        assert_eq!(pairs([raw("1"), raw("[2]")]).as_deref(), Ok("a=1&a=%5B2%5D"));
        let mut text = Vec::new();
        assert!(scalar(&raw("1e3"), &mut TextEncoder::new(&mut text, Encoding::Plain)).unwrap());
        assert_eq!(text, b"1e3");
    }

    #[test]
    fn durations_are_refused_at_every_depth() {
        let (second, now) = (Duration::from_secs(1), SystemTime::UNIX_EPOCH);
        let nested = std::collections::BTreeMap::from([("b", second)]);
        let mut out = Vec::new();
        for mistake in [
            pairs(second).unwrap_err(),
            pairs(Some([second])).unwrap_err(),
            pairs(&nested).unwrap_err(),
            query_struct(&nested, &mut out).unwrap_err().to_string(),
            scalar(&second, &mut TextEncoder::new(&mut out, Encoding::Plain))
                .unwrap_err()
                .to_string(),
            scalar(&[second], &mut TextEncoder::new(&mut out, Encoding::Plain))
                .unwrap_err()
                .to_string(),
        ] {
            assert!(mistake.starts_with("cannot contain a `Duration`"), "{mistake}");
        }
        assert!(pairs(now).unwrap_err().starts_with("cannot contain a `SystemTime`"));
    }

    #[test]
    fn own_structs_with_these_names_are_sent() {
        #[derive(serde::Serialize)]
        struct Duration {
            min: u8,
            max: u8,
        }
        assert_eq!(pairs(Duration { min: 1, max: 2 }).as_deref(), Ok("a%5Bmin%5D=1&a%5Bmax%5D=2"));
    }
}
