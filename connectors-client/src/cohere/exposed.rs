//! Writes secrets as JSON, for the fields that contain one. `Secret` itself is not `Serialize`, so
//! that nothing writes it by accident.

use serde::{Serialize as _, Serializer};

use crate::client::{exposed, secret_listener};
use crate::{Nullable, Secret};

pub(super) fn required<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    text(secret).serialize(serializer)
}

/// Returns the text of a secret, and lets the call and recorders know that it is one.
fn text(secret: &Secret) -> &str {
    exposed::note(secret.expose());
    secret_listener::tell(|listener| listener.secret_sent("secret", secret.expose()));
    secret.expose()
}

#[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
pub(super) fn optional<S: Serializer>(
    secret: &Option<Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(text).serialize(serializer)
}

pub(super) fn nullable<S: Serializer>(
    secret: &Nullable<Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(text).serialize(serializer)
}
