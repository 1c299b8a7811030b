//! Operations with their parameters, bodies and responses.

use super::files::Placed;
use super::{Reader, document, examples, extensions, forms};
use crate::model::{
    Encoding, Header, MediaType, Operation, Parameter, Place, RequestBody, Response,
    SecurityAlternative, Status,
};
use crate::notice::Notice;

/// Headers that decide how a message is sent (RFC 9110 and 9112), so that no argument sets them.
const OF_TRANSPORT: [&str; 4] = ["connection", "content-length", "host", "transfer-encoding"];

impl Reader {
    pub(super) fn operation(
        &mut self,
        root: &Placed,
        item: &Placed,
        path: &str,
        method: &str,
        operation: &Placed,
    ) -> Operation {
        self.check_forms(operation, forms::OF_OPERATION);
        let mut broken: Vec<Notice> = [item, operation]
            .into_iter()
            .flat_map(|holder| forms::wrong(holder, forms::OF_REQUEST))
            .collect();
        let parameters = self.parameters(item, operation, &mut broken);
        let request_body = self.request_body(operation, &mut broken);
        let mut responses = self.responses(operation);
        self.add_stream(operation, &mut responses);
        let servers = document::servers(operation);
        let mut extensions = extensions(operation);
        extensions.0.extend(super::extensions(item).0);
        Operation {
            at: operation.at.clone(),
            id: operation.text("operationId").filter(|id| !id.is_empty()),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            tags: texts(operation, "tags"),
            summary: operation.text("summary").or_else(|| item.text("summary")),
            description: operation.text("description").or_else(|| item.text("description")),
            deprecated: operation.flag("deprecated"),
            parameters,
            request_body,
            responses,
            security: security(operation).or_else(|| security(root)).unwrap_or_default(),
            servers: if servers.is_empty() { document::servers(item) } else { servers },
            extensions,
            broken,
        }
    }

    /// Returns the parameters of the path and the operation. The operation's replace those of the
    /// path with the same name and place.
    fn parameters(
        &mut self,
        item: &Placed,
        operation: &Placed,
        broken: &mut Vec<Notice>,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for holder in [item, operation] {
            let list = holder.child("parameters");
            for parameter in list.iter().flat_map(Placed::items) {
                match self.parameter(&parameter) {
                    Ok(Some(parameter)) => {
                        let same = |other: &Parameter| {
                            other.name == parameter.name && other.place == parameter.place
                        };
                        match parameters.iter_mut().find(|other| same(other)) {
                            Some(other) => *other = parameter,
                            None => parameters.push(parameter),
                        }
                    }
                    Ok(None) => {}
                    Err(notice) => broken.push(notice),
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, parameter: &Placed) -> Result<Option<Parameter>, Notice> {
        let placed = self.files.resolve(parameter)?;
        let name = placed.text("name").ok_or_else(|| placed.notice("a parameter has no `name`"))?;
        let place = match placed.text("in").as_deref() {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("querystring") => Place::QueryString,
            Some("header") => Place::Header,
            Some("cookie") => Place::Cookie,
            _ => return Err(placed.notice(format!("the parameter `{name}` has no known place"))),
        };
        // Fields of the protocol that the request has anyway (OpenAPI, "Parameter Object").
        let of_protocol = ["accept", "content-type", "authorization"];
        if place == Place::Header && of_protocol.contains(&name.to_ascii_lowercase().as_str()) {
            return Ok(None);
        }
        if place == Place::Header && OF_TRANSPORT.contains(&name.to_ascii_lowercase().as_str()) {
            self.warn(placed.notice(format!(
                "the transport sets the header `{name}`, so the parameter is left out"
            )));
            return Ok(None);
        }
        if place == Place::Header && !is_token(&name) {
            return Err(placed.notice(format!("`{name}` is not the name of a header")));
        }
        let is_form = matches!(place, Place::Query | Place::QueryString | Place::Cookie);
        let default = if is_form { "form" } else { "simple" };
        let style = placed.text("style").unwrap_or_else(|| default.to_owned());
        let explode = placed.node.get("explode").and_then(super::node::Node::as_bool);
        let content =
            placed.child("content").and_then(|content| content.members().into_iter().next());
        let schema = match &content {
            Some((_, media)) => media.child("schema"),
            None => placed.child("schema"),
        };
        let component = placed.at.pointer.strip_prefix("/components/parameters/");
        Ok(Some(Parameter {
            place,
            required: placed.flag("required") || place == Place::Path,
            description: placed.text("description"),
            deprecated: placed.flag("deprecated"),
            explode: explode.unwrap_or(style == "form"),
            style,
            allow_reserved: placed.flag("allowReserved"),
            schema: schema.map(|schema| self.schema_id(&schema)),
            content: content.map(|(name, _)| name),
            component: component.filter(|name| !name.contains('/')).map(str::to_owned),
            examples: examples(&placed),
            extensions: extensions(&placed),
            at: placed.at,
            name,
        }))
    }

    fn request_body(
        &mut self,
        operation: &Placed,
        broken: &mut Vec<Notice>,
    ) -> Option<RequestBody> {
        let body = operation.child("requestBody")?;
        let placed = match self.files.resolve(&body) {
            Ok(placed) => placed,
            Err(notice) => {
                broken.push(notice);
                return None;
            }
        };
        if !placed.node.is_object() {
            return None;
        }
        let mut content = self.content(&placed);
        let is_empty = placed.child("content").is_none_or(|all| all.node.members().is_empty());
        if content.is_empty() && !is_empty {
            broken.push(placed.notice("no media type of the request body can be read"));
            return None;
        }
        if content.is_empty() {
            let message = "the request body has no media type, so any is taken";
            self.warn(placed.notice(message));
            content.push(MediaType {
                at: placed.at.clone(),
                name: "*/*".to_owned(),
                schema: None,
                item_schema: None,
                encoding: Vec::new(),
                examples: Vec::new(),
            });
        }
        Some(RequestBody {
            required: placed.flag("required"),
            description: placed.text("description"),
            content,
            extensions: extensions(&placed),
            at: placed.at,
        })
    }

    fn content(&mut self, holder: &Placed) -> Vec<MediaType> {
        // Some descriptions share the whole map.
        self.check_forms(holder, forms::OF_CONTENT);
        let content = holder.child("content").and_then(|content| self.resolved(&content));
        let mut found = Vec::new();
        for (name, media) in content.iter().flat_map(Placed::members) {
            let Some(media) = self.resolved(&media) else { continue };
            let name = if is_media_type(&name) {
                name
            } else {
                self.warn(
                    media.notice(format!("`{name}` is not a media type, and is read as any")),
                );
                "*/*".to_owned()
            };
            let encoding = media.child("encoding");
            let encoding = encoding.iter().flat_map(Placed::members);
            let encoding = encoding.map(|(field, placed)| (field, encoding_of(&placed)));
            found.push(MediaType {
                name,
                schema: media.child("schema").map(|schema| self.schema_id(&schema)),
                item_schema: media.child("itemSchema").map(|schema| self.schema_id(&schema)),
                encoding: encoding.collect(),
                examples: examples(&media),
                at: media.at,
            });
        }
        found
    }

    fn responses(&mut self, operation: &Placed) -> Vec<Response> {
        let responses = operation.child("responses").and_then(|all| self.resolved(&all));
        let mut found = Vec::new();
        for (status, response) in responses.iter().flat_map(Placed::members) {
            if status.starts_with("x-") {
                continue;
            }
            let Some(status) = status_of(&status) else {
                self.warn(response.notice(format!("`{status}` is not a status")));
                continue;
            };
            let Some(response) = self.resolved(&response) else { continue };
            // These have no content, even if it is described (RFC 9110, sections 6.4.1 and 15.3.6).
            let is_bodiless = matches!(status, Status::Code(204 | 205 | 304));
            found.push(Response {
                status,
                description: response.text("description"),
                headers: self.headers(&response),
                content: if is_bodiless { Vec::new() } else { self.content(&response) },
                extensions: extensions(&response),
                at: response.at,
            });
        }
        found
    }

    fn headers(&mut self, response: &Placed) -> Vec<Header> {
        let headers = response.child("headers").and_then(|headers| self.resolved(&headers));
        let mut found = Vec::new();
        for (name, header) in headers.iter().flat_map(Placed::members) {
            let Some(header) = self.resolved(&header) else { continue };
            if !is_token(&name) {
                self.warn(header.notice(format!("`{name}` is not the name of a header")));
                continue;
            }
            found.push(Header {
                name,
                required: header.flag("required"),
                description: header.text("description"),
                schema: header.child("schema").map(|schema| self.schema_id(&schema)),
            });
        }
        found
    }
}

/// Returns true for a type and a subtype (RFC 9110, section 8.3.1). Parameters may follow.
fn is_media_type(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim();
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Returns true for a token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(is_allowed)
}

fn encoding_of(placed: &Placed) -> Encoding {
    let style = placed.text("style");
    let explode = placed.node.get("explode").and_then(super::node::Node::as_bool);
    let is_form = style.as_deref().is_none_or(|style| style == "form");
    Encoding {
        content_type: placed.text("contentType"),
        explode: explode.unwrap_or(is_form),
        style: style.unwrap_or_else(|| "form".to_owned()),
    }
}

fn status_of(text: &str) -> Option<Status> {
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    let (first, rest) = text.split_at_checked(1)?;
    if rest.eq_ignore_ascii_case("xx") {
        return first.parse().ok().filter(|first| (1..=5).contains(first)).map(Status::Range);
    }
    text.parse().ok().filter(|code| (100..=999).contains(code)).map(Status::Code)
}

fn texts(placed: &Placed, key: &str) -> Vec<String> {
    let list = placed.node.get(key);
    let items = list.into_iter().flat_map(super::node::Node::items);
    items.filter_map(super::node::Node::scalar_text).collect()
}

pub(super) fn security(holder: &Placed) -> Option<Vec<SecurityAlternative>> {
    let alternatives = holder.child("security")?;
    let scheme = |(name, scopes): (String, Placed)| {
        let scopes = scopes.node.items().iter().filter_map(super::node::Node::scalar_text);
        (name, scopes.collect())
    };
    let alternative = |one: Placed| one.members().into_iter().map(scheme).collect();
    Some(alternatives.items().into_iter().map(alternative).collect())
}
