//! Resources that this process uses, as Linux reports them.

use std::time::{Duration, Instant};

/// Number of open files and sockets.
pub(crate) fn descriptors() -> usize {
    // One descriptor belongs to the directory that is being read.
    std::fs::read_dir("/proc/self/fd").unwrap().count() - 1
}

/// Current memory in KiB.
pub(crate) fn memory() -> u64 {
    status("VmRSS:")
}

/// Peak memory in KiB.
pub(crate) fn peak_memory() -> u64 {
    status("VmHWM:")
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// Waits until the count drops to the expected value, since resources are freed a little later.
/// Returns the last count.
pub(crate) async fn settled<T: PartialEq + Copy>(expected: T, count: impl Fn() -> T) -> T {
    let deadline = Instant::now() + Duration::from_secs(5);
    while count() != expected && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    count()
}
