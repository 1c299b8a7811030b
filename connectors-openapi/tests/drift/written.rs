//! Sources for single forms of descriptions. Each fits its description.

use connectors_openapi::{Drift, Generated, Steering, generate};

use crate::generated::{fits, has_lines, source_of};
use crate::{document, lines};

/// Returns the source and its warnings for a description after `info`.
fn written(rest: &str) -> Generated {
    let text = format!("openapi: 3.2.0\ninfo: {{ title: Shop, version: '1' }}\n{rest}");
    let document = document(&text);
    let generated = generate(&document, &Steering::default()).unwrap();
    let report = Drift::new().source_text(&document, "a.rs", &generated.source).unwrap();
    assert_eq!(lines(&report.differences), "", "{}", generated.source);
    generated
}

fn source(rest: &str) -> String {
    written(rest).source
}

const NOTHING: &str = "responses: { '204': { description: a } }";

/// Returns a source for a JSON body with this schema.
fn with_body(media: &str) -> String {
    source_of(
        &format!(
            "      requestBody: {{ required: true, content: {{ {media} }} }}\n      {NOTHING}"
        ),
        "    Tag: { type: object, properties: { a: { type: string } } }\n    Body: { type: object, properties: { list: { type: array, \
         items: { type: string } }, more: { $ref: '#/components/schemas/Tag' } } }\n",
    )
}

/// Returns a source for a response with these media types.
fn with_response(media: &str) -> String {
    let responses =
        format!("      responses: {{ '200': {{ description: a, content: {{ {media} }} }} }}");
    source_of(
        &responses,
        "    Tag: { type: object, required: [a], properties: { a: { type: string } } }\n",
    )
}

#[test]
fn lists_of_objects_do_not_hide_each_other() {
    let list =
        |name: &str| format!("{{ type: array, items: {{ $ref: '#/components/schemas/{name}' }} }}");
    let object = |name: &str| {
        format!("    {name}: {{ type: object, properties: {{ of_{name}: {{ type: string }} }} }}\n")
    };
    let schemas = [object("B"), object("C")].concat();
    let lists = fits(&format!("    A: {{ oneOf: [{}, {}] }}\n{schemas}", list("B"), list("C")));
    has_lines(
        &lists,
        &["Items(Vec<AItem>),", "pub of_b: Option<String>,", "pub of_c: Option<String>,"],
    );
    let within = "    A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/D' }, { type: string }] }\n    D: { oneOf: \
                  [{ $ref: '#/components/schemas/C' }, { type: integer }] }\n";
    let within = fits(&format!("{within}{schemas}"));
    has_lines(&within, &["BOrC(ABOrC),", "pub of_b: Option<String>,", "pub of_c: Option<String>,"]);
}

/// A union that has tags of the union around it, and one of other values beside a text.
#[test]
fn unions_within_unions_share_tags() {
    let live = |name: &str| {
        format!(
            "    {name}: {{ type: object, required: [kind, id], properties: {{ kind: {{ type: string, enum: [{name}] }}, id: {{ type: string }} }} }}\n"
        )
    };
    let gone = |name: &str| {
        format!(
            "    Gone{name}: {{ type: object, required: [kind, gone], properties: {{ kind: {{ type: string, enum: [{name}] }}, gone: {{ type: boolean }} }} }}\n"
        )
    };
    let list = |names: [&str; 2]| {
        names.map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}")).join(", ")
    };
    let unions = format!(
        "    A: {{ anyOf: [{}] }}\n    Live: {{ oneOf: [{}] }}\n    Gone: {{ oneOf: [{}] }}\n",
        list(["Live", "Gone"]),
        list(["card", "bank"]),
        list(["Gonecard", "Gonebank"])
    );
    let all = [live("card"), live("bank"), gone("card"), gone("bank")].concat();
    let source = fits(&[unions, all.clone()].concat());
    has_lines(&source, &["Card(ACard),", "Bank(ABank),", "Card2(Gonecard),"]);
    let beside = "    A: { oneOf: [{ $ref: '#/components/schemas/S' }, { $ref: '#/components/schemas/C' }] }\n    S: { type: object, properties: { s: { type: string \
                  } } }\n    C: { oneOf: [{ type: string }, { $ref: '#/components/schemas/Live' }] }\n";
    let live = format!("    Live: {{ oneOf: [{}] }}\n", list(["card", "bank"]));
    let source = fits(&[beside.to_owned(), live, all].concat());
    has_lines(&source, &["Text(String),", "Card(Card),", "#[open_union(untagged)]", "S(S),"]);
}

/// Two parts of an object that both describe members of one of its members.
#[test]
fn members_of_a_member_that_several_parts_describe_are_merged() {
    let part = |name: &str| {
        format!(
            "{{ type: object, properties: {{ meta: {{ type: object, properties: {{ {name}: {{ type: string }}, deep: {{ type: object, properties: {{ in_{name}: {{ type: \
             integer }} }} }} }} }} }} }}"
        )
    };
    let source = fits(&format!("    A: {{ allOf: [{}, {}] }}\n", part("one"), part("two")));
    has_lines(
        &source,
        &[
            "pub one: Option<String>,",
            "pub two: Option<String>,",
            "pub in_one: Option<i64>,",
            "pub in_two: Option<i64>,",
        ],
    );
}

/// A base lists the values of its heirs, whose names are written otherwise.
#[test]
fn a_name_stands_for_the_value_that_is_written_like_it() {
    let source = fits(
        "    A: { type: object, required: [type], properties: { type: { type: string, enum: [daily_rule, weekly_rule] } }, discriminator: { propertyName: type } }\n    \
         WeeklyRule: { allOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { day: { type: integer } } }] }\n",
    );
    has_lines(
        &source,
        &["#[open_union(tag = \"type\", rename_all = \"snake_case\")]", "WeeklyRule(WeeklyRule),"],
    );
}

#[test]
fn members_that_fit_a_pattern_have_a_place() {
    let object = |rest: &str| {
        fits(&format!(
            "    A: {{ type: object, properties: {{ id: {{ type: string }} }}, patternProperties: {{ '^x_': {{ type: integer }}{rest} }} }}\n"
        ))
    };
    has_lines(&object(""), &["pub more: BTreeMap<String, i64>,"]);
    let closed = "    A: { type: object, properties: { id: { type: string } }, additionalProperties: false, patternProperties: { '^x_': { type: \
                  integer } } }\n";
    has_lines(&fits(closed), &["pub more: BTreeMap<String, i64>,"]);
    has_lines(
        &object(", '^y_': { type: string }"),
        &["pub more: BTreeMap<String, AValue>,", "Integer(i64),"],
    );
}

#[test]
fn values_of_several_types_are_an_enum() {
    let two =
        fits("    A: { type: object, properties: { id: { type: [string, integer, 'null'] } } }\n");
    has_lines(&two, &["pub id: Nullable<AId>,", "Integer(i64),", "Text(String),"]);
    let same = "    A: { type: object, properties: { id: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/B' }] } } }\n    \
                B: { type: object, properties: { b: { type: string } } }\n";
    has_lines(&fits(same), &["pub id: Option<B>,"]);
    let placed = "    A: { type: object, properties: { id: { type: array, prefixItems: [{ type: string }], items: { type: integer } } } }\n";
    has_lines(&fits(placed), &["pub id: Option<Vec<Value>>,"]);
    let listed = "    A: { type: object, properties: { kind: { enum: [a, b], allOf: [{ $ref: '#/components/schemas/Kind' }] } } }\n    Kind: { type: \
                  string, enum: [b, a] }\n";
    has_lines(&fits(listed), &["pub kind: Option<Kind>,"]);
    let small = "    A: { type: object, properties: { a: { type: integer, format: int16 }, b: { type: integer, format: int8 } } }\n";
    has_lines(&fits(small), &["pub a: Option<i16>,", "pub b: Option<i8>,"]);
}

/// The discriminator stands at the schema that both variants are merged from.
#[test]
fn the_discriminator_of_a_base_tells_its_heirs_apart() {
    let heir = |name: &str| {
        format!(
            "    {name}: {{ allOf: [{{ $ref: '#/components/schemas/Pet' }}, {{ type: object, properties: {{ of_{name}: {{ type: string }} }} }}] }}\n"
        )
    };
    let base = "    Pet: { type: object, required: [kind], properties: { kind: { type: string } }, discriminator: { propertyName: kind } }\n";
    let union = "    A: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }\n";
    let union = fits(&[union, base, &heir("Cat"), &heir("Dog")].concat());
    has_lines(&union, &["#[open_union(tag = \"kind\")]", "Cat(Cat),", "Dog(Dog),"]);
    // A shared body that only describes the base is no heir of it.
    let body = "paths:\n  /a: { post: { tags: [a], requestBody: { $ref: '#/components/requestBodies/Pet' }, responses: { '204': { description: a } } \
                } }\ncomponents:\n  requestBodies: { Pet: { required: true, content: { application/json: { schema: { allOf: [{ description: A pet. }, { \
                $ref: '#/components/schemas/Pet' }] } } } } }\n  schemas:\n";
    let shared = source(&[body, base, &heir("Cat")].concat());
    has_lines(&shared, &["pub enum Pet {", "Cat(Cat),"]);
    assert!(!shared.contains("pub struct Pet"), "{shared}");
}

/// Variants that are merged from the union itself, or have all of its members.
#[test]
fn a_discriminator_beside_members_that_all_variants_have_is_a_union() {
    let union = |members: &str| {
        format!(
            "    A: {{ type: object, properties: {{ {members} }}, oneOf: [{{ $ref: '#/components/schemas/Aws' }}, {{ $ref: '#/components/schemas/Gcp' }}], \
             discriminator: {{ propertyName: by, mapping: {{ AWS: '#/components/schemas/Aws', GCP: '#/components/schemas/Gcp' }} }} }}\n"
        )
    };
    let merged = |name: &str| {
        format!(
            "    {name}: {{ allOf: [{{ $ref: '#/components/schemas/A' }}, {{ type: object, properties: {{ of_{name}: {{ type: string }} }} }}] }}\n"
        )
    };
    let by = "by: { type: string }";
    let source = fits(
        &[union(&format!("{by}, size: {{ type: integer }}")), merged("Aws"), merged("Gcp")]
            .concat(),
    );
    has_lines(&source, &["Aws(Aws),", "Gcp(Gcp),"]);
    assert_eq!(source.matches("pub size: Option<i64>,").count(), 2, "{source}");
    assert_eq!(source.matches("pub of_aws: Option<String>,").count(), 1, "{source}");
    let whole = |name: &str| {
        format!(
            "    {name}: {{ type: object, properties: {{ {by}, of_{name}: {{ type: string }} }} }}\n"
        )
    };
    let source = fits(&[union(by), whole("Aws"), whole("Gcp")].concat());
    has_lines(&source, &["Aws(Aws),", "Gcp(Gcp),"]);
    // They get a member that none of them has.
    let members = format!("{by}, size: {{ type: integer }}");
    let source = fits(&[union(&members), whole("Aws"), whole("Gcp")].concat());
    has_lines(&source, &["pub enum A {", "Aws(AAws),", "Gcp(AGcp),"]);
    assert_eq!(source.matches("pub size: Option<i64>,").count(), 2, "{source}");
    // Control: nothing tells variants apart whose objects have no member of this name.
    let plain = "    A: { type: object, properties: { size: { type: integer } }, oneOf: [{ properties: { a: { type: string } } }, { properties: { b: { \
                 type: string } } }] }\n";
    has_lines(
        &fits(plain),
        &["pub struct A {", "pub size: Option<i64>,", "pub a: Option<String>,"],
    );
}

/// `allOf` of a union and of members, of several unions, and of a union that adds to another one.
#[test]
fn a_union_beside_other_parts_is_one_of_whole_variants() {
    let variant = |name: &str| {
        format!(
            "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ const: {name} }}, of_{name}: {{ type: string }} }} }}\n"
        )
    };
    let union = "    U: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }\n";
    let rest = [union.to_owned(), variant("B"), variant("C")].concat();
    let of = |parts: &str| fits(&format!("    A: {{ {parts} }}\n{rest}"));
    let [to_u, members] = [
        "{ $ref: '#/components/schemas/U' }",
        "{ type: object, properties: { size: { type: integer } } }",
    ];
    for parts in [
        format!("allOf: [{to_u}, {members}]"),
        format!("allOf: [{members}, {to_u}]"),
        format!("allOf: [{to_u}], properties: {{ size: {{ type: integer }} }}"),
        "$ref: '#/components/schemas/U', properties: { size: { type: integer } }".to_owned(),
        format!(
            "allOf: [{members}], oneOf: [{{ $ref: '#/components/schemas/B' }}, {{ $ref: '#/components/schemas/C' }}]"
        ),
        format!("allOf: [{{ allOf: [{to_u}, {{ description: a union }}] }}, {members}]"),
        format!(
            "allOf: [{{ allOf: [{to_u}, {members}] }}, {{ type: object, properties: {{ of_a: {{ type: string }} }} }}]"
        ),
    ] {
        let source = of(&parts);
        has_lines(&source, &["pub enum A {", "B(AB),", "C(AC),", "pub of_b: Option<String>,"]);
        assert_eq!(source.matches("pub size: Option<i64>,").count(), 2, "{parts}: {source}");
    }
    // Nothing is added: the variants are those of the union.
    for parts in [
        format!("allOf: [{to_u}, {{ description: a union }}]"),
        format!("allOf: [{to_u}], required: [kind]"),
        format!("allOf: [{to_u}, {{ type: object, properties: {{ kind: {{ type: string }} }} }}]"),
    ] {
        has_lines(&of(&parts), &["B(B),", "C(C),"]);
    }
    // The variants of two unions in one schema are combined, unless there are too many.
    let combined = |count: usize| {
        let x = |number| {
            format!(
                "{{ required: [x], properties: {{ x: {{ const: '{number}' }}, n{number}: {{ type: string }} }} }}"
            )
        };
        let all: Vec<String> = (0..count).map(x).collect();
        of(&format!(
            "properties: {{ size: {{ type: integer }} }}, allOf: [{to_u}, {{ oneOf: [{}] }}]",
            all.join(", ")
        ))
    };
    let two = combined(2);
    has_lines(&two, &["B(AB),", "#[open_union(tag = \"x\")]", "pub enum AB {", "pub enum AC {"]);
    assert_eq!(two.matches("pub size: Option<i64>,").count(), 4, "{two}");
    has_lines(&combined(33), &["pub struct A {", "pub of_b: Option<String>,"]);
}

/// Two variants, each with a constant and a member of its own.
const TWO: &str = "    B: { type: object, required: [kind], properties: { kind: { const: b }, of_b: { type: string } } }\n    C: { type: object, required: [kind], properties: { kind: { \
                   const: c }, of_c: { type: string } } }\n";

/// Returns the source for a schema `A`, which can refer to `B` and `C`.
fn beside(members: &str) -> String {
    let refs = "{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }";
    fits(&format!("    A: {{ {} }}\n{TWO}", members.replace("REFS", refs)))
}

#[test]
fn nothing_beside_a_union_is_lost() {
    // `anyOf` beside `oneOf`.
    let both = beside(
        "type: object, oneOf: [REFS], anyOf: [{ properties: { mail: { type: string } } }, { properties: { phone: { type: string } } }]",
    );
    assert_eq!(both.matches("pub mail: Option<String>,").count(), 2, "{both}");
    // Members of a member that a variant describes too.
    let within = fits(
        "    A: { type: object, properties: { meta: { type: object, properties: { trace: { type: string } } } }, oneOf: [{ title: B, required: [kind], properties: { kind: { const: b }, meta: { type: \
         object, properties: { own: { type: string } } } } }, { title: C, required: [kind], properties: { kind: { const: c } } }] }\n",
    );
    assert_eq!(within.matches("pub trace: Option<String>,").count(), 2, "{within}");
    has_lines(&within, &["pub own: Option<String>,"]);
    // A format beside the union, and none in a variant.
    let exact = fits(
        "    A: { type: object, required: [at], properties: { at: { type: string, format: date-time } }, oneOf: [{ title: B, required: [kind], properties: { kind: { const: b }, at: { type: string } } }, { \
         title: C, required: [kind], properties: { kind: { const: c } } }] }\n",
    );
    assert_eq!(exact.matches("pub at: Timestamp,").count(), 2, "{exact}");
    // Heirs of a variant that is a base.
    let heirs = fits(
        "    A: { type: object, properties: { id: { type: string } }, oneOf: [{ $ref: '#/components/schemas/Animal' }, { $ref: '#/components/schemas/Plant' }] }\n    Plant: { type: object, required: \
         [kind], properties: { kind: { const: plant } } }\n    Animal: { type: object, required: [kind, species], properties: { kind: { const: animal }, species: { type: string } }, discriminator: { \
         propertyName: species } }\n    Cat: { allOf: [{ $ref: '#/components/schemas/Animal' }, { type: object, properties: { lives: { type: integer } } }] }\n    Dog: { allOf: [{ $ref: '#/components/schemas/Animal' }] }\n",
    );
    has_lines(&heirs, &["pub lives: Option<i64>,", "#[open_union(tag = \"species\")]"]);
    assert_eq!(heirs.matches("pub id: Option<String>,").count(), 3, "{heirs}");
}

#[test]
fn a_union_beside_members_is_found_however_its_tag_is_told() {
    let variants = ["B(AB),", "C(AC),"];
    // The tag is required beside the union only.
    let required = fits(
        "    A: { type: object, required: [kind], properties: { kind: { type: string }, size: { type: integer } }, oneOf: [{ title: B, properties: { kind: { enum: [b] } } }, { title: C, properties: { kind: { \
         enum: [c, d] }, at: { type: string } } }] }\n",
    );
    has_lines(
        &required,
        &["pub enum A {", "#[open_union(tag = \"kind\", rename_all = \"snake_case\")]"],
    );
    // A union within, which has nothing else.
    let within = fits(&format!(
        "    A: {{ type: object, properties: {{ size: {{ type: integer }} }}, oneOf: [{{ $ref: '#/components/schemas/U' }}, {{ title: D, required: [kind], properties: {{ kind: {{ const: d }} }} }}] }}\n    U: \
         {{ oneOf: [{{ $ref: '#/components/schemas/B' }}, {{ $ref: '#/components/schemas/C' }}] }}\n{TWO}"
    ));
    has_lines(&within, &variants);
    // References with words beside them are the variants of the mapping.
    let described = beside(
        "type: object, properties: { size: { type: integer } }, discriminator: { propertyName: kind, mapping: { b: '#/components/schemas/B', c: '#/components/schemas/C' } }, oneOf: [{ $ref: \
         '#/components/schemas/B', description: One. }, { allOf: [{ $ref: '#/components/schemas/C' }], description: Two. }]",
    );
    has_lines(&described, &variants);
    // A tag that nothing describes is no warning.
    let undescribed = written(
        "paths:\n  /a: { get: { responses: { '200': { description: a, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } }\ncomponents:\n  schemas:\n    A: { \
         type: object, required: [event], properties: { at: { type: string } }, discriminator: { propertyName: event }, oneOf: [{ $ref: '#/components/schemas/D' }, { $ref: \
         '#/components/schemas/E' }] }\n    D: { type: object, properties: { of_d: { type: string } } }\n    E: { type: object, properties: { of_e: { type: string } } }\n",
    );
    has_lines(&undescribed.source, &["#[open_union(tag = \"event\")]", "D(AD),"]);
    assert!(undescribed.warnings.is_empty(), "{:?}", undescribed.warnings);
}

/// A type without a name of its own. Names with a hash are those of a tool.
#[test]
fn extensions_name_inline_types() {
    let of = |member: &str| {
        fits(&format!("    A: {{ type: object, properties: {{ by: {{ {member} }} }} }}\n"))
    };
    let texts = "type: string, enum: [a, b]";
    let object = "type: object, properties: { a: { type: string } }";
    has_lines(&of(&format!("{texts}, x-ms-enum: {{ name: Order }}")), &["pub enum Order {"]);
    has_lines(&of(&format!("{object}, x-fern-type-name: Sorting")), &["pub struct Sorting {"]);
    let named = of(&format!("{object}, x-speakeasy-name-override: Sorting"));
    has_lines(&named, &["pub by: Option<Sorting>,"]);
    for other in ["x-fern-type-name: By-t3df62", "x-fern-type-name: Option"] {
        has_lines(&of(&format!("{object}, {other}")), &["pub struct ABy {"]);
    }
}

#[test]
fn a_warning_lists_some_of_very_many_names() {
    let one = |at: usize| format!("{{ properties: {{ m{at}: {{ type: string }} }} }}");
    let all: Vec<String> = (0..12).map(one).collect();
    let warnings = written(&format!(
        "paths:\n  /a: {{ get: {{ responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {{ oneOf: [{}] }} }} }} }} }} }} }}\n",
        all.join(", ")
    ))
    .warnings;
    assert!(
        warnings[0].to_string().contains("`M7` and 4 others cannot be told apart"),
        "{warnings:?}"
    );
}

#[test]
fn names_of_values_stay_with_their_values() {
    let names = |of: &str| {
        fits(&format!(
            "    A: {{ type: object, properties: {{ by: {{ {of}, x-enum-varnames: [Nothing, First, Uno, Second], x-enum-descriptions: [n, One thing., u, Two things.] }} }} }}\n"
        ))
    };
    let numbers = names("type: [integer, 'null'], enum: [null, 1, 1, 2]");
    let lines = numbers.split_once("pub enum ABy {").unwrap().1;
    let expected = "\n    /// One thing.\n    #[open_enum(number = 1)]\n    First,\n    /// Two things.\n    #[open_enum(number = 2)]\n    Second,\n";
    assert!(lines.starts_with(expected), "{numbers}");
    let texts = names("type: [string, 'null'], enum: [null, a, a, b]");
    has_lines(
        &texts,
        &["#[open_enum(rename = \"a\")]", "First,", "#[open_enum(rename = \"b\")]", "Second,"],
    );
}

/// A constant field of a body that can be left out.
#[test]
fn a_body_with_a_constant_is_never_empty() {
    let body = |model: &str| {
        source(&format!(
            "paths:\n  /a: {{ post: {{ tags: [things], operationId: add, requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, properties: {{ q: {{ type: string }}{model} }} }} }} }} }}, \
             {NOTHING} }} }}\n"
        ))
    };
    let constant = body(", model: { type: string, enum: [m1], default: m1 }");
    has_lines(&constant, &["#[post(\"a\", fields(model = \"m1\"))]"]);
    has_lines(&body(""), &["#[post(\"a\", empty_body = none)]"]);
}

/// Schemas that the mapping names and the list lacks.
#[test]
fn a_mapping_adds_variants() {
    let union = |list: &str| {
        fits(&format!(
            "    A: {{ oneOf: [{list}], discriminator: {{ propertyName: kind, mapping: {{ b: '#/components/schemas/B', c: '#/components/schemas/C', d: '#/components/schemas/D' }} }} }}\n    D: {{ type: object, \
             properties: {{ kind: {{ type: string }}, of_d: {{ type: string }} }} }}\n{TWO}"
        ))
    };
    let refs = "{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }";
    has_lines(&union(refs), &["B(B),", "C(C),", "D(D),"]);
    // Control: the list has copies of what is mapped.
    let copy = "{ title: Copy, type: object, required: [kind], properties: { kind: { const: d }, of_d: { type: string } } }";
    assert!(!union(&format!("{refs}, {copy}")).contains("D(D)"));
}

#[test]
fn operations_that_an_extension_leaves_out_are_left_out() {
    let described = |extensions: &str| {
        source(&format!(
            "paths:\n  /a: {{ get: {{ tags: [things], operationId: listA, {extensions}, {NOTHING} }} }}\n  /b: {{ get: {{ tags: [things], operationId: listB, {NOTHING} }} }}\n"
        ))
    };
    for ignored in ["x-fern-ignore: true", "x-speakeasy-ignore: true"] {
        let left = described(ignored);
        assert!(!left.contains("list_a") && left.contains("#[get(\"b\")]"), "{left}");
    }
    let told = described("deprecated: true, x-speakeasy-deprecation-message: Use listB.");
    has_lines(&told, &["/// Deprecated: Use `listB`.", "#[deprecated]", "#[get(\"a\")]"]);
}

#[test]
fn an_object_of_any_members_is_a_variant_if_it_has_a_tag() {
    let union = |more: &str| {
        fits(&format!(
            "    A: {{ oneOf: [{{ $ref: '#/components/schemas/B' }}, {{ $ref: '#/components/schemas/C' }}, {{ $ref: '#/components/schemas/D' }}]{more} }}\n    D: {{ type: object }}\n{TWO}"
        ))
    };
    let mapping = ", discriminator: { propertyName: kind, mapping: { b: '#/components/schemas/B', c: '#/components/schemas/C', d: '#/components/schemas/D' } }";
    has_lines(&union(mapping), &["B(B),", "C(C),", "D(Map<String, Value>),"]);
    assert!(!union("").contains("D("));
}

/// The pairs of an object stand in the query alone, also if it is one of several.
#[test]
fn a_union_of_objects_in_the_query_is_spread() {
    let filter = "schema: { oneOf: [{ type: object, required: [name], properties: { name: { type: string } } }, { type: object, required: [age], properties: { age: { type: integer } } }] }";
    let found = source(&format!(
        "paths:\n  /a: {{ get: {{ tags: [things], operationId: list, parameters: [{{ name: by, in: query, {filter} }}, {{ name: as, in: query, explode: false, {filter} }}], {NOTHING} }} }}\n"
    ));
    has_lines(&found, &["#[get(\"a?<by..>&<as>\")]"]);
    assert!(found.contains("r#as: Option<&str>"), "{found}");
}

/// Types of members that all variants share.
#[test]
fn shared_members_are_named_after_their_union() {
    let shared = beside(
        "properties: { state: { type: string, enum: [open, closed] }, meta: { type: object, properties: { x: { type: string } } } }, oneOf: [REFS]",
    );
    has_lines(&shared, &["pub enum AState {", "pub struct AMeta {"]);
    assert_eq!(shared.matches("pub meta: Option<AMeta>,").count(), 2, "{shared}");
}

/// A tag that all variants call by another name, and a map beside fields.
#[test]
fn other_tags_and_other_further_members_are_differences() {
    let union = |tag: &str, more: &str| {
        format!(
            "paths:\n  /a: {{ get: {{ operationId: getA, responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} }}\ncomponents:\n  \
             schemas:\n    A: {{ oneOf: [{{ title: B, type: object, required: [{tag}], properties: {{ {tag}: {{ const: b }} }} }}, {{ title: C, type: object, required: [{tag}, more], properties: {{ {tag}: {{ const: c \
             }}, more: {{ type: object, required: [id], properties: {{ id: {{ type: string }} }}, additionalProperties: {{ type: {more} }} }} }} }}] }}\n"
        )
    };
    let text =
        |rest: String| format!("openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\n{rest}");
    let source = source(&union("channel", "integer"));
    has_lines(
        &source,
        &[
            "#[open_union(tag = \"channel\", rename_all = \"snake_case\")]",
            "pub more: BTreeMap<String, i64>,",
        ],
    );
    let differences = |tag: &str, more: &str| {
        let document = document(&text(union(tag, more)));
        lines(&Drift::new().source_text(&document, "a.rs", &source).unwrap().differences)
    };
    assert_eq!(differences("channel", "integer"), "");
    let other = differences("chan", "integer");
    assert!(
        other.contains("no variant of the description has the field `channel`, the tag"),
        "{other}"
    );
    let other = differences("channel", "boolean");
    assert!(other.contains("the description has a boolean, and the type is an integer"), "{other}");
}

/// A union that requires what its variants describe as optional.
#[test]
fn what_a_union_requires_is_required_of_its_variants() {
    let union = |more: &str| {
        fits(&format!(
            "    A: {{ {more}anyOf: [{{ title: B, properties: {{ a: {{ type: string }}, b: {{ type: string }} }} }}, {{ title: C, required: [c], properties: {{ a: {{ type: \
             string }}, c: {{ type: string }} }} }}] }}\n"
        ))
    };
    let source = union("required: [a], ");
    assert_eq!(source.matches("pub a: String,").count(), 2, "{source}");
    assert_eq!(union("").matches("pub a: Option<String>,").count(), 2, "{source}");
}

/// Each of five unions is told apart by a member of its own.
#[test]
fn unions_of_several_members_are_nested() {
    let union = |at: usize| {
        let variant = |value: &str| {
            format!(
                "{{ required: [k{at}], properties: {{ k{at}: {{ const: {value} }}, {value}{at}: {{ type: string }} }} }}"
            )
        };
        format!("    U{at}: {{ oneOf: [{}, {}] }}\n", variant("a"), variant("b"))
    };
    let level = |name: &str, within: &str, at: usize| {
        let [within, union] = [within.to_owned(), format!("U{at}")]
            .map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"));
        format!("    {name}: {{ allOf: [{within}, {union}] }}\n")
    };
    let levels = [level("A", "L3", 4), level("L3", "L2", 3), level("L2", "L1", 2)].concat();
    let unions: String = (0..5).map(union).collect();
    let source = fits(&format!("{levels}{}{unions}", level("L1", "U0", 1)));
    for at in 0..5 {
        let tag = format!("#[open_union(tag = \"k{at}\"");
        assert!(source.contains(&tag), "{tag}\n{source}");
    }
    assert_eq!(source.matches("pub struct ").count(), 32, "{source}");
}

/// A value of the tag allows one variant of each union.
#[test]
fn unions_with_one_tag_have_the_variants_of_both() {
    let union = |name: &str, values: &[&str]| {
        let variants = values.iter().map(|value| {
            format!(
                "{{ title: {name} {value}, required: [kind], properties: {{ kind: {{ const: {value} }}, {name}_{value}: {{ type: string }} }} }}"
            )
        });
        format!("{{ oneOf: [{}] }}", variants.collect::<Vec<_>>().join(", "))
    };
    let (size, colour) = (union("size", &["a", "b", "c"]), union("colour", &["a", "b"]));
    let source = fits(&format!("    A: {{ allOf: [{size}, {colour}] }}\n"));
    assert_eq!(source.matches("pub enum").count(), 1, "{source}");
    assert_eq!(source.matches("pub struct").count(), 2, "{source}");
    for value in ["a", "b"] {
        let members =
            ["size", "colour"].map(|name| format!("    pub {name}_{value}: Option<String>,\n"));
        assert!(members.iter().all(|member| source.contains(member)), "{source}");
    }
}

/// Unions that hold each other, of which each takes the objects of the other.
#[test]
fn unions_that_are_variants_of_each_other_end() {
    let union = |name: &str, other: &str| {
        format!(
            "    {name}: {{ oneOf: [{{ $ref: '#/components/schemas/{other}' }}, {{ $ref: '#/components/schemas/X' }}, {{ $ref: '#/components/schemas/Y' }}, {{ $ref: \
             '#/components/schemas/Z' }}], discriminator: {{ propertyName: kind, mapping: {{ x: '#/components/schemas/X', y: '#/components/schemas/{name}', z: \
             '#/components/schemas/{other}' }} }} }}\n"
        )
    };
    let object = |name: &str| {
        format!(
            "    {name}: {{ type: object, properties: {{ kind: {{ type: string, enum: [x, y, z] }}, of: {{ $ref: '#/components/schemas/A' }} }} }}\n"
        )
    };
    let schemas =
        [union("A", "B"), union("B", "A"), object("X"), object("Y"), object("Z")].concat();
    let responses = "responses: { '200': { description: a, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }";
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /a: {{ get: {{ tags: [a], {responses} }} }}\ncomponents:\n  schemas:\n{schemas}"
    );
    let source = generate(&document(&text), &Steering::default()).unwrap().source;
    assert!(source.lines().count() < 200, "{source}");
}

/// A type that holds itself would decode a value with no end.
#[test]
fn a_union_that_holds_itself_has_the_variants_of_all() {
    let to = |name: &str| format!("{{ $ref: '#/components/schemas/{name}' }}");
    let object = |name: &str| {
        format!(
            "{{ title: {name}, required: [{name}], properties: {{ {name}: {{ type: string }} }} }}"
        )
    };
    let source = fits(&format!(
        "    A: {{ oneOf: [{}, {{ type: string }}, {{ type: integer }}] }}\n",
        to("A")
    ));
    has_lines(&source, &["Integer(i64),", "Text(String),"]);
    assert!(!source.contains("A(Box<A>)"), "{source}");

    let circle = [("B", "C", "x"), ("C", "D", "y"), ("D", "B", "z")].map(|(name, other, own)| {
        format!("    {name}: {{ anyOf: [{}, {}] }}\n", to(other), object(own))
    });
    let all = ["b: B", "c: C", "d: D"]
        .map(|pair| pair.replace(": ", ": { $ref: '#/components/schemas/") + "' }");
    let source = fits(&format!(
        "    A: {{ type: object, properties: {{ {} }} }}\n{}",
        all.join(", "),
        circle.concat()
    ));
    for variant in ["X(", "Y(", "Z("] {
        assert_eq!(source.matches(&format!("    {variant}")).count(), 3, "{source}");
    }
    assert!(!["(B)", "(C)", "(D)", "Box<"].iter().any(|part| source.contains(part)), "{source}");

    let lists = "    A: { type: object, properties: { list: { $ref: '#/components/schemas/L' }, map: { $ref: '#/components/schemas/M' } } }\n    \
                 L: { type: array, items: { $ref: '#/components/schemas/L' } }\n    M: { type: object, additionalProperties: { $ref: '#/components/schemas/M' } }\n";
    has_lines(
        &fits(lists),
        &["pub list: Option<Vec<Value>>,", "pub map: Option<Map<String, Value>>,"],
    );
}

/// Variants that are merged from their union, one of them without members of its own.
#[test]
fn a_variant_of_a_union_that_it_is_merged_from_is_an_object() {
    let union = "    A:\n      type: object\n      required: [kind]\n      properties: { kind: { type: string, enum: [b, c] }, id: { type: string } }\n      \
                 discriminator: { propertyName: kind, mapping: { b: '#/components/schemas/B', c: '#/components/schemas/C' } }\n      oneOf: [{ $ref: \
                 '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }]\n";
    let merged = "allOf: [{ $ref: '#/components/schemas/A' }";
    let source = fits(&format!(
        "{union}    B: {{ {merged}] }}\n    C: {{ {merged}, {{ properties: {{ more: {{ type: string }} }} }}] }}\n"
    ));
    has_lines(
        &source,
        &["#[open_union(tag = \"kind\", rename_all = \"snake_case\")]", "B(B),", "C(C),"],
    );
    assert_eq!(source.matches("    pub id: Option<String>,").count(), 2, "{source}");
}

/// Variants that share the list of all values. The names of the schemas are the values.
#[test]
fn the_names_of_schemas_are_values_of_a_discriminator() {
    let variant = |name: &str| {
        format!(
            "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ type: string, enum: [SMS, MAIL] }}, of_{name}: {{ type: string }} \
             }} }}\n"
        )
    };
    let union = "    A: { oneOf: [{ $ref: '#/components/schemas/SMS' }, { $ref: '#/components/schemas/MAIL' }], discriminator: { propertyName: kind } \
                 }\n";
    let source = fits(&[union, &variant("SMS"), &variant("MAIL")].concat());
    has_lines(&source, &["Sms(Sms),", "Mail(Mail),"]);
}

#[test]
fn defaults_constants_and_deprecations_are_in_the_docs() {
    let source = with_body(
        "application/json: { schema: { type: object, required: [kind], properties: { kind: { type: object, required: [type], properties: { type: { type: \
         string, enum: [sms] } } }, size: { type: integer, default: 20 }, other: { type: object, properties: { name: { type: string, deprecated: true }, \
         next: { type: object, properties: { name: { type: string, deprecated: true } } } } }, stream: { type: boolean, enum: [true], default: true }, force: \
         { type: boolean, enum: [true] } } } }",
    );
    has_lines(&source, &["/// The default is `20`.", "/// Always `sms`."]);
    assert_eq!(source.matches("/// Deprecated.").count(), 2, "{source}");
    // The only value is sent if it is the default, and up to the caller if it is not.
    assert!(source.contains("fields(stream = true)"), "{source}");
    assert!(source.contains("force: Option<bool>"), "{source}");
}

/// Numbers with names: by extensions in a list or by the number, and by titles.
#[test]
fn numbers_with_names_are_an_enum() {
    let of = |by: &str| {
        fits(&format!(
            "    A: {{ type: object, properties: {{ by: {{ type: integer, description: How to compare., {by} }} }} }}\n"
        ))
    };
    for by in [
        "enum: [0, -1], x-enum-varnames: [Equals, NotEquals]",
        "enum: [0, -1], x-speakeasy-enums: [EQUALS, NOT_EQUALS]",
        "enum: [0, -1], x-speakeasy-enums: { 0: equals, -1: notEquals }",
        "enum: [0, -1], x-fern-enum: { 0: { name: Equals }, -1: { name: NotEquals } }",
        "oneOf: [{ const: 0, title: Equals }, { const: -1, title: Not equals }]",
        "oneOf: [{ const: 0, title: Equals }, { const: -1, title: Not equals }, { type: integer }]",
    ] {
        let numbers = [
            "#[open_enum(number = 0)]",
            "Equals,",
            "#[open_enum(number = -1)]",
            "NotEquals,",
            "Unknown(i64),",
        ];
        has_lines(&of(by), &[&["pub by: Option<ABy>,", "pub enum ABy {"][..], &numbers].concat());
    }
    // Control: a number without a name, and names of one number.
    for by in [
        "enum: [0, 1]",
        "enum: [0, 1], x-enum-varnames: [Equals]",
        "enum: [0], x-enum-varnames: [Equals]",
        "oneOf: [{ const: 0, title: Equals }, { const: 1 }]",
    ] {
        has_lines(&of(by), &["pub by: Option<i64>,"]);
    }
}

/// Numbers that the description no longer has, or has in addition.
#[test]
fn other_numbers_are_differences() {
    let described = |by: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /a: {{ get: {{ operationId: listA, parameters: [{{ name: by, in: query, schema: {{ type: {by} }} }}], \
             responses: {{ '204': {{ description: a }} }} }} }}\n"
        )
    };
    let names =
        |numbers: &str| format!("integer, enum: [{numbers}], x-enum-varnames: [Equals, Less]");
    let source =
        generate(&document(&described(&names("0, -1"))), &Steering::default()).unwrap().source;
    has_lines(&source, &["async fn list(&self, by: Option<ListABy>);"]);
    let differences = |by: &str| {
        let report = Drift::new().source_text(&document(&described(by)), "a.rs", &source).unwrap();
        lines(&report.differences)
    };
    assert_eq!(differences(&names("0, -1")), "");
    assert_eq!(differences("integer"), "");
    let other = differences(&names("0, 2"));
    assert!(other.contains("the description has no value `-1`"), "{other}");
    assert!(other.contains("the value `2` of the description has no variant"), "{other}");
    let text = differences("string, enum: ['0', '-1']");
    assert!(text.contains("the description has a text, and the type is an integer"), "{text}");
}

#[test]
fn bodies_have_what_the_description_says_of_their_media_types() {
    let related = with_body("multipart/related: {}");
    assert!(related.contains("#[body] content: Body"), "{related}");
    let schema = "schema: { $ref: '#/components/schemas/Body' }";
    let form = format!(
        "application/x-www-form-urlencoded: {{ {schema}, encoding: {{ list: {{ explode: false }} }} }}"
    );
    let form = with_body(&form);
    assert!(form.contains("list: Option<CommaSeparated<&[&str]>>"), "{form}");
    let typed = format!(
        "multipart/form-data: {{ {schema}, encoding: {{ more: {{ contentType: application/json; charset=utf-8 }} }} }}"
    );
    let typed = with_body(
        &typed.replace("application/json; charset=utf-8", "'application/json; charset=utf-8'"),
    );
    assert!(typed.contains("more: Option<&Tag>"), "{typed}");
    let open = with_body(
        "multipart/form-data: { schema: { type: object, properties: { a: { type: string } }, additionalProperties: { type: string } } }",
    );
    assert!(open.contains("#[fields] more: Option<&BTreeMap<String, String>>"), "{open}");
}

#[test]
fn events_have_the_type_of_their_data() {
    let event = |schema: &str| with_response(&format!("text/event-stream: {{ {schema} }}"));
    let data = "data: { $ref: '#/components/schemas/Tag' }";
    let alone = event(&format!("schema: {{ type: object, properties: {{ {data} }} }}"));
    assert!(alone.contains("EventStream<Tag>"), "{alone}");
    let named = event(&format!(
        "schema: {{ type: object, properties: {{ event: {{ type: string }}, {data} }} }}"
    ));
    assert!(named.contains("EventStream<Tag>"), "{named}");
    let text = "data: { type: string, contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/Tag' } }";
    let item = event(&format!("itemSchema: {{ type: object, properties: {{ {text} }} }}"));
    assert!(item.contains("EventStream<Tag>"), "{item}");
    let plain = event("itemSchema: { type: object, properties: { data: { type: string } } }");
    assert!(plain.contains("EventStream<ServerSentEvent>"), "{plain}");
    // Control: the data itself.
    let own = event("schema: { $ref: '#/components/schemas/Tag' }");
    assert!(own.contains("EventStream<Tag>"), "{own}");
    let sequence =
        with_response("application/json-seq: { itemSchema: { $ref: '#/components/schemas/Tag' } }");
    assert!(sequence.contains("accept = \"application/json-seq\""), "{sequence}");
}

#[test]
fn a_text_beside_a_json_text_is_a_text() {
    let text = with_response(
        "application/json: { schema: { type: string } }, text/plain: { schema: { type: string } }",
    );
    assert!(text.contains("-> Text;"), "{text}");
    let audio = with_response("application/json: { schema: { type: string } }, audio/wav: {}");
    assert!(audio.contains("-> ByteStream;"), "{audio}");
    // Control: JSON that is no text.
    let json = with_response(
        "application/json: { schema: { $ref: '#/components/schemas/Tag' } }, text/plain: {}",
    );
    assert!(json.contains("-> Tag;"), "{json}");
}

/// A response without a body whose header is the result.
#[test]
fn the_place_of_what_was_made_is_a_result() {
    let made = |headers: &str| {
        let responses =
            format!("      responses: {{ '201': {{ description: a, headers: {{ {headers} }} }} }}");
        source_of(&responses, "    A: { type: string }\n")
    };
    let told = made("Location: { required: true, schema: { type: string } }");
    has_lines(
        &told,
        &[
            "async fn add_chat(&self) -> AddChatReply;",
            "#[status(201)]",
            "#[header(\"Location\")]",
            "location: String,",
        ],
    );
    let optional = made("location: { schema: { type: string } }");
    has_lines(&optional, &["location: Option<String>,"]);
    // Control: headers that tell of something else.
    assert!(made("ETag: { schema: { type: string } }").contains("async fn add_chat(&self);"));
}

#[test]
fn parameters_without_a_form_are_texts_of_the_caller() {
    let objects =
        "schema: { type: array, items: { type: object, properties: { a: { type: string } } } }";
    let operation =
        format!("      parameters: [{{ name: X-Lines, in: header, {objects} }}]\n      {NOTHING}");
    let header = source_of(&operation, "    A: { type: string }\n");
    assert!(header.contains("#[header(\"X-Lines\")] lines: Option<&str>"), "{header}");
    let query = "      parameters: [{ name: all, in: querystring, content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { a: \
                 { type: string } } } } } }]\n";
    let whole = source_of(&format!("{query}      {NOTHING}"), "    A: { type: string }\n");
    assert!(whole.contains("<all..>"), "{whole}");
}

/// A method with very many references takes rustc minutes.
#[test]
fn very_many_pairs_of_a_query_are_one_struct() {
    let described = |count: usize| {
        let one = |at: usize| {
            format!(
                "{{ name: by__{at}, in: query, description: Value {at} of all., schema: {{ type: array, items: {{ type: string }} }} }}"
            )
        };
        let pairs: Vec<String> = (0..count).map(one).collect();
        let last = "{ name: limit, in: query, required: true, schema: { type: integer } }";
        let operation = format!("parameters: [{}, {last}], {NOTHING}", pairs.join(", "));
        source(&format!(
            "paths:\n  /a: {{ get: {{ tags: [things], operationId: list, {operation} }} }}\n"
        ))
    };
    let many = described(16);
    has_lines(
        &many,
        &[
            "#[get(\"a?<query..>&<limit>\")]",
            "async fn list(&self, limit: i64, query: Option<&ListQuery>);",
            "pub by_0: Option<Vec<String>>,",
            "#[serde(rename = \"by__15\")]",
            "/// Value 15 of all.",
        ],
    );
    // Control: fewer are arguments.
    assert!(described(15).contains("by_14: Option<&[&str]>"));
}

/// `x-fern-streaming`: a stream that the request chooses, or that each response is.
#[test]
fn an_extension_makes_streams() {
    let described = |extension: &str| {
        source_of(
            &format!(
                "      x-fern-streaming: {extension}\n      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object, required: [q], properties: {{ q: {{ type: \
                 string }}, stream: {{ type: boolean }} }} }} }} }} }}\n      responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {{ $ref: \
                 '#/components/schemas/Any' }} }} }} }} }}"
            ),
            "    Any: { oneOf: [{ $ref: '#/components/schemas/Whole' }, { $ref: '#/components/schemas/Piece' }] }\n    Whole: { type: object, properties: { whole: { type: string } } }\n    \
             Piece: { type: object, properties: { piece: { type: string } } }\n",
        )
    };
    let chosen = "stream-condition: $request.stream, response: { $ref: '#/components/schemas/Whole' }, response-stream: { $ref: '#/components/schemas/Piece' }";
    let events = described(&format!("{{ format: sse, terminator: '[END]', {chosen} }}"));
    for part in ["-> Whole;", "-> EventStream<Piece>;", "done = \"[END]\", fields(stream = true)"] {
        assert!(events.contains(part), "{part}: {events}");
    }
    let lines = described(&format!("{{ {chosen} }}"));
    for part in ["-> Whole;", "-> JsonLines<Piece>;", "fields(stream = false)"] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    let ended = described(&format!("{{ terminator: '[END]', {chosen} }}"));
    assert!(ended.contains("done = \"[END]\", fields(stream = true)"), "{ended}");
    let always = described("true");
    assert!(always.contains("-> JsonLines<") && !always.contains("_stream("), "{always}");
    let never = described("false");
    assert!(!never.contains("JsonLines") && never.contains("stream: Option<bool>"), "{never}");
}

#[test]
fn further_servers_are_named_after_their_urls() {
    let servers = "servers: [{ url: 'https://api.example.com/v1' }, { url: 'https://api.eu.example.com/v1', description: The server in Europe. }, \
                   { url: 'https://api.example.com/beta' }, { url: 'http://localhost:80' }, { url: 'https://a.example.com/v1', name: test lab }]\n";
    let found =
        source(&format!("{servers}paths:\n  /a: {{ get: {{ tags: [things], {NOTHING} }} }}\n"));
    for name in ["EU", "BETA", "LOCALHOST", "TEST_LAB"] {
        assert!(found.contains(&format!("pub const {name}_BASE_URL: ")), "{name}: {found}");
    }
}

#[test]
fn tokens_are_secret_unless_they_belong_to_pages_or_texts() {
    let of = |name: &str, beside: &str| {
        fits(&format!(
            "    A: {{ type: object, properties: {{ {name}: {{ type: string }}{beside} }} }}\n"
        ))
        .contains("Option<Secret>")
    };
    for name in ["token", "mfa_token", "accessToken", "aws_secret_access_key", "jwt", "passcode"] {
        assert!(of(name, ""), "{name}");
    }
    for name in ["next_page_token", "cursor_token", "syncToken", "eos_token", "tokens", "key"] {
        assert!(!of(name, ""), "{name}");
    }
    assert!(!of("token", ", logprob: { type: number }"));
}

#[test]
fn credentials_that_are_optional_change_no_others() {
    let described = |root: &str, own: &str| {
        source(&format!(
            "{root}paths:\n  /a: {{ get: {{ tags: [things], {own} {NOTHING} }} }}\n  /b: {{ get: {{ tags: [things], security: [{{ user: [] }}], \
             {NOTHING} }} }}\n  /c: {{ get: {{ tags: [things], security: [{{ user: [] }}], {NOTHING} }} }}\ncomponents:\n  securitySchemes: {{ user: {{ \
             type: http, scheme: bearer }}, key: {{ type: apiKey, in: header, name: X-Key }}, other: {{ type: http, scheme: bearer }} }}\n"
        ))
    };
    let open = described("security: [{}]\n", "security: [{ key: [] }],");
    assert!(open.contains("#[get(\"a\", auth = key)]"), "{open}");
    assert!(open.contains("pub fn with_key(") && open.contains("pub fn builder("), "{open}");
    let optional = described("", "security: [{ key: [] }, {}],");
    assert!(optional.contains("#[get(\"a\", auth = none)]"), "{optional}");
    let usual = described("", "security: [{ user: [] }, {}],");
    assert!(usual.contains("#[get(\"a\")]"), "{usual}");
}

#[test]
fn two_credentials_in_one_header_are_a_warning() {
    let generated = written(&format!(
        "security: [{{ user: [], team: [] }}]\npaths:\n  /a: {{ get: {{ tags: [things], {NOTHING} }} }}\ncomponents:\n  securitySchemes: {{ user: {{ \
         type: http, scheme: bearer }}, team: {{ type: http, scheme: basic }} }}\n"
    ));
    let warnings: Vec<String> = generated.warnings.iter().map(ToString::to_string).collect();
    assert!(
        warnings[0].contains("`user` and `team` are both in the header `authorization`"),
        "{warnings:?}"
    );
    assert!(!generated.source.contains("pub fn builder"), "{}", generated.source);
}

#[test]
fn servers_without_a_scheme_or_a_host_are_told() {
    let described = |url: &str| {
        let server = format!("servers: [{{ url: {url} }}]\n");
        source(&format!("{server}paths:\n  /a: {{ get: {{ tags: [things], {NOTHING} }} }}\n"))
    };
    let host = described("//shop.example/v1");
    has_lines(&host, &["pub const BASE_URL: &str = \"https://shop.example/v1\";"]);
    let path = described("/v1.37");
    has_lines(&path, &["//! Its base URL is that of the host with the path `/v1.37`."]);
}

#[test]
fn each_server_of_an_operation_is_a_constant() {
    let own =
        "servers: [{ url: 'https://eu.files.example/v1' }, { url: 'https://us.files.example/v1' }]";
    let source = source(&format!(
        "servers: [{{ url: 'https://shop.example' }}]\npaths:\n  /a: {{ get: {{ tags: [things], {NOTHING} }} }}\n  /f: {{ get: {{ tags: [files], {own}, {NOTHING} }} }}\n"
    ));
    has_lines(
        &source,
        &[
            "/// Build its client with [`EU_BASE_URL`] or [`US_BASE_URL`].",
            "pub const US_BASE_URL: &str = \"https://us.files.example/v1\";",
        ],
    );
}

#[test]
fn docs_say_more_than_names() {
    let described = |operation: &str| {
        source(&format!(
            "paths:\n  /a: {{ get: {{ tags: [things], operationId: getThing, {operation}, {NOTHING} }} }}\n"
        ))
    };
    let repeated = described("summary: getThing, description: Returns one thing.");
    has_lines(&repeated, &["/// Returns one thing."]);
    let marked =
        described("summary: '<x-life class=\"ea\"></x-life>See the docs &mdash; all of them..'");
    has_lines(&marked, &["/// See the docs \u{2014} all of them."]);
    let dashed = described("summary: Returns one thing --");
    has_lines(&dashed, &["/// Returns one thing."]);
}

/// The verbs of CRUD, however the ids write them.
#[test]
fn methods_have_the_usual_verbs() {
    let written = |operations: &[(&str, &str, &str)]| {
        let list = "responses: { '200': { description: a, content: { application/json: { schema: { type: array, items: { type: string } } } } } }";
        let paths = operations.iter().map(|(method, path, id)| {
            let parameter = "parameters: [{ name: id, in: path, required: true, schema: { type: string } }], ";
            let parameter = if path.contains("{id}") { parameter } else { "" };
            let responses = if *method == "get" && !path.ends_with('}') { list } else { NOTHING };
            format!("  {path}: {{ {method}: {{ tags: [things], operationId: {id}, {parameter}{responses} }} }}\n")
        });
        source(&format!("paths:\n{}", paths.collect::<String>()))
    };
    let has = |source: &str, names: &[&str]| {
        for name in names {
            assert!(source.contains(&format!("async fn {name}(")), "{name}: {source}");
        }
    };
    let two = [("get", "/things", "getThings"), ("get", "/things/{id}", "getThing")];
    has(&written(&two), &["list", "get"]);
    has(&written(&two[..1]), &["list"]);
    has(&written(&[("get", "/stat", "getThing"), two[1]]), &["get_thing", "get_thing2"]);
    // A selection changes no name.
    let text = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\npaths:\n  /things/{id}: { get: { tags: [things], operationId: getThing, parameters: [{ name: id, in: path, \
                required: true, schema: { type: string } }], responses: { '204': { description: a } } } }\n  /things: { get: { tags: [things], operationId: getThings, responses: { \
                '204': { description: a } } } }\n";
    for (id, name) in [("getThing", "get"), ("getThings", "list")] {
        let steering = Steering::parse("a.toml", &format!("only = ['{id}']")).unwrap();
        has(&generate(&document(text), &steering).unwrap().source, &[name]);
    }
    let verbs = [
        ("post", "/things", "post-things"),
        ("patch", "/things/{id}", "patch-thing"),
        ("put", "/v1/things/{id}", "put-thing"),
    ];
    has(&written(&verbs), &["create", "update", "replace"]);
    has(&written(&verbs[2..]), &["update"]);
    // A POST of something else keeps its name.
    has(&written(&[("post", "/reports", "post-things")]), &["post"]);
    let last = [
        ("get", "/a", "ThingPartsList"),
        ("put", "/b", "thing-parts-bulk-update"),
        ("get", "/c", "thing-last-update"),
        ("post", "/d", "ThingPartsCreate"),
    ];
    has(&written(&last), &["list_parts", "bulk_update_parts", "last_update"]);
    let shared =
        [("get", "/a", "CoreGet"), ("get", "/b", "CoreFindAll"), ("get", "/c", "CoreMove")];
    has(&written(&shared), &["get", "find_all", "r#move"]);
    // A verb that is not known, and one that most names do not have at the end.
    let sums = [("get", "/a", "weighA"), ("get", "/b", "weighB"), ("get", "/c", "undoDelete")];
    has(&written(&sums), &["weigh_a", "weigh_b", "undo_delete"]);
    // No collection, and another path than that of the one.
    has(&written(&[("post", "/thing", "post-thing")]), &["post"]);
    let mine = [("get", "/things/mine", "getThings"), two[1]];
    has(&written(&mine), &["get_things", "get_thing"]);
    let verb = [("get", "/a", "reloadA"), ("get", "/b", "reloadB"), ("get", "/c", "reloadC")];
    has(&written(&verb), &["reload_a", "reload_b", "reload_c"]);
}

/// Bodies whose types are used twice, so that they are one argument.
#[test]
fn bodies_are_named_after_what_they_are_about() {
    for (schema, id, name) in [
        ("CreateTokenIn", "makeToken", "token"),
        ("Book", "addBook", "book"),
        ("V2LoanRequest", "makeLoan", "loan"),
        // The name of the method, a verb, and a long name.
        ("ChatRequest", "chat", "body"),
        ("SearchRequest", "findAll", "body"),
        ("AllOfTheBooksThatAreLent", "makeList", "body"),
    ] {
        let body = format!(
            "requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }}"
        );
        let operation = |path: &str, id: &str| {
            format!(
                "  /{path}: {{ post: {{ tags: [things], operationId: {id}, {body}, {NOTHING} }} }}\n"
            )
        };
        let paths = format!("{}{}", operation("a", id), operation("b", "other"));
        let schemas = format!(
            "components: {{ schemas: {{ {schema}: {{ type: object, properties: {{ a: {{ type: string }} }} }} }} }}\n"
        );
        let source = source(&format!("paths:\n{paths}{schemas}"));
        assert!(source.contains(&format!("] {name}: &{schema}")), "{name}: {source}");
    }
}

/// Members that two parts describe: lists and maps have the members of both within.
#[test]
fn lists_and_maps_of_several_parts_have_the_members_of_all() {
    let part = |list: &str, map: &str| {
        format!(
            "{{ type: object, properties: {{ list: {{ type: array, items: {{ {list} }} }}, map: {{ type: object, additionalProperties: {{ {map} }} }} }} }}"
        )
    };
    let object = |name: &str| format!("type: object, properties: {{ {name}: {{ type: string }} }}");
    let named = |first: &str, second: &str| {
        let nested = format!("type: array, items: {{ {} }}", object(second));
        [
            part(&object(first), &nested),
            part(&object(second), &format!("type: array, items: {{ {} }}", object(first))),
        ]
    };
    let source = fits(&format!("    A: {{ allOf: [{}] }}\n", named("one", "two").join(", ")));
    has_lines(
        &source,
        &["pub list: Option<Vec<AList>>,", "pub map: Option<BTreeMap<String, Vec<AMap>>>,"],
    );
    for member in ["one", "two"] {
        assert_eq!(
            source.matches(&format!("    pub {member}: Option<String>,")).count(),
            2,
            "{source}"
        );
    }
    // A whole list and a whole map.
    let item = |name: &str| format!("{{ type: array, items: {{ {} }} }}", object(name));
    let map =
        |name: &str| format!("{{ type: object, additionalProperties: {{ {} }} }}", object(name));
    for (one, two) in [(item("one"), item("two")), (map("one"), map("two"))] {
        let schemas = format!(
            "    A: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/B' }} }} }}\n    B: {{ allOf: [{one}, {two}] }}\n"
        );
        let source = fits(&schemas);
        for member in ["one", "two"] {
            assert!(source.contains(&format!("    pub {member}: Option<String>,")), "{source}");
        }
    }
    // A map beside members, merged with another one.
    let beside = |name: &str, members: &str| {
        format!(
            "{{ type: object, properties: {{ a: {{ type: object, {members}additionalProperties: {{ {} }} }} }} }}",
            object(name)
        )
    };
    let parts =
        [beside("one", "properties: { b: { type: string } }, "), beside("two", "")].join(", ");
    fits(&format!("    A: {{ allOf: [{parts}] }}\n"));
    // A part that says nothing of the items changes nothing.
    let bare = part("type: object", "type: object");
    let parts = [part("$ref: '#/components/schemas/B'", "type: string"), bare].join(", ");
    let source = fits(&format!("    A: {{ allOf: [{parts}] }}\n    B: {{ {} }}\n", object("b")));
    has_lines(&source, &["pub list: Option<Vec<B>>,"]);
}

/// The members of an object depend on a union whose form depends on the members of the object.
#[test]
fn members_that_depend_on_a_union_of_their_object_end() {
    let object = |name: &str| format!("type: object, properties: {{ {name}: {{ type: string }} }}");
    let union = format!(
        "{{ {}, anyOf: [{{ $ref: '#/components/schemas/A' }}], discriminator: {{ propertyName: b }} }}",
        object("b")
    );
    fits(&format!(
        "    A: {{ allOf: [{{ {a} }}], properties: {{ a: {{ oneOf: [{{ {a} }}, {union}] }} }} }}\n",
        a = object("a")
    ));
}

/// Null is a value of a union if it is one of a variant.
#[test]
fn null_within_a_union_is_a_value_of_it() {
    let object = |name: &str| {
        format!(
            "{{ type: object, required: [{name}], properties: {{ {name}: {{ type: string }} }} }}"
        )
    };
    let within = format!("{{ oneOf: [{{ type: 'null' }}, {}] }}", object("one"));
    let union = format!("{{ oneOf: [{within}, {}] }}", object("two"));
    let source = fits(&format!(
        "    A: {{ type: object, required: [of], properties: {{ of: {union} }} }}\n"
    ));
    has_lines(&source, &["pub of: Option<AOf>,"]);
}

/// A number tells no variants apart, so none may take the objects of another one, also within.
#[test]
fn variants_that_drop_members_within_are_one_struct() {
    let variant = |title: &str, b: &str| {
        format!(
            "{{ title: {title}, type: object, required: [op, b], properties: {{ op: {{ type: integer }}, b: {{ {b} }} }} }}"
        )
    };
    let object = "type: object, properties: { e: { type: string } }";
    let map = "type: object, additionalProperties: { type: string }";
    let lists = [
        object,
        "oneOf: [{ type: object, properties: { f: { type: string } } }, { type: string }]",
    ]
    .map(|items| format!("type: array, items: {{ {items} }}"));
    for (first, second) in [(object, map), (lists[0].as_str(), lists[1].as_str())] {
        let variants = [variant("X", first), variant("Y", second)].join(", ");
        let source = fits(&format!("    A: {{ oneOf: [{variants}] }}\n"));
        has_lines(&source, &["pub b: Value,"]);
    }
    // Control: an object that must have a member is no map.
    let strict = "type: object, required: [e], properties: { e: { type: string } }";
    let variants = [variant("X", strict), variant("Y", map)].join(", ");
    has_lines(&fits(&format!("    A: {{ oneOf: [{variants}] }}\n")), &["X(AX),", "Y(AY),"]);
}

/// Required pairs and headers with one value.
#[test]
fn constants_of_a_request_are_no_arguments() {
    let parameter = |place: &str, name: &str, more: &str| {
        format!("{{ name: {name}, in: {place}, schema: {{ enum: [{more} }} }}")
    };
    let all = [
        parameter("query", "list", "'true'] }, required: true, x-a: {"),
        parameter("query", "page-kind", "2], type: integer }, required: true, x-a: {"),
        parameter("header", "X-Version", "beta] }, required: true, x-a: {"),
        parameter("header", "X-Kind", "'a \"b\"'] }, required: true, x-a: {"),
        // Controls: an optional one, two values, and one that no template has.
        parameter("query", "free", "a]"),
        parameter("query", "either", "a, b] }, required: true, x-a: {"),
        parameter("query", "odd", "'a&b'] }, required: true, x-a: {"),
        // Written as JSON.
        "{ name: json, in: query, required: true, content: { application/json: { schema: { enum: [a] } } } }".to_owned(),
    ];
    let operation = format!("      parameters: [{}]\n      {NOTHING}", all.join(", "));
    let source = source_of(&operation, "    A: { type: string }\n");
    has_lines(
        &source,
        &[
            "\"chats?list=true&page-kind=2&<free>&<either>&<odd>&<json>\",",
            "headers(\"X-Version\" = \"beta\", \"X-Kind\" = \"a \\\"b\\\"\")",
        ],
    );
    for part in ["list: ", "page_kind: ", "version: ", "kind: &"] {
        assert!(!source.contains(part), "{part}: {source}");
    }
}

/// A header that the user sets has the user's value, and one that stands twice is sent once.
#[test]
fn a_constant_header_is_sent_once() {
    let header = |name: &str, value: &str| {
        format!("{{ name: {name}, in: header, required: true, schema: {{ enum: [{value}] }} }}")
    };
    let headers = [header("X-Version", "beta"), header("x-version", "beta")].join(", ");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /a: {{ get: {{ tags: [things], operationId: getA, parameters: [{headers}], {NOTHING} }} }}\n"
    );
    let written = |toml: &str| {
        let steering = Steering::parse("a.toml", toml).unwrap();
        generate(&document(&text), &steering).unwrap().source
    };
    has_lines(&written(""), &["#[get(\"a\", headers(\"X-Version\" = \"beta\"))]"]);
    let own = "[operations.getA]\noptions = ['headers(\"X-Version\" = \"3\")']";
    has_lines(&written(own), &["#[get(\"a\", headers(\"X-Version\" = \"3\"))]"]);
}

/// Callers write optional headers least.
#[test]
fn optional_headers_are_the_last_arguments() {
    let operation = format!(
        "      parameters: [{{ name: X-Trace, in: header, schema: {{ type: string }} }}, {{ name: page, in: query, schema: {{ type: integer }} }}]\n      {NOTHING}"
    );
    let source = source_of(&operation, "    A: { type: string }\n");
    let [page, trace] = ["page: Option", "trace: Option"].map(|part| source.find(part).unwrap());
    assert!(page < trace, "{source}");
}

/// A version, a controller, an article and an apostrophe say nothing that the trait does not say.
#[test]
fn names_of_methods_leave_out_words_that_name_nothing() {
    let written = |ids: &[&str]| {
        let paths = ids.iter().enumerate().map(|(at, id)| {
            format!(
                "  /v1/p{at}: {{ get: {{ tags: [things], operationId: \"{id}\", {NOTHING} }} }}\n"
            )
        });
        source(&format!("paths:\n{}", paths.collect::<String>()))
    };
    let all = [
        ("v1.things.list", "list"),
        ("v1-push-a-branch", "push_branch"),
        ("ThingsController_findAll", "find_all"),
        ("resetControllerNode", "reset_controller_node"),
        ("List a Thing's Parts", "list_things_parts"),
        // Controls.
        ("v2.things.count", "v2_things_count"),
        ("controller", "controller"),
        ("plan_a", "plan_a"),
    ];
    let source = written(&all.map(|(id, _)| id));
    for (id, name) in all {
        assert!(source.contains(&format!("async fn {name}(")), "{id}: {source}");
    }
    // Names that would be equal keep their words.
    let source = written(&["v1.things.list", "OtherController_list"]);
    for name in ["v1_things_list", "other_controller_list"] {
        assert!(source.contains(&format!("async fn {name}(")), "{source}");
    }
}

/// Operations with one `operationId`, which descriptions must not have.
#[test]
fn methods_of_one_name_are_told_apart_by_their_verb() {
    let operation =
        |verb: &str| format!("{verb}: {{ tags: [things], operationId: name, {NOTHING} }}");
    let verbs = ["delete", "get", "put"].map(operation).join(", ");
    let source = source(&format!("paths:\n  /a: {{ {verbs} }}\n"));
    has_lines(
        &source,
        &["async fn name(&self);", "async fn get_name(&self);", "async fn put_name(&self);"],
    );
}

/// Returns a source whose credentials are a key in this place.
fn with_key(place: &str, name: &str, schemas: &str) -> String {
    source(&format!(
        "security: [{{ key: [] }}]\npaths:\n  /a: {{ get: {{ tags: [things], responses: {{ '200': {{ description: a, content: {{ application/json: \
         {{ schema: {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} }}\ncomponents:\n  securitySchemes: {{ key: {{ type: apiKey, in: {place}, name: {name} \
         }} }}\n  schemas:\n{schemas}"
    ))
}

/// rustfmt bounds the width of the arguments, and that of a chain only if it has several calls.
#[test]
fn a_builder_is_one_line_if_it_fits() {
    let schemas = "    A: { type: object, properties: { a: { type: string } } }\n";
    let cookie = with_key("cookie", "immich_access_token", schemas);
    has_lines(&cookie, &["Client::builder(base_url).auth(cookie(\"immich_access_token\", key))"]);
    let header = with_key("header", "X-TYPESENSE-API-KEY", schemas);
    has_lines(&header, &["Client::builder(base_url).auth_header(\"X-TYPESENSE-API-KEY\", key)"]);
    let long = "x".repeat(54);
    let header = with_key("header", &long, schemas);
    assert!(
        header.contains(&format!(
            "    Client::builder(base_url).auth_header(\n        \"{long}\",\n        key,\n    )\n"
        )),
        "{header}"
    );
    let cookie = with_key("cookie", &long, schemas);
    assert!(
        cookie.contains(&format!(
            "    Client::builder(base_url).auth(cookie(\n        \"{long}\",\n        key,\n    ))\n"
        )),
        "{cookie}"
    );
}

/// A pair, and a call within arguments, are in parts if what is in them is too wide.
#[test]
fn two_credentials_are_in_parts_if_they_are_long() {
    let described = |length: usize| {
        let name = "x".repeat(length);
        let source = source(&format!(
            "security: [{{ k: [], t: [] }}]\npaths:\n  /a: {{ get: {{ tags: [things], {NOTHING} }} }}\ncomponents:\n  securitySchemes: {{ k: {{ type: \
             apiKey, in: query, name: {name} }}, t: {{ type: http, scheme: bearer }} }}\n"
        ));
        (source, name)
    };
    let (source, name) = described(37);
    has_lines(
        &source,
        &[&format!("Client::builder(base_url).auth((query(\"{name}\", k), bearer(t)))")],
    );
    let (source, name) = described(56);
    assert!(
        source.contains(&format!(
            "    Client::builder(base_url).auth((\n        query(\n            \"{name}\",\n            k,\n        ),\n        bearer(t),\n    ))\n"
        )),
        "{source}"
    );
}

#[test]
fn a_schema_named_client_leaves_builders_on_one_line() {
    let schemas = "    A: { type: object, properties: { a: { $ref: '#/components/schemas/Client' } } }\n    Client: { type: object, properties: { a: { \
                   type: string } } }\n";
    let source = with_key("header", "Authorization", schemas);
    has_lines(
        &source,
        &["connectors_client::Client::builder(base_url).auth_header(\"Authorization\", key)"],
    );
}

/// The last line of a list may have 100 columns, and the others 99.
#[test]
fn the_last_line_of_imports_has_all_columns() {
    let operation = |path: &str, more: &str, responses: &str| {
        format!("  /{path}: {{ post: {{ tags: [{path}], {more}responses: {{ {responses} }} }} }}\n")
    };
    let body = "requestBody: { required: true, content: { application/json: { schema: { $ref: \
                '#/components/schemas/A' } } } }, ";
    let lines = "'200': { description: a, content: { application/x-ndjson: { schema: { $ref: \
                 '#/components/schemas/B' } } } }";
    let failed = "'204': { description: a }, '404': { description: a }";
    let source = source(&format!(
        "paths:\n{}{}components:\n  schemas:\n    A: {{ type: object, properties: {{ a: {{ type: [string, 'null'] }}, b: {{ $ref: \
         '#/components/schemas/B' }}, password: {{ type: string, format: password }} }} }}\n    B: {{ oneOf: [{{ $ref: '#/components/schemas/C' }}, {{ \
         $ref: '#/components/schemas/D' }}], discriminator: {{ propertyName: kind }} }}\n    C: {{ type: object, required: [kind], properties: {{ kind: {{ \
         type: string, enum: [C] }}, e: {{ type: string, enum: [x, y] }} }} }}\n    D: {{ type: object, required: [kind], properties: {{ kind: {{ type: \
         string, enum: [D] }} }} }}\n",
        operation("a", body, failed),
        operation("b", "", lines),
    ));
    let line = source.lines().find(|line| line.ends_with(" skip_unset,")).unwrap_or_default();
    assert_eq!(
        line,
        "    ApiClient, ErrorClass, JsonLines, Nullable, OpenEnum, OpenUnion, Secret, api_client, skip_unset,"
    );
}

/// Returns a source for an operation that sends and returns an object with this member. The member
/// refers to `N`, whose name has this length.
fn with_member(name: &str, length: usize, member: &str) -> (String, String) {
    let long = format!("N{}", "n".repeat(length - 1));
    let member = member.replace("N!", &format!("{{ $ref: '#/components/schemas/{long}' }}"));
    let source = source(&format!(
        "paths:\n  /a: {{ post: {{ tags: [things], operationId: addThing, requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ \
         type: object, properties: {{ {name}: {member} }} }} }} }} }}, responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: \
         {{ $ref: '#/components/schemas/A' }} }} }} }} }} }} }}\ncomponents:\n  schemas:\n    A: {{ type: object, properties: {{ {name}: {member} }} }}\n    \
         {long}: {{ type: object, required: [a], properties: {{ a: {{ type: string }} }} }}\n"
    ));
    (source, long)
}

#[test]
fn a_long_field_has_its_type_below_or_in_parts() {
    let (source, long) = with_member("of_things", 81, "N!");
    assert!(source.contains(&format!("    pub of_things:\n        Option<{long}>,\n")), "{source}");
    let map = "{ type: object, additionalProperties: { anyOf: [N!, { type: 'null' }] } }";
    let (source, long) = with_member("of_things", 61, map);
    assert!(
        source.contains(&format!(
            "    pub of_things: Option<\n        BTreeMap<String, Option<{long}>>,\n    >,\n"
        )),
        "{source}"
    );
}

#[test]
fn a_long_argument_has_each_parameter_of_its_type_on_a_line() {
    let map = "{ type: object, additionalProperties: N! }";
    let (source, long) = with_member("things", 80, map);
    assert!(
        source.contains(&format!(
            "        things: Option<\n            &BTreeMap<\n                String,\n                {long},\n            >,\n        >,\n"
        )),
        "{source}"
    );
    // A list of maps needs two more columns.
    let (source, long) = with_member("things", 65, &format!("{{ type: array, items: {map} }}"));
    assert!(
        source.contains(&format!(
            "        things: Option<\n            &[BTreeMap<\n                String,\n                {long},\n            >],\n        >,\n"
        )),
        "{source}"
    );
}

#[test]
fn a_long_name_of_a_value_has_a_line_of_its_own() {
    let named = |length: usize| {
        let name = "v".repeat(length);
        (fits(&format!("    A: {{ type: string, enum: [a, {name}:x] }}\n")), name)
    };
    let (source, name) = named(69);
    has_lines(&source, &[&format!("#[open_enum(rename = \"{name}:x\")]")]);
    let (source, name) = named(70);
    assert!(
        source.contains(&format!("    #[open_enum(\n        rename = \"{name}:x\"\n    )]\n")),
        "{source}"
    );
}

#[test]
fn a_long_variant_has_its_type_in_parts() {
    let (long, count) = ("N".to_owned() + &"n".repeat(87), 40);
    let members: Vec<String> = (0..count).map(|at| format!("m{at}: {{ type: string }}")).collect();
    let members = members.join(", ");
    let source = fits(&format!(
        "    A: {{ oneOf: [{{ $ref: '#/components/schemas/{long}' }}, {{ type: string }}] }}\n    {long}: {{ type: object, properties: {{ {members} }} }}\n"
    ));
    let parts = format!("(\n        Box<\n            {long},\n        >,\n    ),\n");
    assert!(source.contains(&parts), "{source}");
}

/// A text that fits on no line stays where it is.
#[test]
fn a_base_url_that_is_very_long_stays_on_its_line() {
    let described = |length: usize| {
        let url = format!("https://shop.example/{}", "u".repeat(length));
        let paths = format!("paths:\n  /a: {{ get: {{ tags: [things], {NOTHING} }} }}\n");
        (source(&format!("servers: [{{ url: '{url}' }}]\n{paths}")), url)
    };
    let (below, url) = described(72);
    assert!(below.contains(&format!("pub const BASE_URL: &str =\n    \"{url}\";\n")), "{below}");
    let (beside, url) = described(73);
    has_lines(&beside, &[&format!("pub const BASE_URL: &str = \"{url}\";")]);
}

#[test]
fn a_file_without_operations_ends_after_its_docs() {
    let source = source("paths: {}\n");
    assert_eq!(source, "//! Shop.\n//!\n//! Follows version 1 of the description of the API.\n");
}
