//! The generated sources: as reviewed, the same each time, and laid out as rustfmt does.

use std::io::Write as _;
use std::process::{Command, Stdio};

use connectors_openapi::model::Document;
use connectors_openapi::{Steering, generate};

use crate::files::{NAMES, changed, document, folder, generated, steering, text};

#[test]
fn each_source_is_the_reviewed_one() {
    for name in NAMES {
        let source = generated(name).source;
        let path = folder().join("generated").join(name).with_extension("rs");
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(&path, &source).unwrap();
        }
        let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(source == reviewed, "{name} differs; UPDATE_SNAPSHOTS=1 accepts\n{source}");
    }
}

/// Asserts that rustfmt changes nothing. Its settings are the defaults, not those of this workspace.
#[track_caller]
fn assert_formatted(name: &str, source: &str) {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    rustfmt.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    let formatted = String::from_utf8(output.stdout).unwrap();
    let differs = source.lines().zip(formatted.lines()).find(|(one, other)| one != other);
    assert!(formatted == source, "{name}: {differs:?}");
}

#[test]
fn rustfmt_changes_nothing() {
    for name in NAMES {
        assert_formatted(name, &generated(name).source);
    }
}

#[test]
fn rustfmt_changes_no_long_line() {
    for length in [1, 8, 12, 16, 20, 24, 28, 40] {
        let (key, thing) = ("K".repeat(length), "Thing".repeat(length / 4 + 1));
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\nsecurity: [{{a: [], b: []}}]\npaths:\n  \
             /x:\n    get: {{operationId: x, tags: [t], responses: {{'200': {{description: A, content: \
             {{application/json: {{schema: {{type: array, items: {{$ref: \
             '#/components/schemas/{thing}'}}}}}}}}}}}}}}\ncomponents:\n  schemas: {{{thing}: {{type: object, \
             properties: {{a: {{type: string}}}}}}}}\n  securitySchemes:\n    a: {{type: apiKey, in: header, \
             name: X-{key}}}\n    b: {{type: apiKey, in: header, name: X-Tenant}}\n"
        );
        let document = Document::parse("shop.yaml", &text).unwrap();
        let source = generate(&document, &Steering::default()).unwrap().source;
        assert_formatted(&length.to_string(), &source);
    }
}

#[test]
fn what_cannot_be_generated_is_listed_with_its_reason() {
    let left_out = generated("shapes.yaml").left_out;
    let left_out: Vec<String> = left_out.iter().map(ToString::to_string).collect();
    assert_eq!(
        left_out,
        [
            "shapes.yaml:28 #/paths/~1broken~1{a}~1{a}/get: the path `/broken/{a}/{a}` has `{a}` twice"
        ]
    );
    for name in ["library.yaml", "media.yaml", "vendors.json"] {
        assert_eq!(generated(name).left_out, []);
    }
}

fn without_docs(source: &str) -> Vec<&str> {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect()
}

#[test]
fn other_words_in_the_description_change_docs_only() {
    let before = generated("library.yaml").source;
    let changed = text("library.yaml")
        .replace("description: A page.", "description: One page.")
        .replace("summary: List books", "summary: Lists all the books that there are")
        .replace("description: Sort order.", "description: The order of the books.")
        .replace("description: Second line of the title.", "description: Another line.");
    let document = Document::parse("library.yaml", &changed).unwrap();
    let after = generate(&document, &Steering::default()).unwrap().source;
    assert_ne!(before, after);
    assert_eq!(without_docs(&before), without_docs(&after));
}

#[test]
fn a_selection_has_only_the_types_that_it_needs() {
    let only = Steering { only: vec!["createBook".to_owned()], ..Steering::default() };
    let source = generate(&document("library.yaml"), &only).unwrap().source;
    assert!(source.contains("async fn create(") && source.contains("pub struct Book {"));
    assert!(!source.contains("pub struct Job") && !source.contains("trait Sessions"));
    for selection in ["GET /v2/books", "/paths/~1v2~1books/get", "listBooks"] {
        let only = Steering { only: vec![selection.to_owned()], ..Steering::default() };
        assert_eq!(
            generate(&document("library.yaml"), &only).unwrap().operations,
            1,
            "{selection}"
        );
    }
    for selection in ["tag:books", "group:books"] {
        let only = Steering { only: vec![selection.to_owned()], ..Steering::default() };
        assert_eq!(
            generate(&document("library.yaml"), &only).unwrap().operations,
            5,
            "{selection}"
        );
    }
}

#[test]
fn a_selection_of_nothing_is_an_error_with_a_hint() {
    let only = Steering { only: vec!["listBook".to_owned()], ..Steering::default() };
    let error = generate(&document("library.yaml"), &only).unwrap_err();
    assert_eq!(
        error.to_string(),
        "library.yaml: `listBook` selects no operation; similar are `listBooks`, `createBook`, \
         `getBook`, `replaceBook`"
    );
}

#[test]
fn code_of_a_description_is_never_a_doctest() {
    let full = Steering { docs: connectors_openapi::Docs::Full, ..Steering::default() };
    let text = text("library.yaml")
        .replace("summary: Add a book", "description: \"Adds.\\n\\n```\\npanic!()\\n```\"");
    let document = Document::parse("library.yaml", &text).unwrap();
    let source = generate(&document, &full).unwrap().source;
    assert!(source.contains("    /// ```text\n    /// panic!()\n    /// ```\n"), "{source}");
}

#[test]
fn the_choices_of_a_toml_file_are_obeyed() {
    let steering = steering("vendors.json");
    assert_eq!(steering.name.as_deref(), Some("Vendors"));
    let source = generated("vendors.json").source;
    assert!(source.contains("async fn numbers(") && source.contains("trait Cloud"));
    assert!(!source.contains("skipped"));
}

/// A body that is not described as JSON can be anything, so the caller names its type.
#[test]
fn a_body_of_any_media_type_is_written_by_the_caller() {
    let flag = "{text/plain: {schema: {type: boolean}}}";
    for content in [
        "{json: {}}",
        "{'*/*': {}}",
        "{file: {schema: {type: string, format: binary}}}",
        "{text/*: {schema: {type: boolean}}}",
    ] {
        let source = changed("media.yaml", &[(flag, content)]);
        let signature = "async fn set_flag(&self, id: &str, #[body] content: Body);";
        assert!(source.contains(signature), "{content}: {source}");
    }
    // Control: JSON in a range is written by serde.
    let source = changed("media.yaml", &[(flag, "{'*/*': {schema: {type: boolean}}}")]);
    assert!(source.contains("async fn set_flag(&self, id: &str, #[body] "), "{source}");
    assert!(!source.contains("#[body] content: Body);"), "{source}");
}

#[test]
fn an_operation_whose_body_cannot_be_read_is_left_out() {
    let flag = "content: {text/plain: {schema: {type: boolean}}}";
    let broken = "content: {$ref: '#/components/none'}";
    let text = text("media.yaml").replace(flag, broken);
    let document = Document::parse("media.yaml", &text).unwrap();
    let generated = generate(&document, &steering("media.yaml")).unwrap();
    assert!(!generated.source.contains("set_flag"), "{}", generated.source);
    let left_out = format!("{:?}", generated.left_out);
    assert!(left_out.contains("no media type of the request body can be read"), "{left_out}");
}
