//! Base URLs, the client of all traits, and the functions that set credentials.

use super::super::plan::{BaseUrl, Builder, Trait};
use super::super::types::unique;
use super::{Printer, WIDTH, split};

/// Maximum width of the arguments of a call on one line (rustfmt, `fn_call_width`).
const CALL: usize = 60;

impl Printer<'_> {
    /// Writes the base URLs, the client of all traits, and the functions that set credentials.
    pub(super) fn client(&mut self) {
        let plan = self.plan;
        for BaseUrl { name, docs, url } in &plan.servers {
            self.docs(0, docs);
            let line = format!("pub const {name}: &str = {url:?};");
            // A text that is too long for a line of its own stays on the first line.
            let fits_below = format!("{url:?};").len() + 4 <= WIDTH;
            if line.len() > WIDTH && fits_below {
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
                self.member(1, &format!("pub {field}"), &format!("{}Client", one.name));
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
        // The parentheses of a pair do not count.
        let bound = if arguments.starts_with('(') { CALL + 2 } else { CALL };
        if arguments.len() > bound {
            return self
                .line(1, &format!("{start}.{method}({})", arguments_in_parts(1, arguments)));
        }
        // The width of a chain has no limit of its own if the chain has one call.
        let line = format!("{start}.{call}");
        if line.len() + 4 > WIDTH && start.contains('(') {
            self.line(1, start);
            self.line(2, &format!(".{call}"));
        } else {
            self.line(1, &line);
        }
    }
}

/// Returns arguments, each on a line of its own. The parentheses of a call or pair that is the only
/// argument are not on lines of their own.
fn arguments_in_parts(indent: usize, arguments: &str) -> String {
    let parts = split(arguments);
    if let [only] = parts.as_slice()
        && let Some((function, inner)) = call(only)
    {
        return format!("{function}({})", arguments_in_parts(indent, inner));
    }
    let mut lines = String::from("\n");
    for part in parts {
        let part = match call(part) {
            Some((function, inner)) if inner.len() > CALL => {
                format!("{function}({})", arguments_in_parts(indent + 1, inner))
            }
            _ => part.to_owned(),
        };
        lines.extend([&*"    ".repeat(indent + 1), &*part, ",\n"]);
    }
    lines + &"    ".repeat(indent)
}

/// Returns the function and the arguments of a call. A pair has no function.
fn call(written: &str) -> Option<(&str, &str)> {
    let (function, rest) = written.split_once('(').filter(|_| !written.starts_with('"'))?;
    Some((function, rest.strip_suffix(')')?))
}
