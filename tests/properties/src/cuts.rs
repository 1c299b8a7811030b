//! Ways to split a stream into chunks.

/// Returns single bytes, and chunks whose sizes derive from `seed`. Some are empty.
pub(crate) fn of(stream: &[u8], seed: u8) -> [Vec<&[u8]>; 2] {
    [stream.chunks(1).collect(), anyhow(stream, seed)]
}

fn anyhow(mut stream: &[u8], seed: u8) -> Vec<&[u8]> {
    let mut state = u64::from(seed);
    let mut chunks = Vec::new();
    while !stream.is_empty() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Small chunks matter most. A few are long.
        let most = if state >> 62 == 0 { stream.len() } else { stream.len().min(4) };
        let size = usize::try_from(state >> 33).unwrap_or(0) % (most + 1);
        let (chunk, rest) = stream.split_at(size);
        chunks.push(chunk);
        stream = rest;
    }
    chunks
}
