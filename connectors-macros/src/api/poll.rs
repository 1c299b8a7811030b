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
            "link" => poll.link = Some(link_place(value, errors)),
            "result" => poll.result = Some(link_place(value, errors)),
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

/// Reads `header("Location")` or `field(status.url)`. With a mistake it returns a place all the
/// same, so that the option counts as given.
fn link_place(value: &Expr, errors: &mut Errors) -> LinkPlace {
    if let Expr::Call(ExprCall { func, args, .. }) = value
        && let (Expr::Path(word), Some(argument), 1) = (&**func, args.first(), args.len())
    {
        if word.path.is_ident("header")
            && let Some(name) = options::text(argument)
        {
            return LinkPlace::Header(value::header_name(&name, errors).unwrap_or_default());
        }
        if word.path.is_ident("field")
            && let Some(path) = field(argument)
        {
            return LinkPlace::Field(path);
        }
    }
    let mistake = "a URL is in a header or a field: write `header(\"Location\")` or `field(url)`";
    errors.at(value, mistake);
    LinkPlace::Field(Vec::new())
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
