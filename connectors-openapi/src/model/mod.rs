//! One model of an OpenAPI description, whatever its version and format.
//!
//! References are resolved. Schemas are in one list, [`Document::schema`], and refer to each other
//! by [`SchemaId`], so that circles need no care. Each part knows its place in the files.

mod circles;
mod contradictions;
mod inheritance;
pub(crate) mod media;
pub(crate) mod members;
pub(crate) mod shape;
mod spread;
pub(crate) mod tag;

use std::collections::HashMap;

use crate::notice::{Location, Notice};
use serde_json::Value;

/// A description of an HTTP API.
#[derive(Clone, Debug)]
pub struct Document {
    /// Version of OpenAPI, for example `3.1.0`.
    pub openapi: String,
    /// Title of the API.
    pub title: String,
    /// Version of the API.
    pub version: String,
    /// Description of the API.
    pub description: Option<String>,
    /// Base URLs of the API.
    pub servers: Vec<Server>,
    /// Tags with their descriptions, in the order of the description.
    pub tags: Vec<Tag>,
    /// Security of operations that say nothing of their own.
    pub security: Vec<SecurityAlternative>,
    /// All operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// Security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// Names and ids of the schemas in `components`.
    pub components: Vec<(String, SchemaId)>,
    /// The files that were read, relative to the folder of the first one.
    pub files: Vec<String>,
    /// Parts that could not be read, each replaced by something weaker.
    pub warnings: Vec<Notice>,
    /// Members of the document that begin with `x-`.
    pub extensions: Extensions,
    pub(crate) schemas: Vec<Schema>,
    pub(crate) joined: members::Joined,
    /// Schemas of the members that a union shares with its variants, each with the union.
    pub(crate) homes: HashMap<SchemaId, SchemaId>,
}

impl Document {
    /// Returns a schema.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// Returns the place of the whole description.
    pub(crate) fn at(&self) -> Location {
        let file = self.files.first().map(String::as_str).unwrap_or_default();
        Location { file: file.into(), line: None, pointer: String::new() }
    }

    /// Follows a schema that only refers to another one, as far as it does.
    pub fn resolved(&self, id: SchemaId) -> &Schema {
        let mut schema = self.schema(id);
        for _ in 0..64 {
            match schema.reference {
                Some(next) => schema = self.schema(next),
                None => break,
            }
        }
        schema
    }
}

/// Number of a schema in a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub(crate) usize);

/// Vendor extensions: members that begin with `x-`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions(pub Vec<(String, Value)>);

impl Extensions {
    /// Returns the value of an extension.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns the value of an extension that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }
}

/// A base URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its name (OpenAPI 3.2).
    pub name: Option<String>,
    /// The URL, with variables in braces.
    pub url: String,
    /// Its description.
    pub description: Option<String>,
    /// Names, defaults and descriptions of the variables.
    pub variables: Vec<(String, String, Option<String>)>,
}

/// A tag of operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The name.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Members that begin with `x-`.
    pub extensions: Extensions,
}

/// An operation: a method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its place.
    pub at: Location,
    /// The `operationId`.
    pub id: Option<String>,
    /// The method, in capitals.
    pub method: String,
    /// The path, with parameters in braces.
    pub path: String,
    /// Tags, in the order of the description.
    pub tags: Vec<String>,
    /// A short summary.
    pub summary: Option<String>,
    /// A description in `CommonMark`.
    pub description: Option<String>,
    /// True if it should no longer be used.
    pub deprecated: bool,
    /// Parameters of the operation and of its path.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request_body: Option<RequestBody>,
    /// Responses by status.
    pub responses: Vec<Response>,
    /// Alternatives of security. An empty list of alternatives, or an empty alternative, needs no
    /// credentials.
    pub security: Vec<SecurityAlternative>,
    /// Base URLs of the operation or its path, if they replace those of the API.
    pub servers: Vec<Server>,
    /// Members that begin with `x-`, of the operation and of its path.
    pub extensions: Extensions,
    /// Parts that could not be read and without which the operation is not right.
    pub broken: Vec<Notice>,
}

/// Names of security schemes that a request uses together, with their scopes.
pub type SecurityAlternative = Vec<(String, Vec<String>)>;

/// Place of a parameter in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A segment of the path, or a part of one.
    Path,
    /// A pair of the query.
    Query,
    /// The whole query (OpenAPI 3.2).
    QueryString,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

impl Place {
    /// Returns the word of the description.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "they are those of OpenAPI")]
pub struct Parameter {
    /// Its place in the description.
    pub at: Location,
    /// Its place in the request.
    pub place: Place,
    /// Its name in the request.
    pub name: String,
    /// True if each request has it.
    pub required: bool,
    /// Its description.
    pub description: Option<String>,
    /// True if it should no longer be used.
    pub deprecated: bool,
    /// The style: `simple`, `form`, `deepObject` and others. The default depends on the place.
    pub style: String,
    /// True if each item of a list is a pair of its own.
    pub explode: bool,
    /// True if reserved characters are sent as they are.
    pub allow_reserved: bool,
    /// The type.
    pub schema: Option<SchemaId>,
    /// Media type of the value, if it is given by `content`.
    pub content: Option<String>,
    /// Name in `components`, if the parameter is shared.
    pub component: Option<String>,
    /// Examples of the value.
    pub examples: Vec<Value>,
    /// Members that begin with `x-`.
    pub extensions: Extensions,
}

impl Operation {
    /// Returns the `operationId`, unless it is a hash, which names nothing.
    pub(crate) fn telling_id(&self) -> Option<&str> {
        let is_hash = |id: &&str| id.len() >= 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
        self.id.as_deref().filter(|id| !is_hash(id))
    }
}

impl Parameter {
    /// Returns true if an object would be one text, and not a pair per member.
    pub(crate) fn is_one_pair(&self) -> bool {
        match self.style.as_str() {
            "form" => !self.explode,
            style => style != "deepObject",
        }
    }
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Its place.
    pub at: Location,
    /// True if each request has it.
    pub required: bool,
    /// Its description.
    pub description: Option<String>,
    /// Media types, in the order of the description.
    pub content: Vec<MediaType>,
    /// Members that begin with `x-`.
    pub extensions: Extensions,
}

/// A media type of a body.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// Its place.
    pub at: Location,
    /// The media type, for example `application/json`.
    pub name: String,
    /// The type.
    pub schema: Option<SchemaId>,
    /// Type of each item of a stream (OpenAPI 3.2).
    pub item_schema: Option<SchemaId>,
    /// Encodings of the fields of a form, by field.
    pub encoding: Vec<(String, Encoding)>,
    /// Examples of the body.
    pub examples: Vec<Value>,
}

/// Encoding of a field in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Its media type.
    pub content_type: Option<String>,
    /// The style of a list or an object, as for a parameter in the query.
    pub style: String,
    /// True if each item of a list is a pair of its own.
    pub explode: bool,
}

impl MediaType {
    /// Returns the encoding of a field, if the description gives one.
    pub fn encoding_of(&self, field: &str) -> Option<&Encoding> {
        self.encoding.iter().find(|(name, _)| name == field).map(|(_, encoding)| encoding)
    }
}

/// Statuses of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses with this first digit: `4XX`.
    Range(u16),
    /// All statuses that no other response names.
    Default,
}

impl Status {
    /// Returns true if the statuses are successes.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Its place.
    pub at: Location,
    /// Its statuses.
    pub status: Status,
    /// Its description.
    pub description: Option<String>,
    /// Header fields.
    pub headers: Vec<Header>,
    /// Media types, in the order of the description.
    pub content: Vec<MediaType>,
    /// Members that begin with `x-`.
    pub extensions: Extensions,
}

/// A header field of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// The name.
    pub name: String,
    /// True if each response has it.
    pub required: bool,
    /// Its description.
    pub description: Option<String>,
    /// The type.
    pub schema: Option<SchemaId>,
}

/// A way to authenticate.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// Its place.
    pub at: Location,
    /// The name by which operations refer to it.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Its kind.
    pub kind: SecurityKind,
}

/// Kind of a [`SecurityScheme`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Basic ..` (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750): a token of `http`, of `OAuth` 2.0, or of `OpenID` Connect.
    Bearer,
    /// A key in a header, the query or a cookie.
    ApiKey {
        /// The place.
        place: Place,
        /// The name in that place.
        name: String,
    },
    /// Any other kind, by its name.
    Other(String),
}

/// A JSON type of a schema; null is [`Schema::nullable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `string`
    String,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `array`
    Array,
    /// `object`
    Object,
}

/// A schema. Unknown parts are left out, so that it describes at least the values it should.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "they are those of OpenAPI")]
pub struct Schema {
    /// Its place.
    pub at: Location,
    /// Name in `components`, or that of its file.
    pub name: Option<String>,
    /// The schema that this one refers to. The other members then add to it.
    pub reference: Option<SchemaId>,
    /// Types of a value. An empty list is any type.
    pub types: Vec<Type>,
    /// True if null is a value.
    pub nullable: bool,
    /// Format of a text or number.
    pub format: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Default value.
    pub default: Option<Value>,
    /// Examples of a value.
    pub examples: Vec<Value>,
    /// True if it should no longer be used.
    pub deprecated: bool,
    /// True if only responses have it.
    pub read_only: bool,
    /// True if only requests have it.
    pub write_only: bool,
    /// All values, of an `enum` or a `const`.
    pub values: Vec<Value>,
    /// Smallest value of a number.
    pub minimum: Option<f64>,
    /// Largest value of a number.
    pub maximum: Option<f64>,
    /// Members of an object.
    pub properties: Vec<Property>,
    /// Names of members that each object has, also of those that other schemas describe.
    pub required: Vec<String>,
    /// Other members of an object.
    pub additional: Additional,
    /// Type of the items of a list.
    pub items: Option<SchemaId>,
    /// Schema of the JSON in a text.
    pub content_schema: Option<SchemaId>,
    /// Schemas that each value satisfies.
    pub all_of: Vec<SchemaId>,
    /// Schemas of which a value satisfies one.
    pub one_of: Vec<SchemaId>,
    /// Schemas of which a value satisfies some.
    pub any_of: Vec<SchemaId>,
    /// The member that tells the schemas of `one_of` apart.
    pub discriminator: Option<Discriminator>,
    /// Members that begin with `x-`.
    pub extensions: Extensions,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// The name.
    pub name: String,
    /// The type.
    pub schema: SchemaId,
    /// True if each object has it.
    pub required: bool,
}

/// Members of an object that no property names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additional {
    /// The description does not say. Other members are allowed.
    Unsaid,
    /// There are no others.
    Forbidden,
    /// Others are allowed.
    Any,
    /// Others have this type.
    Typed(SchemaId),
}

/// The member that tells the variants of a schema apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// Name of the member.
    pub property: String,
    /// Values and the schemas that they stand for.
    pub mapping: Vec<(String, SchemaId)>,
}
