//! Reads `poll(..)`, which tells how a long-running operation is polled.

use syn::{Expr, ExprCall};

use super::timeouts::timeout;
use crate::errors::Errors;
use crate::model::settings::{LinkPlace, Poll};
use crate::syntax::options::{self, Options};
use crate::syntax::value;

pub(super) fn poll(options: &Options, errors: &mut Errors) -> Option<Poll> {
    let option = options.name("poll")?.clone();
    let mut poll = Poll { option, every: None, timeout: None, link: None, result: None };
    for (name, value) in options.pairs("poll") {
        match name.value().as_str() {
            "every" => poll.every = timeout(value, errors),
            "timeout" => poll.timeout = timeout(value, errors),
            "link" => poll.link = link_place(value, errors),
            "result" => poll.result = link_place(value, errors),
            _ => errors.at(
                name,
                "unknown option of `poll`: write `every = \"2s\"`, `timeout = \"10m\"`, `link = header(\"Location\")` or `result = field(url)`",
            ),
        }
    }
    if let (None, Some(_)) = (&poll.link, &poll.result) {
        let mistake =
            "a `result` is where the polled link leads to: add `link = header(\"Location\")`";
        errors.at(&poll.option, mistake);
    }
    Some(poll)
}

/// Reads `header("Location")` or `field(status.url)`.
fn link_place(value: &Expr, errors: &mut Errors) -> Option<LinkPlace> {
    let place = match value {
        Expr::Call(ExprCall { func, args, .. }) if args.len() == 1 => match &**func {
            Expr::Path(path) if path.path.is_ident("header") => {
                let name = options::text(&args[0]);
                return name
                    .and_then(|name| value::header_name(&name, errors))
                    .map(LinkPlace::Header);
            }
            Expr::Path(path) if path.path.is_ident("field") => field(&args[0]),
            _ => None,
        },
        _ => None,
    };
    if place.is_none() {
        errors.at(
            value,
            "a URL is in a header or a field: write `header(\"Location\")` or `field(url)`",
        );
    }
    place.map(LinkPlace::Field)
}

/// Returns the path to a field: `url`, `status.url`, or a name in quotes.
fn field(value: &Expr) -> Option<Vec<String>> {
    match value {
        Expr::Path(path) => Some(vec![path.path.get_ident()?.to_string()]),
        Expr::Field(access) => {
            let mut path = field(&access.base)?;
            match &access.member {
                syn::Member::Named(name) => path.push(name.to_string()),
                syn::Member::Unnamed(_) => return None,
            }
            Some(path)
        }
        other => Some(vec![options::text(other)?.value()]),
    }
}
