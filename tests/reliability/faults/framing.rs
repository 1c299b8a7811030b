//! Lengths and chunks that are wrong or invalid.

use std::time::Duration;

use connectors_client::ErrorKind::{Decode, Interrupted, Protocol, TooLarge};
use support::fault_server::{HEALTHY_BODY, Script};

use super::{PAUSE, chunk, chunked_head, head, json};
use crate::row::{Row, answers, fails};

pub(super) fn rows() -> Vec<Row> {
    [lengths(), chunks()].into_iter().flatten().collect()
}

/// Returns the good body with these headers.
fn framed(headers: &[&str]) -> Script {
    Script::executed().send([head("200 OK", headers), HEALTHY_BODY.into()].concat()).close()
}

fn lengths() -> Vec<Row> {
    let length = HEALTHY_BODY.len();
    let (right, more, less) = (
        format!("content-length: {length}"),
        format!("content-length: {}", length + 5),
        "content-length: 20",
    );
    vec![
        fails("two lengths", framed(&[&right, &more]), Protocol),
        answers("the same length twice", framed(&[&right, &right]), 200),
        fails(
            "two lengths in one header",
            framed(&[&format!("content-length: {length}, 5")]),
            Protocol,
        ),
        answers(
            "the same length twice in one header",
            framed(&[&format!("content-length: {length}, {length}")]),
            200,
        ),
        fails("length in quotes", framed(&[&format!("content-length: \"{length}\"")]), Protocol),
        fails("length with a fraction", framed(&["content-length: 5.0"]), Protocol),
        fails("negative length", framed(&["content-length: -1"]), Protocol),
        fails("length with an exponent", framed(&["content-length: 1e3"]), Protocol),
        fails("length with a plus", framed(&["content-length: +5"]), Protocol),
        fails("length in hexadecimal", framed(&["content-length: 0x20"]), Protocol),
        fails("empty length", framed(&["content-length:"]), Protocol),
        fails("length of 2^64", framed(&["content-length: 18446744073709551616"]), Protocol),
        fails("length of 2^62", framed(&["content-length: 4611686018427387904"]), Interrupted)
            .with_status(200)
            .retried(),
        fails("length that is too large", framed(&[&more]), Interrupted).with_status(200).retried(),
        fails("length that is too small", framed(&[less]), Decode).with_status(200),
        fails("length of zero", framed(&["content-length: 0"]), Decode)
            .with_status(200)
            .showing("empty")
            .but(crate::operations::Operation::Delete, Ok(200)),
        // The body then ends with the connection (RFC 9112 section 6.3).
        answers("transfer encoding without chunks", framed(&["transfer-encoding: gzip"]), 200),
    ]
}

fn chunks() -> Vec<Row> {
    let chunked = |bytes: &[u8]| Script::executed().send([&chunked_head(), bytes].concat()).close();
    let both = head("200 OK", &["content-length: 5", "transfer-encoding: chunked"]);
    let trailers =
        [chunk(), b"0\r\n".to_vec(), "a: b\r\n".repeat(5000).into_bytes(), b"\r\n".to_vec()];
    let extension = format!("1;{}\r\n \r\n0\r\n\r\n", "e".repeat(20_000));
    vec![
        fails("invalid chunk size", chunked(b"zz\r\n{}"), Protocol).with_status(200),
        fails("chunk size with a plus", chunked(b"+2\r\n{}\r\n0\r\n\r\n"), Protocol)
            .with_status(200),
        fails("chunk size after a space", chunked(b" 2\r\n{}\r\n0\r\n\r\n"), Protocol)
            .with_status(200),
        fails("chunk size with a 0x prefix", chunked(b"0x2\r\n{}\r\n0\r\n\r\n"), Protocol)
            .with_status(200),
        fails("chunk without a size", chunked(b"\r\n{}\r\n0\r\n\r\n"), Protocol).with_status(200),
        fails("chunk without an end", chunked(b"2\r\n{}0\r\n\r\n"), Protocol).with_status(200),
        fails("chunks in lines that end in LF", chunked(b"2\n{}\n0\n\n"), Protocol)
            .with_status(200),
        fails(
            "trailer without a colon",
            chunked(&[&chunk()[..], b"0\r\nhello\r\n\r\n"].concat()),
            Protocol,
        )
        .with_status(200),
        fails(
            "NUL in a trailer",
            chunked(&[&chunk()[..], b"0\r\na: b\0c\r\n\r\n"].concat()),
            Protocol,
        )
        .with_status(200),
        answers("trailers", chunked(&[&chunk()[..], b"0\r\na: b\r\n\r\n"].concat()), 200),
        fails(
            "closed within the trailers",
            chunked(&[&chunk()[..], b"0\r\na: "].concat()),
            Interrupted,
        )
        .with_status(200)
        .retried(),
        fails(
            "closed after the last chunk's size",
            chunked(&[&chunk()[..], b"0\r\n"].concat()),
            Interrupted,
        )
        .with_status(200)
        .retried(),
        fails(
            "chunked twice, and not at all",
            framed(&["transfer-encoding: chunked, chunked"]),
            Protocol,
        )
        .with_status(200),
        fails("negative chunk size", chunked(b"-2\r\n{}"), Protocol).with_status(200),
        fails("chunk size beyond 64 bits", chunked(b"fffffffffffffffff\r\n{}"), Protocol)
            .with_status(200),
        fails("chunk that is longer than its size", chunked(b"1\r\n{}\r\n0\r\n\r\n"), Protocol)
            .with_status(200),
        fails(
            "chunk that is shorter than its size",
            chunked(b"fff\r\n{}\r\n0\r\n\r\n"),
            Interrupted,
        )
        .with_status(200)
        .retried(),
        fails("extension of 20,000 bytes", chunked(extension.as_bytes()), Protocol)
            .with_status(200),
        fails("trailers of 30,000 bytes", chunked(&trailers.concat()), Protocol).with_status(200),
        answers(
            "length and chunks",
            Script::executed().send([both, chunk(), b"0\r\n\r\n".to_vec()].concat()).close(),
            200,
        ),
        fails(
            "endless body",
            Script::executed()
                .send(chunked_head())
                .send_endlessly(format!("40000\r\n{}\r\n", " ".repeat(0x40000)), Duration::ZERO),
            TooLarge,
        )
        .with_status(200),
        answers(
            "response in small chunks",
            Script::executed().drip(&json(HEALTHY_BODY)[..], PAUSE / 400),
            200,
        ),
    ]
}
