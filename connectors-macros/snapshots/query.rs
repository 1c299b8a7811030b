/// Lists things.
#[allow(clippy::too_many_arguments)]
pub trait Things: ::core::marker::Send + ::core::marker::Sync {
    /// Lists.
    fn list(
        &self,
        limit: Option<u32>,
        page: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<Thing>, ::connectors_client::Error>,
    > + ::core::marker::Send;
}
///Generic client of [`Things`]. Use one of its aliases: [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] or [`BlockingRawThingsClient`].
#[allow(dead_code, deprecated, non_camel_case_types)]
pub struct GenericThingsClient<__Mode>(::connectors_client::__private::Caller<__Mode>);
///Async client of [`Things`].
///
/// Lists things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///Async client of [`Things`] that also returns status and headers.
///
/// Lists things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///Blocking client of [`Things`].
///
/// Lists things.
#[allow(dead_code, deprecated, non_camel_case_types)]
pub type BlockingThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingThin,
>;
///Blocking client of [`Things`] that also returns status and headers.
///
/// Lists things.
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
    /// Creates a client that shares the base URL, authentication, timeouts and connections of `client`.
    #[must_use]
    pub fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::Caller::new(client))
    }
    /// Returns a client that applies these options to every call.
    #[must_use]
    pub fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.with_options(options))
    }
    ///Description of `list`: `GET v1/things?<limit>&<page>`.
    pub const LIST: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "list",
            "GET",
            "v1/things",
            "qq",
            &["limit", "page"],
        )
        .options(
            &::connectors_client::__private::EndpointOptions::new()
                .error::<ThingsError>()
                .timeout(::core::time::Duration::from_millis(5000u64)),
        );
    /// Lists.
    ///
    ///`GET v1/things?<limit>&<page>`
    pub fn list(&self, page: &str) -> ThingsListRequest<__Mode> {
        ThingsListRequest(self.0.call(Self::LIST).query(1usize, &page))
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
#[diagnostic::do_not_recommend]
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
        limit: Option<u32>,
        page: &str,
    ) -> ::connectors_client::ResponseFuture<Vec<Thing>> {
        Self::list(self, page).maybe_limit(limit).send()
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
#[diagnostic::do_not_recommend]
impl<__T> Things for __T
where
    __T: ::connectors_client::__private::Forwarding<
            Target: Things + ::core::marker::Sized,
        > + ::core::marker::Send + ::core::marker::Sync,
{
    fn list(
        &self,
        limit: Option<u32>,
        page: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<Thing>, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::list(
            ::connectors_client::__private::Forwarding::target(self),
            limit,
            page,
        )
    }
}
::connectors_client::__request! {
    [#[doc =
    "Call of `Things::list`, `GET v1/things?<limit>&<page>`. Await it, or call `.send()`."]]
    [] pub ThingsListRequest Vec < Thing >, self : { self.0.send:: < Vec < Thing > > () }
    { [#[doc = r" The most to list."] #[doc = ""] #[doc =
    "Sends the query pair `limit`."]] limit(limit : u32) maybe_limit[] (u32) [] 0usize {
    .query(0usize, & limit) } "Sets `limit`, or leaves it out if the value is `None`." }
    []
}
