//! Values in the path and the query.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use connectors_client::{ErrorKind, Fake, api_client};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::fields;

#[api_client]
trait Places {
    #[get("v1/<id>/x-<kind>:cancel/<rest..>?<q>&fixed=a&named=<n>&<map..>")]
    async fn find(
        &self,
        id: &str,
        kind: &str,
        rest: &str,
        q: &str,
        n: Option<&str>,
        map: &BTreeMap<String, String>,
    );
}

thread_local! {
    static PLACES: OnceCell<PlacesClient> = const { OnceCell::new() };
}

/// Builds the request of `id, kind, rest, q, n, key, value, key, value, ..`.
///
/// It is refused exactly if a value is not a valid segment; the last one may end in a slash.
/// Otherwise its path has the segments of the template and no others, its query has each name once,
/// and both decode to the values. A URL parser changes nothing.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn path_and_query(input: &[u8]) {
    let mut texts = fields::texts(input).into_iter();
    let mut next = || texts.next().unwrap_or_default();
    let (id, kind, rest, q) = (next(), next(), next(), next());
    let n = Some(next()).filter(|n| !n.is_empty());
    let mut map = BTreeMap::new();
    while let Some(key) = texts.next() {
        map.insert(key, texts.next().unwrap_or_default());
    }

    let built = PLACES.with(|places| {
        let places = places.get_or_init(|| PlacesClient::new(Fake::new().client()));
        places.find(&id, &kind, &rest, &q, &map).maybe_n(n.as_deref()).build()
    });
    let is_sound = is_segment(&id)
        && is_segment(&kind)
        && rest.strip_suffix('/').unwrap_or(&rest).split('/').all(is_segment)
        && [&id, &kind].iter().all(|value| encoded_length(value, 0) <= 8192)
        && encoded_length(&rest, rest.matches('/').count()) <= 8192;
    let request = match built {
        Ok(request) => request,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Build);
            assert!(!is_sound, "refused: {error}");
            return;
        }
    };
    assert!(is_sound, "not refused: {}", request.uri());

    let (path, query) = (request.uri().path(), request.uri().query().unwrap());
    let mut expected = vec!["v1".to_owned(), id, format!("x-{kind}:cancel")];
    expected.extend(rest.split('/').map(str::to_owned));
    let segments = path.strip_prefix('/').unwrap().split('/');
    let decoded: Vec<_> = segments
        .map(|segment| percent_decode_str(segment).decode_utf8().unwrap().into_owned())
        .collect();
    assert_eq!(decoded, expected);

    let mut expected = vec![("q".to_owned(), q), ("fixed".to_owned(), "a".to_owned())];
    expected.extend(n.map(|n| ("named".to_owned(), n)));
    let sent: Vec<_> = expected.iter().map(|(name, _)| name.clone()).collect();
    expected.extend(map.into_iter().filter(|(key, _)| !sent.iter().any(|name| is_of(key, name))));
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    assert_eq!(pairs, expected);

    let url = Url::parse(&request.uri().to_string()).unwrap();
    assert_eq!((url.path(), url.query(), url.fragment()), (path, Some(query), None));
    assert_eq!((url.host_str(), url.port(), url.username()), (Some("localhost"), None, ""));
    assert_eq!(request.headers().len(), 2, "{:?}", request.headers());
}

/// Returns true if a key is this name, or a part of it in brackets. An argument that is sent beats
/// it.
fn is_of(key: &str, name: &str) -> bool {
    key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

/// Returns true if a value is a valid segment.
fn is_segment(value: &str) -> bool {
    !matches!(value, "" | "." | "..") && !value.bytes().any(|byte| byte.is_ascii_control())
}

/// Returns the encoded length of a value, of which `kept` reserved bytes stay as they are.
fn encoded_length(value: &str, kept: usize) -> usize {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let plain = value.bytes().filter(is_plain).count() + kept;
    plain + 3 * (value.len() - plain)
}
