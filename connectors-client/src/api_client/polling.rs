//! Long-running operations: an endpoint is called until its response says that the operation is
//! done.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::pending_call::PendingCall;
use crate::api_client::mode::{AsyncMode, Mode};
use crate::call::{CallParts, call_within};
use crate::endpoint::matcher::matches;
use crate::endpoint::{ItemMatcher, PollRules};
use crate::error::{Error, ErrorKind};
use crate::response::from_response::ResponseRules;
use crate::response::{FromResponse, HttpResponse, Response};
use crate::retry::policy;
use crate::runtime::affinity::RuntimeAffinity;
use crate::runtime::background;

/// Default timeout of an operation.
const TIMEOUT: Duration = Duration::from_secs(10 * 60);

/// The first and the longest wait between two calls, by default.
pub(super) const FIRST_WAIT: Duration = Duration::from_secs(1);
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Minimum wait that a caller can set. A shorter one would start a flood of calls.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// A `Retry-After` below this is not obeyed.
pub(super) const FLOOD: Duration = Duration::from_millis(100);

/// Polls an operation until it is done; returned by `.poll()` of an endpoint with `poll`. Await it,
/// or `.send()` it.
///
/// ```
/// use std::time::Duration;
/// use connectors_client::{Error, api_client};
///
/// #[derive(serde::Deserialize)]
/// pub struct Job {
///     pub status: String,
///     pub percent: u8,
/// }
///
/// #[api_client]
/// pub trait Jobs {
///     #[get("jobs/<id>", poll(every = "2s"), done(status = "complete"), failed(status = "failed"))]
///     async fn get(&self, id: u64) -> Job;
/// }
///
/// async fn wait(jobs: &JobsClient) -> Result<Job, Error> {
///     jobs.get(7)
///         .poll()
///         .timeout(Duration::from_secs(3600))
///         .on_progress(|job| println!("{} %", job.percent))
///         .await
/// }
/// ```
///
/// Each poll is a call of its own, with its own retries and timeouts. Between two polls it waits
/// for the time in the response's `Retry-After`, or else as [`every`](Self::every) or
/// [`pace`](Self::pace) says.
///
/// - The result is the first response that matches the endpoint's `done(..)`, or for which
///   [`done_when`](Self::done_when) returns true.
/// - A response that matches `failed(..)`, or for which [`failed_when`](Self::failed_when) returns
///   true, is an error of kind [`Api`](ErrorKind::Api) that keeps it: `error.body_as::<Job>()`.
/// - If the [`timeout`](Self::timeout) passes during a call, or would pass during the next wait,
///   the error is a [`Timeout`](ErrorKind::Timeout) that keeps the last response. The operation
///   itself continues on the server.
/// - A call that fails after its retries ends the polling.
///
/// # By link
///
/// With `poll(link = header("Operation-Location"))`, the call only starts the operation. Its
/// response names the URL that is then polled by GET, within the client's origin:
///
/// - An operation is done if a response matches `done(..)`. Without `done(..)`, it is done if the
///   status is not 202.
/// - The last response is decoded into the return type. With `result = field(url)`, the result is
///   fetched from the URL in this field of the last response; with `result = header("Location")`,
///   from the URL in this header of the first response that has it. Earlier responses are not
///   decoded, so `done_when`, `failed_when`, `on_progress` and `pace` cannot be used.
/// - A first response without the URL is the result, unless its status is 202. Without `done(..)`,
///   a first response whose status is not 202 ends the operation, also if it has the URL.
/// - Responses about the operation are read whole, also if the return type is a stream: only the
///   result is streamed. `done(..)` and `failed(..)` then need a `result`.
/// - The operation is not cancelled on the server if the future is dropped. Take its URL by
///   [`on_link`](Self::on_link), and call the endpoint that cancels it.
///
/// ```
/// use connectors_client::{Error, api_client};
///
/// #[derive(serde::Deserialize)]
/// pub struct Report {
///     pub title: String,
/// }
///
/// #[api_client]
/// pub trait Reports {
///     #[post(
///         "reports",
///         poll(link = header("Operation-Location"), result = field(resourceLocation)),
///         done(status = "Succeeded"),
///         failed(status = "Failed", status = "Canceled")
///     )]
///     async fn create(&self, title: &str) -> Report;
///
///     #[delete("")]
///     async fn cancel(&self, #[url] operation: &str);
/// }
///
/// async fn report(reports: &ReportsClient) -> Result<Report, Error> {
///     reports.create("Sales").poll().on_link(|url| println!("{url}")).await
/// }
/// ```
#[must_use = "nothing is sent until it is awaited or sent"]
pub struct Polling<M, T> {
    pub(super) call: PendingCall<M>,
    pub(super) rules: Rules,
    pub(super) done_when: Option<Predicate<T>>,
    pub(super) failed_when: Option<Predicate<T>>,
    pub(super) on_progress: Option<Watch<T>>,
    pub(super) pace: Option<Pace<T>>,
    pub(super) on_link: Option<WatchLink>,
}

type Predicate<T> = Box<dyn Fn(&T) -> bool + Send>;

type WatchLink = Box<dyn FnMut(&str) + Send>;

type Watch<T> = Box<dyn FnMut(&T) + Send>;

type Pace<T> = Box<dyn FnMut(&T, Duration) -> Duration + Send>;

/// The wait, the timeout and the marks of an operation.
pub(super) struct Rules {
    pub(super) every: Option<Duration>,
    pub(super) timeout: Duration,
    pub(super) done: &'static [ItemMatcher],
    pub(super) failed: &'static [ItemMatcher],
}

impl Rules {
    /// Returns the wait after the first call.
    pub(super) fn first_wait(&self) -> Duration {
        self.every.map_or(FIRST_WAIT, |every| every.max(SHORTEST_WAIT))
    }
}

impl<M, T> Polling<M, T> {
    pub(crate) fn new(call: PendingCall<M>) -> Self {
        let declared = call.parts.request.endpoint.options.polling;
        let (done, failed) =
            declared.map_or((&[][..], &[][..]), |rules| (rules.done, rules.failed));
        let every = declared.and_then(|rules| rules.every);
        let timeout = declared.and_then(|rules| rules.timeout).unwrap_or(TIMEOUT);
        let rules = Rules { every, timeout, done, failed };
        Self {
            call,
            rules,
            done_when: None,
            failed_when: None,
            on_progress: None,
            pace: None,
            on_link: None,
        }
    }

    /// Sets the wait between two calls. The default is the wait that the endpoint declares, or else
    /// 1 s that grows by half each time, up to 30 s. A wait below 10 ms counts as 10 ms.
    ///
    /// A `Retry-After` of the server takes precedence, even if it is shorter. If it is below
    /// 100 ms, such as `Retry-After: 0`, it would cause a flood of calls. The client then waits for
    /// `wait`, or for 1 s if that is shorter.
    pub fn every(mut self, wait: Duration) -> Self {
        self.rules.every = Some(wait);
        self
    }

    /// Sets a function that computes the next wait from the last response and the previous wait.
    /// The first "previous wait" is that of [`every`](Self::every). A `Retry-After` takes
    /// precedence for one wait. A wait below 10 ms is treated like `Retry-After: 0`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use connectors_client::{Error, api_client};
    ///
    /// #[derive(serde::Deserialize)]
    /// pub struct Job {
    ///     pub done: bool,
    ///     pub check_again_in: Option<u64>,
    /// }
    ///
    /// #[api_client]
    /// pub trait Jobs {
    ///     #[get("jobs/<id>", poll, done(done = true))]
    ///     async fn get(&self, id: u64) -> Job;
    /// }
    ///
    /// async fn wait(jobs: &JobsClient) -> Result<Job, Error> {
    ///     let pace = |job: &Job, before: Duration| job.check_again_in.map_or(before, Duration::from_secs);
    ///     jobs.get(7).poll().pace(pace).await
    /// }
    /// ```
    pub fn pace(mut self, pace: impl FnMut(&T, Duration) -> Duration + Send + 'static) -> Self {
        self.pace = Some(Box::new(pace));
        self
    }

    /// Sets the timeout of the whole operation: all calls and the waits between them. The default
    /// is the timeout that the endpoint declares, or else 10 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.rules.timeout = timeout;
        self
    }

    /// Sets a function that returns true if the operation is done. It replaces the endpoint's
    /// `done(..)`.
    pub fn done_when(mut self, is_done: impl Fn(&T) -> bool + Send + 'static) -> Self {
        self.done_when = Some(Box::new(is_done));
        self
    }

    /// Sets a function that returns true if the operation has failed. It replaces the endpoint's
    /// `failed(..)` and is called before [`done_when`](Self::done_when).
    pub fn failed_when(mut self, has_failed: impl Fn(&T) -> bool + Send + 'static) -> Self {
        self.failed_when = Some(Box::new(has_failed));
        self
    }

    /// Sets a function that is called with each response of an operation that is neither done nor
    /// failed.
    pub fn on_progress(mut self, watch: impl FnMut(&T) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(watch));
        self
    }

    /// Sets a function that is called with the URL of an operation that is polled by link, once it
    /// is known. Keep it to cancel the operation, or to continue later, by an endpoint with a
    /// `#[url]`.
    pub fn on_link(mut self, watch: impl FnMut(&str) + Send + 'static) -> Self {
        self.on_link = Some(Box::new(watch));
        self
    }
}

impl<M: Mode, T: FromResponse + Send + 'static> Polling<M, T> {
    /// Starts polling. An async call returns a future; a blocking call waits for the result.
    pub fn send(self) -> M::Polled<T> {
        M::poll(self)
    }

    /// Returns the future that polls. `output` converts the last response to the output of the
    /// mode.
    pub(crate) fn future<O: 'static>(self, output: fn(HttpResponse<T>) -> O) -> PollingFuture<O> {
        let CallParts { client, request } = &*self.call.parts;
        let home = client.shared.needs_runtime.then(|| RuntimeAffinity::new(request.endpoint));
        let done = Box::pin(async move { self.run().await.map(output) });
        PollingFuture { done, home }
    }

    /// Polls while the calling thread waits.
    pub(crate) fn wait(self) -> Result<HttpResponse<T>, Error> {
        let CallParts { client, request } = &*self.call.parts;
        let (endpoint, may_block) = (request.endpoint, client.shared.transport.may_block());
        background::finish(endpoint, may_block, async move { self.run().await })
    }

    async fn run(mut self) -> Result<HttpResponse<T>, Error> {
        let CallParts { client, request } = *self.call.parts.clone();
        let endpoint = request.endpoint;
        if let Some(PollRules { links: Some(links), .. }) = endpoint.options.polling {
            return Box::pin(self.run_by_link(links)).await;
        }
        if let Some(detail) = self.mistake() {
            return Err(Error::build(Some(endpoint), detail));
        }
        let clock = client.shared.clock.clone();
        let started = clock.now();
        let mut wait = self.rules.first_wait();
        // Replaces waits of the server that would start a flood of calls.
        let shortest = wait.min(FIRST_WAIT);
        let mut last: Option<Response> = None;
        loop {
            let call = self.call.parts.clone();
            let rules = ResponseRules::new::<HttpResponse<T>>();
            let response = self.ask(call, rules, started, &mut last).await?;
            let kept = response.copy();
            let asked = policy::retry_after(response.headers(), clock.system_time());
            let response = HttpResponse::<T>::from_response(response)?;
            let body = kept.data();
            if self.has_failed(&response.data, &body) {
                return Err(kept.error(ErrorKind::Api, "the operation has failed"));
            }
            if self.is_done(&response.data, &body) {
                return Ok(response);
            }
            if let Some(watch) = &mut self.on_progress {
                background::isolate(|| watch(&response.data));
            }
            if let Some(pace) = &mut self.pace {
                wait = background::isolate(|| pace(&response.data, wait));
                if wait < SHORTEST_WAIT {
                    wait = shortest;
                }
            }
            let pause = asked.map_or(wait, |asked| if asked < FLOOD { shortest } else { asked });
            if pause >= left(self.rules.timeout, started, clock.now()) {
                return Err(kept
                    .error(ErrorKind::Timeout, self.timeout_detail())
                    .with_retry_after(asked));
            }
            clock.sleep(pause).await;
            last = Some(kept);
            if self.rules.every.is_none() && self.pace.is_none() {
                wait = (wait + wait / 2).min(LONGEST_WAIT);
            }
        }
    }

    /// Returns the reason why no response would be seen to end the operation.
    fn mistake(&self) -> Option<&'static str> {
        let Rules { done, failed, .. } = self.rules;
        if self.done_when.is_none() && done.is_empty() {
            return Some(
                "the end of the operation is not defined: declare `done(..)`, or call `.done_when(..)`",
            );
        }
        let has_marks =
            self.done_when.is_none() || (self.failed_when.is_none() && !failed.is_empty());
        (has_marks && ResponseRules::new::<T>().streams()).then_some(
            "the response is a stream, in which `done(..)` and `failed(..)` see nothing: call `.done_when(..)` and `.failed_when(..)`, or poll by `link` with a `result`",
        )
    }

    /// Makes a call within the time that is left. `last` is the response before it.
    pub(super) async fn ask(
        &mut self,
        call: Box<CallParts>,
        rules: ResponseRules,
        started: Instant,
        last: &mut Option<Response>,
    ) -> Result<Response, Error> {
        let clock = call.client.shared.clock.clone();
        let timeout = self.rules.timeout;
        let time_left = || left(timeout, started, clock.now());
        let call = call_within(call, time_left(), rules);
        match call.await {
            Err(error) if error.is_timeout() && (error.is_not_begun() || time_left().is_zero()) => {
                Err(self.timed_out(last.take(), &error))
            }
            answered => answered,
        }
    }

    /// Returns the error of a timeout that passed within a call. It keeps the last response if
    /// there was one.
    fn timed_out(&self, last: Option<Response>, error: &Error) -> Error {
        if let Some(last) = last {
            return last.error(ErrorKind::Timeout, self.timeout_detail());
        }
        let limit = self.rules.timeout;
        let detail = format!("timed out: the operation was not done within {limit:?}");
        Error::new(ErrorKind::Timeout, error.endpoint(), detail)
            .with_attempts(error.attempts(), error.may_have_executed())
            .with_idempotency_key(error.idempotency_key().map(str::to_owned))
    }

    pub(super) fn timeout_detail(&self) -> String {
        let limit = self.rules.timeout;
        format!("timed out: the operation was not done within {limit:?}, its last response is kept")
    }

    fn has_failed(&self, data: &T, body: &Bytes) -> bool {
        match &self.failed_when {
            Some(has_failed) => background::isolate(|| has_failed(data)),
            None => self.rules.failed.iter().any(|mark| matches(mark, body)),
        }
    }

    fn is_done(&self, data: &T, body: &Bytes) -> bool {
        match &self.done_when {
            Some(is_done) => background::isolate(|| is_done(data)),
            None => self.rules.done.iter().any(|mark| matches(mark, body)),
        }
    }
}

pub(super) fn left(limit: Duration, started: Instant, now: Instant) -> Duration {
    limit.saturating_sub(now.duration_since(started))
}

impl<M: AsyncMode, T: FromResponse + Send + 'static> IntoFuture for Polling<M, T> {
    type Output = Result<M::Output<T>, Error>;
    type IntoFuture = PollingFuture<M::Output<T>>;

    fn into_future(self) -> Self::IntoFuture {
        M::polling::<T>(self.send())
    }
}

impl<M, T> fmt::Debug for Polling<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Polling")
            .field("call", &self.call)
            .field("every", &self.rules.every)
            .field("timeout", &self.rules.timeout)
            .finish_non_exhaustive()
    }
}

/// The future of a [`Polling`], `Send` and `'static`. Dropping it ends the polling; the operation
/// continues on the server.
#[must_use = "nothing is sent until it is awaited"]
pub struct PollingFuture<T> {
    done: Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>,
    /// Set if the client needs a runtime.
    home: Option<RuntimeAffinity>,
}

impl<T> Future for PollingFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { done, home } = &mut *self;
        match home {
            Some(home) => home.poll(|| done.as_mut().poll(context)),
            None => done.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for PollingFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PollingFuture(..)")
    }
}
