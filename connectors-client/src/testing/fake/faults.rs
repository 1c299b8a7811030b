//! Failures at random, the same ones for the same seed.

use std::sync::{Arc, Mutex, PoisonError};

use super::FakeReply;
use crate::error::ErrorKind;

/// A sequence of failures, which the clones of a fake share.
#[derive(Clone)]
pub(super) struct Faults {
    rate: f64,
    random: Arc<Mutex<fastrand::Rng>>,
}

impl Faults {
    pub(super) fn new(rate: f64, seed: u64) -> Self {
        Self { rate, random: Arc::new(Mutex::new(fastrand::Rng::with_seed(seed))) }
    }

    /// Returns the failure of the next request, if it fails.
    pub(super) fn next(&self) -> Option<FakeReply> {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        // Both are drawn in any case, so that a higher rate keeps the failures of a lower one.
        let (chance, kind) = (random.f64(), random.u8(..3));
        (chance < self.rate).then(|| match kind {
            0 => FakeReply::new(503, ""),
            1 => FakeReply::failure(ErrorKind::Connect),
            _ => FakeReply::failure(ErrorKind::Interrupted),
        })
    }
}
