#![doc = include_str!("../docs/front.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "reqwest", feature = "hyper")),
    allow(dead_code, reason = "some functions serve only the transports over the network")
)]

extern crate self as connectors_client;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
mod api_client;
pub mod auth;
mod body;
mod call;
mod client;
#[cfg(feature = "cohere")]
pub mod cohere;
mod encode;
mod endpoint;
mod error;
mod observation;
mod pagination;
mod request;
mod response;
mod retry;
mod runtime;
mod stream;
mod testing;
mod transport;

pub use api_client::ApiClient;
pub use api_client::api_request::ApiRequest;
pub use api_client::mode;
pub use api_client::polling::{Polling, PollingFuture};
pub use body::multipart::{IntoParts, Part, Parts};
pub use body::{Body, Progress};
pub use call::response_future::ResponseFuture;
pub use client::Client;
pub use client::builder::ClientBuilder;
pub use client::limits::Limits;
pub use client::request_options::{HeaderArg, RequestOptions};
pub use client::secret::Secret;
#[doc = include_str!("../docs/api_client_derive.md")]
pub use connectors_macros::ApiClient;
/// Derives [`ErrorClass`](trait@ErrorClass) for an enum of error statuses. An example is there.
///
/// Each variant names its statuses, from 300 to 999: `#[status(401, 403)]`. One variant can have
/// `#[status(other)]` for all remaining statuses. A range is written `#[status(400..=499)]`; of two
/// that hold a status, the narrower wins.
///
/// A variant can have one field, which holds the JSON body, for example
/// `#[status(422)] Invalid(Option<Problems>)`. The field is `None` if the body does not fit. Its
/// type implements `serde::Deserialize`.
///
/// If this crate is renamed, `#[error_class(crate = path)]` sets its path.
pub use connectors_macros::ErrorClass;
#[doc = include_str!("../docs/from_event.md")]
pub use connectors_macros::FromEvent;
#[doc = include_str!("../docs/from_response.md")]
pub use connectors_macros::FromResponse;
#[doc = include_str!("../docs/open_enum.md")]
pub use connectors_macros::OpenEnum;
#[doc = include_str!("../docs/open_union.md")]
pub use connectors_macros::OpenUnion;
#[doc = include_str!("../docs/page.md")]
pub use connectors_macros::Page;
#[doc = include_str!("../docs/api_client.md")]
#[doc = include_str!("../docs/compiler_messages.md")]
pub use connectors_macros::api_client;
#[doc = include_str!("../docs/skip_unset.md")]
pub use connectors_macros::skip_unset;
pub use encode::RateLimit;
pub use encode::list_style::{Bracketed, CommaSeparated, PipeSeparated, SpaceSeparated};
#[cfg(feature = "compression")]
pub use endpoint::call_settings::Compression;
pub use endpoint::{Endpoint, ListStyle, Parameter, ParameterPlace, Presence};
pub use error::{ConfigError, Error, ErrorClass, ErrorKind, TransportError};
pub use observation::observer::{AttemptReport, CallReport, Observer};
pub use pagination::{Cursor, Items, Page, PageLinks, Pages};
pub use request::arguments::Arguments;
pub use request::exposed_secret::exposed;
pub use request::into_body::IntoBody;
pub use request::nullable::Nullable;
pub use response::from_response::BodyMode;
pub use response::{FromResponse, HttpResponse, Response, Text};
pub use retry::clock::{Clock, SleepFuture};
pub use retry::policy::RetryPolicy;
pub use retry::retry_on::RetryOn;
pub use retry::test_clock::TestClock;
pub use stream::{
    BlockingItems, ByteStream, Event, EventStream, FromEvent, JsonArray, JsonLines, Next,
    ServerSentEvent,
};
pub use testing::fake::{Fake, FakeReply};
#[cfg(feature = "recorder")]
pub use testing::recorder::Recorder;
pub use transport::layer::NextTransport;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub use transport::network::proxy::Proxy;
#[cfg(any(feature = "reqwest", feature = "hyper"))]
pub use transport::network::resolver::{Resolve, ResolveFuture};
#[cfg(all(feature = "tls", any(feature = "reqwest", feature = "hyper")))]
pub use transport::network::tls::TlsVersion;
#[cfg(feature = "reqwest")]
pub use transport::reqwest_client::Reqwest;
#[cfg(feature = "tower")]
pub use transport::tower::TowerTransport;
pub use transport::{Attempt, Transport, TransportFuture};
