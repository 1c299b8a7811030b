//! Hosts that cannot be meant.

use connectors_client::{Client, Proxy};
use support::fault_server::authority;

#[test]
fn a_host_that_cannot_exist_is_refused_wherever_it_is_named() {
    let long = format!("https://{}.example.com", "a".repeat(64));
    for url in ["https://a..b", "https://.a", &*long] {
        let proxy = Proxy::all(&url.replacen("https", "http", 1)).unwrap_err();
        assert!(proxy.to_string().contains("a host that cannot exist"), "{proxy}");
        let client = Client::builder("https://api.example.com").env_proxies(false);
        let origin = client.allow_origin(url).build().unwrap_err();
        assert!(origin.to_string().contains("a host that cannot exist"), "{origin}");
    }
    assert!(Proxy::all("http://proxy_1.internal:3128").is_ok());
    assert!(Proxy::all("http://proxy.internal.:3128").is_ok());
}

/// TLS shows a client certificate to each server that asks for one.
#[test]
fn a_client_certificate_excludes_other_origins() {
    let (certificate, key) = authority::client_identity();
    let builder = || {
        Client::builder("https://api.example.com")
            .env_proxies(false)
            .client_identity(format!("{certificate}{key}"))
    };
    let error = builder().allow_origin("https://uploads.example.com").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a client certificate would go to the allowed origins too: make a client of its own for them"
    );
    assert!(builder().build().is_ok());
}
