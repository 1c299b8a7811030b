//! Compares the parameters in the path, the query and headers.

use connectors_client::{ListStyle, ParameterPlace, Presence};

use crate::model::{Operation, Parameter, Place, SchemaId, SecurityKind, Type};
use crate::notice::Location;
use serde_json::Value;

use super::comparison::{Comparison, Direction, Spot};
use super::declared::{Argument, Declared};
use super::difference::DifferenceKind;
use super::fields::{hint, letters};
use super::find;
use super::shape::{Field, Shape, TypeKind};
use super::view::View;

/// Headers that a description leaves out, since other parts of it decide about them.
const UNDESCRIBED: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Comparison<'a> {
    pub(super) fn compare_parameters(&mut self, declared: &Declared, operation: &'a Operation) {
        self.compare_path(declared, operation);
        let (pairs, takes_others) = self.pairs(declared);
        let used = self.compare_places(operation, &pairs);
        for parameter in &operation.parameters {
            let is_used = used.iter().any(|own| std::ptr::eq(*own, parameter));
            let is_elsewhere = match parameter.place {
                Place::Path => true,
                Place::Query | Place::QueryString => takes_others,
                Place::Header => self.is_undescribed(&parameter.name),
                Place::Cookie => {
                    declared.at(&[ParameterPlace::Header]).any(|own| own.name == "cookie")
                }
            };
            if !is_used && !is_elsewhere {
                self.report_undeclared(declared, parameter);
            }
        }
    }

    fn report_undeclared(&mut self, declared: &Declared, parameter: &Parameter) {
        let spot = Spot::endpoint(declared);
        let (place, name) = (parameter.place.name(), &parameter.name);
        if parameter.required && !self.is_credential(parameter) {
            let message = format!(
                "the description requires the {place} parameter `{name}`, which is not declared"
            );
            self.report(DifferenceKind::Need, &spot, &parameter.at, message);
        } else {
            let message =
                format!("the {place} parameter `{name}` of the description is not declared");
            self.report_addition(DifferenceKind::Parameter, &spot, &parameter.at, message);
        }
    }

    /// Compares the types of the parameters in the path, by their positions.
    fn compare_path(&mut self, declared: &Declared, operation: &'a Operation) {
        let names = find::names_in(&declared.path);
        let described = find::names_in(&operation.path);
        // A server may have placeholders of its own before those of the path.
        for (own, described) in names.iter().rev().zip(described.iter().rev()) {
            let is_own = |argument: &&Argument| {
                matches!(argument.place, ParameterPlace::Path | ParameterPlace::RestOfPath)
                    && argument.own_name == *own
            };
            let is_it = |parameter: &&Parameter| {
                parameter.place == Place::Path && parameter.name == *described
            };
            let argument = declared.arguments.iter().find(is_own);
            let parameter = operation.parameters.iter().find(is_it);
            if let (Some(argument), Some(parameter)) = (argument, parameter) {
                let spot = Spot::argument(declared, argument);
                if let Some(shape) = &argument.shape {
                    self.compare_value(shape, parameter, &spot);
                }
            }
        }
    }

    /// Returns the pairs of the query and the headers, with the fields of structs in the place of
    /// the structs. Returns true if there are other pairs, whose names are not known.
    fn pairs(&self, declared: &Declared) -> (Vec<Pair>, bool) {
        let (mut pairs, mut takes_others) = (Vec::new(), false);
        for argument in declared.at(&[ParameterPlace::Query, ParameterPlace::Header]) {
            pairs.push(Pair::of_argument(declared, argument));
        }
        for argument in declared.at(&[ParameterPlace::QueryFields]) {
            let fields = argument.shape.as_ref().and_then(|shape| self.fields_of(shape));
            takes_others |= fields.is_none();
            pairs.extend(fields.unwrap_or_default().iter().map(|field| {
                let spot = Spot::of_type(&field.owner, &field.own_name, &field.place);
                Pair {
                    spot,
                    name: field.sent.clone(),
                    place: ParameterPlace::Query,
                    presence: if matches!(field.shape, Shape::Optional(_)) {
                        Presence::Optional
                    } else {
                        Presence::Required
                    },
                    list: None,
                    shape: Some(field.shape.inner().clone()),
                    fixed: None,
                    is_idempotency_key: false,
                    object: Some(argument.own_name.clone()),
                }
            }));
        }
        (pairs, takes_others)
    }

    /// Returns the fields of a struct, if it is known.
    pub(super) fn fields_of(&self, shape: &Shape) -> Option<Vec<Field>> {
        let Shape::Named(name, arguments) = self.types.resolved(shape.inner()) else { return None };
        match self.types.get(&name, &arguments)?.kind {
            TypeKind::Struct(fields) if !fields.iter().any(|field| field.is_flat) => Some(fields),
            _ => None,
        }
    }

    /// Compares the pairs of the query and the headers. Returns the parameters that they stand for.
    fn compare_places(&mut self, operation: &'a Operation, pairs: &[Pair]) -> Vec<&'a Parameter> {
        let mut used = Vec::new();
        for pair in pairs {
            let is_meant = |parameter: &&Parameter| self.stands_for(pair, parameter);
            let described: Vec<_> = operation.parameters.iter().filter(is_meant).collect();
            // A member of an object can have the name of another parameter.
            let is_of = |parameter: &&&Parameter| {
                pair.object.as_ref().is_some_and(|name| letters(name) == letters(&parameter.name))
            };
            let of_object = described.iter().find(is_of);
            if let Some(parameter) = of_object.or(described.first()).copied() {
                used.push(parameter);
                self.compare_pair(pair, parameter);
            } else if !self.is_known_elsewhere(pair) && !is_in_path(operation, pair) {
                self.report_unknown(operation, pair, pairs);
            }
        }
        used
    }

    fn report_unknown(&mut self, operation: &'a Operation, pair: &Pair, pairs: &[Pair]) {
        let word = pair.word();
        let is_alike = |parameter: &&Parameter| parameter.name.eq_ignore_ascii_case(&pair.name);
        if let Some(other) = operation.parameters.iter().find(is_alike) {
            let message = format!(
                "`{}` is a {word} here and a {} parameter in the description",
                pair.name,
                other.place.name()
            );
            return self.report(DifferenceKind::Parameter, &pair.spot, &other.at, message);
        }
        if let Some(at) = self.body_field(operation, &pair.name) {
            let message = format!(
                "`{}` is a {word} here and a field of the body in the description",
                pair.name
            );
            return self.report(DifferenceKind::Parameter, &pair.spot, &at, message);
        }
        let is_free = |parameter: &&Parameter| {
            is_same_place(pair.place, parameter.place)
                && !pairs.iter().any(|own| self.stands_for(own, parameter))
                && (!pair.is_idempotency_key || is_idempotency_key(parameter))
        };
        let mut free = operation.parameters.iter().filter(is_free).peekable();
        // A header that a description does not name does no harm, if no caller sets it. A key that
        // the server looks for under another name does not work.
        let is_fixed = pair.presence == Presence::Fixed && pair.place == ParameterPlace::Header;
        if is_fixed && !(pair.is_idempotency_key && free.peek().is_some()) {
            return;
        }
        let hint = hint(&pair.name, free.map(|parameter| parameter.name.as_str()));
        let message = format!("the description has no {word} `{}`{hint}", pair.name);
        self.report(DifferenceKind::Parameter, &pair.spot, &operation.at, message);
    }

    /// Returns true if a pair is sent for a parameter.
    fn stands_for(&self, pair: &Pair, parameter: &Parameter) -> bool {
        if !is_same_place(pair.place, parameter.place) {
            return false;
        }
        if pair.place == ParameterPlace::Header {
            return parameter.name.eq_ignore_ascii_case(&pair.name);
        }
        if parameter.name == pair.name
            || pair.list == Some(ListStyle::Brackets)
                && parameter.name == format!("{}[]", pair.name)
        {
            return true;
        }
        // An object has a pair per member.
        let Some(schema) = parameter.schema else { return false };
        let view = View::of(self.document, schema);
        view.members.iter().any(|member| match parameter.style.as_str() {
            "deepObject" => pair.name == format!("{}[{}]", parameter.name, member.name),
            "form" if parameter.explode => pair.name == member.name,
            _ => false,
        })
    }

    fn compare_pair(&mut self, pair: &Pair, parameter: &'a Parameter) {
        let is_whole = pair.place == ParameterPlace::Header
            || parameter.name == pair.name
            || pair.list == Some(ListStyle::Brackets);
        if !is_whole {
            return;
        }
        let (word, name) = (pair.word(), &parameter.name);
        match pair.presence {
            Presence::Optional if parameter.required && !self.is_credential(parameter) => {
                let message = format!(
                    "the description requires the {word} `{name}`, and the argument is optional"
                );
                self.report(DifferenceKind::Need, &pair.spot, &parameter.at, message);
            }
            Presence::Required if !parameter.required => {
                let message = format!(
                    "the {word} `{name}` is optional in the description, and the argument is required"
                );
                self.report_addition(DifferenceKind::Need, &pair.spot, &parameter.at, message);
            }
            _ => {}
        }
        self.compare_style(pair, parameter);
        if let (Some(value), Some(schema)) = (&pair.fixed, parameter.schema) {
            self.compare_fixed(value, &parameter.name, schema, &pair.spot, &parameter.at);
        }
        if let Some(shape) = &pair.shape {
            self.compare_value(shape, parameter, &pair.spot);
        }
    }

    /// Compares the type of a parameter, unless the caller writes a text of its own as its value.
    fn compare_value(&mut self, shape: &Shape, parameter: &'a Parameter, spot: &Spot) {
        if let (Some(schema), None) = (parameter.schema, &parameter.content)
            && !self.is_written_by_caller(shape, parameter, schema)
        {
            self.compare_type(shape, schema, Direction::SentAsText, spot);
        }
    }

    /// Compares a value that each request sends with those of the description.
    pub(super) fn compare_fixed(
        &mut self,
        value: &str,
        name: &str,
        schema: SchemaId,
        spot: &Spot,
        at: &Location,
    ) {
        let constants = View::of(self.document, schema).constants;
        let is_it = |constant: &&Value| match constant {
            Value::String(text) => text == value,
            other => value == format!("{other}"),
        };
        if !constants.is_empty() && !constants.iter().any(is_it) {
            let message = format!("the description has no value `{value}` for `{name}`");
            self.report(DifferenceKind::Value, spot, at, message);
        }
    }

    /// Returns true for an object, or a list of objects, that the caller writes as one text: `a,1,b,2`.
    fn is_written_by_caller(&self, shape: &Shape, parameter: &Parameter, id: SchemaId) -> bool {
        let view = View::of(self.document, id);
        let has_objects = || {
            let items = view.items.map(|items| View::of(self.document, items));
            parameter.place == Place::Header && items.is_some_and(|items| items.is(Type::Object))
        };
        parameter.is_one_pair()
            && *shape == Shape::Text
            && (view.is(Type::Object) || view.is(Type::Array) && has_objects())
    }

    /// Compares the style of an object, which is sent as `name[member]`.
    fn compare_object(&mut self, pair: &Pair, parameter: &'a Parameter) {
        let (Some(shape), Some(schema)) = (&pair.shape, parameter.schema) else { return };
        let shape = self.types.resolved(shape.inner());
        let is_object = match &shape {
            Shape::Map(_) => true,
            Shape::Named(name, arguments) => self
                .types
                .get(name, arguments)
                .is_some_and(|definition| matches!(definition.kind, TypeKind::Struct(_))),
            _ => false,
        };
        let is_pair = pair.place == ParameterPlace::Query && parameter.content.is_none();
        let is_described = View::of(self.document, schema).is(Type::Object);
        if is_object && is_pair && is_described && parameter.style != "deepObject" {
            let message = format!(
                "the object is sent as `{}[..]` and the description has it {}",
                pair.name,
                if parameter.explode { "as a pair per member" } else { "in one pair" }
            );
            self.report(DifferenceKind::Style, &pair.spot, &parameter.at, message);
        }
    }

    /// Compares the styles of a list.
    fn compare_style(&mut self, pair: &Pair, parameter: &'a Parameter) {
        self.compare_object(pair, parameter);
        let (Some(list), Some(schema)) = (pair.list, parameter.schema) else { return };
        if !View::of(self.document, schema).is(Type::Array) {
            return;
        }
        let Some(described) = described_style(&parameter.style, parameter.explode) else { return };
        // A name with brackets is sent as it is.
        let has_brackets = parameter.name.ends_with("[]");
        let own = match (pair.place, list) {
            (ParameterPlace::Header, ListStyle::Plain | ListStyle::Brackets) => ListStyle::Comma,
            (_, ListStyle::Brackets) if has_brackets && !pair.name.ends_with("[]") => {
                ListStyle::Plain
            }
            (_, other) => other,
        };
        if own != described {
            let message = unlike(own, described);
            self.report(DifferenceKind::Style, &pair.spot, &parameter.at, message);
        }
    }

    /// Returns true if a description has other words for a header or a pair: security, or the media
    /// types of bodies.
    fn is_known_elsewhere(&self, pair: &Pair) -> bool {
        let is_key = self.keys().any(|(place, name)| {
            is_same_place(pair.place, place) && name.eq_ignore_ascii_case(&pair.name)
        });
        let is_header = pair.place == ParameterPlace::Header;
        is_key || is_header && (self.is_undescribed(&pair.name) || pair.name == "cookie")
    }

    fn is_undescribed(&self, header: &str) -> bool {
        UNDESCRIBED.iter().any(|known| header.eq_ignore_ascii_case(known))
            || self
                .keys()
                .any(|(place, name)| place == Place::Header && name.eq_ignore_ascii_case(header))
    }

    /// Returns true if the client sends a parameter as its credentials.
    fn is_credential(&self, parameter: &Parameter) -> bool {
        self.keys().any(|(place, name)| place == parameter.place && *name == parameter.name)
    }

    /// Returns the places and names of keys by which a client authenticates.
    fn keys(&self) -> impl Iterator<Item = (Place, &'a String)> + use<'a> {
        self.document.security_schemes.iter().filter_map(|scheme| match &scheme.kind {
            SecurityKind::ApiKey { place, name } => Some((*place, name)),
            _ => None,
        })
    }
}

/// A pair of the query or a header.
pub(super) struct Pair {
    spot: Spot,
    name: String,
    place: ParameterPlace,
    presence: Presence,
    list: Option<ListStyle>,
    shape: Option<Shape>,
    fixed: Option<String>,
    is_idempotency_key: bool,
    /// The argument whose field this is.
    object: Option<String>,
}

impl Pair {
    fn of_argument(declared: &Declared, argument: &Argument) -> Self {
        Self {
            spot: Spot::argument(declared, argument),
            name: argument.name.clone(),
            place: argument.place,
            presence: argument.presence,
            list: argument.list,
            shape: argument.shape.clone(),
            fixed: argument.fixed.clone(),
            is_idempotency_key: argument.is_idempotency_key,
            object: None,
        }
    }

    fn word(&self) -> &'static str {
        if self.place == ParameterPlace::Header { "header" } else { "query parameter" }
    }
}

/// Returns true if the description has a pair in its path: `/books?archived=true`.
fn is_in_path(operation: &Operation, pair: &Pair) -> bool {
    let query = operation.path.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let query = query.split('#').next().unwrap_or_default();
    query.split('&').any(|own| own.split('=').next() == Some(&pair.name))
}

/// Returns true if the name of a header says that it is a key of idempotency.
fn is_idempotency_key(parameter: &Parameter) -> bool {
    parameter.name.to_lowercase().contains("idempoten")
}

fn is_same_place(own: ParameterPlace, described: Place) -> bool {
    match own {
        ParameterPlace::Header => described == Place::Header,
        _ => matches!(described, Place::Query | Place::QueryString),
    }
}

/// Returns the style of a list by the words of a description.
pub(super) fn described_style(style: &str, explode: bool) -> Option<ListStyle> {
    match (style, explode) {
        ("spaceDelimited", false) => Some(ListStyle::Space),
        ("pipeDelimited", false) => Some(ListStyle::Pipe),
        ("form", false) | ("simple", _) => Some(ListStyle::Comma),
        ("form" | "spaceDelimited" | "pipeDelimited", true) => Some(ListStyle::Plain),
        _ => None,
    }
}

pub(super) fn unlike(own: ListStyle, described: ListStyle) -> String {
    format!("the list is sent {} and the description has it {}", style(own), style(described))
}

fn style(list: ListStyle) -> &'static str {
    match list {
        ListStyle::Comma => "separated by commas",
        ListStyle::Space => "separated by spaces",
        ListStyle::Pipe => "separated by `|`",
        ListStyle::Brackets => "with `[]` after its repeated name",
        _ => "with its name repeated",
    }
}
