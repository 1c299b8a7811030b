//! Types from schemas.

mod enums;
mod secrets;
mod unions;

use std::collections::HashSet;

use super::Generator;
use super::plan::{DefId, DefKind, Field, Ty};
use crate::docs;
use crate::model::members::{Member, Object, object};
use crate::model::shape::{self, Shape};
use crate::model::{Additional, Schema, SchemaId, Type};
use crate::notice::Notice;
use crate::steering::{Dates, Docs};
use crate::words::{field_name, plain, singular, type_name, words};
pub(crate) use secrets::is_secret;

/// Depth of lists and maps within each other. A deeper value is any JSON.
const MAX_NESTING: usize = 16;

/// Members beside a `token` that is a piece of a text.
const PIECES: [&str; 5] = ["logprob", "logprobs", "likelihood", "score", "bytes"];

/// Number of equal members from which on an object is a map.
const DICTIONARY: usize = 64;

/// The names by which an unnamed type is called: that of the type around it, and that of its place.
#[derive(Clone, Debug)]
pub(crate) struct Hint {
    pub(crate) parent: String,
    pub(crate) place: String,
    /// The lists and maps around the type.
    pub(crate) around: Vec<SchemaId>,
}

impl Hint {
    pub(crate) fn new(parent: &str, place: &str) -> Self {
        Self { parent: parent.to_owned(), place: place.to_owned(), around: Vec::new() }
    }

    /// The hint for an item of this list.
    fn item(&self, whole: SchemaId) -> Self {
        let mut place = words(&self.place);
        let place = match place.pop() {
            Some(last) => {
                let one = singular(&last);
                place.push(if one == last && self.place.is_empty() {
                    "item".to_owned()
                } else {
                    one
                });
                place.join("_")
            }
            None => "item".to_owned(),
        };
        Self { place, ..self.value(whole) }
    }

    /// The hint for a value of this map.
    fn value(&self, map: SchemaId) -> Self {
        let mut hint = self.clone();
        hint.around.push(map);
        hint
    }

    fn name(&self) -> String {
        if self.place.is_empty() {
            return self.parent.clone();
        }
        format!("{}{}", self.parent, type_name(&self.place))
    }
}

impl Generator<'_> {
    /// Returns the type of a schema, and if null is one of its values.
    pub(crate) fn ty(&mut self, id: SchemaId, hint: &Hint) -> (Ty, bool) {
        let (target, nullable) = shape::target(self.document, id);
        if let Some(ty) = self.steered(id).or_else(|| self.steered(target)) {
            return (ty, nullable);
        }
        (self.ty_of(target, hint), nullable)
    }

    /// Returns the type of a schema where null is an ordinary value: in lists and maps.
    fn item_ty(&mut self, id: SchemaId, hint: &Hint) -> Ty {
        match self.ty(id, hint) {
            (ty @ (Ty::Any | Ty::OrNull(_)), _) | (ty, false) => ty,
            (ty, true) => Ty::OrNull(Box::new(ty)),
        }
    }

    fn steered(&self, id: SchemaId) -> Option<Ty> {
        let schema = self.document.schema(id);
        let types = &self.steering.types;
        let by_name = schema.name.as_ref().and_then(|name| types.get(name));
        let written = types.get(&schema.at.pointer).or(by_name)?;
        Some(Ty::Custom(written.clone()))
    }

    fn ty_of(&mut self, id: SchemaId, hint: &Hint) -> Ty {
        // A list of itself has no type.
        if hint.around.len() > MAX_NESTING || hint.around.contains(&id) {
            return Ty::Any;
        }
        let schema = self.document.schema(id);
        match shape::shape(self.document, id) {
            Shape::Any if schema.types.len() > 1 => Self::scalars(schema),
            Shape::Any => Ty::Any,
            Shape::Text => self.text(schema),
            Shape::Bool => Ty::Bool,
            Shape::Integer => match self.named_numbers(schema) {
                Some(values) => self.enum_of(id, DefKind::Numbers(values), hint),
                None => Ty::Number(integer(schema)),
            },
            Shape::Number => Ty::Number("f64"),
            Shape::Choice if schema.values.len() == 1 => Ty::Text,
            Shape::Choice => self.choice(id, hint),
            Shape::List(None) => Ty::List(Box::new(Ty::Any)),
            Shape::List(Some(item)) => match self.item_ty(item, &hint.item(id)) {
                // A list of `u8` is bytes.
                Ty::Number("u8") => Ty::List(Box::new(Ty::Number("u16"))),
                item => Ty::List(Box::new(item)),
            },
            Shape::Map(None) => Ty::Object,
            Shape::Map(Some(value)) => match self.item_ty(value, &hint.value(id)) {
                Ty::Any => Ty::Object,
                value => Ty::Map(Box::new(value)),
            },
            // Other members can be of other types.
            Shape::Struct if self.is_dictionary(id) => match schema.additional {
                Additional::Forbidden => Ty::Map(Box::new(Ty::Text)),
                _ => Ty::Object,
            },
            Shape::Struct => Ty::Named(self.defined(id, hint)),
            Shape::Union(variants) => self.union(id, &variants, hint),
        }
    }

    /// Returns true for objects that are read by key, as texts of an interface are: very many
    /// members, all of them plain texts, and no type for others.
    fn is_dictionary(&self, id: SchemaId) -> bool {
        let Object { members, more, .. } = object(self.document, id);
        let is_large = members.len() >= DICTIONARY && more.is_none();
        is_large && members.iter().all(|member| self.is_entry(member))
    }

    /// Returns true for a text that is not required or secret, and never null.
    fn is_entry(&self, member: &Member) -> bool {
        let (target, nullable) = shape::target(self.document, member.schema);
        let is_steered = [member.schema, target].iter().any(|id| self.steered(*id).is_some());
        let schema = self.document.schema(target);
        let says_nothing = schema.format.is_none() && schema.values.is_empty();
        let is_text = schema.types == [Type::String];
        let is_plain = says_nothing && is_text && !is_secret(&member.name, schema);
        !member.required && !nullable && !is_steered && is_plain
    }

    fn text(&self, schema: &Schema) -> Ty {
        let jiff = self.steering.dates == Dates::Jiff;
        match schema.format.as_deref() {
            Some("date-time") if jiff => Ty::Timestamp,
            Some("date") if jiff => Ty::Date,
            Some("password") => Ty::Secret,
            _ => Ty::Text,
        }
    }

    /// Returns the type of a value of several types.
    fn scalars(schema: &Schema) -> Ty {
        let numbers = schema.types.iter().all(|kind| matches!(kind, Type::Integer | Type::Number));
        if numbers { Ty::Number("f64") } else { Ty::Any }
    }

    /// Returns the definition of an object.
    fn defined(&mut self, id: SchemaId, hint: &Hint) -> DefId {
        if let Some(def) = self.by_schema.get(&id) {
            return *def;
        }
        let schema = self.document.schema(id);
        let name = if schema.name.is_some() {
            self.component_name(id)
        } else {
            self.given_name(id).unwrap_or_else(|| self.unique_type(&hint.name()))
        };
        let docs = self.line(schema.description.as_deref().unwrap_or_default(), &[&name]);
        let is_inline = !schema.is_component();
        let def = self.define(name, docs, DefKind::Pending);
        self.defs[def].is_inline = is_inline;
        self.defs[def].keeps_name = self.named_by_user.contains(&id);
        self.by_schema.insert(id, def);
        self.pending.push_back((def, id));
        def
    }

    /// Reads the members of all objects that have a definition.
    pub(crate) fn read_pending(&mut self) {
        while let Some((def, id)) = self.pending.pop_front() {
            let parent = self.defs[def].name.clone();
            self.defs[def].kind = if let Shape::Union(variants) = shape::shape(self.document, id) {
                self.union_kind(id, &variants, &parent)
            } else {
                let (fields, more) = self.fields(id, &parent);
                DefKind::Struct { fields, more, is_page: false }
            };
        }
    }

    pub(crate) fn fields(&mut self, id: SchemaId, parent: &str) -> (Vec<Field>, Option<Ty>) {
        let members = object(self.document, id);
        for name in members.undescribed.iter().filter(|_| members.more.is_none()) {
            let message = format!("`{name}` is required but not described, so it has no field");
            self.warn(Notice::new(self.document.schema(id).at.clone(), message));
        }
        let mut fields: Vec<Field> = Vec::new();
        let exact: HashSet<String> =
            members.members.iter().map(|member| member.name.clone()).collect();
        // The token of a language model is a piece of a text.
        let is_piece = exact.iter().any(|name| PIECES.contains(&name.as_str()));
        for member in members.members {
            let mut field = self.field(&member, parent);
            if is_piece && member.name == "token" && field.ty == Ty::Secret {
                field.ty = Ty::Text;
            }
            // A member that has this very name keeps it.
            let is_other =
                |ident: &str| plain(ident) != member.name && exact.contains(plain(ident));
            let ident = unique(&field.ident, |ident| {
                is_other(ident) || fields.iter().any(|other| other.ident == ident)
            });
            fields.push(Field { ident, ..field });
        }
        let more = members.more.map(|id| {
            let ty = self.item_ty(id, &Hint::new(parent, "value"));
            if ty == Ty::Any { Ty::Object } else { Ty::Map(Box::new(ty)) }
        });
        (fields, more)
    }

    fn field(&mut self, member: &Member, parent: &str) -> Field {
        // Types of members that a union shares with its variants are named after the union.
        let home = self.document.homes.get(&member.schema).and_then(|id| self.by_schema.get(id));
        let home = home.map(|def| self.defs[*def].name.clone());
        let hint = Hint::new(home.as_deref().unwrap_or(parent), &member.name);
        let (ty, nullable) = self.ty(member.schema, &hint);
        let schema = self.document.schema(member.schema);
        let (target, _) = shape::target(self.document, member.schema);
        let real = self.document.schema(target);
        let is_plain = |value: &&serde_json::Value| {
            value.is_string() || value.is_number() || value.is_boolean()
        };
        let fixed = real.values.first().filter(|_| real.values.len() == 1).filter(is_plain);
        let ty = if ty == Ty::Text && is_secret(&member.name, real) { Ty::Secret } else { ty };
        let mut docs = self.field_docs(None, schema, real, &[&member.name, parent]);
        let default = schema.default.as_ref().or(real.default.as_ref());
        let only = fixed.and_then(shown).filter(|only| !docs.contains(only.as_str()));
        if let Some(only) = only.filter(|_| ty == Ty::Text && self.steering.docs != Docs::None) {
            let space = if docs.is_empty() { "" } else { " " };
            docs = format!("{docs}{space}Always `{only}`.");
        }
        Field {
            name: member.name.clone(),
            ident: field_name(&member.name),
            docs,
            is_default: fixed.is_some() && fixed == default,
            ty,
            required: member.required,
            nullable,
            read_only: member.read_only,
            write_only: member.write_only,
            fixed: fixed.cloned(),
            page: None,
        }
    }

    /// Returns the docs of a field or an argument: its description, unless it says no more than
    /// these names, and its default.
    pub(crate) fn field_docs(
        &self,
        description: Option<&str>,
        schema: &Schema,
        real: &Schema,
        names: &[&str],
    ) -> String {
        // A type of its own has its own description.
        let description = description.filter(|description| !description.is_empty());
        let own = description.or(schema.description.as_deref());
        let of_type = real.description.as_deref().filter(|_| real.name.is_none());
        let text = own.or(of_type).unwrap_or_default();
        let default = schema.default.as_ref().or(real.default.as_ref()).and_then(shown);
        let default = default.map(|shown| format!("The default is `{shown}`."));
        let mut docs = self.line_beside(text, names, default.as_deref().unwrap_or_default());
        // The description can say so in its own words.
        let says_default = |default: &str| {
            let value = default.split('`').nth(1).unwrap_or_default();
            let is_end = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_');
            let is_value = |word: &str| word.trim_end_matches('.') == value;
            let says_value = docs.split(is_end).any(is_value)
                || !value.chars().all(char::is_alphanumeric) && docs.contains(value);
            docs.to_ascii_lowercase().contains("default") && says_value
        };
        if let Some(default) = default.filter(|default| !says_default(default)) {
            let space = if docs.is_empty() { "" } else { " " };
            docs = format!("{docs}{space}{default}");
        }
        if schema.deprecated && !docs.to_ascii_lowercase().contains("deprecated") {
            docs = docs::sentence(&format!("Deprecated. {docs}"));
        }
        docs
    }

    /// Returns the docs of a type or a method.
    pub(crate) fn short(&self, text: &str) -> String {
        self.documented(text, |text| docs::shortened(text, crate::generate::SHORT))
    }

    /// Returns the docs of a field, an argument or a variant, unless they say no more than these
    /// names.
    pub(crate) fn line(&self, text: &str, names: &[&str]) -> String {
        self.line_beside(text, names, "")
    }

    /// Returns the docs that fit on a line beside another sentence.
    fn line_beside(&self, text: &str, names: &[&str], beside: &str) -> String {
        let taken = if beside.is_empty() { 0 } else { beside.chars().count() + 1 };
        self.documented(text, |text| match docs::one_line(text, taken) {
            line if docs::repeats(&line, names) => String::new(),
            line => line,
        })
    }

    fn documented(&self, text: &str, shorten: impl Fn(&str) -> String) -> String {
        match self.steering.docs {
            Docs::None => String::new(),
            Docs::Short => shorten(&docs::first_paragraph(text)),
            Docs::Full => text.trim().to_owned(),
        }
    }
}

pub(crate) fn variant_name(text: &str) -> String {
    if text.is_empty() { "Empty".to_owned() } else { type_name(text) }
}

/// Adds a number to a name that is taken.
pub(crate) fn unique(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let plain = plain(name);
    let is_type = plain.starts_with(|c: char| c.is_ascii_uppercase());
    let gap = if !is_type && plain.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    let numbered = (2..).map(|number| format!("{plain}{gap}{number}"));
    numbered.into_iter().find(|name| !taken(name)).unwrap_or_default()
}

fn integer(schema: &Schema) -> &'static str {
    let positive = schema.minimum.is_some_and(|minimum| minimum >= 0.0);
    let small = schema.maximum.is_some_and(|maximum| maximum <= f64::from(i32::MAX));
    match schema.format.as_deref() {
        Some("uint64" | "uint") => "u64",
        Some("uint32") => "u32",
        Some("uint16") => "u16",
        Some("uint8") => "u8",
        Some("int16") if positive => "u16",
        Some("int16") => "i16",
        Some("int8") if positive => "u8",
        Some("int8") => "i8",
        Some("int32") if positive => "u32",
        Some("int32") => "i32",
        _ if positive && small && schema.format.is_none() => "u32",
        _ if positive => "u64",
        _ => "i64",
    }
}

fn shown(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text)
            if !text.is_empty()
                && !text.contains('`')
                && text.len() < 40
                && !text.contains('\n') =>
        {
            Some(text.clone())
        }
        serde_json::Value::Null => None,
        value => Some(value.to_string()).filter(|text| !text.contains('`') && text.len() < 40),
    }
}
