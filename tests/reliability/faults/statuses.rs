//! Statuses with and without a body, and data that follow a response.

use connectors_client::ErrorKind::{Api, Decode, Redirect};
use support::fault_server::Script;

use super::{good, head, json, reply};
use crate::operations::Operation;
use crate::row::{Row, answers, fails};

pub(super) fn rows() -> Vec<Row> {
    [errors(), bodiless(), surplus(), redirects()].into_iter().flatten().collect()
}

fn script(bytes: impl Into<Vec<u8>>) -> Script {
    Script::executed().send(bytes)
}

const MESSAGE: &str = r#"{"message": "so it is"}"#;

/// Returns an error status with the server's message, for each attempt.
fn status(name: &'static str, line: &str, status: u16) -> Row {
    let bytes = reply(line, &["content-type: application/json"], MESSAGE);
    fails(name, script(bytes), Api).with_status(status).showing("so it is")
}

fn errors() -> Vec<Row> {
    let refused = Script::received().send(reply("429 Too Many Requests", &[], MESSAGE));
    vec![
        status("400", "400 Bad Request", 400),
        status("401", "401 Unauthorized", 401),
        status("404", "404 Not Found", 404),
        status("408", "408 Request Timeout", 408).retried(),
        status("409", "409 Conflict", 409),
        status("425", "425 Too Early", 425),
        fails("429", refused, Api).with_status(429).showing("so it is").always_retried(),
        status("498", "498 Invalid Token", 498),
        status("500", "500 Internal Server Error", 500).retried(),
        status("501", "501 Not Implemented", 501),
        status("502", "502 Bad Gateway", 502).retried(),
        status("503", "503 Service Unavailable", 503).retried(),
        status("504", "504 Gateway Timeout", 504).retried(),
        status("status 600", "600 Odd", 600),
        status("status 999", "999 Odd", 999),
        status("error status without a reason phrase", "500", 500).retried(),
        fails(
            "HTML of a proxy, 502",
            script(reply(
                "502 Bad Gateway",
                &["content-type: text/html"],
                "<html>bad gateway</html>",
            )),
            Api,
        )
        .with_status(502)
        .showing("text/html, 24 bytes")
        .retried(),
        fails(
            "error with a truncated body",
            script([head("404 Not Found", &["content-length: 90"]), b"gone".to_vec()].concat())
                .close(),
            Api,
        )
        .with_status(404)
        .showing("gone"),
        fails(
            "error with an endless body",
            {
                let begin = head("400 Bad Request", &["transfer-encoding: chunked"]);
                script(begin).send_endlessly(
                    "1000\r\n".to_owned() + &"x".repeat(4096) + "\r\n",
                    super::PAUSE / 40,
                )
            },
            Api,
        )
        .with_status(400)
        .showing("xxxxxx"),
    ]
}

fn bodiless() -> Vec<Row> {
    vec![
        fails("204", script(head("204 No Content", &[])), Decode)
            .with_status(204)
            .but(Operation::Delete, Ok(204)),
        fails("204 with a body", script(reply("204 No Content", &[], MESSAGE)), Decode)
            .with_status(204)
            .but(Operation::Delete, Ok(204)),
        fails("304 with a body", script(reply("304 Not Modified", &[], MESSAGE)), Api)
            .with_status(304),
        answers(
            "205 with a body",
            script(reply("205 Reset Content", &[], support::fault_server::HEALTHY_BODY)),
            205,
        ),
    ]
}

fn surplus() -> Vec<Row> {
    vec![
        answers("surplus bytes", script([good(), b"surplus".to_vec()].concat()), 200),
        answers("second response", script([good(), json("{}")].concat()), 200),
        answers(
            "two further responses and a close",
            script([good(), good(), good()].concat()).close(),
            200,
        ),
        answers(
            "surplus after the last chunk",
            {
                let body =
                    [super::chunked_head(), super::chunk(), b"0\r\n\r\n".to_vec(), json("{}")];
                script(body.concat())
            },
            200,
        ),
        // It arrives while the connection waits for the next request.
        answers(
            "second response, later",
            script(good()).wait(std::time::Duration::from_millis(5)).send(json("{}")),
            200,
        )
        .settling(),
    ]
}

fn redirects() -> Vec<Row> {
    vec![
        fails(
            "redirect to another origin",
            script(reply("307 Temporary Redirect", &["location: https://example.com/"], "")),
            Redirect,
        )
        .with_status(307),
        fails(
            "redirect to nowhere",
            script(reply("302 Found", &["location: javascript:0"], "")),
            Redirect,
        )
        .with_status(302),
        fails("redirect without a location", script(reply("302 Found", &[], "")), Redirect)
            .with_status(302),
        // A GET follows ten times.
        fails(
            "redirect loop",
            script(reply("301 Moved Permanently", &["location: /"], "")),
            Redirect,
        )
        .with_status(301)
        .executing(|_, operation| {
            if operation == Operation::Delete || !operation.is_idempotent() { 1 } else { 11 }
        }),
        fails("300", script(reply("300 Multiple Choices", &[], "")), Redirect).with_status(300),
    ]
}
