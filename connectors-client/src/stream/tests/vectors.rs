//! The cases of `tests/vectors/server-sent-events.json`: of the standard's own tests and of
//! well-known parsers.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastrand::Rng;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{AMPLE, Events, cutting, read_events};

#[derive(Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    chunks_b64: Vec<String>,
    events: Vec<Value>,
    asserts: Vec<String>,
    /// Each `retry` time that the stream sets.
    retry_ms: Option<Vec<u128>>,
}

fn vectors() -> Vec<Vector> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/server-sent-events.json");
    let file: File = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    file.vectors
}

impl Vector {
    fn chunks(&self) -> Vec<Vec<u8>> {
        self.chunks_b64.iter().map(|chunk| STANDARD.decode(chunk).unwrap()).collect()
    }

    /// Returns the properties of these events that the vector asserts.
    fn shown(&self, all: &Events) -> Vec<Value> {
        let show = |event: &super::ServerSentEvent| {
            let mut event =
                json!({"type": event.name(), "data": event.data(), "lastEventId": event.id()});
            event.as_object_mut().unwrap().retain(|key, _| self.asserts.contains(key));
            event
        };
        all.items.iter().map(show).collect()
    }
}

#[test]
fn each_vector_has_its_events() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 82);
    for vector in &vectors {
        let chunks = vector.chunks();
        let all = read_events(AMPLE, chunks.iter().map(Vec::as_slice));
        assert_eq!(vector.shown(&all), vector.events, "{}", vector.id);
        if let Some(times) = &vector.retry_ms {
            assert_eq!(all.retry_ms.as_ref(), times.last(), "{}", vector.id);
        }
    }
}

#[test]
fn chunks_do_not_affect_a_vector() {
    let mut random = Rng::with_seed(1);
    for vector in vectors() {
        let stream = vector.chunks().concat();
        let whole = read_events(AMPLE, [&*stream]);
        assert_eq!(vector.shown(&whole), vector.events, "{}", vector.id);
        let cuts = [
            cutting::singly(&stream),
            cutting::in_two(&stream),
            cutting::in_three(&stream, &mut random, 100),
        ];
        for chunks in cuts.into_iter().flatten() {
            let lengths: Vec<_> = chunks.iter().map(|chunk| chunk.len()).collect();
            assert_eq!(read_events(AMPLE, chunks), whole, "{} cut into {lengths:?}", vector.id);
        }
    }
}
