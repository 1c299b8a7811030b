//! A call with its arguments, and the setters that generated code calls.

use std::fmt;
use std::marker::PhantomData;

use super::api_request::ApiRequest;
use super::mode::Mode;
use crate::api_client::polling::Polling;
use crate::body::Body;
use crate::body::multipart::IntoParts;
use crate::call::CallParts;
use crate::client::request_options::RequestOptions;
use crate::error::Error;
use crate::pagination::{Items, Page, Pages};
use crate::request::argument::{Argument, HeaderArgument};
use crate::request::into_body::{IntoBody, IntoBodyOf};
use crate::response::FromResponse;

/// The content of a generated request: a call that has not been made.
///
/// It is one pointer wide, because each setter moves it. Setters take and return the call, so
/// generated code needs no cleanup if one panics.
pub struct PendingCall<M> {
    pub(crate) parts: Box<CallParts>,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> PendingCall<M> {
    /// Makes the call.
    pub fn send<T: FromResponse>(self) -> M::Sent<T> {
        M::send(self, M::spec::<T>())
    }

    /// Sets the type the response is decoded to.
    pub fn reply<T: FromResponse>(self) -> ApiRequest<T, M> {
        ApiRequest::new(self)
    }
}

impl<M> PendingCall<M> {
    pub(crate) fn new(parts: CallParts) -> Self {
        Self { parts: Box::new(parts), mode: PhantomData }
    }

    /// Builds the request that the first attempt would send.
    pub fn build<T: FromResponse>(self) -> Result<http::Request<Body>, Error> {
        self.build_for(T::accept())
    }

    pub(crate) fn build_for(self, accept: &'static str) -> Result<http::Request<Body>, Error> {
        self.parts.build(accept)
    }

    /// Returns the pages of a list.
    pub fn pages<T>(self) -> Pages<T> {
        Pages::new(self.parts)
    }

    /// Returns the items of all pages of a list.
    pub fn items<T: Page>(self) -> Items<T> {
        Items::new(self.pages())
    }

    /// Returns a long-running operation, which is polled until it completes.
    pub fn poll<T>(self) -> Polling<M, T> {
        Polling::new(self)
    }

    /// Takes an argument of an endpoint whose declaration is invalid. The call is never made, so
    /// the argument can have any type.
    pub fn never_sent<T>(self, _value: T) -> Self {
        self
    }

    /// Merges options over those already set.
    #[inline(never)]
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.parts.request.options(options);
        self
    }
}

/// Declares the setters that generated code calls. Each forwards to the function of `Request` with
/// the same name, which has the documentation.
///
/// They are not inlined, so each is compiled once per mode and type, not once per argument.
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
    field_rest[T: Argument + ?Sized](value: &T);
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
