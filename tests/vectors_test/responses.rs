//! The outcome of a call for given responses: its result, its attempts and the waits between them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use connectors_client::Error;
use serde::Deserialize;
use support::clock::TestClock;
use support::server::{Recorded, Server};

use crate::api;
use crate::call::{self, Answer, Call, Head, KEY, Style};
use crate::json::{Inexpressible, Json};
use crate::run::{Problems, Vector};
use crate::same::same_data;
use crate::script::{Origins, Script};

#[derive(Deserialize)]
pub(crate) struct ResponseVector {
    name: String,
    operation: String,
    args: Json,
    request_options: Option<Json>,
    client: Option<Json>,
    replies: Vec<Script>,
    #[serde(default)]
    other_origin_replies: Vec<Script>,
    outcome: Recording,
    verdict: String,
    want: Option<Want>,
    #[serde(default)]
    sleeps_tolerance_s: f64,
}

/// The outcome recorded with the SDK.
#[derive(Deserialize)]
struct Recording {
    data: Option<Json>,
    body: Option<Json>,
    headers: Option<BTreeMap<String, String>>,
    #[serde(default)]
    requests_seen: Vec<Seen>,
}

/// A request as the recording server saw it.
#[derive(Debug, Deserialize, PartialEq)]
struct Seen {
    method: String,
    target: String,
    body_len: usize,
    auth: Option<String>,
}

/// The outcome required of the library.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Want {
    pub(crate) kind: String,
    pub(crate) class: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) attempts: u32,
    pub(crate) waits: Vec<WantedWait>,
    /// Number of requests in addition to one per attempt, caused by redirects.
    #[serde(skip, default = "no_hops")]
    pub(crate) hops: RangeInclusive<usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum WantedWait {
    Seconds(f64),
    Named(String),
}

fn no_hops() -> RangeInclusive<usize> {
    0..=0
}

impl Vector for ResponseVector {
    const FILE: &'static str = include_str!("../vectors/connectors-responses.json");

    fn name(&self) -> &str {
        &self.name
    }

    fn check(&self, style: Style) -> Result<Problems, Inexpressible> {
        let trial = self.run(style)?;
        let want = self.want();
        let mut problems = Problems::default();
        self.check_result(&trial, &want, &mut problems);
        self.check_waits(&trial.waits, &want, &mut problems);
        self.check_requests(&trial, &want, &mut problems);
        Ok(problems)
    }
}

/// The result of a call and the requests seen by the servers.
struct Trial {
    result: Result<Answer, Error>,
    waits: Vec<Duration>,
    requests: Vec<Recorded>,
    malformed: Vec<String>,
    /// Number of connections to the other origin.
    elsewhere: usize,
}

/// Seconds that a busy machine may take before it reads a date. The requested dates are further
/// away.
const BUSY: f64 = 10.0;

impl ResponseVector {
    fn run(&self, style: Style) -> Result<Trial, Inexpressible> {
        let origins = Origins::start(&self.other_origin_replies);
        let server = Server::start(self.replies.iter().map(|script| script.reply(&origins)));
        let clock = TestClock::new();
        let call = Call::read(&self.operation, &self.args)?;
        let options = call::options(self.request_options.as_ref())?;
        let account = call::account(self.client.as_ref(), &server.url(), &clock)?;
        let result = account
            .map_err(Error::from)
            .and_then(|account| call::make(style, &account, &call, options));
        Ok(Trial {
            result,
            waits: clock.waits(),
            requests: server.requests(),
            malformed: server.rejected(),
            elsewhere: origins.other.connections(),
        })
    }

    fn want(&self) -> Want {
        let want = self.want.clone().or_else(|| crate::judged::want(&self.name));
        want.unwrap_or_else(|| panic!("{} does not state an expected outcome", self.name))
    }

    fn check_result(&self, trial: &Trial, want: &Want, problems: &mut Problems) {
        match &trial.result {
            Ok(answer) => {
                problems.same("the result", "Ok", &want.kind);
                self.check_data(&answer.data, problems);
                if let Some(head) = &answer.head {
                    self.check_head(head, want, problems);
                }
            }
            Err(error) => {
                check_error(error, want, problems);
                self.check_words(error, problems);
                self.check_kept_body(error, problems);
                let is_sent = !trial.requests.is_empty();
                problems.same("may_have_executed", &error.may_have_executed(), &is_sent);
            }
        }
    }

    /// Compares the data with the SDK's if that is right, and otherwise with the response body.
    fn check_data(&self, data: &Json, problems: &mut Problems) {
        let recorded = self.outcome.data.clone().filter(|_| self.verdict == "right");
        let expected = recorded.unwrap_or_else(|| self.last_reply().json());
        problems.check(same_data(&expected, data), || {
            format!("the data is {data:?}, not {expected:?}")
        });
    }

    fn last_reply(&self) -> &Script {
        self.replies.last().expect("a vector has a reply")
    }

    fn check_head(&self, head: &Head, want: &Want, problems: &mut Problems) {
        problems.same("the status", &Some(head.status), &want.status);
        problems.same("the number of attempts", &head.attempts, &want.attempts);
        for (name, value) in self.outcome.headers.iter().flatten() {
            problems.same(&format!("the header {name}"), &joined(head, name), value);
        }
    }

    fn check_words(&self, error: &Error, problems: &mut Problems) {
        if let Some(Json::Text(words)) =
            self.outcome.body.as_ref().and_then(|body| body.get("message"))
        {
            problems.same("the server's message", &error.message(), &Some(words.as_str()));
        }
    }

    /// Checks that the error keeps the body of the response that ended the call.
    fn check_kept_body(&self, error: &Error, problems: &mut Problems) {
        if error.status().is_some() {
            let attempts = usize::try_from(error.attempts()).expect("few attempts");
            let reply = self.replies.get(attempts.saturating_sub(1)).unwrap_or(self.last_reply());
            let body = error.body().map_or(&[][..], |body| body);
            problems.check(body == reply.bytes(), || {
                format!("the error's body is {}", body.escape_ascii())
            });
        }
    }

    fn check_waits(&self, waits: &[Duration], want: &Want, problems: &mut Problems) {
        let all_fit = waits.len() == want.waits.len()
            && waits
                .iter()
                .zip(&want.waits)
                .zip(1..)
                .all(|((wait, want), retry)| self.fits(*wait, want, retry));
        problems.check(all_fit, || format!("the waits are {waits:?}, not {:?}", want.waits));
    }

    fn fits(&self, wait: Duration, wanted: &WantedWait, retry: u32) -> bool {
        let seconds = wait.as_secs_f64();
        match wanted {
            WantedWait::Seconds(asked) => (seconds - asked).abs() < 1e-6,
            WantedWait::Named(name) if name == "backoff" => wait <= longest_backoff(retry),
            WantedWait::Named(_) => {
                let asked =
                    self.replies.iter().find_map(Script::asked_date).expect("a reply with a date");
                let missing = asked.max(0.0) - seconds;
                missing >= -self.sleeps_tolerance_s && missing <= self.sleeps_tolerance_s + BUSY
            }
        }
    }

    fn check_requests(&self, trial: &Trial, want: &Want, problems: &mut Problems) {
        let requests = &trial.requests;
        problems.same("the list of malformed requests", trial.malformed.as_slice(), &[]);
        problems.same("the number of connections to the other origin", &trial.elsewhere, &0);
        let hops = requests.len().checked_sub(self.answered_attempts(want));
        problems.check(hops.is_some_and(|hops| want.hops.contains(&hops)), || {
            format!(
                "{} requests for {} attempts: {:?}",
                requests.len(),
                want.attempts,
                targets(requests)
            )
        });
        if *want.hops.end() == 0 {
            check_retries(requests, problems);
        } else {
            let seen: Vec<_> =
                requests.iter().take(self.outcome.requests_seen.len()).map(seen).collect();
            problems.same("the list of requests", &seen, &self.outcome.requests_seen);
        }
    }

    /// Returns the number of attempts that reach the server: none if it refuses connections.
    fn answered_attempts(&self, want: &Want) -> usize {
        let is_dead = self.client.as_ref().is_some_and(|client| client.get("base_url").is_some());
        if is_dead { 0 } else { usize::try_from(want.attempts).expect("few attempts") }
    }
}

/// Returns the maximum backoff of the default policy: 500 ms, doubled with each retry.
fn longest_backoff(retry: u32) -> Duration {
    Duration::from_millis(500) * 2u32.pow(retry - 1)
}

fn check_error(error: &Error, want: &Want, problems: &mut Problems) {
    let class = api::class_of(error);
    problems.same("the kind", &format!("{:?}", error.kind()), &want.kind);
    problems.same("the class", &class, &wanted_class(want));
    problems.same("the status", &error.status().map(|status| status.as_u16()), &want.status);
    problems.same("the number of attempts", &error.attempts(), &want.attempts);
    let shown = format!("{error} {error:?}");
    problems.check(!shown.contains(KEY), || format!("the error shows the key: {shown}"));
}

/// Returns the expected class. A redirect error has the class of its status, which the vectors
/// omit.
fn wanted_class(want: &Want) -> Option<String> {
    let redirect = (want.kind == "Redirect").then(|| "Api".to_owned());
    want.class.clone().or(redirect)
}

/// Returns a response header as the SDK shows it: all its values joined, in Latin-1.
fn joined(head: &Head, name: &str) -> String {
    let named = head.headers.iter().filter(|(other, _)| other == name);
    let values = named.map(|(_, value)| value.iter().copied().map(char::from).collect::<String>());
    values.collect::<Vec<_>>().join(", ")
}

/// Checks that each retry sends an identical request.
fn check_retries(requests: &[Recorded], problems: &mut Problems) {
    for pair in requests.windows(2) {
        let same = pair[0].head() == pair[1].head() && pair[0].body == pair[1].body;
        problems.check(same, || {
            format!("a retry sends {:?} after {:?}", pair[1].head(), pair[0].head())
        });
    }
}

fn seen(request: &Recorded) -> Seen {
    Seen {
        method: request.method.clone(),
        target: request.target.clone(),
        body_len: request.body.len(),
        auth: request.header("authorization").map(str::to_owned),
    }
}

fn targets(requests: &[Recorded]) -> Vec<&str> {
    requests.iter().map(|request| request.target.as_str()).collect()
}
