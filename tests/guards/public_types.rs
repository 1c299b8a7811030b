//! Public types of the library that can hold a secret, as its sources declare them.
//!
//! A type that holds no secret needs no entry anywhere. A type that can hold one is shown by the
//! guard in `secrets.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Types of others that hold whatever a caller or server put there.
const CARRIERS: [&str; 3] = ["Secret", "HeaderValue", "HeaderMap"];

/// Words in the name of a field that make its text a secret.
const SECRET_WORDS: [&str; 6] =
    ["token", "secret", "password", "credential", "authorization", "api_key"];

/// Types of text. A `token: u32` is a count.
const TEXTS: [&str; 4] = ["String", "str", "Cow", "Bytes"];

/// Types that the guard shows under another name, with the reason.
const SHOWN_OTHERWISE: [(&[&str], &str); 4] = [
    (&["ClientHandle", "PendingCall"], "generated clients and requests show them as themselves"),
    (&["ResponseSpec"], "functions without data"),
    (&["Presence"], "variants with the names of types that can hold one"),
    (&["EndpointOptions"], "a description that is known at compile time"),
];

/// A declaration: the words of its body, and whether it has a field that is a secret by its name.
struct Declaration {
    is_public: bool,
    words: BTreeSet<String>,
    has_secret_field: bool,
}

/// Returns the public types that can hold a secret and are not among `shown`.
pub(crate) fn unseen(shown: &BTreeSet<String>) -> Vec<String> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("connectors-client/src");
    let mut declarations = BTreeMap::new();
    collect(&root, &mut declarations);
    let mut unseen = holders(&declarations);
    let otherwise =
        |name: &String| SHOWN_OTHERWISE.iter().any(|(names, _)| names.contains(&name.as_str()));
    unseen.retain(|name| declarations[name].is_public && !shown.contains(name) && !otherwise(name));
    unseen.into_iter().collect()
}

/// Returns the types that hold a secret, by a field of their own or by a type within them.
fn holders(declarations: &BTreeMap<String, Declaration>) -> BTreeSet<String> {
    let mut holders: BTreeSet<String> = CARRIERS.map(str::to_owned).into();
    loop {
        let before = holders.len();
        for (name, declaration) in declarations {
            if declaration.has_secret_field || !declaration.words.is_disjoint(&holders) {
                holders.insert(name.clone());
            }
        }
        if holders.len() == before {
            break;
        }
    }
    holders.retain(|name| declarations.contains_key(name));
    holders
}

fn collect(folder: &Path, declarations: &mut BTreeMap<String, Declaration>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, declarations);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            declarations.extend(declared(&std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Returns the structs and enums that begin at the beginning of a line, so that neither examples
/// nor items of a function count.
fn declared(source: &str) -> Vec<(String, Declaration)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let item = line.strip_prefix("pub(crate) ").or(line.strip_prefix("pub ")).unwrap_or(line);
        let Some(rest) = item.strip_prefix("struct ").or_else(|| item.strip_prefix("enum ")) else {
            continue;
        };
        let name = words(rest).next().unwrap_or_default().to_owned();
        let body = if line.ends_with('{') {
            let end =
                lines[i..].iter().position(|line| *line == "}").map_or(lines.len(), |end| i + end);
            &lines[i + 1..end]
        } else {
            &lines[i..=i]
        };
        // The documentation of a field may name any type.
        let fields: Vec<_> =
            body.iter().filter(|line| !line.trim_start().starts_with("//")).collect();
        found.push((
            name.clone(),
            Declaration {
                is_public: line.starts_with("pub "),
                words: fields.iter().flat_map(|field| words(field)).map(str::to_owned).collect(),
                has_secret_field: fields.iter().any(|field| is_secret_field(field)),
            },
        ));
    }
    found
}

fn is_secret_field(field: &str) -> bool {
    let Some((name, field_type)) = field.split_once(':') else { return false };
    let has_text = words(field_type).any(|word| TEXTS.contains(&word));
    has_text && SECRET_WORDS.iter().any(|word| name.contains(word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
}

fn holders_of(source: &str) -> Vec<String> {
    holders(&declared(source).into_iter().collect()).into_iter().collect()
}

#[test]
fn types_that_hold_secrets_are_found() {
    for holder in [
        "pub struct A<T>(Secret, T);",
        "pub struct A {\n    pub key: Option<Secret>,\n}\n",
        "pub struct A {\n    pub access_token: String,\n}\n",
        "pub enum A {\n    With { password: Cow<'static, str> },\n}\n",
        "pub struct A {\n    shared: Arc<B>,\n}\nstruct B {\n    headers: Vec<HeaderValue>,\n}\n",
    ] {
        assert!(holders_of(holder).contains(&"A".to_owned()), "{holder}");
    }
}

#[test]
fn data_without_secrets_needs_no_entry() {
    for data in [
        "pub struct A {\n    pub name: String,\n    pub max_tokens: Option<u32>,\n}\n",
        "pub struct A {\n    /// Not a Secret.\n    pub name: String,\n}\n",
        "/// pub struct A(Secret);\npub struct B;\n",
        "fn f() {\n    pub struct A(Secret);\n}\n",
    ] {
        assert_eq!(holders_of(data), [""; 0], "{data}");
    }
}

/// The control: a type of the library that is not shown is named.
#[test]
fn a_type_that_is_not_shown_is_found() {
    let all = unseen(&BTreeSet::new());
    for holder in ["Client", "ClientBuilder", "RequestOptions", "Secret"] {
        assert!(all.contains(&holder.to_owned()), "{holder}: {all:?}");
    }
    let mut shown: BTreeSet<_> = all.iter().cloned().collect();
    assert_eq!(unseen(&shown), Vec::<String>::new());
    shown.remove("Client");
    assert_eq!(unseen(&shown), ["Client"]);
}
