//! Reads a request and turns every mistake in it into a [`Problem`].

use std::fmt::Display;
use std::ops::RangeInclusive;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::change::Change;
use super::reply::Problem;

/// An axum extractor that fails with a [`Problem`].
pub(crate) struct Given<E>(pub(crate) E);

impl<S, E> FromRequestParts<S> for Given<E>
where
    S: Send + Sync,
    E: FromRequestParts<S, Rejection: Display>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        E::from_request_parts(parts, state).await.map(Self).map_err(Problem::invalid)
    }
}

/// A body that is a JSON object, whatever its content type.
pub(crate) struct Fields(Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Problem::new(rejection.status(), rejection.body_text()))?;
        let value = serde_json::from_slice(&body)
            .map_err(|error| Problem::bad_request(format!("not JSON: {error}")))?;
        let Value::Object(fields) = value else {
            return Err(Problem::invalid("the body must be a JSON object"));
        };
        Ok(Self(fields))
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields)
    }
}

impl Fields {
    /// Returns the change of the field `name` in the body.
    pub(crate) fn change<T: DeserializeOwned>(&self, name: &str) -> Result<Change<T>, Problem> {
        match self.0.get(name) {
            None => Ok(Change::Keep),
            Some(Value::Null) => Ok(Change::Clear),
            Some(value) => T::deserialize(value)
                .map(Change::Set)
                .map_err(|error| Problem::invalid(format!("{name}: {error}"))),
        }
    }

    /// Returns a string that may be absent, but neither null nor empty.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        match self.change::<String>(name)? {
            Change::Keep => Ok(None),
            Change::Clear => Err(Problem::invalid(format!("{name} must not be null"))),
            Change::Set(text) => filled(name, &text).map(|()| Some(text)),
        }
    }
}

/// Refuses a blank string.
pub(crate) fn filled(name: &str, text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() {
        Err(Problem::invalid(format!("{name} must not be empty")))
    } else {
        Ok(())
    }
}

/// Refuses a string that is not an absolute URL.
pub(crate) fn web_url(name: &str, text: &str) -> Result<(), Problem> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.starts_with(['/', '?', '#']) && is_url_text(rest) => Ok(()),
        _ => Err(Problem::invalid(format!("{name} must be an absolute http or https URL"))),
    }
}

fn is_url_text(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Reads the number of a query pair, or `default` if the pair is absent.
pub(crate) fn number(
    name: &str,
    given: Option<&str>,
    default: usize,
    allowed: RangeInclusive<usize>,
) -> Result<usize, Problem> {
    let Some(text) = given else { return Ok(default) };
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    number.ok_or_else(|| {
        Problem::invalid(format!("{name} must be a whole number{}", bounds(&allowed)))
    })
}

fn bounds(allowed: &RangeInclusive<usize>) -> String {
    match (allowed.start(), allowed.end()) {
        (least, &usize::MAX) => format!(", {least} or more"),
        (least, most) => format!(" from {least} to {most}"),
    }
}
