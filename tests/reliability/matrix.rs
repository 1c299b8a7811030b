//! Every operation meets every fault, async and blocking.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use connectors_client::{Error, RequestOptions};
use support::fault_server::{Counts, FaultServer, HEALTHY_ID};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::builder;
use crate::counting::Counting;
use crate::denying::Denying;
use crate::faults;
use crate::operations::{Answer, Operation, Way, call};
use crate::panics::caught;
use crate::row::{FAULT_ID, Outcome, Row, SHORT, Short};

/// Tolerance for a busy machine. The faults last far longer.
const MARGIN: Duration = Duration::from_secs(5);

/// Maximum number of tries for a cell that depends on timing.
const TRIES: usize = 3;

/// Maximum number of cells that run at a time.
const AT_ONCE: u32 = 16;

/// Findings of the cells of the matrix.
#[derive(Default)]
struct Findings {
    problems: Vec<String>,
    cells: usize,
    calls: u32,
    /// Number of cells that were tried again.
    again: usize,
    /// Longest overrun of a call beyond its timeouts.
    overrun: Duration,
    /// Maximum number of executions of a call without a key.
    most_executed: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_has_its_error_and_the_next_call_works() {
    let rows = faults::all();
    let names: HashSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len(), "fault names must be unique");
    let mut findings = Findings::default();
    let (mut cells, turns) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE as usize)));
    for row in &rows {
        for operation in Operation::ALL {
            for way in [Way::Async, Way::Blocking] {
                let (meeting, turns) = (
                    Meeting { row: row.clone(), operation, way, through: Through::Itself },
                    Arc::clone(&turns),
                );
                cells.spawn(async move { meet(meeting, &turns).await });
            }
        }
    }
    for found in cells.join_all().await {
        findings.add(found);
    }
    println!(
        "{} faults x {} operations x async and blocking = {} cells, {} attempts; {} again on a busy machine; \
         longest overrun of a limit {:?}; a POST or PATCH was executed {} times at most",
        rows.len(),
        Operation::ALL.len(),
        findings.cells,
        findings.calls,
        findings.again,
        findings.overrun,
        findings.most_executed
    );
    assert!(
        findings.problems.is_empty(),
        "{}:\n{}",
        findings.problems.len(),
        findings.problems.join("\n")
    );
    assert!(rows.len() >= 264, "{} faults", rows.len());
    assert!(findings.again < findings.cells / 10, "{} cells were tried again", findings.again);
    assert_eq!(findings.cells, rows.len() * 12);
    assert_eq!(findings.most_executed, 1);
}

/// Every fault again through a layer that only sends. Its outcome is the same, and the layer counts
/// what the server receives.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_layer_changes_no_outcome_and_counts_as_the_server_does() {
    let (mut cells, turns) = (JoinSet::new(), Arc::new(Semaphore::new(AT_ONCE as usize)));
    for row in faults::all() {
        for (operation, way) in [(Operation::List, Way::Async), (Operation::Create, Way::Blocking)]
        {
            let (row, turns) = (row.clone(), Arc::clone(&turns));
            let meeting = Meeting { row, operation, way, through: Through::Layer };
            cells.spawn(async move { meet(meeting, &turns).await });
        }
    }
    let mut findings = Findings::default();
    for found in cells.join_all().await {
        findings.add(found);
    }
    println!("{} cells through a layer, {} attempts", findings.cells, findings.calls);
    assert!(findings.problems.is_empty(), "{}", findings.problems.join("\n"));
    assert!(findings.cells >= 528, "{} cells", findings.cells);
    // Control: a count of calls would not do.
    assert!(findings.calls as usize > findings.cells + 100, "{} attempts", findings.calls);
}

/// Control: faults without TLS, met and judged by the same code, with a transport that denies
/// execution. The check must find the forbidden outcomes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transport_that_denies_executions_is_detected() {
    let (mut found, mut denied, mut doubled) = (JoinSet::new(), 0, 0);
    let turns = Arc::new(Semaphore::new(AT_ONCE as usize));
    for row in faults::all().into_iter().filter(|row| !row.fault.has_tls()) {
        let (operation, way, turns) = (Operation::Create, Way::Async, Arc::clone(&turns));
        found.spawn(async move {
            let _turn = turns.acquire().await;
            let mut findings = Findings::default();
            Meeting { row, operation, way, through: Through::Denying }.once(&mut findings).await;
            findings
        });
    }
    let faults = found.len();
    for findings in found.join_all().await {
        let has = |what: &str| findings.problems.iter().any(|problem| problem.contains(what));
        denied += usize::from(has("it is said that it was not"));
        doubled += usize::from(findings.most_executed > 1 && has("executed 3 times"));
    }
    println!(
        "careless: of {faults} faults {denied} are denied, and {doubled} have a POST executed 3 times"
    );
    assert!(denied > faults / 4 && doubled > faults / 4, "{denied} and {doubled} of {faults}");
}

impl Findings {
    fn add(&mut self, other: Self) {
        self.problems.extend(other.problems);
        self.cells += other.cells;
        self.calls += other.calls;
        self.again += other.again;
        self.overrun = self.overrun.max(other.overrun);
        self.most_executed = self.most_executed.max(other.most_executed);
    }
}

/// A cell of the matrix.
struct Meeting {
    row: Row,
    operation: Operation,
    way: Way,
    through: Through,
}

/// The way of the requests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Through {
    /// The client's own transport.
    Itself,
    /// A layer around it.
    Layer,
    /// A transport that denies execution.
    Denying,
}

/// Meets the fault. If its outcome depends on timing, a busy machine can change it, so the cell is
/// tried again, alone and with the same timeouts. Forbidden outcomes count at the first try.
async fn meet(meeting: Meeting, turns: &Semaphore) -> Findings {
    let mut findings = Findings { cells: 1, ..Findings::default() };
    let mut unlike = {
        let _turn = turns.acquire().await;
        meeting.once(&mut findings).await
    };
    for _ in 1..TRIES {
        if unlike.is_empty() || !meeting.row.is_a_matter_of_time() {
            break;
        }
        findings.again += 1;
        let _all_turns = turns.acquire_many(AT_ONCE).await;
        unlike = meeting.once(&mut findings).await;
    }
    findings.problems.extend(unlike);
    findings
}

impl Meeting {
    /// Meets the fault once. Returns the differences from the expected outcome, and adds forbidden
    /// outcomes to the findings.
    async fn once(&self, findings: &mut Findings) -> Vec<String> {
        let server = FaultServer::start(self.row.fault.clone());
        let (attempt, connect) = self.row.limits();
        let builder = builder(&server).connect_timeout(connect).attempt_timeout(attempt);
        let count = Arc::new(AtomicU32::new(0));
        let counting = Arc::clone(&count);
        let builder = match self.through {
            Through::Itself => builder,
            Through::Layer => builder.layer(|next| Counting(next, counting)),
            Through::Denying => builder.transport(Denying::new()),
        };
        // It reads the platform's certificates if the server uses TLS, which would block the other
        // cells.
        let client = tokio::task::spawn_blocking(|| builder.build().unwrap()).await.unwrap();
        let started = Instant::now();
        let (calling, operation, way) = (client.clone(), self.operation, self.way);
        let met =
            caught(async move { call(&calling, operation, way, RequestOptions::new()).await })
                .await;
        let elapsed = started.elapsed();
        let met = match met {
            Ok(met) => met,
            Err(panic) => {
                findings.problems.push(self.problem(format!("panics: {panic}")));
                return Vec::new();
            }
        };
        let expected = self.row.outcome(self.operation);
        let executed = self
            .settled(&server, |counts| counts.executed, self.row.executed(self.operation))
            .await;

        let attempts = met.as_ref().map_or_else(Error::attempts, |answer| answer.attempts);
        findings.calls += attempts;
        let allowed = attempt.min(connect) * attempts;
        findings.overrun = findings.overrun.max(elapsed.saturating_sub(allowed));
        if elapsed > allowed + MARGIN {
            findings
                .problems
                .push(self.problem(format!("took {elapsed:?}, its limits are {allowed:?}")));
        }
        if !self.operation.is_idempotent() {
            findings.most_executed = findings.most_executed.max(executed);
            if executed > 1 {
                findings.problems.push(self.problem(format!("executed {executed} times")));
            }
        }
        if let Err(error) = &met
            && !error.may_have_executed()
            && executed > 0
        {
            findings
                .problems
                .push(self.problem(format!("executed, but it is said that it was not: {error}")));
        }

        let mut unlike = Vec::new();
        if self.through == Through::Layer {
            let count = count.load(Ordering::SeqCst);
            unlike.extend(self.miscounted(&server, count, attempts).await);
        }
        if executed != self.row.executed(self.operation) {
            let expected = self.row.executed(self.operation);
            unlike.push(self.problem(format!("executed {executed} times, not {expected}")));
        }
        unlike.extend(self.unlike(&met, expected));
        if self.row.settles {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        if self.row.is_dead
            && let Err(problem) = self.call_on_a_dead_connection(&server, &client).await
        {
            unlike.push(self.problem(problem));
            return unlike;
        }
        match self.next_call(&server, &client).await {
            // The connect timeout belongs to the client, so it is too short for the next call as
            // well. A delayed end of the connection meets the next call.
            Err(problem) if self.row.short == Short::Connect || self.row.settles => {
                unlike.push(self.problem(problem));
            }
            Err(problem) => findings.problems.push(self.problem(problem)),
            Ok(()) => {
                let late = if self.row.executed_late { expected.attempts as usize } else { 0 };
                // Executions of retries on another connection than the dead one.
                let repeated = usize::from(self.row.is_dead && self.operation.is_idempotent());
                let should = executed + late + repeated + 1;
                let all = self.settled(&server, |counts| counts.executed, should).await;
                if all != should {
                    let problem = format!("with the next call, executed {all} times, not {should}");
                    findings.problems.push(self.problem(problem));
                }
            }
        }
        unlike
    }

    /// Returns a problem if a layer has counted other requests than the server. If the fault keeps
    /// the server from receiving any, the layer has counted the attempts.
    async fn miscounted(&self, server: &FaultServer, count: u32, attempts: u32) -> Option<String> {
        let is_executed = self.row.executed(self.operation) > 0;
        let expected = if is_executed { count as usize } else { server.counts().received };
        let received = self.settled(server, |counts| counts.received, expected).await;
        (received != expected || !(is_executed || count == attempts)).then(|| {
            self.problem(format!("a layer counts {count} requests, the server {received}"))
        })
    }

    /// Returns the count once it is as expected, or after a second. The client may notice a failure
    /// before the server has counted.
    async fn settled(
        &self,
        server: &FaultServer,
        count: fn(Counts) -> usize,
        expected: usize,
    ) -> usize {
        for _ in 0..100 {
            if count(server.counts()) == expected {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        count(server.counts())
    }

    /// Repeats the operation on a connection that looks usable but is dead, while new ones would
    /// work. A retryable call costs at most its timeout, and any other call reports that it may
    /// have been executed. Both take the connection out of use.
    async fn call_on_a_dead_connection(
        &self,
        server: &FaultServer,
        client: &connectors_client::Client,
    ) -> Result<(), String> {
        server.heal();
        let before = server.counts().executed;
        let options = RequestOptions::new().attempt_timeout(SHORT);
        let met = call(client, self.operation, self.way, options).await;
        let executed = server.counts().executed - before;
        let is_well = match &met {
            Ok(answer) => self.operation.is_idempotent() && (answer.attempts, executed) == (2, 1),
            Err(error) => {
                let said = (error.is_timeout(), error.may_have_executed(), error.attempts());
                !self.operation.is_idempotent() && said == (true, true, 1) && executed == 0
            }
        };
        if is_well {
            Ok(())
        } else {
            Err(format!("on a dead connection, executed {executed} times: {met:?}"))
        }
    }

    /// Repeats the operation once the server has recovered: one more execution, answered by its own
    /// response.
    async fn next_call(
        &self,
        server: &FaultServer,
        client: &connectors_client::Client,
    ) -> Result<(), String> {
        server.heal();
        let options = RequestOptions::new().attempt_timeout(Duration::from_secs(5));
        let next = call(client, self.operation, self.way, options).await;
        is_its_own(next.map_err(|error| error.to_string()))
    }

    fn unlike(&self, met: &Result<Answer, Error>, expected: Outcome) -> Vec<String> {
        let mut unlike = Vec::new();
        let mut compare = |what: &str, is: String, should: String| {
            if is != should {
                unlike.push(self.problem(format!("{what} is {is}, not {should}; {met:?}")));
            }
        };
        let result = met.as_ref().map(|answer| answer.status).map_err(Error::kind);
        compare("the result", format!("{result:?}"), format!("{:?}", expected.result));
        match met {
            Ok(answer) => {
                compare(
                    "the number of attempts",
                    answer.attempts.to_string(),
                    expected.attempts.to_string(),
                );
            }
            Err(error) => {
                let status = error.status().map(|status| status.as_u16());
                compare("the status", format!("{status:?}"), format!("{:?}", expected.status));
                let id = expected.status.map(|_| FAULT_ID);
                compare("the request id", format!("{:?}", error.request_id()), format!("{id:?}"));
                let has_body = error.body().is_some();
                compare(
                    "the presence of a body",
                    has_body.to_string(),
                    expected.status.is_some().to_string(),
                );
                if !self.row.may_be_unsent || error.attempts() > 3 {
                    compare(
                        "the number of attempts",
                        error.attempts().to_string(),
                        expected.attempts.to_string(),
                    );
                    compare(
                        "`may_have_executed`",
                        error.may_have_executed().to_string(),
                        expected.may_have_executed.to_string(),
                    );
                }
                compare(
                    "`is_timeout`",
                    error.is_timeout().to_string(),
                    expected.timed_out.to_string(),
                );
                if !error.to_string().contains(expected.shows) {
                    unlike
                        .push(self.problem(format!("does not show `{}`: {error}", expected.shows)));
                }
            }
        }
        unlike
    }

    fn problem(&self, what: impl std::fmt::Display) -> String {
        format!("{}, {:?}, {:?}: {what}", self.row.name, self.operation, self.way)
    }
}

/// Checks that the call after a fault received its own response. Our client and the control share
/// this check.
pub(crate) fn is_its_own(next: Result<Answer, String>) -> Result<(), String> {
    let next = next.map_err(|error| format!("the next call fails: {error}"))?;
    if (next.status, next.request_id.as_deref()) == (200, Some(HEALTHY_ID)) {
        Ok(())
    } else {
        Err(format!("the next call got the response of another call: {next:?}"))
    }
}
