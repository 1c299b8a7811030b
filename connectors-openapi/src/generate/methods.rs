//! Methods from operations.

use std::collections::HashSet;

use super::plan::{
    Argument, ArgumentTy, Field, Method, QueryPair, Returned, Spot, Trait, Ty, Wrapper,
};
use super::select::Selected;
use super::shape::{self, Shape};
use super::types::{Hint, is_secret, unique};
use super::{Generator, finish};
use crate::docs;
use crate::model::{MediaType, Operation, Parameter, Place, RequestBody, SchemaId};
use crate::notice::Notice;
use crate::steering::Docs;
use crate::words::{field_name, plain, plural, snake, type_name, words};

/// Maximum number of positional arguments if the fields of a body are arguments.
const MAX_POSITIONAL: usize = 6;
/// Maximum number of fields of a body that are arguments.
const MAX_FIELDS: usize = 30;

/// Names that a setter cannot have, because each request has such methods.
const SETTERS: [&str; 5] = ["send", "build", "options", "clone", "into_future"];
/// Names that a setter of a list in pages cannot have.
const PAGE_SETTERS: [&str; 2] = ["pages", "items"];
/// Names that an endpoint cannot have, because each client has such methods.
const METHODS: [&str; 7] =
    ["new", "with_options", "with_raw_response", "client", "clone", "into_inner", "endpoints"];

/// The reason why an operation cannot be generated.
pub(crate) type Reason = String;

impl Generator<'_> {
    pub(crate) fn trait_of(
        &mut self,
        name: String,
        group: &str,
        operations: &[&Selected<'_>],
    ) -> Trait {
        let idents = method_names(group, operations);
        let mut methods: Vec<Method> = Vec::new();
        for (one, ident) in operations.iter().zip(idents) {
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
        let tag = self.document.tags.iter().find(|tag| tag.name == group);
        let docs = tag.and_then(|tag| tag.description.clone()).unwrap_or_default();
        let docs = if docs.trim().is_empty() { group_docs(group) } else { self.short(&docs) };
        let prefix = finish::shared_prefix(&mut methods);
        let no_auth = !methods.is_empty() && methods.iter().all(|method| method.no_auth);
        Trait {
            name,
            group: group.to_owned(),
            docs,
            prefix,
            rename: finish::rename(&methods),
            no_auth,
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
        let parent = type_parent(operation, ident, owner);
        let mut call = Call::default();
        let path = self.path(operation, &mut call, one)?;
        self.parameters(operation, &mut call, one, &parent);
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
            call.free_setters();
        }
        call.options.extend(pages);
        call.options.extend(one.steering.options.iter().cloned());
        call.arguments.sort_by_key(|argument| argument.wrapper != Wrapper::Required);
        let method = Method {
            ident: ident.to_owned(),
            docs: self.method_docs(operation),
            deprecated: operation.deprecated,
            verb: verb(&operation.method),
            path,
            query: call.query,
            no_auth: self.needs_no_auth(operation),
            options: call.options,
            arguments: call.arguments,
            returned,
        };
        Ok(self.with_stream(one, method, &parent))
    }

    /// Adds a method for the stream, if a field `stream` chooses between data and events.
    fn with_stream(&mut self, one: &Selected<'_>, method: Method, parent: &str) -> Vec<Method> {
        let events = self.event_stream(one.operation, parent);
        let Some(events) = events else { return vec![method] };
        let mut options = method.options.clone();
        options.extend(self.done(one));
        if method.returned == events {
            return vec![Method { options, ..method }];
        }
        let chooses = method.arguments.iter().position(|argument| {
            argument.name == "stream" && argument.ty == ArgumentTy::Of(Ty::Bool)
        });
        let Some(at) = chooses else {
            let marked = method.arguments.iter().any(|one| matches!(one.spot, Spot::Body { .. }));
            let chosen = self.has_stream_field(one.operation);
            if !marked || !chosen {
                return vec![method];
            }
            return streamed_body(method, events, options);
        };
        let mut plain_call = method.clone();
        plain_call.arguments.remove(at);
        let mut streamed = Method { returned: events, options, ..plain_call.clone() };
        let data_options = ["paginate", "accept", "poll"];
        streamed.options.retain(|option| !data_options.iter().any(|name| option.starts_with(name)));
        streamed.ident = format!("{}_stream", plain(&method.ident));
        add_field(&mut streamed.options, "stream", "true");
        add_field(&mut plain_call.options, "stream", "false");
        say_stream(&mut streamed);
        vec![plain_call, streamed]
    }

    fn has_stream_field(&self, operation: &Operation) -> bool {
        let media = operation.request_body.as_ref().and_then(|body| json_of(&body.content));
        media.and_then(|media| media.schema).is_some_and(|id| {
            let (id, _) = shape::target(self.document, id);
            shape::members(self.document, id).members.iter().any(|member| member.name == "stream")
        })
    }

    fn needs_no_auth(&self, operation: &Operation) -> bool {
        let none = operation.security.iter().all(Vec::is_empty);
        none && !self.document.security.is_empty()
    }

    fn method_docs(&self, operation: &Operation) -> Vec<String> {
        let summary = operation.summary.as_deref().unwrap_or_default().trim();
        let description = operation.description.as_deref().unwrap_or_default().trim();
        let summary = docs::sentence(summary);
        match self.steering.docs {
            Docs::Short if summary.is_empty() => vec![self.short(description)],
            Docs::Full if summary.is_empty() => vec![description.to_owned()],
            Docs::Full if !description.is_empty() => vec![summary, description.to_owned()],
            _ => vec![summary],
        }
    }

    /// Returns the path with its arguments, which become the first ones of the call.
    fn path(
        &mut self,
        operation: &Operation,
        call: &mut Call,
        one: &Selected<'_>,
    ) -> Result<String, Reason> {
        let path = operation.path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut template = String::new();
        let mut rest = path;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').map(|close| open + close);
            let Some(close) = close else {
                return Err(format!("the path `{path}` has a `{{` without a `}}`"));
            };
            template.push_str(literal(&rest[..open])?);
            let name = &rest[open + 1..close];
            let ident = self.path_argument(operation, name, call, one)?;
            template.extend(["<", &ident, ">"]);
            rest = &rest[close + 1..];
        }
        template.push_str(literal(rest)?);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            if !pair.contains(['{', '}', '<', '>', '"', '\\']) {
                call.query.push(QueryPair::Fixed(pair.to_owned()));
            } else if let Some((name, braces)) = pair.split_once("={") {
                let ident =
                    self.path_argument(operation, braces.trim_end_matches('}'), call, one)?;
                call.query.push(QueryPair::Named {
                    name: name.to_owned(),
                    ident: plain(&ident).to_owned(),
                });
            } else {
                return Err(format!("the query in the path `{}` is not read", operation.path));
            }
        }
        Ok(template.trim_start_matches('/').to_owned() + if path == "/" { "/" } else { "" })
    }

    fn path_argument(
        &mut self,
        operation: &Operation,
        name: &str,
        call: &mut Call,
        one: &Selected<'_>,
    ) -> Result<String, Reason> {
        let name = name.trim_end_matches(['*', '+']).trim_start_matches(['+', '.', ';', '/']);
        let named = |one: &&Parameter| one.place == Place::Path && one.name == name;
        let parameter = operation.parameters.iter().find(named);
        if parameter.is_some_and(|one| matches!(one.style.as_str(), "label" | "matrix")) {
            return Err(format!("the parameter `{name}` has the style `label` or `matrix`"));
        }
        if call.arguments.iter().any(|argument| argument.name == name) {
            return Err(format!("the path `{}` has `{{{name}}}` twice", operation.path));
        }
        let ident = call.ident(name, one, "path");
        let hint = Hint::new(&type_name(operation.id.as_deref().unwrap_or(name)), name);
        let ty = match parameter.and_then(|one| one.schema) {
            Some(schema) => match self.ty(schema, &hint).0 {
                Ty::Any | Ty::Object | Ty::Map(_) | Ty::Secret => Ty::Text,
                Ty::Named(_) if self.is_struct(schema) => Ty::Text,
                Ty::List(item)
                    if matches!(*item, Ty::List(_) | Ty::Any | Ty::Object | Ty::OrNull(_)) =>
                {
                    Ty::List(Box::new(Ty::Text))
                }
                ty => ty,
            },
            None => Ty::Text,
        };
        call.arguments.push(Argument {
            name: name.to_owned(),
            ident: ident.clone(),
            docs: String::new(),
            spot: Spot::Path,
            ty: ArgumentTy::Of(ty),
            wrapper: Wrapper::Required,
        });
        Ok(plain(&ident).to_owned())
    }

    fn is_struct(&self, schema: SchemaId) -> bool {
        let (target, _) = shape::target(self.document, schema);
        matches!(shape::shape(self.document, target), Shape::Struct)
    }

    fn parameters(
        &mut self,
        operation: &Operation,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
    ) {
        let mut cookies: Vec<&Parameter> = Vec::new();
        for parameter in &operation.parameters {
            match parameter.place {
                Place::Path => {
                    if !call.arguments.iter().any(|argument| argument.name == parameter.name) {
                        let message = format!(
                            "the path `{}` has no `{{{}}}`, so the parameter is left out",
                            operation.path, parameter.name
                        );
                        self.warn(Notice::new(parameter.at.clone(), message));
                    }
                }
                Place::Query | Place::QueryString => self.query(parameter, call, one, parent),
                Place::Header => self.header(operation, parameter, call, one, parent),
                Place::Cookie => cookies.push(parameter),
            }
        }
        if let Some(first) = cookies.first() {
            let ident = call.ident("cookie", one, "header");
            let names: Vec<String> =
                cookies.iter().map(|one| format!("`{}=..`", one.name)).collect();
            let required = cookies.iter().any(|one| one.required);
            call.arguments.push(Argument {
                name: first.name.clone(),
                ident,
                docs: format!("Cookies: {}.", names.join("; ")),
                spot: Spot::Header { name: "Cookie".to_owned(), sensitive: true },
                ty: ArgumentTy::Of(Ty::Text),
                wrapper: if required { Wrapper::Required } else { Wrapper::Optional },
            });
        }
    }

    fn query(&mut self, parameter: &Parameter, call: &mut Call, one: &Selected<'_>, parent: &str) {
        let Some(schema) = parameter.schema else {
            self.pair(parameter, call, one, ArgumentTy::Of(Ty::Text));
            return;
        };
        let hint = Hint::new(parent, &parameter.name);
        let is_object = self.is_struct(schema);
        let written_as_json = parameter.content.is_some();
        let one_pair = is_object && parameter.style == "form" && !parameter.explode;
        if written_as_json || one_pair {
            self.pair(parameter, call, one, ArgumentTy::Of(Ty::Text));
            return;
        }
        let (target, _) = shape::target(self.document, schema);
        let real = self.document.schema(target);
        let ty = match self.ty(schema, &hint).0 {
            Ty::Text if is_secret(&parameter.name, real) => Ty::Secret,
            Ty::Any => Ty::Text,
            Ty::List(item) if matches!(*item, Ty::List(_) | Ty::Any) => {
                Ty::List(Box::new(Ty::Text))
            }
            Ty::List(item) => match *item {
                Ty::OrNull(item) => Ty::List(item),
                item => Ty::List(Box::new(item)),
            },
            ty => ty,
        };
        let spreads = matches!(ty, Ty::Object | Ty::Map(_)) || is_object;
        let whole = parameter.place == Place::QueryString;
        if (spreads && parameter.style == "form") || whole {
            let argument = self.argument(parameter, call, one, ArgumentTy::Of(ty), Spot::Query);
            call.query.push(QueryPair::Spread(plain(&argument.ident).to_owned()));
            call.arguments.push(argument);
            return;
        }
        let ty = match (&ty, parameter.style.as_str(), parameter.explode) {
            (Ty::List(_), "form", false) => ArgumentTy::Listed("CommaSeparated", ty),
            (Ty::List(_), "spaceDelimited", false) => ArgumentTy::Listed("SpaceSeparated", ty),
            (Ty::List(_), "pipeDelimited", false) => ArgumentTy::Listed("PipeSeparated", ty),
            (Ty::List(_), "deepObject", _) => ArgumentTy::Listed("Bracketed", ty),
            _ => ArgumentTy::Of(ty),
        };
        self.pair(parameter, call, one, ty);
    }

    fn pair(&mut self, parameter: &Parameter, call: &mut Call, one: &Selected<'_>, ty: ArgumentTy) {
        let argument = self.argument(parameter, call, one, ty, Spot::Query);
        call.query.push(QueryPair::Named {
            name: parameter.name.clone(),
            ident: plain(&argument.ident).to_owned(),
        });
        call.arguments.push(argument);
    }

    fn argument(
        &mut self,
        parameter: &Parameter,
        call: &mut Call,
        one: &Selected<'_>,
        ty: ArgumentTy,
        spot: Spot,
    ) -> Argument {
        let mut docs = self.short(parameter.description.as_deref().unwrap_or_default());
        if docs.is_empty()
            && let Some(schema) = parameter.schema
        {
            let (target, _) = shape::target(self.document, schema);
            let (schema, real) = (self.document.schema(schema), self.document.schema(target));
            docs = self.field_docs(schema, real);
        }
        if parameter.content.is_some() {
            docs = docs::sentence(&format!("{docs} It is written as JSON."));
        }
        if parameter.deprecated && !docs.to_ascii_lowercase().contains("deprecated") {
            docs = docs::sentence(&format!("Deprecated. {docs}"));
        }
        Argument {
            name: parameter.name.clone(),
            ident: call.ident(&parameter.name, one, parameter.place.name()),
            docs,
            spot,
            ty,
            wrapper: if parameter.required { Wrapper::Required } else { Wrapper::Optional },
        }
    }

    fn header(
        &mut self,
        operation: &Operation,
        parameter: &Parameter,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
    ) {
        let lower = parameter.name.to_ascii_lowercase();
        let writes = matches!(operation.method.as_str(), "POST" | "PATCH" | "PUT" | "DELETE");
        if writes && matches!(lower.as_str(), "idempotency-key" | "x-idempotency-key") {
            call.options.push(if lower == "idempotency-key" {
                "idempotency_key".to_owned()
            } else {
                format!("idempotency_key = {:?}", parameter.name)
            });
            return;
        }
        let (ty, secret) = match parameter.schema {
            Some(schema) => {
                let (target, _) = shape::target(self.document, schema);
                let secret = is_secret(&parameter.name, self.document.schema(target));
                let ty = match self.ty(schema, &Hint::new(parent, &parameter.name)).0 {
                    Ty::Any | Ty::Object | Ty::Map(_) => Ty::Text,
                    Ty::Named(_) if self.is_struct(schema) => Ty::Text,
                    Ty::List(item) if !matches!(*item, Ty::Text | Ty::Number(_) | Ty::Named(_)) => {
                        Ty::Text
                    }
                    ty => ty,
                };
                (ty, secret)
            }
            None => (Ty::Text, false),
        };
        let ty = if secret && ty == Ty::Text { Ty::Secret } else { ty };
        let spot = Spot::Header { name: parameter.name.clone(), sensitive: false };
        let argument = self.argument(parameter, call, one, ArgumentTy::Of(ty), spot);
        call.arguments.push(argument);
    }

    fn body(
        &mut self,
        operation: &Operation,
        body: &RequestBody,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
    ) -> Result<(), Reason> {
        let Some(media) = chosen(&body.content) else { return Ok(()) };
        if operation.method == "HEAD" {
            return Err("a HEAD request has no body".to_owned());
        }
        let marked = matches!(operation.method.as_str(), "GET" | "DELETE" | "OPTIONS" | "TRACE");
        let kind = Kind::of(&media.name);
        let form = matches!(kind, Kind::Form | Kind::Multipart);
        match kind {
            Kind::Form => call.options.push("form".to_owned()),
            Kind::Multipart => call.options.push("multipart".to_owned()),
            _ => {}
        }
        let Some(schema) = media.schema.or(media.item_schema).filter(|_| kind != Kind::Other)
        else {
            self.whole(body, media, call, one, kind);
            return Ok(());
        };
        let (target, _) = shape::target(self.document, schema);
        let expands = self.expands(target, kind, call, marked)
            || (kind == Kind::Multipart && self.has_members(target));
        let is_json_name = media.name.split(';').next().map(str::trim) == Some("application/json")
            || media.name == "*/*";
        if expands && (form || is_json_name) && (body.required || form || self.all_optional(target))
        {
            self.expand(target, kind, call, one, parent, marked);
            if !body.required && !form {
                call.options.push("empty_body = none".to_owned());
            }
            return Ok(());
        }
        if form && kind == Kind::Multipart && !self.has_members(target) {
            let ty = Ty::Map(Box::new(Ty::Text));
            self.body_argument(Spot::Fields, ty, body, call, one, "fields");
            return Ok(());
        }
        let (ty, _) = self.ty(schema, &Hint::new(parent, "Body"));
        let spot = if form {
            Spot::Fields
        } else {
            Spot::Body { content_type: (!is_json_name).then(|| media.name.clone()) }
        };
        let named = self.body_name(&ty);
        let ty = if form && !matches!(ty, Ty::Named(_) | Ty::Map(_) | Ty::Object | Ty::Custom(_)) {
            Ty::Object
        } else {
            ty
        };
        self.body_argument(spot, ty, body, call, one, &named);
        Ok(())
    }

    fn body_argument(
        &mut self,
        spot: Spot,
        ty: Ty,
        body: &RequestBody,
        call: &mut Call,
        one: &Selected<'_>,
        name: &str,
    ) {
        call.arguments.push(Argument {
            name: String::new(),
            ident: call.ident(name, one, "body"),
            docs: self.short(body.description.as_deref().unwrap_or_default()),
            spot,
            ty: ArgumentTy::Of(ty),
            wrapper: if body.required { Wrapper::Required } else { Wrapper::Optional },
        });
    }

    /// Adds the argument of a body that is not JSON or a form.
    fn whole(
        &mut self,
        body: &RequestBody,
        media: &MediaType,
        call: &mut Call,
        one: &Selected<'_>,
        kind: Kind,
    ) {
        let name = media.name.split(';').next().unwrap_or_default().trim();
        let (ty, content_type) = match kind {
            Kind::Json => {
                (ArgumentTy::Of(Ty::Any), (name != "application/json").then(|| name.to_owned()))
            }
            Kind::Form | Kind::Multipart => (ArgumentTy::Of(Ty::Map(Box::new(Ty::Text))), None),
            _ if name.contains('*') => (ArgumentTy::Owned("Body"), None),
            _ => (ArgumentTy::Owned("Body"), Some(name.to_owned())),
        };
        let spot = match kind {
            Kind::Form | Kind::Multipart => Spot::Fields,
            _ => Spot::Body { content_type },
        };
        let ident = if kind == Kind::Other { "content" } else { "body" };
        call.arguments.push(Argument {
            name: String::new(),
            ident: call.ident(ident, one, "body"),
            docs: self.short(body.description.as_deref().unwrap_or_default()),
            spot,
            ty,
            wrapper: if body.required || kind == Kind::Other {
                Wrapper::Required
            } else {
                Wrapper::Optional
            },
        });
    }

    fn body_name(&self, ty: &Ty) -> String {
        match ty {
            Ty::Named(def) if self.defs[*def].name.len() <= 20 => snake(&self.defs[*def].name),
            Ty::List(item) => match &**item {
                Ty::Named(def) if self.defs[*def].name.len() <= 20 => {
                    plural(&snake(&self.defs[*def].name))
                }
                _ => "body".to_owned(),
            },
            _ => "body".to_owned(),
        }
    }

    fn has_members(&self, target: SchemaId) -> bool {
        !shape::members(self.document, target).members.is_empty()
    }

    fn all_optional(&self, target: SchemaId) -> bool {
        shape::members(self.document, target).members.iter().all(|member| !member.required)
    }

    /// Returns true if the fields of a body become arguments: if no other place has the type, and
    /// there are not too many.
    fn expands(&self, target: SchemaId, kind: Kind, call: &Call, _marked: bool) -> bool {
        let schema = self.document.schema(target);
        if !matches!(shape::shape(self.document, target), Shape::Struct) {
            return false;
        }
        let members = shape::members(self.document, target);
        if members.more.is_some() {
            return false;
        }
        let required = members.members.iter().filter(|member| member.required).count();
        let positional =
            call.arguments.iter().filter(|one| one.wrapper == Wrapper::Required).count();
        let alone = schema.name.is_none() || self.uses(target) <= 1;
        let fits = members.members.len() <= MAX_FIELDS
            && (required + positional <= MAX_POSITIONAL || required <= 1);
        alone && (fits || (kind == Kind::Form && required + positional <= MAX_POSITIONAL))
    }

    /// Counts the places that name a schema.
    fn uses(&self, id: SchemaId) -> usize {
        let document = self.document;
        let leads = |other: &SchemaId| shape::target(document, *other).0 == id;
        let in_schemas = document.schemas.iter().enumerate().map(|(index, schema)| {
            if index == id.0 {
                return 0;
            }
            let properties = schema.properties.iter().map(|property| property.schema);
            let parts = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
            let additional = match schema.additional {
                crate::model::Additional::Typed(id) => Some(id),
                _ => None,
            };
            let all = properties.chain(parts.copied()).chain(schema.items).chain(additional);
            all.filter(leads).count()
        });
        let in_operations = document.operations.iter().map(|operation| {
            let bodies = operation.request_body.iter().flat_map(|body| &body.content);
            let responses = operation.responses.iter().flat_map(|response| &response.content);
            let sent = bodies.filter_map(|media| media.schema).any(|id| leads(&id));
            let received = responses.filter_map(|media| media.schema).any(|id| leads(&id));
            usize::from(sent) + usize::from(received)
        });
        in_schemas.sum::<usize>() + in_operations.sum::<usize>()
    }

    /// Makes an argument of each field of a body.
    fn expand(
        &mut self,
        target: SchemaId,
        kind: Kind,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
        marked: bool,
    ) {
        let (fields, _) = self.fields(target, parent);
        let fields: Vec<Field> = fields.into_iter().filter(|field| !field.read_only).collect();
        for field in fields {
            if let Some(fixed) =
                field.fixed.as_ref().filter(|_| field.required && kind == Kind::Json)
            {
                add_field(&mut call.options, &field.name, &format!("{fixed:?}"));
                continue;
            }
            let ty = if kind == Kind::Multipart {
                self.part(&field, target)
            } else {
                ArgumentTy::Of(field.ty.clone())
            };
            let ty = match ty {
                // A form has no lists of lists and no null.
                ArgumentTy::Of(Ty::List(item))
                    if kind != Kind::Json && matches!(*item, Ty::OrNull(_)) =>
                {
                    ArgumentTy::Of(Ty::List(Box::new(Ty::Text)))
                }
                ty => ty,
            };
            let nullable = field.nullable && kind == Kind::Json;
            let wrapper = match (field.required, nullable) {
                (true, false) => Wrapper::Required,
                (_, true) => Wrapper::Nullable,
                (false, false) => Wrapper::Optional,
            };
            call.arguments.push(Argument {
                ident: call.ident(&field.name, one, "body"),
                name: field.name,
                docs: field.docs,
                spot: Spot::Field { marked },
                ty,
                wrapper,
            });
        }
    }

    /// Returns the type of a part of a form: files are parts of their own.
    fn part(&self, field: &Field, target: SchemaId) -> ArgumentTy {
        let members = shape::members(self.document, target).members;
        let Some(member) = members.iter().find(|member| member.name == field.name) else {
            return ArgumentTy::Of(field.ty.clone());
        };
        let binary = |id: SchemaId| {
            let (id, _) = shape::target(self.document, id);
            let schema = self.document.schema(id);
            matches!(schema.format.as_deref(), Some("binary" | "file" | "bytes"))
                && schema.types == [crate::model::Type::String]
        };
        let (id, _) = shape::target(self.document, member.schema);
        let schema = self.document.schema(id);
        let variants = shape::variants(self.document, id).unwrap_or_default();
        if binary(id) || variants.iter().any(|id| binary(*id)) {
            return ArgumentTy::Owned("Part");
        }
        let items_are_binary = |id: SchemaId| self.document.schema(id).items.is_some_and(binary);
        if schema.items.is_some_and(binary) || variants.iter().any(|id| items_are_binary(*id)) {
            return ArgumentTy::Owned("Parts");
        }
        ArgumentTy::Of(field.ty.clone())
    }
}

/// Adds the method for the stream of a body that is one argument. Its fields are sent beside
/// `stream`.
fn streamed_body(method: Method, events: Returned, options: Vec<String>) -> Vec<Method> {
    let mut plain_call = method;
    for argument in &mut plain_call.arguments {
        if matches!(argument.spot, Spot::Body { .. }) {
            argument.spot = Spot::Fields;
        }
    }
    let mut streamed = Method { returned: events, options, ..plain_call.clone() };
    streamed.ident = format!("{}_stream", plain(&plain_call.ident));
    add_field(&mut streamed.options, "stream", "true");
    add_field(&mut plain_call.options, "stream", "false");
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
    pub(crate) arguments: Vec<Argument>,
    query: Vec<QueryPair>,
    options: Vec<String>,
}

impl Call {
    /// Renames arguments whose setters a list in pages has already.
    fn free_setters(&mut self) {
        for argument in &mut self.arguments {
            if PAGE_SETTERS.contains(&argument.ident.as_str()) {
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
            return name.clone();
        }
        let short = if place == "header" { without_x(name) } else { name };
        let ident = field_name(short);
        let taken: HashSet<&str> = self.arguments.iter().map(|one| one.ident.as_str()).collect();
        let is_taken = |ident: &str| taken.contains(ident) || SETTERS.contains(&ident);
        if SETTERS.contains(&ident.as_str()) {
            return unique(&format!("{ident}_value"), is_taken);
        }
        if is_taken(&ident) {
            return unique(&format!("{place}_{}", plain(&ident)), is_taken);
        }
        ident
    }
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
    if let Some(fields) = options.iter_mut().find(|option| option.starts_with("fields(")) {
        fields.truncate(fields.len() - 1);
        fields.extend([", ", &pair, ")"]);
    } else {
        options.push(format!("fields({pair})"));
    }
}

/// How a media type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    Form,
    Multipart,
    Events,
    Lines,
    Text,
    Other,
}

impl Kind {
    pub(crate) fn of(name: &str) -> Self {
        let name = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match name.as_str() {
            "application/json" | "text/json" | "*/*" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "text/event-stream" => Self::Events,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonl"
            | "application/json-lines"
            | "application/jsonlines"
            | "application/x-json-stream"
            | "application/stream+json"
            | "application/json-seq" => Self::Lines,
            name if name.ends_with("+json") || name == "application/*" => Self::Json,
            name if name.starts_with("text/")
                || name.ends_with("xml")
                || name.ends_with("yaml") =>
            {
                Self::Text
            }
            _ => Self::Other,
        }
    }
}

pub(crate) fn json_of(content: &[MediaType]) -> Option<&MediaType> {
    content
        .iter()
        .find(|media| media.name == "application/json")
        .or_else(|| content.iter().find(|media| Kind::of(&media.name) == Kind::Json))
}

/// Returns the media type that a request is sent in: JSON, else a form, else the first.
fn chosen(content: &[MediaType]) -> Option<&MediaType> {
    let of = |kind| content.iter().find(|media| Kind::of(&media.name) == kind);
    let chosen = json_of(content).or_else(|| of(Kind::Multipart)).or_else(|| of(Kind::Form));
    chosen.or_else(|| content.first())
}

/// Returns the docs of a trait whose tag has no description.
fn group_docs(group: &str) -> String {
    if group.contains(' ') {
        docs::sentence(group)
    } else {
        docs::sentence(&words(group).join(" "))
    }
}

fn literal(text: &str) -> Result<&str, Reason> {
    let odd =
        |c: char| matches!(c, '<' | '>' | '"' | '\\' | '}') || c.is_whitespace() || c.is_control();
    match text.find(odd) {
        Some(_) => {
            Err(format!("the path part `{}` has a character of templates", text.escape_debug()))
        }
        None => Ok(text),
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

/// Returns the beginning of the names of an operation's unnamed types.
fn type_parent(operation: &Operation, ident: &str, owner: &str) -> String {
    match &operation.id {
        Some(id) => {
            let words = without_route(operation, words(id));
            type_name(&words.join("_"))
        }
        None => format!("{owner}{}", type_name(ident)),
    }
}

/// Removes the path and method that `FastAPI` adds to an `operationId`.
fn without_route(operation: &Operation, mut id: Vec<String>) -> Vec<String> {
    let mut route = words(&operation.path);
    route.push(operation.method.to_ascii_lowercase());
    if id.len() > route.len() && id.ends_with(&route) {
        id.truncate(id.len() - route.len());
    }
    id
}

/// Returns the names of the methods of a trait, which are short if that keeps them apart.
fn method_names(group: &str, operations: &[&Selected<'_>]) -> Vec<String> {
    let full: Vec<Vec<String>> = operations.iter().map(|one| long_name(one)).collect();
    let short: Vec<Vec<String>> =
        operations.iter().zip(&full).map(|(one, full)| short_name(one, full, group)).collect();
    let mut names: Vec<String> = Vec::new();
    for (index, own) in short.iter().enumerate() {
        let alone = short.iter().filter(|other| *other == own).count() == 1
            && !full.iter().enumerate().any(|(other, full)| other != index && full == own);
        let chosen = if alone { own } else { &full[index] };
        let mut ident = field_name(&chosen.join("_"));
        if METHODS.contains(&ident.as_str()) {
            ident = if full[index].len() > chosen.len() {
                field_name(&full[index].join("_"))
            } else {
                format!("{ident}_{}", snake(group))
            };
        }
        names.push(unique(&ident, |ident| names.iter().any(|name| name == ident)));
    }
    names
}

fn named(one: &Selected<'_>) -> Option<String> {
    let extensions = &one.operation.extensions;
    let names = ["x-fern-sdk-method-name", "x-speakeasy-name-override", "x-operation-name"];
    let by_extension = names.iter().find_map(|name| extensions.text(name));
    one.steering.name.clone().or_else(|| by_extension.map(str::to_owned))
}

fn long_name(one: &Selected<'_>) -> Vec<String> {
    let operation = one.operation;
    if let Some(name) = named(one) {
        return words(&name);
    }
    if let Some(id) = &operation.id {
        return without_route(operation, words(id));
    }
    let mut name = vec![operation.method.to_ascii_lowercase()];
    name.extend(words(&operation.path.replace('{', "by_")));
    name
}

/// Removes the name of the trait from that of a method: `pets_list`, `list_pets` and
/// `find_pets_by_status` become `list` and `find_by_status`.
fn short_name(one: &Selected<'_>, full: &[String], group: &str) -> Vec<String> {
    let group = words(group);
    if named(one).is_some() || group.is_empty() || full.len() <= group.len() {
        return full.to_vec();
    }
    let same = |part: &[String]| {
        let (last, before) = (part.len() - 1, &part[..part.len() - 1]);
        let one = crate::words::singular(&group[last]);
        before == &group[..last] && crate::words::singular(&part[last]) == one
    };
    let size = group.len();
    let at = (0..=full.len() - size).find(|at| same(&full[*at..at + size]));
    let Some(at) = at.filter(|at| *at <= 1) else { return full.to_vec() };
    // Words after the name that go on with it: `user_group` is not a `user`.
    let rest = &full[at + size..];
    let goes_on = ["by", "for", "from", "in", "with", "of", "to", "as", "and", "on"];
    if at == 1 && !rest.is_empty() && !goes_on.contains(&rest[0].as_str()) {
        return full.to_vec();
    }
    let mut short = full[..at].to_vec();
    short.extend_from_slice(rest);
    let begins_badly = short.first().is_some_and(|word| goes_on.contains(&word.as_str()));
    if short.is_empty() || begins_badly { full.to_vec() } else { short }
}
