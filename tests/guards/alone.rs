//! Tests that measure or change what belongs to the whole process, each in a process of its own.

use std::process::Command;

const VARIABLE: &str = "GUARDS_ALONE";

/// Runs the body of the test with this name in a process of its own, with these variables in its environment.
pub(crate) fn alone_with(test: &str, variables: &[(&str, &str)], body: impl FnOnce()) {
    if is_child(test) {
        return body();
    }
    // The file may be replaced by another build meanwhile; the link leads to the one that runs.
    let link = std::path::Path::new("/proc/self/exe");
    let program = if link.exists() { link.into() } else { std::env::current_exe().unwrap() };
    let mut command = Command::new(program);
    command.args(["--exact", test, "--nocapture"]).env(VARIABLE, test).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    assert!(output.status.success() && said.contains("1 passed"), "{said}{wrong}");
}

/// Runs a future on a runtime of the test's own.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Whether this is the process of its own.
pub(crate) fn is_child(test: &str) -> bool {
    std::env::var_os(VARIABLE).is_some_and(|name| name == test)
}

/// The same without variables.
pub(crate) fn alone(test: &str, body: impl FnOnce()) {
    alone_with(test, &[], body);
}
