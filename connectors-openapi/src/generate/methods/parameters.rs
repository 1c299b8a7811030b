//! The arguments of a method: path, query and headers.

use super::super::Generator;
use super::super::plan::{Argument, ArgumentTy, QueryPair, Spot, Ty, Wrapper};
use super::super::select::Selected;
use super::super::types::{Hint, is_secret};
use super::{Call, Reason, add_pair, template};
use crate::docs;
use crate::model::media::Kind;
use crate::model::shape::{self, Shape};
use crate::model::tag;
use crate::model::{Operation, Parameter, Place, SchemaId};
use crate::notice::Notice;
use crate::words::{plain, type_name};
use serde_json::Value;

impl Generator<'_> {
    /// Returns the path with its arguments, which become the first ones of the call.
    pub(super) fn path(
        &mut self,
        operation: &Operation,
        call: &mut Call,
        one: &Selected<'_>,
    ) -> Result<String, Reason> {
        let path = operation.path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        template::check_path(path)?;
        let mut template = String::new();
        let mut rest = path;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').map(|close| open + close);
            let Some(close) = close else {
                return Err(format!("the path `{path}` has a `{{` without a `}}`"));
            };
            template.push_str(&template::encoded(&rest[..open]));
            let name = &rest[open + 1..close];
            let ident = self.path_argument(operation, name, call, one)?;
            template.extend(["<", &ident, ">"]);
            rest = &rest[close + 1..];
        }
        template.push_str(&template::encoded(rest));
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            if !pair.contains(['{', '}']) {
                call.query.push(QueryPair::Fixed(template::plain_pair(pair)?));
            } else if let Some((name, braces)) = pair.split_once("={") {
                template::check_name(name)?;
                let ident =
                    self.path_argument(operation, braces.trim_end_matches('}'), call, one)?;
                call.query.push(QueryPair::Named {
                    name: name.to_owned(),
                    ident: plain(&ident).to_owned(),
                });
            } else {
                return Err(format!("the query in the path `{}` is not read", operation.path));
            }
        }
        Ok(template.trim_start_matches('/').to_owned() + if path == "/" { "/" } else { "" })
    }

    fn path_argument(
        &mut self,
        operation: &Operation,
        name: &str,
        call: &mut Call,
        one: &Selected<'_>,
    ) -> Result<String, Reason> {
        let name = name.trim_end_matches(['*', '+']).trim_start_matches(['+', '.', ';', '/']);
        let named = |one: &&Parameter| one.place == Place::Path && one.name == name;
        let parameter = operation.parameters.iter().find(named);
        if parameter.is_some_and(|one| matches!(one.style.as_str(), "label" | "matrix")) {
            return Err(format!("the parameter `{name}` has the style `label` or `matrix`"));
        }
        if call.arguments.iter().any(|argument| argument.name == name) {
            return Err(format!("the path `{}` has `{{{name}}}` twice", operation.path));
        }
        let ident = call.ident(name, one, "path");
        let hint = Hint::new(&type_name(operation.telling_id().unwrap_or(name)), name);
        let ty = match parameter.and_then(|one| one.schema) {
            Some(schema) => match self.ty(schema, &hint).0 {
                Ty::Any | Ty::Object | Ty::Map(_) | Ty::Secret => Ty::Text,
                Ty::Named(_) if self.is_struct(schema) => Ty::Text,
                Ty::List(item) if !self.is_scalar(&item) => Ty::List(Box::new(Ty::Text)),
                ty => ty,
            },
            None => Ty::Text,
        };
        let is_json = parameter.and_then(|one| one.content.as_ref()).map(|media| Kind::of(media));
        let docs = if is_json == Some(Kind::Json) { "Written as JSON." } else { "" };
        call.arguments.push(Argument {
            name: name.to_owned(),
            ident: ident.clone(),
            docs: docs.to_owned(),
            spot: Spot::Path,
            ty: ArgumentTy::Of(ty),
            wrapper: Wrapper::Required,
        });
        Ok(plain(&ident).to_owned())
    }

    pub(super) fn is_struct(&self, schema: SchemaId) -> bool {
        let (target, _) = shape::target(self.document, schema);
        match shape::shape(self.document, target) {
            Shape::Struct => true,
            Shape::Union(_) => tag::is_object(self.document, target),
            _ => false,
        }
    }

    /// Returns true for a type whose value is one text outside JSON.
    fn is_scalar(&self, ty: &Ty) -> bool {
        match ty {
            Ty::List(_) | Ty::Any | Ty::Object | Ty::Map(_) | Ty::OrNull(_) => false,
            Ty::Named(id) => self.defs[*id].is_scalar(),
            _ => true,
        }
    }

    fn is_map(&self, schema: SchemaId) -> bool {
        let (target, _) = shape::target(self.document, schema);
        matches!(shape::shape(self.document, target), Shape::Map(_))
    }

    pub(super) fn parameters(
        &mut self,
        operation: &Operation,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
    ) -> Result<(), Reason> {
        let mut cookies: Vec<&Parameter> = Vec::new();
        for parameter in &operation.parameters {
            match parameter.place {
                Place::Path => {
                    if !call.arguments.iter().any(|argument| argument.name == parameter.name) {
                        let message = format!(
                            "the path `{}` has no `{{{}}}`, so the parameter is left out",
                            operation.path, parameter.name
                        );
                        self.warn(Notice::new(parameter.at.clone(), message));
                    }
                }
                Place::Query | Place::QueryString => match template::check_name(&parameter.name) {
                    Err(reason) if parameter.required => return Err(reason),
                    Err(reason) => {
                        let message = format!("{reason}, so the parameter is left out");
                        self.warn(Notice::new(parameter.at.clone(), message));
                    }
                    Ok(()) => self.query(parameter, call, one, parent),
                },
                Place::Header => self.header(operation, parameter, call, one, parent),
                Place::Cookie => cookies.push(parameter),
            }
        }
        if let Some(first) = cookies.first() {
            let ident = call.ident("cookie", one, "header");
            let names: Vec<String> =
                cookies.iter().map(|one| format!("`{}=..`", one.name)).collect();
            let required = cookies.iter().any(|one| one.required);
            call.arguments.push(Argument {
                name: first.name.clone(),
                ident,
                docs: format!("Cookies: {}.", names.join("; ")),
                spot: Spot::Header { name: "Cookie".to_owned(), sensitive: true },
                ty: ArgumentTy::Of(Ty::Text),
                wrapper: if required { Wrapper::Required } else { Wrapper::Optional },
            });
        }
        Ok(())
    }

    /// Returns the text of a parameter that each request has, and always with this value.
    fn constant(&self, parameter: &Parameter, one: &Selected<'_>) -> Option<String> {
        let is_named = one.steering.arguments.contains_key(&parameter.name);
        let is_plain = parameter.required && parameter.content.is_none() && !is_named;
        let schema = parameter.schema.filter(|_| is_plain)?;
        let (target, nullable) = shape::target(self.document, schema);
        match self.document.schema(target).values.as_slice() {
            _ if nullable => None,
            [Value::String(text)] => Some(text.clone()),
            [value @ (Value::Bool(_) | Value::Number(_))] => Some(value.to_string()),
            _ => None,
        }
    }

    fn query(&mut self, parameter: &Parameter, call: &mut Call, one: &Selected<'_>, parent: &str) {
        let constant = self.constant(parameter, one);
        let pair = constant.and_then(|value| template::fixed_pair(&parameter.name, &value));
        if let Some(pair) = pair {
            call.query.push(QueryPair::Fixed(pair));
            return;
        }
        let Some(schema) = parameter.schema else {
            self.pair(parameter, call, one, ArgumentTy::Of(Ty::Text));
            return;
        };
        let separated = list_style(&parameter.style, parameter.explode).is_some();
        let list = separated.then(|| self.list_of(schema)).flatten();
        let schema = list.unwrap_or(schema);
        let hint = Hint::new(parent, &parameter.name);
        let is_object = self.is_struct(schema);
        let whole = parameter.place == Place::QueryString;
        let is_form = parameter.content.as_ref().is_none_or(|kind| Kind::of(kind) == Kind::Form);
        if whole && !(is_form && (is_object || self.is_map(schema))) {
            let message = "a whole query that is not the object of a form is not supported, so it is left out";
            self.warn(Notice::new(parameter.at.clone(), message));
            return;
        }
        let written_as_json = parameter.content.is_some() && !whole;
        let one_pair = parameter.is_one_pair() && (is_object || self.is_map(schema));
        if written_as_json || one_pair {
            self.pair(parameter, call, one, ArgumentTy::Of(Ty::Text));
            return;
        }
        let (target, _) = shape::target(self.document, schema);
        let real = self.document.schema(target);
        let ty = match self.ty(schema, &hint).0 {
            Ty::Text if is_secret(&parameter.name, real) => Ty::Secret,
            Ty::Any => Ty::Text,
            Ty::List(item) if matches!(*item, Ty::List(_) | Ty::Any) => {
                Ty::List(Box::new(Ty::Text))
            }
            Ty::List(item) => match *item {
                Ty::OrNull(item) => Ty::List(item),
                item => Ty::List(Box::new(item)),
            },
            ty => ty,
        };
        let spreads = matches!(ty, Ty::Object | Ty::Map(_)) || is_object;
        if (spreads && parameter.style == "form") || whole {
            let argument = self.argument(parameter, call, one, ArgumentTy::Of(ty), Spot::Query);
            call.query.push(QueryPair::Spread(plain(&argument.ident).to_owned()));
            call.arguments.push(argument);
            return;
        }
        let ty = match list_style(&parameter.style, parameter.explode) {
            Some(style) if matches!(ty, Ty::List(_)) => ArgumentTy::Listed(style, ty),
            _ => ArgumentTy::Of(ty),
        };
        self.pair(parameter, call, one, ty);
    }

    /// Returns the list of a schema that is one value or a list. A list of one is sent like it.
    fn list_of(&self, schema: SchemaId) -> Option<SchemaId> {
        let (target, _) = shape::target(self.document, schema);
        let Shape::Union(variants) = shape::shape(self.document, target) else { return None };
        let shape_of =
            |id: &SchemaId| shape::shape(self.document, shape::target(self.document, *id).0);
        let is_list = |id: &SchemaId| matches!(shape_of(id), Shape::List(_));
        let is_object = |id: &SchemaId| matches!(shape_of(id), Shape::Struct | Shape::Map(_));
        if variants.iter().any(is_object) {
            return None;
        }
        variants.into_iter().find(is_list)
    }

    fn pair(&mut self, parameter: &Parameter, call: &mut Call, one: &Selected<'_>, ty: ArgumentTy) {
        let argument = self.argument(parameter, call, one, ty, Spot::Query);
        call.query.push(QueryPair::Named {
            name: parameter.name.clone(),
            ident: plain(&argument.ident).to_owned(),
        });
        call.arguments.push(argument);
    }

    pub(super) fn argument(
        &mut self,
        parameter: &Parameter,
        call: &mut Call,
        one: &Selected<'_>,
        ty: ArgumentTy,
        spot: Spot,
    ) -> Argument {
        let names = [&parameter.name, one.operation.telling_id().unwrap_or_default(), &one.group];
        let description = parameter.description.as_deref().unwrap_or_default();
        let mut docs = match parameter.schema {
            Some(schema) => {
                let (target, _) = shape::target(self.document, schema);
                let (schema, real) = (self.document.schema(schema), self.document.schema(target));
                self.field_docs(Some(description), schema, real, &names)
            }
            None => self.line(description, &names),
        };
        let is_json = |media: &String| Kind::of(media) == Kind::Json;
        if parameter.content.as_ref().is_some_and(is_json) {
            docs = docs::sentence(&format!("{docs} It is written as JSON."));
        }
        if parameter.deprecated && !docs.to_ascii_lowercase().contains("deprecated") {
            docs = docs::sentence(&format!("Deprecated. {docs}"));
        }
        Argument {
            name: parameter.name.clone(),
            ident: call.ident(&parameter.name, one, parameter.place.name()),
            docs,
            spot,
            ty,
            wrapper: if parameter.required { Wrapper::Required } else { Wrapper::Optional },
        }
    }

    pub(super) fn header(
        &mut self,
        operation: &Operation,
        parameter: &Parameter,
        call: &mut Call,
        one: &Selected<'_>,
        parent: &str,
    ) {
        let lower = parameter.name.to_ascii_lowercase();
        let writes = matches!(operation.method.as_str(), "POST" | "PATCH" | "PUT" | "DELETE");
        if writes && matches!(lower.as_str(), "idempotency-key" | "x-idempotency-key") {
            call.options.push(if lower == "idempotency-key" {
                "idempotency_key".to_owned()
            } else {
                format!("idempotency_key = {:?}", parameter.name)
            });
            return;
        }
        let is_visible = |value: &String| value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let constant = self.constant(parameter, one).filter(is_visible);
        if let Some(value) = constant.filter(|_| lower != "cookie") {
            let sets = |options: &[String], name: &str| {
                let mut own = options.iter().filter(|option| option.starts_with("headers("));
                own.any(|own| own.to_ascii_lowercase().contains(name))
            };
            // A header that the user sets wins, and each has one value.
            let quoted = format!("\"{lower}\"");
            if sets(&one.steering.options, &quoted) || sets(&call.options, &quoted) {
                return;
            }
            if !sets(&one.steering.options, "") {
                let pair = format!("{:?} = {value:?}", parameter.name);
                add_pair(&mut call.options, "headers", &pair);
                return;
            }
        }
        let (ty, secret) = match parameter.schema {
            Some(schema) => {
                let (target, _) = shape::target(self.document, schema);
                let secret = is_secret(&parameter.name, self.document.schema(target));
                let ty = match self.ty(schema, &Hint::new(parent, &parameter.name)).0 {
                    Ty::Any | Ty::Object | Ty::Map(_) => Ty::Text,
                    Ty::Named(_) if self.is_struct(schema) => Ty::Text,
                    Ty::List(item) if !self.is_scalar(&item) => Ty::Text,
                    ty => ty,
                };
                (ty, secret)
            }
            None => (Ty::Text, false),
        };
        let ty = if secret && ty == Ty::Text { Ty::Secret } else { ty };
        let spot = Spot::Header { name: parameter.name.clone(), sensitive: false };
        let argument = self.argument(parameter, call, one, ArgumentTy::Of(ty), spot);
        call.arguments.push(argument);
    }
}

/// Returns the wrapper of a list in this style, if it is not a pair per item.
pub(super) fn list_style(style: &str, explode: bool) -> Option<&'static str> {
    match (style, explode) {
        ("form", false) => Some("CommaSeparated"),
        ("spaceDelimited", false) => Some("SpaceSeparated"),
        ("pipeDelimited", false) => Some("PipeSeparated"),
        ("deepObject", _) => Some("Bracketed"),
        _ => None,
    }
}
