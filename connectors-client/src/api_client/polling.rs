//! Operations that take a while: an endpoint is called again and again until its reply says that it is done.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::pending_call::PendingCall;
use crate::api_client::mode::{AsyncMode, Mode};
use crate::call::{CallParts, call_within};
use crate::endpoint::matcher::matches;
use crate::endpoint::{Endpoint, PollRules};
use crate::error::{Error, ErrorKind};
use crate::response::from_response::ResponseRules;
use crate::response::{FromResponse, HttpResponse};
use crate::retry::policy;
use crate::runtime::affinity::RuntimeAffinity;
use crate::runtime::background;

/// The limit of an operation where neither the endpoint nor the caller sets one.
const TIMEOUT: Duration = Duration::from_secs(10 * 60);

/// The first wait between two calls, and the longest, where neither the endpoint nor the caller sets one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// An operation that is asked again and again whether it is done: what `.poll()` of a call gives whose endpoint has `poll`.
/// Await it, or `.send()` it.
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
///     #[get("jobs/<id>", poll(every = "2s"), done(status = "complete"), fails_on(status = "failed"))]
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
/// Each time is a call of its own, with its own retries and limits. Between two of them it waits as long as the reply's
/// `Retry-After` asks, else as [`every`](Self::every) or [`pace`](Self::pace) says.
///
/// - A reply that has a mark of the endpoint's `done(..)`, or for which [`until`](Self::until) is true, is the result.
/// - One that has a mark of `fails_on(..)`, or for which [`fails_if`](Self::fails_if) is true, is an error of kind
///   [`Api`](ErrorKind::Api) that keeps it: `error.body_as::<Job>()`.
/// - When the [`timeout`](Self::timeout) passes, or would pass in the next wait, the error is a
///   [`Timeout`](ErrorKind::Timeout) that keeps the last reply. The operation itself goes on at the server.
/// - An error of a call that its retries do not mend ends it.
#[must_use = "nothing is sent until it is awaited or sent"]
pub struct Polling<M, T> {
    call: PendingCall<M>,
    rules: Rules,
    until: Option<Predicate<T>>,
    fails_if: Option<Predicate<T>>,
    on_progress: Option<Watch<T>>,
    pace: Option<Pace<T>>,
}

type Predicate<T> = Box<dyn Fn(&T) -> bool + Send>;

type Watch<T> = Box<dyn FnMut(&T) + Send>;

type Pace<T> = Box<dyn FnMut(&T, Duration) -> Duration + Send>;

/// The times of an operation.
struct Rules {
    every: Option<Duration>,
    timeout: Duration,
}

impl<M, T> Polling<M, T> {
    pub(crate) fn new(call: PendingCall<M>) -> Self {
        let declared = call.parts.request.endpoint.options.polling;
        let PollRules { every, timeout } = declared.unwrap_or(PollRules { every: None, timeout: None });
        let rules = Rules { every, timeout: timeout.unwrap_or(TIMEOUT) };
        Self { call, rules, until: None, fails_if: None, on_progress: None, pace: None }
    }

    /// Waits this long between two calls, if the server does not ask for more or less. The default is what the endpoint
    /// declares, else 1 s that grows by half each time, up to 30 s.
    pub fn every(mut self, wait: Duration) -> Self {
        self.rules.every = Some(wait);
        self
    }

    /// Says how long to wait after a reply that is not the last: it is given the reply and the wait before it, at first that
    /// of [`every`](Self::every) or its default, and its answer is what is waited from then on. A `Retry-After` beats it once.
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

    /// Limits the whole operation: all calls and the waits between them. The default is what the endpoint declares, else
    /// 10 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.rules.timeout = timeout;
        self
    }

    /// Says when the operation is done, in place of the endpoint's `done(..)`.
    pub fn until(mut self, is_done: impl Fn(&T) -> bool + Send + 'static) -> Self {
        self.until = Some(Box::new(is_done));
        self
    }

    /// Says when the operation has failed, in place of the endpoint's `fails_on(..)`. It is asked before
    /// [`until`](Self::until).
    pub fn fails_if(mut self, has_failed: impl Fn(&T) -> bool + Send + 'static) -> Self {
        self.fails_if = Some(Box::new(has_failed));
        self
    }

    /// Is told of each reply that says that the operation is neither done nor failed.
    pub fn on_progress(mut self, watch: impl FnMut(&T) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(watch));
        self
    }
}

impl<M: Mode, T: FromResponse + Send + 'static> Polling<M, T> {
    /// Begins: an async call gives its future, a blocking one waits for the result.
    pub fn send(self) -> M::Polled<T> {
        M::poll(self)
    }

    /// The future that does it, and makes of the last reply what the mode gives.
    pub(crate) fn future<O: 'static>(self, output: fn(HttpResponse<T>) -> O) -> PollingFuture<O> {
        let CallParts { client, request } = &*self.call.parts;
        let home = client.shared.needs_runtime.then(|| RuntimeAffinity::new(request.endpoint));
        let done = Box::pin(async move { self.run().await.map(output) });
        PollingFuture { done, home }
    }

    /// Waits on this thread.
    pub(crate) fn wait(self) -> Result<HttpResponse<T>, Error> {
        let endpoint = self.call.parts.request.endpoint;
        background::finish(endpoint, async move { self.run().await })
    }

    async fn run(mut self) -> Result<HttpResponse<T>, Error> {
        let CallParts { client, request } = *self.call.parts.clone();
        let endpoint = request.endpoint;
        if self.until.is_none() && endpoint.options.stream.done.is_empty() {
            let detail = "nothing says when the operation is done: declare `done(..)`, or give `.until(..)`";
            return Err(Error::build(Some(endpoint), detail));
        }
        let clock = client.shared.clock.clone();
        let started = clock.now();
        let mut wait = self.rules.every.unwrap_or(FIRST_WAIT);
        loop {
            let time = left(self.rules.timeout, started, clock.now());
            let parts = self.call.parts.clone();
            let response = call_within(parts, time, ResponseRules::new::<HttpResponse<T>>()).await?;
            let kept = response.copy();
            let asked = policy::retry_after(response.headers(), clock.system_time());
            let reply = HttpResponse::<T>::from_response(response)?;
            if self.has_failed(endpoint, &reply.data, kept.body()) {
                return Err(kept.error(ErrorKind::Api, "the operation has failed"));
            }
            if self.is_done(endpoint, &reply.data, kept.body()) {
                return Ok(reply);
            }
            if let Some(watch) = &mut self.on_progress {
                watch(&reply.data);
            }
            if let Some(pace) = &mut self.pace {
                wait = pace(&reply.data, wait);
            }
            let pause = asked.unwrap_or(wait);
            if pause >= left(self.rules.timeout, started, clock.now()) {
                let limit = self.rules.timeout;
                let detail =
                    format!("timed out: the operation was not done within {limit:?}, its last reply is kept");
                return Err(kept.error(ErrorKind::Timeout, detail).with_retry_after(asked));
            }
            clock.sleep(pause).await;
            if self.rules.every.is_none() && self.pace.is_none() {
                wait = (wait + wait / 2).min(LONGEST_WAIT);
            }
        }
    }

    fn has_failed(&self, endpoint: &Endpoint, data: &T, body: &Bytes) -> bool {
        match &self.fails_if {
            Some(has_failed) => has_failed(data),
            None => endpoint.options.stream.fails_on.iter().any(|mark| matches(mark, body)),
        }
    }

    fn is_done(&self, endpoint: &Endpoint, data: &T, body: &Bytes) -> bool {
        match &self.until {
            Some(is_done) => is_done(data),
            None => endpoint.options.stream.done.iter().any(|mark| matches(mark, body)),
        }
    }
}

fn left(limit: Duration, started: Instant, now: Instant) -> Duration {
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

/// The future of a [`Polling`], `Send` and `'static`. Dropping it ends the asking; the operation goes on at the server.
#[must_use = "nothing is sent until it is awaited"]
pub struct PollingFuture<T> {
    done: Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>,
    /// Where polling needs a runtime.
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
