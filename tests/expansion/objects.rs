//! The object-safe companion of a trait: endpoints and default methods, and those that trait objects do not have.

use std::borrow::Cow;

use connectors_client::api_client;

/// A supertrait.
pub trait Base {}

#[api_client(dyn_compatible)]
pub(crate) trait Objects: Base {
    #[cfg(all())]
    #[get("objects/<id>")]
    async fn get<'a>(&self, id: &'a str, #[header("X-A")] note: Option<Cow<'_, str>>) -> String;

    async fn longest(&self, mut names: Vec<&str>) -> &str {
        names.pop().map_or(self.name(), |_| "")
    }

    fn name(&self) -> &str {
        "objects"
    }

    fn into_any<T: From<Self>>(self) -> T
    where
        Self: Sized,
    {
        T::from(self)
    }
}
