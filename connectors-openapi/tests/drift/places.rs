//! Places of parameters and bodies, each with a declaration that fits and one that does not.

use connectors_openapi::Drift;

use crate::{document, lines};

/// Compares an endpoint with an operation. The declaration is a function of a trait, and what
/// follows it is beside the trait.
pub(crate) fn check(operation: &str, function: &str, types: &str) -> String {
    let description = format!(
        "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\nservers: [{{ url: 'https://x.example/{{base}}', variables: {{ base: \
         {{ default: api }} }} }}]\ncomponents: {{ securitySchemes: {{ k: {{ type: apiKey, in: query, name: api_key }} }} }}\n\
         paths:\n{operation}"
    );
    let source = format!("#[api_client]\ntrait Things {{\n{function}\n}}\n{types}");
    lines(
        &Drift::new().source_text(&document(&description), "api.rs", &source).unwrap().differences,
    )
}

fn query(parameters: &str) -> String {
    format!(
        "  /things: {{ get: {{ parameters: [{parameters}], responses: {{ '204': {{ description: a }} }} }} }}\n"
    )
}

#[test]
fn pairs_of_a_deep_object_are_compared_by_their_names() {
    let operation = query(
        "{ name: created, in: query, style: deepObject, explode: true, schema: { type: object, properties: { gte: { type: string }, \
         lt: { type: string } } } }",
    );
    let function = "#[get(\"things?created[gte]=<from>&created[lt]=<to>\")] async fn list(&self, from: Option<&str>, to: Option<&str>);";
    assert_eq!(check(&operation, function, ""), "");
    let found = check(&operation, &function.replace("created[lt]", "created[lte]"), "");
    assert!(
        found.contains("`to`: the description has no query parameter `created[lte]`"),
        "{found}"
    );
}

#[test]
fn a_struct_in_the_query_is_compared_by_its_fields() {
    let operation = query(
        "{ name: page, in: query, required: true, schema: { type: integer } }, { name: pageSize, in: query, schema: { type: integer } }",
    );
    let function = "#[get(\"things?<paging..>\")] async fn list(&self, paging: &Paging);";
    let paging = "#[derive(Serialize)] #[serde(rename_all = \"camelCase\")]\nstruct Paging {\npage: u32,\n#[serde(skip_serializing_if = \"Option::is_none\")] page_size: Option<u32> }";
    assert_eq!(check(&operation, function, paging), "");
    let found = check(&operation, function, &paging.replace("camelCase", "snake_case"));
    assert!(
        found.starts_with(
            "api.rs:8: Paging: `page_size`: the description has no query parameter `page_size`"
        ),
        "{found}"
    );
    let found = check(&operation, function, &paging.replace("page: u32", "page: Option<u32>"));
    assert!(found.starts_with("api.rs:7: Paging: `page`: the description requires"), "{found}");
    // The fields of a map are not known.
    assert_eq!(
        check(&operation, &function.replace("&Paging", "&BTreeMap<String, String>"), ""),
        ""
    );
}

#[test]
fn brackets_belong_to_the_name_or_to_the_style() {
    let operation =
        query("{ name: 'ids[]', in: query, schema: { type: array, items: { type: integer } } }");
    let with = |template: &str, ty: &str| {
        check(
            &operation,
            &format!("#[get(\"things?{template}\")] async fn list(&self, ids: {ty});"),
            "",
        )
    };
    assert_eq!(with("ids[]=<ids>", "Option<&[u32]>"), "");
    assert_eq!(with("<ids>", "Option<Bracketed<&[u32]>>"), "");
    let found = with("<ids>", "Option<&[u32]>");
    assert!(found.contains("no query parameter `ids`; it has `ids[]`"), "{found}");
    let found = with("ids[]=<ids>", "Option<CommaSeparated<&[u32]>>");
    assert!(
        found
            .contains("sent separated by commas and the description has it with its name repeated"),
        "{found}"
    );
}

#[test]
fn headers_are_compared_without_case_and_some_not_at_all() {
    let operation = query(
        "{ name: x-library, in: header, required: true, schema: { type: string } }, { name: Accept, in: header, required: true, \
         schema: { type: string } }, { name: X-Ids, in: header, schema: { type: array, items: { type: string } } }",
    );
    let function = "#[get(\"things\", headers(\"X-Sdk\" = \"1\"))] async fn list(&self, #[header(\"X-Library\")] library: &str, #[header(\"X-IDs\")] ids: Option<&[&str]>);";
    assert_eq!(check(&operation, function, ""), "");
    let found = check(&operation, &function.replace("X-Library", "X-Shelf"), "");
    assert!(
        found.contains("`library`: the description has no header `x-shelf`; it has `x-library`"),
        "{found}"
    );
    assert!(found.contains("requires the header parameter `x-library`"), "{found}");
}

#[test]
fn credentials_are_not_parameters() {
    let operation = query("{ name: api_key, in: query, required: true, schema: { type: string } }");
    assert_eq!(check(&operation, "#[get(\"things\")] async fn list(&self);", ""), "");
    let own = "#[get(\"things?<api_key>\")] async fn list(&self, api_key: &Secret);";
    assert_eq!(check(&operation, own, ""), "");
}

#[test]
fn the_path_of_a_server_may_be_in_the_template() {
    let operation = query("");
    for template in ["things", "/things", "api/things", "things?"] {
        let template = template.trim_end_matches('?');
        let function = format!("#[get(\"{template}\")] async fn list(&self);");
        assert_eq!(check(&operation, &function, ""), "", "{template}");
    }
    let found = check(&operation, "#[get(\"v2/things\")] async fn list(&self);", "");
    assert!(found.contains("the description has no `GET /v2/things`"), "{found}");
}

#[test]
fn a_server_without_a_scheme_begins_with_its_host() {
    let servers = "get: { servers: [{ url: //cdn.example/v3 }],";
    let operation = query("").replacen("get: {", servers, 1);
    assert_eq!(check(&operation, "#[get(\"v3/things\")] async fn list(&self);", ""), "");
    let with_host = "#[get(\"cdn.example/v3/things\")] async fn list(&self);";
    let found = check(&operation, with_host, "");
    assert!(found.contains("the description has no `GET /cdn.example/v3/things`"), "{found}");
}

#[test]
fn a_url_of_the_server_has_no_operation() {
    let function = "#[get(\"\")] async fn next(&self, #[url] next: &str) -> Vec<String>;";
    assert_eq!(check(&query(""), function, ""), "");
}

#[test]
fn placeholders_are_compared_by_position_and_type() {
    let operation = "  /things/{id}.{format}:\n    get:\n      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }, { name: format, in: path, required: true, \
                     schema: { type: string } }]\n      responses: { '204': { description: a } }\n";
    let function =
        "#[get(\"things/<number>.<kind>\")] async fn get(&self, number: u64, kind: &str);";
    assert_eq!(check(operation, function, ""), "");
    let found = check(operation, &function.replace("kind: &str", "kind: u8"), "");
    assert!(
        found.contains("`kind`: the description has a text, and the type is an integer"),
        "{found}"
    );
    let found = check(operation, &function.replace(".<", "-<"), "");
    assert!(found.contains("the description has no `GET /things/<number>-<kind>`"), "{found}");
}

fn body(media_type: &str, schema: &str) -> String {
    format!(
        "  /things: {{ post: {{ requestBody: {{ required: true, content: {{ {media_type}: {{ schema: {schema} }} }} }}, responses: \
         {{ '204': {{ description: a }} }} }} }}\n"
    )
}

#[test]
fn a_whole_body_is_compared_by_its_type() {
    let operation = body(
        "application/json",
        "{ type: object, required: [name], properties: { name: { type: string } } }",
    );
    let function = "#[post(\"things\")] async fn add(&self, #[body] thing: &Thing);";
    let thing = "#[derive(Serialize)] struct Thing { name: String }";
    assert_eq!(check(&operation, function, thing), "");
    let found = check(&operation, function, &thing.replace("name: String", "title: String"));
    assert!(
        found.contains("Thing: `title`: the description has no field `title`; it has `name`"),
        "{found}"
    );
    assert!(found.contains("Thing: the description requires the field `name`"), "{found}");
    let found = check(&operation, &function.replace("&Thing", "Option<&Thing>"), thing);
    assert!(found.contains("`thing`: the description requires the body"), "{found}");
    let found = check(&operation, function, &thing.replace("String", "Option<String>"));
    assert!(found.contains("`name` is required in the description"), "{found}");
}

#[test]
fn fields_are_spread_and_joined() {
    let operation = body(
        "application/json",
        "{ allOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, properties: { b: { type: \
         integer } } }] }",
    );
    let function = "#[post(\"things\")] async fn add(&self, a: &str, #[fields] more: &More);";
    let more = "#[derive(Serialize)] struct More { #[serde(skip_serializing_if = \"Option::is_none\")] b: Option<u8> }";
    assert_eq!(check(&operation, function, more), "");
    let found = check(&operation, function, &more.replace("b: Option<u8>", "b: Option<String>"));
    assert!(
        found.contains("More: `b`: the description has an integer, and the type is a text"),
        "{found}"
    );
}

#[test]
fn a_map_is_compared_with_the_members_that_it_can_have() {
    let operation = body(
        "application/json",
        "{ type: object, properties: { o: { type: object, properties: { a: { type: string }, id: { type: integer, readOnly: true } } } } }",
    );
    let function = "#[post(\"things\")] async fn add(&self, o: &HashMap<String, String>);";
    assert_eq!(check(&operation, function, ""), "");
    let found = check(&operation, &function.replace(", String>", ", u32>"), "");
    assert!(found.contains("the description has a text, and the type is an integer"), "{found}");
    let required = operation.replace("properties: { a:", "required: [a, id], properties: { a:");
    let missing = "the description requires the field `a`, which is not declared";
    let found = check(&required, function, "");
    assert!(found.contains(missing) && !found.contains("`id`"), "{found}");
    // A map beside fields.
    let fields =
        "#[derive(Serialize)] struct O { FIELD #[serde(flatten)] more: HashMap<String, String> }";
    let function = function.replace("HashMap<String, String>", "O");
    let found = check(&required, &function, &fields.replace("FIELD", ""));
    assert!(found.contains(missing), "{found}");
    assert_eq!(check(&required, &function, &fields.replace("FIELD", "a: String,")), "");
}

#[test]
fn an_option_that_is_sent_as_null_needs_a_nullable_field() {
    let operation = body(
        "application/json",
        "{ type: object, properties: { o: { type: object, properties: { a: { type: string } } } } }",
    );
    let function = "#[post(\"things\")] async fn add(&self, o: &O);";
    let found = check(&operation, function, "#[derive(Serialize)] struct O { a: Option<String> }");
    assert!(found.contains("O: `a`: the field is sent as null if it is not set"), "{found}");
    let nullable = operation.replace("a: { type: string }", "a: { type: [string, 'null'] }");
    assert_eq!(
        check(&nullable, function, "#[derive(Serialize)] struct O { a: Option<String> }"),
        ""
    );
}

#[test]
fn a_body_of_a_get_is_a_difference() {
    let found = check(
        &query("{ name: a, in: query, schema: { type: string } }"),
        "#[get(\"things\")] async fn list(&self, #[field] a: &str);",
        "",
    );
    assert!(
        found.contains("`a` is a field of the body here and a query parameter in the description"),
        "{found}"
    );
}

fn reply(schema: &str) -> String {
    format!(
        "  /things: {{ get: {{ responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {schema} }} }} }} }} }} }}\n"
    )
}

const GET: &str = "#[get(\"things\")] async fn get(&self) -> Thing;";

#[test]
fn a_text_or_a_number_is_neither() {
    let operation = reply(
        "{ type: object, required: [a], properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }",
    );
    let found = check(&operation, GET, "#[derive(Deserialize)] struct Thing { a: String }");
    assert!(
        found.contains(
            "Thing: `a`: the description has a text or an integer, and the type is a text"
        ),
        "{found}"
    );
    assert_eq!(check(&operation, GET, "#[derive(Deserialize)] struct Thing { a: Value }"), "");
}

#[test]
fn generic_newtype_and_flattened_types_are_looked_through() {
    let operation = reply(
        "{ type: object, required: [data, total], properties: { data: { type: array, items: { type: object, required: [id], properties: \
         { id: { type: integer } } } }, total: { type: integer } } }",
    );
    let types = "type Thing = Page<Item>;\n#[derive(Deserialize)] struct Page<T> { data: Vec<T>, #[serde(flatten)] rest: Rest }\n\
                 #[derive(Deserialize)] struct Rest { total: Count }\n#[derive(Deserialize)] struct Count(u64);\n\
                 #[derive(Deserialize)] struct Item { id: u64 }";
    assert_eq!(check(&operation, GET, types), "");
    let found = check(&operation, GET, &types.replace("Item { id: u64 }", "Item { id: String }"));
    assert!(
        found.contains(
            "api.rs:9: Item: `id`: the description has an integer, and the type is a text"
        ),
        "{found}"
    );
    let found = check(&operation, GET, &types.replace("Count(u64)", "Count(bool)"));
    assert!(
        found.contains("Rest: `total`: the description has an integer, and the type is a boolean"),
        "{found}"
    );
    let found = check(&operation, GET, &types.replace("total: Count", "totals: Count"));
    assert!(found.contains("the description has no field `totals`; it has `total`"), "{found}");
}

#[test]
fn types_that_contain_themselves_end() {
    let description = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /things: { get: { responses: { '200': { description: a, \
                       content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } } } } }\ncomponents: { schemas: { Tree: \
                       { type: object, properties: { name: { type: string }, children: { type: array, items: { $ref: \
                       '#/components/schemas/Tree' } } } } } }\n";
    let source = "#[api_client] trait Things { #[get(\"things\")] async fn get(&self) -> Tree; }\n\
                  #[derive(Deserialize)] struct Tree { name: Option<u8>, children: Option<Vec<Tree>> }\ntype Loop = Loop;\nstruct Empty;";
    let report = Drift::new().source_text(&document(description), "api.rs", source).unwrap();
    assert_eq!(report.differences.len(), 1, "{}", lines(&report.differences));
    assert!(report.differences[0].to_string().contains("Tree: `name`"));
}

#[test]
fn types_without_a_definition_are_listed() {
    let operation = reply("{ type: object, properties: { a: { type: string } } }");
    let description =
        format!("openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\npaths:\n{operation}");
    let source = format!("#[api_client] trait Things {{ {GET} }}");
    let report = Drift::new().source_text(&document(&description), "api.rs", &source).unwrap();
    assert_eq!(report.unknown_types, ["Thing"]);
    assert_eq!(report.endpoints, 1);
}

#[test]
fn an_empty_source_is_refused() {
    let none = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:";
    let read = document(&format!("{none} {{ /a: {{ get: {{ responses: {{}} }} }} }}\n"));
    let error = Drift::new().source_text(&read, "api.rs", "struct A;").unwrap_err();
    assert_eq!(
        error.to_string(),
        "api.rs: no trait with `#[api_client]` declares an endpoint here"
    );
    // Control: a description without operations has no endpoints either.
    let read = document(&format!("{none} {{}}\n"));
    let report = Drift::new().source_text(&read, "api.rs", "struct A;").unwrap();
    assert_eq!((report.endpoints, report.differences.len()), (0, 0));
}
