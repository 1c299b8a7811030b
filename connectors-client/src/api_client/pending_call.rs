//! What generated clients and requests hold.

use std::fmt;
use std::marker::PhantomData;

use super::api_request::ApiRequest;
use super::mode::Mode;
use crate::api_client::polling::Polling;
use crate::body::Body;
use crate::call::CallParts;
use crate::client::request_options::RequestOptions;
use crate::error::Error;
use crate::pagination::{Items, Page, Pages};
use crate::request::argument::{Argument, HeaderArgument};
use crate::request::into_body::{IntoBody, IntoBodyOf};
use crate::request::multipart::IntoParts;
use crate::response::FromResponse;

/// What a generated request holds: a call that is not made yet. It is one pointer wide, so that setters move little; each
/// takes the call and gives it back, so that generated code has nothing to clean up where one panics.
pub struct PendingCall<M> {
    pub(crate) parts: Box<CallParts>,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> PendingCall<M> {
    /// Makes the call.
    pub fn send<T: FromResponse>(self) -> M::Sent<T> {
        M::send(self, M::spec::<T>())
    }

    /// Says what the reply is read into.
    pub fn reply<T: FromResponse>(self) -> ApiRequest<T, M> {
        ApiRequest::new(self)
    }
}

impl<M> PendingCall<M> {
    pub(crate) fn of(parts: CallParts) -> Self {
        Self { parts: Box::new(parts), mode: PhantomData }
    }

    /// The request as its first attempt would send it.
    pub fn build<T: FromResponse>(self) -> Result<http::Request<Body>, Error> {
        self.build_for(T::accept())
    }

    pub(crate) fn build_for(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        self.parts.build(accept)
    }

    /// The pages of a list.
    pub fn pages<T>(self) -> Pages<T> {
        Pages::new(self.parts)
    }

    /// The items of all its pages.
    pub fn items<T: Page>(self) -> Items<T> {
        Items::new(self.pages())
    }

    /// The operation, asked again and again.
    pub fn poll<T>(self) -> Polling<M, T> {
        Polling::new(self)
    }

    /// Takes an argument of an endpoint with a mistake, which need not be what can be sent: the call is never made.
    pub fn never_sent<T>(self, _value: T) -> Self {
        self
    }

    /// Adds options over those already given.
    #[inline(never)]
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.parts.request.options(options);
        self
    }
}

/// Declares the setters that generated code calls. Each forwards to that of `Request`, which documents it.
///
/// None is inlined: each is compiled once per mode and type of argument, not once per argument.
macro_rules! setters {
    ($($name:ident[$($generics:tt)*]($($value:ident: $type:ty)?);)*) => {
        impl<M> PendingCall<M> {
            $(
                #[doc = concat!("Forwards to `Request::", stringify!($name), "`.")]
                #[inline(never)]
                pub fn $name<$($generics)*>(mut self, slot: usize, $($value: $type)?) -> Self {
                    self.parts.request.$name(slot, $($value)?);
                    self
                }
            )*
        }

        #[cfg(test)]
        const SETTERS: &[&str] = &[$(stringify!($name)),*];
    };
}

setters! {
    path[T: Argument + ?Sized](value: &T);
    path_rest[T: Argument + ?Sized](value: &T);
    query[T: Argument + ?Sized](value: &T);
    query_rest[T: Argument + ?Sized](value: &T);
    field[T: Argument + ?Sized](value: &T);
    form_field[T: Argument + ?Sized](value: &T);
    body[T: IntoBody](value: T);
    body_of[const IS_JSON: bool, T: IntoBodyOf<IS_JSON>](value: T);
    part[T: IntoParts](value: T);
    url[T: Argument + ?Sized](value: &T);
    header[T: HeaderArgument + ?Sized](value: &T);
    null[]();
    unset[]();
}

impl<M> Clone for PendingCall<M> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), mode: PhantomData }
    }
}

impl<M> fmt::Debug for PendingCall<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.request.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::SETTERS;

    #[test]
    fn each_kind_of_argument_has_a_setter() {
        let table = include_str!("../endpoint/argument_kinds.txt");
        for row in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let setter = row.split_whitespace().nth(1).unwrap();
            assert!(SETTERS.contains(&setter), "no setter for: {row}");
        }
    }
}
