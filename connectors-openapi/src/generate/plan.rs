//! The source to be printed: traits, methods and types.

use crate::words::Case;

/// Number of a definition in a plan.
pub(crate) type DefId = usize;

/// A type of a field, an argument or a return value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ty {
    Text,
    Secret,
    Bool,
    /// A number, by its name in Rust.
    Number(&'static str),
    Timestamp,
    Date,
    /// No data, in a variant.
    Nothing,
    /// Any JSON value.
    Any,
    /// Any JSON object.
    Object,
    List(Box<Ty>),
    Map(Box<Ty>),
    /// A value or null, within a list or map.
    OrNull(Box<Ty>),
    Named(DefId),
    /// A definition with a parameter, and the type that fills it.
    Applied(DefId, Box<Ty>),
    /// The parameter of a definition.
    Parameter,
    /// A type of the user, as it is written.
    Custom(String),
}

impl Ty {
    /// Returns true for a secret, and for a list or map of them.
    pub(crate) fn holds_secrets(&self) -> bool {
        match self {
            Self::Secret => true,
            Self::List(inner) | Self::Map(inner) | Self::OrNull(inner) => inner.holds_secrets(),
            _ => false,
        }
    }
}

/// A type that the source declares.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "they are independent facts")]
pub(crate) struct Def {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) kind: DefKind,
    pub(crate) sent: bool,
    pub(crate) received: bool,
    /// True if the description gives it no name.
    pub(crate) is_inline: bool,
    /// True if something other than a union refers to it.
    pub(crate) used_alone: bool,
    /// True if the user gives it its name.
    pub(crate) keeps_name: bool,
    /// Members of its objects that are no fields, since the unions around it write them.
    pub(crate) tags: Vec<String>,
}

impl Def {
    /// Returns a definition that nothing uses yet.
    pub(crate) fn new(name: String, docs: String, kind: DefKind) -> Self {
        Self {
            name,
            docs,
            kind,
            sent: false,
            received: false,
            is_inline: true,
            used_alone: false,
            keeps_name: false,
            tags: Vec::new(),
        }
    }

    /// Returns true for an enum, whose value is one text outside JSON.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(self.kind, DefKind::Enum(_) | DefKind::Numbers(_))
    }
}

#[derive(Clone, Debug)]
pub(crate) enum DefKind {
    /// Its schema is not read yet.
    Pending,
    Struct {
        fields: Vec<Field>,
        more: Option<Ty>,
        is_page: bool,
    },
    Enum(Vec<Value>),
    /// An enum of numbers that have names.
    Numbers(Vec<Value>),
    /// Objects that a member tells apart.
    Union {
        tag: String,
        variants: Vec<Variant>,
    },
    /// Values that their form tells apart.
    Untagged(Vec<Variant>),
    /// Objects with one member, whose name tells them apart.
    Keyed(Vec<Variant>),
    /// A response of several statuses, or with headers.
    Responses(Vec<ResponseVariant>),
    Page(Vec<HeaderField>, Returned),
}

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "they are those of OpenAPI")]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) docs: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// The only value, if there is one: a text, a number or a boolean.
    pub(crate) fixed: Option<serde_json::Value>,
    /// True if its default is the only value, so that a request can always have it.
    pub(crate) is_default: bool,
    /// Its part in a page: `items`, `next` and others.
    pub(crate) page: Option<String>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Value {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) docs: String,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// Values of the tag that stand for it.
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) ty: Ty,
    /// True if it has no tag, in a union whose other variants have one.
    pub(crate) untagged: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct ResponseVariant {
    pub(crate) status: String,
    pub(crate) ident: String,
    pub(crate) docs: String,
    pub(crate) body: Returned,
    pub(crate) headers: Vec<HeaderField>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeaderField {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) docs: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
}

/// The data of a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Returned {
    Nothing,
    Json(Ty),
    /// Data, or no body.
    Maybe(Ty),
    Events(Option<Ty>),
    Lines(Ty),
    Text,
    Bytes,
    Stream,
    Custom(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Trait {
    pub(crate) name: String,
    /// The tag or group that it stands for.
    pub(crate) group: String,
    pub(crate) docs: String,
    pub(crate) prefix: String,
    pub(crate) rename: Option<Case>,
    /// Credentials of its endpoints: `none`, or the name of a scheme.
    pub(crate) auth: Option<String>,
    /// Base URL, or the name of its constant, if it is not the one of the API.
    pub(crate) base_url: Option<String>,
    pub(crate) error: bool,
    pub(crate) envelope: Option<String>,
    pub(crate) methods: Vec<Method>,
}

#[derive(Clone, Debug)]
pub(crate) struct Method {
    pub(crate) ident: String,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    /// `get`, or another method in quotes.
    pub(crate) verb: String,
    pub(crate) path: String,
    pub(crate) query: Vec<QueryPair>,
    pub(crate) options: Vec<String>,
    /// Credentials, as for a trait.
    pub(crate) auth: Option<String>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) returned: Returned,
}

/// A pair of the query.
#[derive(Clone, Debug)]
pub(crate) enum QueryPair {
    /// A fixed pair, or `name=<argument>` with text around it.
    Fixed(String),
    /// The argument of this identifier, sent under this name.
    Named { name: String, ident: String },
    /// A struct or map whose fields are pairs.
    Spread(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wrapper {
    Required,
    Optional,
    Nullable,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Path,
    Query,
    Header {
        name: String,
        sensitive: bool,
    },
    /// A field of the body, and if it has to be marked.
    Field {
        marked: bool,
    },
    Body {
        content_type: Option<String>,
    },
    /// A struct whose fields are those of the form.
    Fields,
}

#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) docs: String,
    pub(crate) spot: Spot,
    pub(crate) ty: ArgumentTy,
    pub(crate) wrapper: Wrapper,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentTy {
    Of(Ty),
    /// A list in one pair, by the name of its wrapper.
    Listed(&'static str, Ty),
    /// A type of the library, taken by value: `Body`, `Part`, `Parts`.
    Owned(&'static str),
}

/// Error statuses, as one enum.
#[derive(Clone, Debug)]
pub(crate) struct ErrorEnum {
    pub(crate) name: String,
    pub(crate) variants: Vec<ErrorVariant>,
}

#[derive(Clone, Debug)]
pub(crate) struct ErrorVariant {
    pub(crate) status: String,
    pub(crate) ident: String,
    pub(crate) body: Option<Ty>,
}

/// A whole source file.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) header: Vec<String>,
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) traits: Vec<Trait>,
    pub(crate) defs: Vec<Def>,
    pub(crate) error: Option<ErrorEnum>,
    pub(crate) servers: Vec<BaseUrl>,
    pub(crate) builders: Vec<Builder>,
    /// True if types that are only received can be written too.
    pub(crate) serialize: bool,
}

impl Plan {
    /// Returns the traits that share the base URL of the API.
    pub(crate) fn shared(&self) -> impl Iterator<Item = &Trait> {
        self.traits.iter().filter(|one| one.base_url.is_none())
    }
}

/// A constant for a base URL.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) url: String,
}

/// A function that returns a client with credentials.
#[derive(Clone, Debug)]
pub(crate) struct Builder {
    pub(crate) ident: String,
    pub(crate) docs: String,
    /// True if it adds to settings. Otherwise it begins with a base URL.
    pub(crate) extends: bool,
    /// Further arguments.
    pub(crate) arguments: String,
    pub(crate) call: String,
    /// Functions of `connectors_client::auth` in the call.
    pub(crate) functions: Vec<&'static str>,
}
