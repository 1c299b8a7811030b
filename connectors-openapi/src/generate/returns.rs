//! Return types from success responses.

use super::Generator;
use super::methods::without_x;
use super::plan::{DefKind, HeaderField, ResponseVariant, Returned, Ty};
use super::select::Selected;
use super::status_name::status_name;
use super::types::{Hint, unique};
use crate::model::media::{Kind, data_of_event, json_of};
use crate::model::members::object;
use crate::model::shape::{self, Shape};
use crate::model::{MediaType, Operation, Response, SchemaId, Status, Type};
use crate::words::{field_name, words};
use serde_json::Value;

/// Names of the list in a page.
const LISTS: [&str; 7] = ["data", "entries", "items", "list", "records", "results", "values"];

impl Generator<'_> {
    /// Returns the return type of an operation, and its `Accept` header if the type does not say.
    pub(crate) fn returned(
        &mut self,
        operation: &Operation,
        parent: &str,
        headers: bool,
        envelope: Option<&str>,
    ) -> (Returned, Option<String>) {
        let responses = successes(operation);
        let mut read: Vec<(&Response, Returned, Option<String>)> = Vec::new();
        for response in responses {
            let first = read.is_empty();
            let place = if first { "Response".to_owned() } else { status_name(response.status) };
            let (returned, accept) = self.content(response, parent, &place, envelope);
            read.push((response, returned, accept));
        }
        let head = operation.method == "HEAD";
        let nothing = read.iter().all(|(_, returned, _)| *returned == Returned::Nothing);
        let conditional = operation.parameters.iter().any(|one| {
            let name = one.name.to_ascii_lowercase();
            name == "if-none-match" || name == "if-modified-since"
        });
        let unmodified = operation.responses.iter().find(|one| one.status == Status::Code(304));
        let unmodified = unmodified.filter(|_| conditional && !read.is_empty());
        let redirects: Vec<&Response> = redirects(operation).collect();
        // The place of what was made is all that some responses say.
        if let [(response, Returned::Nothing, _)] = read.as_slice()
            && !head
            && !headers
            && unmodified.is_none()
            && matches!(response.status, Status::Code(200..=202))
            && let Some(header) = response.headers.iter().find(|one| is_location(&one.name))
        {
            return (self.located(&[(response, header.required)], parent), None);
        }
        if head
            || (nothing
                && (redirects.is_empty() || !read.is_empty())
                && unmodified.is_none()
                && !headers)
        {
            return (Returned::Nothing, None);
        }
        if read.is_empty() {
            let redirects: Vec<_> =
                redirects.into_iter().map(|response| (response, true)).collect();
            return (self.located(&redirects, parent), None);
        }
        let mut kinds: Vec<Returned> = Vec::new();
        for (_, returned, _) in &read {
            if !kinds.contains(returned) {
                kinds.push(returned.clone());
            }
        }
        let accept = read.iter().find_map(|(_, _, accept)| accept.clone());
        let one = match kinds.as_slice() {
            [one] => Some(one.clone()),
            [Returned::Json(ty), Returned::Nothing] | [Returned::Nothing, Returned::Json(ty)] => {
                Some(Returned::Maybe(ty.clone()))
            }
            _ => None,
        };
        match one {
            Some(one) if unmodified.is_none() => {
                let (response, ..) = &read[0];
                if headers && !response.headers.is_empty() {
                    return (self.with_headers(response, one, parent), accept);
                }
                (one, accept)
            }
            _ => {
                let variants = read.into_iter().map(|(response, returned, _)| (response, returned));
                let variants = variants.chain(unmodified.map(|one| (one, Returned::Nothing)));
                (self.several(variants.collect(), parent), None)
            }
        }
    }

    /// Returns the data of one response.
    fn content(
        &mut self,
        response: &Response,
        parent: &str,
        place: &str,
        envelope: Option<&str>,
    ) -> (Returned, Option<String>) {
        let hint = Hint::new(parent, place);
        let of = |kind| {
            response.content.iter().find(move |media: &&MediaType| Kind::of(&media.name) == kind)
        };
        // A text is JSON only if nothing else says what it is.
        let is_plain = |media: &&MediaType| {
            let target = media.schema.map(|id| shape::target(self.document, id).0);
            target.is_some_and(|id| matches!(shape::shape(self.document, id), Shape::Text))
        };
        let is_other =
            |media: &MediaType| matches!(Kind::of(&media.name), Kind::Text | Kind::Other);
        let has_other = response.content.iter().any(is_other);
        let json = json_of(&response.content).filter(|media| !(has_other && is_plain(media)));
        if let Some(media) = json {
            return self.json(media, &hint, envelope);
        }
        // Bytes can be events too, if the caller asks for them.
        if of(Kind::Events).is_some() && of(Kind::Other).is_none() {
            return (self.events(response, parent), None);
        }
        if let Some(media) = of(Kind::Lines) {
            let ty = self.line_of(media).map_or(Ty::Any, |id| self.ty(id, &hint).0);
            return (Returned::Lines(ty), None);
        }
        let is_read =
            |media: &&MediaType| !matches!(Kind::of(&media.name), Kind::Events | Kind::Json);
        let Some(media) = response.content.iter().find(is_read) else {
            return (Returned::Nothing, None);
        };
        let name = media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let accept = Some(name.clone()).filter(|name| !name.contains('*') && !name.is_empty());
        if Kind::of(&name) == Kind::Text {
            let accept = accept.filter(|name| name != "text/plain");
            return (Returned::Text, accept);
        }
        let large = [
            "application/octet-stream",
            "application/zip",
            "application/gzip",
            "application/x-tar",
        ];
        if large.contains(&name.as_str())
            || name.starts_with("audio/")
            || name.starts_with("video/")
        {
            return (Returned::Stream, accept);
        }
        (Returned::Bytes, accept)
    }

    /// Returns the schema of a line. A schema of the whole body is that of each line, or a list of
    /// them, or a text that says nothing of the lines.
    fn line_of(&self, media: &MediaType) -> Option<SchemaId> {
        if media.item_schema.is_some() {
            return media.item_schema;
        }
        let (target, _) = shape::target(self.document, media.schema?);
        match shape::shape(self.document, target) {
            Shape::List(item) => item,
            Shape::Text => None,
            _ => media.schema,
        }
    }

    /// Returns the field that the data of an operation is in. An envelope of the whole API is only
    /// there if the description has its field.
    pub(crate) fn envelope(&self, one: &Selected<'_>) -> Option<String> {
        if let Some(own) = &one.steering.envelope {
            return Some(own.clone()).filter(|own| own != "none");
        }
        let field = self.steering.envelope.as_ref()?;
        let responses = successes(one.operation);
        let mut read =
            responses.iter().filter_map(|response| json_of(&response.content)).peekable();
        let any = read.peek().is_some();
        let all = read.all(|media| media.schema.is_some_and(|id| self.member(id, field).is_some()));
        (all || !any).then(|| field.clone())
    }

    fn member(&self, id: SchemaId, name: &str) -> Option<SchemaId> {
        let (target, _) = shape::target(self.document, id);
        let members = object(self.document, target).members;
        members.into_iter().find(|member| member.name == name).map(|member| member.schema)
    }

    fn json(
        &mut self,
        media: &MediaType,
        hint: &Hint,
        envelope: Option<&str>,
    ) -> (Returned, Option<String>) {
        let name = media.name.split(';').next().unwrap_or_default().trim();
        let ordinary = matches!(name, "application/json" | "*/*" | "text/json" | "application/*");
        let accept = (!ordinary).then(|| name.to_owned());
        let Some(schema) = media.schema else { return (Returned::Json(Ty::Any), accept) };
        // A description can have the envelope in its schemas, or leave it out.
        let inner = envelope.and_then(|field| self.member(schema, field));
        let schema = inner.unwrap_or(schema);
        let (target, _) = shape::target(self.document, schema);
        let real = self.document.schema(target);
        let binary = real.types == [Type::String] && real.format.as_deref() == Some("binary");
        if binary {
            return (Returned::Bytes, None);
        }
        match self.ty(schema, hint) {
            (ty, true) if ty != Ty::Any => (Returned::Maybe(ty), accept),
            (ty, _) => (Returned::Json(ty), accept),
        }
    }

    fn events(&mut self, response: &Response, parent: &str) -> Returned {
        let media = response.content.iter().find(|media| Kind::of(&media.name) == Kind::Events);
        let schema = media.and_then(|media| data_of_event(self.document, media));
        let Some(schema) = schema else { return Returned::Events(None) };
        match self.ty(schema, &Hint::new(parent, "Event")).0 {
            Ty::Text | Ty::Any => Returned::Events(None),
            ty => Returned::Events(Some(ty)),
        }
    }

    /// Returns the stream that an operation can answer by, beside its data.
    pub(crate) fn stream(&mut self, operation: &Operation, parent: &str) -> Option<Returned> {
        let of = |kind| {
            let media = move |media: &MediaType| Kind::of(&media.name) == kind;
            move |response: &&&Response| response.content.iter().any(media)
        };
        let responses = successes(operation);
        if let Some(response) = responses.iter().find(of(Kind::Events)) {
            return Some(self.events(response, parent));
        }
        let response = responses.iter().find(of(Kind::Lines))?;
        let media = response.content.iter().find(|media| Kind::of(&media.name) == Kind::Lines)?;
        // Lines without data beside them have the type of the response.
        let place = if json_of(&response.content).is_some() { "Line" } else { "Response" };
        let hint = Hint::new(parent, place);
        let line = self.line_of(media);
        Some(Returned::Lines(line.map_or(Ty::Any, |id| self.ty(id, &hint).0)))
    }

    /// Returns the end of a stream, if the settings or an extension name it. Events end at `[DONE]`
    /// without it.
    pub(crate) fn done(one: &Selected<'_>) -> Option<String> {
        let fern = one.operation.extensions.get("x-fern-streaming");
        let terminator = fern.and_then(|fern| fern.get("terminator")).and_then(Value::as_str);
        let end = one.steering.done.as_deref().or(terminator)?;
        Some(format!("done = {end:?}"))
    }

    /// Returns true if an operation answers by a list, alone or in an object.
    pub(crate) fn returns_list(&self, operation: &Operation) -> bool {
        let response = successes(operation).into_iter().next();
        let media = response.and_then(|response| json_of(&response.content));
        let Some(schema) = media.and_then(|media| media.schema) else { return false };
        let is_list = |id: SchemaId| {
            let (target, _) = shape::target(self.document, id);
            matches!(shape::shape(self.document, target), Shape::List(_))
        };
        let path = operation.path.trim_end_matches('/').rsplit('/').next().map(words);
        let is_all = |name: &str| LISTS.contains(&name) || path == Some(words(name));
        let members = || object(self.document, shape::target(self.document, schema).0).members;
        is_list(schema)
            || members().iter().any(|member| is_all(&member.name) && is_list(member.schema))
    }

    fn with_headers(&mut self, response: &Response, body: Returned, parent: &str) -> Returned {
        let headers = self.header_fields(response, parent);
        let name = self.unique_type(&format!("{parent}Page"));
        let def = self.define(name, String::new(), DefKind::Page(headers, body));
        Returned::Json(Ty::Named(def))
    }

    fn header_fields(&mut self, response: &Response, parent: &str) -> Vec<HeaderField> {
        let mut fields: Vec<HeaderField> = Vec::new();
        for header in &response.headers {
            let ty = match header.schema.map(|id| self.ty(id, &Hint::new(parent, &header.name)).0) {
                Some(ty @ (Ty::Number(_) | Ty::Bool | Ty::Timestamp | Ty::Date)) => ty,
                _ => Ty::Text,
            };
            let ident = unique(&field_name(without_x(&header.name)), |ident| {
                fields.iter().any(|one| one.ident == ident)
            });
            fields.push(HeaderField {
                name: header.name.clone(),
                ident,
                docs: self.line(header.description.as_deref().unwrap_or_default(), &[&header.name]),
                ty,
                required: header.required,
            });
        }
        fields
    }

    /// Returns the type of responses with several statuses.
    fn several(&mut self, responses: Vec<(&Response, Returned)>, parent: &str) -> Returned {
        let mut variants: Vec<ResponseVariant> = Vec::new();
        let mut has_other = false;
        for (response, body) in responses {
            let status = match response.status {
                Status::Code(code) => code.to_string(),
                Status::Range(_) | Status::Default if has_other => continue,
                Status::Range(_) | Status::Default => {
                    has_other = true;
                    "other".to_owned()
                }
            };
            let ident = unique(&status_name(response.status), |ident| {
                variants.iter().any(|variant| variant.ident == ident)
            });
            let docs = self.response_docs(response);
            variants.push(ResponseVariant { status, ident, docs, body, headers: Vec::new() });
        }
        let name = self.unique_type(&format!("{parent}Reply"));
        let def = self.define(name, String::new(), DefKind::Responses(variants));
        Returned::Json(Ty::Named(def))
    }

    /// Returns the docs of a status, unless they say no more than its name.
    fn response_docs(&self, response: &Response) -> String {
        let known = "successful success succeeded operation request response";
        let description = response.description.as_deref().unwrap_or_default();
        self.line(description, &[&status_name(response.status), known])
    }

    /// Returns the type of an operation that answers by a `Location`, which a response has to have or
    /// can have.
    fn located(&mut self, responses: &[(&Response, bool)], parent: &str) -> Returned {
        let mut variants: Vec<ResponseVariant> = Vec::new();
        for (response, required) in responses {
            let Status::Code(code) = response.status else { continue };
            let location = HeaderField {
                name: "Location".to_owned(),
                ident: "location".to_owned(),
                docs: String::new(),
                ty: Ty::Text,
                required: *required,
            };
            variants.push(ResponseVariant {
                status: code.to_string(),
                ident: status_name(response.status),
                docs: self.response_docs(response),
                body: Returned::Nothing,
                headers: vec![location],
            });
        }
        if variants.is_empty() {
            return Returned::Nothing;
        }
        let name = self.unique_type(&format!("{parent}Reply"));
        let def = self.define(name, String::new(), DefKind::Responses(variants));
        Returned::Json(Ty::Named(def))
    }
}

/// Returns the responses that are successes: those of 2xx, or else the default one.
fn successes(operation: &Operation) -> Vec<&Response> {
    let responses = operation.responses.iter();
    let found: Vec<&Response> =
        responses.clone().filter(|response| response.status.is_success()).collect();
    if !found.is_empty() || redirects(operation).next().is_some() {
        return found;
    }
    responses.filter(|response| response.status == Status::Default).collect()
}

fn is_location(header: &str) -> bool {
    header.eq_ignore_ascii_case("location")
}

fn redirects(operation: &Operation) -> impl Iterator<Item = &Response> {
    let has_success = operation.responses.iter().any(|response| response.status.is_success());
    let redirects = |response: &&Response| matches!(response.status, Status::Code(302 | 303));
    operation.responses.iter().filter(redirects).filter(move |_| !has_success)
}
