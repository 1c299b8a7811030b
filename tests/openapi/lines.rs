//! The source is as short as one that a person writes.

use connectors_openapi::model::Document;
use connectors_openapi::{Docs, Drift, Steering, generate};
use support::server::{Reply, Server};

use crate::files::{NAMES, document, generated};
use crate::generated::ordinary::{Error, State, Tracker, TrackerError};

/// Lines of an ordinary description for each of its operations, with their types.
const ORDINARY: usize = 12;

/// Three resources of four to six fields: list, get, create, update, delete, and an action or two.
#[test]
fn an_ordinary_description_gives_at_most_twelve_lines_an_operation() {
    let found = generated("ordinary.yaml");
    let lines = found.source.lines().count();
    assert!(lines <= ORDINARY * found.operations, "{lines} lines, {}", found.operations);
    assert_eq!((found.operations, found.left_out.len(), found.warnings.len()), (18, 0, 0));
}

/// The README and the guide say how many lines each description of these tests gives.
#[test]
fn the_measured_lines_are_documented() {
    let guide = include_str!("../../guide/src/openapi.md");
    for name in NAMES {
        let found = generated(name);
        let lines = found.source.lines().count();
        // Rounded to the nearest number.
        let each = (2 * lines + found.operations) / (2 * found.operations);
        let row = format!("| `{name}` | {} | {lines} | {each} |", found.operations);
        assert!(guide.contains(&row), "the guide needs the row\n{row}");
    }
}

#[tokio::test]
async fn an_ordinary_client_calls_the_api() {
    let issue = r#"{"id": "7", "project_id": "p", "title": "Crash", "state": "closed",
                    "assignee": null, "created_at": "2024-01-02T03:04:05Z"}"#;
    let server = Server::start([
        Reply::json(200, issue),
        Reply::json(200, issue),
        Reply::json(409, r#"{"code": "closed", "message": "It is closed."}"#),
    ]);
    let client = support::client(server.url()).env_proxies(false).max_retries(0).build().unwrap();
    let issues = Tracker::new(client).issues;
    assert_eq!(issues.close("7").reason("fixed").await.unwrap().state, State::Closed);
    issues.update("7").assignee_null().await.unwrap();
    let error = issues.close("7").await.unwrap_err();
    let Some(TrackerError::Other(Some(body))) = error.class::<TrackerError>() else {
        panic!("{error}");
    };
    assert_eq!(body, Error { code: "closed".to_owned(), message: "It is closed.".to_owned() });
    let requests = server.requests();
    assert_eq!(requests[0].target, "/issues/7/close");
    assert_eq!(requests[0].text(), r#"{"reason":"fixed"}"#);
    assert_eq!(requests[1].text(), r#"{"assignee":null}"#);
}

/// Each source fits the description that it was just made from.
#[test]
fn a_source_made_just_now_has_no_drift() {
    for name in NAMES {
        let (document, found) = (document(name), generated(name));
        let report = Drift::new().source_text(&document, "api.rs", &found.source).unwrap();
        let shown: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
        assert!(shown.is_empty(), "{name}:\n{}", shown.join("\n"));
    }
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Shop API, version: '1'}\n";

fn source(rest: &str) -> String {
    source_with(rest, &Steering::default())
}

fn source_with(rest: &str, steering: &Steering) -> String {
    let document = Document::parse("shop.yaml", &format!("{HEAD}{rest}")).unwrap();
    generate(&document, steering).unwrap().source
}

/// An operation that returns what `response` says, and more of it.
fn get(id: &str, tag: &str, more: &str) -> String {
    format!(
        "  /{id}:\n    get:\n      operationId: {id}\n      tags: [{tag}]\n      responses:\n{more}"
    )
}

fn json(status: &str, schema: &str) -> String {
    format!(
        "        '{status}': {{description: An answer., content: {{application/json: {{schema: {schema}}}}}}}\n"
    )
}

const MESSAGE: &str = "{type: object, properties: {message: {type: string}, id: {type: string}}}";

#[test]
fn equal_bodies_of_errors_are_one_type() {
    let responses = |second: &str| {
        [
            json("200", "{type: string}"),
            json("400", MESSAGE),
            json("404", MESSAGE),
            json("500", second),
        ]
        .concat()
    };
    let found = source(&format!("paths:\n{}", get("listBooks", "books", &responses(MESSAGE))));
    assert_eq!(found.matches("pub struct").count(), 1, "{found}");
    for variant in ["BadRequest", "NotFound", "InternalServerError"] {
        assert!(found.contains(&format!("    {variant}(Option<ErrorBody>),\n")), "{found}");
    }
    // Control: another body stays a type of its own.
    let other = MESSAGE.replace("id:", "code:");
    let found = source(&format!("paths:\n{}", get("listBooks", "books", &responses(&other))));
    assert_eq!(found.matches("pub struct").count(), 2, "{found}");
    assert!(found.contains("    NotFound(Option<ErrorBody>),\n"), "{found}");
    assert!(!found.contains("InternalServerError(Option<ErrorBody>)"), "{found}");
}

#[test]
fn a_body_of_errors_that_is_data_too_stands_for_all() {
    let paths = get(
        "getProblem",
        "books",
        &[
            json("200", "{$ref: '#/components/schemas/Problem'}"),
            json("400", "{$ref: '#/components/schemas/BadRequestBody'}"),
            json("404", "{$ref: '#/components/schemas/Problem'}"),
        ]
        .concat(),
    );
    let schemas =
        format!("components:\n  schemas:\n    Problem: {MESSAGE}\n    BadRequestBody: {MESSAGE}\n");
    let text = format!("paths:\n{paths}{schemas}");
    let found = source(&text);
    assert!(found.contains("BadRequest(Option<Problem>)"), "{found}");
    assert!(found.contains("NotFound(Option<Problem>)"), "{found}");
    // A name that the user gives stays.
    let steering = Steering::parse("a.toml", "[names]\nBadRequestBody = 'Refusal'").unwrap();
    let found = source_with(&text, &steering);
    assert!(found.contains("BadRequest(Option<Refusal>)"), "{found}");
}

#[test]
fn equal_responses_of_several_statuses_are_one_type() {
    let both = [
        json("200", MESSAGE),
        json("202", "{type: object, required: [time], properties: {time: {type: number}}}"),
    ]
    .concat();
    let found = source(&format!(
        "paths:\n{}{}",
        get("createSnapshot", "snapshots", &both),
        get("deleteSnapshot", "snapshots", &both)
    ));
    assert_eq!(found.matches("pub enum SnapshotReply {").count(), 1, "{found}");
    assert_eq!(found.matches(" -> SnapshotReply;").count(), 2, "{found}");
    assert!(found.contains("    Accepted(SnapshotAccepted),\n"), "{found}");
    assert!(!found.contains("Response2"), "{found}");
}

#[test]
fn equal_wrappers_with_names_are_one_type() {
    let wrapper =
        "{type: object, required: [book], properties: {book: {$ref: '#/components/schemas/Book'}}}";
    let answer = |name: &str| json("200", &format!("{{$ref: '#/components/schemas/{name}'}}"));
    let schemas = format!(
        "components:\n  schemas:\n    Book: {MESSAGE}\n    GetBookResponse: {wrapper}\n    LendBookResponse: {wrapper}\n    GetUserResponse: {wrapper}\n"
    );
    let paths = [
        get("getBook", "books", &answer("GetBookResponse")),
        get("lendBook", "books", &answer("LendBookResponse")),
        get("getUser", "users", &answer("GetUserResponse")),
    ];
    let found = source(&format!("paths:\n{}{schemas}", paths.concat()));
    assert_eq!(found.matches(" -> BookResponse;").count(), 2, "{found}");
    // Control: a response of another thing keeps its name.
    assert!(found.contains(" -> GetUserResponse;"), "{found}");
}

#[test]
fn docs_are_said_once() {
    let query =
        "{name: page, in: query, schema: {type: integer}, description: 'Page, which begins at 1.'}";
    let thing =
        "{type: object, properties: {kind: {type: string, description: Short word for it.}}}";
    let operation = |id: &str, tag: &str| {
        format!(
            "  /{id}:\n    get:\n      operationId: {id}\n      tags: [{tag}]\n      parameters: [{query}]\n      responses:\n{}",
            json("200", &format!("{{$ref: '#/components/schemas/{tag}'}}"))
        )
    };
    let schemas = format!(
        "components:\n  schemas:\n    Cat: {thing}\n    Dog: {}\n",
        thing.replace("{type: object", "{type: object, required: [kind]")
    );
    let text = format!("paths:\n{}{}{schemas}", operation("getA", "Cat"), operation("getB", "Dog"));
    let found = source(&text);
    for words in ["/// Page, which begins at 1.\n", "/// Short word for it.\n"] {
        assert_eq!(found.matches(words).count(), 1, "{found}");
        let full = Steering { docs: Docs::Full, ..Steering::default() };
        assert_eq!(source_with(&text, &full).matches(words).count(), 2);
    }
}

#[test]
fn words_that_all_names_begin_with_are_left_out() {
    let answer =
        |name: &str| json("200", &format!("{{$ref: '#/components/schemas/shop.v1.{name}'}}"));
    let of = |tags: [&str; 3]| {
        let paths: Vec<String> = ["Cart", "Order", "Bill"]
            .iter()
            .zip(tags)
            .map(|(name, tag)| get(&format!("fetch{name}"), tag, &answer(name)))
            .collect();
        let schemas =
            ["Cart", "Order", "Bill"].map(|name| format!("    shop.v1.{name}: {MESSAGE}\n"));
        source(&format!("paths:\n{}components:\n  schemas:\n{}", paths.concat(), schemas.concat()))
    };
    let found = of(["Api2010Cart", "Api2010Order", "Api2010Bill"]);
    for line in [
        "pub trait Orders {",
        "    async fn fetch(&self) -> Order;",
        "    pub order: OrdersClient,",
        "pub struct Order {",
    ] {
        assert!(found.contains(line), "{line}\n{found}");
    }
    // Control: a word that only most tags have stays.
    let found = of(["Api2010Cart", "Api2010Order", "Bill"]);
    assert!(found.contains("pub trait Api2010Order {"), "{found}");
}

#[test]
fn a_name_made_of_the_path_is_short() {
    let operation = |method: &str, path: &str, id: &str| {
        let named: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
        let parameters: Vec<String> = named
            .iter()
            .map(|name| {
                format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}")
            })
            .collect();
        format!(
            "  {path}:\n    {method}:\n      operationId: {id}\n      tags: [files]\n      parameters: [{}]\n      responses: {{'204': {{description: Done.}}}}\n",
            parameters.join(", ")
        )
    };
    let paths = [
        operation("get", "/files/{file}", "get_files_id"),
        operation("get", "/files/{file}/picture.{kind}", "get_files_id_picture_id"),
        operation("get", "/folders/{folder}/files", "get_folders_id_files"),
        // Controls: these ids name other things than parameters.
        operation("put", "/files/{file}/id", "put_file_id"),
        operation("post", "/files/content", "post_files_content"),
    ];
    let found = source(&format!("paths:\n{}", paths.concat()));
    for name in ["get", "get_picture", "get_folder_files", "put_file_id", "post_files_content"] {
        assert!(found.contains(&format!("async fn {name}(&self")), "{name}\n{found}");
    }
}

#[test]
fn fields_that_differ_in_a_number_are_a_map() {
    let fields = |last: usize| {
        let fields = (1..=last).map(|number| format!("Line{number}.Text: {{type: string}}"));
        format!(
            "paths:\n  /letters:\n    post:\n      operationId: createLetter\n      tags: [letters]\n      requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            schema: {{type: object, properties: {{To: {{type: string}}, {}}}}}\n      responses: {{'204': {{description: Sent.}}}}\n",
            fields.collect::<Vec<_>>().join(", ")
        )
    };
    let found = source(&fields(30));
    assert!(found.contains("/// `Line1.Text` to `Line30.Text`."), "{found}");
    assert!(found.contains("lines: Option<&BTreeMap<String, String>>,"), "{found}");
    assert!(found.contains("to: Option<&str>,"), "{found}");
    // Control: a few stay arguments.
    assert!(source(&fields(3)).contains("line3_text: Option<&str>,"));
}

#[test]
fn the_case_leaves_the_fewest_exceptions() {
    let form = |names: &str| {
        source(&format!(
            "paths:\n  /a:\n    post:\n      operationId: send\n      tags: [letters]\n      requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            schema: {{type: object, properties: {{{names}}}}}\n      responses: {{'204': {{description: Sent.}}}}\n"
        ))
    };
    let text = "{type: string}";
    // Four of eight are in the case, two are as they are.
    let names = ["ToName", "FromName", "SendAt", "City", "x", "y", "A.B", "C.D"];
    let names: Vec<String> = names.iter().map(|name| format!("{name}: {text}")).collect();
    let found = form(&names.join(", "));
    assert!(found.contains("rename_all = \"PascalCase\""), "{found}");
    assert_eq!(found.matches("#[field(").count(), 4, "{found}");
}

#[test]
fn a_schema_called_like_the_prelude_has_the_name_of_the_api() {
    let schemas = format!("components:\n  schemas:\n    Option: {MESSAGE}\n    Err: {MESSAGE}\n");
    let paths = get(
        "getIt",
        "it",
        &json(
            "200",
            "{type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/Option'}, b: {$ref: '#/components/schemas/Err'}}}",
        ),
    );
    let found = source(&format!("paths:\n{paths}{schemas}"));
    assert!(found.contains("pub a: ShopOption,") && found.contains("pub b: ShopErr,"), "{found}");
}

#[test]
fn a_selection_in_the_toml_file_is_blamed_on_its_line() {
    let text = format!("{HEAD}paths:\n{}", get("getIt", "it", &json("200", "{type: string}")));
    let document = Document::parse("shop.yaml", &text).unwrap();
    let steering =
        Steering::parse("shop.toml", "# nope\nname = 'Shop'\n\n[operations.nope]\nname = 'a'\n");
    let error = generate(&document, &steering.unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "shop.toml:4: `nope` selects no operation; `list` prints all operations"
    );
    let only = Steering { only: vec!["nope".to_owned()], ..Steering::default() };
    assert!(generate(&document, &only).unwrap_err().to_string().starts_with("shop.yaml: "));
}
