//! Checks that the modules of a crate import one way: each room may use the rooms below it in a
//! list.
//!
//! A room is a top-level module. The checker reads tokens, so it needs no compiler and can look at
//! made-up text. Code under `#[cfg(test)]` may import anything.

use std::fs;
use std::path::Path;

/// A source file of a crate: its path within `src`, and its tokens without those of tests.
pub(crate) struct Source {
    path: String,
    tokens: Vec<Token>,
}

/// A word, a `::`, or any other character outside comments and literals.
#[derive(Clone)]
struct Token {
    line: usize,
    text: String,
}

/// Returns the rooms of a crate from top to bottom, as ARCHITECTURE.md lists them.
pub(crate) fn rooms(architecture: &str, crate_name: &str) -> Vec<String> {
    let begin = format!("<!-- rooms: {crate_name} -->");
    let section =
        architecture.split_once(&begin).and_then(|(_, rest)| rest.split_once("<!-- end -->"));
    let (section, _) =
        section.unwrap_or_else(|| panic!("ARCHITECTURE.md has no section `{begin}`"));
    let room = |line: &str| Some(line.strip_prefix("- `")?.split_once('`')?.0.to_owned());
    section.lines().filter_map(room).collect()
}

/// Reads all sources of a crate but those that are modules of tests.
pub(crate) fn sources(src: &Path) -> Vec<Source> {
    let mut paths = Vec::new();
    files(src, &mut paths);
    let mut tests = Vec::new();
    let mut sources = Vec::new();
    for path in paths {
        let path = path.strip_prefix(src).unwrap().to_str().unwrap().replace('\\', "/");
        let (source, of_tests) = source(&path, &fs::read_to_string(src.join(&path)).unwrap());
        tests.extend(of_tests);
        sources.push(source);
    }
    sources.retain(|source| {
        let module = module(&source.path);
        !tests.iter().any(|test: &Vec<String>| module.starts_with(test))
    });
    sources
}

fn files(folder: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
}

/// Reads one file. The modules that it declares for tests in files of their own are returned beside
/// it.
pub(crate) fn source(path: &str, text: &str) -> (Source, Vec<Vec<String>>) {
    let (tokens, modules) = without_tests(&tokens(text));
    let parent = module(path);
    let modules = modules.into_iter().map(|name| [parent.clone(), vec![name]].concat()).collect();
    (Source { path: path.to_owned(), tokens }, modules)
}

/// Returns an error, with file and line, per import of a room above, and per room that is not in
/// the list.
pub(crate) fn wrong_imports(rooms: &[String], sources: &[Source]) -> Vec<String> {
    let mut errors = Vec::new();
    for source in sources {
        let module = module(&source.path);
        let own = module.first().map_or("lib", String::as_str);
        let Some(own_place) = rooms.iter().position(|room| room == own) else {
            errors.push(format!("{}:1: the room `{own}` is not in the list", source.path));
            continue;
        };
        for (line, path) in imports(&source.tokens, &module) {
            let other = path.first().map_or("lib", String::as_str);
            let at = format!("{}:{line}", source.path);
            match rooms.iter().position(|room| room == other) {
                Some(place) if place < own_place => {
                    errors.push(format!("{at}: `{own}` imports `{other}`, a room above it"));
                }
                None if own != "lib" => {
                    errors.push(format!("{at}: `crate::{other}` is not in a room"));
                }
                _ => {}
            }
        }
    }
    // A line may import several names of one room.
    errors.dedup();
    errors
}

/// Returns an error, with file and line, per call of one of these macros in a file that may not
/// make one.
pub(crate) fn wrong_macros(
    names: &[&str],
    may_call: impl Fn(&str) -> bool,
    sources: &[Source],
) -> Vec<String> {
    let mut errors = Vec::new();
    for Source { path, tokens } in sources.iter().filter(|source| !may_call(&source.path)) {
        for pair in tokens.windows(2).filter(|pair| pair[1].text == "!") {
            if names.contains(&pair[0].text.as_str()) {
                errors.push(format!(
                    "{path}:{}: `{}!` does not belong here",
                    pair[0].line, pair[0].text
                ));
            }
        }
    }
    errors
}

/// Returns the path of the module that a file holds.
fn module(path: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if matches!(stem, "lib" | "main") {
        Vec::new()
    } else {
        stem.split('/').map(str::to_owned).collect()
    }
}

/// Returns all paths that begin with `crate` or `super`, or with `self` and then `super`, from the
/// root of the crate.
fn imports(tokens: &[Token], file: &[String]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    // The inline modules around the token, each with the number of braces around it.
    let (mut inline, mut depth) = (Vec::<(usize, String)>::new(), 0);
    for (i, token) in tokens.iter().enumerate() {
        let next = |n: usize| tokens.get(i + n).map(|token| token.text.as_str());
        match token.text.as_str() {
            "mod" if next(2) == Some("{") => inline.push((depth, tokens[i + 1].text.clone())),
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.pop_if(|(outside, _)| *outside == depth);
            }
            "crate" | "super" | "self" if next(1) == Some("::") && !is_continued(tokens, i) => {
                let names = inline.iter().map(|(_, name)| name.clone());
                let module = file.iter().cloned().chain(names).collect();
                tree(tokens, i, module, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Returns true if the token continues a path, or is the `crate` of `$crate`.
fn is_continued(tokens: &[Token], i: usize) -> bool {
    i > 0 && matches!(tokens[i - 1].text.as_str(), "::" | "$")
}

/// Follows the path at `i` to its end, and each path of a group in it. Returns the index after it.
fn tree(
    tokens: &[Token],
    mut i: usize,
    mut path: Vec<String>,
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let line = tokens[i].line;
    loop {
        match tokens.get(i).map(|token| token.text.as_str()) {
            Some("crate") => path.clear(),
            Some("super") => drop(path.pop()),
            Some("self") => {}
            Some("{") => return group(tokens, i + 1, &path, found),
            Some(name) => path.push(name.to_owned()),
            None => return i,
        }
        i += 1;
        if tokens.get(i).is_none_or(|token| token.text != "::") {
            found.push((line, path));
            return i;
        }
        i += 1;
    }
}

/// Follows the paths of a group, which begins before `i`. Returns the index after it.
fn group(
    tokens: &[Token],
    mut i: usize,
    path: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    while let Some(token) = tokens.get(i) {
        i = match token.text.as_str() {
            "}" => return i + 1,
            "," => i + 1,
            "as" => i + 2,
            _ => tree(tokens, i, path.to_vec(), found),
        };
    }
    i
}

/// Removes what is under `#[cfg(test)]`, and returns the names of modules declared there beside it.
fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut rest = tokens;
    while let Some(token) = rest.first() {
        let starts: Vec<_> = rest.iter().take(7).map(|token| token.text.as_str()).collect();
        if starts == ["#", "[", "cfg", "(", "test", ")", "]"] {
            let end = end_of_item(rest);
            let item = &rest[7..end];
            if let Some(i) = item.iter().position(|token| token.text == "mod") {
                modules.extend(item.get(i + 1).map(|name| name.text.clone()));
            }
            rest = &rest[end..];
        } else {
            kept.push(token.clone());
            rest = &rest[1..];
        }
    }
    (kept, modules)
}

/// Returns the index after an item: after its `;`, or after the braces of its body.
fn end_of_item(tokens: &[Token]) -> usize {
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "}" => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            ";" if depth == 0 => return i + 1,
            _ => {}
        }
    }
    tokens.len()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = blank(rest).unwrap_or_else(|| {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push(Token { line, text: rest[..length].to_owned() });
            length
        });
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// Returns the length of the white space, comment or literal that a text begins with.
fn blank(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(text.find("*/").map_or(text.len(), |end| end + 2));
    }
    let quote = text.trim_start_matches(['b', 'c', 'r', '#']);
    let prefix = &text[..text.len() - quote.len()];
    if prefix.len() < 260 && quote.starts_with('"') && prefix.contains('r') {
        let end = format!("\"{}", "#".repeat(prefix.matches('#').count()));
        return Some(
            quote[1..].find(&end).map_or(text.len(), |at| prefix.len() + 1 + at + end.len()),
        );
    }
    let quoted = text.strip_prefix(['b', 'c']).unwrap_or(text);
    let offset = text.len() - quoted.len();
    if quoted.starts_with('"') {
        return Some(offset + end_of_literal(quoted, '"'));
    }
    // A quote before a word that no quote follows begins a lifetime.
    let mut characters = quoted.chars().skip(1);
    let is_char = quoted.starts_with('\'')
        && (characters.next() == Some('\\') || characters.next() == Some('\''));
    is_char.then(|| offset + end_of_literal(quoted, '\''))
}

/// Returns the length of a literal between quotes, with escapes.
fn end_of_literal(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (i, character) in text.char_indices().skip(1) {
        if character == quote && !is_escaped {
            return i + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    text.len()
}
