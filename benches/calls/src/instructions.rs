//! Counts instructions with valgrind, so that the figures do not depend on the load of the machine.

use std::process::Command;

use calls::Failure;

/// Returns the instructions of one call: the slope between runs of `few` and `many` calls, which
/// leaves out the setup.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(crate) fn per_call(
    program: &str,
    arguments: &[&str],
    few: u64,
    many: u64,
) -> Result<f64, Failure> {
    let (less, more) = (count(program, arguments, few)?, count(program, arguments, many)?);
    Ok(more.saturating_sub(less) as f64 / (many - few) as f64)
}

fn count(program: &str, arguments: &[&str], calls: u64) -> Result<u64, Failure> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", program]);
    let output = valgrind.args(arguments).arg(calls.to_string()).output();
    let output = output
        .map_err(|error| format!("valgrind cannot be run ({error}): `benches/run` installs it"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{program} failed: {text}").into());
    }
    let collected = text.lines().find_map(|line| line.split_once("Collected : "));
    Ok(collected.ok_or("valgrind printed no count")?.1.trim().parse()?)
}
