//! The checked model of a trait. `api` fills it in, and `expand` prints it.

pub(crate) mod arg;
pub(crate) mod settings;
pub(crate) mod template;

use proc_macro2::{Ident, Span};
use syn::{Attribute, ItemTrait, Path, Signature, Type};

use self::arg::{Arg, ArgKind};
use self::settings::{FixedHeader, Format, Settings, Timeouts};
use self::template::Template;

/// An API trait and the options of its `#[api_client(..)]`.
pub(crate) struct ApiDef {
    /// The trait as it is emitted. Its endpoints already return futures.
    pub(crate) item: ItemTrait,
    /// Path of the runtime crate.
    pub(crate) root: Path,
    /// Error class of the endpoints that name none.
    pub(crate) error: Option<Path>,
    /// Timeouts of the endpoints that set none.
    pub(crate) timeouts: Timeouts,
    /// Headers sent by every endpoint.
    pub(crate) headers: Vec<FixedHeader>,
    /// True if trait objects are asked for, by `dyn_compatible`.
    pub(crate) is_dyn_compatible: bool,
    pub(crate) endpoints: Vec<Endpoint>,
}

/// An endpoint. With a mistake it is never sent, but its calls still compile.
pub(crate) struct Endpoint {
    /// True if no mistake was reported.
    pub(crate) is_sound: bool,
    /// Attributes left after ours are removed: docs, `cfg`, `deprecated` and others that rustc
    /// knows.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signature: Signature,
    pub(crate) ident: Ident,
    /// Name of the method without `r#`.
    pub(crate) own_name: String,
    /// HTTP method, for example `GET`.
    pub(crate) method: String,
    pub(crate) template: Template,
    pub(crate) args: Vec<Arg>,
    pub(crate) output: Output,
    pub(crate) settings: Settings,
}

/// The return type of an endpoint.
pub(crate) struct Output {
    pub(crate) ty: Type,
    /// Span at which rustc reports a type that cannot be read from a response.
    pub(crate) span: Span,
}

impl Endpoint {
    /// Returns the name of the endpoint's constant, for example `O_AUTH_AUTHORIZE`.
    pub(crate) fn constant(&self) -> String {
        self.own_name.to_uppercase()
    }

    /// Returns the name of the endpoint's request, for example `ConnectorsListRequest`. The option
    /// `request` sets another one.
    pub(crate) fn request(&self, api: &str) -> Ident {
        if let Some(name) = &self.settings.request {
            return name.clone();
        }
        let mut name = api.to_owned();
        for word in self.own_name.split('_') {
            let mut characters = word.chars();
            name.extend(characters.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(characters.as_str());
        }
        name.push_str("Request");
        Ident::new(&name, self.ident.span())
    }

    /// Returns the kind of a field in the format of the body.
    pub(crate) fn field_kind(&self) -> ArgKind {
        match self.settings.format {
            Format::Json => ArgKind::Field,
            Format::Form => ArgKind::FormField,
            Format::Multipart => ArgKind::Part,
        }
    }
}
