//! Types.

use super::super::finish::{self, LARGE};
use super::super::plan::{
    Def, DefId, DefKind, ErrorEnum, Field, HeaderField, ResponseVariant, Returned, Ty, Value,
    Variant,
};
use super::super::types::unique;
use super::{Form, Printer};
use crate::words::{Case, best_case, plain};

impl Printer<'_> {
    /// Returns true if a type can be written: because it is sent, or because the user wants it.
    fn writes(&self, def: &Def) -> bool {
        def.sent || self.plan.serialize
    }

    pub(super) fn def(&mut self, id: DefId) {
        let def = &self.defs()[id];
        self.docs(0, &def.docs);
        match &def.kind {
            DefKind::Pending => self.line(0, &format!("pub struct {};", def.name)),
            DefKind::Struct { fields, more, is_page } => {
                self.struct_(id, def, fields, more.as_ref(), *is_page);
            }
            DefKind::Enum(values) => self.enum_(def, values),
            DefKind::Numbers(values) => self.numbers(def, values),
            DefKind::Union { tag, variants } => self.union(id, def, tag, variants),
            DefKind::Untagged(variants) => self.untagged(id, def, variants),
            DefKind::Keyed(variants) => self.keyed(id, def, variants),
            DefKind::Responses(variants) => self.responses(def, variants),
            DefKind::Page(headers, body) => self.page(def, headers, body),
        }
        self.line(0, "");
    }

    fn struct_(
        &mut self,
        id: DefId,
        def: &Def,
        fields: &[Field],
        more: Option<&Ty>,
        is_page: bool,
    ) {
        let skips_unset = self.writes(def) && fields.iter().any(|field| !field.required);
        if skips_unset {
            let attribute = self.ours("skip_unset");
            self.line(0, &format!("#[{attribute}]"));
        }
        let has_default = def.sent && fields.iter().all(|field| self.has_default(id, field));
        let mut derives = vec!["Clone", "Debug"];
        derives.extend(has_default.then_some("Default"));
        derives.push("PartialEq");
        derives.extend(def.received.then_some("Deserialize"));
        derives.extend(self.writes(def).then_some("Serialize"));
        derives.extend((is_page && def.received).then_some("Page"));
        self.derive(&derives);
        let names: Vec<(&str, &str)> =
            fields.iter().map(|field| (field.ident.as_str(), field.name.as_str())).collect();
        let as_written = |name: &str| plain(name).to_owned();
        let case = best_case(&names, &Case::FIELDS, Case::of_field, as_written);
        if let Some(case) = case {
            self.line(0, &format!("#[serde(rename_all = {:?})]", case.name()));
        }
        let bools =
            fields.iter().filter(|field| field.ty == Ty::Bool && field.required && !field.nullable);
        if bools.count() > 3 {
            self.line(0, "#[allow(clippy::struct_excessive_bools)]");
        }
        if fields.is_empty() && more.is_none() {
            return self.line(0, &format!("pub struct {} {{}}", def.name));
        }
        let parameter =
            if fields.iter().any(|field| field.ty == Ty::Parameter) { "<T>" } else { "" };
        self.head(&format!("pub struct {}{parameter}", def.name));
        for field in fields {
            self.field(id, def, field, case, skips_unset);
        }
        if let Some(more) = more {
            self.docs(1, "All other members.");
            self.line(1, "#[serde(flatten)]");
            let taken = |ident: &str| fields.iter().any(|field| field.ident == ident);
            let names = ["more", "additional", "others"];
            let free = names.iter().find(|name| !taken(name)).map(|name| (*name).to_owned());
            let ident = free.unwrap_or_else(|| unique("more", taken));
            let ty = self.ty(more);
            self.member(1, &format!("pub {ident}"), &ty);
        }
        self.line(0, "}");
    }

    fn field(
        &mut self,
        id: DefId,
        def: &Def,
        field: &Field,
        case: Option<Case>,
        skips_unset: bool,
    ) {
        let is_page = matches!(def.kind, DefKind::Struct { is_page: true, .. }) && def.received;
        self.docs(1, &field.docs);
        if let Some(part) = field.page.as_ref().filter(|_| is_page) {
            self.line(1, &format!("#[page({part})]"));
        }
        let sent_name =
            case.map_or_else(|| plain(&field.ident).to_owned(), |case| case.of_field(&field.ident));
        let mut serde = Vec::new();
        if sent_name != field.name {
            serde.push(format!("rename = {:?}", field.name));
        }
        let mut ty = self.ty(&field.ty);
        if let Ty::Named(target) = field.ty
            && finish::holds(self.defs(), target, id)
        {
            ty = format!("Box<{ty}>");
        }
        let nullable = def.sent && field.nullable && !field.required && field.ty != Ty::Any;
        let optional = !field.required || (field.nullable && field.ty != Ty::Any);
        if nullable {
            let path = self.ours("Nullable");
            ty = format!("{path}<{ty}>");
        } else if optional {
            if skips_unset && field.required {
                self.line(1, "#[null_if_none]");
            }
            ty = format!("Option<{ty}>");
        }
        if self.writes(def) && field.ty.holds_secrets() {
            let function = self.ours("exposed");
            serde.push(format!("serialize_with = {function:?}"));
        }
        if complexity(&ty) > COMPLEX {
            self.line(1, "#[allow(clippy::type_complexity)]");
        }
        if !serde.is_empty() {
            self.attribute(1, "serde", &serde);
        }
        self.member(1, &format!("pub {}", field.ident), &ty);
    }

    /// Returns true if a field has a default: it is optional, or its type has one.
    fn has_default(&self, owner: DefId, field: &Field) -> bool {
        !field.required || field.nullable || self.ty_has_default(owner, &field.ty, 0)
    }

    fn ty_has_default(&self, owner: DefId, ty: &Ty, depth: usize) -> bool {
        match ty {
            Ty::Secret | Ty::Custom(_) => false,
            Ty::Named(id) if *id == owner || depth > 8 => false,
            Ty::Named(id) => match &self.defs()[*id] {
                Def { kind: DefKind::Struct { fields, .. }, sent: true, .. } => {
                    fields.iter().all(|field| {
                        !field.required
                            || field.nullable
                            || self.ty_has_default(owner, &field.ty, depth + 1)
                    })
                }
                _ => false,
            },
            _ => true,
        }
    }

    fn enum_(&mut self, def: &Def, values: &[Value]) {
        self.derive(&["Clone", "Debug", "PartialEq", "Eq", "Hash", "OpenEnum"]);
        let names: Vec<(&str, &str)> =
            values.iter().map(|value| (value.ident.as_str(), value.name.as_str())).collect();
        let case = best_case(&names, &Case::VARIANTS, Case::of_variant, str::to_owned);
        if let Some(case) = case {
            self.line(0, &format!("#[open_enum(rename_all = {:?})]", case.name()));
        }
        self.head(&format!("pub enum {}", def.name));
        for value in values {
            self.docs(1, &value.docs);
            let sent =
                case.map_or_else(|| value.ident.clone(), |case| case.of_variant(&value.ident));
            if sent != value.name {
                self.attribute(1, "open_enum", &[format!("rename = {:?}", value.name)]);
            }
            self.line(1, &format!("{},", value.ident));
        }
        let other = self.other(|ident| values.iter().any(|value| value.ident == ident));
        self.line(1, &format!("{other}(String),"));
        self.line(0, "}");
    }

    fn numbers(&mut self, def: &Def, values: &[Value]) {
        self.derive(&["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash", "OpenEnum"]);
        self.head(&format!("pub enum {}", def.name));
        for value in values {
            self.docs(1, &value.docs);
            self.line(1, &format!("#[open_enum(number = {})]", value.name));
            self.line(1, &format!("{},", value.ident));
        }
        let other = self.other(|ident| values.iter().any(|value| value.ident == ident));
        self.line(1, &format!("{other}(i64),"));
        self.line(0, "}");
    }

    fn union(&mut self, id: DefId, def: &Def, tag: &str, variants: &[Variant]) {
        self.derive(&["Clone", "Debug", "PartialEq", "OpenUnion"]);
        let tagged = variants.iter().filter(|one| !one.untagged);
        let names: Vec<(&str, &str)> =
            tagged.map(|one| (one.ident.as_str(), one.name.as_str())).collect();
        let case = best_case(&names, &Case::VARIANTS, Case::of_variant, str::to_owned);
        let mut options = vec![format!("tag = {tag:?}")];
        options.extend(case.map(|case| format!("rename_all = {:?}", case.name())));
        self.attribute(0, "open_union", &options);
        self.head(&format!("pub enum {}", def.name));
        for one in variants {
            let sent = case.map_or_else(|| one.ident.clone(), |case| case.of_variant(&one.ident));
            if one.untagged {
                self.line(1, "#[open_union(untagged)]");
            } else if sent != one.name {
                self.attribute(1, "open_union", &[format!("rename = {:?}", one.name)]);
            }
            if one.ty == Ty::Nothing {
                self.line(1, &format!("{},", one.ident));
                continue;
            }
            let ty = self.variant_ty(id, &one.ty);
            self.variant(&one.ident, &ty);
        }
        let other = self.other(|ident| variants.iter().any(|one| one.ident == ident));
        let value = self.item("serde_json", "Value");
        self.line(1, "#[open_union(other)]");
        self.line(1, &format!("{other}({value}),"));
        self.line(0, "}");
    }

    fn variant_ty(&mut self, owner: DefId, ty: &Ty) -> String {
        let written = self.ty(ty);
        let boxed = match ty {
            Ty::Named(id) => {
                finish::holds(self.defs(), *id, owner) || finish::size(self.defs(), ty, 0) > LARGE
            }
            _ => false,
        };
        if boxed { format!("Box<{written}>") } else { written }
    }

    fn untagged(&mut self, id: DefId, def: &Def, variants: &[Variant]) {
        let mut derives = vec!["Clone", "Debug", "PartialEq"];
        derives.extend(def.received.then_some("Deserialize"));
        derives.extend(self.writes(def).then_some("Serialize"));
        self.derive(&derives);
        self.line(0, "#[serde(untagged)]");
        self.head(&format!("pub enum {}", def.name));
        for one in variants {
            let ty = self.variant_ty(id, &one.ty);
            self.variant(&one.ident, &ty);
        }
        // An enum within has a variant for all other values.
        let takes_all = variants.last().is_some_and(|one| finish::takes_any(self.defs(), &one.ty));
        if def.received && !takes_all {
            let other = self.other(|ident| variants.iter().any(|one| one.ident == ident));
            let value = self.item("serde_json", "Value");
            self.line(1, &format!("{other}({value}),"));
        }
        self.line(0, "}");
    }

    /// Writes an enum as serde reads and writes it by default.
    fn keyed(&mut self, id: DefId, def: &Def, variants: &[Variant]) {
        self.derive(&["Clone", "Debug", "PartialEq", "Serialize"]);
        let names: Vec<(&str, &str)> =
            variants.iter().map(|one| (one.ident.as_str(), one.name.as_str())).collect();
        let case = best_case(&names, &Case::VARIANTS, Case::of_variant, str::to_owned);
        if let Some(case) = case {
            self.line(0, &format!("#[serde(rename_all = {:?})]", case.name()));
        }
        self.head(&format!("pub enum {}", def.name));
        for one in variants {
            let sent = case.map_or_else(|| one.ident.clone(), |case| case.of_variant(&one.ident));
            if sent != one.name {
                self.attribute(1, "serde", &[format!("rename = {:?}", one.name)]);
            }
            let ty = self.variant_ty(id, &one.ty);
            self.variant(&one.ident, &ty);
        }
        self.line(0, "}");
    }

    fn responses(&mut self, def: &Def, variants: &[ResponseVariant]) {
        self.response_derive(variants.iter().map(|one| &one.body));
        self.head(&format!("pub enum {}", def.name));
        for one in variants {
            self.docs(1, &one.docs);
            self.line(1, &format!("#[status({})]", one.status));
            if one.headers.is_empty() {
                match self.boxed(&one.body) {
                    body if body.is_empty() => self.line(1, &format!("{},", one.ident)),
                    body => self.variant(&one.ident, &body),
                }
                continue;
            }
            self.line(1, &format!("{} {{", one.ident));
            for header in &one.headers {
                self.header_field(2, header, "");
            }
            if one.body != Returned::Nothing {
                let body = self.boxed(&one.body);
                self.line(2, "#[body]");
                self.member(2, "data", &body);
            }
            self.line(1, "},");
        }
        self.line(0, "}");
    }

    /// Returns the data of a variant, behind a pointer if it is large.
    fn boxed(&mut self, body: &Returned) -> String {
        let written = self.returned(body);
        match body {
            Returned::Json(ty @ (Ty::Named(_) | Ty::Applied(..)))
                if finish::size(self.defs(), ty, 0) > LARGE =>
            {
                format!("Box<{written}>")
            }
            _ => written,
        }
    }

    fn response_derive<'b>(&mut self, bodies: impl Iterator<Item = &'b Returned>) {
        let streams = bodies.into_iter().any(|body| {
            matches!(
                body,
                Returned::Events(_)
                    | Returned::Lines(_)
                    | Returned::Stream
                    | Returned::Custom(_)
                    | Returned::Text
            )
        });
        let derives: &[&str] = if streams {
            &["Debug", "FromResponse"]
        } else {
            &["Clone", "Debug", "PartialEq", "FromResponse"]
        };
        self.derive(derives);
    }

    fn header_field(&mut self, indent: usize, header: &HeaderField, public: &str) {
        self.docs(indent, &header.docs);
        self.line(indent, &format!("#[header({:?})]", header.name));
        let ty = self.ty(&header.ty);
        let ty = if header.required { ty } else { format!("Option<{ty}>") };
        self.member(indent, &format!("{public}{}", header.ident), &ty);
    }

    fn page(&mut self, def: &Def, headers: &[HeaderField], body: &Returned) {
        self.response_derive(std::iter::once(body));
        self.head(&format!("pub struct {}", def.name));
        for header in headers {
            self.header_field(1, header, "pub ");
        }
        let body = self.returned(body);
        if !body.is_empty() {
            let ident = unique("data", |ident| headers.iter().any(|header| header.ident == ident));
            self.line(1, "#[body]");
            self.member(1, &format!("pub {ident}"), &body);
        }
        self.line(0, "}");
    }

    pub(super) fn error(&mut self, error: &ErrorEnum) {
        let typed = error.variants.iter().any(|one| one.body.is_some());
        let copied = ["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash", "ErrorClass"];
        let cloned = ["Clone", "Debug", "PartialEq", "ErrorClass"];
        self.derive(if typed { &cloned } else { &copied });
        self.head(&format!("pub enum {}", error.name));
        for one in &error.variants {
            self.line(1, &format!("#[status({})]", one.status));
            let Some(body) = &one.body else {
                self.line(1, &format!("{},", one.ident));
                continue;
            };
            let written = self.ty(body);
            let is_large = finish::size(self.defs(), body, 0) > LARGE;
            let body = if is_large { format!("Box<{written}>") } else { written };
            self.variant(&one.ident, &format!("Option<{body}>"));
        }
        self.line(0, "}");
        self.line(0, "");
    }

    /// Returns the name of the variant for all other values. The head of a file describes
    /// `Unknown`; another name has docs of its own, and so has each in a fragment.
    fn other(&mut self, taken: impl Fn(&str) -> bool) -> String {
        let names = ["Unknown", "Other", "Unrecognized"];
        let free = names.iter().find(|name| !taken(name)).map(|name| (*name).to_owned());
        let name = free.unwrap_or_else(|| unique("Other", taken));
        if name == "Unknown" && self.form == Form::File {
            self.has_unknown = true;
        } else {
            self.docs(1, "Any other value, as it came.");
        }
        name
    }
}

/// Complexity of a type from which on clippy asks for an alias (`type-complexity-threshold`).
const COMPLEX: usize = 250;

/// Returns the complexity of a type as clippy counts it: ten for each name, times its depth.
fn complexity(ty: &str) -> usize {
    let (mut depth, mut sum, mut is_inside) = (1, 0, false);
    for c in ty.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        let is_name = c.is_alphanumeric() || matches!(c, '_' | ':');
        if is_name && !is_inside {
            sum += 10 * depth;
        }
        is_inside = is_name;
    }
    sum
}
