//! One endpoint: its HTTP method, template, arguments and options, and the rules between them.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{LitStr, TraitItemFn};

use super::method::{self, MethodArguments, MethodAttribute};
use super::settings::{self, TraitDefaults};
use super::{misplaced, signature, template};
use crate::errors::Errors;
use crate::model::Endpoint;
use crate::model::arg::{Arg, ArgKind};
use crate::model::settings::{FixedValue, Format, Settings};
use crate::model::template::{PathPiece, QueryPiece, Template};
use crate::syntax::case::Case;
use crate::syntax::rust_type::Presence;

impl Endpoint {
    /// Reads an endpoint, removes our attributes and reports mistakes. If at least the signature is
    /// sound, it returns an endpoint all the same, so that calls to it do not produce follow-up
    /// errors.
    pub(super) fn take(
        method: &mut TraitItemFn,
        defaults: &TraitDefaults,
        errors: &mut Errors,
    ) -> Option<Self> {
        let before = errors.count();
        let attribute = method::take(method, errors)?;
        let of_attribute = errors.count();
        signature::check(&method.sig, errors);
        let args = signature::take_args(&mut method.sig, errors);
        let output = signature::output(&method.sig, errors);
        check_body(method, &attribute, errors);
        let is_readable = errors.count() == of_attribute;
        let mut endpoint = Self {
            is_sound: true,
            attributes: method.attrs.clone(),
            signature: method.sig.clone(),
            ident: method.sig.ident.clone(),
            own_name: method.sig.ident.unraw().to_string(),
            method: attribute.method,
            template: Template::default(),
            args: args?,
            output,
            settings: Settings::default(),
        };
        let setters = errors.count();
        endpoint.check_setters(errors);
        let is_callable = is_readable && errors.count() == setters;
        if let Some(arguments) = attribute.arguments {
            endpoint.complete(arguments, defaults, errors);
        }
        if errors.count() == before {
            return Some(endpoint);
        }
        is_callable.then(|| endpoint.never_sent())
    }

    /// Reads the template and the options, and gives each argument its place.
    fn complete(
        &mut self,
        arguments: MethodArguments,
        defaults: &TraitDefaults,
        errors: &mut Errors,
    ) {
        let options = arguments.options.check_with(
            &settings::OF_ENDPOINT,
            "an endpoint",
            misplaced::on_endpoint,
            errors,
        );
        self.settings = Settings::read(&options, errors);
        self.settings.inherit(defaults, &self.method);
        // The places of the arguments depend on the template.
        let Some(template) = method::parse_template(&arguments.template, &defaults.prefix, errors)
        else {
            return;
        };
        self.template = template;
        if let Some(case) = defaults.case {
            self.template.rename_pairs(case);
        }
        self.bind(&arguments.template, &defaults.prefix, errors);
        if let Some(case) = defaults.case {
            self.rename_fields(case);
        }
        self.share_query(&defaults.query, errors);
        self.make_form(&arguments.template, errors);
        self.check_url(&arguments.template, errors);
        self.settings.at_most_one = options
            .lists("at_most_one")
            .map(|(span, names)| self.at_most_one(span, names, errors))
            .collect();
        self.check_repeated(errors);
        self.check_paginate(errors);
        self.check_bodies(errors);
        self.check_names(errors);
        self.check_fixed_fields(errors);
        self.check_failed(&arguments.template, errors);
        self.check_presence(errors);
        self.check_with(errors);
        self.check_bytes(errors);
        self.check_brackets(errors);
        self.check_empty_body(errors);
        self.check_compress(errors);
    }

    /// Changes the endpoint to a form that always compiles.
    fn never_sent(mut self) -> Self {
        self.is_sound = false;
        // The name and the methods that these options give stay, so that their uses compile.
        let Settings { paginate, poll, request, .. } = self.settings;
        self.settings = Settings { paginate, poll, request, ..Settings::default() };
        for arg in &mut self.args {
            (arg.kind, arg.name) = (ArgKind::Field, arg.own_name.clone());
        }
        self
    }

    /// Gives each argument its place: by its attribute, by the template, or as a field.
    fn bind(&mut self, literal: &LitStr, prefix: &str, errors: &mut Errors) {
        let is_foreign = self.is_foreign(literal, prefix, errors);
        let spread = self.template.query.contains(&QueryPiece::Everything);
        for arg in &mut self.args {
            let named = place_in_template(&self.template, &arg.own_name);
            match (named, arg.kind) {
                (Some((kind, name)), ArgKind::Unbound) => (arg.kind, arg.name) = (kind, name),
                (Some(_), kind) => errors.at(
                    &arg.ident,
                    format!(
                        "`{}` has two places, the template and `#[{}]`: remove one",
                        arg.own_name,
                        kind.setter()
                    ),
                ),
                (None, ArgKind::Unbound) if spread => arg.kind = ArgKind::Query,
                _ => {}
            }
        }
        if !is_foreign && !self.is_misspelt(literal, errors) {
            for name in self.missing() {
                errors.at(
                    literal,
                    format!("the template names `<{name}>`, which is not an argument: add `{name}: &str`"),
                );
            }
            self.bind_fields(literal, errors);
        }
    }

    /// Returns the names in the template that are not arguments.
    fn missing(&self) -> Vec<String> {
        let is_missing = |name: &&str| !self.args.iter().any(|arg| arg.own_name == *name);
        self.template.names().filter(is_missing).map(str::to_owned).collect()
    }

    /// Reports arguments that the template names in the syntax of another framework.
    fn is_foreign(&self, literal: &LitStr, prefix: &str, errors: &mut Errors) -> bool {
        let before = errors.count();
        let text = format!("{prefix}/{}", literal.value());
        for arg in self.args.iter().filter(|arg| arg.kind == ArgKind::Unbound) {
            let name = arg.own_name.as_str();
            let is_named = place_in_template(&self.template, name).is_some();
            if !is_named && let Some(written) = template::foreign_placeholder(&text, name) {
                errors.at(literal, format!("a placeholder is written `<{name}>`, not `{written}`"));
            }
        }
        errors.count() > before
    }

    /// Reports one name without an argument and one argument without a place as one mistake.
    fn is_misspelt(&self, literal: &LitStr, errors: &mut Errors) -> bool {
        let missing = self.missing();
        let mut unbound = self.args.iter().filter(|arg| arg.kind == ArgKind::Unbound);
        let ([name], Some(arg), None) = (missing.as_slice(), unbound.next(), unbound.next()) else {
            return false;
        };
        if self.has_payload() && !is_alike(name, &arg.own_name) {
            return false;
        }
        let own_name = arg.own_name.as_str();
        errors.at(
            literal,
            format!("the template names `<{name}>`, but the argument is `{own_name}`: give both one name"),
        );
        true
    }

    /// Returns true if arguments without a place are fields of the body. DELETE and OPTIONS have a
    /// body only if an option sets its format, GET only if an argument is marked.
    fn has_payload(&self) -> bool {
        match self.method.as_str() {
            "POST" | "PUT" | "PATCH" | "QUERY" => true,
            "GET" | "HEAD" => false,
            _ => self.settings.format != Format::Json,
        }
    }

    /// Makes each argument without a place a field.
    fn bind_fields(&mut self, literal: &LitStr, errors: &mut Errors) {
        let has_body = self.args.iter().any(|arg| arg.kind == ArgKind::Body);
        let has_payload = self.has_payload();
        let url = self
            .args
            .iter()
            .find(|arg| arg.kind == ArgKind::Url && arg.presence == Presence::Required);
        let url = url.filter(|_| !has_payload).map(|url| url.own_name.clone());
        for arg in self.args.iter_mut().filter(|arg| arg.kind == ArgKind::Unbound) {
            let name = arg.ident.unraw();
            if let Some(url) = &url {
                errors.at(
                    &arg.ident,
                    format!("`{name}` has no place, since `{url}` is the whole URL: remove it, or make `{url}` an `Option`"),
                );
            } else if has_body {
                errors.at(
                    &arg.ident,
                    format!(
                        "`{name}` has no place beside `#[body]`, which is the whole body: {}",
                        query_fix(literal, &name)
                    ),
                );
            } else if !has_payload {
                errors.at(
                    &arg.ident,
                    format!(
                        "`{name}` has no place, since {} has no body: {}{}",
                        self.method,
                        query_fix(literal, &name),
                        if self.method == "HEAD" {
                            ""
                        } else {
                            ", or mark it `#[field]` or `#[body]`"
                        }
                    ),
                );
            }
            arg.kind = ArgKind::Field;
        }
    }

    /// Gives the fields, and the pairs for which `<..>` stands, their names in a case.
    fn rename_fields(&mut self, case: &Case) {
        for arg in self.args.iter_mut().filter(|arg| !arg.is_named) {
            let is_pair = arg.kind == ArgKind::Query
                && !self.template.names().any(|name| name == arg.own_name);
            if is_pair || arg.kind == ArgKind::Field {
                arg.name = case.of_field(&arg.own_name);
            }
        }
    }

    /// Reports fixed pairs of the query that cannot be sent, and adds those of the trait that the
    /// endpoint does not set. One gives way to an argument or a field that is set.
    fn share_query(&mut self, of_trait: &[FixedValue], errors: &mut Errors) {
        let is_url = |arg: &Arg| arg.kind == ArgKind::Url && arg.presence == Presence::Required;
        let url = self.args.iter().find(|arg| is_url(arg));
        for FixedValue { span, name, .. } in &self.settings.query {
            let shown = name.escape_debug();
            if let Some(Arg { own_name, .. }) = url {
                let mistake = format!(
                    "`{shown}` is never sent, since `{own_name}` is the whole URL: remove it"
                );
                errors.at_span(*span, mistake);
            } else if self.sends_pair(name) {
                let mistake = format!(
                    "the template sends the pair `{shown}` already: remove it here or there"
                );
                errors.at_span(*span, mistake);
            }
        }
        let has_rest = self.args.iter().any(|arg| arg.kind == ArgKind::QueryRest);
        let mut shared = Vec::new();
        for pair in of_trait {
            let is_optional = self.optional_pair(&pair.name);
            let is_own = self.settings.query.iter().any(|own| own.name == pair.name);
            if is_optional || !(is_own || self.sends_pair(&pair.name)) {
                let gives_way = is_optional || has_rest;
                shared.push(FixedValue { gives_way, ..pair.clone() });
            }
        }
        self.settings.query.extend(shared);
    }

    /// Returns true if an argument sends a pair of the query with this name only if it is set.
    fn optional_pair(&self, name: &str) -> bool {
        let is_pair = |arg: &Arg| arg.kind == ArgKind::Query && arg.name == name;
        self.args.iter().any(|arg| is_pair(arg) && arg.presence != Presence::Required)
    }

    /// Returns true if the template or an argument sends a pair of the query with this name.
    fn sends_pair(&self, name: &str) -> bool {
        let encoded = template::form_encoded(name);
        let is_text = |piece: &QueryPiece| matches!(piece, QueryPiece::Text(text) if text.split('=').next() == Some(&encoded));
        self.template.query.iter().any(is_text)
            || self.args.iter().any(|arg| arg.kind == ArgKind::Query && arg.name == name)
    }

    /// Makes the fields parts of a form, if an option asks for one.
    fn make_form(&mut self, literal: &LitStr, errors: &mut Errors) {
        let Some(option) = self.settings.format.option() else { return };
        if let Some(body) = self.args.iter().find(|arg| arg.kind == ArgKind::Body) {
            let name = body.own_name.as_str();
            errors.at(
                &body.ident,
                format!("`{name}` cannot be a `#[body]`: a form is made of fields"),
            );
        }
        let is_content =
            |arg: &Arg| matches!(arg.kind, ArgKind::Field | ArgKind::FieldRest | ArgKind::Body);
        let has_fields = self.args.iter().any(is_content);
        if !has_fields && self.settings.fields.is_empty() {
            errors.at(
                literal,
                format!("a form needs a field: add an argument, or remove `{option}`"),
            );
        }
        let kind = self.field_kind();
        for arg in self.args.iter_mut().filter(|arg| arg.kind == ArgKind::Field) {
            arg.kind = kind;
        }
    }

    /// Reports a template beside a required URL, which replaces it. The URL's name becomes the
    /// template.
    fn check_url(&mut self, literal: &LitStr, errors: &mut Errors) {
        let mut urls = self.args.iter().filter(|arg| arg.kind == ArgKind::Url);
        let Some(url) = urls.next() else { return };
        if let Some(second) = urls.next() {
            errors.at(&second.ident, "a second `#[url]`: a request has one, remove the other");
        } else if url.presence == Presence::Required {
            let name = url.own_name.as_str();
            // A name that stands in the template has been reported already.
            if !literal.value().is_empty() && place_in_template(&self.template, name).is_none() {
                errors.at(
                    literal,
                    format!(
                        "this is never sent, since `{name}` is the whole URL: write `\"\"`, or make it an `Option`"
                    ),
                );
            }
            self.template =
                Template { path: vec![PathPiece::Argument(name.to_owned())], query: Vec::new() };
        }
    }
}

/// Returns the place of an argument in the template, and its name there.
fn place_in_template(template: &Template, name: &str) -> Option<(ArgKind, String)> {
    let path = template.path.iter().find_map(|piece| match piece {
        PathPiece::Argument(other) if other == name => Some((ArgKind::Path, name.to_owned())),
        PathPiece::Rest(other) if other == name => Some((ArgKind::PathRest, name.to_owned())),
        _ => None,
    });
    path.or_else(|| {
        template.query.iter().find_map(|piece| match piece {
            QueryPiece::Argument { key, name: other } if other == name => {
                Some((ArgKind::Query, key.clone().unwrap_or_else(|| name.to_owned())))
            }
            QueryPiece::Rest(other) if other == name => Some((ArgKind::QueryRest, name.to_owned())),
            _ => None,
        })
    })
}

/// Returns the advice to add an argument to the query.
fn query_fix(literal: &LitStr, name: &Ident) -> String {
    let template = literal.value();
    let separator = if template.contains('?') { '&' } else { '?' };
    format!("add it to the query, `\"{}{separator}<{name}>\"`", template.escape_debug())
}

fn check_body(method: &TraitItemFn, attribute: &MethodAttribute, errors: &mut Errors) {
    if let Some(body) = &method.default {
        errors.at_span(
            body.brace_token.span.open(),
            format!(
                "an endpoint has no function body: remove it, or remove `#[{}]` to keep a default method",
                attribute.name
            ),
        );
    }
}

/// Returns true if two names differ by case and underscores only.
fn is_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    letters(one) == letters(other)
}
