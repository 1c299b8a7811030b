//! The account read from the environment. Each case runs in its own process, since the environment
//! is global to a process.

use std::process::Command;

use connectors_client::Fake;
use connectors_client::cohere::{BlockingCohere, Cohere};

/// Runs [`child`] with these variables and returns the text that it printed.
fn run(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["CO_API_KEY", "COHERE_API_KEY", "CO_API_URL"] {
        command.env_remove(name);
    }
    command.args(["environment::child", "--exact", "--nocapture"]).env("AS_CHILD", "1");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .find_map(|line| line.split_once("account: "))
        .map(|(_, account)| account.to_owned())
        .unwrap()
}

/// Runs in a child process: prints the URL and the token of a call, or the reason why there is no
/// account.
#[test]
fn child() {
    if std::env::var_os("AS_CHILD").is_none() {
        return;
    }
    let fake = Fake::new();
    let account = Cohere::builder().transport(fake.clone()).max_retries(0).build();
    match account {
        Err(error) => println!("account: {error}"),
        Ok(cohere) => {
            let _ = cohere.blocking().connectors().list().send();
            let requests = fake.requests();
            let token = requests[0].headers()["authorization"].to_str().unwrap();
            println!("account: {} {token}", requests[0].uri());
        }
    }
    assert_eq!(Cohere::from_env().is_ok(), BlockingCohere::from_env().is_ok());
}

#[test]
fn the_first_non_empty_variable_is_the_key() {
    let real = "https://api.cohere.com/v1/connectors";
    assert_eq!(
        run(&[("CO_API_KEY", "one"), ("COHERE_API_KEY", "two")]),
        format!("{real} Bearer one")
    );
    assert_eq!(run(&[("CO_API_KEY", ""), ("COHERE_API_KEY", "two")]), format!("{real} Bearer two"));
    assert_eq!(run(&[("COHERE_API_KEY", "two")]), format!("{real} Bearer two"));
}

#[test]
fn a_missing_key_is_an_error_that_names_the_variables() {
    let missing =
        "the key for Cohere is missing: set CO_API_KEY or COHERE_API_KEY, or call `token`";
    assert_eq!(run(&[]), missing);
    assert_eq!(run(&[("CO_API_KEY", ""), ("COHERE_API_KEY", "")]), missing);
}

#[test]
fn the_base_url_comes_from_its_own_variable() {
    let other = [("CO_API_KEY", "k"), ("CO_API_URL", "https://proxy.example/cohere/")];
    assert_eq!(run(&other), "https://proxy.example/cohere/v1/connectors Bearer k");
    assert_eq!(
        run(&[("CO_API_KEY", "k"), ("CO_API_URL", "http://proxy.example")]),
        "a token would be sent over plain http to `http://proxy.example`: use https, or allow it with \
         `allow_http_tokens(true)`"
    );
}

/// Runs in a child process whose environment names a proxy: calls a loopback server with the
/// defaults.
#[test]
fn child_behind_a_proxy() {
    let Some(url) = std::env::var_os("LOOPBACK_SERVER") else { return };
    let cohere = Cohere::builder()
        .base_url(url.to_str().unwrap())
        .token("t")
        .max_retries(0)
        .build()
        .unwrap();
    let found = cohere.blocking().connectors().get("c1").send();
    println!("call: {:?}", found.map(|found| found.connector.id).map_err(|error| error.kind()));
}

#[test]
fn a_loopback_call_bypasses_the_proxy() {
    let server =
        support::server::Server::start([support::server::Reply::json(200, crate::CONNECTOR)]);
    let proxy = support::server::Server::start([support::server::Reply::empty(502)]);
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["environment::child_behind_a_proxy", "--exact", "--nocapture"]);
    command
        .env("LOOPBACK_SERVER", server.url())
        .env("http_proxy", proxy.url())
        .env("ALL_PROXY", proxy.url());
    command.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(output.contains(r#"call: Ok("c1")"#), "{output}");
    assert_eq!((server.requests().len(), proxy.connections()), (1, 0));
}
