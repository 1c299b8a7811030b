//! The command `check`, run as a process.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A folder that is removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("check-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn check(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_connectors-openapi"))
            .arg("check")
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const DESCRIPTION: &str = "openapi: 3.0.3
info: { title: Books, version: '1' }
paths:
  /books:
    get:
      operationId: listBooks
      tags: [books]
      parameters:
        - { name: page, in: query, schema: { type: integer } }
        - { name: shelf, in: query, schema: { type: string } }
      responses:
        '200':
          description: Titles.
          content: { application/json: { schema: { type: array, items: { type: string } } } }
    post:
      operationId: addBook
      tags: [books]
      responses: { '204': { description: Nothing. } }
  /shelves:
    get:
      operationId: listShelves
      tags: [shelves]
      responses: { '204': { description: Nothing. } }
";

const SOURCE: &str = "#[api_client]
pub trait Books {
    #[get(\"books?<page>\")]
    async fn list(&self, page: Option<u32>) -> Vec<String>;
}
";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("openapi.yaml", DESCRIPTION);
    folder.write("api.rs", SOURCE);
    folder
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn sources_that_fit_exit_with_0() {
    let output = folder("fits").check(&["openapi.yaml", "api.rs"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(text(&output.stderr), "ok: no differences: 1 endpoint compared with openapi.yaml\n");
}

#[test]
fn differences_are_lines_and_exit_with_1() {
    let folder = folder("differs");
    folder.write("openapi.yaml", &DESCRIPTION.replace("name: page", "name: offset"));
    let output = folder.check(&["openapi.yaml", "api.rs"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stdout),
        "api.rs:4: parameter: Books::list: `page`: the description has no query parameter `page` \
         (openapi.yaml:5 #/paths/~1books/get)\n"
            .replace("openapi.yaml:5", "openapi.yaml:6")
    );
    assert_eq!(
        text(&output.stderr),
        "drift: 1 difference: 1 endpoint compared with openapi.yaml\n"
    );
    let allowed = folder.check(&["openapi.yaml", "api.rs", "--allow", "parameter:Books::list"]);
    assert_eq!(allowed.status.code(), Some(0));
}

#[test]
fn json_has_the_differences_for_programs() {
    let folder = folder("json");
    folder.write("openapi.yaml", &DESCRIPTION.replace("type: integer", "type: boolean"));
    let output = folder.check(&["openapi.yaml", "api.rs", "--json"]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let difference = &json["differences"][0];
    assert_eq!(json["endpoints"], 1);
    assert_eq!(difference["kind"], "type");
    assert_eq!(difference["subject"], "Books::list");
    assert_eq!(difference["item"], "page");
    assert_eq!((&difference["file"], &difference["line"]), (&"api.rs".into(), &4.into()));
    assert_eq!(difference["description"]["pointer"], "/paths/~1books/get/parameters/0/schema");
    assert_eq!(difference["addition"], false);
}

#[test]
fn additions_are_lines_and_exit_with_0() {
    let output = folder("additions").check(&["openapi.yaml", "api.rs", "--additions"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("query parameter `shelf`"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("no differences"), "{}", text(&output.stderr));
}

#[test]
fn a_selection_adds_what_is_not_declared_and_leaves_out_the_rest() {
    let folder = folder("selected");
    let output = folder.check(&["openapi.yaml", "api.rs", "--only", "tag:books"]);
    assert_eq!(output.status.code(), Some(1));
    let lines = text(&output.stdout);
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(
        lines.contains("`POST /books`: no endpoint declares this operation, `addBook`"),
        "{lines}"
    );
    let skipped =
        folder.check(&["openapi.yaml", "api.rs", "--only", "tag:books", "--skip", "addBook"]);
    assert_eq!(skipped.status.code(), Some(0));
    folder.write("openapi.yaml", &DESCRIPTION.replace("name: page", "name: offset"));
    let other = folder.check(&["openapi.yaml", "api.rs", "--only", "addBook"]);
    let lines = text(&other.stdout);
    assert!(!lines.contains("offset") && lines.contains("addBook"), "{lines}");
    let unknown = folder.check(&["openapi.yaml", "api.rs", "--only", "addBooks"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("`addBooks` selects no operation"));
}

#[test]
fn mistakes_exit_with_2_and_one_sentence() {
    let folder = folder("mistakes");
    folder.write("empty.rs", "struct Empty;\n");
    folder.write("broken.rs", "fn broken( {\n");
    for (arguments, sentence) in [
        (["missing.yaml", "api.rs"], "missing.yaml"),
        (["openapi.yaml", "missing.rs"], "missing.rs: cannot read the source"),
        (
            ["openapi.yaml", "empty.rs"],
            "empty.rs: no trait with `#[api_client]` declares an endpoint",
        ),
        (["openapi.yaml", "broken.rs"], "broken.rs:1: not valid Rust"),
    ] {
        let output = folder.check(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(error.starts_with("error: ") && error.contains(sentence), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    assert_eq!(folder.check(&["openapi.yaml"]).status.code(), Some(2));
}

#[test]
fn types_that_are_not_in_the_sources_are_named() {
    let folder = folder("types");
    folder.write("api.rs", &SOURCE.replace("Vec<String>", "Vec<Title>"));
    let output = folder.check(&["openapi.yaml", "api.rs"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stderr).starts_with(
            "note: types that are not in these sources and were not compared: Title\n"
        ),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn help_has_examples_and_exit_codes() {
    let help = folder("help").check(&["--help"]);
    let help = text(&help.stdout).to_owned();
    assert!(help.contains("connectors-openapi check openapi.yaml src/api.rs"), "{help}");
    assert!(help.contains("exit code is 1"), "{help}");
}
