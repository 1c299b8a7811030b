//! Changes of a description that matter on the wire, each found at its place.

use connectors_openapi::{Difference, DifferenceKind as Kind};

use crate::{DESCRIPTION, SOURCE, lines, of_endpoints, of_source};

/// A change of the description, and the difference that it makes.
pub(crate) struct Planted {
    pub(crate) name: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    kind: Kind,
    /// Endpoint or type, and the argument, field or variant.
    subject: &'static str,
    item: &'static str,
    /// A part of the line of the source.
    line: &'static str,
    /// End of the pointer in the description.
    pointer: &'static str,
    /// True if the constants of the endpoints tell it too.
    by_endpoints: bool,
}

#[rustfmt::skip]
pub(crate) fn planted() -> Vec<Planted> {
    let row = |name, from, to, kind, (subject, item, line), pointer, by_endpoints| {
        Planted { name, from, to, kind, subject, item, line, pointer, by_endpoints }
    };
    vec![
        row("renamed query parameter", "- name: limit", "- name: page_size", Kind::Parameter, ("Books::list", "limit", "limit: Option<u32>"), "/paths/~1books/get", true),
        row("renamed csv parameter", "- name: genre\n", "- name: genres\n", Kind::Parameter, ("Books::list", "genres", "genres: Option<"), "/paths/~1books/get", true),
        row("renamed header", "- name: X-Trace", "- name: X-Trace-Id", Kind::Parameter, ("Books::list", "trace", "#[header(\"X-Trace\")]"), "/paths/~1books/get", true),
        row("new required parameter", "        - name: cursor\n", "        - name: library\n          in: query\n          required: true\n          schema: { type: string }\n        - name: cursor\n", Kind::Need, ("Books::list", "", "async fn list("), "/paths/~1books/get/parameters/1", true),
        row("new required header", "        - name: cursor\n", "        - name: X-Library\n          in: header\n          required: true\n          schema: { type: string }\n        - name: cursor\n", Kind::Need, ("Books::list", "", "async fn list("), "/paths/~1books/get/parameters/1", true),
        row("new required cookie", "        - name: cursor\n", "        - name: session\n          in: cookie\n          required: true\n          schema: { type: string }\n        - name: cursor\n", Kind::Need, ("Books::list", "", "async fn list("), "/paths/~1books/get/parameters/1", true),
        row("parameter becomes required", "- name: limit\n          in: query", "- name: limit\n          in: query\n          required: true", Kind::Need, ("Books::list", "limit", "limit: Option<u32>"), "/paths/~1books/get/parameters/0", true),
        row("parameter moves to a header", "- name: cursor\n          in: query", "- name: cursor\n          in: header", Kind::Parameter, ("Books::list", "cursor", "cursor: Option<&str>"), "/paths/~1books/get/parameters/1", true),
        row("header moves to the query", "- name: X-Trace\n          in: header", "- name: X-Trace\n          in: query", Kind::Parameter, ("Books::list", "trace", "#[header("), "/paths/~1books/get/parameters/5", true),
        row("csv becomes repeated", "explode: false", "explode: true", Kind::Style, ("Books::list", "genres", "genres: Option<"), "/paths/~1books/get/parameters/2", true),
        row("repeated becomes csv", "- name: author\n          in: query", "- name: author\n          in: query\n          explode: false", Kind::Style, ("Books::list", "authors", "authors: Option<"), "/paths/~1books/get/parameters/3", true),
        row("csv becomes separated by bars", "style: form", "style: pipeDelimited", Kind::Style, ("Books::list", "genres", "genres: Option<"), "/paths/~1books/get/parameters/2", true),
        row("type of a parameter", "schema: { type: integer }\n        - name: cursor", "schema: { type: string }\n        - name: cursor", Kind::Type, ("Books::list", "limit", "limit: Option<u32>"), "/paths/~1books/get/parameters/0/schema", false),
        row("list becomes one value", "- name: author\n          in: query\n          schema: { type: array, items: { type: string } }", "- name: author\n          in: query\n          schema: { type: string }", Kind::Type, ("Books::list", "authors", "authors: Option<"), "/paths/~1books/get/parameters/3/schema", false),
        row("removed value of a parameter", "enum: [title, added]", "enum: [added]", Kind::Value, ("Sort", "title", "Title,"), "/components/schemas/Sort", false),
        row("new value of a parameter", "enum: [title, added]", "enum: [title, added, author]", Kind::Value, ("Sort", "", "pub(crate) enum Sort"), "/components/schemas/Sort", false),
        row("fixed pair has another value", "enum: [\"2024-01-02\"]", "enum: [\"2025-01-02\"]", Kind::Value, ("Books::list", "api-version", "async fn list("), "/paths/~1books/get/parameters/6", false),
        row("other method", "    patch:\n      operationId: changeBook", "    put:\n      operationId: changeBook", Kind::Method, ("Shelves::change", "", "async fn change("), "/paths/~1books~1{book_id}", true),
        row("only other method", "    put:\n      operationId: setCover", "    post:\n      operationId: setCover", Kind::Method, ("Shelves::set_cover", "", "async fn set_cover("), "/paths/~1books~1{book_id}~1cover/post", true),
        row("other path", "  /events:", "  /book-events:", Kind::Path, ("Shelves::watch", "", "async fn watch("), "/paths/~1book-events/get", true),
        row("longer path", "  /login:", "  /session/login:", Kind::Path, ("Shelves::login", "", "async fn login("), "/paths/~1session~1login/post", true),
        row("other server path", "https://books.example.com/v1", "https://books.example.com/v2", Kind::Path, ("Books::list", "", "async fn list("), "/paths/~1books/get", true),
        row("media type of a request", "application/merge-patch+json", "application/json-patch+json", Kind::MediaType, ("Shelves::change", "", "async fn change("), "/paths/~1books~1{book_id}/patch/requestBody", true),
        row("form becomes JSON", "application/x-www-form-urlencoded", "application/json", Kind::MediaType, ("Shelves::login", "", "async fn login("), "/paths/~1login/post/requestBody", true),
        row("multipart becomes bytes", "multipart/form-data", "image/png", Kind::MediaType, ("Shelves::set_cover", "", "async fn set_cover("), "/paths/~1books~1{book_id}~1cover/put/requestBody", true),
        row("media type of a response", "text/event-stream", "application/x-ndjson", Kind::MediaType, ("Shelves::watch", "", "async fn watch("), "/paths/~1events/get/responses/200", false),
        row("removed request field", "        isbn: { type: string }\n", "", Kind::Field, ("Shelves::add", "isbn", "isbn: Option<&str>"), "/components/schemas/NewBook", true),
        row("renamed request field", "        notes: { type: [string, \"null\"] }", "        remarks: { type: [string, \"null\"] }", Kind::Field, ("Shelves::add", "notes", "notes: Nullable<&str>"), "/components/schemas/NewBook", true),
        row("new required request field", "      required: [title]\n      properties:\n", "      required: [title, language]\n      properties:\n        language: { type: string }\n", Kind::Need, ("Shelves::add", "", "async fn add("), "/components/schemas/NewBook/properties/language", true),
        row("request field becomes required", "      required: [title]\n", "      required: [title, isbn]\n", Kind::Need, ("Shelves::add", "isbn", "isbn: Option<&str>"), "/components/schemas/NewBook/properties/isbn", true),
        row("type of a request field", "        isbn: { type: string }", "        isbn: { type: integer }", Kind::Type, ("Shelves::add", "isbn", "isbn: Option<&str>"), "/components/schemas/NewBook/properties/isbn", false),
        row("renamed field of a form", "                remember: { type: boolean }", "                keep: { type: boolean }", Kind::Field, ("Shelves::login", "remember", "async fn login("), "/paths/~1login/post/requestBody/content/application~1x-www-form-urlencoded/schema", true),
        row("removed part", "                caption: { type: string }\n", "", Kind::Field, ("Shelves::set_cover", "caption", "async fn set_cover("), "/schema", true),
        row("request field is no longer nullable", "        notes: { type: [string, \"null\"] }", "        notes: { type: string }", Kind::Need, ("Shelves::add", "notes", "notes: Nullable<&str>"), "/components/schemas/NewBook/properties/notes", true),
        row("field within a field becomes required", "required: [room]", "required: [room, row]", Kind::Need, ("Shelf", "row", "pub(crate) row:"), "/components/schemas/Shelf/properties/row", false),
        row("renamed field within a field", "        room: { type: string }", "        hall: { type: string }", Kind::Field, ("Shelf", "room", "pub(crate) room:"), "/components/schemas/Shelf", false),
        row("removed response field", "        pages: { type: integer }\n", "", Kind::Field, ("Book", "pages", "pub(crate) pages:"), "/components/schemas/Book", false),
        row("renamed response field", "        added_at: { type: string, format: date-time }", "        added_on: { type: string, format: date-time }", Kind::Field, ("Book", "added", "pub(crate) added:"), "/components/schemas/Book", false),
        row("response field becomes optional", "required: [id, title, added_at, state]", "required: [id, added_at, state]", Kind::Need, ("Book", "title", "pub(crate) title:"), "/components/schemas/Book/properties/title", false),
        row("response field becomes nullable", "tags:\n          type: array", "tags:\n          type: [array, \"null\"]", Kind::Need, ("Book", "tags", "pub(crate) tags:"), "/components/schemas/Book/properties/tags", false),
        row("type of a response field", "pages: { type: integer }", "pages: { type: string }", Kind::Type, ("Book", "pages", "pub(crate) pages:"), "/components/schemas/Book/properties/pages", false),
        row("whole number becomes any number", "pages: { type: integer }", "pages: { type: number }", Kind::Type, ("Book", "pages", "pub(crate) pages:"), "/components/schemas/Book/properties/pages", false),
        row("time becomes a day", "format: date-time", "format: date", Kind::Type, ("Book", "added", "pub(crate) added:"), "/components/schemas/Book/properties/added_at", false),
        row("number becomes too large", "pages: { type: integer }", "pages: { type: integer, format: int64 }", Kind::Type, ("Book", "pages", "pub(crate) pages:"), "/components/schemas/Book/properties/pages", false),
        row("number becomes negative", "pages: { type: integer }", "pages: { type: integer, minimum: -1 }", Kind::Type, ("Book", "pages", "pub(crate) pages:"), "/components/schemas/Book/properties/pages", false),
        row("new value of a closed enum", "enum: [in_stock, lent]", "enum: [in_stock, lent, lost]", Kind::Value, ("State", "", "pub(crate) enum State"), "/components/schemas/State", false),
        row("removed value of a closed enum", "enum: [in_stock, lent]", "enum: [in_stock]", Kind::Value, ("State", "lent", "Lent,"), "/components/schemas/State", false),
        row("renamed envelope", "data: { $ref", "item: { $ref", Kind::Field, ("Shelves::get", "", "async fn get("), "/schema", false),
        row("new success status", "        \"202\":\n          description: Not ready.", "        \"202\":\n          description: Not ready.\n        \"204\":\n          description: Nothing.", Kind::Status, ("Shelves::export", "", "async fn export("), "/responses/204", false),
        row("other success status", "        \"202\":", "        \"302\":", Kind::Status, ("Exported", "", "Running,"), "/paths/~1books~1{book_id}~1export/post/responses", false),
        row("events become JSON", "text/event-stream", "application/json", Kind::MediaType, ("Shelves::watch", "", "async fn watch("), "/paths/~1events/get/responses/200", false),
        row("removed header of a response", "            ETag:", "            Last-Modified:", Kind::Field, ("Exported", "etag", "#[header(\"ETag\")]"), "/responses/200", false),
        row("success without a body", "        \"201\":\n          description: The book.\n          content:\n            application/json:\n              schema: { $ref: \"#/components/schemas/Book\" }", "        \"204\":\n          description: Nothing.", Kind::MediaType, ("Shelves::add", "", "async fn add("), "/paths/~1books/post/responses/204", false),
        row("new error status", "\"409\": { $ref", "\"423\": { $ref", Kind::Status, ("Shelves::add", "", "async fn add("), "/paths/~1books/post/responses/423", true),
        row("removed status of `none_on`", "        \"404\": { $ref", "        \"400\": { $ref", Kind::Status, ("Shelves::get", "", "async fn get("), "/paths/~1books~1{book_id}/get/responses", true),
        row("renamed field of an error", "        message: { type: string }", "        detail: { type: string }", Kind::Field, ("Problem", "message", "pub(crate) message:"), "/components/schemas/Problem", false),
        row("renamed variant of a union", "          removed: \"#", "          deleted: \"#", Kind::Value, ("BookEvent", "removed", "Removed("), "/components/schemas/Event", false),
        row("new variant of a union", "          removed: \"#", "          lent: \"#/components/schemas/Removed\"\n          removed: \"#", Kind::Value, ("BookEvent", "", "pub(crate) enum BookEvent"), "/components/schemas/Removed", false),
    ]
}

#[test]
fn each_planted_change_is_named_at_its_place() {
    let planted = planted();
    assert!(planted.len() >= 40, "{} changes", planted.len());
    let mistakes: Vec<_> = planted.iter().flat_map(Planted::mistakes).collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

impl Planted {
    /// Returns the ways in which the differences are not those of the change.
    fn mistakes(&self) -> Vec<String> {
        assert!(DESCRIPTION.contains(self.from), "{}", self.name);
        let changed = DESCRIPTION.replacen(self.from, self.to, 1);
        let by_source = self.mistake(&of_source(&changed), true);
        let by_endpoints = of_endpoints(&changed);
        let by_endpoints = if self.by_endpoints {
            self.mistake(&by_endpoints, false)
        } else {
            Some(lines(&by_endpoints)).filter(|lines| !lines.is_empty())
        };
        let mistakes = by_source.into_iter().chain(by_endpoints);
        mistakes.map(|mistake| format!("{}: {mistake}", self.name)).collect()
    }

    fn mistake(&self, found: &[Difference], has_source: bool) -> Option<String> {
        let item = Some(self.item).filter(|item| !item.is_empty());
        let is_it = |own: &&Difference| {
            (own.subject(), own.item(), own.kind()) == (self.subject, item, self.kind)
                && own.location().pointer.ends_with(self.pointer)
                && own.line().is_some() == has_source
                && own.line().is_none_or(|line| self.is_at(line))
        };
        let Some(difference) = found.iter().find(is_it) else {
            return Some(format!("not found in\n{}", lines(found)));
        };
        // Each further line is about the same place, or about a path that all endpoints share.
        let is_other = |other: &&Difference| {
            other.subject() != self.subject
                && other.location() != difference.location()
                && other.kind() != Kind::Path
        };
        let others: Vec<_> = found.iter().filter(is_other).cloned().collect();
        (!others.is_empty()).then(|| format!("also found\n{}", lines(&others)))
    }

    fn is_at(&self, line: usize) -> bool {
        SOURCE.lines().nth(line - 1).unwrap().contains(self.line)
    }
}
