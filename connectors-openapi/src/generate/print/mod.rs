//! Writes a plan as source, laid out as rustfmt does.

mod client;
mod defs;
mod traits;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::finish;
use super::plan::{Def, DefKind, Plan, Returned, Ty};
use crate::docs;

/// Maximum width of a line.
pub(crate) const WIDTH: usize = 100;
/// Maximum width of the content of an attribute on one line (rustfmt, `attr_fn_like_width`).
const ATTRIBUTE: usize = 70;

/// The parts of a plan that are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A whole file.
    File,
    /// Traits and types with their imports, to paste into a source.
    Fragment,
}

/// Returns the source, and the crates that it uses besides `connectors-client`.
pub(crate) fn print(plan: &Plan, form: Form) -> (String, Vec<&'static str>) {
    let mut printer = Printer::new(plan, form);
    if form == Form::File {
        printer.client();
    }
    for one in &plan.traits {
        printer.trait_(one);
    }
    for id in finish::used(plan) {
        printer.def(id);
    }
    if let Some(error) = &plan.error {
        printer.error(error);
    }
    printer.finished()
}

pub(crate) struct Printer<'a> {
    plan: &'a Plan,
    form: Form,
    out: String,
    /// Names that the source declares, so that they cannot be imported.
    taken: HashSet<String>,
    uses: BTreeMap<&'static str, BTreeSet<String>>,
    /// True if an enum keeps unknown values in `Unknown`.
    has_unknown: bool,
}

impl<'a> Printer<'a> {
    fn new(plan: &'a Plan, form: Form) -> Self {
        let mut taken: HashSet<String> = plan.defs.iter().map(|def| def.name.clone()).collect();
        for one in &plan.traits {
            taken.extend([one.name.clone(), format!("{}Client", one.name)]);
        }
        taken.extend(plan.error.iter().map(|error| error.name.clone()));
        if plan.shared().count() > 1 {
            taken.insert(plan.name.clone());
        }
        Self { plan, form, out: String::new(), taken, uses: BTreeMap::new(), has_unknown: false }
    }

    fn defs(&self) -> &'a [Def] {
        &self.plan.defs
    }

    /// Returns the name of an item of another crate, which is imported unless the name is taken.
    fn item(&mut self, module: &'static str, name: &str) -> String {
        if self.taken.contains(name) {
            return format!("{module}::{name}");
        }
        self.uses.entry(module).or_default().insert(name.to_owned());
        name.to_owned()
    }

    fn ours(&mut self, name: &str) -> String {
        self.item("connectors_client", name)
    }

    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.out.push_str(&"    ".repeat(indent));
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    /// Writes a field. The type of a long one is on the next line, or in parts if it is too long
    /// for that too.
    fn member(&mut self, indent: usize, name: &str, ty: &str) {
        let line = format!("{name}: {ty},");
        if indent * 4 + line.len() <= WIDTH {
            return self.line(indent, &line);
        }
        if indent * 4 + 4 + ty.len() < WIDTH || !ty.contains('<') {
            self.line(indent, &format!("{name}:"));
            return self.line(indent + 1, &format!("{ty},"));
        }
        self.line(indent, &format!("{name}: {},", in_parts(indent, ty)));
    }

    /// Begins a type, with its brace on a line of its own if the name is long.
    fn head(&mut self, head: &str) {
        if head.len() + 2 <= WIDTH {
            return self.line(0, &format!("{head} {{"));
        }
        self.line(0, head);
        self.line(0, "{");
    }

    /// Writes a variant with data, on three lines if it is long.
    fn variant(&mut self, name: &str, ty: &str) {
        let line = format!("{name}({ty}),");
        if line.len() + 4 <= WIDTH {
            return self.line(1, &line);
        }
        self.line(1, &format!("{name}("));
        self.line(2, &format!("{},", type_within(2, ty)));
        self.line(1, "),");
    }

    fn docs(&mut self, indent: usize, text: &str) {
        for line in docs::lines(text, WIDTH - indent * 4 - 4) {
            self.line(indent, format!("/// {line}").trim_end());
        }
    }

    /// Writes an attribute, on several lines if it is long.
    fn attribute(&mut self, indent: usize, name: &str, parts: &[String]) {
        let one = format!("#[{name}({})]", parts.join(", "));
        // An attribute with values that are no literals is not laid out by rustfmt.
        let content = parts.join(", ").len();
        let fits = indent * 4 + one.len() <= WIDTH;
        if fits && (content <= ATTRIBUTE || parts.len() == 1) {
            return self.line(indent, &one);
        }
        self.line(indent, &format!("#[{name}("));
        let last = parts.len() - 1;
        for (index, part) in parts.iter().enumerate() {
            let comma = if index < last { "," } else { "" };
            self.line(indent + 1, &format!("{part}{comma}"));
        }
        self.line(indent, ")]");
    }

    fn derive(&mut self, names: &[&str]) {
        let parts: Vec<String> = names
            .iter()
            .map(|name| match *name {
                "Deserialize" | "Serialize" => self.item("serde", name),
                "ApiClient" | "ErrorClass" | "FromResponse" | "OpenEnum" | "OpenUnion" | "Page" => {
                    self.ours(name)
                }
                name => name.to_owned(),
            })
            .collect();
        let line = format!("#[derive({})]", parts.join(", "));
        self.line(0, &line);
    }

    /// Returns a type as it is written in a field.
    pub(crate) fn ty(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Nothing => "()".to_owned(),
            Ty::Text => "String".to_owned(),
            Ty::Secret => self.ours("Secret"),
            Ty::Bool => "bool".to_owned(),
            Ty::Number(name) => (*name).to_owned(),
            Ty::Timestamp => self.item("jiff", "Timestamp"),
            Ty::Date => self.item("jiff::civil", "Date"),
            Ty::Any => self.item("serde_json", "Value"),
            Ty::Object => {
                let (map, value) =
                    (self.item("serde_json", "Map"), self.item("serde_json", "Value"));
                format!("{map}<String, {value}>")
            }
            Ty::List(item) => format!("Vec<{}>", self.ty(item)),
            Ty::Map(value) => {
                let map = self.item("std::collections", "BTreeMap");
                format!("{map}<String, {}>", self.ty(value))
            }
            Ty::OrNull(inner) => format!("Option<{}>", self.ty(inner)),
            Ty::Named(id) => self.defs()[*id].name.clone(),
            Ty::Applied(id, filling) => {
                let filling = self.ty(filling);
                format!("{}<{filling}>", self.defs()[*id].name)
            }
            Ty::Parameter => "T".to_owned(),
            Ty::Custom(written) => written.clone(),
        }
    }

    /// Returns a type as it is lent to a call.
    fn lent(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Text => "&str".to_owned(),
            Ty::Bool | Ty::Number(_) | Ty::Timestamp | Ty::Date => self.ty(ty),
            Ty::List(item) => match &**item {
                Ty::Text => "&[&str]".to_owned(),
                item => format!("&[{}]", self.ty(item)),
            },
            Ty::Custom(written) => written.clone(),
            Ty::Named(id) if matches!(self.defs()[*id].kind, DefKind::Numbers(_)) => self.ty(ty),
            ty => format!("&{}", self.ty(ty)),
        }
    }

    fn returned(&mut self, returned: &Returned) -> String {
        match returned {
            Returned::Nothing => String::new(),
            Returned::Json(ty) => self.ty(ty),
            Returned::Maybe(ty) => format!("Option<{}>", self.ty(ty)),
            Returned::Events(ty) => {
                let event = match ty {
                    Some(ty) => self.ty(ty),
                    None => self.ours("ServerSentEvent"),
                };
                format!("{}<{event}>", self.ours("EventStream"))
            }
            Returned::Lines(ty) => {
                let item = self.ty(ty);
                format!("{}<{item}>", self.ours("JsonLines"))
            }
            Returned::Text => self.ours("Text"),
            Returned::Bytes => self.item("bytes", "Bytes"),
            Returned::Stream => self.ours("ByteStream"),
            Returned::Custom(written) => written.clone(),
        }
    }

    /// Returns the imports in rustfmt's order: a list of items comes after the modules beside it.
    fn sorted_uses(&self) -> Vec<(&'static str, &BTreeSet<String>)> {
        let mut uses: Vec<_> = self.uses.iter().map(|(module, names)| (*module, names)).collect();
        let at =
            |uses: &[(&str, _)], name: &str| uses.iter().position(|(module, _)| *module == name);
        let list = at(&uses, "connectors_client").filter(|at| uses[*at].1.len() > 1);
        if let (Some(list), Some(inner)) = (list, at(&uses, "connectors_client::auth")) {
            uses.swap(list, inner);
        }
        uses
    }

    /// Returns the docs of the file.
    fn header(&self) -> String {
        let mut source = String::new();
        let unknown = self.has_unknown.then(|| {
            "A value that this version does not name is kept as it came, in the variant `Unknown`."
                .to_owned()
        });
        for line in self.plan.header.iter().chain(&unknown) {
            for line in docs::lines(line, WIDTH - 4)
                .iter()
                .map(String::as_str)
                .chain(line.is_empty().then_some(""))
            {
                source.push_str(format!("//! {line}").trim_end());
                source.push('\n');
            }
        }
        source.push('\n');
        source
    }

    fn finished(self) -> (String, Vec<&'static str>) {
        let mut source = if self.form == Form::File { self.header() } else { String::new() };
        let mut crates: Vec<&'static str> = Vec::new();
        for is_std in [true, false] {
            let mut any = false;
            for (module, names) in self.sorted_uses() {
                if module.starts_with("std") == is_std {
                    source.push_str(&use_line(module, names));
                    any = true;
                }
            }
            if any {
                source.push('\n');
            }
        }
        for (module, name) in
            [("bytes", "bytes"), ("jiff", "jiff"), ("serde", "serde"), ("serde_json", "serde_json")]
        {
            let used = self.uses.keys().any(|used| used.split("::").next() == Some(module));
            if used || self.out.contains(&format!("{module}::")) {
                crates.push(name);
            }
        }
        source.push_str(&self.out);
        source.truncate(source.trim_end().len());
        if !source.is_empty() {
            source.push('\n');
        }
        (source, crates)
    }
}

fn use_line(module: &str, names: &BTreeSet<String>) -> String {
    // Types come before functions and attributes, as rustfmt sorts them.
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_by_key(|name| (name.starts_with(|c: char| c.is_ascii_lowercase()), *name));
    if let [one] = names.as_slice() {
        return format!("use {module}::{one};\n");
    }
    let one = format!("use {module}::{{{}}};\n", names.join(", "));
    // rustfmt wants one more column for the line, and for each line of a list but the last.
    if one.trim_end().len() < WIDTH - 1 {
        return one;
    }
    let mut lines = format!("use {module}::{{\n");
    let mut line = String::from("   ");
    for (index, name) in names.iter().enumerate() {
        let width = line.len() + name.len() + 2;
        if width > WIDTH || (width == WIDTH && index + 1 < names.len()) {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("   ");
        }
        line.extend([" ", name, ","]);
    }
    lines.push_str(&line);
    lines.push_str("\n};\n");
    lines
}

/// Returns a type for a line of its own, with a comma after it. A long type is in parts.
fn type_within(indent: usize, ty: &str) -> String {
    if indent * 4 + columns(ty) < WIDTH { ty.to_owned() } else { in_parts(indent, ty) }
}

/// Returns the number of columns that a type needs. rustfmt wants two more columns for parameters in a slice.
fn columns(ty: &str) -> usize {
    ty.len() + if ty.ends_with(">]") { 2 } else { 0 }
}

/// Returns a type with each of its parameters on a line of its own. The type begins on a line with
/// this indentation.
fn in_parts(indent: usize, ty: &str) -> String {
    let parts = ty.split_once('<').and_then(|(outer, rest)| {
        let (parameters, end) = rest.rsplit_once('>')?;
        Some((outer, parameters, end))
    });
    let Some((outer, parameters, end)) = parts else { return ty.to_owned() };
    let mut lines = format!("{outer}<\n");
    for parameter in split(parameters) {
        let parameter = type_within(indent + 1, parameter);
        lines.extend([&*"    ".repeat(indent + 1), &*parameter, ",\n"]);
    }
    lines.extend([&*"    ".repeat(indent), ">", end]);
    lines
}

/// Splits the parameters of a type, or the arguments of a call.
fn split(parameters: &str) -> Vec<&str> {
    let (mut depth, mut is_text, mut start, mut parts) = (0_usize, false, 0, Vec::new());
    for (at, c) in parameters.char_indices() {
        match c {
            '"' => is_text = !is_text,
            _ if is_text => {}
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(parameters[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(parameters[start..].trim());
    parts
}
