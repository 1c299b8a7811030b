//! The recorded vectors, with the client that is generated from `openapi/descriptions`. The driver
//! is that of the client written by hand.

mod api;
#[path = "../vectors_test/call.rs"]
#[allow(clippy::field_reassign_with_default, reason = "the types written by hand are open")]
mod call;
#[path = "../vectors_test/differences.rs"]
mod differences;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, reason = "the source is that of a library")]
#[path = "../openapi/generated/connectors.rs"]
mod generated;
#[path = "../vectors_test/json.rs"]
mod json;
#[path = "../vectors_test/judged.rs"]
mod judged;
#[path = "../vectors_test/requests.rs"]
mod requests;
#[path = "../vectors_test/responses.rs"]
mod responses;
#[path = "../vectors_test/run.rs"]
mod run;
#[path = "../vectors_test/same.rs"]
mod same;
#[path = "../vectors_test/script.rs"]
mod script;

use requests::RequestVector;
use responses::ResponseVector;

#[test]
fn requests_are_sent_as_recorded() {
    run::run::<RequestVector>("requests", 192);
}

#[test]
fn responses_are_read_as_expected() {
    run::run::<ResponseVector>("responses", 267);
}
