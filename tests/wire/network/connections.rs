//! Connections that are kept: how many, and for how long.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use support::server::{Reply, Server};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::process::{child, is_child};
use super::{ThingsClient, both, things};

/// Makes calls, at most so many at once.
async fn calls(things: &ThingsClient, count: usize, at_once: usize) {
    let mut set = JoinSet::new();
    let limit = Arc::new(Semaphore::new(at_once));
    for _ in 0..count {
        let (things, permit) = (things.clone(), Arc::clone(&limit).acquire_owned().await.unwrap());
        set.spawn(async move {
            let result = things.get().await;
            drop(permit);
            result
        });
    }
    for result in set.join_all().await {
        result.unwrap();
    }
}

/// Opens files until the system refuses, and returns how many.
fn files_left() -> usize {
    let files: Vec<_> = std::iter::from_fn(|| File::open("/dev/null").ok()).take(1000).collect();
    files.len()
}

#[test]
fn a_program_with_few_files_keeps_some_for_itself() {
    const TEST: &str = concat!(module_path!(), "::a_program_with_few_files_keeps_some_for_itself");
    const TRANSPORT: &str = "CHILD_TRANSPORT";
    if is_child(TEST) {
        let transport: usize = std::env::var(TRANSPORT).unwrap().parse().unwrap();
        let (name, builder) =
            both(std::env::var("SERVER").unwrap()).into_iter().nth(transport).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let before = files_left();
        let things = things(builder.max_retries(0));
        runtime.block_on(calls(&things, 300, 32));
        println!("files of {name}: {} of {before}", files_left());
        return;
    }
    for transport in ["0", "1"] {
        let server = Server::start([Reply::empty(204).delay(Duration::from_millis(2))]);
        let variables = [(TRANSPORT, transport), ("SERVER", &server.url())];
        let said = child(TEST, &variables, "ulimit -n 64;");
        let line = said.lines().find_map(|line| line.split_once("files of ")).unwrap().1;
        println!("{line}, after 300 calls over {} connections", server.connections());
        let left: usize = line.split([' ', ':']).find_map(|word| word.parse().ok()).unwrap();
        assert_eq!(server.requests().len(), 300);
        assert!(left >= 12, "{line}");
    }
}

#[tokio::test]
async fn the_number_of_idle_connections_is_limited() {
    // Two rounds of four calls at once.
    for (idle, expected) in [(0, 8), (1, 7), (3, 5), (32, 4)] {
        let server = Server::start([Reply::empty(204).delay(Duration::from_millis(30))]);
        let mut before = 0;
        for (name, builder) in both(server.url()) {
            let things = things(builder.pool_max_idle_per_host(idle));
            for _ in 0..2 {
                calls(&things, 4, 4).await;
                // Connections return to the pool a little later.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            assert_eq!(server.connections() - before, expected, "{name}, {idle} idle");
            before = server.connections();
        }
    }
}

/// With fewer idle connections than callers, calls open connections again and again.
#[tokio::test]
async fn by_default_64_callers_keep_their_connections() {
    let server = Server::start([Reply::empty(204).delay(Duration::from_millis(200))]);
    // Control: half of them have to connect again.
    for (idle, expected) in [(None, 64), (Some(32), 96)] {
        for (name, builder) in both(server.url()) {
            let things = things(match idle {
                Some(idle) => builder.pool_max_idle_per_host(idle),
                None => builder,
            });
            let before = server.connections();
            for _ in 0..2 {
                calls(&things, 64, 64).await;
                // Connections return to the pool a little later.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            assert_eq!(server.connections() - before, expected, "{name}, {idle:?} idle");
        }
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_its_time() {
    for (timeout, expected) in [(Duration::from_millis(100), 2), (Duration::from_secs(90), 1)] {
        let server = Server::start([Reply::empty(204)]);
        let mut before = 0;
        for (name, builder) in both(server.url()) {
            let things = things(builder.pool_idle_timeout(timeout));
            things.get().await.unwrap();
            tokio::time::sleep(Duration::from_millis(300)).await;
            things.get().await.unwrap();
            assert_eq!(server.connections() - before, expected, "{name}, {timeout:?}");
            before = server.connections();
        }
    }
}
