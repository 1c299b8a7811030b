//! Random streams, compared with a slow and plain reader.

use fastrand::Rng;

use super::plain::Plain;
use super::{AMPLE, Events, cutting, read_events, read_lines};

/// Texts that are likely to matter, mixed with random bytes.
const WORDS: &[&[u8]] = &[
    b"data",
    b"data:",
    b"data: ",
    b"event:",
    b"id:",
    b"retry:",
    b":",
    b" ",
    b"\n",
    b"\n",
    b"\n\n",
    b"\r",
    b"\r\n",
    b"\r\n\r\n",
    b"\0",
    b"12",
    b"x",
    b"\xef\xbb\xbf",
    b"\xef\xbb",
    b"\xe2\x80\xa6",
    b"\xe2\x80",
    b"\xf0\x9f\x98\x80",
    b"\xf0\x9f",
    b"\xff",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"{",
    b"}",
    b"[1]",
    b"\"",
    b"\\",
    b"\\\"",
    b"\t",
];

fn stream(random: &mut Rng) -> Vec<u8> {
    let mut stream = Vec::new();
    for _ in 0..random.usize(..40) {
        if random.u8(..8) == 0 {
            stream.push(random.u8(..));
        } else {
            stream.extend_from_slice(WORDS[random.usize(..WORDS.len())]);
        }
    }
    stream
}

fn limit(random: &mut Rng) -> usize {
    [0, 1, 8, 24, 64, AMPLE][random.usize(..6)]
}

#[test]
fn chunks_do_not_affect_random_streams() {
    let mut random = Rng::with_seed(2);
    for _ in 0..20_000 {
        let (stream, limit) = (stream(&mut random), limit(&mut random));
        let (events, lines) = (read_events(limit, [&*stream]), read_lines(limit, [&*stream]));
        for chunks in [stream.chunks(1).collect(), cutting::anyhow(&stream, &mut random)] {
            let about = || format!("{} at {limit}, cut into {chunks:?}", stream.escape_ascii());
            let cut = read_events(limit, chunks.iter().copied());
            assert_eq!(cut.items, events.items, "{}", about());
            assert_eq!(cut.failure, events.failure, "{}", about());
            assert!(cut == events || cut.failure.is_some(), "{}", about());
            assert_eq!(read_lines(limit, chunks.iter().copied()), lines, "{}", about());
        }
    }
}

#[test]
fn random_events_are_those_of_the_standard() {
    let mut random = Rng::with_seed(3);
    let mut count = 0;
    for _ in 0..50_000 {
        let stream = stream(&mut random);
        let Events { items: events, last_event_id, retry_ms, .. } = read_events(AMPLE, [&*stream]);
        let found: Vec<_> = events
            .iter()
            .map(|event| [event.name(), event.data(), event.id()].map(str::to_owned))
            .collect();
        count += found.len();
        let plain = Plain::read(&stream);
        assert_eq!(found, plain.events, "{}", stream.escape_ascii());
        assert_eq!(
            last_event_id.unwrap_or_default(),
            plain.last_event_id,
            "{}",
            stream.escape_ascii()
        );
        assert_eq!(retry_ms, plain.retry.map(|time| time.as_millis()), "{}", stream.escape_ascii());
    }
    assert!(count > 4_000, "{count} events are too few to say anything");
}

#[test]
fn random_lines_are_those_between_line_feeds() {
    let mut random = Rng::with_seed(4);
    for _ in 0..50_000 {
        let stream = stream(&mut random);
        let text = stream.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&stream);
        let pieces: Vec<_> = text.split(|byte| *byte == b'\n').collect();
        let line = |(i, piece): (usize, &&[u8])| {
            let is_ended = i + 1 < pieces.len();
            let text = if is_ended { piece.strip_suffix(b"\r").unwrap_or(piece) } else { piece };
            let is_blank = text.iter().all(|byte| b" \t\r".contains(byte));
            (!is_blank).then(|| (i as u64 + 1, text.to_vec(), is_ended))
        };
        let expected: Vec<_> = pieces.iter().enumerate().filter_map(line).collect();
        let found = read_lines(AMPLE, [&*stream]).0.into_iter();
        let found: Vec<_> =
            found.map(|line| (line.number, line.text.to_vec(), line.is_ended)).collect();
        assert_eq!(found, expected, "{}", stream.escape_ascii());
    }
}
