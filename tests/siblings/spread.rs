//! Structs and maps that are spread over a query or body, and the names beside them.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use connectors_client::{Body, CommaSeparated, Error, ErrorKind, RequestOptions, Text, api_client};
use serde::Serialize;
use support::server::{Reply, Server};

use crate::{all_sent, client, form_of};

type Map = BTreeMap<&'static str, u8>;

#[api_client]
trait Chats {
    #[post("json")]
    async fn json(
        &self,
        user: Option<&str>,
        #[fields] more: Option<&Map>,
        #[fields] rest: Option<&Map>,
    );

    #[post("json", empty_body = none)]
    async fn none(&self, user: Option<&str>, #[fields] more: &Map);

    #[post("form", form)]
    async fn form(
        &self,
        user: Option<&str>,
        #[fields] more: Option<&Map>,
        #[fields] rest: Option<&Map>,
        list: Option<&[u16]>,
    );

    #[post("parts", multipart)]
    async fn parts(
        &self,
        user: Option<&str>,
        #[fields] more: Option<&Map>,
        #[fields] rest: Option<&Map>,
        list: Option<&[u16]>,
    );

    #[get("list?<created>&<filter..>&<more..>")]
    async fn list(
        &self,
        created: Option<u8>,
        filter: &BTreeMap<&'static str, Created>,
        more: Option<&Map>,
    );

    #[post("list", form)]
    async fn search(&self, created: Option<u8>, #[fields] filter: &BTreeMap<&'static str, Created>);

    #[get("fixed?page[size]=5&<filter..>")]
    async fn fixed(&self, filter: &Map);
}

#[derive(Serialize)]
#[serde(untagged)]
enum Created {
    At(u8),
    From { gte: u8 },
}

#[test]
fn an_argument_that_is_not_set_leaves_the_value_of_a_map() {
    let server = Server::start([Reply::empty(204)]);
    let chats = BlockingChatsClient::new(client(&server));
    let (more, rest) = (Map::from([("user", 2), ("z", 3)]), Map::from([("z", 4), ("more", 5)]));
    chats.json().more(&more).send().unwrap();
    chats.json().rest(&rest).send().unwrap();
    chats.json().more(&more).rest(&rest).user("u").send().unwrap();
    chats.none(&Map::from([("user", 1)])).send().unwrap();
    let json = |text: &str| format!("POST /json HTTP/1.1 application/json {text}");
    assert_eq!(
        all_sent(&server),
        [
            json(r#"{"user":2,"z":3}"#),
            json(r#"{"more":5,"z":4}"#),
            json(r#"{"user":"u","z":3,"more":5}"#),
            json(r#"{"user":1}"#)
        ]
    );
}

#[tokio::test]
async fn an_argument_of_a_form_that_is_not_set_leaves_the_value_of_a_map() {
    let server = Server::start([Reply::empty(204)]);
    let chats = ChatsClient::new(client(&server));
    let more = Map::from([("user", 2), ("list", 1), ("z", 3)]);
    let rest = Map::from([("more", 5), ("z", 4)]);
    chats.form().more(&more).rest(&rest).await.unwrap();
    chats.form().rest(&rest).user("u").await.unwrap();
    chats.form().more(&more).user("u").list(&[]).await.unwrap();
    chats.parts().more(&more).rest(&rest).await.unwrap();
    chats.parts().more(&more).user("u").list(&[]).await.unwrap();
    let form = |text: &str| format!("POST /form HTTP/1.1 application/x-www-form-urlencoded {text}");
    let field = |name: &str| format!("name=\"{name}\"");
    let parts = |parts: &[(&str, &str)]| {
        let parts: Vec<_> = parts.iter().map(|(name, value)| (field(name), *value)).collect();
        let parts: Vec<_> = parts.iter().map(|(head, value)| (&**head, *value)).collect();
        format!("POST /parts HTTP/1.1 {}", form_of(&parts))
    };
    assert_eq!(
        all_sent(&server),
        [
            form("list=1&user=2&z=3&more=5"),
            form("user=u&more=5&z=4"),
            form("user=u&list=1&z=3"),
            parts(&[("list", "1"), ("user", "2"), ("z", "3"), ("more", "5")]),
            parts(&[("user", "u"), ("list", "1"), ("z", "3")]),
        ]
    );
}

/// As in a query.
#[tokio::test]
async fn an_empty_name_is_sent_in_bodies() {
    let server = Server::start([Reply::empty(204)]);
    let chats = ChatsClient::new(client(&server));
    let more = Map::from([("", 1), ("a", 2)]);
    chats.json().more(&more).await.unwrap();
    chats.json().options(RequestOptions::new().body_field("", 3)).await.unwrap();
    chats.form().more(&more).await.unwrap();
    chats.form().options(RequestOptions::new().body_field("", 3)).await.unwrap();
    chats.parts().more(&more).await.unwrap();
    let parts = form_of(&[("name=\"\"", "1"), ("name=\"a\"", "2")]);
    assert_eq!(
        all_sent(&server),
        [
            "POST /json HTTP/1.1 application/json {\"\":1,\"a\":2}",
            "POST /json HTTP/1.1 application/json {\"\":3}",
            "POST /form HTTP/1.1 application/x-www-form-urlencoded =1&a=2",
            "POST /form HTTP/1.1 application/x-www-form-urlencoded =3",
            &format!("POST /parts HTTP/1.1 {parts}"),
        ]
    );
}

#[tokio::test]
async fn an_argument_replaces_pairs_in_brackets_only_if_it_wrote_some() {
    let server = Server::start([Reply::empty(204)]);
    let chats = ChatsClient::new(client(&server));
    let filter = BTreeMap::from([("created", Created::From { gte: 1 })]);
    chats.list(&filter).created(5).more(&Map::from([("created", 7), ("z", 1)])).await.unwrap();
    chats.search(&filter).created(5).await.unwrap();
    let at = BTreeMap::from([("created", Created::At(1))]);
    chats.list(&at).created(5).more(&Map::from([("created[gte]", 6)])).await.unwrap();
    chats.fixed(&Map::from([("page[size]", 9), ("page[number]", 2)])).await.unwrap();
    assert_eq!(
        all_sent(&server),
        [
            "GET /list?created=5&created%5Bgte%5D=1&z=1 HTTP/1.1",
            "POST /list HTTP/1.1 application/x-www-form-urlencoded created=5&created%5Bgte%5D=1",
            "GET /list?created=5&created%5Bgte%5D=6 HTTP/1.1",
            "GET /fixed?page%5Bsize%5D=5&page%5Bnumber%5D=2 HTTP/1.1",
        ]
    );
}

#[derive(Serialize)]
struct Typed {
    name: &'static str,
    value: Any,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Any {
    Big(u128),
    List(CommaSeparated<Vec<u8>>),
    Float(f32),
    Nan(f64),
    Nothing(Option<u8>),
    Bytes(Bytes),
    Numbers(Vec<u8>),
    Object(Map),
    Wait(Duration),
    Nested(Vec<Vec<u16>>),
}

#[api_client]
trait Typeds {
    #[post("form", form)]
    async fn form(&self, #[fields] value: &Typed);

    #[post("parts", multipart)]
    async fn parts(&self, #[fields] value: &Typed);
}

fn typed(value: Any) -> Typed {
    Typed { name: "n", value }
}

async fn form(value: Any) -> Result<String, Error> {
    let server = Server::start([Reply::empty(204)]);
    TypedsClient::new(client(&server)).form(&typed(value)).await?;
    let sent = all_sent(&server).remove(0);
    Ok(sent.split("urlencoded ").nth(1).unwrap().to_owned())
}

async fn parts(value: Any) -> Result<String, Error> {
    let server = Server::start([Reply::empty(204)]);
    TypedsClient::new(client(&server)).parts(&typed(value)).await?;
    let sent = all_sent(&server).remove(0);
    Ok(sent.strip_prefix("POST /parts HTTP/1.1 ").unwrap().to_owned())
}

#[tokio::test]
async fn fields_of_a_struct_are_sent_in_a_form_as_arguments_are() {
    const BIG: u128 = u128::MAX - 1;
    let big = BIG.to_string();
    assert_eq!(form(Any::Big(BIG)).await.unwrap(), format!("name=n&value={big}"));
    assert_eq!(form(Any::List(CommaSeparated(vec![1, 2]))).await.unwrap(), "name=n&value=1,2");
    assert_eq!(form(Any::Float(0.1)).await.unwrap(), "name=n&value=0.1");
    assert_eq!(form(Any::Nothing(None)).await.unwrap(), "name=n");
    let named = "name=\"name\"";
    let with = |head: &str, content: &str| form_of(&[(named, "n"), (head, content)]);
    assert_eq!(parts(Any::Big(BIG)).await.unwrap(), with("name=\"value\"", &big));
    let file = "name=\"value\"; filename=\"value\"|Content-Type: application/octet-stream";
    assert_eq!(parts(Any::Bytes(Bytes::from_static(b"ab"))).await.unwrap(), with(file, "ab"));
    assert_eq!(parts(Any::Numbers(b"ab".to_vec())).await.unwrap(), with(file, "ab"));
    assert_eq!(parts(Any::Float(0.1)).await.unwrap(), with("name=\"value\"", "0.1"));
    let json = "name=\"value\"|Content-Type: application/json";
    assert_eq!(parts(Any::Object(Map::from([("a", 1)]))).await.unwrap(), with(json, "{\"a\":1}"));
    assert_eq!(parts(Any::Nothing(None)).await.unwrap(), form_of(&[(named, "n")]));
}

#[tokio::test]
async fn fields_that_cannot_be_sent_are_refused_as_arguments_are() {
    for error in [
        form(Any::Wait(Duration::from_secs(36))).await.unwrap_err(),
        parts(Any::Wait(Duration::from_secs(36))).await.unwrap_err(),
        form(Any::Bytes(Bytes::from_static(b"ab"))).await.unwrap_err(),
        form(Any::Nan(f64::NAN)).await.unwrap_err(),
        parts(Any::Nan(f64::NAN)).await.unwrap_err(),
        form(Any::Nested(vec![vec![1]])).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Build, "{error}");
        assert!(error.to_string().contains("`value`"), "{error}");
    }
}

#[tokio::test]
async fn options_replace_pairs_by_their_decoded_name() {
    let server = Server::start([Reply::text(200, "text/plain", "")]);
    let client = client(&server);
    let options = || RequestOptions::new().query("page[size]", 10).query("a b", "c");
    for target in ["/items?page[size]=5&a+b=1&z=1", "/items?page%5bsize%5d=5&a%20b=1&z=1"] {
        let request = http::Request::get(target).body(Body::empty()).unwrap();
        client.with_options(options()).send::<Text>(request).await.unwrap();
    }
    ChatsClient::new(client).fixed(&Map::from([("z", 1)])).options(options()).await.unwrap();
    assert_eq!(
        all_sent(&server),
        [
            "GET /items?page%5Bsize%5D=10&a+b=c&z=1 HTTP/1.1",
            "GET /items?page%5Bsize%5D=10&a+b=c&z=1 HTTP/1.1",
            "GET /fixed?page%5Bsize%5D=10&z=1&a+b=c HTTP/1.1",
        ]
    );
}
