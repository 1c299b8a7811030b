//! From descriptions to source, and from there to requests on the wire.
//!
//! `UPDATE_SNAPSHOTS=1` rewrites the sources in `generated/`, which are compiled here as they are.

mod alike;
mod credentials;
mod descriptions;
mod files;
mod lines;
mod mutations;
mod odd;
mod requests;
mod responses;
mod services;
mod steering;
mod unions;
mod wire;

/// Sources as they are generated, to be reviewed as code.
#[allow(dead_code, unreachable_pub, reason = "the sources are those of a library")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod alike;
    #[rustfmt::skip]
    pub(crate) mod library;
    #[rustfmt::skip]
    pub(crate) mod media;
    #[rustfmt::skip]
    pub(crate) mod odd;
    #[rustfmt::skip]
    pub(crate) mod ordinary;
    #[rustfmt::skip]
    pub(crate) mod services;
    #[rustfmt::skip]
    pub(crate) mod shapes;
    #[rustfmt::skip]
    pub(crate) mod unions;
    #[rustfmt::skip]
    pub(crate) mod vendors;
    #[rustfmt::skip]
    pub(crate) mod wire;
}
