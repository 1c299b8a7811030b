//! Structs of the user: fields that are left out, and secrets in them.

use std::collections::BTreeMap;

use connectors_client::{Nullable, Secret, api_client, exposed, skip_unset};
use serde::{Deserialize, Serialize, Serializer};
use support::server::{Recorded, Reply, Server};

#[skip_unset]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BookPatch {
    title: Option<String>,
    page_count: Option<u32>,
    #[serde(rename = "lent_to")]
    reader: Nullable<String>,
    shelf: Nullable<Vec<u8>>,
    /// The API requires it, and it can be null.
    #[null_if_none]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_some")]
    odd: Option<u8>,
    #[serde(flatten)]
    more: Option<BTreeMap<String, u8>>,
}

/// A struct without the attribute writes a null.
#[derive(Default, Serialize)]
struct Careless {
    title: Option<String>,
}

#[skip_unset]
#[derive(Serialize)]
#[serde(tag = "kind")]
enum Change<T> {
    Move { to: Option<T>, note: Nullable<T> },
    Remove,
}

#[skip_unset]
#[derive(Default, Serialize)]
struct Filter<'a> {
    genre: Option<&'a str>,
    pages: Option<u32>,
}

#[api_client]
trait Books {
    #[patch("books/1")]
    async fn update(&self, #[body] patch: &BookPatch);

    #[patch("books/1")]
    async fn careless(&self, #[body] patch: &Careless);

    #[post("books/1")]
    async fn change(&self, #[body] change: &Change<String>);

    #[post("find?<filter..>", form)]
    async fn find(&self, filter: &Filter<'_>, #[fields] form: &Filter<'_>);

    #[post("login")]
    async fn login(&self, #[body] login: &Login);

    #[post("login")]
    async fn careless_login(&self, #[body] login: &CarelessLogin);
}

fn books(server: &Server) -> BooksClient {
    BooksClient::new(crate::builder(server).max_retries(0).build().unwrap())
}

#[tokio::test]
async fn unset_fields_are_left_out() {
    let server = Server::start((0..6).map(|_| Reply::empty(204)));
    let books = books(&server);
    let null = BookPatch { reader: Nullable::Null, ..BookPatch::default() };
    let full = BookPatch {
        title: Some("Dune".to_owned()),
        page_count: Some(412),
        reader: "Ada".to_owned().into(),
        shelf: Nullable::Value(vec![3]),
        due: Some("2024-01-02".to_owned()),
        odd: Some(1),
        more: Some(BTreeMap::from([("stars".to_owned(), 5)])),
    };
    books.update(&null).await.unwrap();
    books.update(&full).await.unwrap();
    books.careless(&Careless::default()).await.unwrap();
    books.change(&Change::Move { to: None, note: Nullable::Unset }).await.unwrap();
    books.change(&Change::Remove).await.unwrap();
    let pages = Filter { pages: Some(9), ..Filter::default() };
    books.find(&Filter::default(), &pages).await.unwrap();
    let requests = server.requests();
    let bodies: Vec<&str> = requests.iter().map(Recorded::text).collect();
    assert_eq!(
        bodies,
        [
            r#"{"lent_to":null,"due":null,"odd":null}"#,
            r#"{"title":"Dune","pageCount":412,"lent_to":"Ada","shelf":[3],"due":"2024-01-02","stars":5}"#,
            // Control: serde alone writes a null.
            r#"{"title":null}"#,
            r#"{"kind":"Move"}"#,
            r#"{"kind":"Remove"}"#,
            "pages=9",
        ]
    );
    assert_eq!(requests[5].target, "/find");
    // Any serializer writes the same.
    assert_eq!(serde_json::to_string(&null).unwrap(), bodies[0]);
    assert_eq!(serde_json::to_string(&full).unwrap(), bodies[1]);
}

#[test]
fn missing_fields_are_unset_when_they_are_read() {
    let read = |json: &str| serde_json::from_str::<BookPatch>(json).unwrap();
    let empty = BookPatch { more: Some(BTreeMap::new()), ..BookPatch::default() };
    assert_eq!(read("{}"), empty);
    let null = read(r#"{"lent_to": null, "due": null, "title": null}"#);
    assert_eq!(null, BookPatch { reader: Nullable::Null, ..empty });
}

#[skip_unset]
#[derive(Default, Serialize)]
struct Login {
    user: String,
    #[serde(serialize_with = "exposed")]
    password: Option<Secret>,
    #[serde(serialize_with = "connectors_client::exposed")]
    pin: Nullable<Secret>,
    #[serde(serialize_with = "exposed")]
    codes: Vec<Secret>,
    #[serde(serialize_with = "exposed")]
    keys: BTreeMap<String, Option<Secret>>,
}

/// Writes a secret without a word to the call.
#[derive(Serialize)]
struct CarelessLogin {
    #[serde(serialize_with = "careless")]
    password: Secret,
}

fn careless<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose())
}

fn login() -> Login {
    let secret = |text: &str| Secret::new(format!("canary-{text}"));
    Login {
        user: "ada".to_owned(),
        password: Some(secret("password")),
        pin: Nullable::Value(secret("pin")),
        codes: vec![secret("code-1"), secret("code-2")],
        keys: BTreeMap::from([("a".to_owned(), Some(secret("key"))), ("b".to_owned(), None)]),
    }
}

#[tokio::test]
async fn an_exposed_secret_is_written_and_protected() {
    let echo = r#"{"message": "no user canary-password canary-pin canary-code-2 canary-key"}"#;
    let server = Server::start([Reply::empty(204), Reply::json(400, echo), Reply::json(400, echo)]);
    let books = books(&server);
    books.login(&Login::default()).await.unwrap();
    let error = books.login(&login()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    // Control: the call does not know of a secret that another function writes.
    let careless = CarelessLogin { password: Secret::new("canary-password") };
    let error = books.careless_login(&careless).await.unwrap_err();
    assert!(error.to_string().contains("canary-password"), "{error}");
    let requests = server.requests();
    assert_eq!(requests[0].text(), r#"{"user":"","codes":[],"keys":{}}"#);
    assert_eq!(
        requests[1].text(),
        r#"{"user":"ada","password":"canary-password","pin":"canary-pin","codes":["canary-code-1","canary-code-2"],"keys":{"a":"canary-key","b":null}}"#
    );

    let plain = BooksClient::new(support::client("http://api.example.com").build().unwrap());
    let error = plain.login(&login()).await.unwrap_err();
    assert!(error.to_string().contains("a token would be sent over plain http"), "{error}");
}
