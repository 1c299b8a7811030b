//! Methods that explain a mistake: a request is used as if it were its result. rustc's own message
//! would only say that there is no such method. The docs do not show them, nor does completion.

use std::time::Duration;

use super::api_request::ApiRequest;
use super::mode::Mode;
use crate::error::Error;

/// A mode of calls that are made already. No mode is one, so the methods below cannot be called.
#[diagnostic::on_unimplemented(
    message = "the call is not made yet: write `.await` before this method, or `.send()` on a blocking client",
    label = "this method belongs to the result of the call"
)]
pub trait IsSent: Mode {
    fn never<T>() -> T;
}

/// A mode whose requests have setters for the settings of a call. No mode is one.
#[diagnostic::on_unimplemented(
    message = "the settings of a call are options: write `.options(RequestOptions::new().timeout(..))`, for example",
    label = "this method belongs to `RequestOptions`"
)]
pub trait HasSettings: Mode {
    fn never<T>() -> T;
}

macro_rules! explained {
    ($bound:ident: $($name:ident $([$($generics:tt)*])? ($($argument:ty),*) -> $output:ty;)*) => {
        impl<T, M: Mode> ApiRequest<T, M> {
            $(
                #[doc(hidden)]
                pub fn $name $(<$($generics)*>)? (self $(, _: $argument)*) -> $output
                where
                    M: $bound,
                {
                    M::never()
                }
            )*
        }
    };
}

explained! {
    IsSent:
    unwrap() -> M::Output<T>;
    expect(&str) -> M::Output<T>;
    unwrap_or(M::Output<T>) -> M::Output<T>;
    unwrap_or_default() -> M::Output<T>;
    unwrap_or_else[F: FnOnce(Error) -> M::Output<T>](F) -> M::Output<T>;
    ok() -> Option<M::Output<T>>;
    err() -> Option<Error>;
    unwrap_err() -> Error;
    is_ok() -> bool;
    is_err() -> bool;
    map[U, F: FnOnce(M::Output<T>) -> U](F) -> Result<U, Error>;
    map_err[E, F: FnOnce(Error) -> E](F) -> Result<M::Output<T>, E>;
    and_then[U, F: FnOnce(M::Output<T>) -> Result<U, Error>](F) -> Result<U, Error>;
}

explained! {
    HasSettings:
    timeout(Duration) -> Self;
    attempt_timeout(Duration) -> Self;
    max_retries(u32) -> Self;
    header[N, V](N, V) -> Self;
    query[V](&str, V) -> Self;
    body_field[V](&str, V) -> Self;
    idempotency_key[K](K) -> Self;
}
