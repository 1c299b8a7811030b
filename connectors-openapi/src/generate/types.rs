//! Types from schemas.

use super::Generator;
use super::plan::{DefId, DefKind, Field, Ty, Value, Variant};
use super::shape::{self, Shape};
use crate::docs;
use crate::model::{Schema, SchemaId, Type};
use crate::steering::Dates;
use crate::words::{field_name, singular, type_name, words};

/// Depth of lists and maps within each other. A deeper value is any JSON.
const MAX_NESTING: usize = 16;

/// The names by which an unnamed type is called: that of the type around it, and that of its place.
#[derive(Clone, Debug)]
pub(crate) struct Hint {
    pub(crate) parent: String,
    pub(crate) place: String,
    pub(crate) nesting: usize,
}

impl Hint {
    pub(crate) fn new(parent: &str, place: &str) -> Self {
        Self { parent: parent.to_owned(), place: place.to_owned(), nesting: 0 }
    }

    /// The hint for an item of a list in this place.
    fn item(&self) -> Self {
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
        Self { place, nesting: self.nesting + 1, ..self.clone() }
    }

    fn name(&self) -> String {
        let (parent, place) = (&self.parent, type_name(&self.place));
        if self.place.is_empty() || parent.ends_with(&place) && parent.len() > place.len() {
            return if self.place.is_empty() { parent.clone() } else { format!("{parent}{place}") };
        }
        format!("{parent}{place}")
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
        if hint.nesting > MAX_NESTING {
            return Ty::Any;
        }
        let schema = self.document.schema(id);
        match shape::shape(self.document, id) {
            Shape::Any if schema.types.len() > 1 => Self::scalars(schema),
            Shape::Any => Ty::Any,
            Shape::Text => self.text(schema),
            Shape::Bool => Ty::Bool,
            Shape::Integer => Ty::Number(integer(schema)),
            Shape::Number => Ty::Number("f64"),
            Shape::Choice if schema.values.len() == 1 => Ty::Text,
            Shape::Choice => self.choice(id, hint),
            Shape::List(None) => Ty::List(Box::new(Ty::Any)),
            Shape::List(Some(item)) => Ty::List(Box::new(self.item_ty(item, &hint.item()))),
            Shape::Map(None) => Ty::Object,
            Shape::Map(Some(value)) => {
                let nested = Hint { nesting: hint.nesting + 1, ..hint.clone() };
                match self.item_ty(value, &nested) {
                    Ty::Any => Ty::Object,
                    value => Ty::Map(Box::new(value)),
                }
            }
            Shape::Struct => Ty::Named(self.defined(id, hint)),
            Shape::Union(variants) => self.union(id, &variants, hint),
        }
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

    /// Returns the enum of a schema that lists its texts. Equal enums in places of the same name
    /// are one type.
    fn choice(&mut self, id: SchemaId, hint: &Hint) -> Ty {
        if let Some(def) = self.by_schema.get(&id) {
            return Ty::Named(*def);
        }
        let values = self.values(self.document.schema(id));
        let schema = self.document.schema(id);
        let def =
            self.enum_of(values, schema.name.as_deref(), schema.description.clone(), id, hint);
        self.by_schema.insert(id, def);
        Ty::Named(def)
    }

    fn enum_of(
        &mut self,
        values: Vec<Value>,
        name: Option<&str>,
        docs: Option<String>,
        id: SchemaId,
        hint: &Hint,
    ) -> DefId {
        let key = (hint.place.clone(), values.clone());
        if name.is_none()
            && let Some(def) = self.enums.get(&key)
        {
            return *def;
        }
        let named = match name {
            Some(_) => self.component_name(id),
            None => self.enum_name(hint),
        };
        let docs = docs.map(|docs| self.short(&docs)).unwrap_or_default();
        let def = self.define(named, docs, DefKind::Enum(values));
        if name.is_none() {
            self.enums.insert(key, def);
        }
        def
    }

    fn values(&self, schema: &Schema) -> Vec<Value> {
        let listed =
            |key: &str| schema.extensions.get(key).and_then(|list| list.as_array().cloned());
        let names = listed("x-enum-varnames")
            .or_else(|| listed("x-enumNames"))
            .or_else(|| listed("x-enum-names"))
            .unwrap_or_default();
        let descriptions = listed("x-enum-descriptions")
            .or_else(|| listed("x-enumDescriptions"))
            .unwrap_or_default();
        let by_value = |key: &str, value: &str| {
            let map = schema.extensions.get(key)?;
            Some(map.get(value)?.as_str()?.to_owned())
        };
        let texts = schema.values.iter().filter_map(serde_json::Value::as_str).enumerate();
        let mut values: Vec<Value> = Vec::new();
        for (index, text) in texts {
            let fern = schema.extensions.get("x-fern-enum").and_then(|names| names.get(text));
            let fern = |key: &str| Some(fern?.get(key)?.as_str()?.to_owned());
            let name = fern("name")
                .or_else(|| names.get(index).and_then(|name| name.as_str().map(str::to_owned)))
                .or_else(|| by_value("x-speakeasy-enums", text));
            let description = fern("description")
                .or_else(|| by_value("x-enum-descriptions", text))
                .or_else(|| by_value("x-enumDescriptions", text))
                .or_else(|| {
                    descriptions.get(index).and_then(|one| one.as_str().map(str::to_owned))
                });
            let ident = unique(&variant_name(&name.unwrap_or_else(|| text.to_owned())), |ident| {
                values.iter().any(|value| value.ident == ident)
            });
            values.push(Value {
                name: text.to_owned(),
                ident,
                docs: description.map(|docs| self.short(&docs)).unwrap_or_default(),
            });
        }
        values
    }

    /// Returns the definition of an object.
    fn defined(&mut self, id: SchemaId, hint: &Hint) -> DefId {
        if let Some(def) = self.by_schema.get(&id) {
            return *def;
        }
        let schema = self.document.schema(id);
        let docs = schema.description.clone().unwrap_or_default();
        let docs = self.short(&docs);
        let name = if schema.name.is_some() {
            self.component_name(id)
        } else {
            self.unique_type(&hint.name())
        };
        let def = self.define(name, docs, DefKind::Pending);
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
        let members = shape::members(self.document, id);
        let mut fields: Vec<Field> = Vec::new();
        for member in members.members {
            let field = self.field(&member, parent);
            let ident =
                unique(&field.ident, |ident| fields.iter().any(|other| other.ident == ident));
            fields.push(Field { ident, ..field });
        }
        let more = members.more.map(|id| {
            let ty = self.item_ty(id, &Hint::new(parent, "value"));
            if ty == Ty::Any { Ty::Object } else { Ty::Map(Box::new(ty)) }
        });
        (fields, more)
    }

    fn field(&mut self, member: &shape::Member, parent: &str) -> Field {
        let hint = Hint::new(parent, &member.name);
        let (ty, nullable) = self.ty(member.schema, &hint);
        let schema = self.document.schema(member.schema);
        let (target, _) = shape::target(self.document, member.schema);
        let real = self.document.schema(target);
        let fixed = (real.values.len() == 1).then(|| real.values[0].as_str().map(str::to_owned));
        let ty = if ty == Ty::Text && is_secret(&member.name, real) { Ty::Secret } else { ty };
        Field {
            name: member.name.clone(),
            ident: field_name(&member.name),
            docs: self.field_docs(schema, real),
            ty,
            required: member.required,
            nullable,
            read_only: schema.read_only || real.read_only,
            write_only: schema.write_only || real.write_only,
            fixed: fixed.flatten(),
            page: None,
        }
    }

    /// Returns the docs of a field or an argument: its description and its default.
    pub(crate) fn field_docs(&self, schema: &Schema, real: &Schema) -> String {
        // A type of its own has its own description.
        let own = schema.description.as_deref();
        let of_type = real.description.as_deref().filter(|_| real.name.is_none());
        let mut docs = self.short(own.or(of_type).unwrap_or_default());
        let default = schema.default.as_ref().or(real.default.as_ref());
        if let Some(default) = default
            && !docs.to_ascii_lowercase().contains("default")
            && let Some(shown) = shown(default)
            && !docs.is_empty()
        {
            docs = format!("{docs} The default is `{shown}`.");
        }
        if schema.deprecated && !docs.to_ascii_lowercase().contains("deprecated") {
            docs = docs::sentence(&format!("Deprecated. {docs}"));
        }
        docs
    }

    fn union(&mut self, id: SchemaId, variants: &[SchemaId], hint: &Hint) -> Ty {
        if let Some(def) = self.by_schema.get(&id) {
            return Ty::Named(*def);
        }
        if let Some(ty) = self.simple_union(id, variants, hint) {
            return ty;
        }
        let schema = self.document.schema(id);
        let docs = schema.description.clone().unwrap_or_default();
        let docs = self.short(&docs);
        let name = if schema.name.is_some() {
            self.component_name(id)
        } else {
            self.unique_type(&hint.name())
        };
        let def = self.define(name, docs, DefKind::Pending);
        self.by_schema.insert(id, def);
        self.pending.push_back((def, id));
        Ty::Named(def)
    }

    fn union_kind(&mut self, id: SchemaId, variants: &[SchemaId], name: &str) -> DefKind {
        let all_objects = variants.iter().all(|variant| {
            let (target, _) = shape::target(self.document, *variant);
            matches!(shape::shape(self.document, target), Shape::Struct)
        });
        match shape::tag(self.document, id, variants).filter(|_| all_objects) {
            Some((tag, values)) => DefKind::Union { tag, variants: self.tagged(&values, name) },
            None => DefKind::Untagged(self.untagged(variants, name)),
        }
    }

    /// Returns the type of a union that needs no enum of its own.
    fn simple_union(&mut self, id: SchemaId, variants: &[SchemaId], hint: &Hint) -> Option<Ty> {
        let mut choices: Vec<Value> = Vec::new();
        let (mut texts, mut integers, mut numbers, mut any) = (0, 0, 0, false);
        for variant in variants {
            let (target, _) = shape::target(self.document, *variant);
            let schema = self.document.schema(target);
            match shape::shape(self.document, target) {
                Shape::Text => texts += 1,
                Shape::Choice => {
                    texts += 1;
                    for value in self.values(schema) {
                        let taken = |ident: &str| choices.iter().any(|one| one.ident == ident);
                        let ident = unique(&value.ident, taken);
                        if !choices.iter().any(|one| one.name == value.name) {
                            choices.push(Value { ident, ..value });
                        }
                    }
                }
                Shape::Integer => integers += 1,
                Shape::Number => numbers += 1,
                Shape::Any if schema.types.is_empty() => any = true,
                _ => {}
            }
        }
        let all = variants.len();
        if any {
            return Some(Ty::Any);
        }
        if integers + numbers == all {
            return Some(Ty::Number(if numbers > 0 { "f64" } else { "i64" }));
        }
        if texts < all {
            return None;
        }
        if choices.len() < 2 {
            return Some(Ty::Text);
        }
        let schema = self.document.schema(id);
        let (name, docs) = (schema.name.as_deref(), schema.description.clone());
        let def = self.enum_of(choices, name, docs, id, hint);
        self.by_schema.insert(id, def);
        Some(Ty::Named(def))
    }

    fn tagged(&mut self, values: &[(String, SchemaId)], parent: &str) -> Vec<Variant> {
        let mut variants: Vec<Variant> = Vec::new();
        for (name, schema) in values {
            let ident = unique(&variant_name(name), |ident| {
                variants.iter().any(|variant| variant.ident == ident)
            });
            let (ty, _) = self.ty(*schema, &Hint::new(parent, name));
            variants.push(Variant { name: name.clone(), ident, ty });
        }
        variants
    }

    fn untagged(&mut self, schemas: &[SchemaId], parent: &str) -> Vec<Variant> {
        let mut found: Vec<(usize, Variant)> = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let (target, _) = shape::target(self.document, *schema);
            let real = self.document.schema(target);
            let place = real.title.clone().unwrap_or_else(|| format!("variant {}", index + 1));
            let hint = Hint::new(parent, &place);
            let is_struct = matches!(shape::shape(self.document, target), Shape::Struct);
            let (ty, _) = self.ty(*schema, &hint);
            if found.iter().any(|(_, variant)| variant.ty == ty) {
                continue;
            }
            let name = real.name.clone().or_else(|| real.title.clone()).filter(|_| is_struct);
            let name = name.map(|name| shorter(&type_name(&name), parent));
            let name = name.unwrap_or_else(|| self.name_of(&ty, parent));
            let ident =
                unique(&name, |ident| found.iter().any(|(_, variant)| variant.ident == ident));
            // Of several that fit, the one with more required members is meant.
            let required = if is_struct {
                let members = shape::members(self.document, target).members;
                1000_usize.saturating_sub(members.iter().filter(|member| member.required).count())
            } else {
                rank(&ty)
            };
            found.push((required, Variant { name: String::new(), ident, ty }));
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, variant)| variant).collect()
    }

    /// Names a variant after its type.
    fn name_of(&self, ty: &Ty, parent: &str) -> String {
        match ty {
            Ty::Text | Ty::Secret => "Text".to_owned(),
            Ty::Nothing => "Empty".to_owned(),
            Ty::Bool => "Bool".to_owned(),
            Ty::Number("f64") => "Number".to_owned(),
            Ty::Number(_) => "Integer".to_owned(),
            Ty::Timestamp => "Time".to_owned(),
            Ty::Date => "Date".to_owned(),
            Ty::Any => "Other".to_owned(),
            Ty::Object | Ty::Map(_) => "Object".to_owned(),
            Ty::List(item) => match &**item {
                Ty::Any => "List".to_owned(),
                item => format!("{}List", self.name_of(item, parent)),
            },
            Ty::OrNull(inner) => self.name_of(inner, parent),
            Ty::Named(def) => shorter(&self.defs[*def].name, parent),
            Ty::Custom(written) => type_name(written.rsplit("::").next().unwrap_or("Custom")),
        }
    }

    pub(crate) fn short(&self, text: &str) -> String {
        match self.steering.docs {
            crate::steering::Docs::None => String::new(),
            crate::steering::Docs::Short => {
                docs::shortened(&docs::first_paragraph(text), crate::generate::SHORT)
            }
            crate::steering::Docs::Full => text.trim().to_owned(),
        }
    }
}

/// The order in which the variants of an untagged union are tried. Structs stand between lists and
/// the others.
fn rank(ty: &Ty) -> usize {
    match ty {
        Ty::Bool => 1001,
        Ty::Number("f64") => 1003,
        Ty::Number(_) => 1002,
        Ty::Timestamp | Ty::Date => 1004,
        // Before structs, which serde reads from lists too.
        Ty::List(_) => 0,
        Ty::Map(_) => 1006,
        Ty::Object => 1007,
        Ty::Any => 1009,
        _ => 1008,
    }
}

/// Removes the name of a union from the beginning of a variant's name.
fn shorter(name: &str, parent: &str) -> String {
    match name.strip_prefix(parent) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_uppercase()) => rest.to_owned(),
        _ => name.to_owned(),
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
    let plain = crate::words::plain(name);
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
        Some("int32") if positive => "u32",
        Some("int32") => "i32",
        _ if positive && small && schema.format.is_none() => "u32",
        _ if positive => "u64",
        _ => "i64",
    }
}

/// Returns true for texts that should not be shown: passwords and tokens.
pub(crate) fn is_secret(name: &str, schema: &Schema) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let before = words.len().checked_sub(2).map(|index| words[index].as_str()).unwrap_or_default();
    let not_of_pages = [
        "page",
        "next",
        "previous",
        "prev",
        "pagination",
        "continuation",
        "sync",
        "cursor",
        "start",
        "end",
        "stop",
        "bos",
        "eos",
        "max",
        "output",
        "input",
        "special",
    ];
    let named = match last {
        "password" | "passphrase" | "secret" => true,
        "token" => {
            words.len() > 1
                && !not_of_pages.contains(&before)
                && [
                    "access",
                    "refresh",
                    "auth",
                    "bearer",
                    "api",
                    "id",
                    "session",
                    "secret",
                    "client",
                    "registration",
                    "oauth",
                    "private",
                    "security",
                ]
                .contains(&before)
        }
        "key" => ["api", "secret", "private"].contains(&before),
        _ => false,
    };
    schema.format.as_deref() == Some("password")
        || (named
            && schema.format.is_none()
            && schema.types == [Type::String]
            && schema.values.is_empty())
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
        serde_json::Value::Number(_) | serde_json::Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
