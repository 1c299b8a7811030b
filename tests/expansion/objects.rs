//! The object-safe companion of a trait: endpoints and default methods, and those that trait
//! objects do not have.

use std::borrow::Cow;

use connectors_client::api_client;

/// A supertrait.
pub trait Base {}

impl Base for ObjectsClient {}

/// Calls about objects.
#[api_client(dyn_compatible)]
pub trait Objects: Base {
    /// Gets an object.
    #[cfg(all())]
    #[get("objects/<id>")]
    async fn get<'a>(&self, id: &'a str, #[header("X-A")] note: Option<Cow<'_, str>>) -> String;

    /// Returns the last name.
    async fn last(&self, mut names: Vec<&str>) -> &str {
        names.pop().map_or(self.name(), |_| "")
    }

    /// Returns the name of the client.
    fn name(&self) -> &str {
        "objects"
    }

    /// Turns the client into another type.
    fn into_any<T: From<Self>>(self) -> T
    where
        Self: Sized,
    {
        T::from(self)
    }
}
