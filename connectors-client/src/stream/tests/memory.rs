//! Memory held while a stream is read.

use std::sync::Arc;

use bytes::Bytes;

use super::{Lines, ServerSentEvents, TooLarge};

const CHUNK: usize = 1024;
const LIMIT: usize = 64 * 1024;

/// Pushes a chunk repeatedly until the limit is exceeded. Returns the highest number of bytes held.
fn fill(
    chunk: &[u8],
    mut push: impl FnMut(Bytes) -> usize,
    mut next: impl FnMut() -> Option<TooLarge>,
) -> usize {
    let mut most = 0;
    for _ in 0..1000 {
        most = most.max(push(Bytes::copy_from_slice(chunk)));
        if next().is_some() {
            return most;
        }
    }
    panic!("it is never too much");
}

macro_rules! most_held {
    ($stream:expr, $chunk:expr) => {{
        let stream = std::cell::RefCell::new($stream);
        let push = |chunk| {
            let mut stream = stream.borrow_mut();
            stream.push(chunk);
            stream.buffered()
        };
        fill($chunk, push, || stream.borrow_mut().next().err())
    }};
}

#[test]
fn a_line_without_end_fails_before_more_than_the_limit_and_a_chunk_is_held() {
    let most = LIMIT + CHUNK;
    assert!(most_held!(ServerSentEvents::new(LIMIT), &[b'x'; CHUNK]) <= most);
    assert!(most_held!(ServerSentEvents::new(LIMIT), &[b':'; CHUNK]) <= most);
    assert!(most_held!(Lines::new(LIMIT), &[b'x'; CHUNK]) <= most);
    assert!(most_held!(Lines::new(LIMIT), &[b' '; CHUNK]) <= most);
}

#[test]
fn an_event_without_end_fails_before_more_than_the_limit_and_a_chunk_is_held() {
    let line = |start: &str| format!("{start}{}\n", "x".repeat(CHUNK - start.len() - 1));
    for start in ["data:", "event:", "id:", "y:"] {
        let most = most_held!(ServerSentEvents::new(LIMIT), line(start).as_bytes());
        assert!(most <= LIMIT + CHUNK, "{start} {most}");
    }
}

#[test]
fn an_event_of_two_long_lines_is_held_within_twice_the_limit_and_a_chunk() {
    let mut stream = ServerSentEvents::new(LIMIT);
    for (start, length) in [("data:", LIMIT / 4), ("data:", LIMIT / 4), ("data:", LIMIT)] {
        for piece in format!("{start}{}\n", "x".repeat(length)).as_bytes().chunks(CHUNK) {
            stream.push(Bytes::copy_from_slice(piece));
            assert!(stream.buffered() <= 2 * LIMIT + CHUNK);
            if stream.next().is_err() {
                return;
            }
        }
    }
    panic!("it is never too much");
}

#[test]
fn replacing_invalid_utf_8_stays_within_the_limit() {
    let mut stream = ServerSentEvents::new(LIMIT);
    let line = [&b"data:"[..], &b"\xff".repeat(LIMIT / 2), b"\n"].concat();
    stream.push(line.into());
    assert_eq!(stream.next(), Err(TooLarge { limit: LIMIT }));
}

#[test]
fn many_small_events_hold_at_most_a_chunk() {
    const CHUNK: usize = 16 * 1024;
    let event = format!("id: 17\nevent: add\ndata: {}\n\n", "x".repeat(230));
    // The chunk size is not a multiple of the event size, so events are split everywhere.
    let text = event.repeat(1 << 10);
    let total = 64 << 20;
    let mut stream = ServerSentEvents::new(LIMIT);
    let (mut read, mut events) = (0, 0);
    while read < total {
        for chunk in text.as_bytes().chunks(CHUNK) {
            stream.push(Bytes::copy_from_slice(chunk));
            read += chunk.len();
            while stream.next().unwrap().is_some() {
                events += 1;
                assert!(stream.buffered() < CHUNK);
            }
            assert!(stream.buffered() < 2 * event.len());
        }
    }
    assert_eq!(events, read / event.len());
}

/// A chunk that shows if it is still in use.
struct Watched {
    text: Vec<u8>,
    _in_use: Arc<()>,
}

impl AsRef<[u8]> for Watched {
    fn as_ref(&self) -> &[u8] {
        &self.text
    }
}

fn watched(text: &str) -> (Bytes, Arc<()>) {
    let in_use = Arc::new(());
    (
        Bytes::from_owner(Watched { text: text.as_bytes().to_vec(), _in_use: Arc::clone(&in_use) }),
        in_use,
    )
}

#[test]
fn an_event_does_not_keep_its_chunk_alive() {
    for begun in [
        "",
        "id: 1\n",
        "event: x\nid: 2\n",
        "data: a\n",
        "data: a\ndata: b\n",
        "dat",
        "data: a\nid: 3\nda",
    ] {
        let (chunk, in_use) = watched(&format!("id: 0\ndata: first\n\n{begun}"));
        let mut stream = ServerSentEvents::new(LIMIT);
        stream.push(chunk);
        let _first = stream.next().unwrap().unwrap();
        assert_eq!(stream.next(), Ok(None));
        assert_eq!(Arc::strong_count(&in_use), 1, "{begun:?}");
    }
}
