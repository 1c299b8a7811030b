//! The arguments of an endpoint, as a request sends them.

use super::AuthChoice;
use super::{Endpoint, Format};

/// An argument of an [`Endpoint`], or a value that its declaration fixes.
///
/// ```
/// use connectors_client::{ParameterPlace, Presence, api_client};
///
/// #[api_client]
/// trait Books {
///     #[get("books?page_size=<limit>")]
///     async fn list(&self, limit: Option<u32>) -> Vec<String>;
/// }
///
/// let limit = BooksClient::LIST.parameters().next().unwrap();
/// assert_eq!((limit.name(), limit.argument()), ("page_size", "limit"));
/// assert_eq!(limit.place(), ParameterPlace::Query);
/// assert_eq!(limit.presence(), Presence::Optional);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    name: &'static str,
    argument: &'static str,
    letter: u8,
    is_rest: bool,
    list: u8,
}

/// The place of a [`Parameter`] in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterPlace {
    /// A segment of the path, or a part of one.
    Path,
    /// Several segments at the end of the path: `<path..>`.
    RestOfPath,
    /// A pair of the query.
    Query,
    /// Pairs of the query, named by the fields of a struct or the keys of a map: `?<filter..>`.
    QueryFields,
    /// A field of the JSON object or form, or a part of the multipart form.
    Field,
    /// Fields of the body, named by the fields of a struct or the keys of a map: `#[fields]`.
    Fields,
    /// A header.
    Header,
    /// The whole body.
    Body,
    /// The URL: `#[url]`.
    Url,
}

/// Tells if a request can be without a [`Parameter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Presence {
    /// Each request sends a value of the caller.
    Required,
    /// It is left out unless the caller sets it: `Option`.
    Optional,
    /// It is left out unless the caller sets it, perhaps to null: `Nullable`.
    Nullable,
    /// Each request sends the value of the declaration: `fields(..)` and `query(..)`. An argument
    /// with the name of a trait's pair replaces it.
    Fixed,
}

/// The form in which a list is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListStyle {
    /// The place decides: pairs and fields repeat their name, paths and headers have commas.
    Plain,
    /// [`CommaSeparated`](crate::CommaSeparated)
    Comma,
    /// [`SpaceSeparated`](crate::SpaceSeparated)
    Space,
    /// [`PipeSeparated`](crate::PipeSeparated)
    Pipe,
    /// [`Bracketed`](crate::Bracketed)
    Brackets,
}

impl Parameter {
    /// Returns the name in the request, for example of the query pair. A header is in lowercase. A
    /// place that has no names, such as the whole body, gives the name of the argument.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the name of the argument in the trait. A fixed value has only its name in the
    /// request.
    pub const fn argument(&self) -> &'static str {
        self.argument
    }

    /// Returns the place in the request.
    pub const fn place(&self) -> ParameterPlace {
        match self.letter {
            b'p' if self.is_rest => ParameterPlace::RestOfPath,
            b'p' => ParameterPlace::Path,
            b'r' | b'R' => ParameterPlace::QueryFields,
            b'q' | b'Q' | b'k' | b'K' => ParameterPlace::Query,
            b'm' | b'M' => ParameterPlace::Fields,
            b'h' | b'H' | b's' | b'S' => ParameterPlace::Header,
            b'b' | b'B' => ParameterPlace::Body,
            b'u' | b'U' => ParameterPlace::Url,
            _ => ParameterPlace::Field,
        }
    }

    /// Tells if a request can be without it.
    pub const fn presence(&self) -> Presence {
        match self.letter {
            b'n' => Presence::Nullable,
            b'c' | b'k' | b'K' => Presence::Fixed,
            b'A'..=b'Z' => Presence::Optional,
            _ => Presence::Required,
        }
    }

    /// Returns true if the value is declared as a secret: `#[header("X-Key", sensitive)]`.
    pub const fn is_sensitive(&self) -> bool {
        matches!(self.letter, b's' | b'S')
    }

    /// Returns the style of a list in the path, the query, a header or a form. It is known if the
    /// argument's type is written as a list, such as `&[T]`, `Vec<T>` or
    /// [`CommaSeparated`](crate::CommaSeparated). An alias, or a type of your own, is not
    /// recognised.
    pub const fn list_style(&self) -> Option<ListStyle> {
        match self.list {
            b'l' => Some(ListStyle::Plain),
            b'c' => Some(ListStyle::Comma),
            b's' => Some(ListStyle::Space),
            b'p' => Some(ListStyle::Pipe),
            b'b' => Some(ListStyle::Brackets),
            _ => None,
        }
    }
}

impl Endpoint {
    /// Returns the arguments in the order of their declaration, and then the fixed values of
    /// `fields(..)` and `query(..)`.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> + use<> {
        let endpoint = *self;
        (0..endpoint.slots()).map(move |slot| endpoint.parameter(slot))
    }

    fn parameter(&self, slot: usize) -> Parameter {
        let argument = self.argument(slot);
        Parameter {
            name: self.wire_name(slot),
            argument,
            letter: self.locations.as_bytes()[slot],
            is_rest: self.template.ends_with("..>")
                && self.template.contains(&format!("<{argument}..>")),
            list: self.options.lists.as_bytes().get(slot).copied().unwrap_or_default(),
        }
    }

    /// Returns the fixed pairs of the template's query, decoded: `?beta=true`. The fixed pairs of
    /// `query(..)` are [`parameters`](Self::parameters).
    pub fn fixed_query(&self) -> impl Iterator<Item = (String, String)> + use<> {
        self.options.query.iter().filter_map(|part| match part {
            super::QueryPart::Text(text) => {
                url::form_urlencoded::parse(text.as_bytes()).into_owned().next()
            }
            super::QueryPart::Argument(_) => None,
        })
    }

    /// Returns the fixed headers of the endpoint and its trait. The names are in lowercase.
    pub const fn fixed_headers(&self) -> &'static [(&'static str, &'static str)] {
        self.options.headers
    }

    /// Returns the media type of the body, if the endpoint has one and the declaration tells it: by
    /// the fields, which are JSON, or by `form`, `multipart` or `#[body(content_type = ..)]`. A
    /// plain `#[body]` has the media type of its value.
    pub fn content_type(&self) -> Option<&'static str> {
        let has_fields = self.parameters().any(|parameter| {
            matches!(parameter.place(), ParameterPlace::Field | ParameterPlace::Fields)
        });
        let by_format = match self.options.format {
            Format::Form => "application/x-www-form-urlencoded",
            Format::Multipart => "multipart/form-data",
            Format::Json => "application/json",
        };
        let fixed = self.options.headers.iter().find(|(name, _)| *name == "content-type");
        let fixed = fixed.map(|(_, value)| *value);
        self.options.content_type.or(fixed).or(has_fields.then_some(by_format))
    }

    /// Returns the media type of `accept = ".."`. Without it, the return type decides.
    pub const fn accept(&self) -> Option<&'static str> {
        self.options.accept
    }

    /// Returns the field of a response that holds its data: `envelope = ".."`.
    pub const fn envelope(&self) -> Option<&'static str> {
        self.options.envelope
    }

    /// Returns the header of the idempotency key, if the endpoint sends one.
    pub const fn idempotency_header(&self) -> Option<&'static str> {
        self.options.idempotency_key
    }

    /// Returns the error status that is read as `None`: `none_on = 404`.
    pub const fn none_on(&self) -> Option<u16> {
        self.options.none_on
    }

    /// Returns true if requests carry the credentials of the client. `auth = none` omits them.
    pub const fn sends_credentials(&self) -> bool {
        !matches!(self.options.auth, AuthChoice::None)
    }

    /// Returns the name of the variant of the [`ErrorClass`](crate::ErrorClass) for a status. It is
    /// `None` if the endpoint has no error class, or if the class has no variant for it.
    pub fn error_class(&self, status: http::StatusCode) -> Option<&'static str> {
        self.options.class_name.and_then(|name| name(status))
    }
}
