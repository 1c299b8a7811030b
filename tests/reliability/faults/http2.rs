//! HTTP/2: streams and connections that end early, and invalid frames.

use connectors_client::ErrorKind::{Interrupted, Protocol};
use support::fault_server::http2::{data, fields, frame, go_away, head, reset};
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
    [head(stream, FAULT_ID, &[("content-length", "100")]), data(stream, b"{\"conne", false)]
        .concat()
}

pub(super) fn rows() -> Vec<Row> {
    [endings(), frames()].into_iter().flatten().collect()
}

fn endings() -> Vec<Row> {
    let executed = |frames: fn(u32) -> Vec<u8>| Script::executed().send_on_stream(frames);
    let received = |frames: fn(u32) -> Vec<u8>| Script::received().send_on_stream(frames);
    let broken = |name, script| fails(name, Fault::http2(script), Interrupted).retried();
    vec![
        answers("HTTP/2", Fault::http2(executed(good)), 200),
        broken("REFUSED_STREAM", received(|stream| reset(stream, REFUSED_STREAM)))
            .resent()
            .unsent(),
        broken("RST_STREAM, INTERNAL_ERROR", executed(|stream| reset(stream, INTERNAL_ERROR))),
        broken("RST_STREAM, CANCEL", executed(|stream| reset(stream, CANCEL))),
        broken("RST_STREAM, NO_ERROR", executed(|stream| reset(stream, NO_ERROR))),
        broken(
            "RST_STREAM, ENHANCE_YOUR_CALM",
            executed(|stream| reset(stream, ENHANCE_YOUR_CALM)),
        ),
        broken("GOAWAY, not processed", received(|_| go_away(0, NO_ERROR)).close())
            .resent()
            .unsent(),
        broken("GOAWAY, processed", executed(|stream| go_away(stream, NO_ERROR)).close()),
        broken(
            "GOAWAY, INTERNAL_ERROR",
            executed(|stream| go_away(stream, INTERNAL_ERROR)).close(),
        ),
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
        times_out("HTTP/2, stalled within the body", Fault::http2(executed(begun).stall()))
            .with_status(200),
        broken(
            "RST_STREAM, CANCEL, within the body",
            executed(|stream| [begun(stream), reset(stream, CANCEL)].concat()),
        )
        .with_status(200),
        // A server that responded has processed the request, whatever it claims afterwards.
        broken(
            "REFUSED_STREAM within the body",
            executed(|stream| [begun(stream), reset(stream, REFUSED_STREAM)].concat()),
        )
        .with_status(200),
        broken(
            "GOAWAY, ENHANCE_YOUR_CALM",
            executed(|stream| go_away(stream, ENHANCE_YOUR_CALM)).close(),
        ),
        // The request is already complete, so its window does not matter.
        times_out(
            "window of a stream that overflows",
            Fault::http2(executed(|stream| frame(8, 0, stream, &[0x7f, 0xff, 0xff, 0xff])).stall()),
        ),
        times_out("endless PING", flood(frame(6, 0, 0, &[7; 8]))),
        times_out("endless SETTINGS", flood(frame(4, 0, 0, &[]))),
        times_out("endless WINDOW_UPDATE", flood(frame(8, 0, 0, &[0, 0, 0, 1]))),
        times_out("endless unknown frames", flood(frame(0xfa, 0, 0, &[1, 2, 3]))),
        times_out(
            "HTTP/2, dripping",
            Fault::http2(Script::executed().drip(frame(4, 0, 0, &[0; 600]), super::PAUSE)),
        ),
        answers(
            "unknown frames",
            Fault::http2(executed(|stream| [frame(0xfa, 0, stream, b"x"), good(stream)].concat())),
            200,
        ),
        answers("HTTP/2, stalled after the response", Fault::http2(executed(good).stall()), 200)
            .leaving_it_dead(),
        answers(
            "GOAWAY after the response",
            Fault::http2(executed(|stream| [good(stream), go_away(stream, NO_ERROR)].concat())),
            200,
        ),
        answers(
            "RST_STREAM after the response",
            Fault::http2(executed(|stream| [good(stream), reset(stream, NO_ERROR)].concat())),
            200,
        ),
    ]
}

/// Executes the request and then sends this frame repeatedly instead of a response.
fn flood(frame: Vec<u8>) -> Fault {
    Fault::http2(Script::executed().send_endlessly(frame, super::PAUSE / 8))
}

/// Stays within the size that `fields` accepts.
const LONG: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

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
        wrong("invalid setting", |_| frame(4, 0, 0, &[0, 5, 0, 0, 0, 1])),
        wrong("unrequested PUSH_PROMISE", |stream| frame(5, 4, stream, &[0, 0, 0, 2, 0x88])),
        wrong("endless CONTINUATION", |stream| {
            let more = frame(9, 0, stream, &[&[0, 1, b'a', 126][..], &[b'b'; 126]].concat());
            [frame(1, 0, stream, &fields(FAULT_ID, &[])), more.repeat(2_000)].concat()
        }),
        wrong("frame between a head and its CONTINUATION", |stream| {
            [frame(1, 0, stream, &fields(FAULT_ID, &[])), frame(6, 0, 0, &[0; 8])].concat()
        }),
        wrong("CONTINUATION without a head", |stream| frame(9, 4, stream, &fields(FAULT_ID, &[]))),
        wrong("headers of 200,000 bytes", |stream| {
            let many: Vec<_> = (0..1_000).map(|_| ("a", LONG)).collect();
            let block = fields(FAULT_ID, &many);
            let (first, rest) = block.split_at(16_000);
            let mut frames = frame(1, 1, stream, first);
            let count = rest.chunks(16_000).count();
            for (number, piece) in rest.chunks(16_000).enumerate() {
                frames.extend(frame(9, if number + 1 == count { 4 } else { 0 }, stream, piece));
            }
            frames
        }),
        wrong("header in uppercase", |stream| head(stream, FAULT_ID, &[("X-Capitals", "b")])),
        wrong("header of HTTP/1.1", |stream| head(stream, FAULT_ID, &[("connection", "close")])),
        wrong("WINDOW_UPDATE of zero", |stream| frame(8, 0, stream, &[0; 4])),
        wrong("window that overflows", |_| frame(8, 0, 0, &[0x7f, 0xff, 0xff, 0xff])),
        wrong("DATA on a stream that was never opened", |_| data(99, b"{}", true)),
        wrong("PING of 7 bytes", |_| frame(6, 0, 0, &[0; 7])),
        wrong("GOAWAY of 4 bytes", |_| frame(7, 0, 0, &[0; 4])),
        wrong("padding that is longer than its frame", |stream| frame(0, 8, stream, &[200, 1, 2])),
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
