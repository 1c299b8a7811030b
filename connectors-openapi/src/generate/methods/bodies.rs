//! The body of a method: one argument, or one for each field.

use super::super::Generator;
use super::super::plan::{Argument, ArgumentTy, Field, Spot, Ty, Wrapper};
use super::super::select::Selected;
use super::super::types::Hint;
use super::names::is_version;
use super::numbered::{self, Numbered};
use super::parameters::list_style;
use super::{Call, MAX_FIELDS, MAX_POSITIONAL, Reason, add_field, verbs};
use crate::docs::sentence;
use crate::model::media::{Kind, chosen};
use crate::model::members::object;
use crate::model::shape::{self, Shape};
use crate::model::{MediaType, Operation, RequestBody, Schema, SchemaId, Type};
use crate::notice::Notice;
use crate::words::{plural, words};

/// Words at the end of the names of bodies.
const OF_BODIES: [&str; 7] = ["body", "dto", "in", "input", "params", "payload", "request"];

/// Verbs that the names of bodies begin with.
const WRITING: [&str; 11] = [
    "add", "create", "edit", "modify", "new", "patch", "post", "put", "replace", "update", "upsert",
];

/// Maximum length of the name of a body. A longer one is `body`.
const MAX_NAME: usize = 20;

impl Generator<'_> {
    pub(super) fn body(
        &mut self,
        operation: &Operation,
        body: &RequestBody,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
    ) -> Result<(), Reason> {
        let Some(media) = chosen(&body.content) else { return Ok(()) };
        if operation.method == "HEAD" {
            let message = "a HEAD request has no body (RFC 9110, section 9.3.2), so it is left out";
            self.warn(Notice::new(body.at.clone(), message.to_owned()));
            return Ok(());
        }
        let marked = matches!(operation.method.as_str(), "GET" | "DELETE" | "OPTIONS" | "TRACE");
        let kind = self.kind(media);
        let form = matches!(kind, Kind::Form | Kind::Multipart);
        match kind {
            Kind::Form => call.options.push("form".to_owned()),
            Kind::Multipart => call.options.push("multipart".to_owned()),
            _ => {}
        }
        let is_typed = !matches!(kind, Kind::Other | Kind::Events | Kind::Lines);
        let Some(schema) = media.schema.or(media.item_schema).filter(|_| is_typed) else {
            self.whole(body, media, call, one, kind);
            return Ok(());
        };
        let (target, _) = shape::target(self.document, schema);
        let expands = self.expands(target, kind, call, !media.encoding.is_empty())
            || (kind == Kind::Multipart && self.has_members(target));
        let is_json_name = media.name.split(';').next().map(str::trim) == Some("application/json")
            || media.name.contains('*');
        // A number or an object in such a media type is a text that the caller writes.
        if kind == Kind::Text {
            let spot = Spot::Body { content_type: Some(media.name.clone()) };
            self.body_argument(spot, Ty::Text, body, call, one, "body");
            return Ok(());
        }
        if expands && (form || is_json_name) && (body.required || form || self.all_optional(target))
        {
            self.expand(target, media, call, one, parent, marked);
            // A constant is sent with each request.
            let is_fixed = call.options.iter().any(|option| option.starts_with("fields("));
            if !body.required && !form && !is_fixed {
                call.options.push("empty_body = none".to_owned());
            }
            return Ok(());
        }
        if form && kind == Kind::Multipart && !self.has_members(target) {
            if matches!(shape::shape(self.document, target), Shape::List(_)) {
                return Err("the parts of the multipart form have no names".to_owned());
            }
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
        // `chat(chat)` says nothing.
        let named = self.body_name(&ty).filter(|name| *name != call.method);
        let named = named.unwrap_or_else(|| "body".to_owned());
        let ty = if form && !matches!(ty, Ty::Named(_) | Ty::Map(_) | Ty::Object | Ty::Custom(_)) {
            Ty::Object
        } else {
            ty
        };
        self.body_argument(spot, ty, body, call, one, &named);
        Ok(())
    }

    /// Returns the kind of a body. The caller names the media type of a body of any type that is
    /// not described as JSON.
    fn kind(&self, media: &MediaType) -> Kind {
        let is_bytes = |id| {
            let schema = self.document.schema(shape::target(self.document, id).0);
            let is_binary =
                schema.types == [Type::String] && schema.format.as_deref() == Some("binary");
            is_binary || !shape::says_something(schema)
        };
        let kind = Kind::of(&media.name);
        let is_open = match kind {
            Kind::Json => media.schema.or(media.item_schema).is_none_or(is_bytes),
            kind => kind == Kind::Text,
        };
        if is_open && media.name.contains('*') { Kind::Other } else { kind }
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
            docs: self.line(body.description.as_deref().unwrap_or_default(), &[]),
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
            // `Body` sets the content type with its boundary.
            _ if name.contains('*') || name.starts_with("multipart/") => {
                (ArgumentTy::Owned("Body"), None)
            }
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
            docs: self.line(body.description.as_deref().unwrap_or_default(), &[]),
            spot,
            ty,
            wrapper: if body.required { Wrapper::Required } else { Wrapper::Optional },
        });
    }

    fn body_name(&self, ty: &Ty) -> Option<String> {
        let of_one = |ty: &Ty| match ty {
            Ty::Named(def) => thing(&self.defs[*def].name),
            _ => None,
        };
        match ty {
            Ty::List(item) => of_one(item).map(|name| plural(&name)),
            ty => of_one(ty),
        }
    }

    pub(super) fn has_members(&self, target: SchemaId) -> bool {
        !object(self.document, target).members.is_empty()
    }

    fn all_optional(&self, target: SchemaId) -> bool {
        object(self.document, target).members.iter().all(|member| !member.required)
    }

    /// Returns true if the fields of a body become arguments: if no other place has the type, or the
    /// fields of a form have encodings, and there are not too many.
    fn expands(&self, target: SchemaId, kind: Kind, call: &Call, is_encoded: bool) -> bool {
        let schema = self.document.schema(target);
        if !matches!(shape::shape(self.document, target), Shape::Struct) {
            return false;
        }
        let members = object(self.document, target);
        if members.more.is_some() {
            return false;
        }
        let required = members.members.iter().filter(|member| member.required).count();
        let positional =
            call.arguments.iter().filter(|one| one.wrapper == Wrapper::Required).count();
        let is_form = matches!(kind, Kind::Form | Kind::Multipart) && is_encoded;
        let alone = schema.name.is_none() || is_form || self.uses(target) <= 1;
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
        media: &MediaType,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
        marked: bool,
    ) {
        let kind = self.kind(media);
        let (fields, _) = self.fields(target, parent);
        // A body whose fields are all read-only would say nothing.
        let all_read_only = fields.iter().all(|field| field.read_only);
        let is_sent = |field: &Field| all_read_only || !field.read_only;
        let mut fields: Vec<Field> = fields.into_iter().filter(is_sent).collect();
        let is_plain = matches!(kind, Kind::Json | Kind::Form) && media.encoding.is_empty();
        let numbered = if is_plain { numbered::take(&mut fields) } else { None };
        if let Some(Numbered { name, docs }) = numbered {
            call.arguments.push(Argument {
                name: String::new(),
                ident: call.ident(&name, one, "body"),
                docs,
                spot: Spot::Fields,
                ty: ArgumentTy::Of(Ty::Map(Box::new(Ty::Text))),
                wrapper: Wrapper::Optional,
            });
        }
        if kind == Kind::Multipart && object(self.document, target).more.is_some() {
            call.arguments.push(Argument {
                name: String::new(),
                ident: call.ident("more", one, "body"),
                docs: String::new(),
                spot: Spot::Fields,
                ty: ArgumentTy::Of(Ty::Map(Box::new(Ty::Text))),
                wrapper: Wrapper::Optional,
            });
        }
        for field in fields {
            if let Some(fixed) = constant(&field) {
                add_field(&mut call.options, &field.name, &fixed);
                continue;
            }
            let (ty, docs) = self.encoded(&field, target, kind, media);
            let ty = match ty {
                // A form has no null.
                ArgumentTy::Of(Ty::List(item)) if kind != Kind::Json => match *item {
                    Ty::OrNull(item) => ArgumentTy::Of(Ty::List(item)),
                    item => ArgumentTy::Of(Ty::List(Box::new(item))),
                },
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
                docs,
                spot: Spot::Field { marked },
                ty,
                wrapper,
            });
        }
    }

    /// Returns the type of a field by its encoding, and its docs.
    fn encoded(
        &mut self,
        field: &Field,
        target: SchemaId,
        kind: Kind,
        media: &MediaType,
    ) -> (ArgumentTy, String) {
        let own = ArgumentTy::Of(field.ty.clone());
        let encoding = media.encoding_of(&field.name);
        let content_type = encoding.and_then(|one| one.content_type.as_deref());
        let content_type = content_type.map(|kind| kind.split(';').next().unwrap_or(kind).trim());
        match kind {
            Kind::Multipart => {
                let is_styled = encoding.is_some_and(|one| one.style != "form" || !one.explode);
                if is_styled && !self.document.openapi.starts_with("3.0") {
                    let message = format!(
                        "the style of `{}` in a multipart form is not read: a list is a part per \
                         item, and an object is JSON",
                        field.name
                    );
                    self.warn(Notice::new(media.at.clone(), message));
                }
                let ty = self.part(field, target);
                let usual = self.part_type(&field.ty);
                match content_type.filter(|kind| !kind.eq_ignore_ascii_case(usual)) {
                    Some(kind) => {
                        let docs = format!("{} Its media type is `{kind}`.", field.docs);
                        let is_list = matches!(field.ty, Ty::List(_));
                        let part = ArgumentTy::Owned(if is_list { "Parts" } else { "Part" });
                        let ty = if matches!(ty, ArgumentTy::Owned(_)) { ty } else { part };
                        (ty, sentence(docs.trim()))
                    }
                    None => (ty, field.docs.clone()),
                }
            }
            Kind::Form if content_type.is_some_and(|kind| Kind::of(kind) == Kind::Json) => {
                let docs = format!("{} It is written as JSON.", field.docs);
                (ArgumentTy::Of(Ty::Text), sentence(docs.trim()))
            }
            Kind::Form => match encoding.and_then(|one| list_style(&one.style, one.explode)) {
                Some(style) if matches!(field.ty, Ty::List(_)) => {
                    (ArgumentTy::Listed(style, field.ty.clone()), field.docs.clone())
                }
                _ => (own, field.docs.clone()),
            },
            _ => (own, field.docs.clone()),
        }
    }

    /// Returns the media type that a part has by its type.
    fn part_type(&self, ty: &Ty) -> &'static str {
        match ty {
            Ty::List(item) => self.part_type(item),
            Ty::Object | Ty::Map(_) | Ty::Any => "application/json",
            Ty::Named(def) if !self.defs[*def].is_scalar() => "application/json",
            _ => "text/plain",
        }
    }

    /// Returns the type of a part of a form: files are parts of their own. A part without a type
    /// can be one (OpenAPI 3.1.1 section 4.8.15.1.1).
    fn part(&self, field: &Field, target: SchemaId) -> ArgumentTy {
        let members = object(self.document, target).members;
        let Some(member) = members.iter().find(|member| member.name == field.name) else {
            return ArgumentTy::Of(field.ty.clone());
        };
        let (id, _) = shape::target(self.document, member.schema);
        let schema = self.document.schema(id);
        let variants = shape::variants(self.document, id).unwrap_or_default();
        if self.is_file(id) || variants.iter().any(|id| self.is_file(*id)) {
            return ArgumentTy::Owned("Part");
        }
        let items_are_files =
            |id: SchemaId| self.document.schema(id).items.is_some_and(|id| self.is_file(id));
        if items_are_files(id) || variants.iter().any(|id| items_are_files(*id)) {
            return ArgumentTy::Owned("Parts");
        }
        match &field.ty {
            Ty::Any if is_untyped(schema) => ArgumentTy::Owned("Part"),
            Ty::List(item) if **item == Ty::Any && self.has_untyped_items(schema) => {
                ArgumentTy::Owned("Parts")
            }
            ty => ArgumentTy::Of(ty.clone()),
        }
    }

    fn is_file(&self, id: SchemaId) -> bool {
        let schema = self.document.schema(shape::target(self.document, id).0);
        matches!(schema.format.as_deref(), Some("binary" | "file" | "bytes"))
            && schema.types == [Type::String]
    }

    fn has_untyped_items(&self, schema: &Schema) -> bool {
        schema
            .items
            .is_none_or(|id| is_untyped(self.document.schema(shape::target(self.document, id).0)))
    }
}

/// Returns true if a schema says nothing of its values.
fn is_untyped(schema: &Schema) -> bool {
    let lists = [&schema.all_of, &schema.one_of, &schema.any_of];
    schema.types.is_empty() && schema.values.is_empty() && lists.iter().all(|list| list.is_empty())
}

/// Returns the only value of a field that each request has, as it is written in Rust.
fn constant(field: &Field) -> Option<String> {
    let is_sent = field.required || field.is_default;
    let fixed = field.fixed.as_ref().filter(|_| is_sent && !field.nullable)?;
    Some(fixed.as_str().map_or_else(|| fixed.to_string(), |text| format!("{text:?}")))
}

/// Returns what the type of a body is about: `token` for `CreateTokenIn`. A long name is none, and
/// so is a verb, as in `SearchRequest`.
fn thing(name: &str) -> Option<String> {
    let mut words = words(name);
    words.retain(|word| !is_version(word));
    let mut rest = words.as_slice();
    while let [before @ .., last] = rest
        && OF_BODIES.contains(&last.as_str())
    {
        rest = before;
    }
    if let [first, others @ ..] = rest
        && WRITING.contains(&first.as_str())
    {
        rest = others;
    }
    let is_call = rest.len() < words.len() && rest.first().is_some_and(|word| verbs::is_verb(word));
    let name = rest.join("_");
    (!is_call && !name.is_empty() && name.len() <= MAX_NAME).then_some(name)
}
