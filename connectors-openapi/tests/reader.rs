//! Reading descriptions: versions, formats, references, and bad input.

use connectors_openapi::model::{Document, Place, Status, Type};

const BOOKS: &str = r"openapi: 3.1.0
info: {title: Books, version: 1}
paths:
  /books/{id}:
    parameters:
      - {$ref: '#/components/parameters/id'}
    get:
      operationId: getBook
      responses:
        200:
          description: A book.
          content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
        4XX: {description: No book.}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: string}}
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        title: {type: string}
        sequel: {anyOf: [{$ref: '#/components/schemas/Book'}, {type: 'null'}]}
        pages: {type: [integer, 'null'], exclusiveMinimum: true}
        broken: 7
";

#[test]
fn yaml_becomes_the_model() {
    let document = Document::parse("books.yaml", BOOKS).unwrap();
    let operation = &document.operations[0];
    assert_eq!((operation.method.as_str(), operation.path.as_str()), ("GET", "/books/{id}"));
    assert_eq!(operation.parameters[0].place, Place::Path);
    assert_eq!(operation.responses[1].status, Status::Range(4));
    let book = document.schema(operation.responses[0].content[0].schema.unwrap());
    assert_eq!(book.name.as_deref(), Some("Book"));
    assert!(book.properties[0].required && !book.properties[1].required);
    let sequel = document.schema(book.properties[1].schema);
    assert!(sequel.nullable);
    assert_eq!(document.schema(sequel.any_of[0]).at, book.at);
    let pages = document.schema(book.properties[2].schema);
    assert_eq!((pages.types.as_slice(), pages.nullable), ([Type::Integer].as_slice(), true));
}

#[test]
fn an_unreadable_schema_is_a_warning_with_its_place() {
    let document = Document::parse("books.yaml", BOOKS).unwrap();
    let warnings: Vec<String> = document.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "books.yaml:25 #/components/schemas/Book/properties/broken: a schema is a number, so any \
          value is taken"
        ]
    );
}

/// Members of a wrong kind would be left out without a word.
#[test]
fn members_of_a_wrong_kind_are_warnings() {
    let schema = |schema: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ A: {{ {schema} }} }} }}\n"
        );
        let document = Document::parse("a.yaml", &text).unwrap();
        let warnings = document.warnings.iter().map(ToString::to_string);
        warnings.collect::<Vec<_>>().join("\n")
    };
    for (written, message) in [
        (
            "properties: [1]",
            "#/components/schemas/A/properties: `properties` is a list, not an object, so it is not read",
        ),
        ("enum: 5", "`enum` is a number, not a list"),
        ("enum: {}", "`enum` is an object, not a list"),
        ("oneOf: 3", "`oneOf` is a number, not a list"),
        ("anyOf: []", "`anyOf` is empty, so it says nothing"),
        ("allOf: {}", "`allOf` is an object, not a list"),
        (
            "additionalProperties: 5",
            "`additionalProperties` is a number, not an object or a boolean",
        ),
        ("type: 5", "`type` is a number, not a text or a list"),
    ] {
        assert!(schema(written).contains(message), "{written}: {}", schema(written));
    }
    // Controls: a value that is left empty, and right ones.
    for written in ["properties: ", "enum: [1]", "items: true", "additionalProperties: {}"] {
        assert_eq!(schema(written), "");
    }
}

/// A request that cannot be read is left out with its reason, and not sent without its body.
#[test]
fn requests_of_a_wrong_kind_are_broken() {
    let operation = |rest: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\npaths: {{ /a: {{ {rest} }} }}\n"
        );
        let document = Document::parse("a.yaml", &text).unwrap();
        let broken = document.operations.iter().flat_map(|operation| &operation.broken);
        let all = broken.chain(&document.warnings).map(ToString::to_string);
        (document.operations.len(), all.collect::<Vec<_>>().join("\n"))
    };
    for (rest, count, message) in [
        ("post: { requestBody: 4 }", 1, "`requestBody` is a number, not an object"),
        ("post: { parameters: 5 }", 1, "`parameters` is a number, not a list"),
        ("parameters: {}, post: {}", 1, "`parameters` is an object, not a list"),
        (
            "post: { requestBody: { content: {} } }",
            1,
            "the request body has no media type, so any is taken",
        ),
        ("post: { responses: 7 }", 1, "`responses` is a number, not an object"),
        ("post: { security: 5 }", 1, "`security` is a number, not a list"),
        ("post: 5", 0, "an operation is a number, not an object"),
    ] {
        let (found, messages) = operation(rest);
        assert!(found == count && messages.contains(message), "{rest}: {found} {messages}");
    }
}

#[test]
fn json_and_yaml_give_one_model() {
    let json = r#"{"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": {
        "/a": {"get": {"responses": {"default": {"description": "x"}}}}}}"#;
    let yaml = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths:\n\n  /a: {get: {responses: \
                {default: {description: x}}}}";
    let [json, yaml] = [json, yaml].map(|text| Document::parse("a", text).unwrap());
    assert_eq!(json.operations[0].at.pointer, "/paths/~1a/get");
    assert_eq!(yaml.operations[0].at.pointer, "/paths/~1a/get");
    assert_eq!((json.operations[0].at.line, yaml.operations[0].at.line), (Some(2), Some(5)));
}

fn refused(text: &str) -> String {
    Document::parse("a.yaml", text).unwrap_err().to_string()
}

#[test]
fn bad_input_gets_one_sentence_with_its_line() {
    assert_eq!(
        refused("swagger: '2.0'"),
        "a.yaml:1: this is Swagger 2.0: convert it to OpenAPI 3, for example by `npx swagger2openapi`"
    );
    assert_eq!(
        refused("openapi: 4.0.0"),
        "a.yaml:1: OpenAPI `4.0.0` is not supported, only 3.0, 3.1 and 3.2"
    );
    assert_eq!(
        refused("info: {}"),
        "a.yaml:1: this is not an OpenAPI description: it has no `openapi` version"
    );
    let json = Document::parse("a.json", "{\"openapi\": \"3.0.0\",\n\"paths\": }").unwrap_err();
    assert_eq!(json.to_string(), "a.json:2: expected a JSON value");
    assert!(refused("a: [").starts_with("a.yaml:"));
}

/// JSON in YAML whose last bracket stands below the key.
#[test]
fn closing_brackets_may_stand_below_their_key() {
    let text = "openapi: 3.0.0\ninfo: {\n  title: a,\n  version: '1',\n  x-list: [\n    { a: [\n      1\n    ] },\n  ]\n}\npaths: {\n}\n";
    let document = Document::parse("a.yaml", text).unwrap();
    assert_eq!((document.title.as_str(), document.warnings.len()), ("a", 0));
    let broken = refused(&text.replace("'1',", "'1', }"));
    assert!(broken.contains("the YAML is not valid"), "{broken}");
}

/// Lines of JSON in YAML that go on at the indentation of their key.
#[test]
fn json_may_go_on_at_the_indentation_of_its_key() {
    let text = "openapi: 3.0.0\ninfo:\n  title: it's {a\n  version: '1'\n  x-a: {'link':\n  'b # {', \"c\": \"\\\"[\"} # }\n  \
                x-b: |\n    {\n  x-list:\n  - x-c: [\n    1,\n    # ]\n    2]\npaths: {\n}\n";
    let document = Document::parse("a.yaml", text).unwrap();
    assert_eq!((document.title.as_str(), document.warnings.len()), ("it's {a", 0));
    let info = connectors_openapi::yaml_to_json(text).unwrap();
    assert_eq!(info["info"]["x-a"], serde_json::json!({ "link": "b # {", "c": "\"[" }));
    assert_eq!(info["info"]["x-b"], "{\n");
    assert_eq!(info["info"]["x-list"][0]["x-c"], serde_json::json!([1, 2]));
}

#[test]
fn an_alias_within_its_own_anchor_is_a_warning() {
    let text = "openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: &a\n      \
                type: object\n      properties: {a: *a, b: {type: string}}\n";
    let document = Document::parse("a.yaml", text).unwrap();
    let warnings: Vec<String> = document.warnings.iter().map(ToString::to_string).collect();
    assert!(
        warnings[0] == "a.yaml:8: an alias is within its own anchor, so it is ignored",
        "{warnings:?}"
    );
}

#[test]
fn aliases_that_grow_without_bound_are_refused() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let last = format!("*a{}", level - 1);
        let ten = [last.as_str(); 10].join(", ");
        laughs = format!("{laughs}a{level}: &a{level} [{ten}]\n");
    }
    assert!(refused(&laughs).contains("the YAML is too large, or its aliases are"));
    assert!(refused("a: *b").contains("the YAML is not valid"));
    assert!(refused(&"- ".repeat(5000)).contains("nested too deeply"));
}

#[test]
fn circles_and_other_hosts_are_warnings() {
    let text = r"
openapi: 3.0.0
paths:
  /a:
    get:
      responses:
        200: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
        201: {content: {application/json: {schema: {$ref: 'https://example.com/b.yaml#/B'}}}}
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/A'}
";
    let document = Document::parse("a.yaml", text).unwrap();
    let warnings: Vec<String> = document.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.iter().any(|warning| warning.ends_with("the `$ref` leads in a circle")));
    assert!(
        warnings.iter().any(|warning| {
            warning.contains("a.yaml:8") && warning.contains("is on another host")
        })
    );
}

#[test]
fn references_across_files_are_followed() {
    let folder = std::env::temp_dir().join(format!("openapi-reader-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("parts")).unwrap();
    let main = "openapi: 3.0.0\npaths:\n  /a: {$ref: parts/a.yaml}\n";
    let part = "get:\n  responses:\n    200:\n      content: {application/json: {schema: {$ref: \
                'b.json#/Thing'}}}\n";
    let other = r##"{"Thing": {"type": "object", "properties": {"back": {"$ref": "#/Thing"}}}}"##;
    std::fs::write(folder.join("main.yaml"), main).unwrap();
    std::fs::write(folder.join("parts/a.yaml"), part).unwrap();
    std::fs::write(folder.join("parts/b.json"), other).unwrap();
    let document = Document::open(folder.join("main.yaml")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(document.warnings, []);
    let id = document.operations[0].responses[0].content[0].schema.unwrap();
    let thing = document.schema(id);
    assert_eq!((thing.name.as_deref(), &*thing.at.file), (Some("Thing"), "parts/b.json"));
    assert_eq!(thing.properties[0].schema, id);
}

#[test]
fn shared_maps_of_content_and_headers_are_followed() {
    let shared = BOOKS
        .replace(
            "content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}",
            "content: {$ref: '#/components/x-media/book'}\n          headers: {$ref: \
             '#/components/x-headers'}",
        )
        .replace(
            "components:\n",
            "components:\n  x-media: {book: {application/json: {schema: {$ref: \
             '#/components/schemas/Book'}}}}\n  x-headers: {ETag: {schema: {type: string}}}\n",
        );
    let document = Document::parse("books.yaml", &shared).unwrap();
    let response = &document.operations[0].responses[0];
    assert_eq!(response.content[0].name, "application/json");
    let book = document.resolved(response.content[0].schema.unwrap());
    assert_eq!(book.name.as_deref(), Some("Book"));
    assert_eq!(response.headers[0].name, "ETag");
}

#[test]
fn a_name_that_is_not_a_media_type_is_a_warning() {
    for name in ["json", "'a b/c'", "/json", "text/"] {
        let text = BOOKS.replace("{application/json:", &format!("{{{name}:"));
        let document = Document::parse("books.yaml", &text).unwrap();
        assert_eq!(document.operations[0].responses[0].content[0].name, "*/*");
        let name = name.trim_matches('\'');
        let expected = format!("`{name}` is not a media type, and is read as any");
        assert!(document.warnings.iter().any(|one| one.message == expected), "{name}");
    }
    let text = BOOKS.replace("{application/json:", "{application/json; charset=utf-8:");
    let document = Document::parse("books.yaml", &text).unwrap();
    assert_eq!(document.warnings.len(), 1);
}

#[test]
fn a_pointer_leads_through_references_of_its_file() {
    let through = "$ref: '#/paths/~1books~1{id}/get/responses/200/content/application~1json/schema/\
                   properties/title'";
    let text = BOOKS.replace("broken: 7", &format!("other: {{{through}}}"));
    let document = Document::parse("books.yaml", &text).unwrap();
    assert_eq!(document.warnings, []);
    let book = document.resolved(document.components[0].1);
    let other = document.resolved(book.properties[3].schema);
    assert_eq!(other.types, [Type::String]);
    assert!(other.at.pointer.ends_with("/Book/properties/title"), "{}", other.at);
}

#[test]
fn a_pointer_through_a_circle_is_a_warning() {
    let circle = "broken: {$ref: '#/components/schemas/Book/properties/broken/properties/x'}";
    let text = BOOKS.replace("broken: 7", circle);
    let document = Document::parse("books.yaml", &text).unwrap();
    let [warning] = document.warnings.as_slice() else { panic!("{:?}", document.warnings) };
    assert_eq!(warning.message, "a pointer leads through too many references");
}
