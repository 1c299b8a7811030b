//! Random numbers that nobody can guess and that are never the same twice.

use std::hash::{BuildHasher as _, RandomState};
use std::time::SystemTime;

/// 128 bits. The standard library keys its hashes by random numbers of the system; what is hashed keeps apart processes
/// that have the same keys since one is a copy of the other.
pub(crate) fn bits() -> u128 {
    let [high, low] = [(); 2].map(|()| {
        let nanoseconds = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
        RandomState::new().hash_one((fastrand::u64(..), std::process::id(), nanoseconds))
    });
    u128::from(high) << 64 | u128::from(low)
}

/// The same as a UUID of random numbers (RFC 9562 section 5.4).
pub(crate) fn uuid() -> String {
    let bits = bits() & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let mut uuid = format!("{bits:032x}");
    for place in [20, 16, 12, 8] {
        uuid.insert(place, '-');
    }
    uuid
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::uuid;

    #[test]
    fn a_uuid_is_of_version_4_and_never_the_same() {
        let all: HashSet<String> = (0..10_000).map(|_| uuid()).collect();
        assert_eq!(all.len(), 10_000);
        for uuid in all {
            let bytes = uuid.as_bytes();
            assert_eq!((uuid.len(), bytes[14], [8, 13, 18, 23].map(|i| bytes[i])), (36, b'4', [b'-'; 4]));
            assert!(matches!(bytes[19], b'8' | b'9' | b'a' | b'b'), "{uuid}");
        }
    }
}
