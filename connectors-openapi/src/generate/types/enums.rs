//! Enums of texts, and of numbers that have names.

use super::super::Generator;
use super::super::merge::names;
use super::super::plan::{DefId, DefKind, Ty, Value};
use super::{Hint, unique, variant_name};
use crate::model::{Schema, SchemaId};
use crate::words::{type_name, words};

impl Generator<'_> {
    /// Returns the enum of a schema that lists its texts.
    pub(super) fn choice(&mut self, id: SchemaId, hint: &Hint) -> Ty {
        let values = self.values(self.document.schema(id));
        self.enum_of(id, DefKind::Enum(values), hint)
    }

    /// Returns the enum of a schema with these values. Equal enums in places of the same name are one
    /// type.
    pub(super) fn enum_of(&mut self, id: SchemaId, kind: DefKind, hint: &Hint) -> Ty {
        if let Some(def) = self.by_schema.get(&id) {
            return Ty::Named(*def);
        }
        let schema = self.document.schema(id);
        let key = match &kind {
            DefKind::Enum(values) | DefKind::Numbers(values) if schema.name.is_none() => {
                let is_number = matches!(kind, DefKind::Numbers(_));
                Some((hint.place.clone(), is_number, values.clone()))
            }
            _ => None,
        };
        let known = key.as_ref().and_then(|key| self.enums.get(key)).copied();
        let def = if let Some(def) = known {
            self.name_after_place(def, hint);
            def
        } else {
            let is_inline = schema.name.is_none();
            let named = if is_inline {
                self.given_name(id).unwrap_or_else(|| self.enum_name(hint))
            } else {
                self.component_name(id)
            };
            let docs = schema.description.as_deref().unwrap_or_default();
            let docs = self.line(docs, &[&named]);
            let def = self.define(named, docs, kind);
            self.defs[def].is_inline = is_inline;
            self.defs[def].keeps_name = self.named_by_user.contains(&id);
            def
        };
        self.enums.extend(key.map(|key| (key, def)));
        self.by_schema.insert(id, def);
        Ty::Named(def)
    }

    /// Names an enum that several types use after their fields alone, if that says enough.
    fn name_after_place(&mut self, def: DefId, hint: &Hint) {
        let words = words(&hint.place);
        let name = &self.defs[def].name;
        let is_first = name.ends_with(&type_name(&hint.place)) && !name.starts_with(&hint.parent);
        if is_first
            && names::says_enough(&words)
            && let Some(name) = names::reserved(&words, &mut self.names)
        {
            self.names.remove(&self.defs[def].name);
            self.defs[def].name = name;
        }
    }

    /// Returns the texts of a schema that lists them.
    pub(super) fn values(&self, schema: &Schema) -> Vec<Value> {
        let texts = schema.values.iter().map(serde_json::Value::as_str);
        let mut values: Vec<Value> = Vec::new();
        for (index, text) in texts.enumerate() {
            let Some(text) = text else { continue };
            let name = name_of(schema, index, text).unwrap_or_else(|| text.to_owned());
            self.add_value(&mut values, text, &name, description_of(schema, index, text));
        }
        values
    }

    /// Returns the numbers of a schema, if an extension names each of them.
    pub(super) fn named_numbers(&self, schema: &Schema) -> Option<Vec<Value>> {
        let mut values: Vec<Value> = Vec::new();
        for (index, value) in schema.values.iter().enumerate() {
            let number = value.as_i64()?.to_string();
            let name = name_of(schema, index, &number)?;
            self.add_value(&mut values, &number, &name, description_of(schema, index, &number));
        }
        (values.len() > 1).then_some(values)
    }

    /// Returns the numbers that variants with titles list, one each. Variants of any integer add none.
    pub(super) fn titled_numbers(&self, variants: &[SchemaId]) -> Option<Vec<Value>> {
        let mut values: Vec<Value> = Vec::new();
        for variant in variants {
            let schema = self.document.resolved(*variant);
            match schema.values.as_slice() {
                [] => {}
                [only] => {
                    let (number, title) = (only.as_i64()?.to_string(), schema.title.as_deref()?);
                    if !values.iter().any(|value| value.name == number) {
                        self.add_value(&mut values, &number, title, schema.description.clone());
                    }
                }
                _ => return None,
            }
        }
        (values.len() > 1).then_some(values)
    }

    fn add_value(&self, values: &mut Vec<Value>, text: &str, name: &str, docs: Option<String>) {
        let is_taken = |ident: &str| values.iter().any(|value| value.ident == ident);
        let ident = unique(&variant_name(name), is_taken);
        let docs = docs.map(|docs| self.line(&docs, &[text])).unwrap_or_default();
        values.push(Value { name: text.to_owned(), ident, docs });
    }
}

/// Returns the name that an extension gives to a value.
fn name_of(schema: &Schema, index: usize, value: &str) -> Option<String> {
    let keys = ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-speakeasy-enums"];
    let listed = keys.iter().find_map(|key| schema.extensions.get(key)?.as_array());
    let listed = || listed?.get(index)?.as_str().map(str::to_owned);
    let keyed = || text_at(schema.extensions.get("x-speakeasy-enums")?, value);
    fern(schema, value, "name").or_else(listed).or_else(keyed)
}

/// Returns the description that an extension gives to a value.
fn description_of(schema: &Schema, index: usize, value: &str) -> Option<String> {
    let given = ["x-enum-descriptions", "x-enumDescriptions"];
    let mut given = given.iter().filter_map(|key| schema.extensions.get(key));
    let of_one = |given: &serde_json::Value| match given.as_array() {
        Some(list) => list.get(index)?.as_str().map(str::to_owned),
        None => text_at(given, value),
    };
    fern(schema, value, "description").or_else(|| given.find_map(of_one))
}

fn fern(schema: &Schema, value: &str, key: &str) -> Option<String> {
    text_at(schema.extensions.get("x-fern-enum")?.get(value)?, key)
}

fn text_at(map: &serde_json::Value, key: &str) -> Option<String> {
    map.get(key)?.as_str().map(str::to_owned)
}
