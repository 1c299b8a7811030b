#![feature(prelude_import)]
//! Every kind of generated method once: setters, nulls, pages, and calls with nothing to set.
extern crate std;
#[prelude_import]
use std::prelude::rust_2024::*;
use connectors_client::{Nullable, api_client};
/// Calls about things.
#[allow(clippy::too_many_arguments)]
pub trait Things: ::core::marker::Send + ::core::marker::Sync {
    /// Lists things.
    fn list(
        &self,
        offset: Option<u64>,
        limit: Option<u32>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<String>, ::connectors_client::Error>,
    > + ::core::marker::Send;
    /// Changes a thing.
    fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        r#type: Option<u8>,
        trace: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send;
    /// Deletes a thing.
    fn delete(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send;
    /// Renames a thing.
    #[allow(
        unreachable_code,
        clippy::diverging_sub_expression,
        clippy::let_unit_value,
        clippy::no_effect_underscore_binding,
        clippy::shadow_same,
        clippy::type_complexity,
        clippy::manual_async_fn
    )]
    fn rename(
        &self,
        id: &str,
        name: &str,
    ) -> impl ::core::future::Future<Output = bool> + ::core::marker::Send {
        async move {
            if let ::core::option::Option::Some(__result) = ::core::option::Option::None::<
                bool,
            > {
                return __result;
            }
            let id = id;
            let name = name;
            let __result: bool = {
                self.update(id, Nullable::Value(name), None, "").await.is_ok()
            };
            #[allow(unreachable_code)] __result
        }
    }
}
///Generic client of [`Things`]. Use one of its aliases: [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] or [`BlockingRawThingsClient`].
#[allow(dead_code, deprecated, non_camel_case_types)]
pub struct GenericThingsClient<__Mode>(
    ::connectors_client::__private::ClientHandle<__Mode>,
);
///Async client of [`Things`].
///
/// Calls about things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///Async client of [`Things`] that also returns status and headers.
///
/// Calls about things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///Blocking client of [`Things`].
///
/// Calls about things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type BlockingThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingThin,
>;
///Blocking client of [`Things`] that also returns status and headers.
///
/// Calls about things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type BlockingRawThingsClient = GenericThingsClient<
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
impl<__Mode: ::connectors_client::mode::Mode> GenericThingsClient<__Mode> {
    /// Descriptions of all endpoints of the trait.
    pub const ENDPOINTS: &'static [&'static ::connectors_client::Endpoint] = &[
        Self::LIST,
        Self::UPDATE,
        Self::DELETE,
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
    ///Description of `list`: `GET v1/things?<offset>&<limit>`.
    pub const LIST: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "list",
            "GET",
            "v1/things",
            "QQ",
            &["offset", "limit"],
        )
        .options(
            &::connectors_client::__private::EndpointOptions::new()
                .timeout(::core::time::Duration::from_millis(5000u64))
                .paginate(::connectors_client::__private::Pagination::Offset(0usize)),
        );
    /// Lists things.
    ///
    ///`GET v1/things?<offset>&<limit>`
    pub fn list(&self) -> __Things_ThingsListRequest::ThingsListRequest<__Mode> {
        __Things_ThingsListRequest::ThingsListRequest(self.0.call(Self::LIST))
    }
    ///Description of `update`: `PATCH v1/things/<id>`.
    pub const UPDATE: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "update",
            "PATCH",
            "v1/things/<id>",
            "pnFh",
            &["id", "name", "kind", "x-trace"],
        )
        .options(
            &::connectors_client::__private::EndpointOptions::new()
                .arguments(&["id", "name", "type", "trace"])
                .at_most_one(&[&["name", "type"]]),
        );
    /// Changes a thing.
    ///
    ///`PATCH v1/things/<id>`
    pub fn update(
        &self,
        id: &str,
        trace: &str,
    ) -> __Things_ThingsUpdateRequest::ThingsUpdateRequest<__Mode> {
        __Things_ThingsUpdateRequest::ThingsUpdateRequest(
            self.0.call(Self::UPDATE).path(0usize, &id).header(3usize, &trace),
        )
    }
    ///Description of `delete`: `DELETE v1/things/<id>`.
    pub const DELETE: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
        "Things",
        "delete",
        "DELETE",
        "v1/things/<id>",
        "p",
        &["id"],
    );
    /// Deletes a thing.
    ///
    ///`DELETE v1/things/<id>`
    pub fn delete(&self, id: &str) -> ::connectors_client::ApiRequest<(), __Mode> {
        self.0.call(Self::DELETE).path(0usize, &id).reply::<()>()
    }
}
#[allow(dead_code, deprecated)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericThingsClient<__Mode> {
    /// Returns a client whose calls give status and headers beside the data.
    #[must_use]
    pub fn with_raw_response(
        &self,
    ) -> GenericThingsClient<<__Mode as ::connectors_client::mode::ThinMode>::Raw> {
        GenericThingsClient(self.0.raw())
    }
}
#[allow(deprecated)]
impl<__Mode: ::connectors_client::mode::Mode> ::connectors_client::ApiClient
for GenericThingsClient<__Mode> {
    fn new(client: ::connectors_client::Client) -> Self {
        Self::new(client)
    }
    fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self::with_options(self, options)
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::clone::Clone for GenericThingsClient<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::fmt::Debug for GenericThingsClient<__Mode> {
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
impl Things for GenericThingsClient<::connectors_client::mode::Thin> {
    fn list(
        &self,
        offset: Option<u64>,
        limit: Option<u32>,
    ) -> ::connectors_client::ResponseFuture<Vec<String>> {
        Self::list(self).maybe_offset(offset).maybe_limit(limit).send()
    }
    fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        r#type: Option<u8>,
        trace: &str,
    ) -> ::connectors_client::ResponseFuture<()> {
        Self::update(self, id, trace).__nullable_name(name).maybe_type(r#type).send()
    }
    fn delete(&self, id: &str) -> ::connectors_client::ResponseFuture<()> {
        Self::delete(self, id).send()
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
impl<__T> Things for __T
where
    __T: ::connectors_client::__private::Forwarding<
            Target: Things + ::core::marker::Sized,
        > + ::core::marker::Send + ::core::marker::Sync,
{
    fn list(
        &self,
        offset: Option<u64>,
        limit: Option<u32>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<String>, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::list(
            ::connectors_client::__private::Forwarding::target(self),
            offset,
            limit,
        )
    }
    fn update(
        &self,
        id: &str,
        name: Nullable<&str>,
        r#type: Option<u8>,
        trace: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::update(
            ::connectors_client::__private::Forwarding::target(self),
            id,
            name,
            r#type,
            trace,
        )
    }
    fn delete(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::delete(::connectors_client::__private::Forwarding::target(self), id)
    }
    fn rename(
        &self,
        id: &str,
        name: &str,
    ) -> impl ::core::future::Future<Output = bool> + ::core::marker::Send {
        Things::rename(
            ::connectors_client::__private::Forwarding::target(self),
            id,
            name,
        )
    }
}
#[allow(non_snake_case)]
mod __Things_ThingsListRequest {
    ///Call of `Things::list`, `GET v1/things?<offset>&<limit>`. Await it, or call `.send()`.
    #[must_use = "a call is made only when it is awaited or sent"]
    #[allow(dead_code, deprecated, non_camel_case_types)]
    pub struct ThingsListRequest<__Mode = ::connectors_client::mode::Thin>(
        pub(super) ::connectors_client::__private::PendingCall<__Mode>,
    );
}
#[allow(deprecated, unused_imports)]
pub use __Things_ThingsListRequest::ThingsListRequest;
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
> __Things_ThingsListRequest::ThingsListRequest<__Mode> {
    ///Sends the query pair `offset`.
    pub fn offset(self, offset: u64) -> Self {
        Self(self.0.query(0usize, &offset))
    }
    ///Sets `offset`, or leaves it out if the value is `None`.
    pub fn maybe_offset(self, offset: ::core::option::Option<u64>) -> Self {
        if let ::core::option::Option::Some(offset) = offset {
            self.offset(offset)
        } else {
            Self(self.0.unset(0usize))
        }
    }
    /// Maximum number of things in a page.
    ///
    ///Sends the query pair `limit`.
    pub fn limit(self, limit: u32) -> Self {
        Self(self.0.query(1usize, &limit))
    }
    ///Sets `limit`, or leaves it out if the value is `None`.
    pub fn maybe_limit(self, limit: ::core::option::Option<u32>) -> Self {
        if let ::core::option::Option::Some(limit) = limit {
            self.limit(limit)
        } else {
            Self(self.0.unset(1usize))
        }
    }
    /// Returns all pages of the list, beginning with this one. Each is fetched on demand.
    pub fn pages(self) -> ::connectors_client::Pages<Vec<String>> {
        self.0.pages()
    }
    /// Returns the items of all pages of the list, beginning with this one.
    pub fn items(self) -> ::connectors_client::Items<Vec<String>> {
        self.0.items()
    }
    /// Makes the call. An async request returns its future, a blocking one its result.
    pub fn send(self) -> <__Mode as ::connectors_client::mode::Mode>::Sent<Vec<String>> {
        self.0.send::<Vec<String>>()
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
            Vec<String>,
        >: ::connectors_client::FromResponse,
    {
        self.0
            .build::<<__Mode as ::connectors_client::mode::Mode>::Output<Vec<String>>>()
    }
}
#[allow(deprecated)]
impl<__Mode: ::connectors_client::mode::AsyncMode> ::core::future::IntoFuture
for __Things_ThingsListRequest::ThingsListRequest<__Mode> {
    type Output = ::core::result::Result<
        <__Mode as ::connectors_client::mode::Mode>::Output<Vec<String>>,
        ::connectors_client::Error,
    >;
    type IntoFuture = ::connectors_client::ResponseFuture<
        <__Mode as ::connectors_client::mode::Mode>::Output<Vec<String>>,
    >;
    fn into_future(self) -> Self::IntoFuture {
        <__Mode as ::connectors_client::mode::AsyncMode>::future::<
            Vec<String>,
        >(self.send())
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::clone::Clone
for __Things_ThingsListRequest::ThingsListRequest<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::fmt::Debug
for __Things_ThingsListRequest::ThingsListRequest<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
#[allow(non_snake_case)]
mod __Things_ThingsUpdateRequest {
    ///Call of `Things::update`, `PATCH v1/things/<id>`. Await it, or call `.send()`.
    #[must_use = "a call is made only when it is awaited or sent"]
    #[allow(dead_code, deprecated, non_camel_case_types)]
    pub struct ThingsUpdateRequest<__Mode = ::connectors_client::mode::Thin>(
        pub(super) ::connectors_client::__private::PendingCall<__Mode>,
    );
}
#[allow(deprecated, unused_imports)]
pub use __Things_ThingsUpdateRequest::ThingsUpdateRequest;
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
> __Things_ThingsUpdateRequest::ThingsUpdateRequest<__Mode> {
    ///Sends the JSON field `name`.
    pub fn name(self, name: &str) -> Self {
        Self(self.0.field(1usize, &name))
    }
    ///Sets `name`, or leaves it out if the value is `None`.
    pub fn maybe_name(self, name: ::core::option::Option<&str>) -> Self {
        if let ::core::option::Option::Some(name) = name {
            self.name(name)
        } else {
            Self(self.0.unset(1usize))
        }
    }
    ///Sends the JSON field `kind`.
    pub fn r#type(self, r#type: u8) -> Self {
        Self(self.0.field(2usize, &r#type))
    }
    ///Sets `type`, or leaves it out if the value is `None`.
    pub fn maybe_type(self, r#type: ::core::option::Option<u8>) -> Self {
        if let ::core::option::Option::Some(r#type) = r#type {
            self.r#type(r#type)
        } else {
            Self(self.0.unset(2usize))
        }
    }
    ///Sends the JSON field `name` as an explicit null.
    pub fn name_null(self) -> Self {
        Self(self.0.null(1usize))
    }
    #[doc(hidden)]
    fn __nullable_name(self, name: ::connectors_client::Nullable<&str>) -> Self {
        match name {
            ::connectors_client::Nullable::Unset => self,
            ::connectors_client::Nullable::Null => self.name_null(),
            ::connectors_client::Nullable::Value(name) => self.name(name),
        }
    }
    /// Makes the call. An async request returns its future, a blocking one its result.
    pub fn send(self) -> <__Mode as ::connectors_client::mode::Mode>::Sent<()> {
        self.0.send::<()>()
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
            (),
        >: ::connectors_client::FromResponse,
    {
        self.0.build::<<__Mode as ::connectors_client::mode::Mode>::Output<()>>()
    }
}
#[allow(deprecated)]
impl<__Mode: ::connectors_client::mode::AsyncMode> ::core::future::IntoFuture
for __Things_ThingsUpdateRequest::ThingsUpdateRequest<__Mode> {
    type Output = ::core::result::Result<
        <__Mode as ::connectors_client::mode::Mode>::Output<()>,
        ::connectors_client::Error,
    >;
    type IntoFuture = ::connectors_client::ResponseFuture<
        <__Mode as ::connectors_client::mode::Mode>::Output<()>,
    >;
    fn into_future(self) -> Self::IntoFuture {
        <__Mode as ::connectors_client::mode::AsyncMode>::future::<()>(self.send())
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::clone::Clone
for __Things_ThingsUpdateRequest::ThingsUpdateRequest<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(deprecated)]
impl<__Mode> ::core::fmt::Debug
for __Things_ThingsUpdateRequest::ThingsUpdateRequest<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
///Call of `Things::delete`, `DELETE v1/things/<id>`. Await it, or call `.send()`.
#[doc(hidden)]
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type __Things_ThingsDeleteRequest<__Mode = ::connectors_client::mode::Thin> = ::connectors_client::ApiRequest<
    (),
    __Mode,
>;
#[doc(inline)]
#[allow(deprecated, unused_imports)]
pub use __Things_ThingsDeleteRequest as ThingsDeleteRequest;
