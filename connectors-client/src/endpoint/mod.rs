//! What an endpoint is: the description that the macro writes down once per method of the trait.

pub(crate) mod call_settings;
mod location;
pub(crate) mod matcher;
mod options;

use std::fmt;
use std::time::Duration;

use http::Method;

pub(crate) use location::Location;
pub use options::{EndpointOptions, ItemMatcher, Pagination, QueryPart};
pub(crate) use options::{Format, PollRules};

/// The description of one endpoint, as declared: its name, verb, template and options.
///
/// The macro emits one per method as a constant of the client, for example `ConnectorsClient::LIST`. A transport finds
/// it in the extensions of each request, as `&'static Endpoint`; a [`Fake`](crate::Fake) is keyed by it. Two
/// descriptions are equal when trait, name, verb and template are.
// Few fields, and texts alone: rustc checks of each constant that all its parts are constant, so that what most endpoints do
// not say is behind a reference, and an argument is a letter and a name.
#[derive(Clone, Copy)]
pub struct Endpoint {
    api: &'static str,
    name: &'static str,
    method: &'static str,
    template: &'static str,
    /// Where each argument is sent, a letter each.
    locations: &'static str,
    /// The name that each has there.
    names: &'static [&'static str],
    pub(crate) options: &'static EndpointOptions,
}

/// What stands in place of the template of a request that no trait declares.
const NOT_DECLARED: &str = "(not declared)";

/// One argument: where it is sent, and the name it has there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter {
    pub(crate) location: Location,
    pub(crate) name: &'static str,
}

impl Endpoint {
    /// Starts a description; for generated code.
    ///
    /// `locations` has a letter for each argument: `p`ath, `q`uery, `f`ield, `h`eader, `s`ecret header, `b`ody or `u`rl.
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

    /// The description of a request that no trait declares.
    pub(crate) fn undeclared(method: &Method) -> &'static Self {
        const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REQUEST"];
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
        // Each index is that of a method or the last.
        let index = METHODS.iter().position(|other| *other == method.as_str());
        &UNDECLARED[index.unwrap_or(METHODS.len() - 1)]
    }

    /// Whether a trait declares it.
    pub(crate) fn is_declared(&self) -> bool {
        self.template != NOT_DECLARED
    }

    /// The trait it is declared in, for example `Connectors`.
    pub const fn api(&self) -> &'static str {
        self.api
    }

    /// The method it is declared as, for example `list`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The verb.
    pub fn method(&self) -> Method {
        // The macro lets only tokens through, so that the fallback is never taken.
        Method::from_bytes(self.method.as_bytes()).unwrap_or_default()
    }

    /// The path template with its prefix and without its query, for example `v1/connectors/<id>`; it names no value.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// Whether the call may be repeated after it may have been executed: by its verb (GET, HEAD, PUT, DELETE and
    /// OPTIONS are idempotent, RFC 9110 section 9.2.2) or because `idempotent` or `idempotency_key` is declared.
    pub const fn is_idempotent(&self) -> bool {
        matches!(self.method.as_bytes(), b"GET" | b"HEAD" | b"PUT" | b"DELETE" | b"OPTIONS")
            || self.options.idempotent
            || self.options.idempotency_key.is_some()
    }

    /// The limit of the whole call that `timeout = ".."` declares.
    pub const fn timeout(&self) -> Option<Duration> {
        self.options.settings.timeout
    }

    /// The arguments, each with its slot.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (usize, Parameter)> {
        let locations = self.locations.bytes().map(Location::from_letter);
        locations.zip(self.names).map(|(location, name)| Parameter { location, name }).enumerate()
    }

    /// How many arguments there are.
    pub(crate) fn slots(&self) -> usize {
        self.names.len()
    }

    /// An argument's name where it is sent.
    pub(crate) fn wire_name(&self, slot: usize) -> &'static str {
        self.names[slot]
    }

    /// An argument's name in the declaration, which the caller knows.
    pub(crate) fn argument(&self, slot: usize) -> &'static str {
        self.options.arguments.unwrap_or(self.names)[slot]
    }

    pub(crate) fn location(&self, slot: usize) -> Location {
        Location::from_letter(self.locations.as_bytes()[slot])
    }

    /// The first argument that is sent there.
    pub(crate) fn slot_in(&self, location: Location) -> Option<usize> {
        self.parameters().find(|(_, parameter)| parameter.location == location).map(|(slot, _)| slot)
    }

    /// The pieces of the path: a text, and the slot of the argument behind it.
    pub(crate) fn path(&self) -> impl Iterator<Item = (&'static str, Option<usize>)> {
        let mut rest = self.template;
        std::iter::from_fn(move || {
            // Templates are short, and this is per call: a loop beats a searcher.
            let position = |text: &str, byte| text.bytes().position(|other| other == byte);
            let Some(start) = position(rest, b'<') else {
                return (!rest.is_empty()).then(|| (std::mem::take(&mut rest), None));
            };
            let (text, behind) = rest.split_at(start);
            // The macro lets no `<` through that is not closed.
            let end = position(behind, b'>')?;
            let name = &behind[1..end];
            rest = &behind[end + 1..];
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
        write!(f, "{} {}", self.method, self.template)
    }
}
