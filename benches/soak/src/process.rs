//! Resources that this process uses.

use crate::Failure;

/// Number of open files and sockets.
pub(crate) fn descriptors() -> Result<usize, Failure> {
    // One descriptor belongs to the directory that is being read.
    Ok(std::fs::read_dir("/proc/self/fd")?.count().saturating_sub(1))
}

/// Current and peak memory in MiB.
pub(crate) fn memory() -> Result<(f64, f64), Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let field = |name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes =
            line.and_then(|line| line.split_whitespace().next()).ok_or("no such figure")?;
        Ok::<f64, Failure>(kibibytes.parse::<f64>()? / 1024.0)
    };
    Ok((field("VmRSS:")?, field("VmHWM:")?))
}
