use bytes::Bytes;

use super::{AMPLE, JsonSequence, TooLarge, cutting, read_records};

/// Text, whether it is truncated.
fn records(stream: &str) -> Vec<(String, bool)> {
    let (records, failure) = read_records(AMPLE, [stream.as_bytes()]);
    assert_eq!(failure, None);
    for chunks in cutting::in_two(stream.as_bytes()).into_iter().chain(cutting::singly(stream.as_bytes())) {
        assert_eq!(read_records(AMPLE, chunks.iter().copied()).0, records, "{chunks:?}");
    }
    let show =
        |record: super::Record| (String::from_utf8(record.text.to_vec()).unwrap(), record.is_truncated);
    records.into_iter().map(show).collect()
}

fn whole(text: &str) -> (String, bool) {
    (text.to_owned(), false)
}

fn truncated(text: &str) -> (String, bool) {
    (text.to_owned(), true)
}

#[test]
fn a_record_is_rs_text_lf() {
    assert_eq!(records("\u{1e}{\"a\":1}\n\u{1e}12\n"), [whole("{\"a\":1}"), whole("12")]);
    assert_eq!(records(""), []);
}

#[test]
fn a_text_may_have_line_ends_and_brackets_in_strings() {
    let text = "{\n  \"a]}\\\"{\": [\n    \"\\\\\"\n  ]\n}";
    assert_eq!(records(&format!("\u{1e}\n{text}\n\u{1e}{text}\n")), [whole(text), whole(text)]);
}

#[test]
fn a_record_is_there_before_the_next_begins() {
    let mut stream = JsonSequence::new(AMPLE);
    stream.push(Bytes::from_static(b"\x1e[\n1\n]\n"));
    assert_eq!(stream.next().unwrap().unwrap().text, "[\n1\n]");
}

#[test]
fn a_record_that_is_cut_short_is_truncated_and_the_next_is_whole() {
    assert_eq!(records("\u{1e}[1,\u{1e}[2]\n"), [truncated("[1,"), whole("[2]")]);
    assert_eq!(records("\u{1e}12\u{1e}3\n"), [truncated("12"), whole("3")]);
    assert_eq!(
        records("\u{1e}[1\n\u{1e}\"a\n\u{1e}3\n"),
        [truncated("[1\n"), truncated("\"a\n"), whole("3")]
    );
    assert_eq!(records("\u{1e}1\n\u{1e}23"), [whole("1"), truncated("23")]);
}

#[test]
fn text_that_no_rs_begins_is_truncated() {
    assert_eq!(records("1]\n\u{1e}2\n3\n"), [truncated("1]"), whole("2"), truncated("3")]);
}

#[test]
fn white_space_is_no_record() {
    assert_eq!(records("\n\u{1e}\u{1e}\n \u{1e}\n\n1\r\n\n\u{1e}"), [whole("1\r")]);
}

#[test]
fn the_limit_is_for_each_record() {
    assert_eq!(read_records(3, [&b"\x1e[1]\n\x1e[2]\n"[..]]).0.len(), 2);
    assert_eq!(read_records(3, [&b"\x1e[1"[..], b"2]"]), (Vec::new(), Some(TooLarge { limit: 3 })));
}
