//! Calls on every kind of runtime, on several, on one that shuts down and on none: they return a
//! result or a typed error and never panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use connectors_client::{ByteStream, Client, Error, ErrorKind, RetryPolicy, api_client};
use support::server::{Reply, Server};
use tokio::runtime::{Builder, Runtime};

use crate::full_port;
use crate::plain_reqwest::plain;

#[api_client]
trait Things {
    #[get("get")]
    async fn get(&self) -> bytes::Bytes;

    #[post("post")]
    async fn post(&self, value: u32) -> bytes::Bytes;

    #[get("stream")]
    async fn stream(&self) -> ByteStream;
}

fn client(url: &str) -> Client {
    // Tests do not wait for the pause between two attempts.
    let retry = RetryPolicy::default()
        .initial_backoff(Duration::from_secs(20))
        .max_retry_after(Duration::from_secs(20));
    support::client(url).bearer_token("t").env_proxies(false).retry(retry).build().unwrap()
}

/// Runtimes with everything that calls need.
fn runtimes() -> [(&'static str, Runtime); 3] {
    let multi =
        |threads| Builder::new_multi_thread().worker_threads(threads).enable_all().build().unwrap();
    [
        ("current thread", Builder::new_current_thread().enable_all().build().unwrap()),
        ("one worker", multi(1)),
        ("two workers", multi(2)),
    ]
}

/// Polls once, outside any runtime.
fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// The event that a call waits for when its runtime shuts down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    Connection,
    Head,
    Body,
    NextAttempt,
}

const WAITING: [Waiting; 4] =
    [Waiting::Connection, Waiting::Head, Waiting::Body, Waiting::NextAttempt];

/// A server on which a call waits forever.
enum Place {
    Server(Server),
    /// A listener whose queue is full, with the connections that fill it.
    Full(std::net::SocketAddr, #[expect(dead_code, reason = "held open")] Vec<full_port::Held>),
}

impl Place {
    fn of(waiting: Waiting, keeper: &Runtime) -> Self {
        Self::Server(Server::start([match waiting {
            Waiting::Connection => {
                let (address, held) = full_port::full(keeper);
                return Self::Full(address, held);
            }
            Waiting::Head => Reply::stall(),
            Waiting::Body => {
                Reply::text(200, "text/plain", "half").declare_length(100).stall_after(4)
            }
            Waiting::NextAttempt => Reply::empty(503).header("retry-after", "15"),
        }]))
    }

    fn url(&self) -> String {
        match self {
            Self::Server(server) => server.url(),
            Self::Full(address, _) => format!("http://{address}"),
        }
    }

    fn requests(&self) -> usize {
        match self {
            Self::Server(server) => server.requests().len(),
            Self::Full(..) => 0,
        }
    }
}

/// Starts a call on a runtime and leaves it waiting.
fn begin<T>(
    runtime: &Runtime,
    place: &Place,
    waiting: Waiting,
    call: &mut (impl Future<Output = T> + Unpin),
) {
    runtime.block_on(async {
        let deadline = Instant::now() + Duration::from_secs(5);
        // Wait until the request arrived, and a little longer for the response.
        while waiting != Waiting::Connection && place.requests() == 0 && Instant::now() < deadline {
            assert!(tokio::time::timeout(Duration::from_millis(5), &mut *call).await.is_err());
        }
        assert!(tokio::time::timeout(Duration::from_millis(30), &mut *call).await.is_err());
    });
}

/// Starts calls on runtimes that shut down, and continues them elsewhere. Returns the outcome of
/// each, which is `None` if it panics, if nothing wakes it or if it takes longer than this.
fn whose_runtime_goes_away<T, F: Future<Output = T> + Unpin>(
    limit: Duration,
    make: impl Fn(&str) -> Box<dyn Fn() -> F>,
) -> Vec<(String, Option<T>)> {
    let keeper = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let mut became = Vec::new();
    for waiting in WAITING {
        for (name, runtime) in runtimes() {
            let place = Place::of(waiting, &keeper);
            let make = make(&place.url());
            let mut calls: Vec<_> = (0..3).map(|_| make()).collect();
            for call in &mut calls {
                begin(&runtime, &place, waiting, call);
            }
            let handle = runtime.handle().clone();
            drop(runtime);
            let other = Builder::new_current_thread().enable_all().build().unwrap();
            for (where_to, mut call) in
                ["outside", "another runtime", "the one that is gone"].into_iter().zip(calls)
            {
                let result = catch_unwind(AssertUnwindSafe(|| match where_to {
                    "outside" => match poll_once(&mut call) {
                        Poll::Ready(result) => result,
                        Poll::Pending => panic!("the call waits and nothing wakes it"),
                    },
                    "another runtime" => other
                        .block_on(async { tokio::time::timeout(limit, &mut call).await })
                        .unwrap(),
                    _ => handle.block_on(&mut call),
                }));
                became.push((format!("{waiting:?}, {name}, {where_to}"), result.ok()));
                // A future that panicked may panic again when it is dropped.
                let _ = catch_unwind(AssertUnwindSafe(|| drop(call)));
            }
        }
    }
    became
}

#[test]
fn a_call_fails_after_its_runtime_shuts_down() {
    let became = whose_runtime_goes_away(Duration::from_secs(5), |url| {
        let things = ThingsClient::new(client(url));
        Box::new(move || things.get().send())
    });
    assert_eq!(became.len(), 4 * 3 * 3);
    for (case, result) in became {
        let error = result.unwrap_or_else(|| panic!("{case}: a panic")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Runtime, "{case}: {error}");
        // The call had begun, so it may have been executed.
        assert!(error.may_have_executed(), "{case}: {error}");
    }
}

/// Control: a loop around plain reqwest in the same cases.
#[test]
fn a_careless_call_without_its_runtime_is_detected() {
    let became = whose_runtime_goes_away(Duration::from_millis(300), |url| {
        let url = url.to_owned();
        Box::new(move || {
            let url = url.clone();
            Box::pin(async move {
                let plain = plain();
                loop {
                    let reply = plain.get(&url).timeout(Duration::from_secs(60)).send().await?;
                    if reply.status() != 503 {
                        return reply.bytes().await;
                    }
                    tokio::time::sleep(Duration::from_secs(15)).await;
                }
            })
        })
    });
    // On another runtime it may only be waiting.
    let gone: Vec<_> =
        became.iter().filter(|(case, _)| !case.ends_with("another runtime")).collect();
    let lost = gone.iter().filter(|(_, result)| result.is_none()).count();
    println!(
        "figure: careless: {lost} of {} calls panic, or wait where nobody wakes them",
        gone.len()
    );
    assert!(lost > gone.len() / 4, "{became:?}");
}

/// Starts a stream and leaves it waiting for more.
fn waiting_stream(runtime: &Runtime, url: &str, blocking: bool) -> ByteStream {
    let client = support::client(url).env_proxies(false).idle_timeout(Duration::from_millis(200));
    let client = client.build().unwrap();
    // Its connection lives on the background runtime, which keeps running.
    let streamed =
        blocking.then(|| BlockingThingsClient::new(client.clone()).stream().send().unwrap());
    runtime.block_on(async {
        let mut stream = match streamed {
            Some(stream) => stream,
            None => ThingsClient::new(client).stream().await.unwrap(),
        };
        stream.next().await.unwrap().unwrap();
        // Its timer is running now.
        assert!(tokio::time::timeout(Duration::from_millis(10), stream.next()).await.is_err());
        stream
    })
}

#[test]
fn a_stream_fails_after_its_runtime_shuts_down() {
    let reply = Reply::text(200, "text/plain", "half").declare_length(100).stall_after(4);
    let server = Server::start([reply]);
    let mut cases = 0;
    for blocking in [false, true] {
        for where_to in ["outside", "another runtime", "the one that is gone"] {
            for (name, runtime) in runtimes() {
                let case = format!("{name}, blocking {blocking}, {where_to}");
                let mut stream = waiting_stream(&runtime, &server.url(), blocking);
                let handle = runtime.handle().clone();
                drop(runtime);
                let other = Builder::new_current_thread().enable_all().build().unwrap();
                let result = catch_unwind(AssertUnwindSafe(|| match where_to {
                    "outside" => match poll_once(&mut stream.next()) {
                        Poll::Ready(item) => item,
                        Poll::Pending => panic!("{case}: waits and nothing wakes it"),
                    },
                    "another runtime" => other.block_on(stream.next()),
                    _ => handle.block_on(stream.next()),
                }));
                let item = result.unwrap_or_else(|_| panic!("{case}: a panic"));
                let error = item.unwrap_or_else(|| panic!("{case}: the stream ended")).unwrap_err();
                let kind = match (blocking, where_to) {
                    // The connection ended with its runtime.
                    (false, _) => ErrorKind::Interrupted,
                    (true, "another runtime") => ErrorKind::Timeout,
                    (true, _) => ErrorKind::Runtime,
                };
                assert_eq!(error.kind(), kind, "{case}: {error}");
                assert!(error.may_have_executed(), "{case}");
                assert!(matches!(poll_once(&mut stream.next()), Poll::Ready(None)), "{case}");
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 2 * 3 * 3);
}

type Enable = fn(&mut Builder) -> &mut Builder;

/// Runtimes that lack something that calls need.
#[test]
fn a_runtime_without_timers_or_sockets_is_an_error() {
    let server = Server::start([Reply::json(200, "{}")]);
    let lacking: [(&str, Enable); 3] = [
        ("both", |builder| builder),
        ("timers", Builder::enable_io),
        ("sockets", Builder::enable_time),
    ];
    for (what, enable) in lacking {
        for mut builder in [Builder::new_current_thread(), Builder::new_multi_thread()] {
            let runtime = enable(&mut builder).build().unwrap();
            let things = ThingsClient::new(client(&server.url()));
            let result = catch_unwind(AssertUnwindSafe(|| runtime.block_on(things.get().send())));
            let error = result.unwrap_or_else(|_| panic!("without {what}: a panic")).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Runtime, "{what}: {error}");
            assert!(error.to_string().contains("enable_all"), "{what}: {error}");
            assert!(!error.may_have_executed(), "{what}: {error}");
            // The client still works.
            let whole = Builder::new_current_thread().enable_all().build().unwrap();
            whole.block_on(things.get().send()).unwrap();
        }
    }
}

/// Makes calls on one runtime after another, half of which live on without being driven. Returns
/// the number of calls and the causes of the failed ones.
fn one_after_another<E: std::fmt::Display>(
    call: impl AsyncFn() -> Result<(), E>,
) -> (usize, Vec<String>) {
    let (mut living, mut failed) = (Vec::new(), Vec::new());
    let mut calls = 0;
    for round in 0..6 {
        for (name, runtime) in runtimes() {
            let started = Instant::now();
            for _ in 0..2 {
                let result = runtime.block_on(call());
                failed.extend(result.err().map(|error| format!("{round} {name}: {error}")));
                calls += 1;
            }
            assert!(
                started.elapsed() < Duration::from_secs(3),
                "{round} {name}: {:?}",
                started.elapsed()
            );
            if round % 2 == 0 {
                living.push(runtime);
            }
        }
    }
    (calls, failed)
}

#[test]
fn one_client_serves_consecutive_runtimes() {
    let server = Server::start([Reply::json(200, "{}")]);
    let things = ThingsClient::new(client(&server.url()));
    let (calls, failed) = one_after_another(async || things.post(1).await.map(drop));
    assert_eq!(failed, Vec::<String>::new());
    assert_eq!(server.requests().len(), calls);

    // Control: plain reqwest takes a connection that no runtime drives.
    let plain = plain();
    let limit = Duration::from_millis(200);
    let (calls, failed) = one_after_another(async || {
        plain.post(server.url()).timeout(limit).send().await?.bytes().await.map(drop)
    });
    println!("figure: careless: {} of {calls} calls fail: {:?}", failed.len(), failed.first());
    assert!(!failed.is_empty());
}

#[test]
fn one_client_serves_concurrent_runtimes() {
    const CALLS: usize = 100;
    let server = Server::start([Reply::json(200, "{}")]);
    let things = ThingsClient::new(client(&server.url()));
    let blocking = BlockingThingsClient::new(client(&server.url()));
    std::thread::scope(|scope| {
        for (_, runtime) in runtimes().into_iter().chain(runtimes()) {
            let things = things.clone();
            scope.spawn(move || {
                let made = runtime.block_on(async {
                    let calls = (0..CALLS).map(|_| tokio::spawn(things.get().send()));
                    futures_util::future::join_all(calls).await
                });
                assert!(made.into_iter().all(|call| call.unwrap().is_ok()));
            });
            scope.spawn(|| (0..CALLS).for_each(|_| drop(blocking.get().send().unwrap())));
        }
    });
    assert_eq!(server.requests().len(), 6 * 2 * CALLS);
}

/// Place where a thread makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Outside,
    Entered,
    BlockOn,
    Task,
    LocalTask,
    SpawnBlocking,
    BlockInPlace,
}

const PLACES: [Where; 7] = [
    Where::Outside,
    Where::Entered,
    Where::BlockOn,
    Where::Task,
    Where::LocalTask,
    Where::SpawnBlocking,
    Where::BlockInPlace,
];

impl Where {
    /// Returns true if waiting here blocks no task.
    fn may_wait(self) -> bool {
        !matches!(self, Self::BlockOn | Self::Task | Self::LocalTask)
    }

    fn run<T: Send + 'static>(
        self,
        runtime: &Runtime,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        match self {
            Self::Outside => work(),
            Self::Entered => {
                let _entered = runtime.enter();
                work()
            }
            Self::BlockOn => runtime.block_on(async { work() }),
            Self::Task => runtime.block_on(async { tokio::spawn(async { work() }).await }).unwrap(),
            Self::LocalTask => {
                let local = tokio::task::LocalSet::new();
                runtime.block_on(
                    local.run_until(async {
                        tokio::task::spawn_local(async { work() }).await.unwrap()
                    }),
                )
            }
            Self::SpawnBlocking => {
                runtime.block_on(async { tokio::task::spawn_blocking(work).await }).unwrap()
            }
            Self::BlockInPlace => {
                let work = async { tokio::task::block_in_place(work) };
                runtime.block_on(async { tokio::spawn(work).await }).unwrap()
            }
        }
    }
}

type BlockingCall = fn(&Client) -> Result<(), Error>;
type Became = (String, bool, Option<Result<(), Error>>);

/// Makes blocking calls in every place. Returns the place, whether it may wait there, and the
/// outcome of the call, which is `None` if it panics.
fn everywhere(client: &Client, calls: &[(&str, BlockingCall)]) -> Vec<Became> {
    let mut became = Vec::new();
    for (name, runtime) in runtimes() {
        for place in PLACES {
            if place == Where::BlockInPlace && name == "current thread" {
                // Tokio has no `block_in_place` on a current-thread runtime.
                continue;
            }
            for (call, make) in calls {
                let (client, make) = (client.clone(), *make);
                let result =
                    catch_unwind(AssertUnwindSafe(|| place.run(&runtime, move || make(&client))));
                became.push((format!("{call}, {name}, {place:?}"), place.may_wait(), result.ok()));
            }
        }
    }
    became
}

#[test]
fn blocking_calls_fail_only_where_they_would_block_tasks() {
    let server = Server::start([Reply::json(200, "{}")]);
    let calls: [(&str, BlockingCall); 5] = [
        ("get", |client| BlockingThingsClient::new(client.clone()).get().send().map(drop)),
        ("post", |client| BlockingThingsClient::new(client.clone()).post(1).send().map(drop)),
        ("raw", |client| {
            BlockingThingsClient::new(client.clone()).with_raw_response().get().send().map(drop)
        }),
        ("stream", |client| {
            let stream = BlockingThingsClient::new(client.clone()).stream().send()?;
            stream.into_iter().try_for_each(|piece| piece.map(drop))
        }),
        ("built", |client| {
            let request = BlockingThingsClient::new(client.clone()).get().build()?;
            client.send_blocking::<bytes::Bytes>(request).map(drop)
        }),
    ];
    let client = client(&server.url());
    let (mut waited, mut refused) = (0, 0);
    for (case, may_wait, result) in everywhere(&client, &calls) {
        let result = result.unwrap_or_else(|| panic!("{case}: a panic"));
        if may_wait {
            result.unwrap_or_else(|error| panic!("{case}: {error}"));
            waited += 1;
        } else {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Runtime, "{case}: {error}");
            assert!(!error.may_have_executed(), "{case}: {error}");
            refused += 1;
        }
    }
    assert_eq!((waited, refused), (55, 45));
    assert_eq!(server.requests().len(), waited);

    // Control: a blocking call with its own runtime, as it is often written.
    let careless: [(&str, BlockingCall); 1] = [("own runtime", |client| {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(ThingsClient::new(client.clone()).get().send()).map(drop)
    })];
    let became = everywhere(&client, &careless);
    let refusable = became.iter().filter(|(_, may_wait, _)| !may_wait).count();
    let panicked = became.iter().filter(|(_, _, result)| result.is_none()).count();
    println!("figure: careless: {panicked} of {} calls panic", became.len());
    assert_eq!((panicked, refusable), (9, 9), "{became:?}");
}
