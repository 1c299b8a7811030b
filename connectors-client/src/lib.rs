#![doc = include_str!("../README.md")]

extern crate self as connectors_client;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod api;
mod api_request;
mod assemble;
mod auth;
mod base_url;
mod blocking;
mod body;
mod call;
mod caller;
mod client;
mod clock;
#[cfg(feature = "cohere")]
pub mod cohere;
mod config;
mod decode;
mod derived;
mod encode;
mod endpoint;
mod error;
mod error_body;
mod fake;
mod forwarding;
mod generated;
mod home;
mod into_body;
mod json_object;
mod list_style;
pub mod mode;
mod multipart;
mod nullable;
mod open_enum;
mod open_union;
mod options;
mod pagination;
mod polling;
mod prefix;
mod random;
mod request;
mod response;
mod response_future;
mod retry;
mod retry_budget;
mod stream;
mod transport;

pub use api::ApiClient;
pub use api_request::ApiRequest;
pub use assemble::Attempt;
pub use auth::Secret;
pub use body::{Body, Progress};
pub use client::Client;
pub use clock::{Clock, Wait};
pub use config::{ClientBuilder, ConfigError};
#[doc = include_str!("api_client_derive.md")]
pub use connectors_macros::ApiClient;
/// Derives [`ErrorClass`](trait@ErrorClass) for an enum of statuses; see there.
///
/// Each variant names its statuses, from 300 to 999: `#[status(401, 403)]`, and one may have `#[status(other)]` for all the
/// rest. A variant with one field, `#[status(422)] Invalid(Option<Problems>)`, carries the JSON body where it fits; its type
/// is read by `serde::Deserialize`. Where this crate is renamed, `#[error_class(crate = path)]` says where it is.
pub use connectors_macros::ErrorClass;
#[doc = include_str!("from_event.md")]
pub use connectors_macros::FromEvent;
#[doc = include_str!("from_response.md")]
pub use connectors_macros::FromResponse;
#[doc = include_str!("open_enum.md")]
pub use connectors_macros::OpenEnum;
#[doc = include_str!("open_union.md")]
pub use connectors_macros::OpenUnion;
#[doc = include_str!("page.md")]
pub use connectors_macros::Page;
#[doc = include_str!("api_client.md")]
pub use connectors_macros::api_client;
pub use endpoint::Endpoint;
pub use error::{Error, ErrorClass, ErrorKind};
pub use fake::{Fake, FakeReply};
pub use into_body::IntoBody;
pub use list_style::{Bracketed, CommaSeparated, PipeSeparated, SpaceSeparated};
pub use multipart::{IntoParts, Part, Parts};
pub use nullable::Nullable;
pub use options::{HeaderInput, RequestOptions};
pub use pagination::{Cursor, Items, Page, Pages, Paging};
pub use polling::{Polling, PollingFuture};
pub use response::{FromResponse, HttpResponse, Response, Text};
pub use response_future::ResponseFuture;
pub use retry::RetryPolicy;
pub use stream::{
    BlockingItems, ByteStream, Event, EventStream, FromEvent, JsonLines, Next, ServerSentEvent,
};
pub use transport::{Sending, Transport, TransportError};
