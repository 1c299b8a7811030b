//! Requests and responses as reqwest has them, and as `http` does.

use std::pin::{Pin, pin};
use std::task::{self, Context, Poll};

use bytes::Bytes;
use http::Uri;
use http_body::{Body as _, Frame, SizeHint};
use url::{ParseError, Position, Url};

use super::super::network::coding;
use super::super::network::failure::{self, Phase};
use super::super::network::liveness::Arrival;
use crate::body::Body;
use crate::error::{ErrorKind, TransportError};

/// Returns the response as it arrives. `arrival` is set if its connection carries HTTP/2.
#[inline]
pub(super) fn to_response(
    mut received: reqwest::Response,
    arrival: Option<Arrival>,
) -> http::Response<ResponseBody> {
    let (status, version) = (received.status(), received.version());
    let headers = std::mem::take(received.headers_mut());
    let mut response = http::Response::new(ResponseBody { response: received, arrival });
    *response.status_mut() = status;
    *response.version_mut() = version;
    *response.headers_mut() = headers;
    response
}

/// Returns reqwest's form of a request. `parse` makes the URL.
#[inline]
pub(super) fn reqwest_request(
    request: http::Request<Body>,
    asked: coding::Asked,
    parse: impl FnOnce(&Uri) -> Result<Url, ParseError>,
) -> Result<reqwest::Request, TransportError> {
    let (mut parts, body) = request.into_parts();
    let url = parse(&parts.uri).map_err(|error| TransportError::new(ErrorKind::Build, error))?;
    let is_empty = body.is_end_stream();
    coding::complete(&mut parts.headers, &parts.method, &body, asked);
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    if !is_empty {
        *request.body_mut() = Some(match body.try_into_bytes() {
            Ok(bytes) => bytes.into(),
            Err(stream) => reqwest::Body::wrap(stream),
        });
    }
    Ok(request)
}

/// Origin of the base URL, parsed once. Parsing the host is most of the cost of parsing a URL.
pub(super) struct ParsedOrigin {
    url: Url,
    authority: String,
}

impl ParsedOrigin {
    pub(super) fn new(base: &Url) -> Self {
        let mut url = base.clone();
        url.set_path("");
        let authority = url[Position::BeforeHost..Position::AfterPort].to_owned();
        Self { url, authority }
    }

    pub(super) fn url(&self, uri: &Uri) -> Result<Url, ParseError> {
        let is_own = uri.scheme_str() == Some(self.url.scheme())
            && uri.authority().is_some_and(|authority| authority.as_str() == self.authority);
        if !is_own {
            return Url::parse(&uri.to_string());
        }
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Ok(url)
    }
}

/// Converts the error without its URL, which contains the call's values.
pub(super) fn exchange_error(error: reqwest::Error, is_large: bool) -> TransportError {
    if error.is_redirect() {
        return TransportError::new(ErrorKind::Redirect, error.without_url());
    }
    let phase = if error.is_builder() {
        Phase::Building
    } else if error.is_connect() {
        Phase::Connecting
    } else {
        Phase::Exchanging
    };
    let timed_out = error.is_timeout();
    failure::of_exchange(error.without_url(), phase, timed_out, is_large)
}

/// A response body as it arrives. It stays in its `Response`, because taking it out costs two
/// boxes.
pub(super) struct ResponseBody {
    response: reqwest::Response,
    /// The last arrival of this response, if it is HTTP/2.
    arrival: Option<Arrival>,
}

impl http_body::Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        // All state is in the response, so a dropped future loses nothing.
        let chunk = task::ready!(pin!(self.response.chunk()).poll(context));
        if let Some(arrival) = &mut self.arrival {
            arrival.record(matches!(chunk, Ok(None)));
        }
        Poll::Ready(match chunk {
            Ok(chunk) => chunk.map(|data| Ok(Frame::data(data))),
            Err(error) => {
                let timed_out = error.is_timeout();
                Some(Err(failure::of_body(error.without_url(), timed_out)))
            }
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.response.content_length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::{ParsedOrigin, Uri, Url};

    #[test]
    fn a_url_equals_the_fully_parsed_one() {
        const PARTS: [&str; 24] = [
            "/",
            "//",
            ".",
            "..",
            "/../",
            "/./",
            "%2e",
            "%2E%2e",
            "%",
            "%zz",
            "\\",
            ";",
            ":",
            "@",
            "=",
            "&",
            "?",
            "+",
            "'",
            "|",
            "{",
            "~",
            "a",
            "v1/connectors",
        ];
        let mut random = fastrand::Rng::with_seed(3);
        let bases = [
            "http://127.0.0.1:8080",
            "https://api.example.com/v2/a",
            "https://BÜCHER.example:443/",
            "http://[::1]:80",
            "http://localhost:1/x",
        ];
        let mut compared = 0;
        for base in bases.map(|base| Url::parse(base).unwrap()) {
            let origin = ParsedOrigin::new(&base);
            assert_eq!(origin.url.path(), "/");
            for _ in 0..4_000 {
                let mut text = format!("{}://{}/", base.scheme(), origin.authority);
                (0..random.usize(0..8))
                    .for_each(|_| text.push_str(PARTS[random.usize(0..PARTS.len())]));
                let Ok(uri) = text.parse::<Uri>() else { continue };
                assert_eq!(origin.url(&uri), Url::parse(&uri.to_string()), "{uri}");
                compared += 1;
            }
        }
        assert!(compared > 15_000, "{compared}");
        let origin = ParsedOrigin::new(&Url::parse("http://127.0.0.1:8080").unwrap());
        for other in
            ["http://127.0.0.1:80801/a", "https://127.0.0.1:8080/a", "http://127.0.0.1/a", "/a"]
        {
            assert_eq!(origin.url(&other.parse().unwrap()), Url::parse(other), "{other}");
        }
    }
}
