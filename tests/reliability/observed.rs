//! Spans, events and reports over every fault: each request has the attributes of its outcome.

use std::sync::{Arc, Mutex};

use connectors_client::{
    AttemptReport, Body, CallReport, Error, ErrorKind, NextTransport, Observer, RequestOptions,
    Transport, TransportFuture,
};
use support::fault_server::FaultServer;
use support::recorder::{RecordedSpan, Recorder};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::level_filters::LevelFilter;
use tracing::{Instrument, Level};

use crate::builder;
use crate::faults;
use crate::operations::{Answer, Operation, Way, call};
use crate::row::Row;

const AT_ONCE: usize = 16;

/// The facts of a request or a call that spans and reports both have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Facts {
    status: Option<String>,
    error_type: Option<String>,
}

/// Keeps all reports.
#[derive(Clone, Default)]
struct Reports {
    requests: Arc<Mutex<Vec<(u32, Facts)>>>,
    calls: Arc<Mutex<Vec<(u32, Facts, bool)>>>,
}

impl Observer for Reports {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        let status = report.status().map(|status| status.as_str().to_owned());
        let error_type = report.error_type().map(std::borrow::Cow::into_owned);
        let facts = Facts { status, error_type };
        self.requests.lock().unwrap().push((report.attempt().number(), facts));
    }

    fn call_ended(&self, report: &CallReport<'_>) {
        let status = report.status().map(|status| status.as_str().to_owned());
        let error_type = report.error_type().map(std::borrow::Cow::into_owned);
        let facts = Facts { status, error_type };
        self.calls.lock().unwrap().push((report.attempts(), facts, report.is_sent()));
    }
}

/// Returns the attribute that an outcome has to have.
fn error_type(result: Result<u16, ErrorKind>, status: Option<u16>) -> Option<String> {
    match (result.err()?, status) {
        (ErrorKind::Api, Some(status)) => Some(status.to_string()),
        (kind, _) => Some(kind.name().to_owned()),
    }
}

fn facts_of(span: &RecordedSpan) -> Facts {
    let field = |name| span.fields.get(name).cloned();
    Facts { status: field("http.response.status_code"), error_type: field("error.type") }
}

/// Meets a fault once and returns the differences.
async fn meet(row: &Row, operation: Operation, recorder: &Recorder) -> Vec<String> {
    let server = FaultServer::start(row.fault.clone());
    let (attempt, connect) = row.limits();
    let reports = Reports::default();
    let builder = builder(&server).connect_timeout(connect).attempt_timeout(attempt);
    let builder = builder.observer(reports.clone());
    let client = tokio::task::spawn_blocking(|| builder.build().unwrap()).await.unwrap();
    // Ports are used again, so the spans of a cell are those within a span of its own.
    let name = format!("{}, {operation:?}", row.name);
    let cell = tracing::info_span!(target: "connectors_client::tests", "cell", name);
    let met = call(&client, operation, Way::Async, RequestOptions::new());
    let met = met.instrument(cell).await;
    let spans = recorder.spans();
    let cell = spans.iter().position(|span| span.fields.get("name") == Some(&name));
    let spans: Vec<_> = spans.iter().filter(|span| span.parent == cell && cell.is_some()).collect();
    let events = recorder.events();
    let ends = events.iter().filter(|event| {
        let is_line = event.level == Level::DEBUG && event.fields.contains_key("attempts");
        event.span == cell && is_line
    });

    let mut found = Vec::new();
    let mut compare = |what: &str, is: String, should: String| {
        if is != should {
            found.push(format!(
                "{}, {operation:?}: {what} is {is}, not {should}; {met:?}",
                row.name
            ));
        }
    };
    let attempts = met.as_ref().map_or_else(Error::attempts, |answer| answer.attempts);
    let status = status_of(&met);
    let result = met.as_ref().map(|answer| answer.status).map_err(Error::kind);
    let expected = error_type(result, status);
    let requests = reports.requests.lock().unwrap().clone();
    let of_reports: Vec<_> = requests.iter().map(|(_, facts)| facts.clone()).collect();
    let of_spans: Vec<_> = spans.iter().map(|span| facts_of(span)).collect();
    compare("the list of spans", format!("{of_spans:?}"), format!("{of_reports:?}"));
    let last = of_spans.last().cloned().unwrap_or_default();
    compare(
        "`error.type` of the last span",
        format!("{:?}", last.error_type),
        format!("{expected:?}"),
    );
    compare(
        "the number of attempts",
        requests.last().map_or(0, |(number, _)| *number).to_string(),
        attempts.to_string(),
    );
    compare("the number of lines", ends.clone().count().to_string(), "1".to_owned());
    for end in ends {
        let of_line = end.fields.get("error.type");
        compare(
            "`error.type` of the line",
            format!("{of_line:?}"),
            format!("{:?}", expected.as_ref()),
        );
    }
    for span in &spans {
        compare("a closed span", span.is_closed.to_string(), "true".to_owned());
        let has_error = span.fields.contains_key("error.type");
        let is_marked = span.fields.get("otel.status_code").is_some_and(|code| code == "ERROR");
        compare("the status of a span", is_marked.to_string(), has_error.to_string());
    }
    let calls = reports.calls.lock().unwrap().clone();
    let sent = met.as_ref().map_or_else(Error::may_have_executed, |_| true);
    let status = status.map(|status| status.to_string());
    let should = [(attempts, Facts { status, error_type: expected.clone() }, sent)];
    compare("the report of the call", format!("{calls:?}"), format!("{should:?}"));
    // The outcome itself is the matter of the matrix. A busy machine changes some.
    if !row.is_a_matter_of_time() {
        let outcome = row.outcome(operation);
        let should = error_type(outcome.result, outcome.status);
        compare("the outcome", format!("{expected:?}"), format!("{should:?}"));
    }
    found
}

/// An instrumentation around the transport, as a layer or a middleware is.
struct Careless {
    next: NextTransport,
    /// `error.type` of the last request that it saw end.
    seen: Arc<Mutex<Option<String>>>,
}

impl Transport for Careless {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        *self.seen.lock().unwrap() = None;
        Box::pin(async move {
            let result = self.next.send(request).await;
            *self.seen.lock().unwrap() = match &result {
                Ok(response) if response.status().as_u16() < 400 => None,
                Ok(response) => Some(response.status().as_str().to_owned()),
                Err(error) => Some(error.kind().name().to_owned()),
            };
            result
        })
    }
}

/// Control: the transport alone sees neither the body, nor timeouts, nor decoding.
#[tokio::test]
async fn an_instrumentation_of_the_transport_misses_errors() {
    let (mut count, mut missed) = (0, 0);
    let rows = faults::all().into_iter();
    for row in rows.filter(|row| !row.fault.has_tls() && !row.is_a_matter_of_time()) {
        let server = FaultServer::start(row.fault.clone());
        let seen = Arc::new(Mutex::new(None));
        let seeing = Arc::clone(&seen);
        let builder = builder(&server).layer(|next| Careless { next, seen: seeing });
        let client = builder.build().unwrap();
        let met = call(&client, Operation::List, Way::Async, RequestOptions::new()).await;
        let result = met.as_ref().map(|answer| answer.status).map_err(Error::kind);
        let status = status_of(&met);
        count += 1;
        missed += usize::from(*seen.lock().unwrap() != error_type(result, status));
    }
    println!("careless: of {count} faults, {missed} have a wrong `error.type`");
    assert!(missed > count / 4, "{missed} of {count}");
}

/// Returns the status that a call received, if it received one.
fn status_of(met: &Result<Answer, Error>) -> Option<u16> {
    match met {
        Ok(answer) => Some(answer.status),
        Err(error) => error.status().map(|status| status.as_u16()),
    }
}

#[tokio::test]
async fn each_fault_has_its_error_type_in_spans_lines_and_reports() {
    let recorder = Recorder::ours(LevelFilter::DEBUG);
    let _guard = recorder.subscribe();
    let (mut cells, turns) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE)));
    for row in faults::all() {
        for operation in [Operation::List, Operation::Create] {
            let (row, turns, recorder) = (row.clone(), Arc::clone(&turns), recorder.clone());
            cells.spawn(async move {
                let _turn = turns.acquire().await;
                meet(&row, operation, &recorder).await
            });
        }
    }
    let (mut count, mut problems) = (0, Vec::new());
    while let Some(found) = cells.join_next().await {
        count += 1;
        problems.extend(found.unwrap());
    }
    let spans = recorder.spans();
    let mut types: Vec<_> = spans.iter().filter_map(|span| span.fields.get("error.type")).collect();
    types.sort();
    types.dedup();
    println!("{count} cells, {} spans, error types {types:?}", spans.len());
    assert!(problems.is_empty(), "{}:\n{}", problems.len(), problems.join("\n"));
    assert!(count >= 528 && spans.len() > count && types.len() >= 20, "{count} {types:?}");
}
