//! Writes secrets, for the fields that contain one. `Secret` itself is not `Serialize`, so that
//! nothing writes it by accident.

use std::collections::{BTreeMap, HashMap};

use serde::{Serialize, Serializer};

use super::nullable::Nullable;
use crate::body::multipart::{IntoParts, Parts};
use crate::client::secret::Secret;
use crate::client::{exposed, secret_listener};

/// Writes a secret into a request, for `serialize_with` on a field of your own struct.
///
/// The field is a [`Secret`], or an `Option`, [`Nullable`], `Box`, `Vec` or map of secrets. A
/// [`Secret`] is not `Serialize`, so each place that writes one names this function.
///
/// ```
/// use connectors_client::{Secret, exposed, skip_unset};
///
/// #[skip_unset]
/// #[derive(serde::Serialize)]
/// struct Login {
///     user: String,
///     #[serde(serialize_with = "exposed")]
///     password: Secret,
///     #[serde(serialize_with = "exposed")]
///     pin: Option<Secret>,
/// }
///
/// let login = Login { user: "ada".to_owned(), password: Secret::new("pw"), pin: None };
/// assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"user":"ada","password":"pw"}"#);
/// ```
///
/// A call whose argument holds such a struct is treated as one with a [`Secret`] argument: it is
/// sent only over https or to this machine, and the texts of its errors and recordings do not show
/// the secret. A function of your own that writes [`Secret::expose`] does not tell the call.
pub fn exposed<T: Exposed + ?Sized, S: Serializer>(
    secret: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.write(serializer)
}

/// A secret, or a value that holds some. Only this crate implements it.
pub trait Exposed {
    #[doc(hidden)]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Serializes as the secrets of a value.
struct Written<'a, T: ?Sized>(&'a T);

impl<T: Exposed + ?Sized> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Lets the call and recorders know that the text is a secret.
impl Exposed for Secret {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        exposed::note(self.expose());
        secret_listener::tell(|listener| listener.secret_sent("secret", self.expose()));
        serializer.serialize_str(self.expose())
    }
}

impl<T: Exposed> Exposed for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Written).serialize(serializer)
    }
}

impl<T: Exposed> Exposed for Nullable<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(|secret| Written(secret)).serialize(serializer)
    }
}

impl<T: Exposed + ?Sized> Exposed for Box<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }
}

impl<T: Exposed> Exposed for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written))
    }
}

impl<K: Serialize, T: Exposed> Exposed for BTreeMap<K, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, secret)| (key, Written(secret))))
    }
}

impl<K: Serialize, T: Exposed, H> Exposed for HashMap<K, T, H> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, secret)| (key, Written(secret))))
    }
}

/// A part of text. The call is protected as by any other argument that is a secret.
impl IntoParts for &Secret {
    fn into_parts(self) -> Parts {
        Written(self).into_parts()
    }
}

impl IntoParts for Secret {
    fn into_parts(self) -> Parts {
        Written(&self).into_parts()
    }
}
