//! Classes of error statuses: enums that derive [`ErrorClass`].

use http::StatusCode;

use crate::endpoint::EndpointOptions;

/// Error statuses as an enum of your own. Derive it.
///
/// ```
/// use connectors_client::ErrorClass;
///
/// #[derive(serde::Deserialize)]
/// struct Problems {
///     fields: Vec<String>,
/// }
///
/// #[derive(ErrorClass)]
/// enum TicketsError {
///     #[status(401, 403)]
///     NotAllowed,
///     #[status(404)]
///     NotFound,
///     /// The server says what is wrong with the ticket.
///     #[status(422)]
///     Invalid(Option<Problems>),
///     /// Any other error status.
///     #[status(other)]
///     Other,
/// }
/// ```
///
/// Each variant names its statuses; `other` stands for all remaining statuses. Without `other` the
/// remaining statuses have no class. The error shows the name of the variant if the trait has
/// `#[api_client(error = TicketsError)]`, or the endpoint
/// `#[post("tickets", error = TicketsError)]`.
///
/// A variant may carry the JSON body of its statuses as `Option<T>`, so that a `match` on the class
/// also yields the typed body. The field is `None` if the body does not fit the type, for example
/// if it is empty, HTML, or JSON that was cut off. The class is the same.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a class of error statuses",
    label = "this type has no statuses",
    note = "derive `connectors_client::ErrorClass` for an enum, with `#[status(..)]` on its variants"
)]
pub trait ErrorClass: Sized {
    /// Returns the class of an error status without a body, or `None` if no variant has the status.
    fn from_status(status: StatusCode) -> Option<Self>;

    /// Returns the class with its body. If no variant carries a body, it is the class of the
    /// status.
    fn from_reply(status: StatusCode, body: &[u8]) -> Option<Self> {
        let _ = body;
        Self::from_status(status)
    }

    /// Returns the name of the variant.
    fn name(&self) -> &'static str;
}

// Not beside the other options: the `endpoint` room is below this one.
#[allow(missing_docs, reason = "for generated code")]
impl EndpointOptions {
    pub const fn error<E: ErrorClass>(mut self) -> Self {
        self.class_name = Some(class_name::<E>);
        self
    }
}

fn class_name<E: ErrorClass>(status: StatusCode) -> Option<&'static str> {
    E::from_status(status).map(|class| class.name())
}
