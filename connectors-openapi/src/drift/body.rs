//! Compares the body of a request.

use connectors_client::{ListStyle, ParameterPlace, Presence};

use crate::model::media::Kind;
use crate::model::{MediaType, Operation, RequestBody, SchemaId, Type};
use crate::notice::Location;

use super::comparison::{Comparison, Direction, Spot};
use super::declared::{Argument, Declared};
use super::difference::DifferenceKind;
use super::fields::hint;
use super::parameters::{described_style, unlike};
use super::shape::Shape;
use super::view::View;

/// Places of arguments in the body.
const IN_BODY: [ParameterPlace; 3] =
    [ParameterPlace::Field, ParameterPlace::Fields, ParameterPlace::Body];

impl<'a> Comparison<'a> {
    pub(super) fn compare_request_body(&mut self, declared: &Declared, operation: &'a Operation) {
        let argument = declared.at(&IN_BODY).next();
        let spot = Spot::endpoint(declared);
        match (argument, &operation.request_body) {
            (None, None) => {}
            // A HEAD request has none (RFC 9110, section 9.3.2).
            (None, Some(_)) if operation.method == "HEAD" => {}
            (None, Some(body)) if body.required => {
                let message = "the description requires a body, and none is declared";
                self.report(DifferenceKind::Need, &spot, &body.at, message);
            }
            (None, Some(body)) => {
                let message = "the body of the description is not declared";
                self.report_addition(DifferenceKind::MediaType, &spot, &body.at, message);
            }
            (Some(argument), None) => self.report_no_body(declared, argument, operation),
            (Some(argument), Some(body)) => self.compare_content(declared, argument, body),
        }
    }

    fn report_no_body(
        &mut self,
        declared: &Declared,
        argument: &Argument,
        operation: &'a Operation,
    ) {
        let spot = Spot::argument(declared, argument);
        let name = &argument.name;
        let parameter = operation.parameters.iter().find(|parameter| parameter.name == *name);
        match parameter {
            Some(parameter) => {
                let message = format!(
                    "`{name}` is a field of the body here and a {} parameter in the description",
                    parameter.place.name()
                );
                self.report(DifferenceKind::Parameter, &spot, &parameter.at, message);
            }
            None => self.report(
                DifferenceKind::MediaType,
                &spot,
                &operation.at,
                "the description has no body for this request",
            ),
        }
    }

    fn compare_content(&mut self, declared: &Declared, argument: &Argument, body: &'a RequestBody) {
        let is_left_out =
            argument.place == ParameterPlace::Body && argument.presence == Presence::Optional;
        if body.required && is_left_out {
            let message = "the description requires the body, and the argument is optional";
            let spot = Spot::argument(declared, argument);
            self.report(DifferenceKind::Need, &spot, &body.at, message);
        }
        let own = declared.content_type.clone().or_else(|| self.media_type_of(argument));
        // The type of a plain body decides, and is not known.
        let Some(own) = own else { return };
        let Some(content) = body.content.iter().find(|content| is_same(&own, &content.name)) else {
            let names: Vec<_> =
                body.content.iter().map(|content| format!("`{}`", content.name)).collect();
            let described =
                if names.is_empty() { "no media type".to_owned() } else { names.join(" and ") };
            let message =
                format!("the body is sent as `{own}`, and the description has {described}");
            let spot = Spot::endpoint(declared);
            return self.report(DifferenceKind::MediaType, &spot, &body.at, message);
        };
        if argument.place == ParameterPlace::Body {
            // The caller writes the text or bytes of a media type other than JSON.
            if is_json(&own) {
                self.compare_whole(declared, argument, content);
            }
            return;
        }
        if let Some(schema) = content.schema {
            let direction = if own == "application/json" || own.ends_with("+json") {
                Direction::Sent
            } else {
                Direction::SentAsText
            };
            self.compare_body_fields(declared, content, schema, direction);
        }
    }

    /// Returns the media type of a body by its type: JSON if serde writes it.
    fn media_type_of(&self, argument: &Argument) -> Option<String> {
        let shape = self.types.resolved(argument.shape.as_ref()?.inner());
        matches!(shape, Shape::Json | Shape::Named(..)).then(|| "application/json".to_owned())
    }

    /// Compares a `#[body]` of JSON.
    fn compare_whole(&mut self, declared: &Declared, argument: &Argument, content: &'a MediaType) {
        let spot = Spot::argument(declared, argument);
        if let (Some(shape), Some(schema)) = (&argument.shape, content.schema) {
            self.compare_type(shape, schema, Direction::Sent, &spot);
        }
    }

    /// Compares the fields of JSON, of a form or of a multipart form.
    fn compare_body_fields(
        &mut self,
        declared: &Declared,
        content: &'a MediaType,
        schema: SchemaId,
        direction: Direction,
    ) {
        let mut view = View::of(self.document, schema);
        if !view.has_members() {
            return;
        }
        // A body whose fields are all read-only would say nothing.
        if view.members.iter().all(|member| member.read_only) {
            view.members.iter_mut().for_each(|member| member.read_only = false);
        }
        let (mut fields, takes_others) = self.body_fields(declared);
        for field in &mut fields {
            self.compare_encoding(field, content, &view);
        }
        for field in &fields {
            self.compare_body_field(field, &fields, &view, direction);
        }
        if takes_others {
            return;
        }
        let spot = Spot::endpoint(declared);
        for member in view.members.iter().filter(|member| !member.read_only) {
            if fields.iter().any(|field| field.name == member.name) {
                continue;
            }
            let name = &member.name;
            if member.required {
                let message =
                    format!("the description requires the field `{name}`, which is not declared");
                self.report(DifferenceKind::Need, &spot, member.at, message);
            } else {
                let message = format!("the field `{name}` of the description is not declared");
                self.report_addition(DifferenceKind::Field, &spot, member.at, message);
            }
        }
        for name in
            view.required.iter().filter(|name| !fields.iter().any(|field| field.name == **name))
        {
            let message = format!("the description requires `{name}`, and describes no such field");
            self.report_addition(DifferenceKind::Need, &spot, view.at, message);
        }
    }

    fn compare_body_field(
        &mut self,
        field: &BodyField,
        fields: &[BodyField],
        view: &View<'a>,
        direction: Direction,
    ) {
        let Some(member) = view.member(&field.name) else {
            if view.allows_others {
                return;
            }
            let is_free = |name: &&str| !fields.iter().any(|other| other.name == **name);
            let members = view.members.iter().filter(|member| !member.read_only);
            let hint =
                hint(&field.name, members.map(|member| member.name.as_str()).filter(is_free));
            let message = format!("the description has no field `{}`{hint}", field.name);
            return self.report(DifferenceKind::Field, &field.spot, view.at, message);
        };
        if member.read_only {
            let message =
                format!("`{}` is read-only in the description, and the field is sent", field.name);
            return self.report(DifferenceKind::Field, &field.spot, member.at, message);
        }
        let value = View::of(self.document, member.schema);
        let nullable = value.nullable;
        // There is no other form for a field that is always sent, perhaps as null. A form has no
        // null, so that a field which can be null is left out.
        let is_left_out = match field.presence {
            Presence::Nullable => !nullable,
            Presence::Optional => !(nullable && direction == Direction::SentAsText),
            _ => false,
        };
        if member.required && is_left_out {
            let message = format!(
                "the description requires the field `{}`, and it is optional here",
                field.name
            );
            self.report(DifferenceKind::Need, &field.spot, member.at, message);
        }
        let is_reported = member.required && is_left_out;
        if field.can_be_null && !value.allows_null() && !is_reported {
            self.report_null(&field.spot, member.at, &format!("`{}`", field.name));
        }
        if let Some(shape) = &field.shape {
            self.compare_type(shape, member.schema, direction, &field.spot);
        }
        if let Some(value) = &field.fixed {
            self.compare_fixed(value, &field.name, member.schema, &field.spot, member.at);
        }
    }

    /// Compares the style of a list in a form. The caller writes a text that is JSON.
    fn compare_encoding(&mut self, field: &mut BodyField, content: &'a MediaType, view: &View<'a>) {
        let encoding = content.encoding_of(&field.name);
        let content_type = encoding.and_then(|own| own.content_type.as_deref());
        if content_type.is_some_and(is_json) && field.shape == Some(Shape::Text) {
            field.shape = None;
        }
        let Some(member) = view.member(&field.name) else { return };
        let is_list = View::of(self.document, member.schema).is(Type::Array);
        let (style, explode) = encoding.map_or(("form", true), |own| (&own.style, own.explode));
        if let Some(own) = field.list.filter(|_| is_list)
            && let Some(described) = described_style(style, explode)
            && own != described
        {
            let message = unlike(own, described);
            self.report(DifferenceKind::Style, &field.spot, member.at, message);
        }
    }

    /// Returns the fields of a body, with the fields of structs in the place of the structs. Returns
    /// true if there are others, whose names are not known.
    fn body_fields(&self, declared: &Declared) -> (Vec<BodyField>, bool) {
        let (mut fields, mut takes_others) = (Vec::new(), false);
        for argument in declared.at(&[ParameterPlace::Field]) {
            fields.push(BodyField {
                spot: Spot::argument(declared, argument),
                name: argument.name.clone(),
                presence: argument.presence,
                can_be_null: argument.presence == Presence::Nullable,
                shape: argument.shape.clone(),
                fixed: argument.fixed.clone(),
                list: argument.list,
            });
        }
        for argument in declared.at(&[ParameterPlace::Fields]) {
            let of_struct = argument.shape.as_ref().and_then(|shape| self.fields_of(shape));
            takes_others |= of_struct.is_none();
            fields.extend(of_struct.unwrap_or_default().into_iter().map(|field| {
                let is_optional = matches!(field.shape, Shape::Optional(_));
                BodyField {
                    spot: Spot::of_type(&field.owner, &field.own_name, &field.place),
                    name: field.sent.clone(),
                    presence: if is_optional { Presence::Optional } else { Presence::Required },
                    can_be_null: field.can_be_null,
                    shape: Some(field.shape),
                    fixed: None,
                    list: None,
                }
            }));
        }
        (fields, takes_others)
    }

    /// Returns the place of a field in the body of an operation.
    pub(super) fn body_field(&self, operation: &'a Operation, name: &str) -> Option<Location> {
        let content = &operation.request_body.as_ref()?.content;
        let mut schemas = content.iter().filter_map(|content| content.schema);
        schemas
            .find_map(|id| View::of(self.document, id).member(name).map(|member| member.at.clone()))
    }
}

/// A field of the body.
struct BodyField {
    spot: Spot,
    name: String,
    presence: Presence,
    /// True if the caller can set it to null.
    can_be_null: bool,
    shape: Option<Shape>,
    /// The value that each request sends, if there is one and it is known.
    fixed: Option<String>,
    list: Option<ListStyle>,
}

/// Returns a media type without its parameters, in lowercase.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// Returns true if a media type is in a range of a description: `application/json`, `image/*`.
pub(super) fn is_same(own: &str, described: &str) -> bool {
    let (own, described) = (essence(own), essence(described));
    let in_range = described.strip_suffix('*').is_some_and(|start| own.starts_with(start));
    own == described || described == "*/*" || in_range
}

/// Returns true if a media type is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    Kind::of(media_type) == Kind::Json
}
