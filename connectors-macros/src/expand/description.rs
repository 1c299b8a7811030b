//! Prints the constant `Endpoint` that describes an endpoint to the runtime.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Expr, Path, Type};

use crate::model::arg::{Arg, ArgKind};
use crate::model::settings::{
    Auth, Compress, Envelope, FixedHeader, FixedValue, ItemMatcher, LinkPlace, PageRule, Paginate,
    RetryCause, Timeout, Timeouts,
};
use crate::model::template::QueryPiece;
use crate::model::{ApiDef, Endpoint, Output};
use crate::syntax::rust_type::{is_generic, list_letter, peeled, presence};
use crate::syntax::value::Value;

/// Returns method and template as the docs show them.
pub(super) fn shown(endpoint: &Endpoint) -> String {
    let query: Vec<_> = endpoint.template.query.iter().map(shown_pair).collect();
    let separator = if query.is_empty() { "" } else { "?" };
    format!(
        "`{} {}{separator}{}`",
        endpoint.method,
        endpoint.template.shown_path(),
        query.join("&")
    )
}

fn shown_pair(piece: &QueryPiece) -> String {
    match piece {
        QueryPiece::Text(text) => text.clone(),
        QueryPiece::Argument { key: Some(key), name } if key != name => format!("{key}=<{name}>"),
        QueryPiece::Argument { name, .. } => format!("<{name}>"),
        QueryPiece::Rest(name) => format!("<{name}..>"),
        QueryPiece::Everything => "<..>".to_owned(),
    }
}

/// Prints the description.
///
/// ```text
/// #[get("v1/connectors/<id>")] async fn get(&self, id: &str) -> X;
/// &Endpoint::new("Connectors", "get", "GET", "v1/connectors/<id>", "p", &["id"])
/// ```
///
/// It is short, since rustc checks each part of a constant like a call: an argument is a letter and
/// a name, and the template tells the runtime the rest.
pub(super) fn description(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
    let root = &api.root;
    let (api_name, name, method) =
        (api.item.ident.unraw().to_string(), &endpoint.own_name, &endpoint.method);
    let template = endpoint.template.shown_path();
    let places: String =
        endpoint.args.iter().map(|arg| arg.kind.letter(arg.is_sensitive, arg.presence)).collect();
    let places = places
        + &"c".repeat(endpoint.settings.fields.len())
        + &endpoint.settings.query.iter().map(FixedValue::letter_of_pair).collect::<String>();
    let names = endpoint.args.iter().map(|arg| &arg.name).chain(fixed_names(endpoint));
    let options = options(api, endpoint);
    let options = (!options.is_empty())
        .then(|| quote!(.options(&#root::__private::EndpointOptions::new() #options)));
    quote! {
        &#root::Endpoint::new(#api_name, #name, #method, #template, #places, &[#(#names),*]) #options
    }
}

/// Returns the names of the fixed fields and then of the fixed pairs of the query, in the order of
/// their slots, which follow those of the arguments.
fn fixed_names(endpoint: &Endpoint) -> impl Iterator<Item = &String> {
    endpoint.settings.fields.iter().chain(&endpoint.settings.query).map(|value| &value.name)
}

/// Prints a list of the description, unless it is empty.
fn list(name: &Ident, items: &[TokenStream]) -> TokenStream {
    if items.is_empty() { TokenStream::new() } else { quote!(.#name(&[#(#items),*])) }
}

fn options(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
    let root = &api.root;
    let arguments = list(&format_ident!("arguments"), &arguments(endpoint));
    let lists = lists(endpoint).map(|letters| quote!(.lists(#letters)));
    let query = list(&format_ident!("query"), &query(api, endpoint));
    let error = endpoint.settings.error.as_ref().or(api.error.as_ref());
    let error = error.map(|error| quote_spanned!(error.span()=> .error::<#error>()));
    let idempotent = endpoint.settings.idempotent.then(|| quote!(.idempotent()));
    let retry_on = list(&format_ident!("retry_on"), &retry_on(api, endpoint));
    let key =
        endpoint.settings.idempotency_key.as_ref().map(|header| quote!(.idempotency_key(#header)));
    let format = endpoint.settings.format.option().map(|format| {
        let format = format_ident!("{format}");
        quote!(.#format())
    });
    let headers = list(&format_ident!("headers"), &headers(api, endpoint));
    let content_type = endpoint.args.iter().find_map(|arg| arg.content_type.as_ref());
    let content_type = content_type.map(|content_type| quote!(.content_type(#content_type)));
    let none_on = endpoint.settings.none_on.as_ref().map(|status| quote!(.none_on(#status)));
    let accept = endpoint.settings.accept.as_ref().map(|accept| quote!(.accept(#accept)));
    let empty_body =
        endpoint.settings.omits_empty_body.as_ref().map(|_| quote!(.omits_empty_body()));
    let auth = match &endpoint.settings.auth {
        Some(Auth::None) => Some(quote!(.without_auth())),
        Some(Auth::Scheme(name)) => Some(quote!(.auth(#name))),
        Some(Auth::Default) | None => None,
    };
    let without_decompression =
        endpoint.settings.without_decompression.then(|| quote!(.without_decompression()));
    let spaces =
        endpoint.settings.percent_encodes_spaces.then(|| quote!(.percent_encodes_spaces()));
    let envelope = match &endpoint.settings.envelope {
        Some(Envelope::Field(name)) => Some(quote!(.envelope(#name))),
        _ => None,
    };
    let compress = endpoint.settings.compress.map(|coding| match coding {
        Compress::None => quote!(.compress(#root::__private::Compression::None)),
        Compress::Gzip => quote!(.compress(#root::__private::Compression::Gzip)),
    });
    let limit = endpoint.settings.limit.as_ref().map(|group| quote!(.limit(#group)));
    let timeouts = timeouts(&endpoint.settings.timeouts, &api.timeouts);
    let groups = endpoint.settings.at_most_one.iter().map(|names| quote!(&[#(#names),*]));
    let at_most_one =
        (!endpoint.settings.at_most_one.is_empty()).then(|| quote!(.at_most_one(&[#(#groups),*])));
    let stream = stream(api, endpoint);
    let paginate = endpoint.settings.paginate.as_ref().filter(|_| endpoint.is_sound);
    let paginate = paginate.map(|rule| page_rule(&api.root, rule, &endpoint.args));
    let poll = endpoint.settings.poll.as_ref().filter(|_| endpoint.is_sound).map(|poll| {
        let (every, timeout) =
            (maybe_duration(poll.every.as_ref()), maybe_duration(poll.timeout.as_ref()));
        let links =
            poll.link.as_ref().map(|link| poll_links(&api.root, link, poll.result.as_ref()));
        quote!(.poll(#every, #timeout) #links)
    });
    quote!(
        #arguments #lists #query #error #idempotent #retry_on #key #format #empty_body #headers #content_type #none_on #accept #auth
        #without_decompression #spaces #envelope #compress #limit #timeouts #at_most_one
        #stream #paginate #poll
    )
}

/// Prints the rules about retries.
fn retry_on(api: &ApiDef, endpoint: &Endpoint) -> Vec<TokenStream> {
    let root = &api.root;
    let rule = |(cause, is_retried): &(RetryCause, bool)| {
        let cause = match cause {
            RetryCause::Status(status) => quote!(Status(#status)),
            RetryCause::StatusWithRetryAfter(status) => quote!(StatusWithRetryAfter(#status)),
            RetryCause::Kind(kind) => quote!(Kind(#kind)),
            RetryCause::ShouldRetryHeader => quote!(ShouldRetryHeader),
        };
        quote!((#root::__private::RetryCause::#cause, #is_retried))
    };
    endpoint.settings.retry_on.iter().map(rule).collect()
}

/// Prints the places of the URLs of an operation.
fn poll_links(root: &Path, link: &LinkPlace, result: Option<&LinkPlace>) -> TokenStream {
    let place = |place: &LinkPlace| {
        let place = match place {
            LinkPlace::Header(name) => quote!(Header(#name)),
            LinkPlace::Field(path) => quote!(Field(&[#(#path),*])),
        };
        quote!(#root::__private::LinkPlace::#place)
    };
    let link = place(link);
    let result = result.map(place).map(|place| quote!(::core::option::Option::Some(#place)));
    let result = result.unwrap_or_else(|| quote!(::core::option::Option::None));
    quote!(.poll_links(#link, #result))
}

/// Prints the rule by which the runtime finds the next page.
fn page_rule(root: &Path, paginate: &Paginate, args: &[Arg]) -> TokenStream {
    // A sound endpoint has the argument.
    let slot = args.iter().position(|arg| arg.own_name == paginate.argument).unwrap_or_default();
    let rule = match &paginate.rule {
        PageRule::Offset => quote!(Offset(#slot)),
        PageRule::Page { first } => quote!(Page { slot: #slot, first: #first }),
        PageRule::Cursor { header: None } => {
            quote!(Cursor { slot: #slot, header: ::core::option::Option::None })
        }
        PageRule::Cursor { header: Some(header) } => {
            quote!(Cursor { slot: #slot, header: ::core::option::Option::Some(#header) })
        }
        PageRule::Link => quote!(Link),
        PageRule::Url => quote!(Url),
    };
    quote!(.paginate(#root::__private::Pagination::#rule))
}

/// Prints the timeouts. A timeout of the endpoint replaces that of the trait.
fn timeouts(own: &Timeouts, of_trait: &Timeouts) -> TokenStream {
    let timeout = |name, own: &Option<Timeout>, of_trait: &Option<Timeout>| {
        own.as_ref().or(of_trait.as_ref()).map(|timeout| {
            let (name, duration) = (Ident::new(name, timeout.span()), duration(timeout));
            quote_spanned!(timeout.span()=> .#name(#duration))
        })
    };
    let call = timeout("timeout", &own.call, &of_trait.call);
    let attempt = timeout("attempt_timeout", &own.attempt, &of_trait.attempt);
    let idle = timeout("idle_timeout", &own.idle, &of_trait.idle);
    quote!(#call #attempt #idle)
}

fn duration(timeout: &Timeout) -> TokenStream {
    match timeout {
        Timeout::Milliseconds(milliseconds) => {
            quote!(::core::time::Duration::from_millis(#milliseconds))
        }
        Timeout::Constant(constant) => quote_spanned!(constant.span()=> #constant),
    }
}

/// Prints an optional timeout.
fn maybe_duration(timeout: Option<&Timeout>) -> TokenStream {
    let some =
        timeout.map(duration).map(|duration| quote!(::core::option::Option::Some(#duration)));
    some.unwrap_or_else(|| quote!(::core::option::Option::None))
}

/// Prints the options about the items of a stream.
fn stream(api: &ApiDef, endpoint: &Endpoint) -> TokenStream {
    let root = &api.root;
    let matcher = |matcher: &ItemMatcher| {
        let matcher = match matcher {
            ItemMatcher::Text(text) => quote!(Text(#text)),
            ItemMatcher::Field(path) => quote!(Field(&[#(#path),*])),
            ItemMatcher::FieldIs(path, value) => quote!(FieldIs(&[#(#path),*], #value)),
            ItemMatcher::FieldNumber(path, value) => quote!(FieldNumber(&[#(#path),*], #value)),
            ItemMatcher::FieldValue(path, value) => quote!(FieldValue(&[#(#path),*], #value)),
        };
        quote!(#root::__private::ItemMatcher::#matcher)
    };
    let matchers = |name, matchers: &[ItemMatcher]| {
        list(&format_ident!("{name}"), &matchers.iter().map(matcher).collect::<Vec<_>>())
    };
    let settings = &endpoint.settings;
    let (done, failed) = (matchers("done", &settings.done), matchers("failed", &settings.failed));
    let responses = matchers("failed_responses", &settings.failed_responses);
    let skips = endpoint.settings.skips_invalid_items.then(|| quote!(.skips_invalid_items()));
    let resumes = endpoint.settings.resume.is_some().then(|| quote!(.resumes()));
    quote!(#done #failed #responses #skips #resumes)
}

/// Prints the fixed headers. A header of the endpoint replaces that of the trait.
fn headers(api: &ApiDef, endpoint: &Endpoint) -> Vec<TokenStream> {
    let own = &endpoint.settings.headers;
    let is_replaced = |header: &&FixedHeader| own.iter().any(|other| other.name == header.name);
    let of_trait = api.headers.iter().filter(|header| !is_replaced(header));
    of_trait.chain(own).map(|FixedHeader { name, value, .. }| quote!((#name, #value))).collect()
}

/// Has rustc check the constants in the options of an endpoint, also if the endpoint is never
/// called.
pub(super) fn checks(root: &Path, endpoint: &Endpoint) -> TokenStream {
    let Endpoint { settings, args, .. } = endpoint;
    let content_types =
        args.iter().filter_map(|arg| arg.content_type.as_ref()).filter_map(Value::constant);
    let content_types = content_types.map(|constant| check(root, "check_media_type", constant));
    let headers = header_checks(root, &settings.headers);
    let head = head_check(root, endpoint);
    let failed = failed_check(root, endpoint);
    quote!(#headers #(#content_types)* #head #failed)
}

/// Has rustc check the return type of a HEAD, whose response has no body. With `none_on`, an
/// `Option` is read from the status, and only its content from the response.
fn head_check(root: &Path, endpoint: &Endpoint) -> Option<TokenStream> {
    let Output { ty, span } = &endpoint.output;
    let is_checked = endpoint.is_sound && endpoint.method == "HEAD";
    if !is_checked || is_generic(ty, &endpoint.signature.generics) {
        return None;
    }
    let content = if endpoint.settings.none_on.is_some() { presence(ty).1 } else { ty.clone() };
    let call = quote_spanned!(*span=> __check::<#content>());
    Some(quote!(const _: () = { use #root::__private::check_head as __check; #call };))
}

/// Has rustc check return types without `none_on`, which must not be an `Option<()>` by any name. One
/// function checks all of them, each once.
pub(super) fn existence_checks<'a>(
    root: &Path,
    endpoints: impl Iterator<Item = &'a Endpoint>,
) -> TokenStream {
    let mut seen = HashSet::new();
    let outputs = endpoints.filter(|endpoint| may_tell_existence(endpoint));
    let outputs = outputs.map(|endpoint| &endpoint.output);
    let checks: Vec<_> = outputs
        .filter(|output| seen.insert(output.ty.to_token_stream().to_string()))
        .map(|Output { ty, span }| {
            quote_spanned!(*span=> __Existence::<#ty>::PROBE.check(__NoStatus);)
        })
        .collect();
    if checks.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[allow(deprecated)]
        const _: fn() = || {
            use #root::__private::{AnyType as _, Existence as __Existence, NoStatus as __NoStatus};
            #(#checks)*
        };
    }
}

/// Returns true if the return type may be an `Option<()>`: a name without parameters, or a type in
/// which `()` stands. The check of a HEAD says more about its type.
fn may_tell_existence(endpoint: &Endpoint) -> bool {
    let Endpoint { output: Output { ty, .. }, settings, .. } = endpoint;
    let text = ty.to_token_stream().to_string();
    let may_be =
        matches!(peeled(ty), Type::Path(_)) && (text.contains("()") || !text.contains('<'));
    let is_checked = endpoint.is_sound && settings.none_on.is_none() && endpoint.method != "HEAD";
    is_checked && may_be && !is_generic(ty, &endpoint.signature.generics)
}

/// Has rustc check the return type of an endpoint with a `failed(..)` of its own, unless that is
/// about an operation.
fn failed_check(root: &Path, endpoint: &Endpoint) -> Option<TokenStream> {
    let Output { ty, span } = &endpoint.output;
    let is_checked =
        endpoint.is_sound && endpoint.settings.own_failed && endpoint.settings.poll.is_none();
    if !is_checked || is_generic(ty, &endpoint.signature.generics) {
        return None;
    }
    let call = quote_spanned!(*span=> __check::<#ty>());
    Some(quote!(const _: () = { use #root::__private::check_failed as __check; #call };))
}

/// Has rustc check the constants in fixed headers.
pub(super) fn header_checks(root: &Path, headers: &[FixedHeader]) -> TokenStream {
    let constants = headers.iter().filter_map(|header| header.value.constant());
    constants.map(|constant| check(root, "check_header_value", constant)).collect()
}

fn check(root: &Path, name: &str, constant: &Expr) -> TokenStream {
    let function = format_ident!("{name}");
    // The path is imported first, so that the call has only the span of the constant.
    let call = quote_spanned!(constant.span()=> __check(#constant));
    quote!(const _: () = { use #root::__private::#function as __check; #call };)
}

/// Prints the names in the declaration, if one differs from the name on the wire.
fn arguments(endpoint: &Endpoint) -> Vec<TokenStream> {
    if endpoint.args.iter().all(|arg| arg.name == arg.own_name) {
        return Vec::new();
    }
    let own = endpoint.args.iter().map(|arg| arg.own_name.clone());
    own.chain(fixed_names(endpoint).cloned()).map(|name| quote!(#name)).collect()
}

/// Returns a letter per argument, up to the last one that is spelled as a list where lists have
/// styles.
fn lists(endpoint: &Endpoint) -> Option<String> {
    let letter = |arg: &Arg| match arg.kind {
        ArgKind::Path
        | ArgKind::PathRest
        | ArgKind::Query
        | ArgKind::Header
        | ArgKind::FormField => list_letter(&arg.ty).unwrap_or('-'),
        _ => '-',
    };
    let letters: String = endpoint.args.iter().map(letter).collect();
    let letters = letters.trim_end_matches('-');
    (!letters.is_empty()).then(|| letters.to_owned())
}

/// Prints the pieces of the query, unless they are its arguments in the order of their declaration.
fn query(api: &ApiDef, endpoint: &Endpoint) -> Vec<TokenStream> {
    let root = &api.root;
    let (mut parts, mut slots) = (Vec::new(), Vec::new());
    for piece in &endpoint.template.query {
        let named = match piece {
            QueryPiece::Text(text) => {
                parts.push(quote!(#root::__private::QueryPart::Text(#text)));
                continue;
            }
            QueryPiece::Argument { name, .. } | QueryPiece::Rest(name) => {
                vec![slot(endpoint, name)]
            }
            QueryPiece::Everything => unnamed(endpoint).collect(),
        };
        parts.extend(named.iter().map(|slot| quote!(#root::__private::QueryPart::Argument(#slot))));
        slots.extend(named);
    }
    let fixed = (endpoint.args.len() + endpoint.settings.fields.len()..)
        .take(endpoint.settings.query.len());
    parts.extend(fixed.map(|slot| quote!(#root::__private::QueryPart::Argument(#slot))));
    let is_query = |arg: &Arg| matches!(arg.kind, ArgKind::Query | ArgKind::QueryRest);
    let declared =
        endpoint.args.iter().enumerate().filter(|(_, arg)| is_query(arg)).map(|(slot, _)| slot);
    let is_plain = parts.len() == slots.len() + endpoint.settings.query.len() && declared.eq(slots);
    if is_plain { Vec::new() } else { parts }
}

/// Returns the slots of the query arguments that the template does not name. `<..>` stands for
/// them.
fn unnamed(endpoint: &Endpoint) -> impl Iterator<Item = usize> {
    let is_unnamed = |arg: &Arg| {
        arg.kind == ArgKind::Query && !endpoint.template.names().any(|name| name == arg.own_name)
    };
    endpoint.args.iter().enumerate().filter(move |(_, arg)| is_unnamed(arg)).map(|(slot, _)| slot)
}

fn slot(endpoint: &Endpoint, name: &str) -> usize {
    // A sound endpoint has an argument for each name.
    endpoint.args.iter().position(|arg| arg.own_name == name).unwrap_or_default()
}
