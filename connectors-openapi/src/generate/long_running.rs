//! Operations that run for a while: `x-ms-long-running-operation`.

use super::Generator;
use crate::model::Operation;
use crate::notice::Notice;

/// The states of an operation in the headers' resources.
const STATES: [&str; 2] =
    ["done(status = \"Succeeded\")", "failed(status = \"Failed\", status = \"Canceled\")"];

impl Generator<'_> {
    /// Returns the options by which an operation is polled until it is done. An operation whose
    /// result is not where the runtime can follow gets a warning instead.
    pub(super) fn long_running(&mut self, operation: &Operation) -> Vec<String> {
        let is_long = operation.extensions.get("x-ms-long-running-operation");
        if is_long != Some(&serde_json::Value::Bool(true)) {
            return Vec::new();
        }
        let options = operation.extensions.get("x-ms-long-running-operation-options");
        let via = options.and_then(|options| options.get("final-state-via")?.as_str());
        let is_replacing = matches!(operation.method.as_str(), "PUT" | "PATCH");
        let via = via.unwrap_or(if is_replacing { "original-uri" } else { "location" });
        let async_header = declared(operation, "Azure-AsyncOperation");
        let poll = match via {
            "operation-location" => "poll(link = header(\"Operation-Location\"))",
            "azure-async-operation" => "poll(link = header(\"Azure-AsyncOperation\"))",
            "location" if async_header => {
                "poll(link = header(\"Azure-AsyncOperation\"), result = header(\"Location\"))"
            }
            // The status tells: 202 until it is done.
            "location" => return vec!["poll(link = header(\"Location\"))".to_owned()],
            other => {
                let message = format!(
                    "the operation runs for a while, and its result is at `{}`: no `poll` is written, so call the \
                     operation that reads it",
                    other.escape_debug()
                );
                self.warn(Notice::new(operation.at.clone(), message));
                return Vec::new();
            }
        };
        std::iter::once(poll).chain(STATES).map(str::to_owned).collect()
    }
}

/// Returns true if a response of the operation has a header.
fn declared(operation: &Operation, name: &str) -> bool {
    let mut headers = operation.responses.iter().flat_map(|response| &response.headers);
    headers.any(|header| header.name.eq_ignore_ascii_case(name))
}
