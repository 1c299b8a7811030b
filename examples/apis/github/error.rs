//! What GitHub says when it refuses.

use connectors_client::ErrorClass;
use serde::Deserialize;

/// The error statuses of the issues API.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum GitHubError {
    /// 400: the body is no JSON, or of the wrong kind.
    #[status(400)]
    BadRequest(Option<Problem>),
    /// 401: there is no token, or a wrong one.
    #[status(401)]
    BadCredentials,
    /// 403: the token may not do that, or a rate limit is exceeded.
    #[status(403)]
    Forbidden(Option<Problem>),
    /// 404: it is not there, or the token may not know that it is.
    #[status(404)]
    NotFound,
    /// 410: it was deleted, or issues are disabled.
    #[status(410)]
    Gone,
    /// 422: a field is missing or wrong.
    #[status(422)]
    Invalid(Option<Problem>),
    /// 429: a rate limit is exceeded.
    #[status(429)]
    TooManyRequests,
    /// 503: the service is down.
    #[status(503)]
    Unavailable,
    /// Any other status that is no success.
    #[status(other)]
    Other,
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// What went wrong.
    pub message: String,
    /// Where the documentation has more.
    pub documentation_url: Option<String>,
    /// The fields that are wrong.
    #[serde(default)]
    pub errors: Vec<FieldProblem>,
}

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FieldProblem {
    /// What it is a field of, for example `Issue`.
    pub resource: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// The kind of mistake, for example `missing_field`.
    pub code: String,
    /// The mistake in words, where the code is `custom`.
    pub message: Option<String>,
}
