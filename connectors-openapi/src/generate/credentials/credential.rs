//! A credential in source: the call that sets it, its arguments and its words.

use super::super::types::unique;
use crate::model::{Place, SecurityKind, SecurityScheme};
use crate::notice::Notice;

/// Names in the functions that set credentials, which an argument would hide.
const RESERVED: [&str; 7] = ["bearer", "basic", "header", "query", "cookie", "client", "base_url"];

/// Credentials as the runtime has them.
pub(super) struct Credential {
    /// The scheme, as a name in Rust.
    ident: String,
    /// Names and types of the arguments of a function that sets them.
    arguments: Vec<(String, &'static str)>,
    /// The method of a builder, for the credentials of most endpoints.
    method: Option<&'static str>,
    /// The function of `connectors_client::auth`.
    function: &'static str,
    /// The name of a key in its place.
    name: Option<String>,
    /// The words for them in docs.
    sends: String,
}

impl Credential {
    pub(super) fn of(scheme: &SecurityScheme, ident: String) -> Option<Self> {
        let secret = "impl Into<Secret>";
        let key = |function, method, name: &str, place: &str| Self {
            ident: ident.clone(),
            arguments: vec![("key".to_owned(), secret)],
            method,
            function,
            name: Some(name.to_owned()),
            sends: format!("this key {place} `{name}`"),
        };
        Some(match &scheme.kind {
            SecurityKind::Bearer => Self {
                arguments: vec![("token".to_owned(), secret)],
                method: Some("bearer_token"),
                function: "bearer",
                name: None,
                sends: "this token".to_owned(),
                ident,
            },
            SecurityKind::Basic => Self {
                arguments: vec![("user".to_owned(), "&str"), ("password".to_owned(), secret)],
                method: Some("basic_auth"),
                function: "basic",
                name: None,
                sends: "this user and password".to_owned(),
                ident,
            },
            SecurityKind::ApiKey { place: Place::Header, name } => {
                key("header", Some("auth_header"), name, "as")
            }
            SecurityKind::ApiKey { place: Place::Query, name } => {
                key("query", None, name, "as the query pair")
            }
            SecurityKind::ApiKey { place: Place::Cookie, name } => {
                key("cookie", None, name, "as the cookie")
            }
            _ => return None,
        })
    }

    /// Returns the call on a builder.
    pub(super) fn call(&self) -> String {
        match self.method {
            Some(method) => format!("{method}({})", self.values()),
            None => format!("auth({})", self.value()),
        }
    }

    fn value(&self) -> String {
        format!("{}({})", self.function, self.values())
    }

    fn values(&self) -> String {
        let name = self.name.iter().map(|name| format!("{name:?}"));
        let arguments = self.arguments.iter().map(|(name, _)| name.clone());
        name.chain(arguments).collect::<Vec<_>>().join(", ")
    }

    /// Gives the arguments the name of the scheme, so that several stand beside each other. `taken`
    /// are the names of those before.
    pub(super) fn named(mut self, taken: &mut Vec<String>) -> Self {
        let several = self.arguments.len() > 1;
        for (name, _) in &mut self.arguments {
            let of_scheme =
                if several { format!("{}_{name}", self.ident) } else { self.ident.clone() };
            let is_reserved = RESERVED.contains(&of_scheme.as_str());
            let free = if is_reserved { format!("{of_scheme}_value") } else { of_scheme };
            *name = unique(&free, |name| taken.iter().any(|other| other == name));
            taken.push(name.clone());
        }
        self
    }
}

/// Returns a message if two credentials are in one header, which has one value.
pub(super) fn one_header(credentials: &[Credential]) -> Option<String> {
    let header = |one: &Credential| match (one.function, &one.name) {
        ("header", Some(name)) => Some(name.to_ascii_lowercase()),
        ("bearer" | "basic", _) => Some("authorization".to_owned()),
        _ => None,
    };
    let [one, other] = credentials else { return None };
    let shared = header(one).filter(|name| header(other).as_ref() == Some(name))?;
    Some(format!(
        "`{}` and `{}` are both in the header `{shared}`, so no function is written for them \
         together: call `ClientBuilder::auth` with a type that implements `Authenticate`",
        one.ident, other.ident
    ))
}

pub(super) fn value(credentials: &[Credential]) -> String {
    let values: Vec<String> = credentials.iter().map(Credential::value).collect();
    match values.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

pub(super) fn arguments(credentials: &[Credential]) -> String {
    let arguments = credentials.iter().flat_map(|one| &one.arguments);
    arguments.map(|(name, ty)| format!("{name}: {ty}")).collect::<Vec<_>>().join(", ")
}

pub(super) fn sends(credentials: &[Credential]) -> String {
    let sends: Vec<&str> = credentials.iter().map(|one| one.sends.as_str()).collect();
    let keys: Option<Vec<&str>> = sends.iter().map(|one| one.strip_prefix("this key ")).collect();
    match keys.filter(|keys| keys.len() > 1) {
        Some(keys) => format!("these keys {}", keys.join(" and ")),
        None => sends.join(" and "),
    }
}

/// Returns the functions of `connectors_client::auth` that a call uses.
pub(super) fn functions(credentials: &[Credential], call: &str) -> Vec<&'static str> {
    let functions = credentials.iter().map(|one| one.function);
    // `auth_header(` is a method.
    let is_called = |name: &&str| ["(", " "].iter().any(|c| call.contains(&format!("{c}{name}(")));
    functions.filter(is_called).collect()
}

pub(super) fn unsayable(scheme: &SecurityScheme) -> Notice {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Location;

    fn scheme(name: &str, kind: SecurityKind) -> SecurityScheme {
        let at = Location::file(&"a.yaml".into());
        SecurityScheme { at, name: name.to_owned(), description: None, kind }
    }

    fn named(name: &str, kind: SecurityKind, taken: &mut Vec<String>) -> String {
        let credential = Credential::of(&scheme(name, kind), super::super::ident(name)).unwrap();
        arguments(&[credential.named(taken)])
    }

    #[test]
    fn no_argument_hides_a_function_or_another_argument() {
        let mut taken = Vec::new();
        let user = "password_app_user: &str, password_app_password: impl Into<Secret>";
        assert_eq!(named("password_app", SecurityKind::Basic, &mut taken), user);
        let second = named("password_app_user", SecurityKind::Bearer, &mut taken);
        assert_eq!(second, "password_app_user2: impl Into<Secret>");
        for reserved in RESERVED {
            let argument = named(reserved, SecurityKind::Bearer, &mut taken);
            assert_eq!(argument, format!("{reserved}_value: impl Into<Secret>"));
        }
    }
}
