//! Credentials: functions that set them, and the endpoints that need others than the rest.

mod credential;

use std::collections::{HashMap, HashSet};

use self::credential::{Credential, arguments, functions, one_header, sends, unsayable, value};
use super::Generator;
use super::plan::{Builder, Method};
use super::types::unique;
use crate::model::{Document, Operation, Place, SecurityAlternative, SecurityKind};
use crate::notice::{Location, Notice};
use crate::words::{field_name, plain};

/// Largest number of credentials that are written together.
const TOGETHER: usize = 2;

/// Names of schemes in Rust, by their names in the description.
pub(super) type SchemeNames = HashMap<String, String>;

/// Credentials that an endpoint takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Need {
    /// The `auth = ...` of the endpoint.
    auth: Option<String>,
    alternative: SecurityAlternative,
}

impl Generator<'_> {
    /// Returns the functions for the credentials of most endpoints, and those that add the ones of
    /// the other endpoints.
    pub(super) fn builders(&mut self, methods: &[&Method]) -> Vec<Builder> {
        self.warn_unused();
        let mut builders: Vec<Builder> = Vec::new();
        for alternative in self.usual_security.clone() {
            if alternative.len() > TOGETHER {
                self.warn_together(&alternative, "auth(..)");
            }
            self.warn_missing(&alternative, "auth(..)");
            if let Some(builder) = self.builder(&alternative, builders.is_empty())
                && !builders.iter().any(|other| other.call == builder.call)
            {
                builders.push(builder);
            }
        }
        for need in std::mem::take(&mut self.needs) {
            let is_used = |auth: &String| methods.iter().any(|one| one.auth.as_ref() == Some(auth));
            let found = match &need.auth {
                Some(auth) if !is_used(auth) => None,
                Some(auth) => self.scheme_builder(&need.alternative, auth),
                None => self.builder(&need.alternative, false),
            };
            let Some(builder) = found else { continue };
            if !builders.iter().any(|other| other.call == builder.call) {
                builders.push(builder);
            }
        }
        builders
    }

    fn credentials(&mut self, alternative: &SecurityAlternative) -> Option<Vec<Credential>> {
        let document = self.document;
        let mut found = Vec::new();
        for (name, _) in alternative {
            let scheme = document.security_schemes.iter().find(|scheme| scheme.name == *name)?;
            let ident = self.scheme_names.get(name).cloned().unwrap_or_default();
            let Some(credential) = Credential::of(scheme, ident) else {
                self.warn(unsayable(scheme));
                return None;
            };
            found.push(credential);
        }
        if let Some(message) = one_header(&found) {
            let first = document.security_schemes.iter().find(|one| one.name == alternative[0].0);
            if let Some(first) = first {
                self.warn(Notice::new(first.at.clone(), message));
            }
            return None;
        }
        if found.len() > 1 {
            let mut taken = Vec::new();
            found = found.into_iter().map(|one| one.named(&mut taken)).collect();
        }
        (1..=TOGETHER).contains(&found.len()).then_some(found)
    }

    fn builder(&mut self, alternative: &SecurityAlternative, is_first: bool) -> Option<Builder> {
        let credentials = self.credentials(alternative)?;
        let ident = format!("builder_with_{}", self.scheme_name(alternative)?);
        let call = match credentials.as_slice() {
            [one] => one.call(),
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

    /// Returns the function that adds credentials for the endpoints with `auth = ...`.
    fn scheme_builder(&mut self, alternative: &SecurityAlternative, auth: &str) -> Option<Builder> {
        let credentials = self.credentials(alternative)?;
        let call = format!("auth_scheme({auth:?}, {})", value(&credentials));
        let name = self.scheme_name(alternative)?;
        let ident =
            if name == auth { format!("with_{name}") } else { format!("with_{name}_for_{auth}") };
        Some(Builder {
            docs: format!("Sends {} to the endpoints with `auth = {auth}`.", sends(&credentials)),
            extends: true,
            arguments: arguments(&credentials),
            functions: functions(&credentials, &call),
            ident,
            call,
        })
    }

    /// Returns the name of the credentials that an endpoint needs: `none`, or those of a scheme if
    /// the usual ones are not enough. All credentials that it takes get a function.
    pub(super) fn auth(&mut self, operation: &Operation) -> Option<String> {
        let alternatives = without_scopes(&operation.security);
        let auth = self.auth_of(&alternatives);
        if auth.as_deref() != Some("none") {
            let is_first = |one: &SecurityAlternative| self.scheme_name(one) == auth;
            let (first, others): (Vec<_>, Vec<_>) = alternatives.into_iter().partition(is_first);
            for alternative in first.into_iter().chain(others) {
                let need = Need { auth: auth.clone(), alternative };
                if !self.needs.contains(&need) {
                    self.needs.push(need);
                }
            }
        }
        auth
    }

    fn auth_of(&mut self, alternatives: &[SecurityAlternative]) -> Option<String> {
        let usual = self.usual_security.clone();
        // The schemes of an alternative have no order.
        let is_same = |one: &SecurityAlternative, other: &SecurityAlternative| {
            one.len() == other.len() && one.iter().all(|scheme| other.contains(scheme))
        };
        if usual.iter().any(|one| alternatives.iter().any(|other| is_same(one, other))) {
            return None;
        }
        // Optional credentials that are not the usual ones are none.
        if alternatives.is_empty() || alternatives.iter().any(Vec::is_empty) {
            return has_security(self.document).then(|| "none".to_owned());
        }
        // Credentials that no function sets are a warning, and up to the user. But too many ones
        // together, and ones that the description does not define, have a name, so that the call is
        // refused without them.
        let (known, unknown): (Vec<_>, Vec<_>) =
            alternatives.iter().partition(|one| self.missing(one).is_none());
        if let ([], Some(first)) = (known.as_slice(), unknown.first()) {
            let name = self.scheme_name(first)?;
            self.warn_missing(first, &format!("auth_scheme({name:?}, ..)"));
            return Some(name);
        }
        let (several, single): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|one| one.len() > TOGETHER);
        let is_written = |one: &&SecurityAlternative| self.credentials(one).is_some();
        let (written, unwritten): (Vec<_>, Vec<_>) = single.into_iter().partition(is_written);
        let has_usual = usual.iter().any(|one| self.credentials(one).is_some());
        let is_undefined = usual.iter().all(|one| self.missing(one).is_some());
        let has_no_usual = !has_usual && !is_undefined && !written.is_empty();
        if !unwritten.is_empty() || has_no_usual {
            return None;
        }
        if let Some(one) = written.first() {
            return self.scheme_name(one);
        }
        let first = several.first()?;
        let name = self.scheme_name(first)?;
        self.warn_together(first, &format!("auth_scheme({name:?}, ..)"));
        Some(name)
    }

    /// Warns of credentials that are too many to be written together.
    fn warn_together(&mut self, alternative: &SecurityAlternative, call: &str) {
        let names: Vec<String> = alternative.iter().map(|(name, _)| format!("`{name}`")).collect();
        let document = self.document;
        let scheme =
            |name: &str| document.security_schemes.iter().find(|scheme| scheme.name == name);
        let Some(first) = alternative.iter().find_map(|(name, _)| scheme(name)) else { return };
        let message = format!(
            "no function is written for {} together: call `ClientBuilder::{call}` with a type that \
             implements `Authenticate`",
            names.join(", ")
        );
        self.warn(Notice::new(first.at.clone(), message));
    }

    /// Warns of schemes that the description defines, and no `security` names, if others are named.
    fn warn_unused(&mut self) {
        let document = self.document;
        if !has_security(document) {
            return;
        }
        let operations = document.operations.iter().map(|operation| &operation.security);
        let named: HashSet<&String> = operations
            .chain([&document.security])
            .flatten()
            .flatten()
            .map(|(name, _)| name)
            .collect();
        for scheme in document.security_schemes.iter().filter(|one| !named.contains(&one.name)) {
            let call = match scheme.kind {
                SecurityKind::ApiKey { place: Place::Header, .. } => "header",
                _ => "auth",
            };
            let message = format!(
                "no operation takes the security scheme `{}`, so no function is written for it: \
                 `ClientBuilder::{call}` sends it all the same",
                scheme.name
            );
            self.warn(Notice::new(scheme.at.clone(), message));
        }
    }

    /// Returns the first scheme of an alternative that the description does not define.
    fn missing<'a>(&self, alternative: &'a SecurityAlternative) -> Option<&'a str> {
        let schemes = &self.document.security_schemes;
        let mut names = alternative.iter().map(|(name, _)| name.as_str());
        names.find(|name| schemes.iter().all(|scheme| scheme.name != *name))
    }

    /// Warns once of a scheme that the description does not define.
    fn warn_missing(&mut self, alternative: &SecurityAlternative, call: &str) {
        let Some(name) = self.missing(alternative) else { return };
        let message = format!(
            "there is no security scheme `{name}`: call `ClientBuilder::{call}` with the credentials of the \
             call"
        );
        let is_known = self.warnings.iter().any(|warning| warning.message == message);
        if let (false, Some(at)) = (is_known, place(self.document, name)) {
            self.warn(Notice::new(at, message));
        }
    }

    /// Returns the name of the credentials of an alternative.
    fn scheme_name(&self, alternative: &SecurityAlternative) -> Option<String> {
        let known = &self.scheme_names;
        let in_rust = |name: &String| known.get(name).cloned().unwrap_or_else(|| ident(name));
        let names: Vec<String> = alternative.iter().map(|(name, _)| in_rust(name)).collect();
        let joined = names.join("_and_");
        // One scheme can have the joined name of two.
        let is_taken = |name: &str| names.len() > 1 && known.values().any(|other| other == name);
        (!names.is_empty()).then(|| unique(&joined, is_taken))
    }
}

/// Returns the alternatives of endpoints that say nothing of their own, or else those of most.
pub(super) fn usual(document: &Document) -> Vec<SecurityAlternative> {
    let needed = |list: &[SecurityAlternative]| -> Vec<SecurityAlternative> {
        without_scopes(list).into_iter().filter(|one| !one.is_empty()).collect()
    };
    let of_all = needed(&document.security);
    if !of_all.is_empty() {
        return of_all;
    }
    let own = document.operations.iter().map(|operation| needed(&operation.security));
    let usual = super::most_frequent(own.filter(|list| !list.is_empty()));
    usual.unwrap_or_else(|| {
        let schemes = document.security_schemes.iter();
        schemes.map(|scheme| vec![(scheme.name.clone(), Vec::new())]).collect()
    })
}

/// Returns true if any operation needs credentials.
fn has_security(document: &Document) -> bool {
    let own = document.operations.iter().map(|operation| &operation.security);
    own.chain([&document.security]).flatten().any(|alternative| !alternative.is_empty())
}

/// Names the schemes, also those that are only used. Two names of a description can be one name in
/// Rust.
pub(super) fn names(document: &Document) -> SchemeNames {
    let mut names = SchemeNames::new();
    let defined = document.security_schemes.iter().map(|scheme| &scheme.name);
    let used = document.operations.iter().flat_map(|one| &one.security).chain(&document.security);
    for scheme in defined.chain(used.flatten().map(|(name, _)| name)) {
        if !names.contains_key(scheme) {
            let is_taken = |name: &str| names.values().any(|other| other == name);
            names.insert(scheme.clone(), unique(&ident(scheme), is_taken));
        }
    }
    names
}

/// Returns the place of the first `security` that names a scheme.
fn place(document: &Document, scheme: &str) -> Option<Location> {
    let names = |list: &[SecurityAlternative]| list.iter().flatten().any(|(one, _)| one == scheme);
    let first = document.operations.iter().find(|operation| names(&operation.security))?;
    if names(&document.security) {
        let main = document.files.first();
        let file = main.map_or_else(|| first.at.file.clone(), |main| main.as_str().into());
        return Some(Location { file, line: None, pointer: "/security".to_owned() });
    }
    Some(Location { pointer: format!("{}/security", first.at.pointer), ..first.at.clone() })
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
