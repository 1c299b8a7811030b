//! Changes of a description that do not show on the wire.

use crate::{DESCRIPTION, lines, of_endpoints, of_source};

/// Texts of the description and what replaces them.
const CHANGES: [(&str, &str, &str); 16] = [
    ("title", "title: Books\n", "title: The books of the library\n"),
    ("version", "version: \"1\"", "version: \"1.1\"\n  description: New words."),
    ("summary", "summary: Lists books.", "summary: Lists all books of the library."),
    ("description of a parameter", "Maximum number of books.", "At most this many books."),
    ("description of a response", "description: A page of books.", "description: Books."),
    ("description of a field", "description: The id.", "description: Its id."),
    ("operationId", "operationId: listBooks", "operationId: books_list"),
    ("tags", "operationId: getBook", "operationId: getBook\n      tags: [books]"),
    ("deprecated", "operationId: login", "operationId: login\n      deprecated: true"),
    ("example", "title: { type: string }", "title: { type: string, example: Emma }"),
    (
        "name of a path parameter",
        "/books/{book_id}/cover:\n    put:\n      operationId: setCover\n      parameters:\n        - name: book_id",
        "/books/{id}/cover:\n    put:\n      operationId: setCover\n      parameters:\n        - name: id",
    ),
    ("length of a text", "isbn: { type: string }", "isbn: { type: string, maxLength: 13 }"),
    (
        "default",
        "- name: limit\n          in: query",
        "- name: limit\n          in: query\n          x-default: 20",
    ),
    ("order of fields", "required: [user, password]", "required: [password, user]"),
    ("server", "https://books.example.com/v1", "https://eu.books.example.com/v1"),
    ("external docs", "info:\n", "externalDocs: { url: \"https://books.example.com\" }\ninfo:\n"),
];

#[test]
fn documentation_is_no_drift() {
    for (name, from, to) in CHANGES {
        assert!(DESCRIPTION.contains(from), "{name}");
        let changed = DESCRIPTION.replace(from, to);
        assert_eq!(lines(&of_source(&changed)), "", "{name}");
        assert_eq!(lines(&of_endpoints(&changed)), "", "{name}");
    }
}
