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
///The clients of [`Things`]. Use it by its aliases [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] and [`BlockingRawThingsClient`].
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
pub struct GenericThingsClient<__Mode>(::connectors_client::__private::Caller<__Mode>);
///The async client of [`Things`].
///
/// Lists things.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
pub type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///The async client that gives status and headers too, of [`Things`].
///
/// Lists things.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
pub type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///The blocking client of [`Things`].
///
/// Lists things.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
pub type BlockingThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingThin,
>;
///The blocking client that gives status and headers too, of [`Things`].
///
/// Lists things.
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
pub type BlockingRawThingsClient = GenericThingsClient<
    ::connectors_client::mode::BlockingRaw,
>;
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode: ::connectors_client::mode::Mode> GenericThingsClient<__Mode> {
    /// Calls over this client, whose base URL, authentication, limits and connections it shares.
    #[must_use]
    pub fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::Caller::new(client))
    }
    /// A view of this client whose calls all have these options.
    #[must_use]
    pub fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.with_options(options))
    }
    ///The description of `list`: `GET v1/things?<limit>&<page>`
    pub const LIST: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
            "Things",
            "list",
            "GET",
            "v1/things",
        )
        .path_parts(&[::connectors_client::__private::PathPart::Text("v1/things")])
        .query_parts(
            &[
                ::connectors_client::__private::QueryPart::Argument(0usize),
                ::connectors_client::__private::QueryPart::Argument(1usize),
            ],
        )
        .parameters(
            &[
                ::connectors_client::__private::Parameter::new(
                    ::connectors_client::__private::ParameterKind::Query,
                    "limit",
                    "limit",
                ),
                ::connectors_client::__private::Parameter::new(
                    ::connectors_client::__private::ParameterKind::Query,
                    "page",
                    "page",
                ),
            ],
        )
        .error::<ThingsError>()
        .timeout_of(::core::time::Duration::from_millis(5000u64));
    /// Lists.
    ///
    ///`GET v1/things?<limit>&<page>`
    pub fn list(&self, page: &str) -> ThingsListRequest<__Mode> {
        let mut call = self.0.call(Self::LIST);
        ::connectors_client::__private::Request::query(
            ::connectors_client::__private::Call::request(&mut call),
            1usize,
            &page,
        );
        ThingsListRequest(call)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericThingsClient<__Mode> {
    /// The same client giving status and headers beside the data.
    #[must_use]
    pub fn with_raw_response(
        &self,
    ) -> GenericThingsClient<<__Mode as ::connectors_client::mode::ThinMode>::Raw> {
        GenericThingsClient(self.0.raw())
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
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
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode> ::core::clone::Clone for GenericThingsClient<__Mode> {
    fn clone(&self) -> Self {
        Self(::core::clone::Clone::clone(&self.0))
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode> ::core::fmt::Debug for GenericThingsClient<__Mode> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(&self.0, f)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl Things for GenericThingsClient<::connectors_client::mode::Thin> {
    fn list(
        &self,
        limit: Option<u32>,
        page: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<Thing>, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Self::list(self, page).maybe_limit(limit).send()
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__T: Things> Things for &__T {
    fn list(
        &self,
        limit: Option<u32>,
        page: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<Thing>, ::connectors_client::Error>,
    > + ::core::marker::Send {
        <__T as Things>::list(&**self, limit, page)
    }
}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__T: Things> Things for ::std::sync::Arc<__T> {
    fn list(
        &self,
        limit: Option<u32>,
        page: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Vec<Thing>, ::connectors_client::Error>,
    > + ::core::marker::Send {
        <__T as Things>::list(&**self, limit, page)
    }
}
///A call of `Things::list`, `GET v1/things?<limit>&<page>`: await it, or `.send()` it.
#[must_use = "a call is made only when it is awaited or sent"]
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
pub struct ThingsListRequest<__Mode = ::connectors_client::mode::Thin>(
    ::connectors_client::__private::Call<__Mode>,
);
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_lifetimes,
    clippy::too_many_arguments,
    clippy::needless_lifetimes
)]
impl<__Mode: ::connectors_client::mode::Mode> ThingsListRequest<__Mode> {
    /// The most to list.
    ///
    ///Sends the query pair `limit`.
    pub fn limit(mut self, limit: u32) -> Self {
        ::connectors_client::__private::Request::query(
            ::connectors_client::__private::Call::request(&mut self.0),
            0usize,
            &limit,
        );
        self
    }
    ///Sets `limit` if there is a value, and leaves it out again if not.
    pub fn maybe_limit(mut self, limit: ::core::option::Option<u32>) -> Self {
        match limit {
            ::core::option::Option::Some(limit) => self.limit(limit),
            ::core::option::Option::None => {
                ::connectors_client::__private::Request::unset(
                    ::connectors_client::__private::Call::request(&mut self.0),
                    0usize,
                );
                self
            }
        }
    }
    /// Makes the call: an async one gives its future, a blocking one its result.
    pub fn send(self) -> <__Mode as ::connectors_client::mode::Mode>::Sent<Vec<Thing>> {
        <__Mode as ::connectors_client::mode::Mode>::send::<Vec<Thing>>(self.0)
    }
}
::connectors_client::__request! {
    [] pub ThingsListRequest Vec < Thing >
}
