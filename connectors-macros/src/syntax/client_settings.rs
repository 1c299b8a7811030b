//! Settings of the client that a user may look for among the options.

/// Methods of `ClientBuilder` whose matter is also one of traits and endpoints.
const BUILDER: [&str; 11] = [
    "allow_origin",
    "bearer_token",
    "connect_timeout",
    "follow_rate_limit",
    "layer",
    "max_body",
    "max_in_flight",
    "max_item",
    "max_retries",
    "proxy",
    "rate",
];

/// Returns the way out for an option that does not exist, if it is a setting of the client.
pub(super) fn way_out(option: &str) -> Option<String> {
    let method = if option == "rate_limit" { "rate" } else { option };
    BUILDER.contains(&method).then(|| {
        format!(
            "`{option}` is a setting of the client: write `.{method}(..)` on `Client::builder(..)`"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::BUILDER;

    #[test]
    fn settings_are_methods_of_the_builder() {
        let sources = ["builder", "network"]
            .map(|name| format!("../connectors-client/src/client/{name}.rs"))
            .map(|path| std::fs::read_to_string(path).unwrap())
            .concat();
        for name in BUILDER {
            assert!(sources.contains(&format!("pub fn {name}")), "{name}");
        }
    }
}
