//! Advice on options that other clients have, or that belong elsewhere.

use super::settings::{OF_ENDPOINT, OF_TRAIT};
use crate::syntax::options::OptionSpec;

/// Options that neither a trait nor an endpoint has, each with the way to its effect.
const ELSEWHERE: [(&[&str], &str); 11] = [
    (
        &["base_url", "url", "host", "server", "endpoint"],
        "the client has the base URL, `Client::builder(\"https://api.example.com\")`",
    ),
    (
        &["retries", "max_retries", "retry"],
        "the client or the call has the number of retries, `max_retries(3)`",
    ),
    (&["token", "bearer", "bearer_token"], "the client has the token, `bearer_token(\"…\")`"),
    (&["allow_origin"], "the client has it, `allow_origin(\"https://uploads.example.com\")`"),
    (&["max_in_flight"], "the client or one of its groups has it, `max_in_flight(8)`"),
    (
        &["rate", "rate_limit"],
        "the client or one of its groups has the rate, `rate(10, Duration::from_secs(1))`",
    ),
    (&["follow_rate_limit"], "the client has it, `follow_rate_limit()`"),
    (&["user_agent"], "the client has it, `user_agent(\"…\")`"),
    (&["json"], "bodies are JSON unless declared otherwise, so remove it"),
    (&["body"], "mark the argument that is the body, `#[body] name: Type`"),
    (&["content_type"], "it belongs to the argument, `#[body(content_type = \"…\")]`"),
];

/// Returns advice on an unknown option of the trait.
pub(super) fn on_trait(name: &str) -> Option<String> {
    let written = |option: &OptionSpec| {
        let has_body = ["form", "multipart", "fields", "empty_body", "compress"];
        let method = if has_body.contains(&option.name) { "post" } else { "get" };
        format!("it belongs to an endpoint, `#[{method}(\"…\", {})]`", option.example())
    };
    match name {
        "path" | "base_path" | "root" => Some("did you mean `prefix`?".to_owned()),
        _ => elsewhere(name).or_else(|| option_of(&OF_ENDPOINT, name).map(written)),
    }
}

/// Returns advice on an unknown option of an endpoint.
pub(super) fn on_endpoint(name: &str) -> Option<String> {
    let written = |option: &OptionSpec| {
        format!("it belongs to the trait, `#[api_client({})]`", option.example())
    };
    match name {
        "stream" => Some("the return type says so, `EventStream<T>` or `ByteStream`".to_owned()),
        _ => elsewhere(name).or_else(|| option_of(&OF_TRAIT, name).map(written)),
    }
}

fn elsewhere(name: &str) -> Option<String> {
    let advice = ELSEWHERE.iter().find(|(names, _)| names.contains(&name));
    advice.map(|(_, advice)| (*advice).to_owned())
}

fn option_of<'a>(options: &'a [OptionSpec], name: &str) -> Option<&'a OptionSpec> {
    options.iter().find(|option| option.name == name)
}

#[cfg(test)]
mod tests {
    use super::{ELSEWHERE, OF_ENDPOINT, OF_TRAIT, on_endpoint, on_trait, option_of};

    #[test]
    fn advice_is_about_unknown_options_only() {
        for name in ELSEWHERE.iter().flat_map(|(names, _)| *names) {
            assert!(option_of(&OF_TRAIT, name).is_none(), "{name}");
            assert!(option_of(&OF_ENDPOINT, name).is_none(), "{name}");
        }
    }

    #[test]
    fn an_option_of_the_other_place_is_sent_there() {
        let endpoint = on_endpoint("prefix").unwrap();
        assert_eq!(endpoint, "it belongs to the trait, `#[api_client(prefix = \"v1\")]`");
        let of_trait = on_trait("idempotent").unwrap();
        assert_eq!(of_trait, "it belongs to an endpoint, `#[get(\"…\", idempotent)]`");
        let of_body = on_trait("form").unwrap();
        assert_eq!(of_body, "it belongs to an endpoint, `#[post(\"…\", form)]`");
        assert_eq!(on_trait("frobnicate"), None);
    }
}
