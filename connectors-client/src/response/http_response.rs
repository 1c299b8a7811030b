//! A response of a raw client: the data with status and headers.

use std::fmt;

use http::{HeaderMap, StatusCode};

use super::from_response::BodyMode;
use super::{FromResponse, Response};
use crate::encode::rate_limit::RateLimit;
use crate::error::Error;
use crate::error::body::header_request_id;

/// The result of a raw client's call: the data, and the status and headers of the response.
#[derive(Clone)]
pub struct HttpResponse<T> {
    /// The data, as the thin client returns it.
    pub data: T,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<T> HttpResponse<T> {
    /// Returns the status: a success, or another one that the data's type
    /// [accepts](FromResponse::accepts_status) or `none_on` names.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the rate limit that the headers tell, if they tell any.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.headers)
    }

    /// Returns the server's id of the request: the header `x-request-id` or one like it.
    pub fn request_id(&self) -> Option<&str> {
        header_request_id(&self.headers)
    }

    /// Returns the number of attempts that the call took. Redirects are not counted.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the data alone.
    pub fn into_data(self) -> T {
        self.data
    }

    /// Maps the data and keeps the rest.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> HttpResponse<U> {
        HttpResponse {
            data: f(self.data),
            status: self.status,
            headers: self.headers,
            attempts: self.attempts,
        }
    }
}

impl<T: FromResponse> FromResponse for HttpResponse<T> {
    const NEEDS_BODY: bool = T::NEEDS_BODY;

    fn accept() -> &'static str {
        T::accept()
    }

    fn accepts_status(status: StatusCode) -> bool {
        T::accepts_status(status)
    }

    fn body_mode(status: StatusCode, headers: &HeaderMap) -> BodyMode {
        T::body_mode(status, headers)
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        let (status, headers, attempts) =
            (response.status(), response.headers().clone(), response.attempts());
        Ok(Self { data: T::from_response(response)?, status, headers, attempts })
    }
}

/// Shows the names of the headers but not their values, which may hold cookies.
impl<T: fmt::Debug> fmt::Debug for HttpResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}
