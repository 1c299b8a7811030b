//! The settings of a call: timeouts, limits and retries.
//!
//! The options of the call, its endpoint and its client can each set them. The call loop merges
//! them once, narrow over wide, and reads only the result.

use std::time::Duration;

/// Compression of request bodies, for [`compress`](crate::ClientBuilder::compress).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// Bodies are sent as they are.
    #[default]
    None,
    /// Bodies are sent with `Content-Encoding: gzip` (RFC 9110 section 8.4.1.3).
    Gzip,
}

/// Declares each setting once: its name, its type and its default.
macro_rules! settings {
    ($($(#[$attribute:meta])* $name:ident: $type:ty = $default:expr;)*) => {
        /// Settings of a call from one source. A setting that is `None` is left to a wider source.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct PartialSettings {
            $($(#[$attribute])* pub(crate) $name: Option<$type>,)*
        }

        impl PartialSettings {
            /// Leaves all settings to a wider source.
            pub(crate) const NONE: Self = Self { $($name: None,)* };

            /// Fills the settings that are `None` from `wider`.
            pub(crate) fn or(self, wider: Self) -> Self {
                Self { $($name: self.$name.or(wider.$name),)* }
            }

            /// Fills the settings that are `None` from the client.
            pub(crate) fn or_client(self, client: &CallSettings) -> CallSettings {
                CallSettings { $($name: self.$name.unwrap_or(client.$name),)* }
            }
        }

        /// All settings of a call, merged.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct CallSettings {
            $($(#[$attribute])* pub(crate) $name: $type,)*
        }

        impl CallSettings {
            /// The defaults of a client.
            pub(crate) const DEFAULT: Self = Self { $($name: $default,)* };
        }
    };
}

settings! {
    /// Timeout of the whole call.
    timeout: Duration = Duration::from_secs(300);
    /// Timeout of each attempt.
    attempt_timeout: Duration = Duration::from_secs(60);
    /// Maximum time without data from a stream.
    idle_timeout: Duration = Duration::from_secs(30);
    /// Maximum number of retries.
    max_retries: u32 = 2;
    /// Maximum size of a response body, in bytes after decompression.
    max_body: usize = 16 * 1024 * 1024;
    /// Maximum size of an error response body, in bytes after decompression. The rest is not read.
    max_error_body: usize = 64 * 1024;
    /// Maximum size of an item of a stream, in bytes.
    max_item: usize = 1024 * 1024;
    /// Compression of request bodies.
    compress: Compression = Compression::None;
}
