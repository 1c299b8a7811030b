//! The account from the environment: each case in a process of its own, since the environment is the process's.

use std::process::Command;

use connectors_client::Fake;
use connectors_client::cohere::{BlockingCohere, Cohere};

/// Runs [`child`] with these variables and gives what it printed.
fn run(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for name in ["CO_API_KEY", "COHERE_API_KEY", "CO_API_URL"] {
        command.env_remove(name);
    }
    command.args(["environment::child", "--exact", "--nocapture"]).env("AS_CHILD", "1");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.split_once("account: ")).map(|(_, account)| account.to_owned()).unwrap()
}

/// In a process of its own: prints where a call goes and with which key, or why there is no account.
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
fn the_first_variable_that_is_not_empty_is_the_key() {
    let real = "https://api.cohere.com/v1/connectors";
    assert_eq!(run(&[("CO_API_KEY", "one"), ("COHERE_API_KEY", "two")]), format!("{real} Bearer one"));
    assert_eq!(run(&[("CO_API_KEY", ""), ("COHERE_API_KEY", "two")]), format!("{real} Bearer two"));
    assert_eq!(run(&[("COHERE_API_KEY", "two")]), format!("{real} Bearer two"));
}

#[test]
fn without_a_key_the_error_says_what_to_set() {
    let missing = "there is no key for Cohere: set CO_API_KEY or COHERE_API_KEY, or give one by `token`";
    assert_eq!(run(&[]), missing);
    assert_eq!(run(&[("CO_API_KEY", ""), ("COHERE_API_KEY", "")]), missing);
}

#[test]
fn the_base_url_is_another_variable() {
    let other = [("CO_API_KEY", "k"), ("CO_API_URL", "https://proxy.example/cohere/")];
    assert_eq!(run(&other), "https://proxy.example/cohere/v1/connectors Bearer k");
    assert_eq!(
        run(&[("CO_API_KEY", "k"), ("CO_API_URL", "http://proxy.example")]),
        "a token would be sent over plain http to `http://proxy.example`: use https, or allow it by \
         `allow_http_tokens(true)`"
    );
}
