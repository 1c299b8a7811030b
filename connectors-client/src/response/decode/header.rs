//! Reads a response header as any type that serde reads from one text, or from a list of them.
//!
//! Several lines of one name are one list, separated by commas (RFC 9110 section 5.3). A comma in
//! double quotes separates nothing. The lines of `Set-Cookie` stay apart, since its dates have
//! commas.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::de::value::SeqDeserializer;
use serde::de::{
    DeserializeOwned, Deserializer, Error as _, Expected, IntoDeserializer, Unexpected, Visitor,
};

/// Reads the header. The error is a clause that says what is wrong, without the value.
///
/// An empty header that does not fit the type counts as a missing one: servers send `X-Count:` if
/// there is no count.
pub(crate) fn header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<T, String> {
    let value = value(headers, name)?;
    let missing = value.is_empty().then(|| value.without_text());
    T::deserialize(value)
        .or_else(|problem| missing.and_then(|missing| T::deserialize(missing).ok()).ok_or(problem))
        .map_err(|problem| problem.explain::<T>(name))
}

/// Reads the header by a function of the user. An empty header counts as a missing one.
pub(crate) fn header_with<T>(
    headers: &HeaderMap,
    name: &'static str,
    read: impl FnOnce(Value<'_>) -> Result<T, Problem>,
) -> Result<T, String> {
    let value = value(headers, name)?;
    let value = if value.is_empty() { value.without_text() } else { value };
    read(value).map_err(|problem| problem.explain::<T>(name))
}

/// Returns true if there is no such header, or if it is empty.
pub(crate) fn is_missing(headers: &HeaderMap, name: &'static str) -> Result<bool, String> {
    value(headers, name).map(|value| value.text.is_none() || value.is_empty())
}

fn value<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<Value<'a>, String> {
    Value::of(headers, name).ok_or_else(|| format!("the header `{name}` is not UTF-8 text"))
}

/// The value of a header, or an element of its list.
#[derive(Debug)]
pub struct Value<'a> {
    /// `None` if there is no such header.
    text: Option<Cow<'a, str>>,
    separator: char,
}

impl<'a> Value<'a> {
    /// Joins the lines of a header; `None` if one is not text.
    fn of(headers: &'a HeaderMap, name: &'static str) -> Option<Self> {
        let separator = if name == SET_COOKIE.as_str() { '\n' } else { ',' };
        let mut text: Option<Cow<'a, str>> = None;
        for line in headers.get_all(name) {
            let line = std::str::from_utf8(line.as_bytes()).ok()?.trim_ascii();
            match &mut text {
                Some(earlier) => *earlier = format!("{earlier}{separator} {line}").into(),
                None => text = Some(line.into()),
            }
        }
        Some(Self { text, separator })
    }

    /// Returns true if all lines are empty.
    fn is_empty(&self) -> bool {
        let is_blank =
            |character: char| character == self.separator || character.is_ascii_whitespace();
        self.text.as_deref().is_some_and(|text| text.chars().all(is_blank))
    }

    fn without_text(&self) -> Self {
        Self { text: None, separator: self.separator }
    }

    fn text(&self, expected: &dyn Expected) -> Result<&str, Problem> {
        self.text.as_deref().ok_or_else(|| Problem::Missing(expected.to_string()))
    }

    fn parse<T: FromStr>(&self, expected: &dyn Expected) -> Result<T, Problem> {
        self.text(expected)?.parse().map_err(|_| Problem::unfit(expected))
    }

    fn parse_finite<T: FromStr + Into<f64> + Copy>(
        &self,
        expected: &dyn Expected,
    ) -> Result<T, Problem> {
        let number: T = self.parse(expected)?;
        if number.into().is_finite() { Ok(number) } else { Err(Problem::unfit(expected)) }
    }
}

/// The elements of a list that are not empty (RFC 9110 section 5.6.1.2).
fn elements(text: &str, separator: char) -> impl Iterator<Item = Value<'_>> {
    let (mut quoted, mut escaped) = (false, false);
    let ends = move |character| {
        quoted ^= character == '"' && !escaped;
        escaped = quoted && !escaped && character == '\\';
        character == separator && !quoted
    };
    let elements = text.split(ends).map(str::trim_ascii).filter(|element| !element.is_empty());
    elements.map(move |element| Value { text: Some(element.into()), separator })
}

/// The reason why a header cannot be read. It never has the value.
#[derive(Debug)]
pub enum Problem {
    /// The header is missing; holds what was expected.
    Missing(String),
    /// The value does not fit; holds what was expected, if that is known.
    Unfit(Option<String>),
}

impl Problem {
    fn unfit(expected: &dyn Expected) -> Self {
        Self::Unfit(Some(expected.to_string()))
    }

    fn explain<T>(self, name: &str) -> String {
        match self {
            Self::Missing(expected) => {
                format!("the response has no header `{name}`: expected {expected}")
            }
            Self::Unfit(expected) => {
                let expected =
                    expected.unwrap_or_else(|| format!("`{}`", std::any::type_name::<T>()));
                format!("the header `{name}` does not fit: expected {expected}")
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Missing(expected) | Self::Unfit(Some(expected))) = self else { return Ok(()) };
        f.write_str(expected)
    }
}

impl std::error::Error for Problem {}

/// serde's messages quote the value, and so may those of types. Only the "expected" part is kept.
impl serde::de::Error for Problem {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Unfit(None)
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::unfit(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::unfit(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::unfit(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let names: Vec<_> = expected.iter().map(|name| format!("`{name}`")).collect();
        Self::Unfit(Some(format!("one of {}", names.join(", "))))
    }
}

macro_rules! parsed {
    ($($parse:ident: $($method:ident $visit:ident)*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            let value = self.$parse(&visitor)?;
            visitor.$visit(value)
        }
    )*)*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            let text = self.text(&visitor)?;
            visitor.visit_str(text)
        }
    )*};
}

macro_rules! no_header_is_such {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, Problem> {
            Err(Problem::invalid_type(Unexpected::Other("a header"), &visitor))
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Problem;

    parsed! {
        parse: deserialize_bool visit_bool
            deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
            deserialize_i128 visit_i128 deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32
            deserialize_u64 visit_u64 deserialize_u128 visit_u128 deserialize_char visit_char;
        parse_finite: deserialize_f32 visit_f32 deserialize_f64 visit_f64;
    }

    texts! { deserialize_any deserialize_str deserialize_string deserialize_identifier }

    no_header_is_such! {
        deserialize_bytes() deserialize_byte_buf() deserialize_unit() deserialize_unit_struct(&'static str)
        deserialize_map() deserialize_struct(&'static str, &'static [&'static str])
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        if self.text.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let text = self.text(&visitor)?;
        let mut elements = SeqDeserializer::new(elements(text, self.separator));
        let list = visitor.visit_seq(&mut elements)?;
        elements.end().map(|()| list)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.deserialize_seq(visitor)
    }

    /// Reads a variant without fields by its name.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let text = self.text(&visitor)?;
        visitor.visit_enum(text.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_unit()
    }
}

impl IntoDeserializer<'_, Problem> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use http::HeaderValue;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Cache {
        Hit,
        PartialHit,
        Other(u8),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Seconds(u64);

    #[derive(Debug, Deserialize)]
    struct Struct {
        #[expect(dead_code)]
        a: u8,
    }

    fn read<T: DeserializeOwned>(lines: &[&str]) -> Result<T, String> {
        read_named("x-a", lines)
    }

    fn read_named<T: DeserializeOwned>(name: &'static str, lines: &[&str]) -> Result<T, String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        header(&headers, name)
    }

    #[test]
    fn scalars_are_read_as_they_are_written() {
        assert_eq!(read(&["true"]), Ok(true));
        assert_eq!(read(&["-7"]), Ok(-7i8));
        assert_eq!(read(&["340282366920938463463374607431768211455"]), Ok(u128::MAX));
        assert_eq!(read(&["2.5"]), Ok(2.5f64));
        assert_eq!(read(&["ß"]), Ok('ß'));
        assert_eq!(read(&["W/\"a, b\""]), Ok("W/\"a, b\"".to_owned()));
        assert_eq!(read(&[""]), Ok(String::new()));
        assert_eq!(read(&["partial-hit"]), Ok(Cache::PartialHit));
        assert_eq!(read(&["60"]), Ok(Seconds(60)));
        assert_eq!(read(&["10.0.0.1"]), Ok(IpAddr::from([10, 0, 0, 1])));
        assert_eq!(read(&["60"]), Ok(Some(Some(Seconds(60)))));
        assert_eq!(read(&["text"]), Ok(serde_json::json!("text")));
    }

    #[test]
    fn an_optional_header_may_be_missing_or_empty_but_not_invalid() {
        for empty in [&[""][..], &["  "], &["", ""]] {
            assert_eq!(read::<Option<bool>>(empty), Ok(None), "{empty:?}");
        }
        assert_eq!(read::<Option<u32>>(&[""]), Ok(None));
        assert_eq!(read::<Option<f64>>(&[""]), Ok(None));
        assert_eq!(read::<Option<Seconds>>(&[""]), Ok(None));
        assert_eq!(read::<Option<Cache>>(&[""]), Ok(None));
        assert_eq!(read::<Option<IpAddr>>(&[""]), Ok(None));
        assert_eq!(read::<Option<String>>(&[""]), Ok(Some(String::new())));
        assert_eq!(read::<Option<Vec<u8>>>(&[""]), Ok(Some(Vec::new())));
        assert_eq!(
            read::<u32>(&[""]),
            Err("the header `x-a` does not fit: expected u32".to_owned())
        );
        assert_eq!(read::<Option<u8>>(&[]), Ok(None));
        assert_eq!(read::<Option<Vec<u8>>>(&[]), Ok(None));
        assert_eq!(
            read::<Option<u8>>(&["secret"]),
            Err("the header `x-a` does not fit: expected u8".to_owned())
        );
    }

    #[test]
    fn lists_are_split_at_commas_outside_quotes_over_all_lines() {
        assert_eq!(read(&["1, 2,3", "", "4 ,,"]), Ok(vec![1u8, 2, 3, 4]));
        assert_eq!(read(&["hit"]), Ok(vec![Cache::Hit]));
        assert_eq!(read(&["1, x"]), Ok((1u8, 'x')));
        assert_eq!(read(&[""]), Ok(Vec::<String>::new()));
        let quoted = [r#""a, \", b""#, r#""c""#].map(str::to_owned).to_vec();
        assert_eq!(read(&[r#""a, \", b", "c""#]), Ok(quoted));
        assert_eq!(read(&["a", "b"]), Ok("a, b".to_owned()));
    }

    #[test]
    fn cookies_stay_apart() {
        let cookies = ["a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT", "b=2"];
        assert_eq!(read_named("set-cookie", &cookies), Ok(cookies.map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_text_names_what_was_expected_and_never_the_value() {
        fn problem<T: DeserializeOwned + fmt::Debug>(lines: &[&str]) -> String {
            let problem = read::<T>(lines).unwrap_err();
            assert!(!problem.contains("secret"), "{problem}");
            problem
        }
        assert_eq!(problem::<String>(&[]), "the response has no header `x-a`: expected a string");
        assert_eq!(problem::<Cache>(&[]), "the response has no header `x-a`: expected enum Cache");
        assert_eq!(
            problem::<Vec<u8>>(&[]),
            "the response has no header `x-a`: expected a sequence"
        );
        let unfit = |expected: &str| format!("the header `x-a` does not fit: expected {expected}");
        assert_eq!(problem::<u8>(&["300"]), unfit("u8"));
        assert_eq!(problem::<u8>(&["1", "2"]), unfit("u8"));
        assert_eq!(problem::<f32>(&["1e999"]), unfit("f32"));
        assert_eq!(problem::<f64>(&["NaN"]), unfit("f64"));
        assert_eq!(problem::<bool>(&["secret"]), unfit("a boolean"));
        assert_eq!(problem::<Vec<u8>>(&["1, secret"]), unfit("u8"));
        assert_eq!(problem::<[u8; 2]>(&["1, 2, 3"]), unfit("2 elements in sequence"));
        assert_eq!(problem::<[u8; 2]>(&["1"]), unfit("an array of length 2"));
        assert_eq!(problem::<Cache>(&["secret"]), unfit("one of `hit`, `partial-hit`, `other`"));
        assert_eq!(problem::<Cache>(&["other"]), unfit("newtype variant"));
        assert_eq!(problem::<Struct>(&["secret"]), unfit("struct Struct"));
        assert_eq!(problem::<()>(&["secret"]), unfit("unit"));
        assert_eq!(problem::<IpAddr>(&["secret"]), unfit("`core::net::ip_addr::IpAddr`"));
    }

    #[test]
    fn a_header_that_is_not_text_is_an_error() {
        let mut headers = HeaderMap::new();
        headers.insert("x-a", HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(
            header::<String>(&headers, "x-a"),
            Err("the header `x-a` is not UTF-8 text".to_owned())
        );
        headers.insert("x-b", HeaderValue::from_static("1"));
        assert_eq!(header::<u8>(&headers, "x-b"), Ok(1));
    }
}
