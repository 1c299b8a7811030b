//! The data types of `cohere`: their secrets, and values for fakes.

use connectors_client::cohere::chat::{ChatClient, ChatResponse, ChatStreamEvent, StreamEnd};
use connectors_client::cohere::{
    BlockingConnectorsClient, Connector, ConnectorOAuth, ConnectorsClient, CreateConnectorOAuth,
    GetConnectorResponse, ListConnectorsResponse, OAuthAuthorizeResponse,
};
use connectors_client::{Error, ErrorKind, Event, Fake, FakeReply, Nullable, Secret};

const SECRET: &str = "CANARY-4f1d";

/// Checks that no text of the error shows the secret.
fn check(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Decode);
    let mut texts =
        vec![error.to_string(), format!("{error:#}"), format!("{error:?}"), format!("{error:#?}")];
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        texts.extend([error.to_string(), format!("{error:?}")]);
        source = error.source();
    }
    for text in texts {
        assert!(!text.contains(SECRET), "{text}");
    }
}

fn connector(oauth: &str) -> String {
    format!(
        r#"{{"id": "c", "name": "n", "created_at": "2024-01-02T03:04:05Z",
            "updated_at": "2024-01-02T03:04:05Z", "oauth": {oauth}}}"#
    )
}

/// Bodies of a configuration with a secret that cannot be read.
fn broken() -> [String; 4] {
    [
        format!(r#"{{"client_secret": "{SECRET}", "token_url": 5}}"#),
        format!(r#"{{"authorize_url": "a", "token_url": "t", "client_secret": ["{SECRET}"]}}"#),
        format!(r#"{{"authorize_url": "a", "client_secret": "{SECRET}"}}"#),
        format!(r#"{{"authorize_url": "a", "token_url": "t", "client_secret": "{SECRET}"#),
    ]
}

#[tokio::test]
async fn a_decode_error_does_not_show_the_secret_of_a_connector() {
    for oauth in broken() {
        let connector = connector(&oauth);
        let fake = Fake::new().otherwise(move |request| {
            FakeReply::new(
                200,
                if request.uri().path() == "/v1/connectors" && request.method() == "GET" {
                    format!(r#"{{"connectors": [{connector}]}}"#)
                } else {
                    format!(r#"{{"connector": {connector}}}"#)
                },
            )
            .header("content-type", "application/json")
        });
        let connectors = ConnectorsClient::new(fake.client());
        check(&connectors.get("c").await.unwrap_err());
        check(&connectors.create("n", "u").await.unwrap_err());
        check(&connectors.update("c").await.unwrap_err());
        check(&connectors.list().await.unwrap_err());
        check(&connectors.list().items().next().await.unwrap().unwrap_err());
        check(&connectors.list().pages().next().await.unwrap().unwrap_err());
        check(&connectors.with_raw_response().get("c").await.unwrap_err());
    }
}

#[test]
fn a_decode_error_does_not_show_the_state_of_an_authorization() {
    for body in [
        format!(r#"{{"redirect_url": "https://a.example/?state={SECRET}"#),
        format!(r#"{{"redirect_url": ["https://a.example/?state={SECRET}"]}}"#),
        format!(r#"{{"redirect_url": "https://a.example/?state={SECRET}", }}"#),
    ] {
        let reply = move |_: &_| {
            FakeReply::new(200, body.clone()).header("content-type", "application/json")
        };
        let fake = Fake::new().on(ConnectorsClient::O_AUTH_AUTHORIZE, reply);
        let connectors = BlockingConnectorsClient::new(fake.client());
        check(&connectors.o_auth_authorize("c").send().unwrap_err());
    }
}

#[test]
fn secrets_are_hidden_in_debug_and_written_as_json() {
    let mut oauth = ConnectorOAuth::new("a", "t");
    oauth.client_secret = Some(SECRET.into());
    let authorize = OAuthAuthorizeResponse::new(SECRET);
    let create = CreateConnectorOAuth::new("a", "t").client("id", SECRET);
    for debug in [format!("{oauth:?}"), format!("{authorize:?}"), format!("{create:?}")] {
        assert!(debug.contains("Secret(..)") && !debug.contains(SECRET), "{debug}");
    }
    for json in [serde_json::to_value(&oauth).unwrap(), serde_json::to_value(&create).unwrap()] {
        assert_eq!(json["client_secret"], SECRET);
    }
    assert_eq!(serde_json::to_value(&authorize).unwrap()["redirect_url"], SECRET);
    assert_eq!(
        serde_json::from_value::<OAuthAuthorizeResponse>(serde_json::json!({}))
            .unwrap()
            .redirect_url,
        None
    );

    let mut none = CreateConnectorOAuth::default();
    assert_eq!(serde_json::to_string(&none).unwrap(), "{}");
    none.client_secret = Nullable::Null;
    assert_eq!(serde_json::to_string(&none).unwrap(), r#"{"client_secret":null}"#);
    let read: CreateConnectorOAuth = serde_json::from_str(r#"{"client_secret":"x"}"#).unwrap();
    assert_eq!(read.client_secret, Nullable::Value(Secret::new("x")));
}

/// Fakes of other crates make the data without struct literals.
#[tokio::test]
async fn fakes_can_make_all_data() {
    let time = "2024-01-02T03:04:05Z".parse().unwrap();
    let mut connector = Connector::new("c", "n", time, time);
    connector.oauth = Some(ConnectorOAuth::new("a", "t"));
    let page = ListConnectorsResponse::new(vec![connector.clone()]);
    let one = GetConnectorResponse::new(connector.clone());
    let fake = Fake::new()
        .on(ConnectorsClient::LIST, move |_| FakeReply::json(200, &page))
        .on(ConnectorsClient::GET, move |_| FakeReply::json(200, &one));
    let connectors = ConnectorsClient::new(fake.client());
    assert_eq!(connectors.list().await.unwrap().connectors, [connector.clone()]);
    assert_eq!(connectors.get("c").await.unwrap().connector, connector);

    let mut response = ChatResponse::default();
    "Lima".clone_into(&mut response.text);
    let mut end = StreamEnd::default();
    end.response = Some(response);
    assert!(matches!(ChatStreamEvent::StreamEnd(Box::new(end)), ChatStreamEvent::StreamEnd(_)));
    let _ = ChatClient::new(fake.client());

    let event = Event::new("tick", 1);
    assert_eq!(
        (event.name.as_str(), event.id.as_str(), event.retry, event.data),
        ("tick", "", None, 1)
    );
    assert_eq!(Event::new("", ()).name, "message");
}
