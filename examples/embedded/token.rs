//! Authentication: any bearer token is accepted.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::reply::Problem;

/// Accepts a request that has a token.
pub(crate) async fn check(request: Request, next: Next) -> Response {
    match bearer(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn bearer(headers: &HeaderMap) -> Result<(), Problem> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = given.next() else {
        return Err(Problem::unauthorized("no api key supplied"));
    };
    let token = value.to_str().ok().and_then(|value| value.split_once(' '));
    match token {
        Some((scheme, token))
            if scheme.eq_ignore_ascii_case("bearer")
                && is_token(token)
                && given.next().is_none() =>
        {
            Ok(())
        }
        _ => Err(Problem::unauthorized(
            "invalid api token: expected one `Authorization: Bearer <token>`",
        )),
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}
