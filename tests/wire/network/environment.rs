//! Proxies from the environment, each case in a process of its own.

use support::server::{Reply, Server};

use super::process::{child, is_child};
use super::{both, things};

/// Returns what both transports said in a process with these variables.
fn said(test: &str, base: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let variables = [variables, &[("BASE", base)]].concat();
    let output = child(test, &variables, "");
    let said = output.lines().filter_map(|line| line.split_once("said: "));
    said.map(|(_, text)| text.to_owned()).collect()
}

const TEST: &str = concat!(module_path!(), "::proxies_of_the_environment_are_checked");

#[test]
fn proxies_of_the_environment_are_checked() {
    if is_child(TEST) {
        return in_child();
    }
    let ignore = "correct it, or ignore it with `env_proxies(false)`";
    for (name, value, why) in [
        ("HTTPS_PROXY", "http://user:secret@", "the URL of the proxy is not valid: "),
        ("https_proxy", "ftp://user:secret@proxy", "the URL of the proxy is not valid: "),
        ("HTTP_PROXY", "user:secret@proxy:port", "the URL of the proxy is not valid: "),
        ("all_proxy", "socks5h://user:secret@proxy", "a SOCKS proxy needs the feature `socks`"),
        ("ALL_PROXY", "http://user:secret@pro xy", "the URL of the proxy is not valid: "),
    ] {
        let texts = said(TEST, "https://api.example.com", &[(name, value)]);
        assert_eq!(texts.len(), 2);
        for text in texts {
            let begin =
                format!("the environment variable `{name}` names no proxy that can be used: {why}");
            assert!(text.starts_with(&begin) && text.ends_with(ignore), "{text}");
            assert!(!text.contains("secret"), "{text}");
        }
        // They are never used for this machine, so there they do not matter.
        let server = Server::start([Reply::empty(204)]);
        for base in [server.url(), server.url().replace("127.0.0.1", "localhost")] {
            assert_eq!(said(TEST, &base, &[(name, value)]), ["Ok(())", "Ok(())"]);
        }
    }
    // Good ones are accepted, also without a scheme. The first of two names counts.
    let proxy = Server::start([Reply::empty(204)]);
    let address = proxy.url().replace("http://", "");
    for variables in [
        &[("HTTP_PROXY", address.as_str())][..],
        &[("http_proxy", &proxy.url())],
        &[("ALL_PROXY", &proxy.url())],
        &[("HTTP_PROXY", &proxy.url()), ("http_proxy", "ftp://x")],
        &[("http_proxy", &proxy.url()), ("NO_PROXY", "other.example.com")],
    ] {
        assert_eq!(
            said(TEST, "http://api.example.com", variables),
            ["Ok(())", "Ok(())"],
            "{variables:?}"
        );
    }
    assert_eq!(proxy.requests().len(), 10);
    // A CGI program uses none, so no request arrives.
    let cgi = [("ALL_PROXY", proxy.url()), ("HTTP_PROXY", "ftp://x".to_owned())];
    let cgi: Vec<_> = cgi.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for text in said(TEST, "http://api.invalid", &[&cgi[..], &[("REQUEST_METHOD", "GET")]].concat())
    {
        assert!(text.contains("kind: Connect"), "{text}");
    }
    assert_eq!(proxy.requests().len(), 10);
    assert!(
        proxy
            .requests()
            .iter()
            .all(|request| request.head().starts_with("GET http://api.example.com/things "))
    );
}

fn in_child() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (_, builder) in both(std::env::var("BASE").unwrap()) {
        let builder = builder.env_proxies(true).max_retries(0);
        match builder.build() {
            Err(error) => println!("\nsaid: {error}"),
            Ok(client) => {
                let result = runtime.block_on(super::ThingsClient::new(client).get().send());
                println!("\nsaid: {result:?}");
            }
        }
    }
    // A proxy that is given takes the place of those of the environment.
    for (_, builder) in both("https://api.example.com") {
        let proxy = connectors_client::Proxy::all("http://proxy.example.com").unwrap();
        things(builder.env_proxies(true).proxy(proxy));
    }
}
