//! Streams of lines and records, read to their end. Properties of other packages take this file by its path.

use bytes::Bytes;

use super::{JsonSequence, Line, Lines, Record, TooLarge};

pub(super) fn read_lines<'a>(
    limit: usize,
    chunks: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<Line>, Option<TooLarge>) {
    let mut stream = Lines::new(limit);
    let mut lines = Vec::new();
    for chunk in chunks {
        stream.push(Bytes::copy_from_slice(chunk));
        if let failure @ Some(_) = take_all(&mut lines, || stream.next()) {
            return (lines, failure);
        }
    }
    let failure = take_all(&mut lines, || stream.finish());
    (lines, failure)
}

pub(super) fn read_records<'a>(
    limit: usize,
    chunks: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<Record>, Option<TooLarge>) {
    let mut stream = JsonSequence::new(limit);
    let mut records = Vec::new();
    for chunk in chunks {
        stream.push(Bytes::copy_from_slice(chunk));
        if let failure @ Some(_) = take_all(&mut records, || stream.next()) {
            return (records, failure);
        }
    }
    let failure = take_all(&mut records, || stream.finish());
    (records, failure)
}

pub(super) fn take_all<T>(
    items: &mut Vec<T>,
    mut next: impl FnMut() -> Result<Option<T>, TooLarge>,
) -> Option<TooLarge> {
    loop {
        match next() {
            Ok(Some(item)) => items.push(item),
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    }
}
