//! Wire tests by subject, each with a real server on loopback.

mod allowed_origins;
mod arguments;
mod blocking;
mod blocking_functions;
mod blocking_limits;
mod bodies;
mod body_fields;
mod built;
mod compression;
mod connecting;
mod described;
mod early_close;
mod envelopes;
mod environment;
mod error_bodies;
mod error_texts;
mod event_ids;
mod event_requests;
mod failed_successes;
mod faults;
mod field_names;
mod field_structs;
mod fixed_headers;
mod fixed_query;
mod groups;
mod idempotency;
mod ids;
mod json_array_items;
mod json_arrays;
mod json_numbers;
mod layer_arguments;
mod layers;
mod lenient_reading;
mod limits;
mod links;
mod lists;
mod marks;
mod multipart;
mod multipart_files;
mod network;
mod open_enums;
mod open_union_round_trip;
mod open_unions;
mod options;
mod own_data;
mod pages;
mod paused_time;
#[path = "../plain_reqwest.rs"]
#[allow(dead_code, reason = "some functions are used only by other tests")]
mod plain_reqwest;
mod polling;
mod polling_by_link;
mod polling_timeouts;
mod progress;
mod query_names;
mod ranges;
mod rate_limits;
mod reconnecting;
mod redirects;
mod replies;
mod request_limits;
mod retries;
mod retry_rules;
mod runtime;
mod safe_bodies;
mod secrets;
mod shapes;
mod slashes;
mod status_ranges;
mod streams;
mod test_file;
mod text_places;
mod tower;

mod unset_fields;
mod with;

use connectors_client::Client;
use connectors_client::cohere::ConnectorsClient;
use support::clock::TestClock;
use support::server::{Recorded, Server};

/// Returns a client for the server, with a token and without environment proxies. Its waits take no
/// time.
fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

fn builder(server: &Server) -> connectors_client::ClientBuilder {
    support::client(server.url())
        .bearer_token("test-token")
        .env_proxies(false)
        .clock(TestClock::new())
}

/// Returns all that a request sends but its `host` and `user-agent`: the request line, the headers
/// and the body.
fn whole(request: &Recorded) -> String {
    let head = request
        .head()
        .split("\r\n")
        .filter(|line| !["host: ", "user-agent: "].iter().any(|name| line.starts_with(name)));
    format!("{}{}", head.collect::<Vec<_>>().join("\n"), request.body.escape_ascii())
}

fn connectors(server: &Server) -> ConnectorsClient {
    ConnectorsClient::new(client(server))
}

const CONNECTOR: &str = r#"{"connector": {"id": "c1", "name": "n", "created_at": "2024-01-02T03:04:05Z",
    "updated_at": "2024-01-02T03:04:05Z"}}"#;

/// Each feature in FEATURES.md and each defence in SECURITY.md links to a test that proves it.
#[test]
fn each_documented_test_link_has_a_target() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for file in ["tests/FEATURES.md", "SECURITY.md", "RELIABILITY.md"] {
        let folder = root.join(file).parent().unwrap().to_owned();
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let targets: Vec<_> =
            text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect();
        assert!(targets.len() > 10, "{file}: {targets:?}");
        for (name, target) in targets {
            assert!(
                folder.join(target).exists(),
                "{file}: the target `{target}` of [{name}] does not exist"
            );
            assert!(text.matches(&format!("[{name}]")).count() > 1, "{file}: [{name}] is unused");
        }
    }
}
