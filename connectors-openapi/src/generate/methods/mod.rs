//! Methods from operations.

mod bodies;
pub(super) mod names;
mod numbered;
mod parameters;
mod query;
mod template;
mod verbs;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::plan::{Argument, ArgumentTy, Method, QueryPair, Returned, Spot, Trait, Ty, Wrapper};
use super::select::{self, Selected};
use super::types::unique;
use super::{Generator, Group, finish, servers};
use crate::docs;
use crate::model::Operation;
use crate::model::media::chosen;
use crate::model::members::object;
use crate::model::{shape, tag};
use crate::notice::Notice;
use crate::steering::Docs;
use crate::words::{field_name, plain};
use names::{method_names, type_parent};

/// Maximum number of positional arguments if the fields of a body are arguments.
const MAX_POSITIONAL: usize = 6;
/// Maximum number of fields of a body that are arguments.
const MAX_FIELDS: usize = 30;

/// Names that a setter cannot have, because each request has such methods.
const SETTERS: [&str; 5] = ["send", "build", "options", "clone", "into_future"];
/// Names that a setter of a list in pages cannot have.
const PAGE_SETTERS: [&str; 2] = ["pages", "items"];

/// The reason why an operation cannot be generated.
pub(crate) type Reason = String;

impl Generator<'_> {
    /// Returns the names of the methods of all operations, by HTTP method and path.
    pub(crate) fn method_idents(&self) -> HashMap<String, String> {
        let all = select::all(self.document, self.steering);
        let prefix = select::shared_prefix(self.document, self.steering);
        let mut groups: BTreeMap<(String, Option<String>), Vec<&Selected<'_>>> = BTreeMap::new();
        for one in &all {
            let group = select::without_prefix(&one.group, &prefix);
            let base_url = servers::own_url(&self.usual_servers, one.operation).ok().flatten();
            groups.entry((group, base_url)).or_default().push(one);
        }
        let idents = groups.iter().flat_map(|((group, _), operations)| {
            let names = method_names(group, operations, |one| self.returns_list(one));
            operations.iter().map(|one| key(one.operation)).zip(names)
        });
        idents.collect()
    }

    pub(crate) fn trait_of(&mut self, name: String, group: &Group<'_, '_>) -> Trait {
        let mut methods: Vec<Method> = Vec::new();
        for one in &group.operations {
            let known = self.idents.get(&key(one.operation)).cloned();
            // An operation that an extension leaves out can be selected by its name.
            let ident = known.unwrap_or_else(|| {
                method_names(&group.short, &[one], |one| self.returns_list(one)).concat()
            });
            match self.methods(one, &ident, &name) {
                Ok(made) => {
                    self.doubled += made.len().saturating_sub(1);
                    for method in made {
                        let taken = |name: &str| methods.iter().any(|other| other.ident == name);
                        let ident = unique(&method.ident, taken);
                        methods.push(Method { ident, ..method });
                    }
                }
                Err(reason) => {
                    self.left_out.push(Notice::new(one.operation.at.clone(), reason));
                }
            }
        }
        let tag = self.document.tags.iter().find(|tag| tag.name == group.name);
        let docs = tag.and_then(|tag| tag.description.clone()).unwrap_or_default();
        let docs = self.line(&docs, &[&name]);
        let prefix = finish::shared_prefix(&mut methods);
        let auth = methods.first().and_then(|first| first.auth.clone());
        let auth = auth.filter(|auth| methods.iter().all(|one| one.auth.as_ref() == Some(auth)));
        Trait {
            name,
            group: group.short.clone(),
            docs,
            prefix,
            rename: finish::rename(&methods),
            auth,
            base_url: None,
            error: false,
            envelope: self.steering.envelope.clone(),
            methods,
        }
    }

    /// Returns the methods of an operation: one, or two if it can answer by a stream too.
    fn methods(
        &mut self,
        one: &Selected<'_>,
        ident: &str,
        owner: &str,
    ) -> Result<Vec<Method>, Reason> {
        let operation = one.operation;
        if let Some(broken) = operation.broken.first() {
            return Err(broken.to_string());
        }
        let parent = type_parent(&self.told, operation, ident, owner);
        let mut call = Call { method: ident.to_owned(), ..Call::default() };
        let path = self.path(operation, &mut call, one)?;
        self.parameters(operation, &mut call, one, &parent)?;
        if let Some(body) = &operation.request_body {
            self.body(operation, body, &mut call, one, &parent)?;
        }
        let envelope = self.envelope(one);
        let (returned, accept) = match &one.steering.returns {
            Some(written) => (Returned::Custom(written.clone()), None),
            None => self.returned(operation, &parent, one.steering.headers, envelope.as_deref()),
        };
        call.options.extend(accept.map(|kind| format!("accept = {kind:?}")));
        if envelope != self.steering.envelope {
            call.options.push(match &envelope {
                Some(field) => format!("envelope = {field:?}"),
                None => "envelope = none".to_owned(),
            });
        }
        let pages = self.pages(one, &mut call.arguments, &returned);
        if pages.is_some() {
            call.free_setters(&PAGE_SETTERS);
        }
        call.options.extend(pages);
        let polling = self.long_running(operation);
        if !polling.is_empty() {
            call.free_setters(&["poll"]);
        }
        call.options.extend(polling);
        call.options.extend(one.steering.options.iter().cloned());
        self.query_struct(&mut call, one, &parent);
        call.arguments.sort_by_key(|argument| {
            let is_optional = argument.wrapper != Wrapper::Required;
            (is_optional, is_optional && matches!(argument.spot, Spot::Header { .. }))
        });
        let method = Method {
            ident: ident.to_owned(),
            docs: self.method_docs(operation),
            deprecated: operation.deprecated,
            verb: verb(&operation.method),
            path,
            query: call.query,
            auth: self.auth(operation),
            options: call.options,
            arguments: call.arguments,
            returned,
        };
        Ok(self.with_stream(one, method, &parent))
    }

    /// Adds a method for the stream, if a field chooses between data and events.
    fn with_stream(&mut self, one: &Selected<'_>, method: Method, parent: &str) -> Vec<Method> {
        let events = self.stream(one.operation, parent);
        let Some(events) = events else { return vec![method] };
        let mut options = method.options.clone();
        options.extend(Self::done(one));
        if method.returned == events {
            return vec![Method { options, ..method }];
        }
        let Some(streaming) = self.streaming(one.operation) else { return vec![method] };
        let of_field = |argument: &Argument| {
            let is_whole = matches!(argument.ty, ArgumentTy::Of(Ty::Bool | Ty::Named(_)));
            argument.name == streaming.field && is_whole
        };
        let Some(at) = method.arguments.iter().position(of_field) else {
            let marked = method.arguments.iter().any(|one| matches!(one.spot, Spot::Body { .. }));
            if !marked {
                return vec![method];
            }
            return streamed_body(method, events, options, &streaming);
        };
        let mut plain_call = method.clone();
        let mut streamed = Method { returned: events, options, ..method };
        streamed.arguments.remove(at);
        let data_options = ["paginate", "accept", "poll"];
        streamed.options.retain(|option| !data_options.iter().any(|name| option.starts_with(name)));
        streamed.ident = format!("{}_stream", plain(&plain_call.ident));
        add_field(&mut streamed.options, &streaming.field, &streaming.on);
        if let Some(off) = &streaming.off {
            plain_call.arguments.remove(at);
            add_field(&mut plain_call.options, &streaming.field, off);
        }
        say_stream(&mut streamed);
        vec![plain_call, streamed]
    }

    /// Finds the field that asks for a stream: the flag `stream`, or a list of modes.
    fn streaming(&self, operation: &Operation) -> Option<Streaming> {
        let media = operation.request_body.as_ref().and_then(|body| chosen(&body.content));
        let (id, _) = shape::target(self.document, media?.schema?);
        let members = object(self.document, id).members;
        if members.iter().any(|member| member.name == "stream") {
            let (on, off) = ("true".to_owned(), Some("false".to_owned()));
            return Some(Streaming { field: "stream".to_owned(), on, off });
        }
        members.into_iter().find_map(|member| {
            let modes = tag::texts(self.document, member.schema);
            let on = modes.iter().find(|mode| STREAMS.contains(&mode.to_lowercase().as_str()))?;
            let off = modes.iter().find(|mode| *mode != on).filter(|_| modes.len() == 2);
            let (on, off) = (format!("{on:?}"), off.map(|off| format!("{off:?}")));
            Some(Streaming { field: member.name, on, off })
        })
    }

    fn method_docs(&self, operation: &Operation) -> Vec<String> {
        let summary = operation.summary.as_deref().unwrap_or_default().trim();
        let description = operation.description.as_deref().unwrap_or_default().trim();
        let summary = docs::sentence(summary);
        // Some descriptions repeat the name there.
        let names = [operation.id.as_deref().unwrap_or_default(), &operation.path];
        let is_word = !summary.trim_end_matches('.').contains(' ');
        let is_name = is_word && docs::repeats(&summary, &names);
        let summary = if is_name && !description.is_empty() { String::new() } else { summary };
        let told = ["x-speakeasy-deprecation-message", "x-deprecation-message"];
        let told = told.iter().find_map(|key| operation.extensions.text(key));
        let told = told.filter(|_| operation.deprecated && self.steering.docs != Docs::None);
        let mut docs = match self.steering.docs {
            Docs::Short if summary.is_empty() => vec![self.short(description)],
            Docs::Full if summary.is_empty() => vec![description.to_owned()],
            Docs::Full if !description.is_empty() => vec![summary, description.to_owned()],
            _ => vec![summary],
        };
        docs.extend(told.map(|told| self.short(&format!("Deprecated: {told}"))));
        docs
    }
}

/// Modes of an operation that ask for a stream.
const STREAMS: [&str; 3] = ["stream", "streaming", "sse"];

/// The field of a body that chooses between data and events, with its values as they are written.
struct Streaming {
    field: String,
    on: String,
    /// The value for data, if there is one alone.
    off: Option<String>,
}

/// Adds the method for the stream of a body that is one argument. Its fields are sent beside
/// that which chooses it.
fn streamed_body(
    method: Method,
    events: Returned,
    options: Vec<String>,
    streaming: &Streaming,
) -> Vec<Method> {
    let mut plain_call = method;
    for argument in &mut plain_call.arguments {
        if matches!(argument.spot, Spot::Body { .. }) {
            argument.spot = Spot::Fields;
        }
    }
    let mut streamed = Method { returned: events, options, ..plain_call.clone() };
    streamed.ident = format!("{}_stream", plain(&plain_call.ident));
    add_field(&mut streamed.options, &streaming.field, &streaming.on);
    if let Some(off) = &streaming.off {
        add_field(&mut plain_call.options, &streaming.field, off);
    }
    say_stream(&mut streamed);
    vec![plain_call, streamed]
}

fn say_stream(method: &mut Method) {
    if let Some(first) = method.docs.first_mut() {
        *first = docs::sentence(&format!("{first} The response is a stream."));
    }
}

/// The parts of a call while it is put together.
#[derive(Default)]
pub(crate) struct Call {
    method: String,
    pub(crate) arguments: Vec<Argument>,
    query: Vec<QueryPair>,
    options: Vec<String>,
}

impl Call {
    /// Renames arguments whose setters a call has already, because of its pages or its polling. A
    /// required argument has no setter, and one of the path stands there by its name.
    fn free_setters(&mut self, taken: &[&str]) {
        for argument in &mut self.arguments {
            let has_setter = argument.wrapper != Wrapper::Required;
            if has_setter && taken.contains(&argument.ident.as_str()) {
                let ident = format!("{}_value", argument.ident);
                for pair in &mut self.query {
                    match pair {
                        QueryPair::Named { ident: old, .. } | QueryPair::Spread(old) => {
                            if *old == argument.ident {
                                old.clone_from(&ident);
                            }
                        }
                        QueryPair::Fixed(_) => {}
                    }
                }
                argument.ident = ident;
            }
        }
    }

    /// Returns a name for an argument that no other has.
    fn ident(&self, name: &str, one: &Selected<'_>, place: &str) -> String {
        if let Some(name) = one.steering.arguments.get(name) {
            return field_name(name);
        }
        let short = if place == "header" { without_x(name) } else { name };
        let ident = field_name(short);
        let taken: HashSet<String> =
            self.arguments.iter().flat_map(|one| setters(&one.ident)).collect();
        let is_taken = |ident: &str| {
            SETTERS.contains(&ident) || setters(ident).iter().any(|setter| taken.contains(setter))
        };
        if SETTERS.contains(&ident.as_str()) {
            return unique(&format!("{ident}_value"), is_taken);
        }
        if is_taken(&ident) {
            return unique(&format!("{place}_{}", plain(&ident)), is_taken);
        }
        ident
    }
}

/// Returns the names of the setters that an argument can have.
fn setters(ident: &str) -> [String; 3] {
    let name = plain(ident);
    [name.to_owned(), format!("maybe_{name}"), format!("{name}_null")]
}

fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// Removes the `X-` of a header's name.
pub(crate) fn without_x(name: &str) -> &str {
    let rest = name.strip_prefix("X-").or_else(|| name.strip_prefix("x-"));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// Adds a fixed field to the option `fields(..)`.
fn add_field(options: &mut Vec<String>, name: &str, value: &str) {
    let plain = field_name(name) == name;
    let pair = if plain { format!("{name} = {value}") } else { format!("{name:?} = {value}") };
    add_pair(options, "fields", &pair);
}

/// Adds a pair to an option such as `fields(..)`.
fn add_pair(options: &mut Vec<String>, option: &str, pair: &str) {
    let begin = format!("{option}(");
    if let Some(known) = options.iter_mut().find(|option| option.starts_with(&begin)) {
        known.truncate(known.len() - 1);
        known.extend([", ", pair, ")"]);
    } else {
        options.push(format!("{begin}{pair})"));
    }
}

fn verb(method: &str) -> String {
    match method {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" => {
            method.to_ascii_lowercase()
        }
        other => format!("request({other:?}, "),
    }
}
