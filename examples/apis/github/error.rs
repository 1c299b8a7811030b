//! GitHub's error responses.

use connectors_client::ErrorClass;
use serde::Deserialize;

/// Error statuses of the issues API.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum GitHubError {
    /// 400: the body is not JSON or has the wrong type.
    #[status(400)]
    BadRequest(Option<Problem>),
    /// 401: a missing or invalid token.
    #[status(401)]
    BadCredentials,
    /// 403: the token lacks the permission, or a rate limit is exceeded.
    #[status(403)]
    Forbidden(Option<Problem>),
    /// 404: the object does not exist, or the token may not see it.
    #[status(404)]
    NotFound,
    /// 410: the object was deleted, or issues are disabled.
    #[status(410)]
    Gone,
    /// 422: a missing or invalid field.
    #[status(422)]
    Invalid(Option<Problem>),
    /// 429: a rate limit is exceeded.
    #[status(429)]
    TooManyRequests,
    /// 503: the service is down.
    #[status(503)]
    Unavailable,
    /// Any other status that is not a success.
    #[status(other)]
    Other,
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// The error.
    pub message: String,
    /// URL of the documentation.
    pub documentation_url: Option<String>,
    /// Invalid fields.
    #[serde(default)]
    pub errors: Vec<FieldProblem>,
}

/// An invalid field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FieldProblem {
    /// The resource, for example `Issue`.
    pub resource: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// Code of the error, for example `missing_field`.
    pub code: String,
    /// The error message, if the code is `custom`.
    pub message: Option<String>,
}
