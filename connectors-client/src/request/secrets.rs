//! The secrets among the arguments of a call, which are masked in texts of errors.

use http::HeaderValue;
use percent_encoding::percent_decode;

use super::argument::Argument;
use super::{Request, Slot};
use crate::client::exposed;
use crate::error::secrets;

impl Request {
    /// Marks the slot as secret if the argument's type is.
    pub(super) fn mark_secret<T: Argument + ?Sized>(&mut self, slot: usize) {
        if let (true, Slot::Value { start, end }) = (T::IS_SECRET, self.slots[slot]) {
            self.slots[slot] = Slot::Secret { start, end };
        }
    }

    /// Encodes a body or its parts.
    pub(super) fn watch<T>(&mut self, slot: usize, encode: impl FnOnce() -> T) -> T {
        let (encoded, is_exposed) = exposed::watch(encode);
        if is_exposed {
            self.keep_exposed(slot);
        }
        encoded
    }

    /// Keeps the secrets that the value of a slot has written.
    #[cold]
    pub(super) fn keep_exposed(&mut self, slot: usize) {
        self.exposed.get_or_insert_default().replace(slot, exposed::take());
    }

    /// Returns the secrets within the values that are set.
    fn exposed(&self) -> impl Iterator<Item = &[u8]> {
        let all = self.exposed.iter().flat_map(|exposed| &exposed.0);
        all.filter(|(slot, _)| self.slots[*slot] != Slot::Unset).map(|(_, secret)| &**secret)
    }

    /// Returns true if a value is a secret by its type, or has one in it.
    pub(crate) fn has_secret(&self) -> bool {
        self.slots.iter().any(|slot| matches!(slot, Slot::Secret { .. }))
            || self.exposed().next().is_some()
    }

    /// Returns the values that are secrets, decoded.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Vec<u8>> {
        let is_secret = |slot: &usize| matches!(self.slots[*slot], Slot::Secret { .. });
        let values = (0..self.slots.len()).filter(is_secret).filter_map(|slot| self.value(slot));
        let built = self.built.iter().flat_map(|built| built.headers().values().cloned());
        let headers = self.declared_headers().chain(built).filter(HeaderValue::is_sensitive);
        let headers = headers.flat_map(|value| secrets::of_header(&value).collect::<Vec<_>>());
        let sent = self.credentials.get().into_iter().flat_map(|sent| sent.secrets());
        let exposed = self.exposed().map(<[u8]>::to_vec);
        values.flat_map(decoded).chain(exposed).chain(headers).chain(sent)
    }
}

/// Undoes the encoding of a value, whatever its place: as JSON, in a path or header, or in pairs,
/// which a URL can have too.
fn decoded(value: &[u8]) -> Vec<Vec<u8>> {
    if let Ok(text) = serde_json::from_slice::<String>(value) {
        return vec![text.into_bytes()];
    }
    let pairs = value.split(|byte| matches!(byte, b'?' | b'&' | b'#'));
    let in_pairs = pairs.filter_map(|pair| {
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        let value = pair[equals + 1..].iter();
        let value: Vec<u8> = value.map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        Some(percent_decode(&value).collect())
    });
    [value.to_vec(), percent_decode(value).collect()].into_iter().chain(in_pairs).collect()
}
