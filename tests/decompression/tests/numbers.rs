//! A number of `serde_json` is a number wherever it is sent or received.

use std::collections::BTreeMap;

use connectors_client::{
    Client, CommaSeparated, JsonLines, OpenUnion, Part, RequestOptions, api_client,
};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value, json};
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

const LONG: &str = "3.14159265358979323846264338327950288";

#[derive(Serialize)]
struct Filter {
    min: Number,
    values: Vec<Value>,
}

#[api_client]
trait Numbers {
    #[get("numbers/<id>/<text>?<n>&<value>&<list>&<comma>&<nested>&<filter..>")]
    #[expect(clippy::too_many_arguments, reason = "one argument of each kind")]
    async fn get(
        &self,
        id: &Number,
        text: &Value,
        n: &Number,
        value: &Value,
        list: &[Number],
        comma: CommaSeparated<&[Value]>,
        nested: &BTreeMap<&str, Number>,
        filter: &Filter,
        #[header("X-Number")] number: &Number,
        #[header("X-List")] numbers: &[Value],
    );

    #[get("files/<path..>")]
    async fn rest(&self, path: &Number);

    #[post("form", form)]
    async fn form(&self, n: &Number, value: &Value);

    #[post("parts", multipart)]
    async fn parts(&self, n: &Number, list: &[Value], object: &Value, part: Part);

    #[post("json")]
    async fn json(&self, n: &Number, value: &Value, list: &[Number]);

    #[post("body")]
    async fn body(&self, #[body] body: &Value);

    #[post("lines")]
    async fn lines(&self, #[body] lines: JsonLines<Value>);

    #[get("read")]
    async fn read(&self) -> Read;

    #[get("read")]
    async fn any(&self) -> Value;

    #[get("read")]
    async fn shape(&self) -> Shape;
}

#[derive(Debug, Deserialize, PartialEq)]
struct Read {
    float: f64,
    whole: u8,
    number: Number,
    value: Value,
}

#[derive(Debug, OpenUnion)]
#[open_union(tag = "kind", rename_all = "lowercase")]
enum Shape {
    Circle(Circle),
    #[open_union(other)]
    Other(Value),
}

#[derive(Debug, Deserialize)]
struct Circle {
    radius: f64,
    area: Number,
}

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn client(server: &Server) -> NumbersClient {
    let builder = Client::builder(server.url()).env_proxies(false).clock(TestClock::new());
    NumbersClient::new(builder.build().unwrap())
}

fn target(request: &Recorded) -> String {
    request.target.clone()
}

#[tokio::test]
async fn numbers_are_numbers_in_path_query_and_headers() {
    let server = Server::answer(|_| Reply::empty(204));
    let numbers = client(&server);
    let (n, long) = (number("42"), number(LONG));
    let list = [number("1"), number("-2.50"), number("1e400")];
    let filter = Filter { min: number("0.10"), values: vec![json!(1), json!("a")] };
    numbers
        .get(
            &n,
            &json!(-7),
            &long,
            &json!(2.5),
            &list,
            CommaSeparated(&[json!(1), json!(2)]),
            &BTreeMap::from([("a", number("3"))]),
            &filter,
            &long,
            &[json!(1), json!("b")],
        )
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        target(&request),
        format!(
            "/numbers/42/-7?n={LONG}&value=2.5&list=1&list=-2.50&list=1e%2B400&comma=1,2&nested%5Ba%5D=3\
             &min=0.10&values=1&values=a"
        )
    );
    assert_eq!(request.header("x-number"), Some(LONG));
    assert_eq!(request.header("x-list"), Some("1,b"));
    numbers.rest(&n).await.unwrap();
    let options = RequestOptions::new().query("n", &n).query("o", json!({"a": 1}));
    numbers.rest(&n).options(options).await.unwrap();
    let targets: Vec<_> = server.requests().iter().skip(1).map(target).collect();
    assert_eq!(targets, ["/files/42", "/files/42?n=42&o%5Ba%5D=1"]);
}

#[tokio::test]
async fn numbers_are_numbers_in_bodies() {
    let server = Server::answer(|_| Reply::empty(204));
    let numbers = client(&server);
    let long = number(LONG);
    let value = json!({"a": [1, 2.5], "b": -3});
    let fields = RequestOptions::new().body_field("o", &long).body_field("p", [1, 2]);
    numbers.form(&long, &value).options(fields.clone()).await.unwrap();
    numbers.json(&long, &value, std::slice::from_ref(&long)).options(fields.clone()).await.unwrap();
    numbers.body(&Value::Number(long.clone())).await.unwrap();
    numbers.lines(vec![Value::Number(long.clone()), value.clone()].into()).await.unwrap();
    let bodies: Vec<_> =
        server.requests().iter().map(|request| request.text().to_owned()).collect();
    assert_eq!(
        bodies[0],
        format!("n={LONG}&value%5Ba%5D=1&value%5Ba%5D=2.5&value%5Bb%5D=-3&o={LONG}&p=1&p=2")
    );
    assert_eq!(
        bodies[1],
        format!(
            r#"{{"n":{LONG},"value":{{"a":[1,2.5],"b":-3}},"list":[{LONG}],"o":{LONG},"p":[1,2]}}"#
        )
    );
    assert_eq!(bodies[2], LONG);
    assert_eq!(bodies[3], format!("{LONG}\n{{\"a\":[1,2.5],\"b\":-3}}\n"));
    numbers
        .parts(&long, &[json!(1), json!(2)], &value, Part::json(&long))
        .options(fields)
        .await
        .unwrap();
    let request = server.requests().pop().unwrap();
    let values: Vec<_> = request
        .text()
        .split("\r\n\r\n")
        .skip(1)
        .filter_map(|part| part.split("\r\n").next())
        .collect();
    assert_eq!(values, [LONG, "1", "2", r#"{"a":[1,2.5],"b":-3}"#, LONG, LONG, "1", "2"]);
}

#[tokio::test]
async fn numbers_are_numbers_in_responses() {
    let read = format!(r#"{{"float": 0.5, "whole": 7, "number": {LONG}, "value": [1, {LONG}]}}"#);
    let any = format!("[1, {LONG}]");
    let circle = format!(r#"{{"kind": "circle", "radius": 1.5, "area": {LONG}}}"#);
    let other = format!(r#"{{"kind": "square", "side": {LONG}}}"#);
    let server = Server::start([&read, &any, &circle, &other].map(|body| Reply::json(200, body)));
    let numbers = client(&server);
    let long = number(LONG);
    let expected = Read { float: 0.5, whole: 7, number: long.clone(), value: json!([1, long]) };
    assert_eq!(numbers.read().await.unwrap(), expected);
    assert_eq!(numbers.any().await.unwrap(), json!([1, long]));
    match numbers.shape().await.unwrap() {
        Shape::Circle(circle) => assert_eq!((circle.radius, circle.area), (1.5, long.clone())),
        Shape::Other(value) => panic!("{value}"),
    }
    match numbers.shape().await.unwrap() {
        Shape::Circle(circle) => panic!("{circle:?}"),
        Shape::Other(value) => assert_eq!(value["side"], Value::Number(long)),
    }
}
