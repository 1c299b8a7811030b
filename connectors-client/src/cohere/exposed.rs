//! Writes secrets as JSON, for the fields that contain one. `Secret` itself is not `Serialize`, so
//! that nothing writes it by accident.

use serde::{Serialize as _, Serializer};

use crate::{Nullable, Secret};

pub(super) fn required<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    secret.expose().serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
pub(super) fn optional<S: Serializer>(
    secret: &Option<Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

pub(super) fn nullable<S: Serializer>(
    secret: &Nullable<Secret>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}
