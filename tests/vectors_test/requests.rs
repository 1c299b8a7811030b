//! The request of a call: its target, headers and body.

use connectors_client::{Error, ErrorKind};
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Recorded, Reply, Server};

use crate::call::{self, Answer, Call, KEY, Style};
use crate::json::{Inexpressible, Json};
use crate::run::{Problems, Vector};
use crate::same::{same_json_text, same_target};

#[derive(Deserialize)]
pub(crate) struct RequestVector {
    name: String,
    operation: String,
    args: Json,
    request_options: Option<Json>,
    client: Option<Json>,
    expected: Option<Expected>,
    want: Option<Want>,
}

/// The request that the SDK sent. It is absent if the SDK refused the call.
#[derive(Clone, Deserialize)]
struct Expected {
    method: String,
    raw_target: String,
    path: String,
    body_raw: Option<String>,
    headers_differing_from_baseline: Vec<(String, String)>,
    baseline_headers_absent: Vec<String>,
}

/// The required request, if it is not the one that the SDK sent.
#[derive(Deserialize)]
struct Want {
    path: Option<String>,
    query_pairs: Option<Vec<(String, String)>>,
    #[serde(default)]
    client_error: bool,
}

/// A response body that fits all operations.
const REPLY: &str = r#"{
    "connectors": [],
    "connector": {
        "id": "c", "name": "n", "created_at": "2024-01-02T03:04:05Z", "updated_at": "2024-01-02T03:04:05Z"
    }
}"#;

impl Vector for RequestVector {
    const FILE: &'static str = include_str!("../vectors/connectors-requests.json");

    fn name(&self) -> &str {
        &self.name
    }

    fn check(&self, style: Style) -> Result<Problems, Inexpressible> {
        let server = Server::start(Reply::json(200, REPLY));
        let result = self.call(style, &server)?;
        let mut problems = Problems::default();
        problems
            .check(server.rejected().is_empty(), || format!("malformed: {:?}", server.rejected()));
        if self.is_refused() {
            check_refused(&result, &server, &mut problems);
        } else {
            problems.check(result.is_ok(), || format!("the call ended with {result:?}"));
            match server.requests().as_slice() {
                [sent] => self.check_sent(sent, &server, &mut problems),
                sent => problems.add(format!("{} requests were sent, not one", sent.len())),
            }
        }
        Ok(problems)
    }
}

impl RequestVector {
    fn call(&self, style: Style, server: &Server) -> Result<Result<Answer, Error>, Inexpressible> {
        let call = Call::read(&self.operation, &self.args)?;
        let options = call::options(self.request_options.as_ref())?;
        let account = call::account(self.client.as_ref(), &server.url(), &TestClock::new())?;
        Ok(account
            .map_err(Error::from)
            .and_then(|account| call::make(style, &account, &call, options)))
    }

    fn is_refused(&self) -> bool {
        self.want.as_ref().map_or(self.expected.is_none(), |want| want.client_error)
    }

    fn check_sent(&self, sent: &Recorded, server: &Server, problems: &mut Problems) {
        let expected = &self.expected.clone().unwrap_or_else(|| self.usual());
        problems.same("the method", &sent.method, &expected.method);
        self.check_target(sent, expected, problems);
        check_body(sent, expected.body_raw.as_deref(), problems);
        let host = server.url().replace("http://", "");
        check_headers(sent, expected, &host, problems);
    }

    /// Returns the expected request for any id. The SDK refuses some ids that a correct client
    /// accepts, and then there is no recording.
    fn usual(&self) -> Expected {
        let (method, body, headers) = match self.operation.as_str() {
            "get" => ("GET", None, [].as_slice()),
            "delete" => ("DELETE", None, [].as_slice()),
            "update" => (
                "PATCH",
                Some("{}"),
                &[("content-type", "application/json"), ("content-length", "2")][..],
            ),
            "o_auth_authorize" => ("POST", None, [("content-length", "0")].as_slice()),
            other => panic!("the operation {other} takes no id"),
        };
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Expected {
            method: method.to_owned(),
            raw_target: String::new(),
            path: String::new(),
            body_raw: body.map(str::to_owned),
            headers_differing_from_baseline: headers.iter().map(owned).collect(),
            baseline_headers_absent: Vec::new(),
        }
    }

    fn check_target(&self, sent: &Recorded, expected: &Expected, problems: &mut Problems) {
        let want = self.want.as_ref();
        if let Some(path) = want.and_then(|want| want.path.as_ref()) {
            problems.same("the target", &sent.target, path);
        } else if let Some(pairs) = want.and_then(|want| want.query_pairs.as_ref()) {
            problems.same("the path", sent.path(), &expected.path);
            problems.same("the query", &query_pairs(sent), pairs);
        } else {
            let is_same = same_target(&sent.target, &expected.raw_target);
            problems.check(is_same, || {
                format!("the target is {}, not {}", sent.target, expected.raw_target)
            });
        }
    }
}

fn check_refused(result: &Result<Answer, Error>, server: &Server, problems: &mut Problems) {
    let Err(error) = result else { return problems.add("the call was not refused") };
    problems.same("the kind", &error.kind(), &ErrorKind::Build);
    problems.same("the number of attempts", &error.attempts(), &0);
    problems.check(!error.may_have_executed(), || "the call may have been executed".to_owned());
    problems.same("the number of connections", &server.connections(), &0);
}

fn query_pairs(sent: &Recorded) -> Vec<(String, String)> {
    let query = sent.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Compares the text of the body, and its content in any order. A listed difference may concern the
/// text alone.
fn check_body(sent: &Recorded, expected: Option<&str>, problems: &mut Problems) {
    let (body, expected) = (sent.text(), expected.unwrap_or_default());
    if same_json_text(body, expected) {
        return;
    }
    problems.add(format!("the body is {body}, not {expected}"));
    let is_same =
        matches!((sorted(body), sorted(expected)), (Ok(body), Ok(expected)) if body == expected);
    problems.check(is_same, || "the body differs in more than its order".to_owned());
}

fn sorted(json: &str) -> serde_json::Result<Json> {
    serde_json::from_str(json).map(Json::sorted)
}

/// Headers that each client may choose: they describe the client and its use of HTTP.
const OWN_HEADERS: [&str; 4] = ["user-agent", "accept", "accept-encoding", "connection"];

fn check_headers(sent: &Recorded, expected: &Expected, host: &str, problems: &mut Problems) {
    let expected = expected_headers(sent, expected, host);
    for (name, value) in &expected {
        let values = values(sent, name);
        problems.check(values == [value.as_str()], || {
            format!("the header {name} is {values:?}, not {value:?}")
        });
    }
    for (name, value) in &sent.headers {
        let name = name.to_ascii_lowercase();
        let is_expected = expected.iter().any(|(other, _)| *other == name);
        problems.check(is_expected || OWN_HEADERS.contains(&name.as_str()), || {
            format!("the header {name}: {value} is not expected")
        });
    }
}

fn values<'a>(sent: &'a Recorded, name: &str) -> Vec<&'a str> {
    let named = sent.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str()).collect()
}

/// Returns the expected headers: those of every call, with the changes listed in the vector.
fn expected_headers(sent: &Recorded, expected: &Expected, host: &str) -> Vec<(String, String)> {
    let mut headers = vec![
        ("host".to_owned(), host.to_owned()),
        ("authorization".to_owned(), format!("Bearer {KEY}")),
    ];
    headers.retain(|(name, _)| !expected.baseline_headers_absent.contains(name));
    for (name, value) in &expected.headers_differing_from_baseline {
        let name = name.to_ascii_lowercase();
        // A float may print with another length than in Python.
        let value =
            if name == "content-length" { sent.body.len().to_string() } else { value.clone() };
        headers.retain(|(other, _)| *other != name);
        headers.push((name, value));
    }
    headers
}
