use std::time::Duration;

use bytes::Bytes;

use super::{AMPLE, TooLarge, cutting, read_events};
use crate::stream::framing::server_sent_events::ServerSentEvents;

fn data(stream: &[u8]) -> Vec<String> {
    read_events(AMPLE, [stream]).items.iter().map(|event| event.data.clone()).collect()
}

#[test]
fn an_event_has_its_name_data_id_and_retry() {
    let all =
        read_events(AMPLE, [&b"retry: 10\nid: 7\nevent: add\ndata: a\ndata: b\n\ndata\n\n"[..]]);
    let shown: Vec<_> = all
        .items
        .iter()
        .map(|event| (event.name(), event.data(), event.id(), event.retry))
        .collect();
    let retry = Some(Duration::from_millis(10));
    assert_eq!(shown, [("add", "a\nb", "7", retry), ("message", "", "7", retry)]);
}

#[test]
fn invalid_utf_8_is_replaced_by_the_encoding_standard() {
    let stream = b"data: a\xffb\xe2\x82\ndata: \xf0\x9f\x98\x80\xc0\xaf\n\n";
    let expected = ["a\u{fffd}b\u{fffd}\n\u{1f600}\u{fffd}\u{fffd}"];
    assert_eq!(data(stream), expected);
    for chunks in cutting::in_two(stream) {
        assert_eq!(read_events(AMPLE, chunks).items[0].data, expected[0]);
    }
}

#[test]
fn a_carriage_return_ends_an_event_at_once() {
    let mut stream = ServerSentEvents::new(AMPLE);
    stream.push(Bytes::from_static(b"data: a\r\n\r"));
    assert_eq!(stream.next().unwrap().unwrap().data, "a");
    stream.push(Bytes::from_static(b"\ndata: b\r\r"));
    assert_eq!(stream.next().unwrap().unwrap().data, "b");
    assert_eq!(stream.next(), Ok(None));
    assert!(!stream.finish());
}

#[test]
fn the_end_tells_whether_something_was_discarded() {
    for (stream, is_unfinished) in [
        ("", false),
        ("data: a\n\n", false),
        ("data: a\r\r", false),
        ("data: a\n\n: keep", false),
        ("retry: 5\n", false),
        ("data: a\n", true),
        ("data: a", true),
        ("event: a\n", true),
        ("id: a\n", true),
        ("d", true),
    ] {
        assert_eq!(
            read_events(AMPLE, [stream.as_bytes()]).is_unfinished,
            is_unfinished,
            "{stream:?}"
        );
    }
}

#[test]
fn an_id_counts_once_its_event_is_complete() {
    assert_eq!(read_events(AMPLE, [&b"id: 1\n\nid: 2\n"[..]]).last_event_id.as_deref(), Some("1"));
    assert_eq!(
        read_events(AMPLE, [&b"id: 1\n\nid: 2\0\ndata\n\n"[..]]).last_event_id.as_deref(),
        Some("1")
    );
}

#[test]
fn an_empty_id_clears_the_last_id() {
    for stream in ["id: 1\ndata\n\nid\ndata\n\n", "id: 1\n\nid:\n\ndata\n\n", "id:\ndata\n\n"] {
        let all = read_events(AMPLE, [stream.as_bytes()]);
        assert_eq!(all.last_event_id.as_deref(), Some(""), "{stream:?}");
        assert_eq!(all.items.last().unwrap().id(), "", "{stream:?}");
    }
    assert_eq!(read_events(AMPLE, [&b"data\n\n"[..]]).last_event_id, None);
    assert_eq!(
        read_events(AMPLE, [&b"id:\n"[..]]).last_event_id,
        None,
        "the event is not complete"
    );
}

#[test]
fn retry_is_digits_only() {
    for (value, milliseconds) in [
        ("0", Some(0)),
        ("007", Some(7)),
        ("99999999999999999999999", Some(u128::from(u64::MAX))),
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("1 ", None),
        ("\u{661}", None),
    ] {
        let stream = format!("retry:{value}\n");
        assert_eq!(read_events(AMPLE, [stream.as_bytes()]).retry_ms, milliseconds, "{value}");
    }
}

#[test]
fn the_limit_applies_to_all_lines_of_an_event() {
    let stream = b"event: x\ndata: 12345\ndata: 67890\n\n";
    let lines = b"event: xdata: 12345data: 67890".len();
    assert_eq!(read_events(lines, [&stream[..]]).items.len(), 1);
    assert_eq!(read_events(lines - 1, [&stream[..]]).failure, Some(TooLarge { limit: lines - 1 }));
    assert_eq!(read_events(lines, [stream.repeat(100).as_slice()]).items.len(), 100);
}

#[test]
fn the_limit_applies_to_decoded_text() {
    let stream = b"data:\xff\xff\xff\xff\n\n";
    assert_eq!(read_events(17, [&stream[..]]).items.len(), 1);
    assert_eq!(read_events(16, [&stream[..]]).failure, Some(TooLarge { limit: 16 }));
}

#[test]
fn the_limit_includes_the_last_id() {
    let stream = b"id: 12345\ndata\n\ndata: 12345\n\n";
    assert_eq!(read_events(5 + 11, [&stream[..]]).items.len(), 2);
    assert_eq!(read_events(5 + 10, [&stream[..]]).failure, Some(TooLarge { limit: 15 }));
}

#[test]
fn comments_together_have_no_limit() {
    let stream = b": keep-alive\n".repeat(1000);
    assert_eq!(read_events(16, [&*stream]).failure, None);
    assert_eq!(read_events(8, [&*stream]).failure, Some(TooLarge { limit: 8 }));
}

#[test]
fn each_call_after_an_event_that_is_too_large_says_so() {
    let mut stream = ServerSentEvents::new(4);
    stream.push(Bytes::from_static(b"data: 1\n\n"));
    assert_eq!(stream.next(), Err(TooLarge { limit: 4 }));
    stream.push(Bytes::from_static(b"\n\nid\n\n"));
    assert_eq!(stream.next(), Err(TooLarge { limit: 4 }));
    assert_eq!(stream.buffered(), 0);
}

#[test]
fn a_chunk_that_comes_early_is_read_all_the_same() {
    let mut stream = ServerSentEvents::new(AMPLE);
    for chunk in [&b"data: a\n"[..], b"\nda", b"ta: b\n\n"] {
        stream.push(Bytes::from_static(chunk));
    }
    assert_eq!(stream.next().unwrap().unwrap().data, "a");
    assert_eq!(stream.next().unwrap().unwrap().data, "b");
}
