//! Runs tests that measure or change process-wide state, each in its own process.

use std::process::Command;

const VARIABLE: &str = "GUARDS_ALONE";

/// Runs the body of the named test in its own process, with these environment variables.
pub(crate) fn alone_with(test: &str, variables: &[(&str, &str)], body: impl FnOnce()) {
    if is_child(test) {
        return body();
    }
    // Another build may replace the file in the meantime. The link leads to the running one.
    let link = std::path::Path::new("/proc/self/exe");
    let program = if link.exists() { link.into() } else { std::env::current_exe().unwrap() };
    let mut command = Command::new(program);
    command
        .args(["--exact", test, "--nocapture"])
        .env(VARIABLE, test)
        .envs(variables.iter().copied());
    let output = command.output().unwrap();
    let (said, wrong) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    assert!(output.status.success() && said.contains("1 passed"), "{said}{wrong}");
}

/// Runs a future on the test's own runtime.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Returns true if this is the child process of the test.
pub(crate) fn is_child(test: &str) -> bool {
    std::env::var_os(VARIABLE).is_some_and(|name| name == test)
}

/// Runs the body of the named test in its own process.
pub(crate) fn alone(test: &str, body: impl FnOnce()) {
    alone_with(test, &[], body);
}
