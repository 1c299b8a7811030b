//! HTTP/2: streams and connections that end early, and frames that are none.

use connectors_client::ErrorKind::{Interrupted, Protocol};
use support::fault_server::http2::{data, frame, go_away, head, reset};
use support::fault_server::{Fault, HEALTHY_BODY, Script};

use crate::row::{FAULT_ID, Row, answers, fails, times_out};

/// Error codes of RFC 9113 section 7.
const NO_ERROR: u32 = 0;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const CANCEL: u32 = 8;
const ENHANCE_YOUR_CALM: u32 = 11;

fn good(stream: u32) -> Vec<u8> {
    [head(stream, FAULT_ID, &[]), data(stream, HEALTHY_BODY.as_bytes(), true)].concat()
}

fn begun(stream: u32) -> Vec<u8> {
    [head(stream, FAULT_ID, &[("content-length", "100")]), data(stream, b"{\"conne", false)].concat()
}

pub(super) fn rows() -> Vec<Row> {
    [endings(), frames()].into_iter().flatten().collect()
}

fn endings() -> Vec<Row> {
    let executed = |frames: fn(u32) -> Vec<u8>| Script::executed().send_on_stream(frames);
    let received = |frames: fn(u32) -> Vec<u8>| Script::received().send_on_stream(frames);
    let broken = |name, script| fails(name, Fault::http2(script), Interrupted).repeated();
    vec![
        answers("HTTP/2", Fault::http2(executed(good)), 200),
        broken("REFUSED_STREAM", received(|stream| reset(stream, REFUSED_STREAM))).always_repeated().unsent(),
        broken("RST_STREAM, INTERNAL_ERROR", executed(|stream| reset(stream, INTERNAL_ERROR))),
        broken("RST_STREAM, CANCEL", executed(|stream| reset(stream, CANCEL))),
        broken("RST_STREAM, NO_ERROR", executed(|stream| reset(stream, NO_ERROR))),
        broken("RST_STREAM, ENHANCE_YOUR_CALM", executed(|stream| reset(stream, ENHANCE_YOUR_CALM))),
        broken("GOAWAY, not processed", received(|_| go_away(0, NO_ERROR)).close())
            .always_repeated()
            .unsent(),
        broken("GOAWAY, processed", executed(|stream| go_away(stream, NO_ERROR)).close()),
        broken("GOAWAY, INTERNAL_ERROR", executed(|stream| go_away(stream, INTERNAL_ERROR)).close()),
        broken("HTTP/2, closed", Script::executed().close()),
        broken("HTTP/2, reset", Script::executed().reset()),
        times_out("HTTP/2, stalled", Fault::http2(Script::executed().stall())),
        broken(
            "RST_STREAM within the body",
            executed(|stream| [begun(stream), reset(stream, INTERNAL_ERROR)].concat()),
        )
        .with_status(200),
        broken(
            "GOAWAY within the body",
            executed(|stream| [begun(stream), go_away(stream, NO_ERROR)].concat()).close(),
        )
        .with_status(200),
        broken("HTTP/2, closed within the body", executed(begun).close()).with_status(200),
        broken("HTTP/2, reset within the body", executed(begun).reset()).with_status(200),
        times_out("HTTP/2, stalled within the body", Fault::http2(executed(begun).stall())).with_status(200),
        answers(
            "GOAWAY after the reply",
            Fault::http2(executed(|stream| [good(stream), go_away(stream, NO_ERROR)].concat())),
            200,
        ),
        answers(
            "RST_STREAM after the reply",
            Fault::http2(executed(|stream| [good(stream), reset(stream, NO_ERROR)].concat())),
            200,
        ),
    ]
}

fn frames() -> Vec<Row> {
    let wrong = |name, frames: fn(u32) -> Vec<u8>| {
        fails(name, Fault::http2(Script::executed().send_on_stream(frames)), Protocol)
    };
    vec![
        wrong("HTTP/1.1 where HTTP/2 should be", |_| super::good()),
        wrong("frame that is too large", |stream| frame(0, 0, stream, &vec![0; 70_000])),
        wrong("DATA before the head", |stream| data(stream, b"{}", true)),
        wrong("DATA on stream 0", |_| data(0, b"{}", true)),
        wrong("head that cannot be decompressed", |stream| frame(1, 4, stream, &[0xff; 20])),
        wrong("head without a status", |stream| frame(1, 5, stream, &[0, 1, b'a', 1, b'b'])),
        wrong("setting that is illegal", |_| frame(4, 0, 0, &[0, 5, 0, 0, 0, 1])),
        wrong("PUSH_PROMISE that was not asked for", |stream| frame(5, 4, stream, &[0, 0, 0, 2, 0x88])),
        wrong("body that is shorter than its length", |stream| {
            [begun(stream), data(stream, b"", true)].concat()
        })
        .with_status(200),
        wrong("body that is longer than its length", |stream| {
            [begun(stream), data(stream, &[b' '; 200], true)].concat()
        })
        .with_status(200),
    ]
}
