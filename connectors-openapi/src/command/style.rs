//! Colours, if the terminal has them.

use std::io::IsTerminal;

fn painted(code: &str, text: &str) -> String {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if wanted && !dumb && std::io::stdout().is_terminal() && std::io::stderr().is_terminal() {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

pub(super) fn red(text: &str) -> String {
    painted("1;31", text)
}

pub(super) fn yellow(text: &str) -> String {
    painted("33", text)
}

pub(super) fn green(text: &str) -> String {
    painted("32", text)
}

pub(super) fn bold(text: &str) -> String {
    painted("1", text)
}
