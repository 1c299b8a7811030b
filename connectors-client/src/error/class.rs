//! Classes of error statuses: enums that derive [`ErrorClass`].

use http::StatusCode;

use crate::endpoint::EndpointOptions;

/// Statuses as an enum of your own; derive it.
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
///     /// Any other status that is no success.
///     #[status(other)]
///     Other,
/// }
/// ```
///
/// Each variant names its statuses, `other` those that no variant names; without it these have no class. The name of
/// the variant is shown by the error where the trait says `#[api_client(error = TicketsError)]`, or the endpoint
/// `#[post("tickets", error = TicketsError)]`.
///
/// A variant may carry the JSON body of its statuses as `Option<T>`, so that the type of an error's body is written once
/// and found by matching. It is `None` where the body is none of that type: an empty one, HTML, one that is cut off. The
/// class stays.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no class of error statuses",
    label = "this type has no statuses",
    note = "derive `connectors_client::ErrorClass` for an enum, with `#[status(..)]` on its variants"
)]
pub trait ErrorClass: Sized {
    /// The class of a status that is no success, or `None` if there is no variant for it. It carries no body.
    fn from_status(status: StatusCode) -> Option<Self>;

    /// The same with what its body says. Without a variant that carries a body it is the class of the status.
    fn from_reply(status: StatusCode, body: &[u8]) -> Option<Self> {
        let _ = body;
        Self::from_status(status)
    }

    /// The name of the variant.
    fn name(&self) -> &'static str;
}

// Here and not beside the other options, since a description of an endpoint knows no errors.
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
