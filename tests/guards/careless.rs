//! Control of the redirect tests: a transport that follows every redirect with the whole request.

use connectors_client::{Body, ErrorKind, Transport, TransportError, TransportFuture};
use http::header::LOCATION;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::Url;

/// Maximum number of hops, so that a redirect loop ends.
const MAX_HOPS: usize = 20;

/// Follows every redirect with method, headers and body, in plain text even if the URL says https.
#[derive(Debug)]
pub(crate) struct Careless;

impl Transport for Careless {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.as_bytes().unwrap_or_default().to_vec();
            let mut url = Url::parse(&parts.uri.to_string()).map_err(failed)?;
            for _ in 0..MAX_HOPS {
                let reply = exchange(&parts.method, &url, &parts.headers, &body).await?;
                let Some(location) = reply.headers().get(LOCATION) else { return Ok(reply) };
                url = url.join(&String::from_utf8_lossy(location.as_bytes())).map_err(failed)?;
            }
            Err(failed("the control follows a redirect loop"))
        })
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(ErrorKind::Interrupted, error)
}

/// Sends one request and reads its response, over its own connection.
async fn exchange(
    method: &Method,
    url: &Url,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response<Body>, TransportError> {
    let authority = url.authority().rsplit('@').next().unwrap_or_default();
    let mut target = url.path().to_owned();
    if let Some(query) = url.query() {
        target = format!("{target}?{query}");
    }
    let mut request = format!("{method} {target} HTTP/1.1\r\nhost: {authority}\r\n").into_bytes();
    for (name, value) in headers {
        request.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    request.extend(format!("connection: close\r\ncontent-length: {}\r\n\r\n", body.len()).bytes());
    request.extend(body);
    let mut socket = TcpStream::connect(authority).await.map_err(failed)?;
    socket.write_all(&request).await.map_err(failed)?;
    let mut bytes = Vec::new();
    socket.read_to_end(&mut bytes).await.map_err(failed)?;
    reply(&bytes).ok_or_else(|| failed("the control received no response"))
}

fn reply(bytes: &[u8]) -> Option<Response<Body>> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut reply = Response::new(Body::from(bytes[end + 4..].to_vec()));
    *reply.status_mut() = http::StatusCode::from_u16(status).ok()?;
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        reply.headers_mut().append(name, HeaderValue::from_str(value).ok()?);
    }
    Some(reply)
}
