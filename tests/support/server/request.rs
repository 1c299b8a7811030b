//! Reads requests from a socket.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::Recorded;

/// The reason why no request was read.
pub(super) enum Missing {
    /// The client disconnected, between requests or within one.
    Gone,
    /// The client sent a malformed request.
    Malformed(String),
}

impl From<io::Error> for Missing {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

type Read<T> = Result<T, Missing>;

enum Framing {
    Length(u64),
    Chunked,
}

/// Reads a request and its whole body. Sends `100 Continue` first if the client expects it.
pub(super) async fn read(stream: &mut BufReader<TcpStream>, connection: usize) -> Read<Recorded> {
    let mut request = read_head(stream, connection).await?;
    let framing = framing(&request)?;
    if request.lists("expect", "100-continue") && !matches!(framing, Framing::Length(0)) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
    }
    request.body = match framing {
        Framing::Length(length) => read_bytes(stream, length).await?,
        Framing::Chunked => read_chunks(stream).await?,
    };
    Ok(request)
}

/// Returns true if the client may send another request on the connection.
pub(super) fn keeps_alive(request: &Recorded) -> bool {
    if request.lists("connection", "close") {
        return false;
    }
    let line = request.head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    line.ends_with(b"HTTP/1.1") || request.lists("connection", "keep-alive")
}

async fn read_head(stream: &mut BufReader<TcpStream>, connection: usize) -> Read<Recorded> {
    let line = read_line(stream).await?;
    let (method, target) = request_line(&line)?;
    let mut head = [&line[..], b"\r\n"].concat();
    let mut headers = Vec::new();
    loop {
        let line = read_line(stream).await?;
        head.extend_from_slice(&line);
        head.extend_from_slice(b"\r\n");
        if line.is_empty() {
            return Ok(Recorded { method, target, headers, body: Vec::new(), connection, head });
        }
        headers.push(header(&line)?);
    }
}

fn request_line(line: &[u8]) -> Read<(String, String)> {
    let mut words = line.split(|byte| *byte == b' ');
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some(method), Some(target), Some(b"HTTP/1.1" | b"HTTP/1.0"), None)
            if !method.is_empty() && !target.is_empty() =>
        {
            Ok((text(method), text(target)))
        }
        _ => Err(malformed("request line", line)),
    }
}

fn header(line: &[u8]) -> Read<(String, String)> {
    let colon =
        line.iter().position(|byte| *byte == b':').ok_or_else(|| malformed("header line", line))?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    if name.is_empty() || name.iter().any(u8::is_ascii_whitespace) {
        return Err(malformed("header name", line));
    }
    Ok((text(name), text(value.trim_ascii())))
}

/// Accepts unambiguous framing only. Two servers must not disagree about where a request ends.
fn framing(request: &Recorded) -> Read<Framing> {
    let lengths: Vec<&str> = request.values("content-length").collect();
    let encodings: Vec<&str> = request.values("transfer-encoding").collect();
    match (lengths.as_slice(), encodings.as_slice()) {
        ([], []) => Ok(Framing::Length(0)),
        ([length], []) => number(length.as_bytes(), 10).map(Framing::Length),
        ([], [encoding]) if encoding.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunked),
        _ => Err(Missing::Malformed(format!(
            "framing: lengths {lengths:?}, encodings {encodings:?}"
        ))),
    }
}

async fn read_chunks(stream: &mut BufReader<TcpStream>) -> Read<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(stream).await?;
        let size = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let size = number(size.trim_ascii_end(), 16)?;
        if size == 0 {
            break;
        }
        body.extend(read_bytes(stream, size).await?);
        let end = read_line(stream).await?;
        if !end.is_empty() {
            return Err(malformed("end of a chunk", &end));
        }
    }
    while !read_line(stream).await?.is_empty() {}
    Ok(body)
}

async fn read_bytes(stream: &mut BufReader<TcpStream>, length: u64) -> Read<Vec<u8>> {
    let mut bytes = Vec::new();
    // `read_exact` would allocate the declared length, which may be wrong.
    let read = stream.take(length).read_to_end(&mut bytes).await?;
    if u64::try_from(read) == Ok(length) { Ok(bytes) } else { Err(Missing::Gone) }
}

/// Reads a line and strips its CRLF.
async fn read_line(stream: &mut BufReader<TcpStream>) -> Read<Vec<u8>> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await?;
    if !line.ends_with(b"\n") {
        return Err(Missing::Gone);
    }
    match line.strip_suffix(b"\r\n") {
        Some(text) if !text.iter().any(|byte| matches!(byte, b'\r' | b'\0')) => Ok(text.to_vec()),
        _ => Err(malformed("line", &line)),
    }
}

fn number(digits: &[u8], radix: u32) -> Read<u64> {
    // `from_str_radix` would accept a plus sign, so each digit is checked.
    str::from_utf8(digits)
        .ok()
        .filter(|digits| digits.chars().all(|digit| digit.is_digit(radix)))
        .and_then(|digits| u64::from_str_radix(digits, radix).ok())
        .ok_or_else(|| malformed("length", digits))
}

fn text(bytes: &[u8]) -> String {
    str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

fn malformed(what: &str, bytes: &[u8]) -> Missing {
    Missing::Malformed(format!("{what}: {}", bytes.escape_ascii()))
}
