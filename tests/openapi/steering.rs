//! Choices in TOML: types, names, envelopes, pages and arguments.

use connectors_openapi::{Steering, generate};

use crate::files::document;

fn steered(toml: &str) -> String {
    let steering = Steering::parse("library.toml", toml).unwrap();
    generate(&document("library.yaml"), &steering).unwrap().source
}

#[test]
fn types_and_names_are_replaced() {
    let source = steered(
        r#"
        dates = "string"
        [types]
        Genre = "crate::Genre"
        "/components/schemas/Book/properties/prices" = "crate::Prices"
        [names]
        Book = "Volume"
        "#,
    );
    assert!(source.contains("pub genre: Option<crate::Genre>"));
    assert!(source.contains("pub prices: Option<crate::Prices>"));
    assert!(source.contains("pub struct Volume {") && !source.contains("enum Genre"));
    assert!(source.contains("pub published_at: Option<String>") && !source.contains("jiff"));
}

/// Types without a name of their own have one by their pointer, or by an extension.
#[test]
fn inline_types_are_named() {
    let source = steered("[names]\n'/paths/~1v2~1books/get/parameters/2/schema' = 'Sorting'\n");
    assert!(source.contains("Option<&Sorting>"), "{source}");
}

#[test]
fn choices_that_name_nothing_are_errors() {
    for (toml, message) in [
        (
            "[groups]\nbok = 'A'",
            "a.toml:2: `bok` of `[groups]` is no tag or group of the description",
        ),
        (
            "[names]\nBok = 'A'",
            "a.toml:2: `Bok` of `[names]` is no schema: write its name or its JSON pointer",
        ),
        (
            "[types]\n'/components/schemas/Bok' = 'A'",
            "`/components/schemas/Bok` of `[types]` is no schema",
        ),
        (
            "[operations.listBooks]\narguments = { ordr = 'a' }",
            "`ordr` is no parameter of `listBooks` and no field of its body",
        ),
        (
            "[operations.listBooks]\ndone = '[END]'",
            "a.toml:1: `listBooks` has `done`, and returns no stream",
        ),
    ] {
        let steering = Steering::parse("a.toml", toml).unwrap();
        let error = generate(&document("library.yaml"), &steering).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn an_operation_is_steered_by_its_id() {
    let source = steered(
        r#"
        [operations.listBooks]
        name = "search"
        envelope = "data"
        options = ['timeout = "1m"', "idempotent"]
        [operations.listBooks.arguments]
        order = "sorting"
        [operations."GET /v2/books/{bookId}"]
        returns = "crate::Reply"
        group = "Shelf"
        "#,
    );
    assert!(source.contains("async fn search("));
    assert!(source.contains("envelope = \"data\",") && source.contains("timeout = \"1m\","));
    assert!(
        source.contains("sorting: Option<&ListBooksOrder>") && source.contains("order=<sorting>")
    );
    assert!(source.contains("pub trait Shelf {") && source.contains("-> crate::Reply;"));
}

#[test]
fn an_envelope_is_taken_off_where_the_description_has_it() {
    let source = steered("envelope = 'books'");
    assert!(source.contains("envelope = \"books\""), "{source}");
    assert!(source.contains(") -> Vec<Book>;") && !source.contains("ListBooksResponse"));
    assert!(source.contains("async fn get(&self, book_id: &str) -> Option<Book>;"));
    assert!(source.contains("#[get(\"<book_id>\", envelope = none)]"), "{source}");
}

#[test]
fn mistakes_name_file_and_line() {
    let mistake = |text| Steering::parse("a.toml", text).unwrap_err().to_string();
    assert!(mistake("name = 'a'\nnames = 5").starts_with("a.toml:2: "));
    assert!(mistake("nam = 'a'").contains("unknown field `nam`"));
}
