//! Standard output and standard error, whose readers may stop reading.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write, stderr, stdout};

/// Writes a text to stdout. A reader that has closed its pipe, such as `head`, has read enough, so
/// the rest is dropped without an error.
pub(super) fn print(text: &str) -> Result<(), String> {
    let mut stdout = stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("stdout cannot be written: {error}"))
        }
        _ => Ok(()),
    }
}

/// Writes a line to stderr. A failure is ignored, since it could be reported nowhere.
pub(super) fn report(line: Arguments<'_>) {
    let _ = writeln!(stderr(), "{line}");
}
