//! Functions for the credentials that a description names.

use connectors_openapi::model::Document;
use connectors_openapi::{Generated, Steering, generate};

/// Schemes with tokens, and a key that is given first.
const SCHEMES: &str = "
openapi: 3.1.0
info: {title: Keys, version: '1'}
security: [{key: []}, {user: []}]
paths:
  /a: {get: {tags: [keys], operationId: a, responses: {'204': {description: ok}}}}
  /b: {get: {tags: [keys], operationId: b, security: [{admin: []}], responses: {'204': {description: ok}}}}
  /c: {get: {tags: [keys], operationId: c, security: [{user: []}, {login: []}], responses: {'204': {description: ok}}}}
  /d: {get: {tags: [keys], operationId: d, security: [{admin: []}, {login: []}], responses: {'204': {description: ok}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    user: {type: http, scheme: bearer}
    admin: {type: http, scheme: bearer}
    login: {type: http, scheme: basic}
    spare: {type: apiKey, in: header, name: X-Spare}
";

fn generated_with(text: &str) -> Generated {
    let document = Document::parse("keys.yaml", text).unwrap();
    generate(&document, &Steering::default()).unwrap()
}

#[test]
fn a_token_of_another_scheme_is_another_token() {
    let with_token_first = SCHEMES.replace("[{key: []}, {user: []}]", "[{user: []}, {key: []}]");
    for text in [SCHEMES, &with_token_first] {
        let source = generated_with(text).source;
        assert!(source.contains("#[get(\"b\", auth = admin)]"), "{source}");
        assert!(source.contains("pub fn with_admin(client: ClientBuilder, token: "), "{source}");
        // Control: a token that clients send by default has no name.
        assert!(source.contains("#[get(\"c\")]"), "{source}");
    }
}

#[test]
fn each_scheme_that_an_endpoint_takes_has_a_function() {
    let source = generated_with(SCHEMES).source;
    for call in [
        "Client::builder(base_url).auth_header(\"X-Key\", key)",
        "Client::builder(base_url).bearer_token(token)",
        "Client::builder(base_url).basic_auth(user, password)",
        "client.auth_scheme(\"admin\", bearer(token))",
        "client.auth_scheme(\"admin\", basic(user, password))",
    ] {
        assert_eq!(source.matches(call).count(), 1, "{call}: {source}");
    }
    for name in ["builder", "builder_with_user", "builder_with_login", "with_admin"] {
        assert!(source.contains(&format!("pub fn {name}(")), "{name}: {source}");
    }
    assert!(source.contains("pub fn with_login_for_admin("), "{source}");
}

#[test]
fn a_scheme_that_no_endpoint_takes_is_a_warning() {
    let generated = generated_with(SCHEMES);
    let warnings: Vec<String> = generated.warnings.iter().map(ToString::to_string).collect();
    let expected = "keys.yaml:16 #/components/securitySchemes/spare: no operation takes the security scheme \
                    `spare`, so no function is written for it: `ClientBuilder::header` sends it \
                    all the same";
    assert_eq!(warnings, [expected]);
}
