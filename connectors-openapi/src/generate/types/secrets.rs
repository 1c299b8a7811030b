//! Texts that should not be shown.

use crate::model::{Schema, Type};
use crate::words::words;

/// Words before `token` by which it is a place in a list or a stream, the name of one request, or a
/// piece of a text.
const NO_SECRETS: [&str; 44] = [
    "page",
    "next",
    "previous",
    "prev",
    "pagination",
    "paging",
    "continuation",
    "continue",
    "skip",
    "after",
    "before",
    "count",
    "sync",
    "cursor",
    "resume",
    "marker",
    "list",
    "offset",
    "scroll",
    "search",
    "delta",
    "change",
    "version",
    "state",
    "request",
    "idempotency",
    "idempotent",
    "concurrency",
    "start",
    "end",
    "stop",
    "begin",
    "bos",
    "eos",
    "unk",
    "pad",
    "mask",
    "max",
    "min",
    "output",
    "input",
    "special",
    "prompt",
    "completion",
];

/// Returns true for texts that should not be shown: passwords and tokens.
pub(crate) fn is_secret(name: &str, schema: &Schema) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let before = words.len().checked_sub(2).map(|index| words[index].as_str());
    let named = match last {
        "password" | "passphrase" | "passcode" | "secret" | "jwt" => true,
        "token" => !before.is_some_and(|before| NO_SECRETS.contains(&before)),
        "key" => {
            before.is_some_and(|before| ["api", "private"].contains(&before))
                || words.iter().any(|word| word == "secret")
        }
        _ => false,
    };
    schema.format.as_deref() == Some("password")
        || (named
            && schema.format.is_none()
            && schema.types == [Type::String]
            && schema.values.is_empty())
}
