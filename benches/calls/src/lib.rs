//! Code shared by all ways: the data, the load and the figures of the process that makes it.

mod data;
mod load;

pub use data::{Connector, Created, Found, NewConnector, Page};
pub use load::{BlockingWay, SILENT, Way, load, load_blocking};

/// Token that is sent with each call.
pub const TOKEN: &str = "a-token-of-some-length-0123456789";

/// Error of a way, in its own words.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
