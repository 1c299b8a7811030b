//! What all ways share: the data, the load, and the figures of the process that makes it.

mod data;
mod load;

pub use data::{Connector, Created, Found, NewConnector, Page};
pub use load::{BlockingWay, Way, load, load_blocking};

/// The token that is sent with each call.
pub const TOKEN: &str = "a-token-of-some-length-0123456789";

/// What went wrong, in whatever words a way has for it.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
