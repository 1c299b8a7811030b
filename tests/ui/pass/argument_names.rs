//! Names of arguments and endpoints that generated code uses for something of its own.

#![deny(warnings)]
#![allow(clippy::wrong_self_convention)]

use connectors_client::{Error, Fake, FakeReply, Nullable, api_client};
use serde_json::json;

#[api_client]
trait Names {
    #[post("required")]
    async fn required(
        &self,
        call: &str,
        client: &str,
        request: &str,
        f: &str,
        self_: &str,
        slot: &str,
        value: &str,
        options: &str,
        send: &str,
        endpoint: &str,
    );

    #[post("optional")]
    async fn optional(
        &self,
        call: Option<&str>,
        client: Option<&str>,
        request: Option<&str>,
        f: Option<&str>,
        self_: Option<&str>,
        slot: Option<&str>,
        value: Option<&str>,
        clone: Option<&str>,
        fmt: Option<&str>,
        into_future: Option<&str>,
    );

    #[patch("nullable")]
    async fn nullable(
        &self,
        call: Nullable<&str>,
        client: Nullable<&str>,
        request: Nullable<&str>,
        f: Nullable<&str>,
        slot: Nullable<&str>,
        value: Nullable<&str>,
    );

    #[get("call")]
    async fn call(&self) -> u8;

    #[get("clone")]
    async fn clone(&self) -> u8;

    #[get("fmt")]
    async fn fmt(&self) -> u8;

    #[get("send")]
    async fn send(&self) -> u8;

    #[get("options")]
    async fn options(&self) -> u8;

    #[get("into_future")]
    async fn into_future(&self) -> u8;

    #[get("raw")]
    async fn raw(&self) -> u8;
}

#[tokio::test]
async fn no_name_of_an_argument_is_taken() {
    let fake = Fake::new()
        .on(NamesClient::REQUIRED, |_| FakeReply::json(200, ()))
        .on(NamesClient::OPTIONAL, |_| FakeReply::json(200, ()))
        .on(NamesClient::NULLABLE, |_| FakeReply::json(200, ()));
    let names = NamesClient::new(fake.client());

    names.required("1", "2", "3", "4", "5", "6", "7", "8", "9", "10").await.unwrap();
    let request = names.optional().call("1").client("2").request("3").f("4").self_("5").slot("6");
    request.value("7").clone("8").fmt("9").into_future("10").await.unwrap();
    let request = names.nullable().call("1").client("2").request_null().f_null().maybe_slot(None);
    request.slot("6").value("7").await.unwrap();

    let bodies: Vec<serde_json::Value> = fake
        .requests()
        .iter()
        .map(|request| serde_json::from_slice(request.body()).unwrap())
        .collect();
    let required = json!({
        "call": "1", "client": "2", "request": "3", "f": "4", "self_": "5", "slot": "6", "value": "7",
        "options": "8", "send": "9", "endpoint": "10",
    });
    let optional = json!({
        "call": "1", "client": "2", "request": "3", "f": "4", "self_": "5", "slot": "6", "value": "7",
        "clone": "8", "fmt": "9", "into_future": "10",
    });
    let nullable =
        json!({"call": "1", "client": "2", "request": null, "f": null, "slot": "6", "value": "7"});
    assert_eq!(bodies, [required, optional, nullable]);
}

#[tokio::test]
async fn no_name_of_an_endpoint_is_taken() -> Result<(), Error> {
    let fake = [
        NamesClient::CALL,
        NamesClient::CLONE,
        NamesClient::FMT,
        NamesClient::SEND,
        NamesClient::OPTIONS,
        NamesClient::INTO_FUTURE,
        NamesClient::RAW,
    ]
    .into_iter()
    .fold(Fake::new(), |fake, endpoint| fake.on(endpoint, |_| FakeReply::json(200, 1)));
    let names = NamesClient::new(fake.client());

    let all = [
        names.call().await?,
        names.clone().await?,
        names.fmt().await?,
        names.send().await?,
        names.options().await?,
        names.into_future().await?,
        names.raw().await?,
    ];
    assert_eq!(all, [1; 7]);
    Ok(())
}
