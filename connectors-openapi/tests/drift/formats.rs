//! Changes of the format and the range of a value, in each place that a value has.

use connectors_openapi::{Drift, Steering, generate};

use crate::{document, lines};

/// Places of a value in a request and in a response. `@` stands for its schema.
const SENT: [&str; 7] = [
    "parameters: [{ name: v, in: query, schema: @ }]",
    "parameters: [{ name: v, in: query, schema: { type: array, items: @ } }]",
    "parameters: [{ name: v, in: header, schema: @ }]",
    "parameters: [{ name: a, in: path, required: true, schema: @ }]",
    "requestBody: { content: { application/json: { schema: { type: object, properties: { v: @ } } } } }",
    "requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { v: @ } } } } }",
    "requestBody: { content: { application/json: { schema: { type: object, properties: { v: { type: object, properties: { w: @ } } } } } } }",
];
const RECEIVED: [&str; 5] = [
    "{ type: object, properties: { v: @ } }",
    "{ type: object, properties: { v: { type: array, items: @ } } }",
    "{ type: object, properties: { v: { type: object, additionalProperties: @ } } }",
    "{ type: object, properties: { v: { allOf: [@] } } }",
    "{ type: array, items: @ }",
];

fn description(place: &str, schema: &str) -> String {
    let path = if place.contains("in: path") { "/as/{a}" } else { "/as" };
    let (request, response) = if place.starts_with("{ type") {
        let content = format!("content: {{ application/json: {{ schema: {place} }} }}");
        (String::new(), format!("'200': {{ description: a, {content} }}"))
    } else {
        (format!("{place}, "), "'204': { description: a }".to_owned())
    };
    let operation =
        format!("operationId: addA, {request}responses: {{ {response} }}").replace('@', schema);
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  {path}: {{ post: {{ {operation} }} }}\n"
    )
}

/// Returns the differences of a source from its description after a schema has changed.
fn changed(place: &str, from: &str, to: &str) -> String {
    let source = generate(&document(&description(place, from)), &Steering::default()).unwrap();
    compared(&source.source, place, to)
}

fn compared(source: &str, place: &str, schema: &str) -> String {
    let document = document(&description(place, schema));
    lines(&Drift::new().source_text(&document, "a.rs", source).unwrap().differences)
}

/// Asserts that a change is found in these places, and that no other is.
fn is_found(places: &[&str], from: &str, to: &str, message: &str) {
    for place in places {
        assert_eq!(changed(place, from, from), "", "{from} in {place}");
        let found = changed(place, from, to);
        assert!(found.contains(message), "{from} to {to} in {place}:\n{found}");
        assert_eq!(found.lines().count(), 1, "{from} to {to} in {place}:\n{found}");
        assert!(found.contains("/schema"), "{found}");
    }
}

fn is_none(places: &[&str], from: &str, to: &str) {
    for place in places {
        assert_eq!(changed(place, from, to), "", "{from} to {to} in {place}");
    }
}

const TIME: &str = "{ type: string, format: date-time }";
const DAY: &str = "{ type: string, format: date }";
const TEXT: &str = "{ type: string }";

#[test]
fn another_format_of_a_text_is_a_difference() {
    let both = [SENT.as_slice(), &RECEIVED].concat();
    let day = "and the type is a day (`date`)";
    is_found(&both, DAY, TIME, &format!("the description has the format `date-time`, {day}"));
    let uuid = "{ type: string, format: uuid }";
    is_found(&both, DAY, uuid, &format!("the description has the format `uuid`, {day}"));
    is_found(&both, TIME, DAY, "has the format `date`, and the type is a time (`date-time`)");
    is_found(&RECEIVED, DAY, TEXT, &format!("the description has no format, {day}"));
    // A day is one of the texts that can be sent.
    is_none(&SENT, DAY, TEXT);
    // A text can be in any format.
    is_none(&both, TEXT, DAY);
}

#[test]
fn a_uuid_needs_no_format() {
    let place = RECEIVED[0];
    let source = "#[api_client] trait As { #[post(\"as\")] async fn add(&self) -> A; }\n#[derive(Deserialize)] struct A { v: Option<Uuid> }";
    for schema in ["{ type: string, format: uuid }", TEXT] {
        assert_eq!(compared(source, place, schema), "");
    }
    let found = compared(source, place, TIME);
    assert!(
        found.contains("has the format `date-time`, and the type is a UUID (`uuid`)"),
        "{found}"
    );
}

#[test]
fn integers_that_the_type_does_not_hold_are_a_difference() {
    let integer = |more: &str| format!("{{ type: integer{more} }}");
    let narrow = integer(", format: int32");
    let found = |from: &str, to: &str, message: &str| {
        let (from, to) = (integer(from), integer(to));
        is_found(&RECEIVED, &from, &to, &format!("the description has {message}"));
        // A request with fewer numbers stays right.
        is_none(&SENT, &from, &to);
    };
    found(", format: int32", ", format: int64", "the format `int64`, and the type is `i32`");
    found(", format: int16", ", format: int32", "the format `int32`, and the type is `i16`");
    found(", format: int64", ", format: uint64", "the format `uint64`, and the type is `i64`");
    found(", format: uint32", ", format: uint64", "the format `uint64`, and the type is `u32`");
    found(", format: int32", ", maximum: 5000000000", "numbers up to 5000000000, and the type is");
    found(", minimum: 0", ", minimum: -1", "numbers from -1, and the type is `u64`");
    found(
        ", format: int32, minimum: 0",
        ", format: int32, minimum: -5",
        "numbers from -5, and the type is `u32`",
    );
    found(
        ", minimum: 0, maximum: 100",
        ", minimum: 0, maximum: 5000000000",
        "numbers up to 5000000000, and the type is `u32`",
    );
    found(
        ", enum: [1, 2], format: int32",
        ", enum: [1, 5000000000]",
        "numbers up to 5000000000, and the type is `i32`",
    );
    let both = [SENT.as_slice(), &RECEIVED].concat();
    for same in [
        // A limit that is not said is none.
        "",
        ", format: int53",
        ", format: int16",
        ", format: int64, minimum: 0, maximum: 100",
        ", format: int64, enum: [1, 2]",
        ", minimum: -5",
    ] {
        is_none(&both, &narrow, &integer(same));
    }
    is_none(&both, &integer(", minimum: 0"), &integer(""));
    is_none(&both, &integer(", minimum: 0"), &integer(", format: int64"));
    is_none(&both, &integer(""), &integer(", minimum: -1e30, maximum: 1e30"));
}
