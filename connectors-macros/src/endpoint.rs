//! One endpoint: its verb, template, arguments and options, and the rules that need several of them to state.

use proc_macro2::{Ident, Span};
use quote::{ToTokens as _, format_ident};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Expr, FnArg, GenericParam, LitStr, ReceiverKind, ReturnType, Signature, Token, TraitItemFn,
    Type,
};

use crate::arg::{Arg, ArgKind, Presence};
use crate::errors::Errors;
use crate::options::{self, Form, Known, Options};
use crate::template::{PathPiece, QueryPiece, Template};

/// The verbs with an attribute of their own.
const VERBS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

const OPTIONS: [Known; 3] = [
    Known { name: "timeout", form: Form::Value("timeout = \"5s\"") },
    Known { name: "idempotent", form: Form::Flag },
    Known { name: "at_most_one", form: Form::List("at_most_one(a, b)") },
];

/// A sound endpoint.
pub(crate) struct Endpoint {
    /// What is left of the attributes: docs, `cfg`, `deprecated` and what else rustc knows.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) signature: Signature,
    pub(crate) ident: Ident,
    pub(crate) verb: String,
    pub(crate) template: Template,
    pub(crate) args: Vec<Arg>,
    pub(crate) output: Output,
    pub(crate) idempotent: bool,
    pub(crate) timeout: Option<Timeout>,
    /// Groups of arguments of which one can have a value.
    pub(crate) at_most_one: Vec<Vec<String>>,
}

/// What the endpoint returns.
pub(crate) struct Output {
    pub(crate) ty: Type,
    /// Where a type that cannot be read is reported.
    pub(crate) span: Span,
}

/// A limit: milliseconds of a text, or any constant of the user's.
pub(crate) enum Timeout {
    Milliseconds(u64),
    Constant(Expr),
}

/// `"template", option, option = value`
struct VerbArguments {
    template: LitStr,
    options: Options,
}

impl Parse for VerbArguments {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let template = input.parse()?;
        let options =
            if input.parse::<Option<Token![,]>>()?.is_some() { input.parse()? } else { Options::default() };
        Ok(Self { template, options })
    }
}

impl Endpoint {
    /// Whether a method has a verb.
    pub(crate) fn has_verb(method: &TraitItemFn) -> bool {
        method.attrs.iter().any(is_verb)
    }

    /// Reads an endpoint and removes our attributes; `None` if there is a mistake, which is reported.
    pub(crate) fn take(method: &mut TraitItemFn, prefix: &str, errors: &mut Errors) -> Option<Self> {
        let before = errors.count();
        let verb = take_verb(method, errors);
        check_signature(&method.sig, errors);
        let args = take_args(&mut method.sig, errors);
        let output = output(&method.sig, errors);
        check_body(method, verb.as_ref(), errors);
        // Without a template nothing can be said of the arguments' places.
        let verb = verb?;
        let arguments = verb.arguments?;
        let options = arguments.options.check(&OPTIONS, "an endpoint", errors);
        let template = parse_template(&arguments.template, prefix, errors)?;
        let mut endpoint = Self {
            attributes: method.attrs.clone(),
            signature: method.sig.clone(),
            ident: method.sig.ident.clone(),
            verb: verb.name.to_uppercase(),
            template,
            args,
            output,
            idempotent: options.flag("idempotent"),
            timeout: options.value("timeout").and_then(|value| timeout(value, errors)),
            at_most_one: Vec::new(),
        };
        endpoint.bind(&arguments.template, errors);
        endpoint.at_most_one = options
            .lists("at_most_one")
            .map(|(span, names)| endpoint.at_most_one(span, names, errors))
            .collect();
        endpoint.check_bodies(errors);
        endpoint.check_presence(errors);
        endpoint.check_setters(errors);
        (errors.count() == before).then_some(endpoint)
    }

    /// The name of the constant, for example `O_AUTH_AUTHORIZE`.
    pub(crate) fn constant(&self) -> Ident {
        format_ident!("{}", self.own_name().to_uppercase(), span = self.ident.span())
    }

    /// The name of the request, for example `ConnectorsListRequest`.
    pub(crate) fn request(&self, api: &Ident) -> Ident {
        let mut name = String::new();
        for word in self.own_name().split('_') {
            let mut characters = word.chars();
            name.extend(characters.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(characters.as_str());
        }
        format_ident!("{}{}Request", api.unraw(), name, span = self.ident.span())
    }

    pub(crate) fn own_name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Gives each argument its place: by attribute, by the template, or as a field.
    fn bind(&mut self, literal: &LitStr, errors: &mut Errors) {
        let spread = self.template.query.contains(&QueryPiece::Everything);
        for arg in &mut self.args {
            let named = place_in_template(&self.template, &arg.own_name());
            match (named, arg.kind) {
                (Some((kind, name)), ArgKind::Unbound) => (arg.kind, arg.name) = (kind, name),
                (Some(_), kind) => errors.at(
                    &arg.ident,
                    format!("`{}` has two places: the template and `#[{}]`", arg.own_name(), kind.method()),
                ),
                (None, ArgKind::Unbound) if spread => arg.kind = ArgKind::Query,
                _ => {}
            }
        }
        for name in self.template.names().filter(|name| !self.args.iter().any(|arg| arg.own_name() == **name))
        {
            errors.at(
                literal,
                format!(
                    "the template names `<{name}>`, but there is no argument `{name}`: add `{name}: &str`"
                ),
            );
        }
        self.bind_fields(literal, errors);
    }

    /// What is left is payload: a field each.
    fn bind_fields(&mut self, literal: &LitStr, errors: &mut Errors) {
        let has_body = self.args.iter().any(|arg| arg.kind == ArgKind::Body);
        let has_payload = matches!(self.verb.as_str(), "POST" | "PUT" | "PATCH");
        for arg in self.args.iter_mut().filter(|arg| arg.kind == ArgKind::Unbound) {
            let name = arg.ident.unraw();
            if has_body {
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
                        "`{name}` has no place, since {} has no body: {}",
                        self.verb,
                        query_fix(literal, &name)
                    ),
                );
            }
            arg.kind = ArgKind::Field;
        }
    }

    fn at_most_one(&self, span: Span, names: &[Ident], errors: &mut Errors) -> Vec<String> {
        if names.len() < 2 {
            errors.at_span(span, "`at_most_one` is about two arguments or more: `at_most_one(a, b)`");
        }
        for name in names {
            match self.args.iter().find(|arg| arg.ident.unraw() == name.unraw()) {
                None => {
                    errors.at(name, format!("`at_most_one` names `{name}`, but there is no such argument"));
                }
                Some(arg) if arg.presence == Presence::Required => errors.at(
                    name,
                    format!(
                        "`{name}` is always given: in `at_most_one` it must be an `Option` or `Nullable`"
                    ),
                ),
                Some(_) => {}
            }
        }
        names.iter().map(|name| name.unraw().to_string()).collect()
    }

    /// A request has one body, and GET and HEAD have none (RFC 9110 section 9.3.1).
    fn check_bodies(&self, errors: &mut Errors) {
        let mut bodies = self.args.iter().filter(|arg| arg.kind == ArgKind::Body);
        if let (Some(_), Some(second)) = (bodies.next(), bodies.next()) {
            errors.at(&second.ident, "a second `#[body]`: a request has one");
        }
        if !matches!(self.verb.as_str(), "GET" | "HEAD") {
            return;
        }
        for arg in self.args.iter().filter(|arg| arg.kind == ArgKind::Body) {
            errors.at(
                &arg.ident,
                format!(
                    "`{}` has no place, since {} has no body: use POST, or the query",
                    arg.own_name(),
                    self.verb
                ),
            );
        }
    }

    fn check_presence(&self, errors: &mut Errors) {
        for arg in &self.args {
            let name = arg.own_name();
            match (arg.presence, arg.kind) {
                (Presence::Optional | Presence::Nullable, ArgKind::Path | ArgKind::PathRest) => errors
                    .at_span(
                        arg.wrapper_span(),
                        format!("`{name}` is in the path and cannot be left out: write the type alone"),
                    ),
                (Presence::Nullable, kind) if kind != ArgKind::Field => errors.at_span(
                    arg.wrapper_span(),
                    format!(
                        "`Nullable` is for JSON fields, which have a null; `{name}` has none: write `Option`"
                    ),
                ),
                _ => {}
            }
        }
    }

    /// Setters must not clash with each other or with what every request has.
    fn check_setters(&self, errors: &mut Errors) {
        let mut taken = vec!["send".to_owned(), "options".to_owned()];
        for arg in self.args.iter().filter(|arg| arg.presence != Presence::Required) {
            let name = arg.own_name();
            let mut setters = vec![name.clone(), format!("maybe_{name}")];
            if arg.presence == Presence::Nullable {
                setters.push(format!("{name}_null"));
            }
            if let Some(clash) = setters.iter().find(|setter| taken.contains(setter)) {
                errors.at(
                    &arg.ident,
                    format!("`{name}` would give the request a second method `{clash}`: rename it, the name that is \
                             sent can stay the same"),
                );
            }
            taken.append(&mut setters);
        }
    }
}

/// Where the template puts an argument, and its name there.
fn place_in_template(template: &Template, name: &str) -> Option<(ArgKind, String)> {
    let path = template.path.iter().find_map(|piece| match piece {
        PathPiece::Argument(other) if other == name => Some((ArgKind::Path, name.to_owned())),
        PathPiece::Rest(other) if other == name => Some((ArgKind::PathRest, name.to_owned())),
        _ => None,
    });
    path.or_else(|| {
        template.query.iter().find_map(|piece| match piece {
            QueryPiece::Argument { key, name: other } if other == name => Some((ArgKind::Query, key.clone())),
            QueryPiece::Rest(other) if other == name => Some((ArgKind::QueryRest, name.to_owned())),
            _ => None,
        })
    })
}

/// The template with the argument in its query.
fn query_fix(literal: &LitStr, name: &Ident) -> String {
    let template = literal.value();
    let separator = if template.contains('?') { '&' } else { '?' };
    format!("add it to the query, `\"{}{separator}<{name}>\"`", template.escape_debug())
}

struct Verb {
    name: String,
    arguments: Option<VerbArguments>,
}

fn is_verb(attribute: &Attribute) -> bool {
    VERBS.iter().any(|verb| attribute.path().is_ident(verb))
}

/// Removes all verbs and reads the first.
fn take_verb(method: &mut TraitItemFn, errors: &mut Errors) -> Option<Verb> {
    let (verbs, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut method.attrs).into_iter().partition(is_verb);
    method.attrs = rest;
    for second in verbs.iter().skip(1) {
        errors.at(second.path(), "a second verb: an endpoint has one");
    }
    let Some(attribute) = verbs.first() else {
        let name = method.sig.ident.unraw();
        errors.at(
            &method.sig.ident,
            format!("`{name}` has no verb: add `#[get(\"v1/{name}\")]` or the like, or give it a body"),
        );
        return None;
    };
    let name = attribute.path().to_token_stream().to_string();
    Some(Verb { arguments: verb_arguments(attribute, &name, errors), name })
}

fn verb_arguments(attribute: &Attribute, verb: &str, errors: &mut Errors) -> Option<VerbArguments> {
    let missing = format!("the template is missing: write `#[{verb}(\"v1/connectors\")]`");
    let Ok(list) = attribute.meta.require_list() else {
        errors.at(&attribute.meta, missing);
        return None;
    };
    match list.tokens.clone().into_iter().next() {
        None => {
            errors.at(&attribute.meta, missing);
            None
        }
        Some(first) if syn::parse2::<LitStr>(first.to_token_stream()).is_err() => {
            errors.at(
                &first,
                format!("the template is a string and comes first: write `#[{verb}(\"v1/connectors\")]`"),
            );
            None
        }
        Some(_) => list.parse_args().map_err(|error| errors.push(error)).ok(),
    }
}

fn parse_template(literal: &LitStr, prefix: &str, errors: &mut Errors) -> Option<Template> {
    let own = literal.value();
    // The mistakes of the template alone, so that they are about what stands there.
    if let Err(mistake) = Template::parse(&own) {
        errors.at(literal, mistake);
        return None;
    }
    let path = own.strip_prefix('/').unwrap_or(&own);
    let joined = match (prefix, path) {
        ("", _) => path.to_owned(),
        (_, "") => prefix.to_owned(),
        _ if path.starts_with('?') => format!("{prefix}{path}"),
        _ => format!("{prefix}/{path}"),
    };
    Template::parse(&joined).map_err(|mistake| errors.at(literal, mistake)).ok()
}

/// What an endpoint's signature can be.
fn check_signature(signature: &Signature, errors: &mut Errors) {
    if signature.asyncness.is_none() {
        errors.at(&signature.fn_token, "an endpoint is an `async fn`: add `async`");
    }
    check_receiver(signature, errors);
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(parameter) => {
                errors.at(
                    &parameter.ident,
                    "an endpoint has no type parameters: name the type, for example `&str`",
                );
            }
            GenericParam::Const(parameter) => {
                errors.at(
                    &parameter.ident,
                    "an endpoint has no const parameters: name the type, for example a slice",
                );
            }
        }
    }
    if let syn::Safety::Unsafe(token) = &signature.safety {
        errors.at(token, "an endpoint is not `unsafe`");
    }
    if let Some(abi) = &signature.abi {
        errors.at(abi, "an endpoint has no ABI of its own");
    }
}

fn check_receiver(signature: &Signature, errors: &mut Errors) {
    match signature.receiver() {
        None => errors.at(
            &signature.ident,
            format!("`&self` is missing: write `async fn {}(&self, …)`", signature.ident),
        ),
        Some(receiver) if !matches!(receiver.kind, ReceiverKind::Reference(_, _, None)) => {
            errors.at(receiver, "an endpoint takes `&self`: clients are shared");
        }
        Some(_) => {}
    }
}

fn take_args(signature: &mut Signature, errors: &mut Errors) -> Vec<Arg> {
    let typed = signature.inputs.iter_mut().filter_map(|input| match input {
        FnArg::Typed(arg) => Some(arg),
        FnArg::Receiver(_) => None,
    });
    typed.filter_map(|arg| Arg::take(arg, errors)).collect()
}

fn output(signature: &Signature, errors: &mut Errors) -> Output {
    let ReturnType::Type(_, ty) = &signature.output else {
        return Output { ty: syn::parse_quote!(()), span: signature.ident.span() };
    };
    match &**ty {
        Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Result") => {
            errors.at(ty, "the `Result` is added for you: write the data's type alone, `-> T`");
        }
        Type::ImplTrait(_) => errors.at(ty, "`impl Trait` is not possible in an endpoint: name the type"),
        _ if borrows(ty) => errors.at(ty, "a reply cannot borrow: return an owned type"),
        _ => {}
    }
    Output { ty: (**ty).clone(), span: ty.span() }
}

/// Whether a type names a lifetime or is a reference, but for `'static`.
fn borrows(ty: &Type) -> bool {
    fn any(tokens: proc_macro2::TokenStream) -> bool {
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            let found = match &token {
                proc_macro2::TokenTree::Group(group) => any(group.stream()),
                proc_macro2::TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    tokens.next().is_none_or(|name| name.to_string() != "static")
                }
                _ => false,
            };
            if found {
                return true;
            }
        }
        false
    }
    matches!(ty, Type::Reference(_)) || any(ty.to_token_stream())
}

fn check_body(method: &TraitItemFn, verb: Option<&Verb>, errors: &mut Errors) {
    if let (Some(body), Some(verb)) = (&method.default, verb) {
        errors.at_span(
            body.brace_token.span.open(),
            format!(
                "an endpoint has no body: remove it, or remove `#[{}]` to keep an ordinary method",
                verb.name
            ),
        );
    }
}

fn timeout(value: &Expr, errors: &mut Errors) -> Option<Timeout> {
    let Some(literal) = options::text(value) else {
        if let Expr::Lit(_) = value {
            errors
                .at(value, "a limit has a unit: write `timeout = \"5s\"`, or a constant of type `Duration`");
            return None;
        }
        return Some(Timeout::Constant(value.clone()));
    };
    let text = literal.value();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match &text[digits.len()..] {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    let limit =
        unit.and_then(|unit| digits.parse::<u64>().ok()?.checked_mul(unit)).filter(|limit| *limit > 0);
    if limit.is_none() {
        errors.at(
            &literal,
            format!(
                "`{}` is no limit: write a whole number and `ms`, `s`, `m` or `h`, for example `\"5s\"`",
                text.escape_debug()
            ),
        );
    }
    limit.map(Timeout::Milliseconds)
}
