//! Compares the responses: statuses, media types and types.

use crate::model::media::{Kind, data_of_event};
use crate::model::{MediaType, Operation, Response, SchemaId, Status};
use crate::notice::Location;

use super::body::{is_json, is_same};
use super::comparison::{Comparison, Direction, Spot};
use super::declared::{Declared, Errors};
use super::difference::DifferenceKind;
use super::shape::{ResponseHeader, ResponseVariant, Shape, TypeDef, TypeKind};
use super::view::View;

impl<'a> Comparison<'a> {
    pub(super) fn compare_responses(&mut self, declared: &Declared, operation: &'a Operation) {
        self.streams = operation.extensions.get("x-fern-streaming").is_some();
        let output = declared.output.as_ref().map(|output| self.types.resolved(output));
        if let Some(Shape::Named(name, arguments)) = &output
            && let Some(TypeDef { name, kind: TypeKind::Responses(variants), .. }) =
                self.types.get(name, arguments)
        {
            self.compare_variants(declared, &name, &variants, operation);
        } else if let Some(output) = declared.output.as_ref() {
            for response in answers(declared, operation) {
                self.compare_response(declared, output, response);
            }
        }
        if declared.output.is_none()
            && let Some(accept) = &declared.accept
        {
            for response in answers(declared, operation) {
                self.compare_media_type(declared, Some(accept), response);
            }
        }
        self.compare_none(declared, operation);
        self.compare_errors(declared, operation);
    }

    /// Compares the return type with the response of one status.
    fn compare_response(&mut self, declared: &Declared, output: &Shape, response: &'a Response) {
        let resolved = self.types.resolved(output);
        if matches!(resolved, Shape::Unit) {
            return;
        }
        if response.content.is_empty() {
            let is_empty_by_status = matches!(response.status, Status::Code(204 | 205));
            let needs_body = match resolved {
                Shape::Unknown | Shape::Json | Shape::Optional(_) => false,
                // An empty body is an empty text, and an empty map.
                Shape::Raw | Shape::Map(_) => is_empty_by_status,
                _ => true,
            };
            if needs_body {
                let message = format!(
                    "the description has no body for {}, and the return type reads one",
                    shown(response.status)
                );
                self.report(
                    DifferenceKind::MediaType,
                    &Spot::endpoint(declared),
                    &response.at,
                    message,
                );
            }
            return;
        }
        let Some(content) = self.content_for(declared, resolved.inner(), response) else { return };
        let schema = match resolved.inner() {
            Shape::Stream("text/event-stream", _) => data_of_event(self.document, content),
            Shape::Stream(..) => content.item_schema.or(content.schema),
            _ => content.schema,
        };
        let Some(schema) = schema else { return };
        // A text that is not JSON has no types inside.
        if !matches!(resolved.inner(), Shape::Stream(..)) && !is_json(&content.name) {
            return;
        }
        let Some(schema) = self.in_envelope(declared, schema) else { return };
        self.compare_type(output, schema, Direction::Received, &Spot::endpoint(declared));
    }

    /// Returns the media type of a response that a type reads, and reports that there is none.
    fn content_for(
        &mut self,
        declared: &Declared,
        output: &Shape,
        response: &'a Response,
    ) -> Option<&'a MediaType> {
        let accept = declared.accept.as_deref();
        let own = match output {
            Shape::Stream(media_type, _) => Some(*media_type),
            Shape::Raw | Shape::Unknown => accept,
            _ => accept.or(Some("application/json")),
        };
        self.compare_media_type(declared, own, response)
    }

    fn compare_media_type(
        &mut self,
        declared: &Declared,
        own: Option<&str>,
        response: &'a Response,
    ) -> Option<&'a MediaType> {
        let Some(own) = own else { return response.content.first() };
        let found = response.content.iter().find(|content| fits(own, content));
        // An extension describes the stream that the same operation returns.
        let is_stream = matches!(Kind::of(own), Kind::Events | Kind::Lines);
        if found.is_none() && self.streams && is_stream {
            return None;
        }
        if found.is_none() && !response.content.is_empty() {
            let names: Vec<_> =
                response.content.iter().map(|content| format!("`{}`", content.name)).collect();
            let message = format!(
                "the return type reads `{own}`, and the description has {} for {}",
                names.join(" and "),
                shown(response.status)
            );
            self.report(
                DifferenceKind::MediaType,
                &Spot::endpoint(declared),
                &response.at,
                message,
            );
        }
        // The lines of a response that is described as JSON have its type.
        let of_lines = || response.content.iter().find(|content| is_json(&content.name));
        found.or_else(|| of_lines().filter(|_| Kind::of(own) == Kind::Lines))
    }

    /// Returns the schema of the data in an envelope, and reports that there is none.
    fn in_envelope(&mut self, declared: &Declared, schema: SchemaId) -> Option<SchemaId> {
        let Some(envelope) = &declared.envelope else { return Some(schema) };
        let view = View::of(self.document, schema);
        let member = view.member(envelope).map(|member| member.schema);
        if member.is_none() && view.has_members() {
            let message = format!("the description has no field `{envelope}`, the envelope");
            self.report(DifferenceKind::Field, &Spot::endpoint(declared), view.at, message);
        }
        member
    }

    /// Compares the variants of a type that derives `FromResponse`.
    fn compare_variants(
        &mut self,
        declared: &Declared,
        name: &str,
        variants: &[ResponseVariant],
        operation: &'a Operation,
    ) {
        let spot = |variant: &ResponseVariant| Spot::of_type(name, "", &variant.place);
        for response in &operation.responses {
            let Some(variant) = variant_for(variants, response.status) else {
                if response.status.is_success() {
                    let message =
                        format!("no variant reads {} of the description", shown(response.status));
                    let at = response_at(operation, response);
                    self.report(DifferenceKind::Status, &Spot::endpoint(declared), &at, message);
                }
                continue;
            };
            self.compare_headers(&spot(variant), variant, response);
            if let Some(body) = &variant.body {
                self.compare_response(declared, body, response);
            }
        }
        for variant in variants {
            for (first, last) in variant.statuses.iter().flatten() {
                if !has_status(operation, *first, *last) {
                    let message = format!("the description has no response {first}");
                    self.report(
                        DifferenceKind::Status,
                        &spot(variant),
                        &responses_at(operation),
                        message,
                    );
                }
            }
        }
    }

    fn compare_headers(&mut self, spot: &Spot, variant: &ResponseVariant, response: &'a Response) {
        // A response that describes no header says nothing about them.
        if response.headers.is_empty() {
            return;
        }
        for ResponseHeader { name, shape, place } in &variant.headers {
            let spot =
                Spot { place: Some(place.clone()), item: Some(name.clone()), ..spot.clone() };
            let header =
                response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            let Some(header) = header else {
                let message =
                    format!("the description has no header `{name}` in {}", shown(response.status));
                self.report(DifferenceKind::Field, &spot, &response.at, message);
                continue;
            };
            if !header.required && !matches!(shape, Shape::Optional(_)) {
                let message = format!(
                    "the header `{name}` is optional in the description, and the field is required"
                );
                self.report_addition(DifferenceKind::Need, &spot, &response.at, message);
            }
            // A header of any type is a text too, and none is null.
            let inner = self.types.resolved(shape.inner());
            let is_typed = matches!(
                inner,
                Shape::Bool | Shape::Integer(_) | Shape::Float | Shape::Formatted(_)
            );
            if let Some(schema) = header.schema.filter(|_| is_typed) {
                let shape = Shape::Optional(Box::new(inner));
                self.compare_type(&shape, schema, Direction::Received, &spot);
            }
        }
    }

    /// Compares `none_on`.
    fn compare_none(&mut self, declared: &Declared, operation: &'a Operation) {
        let Some(status) = declared.none_on else { return };
        let is_code = |response: &Response| matches!(response.status, Status::Code(400..=499));
        // A description that has no such status at all leaves them out.
        if operation.responses.iter().any(is_code) && !has_status(operation, status, status) {
            let message =
                format!("the description has no response {status}, which `none_on` names");
            self.report(
                DifferenceKind::Status,
                &Spot::endpoint(declared),
                &responses_at(operation),
                message,
            );
        }
    }

    /// Compares the error class with the error responses.
    fn compare_errors(&mut self, declared: &Declared, operation: &'a Operation) {
        for response in &operation.responses {
            let Status::Code(status @ 400..) = response.status else { continue };
            if declared.none_on == Some(status) {
                continue;
            }
            if declared.errors.names(status) {
                self.compare_error_body(&declared.errors, status, response);
                continue;
            }
            let class = match &declared.errors {
                Errors::Named(names) => names.name.clone(),
                _ => format!("the error class of `{}`", declared.api),
            };
            // Endpoints share a class, and one line for each status is enough.
            let key = (class.clone(), status);
            if !self.statuses.contains(&key) {
                self.statuses.push(key);
                let message = format!(
                    "the error status {status} of the description has no variant in {class}"
                );
                let at = response_at(operation, response);
                self.report(DifferenceKind::Status, &Spot::endpoint(declared), &at, message);
            }
        }
    }

    fn compare_error_body(&mut self, errors: &Errors, status: u16, response: &'a Response) {
        let Errors::Named(names) = errors else { return };
        let Some(variant) = names.variant(status) else { return };
        let content = response.content.iter().find(|content| is_json(&content.name));
        if let (Some(body), Some(schema)) =
            (&variant.body, content.and_then(|content| content.schema))
        {
            let spot = Spot::of_type(&names.name, &status.to_string(), &variant.place);
            // An error whose body is null has none.
            let body = Shape::Optional(Box::new(body.clone()));
            let at = &self.document.resolved(schema).at;
            self.compare_error((names.name.clone(), status), at, |comparison| {
                comparison.compare_type(&body, schema, Direction::Received, &spot);
            });
        }
    }
}

/// Returns the responses of successes. `default` stands for them if there are no others.
fn successes(operation: &Operation) -> impl Iterator<Item = &Response> {
    let has_success = operation.responses.iter().any(|response| response.status.is_success());
    operation.responses.iter().filter(move |response| {
        response.status.is_success() || !has_success && response.status == Status::Default
    })
}

/// Returns the responses of successes to what an endpoint accepts. If it names media types, and one
/// response has such a one, a server chooses that response before those that have not.
fn answers<'a>(declared: &Declared, operation: &'a Operation) -> Vec<&'a Response> {
    let all: Vec<&Response> = successes(operation).collect();
    let Some(accept) = &declared.accept else { return all };
    let has_it = |response: &Response| response.content.iter().any(|content| fits(accept, content));
    if !all.iter().any(|response| has_it(response)) {
        return all;
    }
    all.into_iter().filter(|response| response.content.is_empty() || has_it(response)).collect()
}

/// Returns true if a media type of a description is one of those that an endpoint reads.
fn fits(own: &str, content: &MediaType) -> bool {
    match own {
        "application/json" => is_json(&content.name) || is_same(own, &content.name),
        "application/x-ndjson" => {
            Kind::of(&content.name) == Kind::Lines || is_same(own, &content.name)
        }
        _ => own.split(',').any(|own| is_same(own, &content.name)),
    }
}

fn variant_for(variants: &[ResponseVariant], status: Status) -> Option<&ResponseVariant> {
    let (from, to) = match status {
        Status::Code(code) => (code, code),
        Status::Range(digit) => (digit * 100, digit * 100 + 99),
        Status::Default => return None,
    };
    let holds = |variant: &ResponseVariant, code: u16| {
        variant.statuses.iter().flatten().any(|(first, last)| (*first..=*last).contains(&code))
    };
    let of_all = |variant: &&ResponseVariant| holds(variant, from) && holds(variant, to);
    let of_others = |variant: &&ResponseVariant| variant.statuses.is_none() && status.is_success();
    let of_first = |variant: &&ResponseVariant| holds(variant, from);
    let mut found = variants.iter().find(of_all);
    found = found.or_else(|| variants.iter().find(of_others));
    found.or_else(|| variants.iter().find(of_first))
}

/// Returns true if a description has one of these statuses, or all of their hundred.
fn has_status(operation: &Operation, first: u16, last: u16) -> bool {
    operation.responses.iter().any(|response| match response.status {
        Status::Code(code) => (first..=last).contains(&code),
        Status::Range(digit) => (first / 100..=last / 100).contains(&digit),
        Status::Default => first >= 300,
    })
}

/// Returns the place of a response in its operation. The response itself may be shared.
fn response_at(operation: &Operation, response: &Response) -> Location {
    if response.at.pointer.starts_with(&operation.at.pointer) {
        return response.at.clone();
    }
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    };
    let pointer = format!("{}/responses/{status}", operation.at.pointer);
    Location { file: operation.at.file.clone(), line: None, pointer }
}

fn responses_at(operation: &Operation) -> Location {
    let pointer = format!("{}/responses", operation.at.pointer);
    Location { file: operation.at.file.clone(), line: None, pointer }
}

fn shown(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "the default response".to_owned(),
    }
}
