//! What every reply has in common: a request id, and one shape for all errors.

use std::fmt::Display;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::store::random_id;

/// Why a request was refused. [`finish`] writes the body, since only it knows the request id.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// 400: the body is no JSON, or the request asks for what cannot be done.
    pub(crate) fn bad_request(message: impl Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, format!("invalid request: {message}"))
    }

    /// 401: no token, or none that could be one.
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 404: there is no connector of this id.
    pub(crate) fn no_connector(id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("connector {id} not found"))
    }

    /// 422: a value is missing, or is not one that it may be.
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

/// Gives a reply its request id, and a problem its body.
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

/// Answers a path that nothing serves.
pub(crate) async fn no_such_endpoint(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("no such endpoint: {method} {}", uri.path()))
}

/// Answers a method that the path does not have.
pub(crate) async fn no_such_method(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not allowed on {}", uri.path()))
}
