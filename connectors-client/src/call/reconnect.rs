//! Reconnecting a stream. Each reconnection is a new call with the options of the first one.

use http::HeaderName;

use super::{CallParts, call};
use crate::client::Client;
use crate::client::request_options::RequestOptions;
use crate::endpoint::call_settings::CallSettings;
use crate::error::{Error, ErrorKind};
use crate::response::from_response::ResponseRules;
use crate::response::reply_stream::{Reconnect, Reconnection};

/// The header with the id of the last event received (HTML standard section 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Returns the function that reconnects a stream. `options` already contain the client's own, so
/// the client's are cleared.
pub(super) fn reconnect(
    parts: &CallParts,
    settings: CallSettings,
    options: &RequestOptions,
    rules: ResponseRules,
) -> Reconnect {
    let client = Client { defaults: None, ..parts.client.clone() };
    let mut request = parts.request.clone();
    request.options = Some(Box::new(options.clone()));
    let retry = client.shared.retry;
    let parts = CallParts { client, request };
    let connect = move |Reconnection { wait, last_event_id, is_retry }: Reconnection| {
        let mut parts = parts.clone();
        if last_event_id.is_some() {
            parts.request.options.get_or_insert_default().set_header(LAST_EVENT_ID, last_event_id);
        }
        let connecting = async move {
            let shared = std::sync::Arc::clone(&parts.client.shared);
            shared.clock.sleep(wait).await;
            if is_retry {
                let Some(permit) = shared.retry_budget.take(None) else {
                    let detail = "the stream ended before it was complete";
                    let error = Error::new(ErrorKind::StreamTruncated, Some(parts.request.endpoint), detail);
                    return Err(error.not_retried("too many calls of this client failed lately"));
                };
                permit.spend();
            }
            call(Box::new(parts), rules).await
        };
        Box::pin(connecting) as _
    };
    Reconnect { max_retries: settings.max_retries, retry, connect: Box::new(connect) }
}
