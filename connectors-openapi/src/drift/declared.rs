//! An endpoint as it is declared, read from its constant or from its source.

use connectors_client::{Endpoint, ListStyle, ParameterPlace, Presence};
use http::StatusCode;

use super::shape::Shape;

/// The declaration of an endpoint.
pub(super) struct Declared {
    /// Place for the reader: `src/api.rs:12` or nothing.
    pub(super) place: Option<Place>,
    /// Name of the trait.
    pub(super) api: String,
    /// Name of the function.
    pub(super) name: String,
    pub(super) method: String,
    /// Path with `<id>` for arguments, without a slash at the beginning.
    pub(super) path: String,
    /// Arguments and fixed values.
    pub(super) arguments: Vec<Argument>,
    /// Media type of the body, if the declaration tells it.
    pub(super) content_type: Option<String>,
    /// Field of the response that holds the data.
    pub(super) envelope: Option<String>,
    pub(super) none_on: Option<u16>,
    pub(super) accept: Option<String>,
    /// The return type, if the source tells it.
    pub(super) output: Option<Shape>,
    pub(super) errors: Errors,
}

/// The error class of an endpoint.
pub(super) enum Errors {
    /// No class, or one that is not known.
    Unknown,
    /// The class of the constant.
    Endpoint(&'static Endpoint),
    /// The variants of the class in the source.
    Named(ErrorNames),
}

/// An error class in the source.
#[derive(Clone)]
pub(super) struct ErrorNames {
    pub(super) name: String,
    pub(super) variants: Vec<ErrorVariant>,
}

/// A variant of an error class.
#[derive(Clone)]
pub(super) struct ErrorVariant {
    /// Its statuses: ranges with both ends.
    pub(super) statuses: Vec<(u16, u16)>,
    /// Type of its body.
    pub(super) body: Option<Shape>,
    pub(super) place: Place,
}

/// An argument, or a value that the declaration fixes.
pub(super) struct Argument {
    pub(super) place_in_source: Option<Place>,
    /// Its name in the trait.
    pub(super) own_name: String,
    /// Its name in the request.
    pub(super) name: String,
    pub(super) place: ParameterPlace,
    pub(super) presence: Presence,
    pub(super) list: Option<ListStyle>,
    /// Its type without `Option` and `Nullable`, if the source tells it.
    pub(super) shape: Option<Shape>,
    /// The fixed value, if it is known.
    pub(super) fixed: Option<String>,
    /// True if the client makes a key for each call.
    pub(super) is_idempotency_key: bool,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl Errors {
    /// Returns false if there is a class and no variant of it names the status. A variant that
    /// stands for all others names none.
    pub(super) fn names(&self, status: u16) -> bool {
        match self {
            Self::Unknown => true,
            Self::Endpoint(endpoint) => {
                let name = |status| {
                    StatusCode::from_u16(status).ok().and_then(|code| endpoint.error_class(code))
                };
                // No description has this status, so its class is the one of all others.
                name(status).is_some_and(|name_of_status| Some(name_of_status) != name(999))
                    || name(status).is_none() && name(999).is_none() && !has_class(endpoint)
            }
            Self::Named(names) => names.variant(status).is_some(),
        }
    }
}

/// Returns true if the endpoint has an error class, which has a variant for at least one status.
fn has_class(endpoint: &Endpoint) -> bool {
    (300..1000).any(|status| {
        StatusCode::from_u16(status).is_ok_and(|status| endpoint.error_class(status).is_some())
    })
}

impl ErrorNames {
    /// Returns the variant of a status. The narrower of two ranges wins.
    pub(super) fn variant(&self, status: u16) -> Option<&ErrorVariant> {
        let ranges = self.variants.iter().flat_map(|variant| {
            variant
                .statuses
                .iter()
                .map(move |(first, last)| (last.saturating_sub(*first), variant, *first, *last))
        });
        ranges
            .filter(|(_, _, first, last)| (*first..=*last).contains(&status))
            .min_by_key(|(width, ..)| *width)
            .map(|(_, variant, ..)| variant)
    }
}

impl Declared {
    /// Reads a constant.
    pub(super) fn from_endpoint(endpoint: &'static Endpoint) -> Self {
        let arguments = endpoint.parameters().map(|parameter| Argument {
            place_in_source: None,
            own_name: parameter.argument().to_owned(),
            name: parameter.name().to_owned(),
            place: parameter.place(),
            presence: parameter.presence(),
            list: parameter.list_style(),
            shape: None,
            fixed: None,
            is_idempotency_key: false,
        });
        let pairs = endpoint
            .fixed_query()
            .map(|(name, value)| Argument::fixed(name, Some(value), ParameterPlace::Query));
        let headers = endpoint.fixed_headers().iter().map(|(name, value)| {
            Argument::fixed((*name).to_owned(), Some((*value).to_owned()), ParameterPlace::Header)
        });
        let key = endpoint.idempotency_header().map(Argument::idempotency_key);
        Self {
            place: None,
            api: endpoint.api().to_owned(),
            name: endpoint.name().to_owned(),
            method: endpoint.method().to_string(),
            path: endpoint.template().to_owned(),
            arguments: arguments.chain(pairs).chain(headers).chain(key).collect(),
            content_type: endpoint.content_type().map(str::to_owned),
            envelope: endpoint.envelope().map(str::to_owned),
            none_on: endpoint.none_on(),
            accept: endpoint.accept().map(str::to_owned),
            output: None,
            errors: Errors::Endpoint(endpoint),
        }
    }

    /// Returns the arguments in one of these places.
    pub(super) fn at<'a>(
        &'a self,
        places: &'a [ParameterPlace],
    ) -> impl Iterator<Item = &'a Argument> {
        self.arguments.iter().filter(move |argument| places.contains(&argument.place))
    }
}

impl Argument {
    /// Returns a value that each request sends.
    pub(super) fn fixed(name: String, value: Option<String>, place: ParameterPlace) -> Self {
        Self {
            place_in_source: None,
            own_name: name.clone(),
            name,
            place,
            presence: Presence::Fixed,
            list: None,
            shape: None,
            fixed: value,
            is_idempotency_key: false,
        }
    }

    /// Returns the header of a key that the client makes for each call.
    pub(super) fn idempotency_key(name: &str) -> Self {
        let header = Self::fixed(name.to_lowercase(), None, ParameterPlace::Header);
        Self { is_idempotency_key: true, ..header }
    }
}
