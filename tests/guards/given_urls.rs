//! A URL in a response is text: the client neither opens nor follows it. An example is the URL at
//! which a user authorizes a connector.

use std::time::Duration;

use connectors_client::cohere::{
    BlockingConnectorsClient, ConnectorsClient, OAuthAuthorizeResponse,
};
use connectors_client::{Client, Error, ErrorKind, Secret};
use support::server::{Reply, Server};
use url::Url;

use crate::plain_reqwest::plain;
use crate::shown;

/// Values a server may give as `redirect_url`. `{own}` and `{other}` are ports.
const FORMS: [&str; 24] = [
    "javascript:fetch('http://127.0.0.1:{other}/state-of-the-user')",
    "data:text/html,<script src=http://127.0.0.1:{other}/state-of-the-user>",
    "file:///etc/passwd?state-of-the-user",
    "ftp://127.0.0.1:{other}/state-of-the-user",
    "ws://127.0.0.1:{other}/state-of-the-user",
    "blob:http://127.0.0.1:{other}/state-of-the-user",
    "http://127.0.0.1:{other}/?s=state-of-the-user",
    "HTTP://127.0.0.1:{other}/?s=state-of-the-user",
    "https://127.0.0.1:{other}/?s=state-of-the-user",
    "//127.0.0.1:{other}/?s=state-of-the-user",
    "\\\\127.0.0.1:{other}\\?s=state-of-the-user",
    "http:\\\\127.0.0.1:{other}/?s=state-of-the-user",
    " http://127.0.0.1:{other}/?s=state-of-the-user ",
    "ht\ttp://127.0.0.1:{other}/?s=state-of-the-user",
    "http://user:state-of-the-user@127.0.0.1:{other}/",
    "http://127.0.0.1:{own}@127.0.0.1:{other}/?s=state-of-the-user",
    "http://2130706433:{other}/?s=state-of-the-user",
    "http://127.1:{other}/?s=state-of-the-user",
    "http://127.0.0.1:{own}/v1/connectors?s=state-of-the-user",
    "/v1/connectors?s=state-of-the-user",
    "../connectors?s=state-of-the-user",
    "?s=state-of-the-user",
    "",
    "\u{1b}[31m\r\nLocation: http://127.0.0.1:{other}/state-of-the-user",
];

/// Requests and connections that the two servers saw from an application that was given all forms.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    /// Number of forms that the application could read unchanged.
    read: usize,
    /// Number of requests to the API in addition to the calls themselves.
    surplus: usize,
    /// Number of connections to the other server.
    elsewhere: usize,
}

/// Makes an application call an API that gives each form. Our client and the control share this
/// check.
async fn all(application: impl AsyncFn(Client) -> Result<Option<Secret>, Error>) -> Seen {
    let mut seen = Seen::default();
    for form in FORMS {
        let other = Server::start([Reply::json(200, "{}")]);
        let api = Server::answer({
            let other = other.port();
            move |request| {
                let port = request
                    .header("host")
                    .and_then(|host| host.rsplit(':').next())
                    .unwrap_or_default();
                let url = form.replace("{own}", port).replace("{other}", &other.to_string());
                Reply::json(200, &serde_json::json!({ "redirect_url": url }).to_string())
                    // A client that follows a header would also follow these.
                    .header("refresh", "0; url=/refreshed")
            }
        });
        let form = form
            .replace("{own}", &api.port().to_string())
            .replace("{other}", &other.port().to_string());
        let client =
            support::client(api.url()).bearer_token("t").env_proxies(false).build().unwrap();
        let given = application(client).await.unwrap();
        // Wait long enough for a request that the client makes without the caller's knowledge.
        tokio::time::sleep(Duration::from_millis(20)).await;
        seen.read += usize::from(given.as_ref().map(Secret::expose) == Some(&*form));
        seen.surplus += api.requests().len() - 1 + api.rejected().len();
        seen.elsewhere += other.connections();
    }
    seen
}

#[tokio::test]
async fn redirect_urls_are_not_opened_followed_or_shown() {
    let call = async |client: Client| {
        let reply = ConnectorsClient::new(client).with_raw_response().o_auth_authorize("c").await?;
        assert!(!shown::debug(&reply).contains("state-of-the-user"));
        Ok(reply.into_data().redirect_url)
    };
    let blocking = async |client: Client| {
        let call = move || BlockingConnectorsClient::new(client).o_auth_authorize("c").send();
        let reply = tokio::task::spawn_blocking(call).await.unwrap()?;
        assert!(!shown::debug(&reply).contains("state-of-the-user"));
        Ok(reply.redirect_url)
    };
    let untouched = Seen { read: FORMS.len(), surplus: 0, elsewhere: 0 };
    assert_eq!(all(call).await, untouched);
    assert_eq!(all(blocking).await, untouched);
    println!("figure: {} forms, async and blocking: 0 connections elsewhere", FORMS.len());
}

/// Control: an application that opens every URL it is given, like a helper that opens the user's
/// browser.
#[tokio::test]
async fn a_careless_application_is_detected() {
    let seen = all(async |client: Client| {
        let base = format!("{client:?}").split('"').nth(1).unwrap().to_owned();
        let given = ConnectorsClient::new(client).o_auth_authorize("c").await?.redirect_url;
        if let Some(url) =
            given.as_ref().and_then(|url| Url::parse(&base).unwrap().join(url.expose()).ok())
        {
            // The outcome does not matter.
            let _ = plain().get(url).timeout(Duration::from_millis(250)).send().await;
        }
        Ok(given)
    })
    .await;
    println!("figure: careless: {seen:?}");
    assert_eq!(seen.read, FORMS.len());
    assert!(seen.elsewhere >= 10 && seen.surplus >= 4, "{seen:?}");
}

/// A user may be sent to an https URL whose host is not hidden after user information.
#[test]
fn only_safe_redirect_urls_pass() {
    let given = FORMS.map(|form| {
        OAuthAuthorizeResponse::new(form.replace("{own}", "1").replace("{other}", "2"))
    });
    let checked = given.map(|reply| reply.authorization_url());
    for error in checked.iter().filter_map(|checked| checked.as_ref().err()) {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
        assert!(!shown::debug(error).contains("state-of-the-user"), "{error}");
        assert!(!error.to_string().contains("state-of-the-user"), "{error}");
    }
    let passing: Vec<_> = checked.into_iter().flatten().collect();
    assert_eq!(passing, ["https://127.0.0.1:2/?s=state-of-the-user"]);
    let missing = OAuthAuthorizeResponse::default().authorization_url().unwrap_err();
    assert!(missing.to_string().ends_with("the response has no `redirect_url`"), "{missing}");
}
