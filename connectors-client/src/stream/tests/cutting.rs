//! Ways to cut a stream.

use fastrand::Rng;

/// Each byte on its own.
pub(super) fn singly(stream: &[u8]) -> Vec<Vec<&[u8]>> {
    vec![stream.chunks(1).collect()]
}

/// In two, at each place there is.
pub(super) fn in_two(stream: &[u8]) -> Vec<Vec<&[u8]>> {
    (0..=stream.len()).map(|at| vec![&stream[..at], &stream[at..]]).collect()
}

/// In three, at so many random places.
pub(super) fn in_three<'a>(stream: &'a [u8], random: &mut Rng, times: usize) -> Vec<Vec<&'a [u8]>> {
    let cut = |_| {
        let (one, other) = (random.usize(..=stream.len()), random.usize(..=stream.len()));
        let (first, second) = (one.min(other), one.max(other));
        vec![&stream[..first], &stream[first..second], &stream[second..]]
    };
    (0..times).map(cut).collect()
}

/// In as many as it happens, some of them empty.
pub(super) fn anyhow<'a>(mut stream: &'a [u8], random: &mut Rng) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    while !stream.is_empty() {
        let (chunk, rest) = stream.split_at(random.usize(..=stream.len().min(9)));
        chunks.push(chunk);
        stream = rest;
    }
    chunks
}
