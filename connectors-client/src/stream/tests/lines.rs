use super::{AMPLE, TooLarge, cutting, read_lines};

/// Returns the number and text of each line, and true if it has an end.
fn lines(stream: &[u8]) -> Vec<(u64, String, bool)> {
    let (lines, failure) = read_lines(AMPLE, [stream]);
    assert_eq!(failure, None);
    for chunks in cutting::in_two(stream).into_iter().chain(cutting::singly(stream)) {
        assert_eq!(read_lines(AMPLE, chunks.iter().copied()).0, lines, "{chunks:?}");
    }
    let show = |line: super::Line| {
        (line.number, String::from_utf8(line.text.to_vec()).unwrap(), line.is_ended)
    };
    lines.into_iter().map(show).collect()
}

fn line(number: u64, text: &str) -> (u64, String, bool) {
    (number, text.to_owned(), true)
}

#[test]
fn only_lf_and_crlf_end_a_line() {
    let text = "{\"a\":\"\u{2028}\u{2029}\u{85}\u{b}\u{c}\"}";
    let stream = format!("{text}\n{text}\r\n[1,\r2]\n");
    assert_eq!(lines(stream.as_bytes()), [line(1, text), line(2, text), line(3, "[1,\r2]")]);
}

#[test]
fn blank_lines_are_counted_and_skipped() {
    assert_eq!(lines(b"\n1\n \t \n\r\n2\n\n"), [line(2, "1"), line(5, "2")]);
    assert_eq!(lines(b""), []);
    assert_eq!(lines(b"\r\n  "), []);
}

#[test]
fn the_last_line_may_lack_its_end() {
    assert_eq!(lines(b"1\n2"), [line(1, "1"), (2, "2".to_owned(), false)]);
    assert_eq!(lines(b"1\r"), [(1, "1\r".to_owned(), false)]);
}

#[test]
fn a_byte_order_mark_is_dropped_at_the_very_start_only() {
    let mark = "\u{feff}";
    assert_eq!(
        lines(format!("{mark}1\n{mark}2\n").as_bytes()),
        [line(1, "1"), line(2, "\u{feff}2")]
    );
    assert_eq!(lines(format!("{mark}{mark}1\n").as_bytes()), [line(1, "\u{feff}1")]);
    assert_eq!(lines(mark.as_bytes()), []);
}

#[test]
fn the_limit_applies_to_each_line() {
    let fails = Some(TooLarge { limit: 3 });
    let (found, failure) = read_lines(3, [&b"123\n456\n7890\n1\n"[..]]);
    assert_eq!((found.len(), failure), (2, fails));
    assert_eq!(read_lines(3, [&b"12"[..], b"34"]), (Vec::new(), fails));
    assert_eq!(read_lines(3, [&b"12"[..], b"3"]).1, None);
}

#[test]
fn a_line_within_a_chunk_is_a_slice_of_it() {
    let chunk = bytes::Bytes::from_static(b"[1]\n[2]\n");
    let mut stream = super::Lines::new(AMPLE);
    stream.push(chunk.clone());
    assert_eq!(stream.next().unwrap().unwrap().text.as_ptr(), chunk.as_ptr());
    assert_eq!(stream.next().unwrap().unwrap().text.as_ptr(), chunk[4..].as_ptr());
}
