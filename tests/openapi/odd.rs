//! Names, paths and encodings that a template cannot have: encoded, or left out with the reason.

use connectors_client::{CommaSeparated, Part, PipeSeparated};
use connectors_openapi::Drift;
use connectors_openapi::model::Document;
use support::server::{Reply, Server};

use crate::files::{changed, document, generated};
use crate::generated::odd::{OddClient, OutcomeResult, SendPartsPlain};

fn odd(server: &Server) -> OddClient {
    OddClient::new(support::client(server.url()).env_proxies(false).build().unwrap())
}

#[tokio::test]
async fn odd_paths_are_encoded() {
    let server = Server::start([Reply::empty(204), Reply::empty(204)]);
    odd(&server).get("1").await.unwrap();
    odd(&server).get_fixed().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/a%20b/%C3%BC/%5Bx%5D%7C%5E%60/%25zz/%20/1");
    assert_eq!(requests[1].target, "/fixed?a=b+c+d&plain");
}

#[test]
fn operations_that_no_template_stands_for_are_left_out() {
    let left_out = generated("odd.yaml").left_out;
    let left_out: Vec<&str> = left_out.iter().map(|notice| notice.message.as_str()).collect();
    assert_eq!(
        left_out,
        [
            "the path `/a//b` has an empty segment",
            "the path `//double` has an empty segment",
            "the path `/a/../b` has a segment `.` or `..`",
            "the path `/a/{id}{ext}` has two parameters without text between them",
            "`a=b` is not a name for a query parameter in a template",
            "odd.yaml:50 #/paths/~1headers/get/parameters/0: `X Odd` is not the name of a header",
        ]
    );
}

#[test]
fn parameters_that_no_argument_sets_are_left_out_with_a_warning() {
    let warnings: Vec<String> =
        generated("odd.yaml").warnings.iter().map(ToString::to_string).collect();
    for part in [
        "put/parameters/0: the transport sets the header `Content-Length`",
        "put/parameters/1: the transport sets the header `Host`",
        "get/parameters/0: `a&b` is not a name for a query parameter in a template, so the",
        "get/parameters/3: `` is not a name for a query parameter in a template, so the",
    ] {
        assert!(warnings.iter().any(|warning| warning.contains(part)), "{part}: {warnings:#?}");
    }
}

#[tokio::test]
async fn a_value_or_a_list_is_a_list_in_its_style() {
    let server = Server::start([Reply::empty(204), Reply::empty(204)]);
    let ids = CommaSeparated(["a", "b"].as_slice());
    odd(&server).query().ids(ids).x("1").a_b("2").r#where("a,1").await.unwrap();
    odd(&server).put_headers().kept("k").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/queries?x%5B%5D=1&a+b=2&ids=a,b&where=a%2C1");
    assert_eq!(requests[1].header("x-kept"), Some("k"));
}

#[tokio::test]
async fn setters_with_one_name_are_kept_apart_and_constants_are_sent() {
    let server = Server::start([Reply::empty(204)]);
    let call = odd(&server).set_names().x_null().body_maybe_x("1").body_x_null("2");
    call.await.unwrap();
    assert_eq!(
        server.request().text(),
        r#"{"x":null,"maybe_x":"1","x_null":"2","flag":true,"version":2,"ratio":-0.5,"kind":"odd"}"#
    );
}

#[tokio::test]
async fn the_fields_of_a_form_have_their_encodings() {
    let server = Server::start([Reply::empty(204)]);
    odd(&server)
        .send_form()
        .csv(CommaSeparated(["a", "b"].as_slice()))
        .piped(PipeSeparated(["a", "b"].as_slice()))
        .list(["a", "b"].as_slice())
        .meta(r#"{"a":1}"#)
        .await
        .unwrap();
    assert_eq!(
        server.request().text(),
        "csv=a,b&piped=a%7Cb&list=a&list=b&meta=%7B%22a%22%3A1%7D&grant_type=password&version=2"
    );
}

#[tokio::test]
async fn a_part_has_the_media_type_that_its_caller_gives() {
    let outcome = r#"{"result": "Err", "at": {"host": "h"}}"#;
    let server = Server::start([Reply::json(200, outcome)]);
    let sdp = Part::new("v=0").content_type("application/sdp");
    let plain = SendPartsPlain { a: Some("1".to_owned()) };
    let outcome = odd(&server).send_parts(sdp).plain(&plain).await.unwrap();
    assert_eq!((outcome.result, outcome.at.host.as_str()), (OutcomeResult::Err, "h"));
    let request = server.request();
    let text = request.text();
    assert!(text.contains("Content-Type: application/sdp\r\n\r\nv=0"), "{text}");
    assert!(text.contains("name=\"kind\"\r\n\r\noffer"), "{text}");
    let source = generated("odd.yaml").source;
    assert!(source.contains("The offer. Its media type is `application/sdp`."), "{source}");
    assert!(source.contains("Its media type is `application/vnd.x+json`."), "{source}");
}

#[test]
fn a_member_with_the_very_name_of_a_field_keeps_it() {
    let source = generated("odd.yaml").source;
    assert!(source.contains("    pub id: Option<String>,\n"), "{source}");
    assert!(source.contains("    #[serde(rename = \"@id\")]\n    pub id2: "), "{source}");
}

#[test]
fn a_name_of_a_steering_file_can_be_a_keyword() {
    let steering = connectors_openapi::Steering::parse(
        "odd.toml",
        "[operations.query.arguments]\nwhere = \"type\"\n",
    )
    .unwrap();
    let source = connectors_openapi::generate(&document("odd.yaml"), &steering).unwrap().source;
    assert!(source.contains("r#type: Option<&str>"), "{source}");
}

#[test]
fn a_name_that_an_object_has_twice_is_a_warning() {
    for (name, text) in [
        ("a.yaml", "openapi: 3.1.0\npaths:\n  /a: {get: {}}\n  /a: {post: {}}\n"),
        (
            "a.json",
            "{\"openapi\": \"3.1.0\", \"paths\": {\n\n\"/a\": {\"get\": {}},\n\"/a\": {\"post\": {}}}}",
        ),
    ] {
        let document = Document::parse(name, text).unwrap();
        let warnings: Vec<String> = document.warnings.iter().map(ToString::to_string).collect();
        let expected =
            format!("{name}:4: `/a` is also in line 3, which is ignored: an object has it once");
        assert!(warnings.contains(&expected), "{warnings:?}");
        let once = Document::parse(name, &text.replacen("/a", "/b", 1)).unwrap();
        assert!(!once.warnings.iter().any(|one| one.message.contains("also in line")));
    }
}

/// Changes of constants, tags and styles in a description, which each call would get wrong.
#[test]
fn changes_of_constants_and_styles_are_differences() {
    for (name, from, to, message) in [
        (
            "odd.yaml",
            "grant_type: {const: password}",
            "grant_type: {const: code}",
            "has no value `password` for `grant_type`",
        ),
        (
            "odd.yaml",
            "version: {const: 2}\n                ratio",
            "version: {const: 3}\n                ratio",
            "has no value `2` for `version`",
        ),
        (
            "odd.yaml",
            "flag: {const: true}",
            "flag: {const: false}",
            "has no value `true` for `flag`",
        ),
        ("odd.yaml", "required: [host]", "required: []", "`host` is optional in the description"),
        (
            "odd.yaml",
            "csv: {style: form, explode: false}",
            "csv: {style: form}",
            "the list is sent separated by commas",
        ),
        ("library.yaml", "deepObject", "form", "the object is sent as `published[..]`"),
        (
            "unions.yaml",
            "propertyName: petType",
            "propertyName: kind",
            "told apart by `petType`, and by `kind`",
        ),
    ] {
        let source = generated(name).source;
        let text = crate::files::text(name);
        assert!(text.contains(from), "{from}");
        let document = Document::parse(name, &text.replace(from, to)).unwrap();
        let found = Drift::new().source_text(&document, name, &source).unwrap().differences;
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(lines.iter().any(|line| line.contains(message)), "{to}: {lines:#?}");
    }
    // Control: the source of a changed description follows it.
    let source = changed("library.yaml", &[("deepObject", "form")]);
    assert!(source.contains("<published..>"), "{source}");
}
