//! The connectors API of the library fits Cohere's description.

use connectors_client::cohere::ConnectorsClient;
use connectors_openapi::drift::Report;
use connectors_openapi::{Drift, assert_no_drift};

use crate::{document, lines};

const DESCRIPTION: &str = include_str!("connectors.yaml");

fn report(drift: &Drift, description: &str) -> Report {
    let sources = ["connectors.rs", "data.rs"]
        .map(|file| format!("../connectors-client/src/cohere/{file}").into());
    drift.sources(&document(description), &sources).unwrap()
}

#[test]
fn the_connectors_api_fits_its_description() {
    assert_no_drift("tests/drift/connectors.yaml", &[ConnectorsClient::ENDPOINTS]);
    let report = report(&Drift::new(), DESCRIPTION);
    assert_eq!(lines(&report.differences), "");
    assert_eq!((report.endpoints, report.unknown_types), (6, Vec::new()));
}

/// The docs of `cohere` say that the library is right.
#[test]
fn required_names_that_are_no_fields_are_additions() {
    let found = report(&Drift::new().additions(), DESCRIPTION).differences;
    let names = ["clientId", "clientSecret", "authorizeUrl", "tokenUrl"];
    for name in names {
        let sentence = format!("the description requires `{name}`, and describes no such field");
        assert!(found.iter().any(|own| own.message() == sentence), "{}", lines(&found));
    }
}

#[test]
fn a_change_of_the_connectors_api_is_found() {
    let changes = [
        (
            "- { name: offset",
            "- { name: skip",
            "Connectors::list: `offset`: the description has no query parameter `offset`; it has `skip`",
        ),
        (
            "        auth_status: { type: string, enum: [valid, expired] }\n",
            "        auth_status: { type: string, enum: [valid] }\n",
            "ConnectorAuthStatus: `expired`: the description has no value",
        ),
        (
            "        active: { type: boolean }\n        continue_on_failure: { type: boolean }\n        service_auth",
            "        continue_on_failure: { type: boolean }\n        service_auth",
            "Connectors::create: `active`: the description has no field `active`",
        ),
        (
            "enum: [bearer, basic, noscheme]",
            "enum: [bearer, basic, none]",
            "AuthTokenType: `noscheme`",
        ),
        (
            "        \"504\": *error\n",
            "        \"504\": *error\n        \"508\": *error\n",
            "the error status 508 of the description has no variant in ConnectorsError",
        ),
    ];
    for (from, to, sentence) in changes {
        assert!(DESCRIPTION.contains(from), "{from}");
        let found = lines(&report(&Drift::new(), &DESCRIPTION.replace(from, to)).differences);
        assert!(found.contains(sentence), "{sentence}\n{found}");
    }
}
