//! Ways to split a stream into chunks.

use fastrand::Rng;

/// Splits into single bytes.
pub(super) fn singly(stream: &[u8]) -> Vec<Vec<&[u8]>> {
    vec![stream.chunks(1).collect()]
}

/// Splits in two at each position.
pub(super) fn in_two(stream: &[u8]) -> Vec<Vec<&[u8]>> {
    (0..=stream.len()).map(|at| vec![&stream[..at], &stream[at..]]).collect()
}

/// Splits in three at random positions, this many times.
pub(super) fn in_three<'a>(stream: &'a [u8], random: &mut Rng, times: usize) -> Vec<Vec<&'a [u8]>> {
    let cut = |_| {
        let (one, other) = (random.usize(..=stream.len()), random.usize(..=stream.len()));
        let (first, second) = (one.min(other), one.max(other));
        vec![&stream[..first], &stream[first..second], &stream[second..]]
    };
    (0..times).map(cut).collect()
}

/// Splits into a random number of chunks. Some are empty.
pub(super) fn anyhow<'a>(mut stream: &'a [u8], random: &mut Rng) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    while !stream.is_empty() {
        let (chunk, rest) = stream.split_at(random.usize(..=stream.len().min(9)));
        chunks.push(chunk);
        stream = rest;
    }
    chunks
}
