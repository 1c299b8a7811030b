//! Invalid status lines and headers.

use connectors_client::ErrorKind::{Interrupted, Protocol};
use support::fault_server::Script;

use super::{PAUSE, good, head};
use crate::row::{Row, answers, fails, times_out};

pub(super) fn rows() -> Vec<Row> {
    [status_lines(), headers(), interim()].into_iter().flatten().collect()
}

fn script(bytes: impl Into<Vec<u8>>) -> Script {
    Script::executed().send(bytes).close()
}

/// Returns an empty response with this status line.
fn line(line: &str) -> Script {
    script(format!("{line}\r\nx-request-id: fault\r\ncontent-length: 0\r\n\r\n"))
}

/// Returns the response with LF line ends in its head, as a careless server writes it.
fn in_lf(reply: &[u8]) -> Vec<u8> {
    String::from_utf8(reply.to_vec()).unwrap().replace("\r\n", "\n").into_bytes()
}

/// Returns a good response with an additional header line.
fn with(header: &[u8]) -> Script {
    let good = good();
    let (first, rest) =
        good.split_at(good.windows(2).position(|bytes| bytes == b"\r\n").unwrap() + 2);
    script([first, header, b"\r\n", rest].concat())
}

fn status_lines() -> Vec<Row> {
    vec![
        fails("no HTTP", script("hello\r\n\r\n"), Protocol),
        fails("HTTP/0.9", script("{\"connectors\": []}\n"), Protocol),
        fails("HTTP/1.2", line("HTTP/1.2 200 OK"), Protocol),
        fails("HTTP/2.0 in a status line", line("HTTP/2.0 200 OK"), Protocol),
        fails("ICY", line("ICY 200 OK"), Protocol),
        fails("lowercase status line", line("http/1.1 200 OK"), Protocol),
        fails("request instead of a response", line("GET / HTTP/1.1"), Protocol),
        fails("the preface of HTTP/2", script("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Protocol),
        fails("no status", line("HTTP/1.1 OK"), Protocol),
        fails("status 0", line("HTTP/1.1 0 Zero"), Protocol),
        fails("status 000", line("HTTP/1.1 000 Zero"), Protocol),
        fails("status 99", line("HTTP/1.1 99 Low"), Protocol),
        fails("status 1000", line("HTTP/1.1 1000 High"), Protocol),
        fails(
            "status of 2,000 digits",
            line(&format!("HTTP/1.1 {} High", "2".repeat(2000))),
            Protocol,
        ),
        fails("negative status", line("HTTP/1.1 -20 Low"), Protocol),
        answers(
            "status without a reason phrase",
            script([b"HTTP/1.1 200\r\n", &good()[17..]].concat()),
            200,
        ),
        answers("empty line before the status line", script([b"\r\n", &good()[..]].concat()), 200),
        answers("lines that end in LF", script(in_lf(&good())), 200),
        fails("NUL bytes instead of a response", script(vec![0; 64]), Protocol),
        fails("TLS alert instead of a response", script([0x15, 3, 3, 0, 2, 2, 40]), Protocol),
    ]
}

fn headers() -> Vec<Row> {
    vec![
        fails("NUL in a header's name", with(b"a\0b: c"), Protocol),
        fails("NUL in a header's value", with(b"a: b\0c"), Protocol),
        fails("bare CR in a header", with(b"a: b\rc"), Protocol),
        fails("space before the colon", with(b"a : b"), Protocol),
        fails("folded header", with(b"a: b\r\n c"), Protocol),
        fails("header without a colon", with(b"hello"), Protocol),
        fails("escape in a header's value", with(b"content-encoding: \x1b[31m"), Protocol),
        fails("header without a name", with(b": b"), Protocol),
        answers("header in latin1", with(b"a: gr\xfc\xdfe"), 200),
        answers("headers up to the limit", with("a: b\r\n".repeat(90).trim_end().as_bytes()), 200),
        fails(
            "more than 100 headers",
            with("a: b\r\n".repeat(120).trim_end().as_bytes()),
            Protocol,
        ),
        fails(
            "head of 1,000,000 bytes",
            with(format!("a: {}", "b".repeat(1_000_000)).as_bytes()),
            Protocol,
        ),
        fails(
            "endless head",
            Script::executed()
                .send("HTTP/1.1 200 OK\r\n")
                .send_endlessly(vec![b'a'; 4096], PAUSE / 40),
            Protocol,
        ),
    ]
}

fn interim() -> Vec<Row> {
    let flood = "HTTP/1.1 100 Continue\r\n\r\n".repeat(500);
    vec![
        answers("500 times 100", Script::executed().send(flood).send(good()), 200),
        answers(
            "early hints",
            Script::executed().send(head("103 Early Hints", &["link: </x>"])).send(good()),
            200,
        ),
        times_out(
            "stalled after 100",
            Script::executed().send("HTTP/1.1 100 Continue\r\n\r\n").stall(),
        ),
        fails(
            "closed after early hints",
            Script::executed().send("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n").close(),
            Interrupted,
        )
        .retried(),
        times_out(
            "endless 100",
            Script::executed().send_endlessly("HTTP/1.1 100 Continue\r\n\r\n", PAUSE / 8),
        ),
        fails(
            "unrequested protocol switch",
            Script::executed()
                .send(head("101 Switching Protocols", &["upgrade: x", "connection: upgrade"])),
            Protocol,
        )
        .with_status(101),
    ]
}
