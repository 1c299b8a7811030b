//! The command as a user runs it, and the function for `build.rs`.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const DESCRIPTION: &str = "openapi: 3.0.0
info: {title: Books, version: '1'}
paths:
  /books/{id}:
    delete:
      tags: [books]
      operationId: deleteBook
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Deleted}}
    head:
      tags: [books]
      operationId: hasBook
      parameters: [{name: id, in: path, required: true, style: matrix, schema: {type: string}}]
      responses: {'204': {description: Found}}
";

/// A folder of its own for each test, with the description in it.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("openapi.yaml"), DESCRIPTION).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_connectors-openapi"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let [stdout, stderr] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (status.code(), stdout, stderr)
}

#[test]
fn list_names_each_operation_and_what_is_left_out() {
    let (code, stdout, _) = run(&folder("list"), &["list", "openapi.yaml"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        stdout,
        "Books 1 (OpenAPI 3.0.0)

books (2)
  DELETE  /books/{id}                                      deleteBook
  HEAD    /books/{id}                                      hasBook
          left out: the parameter `id` has the style `label` or `matrix`

2 operations, 1 not supported, 0 warnings
"
    );
    let (_, json, _) = run(&folder("list"), &["list", "openapi.yaml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["operations"][0]["operationId"], "deleteBook");
    assert_eq!(json["operations"][0]["left_out"], serde_json::Value::Null);
    assert!(json["operations"][1]["left_out"].as_str().unwrap().contains("matrix"));
}

#[test]
fn a_stale_file_fails_the_check() {
    let folder = folder("check");
    let check = ["generate", "openapi.yaml", "--out", "books.rs", "--check"];
    let (code, _, stderr) = run(&folder, &["generate", "openapi.yaml", "--out", "books.rs"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains("ok: books.rs written: 1 operations in "), "{stderr}");
    assert_eq!(run(&folder, &check).0, Some(0));
    std::fs::write(folder.join("books.rs"), "// edited\n").unwrap();
    let (code, _, stderr) = run(&folder, &check);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("books.rs is stale: run the command without `--check`"), "{stderr}");
    assert_eq!(std::fs::read_to_string(folder.join("books.rs")).unwrap(), "// edited\n");
}

#[test]
fn without_a_file_the_source_is_printed() {
    let (code, stdout, stderr) = run(&folder("print"), &["generate", "openapi.yaml"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("    #[delete(\"books/<id>\")]\n"), "{stdout}");
    assert!(
        stderr.starts_with("left out: openapi.yaml:11 #/paths/~1books~1{id}/head: "),
        "{stderr}"
    );
    let (code, ..) = run(&folder("print"), &["generate", "openapi.yaml", "--strict"]);
    assert_eq!(code, Some(1));
}

#[test]
fn one_operation_is_printed_to_paste() {
    let folder = folder("paste");
    let text = "openapi: 3.0.0
info: {title: Books, version: '1'}
servers: [{url: 'https://books.example'}]
security: [{key: []}]
paths:
  /books/{id}:
    get:
      tags: [books]
      operationId: getBook
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: Found
          content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
  /files:
    delete:
      tags: [files]
      servers: [{url: 'https://files.example'}]
      responses: {'204': {description: Deleted}}
components:
  schemas:
    Book:
      type: object
      required: [title, state]
      properties: {title: {type: string}, state: {type: string, enum: [lent, lost]}}
  securitySchemes: {key: {type: http, scheme: bearer}}
";
    std::fs::write(folder.join("books.yaml"), text).unwrap();
    let expected = "use connectors_client::{OpenEnum, api_client};
use serde::Deserialize;

#[api_client]
pub trait Books {
    #[get(\"books/<id>\")]
    async fn get(&self, id: &str) -> Book;
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Book {
    pub title: String,
    pub state: BookState,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = \"snake_case\")]
pub enum BookState {
    Lent,
    Lost,
    /// Any other value, as it came.
    Unknown(String),
}
";
    let generate = |arguments: &[&str]| {
        let (code, stdout, stderr) =
            run(&folder, &[&["generate", "books.yaml"], arguments].concat());
        assert_eq!(code, Some(0), "{stderr}");
        stdout
    };
    assert_eq!(generate(&["--only", "getBook"]), expected);
    assert_eq!(generate(&["--only", "GET /books/{id}"]), expected);
    let json = generate(&["--only", "getBook", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["source"], expected);
    // Constants are not printed, so docs have the URL.
    let files = generate(&["--only", "DELETE /files"]);
    assert!(files.contains("/// Build its client with `https://files.example`.\n"), "{files}");
    // A tag is printed as a file, and a file is written as a whole.
    let tag = generate(&["--only", "tag:books"]);
    assert_eq!(generate(&["--only", "getBook", "--out", "books.rs"]), "");
    assert_eq!(std::fs::read_to_string(folder.join("books.rs")).unwrap(), tag);
    for part in ["//! Books.", "pub const BASE_URL", "pub fn builder("] {
        assert!(tag.contains(part), "{tag}");
    }
}

#[test]
fn a_closed_pipe_ends_the_command_quietly() {
    let folder = folder("pipe");
    let operation = |index: usize| {
        format!(
            "  /books/{index}:\n    delete: {{ responses: {{ '204': {{ description: a }} }} }}\n"
        )
    };
    let paths: String = (0..3000).map(operation).collect();
    let text = format!("openapi: 3.0.0\ninfo: {{ title: Books, version: '1' }}\npaths:\n{paths}");
    std::fs::write(folder.join("large.yaml"), text).unwrap();
    let source = "#[api_client]\npub trait Books {\n    #[get(\"a\")]\n    async fn a(&self);\n}\n";
    std::fs::write(folder.join("books.rs"), source).unwrap();
    // Both forms of each action print more than a pipe holds.
    for arguments in [
        &["list", "large.yaml"][..],
        &["list", "large.yaml", "--json"],
        &["generate", "large.yaml"],
        &["generate", "large.yaml", "--json"],
        &["check", "large.yaml", "books.rs", "--only", "group:books"],
        &["check", "large.yaml", "books.rs", "--only", "group:books", "--json"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_connectors-openapi"))
            .args(arguments)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let first = stdout.read_exact(&mut [0; 16]);
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        first.unwrap_or_else(|error| panic!("{arguments:?}: {error}: {stderr}"));
        // `check` reports the differences by its exit code, read or not.
        let code = i32::from(arguments[0] == "check");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked") && !stderr.contains("error:"), "{stderr}");
    }
}

#[test]
fn mistakes_are_one_sentence_and_code_2() {
    let folder = folder("mistakes");
    for (arguments, message) in [
        (&["generate", "none.yaml"][..], "error: none.yaml: cannot be read: "),
        (
            &["generate", "openapi.yaml", "--only", "x"],
            "error: openapi.yaml: `x` selects no operation",
        ),
        (
            &["generate", "openapi.yaml", "--config", "none.toml"],
            "error: none.toml: cannot be read: ",
        ),
        (
            &["generate", "openapi.yaml", "--dates", "x"],
            "error: `--dates x`: use `jiff` or `string`",
        ),
    ] {
        let (code, _, stderr) = run(&folder, arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(stderr.starts_with(message) && stderr.lines().count() == 1, "{stderr}");
    }
    assert_eq!(run(&folder, &["generate"]).0, Some(2));
    assert!(run(&folder, &["--help"]).1.contains("Examples:"));
}

#[test]
fn a_build_script_gets_a_file_to_include() {
    let folder = folder("build");
    let out = folder.join("books.rs");
    let steering = connectors_openapi::Steering::default();
    let built = connectors_openapi::build(folder.join("openapi.yaml"), &steering, &out).unwrap();
    assert_eq!(built.operations, 1);
    let source = std::fs::read_to_string(out).unwrap();
    assert!(source.starts_with("use connectors_client::"), "{source}");
    assert!(source.contains("pub trait Books"), "{source}");
}
