//! Credentials: functions that set them, and the endpoints that need others than the rest.

use super::Generator;
use super::plan::{Builder, Method};
use crate::model::{Document, Operation, Place, SecurityAlternative, SecurityKind, SecurityScheme};
use crate::notice::Notice;
use crate::words::{field_name, plain};

/// Credentials as the runtime has them.
struct Credential {
    /// The scheme, as a name in Rust.
    ident: String,
    /// Arguments of a function that sets them.
    arguments: String,
    /// The call on a builder, for the credentials of most endpoints.
    call: String,
    /// The value of a scheme: the function of `connectors_client::auth`, and its arguments.
    value: (&'static str, String),
    /// The words for them in docs.
    sends: String,
}

impl Credential {
    fn of(scheme: &SecurityScheme) -> Option<Self> {
        let ident = ident(&scheme.name);
        let key = |function: &'static str, call: String, name: &str, place: &str| Self {
            ident: ident.clone(),
            arguments: "key: impl Into<Secret>".to_owned(),
            call,
            value: (function, format!("{name:?}, key")),
            sends: format!("this key {place} `{name}`"),
        };
        Some(match &scheme.kind {
            SecurityKind::Bearer => Self {
                arguments: "token: impl Into<Secret>".to_owned(),
                call: "bearer_token(token)".to_owned(),
                value: ("bearer", "token".to_owned()),
                sends: "this token".to_owned(),
                ident,
            },
            SecurityKind::Basic => Self {
                arguments: "user: &str, password: impl Into<Secret>".to_owned(),
                call: "basic_auth(user, password)".to_owned(),
                value: ("basic", "user, password".to_owned()),
                sends: "this user and password".to_owned(),
                ident,
            },
            SecurityKind::ApiKey { place: Place::Header, name } => {
                key("header", format!("auth_header({name:?}, key)"), name, "as")
            }
            SecurityKind::ApiKey { place: Place::Query, name } => {
                key("query", format!("auth(query({name:?}, key))"), name, "as the query pair")
            }
            SecurityKind::ApiKey { place: Place::Cookie, name } => {
                key("cookie", format!("auth(cookie({name:?}, key))"), name, "as the cookie")
            }
            _ => return None,
        })
    }

    fn value(&self) -> String {
        format!("{}({})", self.value.0, self.value.1)
    }

    /// Gives the arguments the name of the scheme, so that several stand beside each other.
    fn named(self) -> Self {
        let rename = |text: &str| match self.value.0 {
            "basic" => text
                .replace("user", &format!("{}_user", self.ident))
                .replace("password", &format!("{}_password", self.ident)),
            "bearer" => text.replace("token", &self.ident),
            _ => text
                .replace("key:", &format!("{}:", self.ident))
                .replace(", key", &format!(", {}", self.ident)),
        };
        let arguments = rename(&self.arguments);
        let value = (self.value.0, rename(&self.value.1));
        Self { arguments, value, ..self }
    }
}

impl Generator<'_> {
    /// Returns the functions for the credentials of most endpoints, and those that add the ones of
    /// the other endpoints.
    pub(super) fn builders(&mut self, methods: &[&Method]) -> Vec<Builder> {
        let mut builders: Vec<Builder> = Vec::new();
        for alternative in self.usual_security.clone() {
            if let Some(builder) = self.builder(&alternative, builders.is_empty())
                && !builders.iter().any(|other| other.call == builder.call)
            {
                builders.push(builder);
            }
        }
        let alternatives = self.document.operations.iter().flat_map(|one| one.security.clone());
        let alternatives: Vec<SecurityAlternative> = alternatives.collect();
        for alternative in alternatives {
            let Some(name) = scheme_name(&alternative) else { continue };
            let is_used = methods.iter().any(|method| method.auth.as_ref() == Some(&name));
            let ident = format!("with_{name}");
            if is_used && !builders.iter().any(|other| other.ident == ident) {
                builders.extend(self.scheme_builder(&alternative, &name, ident));
            }
        }
        builders
    }

    fn credentials(&mut self, alternative: &SecurityAlternative) -> Option<Vec<Credential>> {
        let document = self.document;
        let mut found = Vec::new();
        for (name, _) in alternative {
            let scheme = document.security_schemes.iter().find(|scheme| scheme.name == *name)?;
            let Some(credential) = Credential::of(scheme) else {
                self.warn(unsayable(scheme));
                return None;
            };
            found.push(credential);
        }
        if found.len() > 1 {
            found = found.into_iter().map(Credential::named).collect();
        }
        (1..=2).contains(&found.len()).then_some(found)
    }

    fn builder(&mut self, alternative: &SecurityAlternative, is_first: bool) -> Option<Builder> {
        let credentials = self.credentials(alternative)?;
        let ident: Vec<&str> = credentials.iter().map(|one| one.ident.as_str()).collect();
        let ident = format!("builder_with_{}", ident.join("_and_"));
        let call = match credentials.as_slice() {
            [one] => one.call.clone(),
            several => format!("auth({})", value(several)),
        };
        Some(Builder {
            ident: if is_first { "builder".to_owned() } else { ident },
            docs: format!("Returns the settings of a client that sends {}.", sends(&credentials)),
            extends: false,
            arguments: arguments(&credentials),
            functions: functions(&credentials, &call),
            call,
        })
    }

    fn scheme_builder(
        &mut self,
        alternative: &SecurityAlternative,
        name: &str,
        ident: String,
    ) -> Option<Builder> {
        let credentials = self.credentials(alternative)?;
        let call = format!("auth_scheme({name:?}, {})", value(&credentials));
        Some(Builder {
            docs: format!("Sends {} to the endpoints with `auth = {name}`.", sends(&credentials)),
            extends: true,
            arguments: arguments(&credentials),
            functions: functions(&credentials, &call),
            ident,
            call,
        })
    }

    /// Returns the name of the credentials that an endpoint needs: `none`, or those of a scheme if
    /// the usual ones are not enough.
    pub(super) fn auth(&mut self, operation: &Operation) -> Option<String> {
        let is_open = operation.security.iter().any(Vec::is_empty);
        if operation.security.is_empty() || is_open {
            let none = operation.security.iter().all(Vec::is_empty);
            return (none && !self.document.security.is_empty()).then(|| "none".to_owned());
        }
        let mut usual: Vec<String> = Vec::new();
        for alternative in self.usual_security.clone() {
            if alternative.is_empty() {
                return None;
            }
            usual.extend(self.written(&alternative));
        }
        let is_usual = |written: Option<String>| written.is_none_or(|one| usual.contains(&one));
        let alternatives = operation.security.clone();
        if usual.is_empty() || alternatives.iter().any(|one| is_usual(self.written(one))) {
            return None;
        }
        alternatives.first().and_then(scheme_name)
    }

    /// Returns the credentials of an alternative as they are written, to compare them.
    fn written(&mut self, alternative: &SecurityAlternative) -> Option<String> {
        let credentials = self.credentials(alternative)?;
        Some(value(&credentials))
    }
}

/// Returns the alternatives of endpoints that say nothing of their own, or else those of most.
pub(super) fn usual(document: &Document) -> Vec<SecurityAlternative> {
    if !document.security.is_empty() {
        return without_scopes(&document.security);
    }
    let own = document.operations.iter().map(|operation| without_scopes(&operation.security));
    let usual = super::most_frequent(own.filter(|list| !list.is_empty()));
    usual.unwrap_or_else(|| {
        let schemes = document.security_schemes.iter();
        schemes.map(|scheme| vec![(scheme.name.clone(), Vec::new())]).collect()
    })
}

/// Returns the name of the credentials of an alternative.
fn scheme_name(alternative: &SecurityAlternative) -> Option<String> {
    let names: Vec<String> = alternative.iter().map(|(name, _)| ident(name)).collect();
    (!names.is_empty()).then(|| names.join("_and_"))
}

/// Returns the name of a scheme: no keyword, and none of the words that `auth` has.
fn ident(name: &str) -> String {
    let name = field_name(name);
    let plain = plain(&name);
    let is_reserved = plain != name || matches!(plain, "none" | "default");
    if is_reserved { format!("{plain}_scheme") } else { name }
}

fn without_scopes(alternatives: &[SecurityAlternative]) -> Vec<SecurityAlternative> {
    let bare = |alternative: &SecurityAlternative| {
        alternative.iter().map(|(name, _)| (name.clone(), Vec::new())).collect()
    };
    alternatives.iter().map(bare).collect()
}

fn value(credentials: &[Credential]) -> String {
    let values: Vec<String> = credentials.iter().map(Credential::value).collect();
    match values.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

fn arguments(credentials: &[Credential]) -> String {
    let arguments: Vec<&str> = credentials.iter().map(|one| one.arguments.as_str()).collect();
    arguments.join(", ")
}

fn sends(credentials: &[Credential]) -> String {
    let sends: Vec<&str> = credentials.iter().map(|one| one.sends.as_str()).collect();
    sends.join(" and ")
}

/// Returns the functions of `connectors_client::auth` that a call uses.
fn functions(credentials: &[Credential], call: &str) -> Vec<&'static str> {
    let functions = credentials.iter().map(|one| one.value.0);
    // `auth_header(` is a method.
    let is_called = |name: &&str| ["(", " "].iter().any(|c| call.contains(&format!("{c}{name}(")));
    functions.filter(is_called).collect()
}

fn unsayable(scheme: &SecurityScheme) -> Notice {
    let SecurityScheme { name, kind, at, .. } = scheme;
    let (kind, way_out) = match kind {
        SecurityKind::Other(kind) if kind.eq_ignore_ascii_case("mutualTLS") => {
            (kind.as_str(), "give the certificate to `ClientBuilder::client_identity`")
        }
        SecurityKind::Other(kind) => {
            (kind.as_str(), "give `ClientBuilder::auth` a type that implements `Authenticate`")
        }
        _ => ("an unknown kind", "give credentials to `ClientBuilder::auth`"),
    };
    let message =
        format!("no function is written for the security scheme `{name}` (`{kind}`): {way_out}");
    Notice::new(at.clone(), message)
}
