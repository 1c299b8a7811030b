//! Expansions of the derives, pretty-printed, and a check that no input makes the macros panic.
//!
//! The expansions are in `snapshots/`, to be reviewed as code. `UPDATE_SNAPSHOTS=1` rewrites them.
//! The expansions of `#[api_client]` are in `tests/expansion/`, because rustc has to expand
//! `__request!`.

use std::path::Path;
use std::str::FromStr as _;
use std::{env, fs, panic};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::api;
use crate::derive::{error_class, from_event, from_response, open_enum, open_union, skip_unset};

#[test]
fn each_setter_documents_what_it_sends() {
    let item = quote! {
        trait Things {
            #[get("things?page_size=<size>&<filter..>")]
            async fn list(&self, size: Option<u8>, filter: Option<Filter>, #[header("X-Tag")] tag: Option<u8>);

            #[post("form", form)]
            async fn form(&self, #[field("f-name")] a: Option<u8>);

            #[post("parts", multipart)]
            async fn parts(&self, #[field("p-name")] a: Option<Part>);

            #[post("json")]
            async fn json(&self, #[field("j-name")] a: Nullable<u8>);

            #[post("whole")]
            async fn whole(&self, #[body] a: Option<Thing>);
        }
    };
    let expansion = api::expand(TokenStream::new(), &item).to_string();
    for sentence in [
        "Sends the query pair `page_size`.",
        "Sends a query pair per field.",
        "Sends the header `x-tag`.",
        "Sends the form field `f-name`.",
        "Sends the field `p-name` of the multipart form.",
        "Sends the JSON field `j-name`.",
        "Sends the JSON field `j-name` as an explicit null.",
        "Sends the whole body.",
    ] {
        assert!(expansion.contains(sentence), "no setter says: {sentence}");
    }
}

#[test]
fn a_broken_endpoint_stays_in_the_trait_alone() {
    let item = quote! {
        trait Things {
            #[get("things/{id}")]
            async fn broken(&mut self, id: &str) -> Thing;

            #[delete("things/<id>")]
            async fn sound(&self, id: &str);
        }
    };
    assert_snapshot("broken", api::expand(TokenStream::new(), &item));
}

#[test]
fn an_error_class_is_a_table_of_statuses() {
    let item = quote! {
        #[error_class(crate = my::http)]
        enum ThingsError {
            #[status(404)]
            NotFound,
            #[status(407, 498)]
            InvalidToken,
            #[status(other)]
            Other,
        }
    };
    assert_snapshot("error_class", error_class::expand(item));
}

#[test]
fn an_open_enum_is_two_tables_of_texts() {
    let item = quote! {
        #[open_enum(rename_all = "snake_case", crate = my::http)]
        pub enum State {
            Open,
            InProgress,
            #[open_enum(rename = "wont-fix")]
            WontFix,
            Unknown(String),
        }
    };
    assert_snapshot("open_enum", open_enum::expand(item));
    let item = quote! {
        enum Level {
            #[open_enum(number = 1)]
            Low,
            #[open_enum(number = -2)]
            None,
            Unknown(i64),
        }
    };
    assert_snapshot("open_enum_of_numbers", open_enum::expand(item));
}

#[test]
fn a_tag_tells_objects_apart() {
    let item = quote! {
        #[open_union(tag = "event_type", rename_all = "kebab-case")]
        pub enum Event {
            StreamStart(StreamStart),
            #[open_union(rename = "text-generation")] Text(Text),
            Ping,
            #[open_union(other)] Unknown(Value),
        }
    };
    assert_snapshot("open_union", open_union::expand(item));
}

#[test]
fn events_are_told_apart_by_their_names() {
    let item = quote! {
        pub enum Progress<T> {
            #[event("started")] Started(T),
            #[event("tick", "tock")] Tick,
            #[event(other)] Other(ServerSentEvent),
        }
    };
    assert_snapshot("from_event", from_event::expand(item));
}

#[test]
fn unset_fields_are_skipped_by_the_path_of_their_type() {
    let item = quote! {
        #[derive(Serialize)]
        pub struct Patch<T> {
            id: u8,
            name: ::std::option::Option<T>,
            #[serde(rename = "n")] note: my::http::Nullable<String>,
            #[serde(default, skip)] cache: Nullable<String>,
            #[null_if_none] due: Option<String>,
        }
    };
    assert_snapshot("skip_unset", skip_unset::expand(&TokenStream::new(), &item));
}

#[test]
fn no_struct_makes_the_attribute_panic() {
    let mut random = Random(7);
    let item = quote! {
        #[derive(Clone, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Patch<'a, T: Copy = u8, const N: usize> where T: Clone {
            pub id: [u8; N],
            #[null_if_none] name: Option<&'a T>,
            #[serde(default, rename = "n")] r#type: (Nullable<Vec<u8>>),
        }
    };
    for _ in 0..10_000 {
        let mut item = item.clone();
        for _ in 0..=random.below(2) {
            item = random.mutated(item);
        }
        let arguments = if random.below(9) == 0 { random.tokens(2) } else { TokenStream::new() };
        let expansion = expanded(|| skip_unset::expand(&arguments, &item), &[&arguments, &item]);
        if syn::parse2::<syn::Item>(item.clone()).is_ok() {
            assert!(
                syn::parse2::<syn::File>(expansion.clone()).is_ok(),
                "{item}\nbecomes no items:\n{expansion}"
            );
        }
    }
}

/// The names of the cases are serde's, and so are their texts.
#[test]
fn the_cases_are_those_of_serde() {
    let texts = [
        ("lowercase", "onhold"),
        ("UPPERCASE", "ONHOLD"),
        ("PascalCase", "OnHold"),
        ("camelCase", "onHold"),
        ("snake_case", "on_hold"),
        ("SCREAMING_SNAKE_CASE", "ON_HOLD"),
        ("kebab-case", "on-hold"),
        ("SCREAMING-KEBAB-CASE", "ON-HOLD"),
    ];
    for (case, text) in texts {
        let item = quote!(
            #[open_enum(rename_all = #case)]
            enum State {
                OnHold,
                Unknown(String),
            }
        );
        let expansion = open_enum::expand(item).to_string();
        assert!(expansion.contains(&format!("{text:?} => Self :: OnHold")), "{case}: {expansion}");
    }
}

#[test]
fn an_error_class_has_a_body() {
    let item = quote! {
        enum ThingsError {
            #[status(404)]
            NotFound,
            #[status(409, 422)]
            Invalid(Option<Vec<Problem>>),
            #[status(other)]
            Other(std::option::Option<Words>),
        }
    };
    assert_snapshot("error_class_with_bodies", error_class::expand(item));
}

#[test]
fn a_response_is_read_by_its_status() {
    let item = quote! {
        #[from_response(crate = my::http)]
        enum Job<T> {
            #[status(200, 201)]
            Done(T),
            #[status(202)]
            Accepted {
                #[body]
                ticket: Ticket,
                #[header("Retry-After")]
                wait: Option<u64>,
                #[status]
                status: StatusCode,
            },
            #[status(304)]
            NotModified,
            #[status(other)]
            Other(Bytes),
        }
    };
    assert_snapshot("from_response", from_response::expand(item));
}

/// Generated code names the runtime by the path of `crate = path` only, so that a user can rename
/// it.
#[test]
fn the_path_of_the_crate_is_used_everywhere() {
    for item in traits() {
        let expansion =
            api::expand(quote!(crate = my::http, error = E, dyn_compatible), &item).to_string();
        assert!(!expansion.contains("connectors_client"), "{expansion}");
    }
}

#[test]
fn no_trait_makes_the_macro_panic() {
    let mut random = Random(1);
    let traits = traits();
    for _ in 0..10_000 {
        let mut item = random.pick(&traits).clone();
        for _ in 0..=random.below(2) {
            item = random.mutated(item);
        }
        let arguments = random.mutated(quote!(
            error = ThingsError,
            prefix = "v1",
            dyn_compatible,
            crate = my::http
        ));
        let expansion = expanded(|| api::expand(arguments.clone(), &item), &[&arguments, &item]);
        if syn::parse2::<syn::ItemTrait>(item.clone()).is_ok() {
            let items = syn::parse2::<syn::File>(expansion.clone());
            assert!(items.is_ok(), "#[..({arguments})] {item}\nbecomes no items:\n{expansion}");
        }
    }
}

#[test]
fn no_enum_makes_the_derive_panic() {
    let mut random = Random(2);
    let item = quote! {
        #[error_class(crate = my::http)]
        pub enum ThingsError<'a, T: Copy> {
            #[status(404)] NotFound,
            #[status(407, 498,)] InvalidToken,
            #[status(422)] Invalid(Option<Vec<&'a T>>),
            #[status(other)] Other { a: &'a T },
        }
    };
    for _ in 0..10_000 {
        let mut item = item.clone();
        for _ in 0..=random.below(2) {
            item = random.mutated(item);
        }
        expanded(|| error_class::expand(item.clone()), &[&item]);
    }
}

#[test]
fn no_open_enum_makes_the_derive_panic() {
    let mut random = Random(4);
    let item = quote! {
        #[open_enum(rename_all = "snake_case", crate = my::http)]
        pub enum State<'a, T: Copy = u8, const N: usize> {
            Open,
            #[open_enum(rename = "wont-fix")] WontFix = 1,
            r#ÄäSS_,
            Unknown(#[doc = ""] String),
        }
    };
    let numbers = quote! {
        #[open_enum(crate = my::http)]
        pub enum Level {
            #[open_enum(number = 1)] Low,
            #[open_enum(number = -2, rename = "none")] r#None = 2,
            Unknown(u8),
        }
    };
    for item in [item, numbers] {
        for _ in 0..10_000 {
            let mut item = item.clone();
            for _ in 0..=random.below(2) {
                item = random.mutated(item);
            }
            expanded(|| open_enum::expand(item.clone()), &[&item]);
        }
    }
}

#[test]
fn no_open_union_makes_the_derive_panic() {
    let mut random = Random(5);
    let item = quote! {
        #[open_union(tag = "type", rename_all = "snake_case", crate = my::http)]
        pub enum Event<'a, T: Copy = u8, const N: usize> {
            Start(Start<'a, T>),
            #[open_union(rename = "text-generation")] Text(Vec<u8>),
            r#ÄäSS_,
            #[open_union(other)] Unknown(#[doc = ""] Value),
        }
    };
    for _ in 0..10_000 {
        let mut item = item.clone();
        for _ in 0..=random.below(2) {
            item = random.mutated(item);
        }
        let expansion = expanded(|| open_union::expand(item.clone()), &[&item]);
        if syn::parse2::<syn::DeriveInput>(item.clone()).is_ok() {
            assert!(
                syn::parse2::<syn::File>(expansion.clone()).is_ok(),
                "{item}\nbecomes no items:\n{expansion}"
            );
        }
    }
}

#[test]
fn no_enum_of_events_makes_the_derive_panic() {
    let mut random = Random(6);
    let item = quote! {
        #[from_event(crate = my::http)]
        pub enum Progress<'a, T: Copy = u8, const N: usize> where T: Clone {
            #[event("started")] Started(Started<'a, T>),
            #[event("tick", "tock",)] Tick,
            #[event(r"message")] r#type(Vec<u8>),
            #[event(other)] Other(ServerSentEvent),
        }
    };
    for _ in 0..10_000 {
        let mut item = item.clone();
        for _ in 0..=random.below(2) {
            item = random.mutated(item);
        }
        let expansion = expanded(|| from_event::expand(item.clone()), &[&item]);
        if syn::parse2::<syn::DeriveInput>(item.clone()).is_ok() {
            assert!(
                syn::parse2::<syn::File>(expansion.clone()).is_ok(),
                "{item}\nbecomes no items:\n{expansion}"
            );
        }
    }
}

#[test]
fn no_response_type_makes_the_derive_panic() {
    let mut random = Random(4);
    let items = [
        quote! {
            #[from_response(crate = my::http)]
            pub enum Job<'a, T: Copy> {
                #[status(200, 201,)] Done(Report<'a, T>),
                #[status(202)] Accepted { #[header("Retry-After")] wait: Option<u64>, #[status] status: u16, #[body] ticket: T },
                #[status(304)] NotModified,
                #[status(other)] Other(Bytes),
            }
        },
        quote! {
            struct Page<T> where T: Copy { #[header("X-Total")] total: Option<u64>, #[status] status: u16, #[body] items: Vec<T> }
        },
    ];
    for _ in 0..10_000 {
        let mut item = random.pick(&items).clone();
        for _ in 0..=random.below(2) {
            item = random.mutated(item);
        }
        let expansion = expanded(|| from_response::expand(item.clone()), &[&item]);
        if syn::parse2::<syn::DeriveInput>(item.clone()).is_ok() {
            assert!(
                syn::parse2::<syn::File>(expansion.clone()).is_ok(),
                "{item}\nbecomes no items:\n{expansion}"
            );
        }
    }
}

#[test]
fn no_tokens_at_all_make_a_macro_panic() {
    let mut random = Random(3);
    for _ in 0..10_000 {
        let (arguments, item) = (random.tokens(3), random.tokens(4));
        expanded(|| api::expand(arguments.clone(), &item), &[&arguments, &item]);
        expanded(|| error_class::expand(item.clone()), &[&item]);
        expanded(|| open_enum::expand(item.clone()), &[&item]);
        expanded(|| open_union::expand(item.clone()), &[&item]);
        expanded(|| from_event::expand(item.clone()), &[&item]);
        expanded(|| from_response::expand(item.clone()), &[&item]);
    }
}

/// An editor sees a half-typed endpoint at each stroke. The endpoint beside it must keep working.
#[test]
fn a_half_typed_endpoint_leaves_the_others_alone() {
    let attribute = quote!(get(
        "things/<id>?<page>&q=<q>",
        timeout = "5s",
        headers("X-A" = "b"),
        at_most_one(page, q)
    ));
    let method = quote! {
        async fn find<'a>(&self, id: &'a str, page: Option<u32>, #[header("X-B")] b: Vec<u8>, q: Option<&str>) -> Vec<Thing>;
    };
    let mut passed_through = 0;
    let halves = prefixes(&attribute).into_iter().map(|attribute| quote!(#[#attribute] #method));
    let halves =
        halves.chain(prefixes(&method).into_iter().map(|method| quote!(#[#attribute] #method)));
    for half in halves {
        let item = quote! {
            pub trait Things {
                #[delete("things/<id>")]
                async fn sound(&self, id: &str);
                #half
            }
        };
        let expansion = expanded(|| api::expand(TokenStream::new(), &item), &[&item]);
        let text = expansion.to_string();
        if syn::parse2::<syn::ItemTrait>(item.clone()).is_ok() {
            syn::parse2::<syn::File>(expansion).unwrap();
            for name in [
                "ThingsClient",
                "BlockingRawThingsClient",
                "ThingsSoundRequest",
                "fn sound (& self , id",
            ] {
                assert!(text.contains(name), "`{name}` is gone at\n{half}\n{text}");
            }
        } else {
            passed_through += 1;
            assert!(text.starts_with(&item.to_string()), "{half}");
            assert_eq!(text.matches("compile_error").count(), 1, "{half}\n{text}");
        }
    }
    assert!(passed_through > 5, "{passed_through}");
}

/// Returns all prefixes of a stream of tokens, cut at any depth. Open delimiters are closed.
fn prefixes(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut prefixes = vec![TokenStream::new()];
    let mut before = TokenStream::new();
    for token in tokens.clone() {
        if let TokenTree::Group(group) = &token {
            for inner in prefixes_of(group) {
                prefixes.push(before.clone().into_iter().chain([inner]).collect());
            }
        }
        before.extend([token]);
        prefixes.push(before.clone());
    }
    prefixes
}

fn prefixes_of(group: &Group) -> impl Iterator<Item = TokenTree> {
    let delimiter = group.delimiter();
    prefixes(&group.stream()).into_iter().map(move |inner| Group::new(delimiter, inner).into())
}

/// Expands, and prints the input if that panics.
fn expanded(
    expand: impl FnOnce() -> TokenStream + panic::UnwindSafe,
    input: &[&TokenStream],
) -> TokenStream {
    panic::catch_unwind(expand).unwrap_or_else(|_| panic!("the macro panicked at {input:#?}"))
}

/// Sound traits that use all features between them.
fn traits() -> Vec<TokenStream> {
    let texts = [
        r#"pub trait Things {
            #[get("things/<id>/x-<kind>?<limit>&page_size=<size>&beta=true&<filter..>", timeout = LIMIT)]
            async fn get<'a>(&self, id: &'a str, kind: u8, limit: Option<u32>, size: u8, filter: &Filter) -> Vec<Thing>;
        }"#,
        r#"/// Docs.
        #[deprecated] pub(crate) trait Things: Base where Self: Sized {
            #[patch("things/<id>", at_most_one(name, r#type), timeout = "5s", idempotent)]
            async fn update(&self, id: &str, name: Nullable<&str>, #[field("kind")] r#type: Option<u8>, #[header("X-A")] a: &str);
            #[cfg(all())] #[get("<path..>?<..>")]
            async fn all(&self, path: &str, #[allow(unused)] size: Option<[u8; 2]>) -> Result_<()>;
        }"#,
        r#"trait Things {
            #[post("things", error = E)]
            async fn create(&self, #[body] thing: &Thing, #[header("X-A")] a: Option<&str>) -> crate::Thing;
            async fn first(&self, (a, b): (u8, u8)) -> Option<Thing> { Some(a + b) }
            fn name<T: Into<String>>(&self, name: T, n: impl Copy) -> String { name.into() }
        }"#,
    ];
    texts.iter().map(|text| TokenStream::from_str(text).unwrap()).collect()
}

/// A seeded generator, so that a failure repeats.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap() % end
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Deletes, doubles, swaps, wraps or replaces one token, at any depth.
    fn mutated(&mut self, tokens: TokenStream) -> TokenStream {
        let mut tokens: Vec<_> = tokens.into_iter().collect();
        let Some(i) = (!tokens.is_empty()).then(|| self.below(tokens.len())) else {
            return self.tokens(0);
        };
        if let TokenTree::Group(group) = &tokens[i]
            && self.below(4) > 0
        {
            let inner = self.mutated(group.stream());
            tokens[i] = Group::new(group.delimiter(), inner).into();
            return tokens.into_iter().collect();
        }
        match self.below(6) {
            0 => drop(tokens.remove(i)),
            1 => tokens.insert(i, tokens[i].clone()),
            2 => {
                let j = self.below(tokens.len());
                tokens.swap(i, j);
            }
            3 => tokens[i] = Group::new(self.delimiter(), tokens[i].clone().into()).into(),
            4 => drop(tokens.splice(i..i, self.tokens(1))),
            _ => drop(tokens.splice(i..=i, self.tokens(1))),
        }
        tokens.into_iter().collect()
    }

    fn delimiter(&mut self) -> Delimiter {
        *self.pick(&[Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None])
    }

    /// Returns a few tokens, nested up to a depth.
    fn tokens(&mut self, depth: usize) -> TokenStream {
        const TEXTS: [&str; 48] = [
            "trait",
            "enum",
            "struct",
            "impl",
            "async",
            "fn",
            "self",
            "&",
            "mut",
            "'a",
            "<",
            ">",
            "::",
            ":",
            "->",
            ",",
            ";",
            "=",
            "#",
            "!",
            "|",
            "..",
            "_",
            "1",
            "404",
            "5xx",
            "0x1ffffffff",
            "1.5",
            "'c'",
            "b\"x\"",
            "\"\"",
            "\"v1/<id>\"",
            "\"<a\"",
            "\"5s\"",
            "\"\\u{0}é\"",
            "r#type",
            "get",
            "Option",
            "Nullable",
            "Things",
            "other",
            "status",
            "crate",
            "error",
            "ß",
            "dyn",
            "where",
            "const",
        ];
        let mut tokens = Vec::new();
        for _ in 0..=self.below(6) {
            if depth > 0 && self.below(3) == 0 {
                let inner = self.tokens(depth - 1);
                tokens.push(TokenTree::from(Group::new(self.delimiter(), inner)));
            } else {
                tokens.extend(TokenStream::from_str(self.pick::<&str>(&TEXTS)).unwrap());
            }
        }
        tokens.into_iter().collect()
    }
}

fn assert_snapshot(name: &str, expansion: TokenStream) {
    let printed = prettyplease::unparse(&syn::parse2(expansion).unwrap());
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name).with_extension("rs");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    let snapshot = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        printed == snapshot,
        "{} differs; UPDATE_SNAPSHOTS=1 accepts\n{printed}",
        path.display()
    );
}
