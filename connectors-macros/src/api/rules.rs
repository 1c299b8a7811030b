//! The rules between the parts of an endpoint. Each function reports one mistake.

use proc_macro2::{Ident, Span};
use syn::LitStr;
use syn::ext::IdentExt as _;

use crate::errors::Errors;
use crate::model::Endpoint;
use crate::model::arg::{Arg, ArgKind};
use crate::model::settings::{FixedValue, Format};
use crate::syntax::rust_type::{Presence, is_bytes, list_letter, shown};

impl Endpoint {
    /// Reports fixed fields that the body cannot have, or that an argument sends already.
    pub(super) fn check_fixed_fields(&self, errors: &mut Errors) {
        let body = self.args.iter().find(|arg| arg.kind == ArgKind::Body);
        for FixedValue { span, name, .. } in &self.settings.fields {
            let shown = name.escape_debug();
            if self.method == "HEAD" {
                let mistake = format!(
                    "`{shown}` has no place, since HEAD has no body: use POST, or the query"
                );
                errors.at_span(*span, mistake);
            } else if body.is_some() {
                errors.at_span(
                    *span,
                    format!("`{shown}` has no place beside `#[body]`, which is the whole body"),
                );
            } else if self.args.iter().any(|arg| arg.kind == self.field_kind() && arg.name == *name)
            {
                errors.at_span(
                    *span,
                    format!(
                        "the argument `{shown}` sends this field already: remove it here or there"
                    ),
                );
            }
        }
    }

    pub(super) fn at_most_one(
        &self,
        span: Span,
        names: &[Ident],
        errors: &mut Errors,
    ) -> Vec<String> {
        if names.len() < 2 {
            errors.at_span(
                span,
                "`at_most_one` needs two arguments or more: write `at_most_one(a, b)`",
            );
        }
        for (i, name) in names.iter().enumerate() {
            if names[..i].contains(name) {
                errors.at(name, format!("duplicate `{name}`: remove one"));
            }
            match self.args.iter().find(|arg| arg.ident.unraw() == name.unraw()) {
                None => {
                    errors.at(
                        name,
                        format!(
                            "`at_most_one` names `{name}`, which is not an argument: remove it"
                        ),
                    );
                }
                Some(arg) if arg.presence == Presence::Required => errors.at(
                    name,
                    format!(
                        "`{name}` in `at_most_one` is required: make it an `Option` or `Nullable`"
                    ),
                ),
                Some(_) => {}
            }
        }
        names.iter().map(|name| name.unraw().to_string()).collect()
    }

    /// Reports `resume` and `poll` on a call that is not idempotent, since both repeat it.
    pub(super) fn check_repeated(&self, errors: &mut Errors) {
        let is_idempotent = self.settings.idempotent
            || self.settings.idempotency_key.is_some()
            || matches!(
                self.method.as_str(),
                "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "QUERY"
            );
        // A link is polled by GET.
        let poll = self.settings.poll.as_ref().filter(|poll| poll.link.is_none());
        let poll = poll.map(|poll| &poll.option);
        for option in
            [self.settings.resume.as_ref(), poll].into_iter().flatten().filter(|_| !is_idempotent)
        {
            errors.at(
                option,
                format!("`{option}` repeats the {}: add `idempotent` if that is safe", self.method),
            );
        }
    }

    /// Checks the argument of `paginate`, and the names of the methods that `paginate` and `poll`
    /// add.
    pub(super) fn check_paginate(&mut self, errors: &mut Errors) {
        if let Some(paginate) = &self.settings.paginate {
            paginate.check(&self.args, &self.method, errors);
        }
        for arg in self.args.iter().filter(|arg| arg.presence != Presence::Required) {
            let name = arg.own_name.as_str();
            let is_taken = match name {
                "pages" | "items" => self.settings.paginate.take().is_some(),
                "poll" => self.settings.poll.take().is_some(),
                _ => false,
            };
            if is_taken {
                errors.at(&arg.ident, second_method(name, name));
            }
        }
    }

    /// Reports a second body, and a body of HEAD (RFC 9110 section 9.3.2).
    pub(super) fn check_bodies(&self, errors: &mut Errors) {
        let mut bodies = self.args.iter().filter(|arg| arg.kind == ArgKind::Body);
        let body = bodies.next();
        if let Some(second) = bodies.next() {
            errors.at(&second.ident, "a second `#[body]`: a request has one, remove the other");
        }
        let is_payload = |arg: &&Arg| matches!(arg.kind, ArgKind::Body) || arg.is_marked_field;
        for arg in self.args.iter().filter(is_payload) {
            let name = arg.own_name.as_str();
            if self.method == "HEAD" {
                let mistake = format!(
                    "`{name}` has no place, since HEAD has no body: use POST, or the query"
                );
                errors.at(&arg.ident, mistake);
            } else if body.is_some() && arg.is_marked_field && self.settings.format == Format::Json
            {
                errors.at(
                    &arg.ident,
                    format!("`{name}` has no place beside `#[body]`, which is the whole body"),
                );
            }
        }
    }

    /// Reports fields and headers that would be sent twice.
    pub(super) fn check_names(&self, errors: &mut Errors) {
        for (i, arg) in self.args.iter().enumerate() {
            let what = match arg.kind {
                ArgKind::Field => "JSON field",
                ArgKind::FormField | ArgKind::Part => "form field",
                ArgKind::Header => "header",
                _ => continue,
            };
            if self.args[..i].iter().any(|other| other.kind == arg.kind && other.name == arg.name) {
                errors.at(&arg.ident, format!("duplicate {what} `{}`: rename one", arg.name));
            }
            if arg.kind == ArgKind::Header
                && self.settings.idempotency_key.as_ref() == Some(&arg.name)
            {
                let name = arg.own_name.as_str();
                let mistake = format!(
                    "`{name}` is the idempotency key, which call options set: remove it here, or remove `idempotency_key`"
                );
                errors.at(&arg.ident, mistake);
            }
            let fixed = self.settings.headers.iter().find(|fixed| fixed.name == arg.name);
            if let Some(fixed) = fixed.filter(|_| arg.kind == ArgKind::Header) {
                let name = arg.own_name.as_str();
                errors.at(
                    &fixed.literal,
                    format!(
                        "`{name}` sends the header `{}` already: remove it here or there",
                        fixed.name
                    ),
                );
            }
        }
    }

    /// Reports optional arguments in the path, and `Nullable` outside JSON.
    pub(super) fn check_presence(&self, errors: &mut Errors) {
        for arg in &self.args {
            let name = arg.own_name.as_str();
            match (arg.presence, arg.kind) {
                (Presence::Optional | Presence::Nullable, ArgKind::Path | ArgKind::PathRest) => errors
                    .at_span(
                        arg.wrapper_span(),
                        format!("`{name}` is in the path and cannot be left out: write `{}`", shown(&arg.ty)),
                    ),
                (Presence::Nullable, kind) if kind != ArgKind::Field => errors.at_span(
                    arg.wrapper_span(),
                    format!("only a JSON field can be `Nullable`, and `{name}` is not one: write `Option`"),
                ),
                _ => {}
            }
        }
    }

    /// Reports `failed` on a HEAD, whose response has no body to look into.
    pub(super) fn check_failed(&self, literal: &LitStr, errors: &mut Errors) {
        if self.method == "HEAD" && !self.settings.failed.is_empty() {
            errors.at(
                literal,
                "a response to HEAD has no body, so nothing in it is `failed`: remove the option",
            );
        }
    }

    /// Reports `#[with]` where a value is not serialized, or where its type has parameters.
    pub(super) fn check_with(&self, errors: &mut Errors) {
        for arg in self.args.iter().filter(|arg| arg.with.is_some()) {
            let name = arg.own_name.as_str();
            let is_moved = matches!(arg.kind, ArgKind::Body | ArgKind::Part | ArgKind::Url);
            if is_moved {
                let mistake = format!(
                    "`{name}` is not serialized as a value, so `#[with]` means nothing here: remove it, and convert the value before"
                );
                errors.at(&arg.ident, mistake);
            } else if let Some(parameter) = self.signature.generics.params.first() {
                let mistake = format!(
                    "an endpoint with parameters takes no `#[with]`, which `{name}` has: remove this, and write lifetimes as `'_`"
                );
                errors.at(parameter, mistake);
            }
        }
    }

    /// Reports bytes in a place of text, where each would be sent as a number.
    pub(super) fn check_bytes(&self, errors: &mut Errors) {
        for arg in self.args.iter().filter(|arg| arg.with.is_none() && is_bytes(&arg.ty)) {
            let place = match arg.kind {
                ArgKind::Path | ArgKind::PathRest => "the path",
                ArgKind::Query => "a query",
                ArgKind::FormField => "a form",
                ArgKind::Header => "a header",
                _ => continue,
            };
            let name = arg.own_name.as_str();
            let mistake = format!(
                "`{name}` is bytes, and {place} is text: encode them by `#[with(module)]`, or write `{}` to send numbers",
                shown(&arg.ty).replace("u8", "u16")
            );
            errors.at(&arg.ty, mistake);
        }
    }

    /// Reports brackets where a value has no name that could have them.
    pub(super) fn check_brackets(&self, errors: &mut Errors) {
        for arg in self.args.iter().filter(|arg| list_letter(&arg.ty) == Some('b')) {
            let place = match arg.kind {
                ArgKind::Path | ArgKind::PathRest => "the path",
                ArgKind::Header => "a header",
                _ => continue,
            };
            let name = arg.own_name.as_str();
            let mistake = format!(
                "`{name}` is `Bracketed`, and {place} has no name of a pair for the brackets: write the list without it, or `CommaSeparated`"
            );
            errors.at(&arg.ty, mistake);
        }
    }

    /// Reports `empty_body` on an endpoint whose body is never or always empty.
    pub(super) fn check_empty_body(&self, errors: &mut Errors) {
        let Some(option) = &self.settings.omits_empty_body else { return };
        let is_field = |arg: &&Arg| arg.kind == self.field_kind() || arg.kind == ArgKind::FieldRest;
        let mut fields = self.args.iter().filter(is_field).peekable();
        let can_be_empty = self.settings.fields.is_empty()
            && self.settings.format != Format::Multipart
            && fields.peek().is_some()
            && fields
                .all(|arg| arg.presence != Presence::Required || arg.kind == ArgKind::FieldRest);
        if !can_be_empty {
            errors.at(
                option,
                "`empty_body` is for fields of JSON or a form that can all be left out: remove it",
            );
        }
    }

    /// Reports `compress` on an endpoint without a body.
    pub(super) fn check_compress(&self, errors: &mut Errors) {
        let Some(option) = &self.settings.own_compress else { return };
        let is_sent = |arg: &Arg| {
            arg.kind == self.field_kind()
                || matches!(arg.kind, ArgKind::FieldRest | ArgKind::Body | ArgKind::Part)
        };
        if self.settings.fields.is_empty() && !self.args.iter().any(is_sent) {
            errors.at(
                option,
                "this endpoint sends no body that `compress` could compress: remove it",
            );
        }
    }

    /// Reports setters with the same name as another one, or as a method that every request has.
    pub(super) fn check_setters(&self, errors: &mut Errors) {
        let mut taken = ["send", "options", "build"].map(str::to_owned).to_vec();
        for arg in self.args.iter().filter(|arg| arg.presence != Presence::Required) {
            let name = arg.own_name.as_str();
            let mut setters = vec![name.to_owned(), format!("maybe_{name}")];
            if arg.presence == Presence::Nullable {
                setters.push(format!("{name}_null"));
            }
            if let Some(clash) = setters.iter().find(|setter| taken.contains(setter)) {
                errors.at(&arg.ident, second_method(name, clash));
            }
            taken.append(&mut setters);
        }
    }
}

fn second_method(name: &str, clash: &str) -> String {
    format!(
        "`{name}` would give the request a second method `{clash}`: rename the argument, and keep the name that is sent \
         by `#[field(\"{name}\")]` or `?{name}=<new_name>`"
    )
}
