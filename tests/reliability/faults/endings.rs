//! A connection that closes (FIN), resets (RST) or stalls, in each phase.

use connectors_client::ErrorKind::{Connect, Decode, Interrupted};
use support::fault_server::{Fault, Script};

use super::{PAUSE, chunk, chunked_head, good, good_head, head};
use crate::operations::Operation;
use crate::row::{Row, answers, fails, times_out};

pub(super) fn rows() -> Vec<Row> {
    [connecting(), before_the_reply(), within_the_head(), within_the_body(), at_the_end()]
        .into_iter()
        .flatten()
        .collect()
}

fn connecting() -> Vec<Row> {
    vec![
        fails("refused", Fault::refused(), Connect).unsent().always_retried(),
        fails("full queue", Fault::full_queue(), Connect)
            .unsent()
            .always_retried()
            .while_connecting(),
        times_out("never accepted", Fault::never_accepted()).executing_late(),
        fails("accepted, closed", Script::at_once().close(), Interrupted)
            .retried()
            .perhaps_unsent(),
        fails("closed before reading", Script::before_reading().close(), Interrupted).retried(),
        // An immediate reset could arrive before the client knows of its connection. Nothing would
        // have been sent then.
        fails("reset before reading", Script::before_reading().reset(), Interrupted).retried(),
        times_out("accepted, stalled", Script::at_once().stall()),
    ]
}

fn before_the_reply() -> Vec<Row> {
    let part = || Script::after_bytes(20);
    vec![
        fails("closed within the request", part().close(), Interrupted).retried(),
        fails("reset within the request", part().reset(), Interrupted).retried(),
        times_out("stalled within the request", part().stall()),
        fails("closed instead of a response", Script::executed().close(), Interrupted).retried(),
        fails("reset instead of a response", Script::executed().reset(), Interrupted).retried(),
        times_out("stalled instead of a response", Script::executed().stall()),
    ]
}

fn within_the_head() -> Vec<Row> {
    let line = || Script::executed().send("HTTP/1.1 2");
    let headers = || Script::executed().send("HTTP/1.1 200 OK\r\nx-request-id: fa");
    vec![
        fails("closed within the status line", line().close(), Interrupted).retried(),
        fails("reset within the status line", line().reset(), Interrupted).retried(),
        times_out("stalled within the status line", line().stall()),
        times_out("dripping status line", Script::executed().drip(good(), PAUSE)),
        fails("closed within the headers", headers().close(), Interrupted).retried(),
        fails("reset within the headers", headers().reset(), Interrupted).retried(),
        times_out("stalled within the headers", headers().stall()),
        times_out(
            "dripping headers",
            Script::executed().send("HTTP/1.1 200 OK\r\n").drip("a: b\r\n".repeat(99), PAUSE),
        ),
    ]
}

fn within_the_body() -> Vec<Row> {
    let headed = || Script::executed().send(good_head());
    let begun = || Script::executed().send([good_head(), b"{\"conne".to_vec()].concat());
    let chunks = || Script::executed().send([chunked_head(), b"8\r\n{\"conne".to_vec()].concat());
    let between = || Script::executed().send([chunked_head(), chunk()].concat());
    vec![
        fails("closed after the head", headed().close(), Interrupted).with_status(200).retried(),
        fails("reset after the head", headed().reset(), Interrupted).with_status(200).retried(),
        times_out("stalled after the head", headed().stall()).with_status(200),
        fails("closed within the body", begun().close(), Interrupted).with_status(200).retried(),
        fails("reset within the body", begun().reset(), Interrupted).with_status(200).retried(),
        times_out("stalled within the body", begun().stall()).with_status(200),
        times_out("dripping body", headed().drip(vec![b' '; 500], PAUSE)).with_status(200),
        fails("closed within a chunk", chunks().close(), Interrupted).with_status(200).retried(),
        fails("reset within a chunk", chunks().reset(), Interrupted).with_status(200).retried(),
        times_out("stalled within a chunk", chunks().stall()).with_status(200),
        fails("closed before the last chunk", between().close(), Interrupted)
            .with_status(200)
            .retried(),
        fails("reset before the last chunk", between().reset(), Interrupted)
            .with_status(200)
            .retried(),
        times_out("stalled before the last chunk", between().stall()).with_status(200),
        times_out(
            "dripping chunks",
            Script::executed().send(chunked_head()).send_endlessly("1\r\n \r\n", PAUSE),
        )
        .with_status(200),
    ]
}

fn at_the_end() -> Vec<Row> {
    let until_close = |body: &[u8]| {
        let head = head("200 OK", &["content-type: application/json", "connection: close"]);
        Script::executed().send([&head, body].concat())
    };
    let body = support::fault_server::HEALTHY_BODY.as_bytes();
    let old = |headers: &[&str]| {
        let head =
            String::from_utf8(head("200 OK", headers)).unwrap().replace("HTTP/1.1", "HTTP/1.0");
        Script::executed().send([head.as_bytes(), body].concat())
    };
    vec![
        answers("closed after the response", Script::executed().send(good()).close(), 200),
        answers("reset after the response", Script::executed().send(good()).reset(), 200),
        answers("stalled after the response", Script::executed().send(good()).stall(), 200)
            .leaving_it_dead(),
        // The server responds before it has read the request, and discards it with the connection.
        answers(
            "response to an unread request, then a reset",
            Script::before_reading().send(good()).reset(),
            200,
        ),
        answers(
            "response to an unread request, then a close",
            Script::before_reading().send(good()).close(),
            200,
        ),
        answers("HTTP/1.0 until the close", old(&["content-type: application/json"]).close(), 200),
        answers(
            "HTTP/1.0 that keeps the connection",
            old(&["connection: keep-alive", &format!("content-length: {}", body.len())]),
            200,
        ),
        fails("HTTP/1.0 until a reset", old(&[]).reset(), Interrupted).with_status(200).retried(),
        answers("body until the close", until_close(body).close(), 200),
        times_out("body until a close that never comes", until_close(body).stall())
            .with_status(200),
        fails("body until a reset", until_close(body).reset(), Interrupted)
            .with_status(200)
            .retried(),
        fails("body until the close, cut", until_close(&body[..20]).close(), Decode)
            .with_status(200),
        fails("body until the close, empty", until_close(b"").close(), Decode)
            .with_status(200)
            .showing("empty")
            .but(Operation::Delete, Ok(200)),
    ]
}
