//! No token that a scheme obtains is shown by `Debug` or an error, in whatever way a server echoes
//! it.

use std::error::Error as _;

use connectors_client::auth::{
    AccessToken, AuthError, ClientCredentials, RefreshToken, TokenProvider, basic, bearer, cookie,
    header, query,
};
use connectors_client::{Client, Error};
use support::server::{Reply, Server};

use crate::servers::{builder, things};

const ACCESS: &str = "canary-access-1+a=b";
const REFRESH: &str = "canary-refresh-2+a=b";
const SECRET: &str = "canary-secret-3+a=b";
const CANARIES: [&str; 3] = [ACCESS, REFRESH, SECRET];

/// Returns all texts of an error.
fn texts(error: &Error) -> String {
    let mut texts = format!("{error} {error:?} {:?}", error.excerpt());
    let mut cause = error.source();
    while let Some(next) = cause {
        texts = format!("{texts} {next} {next:?}");
        cause = next.source();
    }
    texts
}

fn check(text: &str) {
    let percent = |canary: &str| canary.replace('+', "%2B").replace('=', "%3D");
    for canary in CANARIES {
        for form in [canary.to_owned(), percent(canary), canary[..12].to_owned()] {
            assert!(!text.contains(&form), "{form}: {text}");
        }
    }
}

/// A server whose errors echo all that was sent.
fn echoing(status: u16) -> Server {
    Server::answer(move |request| {
        let sent = format!("{} {}", request.head(), request.text()).replace(['\r', '\n', '"'], " ");
        Reply::json(status, &format!(r#"{{"message": "refused: {sent}"}}"#))
    })
}

#[tokio::test]
async fn no_error_of_an_api_shows_a_credential_that_it_echoes() {
    for status in [400, 401, 403, 500] {
        let server = echoing(status);
        let provider = || TokenProvider::new(|| async { Ok(AccessToken::new(ACCESS)) });
        for client in [
            builder(&server).auth(provider()),
            builder(&server).auth(provider().in_query("token")),
            builder(&server).auth(provider().in_cookie("token")),
            builder(&server).auth((header("X-Api-Key", SECRET), bearer(ACCESS))),
            builder(&server).auth((query("key", SECRET), cookie("token", ACCESS))),
        ] {
            let client = client.build().unwrap();
            let error = things(client.clone()).list().await.unwrap_err();
            assert!(error.to_string().contains("refused"), "{error}");
            check(&texts(&error));
            check(&format!("{client:?}"));
        }
    }
}

/// The second refusal repeats the renewed token.
#[tokio::test]
async fn no_error_shows_a_renewed_token_that_is_echoed() {
    let server = echoing(401);
    let tokens = std::sync::Mutex::new(vec![ACCESS, "other-token-of-before"]);
    let provider = TokenProvider::new(move || {
        let token = tokens.lock().unwrap().pop().unwrap();
        async move { Ok(AccessToken::new(token)) }
    });
    let client = builder(&server).auth(provider).build().unwrap();
    let error = things(client).list().await.unwrap_err();
    let sent: Vec<_> = server.requests();
    let sent: Vec<_> = sent.iter().map(|one| one.header("authorization").unwrap()).collect();
    assert_eq!(sent, ["Bearer other-token-of-before".to_owned(), format!("Bearer {ACCESS}")]);
    check(&texts(&error));
    assert!(texts(&error).contains("Bearer ***"), "{error}");
}

#[tokio::test]
async fn no_error_of_a_token_server_shows_a_secret_that_it_echoes() {
    for status in [400, 401, 500] {
        let (api, issuer) = (echoing(200), echoing(status));
        let url = issuer.url();
        let grants = [
            ClientCredentials::new(&url, "id", SECRET).into_provider(),
            ClientCredentials::new(&url, "id", SECRET).credentials_in_body().into_provider(),
            RefreshToken::new(&url, "id", REFRESH).client_secret(SECRET).into_provider(),
        ];
        for grant in grants {
            let client = builder(&api).auth(grant).build().unwrap();
            let error = things(client).list().await.unwrap_err();
            assert!(error.to_string().contains("TokenServer"), "{error}");
            check(&texts(&error));
        }
    }
}

#[tokio::test]
async fn no_error_shows_a_token_that_does_not_fit() {
    let api = echoing(200);
    let bodies = [
        format!(r#"{{"access_token": ["{ACCESS}"], "refresh_token": "{REFRESH}"}}"#),
        format!(r#"{{"access_token": "{ACCESS}\n", "token_type": "Bearer"}}"#),
        format!(r#"{{"access_token": "{ACCESS}", "token_type": "mac"}}"#),
        format!(r#"{{"access_token": "{ACCESS}", "expires_in": ["{REFRESH}"]}}"#),
    ];
    for body in bodies {
        let issuer = Server::start([Reply::json(200, &body)]);
        let grant = ClientCredentials::new(&issuer.url(), "id", SECRET);
        let error = things(builder(&api).auth(grant).build().unwrap()).list().await.unwrap_err();
        check(&texts(&error));
    }
}

#[test]
fn no_debug_shows_a_credential() {
    let url = "https://login.example.com";
    check(&format!("{:?}", ClientCredentials::new(url, "id", SECRET)));
    check(&format!("{:?}", ClientCredentials::new(url, "id", SECRET).into_provider()));
    check(&format!("{:?}", RefreshToken::new(url, "id", REFRESH).client_secret(SECRET)));
    check(&format!("{:?}", AccessToken::new(ACCESS)));
    check(&format!("{:?}", [bearer(ACCESS), basic("u", SECRET), header("X-Key", SECRET)]));
    check(&format!("{:?}", [query("key", SECRET), cookie("key", SECRET), bearer("")]));
    check(&format!("{:?}", Client::builder("https://api.example.com").auth(bearer(ACCESS))));
    // Control: the check finds a secret that is shown.
    let shown = std::panic::catch_unwind(|| check(&format!("{:?}", AuthError::new(ACCESS))));
    assert!(shown.is_err());
}
