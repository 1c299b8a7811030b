//! Errors of builds without a transport or without TLS. `scripts/each-feature` runs these tests with
//! the features that they are about.
#![allow(unused_imports, dead_code, reason = "each build has some of the tests")]

use connectors_client::{Client, Fake};

fn mistake(base_url: &str) -> String {
    Client::builder(base_url).build().unwrap_err().to_string()
}

#[cfg(not(any(feature = "reqwest", feature = "hyper")))]
#[test]
fn a_build_without_a_transport_names_the_features() {
    for base_url in ["http://127.0.0.1:8080", "https://api.example.com"] {
        assert_eq!(
            mistake(base_url),
            "there is no transport: enable the feature `reqwest` or `hyper` of connectors-client, or \
             pass one to `ClientBuilder::transport`"
        );
    }
}

#[test]
fn a_transport_of_ones_own_needs_no_feature() {
    let client = Client::builder("https://api.example.com").bearer_token("t");
    client.transport(Fake::new()).build().unwrap();
}

#[cfg(all(any(feature = "reqwest", feature = "hyper"), not(feature = "tls")))]
mod without_tls {
    use super::{Client, mistake};

    #[test]
    fn https_names_the_feature() {
        let text = mistake("https://api.example.com");
        assert!(
            text.starts_with(
                "the base URL is https, which needs the feature `tls` of connectors-client"
            ),
            "{text}"
        );
        Client::builder("http://127.0.0.1:8080").build().unwrap();
    }

    #[test]
    fn a_proxy_over_https_names_the_feature() {
        let text =
            connectors_client::Proxy::all("https://user:secret@proxy").unwrap_err().to_string();
        assert_eq!(text, "a proxy over https needs the feature `tls` of connectors-client");
    }

    /// TLS may be that of reqwest.
    #[cfg(feature = "reqwest")]
    #[test]
    fn a_function_for_reqwest_may_bring_tls() {
        Client::builder("https://api.example.com").reqwest(|builder| builder).build().unwrap();
    }
}
