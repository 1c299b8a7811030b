//! Texts that should not be shown.

use crate::model::{Schema, Type};
use crate::words::words;

/// Returns true for texts that should not be shown: passwords and tokens.
pub(crate) fn is_secret(name: &str, schema: &Schema) -> bool {
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let before = words.len().checked_sub(2).map(|index| words[index].as_str()).unwrap_or_default();
    let not_of_pages = [
        "page",
        "next",
        "previous",
        "prev",
        "pagination",
        "continuation",
        "sync",
        "cursor",
        "start",
        "end",
        "stop",
        "bos",
        "eos",
        "max",
        "output",
        "input",
        "special",
    ];
    let named = match last {
        "password" | "passphrase" | "secret" => true,
        "token" => {
            words.len() > 1
                && !not_of_pages.contains(&before)
                && [
                    "access",
                    "refresh",
                    "auth",
                    "bearer",
                    "api",
                    "id",
                    "session",
                    "secret",
                    "client",
                    "registration",
                    "oauth",
                    "private",
                    "security",
                ]
                .contains(&before)
        }
        "key" => ["api", "secret", "private"].contains(&before),
        _ => false,
    };
    schema.format.as_deref() == Some("password")
        || (named
            && schema.format.is_none()
            && schema.types == [Type::String]
            && schema.values.is_empty())
}
