//! Encodings that the body does not have or that the client did not ask for.

use std::io::Write as _;

use connectors_client::ErrorKind::Decode;
use flate2::Compression;
use flate2::write::GzEncoder;
use support::fault_server::{HEALTHY_BODY, Script};

use super::reply;
use crate::row::{Row, answers, fails};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn encoded(encoding: &str, body: &[u8]) -> Script {
    let encoding = format!("content-encoding: {encoding}");
    Script::executed().send(reply("200 OK", &["content-type: application/json", &encoding], body))
}

pub(super) fn rows() -> Vec<Row> {
    let good = gzip(HEALTHY_BODY.as_bytes());
    let wrong_sum = {
        let (at, mut bytes) = (good.len() - 8, good.clone());
        bytes[at] ^= 1;
        bytes
    };
    let bad = |name, script: Script| fails(name, script, Decode).with_status(200);
    vec![
        answers("gzip", encoded("gzip", &good), 200),
        bad("gzip, cut", encoded("gzip", &good[..good.len() / 2])),
        bad("gzip, header only", encoded("gzip", &good[..10])),
        bad("gzip with a wrong checksum", encoded("gzip", &wrong_sum)),
        bad("plain text declared as gzip", encoded("gzip", HEALTHY_BODY.as_bytes())),
        bad("gzip twice, declared", encoded("gzip, gzip", &gzip(&good))),
        bad("gzip twice, declared once", encoded("gzip", &gzip(&good))),
        bad("undeclared gzip", encoded("identity", &good)),
        bad("unknown encoding", encoded("rot13", HEALTHY_BODY.as_bytes())).showing("rot13"),
        bad("unrequested encoding", encoded("br", HEALTHY_BODY.as_bytes())).showing("br"),
    ]
}
