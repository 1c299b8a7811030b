//! The headers that continue a trace at the server.

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::propagation::Injector;
use opentelemetry::{Context, global};

/// Adds the headers of the current context, such as `traceparent` of W3C Trace Context. Pass it to
/// [`ClientBuilder::attempt_headers`](connectors_client::ClientBuilder::attempt_headers).
///
/// The global propagator decides which headers these are. Set it with
/// `opentelemetry::global::set_text_map_propagator`; without one there are none.
///
/// The context is that of the attempt's span if `tracing-opentelemetry` (0.32 or later, with its
/// default settings) subscribes. Otherwise it is the context of the caller.
pub fn trace_headers(headers: &mut HeaderMap) {
    let context = Context::current();
    global::get_text_map_propagator(|propagator| {
        propagator.inject_context(&context, &mut Headers(headers));
    });
}

struct Headers<'a>(&'a mut HeaderMap);

impl Injector for Headers<'_> {
    /// Leaves out what no header can carry.
    fn set(&mut self, key: &str, value: String) {
        let name = HeaderName::from_bytes(key.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
            self.0.insert(name, value);
        }
    }
}
