//! Credentials that a server has refused.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::super::Client;
use super::sent::{Place, Sent};

/// Credentials that the server has refused, with its response. It has all that
/// [`renew`](super::Authenticate::renew) needs.
pub struct Refused {
    pub(crate) client: Client,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) sent: Vec<Sent>,
}

impl Refused {
    /// Returns the status: 401, or one that the client names.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response, such as `WWW-Authenticate` (RFC 9110 section 11.6.1).
    pub fn response_headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the value of a header that [`authenticate`](super::Authenticate::authenticate) has
    /// set. It is `None` if the caller of the endpoint gave that header.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        let sent = self.sent.iter().find(|sent| {
            matches!(&sent.place, Place::Header(other) if other.as_str().eq_ignore_ascii_case(name))
        });
        sent.map(|sent| &*sent.value)
    }

    /// Returns true if no credentials were set.
    pub(crate) fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    /// Returns the credentials that were set in a place.
    pub(crate) fn at(&self, place: &Place) -> Option<&[u8]> {
        self.sent.iter().find(|sent| sent.place == *place).map(|sent| &*sent.value)
    }
}

/// Shows the places of the credentials, never their values.
impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused")
            .field("status", &self.status)
            .field("places", &self.sent.iter().map(|sent| &sent.place).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
