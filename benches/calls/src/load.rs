//! Makes the same calls, one after another or many at a time, and measures their cost to the
//! process.

use std::alloc::System;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use crate::{Created, Failure, Found, NewConnector, Page};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Path of the base URL at which the server reads requests and answers none.
pub const SILENT: &str = "/silent";

/// Number of calls per worker before the measurement, so that connections exist.
const WARM_UP: usize = 20;

const ID: &str = "my-connector-0001";
const NEW: NewConnector<'static> = NewConnector {
    name: "My connector",
    url: "https://search-api.example.com/search",
    description: Some("Searches the wiki"),
};

/// A way to make the calls.
pub trait Way: 'static {
    fn get(&self, id: &str) -> impl Future<Output = Result<Found, Failure>>;
    fn create(&self, new: NewConnector<'static>) -> impl Future<Output = Result<Created, Failure>>;
    fn list(&self, limit: u32) -> impl Future<Output = Result<Page, Failure>>;
}

/// A way to make the calls with blocking functions.
pub trait BlockingWay: Send + Sync + 'static {
    fn get(&self, id: &str) -> Result<Found, Failure>;
    fn create(&self, new: NewConnector<'static>) -> Result<Created, Failure>;
    fn list(&self, limit: u32) -> Result<Page, Failure>;
}

/// The load that the arguments of the process request: `<url> <operation> <at a time> <count>`.
struct Plan {
    url: String,
    operation: String,
    at_a_time: usize,
    count: usize,
}

impl Plan {
    fn read() -> Result<Self, Failure> {
        let mut arguments = std::env::args().skip(1);
        let mut next = || arguments.next().ok_or("usage: <url> <operation> <at a time> <count>");
        let (url, operation) = (next()?, next()?);
        Ok(Self { url, operation, at_a_time: next()?.parse()?, count: next()?.parse()? })
    }

    /// Returns the number of calls of a worker.
    fn share(&self) -> usize {
        self.count / self.at_a_time
    }
}

/// Makes the calls in a way that `way` sets up for a URL, and prints the figures.
pub fn load<W: Way>(way: impl FnOnce(&str) -> Result<W, Failure>) -> Result<(), Failure> {
    let plan = Rc::new(Plan::read()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async {
        let way = Rc::new(way(&plan.url)?);
        if plan.operation == "pending" {
            return wait(&way, plan.count).await;
        }
        work(&way, &plan, WARM_UP).await?;
        let start = Start::now();
        work(&way, &plan, plan.share()).await?;
        start.print(plan.share() * plan.at_a_time);
        Ok(())
    })
}

/// Begins calls that get no answer, and prints the bytes of heap and of resident memory that each of
/// them keeps once all are waiting. If calls have ended, it prints how many instead.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
async fn wait<W: Way>(way: &Rc<W>, calls: usize) -> Result<(), Failure> {
    let mut tasks = Vec::with_capacity(calls);
    let (heap, resident) = (Region::new(ALLOCATOR), resident_memory());
    for _ in 0..calls {
        let way = Rc::clone(way);
        tasks.push(tokio::task::spawn_local(async move { way.get(ID).await.map(drop) }));
    }
    let kept = || heap.change().bytes_allocated.saturating_sub(heap.change().bytes_deallocated);
    let mut before = usize::MAX;
    while kept() != before {
        before = kept();
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    let resident = resident_memory().saturating_sub(resident) * 1024;
    let ended = tasks.iter().filter(|task| task.is_finished()).count();
    if ended > 0 {
        println!("{ended}");
        return Ok(());
    }
    println!("{} {}", before as f64 / calls as f64, resident as f64 / calls as f64);
    Ok(())
}

/// Runs all workers, each of which makes its calls one after another.
async fn work<W: Way>(way: &Rc<W>, plan: &Rc<Plan>, each: usize) -> Result<(), Failure> {
    let worker = |way: Rc<W>, plan: Rc<Plan>| async move {
        for _ in 0..each {
            call(&*way, &plan.operation).await?;
        }
        Ok::<_, Failure>(())
    };
    if plan.at_a_time == 1 {
        return worker(Rc::clone(way), Rc::clone(plan)).await;
    }
    let mut workers = Vec::new();
    for _ in 0..plan.at_a_time {
        workers.push(tokio::task::spawn_local(worker(Rc::clone(way), Rc::clone(plan))));
    }
    for worker in workers {
        worker.await??;
    }
    Ok(())
}

async fn call(way: &impl Way, operation: &str) -> Result<(), Failure> {
    match operation {
        "get" => check(way.get(ID).await?.connector.id == ID),
        "create" => check(way.create(NEW).await?.connector.id == ID),
        "list" => check(way.list(100).await?.connectors.len() == 100),
        _ => Err("the operation is `get`, `create` or `list`".into()),
    }
}

/// Runs all workers, each on its own thread.
pub fn load_blocking<W: BlockingWay>(
    way: impl FnOnce(&str) -> Result<W, Failure>,
) -> Result<(), Failure> {
    let plan = Arc::new(Plan::read()?);
    let way = Arc::new(way(&plan.url)?);
    work_blocking(&way, &plan, WARM_UP)?;
    let start = Start::now();
    work_blocking(&way, &plan, plan.share())?;
    start.print(plan.share() * plan.at_a_time);
    Ok(())
}

fn work_blocking<W: BlockingWay>(
    way: &Arc<W>,
    plan: &Arc<Plan>,
    each: usize,
) -> Result<(), Failure> {
    let worker = |way: Arc<W>, plan: Arc<Plan>| {
        (0..each).try_for_each(|_| call_blocking(&*way, &plan.operation))
    };
    if plan.at_a_time == 1 {
        return worker(Arc::clone(way), Arc::clone(plan));
    }
    std::thread::scope(|scope| {
        let spawn = |_| scope.spawn(|| worker(Arc::clone(way), Arc::clone(plan)));
        let workers: Vec<_> = (0..plan.at_a_time).map(spawn).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker panicked")?)
    })
}

fn call_blocking(way: &impl BlockingWay, operation: &str) -> Result<(), Failure> {
    match operation {
        "get" => check(way.get(ID)?.connector.id == ID),
        "create" => check(way.create(NEW)?.connector.id == ID),
        "list" => check(way.list(100)?.connectors.len() == 100),
        _ => Err("the operation is `get`, `create` or `list`".into()),
    }
}

fn check(as_sent: bool) -> Result<(), Failure> {
    if as_sent { Ok(()) } else { Err("the response is not what the server sent".into()) }
}

/// Resources that were used when the load began.
struct Start {
    time: Instant,
    cpu: f64,
    memory: Region<'static, System>,
}

impl Start {
    fn now() -> Self {
        Self { time: Instant::now(), cpu: cpu(), memory: Region::new(ALLOCATOR) }
    }

    /// Prints, per call: microseconds, CPU microseconds, allocations, bytes; and the peak memory of
    /// the process in KiB.
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn print(&self, calls: usize) {
        let memory = self.memory.change();
        let (seconds, cpu) = (self.time.elapsed().as_secs_f64(), cpu() - self.cpu);
        let calls = calls.max(1) as f64;
        let allocations = (memory.allocations + memory.reallocations) as f64 / calls;
        let bytes = memory.bytes_allocated as f64 / calls;
        println!(
            "{} {} {allocations} {bytes} {}",
            seconds * 1e6 / calls,
            cpu * 1e6 / calls,
            peak_memory()
        );
    }
}

/// Returns the CPU seconds of the process.
#[allow(clippy::cast_precision_loss, reason = "seconds of a process")]
fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Returns the peak memory of this process in KiB, or 0 if the system does not report it.
fn peak_memory() -> u64 {
    status("VmHWM:")
}

/// Returns the memory of this process in KiB, or 0 if the system does not report it.
fn resident_memory() -> u64 {
    status("VmRSS:")
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
