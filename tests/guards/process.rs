//! What this process has of the machine, as Linux says it.

use std::time::{Duration, Instant};

/// Open files and sockets.
pub(crate) fn descriptors() -> usize {
    // One is that of the folder that is read.
    std::fs::read_dir("/proc/self/fd").unwrap().count() - 1
}

/// Memory now, in KiB.
pub(crate) fn memory() -> u64 {
    status("VmRSS:")
}

/// The most memory that there was, in KiB.
pub(crate) fn peak_memory() -> u64 {
    status("VmHWM:")
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// What has ended is gone a little later: waits until it is, and gives what is left in the end.
pub(crate) async fn settled<T: PartialEq + Copy>(expected: T, count: impl Fn() -> T) -> T {
    let deadline = Instant::now() + Duration::from_secs(5);
    while count() != expected && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    count()
}
