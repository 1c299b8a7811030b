//! Generated source fits the description that it was generated from.

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

/// Asserts that the source that is generated for the schema `A`, which is sent and received, fits it.
fn fits(schema: &str) -> String {
    let description = format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /a: {{ post: {{ operationId: addA, requestBody: {{ \
         required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }}, responses: {{ '200': \
         {{ description: a, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} \
         }}\ncomponents:\n  schemas:\n{schema}"
    );
    let document = document(&description);
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
    for field in ["kind: Option<AKind>", "limit: Option<f64>", "details: Option<Value>"] {
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
         enum: [text] } } }\n",
    );
    assert!(source.contains("pub enum AKind {\n    List,\n    Text,\n"), "{source}");
    assert!(!source.contains("fields(kind"), "{source}");
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
