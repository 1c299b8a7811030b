//! Runs a test in a process of its own.

use std::process::Command;

const VARIABLE: &str = "NETWORK_ALONE";

/// Returns true if this is the process of the named test.
pub(crate) fn is_child(test: &str) -> bool {
    std::env::var_os(VARIABLE).is_some_and(|name| name == test)
}

/// Runs a test of this program again, with these variables and after these commands of the shell.
/// Returns its output.
pub(crate) fn child(test: &str, variables: &[(&str, &str)], before: &str) -> String {
    let (_, path) = test.split_once("::").unwrap();
    let script = format!("{before} exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
        command.env_remove(name).env_remove(name.to_ascii_lowercase());
    }
    command.arg("-c").arg(script).arg(std::env::current_exe().unwrap());
    command.args(["--exact", path, "--nocapture"]);
    command.env(VARIABLE, test).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{wrong}");
    said
}
