//! Reconnecting a stream. Each reconnection is a new call with the options of the first one.

use http::HeaderName;

use super::{CallParts, call};
use crate::client::Client;
use crate::client::request_options::RequestOptions;
use crate::endpoint::call_settings::CallSettings;
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
    let retry = client.shared.retry.clone();
    let parts = CallParts { client, request };
    let connect = move |Reconnection { wait, last_event_id }: Reconnection| {
        let mut parts = parts.clone();
        if let Some(id) = last_event_id {
            // An empty id is not sent (HTML standard section 9.2.4).
            let id = Some(id).filter(|id| !id.is_empty());
            parts.request.options.get_or_insert_default().set_header(LAST_EVENT_ID, id);
        }
        let connecting = async move {
            let shared = std::sync::Arc::clone(&parts.client.shared);
            // The server has answered, so this is not a retry and takes nothing from the budget.
            // `max_retries` and the growing wait bound streams that end without an item.
            shared.clock.sleep(wait).await;
            call(Box::new(parts), rules).await
        };
        Box::pin(connecting) as _
    };
    Reconnect { max_retries: settings.max_retries, retry, connect: Box::new(connect) }
}
