//! Stripe's error responses.

use connectors_client::{ErrorClass, OpenEnum};
use serde::Deserialize;

use super::DeclineCode;

/// The error statuses of Stripe.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum StripeError {
    /// 400: usually a missing or invalid parameter.
    #[status(400)]
    BadRequest(Option<ErrorReply>),
    /// 401: a missing or invalid key.
    #[status(401)]
    Unauthorized(Option<ErrorReply>),
    /// 402: valid parameters, but a failed request, such as a declined card.
    #[status(402)]
    RequestFailed(Option<ErrorReply>),
    /// 403: the key lacks the permission.
    #[status(403)]
    Forbidden(Option<ErrorReply>),
    /// 404: the object does not exist.
    #[status(404)]
    NotFound(Option<ErrorReply>),
    /// 409: a conflict with another request, perhaps with the same idempotency key.
    #[status(409)]
    Conflict(Option<ErrorReply>),
    /// 424: a dependency of Stripe failed.
    #[status(424)]
    ExternalDependencyFailed(Option<ErrorReply>),
    /// 429: too many requests in too short a time.
    #[status(429)]
    TooManyRequests(Option<ErrorReply>),
    /// 500, 502, 503, 504, and any other status that is not a success.
    #[status(other)]
    ServerError,
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ErrorReply {
    /// The error.
    pub error: Box<Problem>,
}

/// The error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Type of the error.
    pub r#type: ProblemType,
    /// Machine-readable code: `resource_missing`, `card_declined`.
    pub code: Option<String>,
    /// Reason of the bank for declining.
    pub decline_code: Option<DeclineCode>,
    /// Message for people.
    pub message: Option<String>,
    /// Invalid parameter.
    pub param: Option<String>,
    /// The charge that failed.
    pub charge: Option<String>,
    /// URL of the documentation.
    pub doc_url: Option<String>,
    /// URL of the request in the dashboard.
    pub request_log_url: Option<String>,
}

/// Type of an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemType {
    /// Error of Stripe.
    ApiError,
    /// Error of the card.
    CardError,
    /// Idempotency key that was already used for another request.
    IdempotencyError,
    /// Invalid request.
    InvalidRequestError,
    /// An unknown value, as received.
    Unknown(String),
}
