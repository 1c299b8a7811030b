//! What Stripe says when it refuses.

use connectors_client::{ErrorClass, OpenEnum};
use serde::Deserialize;

use super::DeclineCode;

/// The error statuses of Stripe.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum StripeError {
    /// 400: mostly a parameter that is missing or wrong.
    #[status(400)]
    BadRequest(Option<ErrorReply>),
    /// 401: there is no key, or a wrong one.
    #[status(401)]
    Unauthorized(Option<ErrorReply>),
    /// 402: the parameters are right, and it failed: a card is declined.
    #[status(402)]
    RequestFailed(Option<ErrorReply>),
    /// 403: the key may not do that.
    #[status(403)]
    Forbidden(Option<ErrorReply>),
    /// 404: it is not there.
    #[status(404)]
    NotFound(Option<ErrorReply>),
    /// 409: another request is in the way, perhaps with the same idempotency key.
    #[status(409)]
    Conflict(Option<ErrorReply>),
    /// 424: something that Stripe depends on failed.
    #[status(424)]
    ExternalDependencyFailed(Option<ErrorReply>),
    /// 429: too many requests in too short a time.
    #[status(429)]
    TooManyRequests(Option<ErrorReply>),
    /// 500, 502, 503, 504, and any other status that is no success.
    #[status(other)]
    ServerError,
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ErrorReply {
    /// What went wrong.
    pub error: Box<Problem>,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Whose mistake it is.
    pub r#type: ProblemType,
    /// The mistake, for a program: `resource_missing`, `card_declined`.
    pub code: Option<String>,
    /// Why the bank declined.
    pub decline_code: Option<DeclineCode>,
    /// The mistake, for a person.
    pub message: Option<String>,
    /// The parameter that is wrong.
    pub param: Option<String>,
    /// The charge that failed.
    pub charge: Option<String>,
    /// Where the documentation has more.
    pub doc_url: Option<String>,
    /// Where the dashboard shows the request.
    pub request_log_url: Option<String>,
}

/// Whose mistake an error is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemType {
    /// Stripe's own.
    ApiError,
    /// The card cannot be charged.
    CardError,
    /// An idempotency key was used again, for something else.
    IdempotencyError,
    /// The request's.
    InvalidRequestError,
    /// A value that is not known here, as it came.
    Unknown(String),
}
