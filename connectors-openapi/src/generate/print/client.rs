//! Base URLs, the client of all traits, and the functions that set credentials.

use super::super::plan::{BaseUrl, Builder, Trait};
use super::super::types::unique;
use super::{Printer, WIDTH};

/// Maximum width of a chain, and of the arguments of a call (rustfmt, `chain_width`).
const CALL: usize = 60;

impl Printer<'_> {
    /// Writes the base URLs, the client of all traits, and the functions that set credentials.
    pub(super) fn client(&mut self) {
        let plan = self.plan;
        for BaseUrl { name, docs, url } in &plan.servers {
            self.docs(0, docs);
            let line = format!("pub const {name}: &str = {url:?};");
            if line.len() > WIDTH {
                self.line(0, &format!("pub const {name}: &str ="));
                self.line(1, &format!("{url:?};"));
            } else {
                self.line(0, &line);
            }
            self.line(0, "");
        }
        let shared: Vec<&Trait> = plan.shared().collect();
        if shared.len() > 1 {
            self.docs(
                0,
                if plan.docs.is_empty() { "The whole API as one client." } else { &plan.docs },
            );
            self.derive(&["Clone", "Debug", "ApiClient"]);
            self.line(0, &format!("pub struct {} {{", plan.name));
            let mut fields: Vec<String> = Vec::new();
            for one in shared {
                let field = crate::words::field_name(&one.group);
                let field = unique(&field, |name| fields.iter().any(|other| other == name));
                self.member(1, &field, &format!("{}Client", one.name));
                fields.push(field);
            }
            self.line(0, "}");
            self.line(0, "");
        }
        for builder in &plan.builders {
            self.builder(builder);
        }
    }

    /// Writes a function that sets credentials.
    fn builder(&mut self, builder: &Builder) {
        let returned = self.ours("ClientBuilder");
        let secret = self.ours("Secret");
        let arguments = builder.arguments.replace("Secret", &secret);
        let first = if builder.extends {
            format!("client: {returned}")
        } else {
            "base_url: impl AsRef<str>".to_owned()
        };
        for function in &builder.functions {
            self.item("connectors_client::auth", function);
        }
        self.docs(0, &builder.docs);
        let head = format!("pub fn {}({first}, {arguments}) -> {returned} {{", builder.ident);
        if head.len() > WIDTH {
            self.line(0, &format!("pub fn {}(", builder.ident));
            for argument in std::iter::once(first.as_str()).chain(arguments.split(", ")) {
                self.line(1, &format!("{argument},"));
            }
            self.line(0, &format!(") -> {returned} {{"));
        } else {
            self.line(0, &head);
        }
        let start = if builder.extends {
            "client".to_owned()
        } else {
            format!("{}::builder(base_url)", self.ours("Client"))
        };
        self.chain(&start, &builder.call);
        self.line(0, "}");
        self.line(0, "");
    }

    /// Writes a call of a method, with arguments on lines of their own if they are long.
    fn chain(&mut self, start: &str, call: &str) {
        let (method, arguments) = call.split_once('(').unwrap_or((call, ")"));
        let arguments = &arguments[..arguments.len() - 1];
        if arguments.len() > CALL {
            // The name of a scheme is the first argument.
            let (name, value) = match arguments.split_once(", ") {
                Some((name, value)) if method == "auth_scheme" => (name, value),
                _ => ("", arguments),
            };
            let pair = value.strip_prefix('(').and_then(|pair| pair.strip_suffix(')'));
            let pair = pair.filter(|pair| pair.len() > CALL);
            if name.is_empty()
                && let Some(pair) = pair
            {
                self.line(1, &format!("{start}.{method}(("));
                self.parts(2, pair);
                return self.line(1, "))");
            }
            self.line(1, &format!("{start}.{method}("));
            if !name.is_empty() {
                self.line(2, &format!("{name},"));
            }
            match pair {
                Some(pair) => {
                    self.line(2, "(");
                    self.parts(3, pair);
                    self.line(2, "),");
                }
                None => self.line(2, &format!("{value},")),
            }
            return self.line(1, ")");
        }
        let line = format!("{start}.{call}");
        // rustfmt lets a pair stand at the end of a longer line.
        let has_room = arguments.starts_with('(') && line.len() + 4 <= WIDTH;
        if line.len() > CALL && start.contains('(') && !has_room {
            self.line(1, start);
            self.line(2, &format!(".{call}"));
        } else {
            self.line(1, &line);
        }
    }

    /// Writes the calls of a pair, each on a line of its own.
    fn parts(&mut self, indent: usize, pair: &str) {
        for part in pair.split_inclusive("), ") {
            self.line(indent, &format!("{},", part.trim_end_matches(", ")));
        }
    }
}
