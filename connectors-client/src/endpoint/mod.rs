//! The description of an endpoint. The macro writes one per endpoint of the trait.

pub(crate) mod call_settings;
mod location;
pub(crate) mod matcher;
mod options;
mod parameter;

use std::fmt;
use std::time::Duration;

use http::Method;

pub(crate) use location::Location;
pub(crate) use options::{AuthChoice, Format, PollRules};
pub use options::{EndpointOptions, ItemMatcher, LinkPlace, Pagination, QueryPart, RetryCause};
pub use parameter::{ListStyle, Parameter, ParameterPlace, Presence};

/// The description of one endpoint, as declared: its name, method, template and options.
///
/// The macro emits one per endpoint as a constant of the client, for example
/// `ConnectorsClient::LIST`, and all of a trait as `ConnectorsClient::ENDPOINTS`. A transport finds it in the extensions of each request, as a
/// `&'static Endpoint`. A [`Fake`](crate::Fake) uses it as a key. Two descriptions are equal if
/// their traits, names, methods and templates are equal.
// It has few fields, and each is text, because rustc evaluates all parts of each constant. Options,
// which most endpoints do not have, are stored by reference. An argument is a letter and a name.
#[derive(Clone, Copy)]
pub struct Endpoint {
    api: &'static str,
    name: &'static str,
    method: &'static str,
    template: &'static str,
    /// Locations of the arguments, one letter each.
    locations: &'static str,
    /// Names of the arguments in the request.
    names: &'static [&'static str],
    pub(crate) options: &'static EndpointOptions,
}

/// Template of a request that is not declared in a trait.
const NOT_DECLARED: &str = "(not declared)";

/// The location of one argument and its name in the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located {
    pub(crate) location: Location,
    pub(crate) name: &'static str,
}

impl Endpoint {
    /// Starts a description, in generated code.
    ///
    /// `locations` has a letter per argument, by `argument_kinds.txt`.
    #[doc(hidden)]
    pub const fn new(
        api: &'static str,
        name: &'static str,
        method: &'static str,
        template: &'static str,
        locations: &'static str,
        names: &'static [&'static str],
    ) -> Self {
        Location::check(locations);
        Self { api, name, method, template, locations, names, options: EndpointOptions::NONE }
    }

    #[doc(hidden)]
    pub const fn options(mut self, options: &'static EndpointOptions) -> Self {
        self.options = options;
        self
    }

    /// Returns the description of a request that is not declared in a trait.
    pub(crate) fn undeclared(method: &Method) -> &'static Self {
        const METHODS: [&str; 9] =
            ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "REQUEST"];
        static UNDECLARED: [Endpoint; METHODS.len()] = {
            let mut endpoints =
                [Endpoint::new("Client", "send", "REQUEST", NOT_DECLARED, "", &[]); METHODS.len()];
            let mut i = 0;
            while i < METHODS.len() {
                endpoints[i] = Endpoint::new("Client", "send", METHODS[i], NOT_DECLARED, "", &[]);
                i += 1;
            }
            endpoints
        };
        // An unknown method takes the last index.
        let index = METHODS.iter().position(|other| *other == method.as_str());
        &UNDECLARED[index.unwrap_or(METHODS.len() - 1)]
    }

    /// Returns true if a trait declares the endpoint.
    pub(crate) fn is_declared(&self) -> bool {
        self.template != NOT_DECLARED
    }

    /// Returns true if the template tells the path of each request: a trait declares the endpoint,
    /// and no argument is a whole URL.
    pub(crate) fn has_template(&self) -> bool {
        self.is_declared() && self.slot_in(Location::Url).is_none()
    }

    /// Returns true if the declaration names this pair of the query.
    pub(crate) fn declares_query(&self, name: &str) -> bool {
        let is_fixed = |part: &QueryPart| match part {
            QueryPart::Text(pairs) => {
                pairs.split('&').any(|pair| pair.split('=').next() == Some(name))
            }
            QueryPart::Argument(_) => false,
        };
        let mut arguments = self.located().map(|(_, argument)| argument);
        arguments.any(|argument| argument.location == Location::Query && argument.name == name)
            || self.options.query.iter().any(is_fixed)
    }

    /// Returns the name of the trait that declares the endpoint, for example `Connectors`.
    pub const fn api(&self) -> &'static str {
        self.api
    }

    /// Returns the name of the trait's function, for example `list`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        // The macro accepts only valid methods, so the fallback is never used.
        Method::from_bytes(self.method.as_bytes()).unwrap_or_default()
    }

    /// Returns the path template with its prefix and without its query, for example
    /// `v1/connectors/<id>`. It contains no values of arguments.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// Returns true if the call can be retried after the server may have executed it. This is so if
    /// the method is GET, HEAD, PUT, DELETE or OPTIONS, which are idempotent (RFC 9110 section
    /// 9.2.2), or QUERY, which is safe, or if the endpoint declares `idempotent` or
    /// `idempotency_key`.
    pub const fn is_idempotent(&self) -> bool {
        matches!(
            self.method.as_bytes(),
            b"GET" | b"HEAD" | b"PUT" | b"DELETE" | b"OPTIONS" | b"QUERY"
        ) || self.options.idempotent
            || self.options.idempotency_key.is_some()
    }

    /// Returns the timeout of the whole call, if `timeout = ".."` declares one.
    pub const fn timeout(&self) -> Option<Duration> {
        self.options.settings.timeout
    }

    /// Returns the arguments, each with its slot.
    pub(crate) fn located(&self) -> impl Iterator<Item = (usize, Located)> {
        let locations = self.locations.bytes().map(Location::from_letter);
        locations.zip(self.names).map(|(location, name)| Located { location, name }).enumerate()
    }

    /// Returns the number of arguments.
    pub(crate) fn slots(&self) -> usize {
        self.names.len()
    }

    /// Returns an argument's name in the request.
    pub(crate) fn wire_name(&self, slot: usize) -> &'static str {
        self.names[slot]
    }

    /// Returns an argument's name in the declaration, for error texts.
    pub(crate) fn argument(&self, slot: usize) -> &'static str {
        self.options.arguments.unwrap_or(self.names)[slot]
    }

    pub(crate) fn location(&self, slot: usize) -> Location {
        Location::from_letter(self.locations.as_bytes()[slot])
    }

    /// Returns true for a pair of the trait that gives way to an argument or field with its name.
    pub(crate) fn gives_way(&self, slot: usize) -> bool {
        self.locations.as_bytes()[slot] == b'K'
    }

    /// Returns the slot of the first argument with this location.
    pub(crate) fn slot_in(&self, location: Location) -> Option<usize> {
        self.located().find(|(_, parameter)| parameter.location == location).map(|(slot, _)| slot)
    }

    /// Returns the parts of the path: a text, and the slot of the argument after it.
    pub(crate) fn path(&self) -> impl Iterator<Item = (&'static str, Option<usize>)> {
        let mut rest = self.template;
        std::iter::from_fn(move || {
            // Templates are short and this runs in each call, so a loop is faster than a searcher.
            let position = |text: &str, byte| text.bytes().position(|other| other == byte);
            let Some(start) = position(rest, b'<') else {
                return (!rest.is_empty()).then(|| (std::mem::take(&mut rest), None));
            };
            let (text, after) = rest.split_at(start);
            // The macro rejects a `<` that is not closed.
            let end = position(after, b'>')?;
            let name = &after[1..end];
            rest = &after[end + 1..];
            Some((text, self.slot_of_path(name.strip_suffix("..").unwrap_or(name))))
        })
    }

    fn slot_of_path(&self, argument: &str) -> Option<usize> {
        let names = self.options.arguments.unwrap_or(self.names);
        let mut slots = self.locations.bytes().zip(names);
        slots.position(|(letter, name)| letter == b'p' && *name == argument)
    }
}

impl PartialEq for Endpoint {
    fn eq(&self, other: &Self) -> bool {
        (self.api, self.name, self.method, self.template)
            == (other.api, other.name, other.method, other.template)
    }
}

impl Eq for Endpoint {}

impl std::hash::Hash for Endpoint {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.api, self.name, self.method, self.template).hash(state);
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({}::{}: {self})", self.api, self.name)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Many endpoints can share the URL of the client.
        match self.template {
            "" => write!(f, "{} {}::{}", self.method, self.api, self.name),
            template => write!(f, "{} {template}", self.method),
        }
    }
}
