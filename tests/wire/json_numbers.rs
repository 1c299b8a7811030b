//! Numbers that are not finite are refused in every JSON body, with the argument's name.

use std::collections::BTreeMap;

use connectors_client::{
    Body, Client, ErrorKind, JsonLines, Nullable, Part, RequestOptions, api_client,
};
use futures_util::stream;
use serde::Serialize;
use support::server::{Reply, Server};

use crate::client;

#[derive(Clone, Serialize)]
struct Price {
    amount: f64,
    tax: Option<f32>,
}

#[api_client]
trait Prices {
    #[patch("prices")]
    async fn patch(
        &self,
        amount: Option<f64>,
        tax: Nullable<f32>,
        list: Option<&[f64]>,
        map: Option<&BTreeMap<&str, f64>>,
        price: Option<&Price>,
    );

    #[put("prices")]
    async fn put(&self, #[body] price: &Price);

    #[put("prices")]
    async fn put_typed(&self, #[body(content_type = "application/merge-patch+json")] price: &Price);

    #[post("prices")]
    async fn lines(&self, #[body] prices: JsonLines<Price>);

    #[post("prices")]
    async fn body(&self, #[body] body: Body);

    #[post("prices", multipart)]
    async fn upload(&self, price: Part, other: Option<&Price>);

    #[post("prices", form)]
    async fn form(&self, price: &Price);
}

const PRICE: Price = Price { amount: f64::NAN, tax: None };

#[tokio::test]
async fn numbers_that_are_not_finite_are_never_null() {
    let server = Server::answer(|_| Reply::empty(204));
    let prices = PricesClient::new(client(&server));
    let (nan, infinite) = (f64::NAN, f64::INFINITY);
    let tax = Price { amount: 1.0, tax: Some(f32::NEG_INFINITY) };
    let map = BTreeMap::from([("a", nan)]);
    let within = "contains a number that is not finite";
    let errors = [
        (prices.patch().amount(nan).await, "`amount` is not a finite number".to_owned()),
        (prices.patch().amount(infinite).await, "`amount` is not a finite number".to_owned()),
        (prices.patch().tax(f32::NAN).await, "`tax` is not a finite number".to_owned()),
        (prices.patch().list(&[1.0, -infinite]).await, format!("`list` {within}")),
        (prices.patch().map(&map).await, format!("`map` {within}")),
        (prices.patch().price(&tax).await, format!("`price` {within}")),
        (prices.put(&PRICE).await, format!("`price` {within}")),
        (prices.put(&tax).await, format!("`price` {within}")),
        (prices.put_typed(&PRICE).await, format!("`price` {within}")),
        (prices.lines(vec![PRICE].into()).await, format!("`prices` has an item that {within}")),
        (prices.body(Body::json(&PRICE)).await, format!("`body` {within}")),
        (prices.upload(Part::json(&PRICE)).await, format!("`price` {within}")),
        (prices.upload("a".into()).other(&PRICE).await, format!("`other` {within}")),
        (prices.form(&PRICE).await, "`price` is not a finite number".to_owned()),
        (
            prices.patch().options(RequestOptions::new().body_field("b", nan)).await,
            "the body field `b` is not a finite number".to_owned(),
        ),
        (
            prices.patch().options(RequestOptions::new().body_field("b", &PRICE)).await,
            format!("the body field `b` {within}"),
        ),
    ];
    for (result, text) in errors {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().ends_with(&text), "{error} does not end with {text}");
    }
    assert_eq!(server.requests().len(), 0);
}

/// Control: `serde_json` writes null for each of them.
#[test]
fn serde_json_would_send_null() {
    let (nan, infinite) = (f64::NAN, f64::INFINITY);
    let tax = Price { amount: 1.0, tax: Some(f32::NEG_INFINITY) };
    let sent = [
        serde_json::to_string(&nan),
        serde_json::to_string(&infinite),
        serde_json::to_string(&f32::NAN),
        serde_json::to_string(&[1.0, -infinite]),
        serde_json::to_string(&BTreeMap::from([("a", nan)])),
        serde_json::to_string(&tax),
        serde_json::to_string(&PRICE),
    ];
    let nulls = sent.iter().filter(|json| json.as_ref().unwrap().contains("null")).count();
    println!("serde_json: {nulls} of {} values with nulls", sent.len());
    assert_eq!(nulls, sent.len());
}

#[tokio::test]
async fn a_stream_of_lines_ends_with_an_error() {
    let server = Server::answer(|_| Reply::empty(204));
    let prices = PricesClient::new(client(&server));
    let items = stream::iter([Price { amount: 1.0, tax: None }, PRICE]);
    let error = prices.lines(JsonLines::from_stream(items)).await.unwrap_err();
    assert!(format!("{error:?}").contains("contains a number that is not finite"), "{error:?}");
}

#[tokio::test]
async fn a_request_by_hand_refuses_them_too() {
    let server = Server::answer(|_| Reply::empty(204));
    let client: Client = client(&server);
    let request = http::Request::post("/prices").body(Body::json(&PRICE)).unwrap();
    let error = client.send::<()>(request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().ends_with("contains a number that is not finite"), "{error}");
}
