//! Traits with their methods.

use super::super::plan::{Argument, ArgumentTy, Method, QueryPair, Spot, Trait, Ty, Wrapper};
use super::{Form, Printer, WIDTH, columns, in_parts};
use crate::words::{Case, plain};

/// Maximum length of a template that names each pair of its query.
const TEMPLATE: usize = 64;

impl Printer<'_> {
    pub(super) fn trait_(&mut self, one: &Trait) {
        self.trait_docs(&one.docs);
        let mut parts = Vec::new();
        if !one.prefix.is_empty() {
            parts.push(format!("prefix = {:?}", one.prefix));
        }
        if one.error
            && let Some(error) = &self.plan.error
        {
            parts.push(format!("error = {}", error.name));
        }
        parts.extend(one.rename.map(|case| format!("rename_all = {:?}", case.name())));
        parts.extend(one.envelope.as_ref().map(|field| format!("envelope = {field:?}")));
        parts.extend(one.auth.as_ref().map(|auth| format!("auth = {auth}")));
        let attribute = self.ours("api_client");
        if parts.is_empty() {
            self.line(0, &format!("#[{attribute}]"));
        } else {
            self.options(0, &attribute, &parts);
        }
        self.line(0, &format!("pub trait {} {{", one.name));
        for (index, method) in one.methods.iter().enumerate() {
            if index > 0 {
                self.line(0, "");
            }
            self.method(method, one);
        }
        self.line(0, "}");
        self.line(0, "");
    }

    /// Writes the docs of a trait. In a fragment they have the base URLs instead of the constants.
    fn trait_docs(&mut self, docs: &str) {
        let mut docs = docs.to_owned();
        if self.form == Form::Fragment {
            for server in &self.plan.servers {
                docs = docs.replace(&format!("[`{}`]", server.name), &format!("`{}`", server.url));
            }
        }
        self.docs(0, &docs);
    }

    fn method(&mut self, method: &Method, owner: &Trait) {
        let docs: Vec<&str> = method.docs.iter().map(String::as_str).collect();
        self.docs(1, &docs.join("\n\n"));
        if method.deprecated {
            self.line(1, "#[deprecated]");
        }
        let template = template(method, owner.rename);
        let mut parts = vec![format!("{template:?}")];
        parts.extend(method.options.iter().cloned());
        if method.auth != owner.auth {
            let auth = method.auth.as_deref().unwrap_or("default");
            parts.push(format!("auth = {auth}"));
        }
        match method.verb.strip_prefix("request(") {
            Some(verb) => {
                parts.insert(0, verb.trim_end_matches(", ").to_owned());
                self.options(1, "request", &parts);
            }
            None => self.options(1, &method.verb, &parts),
        }
        self.signature(method, owner.rename);
    }

    /// Writes an attribute with options. rustfmt lays it out only if all values are literals.
    fn options(&mut self, indent: usize, name: &str, parts: &[String]) {
        let is_meta = parts.iter().all(|part| {
            let value = part.split_once(" = ").map_or("\"", |(_, value)| value);
            let literal =
                value.starts_with(['"', '-']) || value.starts_with(|c: char| c.is_ascii_digit());
            literal && !part.starts_with("headers(") && !part.starts_with("query(")
        });
        let one = format!("#[{name}({})]", parts.join(", "));
        if !is_meta && indent * 4 + one.len() <= WIDTH {
            return self.line(indent, &one);
        }
        self.attribute(indent, name, parts);
    }

    fn signature(&mut self, method: &Method, rename: Option<Case>) {
        let returned = self.returned(&method.returned);
        let arrow = if returned.is_empty() { String::new() } else { format!(" -> {returned}") };
        let arguments: Vec<(String, String, &Argument)> = method
            .arguments
            .iter()
            .map(|argument| {
                let (attribute, ty) = (attribute(argument, rename), self.argument(argument));
                (attribute, format!("{}: {ty}", argument.ident), argument)
            })
            .collect();
        let has_docs = arguments.iter().any(|(_, _, argument)| !argument.docs.is_empty());
        let listed = arguments.iter().map(|(attribute, argument, _)| match attribute.as_str() {
            "" => argument.clone(),
            attribute => format!("{attribute} {argument}"),
        });
        let list: Vec<String> = std::iter::once("&self".to_owned()).chain(listed).collect();
        let one = format!("async fn {}({}){arrow};", method.ident, list.join(", "));
        // rustfmt wants one more column if there is a return type.
        let width = one.len() + 4;
        if !has_docs && (width < WIDTH || (width == WIDTH && arrow.is_empty())) {
            return self.line(1, &one);
        }
        if !has_docs && width == WIDTH {
            self.line(1, one.trim_end_matches(&format!("{arrow};")));
            return self.line(1, &format!("{};", arrow.trim_start()));
        }
        self.line(1, &format!("async fn {}(", method.ident));
        self.line(2, "&self,");
        for (attribute, written, argument) in &arguments {
            // rustfmt would break such a line within the type.
            let is_long = attribute.len() + written.len() + 10 > WIDTH && !attribute.is_empty();
            let named = if is_long { docs_by_place(argument) } else { String::new() };
            let docs = if argument.docs.is_empty() { &named } else { &argument.docs };
            self.docs(2, docs);
            let one = format!("{attribute} {written},");
            if attribute.is_empty() {
                self.parameter(written, docs.is_empty());
            } else if docs.is_empty() && one.len() + 8 <= WIDTH {
                let is_long = columns(&one[..one.len() - 1]) + 9 > WIDTH;
                let written = if is_long { &in_parts(2, written) } else { written };
                self.line(2, &format!("{attribute} {written},"));
            } else {
                self.line(2, attribute);
                self.parameter(written, false);
            }
        }
        let arrow = if arrow.len() + 3 > WIDTH { in_parts(1, &arrow) } else { arrow };
        self.line(1, &format!("){arrow};"));
    }

    /// Writes an argument, with the parameters of its type on lines of their own if it is long. For
    /// rustfmt a line below another one of the argument ends eight columns earlier.
    fn parameter(&mut self, written: &str, is_first: bool) {
        let end = if is_first { WIDTH } else { WIDTH - 8 };
        let is_long = columns(written) + 9 > end;
        let written = if is_long { &in_parts(2, written) } else { written };
        self.line(2, &format!("{written},"));
    }

    fn argument(&mut self, argument: &Argument) -> String {
        let ty = match &argument.ty {
            ArgumentTy::Of(ty) => self.lent(ty),
            ArgumentTy::Listed(name, ty) => {
                let list = self.lent(ty);
                format!("{}<{list}>", self.ours(name))
            }
            ArgumentTy::Owned(name) => self.ours(name),
        };
        match argument.wrapper {
            Wrapper::Required => ty,
            Wrapper::Optional => format!("Option<{ty}>"),
            Wrapper::Nullable if argument.ty == ArgumentTy::Of(Ty::Any) => format!("Option<{ty}>"),
            Wrapper::Nullable => format!("{}<{ty}>", self.ours("Nullable")),
        }
    }
}

/// Returns docs for an argument that has none and needs two lines.
fn docs_by_place(argument: &Argument) -> String {
    match &argument.spot {
        Spot::Header { name, .. } => format!("The header `{name}`."),
        Spot::Field { .. } => format!("The field `{}`.", argument.name),
        _ => "Content of the request.".to_owned(),
    }
}

/// Returns the attribute of an argument.
fn attribute(argument: &Argument, rename: Option<Case>) -> String {
    match &argument.spot {
        Spot::Path | Spot::Query => String::new(),
        Spot::Header { name, sensitive: true } => format!("#[header({name:?}, sensitive)]"),
        Spot::Header { name, sensitive: false } => format!("#[header({name:?})]"),
        Spot::Field { marked } => {
            let sent = sent(&argument.ident, rename);
            if sent != argument.name {
                format!("#[field({:?})]", argument.name)
            } else if *marked {
                "#[field]".to_owned()
            } else {
                String::new()
            }
        }
        Spot::Body { content_type: Some(kind) } => format!("#[body(content_type = {kind:?})]"),
        Spot::Body { content_type: None } => "#[body]".to_owned(),
        Spot::Fields => "#[fields]".to_owned(),
    }
}

/// Returns the name under which an argument is sent if nothing else names it.
fn sent(ident: &str, rename: Option<Case>) -> String {
    rename.map_or_else(|| plain(ident).to_owned(), |case| case.of_field(ident))
}

fn template(method: &Method, rename: Option<Case>) -> String {
    let pairs: Vec<String> = method
        .query
        .iter()
        .map(|pair| match pair {
            QueryPair::Fixed(pair) => pair.clone(),
            QueryPair::Spread(ident) => format!("<{ident}..>"),
            QueryPair::Named { name, ident } if sent(ident, rename) == *name => {
                format!("<{ident}>")
            }
            QueryPair::Named { name, ident } => format!("{name}=<{ident}>"),
        })
        .collect();
    if pairs.is_empty() {
        return method.path.clone();
    }
    let full = format!("{}?{}", method.path, pairs.join("&"));
    let has_fields = method
        .arguments
        .iter()
        .any(|argument| matches!(argument.spot, Spot::Field { marked: false }));
    if full.len() <= TEMPLATE || has_fields {
        return full;
    }
    // Pairs that are called as their arguments are need not be listed.
    let is_plain = |pair: &&String| pair.starts_with('<') && !pair.contains("..");
    let mut listed: Vec<&str> =
        pairs.iter().filter(|pair| !is_plain(pair)).map(String::as_str).collect();
    if listed.len() + 1 >= pairs.len() {
        return full;
    }
    listed.push("<..>");
    format!("{}?{}", method.path, listed.join("&"))
}
