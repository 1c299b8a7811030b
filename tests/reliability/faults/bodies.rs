//! Bodies that are not JSON or not the expected JSON.

use connectors_client::ErrorKind::Decode;
use support::fault_server::{HEALTHY_BODY, Script};

use super::{json, reply};
use crate::operations::Operation;
use crate::row::{Row, answers, fails};

fn script(bytes: impl Into<Vec<u8>>) -> Script {
    Script::executed().send(bytes)
}

/// Returns a body with this value wherever an operation reads a string.
fn everywhere(value: &[u8]) -> Vec<u8> {
    let dates = br#""created_at": "2024-01-02T03:04:05Z", "updated_at": "2024-01-02T03:04:05Z""#;
    let connector = [b"{\"id\": ", value, b", \"name\": \"n\", ", dates, b"}"].concat();
    let list = [b"[", &connector[..], b"]"].concat();
    [
        b"{\"connectors\": ",
        &list[..],
        b", \"connector\": ",
        &connector,
        b", \"redirect_url\": ",
        value,
        b"}",
    ]
    .concat()
}

pub(super) fn rows() -> Vec<Row> {
    let bad = |name, body: Vec<u8>| fails(name, script(json(body)), Decode).with_status(200);
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let deep = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    let html = "<html>log in first</html>";
    vec![
        answers("string everywhere", script(json(everywhere(b"\"x\""))), 200),
        bad("bad UTF-8", everywhere(b"\"\xff\"")),
        bad("latin1", everywhere(b"\"gr\xfc\xdfe\"")),
        bad("UTF-16", utf16(HEALTHY_BODY)),
        bad("UTF-16 with a mark", utf16(&format!("\u{feff}{HEALTHY_BODY}"))),
        bad("NaN", everywhere(b"NaN")),
        bad("Infinity", everywhere(b"Infinity")),
        bad("lone surrogate", everywhere(br#""\ud800""#)),
        bad("control character in a string", everywhere(b"\"\x01\"")),
        bad("unknown escape", everywhere(br#""\x41""#)),
        bad("unterminated string", everywhere(b"\"x")),
        bad("trailing garbage", format!("{HEALTHY_BODY} and more").into()),
        bad("two objects", format!("{HEALTHY_BODY}{HEALTHY_BODY}").into()),
        bad("trailing comma", HEALTHY_BODY.replace("/\"}", "/\",}").into()),
        bad("single quotes", HEALTHY_BODY.replace('"', "'").into()),
        bad("cut JSON", HEALTHY_BODY[..HEALTHY_BODY.len() - 3].into()),
        bad("deep nesting instead of a string", everywhere(&deep(100_000))),
        bad("deep", deep(100_000)),
        bad("array instead of an object", b"[]".to_vec()),
        bad("null instead of an object", b"null".to_vec()),
        bad("string instead of an object", b"\"ok\"".to_vec()),
        bad("number instead of an object", b"1e999999".to_vec()),
        bad("empty", Vec::new()).showing("empty").but(Operation::Delete, Ok(200)),
        bad("whitespace only", b" \r\n\t ".to_vec())
            .showing("empty")
            .but(Operation::Delete, Ok(200)),
        answers("byte order mark", script(json(format!("\u{feff}{HEALTHY_BODY}"))), 200),
        fails("HTML", script(reply("200 OK", &["content-type: text/html"], html)), Decode)
            .with_status(200)
            .showing("`text/html` (25 bytes), not JSON"),
        fails("HTML declared as JSON", script(json(html)), Decode)
            .with_status(200)
            .showing("does not fit at the top"),
        answers(
            "JSON declared as HTML",
            script(reply("200 OK", &["content-type: text/html"], HEALTHY_BODY)),
            200,
        ),
        answers("JSON without a media type", script(reply("200 OK", &[], HEALTHY_BODY)), 200),
    ]
}
