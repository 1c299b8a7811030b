//! Generated source fits the description that it was generated from.

use connectors_openapi::model::Document;
use connectors_openapi::{Drift, Steering, generate};

use crate::planted::planted;
use crate::{DESCRIPTION, document, lines};

fn differences(description: &str) -> String {
    let document = document(description);
    let source = generate(&document, &Steering::default()).unwrap().source;
    let report = Drift::new().source_text(&document, "generated.rs", &source).unwrap();
    assert!(report.endpoints > 5 && report.unknown_types.is_empty(), "{report:?}");
    lines(&report.differences)
}

#[test]
fn generated_source_has_no_differences() {
    assert_eq!(differences(DESCRIPTION), "");
    assert_eq!(differences(include_str!("connectors.yaml")), "");
}

/// Returns a description of an operation that sends and receives the schema `A`.
fn described(schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /a: {{ post: {{ operationId: addA, requestBody: {{ \
         required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }}, responses: {{ '200': \
         {{ description: a, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} \
         }}\ncomponents:\n  schemas:\n{schema}"
    )
}

/// Asserts that the source that is generated for the schema `A` fits it.
pub(crate) fn fits(schema: &str) -> String {
    let document = document(&described(schema));
    let source = generate(&document, &Steering::default()).unwrap().source;
    let report = Drift::new().source_text(&document, "generated.rs", &source).unwrap();
    assert_eq!(lines(&report.differences), "", "{source}");
    source
}

/// A tag with several values for an object, whose other members are needed by turns.
#[test]
fn members_that_are_needed_by_turns_make_no_union() {
    fits(
        "    A:\n      oneOf: [{ $ref: '#/components/schemas/Us' }, { $ref: '#/components/schemas/Other' }]\n    \
         Us: { type: object, required: [country, zip], properties: { country: { type: string, enum: [US] }, zip: { type: string } } }\n    \
         Other:\n      allOf:\n        - type: object\n          required: [country]\n          properties: { country: { \
         type: string, enum: [FR, DE, IT] }, name: { type: string }, company: { type: string } }\n          anyOf: [{ required: [name] }, \
         { required: [company] }]\n",
    );
}

/// One variant has a member, and the other has nothing but a title.
#[test]
fn a_member_of_one_variant_is_not_needed_in_others_without_members() {
    fits(
        "    A:\n      type: object\n      properties: { archived: { type: boolean } }\n      oneOf:\n        - { title: list, \
         required: [options], properties: { options: { type: array, items: { type: string } } } }\n        - { title: other }\n",
    );
}

/// Variants beside common members list other texts, and other types.
#[test]
fn a_member_that_variants_describe_in_different_ways_fits_all() {
    let schema = "    A:\n      type: object\n      properties: { name: { type: string } }\n      oneOf:\n        - { required: [kind], \
                  properties: { kind: { type: string, enum: [list] }, limit: { type: integer }, details: { type: object, properties: { a: \
                  { type: string } } } } }\n        - { properties: { kind: { type: string, enum: [text, date] }, limit: { type: number \
                  }, details: { type: string } } }\n";
    let source = fits(schema);
    for field in ["kind: Option<AKind>", "limit: Option<f64>", "details: Option<ADetails>"] {
        assert!(source.contains(field), "{field}: {source}");
    }
    let values = source.split_once("pub enum AKind {").unwrap().1;
    assert!(
        values.trim_start().starts_with("List,\n    Text,\n    Date,\n    Unknown"),
        "{source}"
    );
}

/// A constant of one variant is not sent with the others.
#[test]
fn a_constant_of_one_variant_is_not_fixed() {
    let source = fits(
        "    A:\n      type: object\n      properties: { name: { type: string } }\n      oneOf:\n        - { required: [kind], \
         properties: { kind: { type: string, enum: [list] } } }\n        - { required: [kind], properties: { kind: { type: string, \
         enum: [text] } } }\n        - { properties: { note: { type: string } } }\n",
    );
    assert!(source.contains("pub enum AKind {\n    List,\n    Text,\n"), "{source}");
    assert!(!source.contains("fields(kind"), "{source}");
}

/// Returns true if the source has all of these lines, with any spaces before them.
#[track_caller]
pub(crate) fn has_lines(source: &str, expected: &[&str]) {
    for line in expected {
        assert!(source.lines().any(|own| own.trim() == *line), "{line}: {source}");
    }
}

/// Lists of other items, objects with other members, and texts with the same values.
#[test]
fn lists_and_objects_that_variants_describe_in_different_ways_fit_all() {
    let source = fits(
        r"
    A:
      type: object
      properties: { name: { type: string } }
      oneOf:
        - properties:
            tags: { type: array, items: { type: string } }
            owner: { type: object, required: [id], properties: { id: { type: string } } }
            state: { type: string, enum: [on, off] }
        - properties:
            tags: { type: array, items: { type: integer } }
            owner: { type: object, required: [team], properties: { team: { type: integer } } }
            state: { type: string, enum: [on, off] }
",
    );
    has_lines(&source, &["pub tags: Option<ATags>,", "pub owner: Option<AOwner>,"]);
    has_lines(&source, &["Text(Vec<String>),", "Integer(Vec<i64>),", "pub enum AState {"]);
    has_lines(&source, &["pub id: String,", "pub team: i64,"]);
}

/// A part of a schema that only requires members of another one.
#[test]
fn a_schema_that_only_requires_members_is_a_type_of_its_own() {
    let parts = [
        "allOf: [{ $ref: '#/components/schemas/B' }, { required: [name] }]",
        "allOf: [{ $ref: '#/components/schemas/B' }]\n      required: [name]",
        "$ref: '#/components/schemas/B'\n      required: [name]",
        "allOf: [{ $ref: '#/components/schemas/B' }]\n      anyOf: [{ required: [name] }, { required: [name, size] }]",
        "$ref: '#/components/schemas/B'\n      required: [unknown]",
    ];
    let needs_name = parts.map(|part| {
        let source = fits(&format!(
            "    A:\n      {part}\n    B: {{ type: object, properties: {{ name: {{ type: string }}, \
             size: {{ type: integer }} }} }}\n"
        ));
        source.contains("pub name: String")
    });
    assert_eq!(needs_name, [true, true, true, true, false]);
}

/// Types that no value has, and types that another part of the schema makes more exact.
#[test]
fn schemas_whose_parts_contradict_each_other_have_the_type_of_their_values() {
    let source = fits(
        r"
    A:
      type: object
      required: [version, retired, status, limit, scope, envelope]
      properties:
        version: { type: string, enum: [3, 4] }
        retired: { type: string, enum: [true, false] }
        status: { type: string, properties: { open: { description: It is open. } } }
        limit: { type: number, format: int32 }
        scope: { allOf: [{ $ref: '#/components/schemas/Scope' }, { type: string, nullable: true }] }
        envelope: { oneOf: [{ type: boolean }, { type: object }], properties: { id: { type: string } } }
    Scope: { type: string, enum: [mine, all] }
",
    );
    has_lines(&source, &["pub version: i64,", "pub retired: bool,", "pub status: String,"]);
    has_lines(&source, &["pub limit: i32,", "pub scope: Scope,", "pub envelope: Value,"]);
    has_lines(&source, &["Mine,", "All,"]);
}

/// References to the schema around them, of JSON Schema 2019-09 and 2020-12.
#[test]
fn a_schema_can_refer_to_itself_by_its_place() {
    for reference in ["$recursiveRef: '#'", "$dynamicRef: '#a'", "$ref: '#b'"] {
        let source = fits(&format!(
            "    A:\n      type: object\n      $dynamicAnchor: a\n      $anchor: b\n      properties: {{ parts: {{ \
             type: array, items: {{ {reference} }} }} }}\n"
        ));
        has_lines(&source, &["pub parts: Option<Vec<A>>,"]);
    }
    let elsewhere = "    A: { type: object, properties: { part: { $dynamicRef: '#b' } } }\n    \
                     B: { $anchor: b, type: object, properties: { name: { type: string } } }\n";
    has_lines(&fits(elsewhere), &["pub part: Option<B>,"]);
    let unknown = "    A: { type: object, properties: { part: { $ref: '#other' } } }\n";
    let warnings = document(&described(unknown)).warnings;
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].to_string().contains("`#other`: no schema has this `$anchor`"),
        "{warnings:?}"
    );
}

/// A member that has several types is compared with each of them.
#[test]
fn a_type_that_fits_one_of_several_descriptions_is_told() {
    let schema = r"
    A:
      type: object
      properties: { name: { type: string } }
      oneOf: [{ properties: { limit: { type: integer } } }, { properties: { limit: { type: string } } }]
";
    let document = document(&described(schema));
    let told = |limit: &str| {
        let source = format!(
            "#[api_client] trait As {{ #[post(\"a\")] async fn add(&self, #[body] a: &A) -> A; }}\n\
             #[skip_unset] #[derive(Deserialize, Serialize)] struct A {{ name: Option<String>, limit: Option<{limit}> }}"
        );
        let report = Drift::new().source_text(&document, "a.rs", &source).unwrap();
        report.differences.iter().map(|one| one.message().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told("Value"), [""; 0]);
    assert_eq!(
        told("i64"),
        ["the description has an integer or a text, and the type is an integer"]
    );
    assert_eq!(
        told("bool")[0],
        "the description has an integer or a text, and the type is a boolean"
    );
}

/// An object that unions tell apart by other members. Each union writes its own tag only.
#[test]
fn an_object_keeps_a_tag_that_one_of_its_unions_does_not_write() {
    let source = fits(
        r"
    A:
      type: object
      required: [one, two, three]
      properties:
        one: { oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Y' }] }
        two: { oneOf: [{ $ref: '#/components/schemas/X' }, { $ref: '#/components/schemas/Z' }] }
        three: { oneOf: [{ $ref: '#/components/schemas/Y' }, { $ref: '#/components/schemas/V' }] }
    X:
      type: object
      required: [kind, form]
      properties: { kind: { type: string, enum: [x] }, form: { type: string, enum: [round] } }
    Y: { type: object, required: [kind, y], properties: { kind: { type: string, enum: [y] }, y: { type: integer } } }
    Z: { type: object, required: [form, z], properties: { form: { type: string, enum: [flat] }, z: { type: integer } } }
    V: { type: object, required: [kind, v], properties: { kind: { type: string, enum: [v] }, v: { type: integer } } }
",
    );
    let fields = |name: &str| source.split_once(&format!("pub struct {name} {{")).unwrap().1;
    let fields = |name: &str| fields(name).split_once('}').unwrap().0.to_owned();
    assert_eq!(fields("X").matches("pub ").count(), 2, "{source}");
    assert_eq!(fields("Y").trim(), "pub y: i64,");
    assert_eq!(fields("Z").trim(), "pub z: i64,");
}

/// Null as a variant, in the forms that generators of descriptions write.
#[test]
fn a_variant_that_stands_for_null_makes_the_member_optional() {
    for null in ["{ type: object, nullable: true }", "{ nullable: true }", "{ type: 'null' }"] {
        let source = fits(&format!(
            "    A:\n      type: object\n      required: [part]\n      properties:\n        part: {{ anyOf: [{{ $ref: \
             '#/components/schemas/B' }}, {null}] }}\n    B: {{ type: object, required: [n], properties: {{ n: {{ type: \
             integer }} }} }}\n"
        ));
        assert!(source.contains("pub part: Option<B>"), "{null}: {source}");
    }
}

/// Lists with null in them, lines of JSON, and objects that are one text.
#[test]
fn parts_lines_and_objects_in_one_pair_fit() {
    let description = r"
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /a/{filter}:
    post:
      operationId: listA
      parameters:
        - { name: filter, in: path, required: true, schema: { type: object, properties: { a: { type: string } } } }
        - { name: spaced, in: query, style: spaceDelimited, explode: false, schema: { type: object, properties: { a: { type: string } } } }
        - { name: piped, in: query, style: pipeDelimited, explode: false, schema: { type: object, properties: { a: { type: string } } } }
        - { name: listed, in: query, explode: false, schema: { type: object, additionalProperties: { type: string } } }
        - { name: deep, in: query, style: deepObject, schema: { type: object, properties: { a: { type: string } } } }
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: { type: object, required: [n], properties: { n: { type: array, items: { type: [integer, 'null'] } } } }
      responses: { '200': { description: a, content: { application/x-jsonl: { schema: { type: string } } } } }
";
    let document = document(description);
    let source = generate(&document, &Steering::default()).unwrap().source;
    let report = Drift::new().source_text(&document, "generated.rs", &source).unwrap();
    assert_eq!(lines(&report.differences), "", "{source}");
    has_lines(&source, &["filter: &str,", "n: &[i64],", "spaced: Option<&str>,"]);
    has_lines(&source, &["piped: Option<&str>,", "listed: Option<&str>,"]);
    assert!(source.contains("-> JsonLines<Value>"), "{source}");
    assert!(!source.contains("deep: Option<&str>"), "{source}");
}

/// Returns the source of an operation with this body and these responses, which fits its description.
pub(crate) fn source_of(operation: &str, schemas: &str) -> String {
    let description = format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /chats:\n    post:\n      operationId: \
         addChat\n      tags: [api]\n{operation}\n  /dogs: {{ get: {{ tags: [dogs], responses: {{ '204': {{ description: a \
         }} }} }} }}\ncomponents:\n  schemas:\n{schemas}"
    );
    let document = document(&description);
    let source = generate(&document, &Steering::default()).unwrap().source;
    let report = Drift::new().source_text(&document, "generated.rs", &source).unwrap();
    assert_eq!(lines(&report.differences), "", "{source}");
    source
}

/// A list of modes chooses between data and events, as the flag `stream` does. The tag `api` gives a
/// client the name of a derive.
#[test]
fn a_mode_of_streaming_gives_two_methods() {
    let operation = |modes: &str| {
        format!(
            "      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object, required: \
             [mode], properties: {{ text: {{ type: string }}, mode: {{ type: string, enum: [{modes}] }} }} }} }} }} }}\n      \
             responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {{ type: object, properties: {{ \
             a: {{ type: string }} }} }} }}, text/event-stream: {{ schema: {{ type: string }} }} }} }} }}"
        )
    };
    let none = "    A: { type: string }\n";
    let source = source_of(&operation("streaming, blocking"), none);
    has_lines(&source, &[r#"#[post("", fields(mode = "blocking"))]"#]);
    assert!(source.contains(r#"fields(mode = "streaming")"#), "{source}");
    assert!(source.contains("add_chat_stream(") && !source.contains("mode: "), "{source}");
    has_lines(&source, &["pub api: ApiClient,"]);
    assert!(!source.contains("{ApiClient"), "{source}");
    let several = source_of(&operation("blocking, streaming, batch"), none);
    assert_eq!(several.matches("mode: &AddChatMode").count(), 1, "{several}");
}

/// A list has no names for its parts.
#[test]
fn a_list_of_parts_is_left_out_with_its_reason() {
    let description = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n  /a: { post: { requestBody: { content: { \
                       multipart/form-data: { schema: { type: array, items: { type: string } } } } }, responses: { '204': { \
                       description: a } } } }\n";
    let left_out = generate(&document(description), &Steering::default()).unwrap().left_out;
    assert_eq!(left_out.len(), 1);
    assert!(left_out[0].to_string().ends_with("the parts of the multipart form have no names"));
}

#[test]
fn a_response_without_content_has_none_even_if_it_is_described() {
    let described =
        "{ description: a, content: { application/json: { schema: { type: object } } } }";
    let operation = format!(
        "      responses: {{ '200': {described}, '204': {described}, '205': {described} }}"
    );
    let source = source_of(&operation, "    A: { type: string }\n");
    has_lines(&source, &["async fn add_chat(&self) -> Option<Map<String, Value>>;"]);
}

#[test]
fn a_hash_names_no_method() {
    let hash = DESCRIPTION.replacen(
        "operationId: ",
        "operationId: 014d459354b1309064ac8ab6993c7394 # ",
        1,
    );
    let source = generate(&document(&hash), &Steering::default()).unwrap().source;
    assert_ne!(hash, DESCRIPTION);
    assert!(!source.to_lowercase().contains("014d45"), "{source}");
}

/// Objects that only differ within a member. serde takes the first one, and drops what it lacks.
#[test]
fn variants_that_differ_within_a_member_do_not_hide_each_other() {
    let operation = "      responses: { '200': { description: a, content: { application/json: { schema: { oneOf: [{ $ref: \
                     '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] } } } } }";
    let schemas = "    A: { type: object, properties: { data: { type: array, items: { type: object, properties: { a: { type: \
                   string } } } } } }\n    B: { type: object, properties: { data: { type: array, items: { type: object, \
                   properties: { b: { type: string } } } } } }\n";
    let source = source_of(operation, schemas);
    has_lines(&source, &["pub data: Option<Value>,"]);
}

/// A union with a tag beside an object that would take each of its variants. It has a tag of its own
/// or that of the union around it, and shares a value of it with the object or not.
#[test]
fn no_object_hides_a_union_with_a_tag() {
    let key = "    Key: { oneOf: [{ $ref: '#/components/schemas/Rsa' }, { $ref: '#/components/schemas/Ec' }] }\n    Rsa: { type: object, \
               required: [kty], properties: { kty: { type: string, enum: [rsa] }, n: { type: string } } }\n    Ec: { type: object, \
               required: [kty], properties: { kty: { type: string, enum: [ec] }, x: { type: string } } }\n";
    let variants = "{ $ref: '#/components/schemas/Key' }, { $ref: '#/components/schemas/Plain' }";
    let plain = |members: &str| {
        format!(
            "    Plain: {{ type: object, properties: {{ use: {{ type: string }}{members} }} }}\n"
        )
    };
    let alone = fits(&format!("    A: {{ oneOf: [{variants}] }}\n{key}{}", plain("")));
    has_lines(&alone, &["Rsa(Rsa),", "Ec(Ec),", "#[open_union(untagged)]", "Plain(Plain),"]);
    let tag = ", kty: { type: string, enum: [rsa] }";
    let shared = fits(&format!("    A: {{ oneOf: [{variants}] }}\n{key}{}", plain(tag)));
    has_lines(&shared, &["Rsa(ARsa),", "Ec(Ec),", "Plain(Plain),"]);
    let several = ", kty: { type: string, enum: [rsa, ec, oct] }";
    let several = fits(&format!("    A: {{ oneOf: [{variants}] }}\n{key}{}", plain(several)));
    has_lines(&several, &["Rsa(ARsa),", "Ec(AEc),", "Plain(Plain),"]);
    let around = "    A:\n      oneOf: [{ $ref: '#/components/schemas/Oct' }, VARIANTS]\n      discriminator: { propertyName: kty, mapping: { oct: \
                  '#/components/schemas/Oct' } }\n    Oct: { type: object, required: [kty, k], properties: { kty: { type: string }, k: { \
                  type: string } } }\n";
    let around = fits(&format!("{}{key}{}", around.replace("VARIANTS", variants), plain("")));
    has_lines(&around, &["Oct(Oct),", "Rsa(Rsa),", "Ec(Ec),", "Plain(Plain),"]);
}

/// A union within a union gets one more variant.
#[test]
fn a_variant_of_a_union_within_is_told_if_it_is_not_declared() {
    let described = |more: &str| {
        let object = |name: &str| {
            format!(
                "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ type: string, enum: [{name}] }} }} }}\n"
            )
        };
        let within = format!(
            "    B: {{ oneOf: [{{ $ref: '#/components/schemas/x' }}, {{ $ref: '#/components/schemas/y' }}{more}] }}\n"
        );
        let union = "    A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/S' }] }\n    S: { type: object, properties: { s: { \
                     type: string } } }\n";
        described(&[union, &within, &object("x"), &object("y"), &object("z")].concat())
    };
    let source = generate(&document(&described("")), &Steering::default()).unwrap().source;
    has_lines(&source, &["X,", "Y,", "S(S),"]);
    let more = document(&described(", { $ref: '#/components/schemas/z' }"));
    let found = lines(&Drift::new().source_text(&more, "a.rs", &source).unwrap().differences);
    assert!(
        found.contains("the variant with `kind` = `z` of the description is not declared"),
        "{found}"
    );
}

/// A member that only tells variants apart is written by the union. It is there for serde all the
/// same.
#[test]
fn a_tag_that_the_union_writes_counts_as_a_member() {
    let source = fits(
        "    A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }, { $ref: '#/components/schemas/D' }] }\n    B: { \
         type: object, required: [kind, id], properties: { kind: { type: string, enum: [b] }, id: { type: string } } }\n    C: { type: object, \
         required: [kind, id], properties: { kind: { type: string, enum: [b] }, id: { type: string }, more: { type: string } } }\n    D: { type: \
         object, required: [kind, c], properties: { kind: { type: string, enum: [d] }, c: { $ref: '#/components/schemas/B' } } }\n",
    );
    has_lines(&source, &["pub more: Option<String>,"]);
    let order = source.find("C(C)").unwrap() < source.find("B(B)").unwrap();
    assert!(order, "{source}");
}

/// Types that no part has a value of, and parts that the schema itself has none of.
#[test]
fn a_schema_and_its_parts_that_contradict_each_other_are_settled() {
    let member = |schema: &str| {
        let enums = "    Small: { type: string, enum: [s, m] }\n    Large: { type: string, enum: [l, xl] }\n    Thing: { properties: { a: { \
                     type: string } } }\n";
        fits(&format!("    A: {{ type: object, properties: {{ size: {schema} }} }}\n{enums}"))
    };
    let [small, large, thing] = ["Small", "Large", "Thing"]
        .map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"));
    let one = member(&format!("{{ type: object, allOf: [{small}] }}"));
    has_lines(&one, &["pub size: Option<Small>,"]);
    let two = member(&format!("{{ type: object, oneOf: [{small}, {large}] }}"));
    has_lines(&two, &["pub size: Option<ASize>,", "Xl,"]);
    let list = member(&format!("{{ type: array, items: {small}, anyOf: [{thing}, {thing}] }}"));
    has_lines(&list, &["pub size: Option<Vec<Small>>,"]);
    let value = member("{ type: [string, integer], enum: [a, b] }");
    has_lines(&value, &["pub size: Option<ASize>,"]);
    // Control: parts with a value of the type are not touched.
    let text = member("{ type: string, anyOf: [{ type: string }, { type: integer }] }");
    has_lines(&text, &["Integer(i64),", "Text(String),"]);
    let number =
        member("{ type: number, anyOf: [{ type: integer }, { type: integer, minimum: 0 }] }");
    has_lines(&number, &["pub size: Option<i64>,"]);
}

/// A body whose members are all read-only would be empty.
#[test]
fn a_body_of_read_only_members_has_them() {
    let schema = "    A: { type: object, required: [id], properties: { id: { type: string, readOnly: true } } }\n";
    let body = "      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }\n      \
                responses: { '204': { description: a } }";
    let source = source_of(body, schema);
    assert!(source.contains("id: &str"), "{source}");
}

#[test]
fn a_part_that_says_nothing_allows_null() {
    let body = "      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [tags], properties: { \
                tags: { allOf: [{ $ref: '#/components/schemas/Tags' }, { description: Names. }] } } } } } }\n      responses: { '204': { \
                description: a } }";
    let tags = "    Tags: { type: array, nullable: true, items: { type: string } }\n";
    let source = source_of(body, tags);
    assert!(source.contains("tags: Nullable<&[&str]>"), "{source}");
    let form = body.replace("application/json", "application/x-www-form-urlencoded");
    source_of(&form, tags);
}

/// A description without a host, as services have that people run themselves.
#[test]
fn another_path_of_the_same_host_is_a_trait_of_its_own() {
    let description = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\nservers: [{ url: /api/v2 }]\npaths:\n  /things: { get: { tags: \
                       [things], responses: { '204': { description: a } } } }\n  /ping: { get: { tags: [things], servers: [{ url: '' }], responses: \
                       { '204': { description: a } } }, head: { tags: [things], operationId: check, requestBody: { content: { \
                       application/json: {} } }, responses: { '204': { description: a } } } }\n";
    let document = document(description);
    let generated = generate(&document, &Steering::default()).unwrap();
    let left_out = generated.left_out.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(left_out.is_empty(), "{left_out:?}");
    let docs = "/// Its base URL is that of the host with the path `/`.";
    has_lines(&generated.source, &[docs, "pub trait ThingsRoot {", "#[get(\"ping\")]"]);
    let warnings: Vec<String> = generated.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings[0].contains("a HEAD request has no body"), "{warnings:?}");
    let report = Drift::new().source_text(&document, "a.rs", &generated.source).unwrap();
    assert_eq!((report.endpoints, lines(&report.differences).as_str()), (3, ""));
}

/// Three operations whose error bodies are written out each time. One differs in the second form.
#[test]
fn the_error_body_of_most_operations_is_typed() {
    let body = |member: &str| {
        format!(
            "{{ description: a, content: {{ application/json: {{ schema: {{ type: object, required: [{member}], properties: {{ {member}: {{ \
             type: string }} }} }} }} }} }}"
        )
    };
    let label = "parameters: [{ name: id, in: path, required: true, style: label, schema: { type: string } }], ";
    let operation = |path: &str, member: &str, more: &str| {
        let responses = format!("{{ '204': {{ description: a }}, '404': {} }}", body(member));
        format!("  /{path}: {{ get: {{ {more}tags: [things], responses: {responses} }} }}\n")
    };
    let described = |last: &str| {
        let all = [("a", "code"), ("b", "code"), ("c", last)];
        let paths = all.map(|(path, member)| operation(path, member, "")).concat();
        document(&format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n{paths}"))
    };
    let differences = |document: &Document, source: &str| {
        lines(&Drift::new().source_text(document, "a.rs", source).unwrap().differences)
    };
    let (equal, differing) = (described("code"), described("reason"));
    let source = generate(&equal, &Steering::default()).unwrap().source;
    has_lines(&source, &["NotFound(Option<ShopErrorNotFound>),", "pub code: String,"]);
    assert_eq!(differences(&equal, &source), "");
    assert_eq!(generate(&differing, &Steering::default()).unwrap().source, source);
    assert_eq!(differences(&differing, &source), "");
    // Operations that are left out have no say.
    let with_left_out = document(&format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n{}{}",
        operation("a", "code", ""),
        ["b", "c"].map(|path| operation(&format!("{path}/{{id}}"), "reason", label)).concat()
    ));
    let generated = generate(&with_left_out, &Steering::default()).unwrap();
    assert_eq!(generated.left_out.len(), 2);
    has_lines(&generated.source, &["pub code: String,"]);
    assert_eq!(differences(&with_left_out, &generated.source), "");
    // Control: a body that most operations do not have is a difference.
    let other = source.replace("pub code: String", "pub reason: String");
    let found = differences(&differing, &other);
    assert!(found.contains("the description has no field `reason`"), "{found}");
    assert!(!found.contains("`code` of the description"), "{found}");
}

/// A secret is sent as a field or an argument. Elsewhere it is a text.
#[test]
fn a_list_of_passwords_is_one_of_texts() {
    let body = |schema: &str| {
        let operation = format!(
            "      requestBody: {{ required: true, content: {{ application/json: {{ schema: {schema} }} }} }}\n      responses: {{ '204': {{ \
             description: a }} }}"
        );
        source_of(&operation, "    A: { type: string }\n")
    };
    let password = "{ type: string, format: password }";
    let fields = format!(
        "{{ type: object, properties: {{ one: {password}, all: {{ type: array, items: {password} }} }} }}"
    );
    let source = body(&fields);
    assert!(source.contains("one: Option<&Secret>"), "{source}");
    assert!(source.contains("all: Option<&[&str]>"), "{source}");
    let whole = body(password);
    assert!(whole.contains("#[body] body: &str"), "{whole}");
}

/// The server chooses the response that has what the request accepts.
#[test]
fn a_media_type_of_one_status_is_enough() {
    let reply = |status: &str, version: u8| {
        format!(
            "'{status}': {{ description: a, content: {{ application/vnd.a.v{version}+json: {{ schema: {{ type: object, properties: {{ a: {{ \
             type: string }} }} }} }} }} }}"
        )
    };
    let responses = format!("      responses: {{ {}, {} }}", reply("200", 1), reply("201", 2));
    source_of(&responses, "    A: { type: string }\n");
}

#[test]
fn a_body_of_any_type_is_what_the_caller_writes() {
    let responses = "responses: { '204': { description: a } }";
    let any = format!(
        "      requestBody: {{ required: true, content: {{ '*/*': {{ schema: {{}} }} }} }}\n      {responses}"
    );
    let none = "    A: { type: string }\n";
    let source = source_of(&any, none);
    assert!(source.contains("#[body] content: Body"), "{source}");
    let json = source_of(&any.replace("'*/*'", "application/json"), none);
    assert!(json.contains("#[body] body: &Value"), "{json}");
}

/// Two groups of three objects each, of which serde would take the first.
#[test]
fn groups_of_variants_that_are_merged_have_names_of_their_own() {
    let names = ["x1", "x2", "x3", "y1", "y2", "y3"];
    let refs = names.map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}")).join(", ");
    let operation = format!(
        "      responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {{ oneOf: [{refs}] }} }} }} }} }}"
    );
    let schema = |name: &str| {
        let needed = &name[..1];
        format!(
            "    {name}: {{ type: object, required: [{needed}], properties: {{ {needed}: {{ type: string }}, of_{name}: {{ \
             type: string }} }} }}\n"
        )
    };
    let source = source_of(&operation, &names.map(schema).concat());
    has_lines(&source, &["Object(AddChatResponseObject),", "Object2(AddChatResponseObject2),"]);
}

/// The property says who has it, and the schema that it refers to only if it does not.
#[test]
fn a_property_decides_before_its_schema_who_has_it() {
    let source = fits(
        "    A:\n      type: object\n      required: [own, other]\n      properties:\n        own: { allOf: [{ $ref: \
         '#/components/schemas/B' }], readOnly: true }\n        other: { $ref: '#/components/schemas/B' }\n    B: { type: \
         object, writeOnly: true, properties: { n: { type: integer } } }\n",
    );
    has_lines(&source, &["pub own: Option<B>,", "pub other: Option<B>,"]);
}

/// A query in which a member of an object has the name of a parameter.
#[test]
fn a_member_of_an_object_is_not_a_parameter_of_its_name() {
    let description = r"
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /a:
    get:
      operationId: listA
      parameters:
        - { name: created, in: query, schema: { type: integer } }
        - name: sort
          in: query
          schema: { type: object, properties: { created: { type: string }, name: { type: string } } }
      responses: { '200': { description: a, content: { application/json: { schema: { type: string } } } } }
";
    let document = document(description);
    let source = generate(&document, &Steering::default()).unwrap().source;
    let report = Drift::new().source_text(&document, "generated.rs", &source).unwrap();
    assert_eq!(lines(&report.differences), "", "{source}");
}

/// The source of a changed description fits it, so each planted change can be followed.
#[test]
fn regenerated_source_has_no_differences() {
    for planted in planted() {
        let changed = DESCRIPTION.replacen(planted.from, planted.to, 1);
        assert_eq!(differences(&changed), "", "{}", planted.name);
    }
}

/// Schemas that refer to themselves, in each way that combines schemas. A careless reading of them
/// takes 3 to the power of 40 steps.
#[test]
fn circles_of_schemas_end() {
    let parts: Vec<_> = (0..40)
        .map(|i| {
            let next = (i + 1) % 40;
            format!(
                "    S{i}:\n      oneOf: [{{ $ref: '#/components/schemas/S{next}' }}, {{ $ref: '#/components/schemas/S{i}' }}, {{ \
                 type: object, properties: {{ a: {{ $ref: '#/components/schemas/S{next}' }} }} }}]\n      allOf: [{{ $ref: \
                 '#/components/schemas/S{i}' }}, {{ $ref: '#/components/schemas/S{next}' }}]\n"
            )
        })
        .collect();
    let description = format!(
        "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\npaths:\n  /a: {{ get: {{ responses: {{ '200': {{ description: a, content: {{ \
         application/json: {{ schema: {{ $ref: '#/components/schemas/S0' }} }} }} }} }} }} }}\ncomponents:\n  schemas:\n{}",
        parts.concat()
    );
    let source = "#[api_client] trait A { #[get(\"a\")] async fn a(&self) -> T; }\n#[derive(Deserialize)] struct T { a: Option<Box<T>> }";
    let report = Drift::new().source_text(&document(&description), "a.rs", source).unwrap();
    assert_eq!(report.endpoints, 1);
}
