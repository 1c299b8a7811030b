//! Reads streams of lines to their end. `tests/properties` includes this file by path.

use bytes::Bytes;

use super::{Line, Lines, TooLarge};

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
