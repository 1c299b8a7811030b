//! Any input of the library's attributes and derives.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::api;
use crate::derive::{error_class, from_event, from_response, group, open_enum, open_union, page};

/// Deepest nesting. rustc stops at 128 (`recursion_limit`) before a macro sees more.
const DEPTH: usize = 100;

/// Expands a text, by the attribute if it begins with `#[api_client(..)]`, and by each derive.
///
/// No expansion panics. Every item expands to valid Rust, and each error in it has a message and
/// points at tokens of the input.
#[allow(clippy::missing_panics_doc, reason = "panics if the property does not hold")]
pub fn macro_input(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    if is_nested_deeply(text) {
        return;
    }
    if let Ok(tokens) = TokenStream::from_str(text) {
        let (arguments, item) = attribute(tokens.clone());
        // An error at the end of the arguments points at the attribute as a whole.
        let without_place = usize::from(!arguments.is_empty());
        check("api_client", &item, &api::expand(arguments, &item), without_place);
        for (name, expand) in DERIVES {
            check(name, &tokens, &expand(tokens.clone()), 0);
        }
    }
    // Otherwise the positions of this thread's tokens would be kept until it ends.
    proc_macro2::extra::invalidate_current_thread_spans();
}

type Derive = fn(TokenStream) -> TokenStream;

const DERIVES: [(&str, Derive); 7] = [
    ("ErrorClass", |item| error_class::expand(item)),
    ("FromEvent", |item| from_event::expand(item)),
    ("FromResponse", |item| from_response::expand(item)),
    ("OpenEnum", |item| open_enum::expand(item)),
    ("OpenUnion", |item| open_union::expand(item)),
    ("ApiClient", |item| group::expand(item)),
    ("Page", |item| page::expand(item)),
];

/// Splits the attribute's arguments at the beginning from the rest.
fn attribute(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut rest = tokens.clone().into_iter();
    if let (Some(TokenTree::Punct(hash)), Some(TokenTree::Group(brackets))) =
        (rest.next(), rest.next())
        && hash.as_char() == '#'
        && brackets.delimiter() == Delimiter::Bracket
    {
        let mut attribute = brackets.stream().into_iter();
        if attribute.next().is_some_and(|name| name.to_string() == "api_client") {
            let arguments = match attribute.next() {
                Some(TokenTree::Group(arguments)) => arguments.stream(),
                _ => TokenStream::new(),
            };
            return (arguments, rest.collect());
        }
    }
    (TokenStream::new(), tokens)
}

fn check(name: &str, item: &TokenStream, output: &TokenStream, mut without_place: usize) {
    // rustc passes nothing else to a macro.
    if syn::parse2::<syn::Item>(item.clone()).is_err() {
        return;
    }
    if let Err(error) = syn::parse2::<syn::File>(output.clone()) {
        panic!("{name} expanded to invalid Rust, {error}: {output}");
    }
    check_errors(name, output.clone(), &mut without_place);
}

/// Asserts that each error has a message and, with the given number of exceptions, points at tokens
/// of the input.
fn check_errors(name: &str, output: TokenStream, without_place: &mut usize) {
    let mut is_error = false;
    for token in output {
        match token {
            TokenTree::Ident(word) => is_error = word == "compile_error",
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            TokenTree::Group(group) if is_error => {
                let message = group.stream().to_string();
                assert!(
                    message.len() > 4 && message.starts_with('"'),
                    "{name} says nothing: {message}"
                );
                let span = group.stream().into_iter().next().map(|text| text.span().byte_range());
                if span.is_none_or(|span| span.is_empty()) {
                    assert!(
                        *without_place > 0,
                        "{name} reports an error without a position: {message}"
                    );
                    *without_place -= 1;
                }
                is_error = false;
            }
            TokenTree::Group(group) => check_errors(name, group.stream(), without_place),
        }
    }
}

fn is_nested_deeply(text: &str) -> bool {
    // References and types nest without brackets.
    let opened = text.bytes().filter(|byte| b"([{<&*!-|=".contains(byte)).count();
    opened > DEPTH && longest_run(text) > DEPTH || depth(text) > DEPTH
}

fn longest_run(text: &str) -> usize {
    text.split(|character: char| character.is_alphanumeric()).map(str::len).max().unwrap_or(0)
}

fn depth(text: &str) -> usize {
    let (mut depth, mut most) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}
