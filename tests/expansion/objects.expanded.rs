#![feature(prelude_import)]
//! The object-safe companion of a trait: endpoints and default methods, and those that trait
//! objects do not have.
extern crate std;
#[prelude_import]
use std::prelude::rust_2024::*;
use std::borrow::Cow;
use connectors_client::api_client;
/// A supertrait.
pub trait Base {}
impl Base for ObjectsClient {}
/// Calls about objects.
#[allow(clippy::too_many_arguments)]
pub trait Objects: Base + ::core::marker::Send + ::core::marker::Sync {
    /// Gets an object.
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<String, ::connectors_client::Error>,
    > + ::core::marker::Send;
    /// Returns the last name.
    #[allow(
        unreachable_code,
        clippy::diverging_sub_expression,
        clippy::let_unit_value,
        clippy::no_effect_underscore_binding,
        clippy::shadow_same,
        clippy::type_complexity,
        clippy::manual_async_fn
    )]
    fn last(
        &self,
        names: Vec<&str>,
    ) -> impl ::core::future::Future<Output = &str> + ::core::marker::Send {
        async move {
            if let ::core::option::Option::Some(__result) = ::core::option::Option::None::<
                &str,
            > {
                return __result;
            }
            let mut names = names;
            let __result: &str = { names.pop().map_or(self.name(), |_| "") };
            #[allow(unreachable_code)] __result
        }
    }
    /// Returns the name of the client.
    fn name(&self) -> &str {
        "objects"
    }
    /// Turns the client into another type.
    fn into_any<T: From<Self>>(self) -> T
    where
        Self: Sized,
    {
        T::from(self)
    }
}
///Generic client of [`Objects`]. Use one of its aliases: [`ObjectsClient`], [`RawObjectsClient`], [`BlockingObjectsClient`] or [`BlockingRawObjectsClient`].
#[allow(dead_code, deprecated, non_camel_case_types)]
pub struct GenericObjectsClient<__Mode>(
    ::connectors_client::__private::ClientHandle<__Mode>,
);
///Async client of [`Objects`].
///
/// Calls about objects.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type ObjectsClient = GenericObjectsClient<::connectors_client::mode::Thin>;
///Async client of [`Objects`] that also returns status and headers.
///
/// Calls about objects.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type RawObjectsClient = GenericObjectsClient<::connectors_client::mode::Raw>;
///Blocking client of [`Objects`].
///
/// Calls about objects.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type BlockingObjectsClient = GenericObjectsClient<
    ::connectors_client::mode::BlockingThin,
>;
///Blocking client of [`Objects`] that also returns status and headers.
///
/// Calls about objects.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type BlockingRawObjectsClient = GenericObjectsClient<
    ::connectors_client::mode::BlockingRaw,
>;
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes,
    clippy::too_many_arguments
)]
impl<__Mode: ::connectors_client::mode::Mode> GenericObjectsClient<__Mode> {
    /// Descriptions of all endpoints of the trait.
    pub const ENDPOINTS: &'static [&'static ::connectors_client::Endpoint] = &[
        Self::GET,
    ];
    /// Creates a client with the base URL, authentication and connections of `client`.
    #[must_use]
    pub fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::ClientHandle::new(client))
    }
    /// Returns a client that applies these options to every call.
    #[must_use]
    pub fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.with_options(options))
    }
    ///Description of `get`: `GET objects/<id>`.
    pub const GET: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Objects",
            "get",
            "GET",
            "objects/<id>",
            "pH",
            &["id", "x-a"],
        )
        .options(
            &::connectors_client::__private::EndpointOptions::new()
                .arguments(&["id", "note"]),
        );
    /// Gets an object.
    ///
    ///`GET objects/<id>`
    pub fn get<'a>(
        &self,
        id: &'a str,
    ) -> __Objects_ObjectsGetRequest::ObjectsGetRequest<__Mode> {
        __Objects_ObjectsGetRequest::ObjectsGetRequest(
            self.0.call(Self::GET).path(0usize, &id),
        )
    }
}
#[allow(dead_code, deprecated)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericObjectsClient<__Mode> {
    /// Returns a client whose calls give status and headers beside the data.
    #[must_use]
    pub fn with_raw_response(
        &self,
    ) -> GenericObjectsClient<<__Mode as ::connectors_client::mode::ThinMode>::Raw> {
        GenericObjectsClient(self.0.raw())
    }
}
#[allow(deprecated)]
impl<__Mode: ::connectors_client::mode::Mode> ::connectors_client::ApiClient
for GenericObjectsClient<__Mode> {
    fn new(client: ::connectors_client::Client) -> Self {
        Self::new(client)
    }
    fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self::with_options(self, options)
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::clone::Clone for GenericObjectsClient<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::fmt::Debug for GenericObjectsClient<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    refining_impl_trait,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
impl Objects for GenericObjectsClient<::connectors_client::mode::Thin> {
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> ::connectors_client::ResponseFuture<String> {
        Self::get(self, id).maybe_note(note).send()
    }
}
/// Implements the trait for references, `Arc`s and `Box`es.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
impl<__T> Objects for __T
where
    __T: ::connectors_client::__private::Forwarding<Target: Objects> + Base
        + ::core::marker::Send + ::core::marker::Sync,
{
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<String, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Objects::get(::connectors_client::__private::Forwarding::target(self), id, note)
    }
    fn last(
        &self,
        names: Vec<&str>,
    ) -> impl ::core::future::Future<Output = &str> + ::core::marker::Send {
        Objects::last(::connectors_client::__private::Forwarding::target(self), names)
    }
    fn name(&self) -> &str {
        Objects::name(::connectors_client::__private::Forwarding::target(self))
    }
}
///Object-safe companion of [`Objects`]. Every implementation of [`Objects`] is a `dyn DynObjects`, and a reference, `Arc` or `Box` of one implements [`Objects`].
#[allow(
    dead_code,
    deprecated,
    non_camel_case_types,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::multiple_bound_locations,
    clippy::needless_lifetimes,
    clippy::too_many_arguments,
    clippy::type_complexity
)]
pub trait DynObjects: Base + ::core::marker::Send + ::core::marker::Sync {
    #[doc(hidden)]
    fn __dyn_get<'a, '__0, '__1, '__a>(
        &'__0 self,
        id: &'a str,
        note: Option<Cow<'__1, str>>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<
                Output = ::core::result::Result<String, ::connectors_client::Error>,
            > + ::core::marker::Send + '__a,
        >,
    >
    where
        'a: '__a,
        '__0: '__a,
        '__1: '__a;
    #[doc(hidden)]
    fn __dyn_last<'__0, '__1, '__a>(
        &'__0 self,
        names: Vec<&'__1 str>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<Output = &'__0 str> + ::core::marker::Send + '__a,
        >,
    >
    where
        '__0: '__a,
        '__1: '__a;
    #[doc(hidden)]
    fn __dyn_name(&self) -> &str;
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::multiple_bound_locations,
    clippy::needless_lifetimes,
    clippy::type_complexity
)]
impl<__T: Objects> DynObjects for __T {
    fn __dyn_get<'a, '__0, '__1, '__a>(
        &'__0 self,
        id: &'a str,
        note: Option<Cow<'__1, str>>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<
                Output = ::core::result::Result<String, ::connectors_client::Error>,
            > + ::core::marker::Send + '__a,
        >,
    >
    where
        'a: '__a,
        '__0: '__a,
        '__1: '__a,
    {
        ::std::boxed::Box::pin(<Self as Objects>::get(self, id, note))
    }
    fn __dyn_last<'__0, '__1, '__a>(
        &'__0 self,
        names: Vec<&'__1 str>,
    ) -> ::core::pin::Pin<
        ::std::boxed::Box<
            dyn ::core::future::Future<Output = &'__0 str> + ::core::marker::Send + '__a,
        >,
    >
    where
        '__0: '__a,
        '__1: '__a,
    {
        ::std::boxed::Box::pin(<Self as Objects>::last(self, names))
    }
    fn __dyn_name(&self) -> &str {
        <Self as Objects>::name(self)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
impl Objects for dyn DynObjects + '_ {
    fn get<'a>(
        &self,
        id: &'a str,
        note: Option<Cow<'_, str>>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<String, ::connectors_client::Error>,
    > + ::core::marker::Send {
        async move { <Self as DynObjects>::__dyn_get(self, id, note).await }
    }
    fn last(
        &self,
        names: Vec<&str>,
    ) -> impl ::core::future::Future<Output = &str> + ::core::marker::Send {
        async move { <Self as DynObjects>::__dyn_last(self, names).await }
    }
    fn name(&self) -> &str {
        <Self as DynObjects>::__dyn_name(self)
    }
}
#[allow(non_snake_case)]
mod __Objects_ObjectsGetRequest {
    ///Call of `Objects::get`, `GET objects/<id>`. Await it, or call `.send()`.
    #[must_use = "a call is made only when it is awaited or sent"]
    #[allow(dead_code, deprecated, non_camel_case_types)]
    pub struct ObjectsGetRequest<__Mode = ::connectors_client::mode::Thin>(
        pub(super) ::connectors_client::__private::PendingCall<__Mode>,
    );
}
#[allow(deprecated, unused_imports)]
pub use __Objects_ObjectsGetRequest::ObjectsGetRequest;
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::needless_lifetimes
)]
impl<
    __Mode: ::connectors_client::mode::Mode,
> __Objects_ObjectsGetRequest::ObjectsGetRequest<__Mode> {
    ///Sends the header `x-a`.
    pub fn note<'a>(self, note: Cow<'_, str>) -> Self {
        Self(self.0.header(1usize, &note))
    }
    ///Sets `note`, or leaves it out if the value is `None`.
    pub fn maybe_note<'a>(self, note: ::core::option::Option<Cow<'_, str>>) -> Self {
        if let ::core::option::Option::Some(note) = note {
            self.note(note)
        } else {
            Self(self.0.unset(1usize))
        }
    }
    /// Makes the call. An async request returns its future, a blocking one its result.
    pub fn send(self) -> <__Mode as ::connectors_client::mode::Mode>::Sent<String> {
        self.0.send::<String>()
    }
    /// Sets options of this call. They override the setters and merge with earlier options.
    pub fn options(self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.options(options))
    }
    /// Builds the request that `send` would send first, without sending it. It contains the
    /// client's fixed secrets, but no credentials that a scheme sets: `Client::send` adds those.
    /// Returns a `Build` error if an argument or option cannot be sent.
    pub fn build(
        self,
    ) -> ::core::result::Result<
        ::connectors_client::__private::http::Request<::connectors_client::Body>,
        ::connectors_client::Error,
    >
    where
        <__Mode as ::connectors_client::mode::Mode>::Output<
            String,
        >: ::connectors_client::FromResponse,
    {
        self.0.build::<<__Mode as ::connectors_client::mode::Mode>::Output<String>>()
    }
}
#[allow(deprecated)]
impl<__Mode: ::connectors_client::mode::AsyncMode> ::core::future::IntoFuture
for __Objects_ObjectsGetRequest::ObjectsGetRequest<__Mode> {
    type Output = ::core::result::Result<
        <__Mode as ::connectors_client::mode::Mode>::Output<String>,
        ::connectors_client::Error,
    >;
    type IntoFuture = ::connectors_client::ResponseFuture<
        <__Mode as ::connectors_client::mode::Mode>::Output<String>,
    >;
    fn into_future(self) -> Self::IntoFuture {
        <__Mode as ::connectors_client::mode::AsyncMode>::future::<String>(self.send())
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::clone::Clone
for __Objects_ObjectsGetRequest::ObjectsGetRequest<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::fmt::Debug
for __Objects_ObjectsGetRequest::ObjectsGetRequest<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
const _: () = {
    #[allow(deprecated)]
    const _: fn() = || {
        use ::connectors_client::__private::{
            AnyType as _, Existence as __Existence, NoStatus as __NoStatus,
        };
        __Existence::<String>::PROBE.check(__NoStatus);
    };
};
