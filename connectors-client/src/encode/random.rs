//! Unpredictable identifiers from the random numbers of the operating system.

use super::EncodeError;

/// Returns 128 random bits as 32 hexadecimal digits.
pub(crate) fn hex() -> Result<String, EncodeError> {
    Ok(format!("{:032x}", bits()?))
}

/// Returns a random UUID (version 4, RFC 9562 section 5.4).
pub(crate) fn uuid() -> Result<String, EncodeError> {
    let bits = bits()? & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let mut uuid = format!("{bits:032x}");
    for index in [20, 16, 12, 8] {
        uuid.insert(index, '-');
    }
    Ok(uuid)
}

fn bits() -> Result<u128, EncodeError> {
    let mut bits = [0; 16];
    match getrandom::getrandom(&mut bits) {
        Ok(()) => Ok(u128::from_ne_bytes(bits)),
        Err(error) => Err(EncodeError::new(format!("the system has no random numbers: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::uuid;

    #[test]
    fn uuids_have_version_4_and_never_recur() {
        let all: HashSet<String> = (0..10_000).map(|_| uuid().unwrap()).collect();
        assert_eq!(all.len(), 10_000);
        for uuid in all {
            let bytes = uuid.as_bytes();
            assert_eq!(
                (uuid.len(), bytes[14], [8, 13, 18, 23].map(|i| bytes[i])),
                (36, b'4', [b'-'; 4])
            );
            assert!(matches!(bytes[19], b'8' | b'9' | b'a' | b'b'), "{uuid}");
        }
    }
}
