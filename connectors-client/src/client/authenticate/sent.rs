//! The credentials that an attempt has sent.

use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderName, HeaderValue};

use crate::error::secrets;

/// The place of credentials in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Header(HeaderName),
    /// The name of a query pair.
    Query(String),
    /// The name of a cookie.
    Cookie(String),
}

/// Credentials in their place.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) place: Place,
    pub(crate) value: Vec<u8>,
}

/// The query pairs of a request that are credentials, decoded, for recorders: nothing in a URL is
/// marked as sensitive.
#[cfg(feature = "recorder")]
#[derive(Clone, Default)]
pub(crate) struct SentInUrl(pub(crate) Vec<(String, String)>);

impl Sent {
    fn secrets(&self) -> Vec<Vec<u8>> {
        match (&self.place, HeaderValue::from_bytes(&self.value)) {
            (Place::Header(_), Ok(value)) => secrets::of_header(&value).collect(),
            _ => vec![self.value.clone()],
        }
    }
}

/// The credentials of a call: those of the last request, and all secrets, which errors mask.
#[derive(Default)]
pub(crate) struct SentCredentials(Mutex<Record>);

#[derive(Default)]
struct Record {
    last: Vec<Sent>,
    secrets: Vec<Vec<u8>>,
}

impl Record {
    fn add(&mut self, secrets: impl IntoIterator<Item = Vec<u8>>) {
        for secret in secrets {
            if !self.secrets.contains(&secret) {
                self.secrets.push(secret);
            }
        }
    }
}

impl SentCredentials {
    /// Records the credentials of the next request.
    pub(crate) fn record(&self, sent: Vec<Sent>) {
        let mut record = self.lock();
        record.add(sent.iter().flat_map(Sent::secrets));
        record.last = sent;
    }

    /// Records the secrets in a header that no scheme has set.
    pub(crate) fn keep(&self, value: &HeaderValue) {
        self.lock().add(secrets::of_header(value));
    }

    /// Returns the credentials of the last request.
    pub(crate) fn last(&self) -> Vec<Sent> {
        self.lock().last.clone()
    }

    /// Returns the secrets of all requests.
    pub(crate) fn secrets(&self) -> Vec<Vec<u8>> {
        self.lock().secrets.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
