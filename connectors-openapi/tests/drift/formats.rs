//! Changes of the format, the range and the need of a value, in each place that a value has, and of
//! the form of its body.

use connectors_openapi::{Drift, Steering, generate};

use crate::places::check;
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
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  {path}: {{ post: {{ {operation} }} }}\n\
         components: {{ schemas: {{ Note: {{ type: [string, 'null'] }} }} }}\n"
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

/// Places in which the caller of a generated method can send null.
const NULLABLE: [&str; 4] = [
    "requestBody: { content: { application/json: { schema: { type: object, properties: { v: @ } } } } }",
    "requestBody: { content: { application/json: { schema: { type: object, properties: { v: { type: array, items: @ } } } } } }",
    "requestBody: { content: { application/json: { schema: { type: object, properties: { v: { type: object, additionalProperties: @ } } } } } }",
    "requestBody: { content: { application/json: { schema: { type: object, properties: { v: { type: object, properties: { w: @ } } } } } } }",
];

#[test]
fn a_null_that_is_no_longer_allowed_is_a_difference() {
    let (nullable, plain) = ("{ type: [string, 'null'] }", TEXT);
    is_found(&NULLABLE, nullable, plain, "allows no null in ");
    let both = [SENT.as_slice(), &RECEIVED, &NULLABLE].concat();
    is_none(&both, nullable, "{}");
    is_none(&both, nullable, "{ anyOf: [{ type: string }, { type: 'null' }] }");
    // In a response, and outside JSON, there is no null to send.
    is_none(&RECEIVED, nullable, plain);
    is_none(&SENT[..4], nullable, plain);
    is_none(&[SENT[5]], nullable, plain);
    // A description that allows null nowhere says nothing about it.
    for place in NULLABLE {
        let source = generate(&document(&description(place, nullable)), &Steering::default());
        let silent = description(place, plain).replace(", 'null'", "");
        let compared = |drift: Drift| {
            let found =
                drift.source_text(&document(&silent), "a.rs", &source.as_ref().unwrap().source);
            lines(&found.unwrap().differences)
        };
        assert_eq!(compared(Drift::new()), "", "{place}");
        assert!(compared(Drift::new().additions()).contains("allows no null in "), "{place}");
    }
}

fn of_key(parameters: &str) -> String {
    format!(
        "  /things: {{ post: {{ parameters: [{parameters}], responses: {{ '204': {{ description: a }} }} }} }}\n"
    )
}

#[test]
fn a_renamed_idempotency_key_is_a_difference() {
    let header = |name: &str| format!("{{ name: {name}, in: header, schema: {TEXT} }}");
    let key = "#[post(\"things\", idempotency_key)] async fn add(&self);";
    let own = "#[post(\"things\", idempotency_key = \"X-Idempotency-Key\")] async fn add(&self);";
    assert_eq!(check(&of_key(&header("idempotency-key")), key, ""), "");
    assert_eq!(check(&of_key(&header("X-Idempotency-Key")), own, ""), "");
    let found = check(&of_key(&header("X-Idempotency-Key")), key, "");
    assert!(
        found.contains(
            "Things::add: `idempotency-key`: the description has no header `idempotency-key`; it has `X-Idempotency-Key`, which is not declared"
        ),
        "{found}"
    );
    let found = check(&of_key(&header("Idempotency-Key")), own, "");
    assert!(found.contains("it has `Idempotency-Key`, which is not declared"), "{found}");
    // A key that a person has added, or whose header the description no longer has, does no harm.
    for parameters in [String::new(), header("X-Trace")] {
        assert_eq!(check(&of_key(&parameters), key, ""), "");
        assert_eq!(check(&of_key(&parameters), own, ""), "");
    }
    // An argument sends the other header.
    let both = "#[post(\"things\", idempotency_key)] async fn add(&self, #[header(\"X-Idempotent\")] x: Option<&str>);";
    assert_eq!(check(&of_key(&header("X-Idempotent")), both, ""), "");
    let moved = of_key("{ name: idempotency-key, in: query, schema: { type: string } }");
    let found = check(&moved, key, "");
    assert!(found.contains("is a header here and a query parameter"), "{found}");
}

#[test]
fn lines_that_are_described_as_json_are_still_compared() {
    let operation = "  /things: { get: { responses: { '200': { description: a, content: { application/json: { schema: { type: object, \
                     properties: { a: { type: string } } } } } } } } }\n";
    let function = "#[get(\"things\")] async fn get(&self) -> JsonLines<Line>;";
    let found = check(operation, function, "#[derive(Deserialize)] struct Line { a: Option<u8> }");
    assert!(found.contains("reads `application/x-ndjson`, and the description has"), "{found}");
    assert!(found.contains("Line: `a`: the description has a text"), "{found}");
}

/// A response whose media type has another form, in which its type does not read it.
#[test]
fn another_form_of_a_response_is_a_difference() {
    let of = |media: &str| {
        format!(
            "  /things: {{ get: {{ responses: {{ '200': {{ description: a, content: {{ {media}: {{ schema: {{ type: object }} }} }} }} }} }} }}\n"
        )
    };
    let json = ["application/json", "application/problem+json", "'*/*'"];
    let lines = ["application/x-ndjson", "application/jsonl", "application/stream+json"];
    let events = ["text/event-stream"];
    let forms: [(&str, &[&str]); 3] =
        [("Value", &json), ("JsonLines<Value>", &lines), ("EventStream<Value>", &events)];
    for (ty, own) in forms {
        let function = format!("#[get(\"things\")] async fn get(&self) -> {ty};");
        for (_, others) in forms {
            for media in others {
                let found = check(&of(media), &function, "");
                let message = "the return type reads `";
                let fits = own.contains(media) || *media == "'*/*'";
                assert_eq!(!found.contains(message), fits, "{ty} of {media}: {found}");
            }
        }
        let sequence = check(&of("application/json-seq"), &function, "");
        assert!(sequence.contains("the return type reads `"), "{ty}: {sequence}");
    }
}

#[test]
fn headers_of_a_response_have_types() {
    let of = |schema: &str| {
        format!(
            "  /things: {{ get: {{ responses: {{ '200': {{ description: a, headers: {{ X-Left: {{ required: true, schema: {schema} }} }} }} }} }} }}\n"
        )
    };
    let compared = |ty: &str, schema: &str| {
        let types =
            format!("#[derive(FromResponse)] struct Left {{ #[header(\"X-Left\")] left: {ty} }}");
        check(&of(schema), "#[get(\"things\")] async fn get(&self) -> Left;", &types)
    };
    let (narrow, wide) = ("{ type: integer, format: int32 }", "{ type: integer, format: int64 }");
    for ty in ["i32", "Option<i64>", "String", "Option<&str>"] {
        assert_eq!(compared(ty, narrow), "", "{ty}");
    }
    assert_eq!(compared("String", wide), "");
    let found = compared("Option<i32>", wide);
    assert!(found.contains("`x-left`: the description has the format `int64`"), "{found}");
    let found = compared("Date", TIME);
    assert!(found.contains("the format `date-time`, and the type is a day"), "{found}");
    let found = compared("bool", narrow);
    assert!(found.contains("an integer, and the type is a boolean"), "{found}");
}
