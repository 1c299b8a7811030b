#[allow(clippy::too_many_arguments)]
trait Things: ::core::marker::Send + ::core::marker::Sync {
    #[allow(unused, clippy::all)]
    fn broken(
        &self,
        _: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        async { ::core::unreachable!() }
    }
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send;
}
///Generic client of [`Things`]. Use one of its aliases: [`ThingsClient`], [`RawThingsClient`], [`BlockingThingsClient`] or [`BlockingRawThingsClient`].
#[allow(dead_code, deprecated, non_camel_case_types)]
struct GenericThingsClient<__Mode>(::connectors_client::__private::ClientHandle<__Mode>);
///Async client of [`Things`].
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type ThingsClient = GenericThingsClient<::connectors_client::mode::Thin>;
///Async client of [`Things`] that also returns status and headers.
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type RawThingsClient = GenericThingsClient<::connectors_client::mode::Raw>;
///Blocking client of [`Things`].
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type BlockingThingsClient = GenericThingsClient<::connectors_client::mode::BlockingThin>;
///Blocking client of [`Things`] that also returns status and headers.
///
#[allow(dead_code, deprecated, non_camel_case_types)]
type BlockingRawThingsClient = GenericThingsClient<
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
    const ENDPOINTS: &'static [&'static ::connectors_client::Endpoint] = &[Self::SOUND];
    /// Creates a client with the base URL, authentication and connections of `client`.
    #[must_use]
    fn new(client: ::connectors_client::Client) -> Self {
        Self(::connectors_client::__private::ClientHandle::new(client))
    }
    /// Returns a client that applies these options to every call.
    #[must_use]
    fn with_options(&self, options: ::connectors_client::RequestOptions) -> Self {
        Self(self.0.with_options(options))
    }
    ///Description of `sound`: `DELETE things/<id>`.
    const SOUND: &'static ::connectors_client::Endpoint = &::connectors_client::Endpoint::new(
        "Things",
        "sound",
        "DELETE",
        "things/<id>",
        "p",
        &["id"],
    );
    ///`DELETE things/<id>`
    fn sound(&self, id: &str) -> ::connectors_client::ApiRequest<(), __Mode> {
        self.0.call(Self::SOUND).path(0usize, &id).reply::<()>()
    }
}
#[allow(dead_code, deprecated)]
impl<__Mode: ::connectors_client::mode::ThinMode> GenericThingsClient<__Mode> {
    /// Returns a client whose calls give status and headers beside the data.
    #[must_use]
    fn with_raw_response(
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
    fn sound(&self, id: &str) -> ::connectors_client::ResponseFuture<()> {
        Self::sound(self, id).send()
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
    fn broken(
        &self,
        argument_1: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Thing, ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::broken(
            ::connectors_client::__private::Forwarding::target(self),
            argument_1,
        )
    }
    fn sound(
        &self,
        id: &str,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::connectors_client::Error>,
    > + ::core::marker::Send {
        Things::sound(::connectors_client::__private::Forwarding::target(self), id)
    }
}
///Call of `Things::sound`, `DELETE things/<id>`. Await it, or call `.send()`.
#[doc(hidden)]
#[allow(dead_code, deprecated, non_camel_case_types)]
type __Things_ThingsSoundRequest<__Mode = ::connectors_client::mode::Thin> = ::connectors_client::ApiRequest<
    (),
    __Mode,
>;
#[doc(inline)]
#[allow(deprecated, unused_imports)]
use __Things_ThingsSoundRequest as ThingsSoundRequest;
::core::compile_error! {
    "an endpoint takes `&self`, since clients are shared: remove `mut`"
}
::core::compile_error! {
    "a placeholder is written `<id>`, not `{id}`"
}
