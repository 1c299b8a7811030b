//! Common parts of every response: a request id, and one format for all errors.

use std::fmt::Display;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::store::random_id;

/// The reason why a request was refused. [`finish`] writes the body, because only it knows the
/// request id.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// 400: the body is not JSON, or the request is impossible.
    pub(crate) fn bad_request(message: impl Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("invalid request: {message}"))
    }

    /// 401: the token is missing or malformed.
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 404: the connector does not exist.
    pub(crate) fn no_connector(id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("connector {id} not found"))
    }

    /// 422: a value is missing or invalid.
    pub(crate) fn invalid(message: impl Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("invalid request: {message}"))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    message: &'a str,
    id: &'a str,
}

/// Adds the request id to a response, and the body to a problem.
pub(crate) async fn finish(request: Request, next: Next) -> Response {
    let id = random_id();
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let body = Json(ErrorBody { message: &problem.message, id: &id });
        response = (problem.status, response.headers().clone(), body).into_response();
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// Responds to an unknown path.
pub(crate) async fn no_such_endpoint(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("no such endpoint: {method} {}", uri.path()))
}

/// Responds to a method that the path does not have.
pub(crate) async fn no_such_method(method: Method, uri: Uri) -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not allowed on {}", uri.path()),
    )
}
